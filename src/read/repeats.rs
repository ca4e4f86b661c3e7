//! How large the sheets of an `OpenDocument` file are before they are laid out.
//!
//! A cell, a row and a space may be repeated: some hundred bytes stand for a million rows of ten thousand cells each, and the
//! reader of workbooks lays out every one of them, with its text. Cells are told by the names that it goes by. It also reads on
//! for ever where a file ends within a table.
//!
//! Source: OASIS, Open Document Format for Office Applications 1.2, part 1, sections 6.1.3, 9.1.3, 9.1.4, 19.675 and 19.679.

use std::io::{self, BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::guarded::damaged;

/// How many cells all sheets may be laid out to, unless half of them are filled one by one: they are held twice over, some
/// hundred bytes a cell.
const LAID_OUT_LIMIT: u64 = 10_000_000;

/// How many bytes of text may be there only because cells and spaces are repeated.
const REPEATED_TEXT_LIMIT: u64 = 128 << 20;

/// Looks at the sheets of an `OpenDocument` file.
///
/// # Errors
/// What is wrong with the archive or its XML; [`io::ErrorKind::FileTooLarge`] for what would be laid out past the limits.
pub(super) fn check(bytes: &[u8]) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    let content = archive.by_name("content.xml").map_err(io::Error::other)?;
    let size = measure(BufReader::new(content))?;
    let cells = LAID_OUT_LIMIT.max(size.filled.saturating_mul(2));
    if size.cells > cells || size.text > size.read.saturating_add(REPEATED_TEXT_LIMIT) {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    Ok(())
}

/// What a file would be laid out to.
#[derive(Debug, Default, PartialEq)]
struct Size {
    /// The cells of all sheets, from the first of each to the last that is filled.
    cells: u64,
    /// The cells that are written and filled, each counted once.
    filled: u64,
    /// The bytes of text in all cells.
    text: u64,
    /// The bytes read.
    read: u64,
}

/// The corner of a sheet so far: how wide, how many rows with those that are not filled, and what is not filled yet.
#[derive(Default)]
struct Extent {
    width: u64,
    rows: u64,
    row_width: u64,
    row_text: u64,
    empty: u64,
    empty_rows: u64,
}

impl Extent {
    fn cell(&mut self, repeated: u64, filled: bool, text: u64) {
        self.empty = self.empty.saturating_add(repeated);
        if filled {
            self.row_width = self.row_width.saturating_add(std::mem::take(&mut self.empty));
            self.row_text = self.row_text.saturating_add(text.saturating_mul(repeated));
        }
    }

    /// Gives the bytes of text of so many rows. A row that is repeated no times is still held once.
    fn row(&mut self, repeated: u64) -> u64 {
        let repeated = repeated.max(1);
        self.empty_rows = self.empty_rows.saturating_add(repeated);
        if self.row_width > 0 {
            self.width = self.width.max(self.row_width);
            self.rows = self.rows.saturating_add(std::mem::take(&mut self.empty_rows));
        }
        (self.row_width, self.empty) = (0, 0);
        std::mem::take(&mut self.row_text).saturating_mul(repeated)
    }
}

/// A cell that is being read.
struct Open {
    repeated: u64,
    text: u64,
}

const TABLE: &str = "table:table";
const ROW: &str = "table:table-row";
const CELLS: [&str; 2] = ["table:table-cell", "table:covered-table-cell"];
const ROWS_REPEATED: &str = "table:number-rows-repeated";
const COLUMNS_REPEATED: &str = "table:number-columns-repeated";

fn measure(source: impl BufRead) -> io::Result<Size> {
    let mut reader = Reader::from_reader(source);
    let (mut size, mut extent, mut buffer) = (Size::default(), Extent::default(), Vec::new());
    let (mut open, mut tables, mut repeated) = (0_u64, 0_u64, 1);
    let mut cell: Option<Open> = None;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(io::Error::other)? {
            Event::Eof if open > 0 => return Err(damaged("`content.xml` ends in the middle".to_owned())),
            Event::Eof => {
                size.read = reader.buffer_position();
                return Ok(size);
            }
            Event::Start(element) => {
                open += 1;
                match element.name().as_ref() {
                    TABLE => tables += 1,
                    ROW if cell.is_none() => repeated = number(&element, ROWS_REPEATED)?,
                    name if CELLS.contains(&name) => {
                        let repeated = number(&element, COLUMNS_REPEATED)?;
                        let text = value(&element).unwrap_or(0);
                        if cell.replace(Open { repeated, text }).is_some() {
                            return Err(damaged("`content.xml` has a cell within a cell".to_owned()));
                        }
                    }
                    _ => add(&mut cell, spaces(&element)?),
                }
            }
            Event::Empty(element) => match element.name().as_ref() {
                ROW if cell.is_none() => {
                    let repeated = number(&element, ROWS_REPEATED)?;
                    size.text = size.text.saturating_add(extent.row(repeated));
                }
                name if CELLS.contains(&name) && cell.is_none() => {
                    let value = value(&element);
                    size.filled += u64::from(value.is_some());
                    let repeated = number(&element, COLUMNS_REPEATED)?;
                    extent.cell(repeated, value.is_some(), value.unwrap_or(0));
                }
                _ => add(&mut cell, spaces(&element)?),
            },
            Event::Text(text) => add(&mut cell, text.len() as u64),
            Event::GeneralRef(text) => add(&mut cell, text.len() as u64 + 2),
            Event::End(element) => {
                open = open.saturating_sub(1);
                match element.name().as_ref() {
                    TABLE => {
                        tables = tables.saturating_sub(1);
                        if tables == 0 {
                            let Extent { width, rows, .. } = std::mem::take(&mut extent);
                            size.cells = size.cells.saturating_add(width.saturating_mul(rows));
                        }
                    }
                    ROW if cell.is_none() => size.text = size.text.saturating_add(extent.row(repeated)),
                    name if CELLS.contains(&name) => {
                        if let Some(Open { repeated, text }) = cell.take() {
                            size.filled += 1;
                            extent.cell(repeated, true, text);
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn add(cell: &mut Option<Open>, text: u64) {
    if let Some(cell) = cell {
        cell.text = cell.text.saturating_add(text);
    }
}

/// How many spaces an element stands for.
fn spaces(element: &BytesStart<'_>) -> io::Result<u64> {
    if element.name().as_ref() == "text:s" { number(element, "text:c") } else { Ok(0) }
}

/// An attribute's number, 1 where it is not there.
fn number(element: &BytesStart<'_>, name: &str) -> io::Result<u64> {
    let mut attributes = element.attributes();
    let Some(found) = attributes.with_checks(false).flatten().find(|a| a.key.as_ref() == name) else {
        return Ok(1);
    };
    let text = quick_xml::escape::unescape(&found.value).map_err(io::Error::other)?;
    // A number beyond any is one that is too large.
    match text.parse() {
        Ok(number) => Ok(number),
        Err(_) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(u64::MAX),
        Err(_) => Err(damaged(format!("`content.xml` has a `{name}` that is no number"))),
    }
}

/// How long the value or formula is that a cell has beside its content, if it has one.
fn value(element: &BytesStart<'_>) -> Option<u64> {
    let mut attributes = element.attributes();
    let named = attributes.with_checks(false).flatten().filter(|attribute| {
        let name = attribute.key.local_name();
        name.as_ref().contains("value") || name.as_ref().contains("formula")
    });
    named.map(|attribute| attribute.value.len() as u64).reduce(u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: &str = "<table:table-cell><text:p>x</text:p></table:table-cell>";

    fn size(tables: &str) -> io::Result<Size> {
        measure(format!("<body>{tables}</body>").as_bytes())
    }

    fn repeated(kind: &str, axis: &str, times: u64, more: &str) -> String {
        format!("<table:{kind} table:number-{axis}-repeated='{times}' {more}")
    }

    #[test]
    fn what_is_repeated_counts_as_often_up_to_the_last_filled_cell() {
        let columns = |times, more| repeated("table-cell", "columns", times, more);
        let rows = |times, more| repeated("table-row", "rows", times, more);
        let wide = columns(1000, "office:value='5'/>");
        let blank = columns(16_000, "/>");
        let plain = format!("<table:table-row>{CELL}</table:table-row>");
        for (body, cells, text) in [
            (format!("<table:table-row>{CELL}{blank}</table:table-row>"), 1, 1),
            (format!("<table:table-row>{blank}{CELL}</table:table-row>"), 16_001, 1),
            (format!("{}{CELL}{wide}</table:table-row>", rows(50, ">")), 50 * 1001, 50 * 1001),
            (format!("{plain}{}{blank}</table:table-row>", rows(1_000_000, ">")), 1, 1),
            (rows(9, "/>") + &plain, 10, 1),
            // Repeated no times is held once all the same.
            (format!("{}{blank}{CELL}</table:table-row>", rows(0, ">")), 16_001, 1),
            // A formula, and a text that is empty, fill a cell.
            (format!("<table:table-row>{}</table:table-row>", columns(70, "table:formula='=A1'/>")), 70, 210),
            (
                format!(
                    "<table:table-row>{}</table:table-row>",
                    columns(70, "office:value-type='string'/>")
                ),
                70,
                420,
            ),
            (
                "<table:table-row><table:table-cell><text:s text:c='&#57;'/></table:table-cell></table:table-row>"
                    .to_owned(),
                1,
                9,
            ),
            // What lies in a cell is no row of the sheet.
            (
                format!(
                    "{}<table:table-cell><table:table-row/>x</table:table-cell></table:table-row>",
                    rows(30, ">")
                ),
                30,
                30,
            ),
        ] {
            let found = size(&format!("<table:table>{body}</table:table>")).unwrap();
            assert_eq!((found.cells, found.text), (cells, text), "{body}");
        }
    }

    #[test]
    fn sheets_add_up() {
        let sheet = format!(
            "<table:table>{}{CELL}</table:table-row></table:table>",
            repeated("table-row", "rows", 40, ">")
        );
        let found = size(&sheet.repeat(25)).unwrap();
        assert_eq!((found.cells, found.filled), (1000, 25));
    }

    #[test]
    fn a_file_that_ends_within_a_table_is_damaged() {
        let cut = format!("<body><table:table><table:table-row>{CELL}</table:table-row>");
        assert!(measure(cut.as_bytes()).unwrap_err().to_string().contains("middle"));
        let nested = format!(
            "<table:table><table:table-row><table:table-cell>{CELL}</table:table-cell></table:table-row></table:table>"
        );
        assert!(size(&nested).unwrap_err().to_string().contains("within"));
    }
}
