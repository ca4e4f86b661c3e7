//! Names of every script in Latin letters, as lists usually spell them.
//!
//! One script may have several usual spellings (Russian `г` is `g`, Ukrainian `г` is `h`); a text then has several readings, the
//! likeliest first, and the best one counts. What no table here covers goes through `any_ascii`, one spelling for all languages.

mod caucasus;
mod cyrillic;
mod greek;
mod han;
mod hangul;
mod kana;
mod semitic;
mod skeleton;
mod thai;

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::table::rows;

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

pub use han::{HanCore, han_core};
pub use skeleton::skeleton;

const KNOWN: &str = include_str!("../tables/script_words.csv");

/// The table has no more words than this.
const ROOM: usize = 1_790;

/// The words of the table, which stand there as folding and [`semitic::plain`] leave them.
static KNOWN_WORDS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut words = FxHashMap::with_capacity_and_hasher(ROOM, FxBuildHasher);
    for (word, reading) in rows(KNOWN).filter_map(|row| row.split_once(',')) {
        words.entry(word).or_insert(reading);
    }
    words
});

/// The longest word of that table, in characters.
const LONGEST_KNOWN: usize = 14;

/// The reading of a whole word by table, Arabic letters as [`semitic::plain`] leaves them; empty for a word that only belongs to a
/// legal form.
fn known_word(word: &str) -> Option<&'static str> {
    KNOWN_WORDS.get(word).copied()
}

/// More readings than this of one text are not made.
const MOST: usize = 3;

/// The Latin readings of a folded text, the likeliest first; a text in plain Latin letters is its own and only reading.
///
/// # Examples
/// ```
/// use wharfinger::normalise::latinise::latinise;
/// assert_eq!(latinise("инеко"), ["ineko"]);
/// assert_eq!(latinise("新疆中泰化学"), ["xinjiang zhongtai chemical"]);
/// assert_eq!(latinise("müller"), ["muller", "mueller"]);
/// assert_eq!(latinise("شركة النور للتجارة"), ["sharikat al nur trading"]);
/// assert_eq!(latinise("대한무역"), ["daehan trading"]);
/// ```
pub fn latinise(folded: &str) -> Vec<String> {
    if folded.is_ascii() { vec![folded.to_owned()] } else { foreign(folded) }
}

/// The readings of a text that is not in plain Latin letters.
pub(super) fn foreign(folded: &str) -> Vec<String> {
    accented(folded).unwrap_or_else(|| of_any_script(folded))
}

/// The readings of a text whose letters are all Latin, most with their marks; `None` for any other. It is the quick way to what
/// [`of_any_script`] says.
fn accented(folded: &str) -> Option<Vec<String>> {
    let (mut plain, mut telegraphed) = (String::with_capacity(folded.len()), None::<String>);
    for (at, c) in folded.char_indices() {
        let letters = if c.is_ascii() { None } else { Some(without_mark(c)?) };
        let umlaut = match c {
            'ä' => Some("ae"),
            'ö' => Some("oe"),
            'ü' => Some("ue"),
            _ => None,
        };
        if umlaut.is_some() && telegraphed.is_none() {
            telegraphed = Some(plain.clone());
        }
        for (reading, letters) in [(Some(&mut plain), letters), (telegraphed.as_mut(), umlaut.or(letters))] {
            let Some(reading) = reading else { continue };
            match letters {
                Some(letters) => reading.push_str(letters),
                None => reading.push(c),
            }
        }
        // Words stand apart by one blank each, or there are words of nothing.
        if c == ' '
            && (at == 0 || folded.get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' ')))
        {
            return None;
        }
    }
    Some([Some(plain), telegraphed].into_iter().flatten().collect())
}

/// A small Latin letter without its mark; `None` for a letter that has none here.
fn without_mark(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ţ' | 'ť' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        c => WHOLE.iter().find(|(whole, _)| *whole == c)?.1,
    })
}

