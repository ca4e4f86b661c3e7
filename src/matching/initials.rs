//! A short word of one side that the first letters of left-over words of the other spell: `UEC` for `United Engine Corporation`.

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
    let (ours, theirs) = spelt(&subject.tokens, alignment.subject_left, &entry.tokens, alignment.entry_left);
    if ours != 0 {
        return (ours, theirs);
    }
    let (theirs, ours) = spelt(&entry.tokens, alignment.entry_left, &subject.tokens, alignment.subject_left);
    (ours, theirs)
}

/// The first left-over short word that left-over neighbours of the other side spell, and these.
fn spelt(short: &[Token], short_left: u64, long: &[Token], long_left: u64) -> (u64, u64) {
    for (i, word) in short.iter().enumerate().filter(|(i, _)| short_left >> i & 1 == 1) {
        if !(SHORTEST..=LONGEST).contains(&word.text.len()) || word.class != WordClass::Ordinary {
            continue;
        }
        for from in 0..long.len() {
            if let Some(run) = run_of(&word.text, long, long_left, from) {
                return (1 << i, run);
            }
        }
    }
    (0, 0)
}

/// The words from one place on whose first letters spell a word; small words may be left out.
fn run_of(word: &str, long: &[Token], left: u64, from: usize) -> Option<u64> {
    let mut letters = word.chars();
    let mut wanted = letters.next();
    let mut run = 0;
    for (i, token) in long.iter().enumerate().skip(from) {
        let Some(letter) = wanted else { break };
        if left >> i & 1 == 0 {
            return None;
        }
        if token.text.starts_with(letter) {
            run |= 1 << i;
            wanted = letters.next();
        } else if token.class != WordClass::Small || run == 0 {
            return None;
        }
    }
    wanted.is_none().then_some(run)
}
