//! How often each letter stands in a name: no two names are spelt more alike than their letters allow.

use std::sync::Arc;

use crate::normalise::{Form, Token, WordClass};

/// For each letter a to z the first of its bits, and the first bit of all other letters at the end: frequent letters have seven, others three.
#[expect(clippy::indexing_slicing, reason = "counted to twenty-six at compile time")]
const BITS: [u8; 27] = {
    let mut bits = [0; 27];
    let (mut letter, mut at) = (0, 0);
    while letter < 26 {
        bits[letter] = at;
        at += if matches!(letter, 0 | 4 | 8 | 11 | 13 | 14 | 17 | 18 | 19) { 7 } else { 3 };
        letter += 1;
    }
    bits[26] = at;
    bits
};
/// How many bits there are.
const ALL: u8 = 128;

/// The letters of a name written in one, counted in bits: three of one letter are three bits of that letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    /// In bytes, so that they stand beside whatever else is kept of a form without a gap.
    bits: [u8; 16],
    /// How many letters found no bit left.
    over: u8,
    /// How many of them are those of small words.
    small: u8,
    /// How many letters there are; 255 where there are as many or more, or others than ASCII has.
    length: u8,
}

/// So many blanks may stand in the words of a name.
const BLANKS: f32 = 2.0;
/// So long a name may be like any other.
const ENDLESS: u8 = u8::MAX;

impl Letters {
    /// Counts the letters of a form.
    pub(super) fn of(form: &Form) -> Self {
        let length = u8::try_from(form.joined.len()).ok().filter(|_| form.joined.is_ascii());
        let mut letters = Self { bits: [0; 16], over: 0, small: 0, length: length.unwrap_or(ENDLESS) };
        if letters.length == ENDLESS {
            return letters;
        }
        let mut counts = [0_u8; BITS.len()];
        for byte in form.joined.bytes() {
            let place = if byte.is_ascii_lowercase() { usize::from(byte - b'a') } else { BITS.len() - 1 };
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
        let mut bits = 0_u128;
        let ends = BITS.iter().skip(1).chain([&ALL]);
        for (count, (first, end)) in counts.iter().zip(BITS.iter().zip(ends)).filter(|(count, _)| **count > 0)
        {
            let here = (*count).min(end - first);
            bits |= ((1 << here) - 1) << first;
            letters.over += count - here;
        }
        letters.bits = bits.to_ne_bytes();
        let is_small = |token: &&Arc<Token>| token.class == WordClass::Small;
        let small: usize = form.tokens.iter().filter(is_small).map(|token| token.length()).sum();
        letters.small = u8::try_from(small).unwrap_or(letters.length);
        letters
    }

    /// How many letters there are, small words left out; `None` where they are not known.
    #[inline]
    pub(super) fn large(&self) -> Option<u8> {
        (self.length != ENDLESS).then(|| self.length.saturating_sub(self.small))
    }

    /// The most that the two spellings can be alike, 0 to 1: whatever their order, only common letters can be kept.
    ///
    /// At least what `matching::measures` measures as `spelling`: twice the longest common subsequence by the letters of both.
    #[inline]
    pub(super) fn most_alike(&self, other: &Self) -> f32 {
        self.alike_at_most(other, self.common(other))
    }

    /// The same where it is known how many letters are common to both.
    #[inline]
    pub(super) fn alike_at_most(&self, other: &Self, common: Option<u16>) -> f32 {
        common.map_or(1.0, |common| share(common, self.length, other.length))
    }

    /// The most that left-over words of the two can be near one another, as `matching::measures` measures `left_near`, if the
    /// matched words have `unlike` letters that are not common to both, on the mean of both sides.
    ///
    /// Letters that are matched and common take as much from what is common as from the mean length: what is left is less alike.
    #[inline]
    pub(super) fn nearest(&self, other: &Self, unlike: f32) -> f32 {
        let Some(common) = self.common(other) else { return 1.0 };
        let large = |side: &Self| f32::from(side.length.saturating_sub(side.small));
        let mean = f32::midpoint(large(self), large(other)) - unlike;
        // Blanks inside words of several parts are letters there.
        let common = f32::from(common) + BLANKS;
        if common >= mean { 1.0 } else { (2.0 * common / mean - 1.0).max(0.0) }
    }

    /// The most letters that they can have in common; `None` where there are too many to be counted.
    #[inline]
    pub(super) fn common(&self, other: &Self) -> Option<u16> {
        // Eight bytes at once: the processor counts, or few steps do.
        let halves = |letters: &Self| {
            let (low, high) = letters.bits.split_at(8);
            [low, high].map(|half| half.try_into().map_or(u64::MAX, u64::from_ne_bytes))
        };
        let ([a, b], [c, d]) = (halves(self), halves(other));
        let common = (a & c).count_ones() + (b & d).count_ones();
        let common = u16::try_from(common).unwrap_or(u16::MAX);
        (self.length != ENDLESS && other.length != ENDLESS)
            .then(|| common + u16::from(self.over.min(other.over)))
    }
}

#[inline]
fn share(common: u16, ours: u8, theirs: u8) -> f32 {
    if ours == ENDLESS || theirs == ENDLESS {
        return 1.0;
    }
    2.0 * f32::from(common) / (f32::from(ours) + f32::from(theirs)).max(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normalise::Name;
    use crate::vocab::EntityKind;

    fn form(text: &str) -> Option<Form> {
        Name::entry(text, EntityKind::Organisation).forms().first().cloned()
    }

    proptest! {
        #[test]
        fn never_below_the_likeness_of_the_spellings(a in "[a-d0-9新é ]{1,40}", b in "[a-d0-9新é ]{1,40}") {
            let (Some(a), Some(b)) = (form(&a), form(&b)) else { return Ok(()) };
            let alike = |a: &str, b: &str| rapidfuzz::distance::indel::normalized_similarity(a.chars(), b.chars());
            let (ours, theirs) = (Letters::of(&a), Letters::of(&b));
            let most = ours.most_alike(&theirs);
            prop_assert!(alike(&a.joined, &b.joined) <= f64::from(most) + 1e-6);
            prop_assert!(alike(&a.sorted, &b.sorted) <= f64::from(most) + 1e-6);
        }
    }

    #[test]
    fn names_too_long_to_be_counted_may_be_alike() {
        let long = form(&"aa".repeat(400));
        if let (Some(long), Some(short)) = (long, form("Orrinmoor")) {
            assert!((Letters::of(&long).most_alike(&Letters::of(&short)) - 1.0).abs() < 1e-9);
        }
    }
}
