//! One reading of a name: its words without the legal form, and what is told from them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use smallvec::SmallVec;
use unicode_script::{Script, UnicodeScript};

use crate::vocab::EntityKind;

use super::latinise::{self, HanCore};
use super::legal_form::{self, FormClass};
use super::split::Role;
use super::token::Token;
use super::words::{self, WordClass};
use super::{fold, met, people};

/// One reading of a name or of a part of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Form {
    /// The part, as written.
    pub text: String,
    /// What the part is to the whole name.
    pub role: Role,
    /// Its words without the legal form, in order.
    pub tokens: Vec<Arc<Token>>,
    /// The words in one, without blanks.
    pub joined: String,
    /// The same with the words in the order of the alphabet.
    pub sorted: String,
    /// The class of its legal form, if it has one.
    pub legal: Option<FormClass>,
    /// The characters of a name in Han script.
    pub han: Option<HanCore>,
    /// What its words are worth together, in nats.
    pub total: f64,
    /// The first letters of its words, where there are at least three words.
    pub initials: Option<String>,
    /// Whether it is one short word in capitals that may be an acronym.
    pub is_acronym: bool,
    /// Whether it was written in another script than Latin, so that its spelling here is one of several.
    pub is_foreign: bool,
}

/// More words than this are not a name; the rest is left out of the comparison.
const MOST_TOKENS: usize = 40;

impl Form {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.joined == other.joined
            && self.tokens.len() == other.tokens.len()
            && self.legal == other.legal
            && self.han == other.han
            && self.tokens.iter().zip(&other.tokens).all(|(a, b)| a.text() == b.text())
    }

    /// Whether what stands in brackets is by itself a second name: in another script, with a legal form, or with two words that tell
    /// parties apart.
    pub(super) fn is_second_name(&self) -> bool {
        let distinctive = self.tokens.iter().filter(|token| token.is_distinctive());
        self.han.is_some() || self.is_foreign || self.legal.is_some() || distinctive.take(2).count() == 2
    }

    /// Whether the first letters of neighbouring words of a name spell it: `(IRGC)` beside `Islamic Revolutionary Guard Corps`.
    pub(super) fn is_spelt_by(&self, name: &Self) -> bool {
        let is_in = |initials: &String| initials.contains(&self.joined);
        self.joined.len() >= LEAST_INITIALS && name.initials.as_ref().is_some_and(is_in)
    }
}

/// Hands over the readings of a name or of a part of it, the likeliest first.
pub(super) fn readings(text: &str, role: Role, kind: EntityKind, mut take: impl FnMut(Form)) {
    let about = About { text, role, kind, han: latinise::han_core(text), is_acronym: is_acronym(text) };
    FOLDED.with_borrow_mut(|folded| {
        fold::fold_into(text, folded);
        if folded.is_ascii() {
            form(&about, folded).into_iter().for_each(&mut take);
        } else {
            latinise::foreign(folded).iter().filter_map(|latin| form(&about, latin)).for_each(&mut take);
        }
    });
}

thread_local! {
    /// The folded text, in memory that each thread uses again.
    static FOLDED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What all readings of a part share.
struct About<'a> {
    text: &'a str,
    role: Role,
    kind: EntityKind,
    han: Option<HanCore>,
    is_acronym: bool,
}

fn form(about: &About<'_>, latin: &str) -> Option<Form> {
    let words = join_letters(latin);
    let core = if about.kind == EntityKind::Person { Core::of_person(&words) } else { Core::of(&words) };
    // What stands in brackets is a name of its own only where it tells parties apart.
    let is_name = about.role != Role::InBracket
        || about.han.is_some()
        || about.is_acronym
        || core.tokens.iter().any(|token| token.is_distinctive());
    if core.tokens.is_empty() || !is_name {
        return None;
    }
    Some(Form {
        text: about.text.to_owned(),
        role: about.role,
        joined: core.joined,
        sorted: core.sorted,
        legal: core.legal,
        han: about.han.clone(),
        total: total_of(&core.tokens),
        initials: initials_of(&core.tokens),
        is_acronym: about.is_acronym && core.tokens.len() == 1,
        is_foreign: is_foreign(about.text),
        tokens: core.tokens,
    })
}

/// Whether a text has letters of another script than Latin.
fn is_foreign(text: &str) -> bool {
    // There are no others from these on to Greek, which saves looking them up.
    let is_latin = |c: char| matches!(c, 'À'..='\u{24f}') || c.script() == Script::Latin;
    !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && c.is_alphabetic() && !is_latin(c))
}

/// A reading without its legal form.
struct Core {
    joined: String,
    sorted: String,
    tokens: Vec<Arc<Token>>,
    legal: Option<FormClass>,
}

