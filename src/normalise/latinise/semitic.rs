//! Arabic, Persian and Hebrew, which write few vowels: common words by table, the rest letter by letter with the likeliest vowel.
//!
//! Letters follow BGN/PCGN (Arabic 1956, Persian 1958) and the plain spelling of Hebrew, without marks.

const ARABIC: &[(char, &str)] = &[
    ('ا', "a"),
    ('أ', "a"),
    ('إ', "i"),
    ('آ', "a"),
    ('ٱ', "a"),
    ('ب', "b"),
    ('ت', "t"),
    ('ث', "th"),
    ('ج', "j"),
    ('ح', "h"),
    ('خ', "kh"),
    ('د', "d"),
    ('ذ', "dh"),
    ('ر', "r"),
    ('ز', "z"),
    ('س', "s"),
    ('ش', "sh"),
    ('ص', "s"),
    ('ض', "d"),
    ('ط', "t"),
    ('ظ', "z"),
    ('ع', "a"),
    ('غ', "gh"),
    ('ف', "f"),
    ('ق', "q"),
    ('ك', "k"),
    ('ک', "k"),
    ('ل', "l"),
    ('م', "m"),
    ('ن', "n"),
    ('ه', "h"),
    ('ة', "a"),
    ('و', "w"),
    ('ؤ', "u"),
    ('ي', "y"),
    ('ی', "y"),
    ('ى', "a"),
    ('ئ', "i"),
    ('ء', ""),
    ('پ', "p"),
    ('چ', "ch"),
    ('ژ', "zh"),
    ('گ', "g"),
    ('ڤ', "v"),
    ('ۀ', "e"),
];

/// What Persian reads otherwise.
const PERSIAN: &[(char, &str)] = &[('ث', "s"), ('ذ', "z"), ('ض', "z"), ('ق', "gh"), ('و', "v"), ('ه', "h")];

const HEBREW: &[(char, &str)] = &[
    ('א', "a"),
    ('ב', "b"),
    ('ג', "g"),
    ('ד', "d"),
    ('ה', "h"),
    ('ו', "w"),
    ('ז', "z"),
    ('ח', "h"),
    ('ט', "t"),
    ('י', "y"),
    ('כ', "k"),
    ('ך', "kh"),
    ('ל', "l"),
    ('מ', "m"),
    ('ם', "m"),
    ('נ', "n"),
    ('ן', "n"),
    ('ס', "s"),
    ('ע', "a"),
    ('פ', "p"),
    ('ף', "f"),
    ('צ', "ts"),
    ('ץ', "ts"),
    ('ק', "k"),
    ('ר', "r"),
    ('ש', "sh"),
    ('ת', "t"),
];

/// Letters that only Persian writes, among the two; its `ی` and `ک` are other characters than the Arabic ones.
const PERSIAN_MARKS: [char; 6] = ['پ', 'چ', 'ژ', 'گ', 'ک', 'ی'];

/// The readings of a word: with its article apart, with vowels put in, and as the letters stand.
pub(super) fn arabic(word: &str) -> Vec<String> {
    let plain_word = plain(word);
    if let Some(known) = super::known_word(&plain_word) {
        return vec![known.to_owned()];
    }
    // `the X` and `for the X` are X with an article; `and X` is not taken apart, since many names begin with that letter.
    let bare = plain_word.strip_prefix("ال").or_else(|| plain_word.strip_prefix("لل"));
    if let Some(known) = bare.and_then(super::known_word) {
        return vec![if known.starts_with("al ") { known.to_owned() } else { format!("al {known}") }];
    }
    // Persian writes compounds in one: `غلامعلی` is Gholam Ali.
    if let Some((first, second)) = two_known(&plain_word) {
        return vec![format!("{first} {second}")];
    }
    let unmarked: String = word.chars().filter(|c| !is_mark(*c)).collect();
    let (article, stem) = match unmarked.strip_prefix("ال") {
        Some(stem) if stem.chars().count() > 2 => ("al ", stem),
        _ => ("", unmarked.as_str()),
    };
    let own: &[(char, &str)] = if stem.contains(PERSIAN_MARKS) { PERSIAN } else { &[] };
    let sounds: Vec<&str> =
        stem.chars().map(|c| find(own, c).or_else(|| find(ARABIC, c)).unwrap_or("")).collect();
    let vowelled = vowels(&sounds, if own.is_empty() { "u" } else { "o" });
    let mut readings = vec![format!("{article}{vowelled}")];
    // Egypt and Iran write the final `y` without its dots.
    if stem.ends_with('ى')
        && let Some(bare) = readings.first().and_then(|reading| reading.strip_suffix('a'))
    {
        readings.push(format!("{bare}i"));
    }
    readings
}

