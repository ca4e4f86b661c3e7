//! The memory that a worker uses again for every subject.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::alike::{Alike, Kin};
use super::forms::FormId;
use super::marks::{Marks, Set};
use super::vocabulary::WordId;
use super::worth::Worth;
use super::{Index, Stats};
use crate::normalise::{Form, Token};

/// The memory that a worker uses again for every subject.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) stats: Stats,
    /// What each word met so far is like, by its place in memory, which it keeps.
    alike: FxHashMap<usize, (Arc<Token>, Arc<Alike>)>,
    /// For each listed form, the turn in which it was last looked at.
    seen: Vec<u32>,
    /// For each listed word, what it stood for when it was last found alike.
    found: Vec<Found>,
    /// The same for all words that share a mark.
    pub(super) marks: Marks,
    /// A bit for each listed word that is found alike in this turn: few bytes, which stay near.
    is_found: Vec<u64>,
    /// Those words.
    alike_now: Vec<WordId>,
    turn: u32,
    /// Forms that may have enough in common, to be looked at.
    pub(super) promising: Vec<FormId>,
    /// The listed form that is being weighed.
    pub(super) theirs: Form,
}

/// What a listed word stands for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    /// The words of the form that it is like.
    pub(super) words: Set,
    /// What it accounts for at most.
    pub(super) worth: Worth,
    /// How many letters it has in common with the word that it is like, at least.
    pub(super) common: u8,
    /// The turn in which it was found.
    turn: u32,
}

/// More words than this are not kept: the memory of a worker stays bounded however long the file is.
const MOST_KEPT: usize = 400_000;

impl Scratch {
    /// The counts since they were last taken.
    pub fn take_stats(&mut self) -> Stats {
        std::mem::take(&mut self.stats)
    }

    /// What a word is like.
    pub(super) fn alike(&mut self, index: &Index, word: &Arc<Token>) -> Arc<Alike> {
        let place = Arc::as_ptr(word).addr();
        if let Some((_, alike)) = self.alike.get(&place) {
            return Arc::clone(alike);
        }
        if self.alike.len() >= MOST_KEPT {
            self.alike.clear();
        }
        let (alike, is_new) = index.met.alike(word, index);
        if is_new {
            self.stats.words += 1;
            self.stats.variants += alike.words.len() as u64;
        }
        self.alike.insert(place, (Arc::clone(word), Arc::clone(&alike)));
        alike
    }

    /// Begins with another form.
    pub(super) fn next_turn(&mut self, index: &Index) {
        if self.turn == u32::MAX
            || self.seen.len() != index.listed.forms.len()
            || self.found.len() != index.listed.vocabulary.len()
        {
            self.turn = 0;
            self.seen = vec![0; index.listed.forms.len()];
            self.found = vec![Found::default(); index.listed.vocabulary.len()];
            self.is_found = vec![0; index.listed.vocabulary.len().div_ceil(64)];
            self.alike_now.clear();
            // What words are like hangs on the index.
            self.alike.clear();
        }
        for word in self.alike_now.drain(..) {
            if let Some(bits) = self.is_found.get_mut(word as usize / 64) {
                *bits = 0;
            }
        }
        self.marks.clear();
        self.turn += 1;
    }

    /// What a listed word stands for, if it is found alike in this turn.
    #[inline]
    pub(super) fn found(&self, word: WordId) -> Option<&Found> {
        let bits = self.is_found.get(word as usize / 64)?;
        (bits >> (word % 64) & 1 == 1).then(|| self.found.get(word as usize)).flatten()
    }

    /// Marks a listed word with what it would account for as one that is like a word of the form.
    pub(super) fn mark(&mut self, kin: &Kin, word: Set) {
        let turn = self.turn;
        let Some(found) = self.found.get_mut(kin.word as usize) else { return };
        if found.turn != turn {
            *found = Found { turn, ..Found::default() };
            self.alike_now.push(kin.word);
            if let Some(bits) = self.is_found.get_mut(kin.word as usize / 64) {
                *bits |= 1 << (kin.word % 64);
            }
        }
        found.words |= word;
        found.common = kin.common;
        // Two words of the form may be like one listed word, which can stand for one of them only.
        found.worth = found.worth.or(kin.worth);
        self.marks.note(kin.word, found.worth.ours, found.worth.theirs, found.words);
    }

    /// Whether a form is met for the first time in this turn.
    pub(super) fn is_new(&mut self, form: FormId) -> bool {
        let turn = self.turn;
        self.seen.get_mut(form as usize).is_some_and(|seen| std::mem::replace(seen, turn) != turn)
    }
}
