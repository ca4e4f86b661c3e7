//! A block of delimited text is cut into records and cells without copying.
//!
//! The rules are those of the `csv` crate, which the tests compare with: a quotation mark opens a quoted cell only as its
//! first byte, a doubled one inside stands for itself, and what follows the closing one belongs to the cell. A carriage
//! return, a line feed or both end a record.

use wide::u8x16;

use super::Record;
use super::csv::Dialect;

/// Where a cell stands: in the block, or in the scratch memory where it had to be put together.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
    joined: bool,
}

/// Where cells end in a stretch of 64 bytes. Most cells are so short that looking for the end of each by itself would
/// cost more in calls than in looking.
#[derive(Debug)]
struct Window {
    /// The delimiter and both ends of lines, sixteen times each.
    ends: [u8x16; 3],
    /// The first byte of the stretch.
    start: usize,
    /// A bit for each byte that may end a cell, the first byte lowest.
    found: u64,
}

/// How many bytes a window sees.
const WINDOW: usize = 64;

impl Window {
    fn new(delimiter: u8) -> Self {
        let ends = [delimiter, b'\n', b'\r'].map(u8x16::splat);
        // No text reaches there, so that the first look moves the window.
        Self { ends, start: usize::MAX - WINDOW, found: 0 }
    }

    /// The next delimiter or end of line from a place on, else the end of the text.
    #[inline]
    fn end_of_cell(&mut self, text: &[u8], from: usize) -> usize {
        let mut from = from;
        loop {
            let inside = from.wrapping_sub(self.start);
            if inside < WINDOW {
                let left = self.found >> inside;
                if left != 0 {
                    return from + left.trailing_zeros() as usize;
                }
                from = self.start + WINDOW;
            }
            let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) else { return text.len() };
            self.start = from;
            self.found = self.look(rest);
        }
    }

    #[inline]
    fn look(&self, rest: &[u8]) -> u64 {
        let Some(whole) = rest.first_chunk::<WINDOW>() else { return self.look_at_last(rest) };
        let (sixteens, _) = whole.as_chunks::<16>();
        sixteens.iter().rev().fold(0, |found, bytes| (found << 16) | self.ends_in(*bytes))
    }

    /// Fewer bytes than a window sees.
    fn look_at_last(&self, rest: &[u8]) -> u64 {
        let ends = |byte: u8| self.ends.iter().any(|end| end.to_array().first() == Some(&byte));
        rest.iter().zip(0..).fold(0, |found, (byte, place)| found | (u64::from(ends(*byte)) << place))
    }

    #[inline]
    fn ends_in(&self, bytes: [u8; 16]) -> u64 {
        let bytes = u8x16::new(bytes);
        let [delimiter, feed, carriage_return] = self.ends;
        let found = bytes.simd_eq(delimiter) | bytes.simd_eq(feed) | bytes.simd_eq(carriage_return);
        u64::from(found.to_bitmask())
    }
}

/// The records of one block, one after the other.
#[derive(Debug)]
pub struct Splitter<'a> {
    text: &'a [u8],
    dialect: Dialect,
    window: Window,
    at: usize,
    spans: Vec<Span>,
    scratch: Vec<u8>,
    records: u32,
    lines: u32,
}

/// Where a record of a block stands, counted from 1 from the start of the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// The record, blank lines counted.
    pub record: u32,
    /// The line on which it starts.
    pub line: u32,
}

impl<'a> Splitter<'a> {
    /// Starts at the first byte of a block, which must be the first of a record. At most 4 GiB are read.
    pub fn new(text: &'a [u8], dialect: Dialect) -> Self {
        let limit = text.len().min(u32::MAX as usize);
        let text = text.get(..limit).unwrap_or_default();
        Self {
            text,
            dialect,
            window: Window::new(dialect.delimiter),
            at: 0,
            spans: Vec::new(),
            scratch: Vec::new(),
            records: 0,
            lines: 0,
        }
    }

