//! Workbooks: `.xlsx`, `.xlsb`, `.xls` and `.ods`, sheet by sheet.
//!
//! Formulas are never evaluated: the value that Excel cached is read. Numbers become the decimal that Excel shows
//! (15 significant digits), dates ISO 8601. An `.xlsx` sheet is read cell by cell, so that a range declared a
//! million rows long costs nothing. A text cell merged over several rows counts for each of them.

use std::io::{self, Cursor};

use calamine::{Data, DataRef, Reader, Sheets, Xlsx};
use rust_decimal::Decimal;

use super::guarded::guarded;
use super::open::{HELD_LIMIT, Shape};
use super::{Cells, Position, Row, claims, records, repeats};

/// How many filled cells one sheet may have: Excel's million rows at fifty columns.
const CELL_LIMIT: usize = 50_000_000;

/// How many cells one sheet may have with the empty ones before the filled: a cell in the last column of every row takes as much
/// memory as a full sheet.
const PLACE_LIMIT: usize = 100_000_000;

/// How many times its own size a workbook may unpack to, once that is more than [`SMALL`].
const RATIO_LIMIT: u64 = 100;

/// What any workbook may unpack to.
const SMALL: u64 = 64 << 20;

/// How many rows a merged cell is carried down: more is a merge by accident.
const MERGE_LIMIT: u32 = 5_000;

/// An opened workbook.
pub struct Workbook {
    book: Book,
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
        if matches!(shape, Shape::Xlsx | Shape::Xlsb | Shape::Ods) {
            check_unpacked_size(&bytes)?;
        }
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
        Ok(Self { book })
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
        match &mut self.book {
            Book::Xlsx(book) => {
                let mut rows = xlsx_rows(book, sheet)?;
                // A sheet whose merges cannot be read still has its cells.
                let merged = guarded(|| book.merge_cells_by_sheet_name(sheet).map_err(io::Error::other));
                fill_merged(&mut rows, &merged.unwrap_or_default());
                Ok(rows)
            }
            Book::Other(book) => {
                if let Sheets::Xlsb(book) = &mut **book {
                    return xlsb_rows(book, sheet);
                }
                let mut rows = range_rows(&book.worksheet_range(sheet).map_err(io::Error::other)?)?;
                if let Sheets::Xls(book) = &**book {
                    let merged = guarded(|| book.merge_cells_by_sheet_name(sheet).map_err(io::Error::other));
                    fill_merged(&mut rows, &merged.unwrap_or_default());
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
        let mut cells = Vec::new();
        let mut keep = |row, column, value: Data| {
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

fn check_unpacked_size(bytes: &[u8]) -> io::Result<()> {
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
    Ok(())
}

fn xlsx_rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> io::Result<Vec<Row>> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(io::Error::other)?;
    let mut rows = RowBuilder::default();
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
fn xlsb_rows(book: &mut calamine::Xlsb<Cursor<Vec<u8>>>, sheet: &str) -> io::Result<Vec<Row>> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(io::Error::other)?;
    let mut rows = RowBuilder::default();
    while let Some(cell) = reader.next_cell().map_err(io::Error::other)? {
        let (row, column) = cell.get_position();
        rows.push(row, column, &text_of(&Data::from(cell.get_value().clone())))?;
    }
    Ok(rows.finish())
}

fn range_rows(range: &calamine::Range<Data>) -> io::Result<Vec<Row>> {
    let first = range.start().unwrap_or_default();
    let mut rows = RowBuilder::default();
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
#[derive(Default)]
struct RowBuilder {
    rows: Vec<Row>,
    row: u32,
    cells: Cells,
    filled: usize,
    places: usize,
}

impl RowBuilder {
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
        self.places = self.places.saturating_add(empty + 1);
        if self.places > PLACE_LIMIT {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
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
fn fill_merged(rows: &mut [Row], merged: &[calamine::Dimensions]) {
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
        let Some(text) = rows.get(first).and_then(|row| row.cells.get(column)).map(<[u8]>::to_vec) else {
            continue;
        };
        if text.is_empty() || !text.iter().any(u8::is_ascii_alphabetic) {
            continue;
        }
        for row in
            rows.iter_mut().skip(first + 1).take_while(|row| row.position.record <= record(region.end.0))
        {
            if row.cells.get(column).is_none_or(<[u8]>::is_empty) {
                set_cell(&mut row.cells, column, &text);
            }
        }
    }
}

fn set_cell(cells: &mut Cells, column: usize, text: &[u8]) {
    let mut out = Cells::new();
    for at in 0..cells.len().max(column + 1) {
        out.push_field(if at == column { text } else { cells.get(at).unwrap_or_default() });
    }
    *cells = out;
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
