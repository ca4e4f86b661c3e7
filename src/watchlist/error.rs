//! Why a watchlist cannot be read.

use std::fmt;
use std::path::PathBuf;

use crate::error::Hint;

/// A list that cannot be relied on, since it cannot be read whole.
#[derive(Debug, thiserror::Error)]
pub enum WatchlistError {
    /// The file or folder cannot be opened or read.
    #[error("cannot read `{path}`: {cause}", path = path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file or folder cannot be written.
    #[error("cannot write `{path}`: {cause}", path = path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file's ending is not that of a list.
    #[error("`{path}` is not a watchlist: a list is a file `NAME.csv`", path = path.display())]
    NotAList {
        /// The file.
        path: PathBuf,
    },
    /// A folder without any list.
    #[error("no watchlist in `{path}`: it has no file `NAME.csv`", path = path.display())]
    NoList {
        /// The folder.
        path: PathBuf,
    },
    /// The text is not UTF-8.
    #[error("`{file}` is not UTF-8 text: the first bad byte is on line {line}")]
    NotUtf8 {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
    },
    /// There is no row.
    #[error("`{file}` has no entries")]
    Empty {
        /// The file.
        file: String,
    },
    /// A header that is none of a list's columns.
    #[error("`{file}` has a column that no watchlist has: `{found}`{}", did_you_mean(nearest.as_deref()))]
    UnknownColumn {
        /// The file.
        file: String,
        /// The header as found.
        found: String,
        /// The column that was probably meant.
        nearest: Option<String>,
    },
    /// The same header twice.
    #[error("`{file}` has the column `{column}` twice")]
    RepeatedColumn {
        /// The file.
        file: String,
        /// The header.
        column: &'static str,
    },
    /// There is no `name` column.
    #[error("`{file}` has no column `name`; its first row is {}", quoted(found))]
    NoNameColumn {
        /// The file.
        file: String,
        /// The headers there are.
        found: Vec<String>,
    },
    /// Rows that say something that a list cannot say.
    #[error("`{file}` has {}{}", counted(problems.len() + more), each(file, problems, *more))]
    BadRows {
        /// The file.
        file: String,
        /// The first of them, in file order.
        problems: Vec<RowProblem>,
        /// How many more there are.
        more: usize,
    },
    /// The TOML beside the list cannot be read.
    #[error("`{file}` cannot be read: {cause}")]
    Facts {
        /// The file.
        file: String,
        /// What is wrong, with line and column.
        cause: toml::de::Error,
    },
    /// A value in the TOML that means nothing.
    #[error("`{file}`: `{key} = \"{found}\"` {problem}")]
    BadFact {
        /// The file.
        file: String,
        /// The key.
        key: &'static str,
        /// Its value.
        found: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Two lists of one short name.
    #[error("two watchlists are called `{slug}`")]
    SameSlug {
        /// The short name.
        slug: String,
    },
}

/// One cell or row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The line on which the row starts, counted from 1 as an editor shows it.
    pub line: u64,
    /// The column, where it is about one cell.
    pub column: Option<&'static str>,
    /// What is wrong, with what was found and what was probably meant.
    pub message: String,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(f, "column `{column}`: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Hint for WatchlistError {
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Unreadable { .. } | Self::Unwritable { .. } | Self::Facts { .. } | Self::BadRows { .. } => {
                return None;
            }
            Self::NotAList { .. } => {
                "turn an official file into a list with `wharfinger watchlists import --format FORMAT FILE -o DIR`"
            }
            Self::NoList { .. } => {
                "give a list, a folder of lists, or make one with `wharfinger watchlists import`"
            }
            Self::NotUtf8 { .. } => "in Excel, save it as `CSV UTF-8 (Comma delimited)`",
            Self::Empty { .. } => "an empty list never makes a clean result: remove it, or fetch it again",
            Self::UnknownColumn { found, .. } if found.contains([';', '\t', '|']) => {
                "separate the columns by commas, or use `wharfinger watchlists import --format generic`"
            }
            Self::UnknownColumn { .. } => {
                "a list's columns are id, name, aliases, weak_aliases, kind, country, identifiers, ground, measure, \
status, listed_on, delisted_on, scope, products, affected, source_url, note; any other file goes through \
`wharfinger watchlists import --format generic --map name=COLUMN`"
            }
            Self::RepeatedColumn { .. } => {
                "keep one of them; several values of one cell are separated by `;`"
            }
            Self::NoNameColumn { found, .. } if matches!(found.as_slice(), [one] if one.contains([';', '\t', '|'])) => {
                "separate the columns by commas, or use `wharfinger watchlists import --format generic`"
            }
            Self::NoNameColumn { .. } => {
                "call the column of the names `name`, or use `wharfinger watchlists import --format generic --map \
name=COLUMN`"
            }
            Self::BadFact { .. } => "write a date as `2026-11-24`",
            Self::SameSlug { .. } => "rename one of the files",
        };
        Some(hint.to_owned())
    }
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |word| format!("; did you mean `{word}`?"))
}

fn counted(problems: usize) -> String {
    if problems == 1 { "one thing to mend".to_owned() } else { format!("{problems} things to mend") }
}

fn each(file: &str, problems: &[RowProblem], more: usize) -> String {
    use fmt::Write;
    let mut out = String::new();
    for problem in problems {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n  --> {file}:{}: {problem}", problem.line);
    }
    if more > 0 {
        let _ = write!(out, "\n  ... and {more} more");
    }
    out
}

fn quoted(texts: &[String]) -> String {
    let mut out =
        texts.iter().take(12).map(|text| format!("`{}`", text.trim())).collect::<Vec<_>>().join(", ");
    if texts.len() > 12 {
        out.push_str(", ...");
    }
    out
}
