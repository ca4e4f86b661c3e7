//! One source from its bytes to its account: opened, unpacked, its tables found and read.

use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::count::{self, Watch};
use super::error::{damaged, too_large};
use super::finish::{self, Meta};
use super::fit::{Fit, fit};
use super::given::{overridden, plan_of};
use super::header::{self, Layout, SAMPLE_ROWS};
use super::options::Run;
use super::party::Origin;
use super::{LoadError, LoadOptions, Loaded, Source, doubt, ocds, workbook};
use crate::read::block::Blocks;
use crate::read::csv::{Dialect, guess_dialect};
use crate::read::encoding::{self, TextEncoding, Transcoder};
use crate::read::open::{self, Document, HELD_LIMIT, Shape};
use crate::read::split::Splitter;
use crate::read::{Cells, Position, Record, Row, json};
use crate::vocab::Track;

/// Reads one source into `loaded`.
pub(super) fn load_source(source: &Source, run: &Run<'_>, loaded: &mut Loaded) -> Result<(), LoadError> {
    match source {
        Source::Path(path) => load_path(path, run, loaded),
        Source::Stdin => {
            let mut bytes = Vec::new();
            let name = "-".to_owned();
            let read = io::stdin().lock().take(HELD_LIMIT + 1).read_to_end(&mut bytes);
            read.map_err(|cause| LoadError::Unreadable { path: name.clone().into(), cause })?;
            if bytes.len() as u64 > HELD_LIMIT {
                return Err(too_large(&name, HELD_LIMIT));
            }
            load_bytes(&name, bytes, run, loaded)
        }
        Source::Bytes { name, bytes } => load_bytes(name, bytes.clone(), run, loaded),
    }
}

fn load_bytes(name: &str, bytes: Vec<u8>, run: &Run<'_>, loaded: &mut Loaded) -> Result<(), LoadError> {
    let sha256 = open::sha256(bytes.as_slice()).map_err(|cause| damaged(name, "bytes", &cause))?;
    let documents =
        open::open_bytes(name.to_owned(), bytes).map_err(|cause| damaged(name, "an archive", &cause))?;
    let first = loaded.inputs.len();
    load_documents(name, documents, None, run, loaded)?;
    sign(loaded, first, &sha256);
    Ok(())
}

fn load_path(path: &Path, run: &Run<'_>, loaded: &mut Loaded) -> Result<(), LoadError> {
    let unreadable = |cause| LoadError::Unreadable { path: path.to_owned(), cause };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    let first = loaded.inputs.len();
    let name = path.display().to_string();
    let (documents, file) = open::open_hashed(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::FileTooLarge => too_large(&name, HELD_LIMIT),
        io::ErrorKind::Other
        | io::ErrorKind::InvalidData
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::UnexpectedEof => damaged(&name, "an archive", &cause),
        _ => LoadError::Unreadable { path: path.to_owned(), cause },
    })?;
    load_documents(&name, documents, Some(size), run, loaded)?;
    sign(loaded, first, &file.sha256().map_err(unreadable)?);
    Ok(())
}

fn sign(loaded: &mut Loaded, first: usize, sha256: &str) {
    for input in loaded.inputs.iter_mut().skip(first) {
        sha256.clone_into(&mut input.sha256);
    }
}

pub(super) fn load_documents(
    name: &str,
    documents: Vec<Document>,
    size: Option<u64>,
    run: &Run<'_>,
    loaded: &mut Loaded,
) -> Result<(), LoadError> {
    if documents.is_empty() {
        return Err(LoadError::NothingToScreen {
            path: name.to_owned(),
            why: "the archive holds no table".to_owned(),
        });
    }
    let several = documents.len() > 1;
    for document in documents {
        // A read-me beside the tables is no table.
        let aside = several && document.name.to_lowercase().ends_with(".txt");
        let before = loaded.inputs.len();
        match load_document(document, size, run, loaded) {
            Err(
                LoadError::NoNameColumn { .. } | LoadError::NoList { .. } | LoadError::NothingToScreen { .. },
            ) if aside => loaded.inputs.truncate(before),
            other => other?,
        }
    }
    Ok(())
}