/// The readings of the two words of the table that a word is written of, each of three letters or more, the first as long as it can be.
fn two_known(word: &str) -> Option<(&'static str, &'static str)> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(3).collect();
    let most = starts.len().saturating_sub(2);
    starts.iter().take(most).rev().find_map(|at| {
        let (first, second) = word.split_at_checked(*at)?;
        let known = |part: &str| super::known_word(part).filter(|reading| !reading.is_empty());
        Some((known(first)?, known(second)?))
    })
}

/// The reading of a Hebrew word, as a list with one element.
pub(super) fn hebrew(word: &str) -> Vec<String> {
    let plain = plain(word);
    if let Some(known) = super::known_word(&plain) {
        return vec![known.to_owned()];
    }
    let sounds: Vec<&str> = plain.chars().map(|c| find(HEBREW, c).unwrap_or("")).collect();
    vec![vowels(&sounds, "o")]
}

/// A word in the letters that Arabic and Persian share, for looking it up: `شرکت` as `شركت`, hamza and madda off the alif, the
/// feminine ending as `ه`, no vowel points. Words of other scripts stay as they are.
pub(super) fn plain(word: &str) -> String {
    let shared = |c: char| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' | 'ی' | 'ئ' => Some('ي'),
        'ک' => Some('ك'),
        'ة' | 'ۀ' => Some('ه'),
        'ؤ' => Some('و'),
        'ء' => None,
        c if is_mark(c) => None,
        c => Some(c),
    };
    word.chars().filter_map(shared).collect()
}

/// Vowel points and the stretching mark.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5c7}' | '\u{200c}')
}

fn find(table: &[(char, &'static str)], c: char) -> Option<&'static str> {
    table.iter().find(|(letter, _)| *letter == c).map(|(_, latin)| *latin)
}

fn is_vowel(sound: &str) -> bool {
    sound.starts_with(['a', 'e', 'i', 'o', 'u'])
}

/// `w` and `y` between consonants are long vowels; between two consonants at the start stands an `a`.
fn vowels(sounds: &[&str], round: &str) -> String {
    let mut out = String::new();
    for (at, &sound) in sounds.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| sounds.get(at)).copied().unwrap_or("");
        let after = sounds.get(at + 1).copied().unwrap_or("");
        let opens = at == 0 || is_vowel(before);
        match sound {
            "w" | "v" if !opens && !is_vowel(after) => out.push_str(round),
            "y" if !opens && !is_vowel(after) => out.push('i'),
            _ => {
                let is_glide = matches!(sound, "w" | "y" | "v");
                if at == 1 && !opens && !is_vowel(sound) && !is_glide && !before.is_empty() {
                    out.push('a');
                }
                out.push_str(sound);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_persian_and_hebrew_are_spelt() {
        assert_eq!(arabic("شركة"), ["sharikat"]);
        assert_eq!(arabic("النور"), ["al nur"]);
        assert_eq!(arabic("محمد"), ["muhammad"]);
        assert_eq!(arabic("شركت"), ["sherkat"]);
        assert_eq!(arabic("علیرضا"), ["alireza"]);
        assert_eq!(arabic("رضاکریم"), ["reza karim"]);
        assert_eq!(arabic("واحدى"), ["wahda", "wahdi"]);
        assert_eq!(arabic("للمقاولات"), ["contracting"]);
        assert_eq!(arabic("الشركه"), ["sharikat"]);
        assert_eq!(arabic("بانک"), ["bank"]);
        assert_eq!(arabic("پارس"), ["pars"]);
        assert_eq!(hebrew("בעמ"), ["baam"]);
        assert_eq!(hebrew("טבע"), ["taba"]);
    }
}
