//! The officer's own file back with columns added: rows, cells and order untouched.
//!
//! Delimited text keeps every character of its lines; the columns go to the end of each record. A workbook keeps its
//! sheets and the types of its cells, not its looks. A row is answered by the name that it writes, as the subjects of
//! the screening keep it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::put;
use crate::error::Hint;
use crate::load::InputAccount;
use crate::read::open::{self, Document, Shape};
use crate::screen::Screening;

mod answers;
mod text;
mod workbook;

use answers::Answers;

/// Why a file could not be given back.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// The ending names neither form.
    #[error("`{}` is neither .csv nor .xlsx nor a folder", path.display())]
    Ending {
        /// The path as given.
        path: PathBuf,
    },
    /// A CSV file holds one table, and several were read.
    #[error("a CSV file holds one table, and {count} were read")]
    SeveralTables {
        /// How many.
        count: usize,
    },
    /// The file is one of the inputs.
    #[error("`{}` is an input, and inputs are never written over", path.display())]
    OverInput {
        /// The path as given.
        path: PathBuf,
    },
    /// Standard input is gone, and JSON has no columns.
    #[error("`{path}` cannot be given back with columns added: {why}")]
    Form {
        /// The input.
        path: String,
        /// Why.
        why: &'static str,
    },
    /// The input could not be read again.
    #[error("cannot read `{path}` again")]
    Read {
        /// The input.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The file could not be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The path as given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Hint for AnnotateError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Ending { .. } => {
                Some("end the name in .csv or .xlsx, or name a folder for a file each".to_owned())
            }
            Self::SeveralTables { .. } => {
                Some("name a folder for a file each, or end the name in .xlsx for a sheet each".to_owned())
            }
            Self::OverInput { .. } => Some("choose another name".to_owned()),
            Self::Form { .. } => Some("give a .csv, .tsv or spreadsheet file".to_owned()),
            Self::Read { .. } | Self::Write { .. } => None,
        }
    }
}

/// Where the rows go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// One table.
    Csv,
    /// A sheet for each table.
    Xlsx,
    /// A file for each input file.
    Folder,
}

impl Target {
    fn of(path: &Path) -> Result<Self, AnnotateError> {
        let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            _ if path.is_dir() => Ok(Self::Folder),
            Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Xlsx),
            None => Ok(Self::Folder),
            Some(_) => Err(AnnotateError::Ending { path: path.to_owned() }),
        }
    }
}

/// Whether rows could be given back to `path`, before anything is read.
///
/// # Errors
/// [`AnnotateError::Ending`] where it is neither `.csv`, nor `.xlsx`, nor a folder.
pub fn check(path: &Path) -> Result<(), AnnotateError> {
    Target::of(path).map(|_| ())
}

/// Writes the screened inputs to `path` with the answer beside each row: `.csv` for one table, `.xlsx` with a sheet
/// for each, or a folder with a file for each input file.
///
/// The inputs are read again from where they were and never written over. Each file is written whole or not at all.
///
/// # Errors
/// [`AnnotateError`], for inputs that have no rows of cells and for files that cannot be read or written.
pub fn annotate(screening: &Screening, path: &Path) -> Result<(), AnnotateError> {
    let all: Vec<&InputAccount> = screening.inputs.iter().collect();
    match Target::of(path)? {
        Target::Csv => write(screening, path, &csv(screening, &all)?),
        Target::Xlsx => write(screening, path, &xlsx(screening, &all)?),
        Target::Folder => folder(screening, path, &all),
    }
}

/// Writes a file for each input file, of its own kind: text as `.csv`, a workbook with all its sheets as `.xlsx`.
fn folder(screening: &Screening, path: &Path, all: &[&InputAccount]) -> Result<(), AnnotateError> {
    std::fs::create_dir_all(path).map_err(|source| AnnotateError::Write { path: path.to_owned(), source })?;
    let mut taken: Vec<String> = Vec::new();
    for some in all.chunk_by(|a, b| a.path == b.path) {
        let Some(first) = some.first() else { continue };
        let is_text = open(first)?.shape == Shape::Text;
        let name = file_name(&first.path, if is_text { "csv" } else { "xlsx" }, &taken);
        let bytes = if is_text { csv(screening, some)? } else { xlsx(screening, some)? };
        write(screening, &path.join(&name), &bytes)?;
        taken.push(name);
    }
    Ok(())
}

/// `spend.csv` becomes `spend.annotated.csv`; a second one `spend.annotated (2).csv`.
fn file_name(input: &str, ending: &str, taken: &[String]) -> String {
    let last = input.rsplit(['/', '\\', '!']).next().unwrap_or(input);
    let stem = last.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("input");
    let numbered = (2..).map(|number: u32| format!("{stem}.annotated ({number}).{ending}"));
    let is_free = |name: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(name));
    let plain = format!("{stem}.annotated.{ending}");
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or(plain)
}

