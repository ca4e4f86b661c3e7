//! Which pairs are worth scoring: every pair that could reach the threshold, and few others.
//!
//! An index is built once from the listed entries and searched, from many threads, for each subject. It never scores:
//! it proposes, and [`crate::matching`] scores what it proposes, by the same path as a single comparison. What it leaves
//! out is left out because an upper bound on the score ([`crate::matching::bound`]) says that it cannot reach the
//! threshold, so that a run reports exactly what a comparison of every subject with every entry would.
//!
//! Names are runs of word numbers ([`forms`]). For each word of a subject the vocabulary ([`vocabulary`]) tells the listed words
//! that are alike ([`alike`]); postings ([`postings`]) tell the names in which those stand. Listed words are read in one order ([`turn`]), those
//! of few names first and with a common word the rare ones that are like it, until those not read could not reach the threshold
//! even together. So a name is told by the first of its words that is read: its posting tells which other words come after ([`marks`])
//! and what part of the name all of these are, and those of the larger part stand first. Most names end there; those that have enough
//! in common are bounded by all their words, then by their letters ([`within`]), and what is left is made whole again and scored.

mod ahead;
mod alike;
mod edges;
mod forms;
mod keys;
mod letters;
mod marks;
mod postings;
mod scratch;
mod search;
mod stats;
mod turn;
mod vocabulary;
mod within;
mod worth;

pub use scratch::{Memories, Scratch};
pub use stats::Stats;

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;

use crate::ident::Identifier;
use crate::matching::{Match, Party, Score};
use alike::Met;
use postings::{Listed, Taking};

/// The listed names, ready to be searched: what tells which pairs are worth scoring, and no more of the entries than that.
#[derive(Debug)]
pub struct Index {
    /// Of all indices of this process this one: what a worker remembers is about one of them.
    id: u64,
    listed: Listed,
    identifiers: FxHashMap<Identifier, Vec<u32>>,
    names: usize,
    met: Met,
}

/// The entries themselves: asked for one by one, where a pair is reported.
pub trait Entries {
    /// The entry of this place among those that the index was built from; `None` beyond them.
    fn party(&self, place: u32) -> Option<Cow<'_, Party>>;
}

impl Entries for [Party] {
    fn party(&self, place: u32) -> Option<Cow<'_, Party>> {
        self.get(place as usize).map(Cow::Borrowed)
    }
}

/// Takes entries in, one after the other.
///
/// # Examples
/// ```
/// use wharfinger::index::{Builder, Scratch};
/// use wharfinger::matching::{NameStrength, Party, Score};
/// use wharfinger::normalise::Name;
/// use wharfinger::vocab::EntityKind;
///
/// let party = |name| Party {
///     names: vec![(name, NameStrength::Primary)],
///     kind: EntityKind::Organisation,
///     countries: vec![],
///     identifiers: vec![],
/// };
/// let entries = [party(Name::entry("Merrowby Silicon Co., Ltd.", EntityKind::Organisation))];
/// let mut builder = Builder::default();
/// for entry in &entries {
///     builder.take(entry);
/// }
/// let index = builder.finish();
/// let subject = party(Name::subject("MERROWBY SILICON", EntityKind::Organisation));
/// let found = index.search(&subject, Score::new(0.7), &mut Scratch::default(), &entries[..]);
/// assert_eq!(found.len(), 1);
/// ```
#[derive(Debug, Default)]
pub struct Builder {
    taking: Taking,
    identifiers: FxHashMap<Identifier, Vec<u32>>,
    names: usize,
}

impl Builder {
    /// Takes an entry in; its place is the number of those before it.
    pub fn take(&mut self, entry: &Party) {
        for identifier in &entry.identifiers {
            self.identifiers.entry(identifier.clone()).or_default().push(self.taking.entries());
        }
        self.names += entry.names.len();
        self.taking.take(entry);
    }

    /// All that was taken in, ready to be searched.
    pub fn finish(self) -> Index {
        static BUILT: AtomicU64 = AtomicU64::new(0);
        let id = BUILT.fetch_add(1, Ordering::Relaxed);
        let (listed, met) = (self.taking.finish(), Met::default());
        Index { id, listed, identifiers: self.identifiers, names: self.names, met }
    }
}

impl Index {
    /// Takes entries in that are all at hand.
    pub fn build(entries: &[Party]) -> Self {
        let mut builder = Builder::default();
        for entry in entries {
            builder.take(entry);
        }
        builder.finish()
    }

    /// The counts of building.
    pub fn stats(&self) -> Stats {
        Stats {
            listed_forms: self.listed.forms.len() as u64,
            listed_words: self.listed.vocabulary.len() as u64,
            index_bytes: self.listed.bytes() as u64,
            ..Stats::default()
        }
    }

    /// How many names it holds.
    pub fn names(&self) -> usize {
        self.names
    }

    /// Every entry that scores at least `min` against the subject, with its place among the entries, in their order.
    ///
    /// `min` of zero reports the entries that have anything in common with the subject. `entries` are those that the index was
    /// built from; only those that are reported are asked for.
    pub fn search(
        &self,
        subject: &Party,
        min: Score,
        scratch: &mut Scratch,
        entries: &(impl Entries + ?Sized),
    ) -> Vec<(u32, Match)> {
        let found = self.search_all(std::slice::from_ref(subject), min, scratch, entries);
        found.into_iter().map(|(_, entry, matched)| (entry, matched)).collect()
    }

