//! How often each letter stands in a name: no two names are spelt more alike than their letters allow.

use crate::normalise::Form;

/// How many letters are told apart: a to z, and six groups of all others.
const LETTERS: usize = 32;

/// The letters of a name written in one, counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    counts: [u8; LETTERS],
    /// Letters in all; 0 where there are too many to be counted.
    length: u16,
}

impl Letters {
    /// Counts the letters of a form.
    pub(super) fn of(form: &Form) -> Self {
        let mut letters = Self { counts: [0; LETTERS], length: 0 };
        for letter in form.joined.chars() {
            let Some(count) = letters.counts.get_mut(place(letter)) else { continue };
            let Some(more) = count.checked_add(1) else { return Self { counts: [0; LETTERS], length: 0 } };
            *count = more;
            letters.length += 1;
        }
        letters
    }

    /// The most that the two spellings can be alike, 0 to 1: whatever their order, only common letters can be kept.
    ///
    /// At least what `matching::measures` measures as `spelling`: twice the longest common subsequence by the letters of both.
    pub(super) fn most_alike(&self, other: &Self) -> f64 {
        if self.length == 0 || other.length == 0 {
            return 1.0;
        }
        let common: u32 = self.counts.iter().zip(&other.counts).map(|(a, b)| u32::from(*a.min(b))).sum();
        2.0 * f64::from(common) / (f64::from(self.length) + f64::from(other.length))
    }
}

fn place(letter: char) -> usize {
    let code = letter as usize;
    if letter.is_ascii_lowercase() { code - 'a' as usize } else { 26 + code % 6 }
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
        fn never_below_the_likeness_of_the_spellings(a in "[a-d0-9新é ]{1,12}", b in "[a-d0-9新é ]{1,12}") {
            let (Some(a), Some(b)) = (form(&a), form(&b)) else { return Ok(()) };
            let alike = |a: &str, b: &str| rapidfuzz::distance::indel::normalized_similarity(a.chars(), b.chars());
            let most = Letters::of(&a).most_alike(&Letters::of(&b));
            prop_assert!(alike(&a.joined, &b.joined) <= most + 1e-9);
            prop_assert!(alike(&a.sorted, &b.sorted) <= most + 1e-9);
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