/// Writes one file, but never over an input.
fn write(screening: &Screening, path: &Path, bytes: &[u8]) -> Result<(), AnnotateError> {
    let whole = std::fs::canonicalize(path).ok();
    let is_input = |input: &InputAccount| std::fs::canonicalize(&input.path).ok() == whole;
    if whole.is_some() && screening.inputs.iter().any(is_input) {
        return Err(AnnotateError::OverInput { path: path.to_owned() });
    }
    put(path, bytes).map_err(|source| AnnotateError::Write { path: path.to_owned(), source })
}

fn csv(screening: &Screening, inputs: &[&InputAccount]) -> Result<Vec<u8>, AnnotateError> {
    let [input] = inputs else {
        return Err(AnnotateError::SeveralTables { count: inputs.len() });
    };
    let answers = Answers::of(screening, input);
    let document = open(input)?;
    let read = |source| AnnotateError::Read { path: input.path.clone(), source };
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    if document.shape == Shape::Text {
        text::annotate(document, input, &answers, &mut bytes).map_err(read)?;
    } else {
        let sheet = workbook::sheet(document, input).map_err(read)?;
        workbook::as_text(&sheet, input, &answers, &mut bytes).map_err(read)?;
    }
    Ok(bytes)
}

fn xlsx(screening: &Screening, inputs: &[&InputAccount]) -> Result<Vec<u8>, AnnotateError> {
    let mut sheets = Vec::new();
    for input in inputs {
        let document = open(input)?;
        let read = |source| AnnotateError::Read { path: input.path.clone(), source };
        let sheet = if document.shape == Shape::Text {
            text::sheet(document, input).map_err(read)?
        } else {
            workbook::sheet(document, input).map_err(read)?
        };
        sheets.push((sheet, *input, Answers::of(screening, input)));
    }
    let broken =
        |error| AnnotateError::Read { path: "the workbook".to_owned(), source: io::Error::other(error) };
    workbook::write(&sheets, screening.as_of).map_err(broken)
}

/// Opens an input again, or its member of an archive.
fn open(input: &InputAccount) -> Result<Document, AnnotateError> {
    let form = |why| AnnotateError::Form { path: input.path.clone(), why };
    if input.path == "-" {
        return Err(form("standard input can be read only once"));
    }
    let whole = Path::new(&input.path);
    let file = if whole.exists() { &input.path } else { input.path.split('!').next().unwrap_or_default() };
    let documents = open::open_path(Path::new(file))
        .map_err(|source| AnnotateError::Read { path: input.path.clone(), source })?;
    let one = documents.len() == 1;
    let document = documents.into_iter().find(|document| one || document.name == input.path);
    let document = document.ok_or_else(|| form("it is no longer in its archive"))?;
    match document.shape {
        Shape::Text | Shape::Xlsx | Shape::Xlsb | Shape::Xls | Shape::Ods => Ok(document),
        Shape::Json | Shape::Empty | Shape::Foreign(_) => Err(form("it has no rows of cells")),
    }
}

