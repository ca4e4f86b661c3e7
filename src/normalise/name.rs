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
        Self::build(raw, kind, &cleaned.names, cleaned.cut, Writer::Ledger)
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
        let mut forms: Vec<Form> = Vec::with_capacity(1);
        for (i, name) in names.iter().enumerate() {
            for part in split::split(name.as_ref(), is_qualifier, ends_in_form, from) {
                let role = if i > 0 && !part.role.is_part() { Role::Part } else { part.role };
                form::readings(&part.text, role, kind, |form| {
                    if forms.len() < MOST_FORMS && !forms.iter().any(|known| known.is_same(&form)) {
                        forms.push(form);
                    }
                });
            }
        }
        Self::of(raw, kind, forms, cut)
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
