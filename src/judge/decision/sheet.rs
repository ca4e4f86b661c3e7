//! The sheet that people fill in and send back: read line by line, each line accepted or refused with a reason.
//!
//! It is a CSV of our own (see [`COLUMNS`]), or a report's CSV with its decision columns filled in. Dates may be as
//! spreadsheets leave them. The bytes may be UTF-8 or Windows-1252, the delimiter a comma, semicolon or tab.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::judge::decision::{DecisionError, EarlierReport, Record};
use crate::judge::{Decision, OnRecord, Policy, Recorded, Severity};
use crate::vocab::{Flag, Outcome, ReasonCode, Track, nearest_word};

/// The columns of a sheet of decisions, in order. The last is written by the program and left alone by people.
pub const COLUMNS: &[&str] = &[
    "finding_id",
    "subject_name",
    "listed_name",
    "list",
    "entry_id",
    "flag",
    "outcome",
    "reason_code",
    "reason",
    "decided_by",
    "checked_by",
    "decided_on",
    "review_by",
    "severity",
    "ownership",
    "evidence",
    "representations",
    "detriment_test",
    "support_test",
];

/// What a report's CSV calls two of them.
const OTHER_NAMES: &[(&str, &str)] = &[("decision", "outcome"), ("decision_reason", "reason")];

/// The columns without which nothing can be decided.
const NEEDED: &[&str] = &["finding_id", "outcome", "reason", "decided_by", "decided_on", "review_by"];

/// One line of a sheet: its line number and its cells by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// The line, from 1, the header counted.
    pub line: u64,
    /// The cells that are not empty, by column name.
    pub cells: BTreeMap<String, String>,
}

impl SheetLine {
    /// A line with its cells by header; headers may be a report's, cells as a spreadsheet keeps them.
    pub fn new(line: u64, cells: impl IntoIterator<Item = (String, String)>) -> Self {
        let cells = cells.into_iter().map(|(header, cell)| (column(&header), plain_cell(cell.trim())));
        Self { line, cells: cells.filter(|(_, cell)| !cell.is_empty()).collect() }
    }
}

/// A line that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line, from 1, the header counted.
    pub line: u64,
    /// The finding it is about, as written.
    pub finding_id: String,
    /// Why.
    pub reason: String,
}

/// What became of the lines of a sheet: each is in exactly one of the four.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The decisions, in order.
    pub records: Vec<Record>,
    /// The lines that came back.
    pub refused: Vec<Refused>,
    /// How many lines hold no decision.
    pub undecided: usize,
    /// How many lines only repeat the decision that the report already showed.
    pub repeated: usize,
}

/// Reads a CSV sheet; `path` is only named in errors.
///
/// # Errors
/// [`DecisionError::NotASheet`] where a needed column is missing, one looks misspelt, or the bytes are no CSV.
pub fn read_sheet(path: &Path, bytes: &[u8]) -> Result<Vec<SheetLine>, DecisionError> {
    // The reader counts a line at each end of either kind; one kind keeps its count that of an editor.
    let text = decode(bytes).replace("\r\n", "\n");
    let not_a_sheet =
        |line: u64, what: String| DecisionError::NotASheet { path: path.to_owned(), line, what };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(&text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| not_a_sheet(1, error.to_string()))?.clone();
    let columns: Vec<String> = header.iter().map(column).collect();
    check_columns(&columns).map_err(|what| not_a_sheet(1, what))?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            not_a_sheet(line, error.to_string())
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = columns.iter().cloned().zip(record.iter().map(str::to_owned));
        lines.push(SheetLine::new(line, cells));
    }
    Ok(lines)
}

fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Excel on Windows saves plain `CSV` in this encoding; every byte has a meaning in it.
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |c: char| header.matches(c).count();
    [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))]
        .into_iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .map_or(b',', |(c, _)| c)
}

fn column(header: &str) -> String {
    let name = header.trim().to_lowercase().replace([' ', '-'], "_");
    OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(name, |(_, ours)| (*ours).to_owned())
}

fn check_columns(columns: &[String]) -> Result<(), String> {
    let missing: Vec<&str> =
        NEEDED.iter().copied().filter(|name| !columns.iter().any(|column| column == name)).collect();
    for name in &missing {
        let near = nearest_word(name, columns.iter().map(String::as_str).filter(|c| !COLUMNS.contains(c)));
        if let Some(near) = near {
            return Err(format!("no column `{name}`; is `{near}` meant?"));
        }
    }
    match missing.first() {
        None => Ok(()),
        Some(name) => Err(format!("no column `{name}`")),
    }
}

