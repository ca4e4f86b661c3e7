//! Workbooks: `.xlsx`, `.xlsb`, `.xls` and `.ods`, sheet by sheet.
//!
//! Formulas are never evaluated: the value that Excel cached is read. Numbers become the decimal that Excel shows
//! (15 significant digits), dates ISO 8601. An `.xlsx` sheet is read cell by cell, so that a range declared a
//! million rows long costs nothing. A text cell merged over several rows counts for each of them.

use std::collections::BTreeMap;
use std::io::{self, Cursor};

use calamine::{Data, DataRef, Reader, Sheets, Xlsx};
use rust_decimal::Decimal;

use super::guarded::guarded;
use super::open::{HELD_LIMIT, Shape};
use super::{Cells, Position, Row, claims, records, repeats};

/// How many filled cells one sheet may have: Excel's million rows at fifty columns.
const CELL_LIMIT: usize = 50_000_000;

/// How many cells the sheets of a workbook may have with the empty ones before the filled: a cell in the last column of every row
/// takes as much memory as a full sheet, and several sheets may be one part.
const PLACE_LIMIT: usize = 100_000_000;

/// How many times its own size a workbook may unpack to, once that is more than [`SMALL`].
const RATIO_LIMIT: u64 = 100;

/// What any workbook may unpack to.
const SMALL: u64 = 64 << 20;

/// How many bytes of text the sheets of a workbook may have for each that it unpacks to, once they have more than [`SMALL_TEXT`].
const TEXT_RATIO: u64 = 4;

/// What the text of any workbook may come to.
const SMALL_TEXT: u64 = 256 << 20;

/// How many rows a merged cell is carried down: more is a merge by accident.
const MERGE_LIMIT: u32 = 5_000;

/// An opened workbook.
pub struct Workbook {
    book: Book,
    left: Left,
}

/// What a workbook may still be read to. Any number of cells may show one shared text, of which each gets a copy.
struct Left {
    places: usize,
    text: u64,
}

impl Left {
    fn take(&mut self, places: usize, text: usize) -> io::Result<()> {
        match (self.places.checked_sub(places), self.text.checked_sub(text as u64)) {
            (Some(places), Some(text)) => {
                *self = Self { places, text };
                Ok(())
            }
            _ => Err(io::Error::from(io::ErrorKind::FileTooLarge)),
        }
    }
}

enum Book {
    Xlsx(Box<Xlsx<Cursor<Vec<u8>>>>),
    Other(Box<Sheets<Cursor<Vec<u8>>>>),
}

impl Workbook {
    /// Opens a workbook of the given shape.
    ///
    /// # Errors
    /// A damaged workbook, or one that unpacks past the limit.
    pub fn open(bytes: Vec<u8>, shape: Shape) -> io::Result<Self> {
        guarded(|| Self::open_book(bytes, shape))
    }

    fn open_book(bytes: Vec<u8>, shape: Shape) -> io::Result<Self> {
        let unpacked = match shape {
            Shape::Xlsx | Shape::Xlsb | Shape::Ods => check_unpacked_size(&bytes)?,
            _ => bytes.len() as u64,
        };
        let text = unpacked.saturating_mul(TEXT_RATIO).clamp(SMALL_TEXT, HELD_LIMIT);
        match shape {
            Shape::Xlsx => claims::check_xlsx(&bytes)?,
            Shape::Xlsb => claims::check_xlsb(&bytes)?,
            Shape::Ods => repeats::check(&bytes)?,
            _ => records::check(&bytes)?,
        }
        let bytes = Cursor::new(bytes);
        let book = match shape {
            Shape::Xlsx => Book::Xlsx(Box::new(Xlsx::new(bytes).map_err(io::Error::other)?)),
            Shape::Xlsb => other(Sheets::Xlsb(calamine::Xlsb::new(bytes).map_err(io::Error::other)?)),
            Shape::Ods => other(Sheets::Ods(calamine::Ods::new(bytes).map_err(io::Error::other)?)),
            _ => other(Sheets::Xls(calamine::Xls::new(bytes).map_err(io::Error::other)?)),
        };
        Ok(Self { book, left: Left { places: PLACE_LIMIT, text } })
    }

