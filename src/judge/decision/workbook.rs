//! The sheet that comes back as an Excel workbook.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};

use crate::judge::decision::sheet::{columns, sheet_line};
use crate::judge::decision::{DecisionError, SheetLine};

/// How far down a sheet its header may stand: below a title and a remark or two.
const HEADER_WITHIN: usize = 20;

/// Reads the first sheet of a workbook that has a column `finding_id`; line numbers are its rows.
///
/// # Errors
/// [`DecisionError::NotASheet`] where there is no such sheet, or it lacks another column that is needed.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<Vec<SheetLine>, DecisionError> {
    let not_a_sheet =
        |line: u64, what: String| DecisionError::NotASheet { path: path.to_owned(), line, what };
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| not_a_sheet(1, error.to_string()))?;
    for name in book.sheet_names() {
        let range = book
            .worksheet_range(&name)
            .map_err(|error| not_a_sheet(1, format!("sheet `{name}`: {error}")))?;
        let first_row = u64::from(range.start().map_or(0, |(row, _)| row)) + 1;
        let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(text).collect()).collect();
        let is_header =
            |row: &Vec<String>| row.iter().any(|cell| cell.trim().eq_ignore_ascii_case("finding_id"));
        let Some(header) = rows.iter().take(HEADER_WITHIN).position(is_header) else { continue };
        let line_of = |index: usize| first_row + index as u64;
        let names = rows.get(header).into_iter().flatten().map(String::as_str);
        let columns =
            columns(names).map_err(|what| not_a_sheet(line_of(header), format!("sheet `{name}`: {what}")))?;
        let below = rows.iter().enumerate().skip(header + 1);
        let lines =
            below.map(|(index, row)| sheet_line(line_of(index), &columns, row.iter().map(String::as_str)));
        return Ok(lines.filter(|line| !line.cells.is_empty()).collect());
    }
    Err(not_a_sheet(1, "no sheet has a column `finding_id`".to_owned()))
}

/// A cell as text; a day as `2026-11-24`, whatever its format shows.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    /// A workbook as a report writes it: a sheet of words first, then a title and the table.
    fn book(with_days: bool) -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "Summary").unwrap();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Candidates").unwrap();
        let columns = [
            "finding_id",
            "Decision",
            "reason_code",
            "decision_reason",
            "decided_by",
            "decided_on",
            "review_by",
        ];
        let cells =
            ["wf-1", "not_same", "other", "=1+1 is their name", "A. Clerk", "2026-10-01", "31/03/2027"];
        for (index, (column, cell)) in (0_u16..).zip(columns.into_iter().zip(cells)) {
            sheet.write_string(2, index, column).unwrap();
            sheet.write_string(3, index, cell).unwrap();
        }
        if with_days {
            let day = ExcelDateTime::from_ymd(2026, 10, 1).unwrap();
            sheet
                .write_datetime_with_format(3, 5, &day, &Format::new().set_num_format("dd/mm/yyyy"))
                .unwrap();
        }
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn the_table_is_found_and_days_are_days() {
        for with_days in [false, true] {
            let lines = read(Path::new("report.xlsx"), &book(with_days)).unwrap();
            assert_eq!(lines.len(), 1);
            assert_eq!(lines[0].line, 4, "the row as Excel counts it");
            let cell = |name: &str| lines[0].cells[name].as_str();
            assert_eq!((cell("outcome"), cell("decided_on")), ("not_same", "2026-10-01"));
            assert_eq!(cell("reason"), "=1+1 is their name");
        }
    }

    #[test]
    fn a_workbook_of_something_else_is_said_to_be_so() {
        let mut other = Workbook::new();
        other.add_worksheet().write_string(0, 0, "Supplier").unwrap();
        let bytes = other.save_to_buffer().unwrap();
        let error = read(Path::new("x.xlsx"), &bytes).unwrap_err().to_string();
        assert!(error.contains("no sheet has a column `finding_id`"), "{error}");
        assert!(read(Path::new("x.xlsx"), b"PK broken").is_err());
    }
}
