//! How large the sheets of an `OpenDocument` file are before they are laid out.
//!
//! A cell and a row may be repeated: some hundred bytes stand for a million rows of ten thousand cells each, and the reader
//! of workbooks lays out every one of them.
//!
//! Source: OASIS, Open Document Format for Office Applications 1.2, part 1, sections 9.1.3, 9.1.4, 19.675 and 19.679.

use std::io::{self, BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How many cells the largest sheet has once all is repeated, from the first cell to the last that is filled.
///
/// # Errors
/// What is wrong with the archive or its XML.
pub(super) fn laid_out(bytes: &[u8]) -> io::Result<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    let content = archive.by_name("content.xml").map_err(io::Error::other)?;
    measure(BufReader::new(content))
}

/// The corner of a sheet so far: how wide, how many rows with those that are not filled, and what is not filled yet.
#[derive(Default)]
struct Extent {
    width: u64,
    rows: u64,
    row_width: u64,
    empty: u64,
    empty_rows: u64,
}

impl Extent {
    fn cell(&mut self, repeated: u64, filled: bool) {
        self.empty = self.empty.saturating_add(repeated);
        if filled {
            self.row_width = self.row_width.saturating_add(std::mem::take(&mut self.empty));
        }
    }

    fn row(&mut self, repeated: u64) {
        self.empty_rows = self.empty_rows.saturating_add(repeated);
        if self.row_width > 0 {
            self.width = self.width.max(self.row_width);
            self.rows = self.rows.saturating_add(std::mem::take(&mut self.empty_rows));
        }
        (self.row_width, self.empty) = (0, 0);
    }
}

fn measure(source: impl BufRead) -> io::Result<u64> {
    let mut reader = Reader::from_reader(source);
    let (mut extent, mut largest, mut repeated, mut buffer) = (Extent::default(), 0, 1, Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(io::Error::other)? {
            Event::Eof => return Ok(largest),
            Event::Start(element) => match element.local_name().as_ref() {
                "table" => extent = Extent::default(),
                "table-row" => repeated = number(&element, "number-rows-repeated"),
                "table-cell" | "covered-table-cell" => {
                    extent.cell(number(&element, "number-columns-repeated"), true);
                }
                _ => {}
            },
            Event::Empty(element) => match element.local_name().as_ref() {
                "table-row" => extent.row(number(&element, "number-rows-repeated")),
                "table-cell" | "covered-table-cell" => {
                    extent.cell(number(&element, "number-columns-repeated"), has_value(&element));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "table-row" => {
                extent.row(repeated);
                largest = largest.max(extent.width.saturating_mul(extent.rows));
            }
            _ => {}
        }
    }
}

/// An attribute's number, 1 where it is not there.
fn number(element: &BytesStart<'_>, name: &str) -> u64 {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name);
    found.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1)
}

/// Whether a cell without content has a value all the same.
fn has_value(element: &BytesStart<'_>) -> bool {
    element.attributes().flatten().any(|attribute| attribute.key.local_name().as_ref().ends_with("value"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_counts_as_often_up_to_the_last_filled_cell() {
        let cell = "<table-cell><p>x</p></table-cell>";
        let wide = "<table-cell number-columns-repeated='1000' value='5'/>";
        let blank = "<table-cell number-columns-repeated='16000'/>";
        for (rows, cells) in [
            (format!("<table-row>{cell}{blank}</table-row>"), 1),
            (format!("<table-row>{blank}{cell}</table-row>"), 16_001),
            (format!("<table-row number-rows-repeated='50'>{cell}{wide}</table-row>"), 50 * 1001),
            (
                format!(
                    "<table-row>{cell}</table-row><table-row number-rows-repeated='1000000'>{blank}</table-row>"
                ),
                1,
            ),
            (format!("<table-row number-rows-repeated='9'/><table-row>{cell}</table-row>"), 10),
        ] {
            let text =
                format!("<body><table>{rows}</table><table><table-row>{cell}</table-row></table></body>");
            assert_eq!(measure(text.as_bytes()).unwrap(), cells, "{rows}");
        }
    }
}
