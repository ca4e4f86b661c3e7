//! Words that many names share: trades, places, numbers, small words, and what each means across languages.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::table::{at_mark, cells, rows};

pub(super) use super::people::family_name;
pub use super::people::{given_name, is_particle, is_patronymic, is_title, patronymic};

const TABLE: &str = include_str!("tables/words.csv");

/// What sort of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WordClass {
    /// A word of trade or organisation: common, whatever its spelling.
    Generic,
    /// A country, town, people or point of the compass.
    Place,
    /// A number or ordinal.
    Number,
    /// An article, preposition or conjunction.
    Small,
    /// Any other word, one of the table that has equals in other languages (`molniya`, `lightning`) among them.
    Ordinary,
}

impl WordClass {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "generic" => Self::Generic,
            "place" => Self::Place,
            "number" => Self::Number,
            "small" => Self::Small,
            "own" => Self::Ordinary,
            _ => return None,
        })
    }
}

/// A known word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What it stands for, in English.
    pub concept: &'static str,
    /// What sort of word it is.
    pub class: WordClass,
}

struct Table {
    words: FxHashMap<&'static str, Word>,
    /// Adjectives without their endings: `torgov` for `torgovyy`, `torgovaya`, `torgovogo`.
    stems: FxHashMap<&'static str, Word>,
    /// By first word, the most words that a run has: no other word begins one.
    reaches: FxHashMap<&'static str, usize>,
}

/// The table has no more words and runs than this, nor so many stems and first words of runs: with room for them at once, no map is
/// moved while it grows.
const ROOM: (usize, usize) = (14_300, 1_790);

static WORDS: LazyLock<Table> = LazyLock::new(|| {
    let (words, few) = ROOM;
    let mut table = Table {
        words: FxHashMap::with_capacity_and_hasher(words, FxBuildHasher),
        stems: FxHashMap::with_capacity_and_hasher(few, FxBuildHasher),
        reaches: FxHashMap::with_capacity_and_hasher(few, FxBuildHasher),
    };
    for row in rows(TABLE) {
        let Some((class, rest)) = at_mark(row, b',') else { continue };
        let (Some(class), Some((concept, spellings))) = (WordClass::parse(class), at_mark(rest, b',')) else {
            continue;
        };
        let word = Word { concept, class };
        for spelling in [concept].into_iter().chain(cells(spellings, b';').filter(|cell| !cell.is_empty())) {
            if let Some(stem) = spelling.strip_suffix('~') {
                table.stems.entry(stem).or_insert(word);
                continue;
            }
            table.words.entry(spelling).or_insert(word);
            if let Some((head, rest)) = at_mark(spelling, b' ') {
                let reach = table.reaches.entry(head).or_default();
                *reach = rest.split(' ').count().saturating_add(1).max(*reach);
            }
        }
    }
    table
});

/// Endings of adjectives in Russian and Ukrainian, as the usual systems spell them, by their last letter, longest first.
const fn endings(last: u8) -> &'static [&'static str] {
    match last {
        b'o' => &["ogo", "oho", "o"],
        b'u' => &["omu", "uyu", "oyu", "u"],
        b'e' => &["oye", "oje", "oie", "yye", "yie", "iye", "iie", "oe", "ae", "ye", "ie", "e"],
        b'a' => &["aya", "aja", "aia", "yja", "a"],
        b'h' => &["ykh", "ikh"],
        b'i' => &["ymi", "imi", "yi", "ii", "oi", "i"],
        b'y' => &["yy", "iy", "oy", "y"],
        b'j' => &["ij", "yj", "oj"],
        b'm' => &["im", "ym"],
        _ => &[],
    }
}

/// Looks one word up.
///
/// # Examples
/// ```
/// use wharfinger::normalise::words::lookup;
/// assert_eq!(lookup("zavod").map(|word| word.concept), Some("plant"));
/// assert_eq!(lookup("hetian").map(|word| word.concept), Some("hotan"));
/// assert_eq!(lookup("hoshine"), None);
/// ```
pub fn lookup(token: &str) -> Option<Word> {
    let words = &WORDS.words;
    words.get(token).copied().or_else(|| ordinal(token)).or_else(|| inflected(token))
}

/// Shorter words are not read as plurals or adjectives: `gas` is no plural.
const SHORTEST_INFLECTED: usize = 5;