    /// The names of its worksheets, in order; chart and macro sheets hold no cells.
    pub fn sheets(&self) -> Vec<String> {
        let metadata = match &self.book {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Other(book) => book.sheets_metadata(),
        };
        metadata
            .iter()
            .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet)
            .map(|sheet| sheet.name.clone())
            .collect()
    }

    /// The rows of a sheet that hold anything, numbered as in Excel.
    ///
    /// # Errors
    /// A damaged sheet, or more cells than the limit.
    pub fn rows(&mut self, sheet: &str) -> io::Result<Vec<Row>> {
        guarded(|| self.read_rows(sheet))
    }

    fn read_rows(&mut self, sheet: &str) -> io::Result<Vec<Row>> {
        let left = &mut self.left;
        match &mut self.book {
            Book::Xlsx(book) => {
                let mut rows = xlsx_rows(book, sheet, left)?;
                // A sheet whose merges cannot be read still has its cells.
                let merged = guarded(|| book.merge_cells_by_sheet_name(sheet).map_err(io::Error::other));
                fill_merged(&mut rows, &merged.unwrap_or_default(), left)?;
                Ok(rows)
            }
            Book::Other(book) => {
                if let Sheets::Xlsb(book) = &mut **book {
                    return xlsb_rows(book, sheet, left);
                }
                let mut rows = range_rows(&book.worksheet_range(sheet).map_err(io::Error::other)?, left)?;
                if let Sheets::Xls(book) = &**book {
                    let merged = guarded(|| book.merge_cells_by_sheet_name(sheet).map_err(io::Error::other));
                    fill_merged(&mut rows, &merged.unwrap_or_default(), left)?;
                }
                Ok(rows)
            }
        }
    }

    /// The filled cells of a sheet with their types, as (row, column, value) from 0, in the order of the file.
    ///
    /// # Errors
    /// A damaged sheet, or more cells than the limit.
    pub fn cells(&mut self, sheet: &str) -> io::Result<Vec<(u32, u32, Data)>> {
        guarded(|| self.read_cells(sheet))
    }

    fn read_cells(&mut self, sheet: &str) -> io::Result<Vec<(u32, u32, Data)>> {
        let (mut cells, left) = (Vec::new(), &mut self.left);
        let mut keep = |row, column, value: Data| {
            if let Data::String(text) = &value {
                left.take(0, text.len())?;
            }
            if cells.len() >= CELL_LIMIT {
                return Err(io::Error::from(io::ErrorKind::FileTooLarge));
            }
            if value != Data::Empty {
                cells.push((row, column, value));
            }
            Ok(())
        };
        match &mut self.book {
            Book::Xlsx(book) => {
                let mut reader = book.worksheet_cells_reader(sheet).map_err(io::Error::other)?;
                while let Some(cell) = reader.next_cell().map_err(io::Error::other)? {
                    let (row, column) = cell.get_position();
                    keep(row, column, Data::from(cell.get_value().clone()))?;
                }
            }
            Book::Other(book) => {
                if let Sheets::Xlsb(book) = &mut **book {
                    let mut reader = book.worksheet_cells_reader(sheet).map_err(io::Error::other)?;
                    while let Some(cell) = reader.next_cell().map_err(io::Error::other)? {
                        let (row, column) = cell.get_position();
                        keep(row, column, Data::from(cell.get_value().clone()))?;
                    }
                } else {
                    let range = book.worksheet_range(sheet).map_err(io::Error::other)?;
                    let first = range.start().unwrap_or_default();
                    for (row, column, value) in range.used_cells() {
                        keep(place(row, first.0), place(column, first.1), value.clone())?;
                    }
                }
            }
        }
        Ok(cells)
    }
}

fn other(sheets: Sheets<Cursor<Vec<u8>>>) -> Book {
    Book::Other(Box::new(sheets))
}

/// Gives what all parts unpack to. None unpacks to more than the archive says: reading past that is an error.
fn check_unpacked_size(bytes: &[u8]) -> io::Result<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        unpacked = unpacked.saturating_add(archive.by_index_raw(index).map_err(io::Error::other)?.size());
    }
    // Sheets pack to a twentieth or so; what unpacks to a hundred times its size is there to fill the memory.
    let usual = (bytes.len() as u64).saturating_mul(RATIO_LIMIT).max(SMALL);
    if unpacked > HELD_LIMIT.min(usual) {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    Ok(unpacked)
}

