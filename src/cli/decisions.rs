//! `wharfinger decisions`: the sheet that reviewers fill in, and the log that it is filed in.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::console::Console;
use super::exit::{Exit, Failure};
use super::settings::PolicyInForce;
use crate::judge::decision::{
    Accepted, DecisionError, EarlierReport, Log, Record, SheetLine, accept, read_sheet, write_sheet,
};
use crate::report::xlsx::read_decisions;
use crate::report::{self, escape};
use crate::vocab::Outcome;

/// `wharfinger decisions`.
#[derive(Debug, Args)]
pub(super) struct DecisionsArgs {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: DecisionsCommand,
}

/// What to do with decisions.
#[derive(Debug, Subcommand)]
pub(super) enum DecisionsCommand {
    /// Write the sheet to fill in, one line for each finding of a report, to standard output
    Sheet {
        /// The JSON report that will be reviewed
        #[arg(value_name = "REPORT.json")]
        report: PathBuf,
    },
    /// File the decisions of a sheet that came back, CSV or the workbook of a report
    Import(ImportArgs),
    /// Show the latest decision on each finding
    List(LogArgs),
    /// Check the chain of the log, and that no decision has passed its review day
    Check(LogArgs),
    /// Take the decisions past the policy's retention out of the log, which still proves that they were there
    Purge(PurgeArgs),
}

/// `wharfinger decisions purge`.
#[derive(Debug, Args)]
pub(super) struct PurgeArgs {
    /// The log
    #[command(flatten)]
    pub(super) log: LogArgs,
    /// The policy, which says how long decisions are kept (default: `wharfinger.toml` in the current folder, if there is one)
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    /// Only show which decisions are past retention
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// `wharfinger decisions import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The sheet: a CSV, or the workbook that `screen -o report.xlsx` wrote, filled in
    #[arg(value_name = "SHEET")]
    pub(super) sheet: PathBuf,
    /// The JSON report that the reviewers had before them; a workbook brings its own
    #[arg(long, value_name = "REPORT.json")]
    pub(super) report: Option<PathBuf>,
    /// The log
    #[command(flatten)]
    pub(super) log: LogArgs,
    /// Write each refused line here, as CSV with its reason
    #[arg(long, value_name = "FILE")]
    pub(super) refused: Option<PathBuf>,
    /// The policy (default: `wharfinger.toml` in the current folder, if there is one)
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
}

/// The log, and the day.
#[derive(Debug, Args)]
pub(super) struct LogArgs {
    /// The log of decisions
    #[arg(long, value_name = "LOG", default_value = "decisions.jsonl")]
    pub(super) decisions: PathBuf,
    /// The day the decisions are judged by (default: today)
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
}

/// Runs the command.
pub(super) fn run(args: &DecisionsArgs, console: Console) -> Result<Exit, Failure> {
    match &args.command {
        DecisionsCommand::Sheet { report } => sheet(report, console),
        DecisionsCommand::Import(args) => import(args, console),
        DecisionsCommand::List(args) => list(args, console),
        DecisionsCommand::Check(args) => check(args, console),
        DecisionsCommand::Purge(args) => purge(args, console),
    }
}

fn unfit(error: DecisionError) -> Failure {
    let exit = match error {
        DecisionError::NotAReport { .. } | DecisionError::File { .. } => Exit::Usage,
        _ => Exit::DecisionsUnfit,
    };
    Failure::new(exit, error)
}

fn sheet(report: &Path, console: Console) -> Result<Exit, Failure> {
    let report = EarlierReport::read(report).map_err(unfit)?;
    let mut out = console.out();
    write_sheet(&report, &mut out).map_err(std::io::Error::from)?;
    out.flush()?;
    Ok(Exit::Done)
}

