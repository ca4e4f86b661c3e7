//! Rows as they come: a stream is read block by block, each row its own subject, in memory that does not grow with rows.
//!
//! The columns are guessed from the first rows, as those of a file are; nothing that needs all rows at once is done. What
//! cannot be read so (a workbook, an archive, one JSON document) is held and handed out row by row all the same.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::prelude::*;
use serde_json::Value;

use super::count::{self, Extent};
use super::error::damaged;
use super::finish::{self, Meta, Totals};
use super::fit::fit;
use super::given::{is_titled, kind_of, overridden, plan_of};
use super::header::{Layout, SAMPLE_ROWS};
use super::input::{self, Text};
use super::options::Run;
use super::party::{self, Origin, Reading};
use super::plan::Plan;
use super::scan::{Outside, Scan};
use super::shard::{Shards, Spot, Starts};
use super::tally::Tally;
use super::{LoadError, LoadOptions, Loaded, doubt, ocds};
use crate::read::block::{Block, Blocks};
use crate::read::csv::Dialect;
use crate::read::encoding::TextEncoding;
use crate::read::json::{self, Columns};
use crate::read::open::{self, Document, Shape};
use crate::read::{Cells, Row};
use crate::record::Subject;

/// How many bytes one core reads at a time: an answer comes at the latest after so many.
pub const STREAM_BLOCK: usize = 1 << 18;

/// How many subjects of what is held are handed out together.
const HELD_BLOCK: usize = 1_000;

/// A stream of rows.
pub struct RowStream<'a> {
    options: &'a LoadOptions,
    /// Whether it may end without a row.
    may_be_empty: bool,
    form: Form,
}

enum Form {
    /// Read as it comes.
    Live(Box<Live>),
    /// Read already.
    Held(std::vec::IntoIter<Subject>, Loaded),
}

/// Cuts records out of a block.
enum Cutter {
    Delimited(Dialect),
    Lines(Columns),
}

struct Live {
    layout: Layout,
    meta: Meta,
    plan: Plan,
    cutter: Cutter,
    blocks: Receiver<io::Result<Block>>,
    /// Records and lines before the next block.
    before: (u64, u64),
    /// The account of all rows so far.
    tally: Tally,
    totals: Totals,
}

impl<'a> RowStream<'a> {
    /// Opens a stream, whose first part is read. The options must not ask for rows to be merged.
    ///
    /// `may_be_empty` allows a stream without any row, as the parts of a divided file can be.
    ///
    /// # Errors
    /// As [`load`](super::load), as far as the first rows tell.
    pub fn open(
        name: &str,
        source: Box<dyn Read + Send>,
        options: &'a LoadOptions,
        block_size: usize,
        may_be_empty: bool,
    ) -> Result<Self, LoadError> {
        let mut documents = open::open_stream(name.to_owned(), source)
            .map_err(|cause| damaged(name, "an archive", &cause))?;
        let form = match (documents.pop(), documents.is_empty()) {
            (Some(document), true) => Form::open(document, options, block_size, may_be_empty)?,
            (last, _) => {
                documents.extend(last);
                Form::hold(name, documents, options)?
            }
        };
        Ok(Self { options, may_be_empty, form })
    }

    /// The next subjects, block by block, in the order of the rows; `None` at the end. A block may be without any.
    ///
    /// # Errors
    /// What the source says, and a record too large to be one.
    pub fn advance(&mut self) -> Result<Option<Vec<Vec<Subject>>>, LoadError> {
        match &mut self.form {
            Form::Live(live) => live.advance(self.options),
            Form::Held(subjects, _) => {
                let block: Vec<Subject> = subjects.take(HELD_BLOCK).collect();
                Ok((!block.is_empty()).then(|| vec![block]))
            }
        }
    }

    /// The account of what was read. It has no subjects, and distinct names are counted only where the rows were held.
    ///
    /// # Errors
    /// No name in any row, or too many rejected rows.
    pub fn close(self) -> Result<Loaded, LoadError> {
        let Live { layout, meta, tally, totals, .. } = match self.form {
            Form::Held(_, loaded) => return Ok(loaded),
            Form::Live(live) => *live,
        };
        if !(self.may_be_empty && tally.counts.total() == 0) {
            finish::check(&tally, &layout, &meta)?;
        }
        let mut loaded = Loaded::default();
        let track = kind_of(&layout.fit, self.options);
        finish::record(&layout, &tally, meta, track, &totals, &mut loaded);
        Ok(loaded)
    }
}

