//! Workbooks: every cell of a sheet with its type, and the answers to the right of them.

use std::borrow::Cow;
use std::io::{self, Write};

use calamine::Data;
use jiff::civil::Date;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::super::columns::Cell;
use super::super::csv::cell_text;
use super::super::escape::reads_as_formula;
use super::super::xlsx::{LONGEST, excel_day, safe};
use super::answers::{Answers, HEADERS};
use super::write_end;
use crate::load::InputAccount;
use crate::read;
use crate::read::open::Document;

/// How many cells an answered sheet may have, the empty ones too: every row is written as wide as the widest.
const MOST_PLACES: usize = 100_000_000;

/// A sheet from its first row and column on.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Vec<Vec<Data>>,
}

impl Sheet {
    fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The header's row from 0, and its cells as text.
    fn header(&self, input: &InputAccount) -> (Option<usize>, Vec<String>) {
        let at = usize::try_from(input.header_record).ok().and_then(|record| record.checked_sub(1));
        let cells = at
            .and_then(|at| self.rows.get(at))
            .map_or_else(Vec::new, |cells| cells.iter().map(shown).collect());
        (at, cells)
    }
}

/// Reads the sheet that was screened.
pub(super) fn sheet(document: Document, input: &InputAccount) -> io::Result<Sheet> {
    let shape = document.shape;
    let mut book = read::sheet::Workbook::open(document.into_bytes()?, shape)?;
    let name = input.sheet.clone().or_else(|| book.sheets().into_iter().next()).unwrap_or_default();
    let mut rows: Vec<Vec<Data>> = Vec::new();
    let mut width = 0;
    for (row, column, value) in book.cells(&name)? {
        let [row, column] = [row, column].map(|place| usize::try_from(place).unwrap_or(usize::MAX));
        width = width.max(column.saturating_add(1));
        if rows.len().max(row).saturating_mul(width) > MOST_PLACES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        let Some(cells) = rows.get_mut(row) else { continue };
        if cells.len() <= column {
            cells.resize(column + 1, Data::Empty);
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = value;
        }
    }
    Ok(Sheet { name, rows })
}

/// A cell as text; dates in ISO 8601.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
    }
}

/// The answers to each row: `None` above the header and for empty rows.
fn answered(sheet: &Sheet, input: &InputAccount, answers: &Answers<'_>) -> Vec<Option<Vec<Cell<'static>>>> {
    let (header, headers) = sheet.header(input);
    let column = answers.column(&headers);
    let rows = sheet.rows.iter().enumerate().map(|(at, cells)| {
        if header == Some(at) {
            return Some(HEADERS.iter().map(|name| Cell::Text((*name).into())).collect());
        }
        let empty = cells.iter().all(|cell| matches!(cell, Data::Empty));
        if empty || header.is_some_and(|header| at < header) {
            return None;
        }
        let name = column.and_then(|column| cells.get(column)).map_or_else(String::new, shown);
        Some(answers.row(&name).to_vec())
    });
    rows.collect()
}

/// Writes the sheet as comma-separated text.
pub(super) fn as_text(
    sheet: &Sheet,
    input: &InputAccount,
    answers: &Answers<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = sheet.width();
    for (cells, answer) in sheet.rows.iter().zip(answered(sheet, input, answers)) {
        // The first cell is written by `write_end` too, which begins with a delimiter: it is taken off.
        let mut line = Vec::new();
        let own = cells.iter().map(|cell| match cell {
            Data::String(text) if reads_as_formula(text) => format!("'{text}"),
            other => shown(other),
        });
        let padding = std::iter::repeat_n(String::new(), width - cells.len());
        let added = answer.iter().flatten().map(|cell| cell_text(cell).into_owned());
        write_end(&own.chain(padding).chain(added).collect::<Vec<_>>(), ',', &mut line)?;
        out.write_all(line.get(1..).unwrap_or_default())?;
        out.write_all(b"\r\n")?;
    }
    Ok(())
}

/// Writes every sheet into one workbook.
pub(super) fn write(
    sheets: &[(Sheet, &InputAccount, Answers<'_>)],
    as_of: Date,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    if let Some(day) = excel_day(as_of) {
        book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day));
    }
    let mut names: Vec<String> = Vec::new();
    for (sheet, input, answers) in sheets {
        let page = book.add_worksheet();
        let name = sheet_name(&sheet.name, &names);
        page.set_name(&name)?;
        names.push(name);
        fill(page, sheet, input, answers)?;
    }
    book.save_to_buffer()
}

/// A name that Excel takes: 31 characters, none of seven, none twice in whatever case.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let plain: String =
        wanted.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { '_' } else { c }).collect();
    let plain = if plain.trim().is_empty() { "Sheet".to_owned() } else { plain };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let cut = |length: usize| plain.chars().take(length).collect::<String>();
    let numbered = (2..).map(|number: u32| format!("{} ({number})", cut(25)));
    std::iter::once(cut(31)).chain(numbered).find(|name| !is_taken(name)).unwrap_or(plain)
}

