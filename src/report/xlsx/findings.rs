//! The sheet of findings: what a reviewer needs first, then the columns to fill in, then the rest.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Worksheet, XlsxError};

use super::super::columns::{COLUMNS, Cell};
use super::super::{Candidate, Report};
use super::FINDINGS;
use super::paper::Paper;
use crate::vocab::{Outcome, ReasonCode};

/// What a column of the sheet holds.
#[derive(Clone, Copy)]
enum Holds {
    /// The report's column of this name.
    Reported(&'static str),
    /// What a reviewer fills in; the part of a standing decision that is there already.
    Filled(fn(&Candidate<'_>) -> Cell<'static>),
}

use Holds::{Filled, Reported};

/// A column of the sheet: its header, its width in characters, what it holds. The header in lower case with `_` for
/// blanks is the name by which it is read back.
const SHEET: &[(&str, f64, Holds)] = &[
    ("Flag", 13.0, Reported("flag")),
    ("Subject name", 30.0, Reported("subject_name")),
    ("Listed name", 30.0, Reported("listed_name")),
    ("Amount", 15.0, Reported("amount")),
    ("Currency", 9.0, Reported("currency")),
    ("Band", 13.0, Reported("band")),
    ("Score", 8.0, Reported("score")),
    ("Why", 56.0, Reported("why")),
    ("Next step", 22.0, Reported("next_step")),
    ("Outcome", 14.0, Filled(|c| decided(c, |d| Cell::Text(d.outcome.as_str().into())))),
    ("Reason code", 18.0, Filled(|c| decided(c, |d| Cell::Text(d.reason_code.as_str().into())))),
    ("Reason", 34.0, Filled(|c| decided(c, |d| text(&d.reason)))),
    ("Decided by", 16.0, Filled(|c| decided(c, |d| text(&d.decided_by)))),
    ("Checked by", 16.0, Filled(|c| decided(c, |d| d.checked_by.as_deref().map_or(Cell::Empty, text)))),
    ("Decided on", 13.0, Filled(|c| decided(c, |d| Cell::Day(d.decided_on)))),
    ("Review by", 13.0, Filled(|c| decided(c, |d| Cell::Day(d.review_by)))),
    ("Ground", 24.0, Reported("ground")),
    ("Measure", 22.0, Reported("measure")),
    ("Authority", 10.0, Reported("authority")),
    ("Proof", 20.0, Reported("proof")),
    ("Status", 12.0, Reported("status")),
    ("Listed on", 13.0, Reported("listed_on")),
    ("List", 18.0, Reported("list")),
    ("Entry id", 20.0, Reported("entry_id")),
    ("Matched name", 28.0, Reported("matched_name")),
    ("Listed country", 10.0, Reported("listed_country")),
    ("Source url", 40.0, Reported("source_url")),
    ("Rules", 16.0, Reported("rules")),
    ("State", 12.0, Reported("state")),
    ("Track", 11.0, Reported("track")),
    ("Subject id", 18.0, Reported("subject_id")),
    ("Subject country", 10.0, Reported("subject_country")),
    ("Rows", 8.0, Reported("rows")),
    ("Source file", 24.0, Reported("source_file")),
    ("Source row", 9.0, Reported("source_row")),
    ("Finding id", 22.0, Reported("finding_id")),
];

/// The columns that stay in sight while the others are scrolled: flag and subject.
const FROZEN: u16 = 2;
/// The pale yellow of the cells to fill in.
const TINT: u32 = 0x00FF_F8DC;

fn text(text: &str) -> Cell<'static> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned().into()) }
}

fn decided(
    candidate: &Candidate<'_>,
    part: impl Fn(&crate::judge::Decision) -> Cell<'static>,
) -> Cell<'static> {
    candidate.finding.decision.as_deref().map_or(Cell::Empty, part)
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, report: &Report<'_>) -> Result<(), XlsxError> {
    let mut paper = Paper::new(sheet, FINDINGS)?;
    let names: Vec<&str> = SHEET.iter().map(|(name, _, _)| *name).collect();
    paper.headers(&names)?;
    let tint = paper.text.clone().set_background_color(TINT);
    for candidate in &report.candidates {
        for (column, (_, _, holds)) in (0_u16..).zip(SHEET) {
            match holds {
                Reported(name) => paper.cell(column, &reported(name, candidate), None)?,
                Filled(part) => paper.cell(column, &part(candidate), Some(&tint))?,
            }
        }
        paper.row += 1;
    }
    let last_row = paper.row.saturating_sub(1);
    furnish(paper.sheet, last_row)?;
    validate(paper.sheet, last_row)
}

fn reported<'a>(name: &str, candidate: &Candidate<'a>) -> Cell<'a> {
    COLUMNS.iter().find(|column| column.name == name).map_or(Cell::Empty, |column| (column.cell)(candidate))
}

/// Widths, the frozen header, the filters, and the header on each printed page.
fn furnish(sheet: &mut Worksheet, last_row: u32) -> Result<(), XlsxError> {
    for (column, (_, width, _)) in (0_u16..).zip(SHEET) {
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, FROZEN)?;
    sheet.set_repeat_rows(0, 0)?;
    let last_column = u16::try_from(SHEET.len()).unwrap_or(u16::MAX).saturating_sub(1);
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// Drop-downs for the two columns that take one word of a few, and a word of help at each column to fill in.
fn validate(sheet: &mut Worksheet, last_row: u32) -> Result<(), XlsxError> {
    if last_row == 0 {
        return Ok(());
    }
    let outcomes: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.as_str()).collect();
    let reasons: Vec<&str> = ReasonCode::ALL.iter().map(|reason| reason.as_str()).collect();
    let help = [
        (
            "Outcome",
            "Is the subject the listed entity? Withdrawn takes an earlier decision back.",
            Some(outcomes),
        ),
        ("Reason code", "The main reason. Other needs words in the next column.", Some(reasons)),
        ("Reason", "What you looked at and what it showed, in your own words.", None),
        ("Decided by", "Your name.", None),
        ("Checked by", "The second person, where one is needed.", None),
        ("Decided on", "The day of the decision.", None),
        ("Review by", "The last day on which the decision stands.", None),
    ];
    for (name, message, words) in help {
        let Some(column) = (0_u16..).zip(SHEET).find(|(_, (header, _, _))| *header == name).map(|(at, _)| at)
        else {
            continue;
        };
        let mut rule = DataValidation::new().set_input_title(name)?.set_input_message(message)?;
        if let Some(words) = words {
            rule = rule
                .allow_list_strings(&words)?
                .set_error_title("Not one of the words")?
                .set_error_message("Choose a word from the list, or empty the cell.")?
                .set_error_style(DataValidationErrorStyle::Stop);
        }
        sheet.add_data_validation(1, column, last_row, column, &rule)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What only the reviewers' columns hold, each in cells of its own.
    const FILLED: &[&str] = &["decision", "decided_by", "decided_on", "decision_reason", "review_by"];

    #[test]
    fn no_column_of_the_report_is_missing() {
        for column in COLUMNS.iter().filter(|column| !FILLED.contains(&column.name)) {
            let here = SHEET.iter().any(|(header, _, holds)| {
                matches!(holds, Reported(name) if *name == column.name)
                    && header.to_lowercase().replace(' ', "_") == column.name
            });
            assert!(here, "{}", column.name);
        }
    }
}
