//! What a decision was made on: the material content of both sides, as a short line of marks.
//!
//! Names and numbers are kept as marks (eight hexadecimal digits of a hash each), so that a later run can say what was
//! added, by name, and how much was taken away, without the log holding a copy of the list or of the ledger.
//! Formatting, order and legal forms are not content.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use crate::judge::decision::key::{core_name, digest};
use crate::record::Subject;
use crate::vocab::{Ground, ListingStatus, Relation};
use crate::watchlist::Entry;

/// The material content of both sides of a candidate.
///
/// Prints as one line and parses from it: `party n=1a2b3c4d i= c=GB; entry n=5e6f7788+99aabbcc i= c=CN g=forced_labour s=current; r=same`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    party: Side,
    entry: Side,
    ground: String,
    status: String,
    relation: String,
}

/// One side: its names and identifiers as marks, its countries as codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Side {
    names: BTreeSet<String>,
    identifiers: BTreeSet<String>,
    countries: BTreeSet<String>,
}

/// Enough that two names of one candidate do not collide by chance.
const MARK_DIGITS: usize = 8;

/// The material of one side in words: what an earlier report gives of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SideFacts {
    /// Every name.
    pub names: Vec<String>,
    /// Every identifier, as `scheme:value`.
    pub identifiers: Vec<String>,
    /// Every country code.
    pub countries: Vec<String>,
}

impl SideFacts {
    /// The material of a subject.
    pub fn of_subject(subject: &Subject) -> Self {
        let spellings = subject.spellings.iter().map(|spelling| spelling.name.as_str());
        let names =
            spellings.chain(subject.aliases.iter().map(String::as_str)).chain([subject.name.as_str()]);
        Self {
            names: names.map(str::to_owned).collect(),
            identifiers: subject.identifiers.iter().map(ToString::to_string).collect(),
            countries: subject.countries.iter().map(ToString::to_string).collect(),
        }
    }