impl Form {
    fn open(
        document: Document,
        options: &LoadOptions,
        size: usize,
        may_be_empty: bool,
    ) -> Result<Self, LoadError> {
        match document.shape {
            Shape::Empty if may_be_empty => Ok(Self::Held(Vec::new().into_iter(), Loaded::default())),
            Shape::Text => {
                let Text { layout, meta, dialect, encoding, bytes } = input::open_text(document, options)?;
                Live::start(layout, meta, encoding, Cutter::Delimited(dialect), bytes, options, size)
            }
            Shape::Json => match first_lines(&document) {
                Some(rows) => open_lines(document, &rows, options, size),
                None => Self::hold(&document.name.clone(), vec![document], options),
            },
            _ => Self::hold(&document.name.clone(), vec![document], options),
        }
    }

    fn hold(name: &str, documents: Vec<Document>, options: &LoadOptions) -> Result<Self, LoadError> {
        let mut loaded = Loaded::default();
        let run = Run { options, progress: &|_| (), block_size: crate::read::block::BLOCK };
        input::load_documents(name, documents, None, &run, &mut loaded)?;
        Ok(Self::Held(std::mem::take(&mut loaded.subjects).into_iter(), loaded))
    }
}

// Lines of JSON

/// The rows in the first part of a document, where it is one JSON value a line and its rows stand for themselves;
/// `None` where it must be read as a whole.
fn first_lines(document: &Document) -> Option<Vec<Value>> {
    let text = document.sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&document.sample);
    let end = if document.is_whole() { text.len() } else { memchr::memrchr(b'\n', text)? };
    let mut lines =
        text.get(..end)?.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let mut rows = Vec::new();
    match serde_json::from_slice::<Value>(lines.next()?) {
        Ok(row) => rows.push(row),
        // The value goes on in the next line.
        Err(error) if error.is_eof() => return None,
        Err(_) => {}
    }
    rows.extend(lines.by_ref().filter_map(|line| serde_json::from_slice(line).ok()));
    // What looks like a row may be a table in one line; releases are taken together.
    let whole = rows.len() == 1 && !json::Document::Whole(rows.first()?.clone()).tables().is_empty();
    let numbered = json::Document::Lines((1..).zip(rows).collect());
    let releases = ocds::table(&numbered).is_some();
    let json::Document::Lines(rows) = numbered else { return None };
    (!whole && !releases).then(|| rows.into_iter().map(|(_, row)| row).collect())
}

fn open_lines(
    document: Document,
    rows: &[Value],
    options: &LoadOptions,
    size: usize,
) -> Result<Form, LoadError> {
    let name = document.name.clone();
    let mut columns = Columns::default();
    let rows: Vec<Row> = rows
        .iter()
        .map(|row| Row { position: crate::read::Position::default(), cells: columns.add_row(row) })
        .collect();
    let remarks = add_named(&mut columns, options);
    let body: Vec<&Cells> = rows.iter().take(SAMPLE_ROWS).map(|row| &row.cells).collect();
    let fit = fit(columns.names().to_vec(), &body, TextEncoding::UTF_8);
    let layout = Layout { header_record: 0, body: 0, fit };
    let layout = overridden(layout, &rows, TextEncoding::UTF_8, options, &name)?;
    doubt::check(&layout, &rows, TextEncoding::UTF_8, &name)?;
    let meta = Meta {
        origin: Origin { file: Arc::from(name.as_str()), sheet: None },
        format: "jsonl",
        encoding: Some(TextEncoding::UTF_8.name()),
        delimiter: None,
        remarks,
    };
    let (mut sample, rest) = document.into_stream();
    if sample.starts_with(b"\xef\xbb\xbf") {
        sample.drain(..3);
    }
    let bytes = Box::new(Cursor::new(sample).chain(rest));
    Live::start(layout, meta, TextEncoding::UTF_8, Cutter::Lines(columns), bytes, options, size)
}

/// Adds the columns that the officer named and the first rows do not have: writers of JSON leave out what is empty.
fn add_named(columns: &mut Columns, options: &LoadOptions) -> Vec<String> {
    let mut remarks = Vec::new();
    for (field, wanted) in &options.map {
        let known = columns.names().iter().any(|name| is_titled(name, wanted));
        if !known && !wanted.starts_with('#') {
            columns.add(wanted.clone());
            remarks.push(format!("the first rows have no column `{wanted}`, which was named for `{field}`"));
        }
    }
    remarks
}

