//! Files, archives and standard input, opened and unpacked.
//!
//! What a file is, its first bytes say and not its name: workbooks are served as `.csv`, and text as `.xls`.
//! Unpacked sizes are capped, so that a small file cannot fill the memory.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// What one document may unpack to where it is held in memory: far above any published workbook or package.
pub const HELD_LIMIT: u64 = 1 << 30;

/// What delimited text may unpack to; it is read as a stream.
pub const STREAM_LIMIT: u64 = 64 << 30;

/// How many members of an archive are read.
const MEMBER_LIMIT: usize = 10_000;

/// How much of a text is looked at before it is read.
pub const SAMPLE: usize = 4 << 20;

/// What a document is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Delimited text.
    Text,
    /// JSON or JSON lines.
    Json,
    /// Office Open XML workbook.
    Xlsx,
    /// Binary workbook of Excel 2007 and later.
    Xlsb,
    /// BIFF workbook.
    Xls,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Nothing at all.
    Empty,
    /// Something that holds no table: PDF, HTML, an image, a Word file.
    Foreign(&'static str),
}

/// One table file: a file itself, or a member of an archive.
pub struct Document {
    /// The name: the path as given, with `!member` for a member of an archive.
    pub name: String,
    /// What it is.
    pub shape: Shape,
    /// Its first bytes, up to [`SAMPLE`].
    pub sample: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

impl Document {
    /// Whether the sample is the whole document.
    pub fn is_whole(&self) -> bool {
        self.sample.len() < SAMPLE
    }

    /// All bytes, as a stream from the first.
    pub fn into_stream(self) -> (Vec<u8>, Box<dyn Read + Send>) {
        (self.sample, self.rest)
    }

