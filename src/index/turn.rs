//! The one order in which listed words are read, whatever name is searched for.

use super::vocabulary::WordId;

/// Where a word stands in the order in which words are read: those of few forms first, with those that are like them, and articles and
/// prepositions last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn(u64);

/// How common a word is, with those that are like it: logarithms of the forms, in steps.
pub(super) type Crowd = u8;

/// The crowd of articles and prepositions.
pub(super) const SMALL: Crowd = Crowd::MAX;

/// Of a word of which so many forms hold it or one that is like it.
pub(super) fn crowd(forms: u32) -> Crowd {
    // Seven steps where forms double: the most are 224.
    let double = forms.max(1).ilog2();
    let steps = ((u64::from(forms.max(1)) * 7) >> double) - 7;
    u8::try_from(u64::from(double) * 7 + steps).unwrap_or(SMALL - 1)
}

impl Turn {
    /// Of a listed word.
    pub(super) const fn of(word: WordId, crowd: Crowd) -> Self {
        Self((crowd as u64) << u32::BITS | word as u64)
    }

    /// Of one of the words of which each is so common.
    pub(super) fn among(crowds: &[Crowd], word: WordId) -> Self {
        Self::of(word, crowds.get(word as usize).copied().unwrap_or(SMALL))
    }

    /// How common the word is.
    #[expect(clippy::cast_possible_truncation, reason = "its upper half, of which one byte is used")]
    pub(super) const fn crowd(self) -> Crowd {
        (self.0 >> u32::BITS) as Crowd
    }

    /// The word.
    #[expect(clippy::cast_possible_truncation, reason = "its lower half")]
    pub(super) const fn word(self) -> WordId {
        self.0 as WordId
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowds_keep_the_order_of_what_they_count() {
        let counts = (0..31).flat_map(|double| [1_u32 << double, (1 << double) + (1 << double) / 2]);
        assert!(counts.map(crowd).is_sorted());
        assert!(crowd(u32::MAX) < SMALL && crowd(0) == crowd(1));
    }
}