fn load_document(
    document: Document,
    size: Option<u64>,
    run: &Run<'_>,
    loaded: &mut Loaded,
) -> Result<(), LoadError> {
    let name = document.name.clone();
    match document.shape {
        Shape::Empty => Err(LoadError::NothingToScreen { path: name, why: "it is empty".to_owned() }),
        Shape::Foreign(what) => {
            Err(LoadError::Damaged { path: name, format: "a table", cause: format!("it is {what}") })
        }
        Shape::Text => load_text(document, size, run, loaded),
        Shape::Json => load_json(document, run, loaded),
        shape => {
            let bytes = document.into_bytes().map_err(|cause| damaged(&name, "a workbook", &cause))?;
            workbook::load_workbook(&name, bytes, shape, run, loaded)
        }
    }
}

// Delimited text

fn given_encoding(options: &LoadOptions) -> Result<Option<&'static Encoding>, LoadError> {
    let Some(label) = &options.encoding else { return Ok(None) };
    Encoding::for_label(label.as_bytes()).map(Some).ok_or_else(|| LoadError::UnknownEncoding(label.clone()))
}

/// A text as far as its first part tells, and all its bytes.
pub(super) struct Text {
    /// The columns.
    pub layout: Layout,
    /// How it is read.
    pub meta: Meta,
    /// How it is cut.
    pub dialect: Dialect,
    /// What its cells are decoded from.
    pub encoding: TextEncoding,
    /// The bytes, from the first.
    pub bytes: Box<dyn Read + Send>,
}

/// Guesses how a delimited text is to be read.
pub(super) fn open_text(document: Document, options: &LoadOptions) -> Result<Text, LoadError> {
    let name = document.name.clone();
    let found = encoding::guess(&document.sample, given_encoding(options)?);
    let whole = document.is_whole();
    let (mut sample, rest) = document.into_stream();
    sample.drain(..found.mark.min(sample.len()));
    if found.keeps_ascii() {
        let (layout, meta, dialect) = delimited(&name, &sample, whole, found, options)?;
        let bytes = Box::new(Cursor::new(sample).chain(rest));
        return Ok(Text { layout, meta, dialect, encoding: found, bytes });
    }
    // Records cannot be cut in these bytes: all is turned into UTF-8 on the way.
    let encoding = found.transcoded();
    let (decoded, _, _) = found.found.decode(&sample);
    let (layout, meta, dialect) = delimited(&name, decoded.as_bytes(), whole, encoding, options)?;
    drop(decoded);
    let bytes = Box::new(Transcoder::new(Cursor::new(sample).chain(rest), found.found));
    Ok(Text { layout, meta, dialect, encoding, bytes })
}

fn delimited(
    name: &str,
    sample: &[u8],
    whole: bool,
    encoding: TextEncoding,
    options: &LoadOptions,
) -> Result<(Layout, Meta, Dialect), LoadError> {
    let given = options.delimiter.and_then(|c| u8::try_from(c).ok());
    let dialect = guess_dialect(sample, given);
    let rows = sample_rows(sample, dialect, whole);
    let layout =
        overridden(header::find(&rows, encoding, options.header_record), &rows, encoding, options, name)?;
    doubt::check(&layout, &rows, encoding, name)?;
    let meta = Meta {
        origin: Origin { file: Arc::from(name), sheet: None },
        format: if dialect.delimiter == b'\t' { "tsv" } else { "csv" },
        encoding: Some(encoding.name()),
        delimiter: Some(char::from(dialect.delimiter)),
        remarks: if dialect.quoting {
            Vec::new()
        } else {
            vec!["quotation marks are out of step and were read as ordinary characters".to_owned()]
        },
    };
    Ok((layout, meta, dialect))
}

