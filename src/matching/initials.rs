//! A short word of one side that the first letters of left-over words of the other spell: `UEC` for `United Engine Corporation`.

use std::borrow::Borrow;
use std::sync::Arc;

use super::align::Alignment;
use crate::normalise::{Form, Token, WordClass};

/// Two letters are the initials of too much.
const SHORTEST: usize = 3;
/// Longer words are words.
const LONGEST: usize = 6;

/// One bit for each left-over word of the subject, and of the entry, that initials explain.
pub(crate) fn explained(subject: &Form, entry: &Form, alignment: &Alignment) -> (u64, u64) {
    if alignment.subject_left == 0 || alignment.entry_left == 0 {
        return (0, 0);
    }
    explained_of(&subject.tokens, alignment.subject_left, &entry.tokens, alignment.entry_left)
}

/// The same of words, one bit for each that is left over.
pub(crate) fn explained_of(
    subject: &[impl Borrow<Token>],
    subject_left: u64,
    entry: &[impl Borrow<Token>],
    entry_left: u64,
) -> (u64, u64) {
    // One word is spelt by two at least, of which each may begin with a letter of several bytes.
    let (ours, theirs) = (subject_left.count_ones(), entry_left.count_ones());
    if ours.min(theirs) == 0 || ours.max(theirs) < 2 {
        return (0, 0);
    }
    let (ours, theirs) = spelt(subject, subject_left, entry, entry_left);
    if ours != 0 {
        return (ours, theirs);
    }
    let (theirs, ours) = spelt(entry, entry_left, subject, subject_left);
    (ours, theirs)
}

/// The first left-over short word that left-over neighbours of the other side spell, and these.
fn spelt(
    short: &[impl Borrow<Token>],
    short_left: u64,
    long: &[impl Borrow<Token>],
    long_left: u64,
) -> (u64, u64) {
    for (i, word) in short.iter().enumerate().filter(|(i, _)| short_left >> i & 1 == 1) {
        let word = word.borrow();
        if !may_be_spelt(word) {
            continue;
        }
        if !has_initials(long) {
            break;
        }
        for from in 0..long.len() {
            if let Some(run) = run_of(word.text(), long, long_left, from) {
                return (1 << i, run);
            }
        }
    }
    (0, 0)
}

/// Whether a word may be the initials of others.
pub(crate) fn may_be_spelt(word: &Token) -> bool {
    may_be_initials(word.class, word.length())
}

/// The same of a word of this sort and so many letters.
pub(crate) fn may_be_initials(class: WordClass, length: usize) -> bool {
    (SHORTEST..=LONGEST).contains(&length) && class == WordClass::Ordinary
}

/// Every word that neighbouring words could spell by their first letters, for the index: at least all that [`explained`] finds.
/// A word in the making is `T`; `add` writes the first letter of the word at a place, and `found` is given each whole word.
pub(crate) fn each_spelt<T: Copy>(
    words: &[Arc<Token>],
    nothing: T,
    add: &mut impl FnMut(T, &[u8], usize) -> T,
    found: &mut impl FnMut(T),
) {
    if !has_initials(words) {
        return;
    }
    for from in 0..words.len() {
        spell(words, Making { word: nothing, length: 0, last: from, at: from }, add, found);
    }
}

/// Whether the first letters of all words together are among what [`each_spelt`] finds: plainly so for a few plain words without
/// small ones; of others it is not asked further.
pub(crate) fn are_spelt(words: &[Arc<Token>]) -> bool {
    let is_plain = |word: &Arc<Token>| {
        word.class != WordClass::Small && word.text().as_bytes().first().is_some_and(u8::is_ascii)
    };
    (SHORTEST..=LONGEST).contains(&words.len()) && words.iter().all(is_plain)
}

/// More small words than these, and a name is not one of which initials are made: each is written or left out, so that a name of
/// nothing but articles would spell millions of words. `Society for the Protection of the Rights of the Child` has four, `of the` being one.
const MOST_SMALL: usize = 8;

fn has_initials(words: &[impl Borrow<Token>]) -> bool {
    words.iter().filter(|word| (*word).borrow().class == WordClass::Small).count() <= MOST_SMALL
}

/// A word in the making: what the words before `at` spell, the last of them written at `last`; those since are left out.
#[derive(Clone, Copy)]
struct Making<T> {
    word: T,
    length: usize,
    last: usize,
    at: usize,
}

fn spell<T: Copy>(
    words: &[Arc<Token>],
    making: Making<T>,
    add: &mut impl FnMut(T, &[u8], usize) -> T,
    found: &mut impl FnMut(T),
) {
    let Making { word, length, last, at } = making;
    let Some(next) = words.get(at) else { return };
    let first = next.text().chars().next().map_or(0, char::len_utf8);
    let letters = next.text().as_bytes().get(..first).unwrap_or_default();
    // A word that is left out does not begin with the letter that is written next: `run_of` would have taken it.
    let mut left_out = words.get(last + 1..at).unwrap_or_default().iter().filter(|_| length > 0);
    let is_first = left_out.all(|token| !token.text().as_bytes().starts_with(letters));
    if length + first <= LONGEST && is_first {
        let longer = Making { word: add(word, letters, at), length: length + first, last: at, at: at + 1 };
        if longer.length >= SHORTEST {
            found(longer.word);
        }
        spell(words, longer, add, found);
    }
    if length > 0 && length < LONGEST && next.class == WordClass::Small {
        spell(words, Making { at: at + 1, ..making }, add, found);
    }
}

/// The words from one place on whose first letters spell a word; small words may be left out.
fn run_of(word: &str, long: &[impl Borrow<Token>], left: u64, from: usize) -> Option<u64> {
    let mut letters = word.chars();
    let mut wanted = letters.next();
    let mut run = 0;
    for (i, token) in long.iter().enumerate().skip(from) {
        let Some(letter) = wanted else { break };
        if left >> i & 1 == 0 {
            return None;
        }
        let token = token.borrow();
        if token.text().starts_with(letter) {
            run |= 1 << i;
            wanted = letters.next();
        } else if token.class != WordClass::Small || run == 0 {
            return None;
        }
    }
    wanted.is_none().then_some(run)
}