/// The cell without the apostrophe that keeps a spreadsheet from reading it as a formula.
fn plain_cell(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Turns the lines of a sheet into records, bound to the content that `seen` shows of each finding.
///
/// `seen` is the report that the reviewers had before them. A line is refused, with a reason, where anything that makes
/// a decision accountable is missing or does not hold together; the others go on.
pub fn accept(lines: &[SheetLine], seen: &EarlierReport, policy: &Policy, as_of: Date) -> Accepted {
    let mut accepted = Accepted::default();
    for line in lines {
        if !line.cells.contains_key("outcome") {
            accepted.undecided += 1;
            continue;
        }
        if repeats(line, seen) {
            accepted.repeated += 1;
            continue;
        }
        match record(line, seen, policy, as_of) {
            Ok(record) => accepted.records.push(record),
            Err(reason) => accepted.refused.push(Refused {
                line: line.line,
                finding_id: line.cells.get("finding_id").cloned().unwrap_or_default(),
                reason,
            }),
        }
    }
    accepted
}

/// Whether a line of a report's CSV still says what the report said, so that nobody has decided anything in it.
///
/// Such a line has no column for the second pair of eyes; filing it again would take them away.
fn repeats(line: &SheetLine, seen: &EarlierReport) -> bool {
    let cell = |column: &str| line.cells.get(column).map(String::as_str);
    let Some(finding) = cell("finding_id").and_then(|id| seen.find(id)) else { return false };
    let day = |column: &str| cell(column).and_then(parse_day);
    finding.decision.is_some_and(|outcome| cell("outcome") == Some(outcome.as_str()))
        && cell("decided_by") == finding.decided_by.as_deref()
        && cell("reason") == finding.decision_reason.as_deref()
        && day("decided_on") == finding.decided_on
        && day("review_by") == finding.review_by
        && cell("checked_by").is_none_or(|checker| Some(checker) == finding.checked_by.as_deref())
}

fn record(line: &SheetLine, seen: &EarlierReport, policy: &Policy, as_of: Date) -> Result<Record, String> {
    let id = needed(line, "finding_id")?;
    let finding = seen.find(id).ok_or_else(|| {
        format!("`{id}` is not in the report that the decisions are about; give the report they were made on")
    })?;
    let decision = decision(line, policy, as_of)?;
    check_reason_code(&decision, finding.track)?;
    if finding.flag == Flag::LegalCheck && decision.dismisses() && !decision.has_four_eyes() {
        return Err(
            "a legal check is dismissed by two people: `checked_by` must name another than `decided_by`"
                .to_owned(),
        );
    }
    Ok(Record {
        finding_id: finding.finding_id.clone(),
        list: finding.list.clone(),
        entry_id: finding.entry_id.clone(),
        subject_name: finding.subject_name.clone(),
        listed_name: finding.listed_name.clone(),
        content: finding.content(),
        policy_sha256: seen.run.policy_sha256.clone(),
        decision,
    })
}

fn needed<'a>(line: &'a SheetLine, column: &str) -> Result<&'a str, String> {
    line.cells.get(column).map(String::as_str).ok_or_else(|| format!("`{column}` is missing"))
}

fn decision(line: &SheetLine, policy: &Policy, as_of: Date) -> Result<Decision, String> {
    let cell = |column: &str| line.cells.get(column).map(String::as_str);
    let outcome = needed(line, "outcome")?.parse::<Outcome>().map_err(|error| error.to_string())?;
    let (reason_code, reason) = reason(cell("reason_code"), needed(line, "reason")?)?;
    let decided_on = day(line, "decided_on")?;
    let review_by = day(line, "review_by")?;
    check_dates(decided_on, review_by, policy, as_of)?;
    Ok(Decision {
        outcome,
        reason_code,
        reason,
        decided_by: needed(line, "decided_by")?.to_owned(),
        checked_by: cell("checked_by").map(str::to_owned),
        decided_on,
        review_by,
        on_record: OnRecord {
            severity: read(line, "severity", "three numbers from 0 to 3, as `3/2/3`", Severity::parse)?,
            ownership: read(line, "ownership", OWNERSHIP, share_and_source)?,
            evidence: cell("evidence").map(str::to_owned),
            representations: recorded(line, "representations", as_of)?,
            detriment_test: recorded(line, "detriment_test", as_of)?,
            support_test: recorded(line, "support_test", as_of)?,
        },
    })
}

/// The code and the words of a reason; a report's CSV has both in one cell, as `different_country: registered in Peru`.
fn reason(code: Option<&str>, text: &str) -> Result<(ReasonCode, String), String> {
    if let Some(code) = code {
        return Ok((code.parse::<ReasonCode>().map_err(|error| error.to_string())?, text.to_owned()));
    }
    let split =
        text.split_once(": ").and_then(|(code, words)| Some((code.parse().ok()?, words.trim().to_owned())));
    Ok(split.unwrap_or((ReasonCode::Other, text.to_owned())))
}

