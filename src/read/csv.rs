//! Delimited text: the delimiter, and whether quotation marks are to be believed.

use super::Record;
use super::split::Splitter;

/// The delimiters that exports use, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records decide the delimiter.
const DELIMITER_SAMPLE: usize = 200;

/// How text is cut into records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between cells.
    pub delimiter: u8,
    /// Whether `"` holds a cell together.
    pub quoting: bool,
}

/// Guesses the dialect from the first part of a file.
///
/// A line `sep=;`, which Excel understands, decides. Otherwise the delimiter wins that cuts most records
/// into the same number of cells, more than one; the comma where none does. Quotes that swallow whole pages (one that
/// is opened and never closed) are taken as ordinary characters.
pub fn guess_dialect(sample: &[u8], given: Option<u8>) -> Dialect {
    let delimiter = given.or_else(|| separator_line(sample)).unwrap_or_else(|| guess_delimiter(sample));
    Dialect { delimiter, quoting: !quotes_run_away(sample, delimiter) }
}

fn separator_line(sample: &[u8]) -> Option<u8> {
    let rest = sample.strip_prefix(b"sep=")?;
    let delimiter = *rest.first()?;
    matches!(rest.get(1), Some(b'\r' | b'\n')).then_some(delimiter)
}

fn guess_delimiter(sample: &[u8]) -> u8 {
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let score = agreement(sample, delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// How many records of the sample have the commonest number of cells, weighed a little by that number; 0 if it is one.
fn agreement(sample: &[u8], delimiter: u8) -> usize {
    let mut widths = std::collections::BTreeMap::<usize, usize>::new();
    let mut splitter = Splitter::new(sample, Dialect { delimiter, quoting: true });
    for _ in 0..DELIMITER_SAMPLE {
        if splitter.advance().is_none() {
            break;
        }
        *widths.entry(splitter.row().width()).or_default() += 1;
    }
    widths
        .iter()
        .filter(|(width, _)| **width > 1)
        .map(|(width, count)| count * 16 + count * (*width).min(8))
        .max()
        .unwrap_or(0)
}

/// Whether some cell within the sample runs over more lines than any cell of an export does, while the
/// lines look whole by themselves.
fn quotes_run_away(sample: &[u8], delimiter: u8) -> bool {
    /// No cell seen in a published export has as many lines (a tender notice has up to some 120).
    const LINES: u32 = 400;
    let mut splitter = Splitter::new(sample, Dialect { delimiter, quoting: true });
    let mut before = 0;
    while splitter.advance().is_some() {
        let lines = splitter.lines() - std::mem::replace(&mut before, splitter.lines());
        let in_cell = |cell| memchr::memchr_iter(b'\n', cell).count() > LINES as usize;
        if lines > LINES && splitter.row().cells().any(in_cell) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_that_cuts_evenly_wins() {
        let cases = [
            ("a,b,c\n1,2,3\n", b','),
            ("Name;Value\nSmith, Jones & Co;1,5\nB, C;2,5\n", b';'),
            ("a\tb\nc, d\te\n", b'\t'),
            ("a|b\nc|d\n", b'|'),
            ("sep=;\na,b\n", b';'),
            ("just one column\nof text\n", b','),
        ];
        for (text, delimiter) in cases {
            assert_eq!(guess_dialect(text.as_bytes(), None).delimiter, delimiter, "{text}");
        }
    }
}