    /// Cuts the next record that is not an empty line; `None` at the end of the block.
    pub fn advance(&mut self) -> Option<Within> {
        self.spans.clear();
        self.scratch.clear();
        loop {
            match self.text.get(self.at)? {
                // An empty line is a record without cells.
                b'\n' => {
                    self.records += 1;
                    self.lines += 1;
                }
                b'\r' => {}
                _ => break,
            }
            self.at += 1;
        }
        self.records += 1;
        let place = Within { record: self.records, line: self.lines + 1 };
        while self.cell() {}
        Some(place)
    }

    /// The cells of the record last cut.
    pub fn row(&self) -> Split<'_> {
        Split { text: self.text, scratch: &self.scratch, spans: &self.spans }
    }

    /// How many records were met so far, empty lines among them.
    pub fn records(&self) -> u32 {
        self.records
    }

    /// How many lines have ended so far.
    pub fn lines(&self) -> u32 {
        self.lines
    }

    /// How many bytes of the block are read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Cuts one cell; whether the record goes on.
    fn cell(&mut self) -> bool {
        let start = self.at;
        let quoted = self.dialect.quoting && self.text.get(start) == Some(&b'"');
        let end = if quoted { self.quoted(start + 1) } else { self.plain(start) };
        self.at = end + 1;
        match self.text.get(end) {
            Some(byte) if *byte == self.dialect.delimiter => {
                if self.at == self.text.len() {
                    self.keep(self.at, self.at, false);
                    return false;
                }
                return true;
            }
            Some(b'\n') => self.lines += 1,
            Some(_) => self.after_return(),
            None => self.at = self.text.len(),
        }
        false
    }

    /// A line feed after a carriage return, or after several, ends the same record.
    fn after_return(&mut self) {
        while self.text.get(self.at) == Some(&b'\r') {
            self.at += 1;
        }
        if self.text.get(self.at) == Some(&b'\n') {
            self.at += 1;
            self.lines += 1;
        }
    }

    fn plain(&mut self, start: usize) -> usize {
        let end = self.window.end_of_cell(self.text, start);
        self.keep(start, end, false);
        end
    }

    /// A cell whose opening mark stands before `start`; its end, delimiter or end of line excluded.
    fn quoted(&mut self, start: usize) -> usize {
        let close = self.next_mark(start);
        if self.ends_at(close + 1) {
            self.keep(start, close, false);
            return (close + 1).min(self.text.len());
        }
        // A doubled mark, or text behind the closing one: the cell is put together.
        let joined = self.scratch.len();
        let (mut from, mut close) = (start, close);
        let end = loop {
            self.take(from, close);
            match self.text.get(close + 1) {
                Some(b'"') => {
                    self.scratch.push(b'"');
                    from = close + 2;
                    close = self.next_mark(from);
                }
                _ if self.ends_at(close + 1) => break (close + 1).min(self.text.len()),
                _ => {
                    let end = self.window.end_of_cell(self.text, close + 1);
                    self.take(close + 1, end);
                    break end;
                }
            }
        };
        self.keep(joined, self.scratch.len(), true);
        end
    }

    /// The next mark; the ends of lines before it are counted on the way.
    fn next_mark(&mut self, from: usize) -> usize {
        let mut at = from;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(next) = memchr::memchr2(b'"', b'\n', rest).map(|next| at + next) else {
                return self.text.len();
            };
            if self.text.get(next) == Some(&b'"') {
                return next;
            }
            self.lines += 1;
            at = next + 1;
        }
    }

    fn ends_at(&self, at: usize) -> bool {
        self.text.get(at).is_none_or(|byte| *byte == self.dialect.delimiter || matches!(byte, b'\n' | b'\r'))
    }

    fn take(&mut self, from: usize, to: usize) {
        self.scratch.extend_from_slice(self.text.get(from..to).unwrap_or_default());
    }

    fn keep(&mut self, start: usize, end: usize, joined: bool) {
        // Both fit: a block is cut at `u32::MAX` and scratch memory holds a part of a block.
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.spans.push(Span { start: place(start), end: place(end), joined });
    }
}

