//! A form without what its words tell: small enough that a million of them are kept, and made whole again to be compared.

use std::sync::Arc;

use memchr::memchr;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::form::{initials_of, sort, total_of};
use super::latinise::HanCore;
use super::legal_form::FormClass;
use super::split::Role;
use super::{Form, Token};

/// What is kept of a form beside its words, in two bytes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The role, and a bit each for what holds of the form.
    role: u8,
    legal: Option<FormClass>,
}

/// The bits above those of the role.
const FOREIGN: u8 = 1 << 5;
const ACRONYM: u8 = 1 << 6;
const RARE: u8 = 1 << 7;
/// The roles by their number.
const ROLES: [Role; 9] = [
    Role::Whole,
    Role::Part,
    Role::WithoutBracket,
    Role::InBracket,
    Role::Former,
    Role::WithNote,
    Role::BeforeNote,
    Role::Remark,
    Role::WithoutRemark,
];

/// What few forms have and their words do not tell.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Rare {
    /// The spellings, where they hold more than the words: a title.
    spelt: Option<(String, String)>,
    han: Option<HanCore>,
}

impl Kept {
    /// What is to be kept of a form, and what of it is rare.
    pub(crate) fn of(form: &Form) -> (Self, Option<Rare>) {
        let mut words = words_of(&form.tokens);
        let is_joined = is_made_of(&form.joined, &words);
        // Of one or few words the two are often the same.
        let is_told = is_joined
            && if words.is_sorted() {
                form.sorted == form.joined
            } else {
                sort(&mut words);
                is_made_of(&form.sorted, &words)
            };
        let spelt = (!is_told).then(|| (form.joined.clone(), form.sorted.clone()));
        let rare = (spelt.is_some() || form.han.is_some()).then(|| Rare { spelt, han: form.han.clone() });
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let flags =
            flag(form.is_foreign, FOREIGN) | flag(form.is_acronym, ACRONYM) | flag(rare.is_some(), RARE);
        let kept = Self { role: form.role as u8 | flags, legal: form.legal };
        (kept, rare)
    }

    /// Whether the form has something that few have.
    pub(crate) const fn has_rare(self) -> bool {
        self.role & RARE != 0
    }

    /// Makes the form whole again in the memory of another, but for its text as written; its initials only if they are wanted.
    pub(crate) fn restore<'a>(
        self,
        rare: Option<&Rare>,
        words: impl Iterator<Item = &'a Arc<Token>>,
        initials: bool,
        form: &mut Form,
    ) {
        let role = usize::from(self.role & !(FOREIGN | ACRONYM | RARE));
        form.role = ROLES.get(role).copied().unwrap_or_default();
        form.legal = self.legal;
        form.is_foreign = self.role & FOREIGN != 0;
        form.is_acronym = self.role & ACRONYM != 0;
        form.tokens.clear();
        form.tokens.extend(words.map(Arc::clone));
        form.total = total_of(&form.tokens);
        form.initials = if initials { initials_of(&form.tokens) } else { None };
        form.han = rare.and_then(|rare| rare.han.clone());
        if let Some((joined, sorted)) = rare.and_then(|rare| rare.spelt.as_ref()) {
            form.joined.clone_from(joined);
            form.sorted.clone_from(sorted);
        } else {
            write(words_of(&form.tokens), &mut form.joined, &mut form.sorted);
        }
    }
}

impl Rare {
    /// Whether the spelling holds more than the words.
    pub(crate) const fn is_spelt(&self) -> bool {
        self.spelt.is_some()
    }
}

/// The words of a form, mostly few.
type Words<'a> = SmallVec<[&'a str; 12]>;

/// The words of tokens, those of a run one by one.
fn words_of(tokens: &[Arc<Token>]) -> Words<'_> {
    one_by_one(tokens.iter().map(|token| token.text()))
}

/// The words of tokens with these texts, in the order of the alphabet: written in one, how [`Form::sorted`] is spelt.
pub(crate) fn in_order<'a>(texts: impl Iterator<Item = &'a str>) -> SmallVec<[&'a str; 12]> {
    let mut words = one_by_one(texts);
    sort(&mut words);
    words
}

fn one_by_one<'a>(texts: impl Iterator<Item = &'a str>) -> Words<'a> {
    let mut words = Words::new();
    for text in texts {
        match memchr(b' ', text.as_bytes()) {
            Some(_) => words.extend(text.split(' ')),
            None => words.push(text),
        }
    }
    words
}

/// Whether a text is these words in one.
fn is_made_of(text: &str, words: &[&str]) -> bool {
    words.iter().try_fold(text, |rest, word| rest.strip_prefix(word)).is_some_and(str::is_empty)
}

/// Writes words in one, in their order and in that of the alphabet.
fn write(mut words: Words<'_>, joined: &mut String, sorted: &mut String) {
    joined.clear();
    words.iter().for_each(|word| joined.push_str(word));
    sort(&mut words);
    sorted.clear();
    words.iter().for_each(|word| sorted.push_str(word));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normalise::Name;
    use crate::vocab::EntityKind;

    fn assert_whole_again(name: &str, kind: EntityKind, other: &mut Form) {
        for form in Name::entry(name, kind).forms() {
            let (kept, rare) = Kept::of(form);
            kept.restore(rare.as_ref(), form.tokens.iter(), true, other);
            let expected = Form { text: other.text.clone(), ..form.clone() };
            assert_eq!(*other, expected, "{name}");
        }
    }

    #[test]
    fn forms_are_whole_again() {
        let mut other = Form::default();
        for name in [
            "Merrowby Research Institute of Trade Ltd",
            "新疆中泰化学股份有限公司",
            "ООО «Меровби» (MRB)",
            "Oldname plc formerly Elder Name plc",
            "Merrowby Ltd/Israel",
            "ABC",
            "Dr Ivan Ivanovich Tharnock",
        ] {
            assert_whole_again(name, EntityKind::Organisation, &mut other);
            assert_whole_again(name, EntityKind::Person, &mut other);
        }
    }

    proptest! {
        #[test]
        fn any_form_is_whole_again(name in ".{0,40}", person in any::<bool>()) {
            let kind = if person { EntityKind::Person } else { EntityKind::Organisation };
            assert_whole_again(&name, kind, &mut Form::default());
        }
    }
}
