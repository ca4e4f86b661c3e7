//! The finished product of this room: one name, ready to be compared.

use std::borrow::Cow;
use std::sync::Arc;

use smallvec::SmallVec;

use unicode_script::{Script, UnicodeScript};

use crate::vocab::EntityKind;

use super::latinise::{self, HanCore};
use super::legal_form::{self, FormClass};
use super::split::{self, Role};
use super::token::Token;
use super::words::{self, WordClass};
use super::{fold, ledger, met, people, security};

/// A name, split into its forms and tokens; built once, compared often.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    raw: String,
    kind: EntityKind,
    forms: Vec<Form>,
    cut: Vec<String>,
}

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

/// More forms than this of one name add cost and no recall.
const MOST_FORMS: usize = 12;
/// More words than this are not a name; the rest is left out of the comparison.
const MOST_TOKENS: usize = 40;

impl Name {
    /// The name of a subject, as a ledger writes it: account codes, `T/A` and the like are taken off first.
    pub fn subject(raw: &str, kind: EntityKind) -> Self {
        if kind == EntityKind::Person {
            return Self::entry(raw, kind);
        }
        let cleaned = ledger::clean(raw);
        Self::build(raw, kind, &cleaned.names, cleaned.cut)
    }

    /// The name of a holding, as a fund writes it: share class, coupon and par value are taken off first.
    pub fn security(raw: &str) -> Self {
        Self::build(raw, EntityKind::Organisation, &[security::issuer(raw)], Vec::new())
    }

    /// The name of an entry, as a list writes it.
    pub fn entry(raw: &str, kind: EntityKind) -> Self {
        Self::build(raw, kind, &[raw.to_owned()], Vec::new())
    }

    fn build(raw: &str, kind: EntityKind, names: &[String], cut: Vec<String>) -> Self {
        let mut forms: Vec<Form> = Vec::new();
        for (i, name) in names.iter().enumerate() {
            for part in split::split(name, is_qualifier) {
                let role = if i > 0 && part.role == Role::Whole { Role::Part } else { part.role };
                for form in readings(&part.text, role, kind) {
                    if forms.len() < MOST_FORMS && !forms.iter().any(|known| known.is_same(&form)) {
                        forms.push(form);
                    }
                }
            }
        }
        Self { raw: raw.to_owned(), kind, forms, cut }
    }

    /// The name as written.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// What sort of thing it names.
    pub fn kind(&self) -> EntityKind {
        self.kind
    }

    /// Its readings, the whole name first.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// What a ledger had added and was taken off.
    pub fn cut(&self) -> &[String] {
        &self.cut
    }
}

impl Form {
    fn is_same(&self, other: &Self) -> bool {
        self.joined == other.joined
            && self.tokens.len() == other.tokens.len()
            && self.legal == other.legal
            && self.han == other.han
            && self.tokens.iter().zip(&other.tokens).all(|(a, b)| a.text == b.text)
    }
}

/// Whether what stands in a bracket only qualifies the name: a place, a trade, a number, a legal form (`(Pvt) Ltd`).
fn is_qualifier(content: &str) -> bool {
    if crate::country::by_name(content).is_some() {
        return true;
    }
    let folded = fold::fold(content);
    let Some(latin) = latinise::latinise(&folded).into_iter().next() else { return true };
    let words: Vec<&str> = latin.split_whitespace().collect();
    if legal_form::is_all_form(&words)
        || words.iter().all(|word| matches!(*word, "pvt" | "pty" | "private" | "public" | "p"))
    {
        return true;
    }
    tokens_of(&words).iter().all(|token| token.class != WordClass::Ordinary || token.text.len() == 1)
}

fn readings(text: &str, role: Role, kind: EntityKind) -> Vec<Form> {
    let folded = fold::fold(text);
    let han = latinise::han_core(text);
    let is_acronym = is_acronym(text);
    latinise::latinise(&folded)
        .into_iter()
        .filter_map(|latin| form(text, &latin, role, kind, han.clone(), is_acronym))
        .collect()
}

fn form(
    text: &str,
    latin: &str,
    role: Role,
    kind: EntityKind,
    han: Option<HanCore>,
    is_acronym: bool,
) -> Option<Form> {
    let mut joined_letters = join_letters(latin);
    if kind == EntityKind::Person {
        let apart: Vec<&str> = joined_letters.iter().map(AsRef::as_ref).collect();
        joined_letters = people::join_compounds(&apart).into_iter().map(Cow::Owned).collect();
    }
    let words: Words<'_> = joined_letters.iter().map(AsRef::as_ref).take(MOST_TOKENS).collect();
    let (core, legal) = if kind == EntityKind::Person {
        ((0..words.len()).collect(), None)
    } else {
        let stripped = legal_form::strip(&words);
        (stripped.core, stripped.class)
    };
    let core: Words<'_> = core.into_iter().filter_map(|i| words.get(i).copied()).collect();
    let tokens = if kind == EntityKind::Person {
        core.iter().filter(|word| !words::is_title(word)).map(|word| met::of_person(word)).collect()
    } else {
        tokens_of(&core)
    };
    // What stands in brackets is a name of its own only where it tells parties apart.
    let is_name = role != Role::InBracket
        || han.is_some()
        || is_acronym
        || tokens.iter().any(|token| token.is_distinctive());
    if tokens.is_empty() || !is_name {
        return None;
    }
    let joined = core.concat();
    let mut in_order = core.clone();
    in_order.sort_unstable();
    Some(Form {
        text: text.to_owned(),
        role,
        joined,
        sorted: in_order.concat(),
        legal,
        han,
        total: total_of(&tokens),
        initials: initials_of(&tokens),
        is_acronym: is_acronym && tokens.len() == 1,
        is_foreign: !text.is_ascii()
            && text.chars().any(|c| c.is_alphabetic() && c.script() != Script::Latin),
        tokens,
    })
}

/// What words are worth together, in nats.
pub(super) fn total_of(tokens: &[Arc<Token>]) -> f64 {
    tokens.iter().map(|token| token.weight).sum()
}

/// The first letters of three words or more, small ones left out.
pub(super) fn initials_of(tokens: &[Arc<Token>]) -> Option<String> {
    let letters = || {
        let words = tokens.iter().filter(|token| token.class != WordClass::Small);
        words.filter_map(|token| token.text.chars().next())
    };
    (letters().count() >= 3).then(|| letters().collect())
}

/// The words of a name, mostly few.
type Words<'a> = SmallVec<[&'a str; 12]>;

/// Words, longest known run first.
fn tokens_of(words: &[&str]) -> Vec<Arc<Token>> {
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, known) =
            words::longest(rest).map_or((1, None), |(length, word)| (length.max(1), Some(word)));
        tokens.push(match rest.get(..length) {
            Some([word]) => met::of(word, known),
            run => met::of(&run.unwrap_or(rest).join(" "), known),
        });
        at += length;
    }
    tokens
}

/// Single letters that stand together become one word: `P H S Group` is `PHS Group`.
fn join_letters(latin: &str) -> SmallVec<[Cow<'_, str>; 12]> {
    let mut words = SmallVec::new();
    let mut run = String::new();
    for word in latin.split_whitespace() {
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
