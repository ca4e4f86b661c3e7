//! The records of an `.xls`, read over before the sheets are laid out.
//!
//! The reader of workbooks lays out every sheet from its first cell to its last, gives each cell its own copy of a shared text,
//! makes room for what a sheet says of its size, and writes every formula out, for all sheets at once. Some thousand bytes can
//! stand for more than there is memory. Here the same records are looked at, and the sums are held against the file.
//!
//! Sources: MS-XLS, Excel Binary File Format, sections 2.1.4, 2.4.28, 2.4.90, 2.4.127, 2.4.149, 2.4.150, 2.4.265 and 2.5.293;
//! for what is read, calamine 0.38.

use std::io;

use super::compound;
use super::guarded::damaged;

/// How many cells all sheets may be laid out to, unless one in four is filled.
const LAID_OUT_LIMIT: u64 = 10_000_000;

/// The cells of a sheet: 65,536 rows of 256 columns.
const SHEET: u64 = 65_536 * 256;

/// How many bytes of text may be written out, beyond [`TEXT_RATIO`] times the file.
const TEXT_LIMIT: u64 = 256 << 20;

const TEXT_RATIO: u64 = 16;

/// The longest that a record may be.
const RECORD_LIMIT: usize = 8224;

/// How many continuations a record may have, unless they are as long as Excel makes them: the reader moves all of them to take one.
const CONTINUED_LIMIT: usize = 20_000;

/// Looks at the records of an `.xls`.
///
/// # Errors
/// What contradicts the format; [`io::ErrorKind::FileTooLarge`] for what would be laid out past the limits.
pub(super) fn check(bytes: &[u8]) -> io::Result<()> {
    let Some(stream) = compound::workbook(bytes)? else { return Ok(()) };
    let book = Book::read(&stream)?;
    let mut sum = Sum::default();
    for start in &book.sheets {
        sum.sheet(stream.get(*start..).unwrap_or_default(), &book)?;
        let length = stream.len() as u64;
        let walked = length.saturating_mul(8).saturating_add(64 << 20);
        if sum.walked > walked {
            return Err(damaged("its sheets lie in one another".to_owned()));
        }
        let laid_out = LAID_OUT_LIMIT.max(sum.filled.saturating_mul(4));
        let text = length.saturating_mul(TEXT_RATIO).saturating_add(TEXT_LIMIT);
        if sum.laid_out > laid_out || sum.text > text {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
    }
    Ok(())
}

/// A record with those that continue it.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    more: Vec<&'a [u8]>,
}

/// The records of a stream, up to what is cut off.
struct Records<'a> {
    stream: &'a [u8],
}

impl<'a> Records<'a> {
    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (head, rest) = self.stream.split_at_checked(4)?;
        let (data, rest) = rest.split_at_checked(usize::from(word(head, 2)?))?;
        self.stream = rest;
        Some((word(head, 0)?, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one()?;
        let mut more = Vec::new();
        while word(self.stream, 0) == Some(0x003C) {
            more.push(self.one()?.1);
        }
        Some(Record { kind, data, more })
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// What the first part of the stream says of the whole workbook.
#[derive(Default)]
struct Book {
    /// Where the sheets begin.
    sheets: Vec<usize>,
    /// How long the shared texts are, in bytes.
    texts: Vec<u64>,
    /// How long the longest name of a sheet or range is, in bytes.
    name: u64,
}

impl Book {
    fn read(stream: &[u8]) -> io::Result<Self> {
        let mut book = Self::default();
        for record in (Records { stream }) {
            match record.kind {
                0x0085 => {
                    book.sheets.push(long(record.data, 0).unwrap_or(u32::MAX) as usize);
                    book.named(record.data.get(6));
                }
                0x0018 => book.named(record.data.get(3)),
                0x00FC => {
                    let bytes: usize = record.more.iter().map(|more| more.len()).sum();
                    let count = record.more.len();
                    if count > CONTINUED_LIMIT && bytes / count < RECORD_LIMIT / 2 {
                        return Err(damaged(format!("its table of texts is in {count} pieces")));
                    }
                    book.texts = texts(&record);
                }
                0x000A => break,
                _ => {}
            }
        }
        Ok(book)
    }

    /// A name of so many letters, each of three bytes at most.
    fn named(&mut self, letters: Option<&u8>) {
        self.name = self.name.max(3 * u64::from(letters.copied().unwrap_or(0)));
    }
}

/// The lengths of the texts of a table, up to what is cut off.
fn texts(record: &Record<'_>) -> Vec<u64> {
    let mut found = Vec::new();
    let mut at = Continued { data: record.data.get(8..).unwrap_or_default(), more: record.more.iter() };
    while !at.data.is_empty() || at.go_on() {
        let Some(length) = at.text() else { break };
        found.push(length);
    }
    found
}

/// A place in a record and its continuations.
struct Continued<'a> {
    data: &'a [u8],
    more: std::slice::Iter<'a, &'a [u8]>,
}

impl Continued<'_> {
    fn go_on(&mut self) -> bool {
        self.more.next().map(|more| self.data = more).is_some()
    }

    /// Reads over a text and gives its length in bytes, as it will be at most.
    fn text(&mut self) -> Option<u64> {
        if self.data.is_empty() {
            return Some(0);
        }
        let (mut letters, flags) = (usize::from(word(self.data, 0)?), *self.data.get(2)?);
        let length = letters as u64 * if flags & 1 == 0 { 2 } else { 3 };
        self.data = self.data.get(3..)?;
        let mut after = 0;
        if flags & 8 != 0 {
            after += 4 * usize::from(word(self.data, 0)?);
            self.data = self.data.get(2..)?;
        }
        if flags & 4 != 0 {
            after += usize::try_from(long(self.data, 0)?).ok()?;
            self.data = self.data.get(4..)?;
        }
        let mut width = usize::from(flags & 1) + 1;
        while letters > 0 {
            let held = letters.min(self.data.len() / width);
            self.data = self.data.get(held * width..)?;
            letters -= held;
            if letters > 0 {
                if !self.go_on() {
                    return None;
                }
                let (first, rest) = self.data.split_first()?;
                (width, self.data) = (usize::from(first & 1) + 1, rest);
            }
        }
        while after > 0 {
            if self.data.is_empty() && !self.go_on() {
                return None;
            }
            let skipped = after.min(self.data.len());
            (self.data, after) = (self.data.get(skipped..)?, after - skipped);
        }
        Some(length)
    }
}

/// What all sheets so far come to.
#[derive(Default)]
struct Sum {
    /// Cells laid out, those of formulas again.
    laid_out: u64,
    /// Cells that are filled.
    filled: u64,
    /// Bytes of text.
    text: u64,
    /// Bytes of records.
    walked: u64,
}

/// From the first cell to the last.
#[derive(Default)]
struct Corners(Option<[u64; 4]>);

impl Corners {
    fn cell(&mut self, row: u16, column: u16, width: u64) {
        let (row, column) = (u64::from(row), u64::from(column));
        let [top, left, bottom, right] = self.0.unwrap_or([row, column, row, column]);
        self.0 = Some([
            top.min(row),
            left.min(column),
            bottom.max(row),
            right.max(column + width.saturating_sub(1)),
        ]);
    }

