//! The listed words that are like a word of a subject, found once for every form in which the word stands.

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
#[derive(Debug, Clone, Copy)]
pub(super) struct Kin {
    pub(super) word: WordId,
    likeness: Likeness,
    pub(super) worth: Worth,
    /// How many letters the two have in common, at least.
    pub(super) common: u8,
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
            alike.cost += index.listed.postings(listed).len();
            alike.words.push(Kin { word: listed, likeness, worth, common });
        }
        alike
    }

    /// How alike a listed word is.
    pub(super) fn likeness(&self, word: WordId) -> Option<Likeness> {
        let place = self.words.binary_search_by_key(&word, |kin| kin.word).ok()?;
        self.words.get(place).map(|kin| kin.likeness)
    }
}
