//! Countries by code and by name, as the files of officers and publishers write them.
//!
//! The table `country.csv` holds every assigned ISO 3166-1 alpha-2 code and `XK`, which the EU and the United States use
//! for Kosovo although ISO leaves it to its users. Sub-national names are there where lists use them as a country
//! (`Region: Gaza`, `Scotland`).

use std::fmt;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

const TABLE: &str = include_str!("country.csv");

/// An ISO 3166-1 alpha-2 country code, two capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a two-letter code of either case; names are read by [`by_name`].
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes: [u8; 2] = code.trim().as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XX")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

static NAMES: LazyLock<FxHashMap<String, Country>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for (code, rest) in rows() {
        let Some(country) = Country::from_code(code) else { continue };
        for name in rest.split([',', ';']) {
            names.insert(fold(name), country);
        }
    }
    names.remove("");
    names
});

static CODES: LazyLock<FxHashSet<Country>> =
    LazyLock::new(|| rows().filter_map(|(code, _)| Country::from_code(code)).collect());

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().skip(1).filter_map(|line| line.split_once(','))
}

/// Reads an assigned code, of either case; `None` for anything else.
///
/// ```
/// use wharfinger::country;
/// assert_eq!(country::by_code("gb").unwrap().as_str(), "GB");
/// assert_eq!(country::by_code("UK"), None);
/// ```
pub fn by_code(text: &str) -> Option<Country> {
    Country::from_code(text).filter(|country| CODES.contains(country))
}

/// Reads a country's English name in any of the usual wordings, case and punctuation left aside; `None` for a name that
/// is not in the table.
///
/// ```
/// use wharfinger::country;
/// for name in ["Korea, North", "DPRK", "Democratic People's Republic of Korea"] {
///     assert_eq!(country::by_name(name).unwrap().as_str(), "KP");
/// }
/// ```
pub fn by_name(text: &str) -> Option<Country> {
    NAMES.get(&fold(text)).copied()
}

/// Letters and digits in lower case, anything between them as one blank, accents and a leading `the` gone.
fn fold(name: &str) -> String {
    let plain = if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        any_ascii::any_ascii(name).to_ascii_lowercase()
    };
    let mut folded = String::with_capacity(plain.len());
    for word in
        plain.replace('\'', "").split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    {
        if folded.is_empty() && word == "the" {
            continue;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assigned_codes_only() {
        assert_eq!(rows().count(), 250);
        assert!(rows().map(|(code, _)| code).is_sorted());
        for good in ["GB", "cn", " XK "] {
            assert!(by_code(good).is_some(), "{good}");
        }
        for bad in ["UK", "XX", "EL", "GBR", "G", "", "SU"] {
            assert_eq!(by_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_as_publishers_write_them() {
        for (name, code) in [
            ("Iran (Islamic Republic of)", "IR"),
            ("Türkiye", "TR"),
            ("TURKEY", "TR"),
            ("Burma", "MM"),
            ("Congo, Democratic Republic of the", "CD"),
            ("Congo, Republic of the", "CG"),
            ("United Kingdom of Great Britain and Northern Ireland", "GB"),
            ("Kingdom of the Netherlands", "NL"),
            ("The Gambia", "GM"),
            ("Bahamas, The", "BS"),
            ("Côte d’Ivoire", "CI"),
            ("Virgin Islands, British", "VG"),
            ("Region: Crimea", "UA"),
            ("Viet Nam", "VN"),
            ("Russian Federation", "RU"),
        ] {
            assert_eq!(by_name(name).map(|c| c.as_str().to_owned()).as_deref(), Some(code), "{name}");
        }
        for name in ["Fishing Vessels", "undetermined", "", "Ruritania"] {
            assert_eq!(by_name(name), None, "{name}");
        }
    }
}
