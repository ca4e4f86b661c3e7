//! How common a word is among company names.
//!
//! The table is made by `scripts/frequency.py` from open registers: words and counts, sorted. It is compiled in and
//! searched where it stands, so that it costs next to nothing at start. It is the same for every run: the weight of a word never
//! depends on the lists that happen to be loaded, so that a score means the same everywhere.

use std::cmp::Ordering;
use std::sync::LazyLock;

use memchr::{memchr, memchr_iter};

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
    let word = word.as_bytes();
    // A run of words is none of the table's.
    if word.is_empty() || memchr(b' ', word).is_some() {
        return None;
    }
    let (mut low, mut high) = LINES.alike(word)?;
    while low < high {
        let middle = usize::midpoint(low, high);
        let from = *LINES.starts.get(middle)? as usize;
        let line = TABLE.as_bytes().get(from..)?;
        // The blank behind a word sorts before all letters, so what is compared need not end where the word of the table does.
        let (here, behind) = line.split_at_checked(word.len()).unwrap_or((line, &[]));
        match here.cmp(word) {
            Ordering::Equal if behind.first() == Some(&b' ') => {
                return TABLE.get(from..)?.lines().next()?.rsplit(' ').next()?.parse().ok();
            }
            Ordering::Less => low = middle + 1,
            Ordering::Equal | Ordering::Greater => high = middle,
        }
    }
    None
}

/// Where the words of the table stand.
struct Lines {
    /// Where each line begins, but for comments.
    starts: Vec<u32>,
    /// By the [`place`] of a word, the first line at or behind it; one more for the end.
    firsts: Vec<u32>,
}

static LINES: LazyLock<Lines> = LazyLock::new(|| {
    let mut lines = Lines { starts: Vec::with_capacity(1 << 14), firsts: vec![0; PLACES + 1] };
    let mut from = 0;
    let mut places = lines.firsts.iter_mut();
    let mut next = 0;
    for end in memchr_iter(b'\n', TABLE.as_bytes()) {
        let word = TABLE.as_bytes().get(from..end).unwrap_or_default();
        if !word.starts_with(b"#") {
            let line = u32::try_from(lines.starts.len()).unwrap_or(u32::MAX);
            // The words are sorted, and so are their places.
            let place = place(word);
            let so_far = (place + 1_usize).saturating_sub(next);
            places.by_ref().take(so_far).for_each(|first| *first = line);
            next += so_far;
            lines.starts.push(u32::try_from(from).unwrap_or(u32::MAX));
        }
        from = end + 1;
    }
    let end = u32::try_from(lines.starts.len()).unwrap_or(u32::MAX);
    places.for_each(|first| *first = end);
    lines
});

impl Lines {
    /// The first of the lines that have the two first characters of a word, and the first one behind them.
    fn alike(&self, word: &[u8]) -> Option<(usize, usize)> {
        let place = place(word);
        Some((*self.firsts.get(place)? as usize, *self.firsts.get(place + 1)? as usize))
    }
}

/// So many characters are told apart, those from the blank on.
const CHARACTERS: usize = 96;
const PLACES: usize = CHARACTERS * CHARACTERS;

/// Where a word stands among others by its first two characters alone.
fn place(word: &[u8]) -> usize {
    // Behind a word of the table is a blank; what is not ASCII comes last in the order of the alphabet too.
    let at =
        |at| word.get(at).map_or(0, |byte: &u8| usize::from(byte.saturating_sub(b' ')).min(CHARACTERS - 1));
    at(0) * CHARACTERS + at(1)
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
