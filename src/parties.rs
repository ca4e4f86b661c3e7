//! Subjects and entries as matching sees them: parties with names ready to be compared.

use std::borrow::Cow;
use std::sync::LazyLock;

use rayon::prelude::*;

use crate::index::{Builder, Entries, Index, Scratch};
use crate::matching::{Match, NameStrength, Party, Score};
use crate::normalise::Name;
use crate::normalise::prepared::Prepared;
use crate::record::Subject;
use crate::watchlist::{Entry, List};

/// The subject as matching sees it: every spelling and alias is a name of its own.
pub fn party_of_subject(subject: &Subject) -> Party {
    let name = |raw: &str| {
        if subject.track.is_investment() { Name::security(raw) } else { Name::subject(raw, subject.kind) }
    };
    let others =
        subject.spellings.iter().map(|s| s.name.as_str()).chain(subject.aliases.iter().map(String::as_str));
    let mut names = vec![(name(&subject.name), NameStrength::Primary)];
    names.extend(others.filter(|raw| *raw != subject.name).map(|raw| (name(raw), NameStrength::Alias)));
    Party {
        names,
        kind: subject.kind,
        countries: subject.countries.to_vec(),
        identifiers: subject.identifiers.to_vec(),
    }
}

/// The names of the bundled lists, made ready when the program was built.
static PREPARED: LazyLock<Option<Prepared<'static>>> =
    LazyLock::new(|| Prepared::read(include_bytes!(concat!(env!("OUT_DIR"), "/prepared.bin"))).ok());

/// An entry of a bundled list as matching sees it: the same as any other, sooner.
fn party_of_bundled(entry: &Entry) -> Party {
    let prepared = |raw: &str| PREPARED.as_ref()?.entry(raw, entry.kind);
    party_with(entry, |raw| prepared(raw).unwrap_or_else(|| Name::entry(raw, entry.kind)))
}

/// The entry as matching sees it.
pub fn party_of_entry(entry: &Entry) -> Party {
    party_with(entry, |raw| Name::entry(raw, entry.kind))
}

fn party_with(entry: &Entry, made: impl Fn(&str) -> Name) -> Party {
    let name = |raw: &String, strength| (made(raw), strength);
    let mut names = vec![name(&entry.name, NameStrength::Primary)];
    names.extend(entry.aliases.iter().map(|raw| name(raw, NameStrength::Alias)));
    names.extend(entry.weak_aliases.iter().map(|raw| name(raw, NameStrength::Weak)));
    Party {
        names,
        kind: entry.kind,
        countries: entry.countries.to_vec(),
        identifiers: entry.identifiers.to_vec(),
    }
}

/// The entries of all lists, in one row; each becomes a party when it is asked for, and is let go again.
#[derive(Debug)]
pub struct Listed<'a> {
    lists: &'a [List],
    /// Of each, its list and its place there.
    places: Vec<(usize, usize)>,
}

/// Entries made ready at a time, at least and at most: their names are made on all threads and taken in on one, and then let go.
const AT_ONCE: (usize, usize) = (64, 512);
/// In so many parts, where there are few: what is ready is taken in while the next is made.
const PARTS: usize = 8;

/// Subjects made ready and searched for together: enough for the code of a stage to be fetched once for many, and so few that what is made
/// of them stays near.
const SEARCHED_TOGETHER: usize = 16;

/// Lists, and the index of their entries: made once, before or while it is read who is screened.
///
/// # Examples
/// ```
/// use wharfinger::parties::Indexed;
///
/// let bundled = Indexed::new(wharfinger::watchlist::bundled());
/// assert!(bundled.index().names() > bundled.lists().len());
/// ```
#[derive(Debug)]
pub struct Indexed {
    lists: Vec<List>,
    index: Index,
}

impl Indexed {
    /// Takes every entry of these lists into an index.
    pub fn new(lists: Vec<List>) -> Self {
        let index = Listed::new(&lists).index();
        Self { lists, index }
    }

    /// The lists.
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// The index of their entries, in their order; [`Listed`] of the lists tells whose they are.
    pub const fn index(&self) -> &Index {
        &self.index
    }

    /// The lists and the index, apart.
    pub fn into_parts(self) -> (Vec<List>, Index) {
        (self.lists, self.index)
    }
}

impl<'a> Listed<'a> {
    /// The entries of these lists.
    pub fn new(lists: &'a [List]) -> Self {
        let places =
            (0..).zip(lists).flat_map(|(at, list)| (0..list.entries.len()).map(move |entry| (at, entry)));
        Self { lists, places: places.collect() }
    }

    /// The list and the entry of a place in the row; `None` beyond its end.
    pub fn place(&self, place: u32) -> Option<(usize, usize)> {
        self.places.get(place as usize).copied()
    }

    /// Every entry that scores at least `min` against one of the subjects, by the index of these entries: each match with the places of
    /// the two, in their order.
    pub fn search(
        &self,
        index: &Index,
        subjects: &[&Subject],
        min: Score,
        scratch: &mut Scratch,
    ) -> Vec<(usize, u32, Match)> {
        let mut found = Vec::new();
        for (first, some) in (0..).step_by(SEARCHED_TOGETHER).zip(subjects.chunks(SEARCHED_TOGETHER)) {
            let parties: Vec<Party> = some.iter().map(|subject| party_of_subject(subject)).collect();
            let matches = index.search_all(&parties, min, scratch, self);
            found.extend(
                matches.into_iter().map(|(at, entry, matched)| (first + at as usize, entry, matched)),
            );
        }
        found
    }

    /// Takes all into an index.
    pub fn index(&self) -> Index {
        let mut builder = Builder::default();
        let mut ready: Vec<Option<Party>> = Vec::new();
        // One thread takes in what is ready, while the others make the next ready.
        let (least, most) = AT_ONCE;
        for places in self.places.chunks((self.places.len() / PARTS).clamp(least, most)) {
            let take = || ready.iter().flatten().for_each(|party| builder.take(party));
            let make = || places.par_iter().map(|place| self.made(*place)).collect();
            let ((), next) = rayon::join(take, make);
            ready = next;
        }
        ready.iter().flatten().for_each(|party| builder.take(party));
        builder.finish()
    }

    fn made(&self, (list, entry): (usize, usize)) -> Option<Party> {
        let list = self.lists.get(list)?;
        list.entries.get(entry).map(if list.bundled { party_of_bundled } else { party_of_entry })
    }
}

impl Entries for Listed<'_> {
    fn party(&self, place: u32) -> Option<Cow<'_, Party>> {
        self.made(self.place(place)?).map(Cow::Owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watchlist;

    #[test]
    fn the_names_of_bundled_lists_are_made_ready_as_they_are_made_now() {
        let prepared = PREPARED.as_ref().expect("what the build script wrote can be read");
        let mut names = 0;
        for entry in watchlist::bundled().iter().flat_map(|list| &list.entries) {
            let now = party_of_entry(entry);
            for (name, _) in &now.names {
                assert_eq!(prepared.entry(name.raw(), entry.kind).as_ref(), Some(name));
                names += 1;
            }
            assert_eq!(party_of_bundled(entry).names, now.names);
        }
        assert!(names > 2_000, "{names}");
    }
}