/// The cells of one record, in the block it was cut from.
#[derive(Debug, Clone, Copy)]
pub struct Split<'a> {
    text: &'a [u8],
    scratch: &'a [u8],
    spans: &'a [Span],
}

impl Record for Split<'_> {
    #[inline]
    fn cell(&self, at: usize) -> Option<&[u8]> {
        let span = self.spans.get(at)?;
        let from = if span.joined { self.scratch } else { self.text };
        from.get(span.start as usize..span.end as usize)
    }

    fn width(&self) -> usize {
        self.spans.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMMAS: Dialect = Dialect { delimiter: b',', quoting: true };

    type Rows = Vec<Vec<Vec<u8>>>;

    fn ours(text: &[u8], dialect: Dialect) -> Rows {
        let mut splitter = Splitter::new(text, dialect);
        let mut rows = Vec::new();
        while splitter.advance().is_some() {
            let row = splitter.row();
            rows.push((0..row.width()).map(|at| row.cell(at).unwrap().to_vec()).collect());
        }
        rows
    }

    fn theirs(text: &[u8], dialect: Dialect) -> Rows {
        let mut reader = ::csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(dialect.delimiter).quoting(dialect.quoting);
        let rows = reader.from_reader(text).into_byte_records();
        rows.map(|row| row.unwrap().iter().map(<[u8]>::to_vec).collect()).collect()
    }

    fn places(text: &str) -> Vec<(u32, u32, String)> {
        let mut splitter = Splitter::new(text.as_bytes(), COMMAS);
        let mut out = Vec::new();
        while let Some(at) = splitter.advance() {
            let cell = splitter.row().cell(0).unwrap_or_default().to_vec();
            out.push((at.record, at.line, String::from_utf8(cell).unwrap()));
        }
        out.push((splitter.records(), splitter.lines(), String::new()));
        out
    }

    /// Record, line and first cell of each.
    type Records<'a> = &'a [(u32, u32, &'a str)];

    #[test]
    fn empty_lines_are_records_and_lines_inside_cells_are_not() {
        let cases: [(&str, Records); 4] = [
            ("a,b\n\n\n\"c\nd\",e\nf,g\n\n", &[(1, 1, "a"), (4, 4, "c\nd"), (5, 6, "f"), (6, 7, "")]),
            (
                "\r\na,b\r\n\r\n\r\n\"c\r\nd\",e\r\nf,g\r\n\r\n",
                &[(2, 2, "a"), (5, 5, "c\r\nd"), (6, 7, "f"), (7, 8, "")],
            ),
            ("a,b\r\nc,d", &[(1, 1, "a"), (2, 2, "c"), (2, 1, "")]),
            ("a,b\r\r\nc,d\r\r\n", &[(1, 1, "a"), (2, 2, "c"), (2, 2, "")]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|(r, l, t)| (*r, *l, (*t).to_owned())).collect();
            assert_eq!(places(text), expected, "{text:?}");
        }
    }

    #[test]
    fn quotation_marks_count_only_where_a_cell_begins() {
        let cases: [(&str, &[&str]); 7] = [
            ("\"a\"\"b\",c", &["a\"b", "c"]),
            ("12\" pipe,\"c\"", &["12\" pipe", "c"]),
            ("\"a\"b\"c,d", &["ab\"c", "d"]),
            ("\"\"\"\",", &["\"", ""]),
            ("\"open,d", &["open,d"]),
            ("\"\",\"\"", &["", ""]),
            ("a,", &["a", ""]),
        ];
        for (text, cells) in cases {
            let cells: Vec<Vec<u8>> = cells.iter().map(|cell| cell.as_bytes().to_vec()).collect();
            assert_eq!(ours(text.as_bytes(), COMMAS), [cells], "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn cells_are_those_of_the_csv_crate(text in "[a,;\"\r\n ]{0,60}", semicolon: bool, quoting: bool) {
            let dialect = Dialect { delimiter: if semicolon { b';' } else { b',' }, quoting };
            prop_assert_eq!(ours(text.as_bytes(), dialect), theirs(text.as_bytes(), dialect));
        }
    }
}