/// Counts the rows of a block of lines.
fn count_lines(scan: &mut Scan<'_>, block: &Block, columns: &Columns) -> Extent {
    let (mut records, mut lines) = (0, 0);
    for line in block.bytes().split_inclusive(|byte| *byte == b'\n') {
        lines += 1;
        let text = line.trim_ascii();
        if text.is_empty() {
            continue;
        }
        records += 1;
        let spot = Spot { block: block.number, record: records, line: lines };
        match serde_json::from_slice::<Value>(text) {
            Ok(row) => scan.push(&columns.cells(&row), spot),
            Err(_) => scan.refuse(&Cells::from(vec![text]), spot, "the line is not JSON"),
        }
    }
    Extent { number: block.number, records, lines }
}

// Blocks

impl Live {
    fn start(
        layout: Layout,
        meta: Meta,
        encoding: TextEncoding,
        cutter: Cutter,
        bytes: Box<dyn Read + Send>,
        options: &LoadOptions,
        size: usize,
    ) -> Result<Form, LoadError> {
        let Some(plan) = plan_of(&layout, encoding, options) else {
            return Err(finish::no_name_column(layout, &meta));
        };
        let mut blocks = Blocks::new(bytes, cutter.dialect(), size);
        let lines = blocks.skip(layout.header_record).map_err(|cause| unreadable(&meta, &cause))?;
        let before = (layout.header_record, lines);
        let tally = Tally::new(&plan, Shards::new(plan.merge), Outside::default(), &Starts::default());
        let blocks = read_ahead(blocks, at_once());
        let totals = Totals::default();
        Ok(Form::Live(Box::new(Self { layout, meta, plan, cutter, blocks, before, tally, totals })))
    }

    /// Reads the blocks that are there, at least one, at most as many as keep every core busy.
    fn advance(&mut self, options: &LoadOptions) -> Result<Option<Vec<Vec<Subject>>>, LoadError> {
        let first = self.blocks.recv().ok();
        let more = first.is_some().then(|| self.blocks.try_iter().take(at_once() - 1));
        let read = first.into_iter().chain(more.into_iter().flatten());
        let blocks: Vec<Block> =
            read.collect::<io::Result<_>>().map_err(|cause| unreadable(&self.meta, &cause))?;
        if blocks.is_empty() {
            return Ok(None);
        }
        let (plan, cutter) = (&self.plan, &self.cutter);
        let read = (0..).zip(blocks).collect::<Vec<_>>().into_par_iter().map(|(number, mut block)| {
            block.number = number;
            let shards = Shards::new(plan.merge);
            let mut scan = Scan::new(plan, &shards);
            let extent = cutter.count(&mut scan, &block);
            let outside = scan.settle();
            ((shards, outside), extent)
        });
        let (counted, extents): (Vec<_>, Vec<_>) = read.unzip();
        let starts = count::starts(extents, &mut self.before);
        let track = kind_of(&self.layout.fit, options);
        let (plan, origin) = (&self.plan, &self.meta.origin);
        let reading = Reading { scale: plan.scale, track, origin, with_ids: true };
        let read = counted.into_par_iter().map(|(shards, outside)| {
            let mut tally = Tally::new(plan, shards, outside, &starts);
            let mut totals = Totals {
                amount: finish::amount_total(&tally),
                persons: finish::persons_screened(tally.groups(), options),
                ..Totals::default()
            };
            let mut subjects = Vec::new();
            for group in tally.take_groups().into_iter().filter(|group| finish::is_screened(group, options)) {
                let parties = party::of(group, &reading);
                totals.note(&parties);
                subjects.extend(parties.subjects);
            }
            (subjects, tally, totals)
        });
        let mut blocks = Vec::new();
        for (subjects, tally, totals) in read.collect::<Vec<_>>() {
            self.tally.absorb(tally);
            self.totals.add(&totals);
            blocks.push(subjects);
        }
        Ok(Some(blocks))
    }
}

impl Cutter {
    fn dialect(&self) -> Dialect {
        match self {
            Self::Delimited(dialect) => *dialect,
            // A line is one cell.
            Self::Lines(_) => Dialect { delimiter: b'\n', quoting: false },
        }
    }

    fn count(&self, scan: &mut Scan<'_>, block: &Block) -> Extent {
        match self {
            Self::Delimited(dialect) => count::count(scan, block, *dialect),
            Self::Lines(columns) => count_lines(scan, block, columns),
        }
    }
}

