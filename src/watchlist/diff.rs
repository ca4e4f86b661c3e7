//! What changed between two versions of a list.
//!
//! Entries are the same where their ids are; what is left over is the same where the names are, since some publishers number
//! their entries anew. Changed spelling of a name and its blanks count as changes: the text is the publisher's own.

use std::collections::BTreeMap;
use std::fmt;

use super::{Entry, List};

/// The entries that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// Only in the new version, in its order.
    pub added: Vec<Entry>,
    /// Only in the old version, in its order.
    pub removed: Vec<Entry>,
    /// In both, and not the same, in the order of the new version.
    pub changed: Vec<Changed>,
    /// In both, and the same in all that matters for screening.
    pub unchanged: usize,
}

/// An entry that is in both versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// As it is now.
    pub entry: Entry,
    /// Its id in the old version, which is another where the publisher has numbered anew.
    pub old_id: String,
    /// What is different.
    pub changes: Vec<Change>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A value is another one.
    Value {
        /// What: `name`, `ground`, `status` and so on.
        what: &'static str,
        /// As it was; empty for nothing.
        from: String,
        /// As it is; empty for nothing.
        to: String,
    },
    /// One of several values is new.
    Gained {
        /// What: `alias`, `weak alias`, `country`, `identifier`.
        what: &'static str,
        /// The value.
        value: String,
    },
    /// One of several values is gone.
    Lost {
        /// What: `alias`, `weak alias`, `country`, `identifier`.
        what: &'static str,
        /// The value.
        value: String,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { what: "name", from, to } => write!(f, "renamed: `{from}` → `{to}`"),
            Self::Value { what, from, to } => write!(f, "{what}: {} → {}", shown(from), shown(to)),
            Self::Gained { what, value } => write!(f, "{what} gained: `{value}`"),
            Self::Lost { what, value } => write!(f, "{what} lost: `{value}`"),
        }
    }
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "(none)" } else { value }
}

impl Diff {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares two versions of a list.
pub fn diff(old: &List, new: &List) -> Diff {
    let mut by_id: BTreeMap<&str, &Entry> =
        old.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let mut pairs: Vec<(Option<&Entry>, &Entry)> =
        new.entries.iter().map(|entry| (by_id.remove(entry.id.as_str()), entry)).collect();
    let mut by_name: BTreeMap<String, &Entry> = BTreeMap::new();
    for entry in by_id.values().rev() {
        by_name.insert(entry.name.to_lowercase(), entry);
    }
    let mut diff = Diff::default();
    for (before, entry) in &mut pairs {
        if before.is_none() {
            *before = by_name.remove(&entry.name.to_lowercase());
            if let Some(before) = before {
                by_id.remove(before.id.as_str());
            }
        }
        let Some(before) = before else {
            diff.added.push((*entry).clone());
            continue;
        };
        let changes = changes(before, entry);
        if changes.is_empty() {
            diff.unchanged += 1;
        } else {
            diff.changed.push(Changed { entry: (*entry).clone(), old_id: before.id.clone(), changes });
        }
    }
    diff.removed =
        old.entries.iter().filter(|entry| by_id.contains_key(entry.id.as_str())).cloned().collect();
    diff
}

fn changes(old: &Entry, new: &Entry) -> Vec<Change> {
    let date = |date: Option<super::PartialDate>| date.map_or_else(String::new, |date| date.to_string());
    let mut changes: Vec<Change> = [
        ("id", old.id.clone(), new.id.clone()),
        ("name", old.name.clone(), new.name.clone()),
        ("kind", old.kind.to_string(), new.kind.to_string()),
        ("ground", old.ground.to_string(), new.ground.to_string()),
        ("measure", old.measure.clone(), new.measure.clone()),
        ("status", old.status.to_string(), new.status.to_string()),
        ("listed on", date(old.listed_on), date(new.listed_on)),
        ("delisted on", date(old.delisted_on), date(new.delisted_on)),
        ("scope", old.scope.to_string(), new.scope.to_string()),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(what, from, to)| Change::Value { what, from, to })
    .collect();
    compare("alias", &old.aliases, &new.aliases, &mut changes);
    compare("weak alias", &old.weak_aliases, &new.weak_aliases, &mut changes);
    compare("country", &old.countries, &new.countries, &mut changes);
    compare("identifier", &old.identifiers, &new.identifiers, &mut changes);
    changes
}

fn compare<T: PartialEq + fmt::Display>(what: &'static str, old: &[T], new: &[T], changes: &mut Vec<Change>) {
    let gained = new.iter().filter(|value| !old.contains(value));
    changes.extend(gained.map(|value| Change::Gained { what, value: value.to_string() }));
    let lost = old.iter().filter(|value| !new.contains(value));
    changes.extend(lost.map(|value| Change::Lost { what, value: value.to_string() }));
}

#[cfg(test)]
mod tests {
    use super::super::{csv, facts};
    use super::*;

    fn list(text: &str) -> List {
        csv::read("ours", "ours.csv", text.as_bytes(), facts::assumed("ours"), false).unwrap()
    }

    /// Ten entries, each with its change worked out by hand.
    #[test]
    fn ten_entries_by_hand() {
        let header = "id,name,aliases,weak_aliases,kind,country,identifiers,ground,status,listed_on\n";
        let old = list(&format!(
            "{header}\
             1,Krastiva,,,,BG,,forced_labour,current,2020\n\
             2,Millbrandt,M One;M Two,,,,,,,\n\
             3,Oxbarrow,,,,,,,current,\n\
             4,Tidewick,,TW,,GB,gb-coh:01234567,,,\n\
             5,Quillworth,,,organisation,,,,,\n\
             6,Hesseldon,,,,,,,,\n\
             7,Ferrow,,,,,,,,2021-05\n\
             8,Lindenhythe,,,,,,,,\n\
             9,Saltersford,,,,,,,,\n"
        ));
        let new = list(&format!(
            "{header}\
             1,Krastiva,,,,BG,,trafficking,current,2020\n\
             2,Millbrandt,M Two;M Three,,,,,,,\n\
             3,Oxbarrow,,,,,,,suspended,\n\
             4,Tidewick,TW,,,GB;IE,,,,\n\
             5,Quillworth,,,vessel,,,,,\n\
             6,Hesseldon Group,,,,,,,,\n\
             7,Ferrow,,,,,,,,2021-05-04\n\
             80,LINDENHYTHE,,,,,,,,\n\
             10,Pennywhistle,,,,,,,,\n"
        ));
        let found = diff(&old, &new);
        let lines: Vec<String> = found
            .changed
            .iter()
            .map(|c| {
                format!(
                    "{}: {}",
                    c.old_id,
                    c.changes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                "1: ground: forced_labour → trafficking",
                "2: alias gained: `M Three`, alias lost: `M One`",
                "3: status: current → suspended",
                "4: alias gained: `TW`, weak alias lost: `TW`, country gained: `IE`, identifier lost: `gb-coh:01234567`",
                "5: kind: organisation → vessel",
                "6: renamed: `Hesseldon` → `Hesseldon Group`",
                "7: listed on: 2021-05 → 2021-05-04",
                "8: id: 8 → 80, renamed: `Lindenhythe` → `LINDENHYTHE`",
            ]
        );
        assert_eq!(found.added.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["Pennywhistle"]);
        assert_eq!(found.removed.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["Saltersford"]);
        assert!(diff(&old, &old).is_empty());
    }
}