/// An English plural of a word of the table, or a Slavic adjective with one of its endings.
fn inflected(token: &str) -> Option<Word> {
    if token.len() < SHORTEST_INFLECTED {
        return None;
    }
    let singular = || {
        let stem = token.strip_suffix('s')?;
        let in_y = || WORDS.words.get(format!("{}y", stem.strip_suffix("ie")?).as_str());
        let found = WORDS.words.get(stem).or_else(|| WORDS.words.get(stem.strip_suffix('e')?)).or_else(in_y);
        found.copied().filter(|word| word.class == WordClass::Generic)
    };
    let adjective = || {
        let last = token.as_bytes().last().copied().unwrap_or_default();
        let mut stems = endings(last).iter().filter_map(|ending| token.strip_suffix(ending));
        stems.find_map(|stem| WORDS.stems.get(stem)).copied()
    };
    singular().or_else(adjective)
}

/// The longest run of words at the front that the table knows, and how many words it has.
pub fn longest(tokens: &[&str]) -> Option<(usize, Word)> {
    let first = tokens.first()?;
    let run = longest_run(tokens.get(..reach(first)).unwrap_or(tokens));
    run.map(|(length, _, word)| (length, word)).or_else(|| Some((1, lookup(first)?)))
}

/// The most words that a run of the table beginning with this word has; 0 where none does.
pub(super) fn reach(first: &str) -> usize {
    WORDS.reaches.get(first).copied().unwrap_or(0)
}

/// The longest run at the front that has two words at least: how many it has, and they with one blank between them.
pub(super) fn longest_run(tokens: &[&str]) -> Option<(usize, String, Word)> {
    let mut joined = tokens.join(" ");
    let mut end = joined.len();
    for (before, last) in tokens.iter().enumerate().skip(1).rev() {
        if let Some(word) = WORDS.words.get(joined.get(..end)?).copied() {
            joined.truncate(end);
            return Some((before + 1, joined, word));
        }
        end = end.saturating_sub(last.len() + 1);
    }
    None
}

/// `140th` is a number; which one is told by its digits (see `Token::meaning`).
fn ordinal(token: &str) -> Option<Word> {
    let digits =
        token.strip_suffix("th").or_else(|| token.strip_suffix("st")).or_else(|| token.strip_suffix("nd"))?;
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        .then_some(Word { concept: "", class: WordClass::Number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_wins() {
        let run = |text: &str| longest(&text.split(' ').collect::<Vec<_>>());
        assert_eq!(
            run("nauchno issledovatelskiy institut x").map(|(n, w)| (n, w.concept)),
            Some((3, "research institute"))
        );
        assert_eq!(run("institut x").map(|(n, w)| (n, w.concept)), Some((1, "institute")));
        assert_eq!(run("hoshine x"), None);
        assert_eq!(lookup("140th").map(|word| word.class), Some(WordClass::Number));
    }

    #[test]
    fn words_mean_the_same_in_many_languages() {
        for (left, right) in [
            ("zavod", "works"),
            ("zavod", "factory"),
            ("mashinostroitelnyy", "mashinostroitelnoye"),
            ("mashinostroitelnyi", "mashinostroitelny"),
            ("torgovaya", "torgovyy"),
            ("technologies", "tekhnologii"),
            ("intl", "mezhdunarodnyy"),
            ("grp", "jituan"),
            ("srvces", "services"),
            ("tenth", "10th"),
            ("hetian", "hotan"),
            ("chemicals", "khimicheskaya"),
            ("podshipnikovyy", "zhoucheng"),
            ("obedinenie", "association"),
            ("lotteries", "lottery"),
            ("moneychanger", "exchange"),
            ("molniya", "lightning"),
        ] {
            let concept =
                |text| lookup(text).map(|word| if word.concept.is_empty() { "10" } else { word.concept });
            assert_eq!(concept(left), concept(right), "{left} {right}");
            assert!(concept(left).is_some(), "{left}");
        }
        for name in ["hoshine", "boris", "gas", "paris", "molot"] {
            let word = lookup(name);
            assert!(word.is_none_or(|word| word.class != WordClass::Small), "{name} {word:?}");
        }
    }

    #[test]
    fn the_maps_have_room_for_the_table() {
        let (words, few) = ROOM;
        assert!(WORDS.words.len() <= words && WORDS.stems.len().max(WORDS.reaches.len()) <= few);
    }

    #[test]
    fn the_table_reads_whole() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(WordClass::parse(cells[0]).is_some(), "{line}");
            for spelling in cells[2].split(';').filter(|spelling| !spelling.is_empty()) {
                let plain = spelling.trim_end_matches('~');
                assert_eq!(super::super::fold::fold(plain), plain, "{line}");
            }
        }
    }
}
