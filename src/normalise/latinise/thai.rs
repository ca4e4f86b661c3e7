//! Thai, by the Royal Thai General System of Transcription (1999) as far as single letters go; vowels that are written before
//! their consonant are put behind it.

/// Consonants.
const LETTERS: &[(&str, &str)] = &[
    ("ก", "k"),
    ("ขฃคฅฆ", "kh"),
    ("ง", "ng"),
    ("จฉชฌ", "ch"),
    ("ซศษส", "s"),
    ("ญย", "y"),
    ("ฎด", "d"),
    ("ฏต", "t"),
    ("ฐฑฒถทธ", "th"),
    ("ณน", "n"),
    ("บ", "b"),
    ("ป", "p"),
    ("ผพภ", "ph"),
    ("ฝฟ", "f"),
    ("ม", "m"),
    ("ร", "r"),
    ("ลฬ", "l"),
    ("ว", "w"),
    ("หฮ", "h"),
    ("อ", "o"),
];

/// Vowels behind or above their consonant, and marks of tone, which are not spelt.
const VOWELS: &[(&str, &str)] = &[("ะัา", "a"), ("ำ", "am"), ("ิี", "i"), ("ึื", "ue"), ("ุู", "u"), ("็่้๊๋์ํ๎ๆฯ", "")];

/// Vowels that stand before their consonant.
const FRONT: &[(&str, &str)] = &[("เ", "e"), ("แ", "ae"), ("โ", "o"), ("ใไ", "ai")];

fn find(table: &[(&str, &'static str)], c: char) -> Option<&'static str> {
    table.iter().find(|(letters, _)| letters.contains(c)).map(|(_, latin)| *latin)
}

/// The reading of a run of Thai.
pub(super) fn reading(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut waiting = "";
    for c in text.replace("\u{e4d}\u{e32}", "\u{e33}").chars() {
        if let Some(vowel) = find(FRONT, c) {
            waiting = vowel;
            continue;
        }
        match find(LETTERS, c).or_else(|| find(VOWELS, c)) {
            Some(latin) => out.push_str(latin),
            None => out.push_str(&super::fallback(c.encode_utf8(&mut [0; 4]))),
        }
        out.push_str(std::mem::take(&mut waiting));
    }
    out.push_str(waiting);
    out
}

#[cfg(test)]
mod tests {
    use super::reading;

    #[test]
    fn front_vowels_stand_behind_their_consonant() {
        for (thai, latin) in [("สยาม", "syam"), ("ไทย", "thaiy"), ("โกลด์", "kold")] {
            assert_eq!(reading(thai), latin);
        }
    }
}
