//! Words that many names share: trades, places, numbers, small words, and what each means across languages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const TABLE: &str = include_str!("tables/words.txt");

/// What sort of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordClass {
    /// A word of trade or organisation: common, whatever its spelling.
    Generic,
    /// A country, town, people or point of the compass.
    Place,
    /// A number or ordinal.
    Number,
    /// An article, preposition or conjunction.
    Small,
    /// Any other word.
    Ordinary,
}

/// A known word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What it stands for, in English.
    pub concept: &'static str,
    /// What sort of word it is.
    pub class: WordClass,
}

static WORDS: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let Some((head, spellings)) = line.split_once(':') else { continue };
        let Some((class, concept)) = head.split_once(' ') else { continue };
        let class = match class {
            "g" => WordClass::Generic,
            "p" => WordClass::Place,
            "n" => WordClass::Number,
            _ => WordClass::Small,
        };
        let word = Word { concept, class };
        words.entry(concept).or_insert(word);
        for spelling in spellings.split(',').map(str::trim).filter(|spelling| !spelling.is_empty()) {
            words.entry(spelling).or_insert(word);
        }
    }
    words
});

/// The longest run of words in the table.
const LONGEST: usize = 5;

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
    WORDS.get(token).copied().or_else(|| ordinal(token))
}

/// The longest run of words at the front that the table knows, and how many words it has.
pub fn longest(tokens: &[&str]) -> Option<(usize, Word)> {
    (2..=LONGEST.min(tokens.len()))
        .rev()
        .find_map(|length| Some((length, *WORDS.get(tokens.get(..length)?.join(" ").as_str())?)))
        .or_else(|| Some((1, lookup(tokens.first()?)?)))
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
    fn the_table_reads_whole() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert!(
                line.starts_with("g ")
                    || line.starts_with("p ")
                    || line.starts_with("n ")
                    || line.starts_with("s "),
                "{line}"
            );
            assert!(line.contains(':'), "{line}");
        }
    }
}
