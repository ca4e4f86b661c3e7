//! The workbook that comes back from a reviewer: the lines of its findings sheet, and the report they were made on.
//!
//! The reviewer may have sorted, filtered, moved or dropped columns and rows, and typed dates in any form that Excel
//! takes. Nothing is judged here: whether a line is a decision is for whoever takes the lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calamine::Data;

use super::{FINDINGS, RECORD};
use crate::error::Hint;
use crate::read::open::Shape;
use crate::read::sheet::Workbook;

/// One line of the findings sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The row as Excel numbers it.
    pub line: u64,
    /// The cells that are not empty, by column: the header in lower case with `_` for blanks.
    pub cells: BTreeMap<String, String>,
}

/// What a reviewed workbook holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBack {
    /// The lines of the findings sheet that hold anything.
    pub rows: Vec<Row>,
    /// The JSON report that the reviewer had before them; `None` where its sheet was lost on the way.
    pub report: Option<String>,
}

/// Why a workbook could not be read back.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be read.
    #[error("cannot read `{}`", path.display())]
    File {
        /// The path as given.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no workbook, or a damaged one, or far larger than any of ours.
    #[error("`{}` cannot be read as an Excel workbook (.xlsx)", path.display())]
    Workbook {
        /// The path as given.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The workbook has no sheet of findings.
    #[error("`{}` has no sheet `{FINDINGS}` with a column `Finding id`; its sheets: {}", path.display(), sheets.join(", "))]
    NoFindings {
        /// The path as given.
        path: PathBuf,
        /// The sheets that it has.
        sheets: Vec<String>,
    },
}

impl Hint for ReadError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::File { .. } => None,
            Self::Workbook { .. } => Some("save it as an Excel workbook, or as CSV".to_owned()),
            Self::NoFindings { .. } => {
                Some("give the workbook that `screen -o report.xlsx` wrote".to_owned())
            }
        }
    }
}

/// Reads a reviewed workbook.
///
/// # Errors
/// [`ReadError`] where it is not a workbook of this program.
pub fn read_decisions(path: &Path) -> Result<ReadBack, ReadError> {
    let bytes = std::fs::read(path).map_err(|source| ReadError::File { path: path.to_owned(), source })?;
    let no_workbook = |source| ReadError::Workbook { path: path.to_owned(), source };
    let mut book = Workbook::open(bytes, Shape::Xlsx).map_err(no_workbook)?;
    let sheets = book.sheets();
    let mut lines = |name: &str| {
        if sheets.iter().any(|sheet| sheet == name) {
            book.cells(name).map(lines_of).map_err(no_workbook)
        } else {
            Ok(Lines::new())
        }
    };
    let (findings, record) = (lines(FINDINGS)?, lines(RECORD)?);
    match rows(findings) {
        Some(rows) => Ok(ReadBack { rows, report: report(&record) }),
        None => Err(ReadError::NoFindings { path: path.to_owned(), sheets }),
    }
}

/// The filled cells of a sheet by row and column, from 0.
type Lines = BTreeMap<u32, BTreeMap<u32, Data>>;

fn lines_of(cells: Vec<(u32, u32, Data)>) -> Lines {
    let mut lines = Lines::new();
    for (row, column, value) in cells {
        lines.entry(row).or_default().insert(column, value);
    }
    lines
}

/// The lines below the header, which is the first row that names the finding's id.
fn rows(lines: Lines) -> Option<Vec<Row>> {
    let mut lines = lines.into_iter();
    let header: BTreeMap<u32, String> = lines.find_map(|(_, cells)| {
        let name = |cell: &Data| shown(cell).to_lowercase().replace([' ', '-'], "_");
        let names: BTreeMap<u32, String> = cells
            .iter()
            .map(|(column, cell)| (*column, name(cell)))
            .filter(|(_, name)| !name.is_empty())
            .collect();
        names.values().any(|name| name == "finding_id").then_some(names)
    })?;
    let row = |(line, cells): (u32, BTreeMap<u32, Data>)| {
        let cells =
            cells.iter().filter_map(|(column, cell)| Some((header.get(column)?.clone(), shown(cell))));
        let cells: BTreeMap<_, _> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
        (!cells.is_empty()).then_some(Row { line: u64::from(line) + 1, cells })
    };
    Some(lines.filter_map(row).collect())
}

