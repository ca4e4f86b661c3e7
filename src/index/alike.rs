//! The listed words that are like a word of a subject, found once for every form in which the word stands.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Index;
use super::vocabulary::{Fact, WordId};
use super::worth::Worth;
use crate::matching::likeness::Likeness;
use crate::normalise::Token;

/// The listed words that are like a word, kept for every form in which the word stands.
#[derive(Debug)]
pub(super) struct Alike {
    pub(super) words: Vec<Kin>,
    /// The most that the word can account for.
    pub(super) worth: Worth,
    /// How many postings it has.
    pub(super) cost: usize,
}

/// A listed word that is like a word.
#[derive(Debug, Clone)]
pub(super) struct Kin {
    pub(super) word: WordId,
    /// Where its postings stand.
    pub(super) postings: Range<u32>,
    likeness: Likeness,
    pub(super) worth: Worth,
    /// How many letters the two have in common, at least.
    pub(super) common: u8,
    /// How many letters the listed word has, blanks among them; 0 for small words.
    pub(super) length: u8,
}

impl Alike {
    pub(super) fn of(word: &Token, index: &Index) -> Self {
        let vocabulary = &index.listed.vocabulary;
        let mut alike = Self { words: Vec::new(), worth: Worth::default(), cost: 0 };
        for (listed, likeness) in vocabulary.alike(word) {
            let fact = vocabulary.fact(listed);
            let common = fact.map_or(0, |fact| vocabulary.common_letters(word, listed, *fact));
            let length = fact.map_or(0, |fact| fact.length);
            let unlike =
                f32::midpoint(f32::from(length), f32::from(Fact::of(word).length)) - f32::from(common);
            let worth = Worth::of(word, fact.map_or(0.0, |fact| fact.weight), likeness.value, unlike);
            alike.worth = alike.worth.or(worth);
            let postings = index.listed.places_of(listed);
            alike.cost += postings.len();
            alike.words.push(Kin { word: listed, postings, likeness, worth, common, length });
        }
        alike
    }

    /// How alike a listed word is.
    pub(super) fn likeness(&self, word: WordId) -> Option<Likeness> {
        let place = self.words.binary_search_by_key(&word, |kin| kin.word).ok()?;
        self.words.get(place).map(|kin| kin.likeness)
    }
}

/// More words than these are not kept, so that memory stays bounded however long a file is.
const MOST_KEPT: usize = 1 << 19;
/// In so many parts, so that threads seldom wait for one another.
const PARTS: usize = 64;

/// Words by their letters, and whether they are words of persons.
type Known = FxHashMap<(bool, Box<str>), Arc<Alike>>;

/// What the words met so far are like: each is looked up once, whichever thread meets it first.
#[derive(Debug)]
pub(super) struct Met([Mutex<Known>; PARTS]);

impl Default for Met {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::default()))
    }
}

impl Met {
    /// What a word is like, and whether it was met for the first time.
    pub(super) fn alike(&self, word: &Token, index: &Index) -> (Arc<Alike>, bool) {
        let key = (word.is_person, Box::from(word.text()));
        let part = usize::try_from(FxBuildHasher.hash_one(&key) >> 58).unwrap_or(0);
        let Some(part) = self.0.get(part) else { return (Arc::new(Alike::of(word, index)), true) };
        // A thread that broke off left a whole map: it writes only what it has finished.
        let mut known = part.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(alike) = known.get(&key) {
            return (Arc::clone(alike), false);
        }
        if known.len() >= MOST_KEPT / PARTS {
            known.clear();
        }
        let alike = Arc::new(Alike::of(word, index));
        known.insert(key, Arc::clone(&alike));
        (alike, true)
    }
}
