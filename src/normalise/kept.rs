//! A form without what its words tell: small enough that a million of them are kept, and made whole again to be compared.

use std::sync::Arc;

use smallvec::SmallVec;

use super::form::{initials_of, total_of};
use super::latinise::HanCore;
use super::legal_form::FormClass;
use super::split::Role;
use super::{Form, Token};

/// What is kept of a form beside its words.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    role: Role,
    legal: Option<FormClass>,
    is_foreign: bool,
    is_acronym: bool,
    /// What few forms have.
    rare: Option<Box<Rare>>,
}

/// What the words of a form do not tell.
#[derive(Debug, Clone)]
struct Rare {
    /// The spellings, where they hold more than the words: a title.
    spelt: Option<(String, String)>,
    han: Option<HanCore>,
}

impl Kept {
    /// What is to be kept of a form.
    pub(crate) fn of(form: &Form) -> Self {
        let (mut joined, mut sorted) = (String::new(), String::new());
        join(&form.tokens, &mut joined);
        sort(&form.tokens, &mut sorted);
        let is_told = joined == form.joined && sorted == form.sorted;
        let spelt = (!is_told).then(|| (form.joined.clone(), form.sorted.clone()));
        let rare = (spelt.is_some() || form.han.is_some()).then(|| Rare { spelt, han: form.han.clone() });
        Self {
            role: form.role,
            legal: form.legal,
            is_foreign: form.is_foreign,
            is_acronym: form.is_acronym,
            rare: rare.map(Box::new),
        }
    }

    /// Makes the form whole again in the memory of another, but for its text as written and for what [`Kept::restore_rest`] adds.
    pub(crate) fn restore<'a>(&self, words: impl Iterator<Item = &'a Arc<Token>>, form: &mut Form) {
        form.role = self.role;
        form.legal = self.legal;
        form.is_foreign = self.is_foreign;
        form.is_acronym = self.is_acronym;
        form.tokens.clear();
        form.tokens.extend(words.map(Arc::clone));
        match self.spelt() {
            Some((joined, _)) => form.joined.clone_from(joined),
            None => join(&form.tokens, &mut form.joined),
        }
    }

    /// Adds what takes longer and only scoring asks for.
    pub(crate) fn restore_rest(&self, form: &mut Form) {
        form.total = total_of(&form.tokens);
        form.initials = initials_of(&form.tokens);
        form.han = self.rare.as_ref().and_then(|rare| rare.han.clone());
        match self.spelt() {
            Some((_, sorted)) => form.sorted.clone_from(sorted),
            None => sort(&form.tokens, &mut form.sorted),
        }
    }

    fn spelt(&self) -> Option<&(String, String)> {
        self.rare.as_ref().and_then(|rare| rare.spelt.as_ref())
    }
}

/// Writes words in one, in their order.
fn join(tokens: &[Arc<Token>], joined: &mut String) {
    joined.clear();
    tokens.iter().flat_map(|token| token.text.split(' ')).for_each(|word| joined.push_str(word));
}

/// Writes words in one, in the order of the alphabet.
fn sort(tokens: &[Arc<Token>], sorted: &mut String) {
    let mut words: SmallVec<[&str; 12]> = tokens.iter().flat_map(|token| token.text.split(' ')).collect();
    words.sort_unstable();
    sorted.clear();
    words.into_iter().for_each(|word| sorted.push_str(word));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normalise::Name;
    use crate::vocab::EntityKind;

    fn assert_whole_again(name: &str, kind: EntityKind, other: &mut Form) {
        for form in Name::entry(name, kind).forms() {
            let kept = Kept::of(form);
            kept.restore(form.tokens.iter(), other);
            kept.restore_rest(other);
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
