//! The finished product of this room: one name, ready to be compared.

use crate::vocab::EntityKind;

/// A name, split into its forms and tokens; built once, compared often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    raw: String,
    kind: EntityKind,
}

impl Name {
    /// The name of a subject, as a ledger writes it: account codes, `T/A` and the like are taken off first.
    pub fn subject(raw: &str, kind: EntityKind) -> Self {
        Self { raw: raw.to_owned(), kind }
    }

    /// The name of a holding, as a fund writes it: share class, coupon and par value are taken off first.
    pub fn security(raw: &str) -> Self {
        Self { raw: raw.to_owned(), kind: EntityKind::Organisation }
    }

    /// The name of an entry, as a list writes it.
    pub fn entry(raw: &str, kind: EntityKind) -> Self {
        Self { raw: raw.to_owned(), kind }
    }

    /// The name as written.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// What sort of thing it names.
    pub fn kind(&self) -> EntityKind {
        self.kind
    }
}
