//! One source from its bytes to its account: opened, unpacked, its tables found and read.

use std::collections::HashSet;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::count::{self, Watch};
use super::finish::{self, Meta};
use super::fit::{Fit, fit};
use super::header::{self, Layout};
use super::party::Origin;
use super::plan::{Plan, fold};
use super::{Confidence, Field, LoadError, LoadOptions, Loaded, Progress, Source, doubt, ocds};
use crate::read::block::Blocks;
use crate::read::csv::{Dialect, guess_dialect};
use crate::read::encoding::{self, TextEncoding, Transcoder};
use crate::read::open::{self, Document, HELD_LIMIT, Shape};
use crate::read::sheet::Workbook;
use crate::read::split::Splitter;
use crate::read::{Cells, Position, Record, Row, json};
use crate::vocab::Track;

/// How many records the header and the columns are guessed from.
pub(super) const SAMPLE_ROWS: usize = 3_000;

pub(super) type Report<'a> = &'a (dyn Fn(Progress<'_>) + Sync);

/// What holds for every source of a run.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    /// What the officer says.
    pub options: &'a LoadOptions,
    /// Whom to tell how far reading has come.
    pub progress: Report<'a>,
    /// How many bytes of a text one core reads at a time; the result is the same whatever it is.
    pub block_size: usize,
}

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

pub(super) fn too_large(path: &str, limit: u64) -> LoadError {
    LoadError::TooLarge { path: path.to_owned(), limit_mib: limit >> 20 }
}

pub(super) fn damaged(path: &str, format: &'static str, cause: &io::Error) -> LoadError {
    match cause.kind() {
        io::ErrorKind::FileTooLarge => too_large(path, HELD_LIMIT),
        _ => LoadError::Damaged { path: path.to_owned(), format, cause: cause.to_string() },
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
            load_workbook(&name, bytes, shape, run, loaded)
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

/// How the rows of a table are read; `None` where there is no name column.
pub(super) fn plan_of(layout: &Layout, encoding: TextEncoding, options: &LoadOptions) -> Option<Plan> {
    let people = kind_of(&layout.fit, options) != Track::Holdings;
    Plan::new(&layout.fit, encoding, people, options.include_persons, options.merge)
}

/// The track of a table's rows: as given, else as its headers speak, else suppliers.
pub(super) fn kind_of(fit: &Fit, options: &LoadOptions) -> Track {
    options.kind.or(fit.kind).unwrap_or(Track::Suppliers)
}

/// Whether a header is the one that the officer wrote, case and blanks apart.
pub(super) fn is_titled(header: &str, wanted: &str) -> bool {
    fold(header) == fold(wanted)
}

/// Puts the officer's columns in place of the guessed ones.
pub(super) fn overridden(
    mut layout: Layout,
    rows: &[Row],
    encoding: TextEncoding,
    options: &LoadOptions,
    name: &str,
) -> Result<Layout, LoadError> {
    for (&field, wanted) in &options.map {
        let placed = wanted
            .strip_prefix('#')
            .and_then(|place| place.parse::<usize>().ok())
            .and_then(|place| place.checked_sub(1));
        let titled = layout.fit.headers.iter().position(|header| is_titled(header, wanted));
        let Some(column) = titled.or(placed) else {
            return Err(LoadError::NoColumn {
                path: name.to_owned(),
                field,
                wanted: wanted.clone(),
                columns: layout.fit.headers.clone(),
            });
        };
        let values = rows
            .iter()
            .skip(layout.body)
            .filter_map(|row| row.cells.get(column))
            .filter(|cell| !cell.is_empty());
        let samples = values.take(3).map(|cell| encoding.decode(cell).into_owned()).collect();
        layout.fit.give(field, column, samples);
    }
    Ok(layout)
}

// Workbooks

struct Sheet {
    name: String,
    rows: Vec<Row>,
    layout: Layout,
}

fn load_workbook(
    name: &str,
    bytes: Vec<u8>,
    shape: Shape,
    run: &Run<'_>,
    loaded: &mut Loaded,
) -> Result<(), LoadError> {
    let unreadable = |cause: io::Error| damaged(name, "a workbook", &cause);
    let options = run.options;
    let mut book = Workbook::open(bytes, shape).map_err(unreadable)?;
    let names = book.sheets();
    let wanted: Vec<String> = match &options.sheet {
        None => names,
        Some(wanted) => {
            let found = names.iter().find(|sheet| sheet.trim().eq_ignore_ascii_case(wanted.trim()));
            vec![found.cloned().ok_or_else(|| LoadError::NoSheet {
                path: name.to_owned(),
                wanted: wanted.clone(),
                found: names,
            })?]
        }
    };
    let mut sheets = Vec::new();
    for sheet in wanted {
        let rows = book.rows(&sheet).map_err(unreadable)?;
        let sample = rows.get(..rows.len().min(SAMPLE_ROWS)).unwrap_or_default();
        let layout = header::find(sample, TextEncoding::UTF_8, options.header_record);
        sheets.push(Sheet { name: sheet, rows, layout });
    }
    // What the officer says of columns is said of one table.
    let only_alike = !options.map.is_empty() || options.header_record.is_some();
    let chosen = choose_sheets(&sheets, only_alike);
    if chosen.is_empty() {
        return Err(LoadError::NothingToScreen {
            path: name.to_owned(),
            why: "every sheet is empty".to_owned(),
        });
    }
    let left: Vec<String> = sheets
        .iter()
        .enumerate()
        .filter(|(at, _)| !chosen.contains(at))
        .map(|(_, sheet)| format!("`{}`", sheet.name))
        .collect();
    for sheet in chosen.iter().filter_map(|at| sheets.get(*at)) {
        let sample = sheet.rows.get(..sheet.rows.len().min(SAMPLE_ROWS)).unwrap_or_default();
        let layout = overridden(sheet.layout.clone(), sample, TextEncoding::UTF_8, options, name)?;
        doubt::check(&layout, sample, TextEncoding::UTF_8, name)?;
        let meta = Meta {
            origin: Origin { file: Arc::from(name), sheet: Some(Arc::from(sheet.name.as_str())) },
            format: match shape {
                Shape::Xlsx => "xlsx",
                Shape::Xlsb => "xlsb",
                Shape::Ods => "ods",
                _ => "xls",
            },
            encoding: None,
            delimiter: None,
            remarks: if left.is_empty() {
                Vec::new()
            } else {
                vec![format!("sheets left out: {}", left.join(", "))]
            },
        };
        let watch = Watch { name, size: None, progress: run.progress };
        let plan = plan_of(&layout, TextEncoding::UTF_8, options);
        let tally = plan.map(|plan| count::rows(&plan, &sheet.rows, layout.header_record, &watch));
        finish::finish(layout, tally, meta, options, loaded)?;
    }
    Ok(())
}

/// The sheet that fits best, with it those that have the same columns (a sheet for each month), and tables of their own about other
/// parties (bonds beside shares); sheets of prose, summaries, look-ups and extracts of another sheet are left out.
fn choose_sheets(sheets: &[Sheet], only_alike: bool) -> Vec<usize> {
    let points = |sheet: &Sheet| {
        let body = sheet.rows.len().saturating_sub(sheet.layout.body);
        let size = i32::try_from(body.max(1).ilog2()).unwrap_or(0) * 4;
        sheet.layout.fit.quality + size + sheet_name_points(&sheet.name)
    };
    let filled = || sheets.iter().enumerate().filter(|(_, sheet)| !sheet.rows.is_empty());
    let Some((best, main)) = filled().max_by(|a, b| points(a.1).cmp(&points(b.1)).then(b.0.cmp(&a.0))) else {
        return Vec::new();
    };
    let column =
        |sheet: &Sheet, field| sheet.layout.fit.choices.get(&field).map(|choice| fold_header(&choice.column));
    let alike = |sheet: &Sheet| {
        [Field::Name, Field::Amount].iter().all(|field| column(sheet, *field) == column(main, *field))
            && column(sheet, Field::Name).is_some()
            && sheet_name_points(&sheet.name) >= 0
    };
    let mut chosen: Vec<usize> =
        filled().filter(|(at, sheet)| *at == best || alike(sheet)).map(|(at, _)| at).collect();
    let mut met: HashSet<String> =
        chosen.iter().filter_map(|at| sheets.get(*at)).flat_map(Sheet::names).collect();
    if only_alike || met.is_empty() {
        return chosen;
    }
    for (at, sheet) in filled() {
        if chosen.contains(&at) || sheet_name_points(&sheet.name) < 0 || !sheet.stands_alone() {
            continue;
        }
        let names: HashSet<String> = sheet.names().collect();
        let new = names.iter().filter(|name| !met.contains(*name)).count();
        if new * 2 > names.len() {
            chosen.push(at);
            met.extend(names);
        }
    }
    chosen.sort_unstable();
    chosen
}

impl Sheet {
    /// The names of its parties, case and blanks apart.
    fn names(&self) -> impl Iterator<Item = String> {
        let column = self.layout.fit.column(Field::Name);
        let body = self.rows.get(self.layout.body..).unwrap_or_default().iter();
        let cells = body.filter_map(move |row| row.cells.get(column?));
        cells.map(|cell| fold(&TextEncoding::UTF_8.decode(cell))).filter(|name| !name.is_empty())
    }

    /// Whether it is a list of parties with sums or identifiers, whatever other sheets are.
    fn stands_alone(&self) -> bool {
        let fit = &self.layout.fit;
        let sure = fit.choices.get(&Field::Name).is_some_and(|name| name.confidence > Confidence::Low);
        let speaks = |field: &Field| matches!(field, Field::Amount | Field::Isin | Field::Sedol | Field::Lei);
        sure && fit.witnesses.iter().any(speaks)
    }
}

fn fold_header(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What the name of a sheet says about it.
fn sheet_name_points(name: &str) -> i32 {
    const ASIDE: [&str; 21] = [
        "summary",
        "pivot",
        "explanation",
        "explanatory",
        "note",
        "guidance",
        "cover",
        "content",
        "analysis",
        "chart",
        "total",
        "lookup",
        "readme",
        "glossary",
        "definition",
        "instruction",
        "metadata",
        "legend",
        "top",
        "pooled",
        "direct",
    ];
    const DATA: [&str; 14] = [
        "data",
        "upload",
        "holding",
        "transaction",
        "payment",
        "spend",
        "register",
        "report",
        "publish",
        "published",
        "supplier",
        "contract",
        "full",
        "final",
    ];
    let words = super::words::split(name);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    // A list of contents, but not index-linked bonds.
    let contents = matches!(words.as_slice(), [only] if only == "index");
    match (any(&ASIDE) || contents, any(&DATA)) {
        (true, _) => -60,
        (false, true) => 20,
        (false, false) => 0,
    }
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
