//! Keys: what makes a party, an entry and a candidate the same from run to run.
//!
//! The folding of names here is its own, plain and frozen: the matcher may learn, and no decision may be orphaned by that.

use std::fmt;

use caseless::Caseless;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::record::Subject;
use crate::watchlist::Entry;

/// Schemes that name a paper, not a party: one issuer has many of them.
const SECURITY_SCHEMES: &[&str] = &["isin", "sedol", "cusip", "figi"];

/// Legal forms that one party's name is written with and without; longer ones first where one ends in another.
const LEGAL_FORMS: &[&str] = &[
    "private limited",
    "pvt ltd",
    "pte ltd",
    "pty ltd",
    "co ltd",
    "co limited",
    "company limited",
    "limited liability company",
    "public limited company",
    "limited",
    "ltd",
    "plc",
    "llp",
    "llc",
    "lp",
    "inc",
    "incorporated",
    "corporation",
    "corp",
    "company",
    "co",
    "gmbh",
    "ag",
    "sa",
    "spa",
    "srl",
    "bv",
    "nv",
    "ab",
    "as",
    "oy",
    "ooo",
    "pao",
    "jsc",
    "bhd",
    "sdn bhd",
    "cic",
    "cio",
];

/// A short, stable mark of a text: the first hexadecimal digits of its SHA-256.
pub(crate) fn digest(text: &str, digits: usize) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .take(digits)
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect()
}

/// A name without its formatting: compatibility forms, case, punctuation and `&` are levelled, words stay.
pub(crate) fn fold(name: &str) -> String {
    let levelled: String = name.nfkc().default_case_fold().nfkc().collect::<String>().replace('&', " and ");
    let words: Vec<&str> =
        levelled.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A folded name without the legal form at its end; the whole of it where nothing would be left.
pub(crate) fn core_name(name: &str) -> String {
    let folded = fold(name);
    LEGAL_FORMS
        .iter()
        .filter_map(|form| folded.strip_suffix(form)?.strip_suffix(' '))
        .min_by_key(|rest| rest.len())
        .map_or_else(|| folded.clone(), str::to_owned)
}

/// The key of a party: of an identifier, or of its core name and country. A hash, so that a log names nobody by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyKey(String);

impl PartyKey {
    fn new(text: &str) -> Self {
        Self(digest(text, 16))
    }
}

impl fmt::Display for PartyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The keys that stand for a party, the one that makes its finding ids first.
///
/// A register number or LEI comes before the name. A file's own supplier numbers make no key: two ledgers give the same
/// number to different parties, and a dismissal must not travel with it.
pub fn party_keys(subject: &Subject) -> Vec<PartyKey> {
    key_texts(subject).iter().map(|text| PartyKey::new(text)).collect()
}

/// What the keys of a party are hashes of.
fn key_texts(subject: &Subject) -> Vec<String> {
    let mut identifiers = subject.identifiers.clone();
    identifiers.sort_by_key(|id| {
        (
            SECURITY_SCHEMES.contains(&id.scheme.as_str()),
            id.scheme != "lei",
            id.scheme.clone(),
            id.value.clone(),
        )
    });
    let (papers, parties): (Vec<_>, Vec<_>) =
        identifiers.iter().partition(|id| SECURITY_SCHEMES.contains(&id.scheme.as_str()));
    let core = core_name(&subject.name);
    let mut countries = subject.countries.clone();
    countries.sort_unstable();
    countries.dedup();
    let names = if countries.is_empty() {
        vec![format!("name:{core}|")]
    } else {
        countries.iter().map(|country| format!("name:{core}|{country}")).collect()
    };
    let text = |id: &&crate::ident::Identifier| id.to_string();
    parties.iter().map(text).chain(names).chain(papers.iter().map(text)).collect()
}

/// The id of a finding: the same from run to run for the same party, list, entry and ground.
///
/// `wf-` and twelve hexadecimal digits, so that no spreadsheet takes it for a number.
///
/// # Examples
/// The name's case, punctuation and legal form do not change it; another ground does.
pub fn finding_id(subject: &Subject, list: &str, entry: &Entry) -> String {
    id_of(&id_party(subject), list, entry)
}

/// The party in the ids of a subject's findings: its first key. To be made once where the subject has many of them.
pub(in crate::judge) fn id_party(subject: &Subject) -> String {
    key_texts(subject).first().map_or_else(String::new, |text| PartyKey::new(text).0)
}

/// The id of a finding about a party.
pub(in crate::judge) fn id_of(party: &str, list: &str, entry: &Entry) -> String {
    let Entry { id, ground, .. } = entry;
    format!("wf-{}", digest(&format!("{party}\u{1f}{list}\u{1f}{id}\u{1f}{ground}"), 12))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::samples;
    use crate::vocab::Ground;

    #[test]
    fn core_names_lose_format_and_legal_form_but_never_everything() {
        for (name, core) in [
            ("NORTHGATE  TEXTILES, LTD.", "northgate textiles"),
            ("Northgate Textiles Co., Ltd.", "northgate textiles"),
            ("Smith & Jones LLP", "smith and jones"),
            ("The Company Ltd", "the company"),
            ("Ltd", "ltd"),
            ("11420 Corp", "11420"),
            ("Ｆｕｌｌｗｉｄｔｈ", "fullwidth"),
            ("Straße AG", "strasse"),
            ("新疆棉花", "新疆棉花"),
            ("", ""),
        ] {
            assert_eq!(core_name(name), core, "{name}");
        }
    }

    #[test]
    fn a_finding_id_holds_through_formatting_and_changes_with_party_list_entry_and_ground() {
        let entry = samples::entry("e1", "Northgate Textiles");
        let id = |name: &str, list: &str, entry: &Entry| finding_id(&samples::subject(name), list, entry);
        let base = id("Northgate Textiles Ltd", "xx-list", &entry);
        assert!(base.starts_with("wf-") && base.len() == 15, "{base}");
        assert_eq!(base, id("NORTHGATE TEXTILES LIMITED", "xx-list", &entry));
        assert_ne!(base, id("Northgate Textiles II Ltd", "xx-list", &entry));
        assert_ne!(base, id("Northgate Textiles Ltd", "yy-list", &entry));
        assert_ne!(
            base,
            id("Northgate Textiles Ltd", "xx-list", &samples::entry("e2", "Northgate Textiles"))
        );
        let other = Entry { ground: Ground::Trafficking, ..entry.clone() };
        assert_ne!(base, id("Northgate Textiles Ltd", "xx-list", &other));
    }

    #[test]
    fn a_register_number_comes_before_the_name_and_a_paper_after_it() {
        let mut subject = samples::subject("Northgate Textiles Ltd");
        let by_name = party_keys(&subject).remove(0);
        subject.identifiers = [samples::identifier("isin", "GB0000000000")].into();
        assert_eq!(party_keys(&subject).remove(0), by_name);
        subject.identifiers.push(samples::identifier("gb-coh", "00000001"));
        let by_number = party_keys(&subject).remove(0);
        assert_ne!(by_number, by_name);
        subject.name = "Renamed Ltd".into();
        assert_eq!(party_keys(&subject).remove(0), by_number);
    }
}
