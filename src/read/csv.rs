//! Delimited text: the delimiter, and records with their numbers and lines.

use std::io::{self, Read};

use super::{Cells, Position, Records};

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
    /// Whether lines end in carriage return and line feed.
    pub crlf: bool,
}

/// Guesses the dialect from the first part of a file.
///
/// A line `sep=;`, which Excel understands, decides. Otherwise the delimiter wins that cuts most records
/// into the same number of cells, more than one; the comma where none does. Quotes that swallow whole pages (one that
/// is opened and never closed) are taken as ordinary characters.
pub fn guess_dialect(sample: &[u8], given: Option<u8>) -> Dialect {
    let delimiter = given.or_else(|| separator_line(sample)).unwrap_or_else(|| guess_delimiter(sample));
    let crlf = memchr::memchr(b'\n', sample).is_some_and(|at| at > 0 && sample.get(at - 1) == Some(&b'\r'));
    Dialect { delimiter, quoting: !quotes_run_away(sample, delimiter), crlf }
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
    let mut reader = reader_of(sample, Dialect { delimiter, quoting: true, crlf: false });
    let mut cells = Cells::new();
    let mut read = 0;
    while read < DELIMITER_SAMPLE && reader.read_byte_record(&mut cells).unwrap_or(false) {
        *widths.entry(cells.len()).or_default() += 1;
        read += 1;
    }
    widths
        .iter()
        .filter(|(width, _)| **width > 1)
        .map(|(width, count)| count * 16 + count * (*width).min(8))
        .max()
        .unwrap_or(0)
}

/// Whether some record within the sample runs over more lines than any cell of an export does, while the
/// lines look whole by themselves.
fn quotes_run_away(sample: &[u8], delimiter: u8) -> bool {
    /// No cell seen in a published export has as many lines (a tender notice has up to some 120).
    const LINES: usize = 400;
    let mut reader = reader_of(sample, Dialect { delimiter, quoting: true, crlf: false });
    let mut cells = Cells::new();
    let mut longest = 0;
    while reader.read_byte_record(&mut cells).unwrap_or(false) {
        for cell in &cells {
            longest = longest.max(memchr::memchr_iter(b'\n', cell).count());
        }
    }
    longest > LINES
}

fn reader_of<R: Read>(source: R, dialect: Dialect) -> ::csv::Reader<R> {
    ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter)
        .quoting(dialect.quoting)
        .buffer_capacity(1 << 18)
        .from_reader(source)
}

/// No record of a spend file is larger: what is, is no table, or is there to fill the memory.
const RECORD_LIMIT: u64 = 32 << 20;

/// A reader that fails where one record takes more than its share.
struct Bounded<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(out)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(format!("a record has more than {} MB, so it is no table", RECORD_LIMIT >> 20))
        })?;
        Ok(read)
    }
}

/// Records of delimited text, as bytes in the encoding of the source.
///
/// Empty lines are skipped but counted: they are records without cells.
pub struct Text<R> {
    reader: ::csv::Reader<Bounded<R>>,
    records: u64,
    crlf: bool,
}

impl<R: Read> Text<R> {
    /// Starts at the first byte; a byte-order mark must be gone.
    pub fn new(source: R, dialect: Dialect) -> Self {
        let source = Bounded { source, left: RECORD_LIMIT };
        Self { reader: reader_of(source, dialect), records: 0, crlf: dialect.crlf }
    }
}

impl<R: Read> Records for Text<R> {
    fn next(&mut self, cells: &mut Cells) -> io::Result<Option<Position>> {
        let before = self.reader.position().line();
        self.reader.get_mut().left = RECORD_LIMIT;
        let more = self.reader.read_byte_record(cells).map_err(io::Error::other)?;
        let mut lines = self.reader.position().line() - before;
        let mut start = before;
        // A record ends with its carriage return: the line feed after it is counted with the next record.
        let pending = u64::from(self.crlf && self.records > 0).min(lines);
        lines -= pending;
        start += pending;
        if !more {
            self.records += lines;
            return Ok(None);
        }
        let own = u64::from(!self.crlf);
        let mut skipped = 0;
        if lines > own {
            // Lines that are not inside a cell are empty ones before the record.
            let inside = memchr::memchr_iter(b'\n', cells.as_slice()).count() as u64;
            skipped = lines.saturating_sub(inside + own);
        }
        self.records += skipped + 1;
        Ok(Some(Position { record: self.records, line: Some(start + skipped) }))
    }

    fn records(&self) -> u64 {
        self.records
    }

    fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<(u64, u64, String)> {
        let mut text = Text::new(text.as_bytes(), guess_dialect(text.as_bytes(), None));
        let mut cells = Cells::new();
        let mut out = Vec::new();
        while let Some(at) = text.next(&mut cells).unwrap() {
            out.push((at.record, at.line.unwrap(), String::from_utf8_lossy(&cells[0]).into_owned()));
        }
        out.push((text.records(), 0, String::new()));
        out
    }

    #[test]
    fn empty_lines_are_records_and_lines_inside_cells_are_not() {
        let seen = places("a,b\n\n\n\"c\nd\",e\nf,g\n\n");
        let expected = [(1, 1, "a"), (4, 4, "c\nd"), (5, 6, "f"), (6, 0, "")];
        assert_eq!(seen, expected.map(|(r, l, t)| (r, l, t.to_owned())));
        let crlf = places("\r\na,b\r\n\r\n\r\n\"c\r\nd\",e\r\nf,g\r\n\r\n");
        let expected = [(2, 2, "a"), (5, 5, "c\r\nd"), (6, 7, "f"), (7, 0, "")];
        assert_eq!(crlf, expected.map(|(r, l, t)| (r, l, t.to_owned())));
        assert_eq!(places("a,b\r\nc,d")[1..], [(2, 2, "c".to_owned()), (2, 0, String::new())]);
    }

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
