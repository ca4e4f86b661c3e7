//! Sheets of an `OpenDocument` spreadsheet, read from its `content.xml`.
//!
//! The UK Sanctions List comes indented, with blanks between the cells, which the workbook reader of the officer's files does not
//! take; an element at a time, it is read whatever stands between.
//!
//! Source: OASIS, Open Document Format for Office Applications 1.2, part 1, section 9.

use std::io::{Cursor, Read as _};

use super::xml::{Element, Elements, Item};

/// Columns and rows may be repeated a million times to fill a sheet: no list is wider than this, and blank rows are not
/// kept at all.
const WIDTH: usize = 256;

/// A sheet's name and its rows, each with its number from 1.
pub(super) type Sheet = (String, Vec<(u64, Vec<String>)>);

/// Every sheet, blank rows left out.
///
/// # Errors
/// What is wrong with the archive or its XML.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let content = archive.by_name("content.xml").map_err(|error| error.to_string())?;
    let limit = super::source::limit_for(bytes.len() as u64);
    let mut text = String::new();
    content.take(limit + 1).read_to_string(&mut text).map_err(|error| error.to_string())?;
    if text.len() as u64 > limit {
        return Err("it unpacks to far more than any list has".to_owned());
    }
    let mut elements = Elements::new(&text, &["table-row"]);
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut row = 0_u64;
    while let Some(item) = elements.next()? {
        match item {
            Item::Open(element) if element.name == "table" => {
                sheets.push((element.attribute("name").to_owned(), Vec::new()));
                row = 0;
            }
            Item::Whole(element) => {
                let first = row + 1;
                row += element.attribute("number-rows-repeated").parse::<u64>().unwrap_or(1).max(1);
                let cells = cells(&element);
                if let Some((_, rows)) = sheets.last_mut().filter(|_| !cells.is_empty()) {
                    rows.push((first, cells));
                }
            }
            Item::Open(_) => {}
        }
    }
    Ok(sheets)
}

fn cells(row: &Element) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for cell in row.children("table-cell") {
        let day = cell.attribute("date-value");
        let text = if day.is_empty() {
            cell.children("p").map(Element::full_text).collect::<Vec<_>>().join("\n")
        } else {
            day.split('T').next().unwrap_or_default().to_owned()
        };
        let repeated = cell.attribute("number-columns-repeated").parse::<usize>().unwrap_or(1).max(1);
        for _ in 0..repeated.min(WIDTH.saturating_sub(cells.len())) {
            cells.push(text.clone());
        }
    }
    while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells
}
