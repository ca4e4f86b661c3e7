//! Phrases that begin with a blank, such as ` trading as `: a quick look that tells whether one of some stands in a text.

/// Some phrases, each a blank and at least two characters.
pub(super) struct Beginnings {
    phrases: &'static [&'static [&'static str]],
    /// By the first two characters behind the blank, a bit for each that comes third; of each only the lower five bits are told apart,
    /// in which capitals are as small letters.
    thirds: [u32; 1024],
}

impl Beginnings {
    /// Of these phrases.
    #[expect(clippy::indexing_slicing, reason = "done when this is compiled, where it would fail")]
    pub(super) const fn of(phrases: &'static [&'static [&'static str]]) -> Self {
        let mut thirds = [0; 1024];
        let mut list = 0;
        while list < phrases.len() {
            let mut at = 0;
            while at < phrases[list].len() {
                let phrase = phrases[list][at].as_bytes();
                assert!(phrase[0] == b' ', "a phrase begins with a blank");
                let third = if phrase.len() > 3 { 1 << (phrase[3] & 31) } else { u32::MAX };
                thirds[(phrase[1] & 31) as usize * 32 + (phrase[2] & 31) as usize] |= third;
                at += 1;
            }
            list += 1;
        }
        Self { phrases, thirds }
    }

    /// Whether one of the phrases stands in a text, capitals of ASCII taken as small letters.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        let mut rest = text.as_bytes();
        while let [byte, behind @ ..] = rest {
            if *byte == b' ' && self.may_begin(behind) && self.begin(rest) {
                return true;
            }
            rest = behind;
        }
        false
    }

    fn may_begin(&self, behind: &[u8]) -> bool {
        let [first, second, rest @ ..] = behind else { return false };
        let at = usize::from(first & 31) * 32 + usize::from(second & 31);
        let third = rest.first().map_or(0, |third| third & 31);
        self.thirds.get(at).is_some_and(|thirds| thirds >> third & 1 == 1)
    }

    fn begin(&self, text: &[u8]) -> bool {
        self.phrases.iter().any(|list| list.iter().any(|phrase| begins_with(text, phrase.as_bytes())))
    }
}

/// Whether a text begins with another, capitals of ASCII taken as small letters.
pub(super) fn begins_with(text: &[u8], phrase: &[u8]) -> bool {
    text.len() >= phrase.len() && text.iter().zip(phrase).all(|(a, b)| a.eq_ignore_ascii_case(b))
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
