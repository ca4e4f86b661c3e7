//! Identifiers of companies and securities: what scheme, what value, and whether the check digits hold.
//!
//! Each scheme reads raw text as files have it (blanks, prefixes, zeros that Excel ate) and gives the canonical
//! spelling, or `None` where the check digits do not hold: an identifier that is merely of the right length proves
//! nothing and would contradict everything.

use std::fmt;

mod china;
mod gb;
mod lei;
mod russia;
mod security;

pub use china::uscc;
pub use gb::{charity_number, company_number, vat};
pub use lei::lei;
pub use russia::{inn, ogrn};
pub use security::{imo, isin, sedol};

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

impl Identifier {
    fn new(scheme: &str, value: impl Into<String>) -> Self {
        Self { scheme: scheme.to_owned(), value: value.into() }
    }

    /// Reads `scheme:value` as watchlists and OCDS write it.
    ///
    /// Schemes with check digits are checked; a scheme that is not known is kept as it is, its value in capitals
    /// without blanks. `None` where a part is missing or the check digits do not hold.
    ///
    /// # Examples
    /// ```
    /// use wharfinger::ident::Identifier;
    /// assert_eq!(Identifier::parse("GB-COH: 445790").unwrap().to_string(), "gb-coh:00445790");
    /// assert!(Identifier::parse("isin:GB0002634947").is_none()); // the last digit is 6
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, value) = text.split_once(':')?;
        Self::of(scheme, value)
    }

    /// Reads a value of the scheme named, which may be the code of a register in org-id.guide (`GB-COH`, `RU-INN`).
    pub fn of(scheme: &str, value: &str) -> Option<Self> {
        let scheme = scheme.trim().to_ascii_lowercase();
        match scheme.as_str() {
            "lei" | "xi-lei" => lei(value),
            "isin" => isin(value),
            "sedol" => sedol(value),
            "gb-coh" | "companies_house" | "company_number" => company_number(value),
            "gb-chc" | "gb-sc" | "gb-nic" | "charity_number" => charity_number(value),
            "vat" | "gb-vat" => vat(value),
            "inn" | "ru-inn" => inn(value),
            "ogrn" | "ru-ogrn" => ogrn(value),
            "uscc" | "cn-uscc" | "cn-sai" => uscc(value),
            "imo" => imo(value),
            _ => {
                let value = compact(value);
                (!scheme.is_empty() && !value.is_empty()).then(|| Self::new(&scheme, value))
            }
        }
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scheme, self.value)
    }
}

/// Capitals without blanks, dots, dashes and slashes.
fn compact(text: &str) -> String {
    let text = text.trim();
    // Excel's text of a number that lost its format.
    let text = text.strip_suffix(".0").unwrap_or(text);
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '/' | '\u{feff}'))
        .flat_map(char::to_uppercase)
        .collect()
}

/// The values of digits and letters, A as 10 to Z as 35; `None` for anything else.
fn base36(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(36)
}

/// Decimal digits as numbers; `None` if there is anything else.
fn digits(text: &str) -> Option<Vec<u32>> {
    text.bytes().map(|byte| char::from(byte).to_digit(10)).collect()
}

/// The sum of products of digits and weights, as far as both go.
fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn identifiers_are_read_with_their_scheme() {
        let cases = [
            ("lei:213800H2PQMIF3OVZY47", Some("lei:213800H2PQMIF3OVZY47")),
            ("ISIN: gb0002634946", Some("isin:GB0002634946")),
            ("gb-coh:445790", Some("gb-coh:00445790")),
            ("GB-COH:SC95000", Some("gb-coh:SC095000")),
            ("ru-ogrn:1027700132195", Some("ogrn:1027700132195")),
            ("cik:0000320193", Some("cik:0000320193")),
            ("imo:9074729", Some("imo:9074729")),
            ("lei:213800H2PQMIF3OVZY48", None),
            ("nothing", None),
            ("cik:", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Identifier::parse(text).map(|id| id.to_string()).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_reads_again(scheme in "lei|isin|sedol|gb-coh|vat|gb-chc|inn|ogrn|uscc|imo|zz", value in "[A-Z0-9 ./-]{0,21}") {
            if let Some(id) = Identifier::of(&scheme, &value) {
                prop_assert_eq!(Identifier::parse(&id.to_string()), Some(id));
            }
        }
    }
}