/// A cell as a reviewer sees it; dates in ISO 8601.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

/// The report put together from the hidden sheet; `None` where that is not whole.
fn report(lines: &Lines) -> Option<String> {
    let mut texts = lines.values().map(|cells| {
        cells
            .values()
            .map(|cell| if let Data::String(text) = cell { text.as_str() } else { "" })
            .collect::<String>()
    });
    let mut report: serde_json::Value = serde_json::from_str(&texts.next()?).ok()?;
    let findings: Vec<serde_json::Value> =
        texts.map(|text| serde_json::from_str(&text).ok()).collect::<Option<_>>()?;
    report.as_object_mut()?.insert("findings".to_owned(), findings.into());
    Some(report.to_string())
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook};

    use super::super::super::{Format, ReportOptions, fixture};
    use super::*;

    fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.xlsx");
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    #[test]
    fn a_workbook_comes_back_as_it_went() {
        let screening = fixture::screening();
        let options = ReportOptions::default();
        let (_folder, path) = written(&fixture::bytes(&screening, Format::Xlsx, &options));
        let back = read_decisions(&path).unwrap();
        assert_eq!(back.rows.len(), 3);
        let row = &back.rows[2];
        assert_eq!(row.line, 4);
        for (column, cell) in [
            ("finding_id", "f3"),
            ("outcome", "cannot_tell"),
            ("reason_code", "other"),
            ("reason", "asked the supplier for its owners"),
            ("decided_by", "reviewer-1"),
            ("decided_on", "2026-10-01"),
            ("review_by", "2027-01-31"),
            ("subject_id", "s2"),
        ] {
            assert_eq!(row.cells.get(column).map(String::as_str), Some(cell), "{column}");
        }
        assert!(!back.rows[0].cells.contains_key("outcome"));

        let report: serde_json::Value = serde_json::from_str(&back.report.unwrap()).unwrap();
        let whole: serde_json::Value =
            serde_json::from_slice(&fixture::bytes(&screening, Format::Json, &options)).unwrap();
        assert_eq!(report["findings"], whole["findings"]);
        assert_eq!(report["run"], whole["run"]);
    }

    #[test]
    fn an_edited_sheet_is_read_wherever_its_header_is() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(FINDINGS).unwrap();
        sheet.write_string(2, 1, "Outcome").unwrap();
        sheet.write_string(2, 2, "FINDING ID").unwrap();
        sheet.write_string(2, 3, "Decided on").unwrap();
        sheet.write_string(4, 1, " not_same ").unwrap();
        sheet.write_string(4, 2, "f1").unwrap();
        let day = ExcelDateTime::from_ymd(2026, 11, 25).unwrap();
        let format = CellFormat::new().set_num_format("dd/mm/yyyy");
        sheet.write_datetime_with_format(4, 3, &day, &format).unwrap();
        let (_folder, path) = written(&book.save_to_buffer().unwrap());
        let back = read_decisions(&path).unwrap();
        assert_eq!(back.report, None);
        assert_eq!(back.rows.len(), 1);
        assert_eq!(back.rows[0].line, 5);
        assert_eq!(back.rows[0].cells["outcome"], "not_same");
        assert_eq!(back.rows[0].cells["decided_on"], "2026-11-25");
    }

    #[test]
    fn what_is_no_workbook_of_ours_is_told_so() {
        let (_folder, path) = written(b"finding_id,outcome\n");
        assert!(matches!(read_decisions(&path), Err(ReadError::Workbook { .. })));
        let mut book = Workbook::new();
        book.add_worksheet();
        let (_folder, path) = written(&book.save_to_buffer().unwrap());
        let error = read_decisions(&path).unwrap_err();
        assert!(error.to_string().contains("its sheets: Sheet1"), "{error}");
        assert!(error.hint().is_some());
        assert!(matches!(read_decisions(Path::new("nowhere.xlsx")), Err(ReadError::File { .. })));
    }
}