const RECORDED: &str = "`text; name; date`, as `no significant risk (report 12); J. Clerk; 2026-10-01`";
const OWNERSHIP: &str = "a share and its source, as `51 % (annual report 2025, page 80)`";

/// What had to be on record before the step; it cannot be recorded on a day that has not come.
fn recorded(line: &SheetLine, column: &str, as_of: Date) -> Result<Option<Recorded>, String> {
    let recorded = read(line, column, RECORDED, Recorded::parse)?;
    match recorded {
        Some(recorded) if recorded.on > as_of => {
            Err(format!("`{column}` is of {}, after the day of the import ({as_of})", recorded.on))
        }
        recorded => Ok(recorded),
    }
}

/// The cell, if it begins with a share from 0 to 100 per cent and says where that is written.
fn share_and_source(cell: &str) -> Option<String> {
    let digits = cell.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, rest) = cell.split_at(digits);
    let share: f64 = number.parse().ok()?;
    let rest = rest.trim_start();
    let source = rest.strip_prefix('%').or_else(|| rest.strip_prefix("per cent"))?;
    (share <= 100.0 && source.chars().any(char::is_alphanumeric)).then(|| cell.to_owned())
}

fn read<T>(
    line: &SheetLine,
    column: &str,
    form: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, String> {
    match line.cells.get(column) {
        None => Ok(None),
        Some(cell) => parse(cell).map(Some).ok_or_else(|| format!("`{column}` is `{cell}`, not {form}")),
    }
}

fn day(line: &SheetLine, column: &str) -> Result<Date, String> {
    let cell = needed(line, column)?;
    parse_day(cell)
        .ok_or_else(|| format!("`{column}` is `{cell}`, not a day such as 2026-11-24 or 24/11/2026"))
}

/// A day as `2026-11-24`, `24/11/2026` (how a British spreadsheet rewrites it), or with a time of day after it.
fn parse_day(text: &str) -> Option<Date> {
    let day = text.split([' ', 'T']).next()?;
    if let Ok(date) = day.parse() {
        return Some(date);
    }
    let mut parts = day.split('/');
    let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
    let date = Date::new(y.parse().ok().filter(|_| y.len() == 4)?, m.parse().ok()?, d.parse().ok()?).ok()?;
    parts.next().is_none().then_some(date)
}

fn check_dates(decided_on: Date, review_by: Date, policy: &Policy, as_of: Date) -> Result<(), String> {
    let longest: Span = i64::from(policy.decisions.max_days).days();
    let latest = decided_on.checked_add(longest).unwrap_or(Date::MAX);
    if decided_on > as_of {
        return Err(format!("`decided_on` is {decided_on}, after the day of the import ({as_of})"));
    }
    if review_by < as_of {
        return Err(format!("`review_by` is {review_by}, before the day of the import ({as_of})"));
    }
    if review_by > latest {
        return Err(format!(
            "`review_by` is {review_by}; the policy allows {} days from the decision, {latest} at the latest",
            policy.decisions.max_days
        ));
    }
    Ok(())
}

/// What a reason can be a reason for.
///
/// On the supplier and contract track a country tells two parties apart and can be no reason for anything else (Local
/// Government Act 1988, section 17(5)(e)).
fn check_reason_code(decision: &Decision, track: Track) -> Result<(), String> {
    let apart = matches!(
        decision.reason_code,
        ReasonCode::DifferentCountry
            | ReasonCode::DifferentNumber
            | ReasonCode::DifferentBusiness
            | ReasonCode::FormedAfter
            | ReasonCode::PersonNotCompany
    );
    if !apart || matches!(decision.outcome, Outcome::NotSame | Outcome::CannotTell) {
        return Ok(());
    }
    if decision.reason_code == ReasonCode::DifferentCountry && !track.is_investment() {
        return Err(format!(
            "a country can tell two parties apart; it is no reason for `{}` (Local Government Act 1988, section 17)",
            decision.outcome
        ));
    }
    Err(format!("`{}` is a reason for `not_same`, not for `{}`", decision.reason_code, decision.outcome))
}

/// The sheet to fill in: one line for each finding that nobody has decided.
///
/// # Errors
/// Those of the writer.
pub fn write_sheet(seen: &EarlierReport, out: impl std::io::Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for finding in &seen.findings {
        let mut cells = vec![
            finding.finding_id.clone(),
            safe_cell(&finding.subject_name),
            safe_cell(&finding.listed_name),
            finding.list.clone(),
            safe_cell(&finding.entry_id),
            finding.flag.to_string(),
        ];
        cells.resize(COLUMNS.len(), String::new());
        writer.write_record(&cells)?;
    }
    writer.flush()?;
    Ok(())
}

fn safe_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
