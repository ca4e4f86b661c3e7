//! The finished product of this room: one name, ready to be compared.

use crate::vocab::EntityKind;

use super::form::{self, Form};
use super::latinise;
use super::legal_form;
use super::split::{self, Role, Writer};
use super::words::WordClass;
use super::{fold, ledger, met, security};

/// A name, split into its forms and tokens; built once, compared often.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    raw: String,
    kind: EntityKind,
    forms: Vec<Form>,
    cut: Vec<String>,
}

/// More forms than this of one name add cost and no recall.
const MOST_FORMS: usize = 12;

impl Name {
    /// The name of a subject, as a ledger writes it: account codes, `T/A` and the like are taken off first.
    pub fn subject(raw: &str, kind: EntityKind) -> Self {
        if kind == EntityKind::Person {
            return Self::entry(raw, kind);
        }
        if let Some(name) = ledger::as_written(raw) {
            return Self::build(raw, kind, &[name], Vec::new(), Writer::Ledger);
        }
        let cleaned = ledger::clean(raw);
        let mut name = Self::build(raw, kind, &cleaned.names, cleaned.cut, Writer::Ledger);
        // `857-859 Hotel LLC` is called so: a number that was taken off may be one that the company bears.
        if name.cut.iter().any(|note| ledger::is_bare_number(note)) {
            form::readings(raw.trim(), Role::Whole, kind, |form| name.add(form));
        }
        name
    }

    /// Adds a form, if there is none like it and not too many.
    fn add(&mut self, form: Form) {
        if self.forms.len() < MOST_FORMS && !self.forms.iter().any(|known| known.is_same(&form)) {
            self.forms.push(form);
        }
    }

    /// The name of a holding, as a fund writes it: share class, coupon and par value are taken off first.
    pub fn security(raw: &str) -> Self {
        Self::build(raw, EntityKind::Organisation, &[security::issuer(raw)], Vec::new(), Writer::Publisher)
    }

    /// The name of an entry, as a list writes it.
    pub fn entry(raw: &str, kind: EntityKind) -> Self {
        Self::build(raw, kind, &[raw], Vec::new(), Writer::Publisher)
    }

    fn build(raw: &str, kind: EntityKind, names: &[impl AsRef<str>], cut: Vec<String>, from: Writer) -> Self {
        // Most names have one form, and a vector that grows begins with room for four.
        let mut built = Self::of(raw, kind, Vec::with_capacity(1), cut);
        for (i, name) in names.iter().enumerate() {
            for part in split::split(name.as_ref(), is_qualifier, ends_in_form, from) {
                let role = if i > 0 && !part.role.is_part() { Role::Part } else { part.role };
                form::readings(&part.text, role, kind, |form| built.add(form));
            }
        }
        built.tell_remarks();
        built
    }

    /// Tells what stands in brackets as a second name from what only says something of the first.
    fn tell_remarks(&mut self) {
        let without = |form: &Form| matches!(form.role, Role::WithoutBracket | Role::WithoutRemark);
        if !self.forms.iter().any(without) {
            return;
        }
        let (in_brackets, names): (Vec<&Form>, Vec<&Form>) =
            self.forms.iter().partition(|form| form.role == Role::InBracket);
        let is_remark =
            |form: &Form| !form.is_second_name() && !names.iter().any(|name| form.is_spelt_by(name));
        let remarks: Vec<bool> = in_brackets.into_iter().map(is_remark).collect();
        let has_second_name = remarks.iter().any(|is_remark| !is_remark);
        // In a person's name brackets hold another first name.
        let tells_namesakes = !has_second_name
            && self.kind != EntityKind::Person
            && names.iter().any(|name| name.role == Role::WithoutRemark);
        let mut remarks = remarks.into_iter();
        for form in &mut self.forms {
            form.role = match form.role {
                Role::InBracket if remarks.next() == Some(true) => Role::Remark,
                Role::WithoutRemark if !tells_namesakes => Role::WithoutBracket,
                Role::Whole if tells_namesakes => Role::WithNote,
                role => role,
            };
        }
    }

