//! The columns of a finding, named and filled in one place: CSV, XLSX and the annotated input all read this table.
//!
//! The names and their order are a promise to scripts; new columns go to the end.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Candidate;
use crate::judge::Decision;
use crate::record::{Country, Exposure, Place};
use crate::watchlist::PartialDate;

/// What stands in a cell, with its type, so that a workbook can hold a number as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Text of ours or of others: the writer makes it safe.
    Text(Cow<'a, str>),
    /// A count.
    Count(u64),
    /// A sum, exact.
    Amount(Decimal),
    /// A share or score with its digits as they are printed everywhere.
    Number(String),
    /// A day.
    Day(Date),
    /// Nothing.
    Empty,
}

impl<'a> Cell<'a> {
    /// Text, or nothing where it is empty.
    fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

/// One column: its name, and what stands in it for a candidate.
pub struct Column {
    /// The header, as scripts know it.
    pub name: &'static str,
    /// The cell of a candidate.
    pub cell: for<'a> fn(&Candidate<'a>) -> Cell<'a>,
}

/// Every column in its order.
pub const COLUMNS: &[Column] = &[
    Column { name: "finding_id", cell: |c| Cell::text(&*c.finding.id) },
    Column { name: "state", cell: |c| Cell::text(c.finding.state.as_str()) },
    Column { name: "flag", cell: |c| Cell::text(c.finding.flag.as_str()) },
    Column { name: "next_step", cell: |c| Cell::text(&*c.finding.next_step.text) },
    Column { name: "track", cell: |c| Cell::text(c.subject.track.as_str()) },
    Column { name: "subject_id", cell: |c| Cell::text(&*c.subject.id) },
    Column { name: "subject_name", cell: |c| Cell::text(&*c.subject.name) },
    Column { name: "subject_country", cell: |c| Cell::text(countries(&c.subject.countries)) },
    Column { name: "rows", cell: |c| Cell::Count(c.subject.rows) },
    Column {
        name: "amount",
        cell: |c| c.subject.exposure.main().map_or(Cell::Empty, |(_, sum)| Cell::Amount(sum)),
    },
    Column {
        name: "currency",
        cell: |c| c.subject.exposure.main().map_or(Cell::Empty, |(code, _)| Cell::text(code.to_string())),
    },
    Column { name: "list", cell: |c| Cell::text(&*c.list.slug) },
    Column { name: "entry_id", cell: |c| Cell::text(&*c.entry.id) },
    Column { name: "listed_name", cell: |c| Cell::text(&*c.entry.name) },
    Column { name: "matched_name", cell: |c| Cell::text(&*c.finding.matched.matched_name) },
    Column { name: "listed_country", cell: |c| Cell::text(countries(&c.entry.countries)) },
    Column { name: "ground", cell: |c| Cell::text(c.entry.ground.as_str()) },
    Column { name: "measure", cell: |c| Cell::text(&*c.entry.measure) },
    Column { name: "authority", cell: |c| Cell::text(c.list.facts.authority.as_str()) },
    Column { name: "proof", cell: |c| Cell::text(c.list.facts.proof.as_str()) },
    Column { name: "status", cell: |c| Cell::text(c.entry.status.as_str()) },
    Column { name: "listed_on", cell: |c| partial_day(c.entry.listed_on) },
    Column { name: "source_url", cell: |c| Cell::text(&*c.entry.source_url) },
    Column { name: "score", cell: |c| Cell::Number(c.finding.matched.score.to_string()) },
    Column { name: "band", cell: |c| Cell::text(c.finding.matched.band.as_str()) },
    Column { name: "why", cell: |c| Cell::text(&*c.finding.matched.why) },
    Column { name: "rules", cell: |c| Cell::text(rules(c)) },
    Column {
        name: "decision",
        cell: |c| c.finding.decision.as_ref().map_or(Cell::Empty, |d| Cell::text(d.outcome.as_str())),
    },
    Column {
        name: "decided_by",
        cell: |c| c.finding.decision.as_ref().map_or(Cell::Empty, |d| Cell::text(&*d.decided_by)),
    },
    Column {
        name: "decided_on",
        cell: |c| c.finding.decision.as_ref().map_or(Cell::Empty, |d| Cell::Day(d.decided_on)),
    },
    Column {
        name: "decision_reason",
        cell: |c| c.finding.decision.as_ref().map_or(Cell::Empty, |d| Cell::text(decision_reason(d))),
    },
    Column {
        name: "review_by",
        cell: |c| c.finding.decision.as_ref().map_or(Cell::Empty, |d| Cell::Day(d.review_by)),
    },
    Column { name: "source_file", cell: |c| Cell::text(source_file(&c.subject.first)) },
    Column { name: "source_row", cell: |c| Cell::Count(c.subject.first.record) },
];

/// Country codes, `;` between them.
fn countries(codes: &[Country]) -> String {
    codes.iter().map(Country::as_str).collect::<Vec<_>>().join(";")
}

/// Rule numbers, `;` between them.
pub(super) fn rules(candidate: &Candidate<'_>) -> String {
    candidate.finding.rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")
}

/// A date as exact as it is: a month or year stays text, so that no spreadsheet makes a day of it.
fn partial_day(date: Option<PartialDate>) -> Cell<'static> {
    date.map_or(Cell::Empty, |date| {
        if date.earliest() == date.latest() {
            Cell::Day(date.earliest())
        } else {
            Cell::text(date.to_string())
        }
    })
}

/// A decision's reason code and words, as `different_country: registered in Peru`.
pub(super) fn decision_reason(decision: &Decision) -> String {
    if decision.reason.is_empty() {
        decision.reason_code.to_string()
    } else {
        format!("{}: {}", decision.reason_code, decision.reason)
    }
}

/// A file with its sheet in brackets.
pub(super) fn source_file(place: &Place) -> String {
    place.sheet.as_ref().map_or_else(|| place.file.to_string(), |sheet| format!("{}[{sheet}]", place.file))
}

/// The sum to order by: sterling, or what is there in another currency, or least of all nothing.
///
/// Nothing is converted: a sum in another currency orders after every sum in sterling.
pub(super) fn sterling(exposure: &Exposure) -> Option<(bool, Decimal)> {
    exposure.main().map(|(currency, sum)| (currency == crate::record::Currency::GBP, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order that scripts rely on, written out.
    const PROMISED: &str = "finding_id,state,flag,next_step,track,subject_id,subject_name,subject_country,rows,amount,\
        currency,list,entry_id,listed_name,matched_name,listed_country,ground,measure,authority,proof,status,listed_on,\
        source_url,score,band,why,rules,decision,decided_by,decided_on,decision_reason,review_by,source_file,source_row";

    #[test]
    fn the_columns_are_those_promised() {
        let names: Vec<_> = COLUMNS.iter().map(|column| column.name).collect();
        assert_eq!(names.join(","), PROMISED);
    }

    #[test]
    fn inexact_dates_stay_text() {
        assert_eq!(partial_day(PartialDate::parse("1992-03")), Cell::Text("1992-03".into()));
        assert_eq!(partial_day(PartialDate::parse("2022-06-21")), Cell::Day(Date::constant(2022, 6, 21)));
        assert_eq!(partial_day(None), Cell::Empty);
    }
}
