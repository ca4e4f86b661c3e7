//! The memory that a worker uses again for every subject.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::alike::{Alike, AlikeOfForm, Kin};
use super::edges::Edge;
use super::forms::{FormId, Total};
use super::marks::{Marks, Set};
use super::turn::Turn;
use super::vocabulary::WordId;
use super::worth::Worth;
use super::{Index, Stats};
use crate::matching::subsequence::Places;
use crate::normalise::{Form, Token, WordClass};

/// The memory that a worker uses again for every subject.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) stats: Stats,
    /// What each word met so far is like, by its place in memory, which it keeps.
    alike: FxHashMap<usize, (Arc<Token>, Arc<Alike>)>,
    /// What each word of the forms is like that are searched for together.
    pub(super) alike_of_forms: Vec<AlikeOfForm>,
    /// The index that all this is about.
    index: Option<u64>,
    /// A bit for each listed form that was looked at for this form of the subject: few bytes, which stay near.
    seen: Vec<u64>,
    /// Those forms.
    seen_now: Vec<FormId>,
    /// A bit for each listed word that is found alike.
    is_found: Vec<u64>,
    /// For each of those, its place in `found`.
    places: Vec<u32>,
    /// Those words, and what each stands for.
    found_now: Vec<WordId>,
    found: Vec<Found>,
    /// Of those, the ones of which postings are read.
    pub(super) turns: Vec<Turn>,
    /// The same for all words that share a mark.
    pub(super) marks: Marks,
    /// Listed words that the letters of several of ours are.
    pub(super) words: Vec<WordId>,
    /// Forms that share a key of another kind than a word.
    pub(super) proposed: Vec<FormId>,
    /// Where each letter stands in the spelling of the subject's form, once that is asked; `None` where it is too long or foreign.
    spelling: Places,
    spelling_is: Asked,
    /// The same with its words in the order of the alphabet.
    sorted: Places,
    sorted_is: Asked,
    /// The same for the words that are left over where these of the form's words are matched, once that is asked: pairs that follow one
    /// another mostly match the same.
    left_over: Places,
    left_over_of: Option<(Set, bool)>,
    /// Forms that may have enough in common, to be looked at.
    pub(super) promising: Vec<(FormId, Total)>,
    /// The listed form that is being weighed.
    pub(super) theirs: Form,
}

/// The memory of all workers: who begins takes what another has left, with all that it has met.
///
/// # Examples
/// ```
/// use wharfinger::index::Memories;
///
/// let memories = Memories::default();
/// let stats = memories.with(|scratch| scratch.take_stats());
/// assert_eq!(stats.subjects, 0);
/// ```
#[derive(Debug, Default)]
pub struct Memories(Mutex<Vec<Scratch>>);

impl Memories {
    /// Lends a worker's memory for some work.
    pub fn with<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let mut scratch = self.left().pop().unwrap_or_default();
        let done = work(&mut scratch);
        self.left().push(scratch);
        done
    }

    /// A worker that broke off took its memory with it: what is left is whole.
    fn left(&self) -> MutexGuard<'_, Vec<Scratch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known of a spelling.
#[derive(Debug, Default, PartialEq, Eq)]
enum Asked {
    #[default]
    Not,
    Known,
    TooLong,
}

/// What a listed word stands for.
#[derive(Debug)]
pub(super) struct Found {
    /// The words of the form that it is like.
    pub(super) words: Set,
    /// What it accounts for at most.
    pub(super) worth: Worth,
    /// Where its postings stand.
    pub(super) postings: Range<u32>,
    /// Whether they are to be read.
    is_read: bool,
    /// How many letters it has in common with the last word that it is like, at least.
    pub(super) common: u8,
    /// How many letters it has, blanks among them; 0 for small words.
    pub(super) length: u8,
    /// What it is to the last of those words.
    pub(super) edge: Edge,
}