/// Reads on a thread of its own, so that what has come is answered while the rest is awaited, and only a few blocks ahead.
fn read_ahead(mut blocks: Blocks<Box<dyn Read + Send>>, ahead: usize) -> Receiver<io::Result<Block>> {
    let (send, receive) = sync_channel(ahead);
    std::thread::spawn(move || {
        loop {
            let mut block = Block::default();
            let read = match blocks.fill(&mut block) {
                Ok(false) => return,
                Ok(true) => Ok(block),
                Err(error) => Err(error),
            };
            let failed = read.is_err();
            // Nobody waits any more where the receiver is gone.
            if send.send(read).is_err() || failed {
                return;
            }
        }
    });
    receive
}

fn at_once() -> usize {
    4 * rayon::current_num_threads().max(1)
}

fn unreadable(meta: &Meta, cause: &io::Error) -> LoadError {
    damaged(&meta.path(), "a stream of rows", cause)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::load::tests::load_bytes;

    fn options() -> LoadOptions {
        LoadOptions { merge: false, ..LoadOptions::default() }
    }

    /// The subjects of a stream, and its account.
    fn streamed(bytes: &[u8], options: &LoadOptions, size: usize) -> Result<Loaded, String> {
        let read = || {
            let source = Box::new(Cursor::new(bytes.to_vec()));
            let mut rows = RowStream::open("-", source, options, size, false)?;
            let mut subjects = Vec::new();
            while let Some(blocks) = rows.advance()? {
                subjects.extend(blocks.into_iter().flatten());
            }
            Ok(Loaded { subjects, ..rows.close()? })
        };
        read().map_err(|error: LoadError| error.to_string())
    }

    /// The same bytes as a file, without what a stream does not tell.
    fn whole(bytes: &[u8], options: &LoadOptions) -> Result<Loaded, String> {
        let mut loaded = load_bytes("-", bytes, options).map_err(|error| error.to_string())?;
        loaded.not_screened.clear();
        for input in &mut loaded.inputs {
            input.sha256.clear();
            input.distinct_names = 0;
        }
        Ok(loaded)
    }

    const HEADER: &str = "Supplier Name,Amount,Supplier ID,Expense Type\n";
    const ROWS: &str = "\"Orrinmoor\nLtd\",1.50,7,Roads\n\nMr J Plainname,2.00,8,\"Care,\nhomes\"\nTessaryk \"Q\" plc,zz,9,\n\
        Total,3.50,,\nREDACTED,1.00,,\n\"\"\"Ruddlecombe\"\"\r\nplc\",4.00,10,Roads";

    #[test]
    fn a_stream_gives_the_rows_of_the_file() {
        let headless: String =
            (0..40).fold(String::new(), |text, row| text + &format!("Parks,Orrinmoor {row} Ltd,{row}.50\n"));
        let wide = format!("{HEADER}{ROWS}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let lines = "{\"supplier\":\"Orrinmoor Ltd\",\"amount\":1.5}\r\n\n{\"amount\":2,\"supplier\":\"Tessaryk plc\",\"at\":{\"country\":\"FR\"}}\n{\"supplier\":null}";
        let cases: [(&str, Vec<u8>); 7] = [
            ("plain", format!("{HEADER}{ROWS}").into()),
            ("a byte-order mark", format!("\u{feff}{HEADER}{ROWS}\n").into()),
            ("below a title", format!("Spend over 500\n\n{HEADER}{ROWS}\n").into()),
            ("no header", headless.into()),
            ("UTF-16", [vec![0xFF, 0xFE], wide].concat()),
            ("JSON lines", lines.into()),
            ("JSON lines with a mark", format!("\u{feff}{lines}\n").into()),
        ];
        for (label, bytes) in cases {
            let expected = whole(&bytes, &options());
            assert!(expected.as_ref().is_ok_and(|loaded| loaded.subjects.len() > 1), "{label}: {expected:?}");
            for size in (1..70).chain([STREAM_BLOCK]) {
                assert_eq!(streamed(&bytes, &options(), size), expected, "{label}, {size}");
            }
        }
    }

    #[test]
    fn what_is_no_stream_of_rows_is_held() {
        let release = r#"{"ocid":"o-1","tag":["award"],"awards":[{"id":"a","value":{"amount":1},"suppliers":[{"id":"1","name":"Orrinmoor Ltd"}]}]}"#;
        for text in [
            r#"{"data":[{"supplier":"Orrinmoor Ltd"},{"supplier":"Tessaryk plc"}]}"#.to_owned(),
            "[\n{\"supplier\":\"Orrinmoor Ltd\"},\n{\"supplier\":\"Tessaryk plc\"}\n]\n".to_owned(),
            format!("{release}\n{}\n", release.replace("Orrinmoor", "Tessaryk")),
        ] {
            let mut held = streamed(text.as_bytes(), &options(), 10).unwrap();
            held.not_screened.clear();
            held.inputs.iter_mut().for_each(|input| input.distinct_names = 0);
            assert_eq!(held, whole(text.as_bytes(), &options()).unwrap(), "{text}");
        }
    }

    #[test]
    fn one_object_alone_is_one_row() {
        let loaded = streamed(br#"{"supplier":"Orrinmoor Ltd"}"#, &options(), STREAM_BLOCK).unwrap();
        assert_eq!(loaded.subjects.len(), 1);
    }

    #[test]
    fn a_line_that_is_no_json_is_one_rejected_row() {
        let mut text = String::from("{\"supplier\":\"Orrinmoor Ltd\"}\n{\"supplier\":\n");
        for row in 0..9 {
            writeln!(text, "{{\"supplier\":\"Tessaryk {row} plc\"}}").unwrap();
        }
        let loaded = streamed(text.as_bytes(), &options(), 20).unwrap();
        let input = &loaded.inputs[0];
        assert_eq!((input.records_read, input.screened, input.rejected), (11, 10, 1));
        let reject = &loaded.rejects[0];
        assert_eq!(
            (reject.place.record, reject.place.line, reject.reason.as_str()),
            (2, Some(2), "the line is not JSON")
        );
        let bad = text.replace("{\"supplier\":\"T", "{supplier\":\"T");
        assert!(streamed(bad.as_bytes(), &options(), 20).unwrap_err().contains("10 of 11 rows"));
    }

    #[test]
    fn a_column_that_was_named_may_come_later() {
        let mut options = options();
        options.map.insert(super::super::Field::Country, "land".to_owned());
        let mut text = "{\"supplier\":\"Orrinmoor Ltd\"}\n".repeat(3);
        text.push_str("{\"supplier\":\"Tessaryk SA\",\"land\":\"FR\"}\n");
        let all = streamed(text.as_bytes(), &options, 20).unwrap();
        assert_eq!(all.subjects[3].countries.len(), 1);
        assert!(all.inputs[0].remarks.is_empty());
        let none = streamed(text.replace("\"land\"", "\"town\"").as_bytes(), &options, 20).unwrap();
        assert_eq!(
            none.inputs[0].remarks,
            ["the first rows have no column `land`, which was named for `country`"]
        );
    }

    #[test]
    fn only_an_empty_stream_may_be_empty() {
        let options = options();
        let read = |text: &'static str, may_be_empty| {
            let mut rows = RowStream::open("-", Box::new(text.as_bytes()), &options, 10, may_be_empty)?;
            while rows.advance()?.is_some() {}
            rows.close().map(|loaded| loaded.inputs.first().map_or(0, |input| input.records_read))
        };
        for (text, rows) in [("", Some(0)), (HEADER, Some(0)), ("Supplier Name,Amount\nREDACTED,1\n", None)] {
            assert!(read(text, false).is_err(), "{text}");
            assert_eq!(read(text, true).ok(), rows, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_edges_of_blocks_change_nothing(
            rows in proptest::collection::vec(
                ("(Orrinmoor|Tessaryk \"\"Q\"\"|Mr J Plainname|TOTAL|REDACTED|Supplier Name|)(\n| |)(Ltd)?", "[0-9]{1,3}[.][0-9]{2}|-|zz|", "[AB]?", "Roads|Care\r\nhomes|"),
                0..24,
            ),
            end in "\r\n|\n",
            (size, mark) in (1_usize..90, any::<bool>()),
        ) {
            let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
            write!(text, "Supplier Name,Amount,Supplier ID,Expense Type{end}").unwrap();
            for (name, amount, id, category) in &rows {
                write!(text, "\"{name}\",\"{amount}\",{id},\"{category}\"{end}").unwrap();
                if category.is_empty() {
                    write!(text, "{end}").unwrap();
                }
            }
            prop_assert_eq!(streamed(text.as_bytes(), &options(), size), whole(text.as_bytes(), &options()));
        }
    }
}