fn xlsx_rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, left: &mut Left) -> io::Result<Vec<Row>> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(io::Error::other)?;
    let mut rows = RowBuilder::new(left);
    while let Some(cell) = reader.next_cell().map_err(io::Error::other)? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::SharedString(text) => text.to_string(),
            DataRef::String(text) => text.clone(),
            value => text_of(&Data::from(value.clone())),
        };
        rows.push(row, column, &text)?;
    }
    Ok(rows.finish())
}

/// Read cell by cell too: a place far out would have calamine lay out all that lies before it.
fn xlsb_rows(
    book: &mut calamine::Xlsb<Cursor<Vec<u8>>>,
    sheet: &str,
    left: &mut Left,
) -> io::Result<Vec<Row>> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(io::Error::other)?;
    let mut rows = RowBuilder::new(left);
    while let Some(cell) = reader.next_cell().map_err(io::Error::other)? {
        let (row, column) = cell.get_position();
        rows.push(row, column, &text_of(&Data::from(cell.get_value().clone())))?;
    }
    Ok(rows.finish())
}

fn range_rows(range: &calamine::Range<Data>, left: &mut Left) -> io::Result<Vec<Row>> {
    let first = range.start().unwrap_or_default();
    let mut rows = RowBuilder::new(left);
    for (row, column, value) in range.used_cells() {
        rows.push(place(row, first.0), place(column, first.1), &text_of(value))?;
    }
    Ok(rows.finish())
}

/// The place on the sheet of what lies so far into a range.
fn place(offset: usize, first: u32) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(first)
}

/// Builds rows from cells in reading order.
struct RowBuilder<'a> {
    rows: Vec<Row>,
    row: u32,
    cells: Cells,
    filled: usize,
    left: &'a mut Left,
}

impl<'a> RowBuilder<'a> {
    fn new(left: &'a mut Left) -> Self {
        Self { rows: Vec::new(), row: 0, cells: Cells::new(), filled: 0, left }
    }

    fn push(&mut self, row: u32, column: u32, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.filled += 1;
        if self.filled > CELL_LIMIT {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        if row != self.row {
            self.close();
            self.row = row;
        }
        let empty = (column as usize).saturating_sub(self.cells.len());
        self.left.take(empty.saturating_add(1), text.len())?;
        for _ in 0..empty {
            self.cells.push_field(b"");
        }
        // Two values for one cell occur in no sound workbook; the first stands.
        if self.cells.len() == column as usize {
            self.cells.push_field(text.as_bytes());
        }
        Ok(())
    }

    fn close(&mut self) {
        if self.cells.is_empty() {
            return;
        }
        let position = Position { record: u64::from(self.row) + 1, line: None };
        self.rows.push(Row { position, cells: std::mem::take(&mut self.cells) });
    }

    fn finish(mut self) -> Vec<Row> {
        self.close();
        self.rows
    }
}

/// Carries the text of a cell that is merged over several rows down to each of them; numbers are left alone, since
/// an amount merged over three rows is one amount.
fn fill_merged(rows: &mut [Row], merged: &[calamine::Dimensions], left: &mut Left) -> io::Result<()> {
    let mut texts: Vec<Vec<u8>> = Vec::new();
    // By row and column, which of the texts; the first that comes to a cell stands.
    let mut fills: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for region in merged {
        let height = region.end.0.saturating_sub(region.start.0);
        if height == 0 || height > MERGE_LIMIT || region.end.1 != region.start.1 {
            continue;
        }
        let column = region.start.1 as usize;
        let record = |row: u32| u64::from(row) + 1;
        let Ok(first) = rows.binary_search_by_key(&record(region.start.0), |row| row.position.record) else {
            continue;
        };
        let Some(text) = rows.get(first).and_then(|row| row.cells.get(column)) else {
            continue;
        };
        if text.is_empty() || !text.iter().any(u8::is_ascii_alphabetic) {
            continue;
        }
        let below = rows.iter().enumerate().skip(first + 1);
        for (at, row) in below.take_while(|(_, row)| row.position.record <= record(region.end.0)) {
            let empty = row.cells.get(column).is_none_or(<[u8]>::is_empty);
            left.take(1 + (column + 1).saturating_sub(row.cells.len()), if empty { text.len() } else { 0 })?;
            if empty {
                fills.entry(at).or_default().entry(column).or_insert(texts.len());
            }
        }
        texts.push(text.to_vec());
    }
    for (at, fills) in fills {
        let Some(row) = rows.get_mut(at) else { continue };
        let width = fills.keys().next_back().map_or(0, |last| last + 1).max(row.cells.len());
        let mut cells = Cells::new();
        for column in 0..width {
            let filled = fills.get(&column).and_then(|text| texts.get(*text)).map(Vec::as_slice);
            cells.push_field(filled.or_else(|| row.cells.get(column)).unwrap_or_default());
        }
        row.cells = cells;
    }
    Ok(())
}

/// A cell as text: what Excel shows, without its thousands separators and currency signs.
fn text_of(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => moment_text(*moment),
    }
}