    fn area(&self) -> u64 {
        self.0.map_or(0, |[top, left, bottom, right]| (bottom - top + 1) * (right - left + 1))
    }
}

impl Sum {
    fn sheet(&mut self, stream: &[u8], book: &Book) -> io::Result<()> {
        let (mut values, mut formulas) = (Corners::default(), Corners::default());
        let (mut begun, mut inside) = (false, 0_u64);
        for record in (Records { stream }) {
            let Record { kind, data, .. } = record;
            self.walked += data.len() as u64 + 4;
            match kind {
                0x0809 if begun => inside += 1,
                0x0809 => begun = true,
                0x000A if inside > 0 => inside -= 1,
                0x000A => break,
                // A chart within the sheet has cells of its own.
                _ if inside > 0 => {}
                0x0200 => check_size(data)?,
                0x0006 => {
                    self.formula(data, book)?;
                    self.cell(&mut formulas, data, 1);
                    self.cell(&mut values, data, 1);
                }
                0x0203 | 0x0205 | 0x027E => self.cell(&mut values, data, 1),
                0x0204 | 0x00D6 => {
                    self.text += u64::from(word(data, 6).unwrap_or(0));
                    self.cell(&mut values, data, 1);
                }
                0x0207 => self.text += u64::from(word(data, 0).unwrap_or(0)),
                0x00FD => {
                    let text = long(data, 6).and_then(|text| book.texts.get(text as usize));
                    self.text += text.unwrap_or(&0);
                    self.cell(&mut values, data, 1);
                }
                0x00BD => self.cell(&mut values, data, (data.len() as u64).saturating_sub(6) / 6),
                _ => {}
            }
        }
        self.laid_out += values.area() + formulas.area();
        Ok(())
    }

    fn cell(&mut self, corners: &mut Corners, data: &[u8], width: u64) {
        if let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) {
            corners.cell(row, column, width);
            self.filled += width;
        }
    }

    /// A formula is written out with the names that it uses, and read again at each bracket.
    fn formula(&mut self, data: &[u8], book: &Book) -> io::Result<()> {
        if data.len() > RECORD_LIMIT {
            return Err(damaged(format!("it has a formula of {} bytes", data.len())));
        }
        let tokens = data.get(20..).unwrap_or_default();
        let named =
            tokens.iter().filter(|token| matches!(**token & 0x1F, 0x03 | 0x19..=0x1D) && **token > 0x1F);
        self.text += named.count() as u64 * book.name + 10 * tokens.len() as u64 + 100;
        Ok(())
    }
}

