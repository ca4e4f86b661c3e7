//! Entries in the making: whatever a format yields comes together here, is tidied once, and is counted.

use rustc_hash::{FxHashMap, FxHashSet};
use thin_vec::ThinVec;

use super::text;
use crate::country;
use crate::ident::Identifier;
use crate::record::Country;
use crate::vocab::{EntityKind, Ground, ListingStatus, Scope};
use crate::watchlist::Entry;
use crate::watchlist::csv::{LONGEST_NAME, is_overlong};

/// An entry of the source that did not become one of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Which: its id or line in the official file.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// An entry with nothing in it but what every entry has.
pub(super) fn blank(
    id: impl Into<String>,
    name: impl Into<String>,
    kind: EntityKind,
    ground: Ground,
) -> Entry {
    Entry {
        id: id.into(),
        name: name.into(),
        aliases: ThinVec::new(),
        weak_aliases: ThinVec::new(),
        kind,
        countries: ThinVec::new(),
        identifiers: ThinVec::new(),
        ground,
        measure: String::new(),
        status: ListingStatus::Current,
        listed_on: None,
        delisted_on: None,
        scope: Scope::Named,
        products: ThinVec::new(),
        affected: ThinVec::new(),
        source_url: String::new(),
        note: String::new(),
    }
}

/// Adds a country by its name or code, if it is one and not there yet.
pub(super) fn add_country(entry: &mut Entry, name: &str) {
    let name = name.trim();
    let found: Option<Country> = country::by_name(name).or_else(|| country::by_code(name));
    if let Some(found) = found.filter(|found| !entry.countries.contains(found)) {
        entry.countries.push(found);
    }
}

/// Adds an identifier, if it is not there yet.
pub(super) fn add_identifier(entry: &mut Entry, identifier: Option<Identifier>) {
    if let Some(identifier) = identifier.filter(|identifier| !entry.identifiers.contains(identifier)) {
        entry.identifiers.push(identifier);
    }
}

/// The entries so far, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) entries: Vec<Entry>,
    pub(super) skipped: Vec<Skipped>,
    /// Entries of the source: what was added and what was skipped.
    pub(super) at_source: usize,
    /// Records of the file, where it has several to an entry.
    pub(super) rows: usize,
    /// Aliases that were left out, since no name is so long.
    pub(super) overlong: usize,
    ids: FxHashMap<String, u32>,
}

impl Builder {
    /// A builder for a file of so many records.
    pub(super) fn of_rows(rows: usize) -> Self {
        Self { rows, ..Self::default() }
    }

    /// Takes one entry of the source. One without a name takes its first alias as its name; one without any is skipped,
    /// since a blank name matches everything.
    pub(super) fn add(&mut self, mut entry: Entry) {
        self.at_source += 1;
        if is_overlong(&entry.name) {
            let letters = entry.name.chars().count();
            self.skipped.push(Skipped {
                what: entry.id,
                reason: format!("its name has {letters} letters, and no name has more than {LONGEST_NAME}"),
            });
            return;
        }
        for names in [&mut entry.aliases, &mut entry.weak_aliases] {
            let before = names.len();
            names.retain(|name| !is_overlong(name));
            self.overlong += before - names.len();
        }
        let mut aliases: ThinVec<String> = ThinVec::new();
        let primary = text::name(&entry.name);
        let mut known: FxHashSet<String> = primary.iter().cloned().collect();
        let mut take = |names: &[String]| {
            let names = names.iter().filter_map(|name| text::name(name));
            names.filter(|name| known.insert(name.clone())).collect::<ThinVec<_>>()
        };
        aliases.extend(take(&entry.aliases));
        let mut weak = take(&entry.weak_aliases);
        let name = match primary {
            Some(name) => name,
            None if !aliases.is_empty() => aliases.remove(0),
            None if !weak.is_empty() => weak.remove(0),
            None => {
                self.skipped.push(Skipped { what: entry.id, reason: "it has no name".to_owned() });
                return;
            }
        };
        entry.id = self.unique(text::clean(&entry.id), &name);
        entry.name = name;
        entry.aliases = aliases;
        entry.weak_aliases = weak;
        entry.measure = text::clean(&entry.measure);
        entry.note = short(&text::clean(&entry.note));
        entry.products = entry.products.iter().filter_map(|product| text::name(product)).collect();
        self.entries.push(entry);
    }

    /// Counts an entry of the source that is left out, and says why.
    pub(super) fn skip(&mut self, what: impl Into<String>, reason: impl Into<String>) {
        self.at_source += 1;
        self.skipped.push(Skipped { what: what.into(), reason: reason.into() });
    }

    /// Names in all entries.
    pub(super) fn names(&self) -> usize {
        self.entries.iter().map(|e| 1 + e.aliases.len() + e.weak_aliases.len()).sum()
    }

    fn unique(&mut self, id: String, name: &str) -> String {
        let id = if id.is_empty() { crate::watchlist::csv::slug_of(name) } else { id };
        let count = self.ids.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return id;
        }
        let mut n = *count;
        loop {
            let other = format!("{id}-{n}");
            if !self.ids.contains_key(&other) {
                self.ids.insert(other.clone(), 1);
                return other;
            }
            n += 1;
        }
    }
}

/// As much of a note as a report can show; whole words, at most this many letters.
const NOTE_LIMIT: usize = 300;

fn short(note: &str) -> String {
    if note.chars().count() <= NOTE_LIMIT {
        return note.to_owned();
    }
    let cut: String = note.chars().take(NOTE_LIMIT - 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}\u{2026}", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', ';', '.']))
}

#[cfg(test)]
mod tests {
    use thin_vec::thin_vec;

    use super::*;

    fn entry(id: &str, name: &str, aliases: &[&str], weak: &[&str]) -> Entry {
        let mut entry = blank(id, name, EntityKind::Organisation, Ground::Other);
        entry.aliases = aliases.iter().map(|a| (*a).to_owned()).collect();
        entry.weak_aliases = weak.iter().map(|a| (*a).to_owned()).collect();
        entry
    }

    #[test]
    fn names_are_tidied_and_never_blank() {
        let mut builder = Builder::default();
        builder.add(entry(
            "1",
            " KRASTIVA\n MILLS ",
            &["KRASTIVA MILLS", "", "KM; TEXTIL", "KM"],
            &["KM", "K"],
        ));
        builder.add(entry("1", "-0- ", &["", "MILLBRANDT"], &[]));
        builder.add(entry("3", " ", &["*"], &[]));
        builder.skip("4", "for a test");
        let seen: Vec<_> = builder
            .entries
            .iter()
            .map(|e| (e.id.as_str(), e.name.as_str(), &e.aliases, &e.weak_aliases))
            .collect();
        assert_eq!(
            seen,
            [
                (
                    "1",
                    "KRASTIVA MILLS",
                    &thin_vec!["KM, TEXTIL".to_owned(), "KM".to_owned()],
                    &thin_vec!["K".to_owned()]
                ),
                ("1-2", "MILLBRANDT", &thin_vec![], &thin_vec![]),
            ]
        );
        assert_eq!((builder.at_source, builder.skipped.len(), builder.names()), (4, 2, 5));
    }
}
