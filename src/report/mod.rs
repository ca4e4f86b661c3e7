//! What people and programs read: one writer for each format, all of one [`Screening`].
//!
//! A report says what the screening says and computes no verdict. It knows how to word things ([`wording`]), how to
//! make text of unknown origin safe for where it stands ([`escape`]) and which columns there are ([`columns`]); each
//! format has its own file. Nothing here reads the clock or prints: the day is the screening's, the bytes go to the
//! writer that the caller gives, or to a file that is whole or not there ([`write_file`]).

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use audience::{Part, Published};
use summary::Figures;

use crate::error::Hint;
use crate::judge::Finding;
use crate::record::Subject;
use crate::screen::Screening;
use crate::vocab::{Flag, nearest_word};
use crate::watchlist::{Entry, List};

pub mod annotate;
mod audience;
mod blocks;
pub mod certificate;
pub mod columns;
mod csv;
pub mod escape;
#[cfg(test)]
mod fixture;
mod glossary;
mod health;
mod html;
mod json;
mod junit;
mod layout;
mod markdown;
mod run;
mod sarif;
mod summary;
mod table;
mod whole;
mod wording;
pub mod xlsx;

pub use audience::Audience;
pub use certificate::Standing;
pub use json::SCHEMA_VERSION;
pub use whole::put;

/// A form in which a screening can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A table for a terminal.
    Table,
    /// Findings as comma-separated values.
    Csv,
    /// The whole report as JSON.
    Json,
    /// One finding a line, each a JSON object.
    Jsonl,
    /// Markdown for a job summary.
    Markdown,
    /// One HTML page, to read, print and review.
    Html,
    /// An Excel workbook that can be reviewed and sent back.
    Xlsx,
    /// SARIF 2.1.0, for code-scanning pages.
    Sarif,
    /// `JUnit` XML, for CI pages.
    Junit,
    /// Nothing at all: the exit code is the answer.
    None,
}

impl Format {
    /// Every format with its name on the command line and the endings of its files, the usual one first.
    const NAMES: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (Self::Table, "table", &[]),
        (Self::Csv, "csv", &["csv"]),
        (Self::Json, "json", &["json"]),
        (Self::Jsonl, "jsonl", &["jsonl", "ndjson"]),
        (Self::Markdown, "md", &["md", "markdown"]),
        (Self::Html, "html", &["html", "htm"]),
        (Self::Xlsx, "xlsx", &["xlsx"]),
        (Self::Sarif, "sarif", &["sarif"]),
        (Self::Junit, "junit", &["xml"]),
        (Self::None, "none", &[]),
    ];

    /// The format of this name, as `--format` takes it.
    ///
    /// # Errors
    /// [`Error::UnknownFormat`] with the nearest name.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        let wanted = name.trim().to_ascii_lowercase();
        Self::NAMES
            .iter()
            .find(|(_, known, endings)| *known == wanted || endings.contains(&wanted.as_str()))
            .map(|(format, _, _)| *format)
            .ok_or_else(|| Error::UnknownFormat {
                found: name.to_owned(),
                nearest: nearest_word(&wanted, Self::NAMES.iter().map(|(_, known, _)| *known))
                    .map(str::to_owned),
            })
    }

    /// The format that the ending of a file name asks for.
    ///
    /// # Errors
    /// [`Error::UnknownEnding`] where the name has no ending or none that is known.
    pub fn from_path(path: &Path) -> Result<Self, Error> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        Self::NAMES
            .iter()
            .find(|(_, _, endings)| endings.contains(&ending.as_str()))
            .map(|(format, _, _)| *format)
            .ok_or_else(|| Error::UnknownEnding { path: path.to_owned() })
    }

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(format, _, _)| *format == self).map_or("", |(_, name, _)| name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What went wrong while a report was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No format has this name.
    #[error("`{found}` is not a report format")]
    UnknownFormat {
        /// The name as given.
        found: String,
        /// The nearest known name.
        nearest: Option<String>,
    },
    /// No format has this ending.
    #[error("`{}` has no ending that names a report format", path.display())]
    UnknownEnding {
        /// The path as given.
        path: PathBuf,
    },
    /// The bytes could not be written.
    #[error("cannot write the report")]
    Write(#[from] io::Error),
    /// The file could not be written.
    #[error("cannot write `{}`", path.display())]
    WriteFile {
        /// The path as given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Error {
    /// Whether the reader of a pipe went away, which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Write(cause) if cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl Hint for Error {
    fn hint(&self) -> Option<String> {
        let names = || Format::NAMES.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ");
        let endings = || {
            let all: Vec<String> =
                Format::NAMES.iter().filter_map(|(_, _, e)| e.first()).map(|e| format!(".{e}")).collect();
            all.join(", ")
        };
        match self {
            Self::UnknownFormat { nearest: Some(nearest), .. } => Some(format!("did you mean `{nearest}`?")),
            Self::UnknownFormat { nearest: None, .. } => Some(format!("known formats: {}", names())),
            Self::UnknownEnding { .. } => Some(format!("known endings: {}", endings())),
            Self::WriteFile { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                Some("make the folder first".to_owned())
            }
            Self::Write(_) | Self::WriteFile { .. } => None,
        }
    }
}

/// What may differ between two reports of one screening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOptions {
    /// Columns of the terminal, for the table.
    pub width: usize,
    /// Whether the table is coloured and its addresses are links.
    pub colour: bool,
    /// The flag at which a run fails, as `--fail-on` sets it.
    pub fail_on: Option<Flag>,
    /// Whom the report is for.
    pub audience: Audience,
    /// Whether the public version may name candidates that nobody has confirmed; from the policy.
    pub public_names: bool,
    /// Where a listed company or a supplier may ask for a correction; from the policy.
    pub contact: Option<String>,
    /// Whether the table leaves out what only a whole run needs: the answer to one name fits one screen.
    pub brief: bool,
}

impl Default for ReportOptions {
    /// 80 columns, no colour, never failing, for those who decide, no contact.
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
            fail_on: None,
            audience: Audience::Exempt,
            public_names: false,
            contact: None,
            brief: false,
        }
    }
}

