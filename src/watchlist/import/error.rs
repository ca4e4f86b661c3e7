//! Why an official file is refused.

use std::path::PathBuf;

use super::Format;
use crate::error::Hint;
use crate::watchlist::WatchlistError;

/// A file that does not become a list. Nothing is written then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("cannot read `{path}`: {cause}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A web page where a data file was expected: an error page, a login page, a moved address.
    #[error("`{file}` is a web page{}, not the {wanted} file", titled(title))]
    WebPage {
        /// The file.
        file: String,
        /// The page's own title.
        title: String,
        /// What was expected.
        wanted: &'static str,
    },
    /// A file of another publisher or format.
    #[error("`{file}` is not the {wanted} file: it looks like {found}")]
    OtherFile {
        /// The file.
        file: String,
        /// What was expected.
        wanted: &'static str,
        /// What it looks like.
        found: String,
        /// The format that reads it, where one does.
        format: Option<Format>,
        /// What to do with it, where no format does.
        instead: Option<&'static str>,
    },
    /// A file that is damaged or ends too early.
    #[error("`{file}` is damaged or cut short: {what}")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong, and where.
        what: String,
    },
    /// An export of part of the list.
    #[error("`{file}` is only part of the list: the publisher's filter is {filter}")]
    Filtered {
        /// The file.
        file: String,
        /// The filter, as the file states it.
        filter: String,
    },
    /// A file of the right format without an entry.
    #[error("`{file}` is a {wanted} file without a single entry")]
    NoEntries {
        /// The file.
        file: String,
        /// What it is.
        wanted: &'static str,
    },
    /// A column that the format cannot do without.
    #[error("`{file}` has no column `{column}`; its columns are {}", quoted(found))]
    NoColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The columns there are.
        found: Vec<String>,
    },
    /// A file that belongs with others which are missing.
    #[error("`{file}` is one part of the list: {missing} is missing")]
    MissingPart {
        /// The file.
        file: String,
        /// What is missing.
        missing: &'static str,
    },
    /// The command line is at fault.
    #[error("{0}")]
    Usage(String),
    /// The list made of the file cannot be written or read back.
    #[error(transparent)]
    List(#[from] WatchlistError),
}

impl Hint for ImportError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Unreadable { .. } | Self::Usage(_) => return None,
            Self::List(error) => return error.hint(),
            Self::WebPage { .. } => {
                "open the address in a browser and download the data file itself".to_owned()
            }
            Self::OtherFile { format: Some(format), .. } => format!("import it with `--format {format}`"),
            Self::OtherFile { instead: Some(instead), .. } => (*instead).to_owned(),
            Self::OtherFile { .. } => {
                "for any other table use `--format generic --map name=COLUMN`".to_owned()
            }
            Self::Damaged { .. } => {
                "download the file again, and do not open and save it in Excel".to_owned()
            }
            Self::Filtered { .. } => {
                "download the whole list, or import it as a partial one with `--partial`".to_owned()
            }
            Self::NoEntries { .. } => {
                "an empty list never makes a clean result: download the file again".to_owned()
            }
            Self::NoColumn { .. } => "map it with `--format generic --map FIELD=COLUMN`".to_owned(),
            Self::MissingPart { .. } => "give all parts together, or the folder that holds them".to_owned(),
        })
    }
}

fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" (`{title}`)") }
}

fn quoted(texts: &[String]) -> String {
    let mut out = texts.iter().take(12).map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
    if texts.len() > 12 {
        out.push_str(", ...");
    }
    if out.is_empty() {
        out.push_str("none");
    }
    out
}
