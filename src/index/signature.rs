//! The words of a form, hashed into the bits of one number: what stands beside a posting, so that most forms are left out unread.

use super::vocabulary::WordId;

/// A bit for each word of a set of words; several words may share one, so a bit says that a word may be there.
///
/// The highest bit says whether the form is a person's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signature(u64);

const PERSON: u64 = 1 << 63;

impl Signature {
    /// The signature of one word.
    pub(super) const fn of(word: WordId) -> Self {
        // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4), brought to 63 bits.
        let spread = (word as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        Self(1 << ((spread * 63) >> 32))
    }

    /// Both together.
    #[must_use]
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Marked as a person's.
    #[must_use]
    pub(super) const fn of_person(self, person: bool) -> Self {
        if person { Self(self.0 | PERSON) } else { self }
    }

    /// Whether it is a person's.
    pub(super) const fn is_person(self) -> bool {
        self.0 & PERSON != 0
    }

    /// Whether a word may be in both.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 & !PERSON != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_spread_over_the_bits_and_leave_the_persons_bit() {
        let all = (0..2_000).map(Signature::of).fold(Signature::default(), Signature::and);
        assert_eq!(all, Signature(PERSON - 1));
        assert!(!all.is_person() && all.of_person(true).is_person());
        assert!(!Signature::of(1).of_person(true).meets(Signature::of(2).of_person(true)));
    }
}