/// Writes cells that go to the end of a record.
fn write_end(cells: &[impl AsRef<str>], delimiter: char, out: &mut dyn Write) -> io::Result<()> {
    for cell in cells {
        let cell = cell.as_ref();
        let quoted = cell.contains([delimiter, '"', '\n', '\r']);
        if quoted {
            write!(out, "{delimiter}\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(out, "{delimiter}{cell}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use calamine::{Data, Reader, Xlsx, open_workbook};

    use super::super::fixture;
    use super::*;

    const SPEND: &str = "Spend of the council,,\r\n\r\nSupplier,Net \u{a3},Note\r\n\"VORSTELLANK LOOMERY LTD\",\"1,200.00\",\"two\r\nlines\"\r\nUmmerlathe Catering,007\r\n\r\nREDACTED PERSONAL DATA,3,\r\n";

    /// The fixture's payments as a file on disk, in the encoding of a British export.
    fn on_disk(name: &str, bytes: &[u8], record: u64) -> (tempfile::TempDir, Screening) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut screening = fixture::screening();
        screening.inputs.truncate(1);
        let input = &mut screening.inputs[0];
        input.path = path.display().to_string();
        input.header_record = record;
        let file: Arc<str> = Arc::from(input.path.as_str());
        for subject in &mut screening.subjects {
            subject.first.file = file.clone();
        }
        (folder, screening)
    }

    fn windows_1252(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
    }

    #[test]
    fn lines_stay_as_they_are_and_gain_columns() {
        let (folder, screening) = on_disk("spend.csv", &windows_1252(SPEND), 3);
        let out = folder.path().join("out.csv");
        annotate(&screening, &out).unwrap();
        let text = std::fs::read_to_string(&out).unwrap();
        insta::assert_snapshot!(text.replace('\r', "\u{240d}"));
        let mut records =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&text.as_bytes()[3..]);
        let widths: Vec<usize> = records.records().map(|record| record.unwrap().len()).collect();
        assert_eq!(widths, [3, 13, 13, 13, 13], "all answers stand under their headers");
    }

    #[test]
    fn a_workbook_keeps_numbers_as_numbers_and_zeros_in_front() {
        let (folder, screening) = on_disk("spend.csv", &windows_1252(SPEND), 3);
        let out = folder.path().join("out.xlsx");
        annotate(&screening, &out).unwrap();
        let mut book: Xlsx<_> = open_workbook(&out).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(range.get_value((3, 0)), Some(&Data::String("VORSTELLANK LOOMERY LTD".to_owned())));
        assert_eq!(range.get_value((4, 1)), Some(&Data::String("007".to_owned())));
        assert_eq!(range.get_value((3, 3)), Some(&Data::String("candidate".to_owned())));
        assert_eq!(
            range.get_value((4, 3)),
            Some(&Data::String("no candidate on these list versions".to_owned()))
        );
        assert_eq!(range.get_value((6, 3)), Some(&Data::String("not screened".to_owned())));
    }

    #[test]
    fn a_sheet_of_a_workbook_comes_back_typed() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(1, 1, "Supplier").unwrap();
        sheet.write_string(1, 2, "Net \u{a3}").unwrap();
        sheet.write_string(2, 1, "Vorstellank Loomery Limited").unwrap();
        sheet.write_number(2, 2, 12.5).unwrap();
        let (folder, mut screening) = on_disk("spend.xlsx", &book.save_to_buffer().unwrap(), 2);
        screening.inputs[0].sheet = Some("Sheet1".to_owned());
        for name in ["out.xlsx", "out.csv"] {
            annotate(&screening, &folder.path().join(name)).unwrap();
        }
        let mut book: Xlsx<_> = open_workbook(folder.path().join("out.xlsx")).unwrap();
        let range = book.worksheet_range("Sheet1").unwrap();
        assert_eq!(range.get_value((2, 2)), Some(&Data::Float(12.5)));
        assert_eq!(range.get_value((2, 3)), Some(&Data::String("candidate".to_owned())));
        let text = std::fs::read_to_string(folder.path().join("out.csv")).unwrap();
        assert!(text.contains(",Vorstellank Loomery Limited,12.5,candidate,exclude,"), "{text}");
    }

    #[test]
    fn a_formula_of_theirs_stays_text_and_one_of_ours_never_arises() {
        let spend = "Supplier,Net\n=1+1,2\nVORSTELLANK LOOMERY LTD,3\n";
        let (folder, mut screening) = on_disk("spend.csv", spend.as_bytes(), 1);
        screening.lists[0].entries[0].name = "=cmd|' /C calc'!A0".to_owned();
        annotate(&screening, &folder.path().join("out.csv")).unwrap();
        let text = std::fs::read_to_string(folder.path().join("out.csv")).unwrap();
        assert!(text.contains("\n=1+1,2,"), "their own cells are untouched: {text}");
        assert!(text.contains(",'=cmd|' /C calc'!A0,"), "{text}");
        annotate(&screening, &folder.path().join("out.xlsx")).unwrap();
        let mut book: Xlsx<_> = open_workbook(folder.path().join("out.xlsx")).unwrap();
        assert_eq!(book.worksheet_formula("spend").unwrap().used_cells().count(), 0);
    }

    #[test]
    fn what_cannot_be_given_back_says_why() {
        let (folder, screening) = on_disk("spend.json", b"[{\"a\":1}]", 0);
        let error = annotate(&screening, &folder.path().join("out.csv")).unwrap_err();
        assert!(matches!(error, AnnotateError::Form { .. }) && error.hint().is_some());
        let error = annotate(&screening, &folder.path().join("out.pdf")).unwrap_err();
        assert!(matches!(error, AnnotateError::Ending { .. }));
        let own = Path::new(&screening.inputs[0].path).to_owned();
        assert!(matches!(check(&own), Err(AnnotateError::Ending { .. })));
        let error = annotate(&fixture::screening(), &folder.path().join("out.csv")).unwrap_err();
        assert!(matches!(error, AnnotateError::SeveralTables { count: 2 }));
    }

    #[test]
    fn a_folder_takes_a_file_for_each_input_and_no_input_is_written_over() {
        let (folder, screening) = on_disk("spend.csv", &windows_1252(SPEND), 3);
        annotate(&screening, folder.path()).unwrap();
        let back = std::fs::read_to_string(folder.path().join("spend.annotated.csv")).unwrap();
        assert!(back.contains(",candidate,"), "{back}");
        let own = Path::new(&screening.inputs[0].path);
        let error = annotate(&screening, own).unwrap_err();
        assert!(matches!(error, AnnotateError::OverInput { .. }), "{error}");
        assert_eq!(std::fs::read(own).unwrap(), windows_1252(SPEND));
        let taken = [file_name("a/spend.csv.gz", "csv", &[])];
        assert_eq!(taken[0], "spend.annotated.csv");
        assert_eq!(file_name("b.zip!in/SPEND.xls", "csv", &taken), "SPEND.annotated (2).csv");
    }
}
