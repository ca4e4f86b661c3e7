//! What a watchlist says: one [`Entry`] per listed thing, and the [`ListFacts`] that hold for all of them.

use std::fmt;

use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

use crate::ident::Identifier;
use crate::record::Country;
use crate::vocab::{Affected, Authority, EntityKind, Ground, ListingStatus, Proof, Scope};

/// A day, month or year of the civil calendar, as sources give it: `2022-06-21`, `1992-03`, `1998`.
///
/// Ordered by its earliest possible day, the less exact first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// Reads an ISO 8601 date of any of the three lengths; `None` for anything else, impossible days included.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())?
        };
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = match parts.next() {
            None => None,
            Some(part) => Some(i8::try_from(number(part, 2)?).ok()?),
        };
        let day = match parts.next() {
            None => None,
            Some(part) => Some(i8::try_from(number(part, 2)?).ok()?),
        };
        if parts.next().is_some() {
            return None;
        }
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// The first day it can mean.
    pub fn earliest(self) -> jiff::civil::Date {
        jiff::civil::Date::constant(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it can mean.
    pub fn latest(self) -> jiff::civil::Date {
        match (self.month, self.day) {
            (_, Some(_)) => self.earliest(),
            (Some(_), None) => self.earliest().last_of_month(),
            (None, None) => self.earliest().last_of_year(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// One thing on a watchlist. Lists of which most are empty take one word each: a list may have a million entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Unique within the list and stable from version to version.
    pub id: String,
    /// The name under which it is listed, verbatim.
    pub name: String,
    /// Other names that stand on their own.
    pub aliases: ThinVec<String>,
    /// Other names that are too common to stand on their own.
    pub weak_aliases: ThinVec<String>,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Countries that the source connects it with.
    pub countries: ThinVec<Country>,
    /// Register numbers and the like.
    pub identifiers: ThinVec<Identifier>,
    /// What it is listed for.
    pub ground: Ground,
    /// What the listing does, in the source's terms: `asset freeze`, `US withhold release order`.
    pub measure: String,
    /// Whether the listing stands.
    pub status: ListingStatus,
    /// When it was listed.
    pub listed_on: Option<PartialDate>,
    /// When it was taken off.
    pub delisted_on: Option<PartialDate>,
    /// How far the listing reaches.
    pub scope: Scope,
    /// The goods that the listing is about.
    pub products: ThinVec<String>,
    /// Who is harmed, where the source says so.
    pub affected: ThinVec<Affected>,
    /// The official page.
    pub source_url: String,
    /// A short fact about the listing.
    pub note: String,
}

/// What holds for a whole list: the content of `SLUG.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFacts {
    /// The list's title; the short name where it has none.
    #[serde(default)]
    pub title: String,
    /// Who publishes it.
    #[serde(default)]
    pub publisher: String,
    /// Whose law it is: a country code, `EU` or `UN`.
    #[serde(default)]
    pub jurisdiction: String,
    /// Who says so; a user's own list that does not say is its own word (`F`).
    #[serde(default = "self_declared")]
    pub authority: Authority,
    /// How sure the authority had to be.
    #[serde(default = "no_proof")]
    pub proof: Proof,
    /// The ground of entries that state none.
    #[serde(default = "any_human_right")]
    pub default_ground: Ground,
    /// The measure of entries that state none.
    #[serde(default)]
    pub measure: String,
    /// The official address.
    #[serde(default)]
    pub url: String,
    /// On what terms the facts may be used.
    #[serde(default)]
    pub licence: String,
    /// The day we took it, ISO 8601.
    #[serde(default, deserialize_with = "date_or_text", skip_serializing_if = "Option::is_none")]
    pub retrieved_on: Option<String>,
    /// The publisher's own date, ISO 8601.
    #[serde(default, deserialize_with = "date_or_text", skip_serializing_if = "Option::is_none")]
    pub published_on: Option<String>,
    /// Fewer entries than this, and the list is unfit.
    #[serde(default)]
    pub min_entries: usize,
    /// Older than this, and the list is unfit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age_days: Option<u32>,
    /// Whether an unfit list makes the whole screening unfit.
    #[serde(default)]
    pub critical: bool,
    /// How many entries the publisher's own list has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries_at_source: Option<usize>,
    /// Whether the list here has all of them.
    #[serde(default)]
    pub complete: bool,
    /// What is missing, in words.
    #[serde(default)]
    pub missing: String,
    /// Which importer reads the official file: a word of `watchlists import --format`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub format: String,
    /// Where the official file is, for `watchlists update`: more than one address where it comes in parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub download: Vec<String>,
}

fn self_declared() -> Authority {
    Authority::F
}

fn no_proof() -> Proof {
    Proof::None
}

fn any_human_right() -> Ground {
    Ground::OtherHumanRights
}

/// A TOML date, or the same as text: people write both.
fn date_or_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Date(toml::value::Datetime),
        Text(String),
    }
    Ok(Some(match Written::deserialize(deserializer)? {
        Written::Date(date) => date.to_string(),
        Written::Text(text) => text,
    }))
}

/// A watchlist as loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Its short name: the file name without its ending.
    pub slug: String,
    /// What holds for all of it.
    pub facts: ListFacts,
    /// Its entries, in file order.
    pub entries: Vec<Entry>,
    /// SHA-256 of the CSV, in lower-case hexadecimal.
    pub sha256: String,
    /// Whether it is one of those compiled into the program.
    pub bundled: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_read_and_print_alike() {
        for text in ["2022-06-21", "1992-03", "1998"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
        for text in ["2022-02-30", "22-06-21", "2022-6-1", "2022-13", "", "soon", "2022-06-21-01"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
        assert_eq!(PartialDate::parse("1992-02").unwrap().latest().to_string(), "1992-02-29");
    }
}