/// A finding with what it speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Who was screened.
    pub subject: &'a Subject,
    /// The list.
    pub list: &'a List,
    /// The entry of that list.
    pub entry: &'a Entry,
}

/// A screening, made ready for the writers.
struct Report<'a> {
    screening: &'a Screening,
    options: &'a ReportOptions,
    /// The findings in the order of work, with their parts.
    candidates: Vec<Candidate<'a>>,
    /// Their counts and sums.
    figures: Figures,
    /// What names the run: see [`run::id`].
    run_id: String,
    /// What names the result: see [`run::results_sha256`].
    results_sha256: String,
}

impl<'a> Report<'a> {
    fn new(screening: &'a Screening, options: &'a ReportOptions) -> Self {
        let candidates: Vec<_> = screening
            .findings
            .iter()
            .filter_map(|finding| {
                let (subject, list, entry) = screening.parts(finding)?;
                Some(Candidate { finding, subject, list, entry })
            })
            .collect();
        let (figures, results_sha256) =
            rayon::join(|| Figures::of(&candidates), || run::results_sha256(screening));
        Self { screening, options, figures, candidates, run_id: run::id(screening), results_sha256 }
    }

    /// The public version of this report, under the same names of run and result.
    fn published<'b>(self, published: &'b Published) -> Report<'b>
    where
        'a: 'b,
    {
        let candidates: Vec<_> = published
            .parts
            .iter()
            .filter_map(|Part { finding, subject, entry }| {
                let list = published.screening.lists.get(finding.list)?;
                Some(Candidate { finding, subject, list, entry })
            })
            .collect();
        Report { screening: &published.screening, figures: Figures::of(&candidates), candidates, ..self }
    }

    /// The candidates of one flag, largest exposure first; equal ones stay in the order of work.
    fn flagged(&self, flag: Flag) -> Vec<Candidate<'a>> {
        let mut some: Vec<_> = self.candidates.iter().copied().filter(|c| c.finding.flag == flag).collect();
        some.sort_by_key(|c| std::cmp::Reverse(columns::sterling(&c.subject.exposure)));
        some
    }
}

/// The flags in the order in which a report shows them.
const SECTIONS: [Flag; 7] = [
    Flag::LegalCheck,
    Flag::Divest,
    Flag::Exclude,
    Flag::Engage,
    Flag::DueDiligence,
    Flag::Monitor,
    Flag::None,
];

/// Writes a screening in one format, as it goes to standard output.
///
/// # Errors
/// [`Error::Write`] where `out` fails.
pub fn write(
    screening: &Screening,
    format: Format,
    options: &ReportOptions,
    out: &mut dyn Write,
) -> Result<(), Error> {
    Ok(write_for(screening, format, csv::Dialect::Pipe, options, out)?)
}