/// More words than this are not kept: those that come again and again are soon back, from what all threads share.
const MOST_KEPT: usize = 14_000;

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

    /// Begins with subjects that are set against this index.
    pub(super) fn begin(&mut self, index: &Index) {
        if self.index != Some(index.id) {
            // What words are like hangs on the index, as all else does.
            *self = Self { stats: self.stats.clone(), index: Some(index.id), ..Self::default() };
            self.seen = vec![0; index.listed.forms.len().div_ceil(BITS)];
            self.is_found = vec![0; index.listed.vocabulary.len().div_ceil(BITS)];
            self.places = vec![0; index.listed.vocabulary.len()];
        }
    }

    /// Begins with another form of a subject.
    pub(super) fn begin_form(&mut self) {
        for word in self.found_now.drain(..) {
            forget(&mut self.is_found, word);
        }
        for form in self.seen_now.drain(..) {
            forget(&mut self.seen, form);
        }
        self.found.clear();
        self.turns.clear();
        self.marks.clear();
        (self.spelling_is, self.sorted_is) = (Asked::Not, Asked::Not);
        self.left_over_of = None;
    }

    /// Asks where each letter stands in the words of the subject's form that are left over where these are matched; whether they are
    /// few enough, and none foreign.
    pub(super) fn ask_left_over(&mut self, form: &Form, matched: Set) -> bool {
        if let Some((_, is_short)) = self.left_over_of.filter(|(of, _)| *of == matched) {
            return is_short;
        }
        let words = (0..).zip(&form.tokens);
        let left = words.filter(|(at, token)| matched >> at & 1 == 0 && token.class != WordClass::Small);
        let is_short = self.left_over.note(left.flat_map(|(_, token)| token.text().bytes()));
        self.left_over_of = Some((matched, is_short));
        is_short
    }

    /// What was asked last.
    pub(super) const fn left_over(&self) -> &Places {
        &self.left_over
    }

    /// Where each letter stands in the spelling of the subject's form; `None` where it is too long or foreign.
    pub(super) fn spelling(&mut self, form: &Form) -> Option<&Places> {
        ask(&mut self.spelling, &mut self.spelling_is, &form.joined)
    }

    /// The same with its words in the order of the alphabet.
    pub(super) fn sorted(&mut self, form: &Form) -> Option<&Places> {
        ask(&mut self.sorted, &mut self.sorted_is, &form.sorted)
    }

    /// What a listed word stands for, if it is found alike.
    #[inline]
    pub(super) fn found(&self, word: WordId) -> Option<&Found> {
        let bits = self.is_found.get(word as usize / BITS)?;
        if bits >> (word as usize % BITS) & 1 == 0 {
            return None;
        }
        self.found.get(*self.places.get(word as usize)? as usize)
    }

    /// Marks a listed word with what it would account for as one that is like a word of the form. Small words have no marks: what they
    /// account for is little, and is allowed for wherever marks are asked.
    #[expect(clippy::cast_possible_truncation, reason = "fewer than four thousand million words")]
    pub(super) fn mark(&mut self, alike: &Alike, kin: &Kin, word: Set, is_small: bool) {
        let (worth, edge) = (alike.worth_of(kin), alike.edge(kin));
        if note(&mut self.is_found, kin.word) {
            if let Some(place) = self.places.get_mut(kin.word as usize) {
                *place = self.found.len() as u32;
            }
            let (postings, is_read) = (kin.postings.clone(), !is_small);
            let (common, length) = (kin.common, kin.length);
            self.found.push(Found { words: word, worth, postings, is_read, common, length, edge });
            self.found_now.push(kin.word);
            if is_read {
                self.turns.push(kin.turn());
                self.marks.note(kin.word, worth.ours, worth.theirs);
            }
            return;
        }
        let place = self.places.get(kin.word as usize).map_or(0, |place| *place as usize);
        let Some(found) = self.found.get_mut(place) else { return };
        found.words |= word;
        (found.edge, found.common) = (edge, kin.common);
        // Two words of the form may be like one listed word, which can stand for one of them only.
        found.worth = found.worth.or(worth);
        if !is_small {
            self.marks.note(kin.word, found.worth.ours, found.worth.theirs);
            if !std::mem::replace(&mut found.is_read, true) {
                self.turns.push(kin.turn());
            }
        }
    }

    /// Whether a listed form is met for the first time.
    #[inline]
    pub(super) fn is_new(&mut self, form: FormId) -> bool {
        let is_new = note(&mut self.seen, form);
        if is_new {
            self.seen_now.push(form);
        }
        is_new
    }
}

/// Where each letter of a text stands, once that is asked; `None` where it is too long or foreign.
fn ask<'a>(places: &'a mut Places, known: &mut Asked, text: &str) -> Option<&'a Places> {
    if *known == Asked::Not {
        *known = if places.note(text.bytes()) { Asked::Known } else { Asked::TooLong };
    }
    (*known == Asked::Known).then_some(places)
}

/// How many numbers have their bit in one.
const BITS: usize = u64::BITS as usize;

/// Sets the bit of a number, and tells whether it was not set before.
#[inline]
fn note(bits: &mut [u64], number: u32) -> bool {
    let bit = 1 << (number as usize % BITS);
    bits.get_mut(number as usize / BITS).is_some_and(|bits| std::mem::replace(bits, *bits | bit) & bit == 0)
}

/// Forgets all bits that stand beside that of a number.
fn forget(bits: &mut [u64], number: u32) {
    if let Some(bits) = bits.get_mut(number as usize / BITS) {
        *bits = 0;
    }
}