fn load_text(
    document: Document,
    size: Option<u64>,
    run: &Run<'_>,
    loaded: &mut Loaded,
) -> Result<(), LoadError> {
    let name = document.name.clone();
    let unreadable = |cause: io::Error| damaged(&name, "delimited text", &cause);
    let Text { layout, meta, dialect, encoding, bytes } = open_text(document, run.options)?;
    let tally = match plan_of(&layout, encoding, run.options) {
        None => None,
        Some(plan) => {
            let blocks = Blocks::new(bytes, dialect, run.block_size);
            let watch = Watch { name: &name, size, progress: run.progress };
            Some(count::blocks(&plan, dialect, blocks, layout.header_record, &watch).map_err(unreadable)?)
        }
    };
    finish::finish(layout, tally, meta, run.options, loaded)
}

/// The first records; the last one is left out where the sample may have cut it.
fn sample_rows(sample: &[u8], dialect: Dialect, whole: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut splitter = Splitter::new(sample, dialect);
    while rows.len() < SAMPLE_ROWS {
        let Some(at) = splitter.advance() else {
            if !whole {
                rows.pop();
            }
            break;
        };
        let row = splitter.row();
        if row.cells().any(|cell| !cell.trim_ascii().is_empty()) {
            let position = Position { record: u64::from(at.record), line: Some(u64::from(at.line)) };
            rows.push(Row { position, cells: row.cells().collect() });
        }
    }
    rows
}

// JSON

fn load_json(document: Document, run: &Run<'_>, loaded: &mut Loaded) -> Result<(), LoadError> {
    let name = document.name.clone();
    let unreadable = |cause: io::Error| damaged(&name, "JSON", &cause);
    let bytes = document.into_bytes().map_err(unreadable)?;
    let options = run.options;
    let parsed = json::parse(&bytes).map_err(unreadable)?;
    drop(bytes);
    let lines = matches!(parsed, json::Document::Lines(_));
    let (table, fit, format) = if let Some((table, fields)) = ocds::table(&parsed) {
        let mut fit = Fit { headers: table.columns.clone(), kind: Some(Track::Contracts), ..Fit::default() };
        for (field, column) in fields {
            fit.give_known(field, column);
        }
        (table, fit, "ocds")
    } else {
        let (table, fit) = choose_table(parsed.tables()).ok_or_else(|| LoadError::NothingToScreen {
            path: name.clone(),
            why: "it holds no list of records".to_owned(),
        })?;
        (table, fit, if lines { "jsonl" } else { "json" })
    };
    drop(parsed);
    let layout = overridden(
        Layout { header_record: 0, body: 0, fit },
        &table.rows,
        TextEncoding::UTF_8,
        options,
        &name,
    )?;
    // Columns that a format defines were not guessed.
    if format != "ocds" {
        doubt::check(&layout, &table.rows, TextEncoding::UTF_8, &name)?;
    }
    let meta = Meta {
        origin: Origin { file: Arc::from(name.as_str()), sheet: None },
        format,
        encoding: Some(TextEncoding::UTF_8.name()),
        delimiter: None,
        remarks: if table.path.is_empty() { Vec::new() } else { vec![format!("read from `{}`", table.path)] },
    };
    let watch = Watch { name: &name, size: None, progress: run.progress };
    let plan = plan_of(&layout, TextEncoding::UTF_8, options);
    let tally = plan.map(|plan| count::rows(&plan, &table.rows, layout.header_record, &watch));
    finish::finish(layout, tally, meta, options, loaded)
}

/// The table that fits best, larger ones first where two fit alike.
fn choose_table(tables: Vec<json::Table>) -> Option<(json::Table, Fit)> {
    let fitted = tables.into_iter().map(|table| {
        let body: Vec<&Cells> = table.rows.iter().take(SAMPLE_ROWS).map(|row| &row.cells).collect();
        let fit = fit(table.columns.clone(), &body, TextEncoding::UTF_8);
        let size = i32::try_from(table.rows.len().max(1).ilog2()).unwrap_or(0) * 4;
        (fit.quality + size, table, fit)
    });
    let mut best: Option<(i32, json::Table, Fit)> = None;
    for (points, table, fit) in fitted {
        if best.as_ref().is_none_or(|(most, ..)| points > *most) {
            best = Some((points, table, fit));
        }
    }
    best.map(|(_, table, fit)| (table, fit))
}