fn fill(
    page: &mut Worksheet,
    sheet: &Sheet,
    input: &InputAccount,
    answers: &Answers<'_>,
) -> Result<(), XlsxError> {
    let first = u16::try_from(sheet.width()).unwrap_or(u16::MAX);
    for ((row, cells), answer) in (0_u32..).zip(&sheet.rows).zip(answered(sheet, input, answers)) {
        for (column, cell) in (0_u16..).zip(cells) {
            write_own(page, row, column, cell)?;
        }
        for (column, cell) in (first..).zip(answer.iter().flatten()) {
            match cell {
                Cell::Count(number) => write_number(page, row, column, &number.to_string())?,
                Cell::Number(digits) => write_number(page, row, column, digits)?,
                Cell::Text(text) => write_text(page, row, column, text)?,
                Cell::Amount(_) | Cell::Day(_) | Cell::Empty => {}
            }
        }
    }
    Ok(())
}

fn write_number(page: &mut Worksheet, row: u32, column: u16, digits: &str) -> Result<(), XlsxError> {
    match digits.parse::<f64>() {
        Ok(number) => page.write_number(row, column, number).map(|_| ()),
        Err(_) => write_text(page, row, column, digits),
    }
}

fn write_text(page: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    // Line ends inside a cell stay; only what Excel cannot hold is cut.
    let text = if text.encode_utf16().count() > LONGEST { safe(text) } else { Cow::Borrowed(text) };
    if reads_as_formula(&text) {
        let quoted = Format::new().set_quote_prefix();
        return page.write_string_with_format(row, column, &*text, &quoted).map(|_| ());
    }
    page.write_string(row, column, &*text).map(|_| ())
}

fn write_own(page: &mut Worksheet, row: u32, column: u16, cell: &Data) -> Result<(), XlsxError> {
    match cell {
        Data::Empty => Ok(()),
        Data::Int(number) => write_number(page, row, column, &number.to_string()),
        Data::Float(number) => page.write_number(row, column, *number).map(|_| ()),
        Data::Bool(value) => page.write_boolean(row, column, *value).map(|_| ()),
        Data::DateTime(moment) => {
            let date = Format::new().set_num_format(if moment.as_f64().fract() == 0.0 {
                "yyyy-mm-dd"
            } else {
                "yyyy-mm-dd hh:mm:ss"
            });
            page.write_number_with_format(row, column, moment.as_f64(), &date).map(|_| ())
        }
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            write_text(page, row, column, text)
        }
        Data::Error(error) => write_text(page, row, column, &error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_what_excel_takes() {
        assert_eq!(sheet_name("Spend/Oct", &[]), "Spend_Oct");
        assert_eq!(sheet_name("Spend", &["SPEND".to_owned()]), "Spend (2)");
        assert_eq!(sheet_name("", &[]), "Sheet");
        assert_eq!(sheet_name(&"x".repeat(60), &[]).len(), 31);
    }
}
