//! Which pairs are worth scoring: every pair that could reach the threshold, and few others.
//!
//! An index is built once from the listed entries and searched, from many threads, for each subject. It never scores:
//! it proposes, and [`crate::matching`] scores what it proposes, by the same path as a single comparison. What it leaves
//! out is left out because an upper bound on the score ([`crate::matching::bound`]) says that it cannot reach the
//! threshold, so that a run reports exactly what a comparison of every subject with every entry would.
//!
//! Names are runs of word numbers. For each word of a subject the vocabulary ([`vocabulary`]) tells the listed words that
//! are alike; postings ([`postings`]) tell the names in which those stand. Words are taken in the order of what their postings
//! cost for what they weigh, until the words not taken could not reach the threshold even together.

mod keys;
mod letters;
mod marks;
mod postings;
mod search;
mod stats;
mod vocabulary;

pub use search::Scratch;
pub use stats::Stats;

use rustc_hash::FxHashMap;

use crate::ident::Identifier;
use crate::matching::{Match, Party, Score};
use postings::Listed;

/// The entries, ready to be searched.
#[derive(Debug)]
pub struct Index {
    entries: Vec<Party>,
    listed: Listed,
    identifiers: FxHashMap<Identifier, Vec<u32>>,
}

impl Index {
    /// Takes the entries in.
    pub fn build(entries: Vec<Party>) -> Self {
        let listed = Listed::build(&entries);
        let mut identifiers: FxHashMap<Identifier, Vec<u32>> = FxHashMap::default();
        for (place, entry) in (0_u32..).zip(&entries) {
            for identifier in &entry.identifiers {
                identifiers.entry(identifier.clone()).or_default().push(place);
            }
        }
        Self { entries, listed, identifiers }
    }

    /// The counts of building.
    pub fn stats(&self) -> Stats {
        Stats {
            listed_forms: self.listed.forms() as u64,
            listed_words: self.listed.words() as u64,
            ..Stats::default()
        }
    }

    /// How many names it holds.
    pub fn names(&self) -> usize {
        self.entries.iter().map(|entry| entry.names.len()).sum()
    }

    /// Every entry that scores at least `min` against the subject, with its place among the entries, in their order.
    ///
    /// `min` of zero reports the entries that have anything in common with the subject.
    pub fn search(&self, subject: &Party, min: Score, scratch: &mut Scratch) -> Vec<(u32, Match)> {
        search::search(self, subject, min, scratch)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::{NameStrength, compare};
    use crate::normalise::Name;
    use crate::vocab::EntityKind;

    /// Words of every kind that the scorer has a rule for: rare, common, places, numbers, joined, cut, misspelt, Han, acronyms.
    const WORDS: &[&str] = &[
        "Merrowby",
        "Merowby",
        "Quellington",
        "Quelington",
        "Tharnock",
        "Tharnok",
        "Zelinsvik",
        "Bio",
        "Tech",
        "BioTech",
        "Trading",
        "Torgovyy",
        "Dom",
        "Plant",
        "Zavod",
        "Works",
        "Xinjiang",
        "Hotan",
        "Hetian",
        "North",
        "South",
        "Bank",
        "of",
        "Industrial",
        "Ind",
        "Intl",
        "International",
        "10th",
        "Tenth",
        "II",
        "2",
        "3",
        "Ltd",
        "LLC",
        "OOO",
        "MQT",
        "Завод",
        "Меровби",
        "新疆",
        "中泰",
        "化学",
        "集团",
        "有限公司",
        "(Hong Kong)",
        "T/A",
        "formerly",
        "Silicon",
        "Silikon",
        "Ivan",
        "Ivanovich",
        "I",
        "Quel",
    ];

    fn party(names: &[String], kind: EntityKind, is_entry: bool) -> Party {
        let name = |raw: &String| if is_entry { Name::entry(raw, kind) } else { Name::subject(raw, kind) };
        let strength = |i| [NameStrength::Primary, NameStrength::Alias, NameStrength::Weak][i % 3];
        Party {
            names: names.iter().enumerate().map(|(i, raw)| (name(raw), strength(i))).collect(),
            kind,
            countries: vec![],
            identifiers: vec![],
        }
    }

    fn a_name() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(WORDS), 1..6).prop_map(|words| words.join(" "))
    }

    fn a_party(is_entry: bool) -> impl Strategy<Value = Party> {
        let kind = prop::sample::select(vec![
            EntityKind::Organisation,
            EntityKind::Organisation,
            EntityKind::Person,
        ]);
        (prop::collection::vec(a_name(), 1..4), kind)
            .prop_map(move |(names, kind)| party(&names, kind, is_entry))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn nothing_is_left_out_that_reaches_the_threshold(
            entries in prop::collection::vec(a_party(true), 1..25),
            subjects in prop::collection::vec(a_party(false), 1..6),
            min in prop::sample::select(vec![0.01, 0.05, 0.2, 0.5, 0.8, 0.95]),
        ) {
            let min = Score::new(min);
            let index = Index::build(entries.clone());
            let mut scratch = Scratch::default();
            for subject in &subjects {
                let all: Vec<(u32, Match)> =
                    (0..).zip(&entries).map(|(place, entry)| (place, compare(subject, entry))).collect();
                let reaching: Vec<(u32, Match)> = all.into_iter().filter(|(_, found)| found.score >= min).collect();
                prop_assert_eq!(index.search(subject, min, &mut scratch), reaching);
            }
        }
    }
}