fn import(args: &ImportArgs, console: Console) -> Result<Exit, Failure> {
    let policy = PolicyInForce::read(args.policy.as_deref())?;
    let (lines, report) = read_returned(args)?;
    let as_of = super::today(args.log.as_of);
    let accepted = accept(&lines, &report, &policy.policy, as_of);
    let (log, added) = Log::append(&args.log.decisions, &accepted.records).map_err(unfit)?;
    // What was accepted is in the log by now, whatever becomes of this file.
    let refused = args.refused.as_deref().map_or(Ok(()), |path| write_refused(&accepted, path));
    let shown = args.sheet.display();
    for refused in &accepted.refused {
        let id = escape::one_line(&refused.finding_id);
        console.warn(&format!(
            "{shown}:{}: refused `{id}`: {}",
            refused.line,
            escape::one_line(&refused.reason)
        ));
    }
    console.note(&format!(
        "{} lines = {} accepted ({added} of them new) + {} refused + {} undecided + {} unchanged",
        lines.len(),
        accepted.records.len(),
        accepted.refused.len(),
        accepted.undecided,
        accepted.repeated,
    ));
    console.note(&format!("`{}`: {}, head {}", args.log.decisions.display(), lines_of(&log), log.head()));
    if !accepted.refused.is_empty() {
        refused.unwrap_or_else(|failure| console.report(&failure));
        return Ok(Exit::DecisionsUnfit);
    }
    refused.map(|()| Exit::Done)
}

/// The lines of the sheet, and the report that they are about.
fn read_returned(args: &ImportArgs) -> Result<(Vec<SheetLine>, EarlierReport), Failure> {
    let is_workbook = args.sheet.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let (lines, inside) = if is_workbook {
        let back = read_decisions(&args.sheet).map_err(|error| Failure::new(Exit::DecisionsUnfit, error))?;
        (back.rows.into_iter().map(|row| SheetLine::new(row.line, row.cells)).collect(), back.report)
    } else {
        let bytes = std::fs::read(&args.sheet).map_err(|source| {
            unfit(DecisionError::File { doing: "read", path: args.sheet.clone(), source })
        })?;
        (read_sheet(&args.sheet, &bytes).map_err(unfit)?, None)
    };
    let report = match (&args.report, inside) {
        (Some(path), _) => EarlierReport::read(path).map_err(unfit)?,
        (None, Some(text)) => EarlierReport::parse(&args.sheet, &text).map_err(unfit)?,
        (None, None) => {
            return Err(Failure::said(
                Exit::Usage,
                "a decision is bound to what its reviewer saw, and the report is missing",
                "name it with `--report REPORT.json`, the file that `wharfinger screen -o report.json` wrote",
            ));
        }
    };
    Ok((lines, report))
}

fn write_refused(accepted: &Accepted, path: &Path) -> Result<(), Failure> {
    let write = |bytes: &mut Vec<u8>| -> Result<(), csv::Error> {
        let mut out = csv::Writer::from_writer(bytes);
        out.write_record(["line", "finding_id", "reason"])?;
        for refused in &accepted.refused {
            let id = escape::csv_text(&refused.finding_id);
            let reason = escape::csv_text(&refused.reason);
            out.write_record([refused.line.to_string().as_str(), &id, &reason])?;
        }
        Ok(out.flush()?)
    };
    let mut bytes = Vec::new();
    let written = write(&mut bytes).map_err(std::io::Error::from).and_then(|()| report::put(path, &bytes));
    written.map_err(|error| Failure::unwritable(path, &error, "choose another place for `--refused`"))
}

fn lines_of(log: &Log) -> String {
    let lines = match log.lines() {
        1 => "1 line".to_owned(),
        n => format!("{n} lines"),
    };
    match log.purged() {
        0 => lines,
        purged => format!("{lines} ({purged} of them purged)"),
    }
}