fn moment_text(moment: calamine::ExcelDateTime) -> String {
    if moment.is_duration() || moment.as_f64() < 1.0 {
        return number_text(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// The decimal that Excel shows: a double rounded to 15 significant digits, so that `610.80999999999995` is `610.81`.
pub fn number_text(number: f64) -> String {
    Decimal::from_scientific(&format!("{number:.14e}"))
        .map_or_else(|_| number.to_string(), |decimal| decimal.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_excel_shows() {
        let cases = [
            (610.81, "610.81"),
            (4_142_000.0, "4142000"),
            (-0.1, "-0.1"),
            (0.1 + 0.2, "0.3"),
            (100.0, "100"),
            (1e25, "10000000000000000000000000"),
            (0.0, "0"),
        ];
        for (number, text) in cases {
            assert_eq!(number_text(number), text);
        }
        assert_eq!(number_text(f64::NAN), "NaN");
    }

    #[test]
    fn a_text_is_copied_until_the_workbook_is_too_large() {
        let text = "Ruddlecombe Ltd ".repeat(1000);
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..40 {
            sheet.write(row, 0, text.as_str()).unwrap();
        }
        sheet.merge_range(50, 1, 89, 1, &text, &rust_xlsxwriter::Format::new()).unwrap();
        for row in 50..90 {
            sheet.write(row, 2, 5).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        for (text, places, read) in [
            (1_400_000, 1000, true),
            (600_000, 1000, false),
            (1_000_000, 1000, false),
            (1_400_000, 99, false),
        ] {
            let mut book = Workbook::open(bytes.clone(), Shape::Xlsx).unwrap();
            book.left = Left { places, text };
            assert_eq!(book.rows("Sheet1").is_ok(), read, "{text} {places}");
            // What has been read is held, so that it counts.
            assert!(book.rows("Sheet1").is_err());
        }
        let mut book = Workbook::open(bytes, Shape::Xlsx).unwrap();
        book.left.text = 600_000;
        assert!(book.cells("Sheet1").is_err());
    }

    #[test]
    fn a_part_is_no_longer_than_the_archive_says() {
        use std::io::{Read, Write};
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
        for _ in 0..65 {
            zip.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        let mut bytes = zip.finish().unwrap().into_inner();
        assert_eq!(check_unpacked_size(&bytes).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        let size = (65_u32 << 20).to_le_bytes();
        while let Some(at) = bytes.windows(4).position(|four| four == size) {
            bytes[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
        }
        check_unpacked_size(&bytes).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut part = Vec::new();
        assert!(archive.by_index(0).unwrap().read_to_end(&mut part).is_err());
        assert!(part.len() < 1 << 20);
    }

    #[test]
    fn sheets_are_read_with_gaps_dates_and_merges() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("Data").unwrap();
        sheet.write(1, 1, "Supplier").unwrap();
        sheet.write(1, 3, "Amount").unwrap();
        let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        sheet.merge_range(4, 1, 5, 1, "Ruddlecombe Ltd", &rust_xlsxwriter::Format::new()).unwrap();
        sheet
            .write_with_format(4, 2, rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 1).unwrap(), &format)
            .unwrap();
        sheet.write(4, 3, 10.1).unwrap();
        sheet.write_formula(5, 3, rust_xlsxwriter::Formula::new("=D5*2").set_result("20.2")).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let mut book = Workbook::open(bytes, Shape::Xlsx).unwrap();
        assert_eq!(book.sheets(), ["Data"]);
        let rows: Vec<String> = book
            .rows("Data")
            .unwrap()
            .iter()
            .map(|row| {
                let cells: Vec<_> = row.cells.iter().map(String::from_utf8_lossy).collect();
                format!("{} {}", row.position.record, cells.join("|"))
            })
            .collect();
        assert_eq!(
            rows,
            ["2 |Supplier||Amount", "5 |Ruddlecombe Ltd|2026-03-01|10.1", "6 |Ruddlecombe Ltd||20.2"]
        );
    }
}
