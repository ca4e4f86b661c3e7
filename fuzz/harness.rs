//! What the fuzz targets share: a folder of their own, workbooks made around any bytes, and what must always hold.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use jiff::civil::{Date, date};
use wharfinger::load::{LoadOptions, Source, load};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A report with one finding, for the sheets that answer it.
pub const REPORT: &str = include_str!("seeds/report/run.json");

/// The day on which everything happens.
pub fn day() -> Date {
    date(2026, 11, 24)
}

/// Loads the bytes as a file of any kind: each record read is accounted for.
pub fn rows_add_up(bytes: Vec<u8>) {
    let source = Source::Bytes { name: "fuzz".to_owned(), bytes };
    let Ok(loaded) = load(&[source], &LoadOptions::default(), &|_| {}) else { return };
    for input in loaded.inputs {
        let parts = input.screened + input.persons + input.redacted + input.blank_or_total + input.rejected;
        assert_eq!(parts, input.records_read, "rows add up");
    }
}

/// A folder in memory where the system has one, the same for every run of a process.
pub struct Folder(PathBuf);

impl Folder {
    /// The folder, with the inputs that the seeds name.
    pub fn get() -> Self {
        let memory = PathBuf::from("/dev/shm");
        let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let folder = Self(base.join(format!("wharfinger-fuzz-{}", std::process::id())));
        if !folder.path("inputs").is_dir() {
            std::fs::create_dir_all(folder.path("inputs")).expect("a folder can be made");
            folder.put("inputs/paid.csv", include_bytes!("seeds/inputs/paid.csv"));
            folder.put("inputs/register.csv", include_bytes!("seeds/inputs/register.csv"));
            folder.put("inputs/register.toml", include_bytes!("seeds/inputs/register.toml"));
        }
        folder
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, and gives its path.
    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file can be written");
        path
    }

    /// Takes a file away, if it is there.
    pub fn remove(&self, name: &str) {
        let _ = std::fs::remove_file(self.path(name));
    }
}

/// An archive of files, not packed, so that what a fuzzer does to them is not lost in a check sum.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        // Two files of one name, or a name of no length, are what some fuzzers want and no archive has.
        if archive.start_file(*name, options).is_ok() {
            let _ = archive.write_all(bytes);
        }
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A sheet that shows shared strings.
pub const SHARED_STRINGS_SHEET: &[u8] = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>5</v></c></row></sheetData></worksheet>"#;

/// An Excel workbook of sheets, each any bytes, and any bytes for its shared strings.
pub fn workbook(sheets: &[(&str, &[u8])], strings: &[u8]) -> Vec<u8> {
    let mut list = String::new();
    let mut relations =
        format!(r#"<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>"#);
    for (at, (name, _)) in sheets.iter().enumerate() {
        let number = at + 1;
        list += &format!(r#"<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>"#);
        relations += &format!(
            r#"<Relationship Id="r{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        );
    }
    let types = format!(
        r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
    );
    let root = format!(
        r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let book = format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{list}</sheets></workbook>"#);
    let relations = format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>"#);
    let names: Vec<String> =
        (1..=sheets.len()).map(|number| format!("xl/worksheets/sheet{number}.xml")).collect();
    let mut files = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    files.extend(names.iter().zip(sheets).map(|(name, (_, bytes))| (name.as_str(), *bytes)));
    if !strings.is_empty() {
        files.push(("xl/sharedStrings.xml", strings));
    }
    zipped(&files)
}

/// An `OpenDocument` table with any bytes for its content.
pub fn ods(content: &[u8]) -> Vec<u8> {
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
}