    /// All bytes, in memory.
    ///
    /// # Errors
    /// What the reader says; [`io::ErrorKind::FileTooLarge`] past [`HELD_LIMIT`].
    pub fn into_bytes(self) -> io::Result<Vec<u8>> {
        let mut bytes = self.sample;
        Capped { source: self.rest, left: HELD_LIMIT }.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// A reader that fails instead of giving more than its limit.
struct Capped<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(out)?;
        self.left =
            self.left.checked_sub(read as u64).ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        Ok(read)
    }
}

/// SHA-256 of everything a reader gives, in lower-case hexadecimal.
///
/// # Errors
/// What the reader says.
pub fn sha256(mut source: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(hexadecimal(&hasher.finalize())),
            Ok(read) => hasher.update(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A file that is hashed as it is read, so that it is read once, and what is hashed is what was read.
#[derive(Debug, Clone)]
pub struct Hashed(Arc<Mutex<(File, Sha256)>>);

impl Hashed {
    /// SHA-256 of the whole file, in lower-case hexadecimal; what nobody has read is read now.
    ///
    /// # Errors
    /// What the system says.
    pub fn sha256(mut self) -> io::Result<String> {
        io::copy(&mut self, &mut io::sink())?;
        let (_, hasher) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(hexadecimal(&hasher.clone().finalize()))
    }
}

impl Read for Hashed {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let (file, hasher) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = file.read(out)?;
        hasher.update(out.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Opens a file and unpacks what it holds: one document, or one for each table file in an archive.
///
/// # Errors
/// What the system or the unpacker says; [`io::ErrorKind::FileTooLarge`] past the limits.
pub fn open_path(path: &Path) -> io::Result<Vec<Document>> {
    open_hashed(path).map(|(documents, _)| documents)
}

/// As [`open_path`], with the file itself, to ask for its hash when all is read.
///
/// # Errors
/// As [`open_path`].
pub fn open_hashed(path: &Path) -> io::Result<(Vec<Document>, Hashed)> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let file = Hashed(Arc::new(Mutex::new((file, Sha256::new()))));
    Ok((open_reader(path.display().to_string(), Box::new(file.clone()), 0)?, file))
}

/// Opens bytes that are already in memory, such as those of standard input.
///
/// # Errors
/// As [`open_path`].
pub fn open_bytes(name: String, bytes: Vec<u8>) -> io::Result<Vec<Document>> {
    open_reader(name, Box::new(Cursor::new(bytes)), 0)
}

/// Opens a stream, such as standard input: text is then read as it is wanted, everything else is held.
///
/// # Errors
/// As [`open_path`].
pub fn open_stream(name: String, source: Box<dyn Read + Send>) -> io::Result<Vec<Document>> {
    open_reader(name, source, 0)
}

/// How deep archives may lie in one another: `.zip` of `.csv.gz` is in use, deeper is an attack.
const DEPTH_LIMIT: u8 = 3;

fn open_reader(name: String, mut source: Box<dyn Read + Send>, depth: u8) -> io::Result<Vec<Document>> {
    let mut sample = Vec::new();
    source.by_ref().take(SAMPLE as u64).read_to_end(&mut sample)?;
    if depth > DEPTH_LIMIT {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    if sample.starts_with(b"\x1f\x8b") {
        let packed = Cursor::new(sample).chain(source);
        let unpacked = flate2::read::MultiGzDecoder::new(packed);
        return open_reader(name, Box::new(Capped { source: unpacked, left: STREAM_LIMIT }), depth + 1);
    }
    let shape = shape_of(&sample);
    let document = Document { name, shape, sample, rest: source };
    if document.sample.starts_with(b"PK\x03\x04") || document.sample.starts_with(b"PK\x05\x06") {
        return open_zip(document, depth);
    }
    Ok(vec![document])
}

fn shape_of(sample: &[u8]) -> Shape {
    if sample.is_empty() {
        return Shape::Empty;
    }
    for (magic, format) in [
        (b"%PDF".as_slice(), "PDF"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"PAR1", "Parquet"),
        (b"SQLite format 3", "a database"),
    ] {
        if sample.starts_with(magic) {
            return Shape::Foreign(format);
        }
    }
    if sample.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Shape::Xls;
    }
    let text = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample).trim_ascii_start();
    match text.first() {
        Some(b'{') => Shape::Json,
        // A line of text may begin with a bracket too; an array goes on with a value.
        Some(b'[')
            if matches!(
                text.get(1..).and_then(|t| t.trim_ascii_start().first()),
                Some(b'{' | b'[' | b']' | b'"')
            ) =>
        {
            Shape::Json
        }
        Some(b'<') if is_markup(text) => Shape::Foreign("HTML or XML"),
        _ => Shape::Text,
    }
}

fn is_markup(text: &[u8]) -> bool {
    let start: Vec<u8> = text.iter().take(64).map(u8::to_ascii_lowercase).collect();
    [b"<!doctype".as_slice(), b"<html", b"<?xml", b"<table", b"<head"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

/// A workbook is itself a zip archive; any other archive holds documents.
fn open_zip(document: Document, depth: u8) -> io::Result<Vec<Document>> {
    let name = document.name.clone();
    let bytes = document.into_bytes()?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).map_err(io::Error::other)?;
    if let Some(shape) = workbook_shape(&mut archive) {
        return Ok(vec![Document { name, shape, sample: bytes, rest: Box::new(io::empty()) }]);
    }
    let mut members: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(std::borrow::Cow::into_owned)
        .filter(|member| is_table_name(member))
        .collect();
    members.sort();
    if members.len() > MEMBER_LIMIT {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    let mut documents = Vec::new();
    let mut left = HELD_LIMIT;
    for member in members {
        let file = archive.by_name(&member).map_err(io::Error::other)?;
        if file.is_symlink() {
            // Its content is a path, which is not followed.
            continue;
        }
        let mut unpacked = Vec::new();
        Capped { source: file, left }.read_to_end(&mut unpacked)?;
        left = left.saturating_sub(unpacked.len() as u64);
        documents.extend(open_reader(
            format!("{name}!{member}"),
            Box::new(Cursor::new(unpacked)),
            depth + 1,
        )?);
    }
    Ok(documents)
}

fn workbook_shape<R: Read + io::Seek>(archive: &mut zip::ZipArchive<R>) -> Option<Shape> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.bin") {
        Some(Shape::Xlsb)
    } else if archive
        .file_names()
        .filter_map(Result::ok)
        .any(|name| name.eq_ignore_ascii_case("xl/workbook.xml"))
    {
        Some(Shape::Xlsx)
    } else if has("content.xml") && has("mimetype") {
        Some(Shape::Ods)
    } else if has("word/document.xml") {
        Some(Shape::Foreign("a Word document"))
    } else {
        None
    }
}

/// Whether a member of an archive may hold a table, by its name; notes and pictures beside it are left alone.
fn is_table_name(name: &str) -> bool {
    let name = name.to_lowercase();
    // Nothing is written to the disk, so that a member may be called `../spend.csv`.
    let hidden = name
        .split('/')
        .any(|part| part.starts_with('.') && part != ".." && part != "." || part == "__macosx");
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = name.rsplit('.').next().unwrap_or_default();
    !hidden
        && matches!(
            ending,
            "csv"
                | "tsv"
                | "tab"
                | "txt"
                | "xlsx"
                | "xlsm"
                | "xlsb"
                | "xls"
                | "ods"
                | "json"
                | "jsonl"
                | "ndjson"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_say_what_a_file_is() {
        let cases: [(&[u8], Shape); 8] = [
            (b"", Shape::Empty),
            (b"Supplier,Amount\n", Shape::Text),
            (b"\xef\xbb\xbf {\"a\":1}", Shape::Json),
            (b"[{\"a\":1}]", Shape::Json),
            (b"[draft] Supplier,Amount\n", Shape::Text),
            (b"%PDF-1.7", Shape::Foreign("PDF")),
            (b"<!DOCTYPE html><table>", Shape::Foreign("HTML or XML")),
            (b"<1000,Supplier\n", Shape::Text),
        ];
        for (bytes, shape) in cases {
            assert_eq!(shape_of(bytes), shape, "{bytes:?}");
        }
    }

    #[test]
    fn gzip_and_zip_are_unpacked() {
        use std::io::Write;
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"Supplier,Amount\n").unwrap();
        let gz = gz.finish().unwrap();
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [("b/spend.csv.gz", gz.as_slice()), ("notes.docx", b"PK"), ("a.csv", b"Name\n")]
        {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let documents = open_bytes("x.zip".into(), zip.finish().unwrap().into_inner()).unwrap();
        let seen: Vec<_> = documents.iter().map(|d| (d.name.as_str(), d.sample.as_slice())).collect();
        assert_eq!(
            seen,
            [("x.zip!a.csv", b"Name\n".as_slice()), ("x.zip!b/spend.csv.gz", b"Supplier,Amount\n")]
        );
    }

    #[test]
    fn a_file_is_hashed_whole_whatever_was_read_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, b"Supplier,Amount\n").unwrap();
        for read in [0, 5, 16, 99] {
            let (_, mut file) = open_hashed(&path).unwrap();
            let _ = file.read(&mut vec![0; read]).unwrap();
            assert_eq!(file.sha256().unwrap(), sha256(b"Supplier,Amount\n".as_slice()).unwrap());
        }
        assert!(sha256(io::empty()).unwrap().starts_with("e3b0c44298fc1c14"));
    }

    #[test]
    fn a_reader_past_its_limit_is_an_error() {
        let mut out = Vec::new();
        let error = Capped { source: io::repeat(0), left: 1 << 20 }.read_to_end(&mut out).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