fn of_any_script(folded: &str) -> Vec<String> {
    let mut readings = vec![String::new()];
    let language = cyrillic::language(folded);
    let is_japanese = is_japanese(folded);
    for word in folded.split(' ') {
        let words =
            if is_japanese && !word.is_ascii() { unspaced(word) } else { word_readings(word, language) };
        let widest = readings.len().max(words.len()).min(MOST);
        let reading = |i: usize| {
            let before = readings.get(i).or(readings.first()).map_or("", String::as_str);
            let word = words.get(i).or(words.first()).map_or("", String::as_str);
            if before.is_empty() || word.is_empty() {
                format!("{before}{word}")
            } else {
                format!("{before} {word}")
            }
        };
        readings = (0..widest).map(reading).collect();
    }
    let mut seen: Vec<String> = Vec::new();
    for reading in readings {
        if !reading.trim().is_empty() && !seen.contains(&reading) {
            seen.push(reading);
        }
    }
    if seen.is_empty() && !folded.trim().is_empty() {
        // Nothing but words that a table leaves out, or characters that no table spells.
        let spelt = fallback(folded);
        seen.push(if spelt.is_empty() { folded.to_owned() } else { spelt });
    }
    seen
}

/// What only Japanese names have, besides kana: legal forms and the sign that repeats a character.
const JAPANESE: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "財団法人",
    "社団法人",
    "行政法人",
    "学校法人",
    "医療法人",
    "協同組合",
    "製作所",
    "々",
];

/// Whether Han characters are to be read in Japanese: the text has kana or a Japanese legal form.
fn is_japanese(text: &str) -> bool {
    // The sign of repetition is the first of all these characters.
    if text.chars().all(|c| c < '々') {
        return false;
    }
    text.chars().any(|c| matches!(c.script(), Script::Hiragana | Script::Katakana))
        || JAPANESE.iter().any(|sign| text.contains(sign))
}

fn word_readings(word: &str, language: cyrillic::Language) -> Vec<String> {
    if word.is_ascii() {
        return vec![word.to_owned()];
    }
    // Below Greek there are no letters but Latin ones.
    if word.chars().all(|c| c < '\u{2b0}' && (c.is_ascii() || c.script() == Script::Latin)) {
        return latin(word);
    }
    let has = |script: Script| word.chars().any(|c| c.script() == script);
    if has(Script::Hangul) || has(Script::Thai) || has(Script::Myanmar) {
        return unspaced(word);
    }
    if has(Script::Han) {
        return han::readings(word);
    }
    if has(Script::Cyrillic) {
        return cyrillic::readings(word, language);
    }
    if has(Script::Arabic) {
        return semitic::arabic(word);
    }
    if has(Script::Hebrew) {
        return semitic::hebrew(word);
    }
    if has(Script::Greek) {
        return greek::readings(&without_marks(word));
    }
    if has(Script::Georgian) || has(Script::Armenian) {
        return caucasus::readings(word);
    }
    if has(Script::Latin) {
        return latin(word);
    }
    vec![fallback(word)]
}

