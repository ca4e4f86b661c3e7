//! What is common to two short texts, 64 letters at once: their longest common subsequence.
//!
//! Source: Hyyrö 2004, Bit-parallel LCS-length computation revisited.

/// Where each letter stands in a text of at most 64 ASCII letters.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    of: [u64; 128],
    length: u32,
}

impl Default for Places {
    fn default() -> Self {
        Self { of: [0; 128], length: 0 }
    }
}

impl Places {
    /// Of these letters; `None` where there are more of them, or other ones.
    pub(crate) fn of(letters: impl Iterator<Item = u8>) -> Option<Self> {
        let mut places = Self::default();
        places.add(letters).map(|()| places)
    }

    /// Of these letters, in the memory of others; whether they are few enough, and no other ones.
    pub(crate) fn note(&mut self, letters: impl Iterator<Item = u8>) -> bool {
        *self = Self::default();
        self.add(letters).is_some()
    }

    fn add(&mut self, letters: impl Iterator<Item = u8>) -> Option<()> {
        for letter in letters {
            *self.of.get_mut(usize::from(letter))? |= 1_u64.checked_shl(self.length)?;
            self.length += 1;
        }
        Some(())
    }

    /// How many letters there are.
    pub(crate) const fn length(&self) -> u32 {
        self.length
    }

    /// How many letters the longest subsequence has that is common to both, and how many the other text has.
    #[inline]
    pub(crate) fn common(&self, others: impl Iterator<Item = u8>) -> (u32, u32) {
        // Zeros are letters kept.
        let (mut state, mut length) = (u64::MAX, 0);
        for letter in others {
            let kept = state & self.of.get(usize::from(letter)).copied().unwrap_or(0);
            state = state.wrapping_add(kept) | (state - kept);
            length += 1;
        }
        (state.count_zeros(), length)
    }
}

/// How alike two texts are: 1 less the distance by insertions and deletions, divided by the letters of both; 1 where both are empty.
pub(crate) fn alike(ours: &str, theirs: &str) -> f64 {
    let by_places = |ours: &str, theirs: &str| {
        (ours.len() <= 64 && ours.is_ascii()).then(|| Places::of(ours.bytes())).flatten().map(|places| {
            let (common, length) = places.common(theirs.bytes());
            share(common, places.length(), length)
        })
    };
    if ours.is_ascii() && theirs.is_ascii() {
        if ours == theirs {
            return 1.0;
        }
        if let Some(alike) = by_places(ours, theirs).or_else(|| by_places(theirs, ours)) {
            return alike;
        }
    }
    rapidfuzz::distance::indel::normalized_similarity(ours.chars(), theirs.chars())
}

/// The same for letters that come in pieces.
pub(crate) fn alike_letters(ours: &[u8], theirs: &[u8]) -> f64 {
    match Places::of(ours.iter().copied()) {
        Some(places) => {
            let (common, length) = places.common(theirs.iter().copied());
            share(common, places.length(), length)
        }
        None => rapidfuzz::distance::indel::normalized_similarity(ours.iter(), theirs.iter()),
    }
}

fn share(common: u32, ours: u32, theirs: u32) -> f64 {
    let (distance, most) = (ours + theirs - 2 * common, ours + theirs);
    if most == 0 { 1.0 } else { 1.0 - f64::from(distance) / f64::from(most) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rapidfuzz::distance::indel::normalized_similarity;

    use super::*;

    proptest! {
        #[test]
        fn to_the_bit_what_the_slow_way_says(a in "[a-dé]{0,70}", b in "[a-d 新]{0,90}") {
            for (a, b) in [(&a, &b), (&b, &a), (&a, &a)] {
                let slow = normalized_similarity(a.chars(), b.chars());
                prop_assert_eq!(alike(a, b).to_bits(), slow.to_bits());
                let slow = normalized_similarity(a.bytes(), b.bytes());
                prop_assert_eq!(alike_letters(a.as_bytes(), b.as_bytes()).to_bits(), slow.to_bits());
            }
        }

        #[test]
        fn short_plain_texts_too(a in "[a-c]{0,12}", b in "[a-c]{0,12}") {
            prop_assert_eq!(alike(&a, &b).to_bits(), normalized_similarity(a.chars(), b.chars()).to_bits());
        }
    }

    #[test]
    fn what_is_too_long_or_foreign_has_no_places() {
        assert!(Places::of("é".bytes()).is_none());
        assert!(Places::of([b'a'; 65].into_iter()).is_none());
        assert_eq!(Places::of([b'a'; 64].into_iter()).map(|places| places.length()), Some(64));
    }
}
