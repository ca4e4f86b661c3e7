//! Keys of any kind, hashed, and what has them: two flat columns instead of a map of texts.
//!
//! Two keys may share a hash. What is found under one is only proposed, and asked again by who knows, so that costs a question.

use std::ops::Range;

use rayon::slice::ParallelSliceMut;
use smallvec::SmallVec;

use super::ahead::read_ahead;

/// So many keys share the bits of a hash that are looked up at once, about: as many as one line of memory holds. They are searched.
const TOGETHER: usize = 16;
/// More bits than these are not looked up at once.
const MOST_TOP_BITS: u32 = 24;

/// From so many pairs on they are sorted by every thread; fewer are sorted sooner by one.
const MANY: usize = 1 << 15;

/// A hash and a number in one, which sorts sooner than two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair(u64);

impl Pair {
    /// A number under a hash.
    pub(super) const fn of(hash: u32, number: u32) -> Self {
        Self((hash as u64) << u32::BITS | number as u64)
    }

    const fn hash(self) -> u32 {
        (self.0 >> u32::BITS) as u32
    }

    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    const fn number(self) -> u32 {
        self.0 as u32
    }
}

/// Numbers by the hash of a key, sorted.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Of each hash the bits behind those that are looked up at once, and beside each its number.
    ends: Vec<u16>,
    numbers: Vec<u32>,
    /// For each value of the top bits, the first pair; one more at the end.
    tops: Vec<u32>,
    top_bits: u32,
}

impl Keys {
    /// From pairs, in any order.
    #[expect(clippy::cast_possible_truncation, reason = "fewer than four thousand million pairs")]
    pub(super) fn new(mut pairs: Vec<Pair>) -> Self {
        let top_bits = (usize::BITS - (pairs.len() / TOGETHER).leading_zeros()).clamp(1, MOST_TOP_BITS);
        if pairs.len() < MANY {
            pairs.sort_unstable();
        } else {
            pairs.par_sort_unstable();
        }
        pairs.dedup();
        let mut tops = Vec::with_capacity((1 << top_bits) + 1);
        let mut at = 0;
        for wanted in 0..1_u32 << top_bits {
            tops.push(at as u32);
            while pairs.get(at).is_some_and(|pair| top(pair.hash(), top_bits) == wanted) {
                at += 1;
            }
        }
        tops.push(at as u32);
        Self {
            ends: pairs.iter().map(|pair| end(pair.hash(), top_bits)).collect(),
            numbers: pairs.iter().map(|pair| pair.number()).collect(),
            tops,
            top_bits,
        }
    }

    /// How many bytes it takes.
    pub(super) const fn bytes(&self) -> usize {
        self.ends.capacity() * size_of::<u16>()
            + self.numbers.capacity() * size_of::<u32>()
            + self.tops.capacity() * size_of::<u32>()
    }

    /// The numbers under a hash, and perhaps others.
    pub(super) fn get(&self, hash: u32) -> impl Iterator<Item = u32> {
        let (range, wanted) = self.asked(hash);
        self.under(range, wanted)
    }

    /// The numbers under each of some hashes, and perhaps others: memory is waited for together and not hash by hash.
    pub(super) fn get_all(&self, hashes: &[u32], found: &mut Vec<u32>) {
        let asked: SmallVec<[(Range<u32>, u16); 32]> = hashes.iter().map(|hash| self.asked(*hash)).collect();
        let firsts = asked.iter().filter_map(|(range, _)| self.ends.get(range.start as usize));
        read_ahead(firsts.map(|end| u32::from(*end)));
        for (range, wanted) in asked {
            found.extend(self.under(range, wanted));
        }
    }

    /// The pairs among which those of a hash stand, and by what they are told there.
    fn asked(&self, hash: u32) -> (Range<u32>, u16) {
        let at = |top: usize| self.tops.get(top).copied().unwrap_or(0);
        let range = if self.tops.is_empty() {
            0..0
        } else {
            let top = top(hash, self.top_bits) as usize;
            at(top)..at(top + 1)
        };
        (range, end(hash, self.top_bits))
    }

    fn under(&self, range: Range<u32>, wanted: u16) -> impl Iterator<Item = u32> {
        let range = range.start as usize..range.end as usize;
        let ends = self.ends.get(range.clone()).unwrap_or_default();
        // Most keys that are asked for are not there, which is told for all at once.
        let there = ends.iter().fold(0, |any, end| any | u16::from(*end == wanted));
        let ends = if there == 0 { &[] } else { ends };
        let numbers = self.numbers.get(range).unwrap_or_default();
        let pairs = ends.iter().zip(numbers);
        pairs.filter(move |(end, _)| **end == wanted).map(|(_, number)| *number)
    }
}

/// The bits of a hash that are looked up at once.
const fn top(hash: u32, bits: u32) -> u32 {
    hash >> (u32::BITS - bits)
}

/// As many of the bits behind them as are kept.
const fn end(hash: u32, bits: u32) -> u16 {
    ((hash << bits) >> u16::BITS) as u16
}

/// A hash in the making: the same for the same bytes, however they come in pieces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    /// Begins a key of a kind; keys of different kinds may stand in one column.
    pub(super) const fn of_kind(kind: u8) -> Self {
        Self(kind as u64 + 1)
    }

    /// With more bytes.
    #[must_use]
    pub(super) fn and(self, bytes: &[u8]) -> Self {
        // As in FxHash: rotate, add, multiply.
        let step = |hash: u64, byte: &u8| (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(SPREAD);
        Self(bytes.iter().fold(self.0, step))
    }

    /// With a number.
    #[must_use]
    pub(super) fn and_number(self, number: u32) -> Self {
        self.and(&number.to_le_bytes())
    }

    /// The hash.
    pub(super) const fn end(self) -> u32 {
        (self.0.wrapping_mul(SPREAD) >> 32) as u32
    }
}

const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out() {
        let words = ["ab", "abc", "b", "", "abcd"];
        let hash = |word: &str| Hash::of_kind(1).and(word.as_bytes()).end();
        let pairs = (0..)
            .zip(words)
            .flat_map(|(at, word)| [Pair::of(hash(word), at), Pair::of(hash(word), at + 10)])
            .collect();
        let keys = Keys::new(pairs);
        for (at, word) in (0..).zip(words) {
            assert_eq!(keys.get(hash(word)).collect::<Vec<_>>(), [at, at + 10], "{word}");
        }
        assert_eq!(keys.get(hash("zz")).count(), 0);
        assert_eq!(Keys::new(Vec::new()).get(7).count(), 0);
        assert_eq!(Keys::default().get(7).count(), 0);
    }

    #[test]
    fn pieces_do_not_matter_and_kinds_do() {
        assert_eq!(Hash::of_kind(1).and(b"bio").and(b"tech").end(), Hash::of_kind(1).and(b"biotech").end());
        assert_ne!(Hash::of_kind(1).and(b"bio").end(), Hash::of_kind(2).and(b"bio").end());
    }
}
