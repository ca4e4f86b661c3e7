//! Names of every script in Latin letters, as lists usually spell them.
//!
//! One script may have several usual spellings (Russian `г` is `g`, Ukrainian `г` is `h`); a text then has several readings, the
//! likeliest first, and the best one counts. What no table here covers goes through `any_ascii`, one spelling for all languages.

mod cyrillic;
mod han;
mod skeleton;

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

pub use han::{HanCore, han_core};
pub use skeleton::skeleton;

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
/// ```
pub fn latinise(folded: &str) -> Vec<String> {
    if folded.is_ascii() {
        return vec![folded.to_owned()];
    }
    let mut readings = vec![String::new()];
    for word in folded.split(' ') {
        let words = word_readings(word);
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
    seen
}

fn word_readings(word: &str) -> Vec<String> {
    if word.is_ascii() {
        return vec![word.to_owned()];
    }
    let has = |script: Script| word.chars().any(|c| c.script() == script);
    if has(Script::Han) && !has(Script::Hiragana) && !has(Script::Katakana) {
        return han::readings(word);
    }
    if has(Script::Cyrillic) {
        return cyrillic::readings(word);
    }
    if has(Script::Latin) {
        return latin(word);
    }
    vec![fallback(word)]
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