/// Japanese, Korean, Thai and Burmese: words of the table first, the longest first; what is between them by syllables.
fn unspaced(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.nfkc().collect();
    let mut parts: Vec<Vec<String>> = Vec::new();
    let mut own = String::new();
    let mut at = 0;
    while at < chars.len() {
        let known = (2..=LONGEST_KNOWN.min(chars.len() - at)).rev().find_map(|length| {
            let piece: String = chars.get(at..at + length)?.iter().collect();
            Some((length, known_word(&piece)?))
        });
        if let Some((length, reading)) = known {
            parts.extend(own_readings(&std::mem::take(&mut own)));
            parts.push(vec![reading.to_owned()]);
            at += length;
        } else {
            own.extend(chars.get(at));
            at += 1;
        }
    }
    parts.extend(own_readings(&own));
    let widest = parts.iter().map(Vec::len).max().unwrap_or(1).min(MOST);
    let reading = |i: usize| {
        let words = parts.iter().filter_map(|part| part.get(i).or(part.first()));
        words.filter(|word| !word.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    (0..widest).map(reading).collect()
}

/// The readings of characters between known words, script by script.
fn own_readings(own: &str) -> Option<Vec<String>> {
    let first = own.chars().next()?;
    if first.script() == Script::Hangul && own.chars().all(|c| c.script() == Script::Hangul) {
        return Some(hangul::readings(own));
    }
    if first.script() == Script::Thai {
        return Some(vec![thai::reading(own)]);
    }
    let is_kana = |c: char| matches!(c.script(), Script::Hiragana | Script::Katakana) || c == 'ー';
    let mut out = String::new();
    let mut run = String::new();
    for c in own.chars() {
        if is_kana(c) {
            run.push(c);
            continue;
        }
        out.push_str(&kana::reading(&std::mem::take(&mut run)));
        out.push_str(&fallback(c.encode_utf8(&mut [0; 4])));
    }
    out.push_str(&kana::reading(&run));
    Some(vec![out])
}

/// Reads a text from the left: `next` tells how many bytes the letters at its front take and how they are spelt.
fn spell(text: &str, next: impl Fn(&str) -> Option<(usize, &'static str)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match next(rest) {
            Some((length, latin)) => {
                out.push_str(latin);
                length
            }
            None if c.is_ascii() => {
                out.push(c);
                1
            }
            None => {
                out.push_str(&fallback(c.encode_utf8(&mut [0; 4])));
                c.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

fn without_marks(word: &str) -> String {
    word.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

/// Letters that decomposition leaves whole.
const WHOLE: &[(char, &str)] = &[
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ı', "i"),
    ('ə', "a"),
    ('ħ', "h"),
    ('ŋ', "ng"),
];

/// Accents off; where a word has an umlaut, also with the `e` that telegrams put for it.
fn latin(word: &str) -> Vec<String> {
    let plain = |word: &str| {
        let mut out = String::with_capacity(word.len());
        for c in word.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
            match WHOLE.iter().find(|(whole, _)| *whole == c) {
                Some((_, letters)) => out.push_str(letters),
                None if c.is_ascii() => out.push(c),
                None => out.push_str(&fallback(c.encode_utf8(&mut [0; 4]))),
            }
        }
        out
    };
    let mut readings = vec![plain(word)];
    if word.contains(['ä', 'ö', 'ü']) {
        readings.push(plain(&word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")));
    }
    readings
}

/// The spelling of last resort.
fn fallback(word: &str) -> String {
    let spelt = any_ascii::any_ascii(word).to_ascii_lowercase();
    spelt.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_has_a_reading() {
        for (text, reading) in [
            ("шахид тондгуян", "shakhid tondguyan"),
            ("торгівля", "torhivlya"),
            ("ναυτιλιακή εταιρεία", "navtiliaki etaireia"),
            ("بانک صادرات ایران", "bank saderat iran"),
            ("株式会社アルファ", "kabushiki kaisha alpha"),
            ("アルファ テクノロジー", "alpha technology"),
            ("삼성전자 주식회사", "samsung electronics jusik hoesa"),
            ("łódź", "lodz"),
            ("細谷火工株式会社", "hosoya pyro engineering kabushiki kaisha"),
            ("東芝テック株式会社", "toshiba tech kabushiki kaisha"),
            ("บริษัท สยาม เคเบิล จำกัด", "borisat siam cable chamkat"),
            ("شركة الأمان للحماية", "sharikat al aman protection"),
        ] {
            assert_eq!(latinise(text).first().map(String::as_str), Some(reading), "{text}");
        }
    }

    #[test]
    fn the_table_reads_whole() {
        for line in KNOWN.lines().filter(|line| !line.starts_with('#')) {
            let (word, reading) = line.split_once(',').unwrap();
            assert!(word.chars().count() <= LONGEST_KNOWN, "{line}");
            assert!(reading.is_ascii(), "{line}");
            let folded: String = word.nfkc().collect();
            assert_eq!(word, semitic::plain(&folded), "{line}: this is how a word is looked up");
        }
        assert!(KNOWN_WORDS.len() <= ROOM);
    }

    #[test]
    fn each_accent_comes_off_as_from_any_other_text() {
        let accented_letters = ('\u{80}'..='\u{24f}').filter(|c| without_mark(*c).is_some());
        assert!(accented_letters.clone().count() > 80);
        for c in accented_letters {
            let text = format!("a{c}b {c}");
            assert_eq!(accented(&text), Some(of_any_script(&text)), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn latin_letters_are_read_as_any_others(text in "[a-c  äöüéøæıß]{0,16}") {
            if let Some(readings) = accented(&text) && !text.is_empty() {
                proptest::prop_assert_eq!(readings, of_any_script(&text));
            }
        }

        #[test]
        fn a_text_with_words_has_readings(text in ".{0,30}") {
            let folded = super::super::fold::fold(&text);
            let readings = latinise(&folded);
            proptest::prop_assert!(readings.len() <= MOST);
            proptest::prop_assert_eq!(readings.iter().all(|reading| reading.trim().is_empty()), folded.trim().is_empty());
        }
    }
}