    pub(super) fn of(raw: &str, kind: EntityKind, forms: Vec<Form>, cut: Vec<String>) -> Self {
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

/// Whether what stands in a bracket only qualifies the name: a place, a trade, a number, a legal form (`(Pvt) Ltd`).
fn is_qualifier(content: &str) -> bool {
    if crate::country::by_name(content).is_some() {
        return true;
    }
    let folded = fold::fold(content);
    let Some(latin) = latinise::latinise(&folded).into_iter().next() else { return true };
    let met::Words { words: found, for_legal_forms: words } = met::words(latin.split_whitespace());
    let is_legal = |word: &str| matches!(word, "pvt" | "pty" | "private" | "public" | "p");
    if legal_form::is_all_form(&words) || words.iter().all(|word| is_legal(word.text)) {
        return true;
    }
    let texts: form::Texts<'_> = words.iter().map(|word| word.text).collect();
    let tokens = form::tokens_of(found, &texts);
    tokens.iter().all(|token| token.class != WordClass::Ordinary || token.length() == 1)
}

/// Whether a text is a name with a legal form at its end: `Electra Ltd`, but not `Ltd`.
fn ends_in_form(text: &str) -> bool {
    let folded = fold::fold(text);
    let Some(latin) = latinise::latinise(&folded).into_iter().next() else { return false };
    let words = met::words(latin.split_whitespace()).for_legal_forms;
    let last = words.len().saturating_sub(1);
    !legal_form::is_all_form(&words) && legal_form::cut(&words).core.last().is_some_and(|kept| *kept < last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &Name) -> Vec<String> {
        let of_form =
            |form: &Form| form.tokens.iter().map(|token| token.text()).collect::<Vec<_>>().join(" ");
        name.forms().iter().map(of_form).collect()
    }

    #[test]
    fn a_name_of_small_words_is_one_word() {
        let kind = EntityKind::Organisation;
        for (name, word) in [("E.ON SE", "eon"), ("El.En. SpA", "elen"), ("V & A", "vanda")] {
            assert_eq!(words(&Name::subject(name, kind)), [word], "{name}");
            assert_eq!(words(&Name::entry(name, kind)), [word], "{name}");
        }
        assert_eq!(words(&Name::entry("E.ON Energie AG", kind)), ["e on energie"]);
    }

    #[test]
    fn brackets_hold_second_names_or_remarks() {
        let roles_of =
            |raw, kind| Name::entry(raw, kind).forms().iter().map(|form| form.role).collect::<Vec<_>>();
        let roles = |raw| roles_of(raw, EntityKind::Organisation);
        for (raw, role) in [
            ("Merrowby Equity (CHF hedged)", Role::Remark),
            ("Merrowby Growth (MQT)", Role::Remark),
            ("Merrowby Quellington Tharnock (MQT)", Role::InBracket),
            ("The Merrowby Board of Quellington (MBQ) Tharnock", Role::InBracket),
            ("Merrowby Growth (Quellington Tharnock)", Role::InBracket),
            ("Merrowby Growth (Tharnock Ltd)", Role::InBracket),
            ("Merrowby Growth (КУМЗ)", Role::InBracket),
        ] {
            assert_eq!(roles(raw), [Role::Whole, Role::WithoutBracket, role], "{raw}");
        }
        assert_eq!(
            roles("Merrowby Growth (Cayman) Limited"),
            [Role::WithNote, Role::WithoutRemark, Role::Remark]
        );
        assert_eq!(
            roles_of("Ivan (Vanya) Merrowby", EntityKind::Person),
            [Role::Whole, Role::WithoutBracket]
        );
        assert_eq!(roles("Merrowby (Hong Kong) Limited"), [Role::Whole]);
        assert_eq!(roles("Merrowby Limited (Leeds)"), [Role::WithNote, Role::BeforeNote]);
    }

    #[test]
    fn a_number_that_a_company_may_bear_stays_in_a_form_of_its_own() {
        let words = |raw| words(&Name::subject(raw, EntityKind::Organisation));
        assert_eq!(words("857-859 Merrowby LLC"), ["merrowby", "857 859 merrowby"]);
        assert_eq!(words("510072 Merrowby Ltd"), ["merrowby", "510072 merrowby"]);
        assert_eq!(words("Merrowby Ltd (GBP)"), ["merrowby"]);
    }
}
