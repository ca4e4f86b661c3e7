//! The report as an Excel workbook that can be reviewed and sent back.
//!
//! Sheets: Summary, Findings (with the columns that a reviewer fills in), Not screened, Lists, Glossary, and one that
//! Excel does not show, on which the findings stand as they were judged, so that a decision read back is bound to what
//! its reviewer saw. The same screening gives the same bytes: the creation date is the day of the run.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use super::{Report, run, wording};
pub(super) use paper::{LONGEST, excel_day, safe};

mod around;
mod findings;
mod paper;
mod read;
mod record;

pub use read::{ReadBack, ReadError, Row, read_decisions};

/// The sheet that reviewers fill in.
const FINDINGS: &str = "Findings";
/// The sheet that Excel does not show.
const RECORD: &str = "wharfinger";

/// Writes the workbook.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&workbook(report).map_err(io::Error::other)?)
}

fn workbook(report: &Report<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new()
        .set_title(format!("Screening of {}", wording::day(report.screening.as_of)))
        .set_comment(format!("Run {}, wharfinger {}", report.run_id, run::VERSION));
    if let Some(day) = excel_day(report.screening.as_of) {
        properties = properties.set_creation_datetime(&day);
    }
    book.set_properties(&properties);
    around::summary(book.add_worksheet(), report)?;
    findings::write(book.add_worksheet(), report)?;
    around::not_screened(book.add_worksheet(), report)?;
    around::lists(book.add_worksheet(), report)?;
    around::glossary(book.add_worksheet())?;
    record::write(book.add_worksheet(), report)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

    use super::super::{Format, ReportOptions, fixture};
    use crate::screen::Screening;

    fn book(screening: &Screening) -> Xlsx<Cursor<Vec<u8>>> {
        let bytes = fixture::bytes(screening, Format::Xlsx, &ReportOptions::default());
        open_workbook_from_rs(Cursor::new(bytes)).unwrap()
    }

    /// A sheet as lines of cells with `|` between them; the cells' types show.
    fn sheet(screening: &Screening, name: &str) -> String {
        let range = book(screening).worksheet_range(name).unwrap();
        let cell = |cell: &Data| match cell {
            Data::Empty => String::new(),
            Data::String(text) => text.clone(),
            other => format!("<{other:?}>"),
        };
        let lines: Vec<String> = range
            .rows()
            .map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ").trim_end().to_owned())
            .collect();
        lines.join("\n")
    }

    #[test]
    fn the_sheets() {
        assert_eq!(
            book(&fixture::screening()).sheet_names(),
            ["Summary", "Findings", "Not screened", "Lists", "Glossary", "wharfinger"]
        );
        for name in ["Summary", "Findings", "Not screened", "Lists"] {
            insta::assert_snapshot!(name, sheet(&fixture::screening(), name));
        }
    }

    /// The XML of a part of the workbook.
    fn part(screening: &Screening, name: &str) -> String {
        let bytes = fixture::bytes(screening, Format::Xlsx, &ReportOptions::default());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    }

    #[test]
    fn the_findings_are_furnished_for_review() {
        let xml = part(&fixture::screening(), "xl/worksheets/sheet2.xml");
        assert!(xml.contains("state=\"frozen\""), "the header stays in sight");
        assert!(xml.contains("<autoFilter ref=\"A1:AJ4\""), "{xml}");
        assert_eq!(xml.matches("<dataValidation type=\"list\"").count(), 2, "outcome and reason code");
        assert!(xml.contains("not_same,same,cannot_tell"), "{xml}");
    }

    #[test]
    fn the_same_run_gives_the_same_bytes() {
        let bytes = || fixture::bytes(&fixture::screening(), Format::Xlsx, &ReportOptions::default());
        assert!(bytes() == bytes());
    }

    #[test]
    fn numbers_that_look_like_numbers_stay_text() {
        let findings = sheet(&fixture::screening(), "Findings");
        assert!(findings.contains(" | 00012345 | "), "{findings}");
    }

    #[test]
    fn hostile_text_is_no_formula() {
        let mut book = book(&fixture::hostile("=HYPERLINK(\"http://x\",\"y\")"));
        for name in book.sheet_names() {
            let formulas = book.worksheet_formula(&name).unwrap();
            assert_eq!(formulas.used_cells().count(), 0, "{name}");
        }
    }

    #[test]
    fn an_overlong_text_is_cut_and_a_run_without_anything_opens() {
        let bytes =
            fixture::bytes(&fixture::hostile(&"é".repeat(40_000)), Format::Xlsx, &ReportOptions::default());
        assert!(bytes.starts_with(b"PK"));
        assert!(sheet(&fixture::empty(), "Summary").contains("SCREENING NOT COMPLETE"));
    }
}
