//! Phrases such as ` trading as `: a quick look that tells whether one of some stands in a text.

/// Some phrases, each of three bytes at least.
pub(super) struct Phrases {
    phrases: &'static [&'static [&'static str]],
    /// By the first two characters of a phrase, a bit for each that comes third; of each only the lower five bits are told apart, in which
    /// capitals are as small letters.
    thirds: [u32; 1024],
    /// Of each phrase five bits of each of the first four characters, and which of these bits it has: most that the thirds let through is
    /// told by these alone.
    beginnings: [(u32, u32); MOST],
}

/// No more phrases than these are looked for together.
const MOST: usize = 48;

impl Phrases {
    /// Of these phrases.
    #[expect(clippy::indexing_slicing, reason = "done when this is compiled, where it would fail")]
    pub(super) const fn of(phrases: &'static [&'static [&'static str]]) -> Self {
        let (mut thirds, mut beginnings) = ([0; 1024], [(0, 0); MOST]);
        let (mut list, mut count) = (0, 0);
        while list < phrases.len() {
            let mut at = 0;
            while at < phrases[list].len() {
                let phrase = phrases[list][at].as_bytes();
                assert!(phrase.len() >= 3, "a phrase has three bytes");
                let place = (phrase[0] & 31) as usize * 32 + (phrase[1] & 31) as usize;
                thirds[place] |= 1 << (phrase[2] & 31);
                let three = (place as u32) << 5 | (phrase[2] & 31) as u32;
                beginnings[count] = if phrase.len() > 3 {
                    (three << 5 | (phrase[3] & 31) as u32, FOUR)
                } else {
                    (three << 5, FOUR & !31)
                };
                count += 1;
                at += 1;
            }
            list += 1;
        }
        Self { phrases, thirds, beginnings }
    }

    /// Whether one of the phrases stands in a text, capitals of ASCII taken as small letters.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        let text = text.as_bytes();
        // Five bits of each of the last two characters.
        let mut before = 0_u32;
        text.iter().enumerate().any(|(at, byte)| {
            let thirds = self.thirds.get(before as usize & 1023).copied().unwrap_or_default();
            before = before << 5 | u32::from(byte & 31);
            thirds >> (byte & 31) & 1 == 1
                && text.get(at.saturating_sub(2)..).is_some_and(|text| self.begin(text, before))
        })
    }

    /// Whether a phrase begins a text, of which the first three characters are told already.
    fn begin(&self, text: &[u8], three: u32) -> bool {
        let four = three << 5 | u32::from(text.get(3).copied().unwrap_or_default() & 31);
        let begins = |phrase: &&str| {
            text.get(..phrase.len()).is_some_and(|text| text.eq_ignore_ascii_case(phrase.as_bytes()))
        };
        let phrases = self.phrases.iter().copied().flatten();
        phrases.zip(&self.beginnings).any(|(phrase, (bits, has))| four & has == *bits && begins(phrase))
    }
}

/// The bits of four characters.
const FOUR: u32 = (1 << 20) - 1;

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASES: Phrases = Phrases::of(&[&[" t/a ", " or ", "acc"], &[" née ", " / "]]);

    proptest::proptest! {
        #[test]
        fn a_phrase_is_seen_wherever_it_stands(text in "( |[a-fA-F]|acC|T/A|t/a |or|OR |née |NÉE |/|o|r){0,10}") {
            let lower = text.to_ascii_lowercase();
            let stands = PHRASES.phrases.iter().copied().flatten().any(|phrase| lower.contains(phrase));
            proptest::prop_assert_eq!(PHRASES.stand_in(&text), stands);
        }
    }
}
