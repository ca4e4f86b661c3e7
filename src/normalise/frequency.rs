//! How common a word is among company names.
//!
//! The table is made by `scripts/frequency.py` from open registers: words and counts, sorted. It is compiled in and
//! searched where it stands, so that it costs nothing at start. It is the same for every run: the weight of a word never
//! depends on the lists that happen to be loaded, so that a score means the same everywhere.

use std::cmp::Ordering;

use memchr::memchr;

const TABLE: &str = include_str!("tables/frequency.txt");

/// Names that the table was counted over; its first line says so.
const NAMES: f64 = 130_757.0;

/// The surprise of a word in nats: `ln(N / n)`, where `n` of `N` register names hold it; a word that the table does not
/// hold counts as one seen once.
///
/// Source: inverse document frequency, Spärck Jones 1972, doi:10.1108/eb026526.
///
/// # Examples
/// ```
/// use wharfinger::normalise::frequency::surprise;
/// assert!(surprise("limited") < 2.0);
/// assert!(surprise("hoshine") > 11.0);
/// ```
pub fn surprise(word: &str) -> f64 {
    (NAMES / f64::from(count(word).unwrap_or(1))).ln()
}

/// In how many register names a word stands; `None` where in fewer than three.
fn count(word: &str) -> Option<u32> {
    let (table, word) = (TABLE.as_bytes(), word.as_bytes());
    // A run of words is none of the table's.
    if word.is_empty() || memchr(b' ', word).is_some() {
        return None;
    }
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = line_start(usize::midpoint(low, high), low);
        let line = table.get(middle..)?;
        // The blank behind a word sorts before all letters, so what is compared need not end where the word of the table does.
        let (here, behind) = line.split_at_checked(word.len()).unwrap_or((line, &[]));
        // Comment lines sort before all words, since `#` does.
        match here.cmp(word) {
            Ordering::Equal if behind.first() == Some(&b' ') => {
                return TABLE.get(middle..)?.lines().next()?.rsplit(' ').next()?.parse().ok();
            }
            Ordering::Less => low = middle + memchr(b'\n', line)? + 1,
            Ordering::Equal | Ordering::Greater => high = middle,
        }
    }
    None
}

/// Where the line that holds a byte begins, at or after `low`.
fn line_start(at: usize, low: usize) -> usize {
    let before = TABLE.as_bytes().get(low..at).unwrap_or_default();
    before.iter().rposition(|byte| *byte == b'\n').map_or(low, |newline| low + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_where_it_stands() {
        let mut lines = 0;
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (word, counted) = line.split_once(' ').unwrap();
            assert_eq!(count(word), counted.parse().ok(), "{word}");
            lines += 1;
        }
        assert!(lines > 10_000);
        for word in ["", "zzzzzz", "hoshine", "#", "and of", "the 1", "\u{1}", "é"] {
            assert_eq!(count(word), None, "{word}");
        }
    }

    #[test]
    fn the_first_line_says_how_many_names() {
        let first = TABLE.lines().next().unwrap();
        assert_eq!(first, format!("# names: {NAMES}"));
    }
}
