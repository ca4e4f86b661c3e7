//! What was typed: the command line, word for word. What it means is worked out by the commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::decisions::DecisionsArgs;
use super::init::InitArgs;
use super::verify::VerifyArgs;
use super::watchlists::WatchlistsArgs;
use crate::load::Field;
use crate::record::Country;
use crate::report::Audience;
use crate::vocab::{EntityKind, Flag, Ground, Track};

/// Screens suppliers, contracts and investments against modern-slavery and rights-abuse watchlists.
///
/// A candidate is a possible match to a list entry, for a person to look at. It is not a finding against
/// anybody, and "no candidate" is not clearance: it holds for these list versions and these names only.
#[derive(Debug, Parser)]
#[command(name = "wharfinger", version, about, long_about, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 done · 1 findings at or above --fail-on · 2 wrong usage, policy or config · \
3 watchlists unfit · 4 input unfit · 5 decisions unfit"
)]
pub(super) struct Cli {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_enum)]
    pub color: ColorWhen,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// On a terminal that can show it
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Screen supplier, contract and holdings files against the watchlists
    Screen(Box<ScreenArgs>),
    /// Ask whether one name is listed anywhere
    Check(Box<CheckArgs>),
    /// Score two names, or many pairs, and explain the score
    Compare(CompareArgs),
    /// See, import, check and compare the watchlists
    Watchlists(WatchlistsArgs),
    /// Write the sheet for reviewers, file what comes back in the log, and check the log
    Decisions(DecisionsArgs),
    /// Compute the hashes of a report again, replay its run, and say what differs
    Verify(VerifyArgs),
    /// Write a commented policy file, `wharfinger.toml`
    Init(InitArgs),
    /// Write a completion script for a shell to standard output
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page to standard output
    Man,
}

/// `wharfinger screen`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line, each on its own")]
pub(super) struct ScreenArgs {
    /// Files to screen: .csv .tsv .txt .xlsx .xls .ods .json .jsonl, each also .gz or inside .zip; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// How the files are read.
    #[command(flatten)]
    pub load: LoadArgs,
    /// Which lists.
    #[command(flatten)]
    pub lists: ListArgs,

    /// Every row is its own subject (default: spellings of one party are merged, amounts summed)
    #[arg(long)]
    pub no_merge: bool,
    /// Screen rows that are natural persons too (default: counted, not screened)
    #[arg(long)]
    pub include_persons: bool,
    /// Write results here too; the ending picks the format: .html .xlsx .csv .json .jsonl .sarif .xml .md; repeatable
    #[arg(short, long, value_name = "PATH")]
    pub output: Vec<PathBuf>,
    /// Format of the results on standard output: table csv json jsonl md sarif none (default: table; jsonl, row by row, for `- --no-merge`)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Exit with 1 where a finding reaches this flag
    #[arg(long, value_name = "FLAG", value_parser = parse_flag)]
    pub fail_on: Option<Flag>,
    /// How findings are judged.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// Whom the reports are for: exempt holds everything; public leaves out names that nobody has confirmed
    #[arg(long, value_name = "AUDIENCE", default_value = "exempt")]
    pub audience: Audience,
    /// Write your own rows back with the answers beside them: .csv for one table, .xlsx for a sheet each, or a folder for a file each
    #[arg(long, value_name = "PATH")]
    pub annotate: Option<PathBuf>,
    /// Write a certificate about the subjects that `--subject` names, .html or .md: what each was compared with, and what came nearest
    #[arg(long, value_name = "FILE", requires = "subject")]
    pub certificate: Option<PathBuf>,
    /// A subject to certify, by its name or id; repeatable
    #[arg(long, value_name = "NAME", requires = "certificate")]
    pub subject: Vec<String>,
    /// Write each rejected row here, as CSV with its record number, line and reason
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// A stream (`- --no-merge`) without any row is no error, as a part of a divided file may be
    #[arg(long, requires = "no_merge")]
    pub allow_empty: bool,
    /// Print the counts of the work done to standard error
    #[arg(long)]
    pub stats: bool,
    /// How it runs.
    #[command(flatten)]
    pub run: RunArgs,
}

/// How the files are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct LoadArgs {
    /// Which track the rows are on: suppliers, contracts, holdings or auto
    #[arg(long, value_name = "KIND", value_parser = parse_kind, default_value = "auto")]
    pub kind: Kind,
    /// Override the guess of a column: FIELD=COLUMN, COLUMN being its header text or `#3`; repeatable
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = parse_map)]
    pub map: Vec<(Field, String)>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The record that holds the header, counted from 1; 0 for none
    #[arg(long, value_name = "N")]
    pub header_row: Option<u64>,
    /// The text encoding
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// The delimiter of a text file
    #[arg(long, value_name = "C", value_parser = parse_delimiter)]
    pub delimiter: Option<char>,
}

/// Which lists are screened against.
#[derive(Debug, Args)]
#[command(next_help_heading = "Watchlists")]
pub(super) struct ListArgs {
    /// A list file or a folder of them, added to the bundled ones; repeatable
    #[arg(long, value_name = "PATH")]
    pub watchlists: Vec<PathBuf>,
    /// Only the lists given, not the bundled ones
    #[arg(long)]
    pub no_bundled: bool,
    /// Only this list, by its short name; repeatable
    #[arg(long, value_name = "SLUG")]
    pub list: Vec<String>,
    /// Only entries listed for this ground; repeatable
    #[arg(long, value_name = "GROUND")]
    pub ground: Vec<Ground>,
    /// Lowest score reported, 0 to 1 (default: the lower edge of the band `possible`)
    #[arg(long, value_name = "X", value_parser = parse_score)]
    pub min_score: Option<f64>,
}

