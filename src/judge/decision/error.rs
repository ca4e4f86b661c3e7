//! What can be wrong with decisions, the log and the reports they rest on.

use std::path::PathBuf;

use crate::error::Hint;

/// Decisions that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// A file that cannot be read or written.
    #[error("cannot {doing} `{}`", path.display())]
    File {
        /// What was tried: `read`, `write`, `lock`.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// A log whose chain does not hold.
    #[error("the log is broken: {what}\n  --> {}:{line}", path.display())]
    BrokenLog {
        /// The log.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What does not hold.
        what: String,
    },
    /// A file of another kind where a log is wanted.
    #[error("`{}` is not a log of decisions", path.display())]
    NotALog {
        /// The file.
        path: PathBuf,
    },
    /// Another run holds the log.
    #[error("another run is writing to `{}`", path.display())]
    Locked {
        /// The log.
        path: PathBuf,
    },
    /// A file that is not a table of decisions.
    #[error("{what}\n  --> {}:{line}", path.display())]
    NotASheet {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// A file that is not a report of this program.
    #[error("`{}` is not a JSON report of this program: {what}", path.display())]
    NotAReport {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
}

impl Hint for DecisionError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::File { .. } => None,
            Self::BrokenLog { .. } => Some(
                "restore the log from a copy, or from version control; a line is never edited: a new decision is a new line"
                    .to_owned(),
            ),
            Self::NotALog { path } => Some(format!(
                "file a sheet first: `wharfinger decisions import {} --report REPORT.json`",
                path.display()
            )),
            Self::Locked { .. } => Some("try again when it has ended".to_owned()),
            Self::NotASheet { .. } => Some(
                "it needs a header with `finding_id`, `outcome` (or `decision`), `reason`, `decided_by`, `decided_on` and `review_by`"
                    .to_owned(),
            ),
            Self::NotAReport { .. } => Some("give the file that `wharfinger screen -o report.json` wrote".to_owned()),
        }
    }
}