    /// As [`Index::search`], for some subjects together, which is sooner done than for one after the other: each match with the
    /// place of the subject among these and of the entry, in their order.
    pub fn search_all(
        &self,
        subjects: &[Party],
        min: Score,
        scratch: &mut Scratch,
        entries: &(impl Entries + ?Sized),
    ) -> Vec<(u32, u32, Match)> {
        search::search(self, subjects, min, scratch, entries)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::{MEASURES, NameStrength, compare, measure};
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
        "(Merrowby)",
        "(Tharnock Quellington)",
        "T/A",
        "Ltd/Hotan",
        "Ltd - Hetian",
        "E.ON",
        "LLC/The",
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

    /// A comparison, which a search finds as it is.
    fn searched_as_compared(subject: &Party, entry: Party) -> Match {
        let found = compare(subject, &entry);
        let entries = [entry];
        let index = Index::build(&entries);
        for min in [0.05, 0.3, 0.7].map(Score::new) {
            let reaching: Vec<(u32, Match)> =
                (found.score >= min).then(|| (0, found.clone())).into_iter().collect();
            let searched = index.search(subject, min, &mut Scratch::default(), &entries[..]);
            assert_eq!(searched, reaching, "{min}: {} and {}", found.subject_name, found.matched_name);
        }
        found
    }

    /// The first was found by fuzzing: more small words than the index followed in every way.
    #[test]
    fn initials_among_many_small_words_are_found_beside_words_in_common() {
        let kind = EntityKind::Organisation;
        let subject = "z\u{fffd}\u{435}\u{440}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{43e}\u{432}\u{fffd}hai\u{fffd}ano\u{fffd}i$c\u{fffd}hi\u{0}\u{0}\u{0}";
        let entry = "\u{425}\u{fffd}`\u{fffd}\u{fffd}& \u{fffd}\u{fffd}\u{fffd}&&&\u{43e}\u{fffd}+/\u{fffd}\u{fffd}i\u{fffd}ano\u{fffd}i$c!\u{fffd}hi\u{fffd}\u{438}";
        let long = "The Society for the Protection of the Rights of the Child";
        let longer = "The Society for the Protection of the Rights of the Child and of the Aged";
        for (subject, entry) in [
            (subject.to_owned(), entry.to_owned()),
            ("SPRC Tharnock".to_owned(), format!("{long} Tharnock")),
            (format!("{long} Tharnock"), "SPRC Tharnock".to_owned()),
            ("SPRC Tharnock Quellington Merrowby".to_owned(), format!("{long} Merrowby")),
            ("SPRCA Tharnock".to_owned(), format!("{longer} Tharnock")),
            (format!("{longer} Tharnock"), "SPRCA Tharnock".to_owned()),
            ("PRR Merrowby".to_owned(), "Protection of Rights of Rivers Merrowby".to_owned()),
        ] {
            searched_as_compared(&party(&[subject], kind, false), party(&[entry], kind, true));
        }
    }

    #[test]
    fn initials_leave_articles_out_of_which_a_name_has_few() {
        let kind = EntityKind::Organisation;
        let is_spelt = |ours: &str, theirs: &str| {
            let (subject, entry) =
                (party(&[ours.to_owned()], kind, false), party(&[theirs.to_owned()], kind, true));
            let (measures, _) = measure(&subject, &entry).expect("they have a word in common");
            let place = MEASURES.iter().position(|name| *name == "initials").expect("it is measured");
            searched_as_compared(&subject, entry);
            measures.0[place] > 0.0
        };
        // `of the` is one word here: four of them, and nine.
        let four = "Society for the Protection of the Rights of the Child Tharnock";
        let nine = format!(
            "{} of the Aged of the Poor of the Sick of the Weak of the Lame Tharnock",
            &four[..four.len() - 9]
        );
        assert!(is_spelt("SPRC Tharnock", four));
        assert!(!is_spelt("SPRD Tharnock", four) && !is_spelt("SPRC Tharnock", &nine));
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
            let index = Index::build(&entries);
            let mut scratch = Scratch::default();
            let mut together = index.search_all(&subjects, min, &mut scratch, &entries[..]).into_iter().peekable();
            for (at, subject) in (0..).zip(&subjects) {
                let all: Vec<(u32, Match)> =
                    (0..).zip(&entries).map(|(place, entry)| (place, compare(subject, entry))).collect();
                let reaching: Vec<(u32, Match)> = all.into_iter().filter(|(_, found)| found.score >= min).collect();
                let mut of_subject = Vec::new();
                while let Some((_, place, found)) = together.next_if(|(of, ..)| *of == at) {
                    of_subject.push((place, found));
                }
                prop_assert_eq!(&of_subject, &reaching);
                prop_assert_eq!(index.search(subject, min, &mut scratch, &entries[..]), reaching);
            }
            prop_assert!(together.next().is_none());
        }
    }
}
