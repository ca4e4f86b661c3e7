//! Why an input is unfit to be screened.

use std::io;
use std::path::PathBuf;

use super::{Field, Reject};
use crate::error::Hint;
use crate::read::open::HELD_LIMIT;

/// An input that cannot be screened; the whole run is unfit with it.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be opened or read.
    #[error("cannot read `{path}`: {cause}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The file, or what it unpacks to, is larger than the limit.
    #[error("`{path}` is larger than {limit_mib} MiB when unpacked")]
    TooLarge {
        /// The file, with its archive member.
        path: String,
        /// The limit, in MiB.
        limit_mib: u64,
    },
    /// The bytes are of no known format, or damaged.
    #[error("`{path}` cannot be read as {format}: {cause}")]
    Damaged {
        /// The file, with its archive member.
        path: String,
        /// What it was read as.
        format: &'static str,
        /// What is wrong.
        cause: String,
    },
    /// No sheet of that name.
    #[error("`{path}` has no sheet `{wanted}`; it has {}", quoted(found))]
    NoSheet {
        /// The file.
        path: String,
        /// The sheet asked for.
        wanted: String,
        /// The sheets there are.
        found: Vec<String>,
    },
    /// A column asked for does not exist.
    #[error("`{path}` has no column `{wanted}` for `{field}`; its columns are {}", quoted(columns))]
    NoColumn {
        /// The file.
        path: String,
        /// The field it was wanted for.
        field: Field,
        /// The column asked for.
        wanted: String,
        /// The headers there are.
        columns: Vec<String>,
    },
    /// No encoding of that name.
    #[error("`{0}` is not the name of an encoding")]
    UnknownEncoding(String),
    /// No column looks like a name.
    #[error(
        "no column looks like the name of a supplier or holding\n  --> {}: {}",
        at_header(path, *header_record),
        quoted(columns)
    )]
    NoNameColumn {
        /// The file, with its sheet.
        path: String,
        /// The record taken for the header; 0 where none was found.
        header_record: u64,
        /// Its cells.
        columns: Vec<String>,
    },
    /// A name column was guessed, in what does not look like a list of parties.
    #[error(
        "`{path}` does not look like a list of suppliers or holdings: the column {column} was taken for their names, but {why}\n  --> {}",
        at_header(path, *header_record)
    )]
    NoList {
        /// The file.
        path: String,
        /// The record taken for the header; 0 where none was found.
        header_record: u64,
        /// The column, in backticks.
        column: String,
        /// What speaks against it.
        why: String,
    },
    /// There is no row with a name.
    #[error("nothing to screen in `{path}`: {why}")]
    NothingToScreen {
        /// The file, with its sheet.
        path: String,
        /// What was found instead.
        why: String,
    },
    /// So many rows cannot be read that the rest proves nothing.
    #[error("{rejected} of {records} rows of `{path}` cannot be read; the first: {first}")]
    TooManyRejects {
        /// The file, with its sheet.
        path: String,
        /// Rows that cannot be read.
        rejected: u64,
        /// Rows read.
        records: u64,
        /// The first of them, and why.
        first: String,
        /// All of them, as many as are kept.
        rows: Vec<Reject>,
    },
    /// Of several sources some are unfit.
    #[error("{} of {} inputs cannot be screened\n{}", unfit.len(), unfit.len() + fit.len(), accounts(unfit, fit))]
    Several {
        /// What is wrong with each of these.
        unfit: Vec<LoadError>,
        /// The others, and how many records were read of each.
        fit: Vec<(String, u64)>,
        /// The rows of the others that cannot be read.
        rows: Vec<Reject>,
    },
}

/// A line for every source.
fn accounts(unfit: &[LoadError], fit: &[(String, u64)]) -> String {
    let unfit = unfit.iter().map(|error| format!("  {error}"));
    let fit = fit.iter().map(|(name, records)| format!("  `{name}` is fit, with {records} records"));
    unfit.chain(fit).collect::<Vec<_>>().join("\n")
}

impl LoadError {
    /// The rows that could not be read, for `--rejects`.
    pub fn rejects(&self) -> Vec<&Reject> {
        match self {
            Self::TooManyRejects { rows, .. } => rows.iter().collect(),
            Self::Several { unfit, rows, .. } => unfit.iter().flat_map(Self::rejects).chain(rows).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the command line is at fault (an override that fits nothing) rather than the file.
    pub const fn is_usage(&self) -> bool {
        matches!(self, Self::NoSheet { .. } | Self::NoColumn { .. } | Self::UnknownEncoding(_))
    }
}

impl Hint for LoadError {
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Unreadable { .. } => return None,
            Self::TooLarge { .. } => "unpack it, or split it, and screen the parts together",
            Self::Damaged { .. } => "open it in Excel or LibreOffice and save it as `.xlsx` or `.csv`",
            Self::NoSheet { .. } => "name one of these with `--sheet NAME`",
            Self::NoColumn { .. } => "use one of these, or its place such as `#3`",
            Self::UnknownEncoding(_) => "use a name such as `utf-8`, `windows-1252` or `utf-16le`",
            Self::NoNameColumn { .. } => {
                "name it with `--map name=COLUMN`, or give the right row with `--header-row N`"
            }
            Self::NoList { .. } => {
                "check that this is the right file; if it is, name the column with `--map name=COLUMN`, and the row of titles with `--header-row N`"
            }
            Self::NothingToScreen { .. } => {
                "check that this is the right file or sheet (`--sheet NAME`, `--map name=COLUMN`)"
            }
            Self::Several { unfit, .. } => {
                let first = unfit.first().and_then(Hint::hint);
                let hint = "leave them out of the run, or mend them";
                return Some(
                    first.map_or_else(|| hint.to_owned(), |first| format!("{hint}; for the first: {first}")),
                );
            }
            Self::TooManyRejects { .. } => "see every such row with `--rejects FILE`",
        };
        Some(hint.to_owned())
    }
}

/// The error of what unpacks to more than a limit in bytes.
pub(super) fn too_large(path: &str, limit: u64) -> LoadError {
    LoadError::TooLarge { path: path.to_owned(), limit_mib: limit >> 20 }
}

/// The error of bytes that cannot be read as a format.
pub(super) fn damaged(path: &str, format: &'static str, cause: &io::Error) -> LoadError {
    match cause.kind() {
        io::ErrorKind::FileTooLarge => too_large(path, HELD_LIMIT),
        _ => LoadError::Damaged { path: path.to_owned(), format, cause: cause.to_string() },
    }
}

/// Where the header stands, if there is one.
fn at_header(path: &str, record: u64) -> String {
    if record == 0 { format!("{path} (no header row)") } else { format!("{path}:{record} (header row)") }
}

/// Texts in backticks, joined by commas; at most twelve, since a message is read on one screen.
fn quoted(texts: &[String]) -> String {
    let mut out =
        texts.iter().take(12).map(|text| format!("`{}`", text.trim())).collect::<Vec<_>>().join(", ");
    if texts.len() > 12 {
        out.push_str(", ...");
    }
    if out.is_empty() {
        out.push_str("none");
    }
    out
}
