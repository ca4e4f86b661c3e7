//! Delimited text and workbooks of official lists, by header name: publishers add and move columns.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::ods::{self, Sheet};
use super::text::clean;
use super::{ImportError, Source};
use crate::read::open::Shape;
use crate::read::sheet::Workbook;

/// A table with its header.
pub(super) struct Table {
    file: String,
    header: Vec<String>,
    /// Places of columns asked for so far: a list has tens of thousands of rows and asks each for the same columns.
    places: RefCell<FxHashMap<String, Option<usize>>>,
    /// The rows below it, each with the line or sheet row on which it starts, from 1.
    pub(super) rows: Vec<(u64, Vec<String>)>,
    /// The lines above the header, as they stand.
    pub(super) above: Vec<Vec<String>>,
}

/// A row that knows its header.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    pub(super) line: u64,
    cells: &'a [String],
}

/// Wider than the widest sheet that Excel can make, so wider than any list.
const WIDEST: usize = 16_384;

/// No cell of a list is larger; the longest statements of reasons have some kilobytes.
const LARGEST: usize = 1 << 20;

impl Table {
    /// Reads a table whatever it comes as: a workbook, or text with whichever delimiter gives the columns. The publisher's own
    /// delimiter is tried first; a spreadsheet writes another one where its language has it so.
    ///
    /// # Errors
    /// As [`from_text`](Self::from_text) and [`from_workbook`](Self::from_workbook), with the publisher's delimiter.
    pub(super) fn of(
        source: &Source,
        sheet: Option<&str>,
        delimiter: u8,
        needed: &[&str],
    ) -> Result<Self, ImportError> {
        if source.shape() == super::source::Shape::Workbook {
            return Self::from_workbook(source, sheet, needed);
        }
        let first = match Self::from_text(source, delimiter, needed) {
            Err(error @ ImportError::NoColumn { .. }) => error,
            other => return other,
        };
        for other in [b',', b';', b'\t', b'|'].into_iter().filter(|other| *other != delimiter) {
            match Self::from_text(source, other, needed) {
                Err(ImportError::NoColumn { .. }) => {}
                other => return other,
            }
        }
        Err(first)
    }

    /// Reads delimited text. The header is the first record that has all of `needed`, within the first records.
    ///
    /// # Errors
    /// A file whose quotes do not close, whose last record is cut, or that has no such header.
    pub(super) fn from_text(source: &Source, delimiter: u8, needed: &[&str]) -> Result<Self, ImportError> {
        let text = source.text();
        let text = text.trim_start_matches('\u{feff}').trim_end_matches('\u{1a}');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| source.damaged(error.to_string()))?;
            let line = record.position().map_or(0, |at| line_of(text, at));
            check_size(source, line, &record)?;
            records.push((line, record.iter().map(str::to_owned).collect::<Vec<_>>()));
        }
        let table = Self::with_header(source, records, needed)?;
        if quotes_are_open(text, delimiter) {
            return Err(source.damaged("a quoted cell is still open at the end of the file"));
        }
        if let Some((line, last)) = table.rows.last()
            && last.len() < table.header.len()
            && !text.ends_with('\n')
        {
            let what =
                format!("the last row, line {line}, has {} of {} cells", last.len(), table.header.len());
            return Err(source.damaged(what));
        }
        Ok(table)
    }

    /// Reads a sheet of a workbook: the named one, else the first that has such a header.
    ///
    /// # Errors
    /// As [`from_text`](Self::from_text), and what the workbook's own reader says.
    pub(super) fn from_workbook(
        source: &Source,
        sheet: Option<&str>,
        needed: &[&str],
    ) -> Result<Self, ImportError> {
        let sheets = sheets_of(source)?;
        if let Some(wanted) = sheet.filter(|wanted| !sheets.iter().any(|(name, _)| name == wanted)) {
            let has = sheets.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            return Err(ImportError::Usage(format!(
                "`{}` has no sheet `{wanted}`; it has {has}",
                source.name
            )));
        }
        let mut refusal = None;
        for (_, records) in sheets.into_iter().filter(|(name, _)| sheet.is_none_or(|wanted| wanted == name)) {
            match Self::with_header(source, records, needed) {
                Ok(table) => return Ok(table),
                Err(error) => refusal = refusal.or(Some(error)),
            }
        }
        Err(refusal.unwrap_or_else(|| source.damaged("the workbook has no sheet")))
    }

    fn with_header(
        source: &Source,
        records: Vec<(u64, Vec<String>)>,
        needed: &[&str],
    ) -> Result<Self, ImportError> {
        // Report-date lines, titles and blanks stand above a header, never hundreds of them.
        const ABOVE: usize = 30;
        let has = |record: &[String], column: &str| record.iter().any(|cell| same(cell, column));
        let at = records
            .iter()
            .take(ABOVE)
            .position(|(_, record)| needed.iter().all(|column| has(record, column)));
        let Some(at) = at else {
            let agree = |record: &[String]| needed.iter().filter(|c| has(record, c)).count();
            // The first of those that agree best: `max_by_key` would take the last.
            let best = records.iter().take(ABOVE).rev().max_by_key(|(_, record)| {
                (agree(record), record.iter().filter(|cell| !cell.trim().is_empty()).count())
            });
            let found: Vec<String> = best.map_or_else(Vec::new, |(_, record)| record.clone());
            let column = needed.iter().find(|c| !has(&found, c)).copied().unwrap_or_default().to_owned();
            let found = found.iter().map(|cell| clean(cell)).filter(|cell| !cell.is_empty()).collect();
            return Err(ImportError::NoColumn { file: source.name.clone(), column, found });
        };
        let mut above: Vec<Vec<String>> = Vec::new();
        let mut rows = Vec::with_capacity(records.len());
        let mut header = Vec::new();
        for (place, (line, record)) in records.into_iter().enumerate() {
            match place.cmp(&at) {
                std::cmp::Ordering::Less => above.push(record),
                std::cmp::Ordering::Equal => header = record.iter().map(|cell| clean(cell)).collect(),
                std::cmp::Ordering::Greater => {
                    if record.iter().any(|cell| !clean(cell).is_empty()) {
                        rows.push((line, record));
                    }
                }
            }
        }
        Ok(Self { file: source.name.clone(), header, places: RefCell::default(), rows, above })
    }

    /// The place of a column, if the table has it: case, blanks and punctuation are left aside.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        if let Some(place) = self.places.borrow().get(name) {
            return *place;
        }
        let place = self.header.iter().position(|cell| same(cell, name));
        self.places.borrow_mut().insert(name.to_owned(), place);
        place
    }

    /// The place of a column that must be there.
    pub(super) fn need(&self, name: &str) -> Result<usize, ImportError> {
        self.column(name).ok_or_else(|| ImportError::NoColumn {
            file: self.file.clone(),
            column: name.to_owned(),
            found: self.header.clone(),
        })
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }
}