/// The latest record on each finding, by finding id; decisions that were taken back are left out.
fn latest(log: &Log) -> Vec<&Record> {
    let mut by_id: BTreeMap<&str, &Record> = BTreeMap::new();
    for record in log.records() {
        by_id.insert(&record.finding_id, record);
    }
    by_id.into_values().filter(|record| record.decision.outcome != Outcome::Withdrawn).collect()
}

fn list(args: &LogArgs, console: Console) -> Result<Exit, Failure> {
    let log = Log::read(&args.decisions).map_err(unfit)?;
    let as_of = super::today(args.as_of);
    let mut table = comfy_table::Table::new();
    table
        .load_style(comfy_table::presets::NOTHING)
        .set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    table.set_width(u16::try_from(Console::width()).unwrap_or(100));
    table.set_header(["finding", "outcome", "subject", "listed name", "by", "checked by", "until", "reason"]);
    for record in latest(&log) {
        let decision = &record.decision;
        let until = if decision.review_by < as_of {
            format!("{} (expired)", decision.review_by)
        } else {
            decision.review_by.to_string()
        };
        let cells = [
            record.finding_id.as_str(),
            decision.outcome.as_str(),
            &record.subject_name,
            &record.listed_name,
            &decision.decided_by,
            decision.checked_by.as_deref().unwrap_or_default(),
            &until,
            &decision.reason,
        ];
        table.add_row(cells.map(|cell| escape::one_line(cell).into_owned()));
    }
    let mut out = console.out();
    writeln!(out, "{table}")?;
    out.flush()?;
    Ok(Exit::Done)
}

/// A log that must be there.
fn read_log(path: &Path) -> Result<Log, Failure> {
    if !path.exists() {
        return Err(Failure::said(
            Exit::DecisionsUnfit,
            format!("there is no log at `{}`", path.display()),
            "name it with `--decisions LOG`; `decisions import` begins one",
        ));
    }
    Log::read(path).map_err(unfit)
}

fn check(args: &LogArgs, console: Console) -> Result<Exit, Failure> {
    let shown = args.decisions.display();
    let log = read_log(&args.decisions)?;
    let as_of = super::today(args.as_of);
    let decided = latest(&log);
    let expired: Vec<&&Record> = decided.iter().filter(|record| record.decision.review_by < as_of).collect();
    let mut out = console.out();
    writeln!(out, "{shown}: {}, the chain holds, head {}", lines_of(&log), log.head())?;
    let findings = if decided.len() == 1 { "finding" } else { "findings" };
    writeln!(out, "{} {findings} decided, {} past the review day on {as_of}", decided.len(), expired.len())?;
    for record in &expired {
        writeln!(
            out,
            "  {} {} until {}: {}",
            record.finding_id,
            record.decision.outcome,
            record.decision.review_by,
            escape::one_line(&record.subject_name)
        )?;
    }
    out.flush()?;
    Ok(if expired.is_empty() { Exit::Done } else { Exit::DecisionsUnfit })
}

fn purge(args: &PurgeArgs, console: Console) -> Result<Exit, Failure> {
    let path = &args.log.decisions;
    let days = PolicyInForce::read(args.policy.as_deref())?.policy.retention.days;
    let as_of = super::today(args.log.as_of);
    let log = read_log(path)?;
    let past = log.past_retention(days, as_of);
    let mut out = console.out();
    writeln!(
        out,
        "{}: {} of {} decisions were past retention on {as_of} ({days} days after their review day)",
        path.display(),
        past.len(),
        log.records().len()
    )?;
    if args.dry_run {
        for record in &past {
            writeln!(out, "  {} decided on {}", record.finding_id, record.decision.decided_on)?;
        }
    } else if !past.is_empty() {
        let (log, _) = Log::purge(path, days, as_of).map_err(unfit)?;
        writeln!(out, "they are taken out: {}, the chain holds, head {}", lines_of(&log), log.head())?;
        console.note(
            "copies of the log elsewhere (backups, version control, sheets and reports) are not reached",
        );
    }
    out.flush()?;
    Ok(Exit::Done)
}
