//! Phrases such as ` trading as `: a quick look that tells whether one of some stands in a text.

/// Some phrases, each of three bytes at least.
pub(super) struct Phrases {
    /// By the first two characters of a phrase, a bit for each that comes third; of each only the lower five bits are told apart, in which
    /// capitals are as small letters.
    thirds: [u32; 1024],
    /// Of each phrase these bits of the first four characters, and which of them it has: most that the thirds let through is told by these
    /// alone.
    beginnings: [(u32, u32); MOST],
    /// The phrases, in the same order.
    texts: [&'static str; MOST],
}

/// No more phrases than these are looked for together.
const MOST: usize = 48;
/// The bits of four characters.
const FOUR: u32 = (1 << 20) - 1;

impl Phrases {
    /// Of these phrases.
    #[expect(clippy::indexing_slicing, reason = "done when this is compiled, where it would fail")]
    pub(super) const fn of(lists: &[&[&'static str]]) -> Self {
        // Where there is no phrase, no bits are those that are asked for.
        let (mut thirds, mut beginnings, mut texts) = ([0; 1024], [(u32::MAX, FOUR); MOST], [""; MOST]);
        let (mut list, mut count) = (0, 0);
        while list < lists.len() {
            let mut at = 0;
            while at < lists[list].len() {
                let phrase = lists[list][at].as_bytes();
                assert!(phrase.len() >= 3, "a phrase has three bytes");
                let two = (phrase[0] & 31) as u32 * 32 + (phrase[1] & 31) as u32;
                let three = two * 32 + (phrase[2] & 31) as u32;
                thirds[two as usize] |= 1 << (phrase[2] & 31);
                beginnings[count] = if phrase.len() > 3 {
                    (three * 32 + (phrase[3] & 31) as u32, FOUR)
                } else {
                    (three * 32, FOUR - 31)
                };
                texts[count] = lists[list][at];
                count += 1;
                at += 1;
            }
            list += 1;
        }
        Self { thirds, beginnings, texts }
    }

    /// Whether one of the phrases stands in a text, capitals of ASCII taken as small letters.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        let text = text.as_bytes();
        // Five bits of each of the characters before.
        let mut before = 0_u32;
        let mut rest = text;
        while let [byte, behind @ ..] = rest {
            let thirds = self.thirds.get(before as usize & 1023).copied().unwrap_or_default();
            before = before << 5 | u32::from(byte & 31);
            if thirds >> (byte & 31) & 1 == 1 {
                let from = text.len() - rest.len();
                if text.get(from.saturating_sub(2)..).is_some_and(|text| self.begin(text, before)) {
                    return true;
                }
            }
            rest = behind;
        }
        false
    }

    /// Whether a phrase begins a text, of which the first three characters are told already.
    fn begin(&self, text: &[u8], three: u32) -> bool {
        let four = three << 5 | u32::from(text.get(3).copied().unwrap_or_default() & 31);
        let begins = |phrase: &str| {
            text.get(..phrase.len()).is_some_and(|text| text.eq_ignore_ascii_case(phrase.as_bytes()))
        };
        let mut phrases = self.beginnings.iter().zip(&self.texts);
        phrases.any(|((bits, has), phrase)| four & has == *bits && begins(phrase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &[&[&str]] = &[&[" t/a ", " or ", "acc"], &[" née ", " / "]];
    const PHRASES: Phrases = Phrases::of(LISTS);

    proptest::proptest! {
        #[test]
        fn a_phrase_is_seen_wherever_it_stands(text in "( |[a-fA-F]|acC|T/A|t/a |or|OR |née |NÉE |/|o|r){0,10}") {
            let lower = text.to_ascii_lowercase();
            let stands = LISTS.iter().copied().flatten().any(|phrase| lower.contains(phrase));
            proptest::prop_assert_eq!(PHRASES.stand_in(&text), stands);
        }
    }
}