impl<'a> Row<'a> {
    /// The cell of a column, as it stands; empty where there is no such column.
    pub(super) fn raw(&self, column: &str) -> &'a str {
        self.table.column(column).and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// The cell of a column, cleaned; empty for a null.
    pub(super) fn get(&self, column: &str) -> String {
        clean(self.raw(column))
    }

    /// Whether the table has a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.table.column(column).is_some()
    }
}

/// Every sheet of a workbook.
fn sheets_of(source: &Source) -> Result<Vec<Sheet>, ImportError> {
    let shape = source.workbook_shape();
    if shape == Shape::Ods {
        return ods::sheets(&source.bytes).map_err(|what| source.damaged(what));
    }
    let mut book =
        Workbook::open(source.bytes.clone(), shape).map_err(|error| source.damaged(error.to_string()))?;
    let mut sheets = Vec::new();
    for name in book.sheets() {
        let rows = book.rows(&name).map_err(|error| source.damaged(format!("sheet `{name}`: {error}")))?;
        let records = rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
            (row.position.record, cells.collect())
        });
        let records = records.collect();
        sheets.push((name, records));
    }
    Ok(sheets)
}

/// The line on which a record starts: the reader counts the end of the line before it, and blank lines, as the record's own.
fn line_of(text: &str, at: &csv::Position) -> u64 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let blank =
        text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    at.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}

/// A row that no publisher writes is refused before it is copied: its cells would fill the memory.
pub(super) fn check_size(source: &Source, line: u64, record: &csv::StringRecord) -> Result<(), ImportError> {
    if record.len() > WIDEST {
        return Err(
            source.damaged(format!("line {line} has {} cells, and no list has so many", record.len()))
        );
    }
    if record.as_slice().len() > LARGEST
        && let Some(cell) = record.iter().find(|cell| cell.len() > LARGEST)
    {
        return Err(
            source.damaged(format!("a cell on line {line} has {} bytes, and no list has such", cell.len()))
        );
    }
    Ok(())
}

/// Whether two headers are the same word: `Date Designated`, `date_designated`, `DateDesignated`.
fn same(a: &str, b: &str) -> bool {
    let letters = |text: &'_ str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    a == b || letters(a) == letters(b)
}

/// Whether a quoted cell never closes: the csv reader takes the end of the file for its end.
fn quotes_are_open(text: &str, delimiter: u8) -> bool {
    let (mut open, mut at_start) = (false, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if open {
            if byte == b'"' {
                if bytes.peek() == Some(&b'"') {
                    bytes.next();
                } else {
                    open = false;
                }
            }
        } else {
            open = at_start && byte == b'"';
            at_start = byte == delimiter || byte == b'\n' || byte == b'\r';
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Table, ImportError> {
        let source = Source { name: "x.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        Table::from_text(&source, b',', &["Unique ID", "Name"])
    }

    #[test]
    fn the_header_may_stand_below_a_title() {
        let table =
            table("Report Date: 1-Oct-2026\n\nunique_id,NAME,Extra\n1, A ,x\n,,\n2,\"B\n\"\"C\"\"\",\n")
                .unwrap();
        let rows: Vec<_> =
            table.iter().map(|row| (row.line, row.get("Unique ID"), row.get("name"))).collect();
        assert_eq!(rows, [(4, "1".into(), "A".into()), (6, "2".into(), "B \"C\"".into())]);
        assert_eq!(table.above[0], ["Report Date: 1-Oct-2026"]);
        assert_eq!(table.iter().next().unwrap().get("none"), "");
    }

    #[test]
    fn a_cut_file_is_refused() {
        for (text, want) in [
            ("Unique ID,Name,Note\n1,A,\"half a", "a quoted cell is still open"),
            ("Unique ID,Name,Note\n1,A,x\n2,B", "the last row, line 3, has 2 of 3 cells"),
            ("Unique ID,Nome\n1,A\n", "no column `Name`; its columns are `Unique ID`, `Nome`"),
        ] {
            let message = table(text).err().unwrap().to_string();
            assert!(message.contains(want), "{message}");
        }
        assert!(table("Unique ID,Name,Note\n1,A,x").is_ok());
    }
}