/// Writes a screening to a file in the format of its ending. The file is written whole or not at all.
///
/// # Errors
/// [`Error::UnknownEnding`]; [`Error::WriteFile`] where the file cannot be written, in which case whatever was at
/// `path` before is still there.
pub fn write_file(screening: &Screening, path: &Path, options: &ReportOptions) -> Result<(), Error> {
    let format = Format::from_path(path)?;
    whole::put_by(path, |out| write_for(screening, format, csv::Dialect::Excel, options, out))
        .map_err(|source| Error::WriteFile { path: path.to_owned(), source })
}

/// Writes findings as JSON lines, as they come and without a report around them.
///
/// # Errors
/// [`Error::Write`] where `out` fails.
pub fn write_lines(
    findings: &[Finding],
    subjects: &[Subject],
    lists: &[List],
    out: &mut dyn Write,
) -> Result<(), Error> {
    let candidates: Vec<_> = findings
        .iter()
        .filter_map(|finding| {
            let subject = subjects.get(finding.subject)?;
            let list = lists.get(finding.list)?;
            Some(Candidate { finding, subject, list, entry: list.entries.get(finding.entry)? })
        })
        .collect();
    Ok(json::write_lines(&candidates, out)?)
}

/// Writes the version for the audience that the options name.
fn write_for(
    screening: &Screening,
    format: Format,
    dialect: csv::Dialect,
    options: &ReportOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == Format::None {
        return Ok(());
    }
    let report = Report::new(screening, options);
    match options.audience {
        Audience::Exempt => dispatch(&report, format, dialect, out),
        Audience::Public => {
            let published = audience::publish(screening, options.public_names);
            dispatch(&report.published(&published), format, dialect, out)
        }
    }
}

fn dispatch(
    report: &Report<'_>,
    format: Format,
    dialect: csv::Dialect,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => table::write(report, out),
        Format::Csv => csv::write(report, dialect, out),
        Format::Json => json::write(report, out),
        Format::Jsonl => json::write_lines(&report.candidates, out),
        Format::Markdown => markdown::write(report, out),
        Format::Html => html::write(report, out),
        Format::Xlsx => xlsx::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_names_pick_the_format() {
        for (path, format) in [
            ("out/report.csv", Format::Csv),
            ("REPORT.JSON", Format::Json),
            ("a.b.jsonl", Format::Jsonl),
            ("summary.md", Format::Markdown),
            ("report.html", Format::Html),
            ("report.xlsx", Format::Xlsx),
            ("candidates.sarif", Format::Sarif),
            ("junit.xml", Format::Junit),
        ] {
            assert_eq!(Format::from_path(Path::new(path)).unwrap(), format, "{path}");
        }
        for (format, name, _) in Format::NAMES {
            assert_eq!(Format::from_name(name).unwrap(), *format);
            assert_eq!(format.as_str(), *name);
        }
        let error = Format::from_name("jsn").unwrap_err();
        assert_eq!(error.hint().as_deref(), Some("did you mean `json`?"));
        let error = Format::from_path(Path::new("report")).unwrap_err();
        assert!(error.hint().unwrap().starts_with("known endings: .csv"), "{:?}", error.hint());
    }

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        std::fs::write(&path, "before").unwrap();
        write_file(&fixture::screening(), &path, &ReportOptions::default()).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with('{'));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");

        let nowhere = folder.path().join("none/report.json");
        let error = write_file(&fixture::screening(), &nowhere, &ReportOptions::default()).unwrap_err();
        assert!(matches!(error, Error::WriteFile { .. }));
        assert!(error.hint().is_some());
    }

    #[test]
    fn csv_files_suit_excel_and_pipes_suit_programs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.csv");
        write_file(&fixture::screening(), &path, &ReportOptions::default()).unwrap();
        let file = std::fs::read(&path).unwrap();
        assert!(file.starts_with("\u{feff}finding_id,".as_bytes()));
        assert!(file.ends_with(b"\r\n"));

        let mut pipe = Vec::new();
        write(&fixture::screening(), Format::Csv, &ReportOptions::default(), &mut pipe).unwrap();
        assert!(pipe.starts_with(b"finding_id,"));
        assert!(!pipe.contains(&b'\r'));
    }
}
