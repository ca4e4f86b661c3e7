//! The listed words that are like a word of a subject, found once for every form in which the word stands.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::Index;
use super::edges::Edge;
use super::turn::{Crowd, Turn};
use super::vocabulary::{Fact, WordId};
use super::worth::Worth;
use crate::matching::bound::Left;
use crate::matching::initials;
use crate::matching::likeness::{Kinship, Likeness};
use crate::normalise::{Token, WordClass};

/// The listed words that are like a word, kept for every form in which the word stands.
#[derive(Debug)]
pub(super) struct Alike {
    /// In the order in which words are read.
    pub(super) words: Box<[Kin]>,
    /// What is known of the word itself.
    own: Fact,
    /// What it leaves over where it is not matched.
    left: Left,
    /// The most that the word can account for.
    pub(super) worth: Worth,
    /// The last of the listed words in the order in which words are read.
    pub(super) last: Turn,
    /// Whether a listed form holds it as neighbouring words, and perhaps others do.
    pub(super) is_joined: bool,
    /// Whether the first letters of a listed form's words spell it, and perhaps those of others.
    pub(super) is_spelt: bool,
}

/// A listed word that is like a word: small, since a run meets hundreds of thousands.
#[derive(Debug, Clone)]
pub(super) struct Kin {
    value: f64,
    pub(super) word: WordId,
    /// Where its postings stand.
    pub(super) postings: Range<u32>,
    /// What it accounts for of the listed form's weight.
    theirs: f32,
    kinship: Kinship,
    crowd: Crowd,
    /// How many letters the two have in common, at least.
    pub(super) common: u8,
    /// How many letters the listed word has, blanks among them; 0 for small words.
    pub(super) length: u8,
    /// What sort of word the listed one is.
    class: WordClass,
}

/// What each word of a form is like.
pub(super) type AlikeOfForm = SmallVec<[Arc<Alike>; 8]>;

impl Kin {
    /// Where it stands in the order in which words are read.
    #[inline]
    pub(super) const fn turn(&self) -> Turn {
        Turn::of(self.word, self.crowd)
    }

    /// How alike it is.
    pub(super) const fn likeness(&self) -> Likeness {
        Likeness { value: self.value, kinship: self.kinship }
    }
}

impl Alike {
    pub(super) fn of(word: &Token, index: &Index) -> Self {
        let vocabulary = &index.listed.vocabulary;
        let common_letters = vocabulary.common_letters(word);
        let kin = vocabulary.alike(word).into_iter().map(|(listed, likeness)| {
            let fact = vocabulary.fact(listed);
            Kin {
                value: likeness.value,
                word: listed,
                postings: index.listed.places_of(listed),
                theirs: Worth::share(fact.map_or(0.0, |fact| fact.weight), likeness.value),
                kinship: likeness.kinship,
                crowd: index.listed.turn(listed).crowd(),
                common: fact.map_or(0, |fact| common_letters(listed, *fact)),
                length: fact.map_or(0, |fact| fact.length),
                class: fact.map_or(WordClass::Small, |fact| fact.class),
            }
        });
        let mut words: Box<[Kin]> = kin.collect();
        words.sort_unstable_by_key(Kin::turn);
        let last = words.last().map(Kin::turn).unwrap_or_default();
        let is_joined = index.listed.joined(word.text()).next().is_some();
        let is_spelt = initials::may_be_spelt(word) && index.listed.spelling(word.text()).next().is_some();
        let (own, worth) = (Fact::of(word), Worth::default());
        let left = Left::of(own.class, own.weight);
        let mut alike = Self { words, own, left, worth, last, is_joined, is_spelt };
        alike.worth = alike.words.iter().fold(alike.worth, |worth, kin| worth.or(alike.worth_of(kin)));
        alike
    }

    /// What a listed word accounts for at most as one that is like this word.
    #[inline]
    pub(super) fn worth_of(&self, kin: &Kin) -> Worth {
        let ours = Worth::share(self.own.weight, kin.value);
        let unlike = f32::midpoint(f32::from(kin.length), f32::from(self.own.length)) - f32::from(kin.common);
        Worth { ours, theirs: kin.theirs, both: ours.min(kin.theirs), used: self.left, unlike }
    }

    /// What a listed word and this word are to one another.
    #[inline]
    pub(super) fn edge(&self, kin: &Kin) -> Edge {
        #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
        let value = kin.value as f32;
        Edge {
            least: self.own.weight.min(kin.theirs / value),
            kinship: kin.kinship,
            ours: self.own.class,
            theirs: kin.class,
        }
    }

    /// A listed word that is like this word, by its turn.
    pub(super) fn kin(&self, turn: Turn) -> Option<&Kin> {
        let place = self.words.binary_search_by_key(&turn, Kin::turn).ok()?;
        self.words.get(place)
    }
}

/// More words than these are not kept, so that memory stays bounded however long a file is.
const MOST_KEPT: usize = 1 << 19;
/// In so many parts, so that threads seldom wait for one another.
const PARTS: usize = 64;

/// Words by their letters, and whether they are words of persons.
type Known = FxHashMap<(bool, SmolStr), Arc<Alike>>;

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
        let key = (word.is_person, SmolStr::new(word.text()));
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
