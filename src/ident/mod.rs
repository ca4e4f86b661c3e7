//! Identifiers of companies and securities: what scheme, what value, and whether the check digits hold.

use std::fmt;

/// An identifier with its scheme, in the canonical spelling of the scheme.
///
/// Lists write it `scheme:value` (`lei:5493001KJTIIGC8Y1R12`, `gb-coh:00445790`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// The scheme in lower case: `lei`, `isin`, `sedol`, `gb-coh`, `vat`, `imo` and so on.
    pub scheme: String,
    /// The value in the scheme's canonical spelling.
    pub value: String,
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scheme, self.value)
    }
}
