//! The words of a form, hashed into the bits of one number: what stands beside a posting, so that most forms are left out unread.

use super::vocabulary::WordId;

/// How many bits there are.
pub(super) const BITS: usize = 64;

/// A bit for each word of a set of words; several words may share one, so a bit says that a word may be there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signature(u64);

impl Signature {
    /// The signature of one word.
    pub(super) const fn of(word: WordId) -> Self {
        // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
        Self(1 << ((word as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58))
    }

    /// Both together.
    #[must_use]
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The words that may be in both.
    #[must_use]
    pub(super) const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is no word.
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The places of the bits set.
    pub(super) fn bits(self) -> impl Iterator<Item = usize> {
        bits(self.0)
    }
}

/// The places of the bits set, the lowest first.
pub(super) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_spread_over_the_bits() {
        let all = (0..2_000).map(Signature::of).fold(Signature::default(), Signature::and);
        assert_eq!(all.bits().count(), BITS);
        let [one, two] = [1, 2].map(Signature::of);
        assert!(one.common(two).is_empty() && one.and(two).common(two) == two);
        assert_eq!(bits(0b1010).collect::<Vec<_>>(), [1, 3]);
    }
}
