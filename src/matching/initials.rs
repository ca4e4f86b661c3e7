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
    (SHORTEST..=LONGEST).contains(&word.length()) && word.class == WordClass::Ordinary
}

/// Every word that neighbouring words could spell by their first letters, for the index: at least all that [`explained`] finds.
/// A word in the making is `T`; `add` writes the first letter of the word at a place, and `found` is given each whole word.
pub(crate) fn each_spelt<T: Copy>(
    words: &[Arc<Token>],
    nothing: T,
    add: &mut impl FnMut(T, &[u8], usize) -> T,
    found: &mut impl FnMut(T),
) {
    for from in 0..words.len() {
        spell(words, from, (nothing, 0), add, found, &mut { MOST_SPELT });
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

/// From one word on no more than so many are spelt: a name of nothing but articles would have millions.
const MOST_SPELT: usize = 100;

/// With so many small words or more [`each_spelt`] may stop before it has followed every way: each is written or left out, so that three
/// give eight ways at most, of ten steps at most (none, six letters, three left out), which is fewer than [`MOST_SPELT`].
pub(crate) const MANY_SMALL: usize = 4;

fn spell<T: Copy>(
    words: &[Arc<Token>],
    at: usize,
    (word, length): (T, usize),
    add: &mut impl FnMut(T, &[u8], usize) -> T,
    found: &mut impl FnMut(T),
    left: &mut usize,
) {
    let Some(fewer) = left.checked_sub(1) else { return };
    *left = fewer;
    if length >= SHORTEST {
        found(word);
    }
    let Some(next) = words.get(at) else { return };
    let first = next.text().chars().next().map_or(0, char::len_utf8);
    let letters = next.text().as_bytes().get(..first).unwrap_or_default();
    if length + first <= LONGEST {
        let longer = add(word, letters, at);
        spell(words, at + 1, (longer, length + first), add, found, left);
    }
    if length > 0 && length < LONGEST && next.class == WordClass::Small {
        spell(words, at + 1, (word, length), add, found, left);
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
