//! How alike two words are: the only place where letters are compared.
//!
//! A cliff, not a slope: past the budget of edits two words have nothing to do with one another. Every way of being alike
//! has its generator in the index (`index::vocabulary`), so that no pair is lost that this would find alike.

use crate::normalise::{Token, WordClass};

/// How two words are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kinship {
    /// The same letters.
    Same,
    /// Another word for the same thing, by the word table.
    Concept,
    /// Written in one on one side, apart on the other.
    Joined,
    /// The same sound, as transliterations differ.
    Sound,
    /// One cut short.
    Cut,
    /// A slip of the pen.
    Typo,
}

/// How alike two words are, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness {
    /// From just over 0 to 1.
    pub(crate) value: f64,
    /// In what way.
    pub(crate) kinship: Kinship,
}

/// Another word for the same thing.
const CONCEPT: f64 = 0.96;
/// The same sound.
const SOUND: f64 = 0.92;
/// From this length on two edits are allowed; below, one.
pub(crate) const LONG: usize = 9;
/// Below this length no edit is: `Shell` and `Shelf` have five letters, `Ural` and `Aral` four.
pub(crate) const SHORTEST_FUZZY: usize = 4;
/// What one edit costs, in letters.
const EDIT: f64 = 1.25;
/// A different first letter is the rarest slip.
const FIRST_LETTER: f64 = 0.08;
/// A word cut short must keep this many letters.
pub(crate) const SHORTEST_CUT: usize = 3;

/// How alike two words are; `None` where they are not.
pub(crate) fn likeness(ours: &Token, theirs: &Token) -> Option<Likeness> {
    let alike = |value, kinship| Some(Likeness { value, kinship });
    if ours.text() == theirs.text() {
        return alike(1.0, Kinship::Same);
    }
    if ours.meaning() == theirs.meaning() {
        return alike(CONCEPT, Kinship::Concept);
    }
    if !is_spelt(ours) || !is_spelt(theirs) {
        return None;
    }
    if ours.skeleton().is_some() && ours.skeleton() == theirs.skeleton() {
        return alike(SOUND, Kinship::Sound);
    }
    spelt(ours.text(), theirs.text())
}

/// How alike the letters of two words are that may be written otherwise, of which neither means nor sounds the same.
pub(crate) fn spelt(ours: &str, theirs: &str) -> Option<Likeness> {
    let alike = |value, kinship| Some(Likeness { value, kinship });
    match (typo(ours, theirs), cut(ours, theirs)) {
        (Some(typo), cut) if cut.is_none_or(|cut| typo >= cut) => alike(typo, Kinship::Typo),
        (_, Some(cut)) => alike(cut, Kinship::Cut),
        _ => None,
    }
}

/// Whether the word may be written otherwise: numbers and articles may not.
pub(crate) fn is_spelt(token: &Token) -> bool {
    may_vary(token.class, token.length())
}

/// The same of a word of this sort and so many letters.
pub(crate) const fn may_vary(class: WordClass, length: usize) -> bool {
    !matches!(class, WordClass::Number | WordClass::Small) && length >= SHORTEST_CUT
}

/// The edits that words of these lengths may differ by.
pub(crate) const fn budget(shorter: usize) -> usize {
    match shorter {
        0..SHORTEST_FUZZY => 0,
        SHORTEST_FUZZY..LONG => 1,
        _ => 2,
    }
}

fn typo(a: &str, b: &str) -> Option<f64> {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let budget = budget(short);
    if budget == 0 || long - short > budget {
        return None;
    }
    // Short words allow one slip, a swap of neighbours among them; long words two insertions, deletions or changes.
    let edits = if a.is_ascii() && b.is_ascii() {
        edits_of_letters(a.as_bytes(), b.as_bytes(), budget)?
    } else if budget == 1 {
        rapidfuzz::distance::osa::distance(a.chars(), b.chars())
    } else {
        rapidfuzz::distance::levenshtein::distance(a.chars(), b.chars())
    };
    if edits > budget {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let value = 1.0 - EDIT * edits as f64 / long as f64;
    let first = if a.as_bytes().first() == b.as_bytes().first() { 0.0 } else { FIRST_LETTER };
    Some(value - first)
}

/// The edits between two words of plain letters, where they are at most so many, one or two; a swap of neighbours is one where one is
/// allowed (optimal string alignment) and two where two are (Levenshtein).
///
/// Without what both begin and end with, an edit stands at either end of what is left: with two at most there is none between.
fn edits_of_letters(a: &[u8], b: &[u8], budget: usize) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(same..)?, b.get(same..)?);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len() - same)?, b.get(..b.len() - same)?);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    match (short, long) {
        ([], _) => return (long.len() <= budget).then_some(long.len()),
        ([_], [_]) => return Some(1),
        ([a, b], [c, d]) if budget == 1 => return (a == d && b == c).then_some(1),
        _ if budget == 1 => return None,
        _ => {}
    }
    let (inner, ended, begun) =
        (long.get(1..long.len() - 1)?, short.get(1..)?, short.get(..short.len() - 1)?);
    let is_two = match long.len() - short.len() {
        0 => {
            short.get(1..short.len() - 1)? == inner
                || ended == long.get(..long.len() - 1)?
                || begun == long.get(1..)?
        }
        1 => ended == inner || begun == inner,
        2 => short == inner,
        _ => false,
    };
    is_two.then_some(2)
}

/// `comm` for `communications`: three letters or more that the longer word begins with.
fn cut(a: &str, b: &str) -> Option<f64> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < SHORTEST_CUT || !long.starts_with(short) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let kept = short.len() as f64 / long.len() as f64;
    Some(0.45 + 0.45 * kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn edits_are_those_of_the_slow_way(a in "[ab]{1,7}", b in "[abc]{1,7}", budget in 1..=2_usize) {
            let slow = if budget == 1 {
                rapidfuzz::distance::osa::distance(a.chars(), b.chars())
            } else {
                rapidfuzz::distance::levenshtein::distance(a.chars(), b.chars())
            };
            let few = edits_of_letters(a.as_bytes(), b.as_bytes(), budget);
            prop_assert_eq!(few, (slow <= budget).then_some(slow));
        }
    }
}