impl Core {
    fn of(words: &[Cow<'_, str>]) -> Self {
        let met::Words { mut words, for_legal_forms } =
            met::words(words.iter().take(MOST_TOKENS).map(AsRef::as_ref));
        let cut = legal_form::cut(&for_legal_forms);
        keep(&mut words, &cut.core);
        let texts: Texts<'_> =
            cut.core.iter().filter_map(|at| Some(for_legal_forms.get(*at)?.text)).collect();
        let mut tokens = tokens_of(words, &texts);
        let (joined, sorted) = in_one(texts);
        if tokens.len() > 1 && tokens.iter().all(|token| token.class == WordClass::Small) {
            tokens = of_small_words(&joined);
        }
        Self { joined, sorted, tokens, legal: cut.class() }
    }

    fn of_person(words: &[Cow<'_, str>]) -> Self {
        let apart: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let words = people::join_compounds(&apart);
        let words: Texts<'_> = words.iter().map(AsRef::as_ref).take(MOST_TOKENS).collect();
        let tokens = words.iter().filter(|word| !words::is_title(word));
        let tokens = tokens.map(|word| met::of_person(word)).collect();
        let (joined, sorted) = in_one(words);
        Self { joined, sorted, tokens, legal: None }
    }
}

/// A name of nothing but articles and prepositions (`E.ON`, `A & D`) is one word: those alone are nothing in common.
fn of_small_words(joined: &str) -> Vec<Arc<Token>> {
    met::words(std::iter::once(joined)).words.into_iter().map(|word| word.token).collect()
}

/// Leaves the words at these places, which are in order.
fn keep(words: &mut SmallVec<[met::Word; 12]>, places: &[usize]) {
    // Nearly always that is all, or all but a legal form at the end.
    words.truncate(places.last().map_or(0, |last| last + 1));
    if words.len() > places.len() {
        let mut places = places.iter().copied().peekable();
        let mut at = 0..;
        words.retain(|_| at.next().is_some_and(|at| places.next_if_eq(&at).is_some()));
    }
}

/// The words of a name, mostly few.
pub(super) type Texts<'a> = SmallVec<[&'a str; 12]>;

/// Words in one, in their order and in that of the alphabet.
fn in_one(mut words: Texts<'_>) -> (String, String) {
    let length = words.iter().map(|word| word.len()).sum();
    let mut joined = String::with_capacity(length);
    words.iter().for_each(|word| joined.push_str(word));
    if words.is_sorted() {
        return (joined.clone(), joined);
    }
    sort(&mut words);
    let mut sorted = String::with_capacity(length);
    words.iter().for_each(|word| sorted.push_str(word));
    (joined, sorted)
}

/// Puts words in the order of the alphabet; their first letters alone nearly always tell it.
pub(super) fn sort(words: &mut [&str]) {
    let first = |word: &str| word.as_bytes().first().copied();
    words.sort_unstable_by(|a, b| first(a).cmp(&first(b)).then_with(|| a.cmp(b)));
}

/// What words are worth together, in nats.
pub(super) fn total_of(tokens: &[Arc<Token>]) -> f64 {
    tokens.iter().map(|token| token.weight).sum()
}

/// The first letters of three words or more, small ones left out.
pub(super) fn initials_of(tokens: &[Arc<Token>]) -> Option<String> {
    if tokens.len() < LEAST_INITIALS {
        return None;
    }
    let mut initials = String::with_capacity(tokens.len());
    let words = tokens.iter().filter(|token| token.class != WordClass::Small);
    let letters = words.filter_map(|token| token.text().chars().next());
    let count = letters.map(|letter| initials.push(letter)).count();
    (count >= LEAST_INITIALS).then_some(initials)
}

/// Fewer words have no initials that say anything.
const LEAST_INITIALS: usize = 3;

/// The tokens of words, longest known run first.
pub(super) fn tokens_of(words: SmallVec<[met::Word; 12]>, texts: &[&str]) -> Vec<Arc<Token>> {
    let mut tokens = Vec::with_capacity(words.len());
    let mut words = words.into_iter().enumerate();
    while let Some((at, word)) = words.next() {
        let run = || {
            let to = texts.len().min(at + usize::from(word.reach));
            let (length, text, known) = words::longest_run(texts.get(at..to)?)?;
            Some((length, met::of_run(&text, known)))
        };
        if let Some((length, token)) = if word.reach > 1 { run() } else { None } {
            tokens.push(token);
            words.by_ref().take(length - 1).for_each(drop);
        } else {
            tokens.push(word.token);
        }
    }
    tokens
}

/// Single letters that stand together become one word: `P H S Group` is `PHS Group`.
fn join_letters(latin: &str) -> SmallVec<[Cow<'_, str>; 12]> {
    let mut words = SmallVec::new();
    let mut run = String::new();
    for word in latin.split_ascii_whitespace() {
        if word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic()) {
            run.push_str(word);
            continue;
        }
        if !run.is_empty() {
            words.push(Cow::Owned(std::mem::take(&mut run)));
        }
        words.push(Cow::Borrowed(word));
    }
    if !run.is_empty() {
        words.push(Cow::Owned(run));
    }
    words
}

/// One word of three to six capitals, perhaps with a legal form behind it.
fn is_acronym(text: &str) -> bool {
    if text.is_ascii() { is_plain_acronym(text.as_bytes()) } else { is_any_acronym(text) }
}

fn is_plain_acronym(text: &[u8]) -> bool {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let mut letters = 0;
    // What ends the word, or only stands at its end.
    let mut has_ended = false;
    for byte in text.iter().skip_while(|byte| is_blank(byte)) {
        match byte {
            byte if is_blank(byte) => break,
            byte if byte.is_ascii_uppercase() && !has_ended => letters += 1,
            byte if byte.is_ascii_alphanumeric() => return false,
            b'.' => {}
            _ => has_ended = letters > 0,
        }
    }
    (3..=6).contains(&letters)
}

fn is_any_acronym(text: &str) -> bool {
    let first =
        text.split_whitespace().next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let letters = first.chars().filter(|c| *c != '.').count();
    (3..=6).contains(&letters) && first.chars().all(|c| c.is_uppercase() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn plain_text_is_an_acronym_as_any_other(text in "[A-Ca0. \t(-]{0,10}") {
            proptest::prop_assert_eq!(is_acronym(&text), is_any_acronym(&text));
        }

        #[test]
        fn words_are_in_the_order_of_the_alphabet(words in proptest::collection::vec("[ab新]{0,3}", 0..8)) {
            let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut slow = words.clone();
            sort(&mut words);
            slow.sort_unstable();
            proptest::prop_assert_eq!(words, slow);
        }
    }
}
