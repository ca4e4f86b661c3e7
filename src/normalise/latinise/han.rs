//! Chinese names: read word by word in Latin letters, and kept as characters for comparison with other Chinese names.
//!
//! Business words and places are translated as official English names do it; what is left is the name proper, in pinyin without
//! tones (GB/T 16159: the syllables of one name are one word).

use std::sync::LazyLock;

use pinyin::ToPinyin;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use crate::normalise::table::{cells, rows};

const WORDS: &str = include_str!("../tables/han_words.txt");
const SIMPLIFIED: &str = include_str!("../tables/han_simplified.txt");

/// What a word of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Form,
    Place,
    Trade,
}

/// The table has no more words than this.
const ROOM: usize = 1_790;

static TABLE: LazyLock<FxHashMap<&'static str, (&'static str, Sort)>> = LazyLock::new(|| {
    let read = rows(WORDS).filter_map(|row| {
        let mut parts = cells(row, b' ');
        let (word, reading) = (parts.next()?, parts.next()?);
        let sort = match parts.next()? {
            "f" => Sort::Form,
            "p" => Sort::Place,
            _ => Sort::Trade,
        };
        Some((word, (reading, sort)))
    });
    let mut table = FxHashMap::with_capacity_and_hasher(ROOM, FxBuildHasher);
    table.extend(read);
    table
});

static SIMPLER: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let chars: Vec<char> = SIMPLIFIED.chars().filter(|c| !c.is_whitespace()).collect();
    chars.as_chunks::<2>().0.iter().map(|[traditional, simplified]| (*traditional, *simplified)).collect()
});

/// The longest word of the table, in characters.
const LONGEST: usize = 11;

/// A piece of a Chinese name.
enum Piece {
    Known {
        text: String,
        reading: &'static str,
        sort: Sort,
    },
    /// Characters that no word of the table covers: the name proper.
    Own(String),
}

fn simplify(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| SIMPLER.get(&c).copied().unwrap_or(c)).collect()
}

fn pieces(text: &str) -> Vec<Piece> {
    let chars = simplify(text);
    let mut pieces = Vec::new();
    let mut own = String::new();
    let mut at = 0;
    while at < chars.len() {
        let longest = (1..=LONGEST.min(chars.len() - at)).rev().find_map(|length| {
            let word: String = chars.get(at..at + length)?.iter().collect();
            TABLE.get(word.as_str()).map(|(reading, sort)| (length, word, *reading, *sort))
        });
        // A single character is read as a word of trade only where the name proper has begun: `厂` ends names, `铜` may begin one.
        match longest {
            Some((length, text, reading, sort)) if length > 1 || !own.is_empty() || !pieces.is_empty() => {
                if !own.is_empty() {
                    pieces.push(Piece::Own(std::mem::take(&mut own)));
                }
                pieces.push(Piece::Known { text, reading, sort });
                at += length;
                // `省`, `市`, `县`, `区` behind a place say only what sort of place it is.
                if sort == Sort::Place
                    && chars.get(at).is_some_and(|c| "省市县区州".contains(*c))
                    && at + 1 < chars.len()
                {
                    at += 1;
                }
            }
            _ => {
                own.extend(chars.get(at));
                at += 1;
            }
        }
    }
    if !own.is_empty() {
        pieces.push(Piece::Own(own));
    }
    pieces
}

/// The Latin reading of a Chinese text, as a list with one element; legal forms are left out.
pub(super) fn readings(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Known { sort: Sort::Form, reading: "-", .. } => {}
            Piece::Known { reading, .. } => words.extend(reading.split('+').map(str::to_owned)),
            Piece::Own(own) => words.push(pinyin(&own)),
        }
    }
    words.retain(|word| !word.is_empty());
    if words.is_empty() { vec![pinyin(text)] } else { vec![words.join(" ")] }
}

/// Characters with several readings, with the one that company names use.
const IN_NAMES: &[(char, &str)] = &[
    ('长', "chang"),
    ('厦', "xia"),
    ('行', "hang"),
    ('乐', "le"),
    ('朝', "chao"),
    ('都', "du"),
    ('朴', "piao"),
    ('盛', "sheng"),
];

fn pinyin(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if let Some((_, reading)) = IN_NAMES.iter().find(|(character, _)| *character == c) {
            out.push_str(reading);
            continue;
        }
        match c.to_pinyin() {
            Some(syllable) => out.push_str(&syllable.plain().replace('ü', "u")),
            None if c.is_ascii_alphanumeric() => out.push(c),
            None => out.push_str(&super::fallback(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

/// A Chinese name as characters: pinyin makes two companies of `拓搏` and `拓博` one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HanCore {
    /// The name proper and its words of trade, simplified, without legal form, place and `集团`.
    pub core: String,
    /// The name proper alone.
    pub own: String,
    /// Its places.
    pub places: Vec<String>,
    /// All of it, simplified, without the legal form.
    pub whole: String,
}

/// Takes a Chinese name apart; `None` for a text without Han characters.
pub fn han_core(text: &str) -> Option<HanCore> {
    use unicode_script::{Script, UnicodeScript};
    let is = |c: char, script: Script| c.script() == script;
    // Before the radicals there is no character of Han.
    if text.is_ascii()
        || text.chars().all(|c| c < '\u{2e80}')
        || !text.chars().any(|c| is(c, Script::Han))
        || text.chars().any(|c| is(c, Script::Hiragana) || is(c, Script::Katakana))
    {
        return None;
    }
    let mut found =
        HanCore { core: String::new(), own: String::new(), places: Vec::new(), whole: String::new() };
    for piece in pieces(text) {
        match piece {
            Piece::Known { sort: Sort::Form, .. } => {}
            Piece::Known { text, sort: Sort::Place, .. } => {
                found.whole.push_str(&text);
                found.places.push(text);
            }
            Piece::Known { text, .. } => {
                found.whole.push_str(&text);
                if text != "集团" {
                    found.core.push_str(&text);
                }
            }
            Piece::Own(own) => {
                found.whole.push_str(&own);
                found.core.push_str(&own);
                found.own.push_str(&own);
            }
        }
    }
    if found.core.is_empty() {
        found.core.clone_from(&found.whole);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_has_room_for_the_table() {
        assert!(TABLE.len() <= ROOM && TABLE.len() * 2 > ROOM, "{}", TABLE.len());
    }

    #[test]
    fn words_are_translated_and_names_spelt() {
        for (text, reading) in [
            ("新疆中泰化学股份有限公司", "xinjiang zhongtai chemical"),
            ("新疆中泰(集团)有限责任公司", "xinjiang zhongtai group"),
            ("新疆中泰集團有限公司", "xinjiang zhongtai group"),
            ("重庆长安汽车", "chongqing changan automobile"),
            ("昌吉回族自治州准东煤化工有限公司", "changji zhundong coal chemical"),
            ("宁波市鄞州永固紧固件有限公司", "ningbo yinzhou yonggu fastener"),
            ("和田浩林发饰品有限公司", "hotan haolin hair accessories"),
        ] {
            assert_eq!(readings(text), [reading], "{text}");
        }
    }

    #[test]
    fn the_core_is_what_tells_two_companies_apart() {
        let core = |text| han_core(text).unwrap().core;
        assert_eq!(core("深圳市拓搏实业有限公司"), "拓搏实业");
        assert_ne!(core("深圳市拓搏实业"), core("深圳市拓博实业"));
        assert_eq!(han_core("Ltd"), None);
    }
}