    /// The material of an entry.
    pub fn of_entry(entry: &Entry) -> Self {
        let others = entry.aliases.iter().chain(&entry.weak_aliases).cloned();
        Self {
            names: [entry.name.clone()].into_iter().chain(others).collect(),
            identifiers: entry.identifiers.iter().map(ToString::to_string).collect(),
            countries: entry.countries.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<&SideFacts> for Side {
    fn from(facts: &SideFacts) -> Self {
        Self {
            names: facts.names.iter().map(|name| name_mark(name)).collect(),
            identifiers: facts.identifiers.iter().map(|id| digest(id, MARK_DIGITS)).collect(),
            countries: facts.countries.iter().cloned().collect(),
        }
    }
}

impl Side {
    /// Whether two sides may be one party: an identifier in common, or a name in common and no country against it.
    fn may_be(&self, other: &Self) -> bool {
        let country_agrees = self.countries.is_empty()
            || other.countries.is_empty()
            || !self.countries.is_disjoint(&other.countries);
        !self.identifiers.is_disjoint(&other.identifiers)
            || (country_agrees && !self.names.is_disjoint(&other.names))
    }
}

fn name_mark(name: &str) -> String {
    digest(&core_name(name), MARK_DIGITS)
}

impl Content {
    /// The content of a candidate as it is now.
    pub fn of(subject: &Subject, entry: &Entry, relation: Relation) -> Self {
        let (party, listed) = (SideFacts::of_subject(subject), SideFacts::of_entry(entry));
        Self::of_facts(&party, &listed, entry.ground, entry.status, relation)
    }

    /// The content of a candidate as an earlier report gives it.
    pub fn of_facts(
        party: &SideFacts,
        entry: &SideFacts,
        ground: Ground,
        status: ListingStatus,
        relation: Relation,
    ) -> Self {
        Self {
            party: party.into(),
            entry: entry.into(),
            ground: ground.to_string(),
            status: status.to_string(),
            relation: relation.to_string(),
        }
    }

    /// The content of an entry alone, without a subject.
    pub(crate) fn of_entry(entry: &Entry) -> Self {
        let listed = SideFacts::of_entry(entry);
        Self::of_facts(&SideFacts::default(), &listed, entry.ground, entry.status, Relation::Unknown)
    }

    /// Whether the subject may be the party that another content is about.
    pub(crate) fn same_party(&self, other: &Self) -> bool {
        self.party.may_be(&other.party)
    }

    /// Whether the entry is, but for its id, the one that another content is about: how an entry that was given a new id is known again.
    pub(crate) fn same_entry(&self, other: &Self) -> bool {
        self.entry == other.entry && self.ground == other.ground
    }

    /// One mark for the whole of it, sixteen hexadecimal digits: what reports print as the content's fingerprint.
    pub fn fingerprint(&self) -> String {
        digest(&self.to_string(), 16)
    }

    /// What is different now, one clause each; empty where nothing material is.
    ///
    /// `subject` and `entry` are those that `now` was made of: they lend the new names and numbers their text.
    pub fn changes(&self, now: &Self, subject: &Subject, entry: &Entry) -> Vec<String> {
        let mut changes = Vec::new();
        let (party, listed) = (SideFacts::of_subject(subject), SideFacts::of_entry(entry));
        for (who, old, new, facts) in [
            ("the listed entity", &self.entry, &now.entry, &listed),
            ("the subject", &self.party, &now.party, &party),
        ] {
            differ(&mut changes, who, "name", (&old.names, &new.names), &facts.names, name_mark);
            let mark = |id: &str| digest(id, MARK_DIGITS);
            differ(
                &mut changes,
                who,
                "identifier",
                (&old.identifiers, &new.identifiers),
                &facts.identifiers,
                mark,
            );
            differ(
                &mut changes,
                who,
                "country",
                (&old.countries, &new.countries),
                &facts.countries,
                str::to_owned,
            );
        }
        for (what, old, new) in [
            ("the ground", &self.ground, &now.ground),
            ("the listing's status", &self.status, &now.status),
            ("the relation", &self.relation, &now.relation),
        ] {
            if old != new {
                changes.push(format!("{what} was `{old}` and is `{new}`"));
            }
        }
        changes
    }
}

/// Says which items one side gained, by text, and how many it lost.
fn differ(
    changes: &mut Vec<String>,
    who: &str,
    what: &str,
    (old, new): (&BTreeSet<String>, &BTreeSet<String>),
    texts: &[String],
    mark: impl Fn(&str) -> String,
) {
    // One text for each mark: two spellings of one core name are one gain.
    let by_mark: BTreeMap<String, &String> = texts.iter().map(|text| (mark(text), text)).rev().collect();
    let gained: Vec<String> =
        new.difference(old).filter_map(|mark| by_mark.get(mark)).map(|text| format!("`{text}`")).collect();
    if !gained.is_empty() {
        changes.push(format!("{who} gained the {what} {}", gained.join(", ")));
    }
    match old.difference(new).count() {
        0 => {}
        1 => changes.push(format!("{who} lost a {what}")),
        n => changes.push(format!("{who} lost {n} of its {}", plural(what))),
    }
}

fn plural(what: &str) -> String {
    what.strip_suffix('y').map_or_else(|| format!("{what}s"), |stem| format!("{stem}ies"))
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |set: &BTreeSet<String>| set.iter().map(String::as_str).collect::<Vec<_>>().join("+");
        write!(f, "n={} i={} c={}", join(&self.names), join(&self.identifiers), join(&self.countries))
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { party, entry, ground, status, relation } = self;
        write!(f, "party {party}; entry {entry} g={ground} s={status}; r={relation}")
    }
}

/// A line that is not the content of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the content of a candidate")]
pub struct NotContent(String);

impl FromStr for Content {
    type Err = NotContent;

    fn from_str(text: &str) -> Result<Self, NotContent> {
        parse(text.trim()).ok_or_else(|| NotContent(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Content> {
    let (party, rest) = text.strip_prefix("party ")?.split_once("; entry ")?;
    let (entry, relation) = rest.split_once("; r=")?;
    let (entry, status) = entry.split_once(" s=")?;
    let (entry, ground) = entry.split_once(" g=")?;
    let words =
        [ground, status, relation].iter().all(|w| w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    words.then_some(())?;
    Some(Content {
        party: parse_side(party)?,
        entry: parse_side(entry)?,
        ground: ground.to_owned(),
        status: status.to_owned(),
        relation: relation.to_owned(),
    })
}

fn parse_side(text: &str) -> Option<Side> {
    let (names, rest) = text.strip_prefix("n=")?.split_once(" i=")?;
    let (identifiers, countries) = rest.split_once(" c=")?;
    let set = |part: &str| part.split('+').filter(|mark| !mark.is_empty()).map(str::to_owned).collect();
    Some(Side { names: set(names), identifiers: set(identifiers), countries: set(countries) })
}

impl serde::Serialize for Content {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Content {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::samples;
    use crate::vocab::ListingStatus;

    fn content(subject: &Subject, entry: &Entry) -> Content {
        Content::of(subject, entry, Relation::Same)
    }

    #[test]
    fn content_prints_and_parses_alike() {
        let subject = samples::subject("Northgate Textiles Ltd");
        let mut entry = samples::entry("e1", "Northgate Textiles");
        entry.aliases = ["Nordtor Textil".to_owned()].into();
        entry.identifiers = [samples::identifier("lei", "5493001KJTIIGC8Y1R12")].into();
        let made = content(&subject, &entry);
        assert_eq!(made.to_string().parse::<Content>().as_ref(), Ok(&made));
        for text in ["", "party ", "party n= i= c=; entry n= i= c= g=x", "n=1"] {
            assert!(text.parse::<Content>().is_err(), "{text}");
        }
    }

    #[test]
    fn formatting_is_not_content() {
        let entry = samples::entry("e1", "Northgate Textiles Co., Ltd.");
        let same = samples::entry("e9", "NORTHGATE TEXTILES CO LTD");
        let subject = samples::subject("Northgate Textiles");
        assert_eq!(
            content(&subject, &entry),
            content(&samples::subject("NORTHGATE-TEXTILES LIMITED"), &same)
        );
    }

    #[test]
    fn changes_are_said_by_name() {
        let (subject, entry) =
            (samples::subject("Northgate Textiles"), samples::entry("e1", "Northgate Textiles"));
        let before = content(&subject, &entry);
        let mut now = entry.clone();
        now.aliases.push("Nordtor Textil GmbH".to_owned());
        now.status = ListingStatus::Removed;
        now.countries.clear();
        let says = before.changes(&content(&subject, &now), &subject, &now);
        assert_eq!(
            says,
            [
                "the listed entity gained the name `Nordtor Textil GmbH`",
                "the listed entity lost a country",
                "the listing's status was `current` and is `removed`",
            ]
        );
        assert_eq!(before.changes(&before, &subject, &entry), Vec::<String>::new());
    }
}
