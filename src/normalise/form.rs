//! One reading of a name: its words without the legal form, and what is told from them.

use std::borrow::Cow;
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
}

/// Hands over the readings of a name or of a part of it, the likeliest first.
pub(super) fn readings(text: &str, role: Role, kind: EntityKind, take: impl FnMut(Form)) {
    let folded = fold::fold(text);
    let han = latinise::han_core(text);
    let is_acronym = is_acronym(text);
    let read = |latin: &str| form(text, latin, role, kind, han.clone(), is_acronym);
    if folded.is_ascii() {
        read(&folded).into_iter().for_each(take);
    } else {
        latinise::foreign(&folded).iter().filter_map(|latin| read(latin)).for_each(take);
    }
}

fn form(
    text: &str,
    latin: &str,
    role: Role,
    kind: EntityKind,
    han: Option<HanCore>,
    is_acronym: bool,
) -> Option<Form> {
    let words = join_letters(latin);
    let core = if kind == EntityKind::Person { Core::of_person(&words) } else { Core::of(&words) };
    // What stands in brackets is a name of its own only where it tells parties apart.
    let is_name = role != Role::InBracket
        || han.is_some()
        || is_acronym
        || core.tokens.iter().any(|token| token.is_distinctive());
    if core.tokens.is_empty() || !is_name {
        return None;
    }
    Some(Form {
        text: text.to_owned(),
        role,
        joined: core.joined,
        sorted: core.sorted,
        legal: core.legal,
        han,
        total: total_of(&core.tokens),
        initials: initials_of(&core.tokens),
        is_acronym: is_acronym && core.tokens.len() == 1,
        is_foreign: !text.is_ascii()
            && text.chars().any(|c| !c.is_ascii() && c.is_alphabetic() && c.script() != Script::Latin),
        tokens: core.tokens,
    })
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
        let words = met::words(words.iter().take(MOST_TOKENS).map(AsRef::as_ref));
        let cut = legal_form::cut(&met::for_legal_forms(&words));
        let legal = cut.class();
        let core = if cut.core.len() == words.len() {
            words
        } else {
            cut.core.into_iter().filter_map(|at| words.get(at).cloned()).collect()
        };
        let (joined, sorted) = in_one(core.iter().map(|word| word.text).collect());
        Self { joined, sorted, tokens: tokens_of(core), legal }
    }

    fn of_person(words: &[Cow<'_, str>]) -> Self {
        let apart: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let words = people::join_compounds(&apart);
        let words: Texts<'_> = words.iter().map(String::as_str).take(MOST_TOKENS).collect();
        let tokens = words.iter().filter(|word| !words::is_title(word));
        let tokens = tokens.map(|word| met::of_person(word)).collect();
        let (joined, sorted) = in_one(words);
        Self { joined, sorted, tokens, legal: None }
    }
}

/// The words of a name, mostly few.
type Texts<'a> = SmallVec<[&'a str; 12]>;

/// Words in one, in their order and in that of the alphabet.
fn in_one(mut words: Texts<'_>) -> (String, String) {
    let joined = words.concat();
    if words.is_sorted() {
        return (joined.clone(), joined);
    }
    words.sort_unstable();
    (joined, words.concat())
}

/// What words are worth together, in nats.
pub(super) fn total_of(tokens: &[Arc<Token>]) -> f64 {
    tokens.iter().map(|token| token.weight).sum()
}

/// The first letters of three words or more, small ones left out.
pub(super) fn initials_of(tokens: &[Arc<Token>]) -> Option<String> {
    let letters = || {
        let words = tokens.iter().filter(|token| token.class != WordClass::Small);
        words.filter_map(|token| token.text().chars().next())
    };
    (letters().count() >= 3).then(|| letters().collect())
}

/// The tokens of words, longest known run first.
pub(super) fn tokens_of(words: met::Words<'_>) -> Vec<Arc<Token>> {
    let mut tokens = Vec::with_capacity(words.len());
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let run = || {
            let behind = words.as_slice().iter().take(word.reach - 1).map(|word| word.text);
            let texts: Texts<'_> = [word.text].into_iter().chain(behind).collect();
            let (length, known) = words::longest_run(&texts)?;
            Some((length, met::of_run(&texts.get(..length)?.join(" "), known)))
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
    let first =
        text.split_whitespace().next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let letters = first.chars().filter(|c| *c != '.').count();
    (3..=6).contains(&letters) && first.chars().all(|c| c.is_uppercase() || c == '.')
}