/// What a sheet says of its size is what room is made for.
fn check_size(data: &[u8]) -> io::Result<()> {
    let (rows, first, last) = if data.len() == 10 {
        let rows = word(data, 2).unwrap_or(0).saturating_sub(word(data, 0).unwrap_or(0));
        (u64::from(rows), word(data, 4), word(data, 6))
    } else {
        let rows = long(data, 4).unwrap_or(0).saturating_sub(long(data, 0).unwrap_or(0));
        (u64::from(rows), word(data, 8), word(data, 10))
    };
    let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
    let columns = u64::from(if first > 0xFF || last < first { last } else { last - first });
    if rows * columns > SHEET {
        return Err(damaged(format!("a sheet claims {rows} rows of {columns} columns")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use calamine::{Reader, Xls};

    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A shared text of so many letters.
    fn shared(letters: u16) -> Vec<u8> {
        let texts =
            [words(&[1, 0, 1, 0, letters]), vec![0], vec![b'x'; usize::from(letters).min(8000)]].concat();
        let rest = vec![b'x'; usize::from(letters).saturating_sub(8000)];
        let more: Vec<u8> =
            rest.chunks(8000).flat_map(|part| record(0x003C, &[&[0], part].concat())).collect();
        [record(0x00FC, &texts), more].concat()
    }

    /// A workbook of so many sheets, with what they all hold.
    fn book(globals: &[u8], sheets: usize, inside: &[u8]) -> Vec<u8> {
        let begin = record(0x0809, &words(&[0x0600, 5, 0, 0, 0, 0, 0, 0]));
        let end = record(0x000A, &[]);
        let sheet = [&begin, inside, &end].concat();
        let before = begin.len() + globals.len() + end.len() + sheets * 14;
        let bounds: Vec<u8> = (0..sheets)
            .flat_map(|at| {
                let place = u32::try_from(before + at * sheet.len()).unwrap().to_le_bytes();
                record(0x0085, &[&place[..], &[0, 0, 2, 0, b'S', b'a' + u8::try_from(at).unwrap()]].concat())
            })
            .collect();
        let stream = [begin.clone(), globals.to_vec(), bounds, end, sheet.repeat(sheets)].concat();
        compound::around("Workbook", &stream)
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[words(&[row, column, 0]), 5.0_f64.to_le_bytes().to_vec()].concat())
    }

    #[test]
    fn what_would_be_laid_out_past_the_memory_is_refused() {
        let far = [number(0, 0), number(65_535, 255)].concat();
        let near = [number(0, 0), number(999, 9)].concat();
        let size = |rows: u32, columns: u16| {
            record(
                0x0200,
                &[[0; 4], rows.to_le_bytes()]
                    .concat()
                    .into_iter()
                    .chain(words(&[0, columns, 0]))
                    .collect::<Vec<u8>>(),
            )
        };
        let label = record(0x00FD, &words(&[0, 0, 0, 0, 0]));
        let text = record(0x0204, &words(&[0, 0, 0, 0xFFFF, 0, 0]));
        let formula = record(0x0006, &[vec![0; 20], vec![0x15; 9000]].concat());
        for (name, globals, sheets, inside, says) in [
            ("near", vec![], 20, near, ""),
            ("full size", vec![], 1, size(65_536, 256), ""),
            ("far", vec![], 2, far, "large"),
            ("rows", vec![], 1, size(0x00FF_FFFF, 256), "claims 16777215 rows"),
            ("columns", vec![], 1, size(65_536, 0xFFFF), "claims 65536 rows of 65535 columns"),
            ("shared", shared(100), 1, label.repeat(50), ""),
            ("copies", shared(30_000), 10, label.repeat(500), "large"),
            ("room", vec![], 20, text.repeat(400), "large"),
            ("formula", vec![], 1, formula, "formula of 9020 bytes"),
        ] {
            let bytes = book(&globals, sheets, &inside);
            let error = check(&bytes).err().map(|error| error.to_string()).unwrap_or_default();
            assert_eq!(error.is_empty(), says.is_empty(), "{name}: {error}");
            assert!(error.contains(says), "{name}: {error}");
            if says.is_empty() {
                Xls::new(io::Cursor::new(bytes)).unwrap();
            }
        }
    }

    #[test]
    fn sheets_in_one_another_and_texts_in_pieces_are_refused() {
        let pieces = record(0x003C, &[]).repeat(CONTINUED_LIMIT + 1);
        let table = [record(0x00FC, &[0; 8]), pieces].concat();
        assert!(Book::read(&table).err().unwrap().to_string().contains("pieces"));
        let begin = record(0x0809, &words(&[0x0600, 5]));
        let sheet = record(0x0085, &[0, 0, 0, 0, 0, 0, 1, 0, b'S']).repeat(400);
        let stream = [begin, sheet, record(0x1000, &[0; 8000]).repeat(40)].concat();
        let error = check(&compound::around("Workbook", &stream)).unwrap_err();
        assert!(error.to_string().contains("in one another"), "{error}");
    }

    #[test]
    fn shared_texts_are_measured_across_continuations() {
        let table = [
            record(0x00FC, &[words(&[3, 0, 3, 0, 4]), b"\0ab".to_vec()].concat()),
            record(
                0x003C,
                &[b"\x01c\0d\0".to_vec(), words(&[2]), vec![9, 1, 0], b"x\0y\0".to_vec()].concat(),
            ),
            record(0x003C, &[vec![0; 4], words(&[0]), vec![0]].concat()),
        ]
        .concat();
        assert_eq!(Book::read(&table).unwrap().texts, [8, 6, 0]);
    }
}
