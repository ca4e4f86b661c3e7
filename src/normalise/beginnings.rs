//! Phrases that begin with a blank, such as ` trading as `: a quick look that tells whether one of some stands in a text.

use memchr::memchr_iter;

/// Some phrases, each a blank and at least two characters.
pub(super) struct Beginnings {
    phrases: &'static [&'static [&'static str]],
    /// By the first character behind the blank, a bit for each that comes second; of both only the lower five bits are told apart, in
    /// which capitals are as small letters.
    pairs: [u32; 32],
}

impl Beginnings {
    /// Of these phrases.
    #[expect(clippy::indexing_slicing, reason = "done when this is compiled, where it would fail")]
    pub(super) const fn of(phrases: &'static [&'static [&'static str]]) -> Self {
        let mut pairs = [0; 32];
        let mut list = 0;
        while list < phrases.len() {
            let mut at = 0;
            while at < phrases[list].len() {
                let phrase = phrases[list][at].as_bytes();
                assert!(phrase[0] == b' ', "a phrase begins with a blank");
                pairs[(phrase[1] & 31) as usize] |= 1 << (phrase[2] & 31);
                at += 1;
            }
            list += 1;
        }
        Self { phrases, pairs }
    }

    /// Whether one of the phrases stands in a text, capitals of ASCII taken as small letters.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        let text = text.as_bytes();
        memchr_iter(b' ', text).filter_map(|at| text.get(at..)).any(|rest| match rest {
            [_, first, second, ..] => {
                self.pairs
                    .get(usize::from(first & 31))
                    .is_some_and(|seconds| seconds >> (second & 31) & 1 == 1)
                    && self.begin(rest)
            }
            _ => false,
        })
    }

    fn begin(&self, text: &[u8]) -> bool {
        self.phrases.iter().copied().flatten().any(|phrase| {
            text.get(..phrase.len()).is_some_and(|here| here.eq_ignore_ascii_case(phrase.as_bytes()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASES: Beginnings = Beginnings::of(&[&[" t/a ", " or "], &[" née ", " / "]]);

    proptest::proptest! {
        #[test]
        fn a_phrase_is_seen_wherever_it_stands(text in "( |[a-fA-F]|T/A|t/a |or|OR |née |NÉE |/|o|r){0,10}") {
            let lower = text.to_ascii_lowercase();
            let stands = PHRASES.phrases.iter().copied().flatten().any(|phrase| lower.contains(phrase));
            proptest::prop_assert_eq!(PHRASES.stand_in(&text), stands);
        }
    }
}