/// How findings are judged.
#[derive(Debug, Args)]
#[command(next_help_heading = "Judging")]
pub(super) struct JudgeArgs {
    /// The policy (default: `wharfinger.toml` in the current folder, if there is one)
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The decisions log
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    /// An earlier JSON report: what stands unchanged since leaves the exit code, not the report
    #[arg(long, value_name = "REPORT.json")]
    pub baseline: Option<PathBuf>,
}

/// How the program runs.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub(super) struct RunArgs {
    /// The day the run is judged by, as 2026-11-24 (default: today)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<jiff::civil::Date>,
    /// How many threads (default: one per core)
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Say nothing on standard error but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// No progress bars, also on a terminal
    #[arg(long)]
    pub no_progress: bool,
}

/// `wharfinger check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The name, as it stands on the invoice
    #[arg(required = true, value_name = "NAME")]
    pub name: Vec<String>,
    /// The country, as a code or a name
    #[arg(long, value_name = "COUNTRY", value_parser = parse_country)]
    pub country: Option<Country>,
    /// What it is the name of: organisation or person
    #[arg(long, value_name = "KIND", default_value = "organisation")]
    pub kind: EntityKind,
    /// Judge it as an investment, not as a supplier
    #[arg(long)]
    pub holding: bool,
    /// Which lists.
    #[command(flatten)]
    pub lists: ListArgs,
    /// The policy (default: `wharfinger.toml` in the current folder, if there is one)
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Write a certificate of the answer here, .html or .md: what the name was compared with, and what came nearest
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Format of the answer: table csv json jsonl md none
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: String,
    /// Exit with 1 where a candidate reaches this flag
    #[arg(long, value_name = "FLAG", value_parser = parse_flag)]
    pub fail_on: Option<Flag>,
    /// The day the answer is judged by (default: today)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<jiff::civil::Date>,
}

/// `wharfinger compare`.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// The subject's name; several spellings separated by `;`
    #[arg(value_name = "A", required_unless_present = "pairs", requires = "entry")]
    pub subject: Option<String>,
    /// The listed name; several spellings separated by `;`
    #[arg(value_name = "B")]
    pub entry: Option<String>,
    /// Score every pair of a CSV file: columns `id`, `left`, `right` and optional `left_country`, `right_country`, `kind`
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["subject", "entry", "explain"])]
    pub pairs: Option<PathBuf>,
    /// With `--pairs`: add a column for each number that the score is made of
    #[arg(long, requires = "pairs")]
    pub measures: bool,
    /// What both are the names of: organisation or person
    #[arg(long, value_name = "KIND", default_value = "organisation")]
    pub kind: EntityKind,
    /// Show the evidence word by word
    #[arg(long)]
    pub explain: bool,
}

/// A file's kind, or `auto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Guessed from the columns.
    Auto,
    /// Given.
    Given(Track),
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    if text == "auto" {
        return Ok(Kind::Auto);
    }
    text.parse().map(Kind::Given).map_err(|e: crate::vocab::UnknownWord| e.to_string())
}

fn parse_flag(text: &str) -> Result<Flag, String> {
    match text.parse::<Flag>() {
        Ok(Flag::None) => {
            Err("`none` is not a flag to fail on; leave the option out to never fail".to_owned())
        }
        Ok(flag) => Ok(flag),
        Err(error) => Err(error.to_string()),
    }
}

fn parse_map(text: &str) -> Result<(Field, String), String> {
    let (field, column) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not FIELD=COLUMN, as in `name=Supplier Name`"))?;
    let known = || Field::ALL.iter().map(|f| f.as_str());
    let found = Field::ALL.iter().copied().find(|f| f.as_str().eq_ignore_ascii_case(field.trim()));
    let found = found.ok_or_else(|| {
        let advice = crate::vocab::nearest_word(field, known()).map_or_else(
            || format!("known: {}", known().collect::<Vec<_>>().join(", ")),
            |word| format!("did you mean `{word}`?"),
        );
        format!("`{field}` is not a field; {advice}")
    })?;
    Ok((found, column.to_owned()))
}

fn parse_delimiter(text: &str) -> Result<char, String> {
    let mut chars = text.chars();
    match (text, chars.next(), chars.next()) {
        ("\\t" | "tab", _, _) => Ok('\t'),
        (_, Some(c), None) if c.is_ascii() => Ok(c),
        _ => Err(format!("`{text}` is not one ASCII character (write `tab` for a tab)")),
    }
}

fn parse_score(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err(format!("`{text}` is not a number from 0 to 1")),
    }
}

fn parse_country(text: &str) -> Result<Country, String> {
    let known = crate::country::by_code(text).or_else(|| crate::country::by_name(text));
    known.ok_or_else(|| format!("`{text}` is not a country that we know; a code such as `CN` always works"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_map_names_the_nearest_field() {
        assert_eq!(parse_map("name=Supplier Name"), Ok((Field::Name, "Supplier Name".to_owned())));
        assert_eq!(
            parse_map("compnay_number=Reg").unwrap_err(),
            "`compnay_number` is not a field; did you mean `company_number`?"
        );
        assert!(parse_map("name").unwrap_err().contains("FIELD=COLUMN"));
    }
}
