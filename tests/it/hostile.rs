//! Files made to do harm. Each run is held to so much memory and time: it ends with a clear error or with every row counted.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::imports::{fixture, gzipped, zipped};
use crate::office::{Office, Ran};

/// What a run may have of address space. A screening of thousands of rows needs a third of it.
const MEGABYTES: u64 = 1200;

/// What it may have of processor time, in seconds: counted so, the limit is the same on a busy machine.
const SECONDS: u64 = 60;

/// Runs the program within the limits; where it hits one it is ended, and the code is above 100.
fn bounded(office: &Office, arguments: &[&str]) -> Ran {
    let mut command = Command::new("bash");
    let limits = format!("ulimit -v {}; ulimit -t {SECONDS}; exec \"$0\" \"$@\"", MEGABYTES * 1024);
    command.arg("-c").arg(limits).arg(env!("CARGO_BIN_EXE_wharfinger")).args(arguments);
    command.current_dir(office.folder()).env("CI", "true").env("RAYON_NUM_THREADS", "2");
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(255),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn import(office: &Office, format: &str, file: &str) -> Ran {
    bounded(
        office,
        &["watchlists", "import", "--format", format, file, "-o", "lists", "--as-of", "2026-11-24"],
    )
}

/// Screens a file against the register of the office.
fn screen(office: &Office, file: &str, more: &[&str]) -> Ran {
    let arguments = ["screen", file, "--no-bundled", "--watchlists", "register.csv", "--as-of", "2026-10-20"];
    bounded(office, &[&arguments[..], more].concat())
}

fn put(office: &Office, name: &str, bytes: &[u8]) {
    std::fs::write(office.path(name), bytes).unwrap();
}

/// An error that a person can read, and not a crash.
fn refused(ran: &Ran, code: i32, says: &str) {
    assert_eq!(ran.code, code, "{}", ran.err);
    assert!(ran.err.contains("error") && ran.err.contains(says), "{says}: {}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}

/// The inputs of a JSON report.
fn inputs(ran: &Ran) -> serde_json::Value {
    let report: serde_json::Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.err));
    report["run"]["inputs"].clone()
}

/// Every record read is screened, or counted among those that are not.
fn adds_up(input: &serde_json::Value) {
    let number = |key: &str| input[key].as_u64().unwrap();
    let parts = ["screened", "persons", "redacted", "blank_or_total", "rejected"].map(number);
    assert_eq!(number("records_read"), parts.iter().sum::<u64>(), "{input}");
}

/// So many megabytes of one byte.
fn much(megabytes: usize, byte: u8) -> Vec<u8> {
    vec![byte; megabytes << 20]
}

#[test]
fn packed_bombs_are_refused_before_they_fill_the_memory() {
    let office = Office::new();
    let zeros = much(250, 0);
    put(&office, "list.csv.gz", &gzipped(&zeros));
    let members: Vec<(String, &[u8])> =
        (0..6).map(|n| (format!("part-{n}.csv"), &zeros[..50 << 20])).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    put(&office, "list.zip", &zipped(&members));
    put(&office, "twice.csv.gz", &gzipped(&gzipped(&zeros)));
    let mut deep = zipped(&[("a.csv", b"name\nKrastiva\n")]);
    for _ in 0..8 {
        deep = zipped(&[("a.zip", &deep)]);
    }
    put(&office, "deep.zip", &deep);
    for file in ["list.csv.gz", "list.zip", "twice.csv.gz", "deep.zip"] {
        refused(&import(&office, "uk-sanctions", file), 3, "cannot read");
    }
    assert!(!office.path("lists").exists());
    for file in ["list.csv.gz", "list.zip", "twice.csv.gz", "deep.zip"] {
        let ran = screen(&office, file, &["--format", "none"]);
        assert_eq!(ran.code, 4, "{file}: {}", ran.err);
    }
}

/// A workbook is a zip archive of XML.
#[test]
fn bombs_inside_workbooks_are_refused() {
    let office = Office::new();
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData>";
    let laughs = laughing(
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&h;</t></si></sst>",
    );
    let long = [
        b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>".as_slice(),
        &much(300, b'a'),
        b"</t></si></sst>",
    ]
    .concat();
    for (name, strings) in [("laughs.xlsx", laughs.as_bytes()), ("long.xlsx", &long)] {
        put(&office, name, &workbook("S", sheet, strings));
        let ran = screen(&office, name, &["--format", "none"]);
        assert_eq!(ran.code, 4, "{name}: {}", ran.err);
        let ran = import(&office, "uk-sanctions", name);
        assert_eq!(ran.code, 3, "{name}: {}", ran.err);
    }
    let content = [
        b"<office:document-content xmlns:office='o'>".as_slice(),
        &much(300, b' '),
        b"</office:document-content>",
    ]
    .concat();
    put(&office, "list.ods", &open_document(&content));
    assert_eq!(import(&office, "uk-sanctions", "list.ods").code, 3);
    assert_eq!(screen(&office, "list.ods", &["--format", "none"]).code, 4);
}

/// An Excel workbook of one sheet, with any bytes for its shared strings.
fn workbook(name: &str, sheet: &str, strings: &[u8]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relations =
        |inside: &str| format!("<Relationships xmlns=\"{package}/relationships\">{inside}</Relationships>");
    let types = format!(
        "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
    );
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"{name}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let inside = relation("r1", "worksheet", "worksheets/sheet1.xml")
        + &relation("r2", "sharedStrings", "sharedStrings.xml");
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations(&relation("r1", "officeDocument", "xl/workbook.xml")).as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations(&inside).as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\">{sheet}</worksheet>").as_bytes()),
        ("xl/sharedStrings.xml", strings),
    ])
}

/// An `OpenDocument` spreadsheet with any bytes for its content.
fn open_document(content: &[u8]) -> Vec<u8> {
    let space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
        ("META-INF/manifest.xml", format!("<manifest:manifest xmlns:manifest=\"{space}\"/>").as_bytes()),
    ])
}

const NO_STRINGS: &[u8] = b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>";

/// A cell with a text of its own.
fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A sheet is as large as its furthest cell to whoever lays it out: two cells can stand for seventeen thousand million.
#[test]
fn cells_far_out_are_read_for_what_they_are() {
    let office = Office::new();
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row><row r=\"1048576\">{}</row>",
        cell("A1", "Supplier Name"),
        cell("B1", "Finding id"),
        cell("A2", "Quellmoor Zwirnworks GmbH"),
        cell("B2", "wf-1"),
        cell("XFD1048576", "x"),
    );
    put(&office, "far.xlsx", &workbook("Findings", &format!("<sheetData>{rows}</sheetData>"), NO_STRINGS));
    let ran = screen(&office, "far.xlsx", &["--format", "json"]);
    assert!(ran.code == 0 && ran.out.contains("Quellmoor"), "{}", ran.err);
    adds_up(&inputs(&ran)[0]);
    refused(&screen(&office, "far.xlsx", &["--format", "none", "--annotate", "back.csv"]), 2, "too large");
    assert!(!office.path("back.csv").exists());
    // It is read for the line that it has, and told that it names no report.
    refused(&bounded(&office, &["decisions", "import", "far.xlsx"]), 2, "report");

    let rows: String =
        (1..20_000).map(|n| format!("<row r=\"{n}\">{}</row>", cell(&format!("XFD{n}"), "x"))).collect();
    put(&office, "wide.xlsx", &workbook("Findings", &format!("<sheetData>{rows}</sheetData>"), NO_STRINGS));
    refused(&screen(&office, "wide.xlsx", &["--format", "none"]), 4, "larger than");
}

/// Found by fuzzing: places on a sheet with which the code that reads workbooks cannot go on.
#[test]
fn places_that_are_none_are_an_error_about_the_file_or_left_alone() {
    let office = Office::new();
    let header = cell("A1", "Supplier Name") + &cell("B1", "Finding id");
    let row = cell("A2", "Quellmoor Zwirnworks GmbH");
    let none = ["ZZZZZZZZZZZZZZZZ1", "A99999999999999999999"];
    for place in none {
        let sheet = format!("<sheetData><row>{header}</row><row>{row}{}</row></sheetData>", cell(place, "x"));
        put(&office, "odd.xlsx", &workbook("Findings", &sheet, NO_STRINGS));
        refused(&screen(&office, "odd.xlsx", &["--format", "none"]), 4, "odd.xlsx");
        let ran = bounded(&office, &["decisions", "import", "odd.xlsx"]);
        refused(&ran, ran.code, "odd.xlsx");
        assert!((2..=5).contains(&ran.code), "{}", ran.code);
        let merged = format!("<mergeCells count=\"1\"><mergeCell ref=\"A2:{place}\"/></mergeCells>");
        let sheet = format!("<sheetData><row>{header}</row><row>{row}</row></sheetData>{merged}");
        put(&office, "merged.xlsx", &workbook("Findings", &sheet, NO_STRINGS));
        let ran = screen(&office, "merged.xlsx", &["--format", "json"]);
        assert!(
            ran.code == 0 && ran.out.contains("Quellmoor") && !ran.err.contains("panicked"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn cells_repeated_without_end_are_refused() {
    let office = Office::new();
    let spaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
    for (rows, columns) in [(6_000, 16_000), (1_000_000, 16_384), (u64::MAX, 1), (1, u64::MAX)] {
        let content = format!(
            "<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name=\"P\"><table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"{columns}\"><text:p>Supplier Name</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
        );
        put(&office, "repeated.ods", &open_document(content.as_bytes()));
        refused(&screen(&office, "repeated.ods", &["--format", "none"]), 4, "larger than");
    }
}

/// A number in the file, and no more, would have the reader of workbooks ask for memory that nobody has.
#[test]
fn claims_that_a_workbook_cannot_hold_are_refused() {
    let office = Office::new();
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData>";
    let texts = |claims: &str, text: &str| {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        format!("<sst xmlns=\"{main}\" {claims}><si><t>{text}</t></si></sst>")
    };
    for count in ["10000000000000", "1000000000", "9223372036854775807"] {
        let strings = texts(&format!("uniqueCount=\"{count}\""), "Supplier Name");
        put(&office, "texts.xlsx", &workbook("S", sheet, strings.as_bytes()));
        refused(&screen(&office, "texts.xlsx", &["--format", "none"]), 4, "sharedStrings.xml");
        assert_eq!(import(&office, "uk-sanctions", "texts.xlsx").code, 3);
        refused(&bounded(&office, &["decisions", "import", "texts.xlsx"]), 5, "sharedStrings.xml");
    }
    // One text of a megabyte in two thousand cells.
    let rows: String =
        (1..2000).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>")).collect();
    let strings = texts("uniqueCount=\"1\"", &"x".repeat(1 << 20));
    put(
        &office,
        "copies.xlsx",
        &workbook("S", &format!("<sheetData>{rows}</sheetData>"), strings.as_bytes()),
    );
    refused(&screen(&office, "copies.xlsx", &["--format", "none"]), 4, "larger than");
}

/// Found in the code that reads workbooks: it looks for the end of a table for ever, and writes out every space.
#[test]
fn open_documents_that_stop_or_repeat_their_text_are_refused() {
    let office = Office::new();
    let spaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
    let begun = format!(
        "<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name=\"P\"><table:table-row>"
    );
    let ended =
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let cell = |repeated: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" {repeated}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let name = cell("", "Supplier Name");
    let cases = [
        (format!("{begun}{name}"), "ends in the middle"),
        (format!("{begun}{name}</table:table-row>"), "ends in the middle"),
        (format!("{begun}{}{ended}", cell("", "<text:s text:c=\"2000000000\"/>")), "larger than"),
        (
            format!(
                "{begun}{}{ended}",
                cell("table:number-columns-repeated=\"16000\"", &"x".repeat(1 << 20))
            ),
            "larger than",
        ),
    ];
    for (content, says) in cases {
        put(&office, "odd.ods", &open_document(content.as_bytes()));
        refused(&screen(&office, "odd.ods", &["--format", "none"]), 4, says);
    }
}

/// An old workbook: sectors of 512 bytes, of which the first is a table, the second a folder, and the rest hold the stream.
fn old_workbook(stream: &[u8], chain: impl Fn(u32) -> u32) -> Vec<u8> {
    let mut bytes = vec![0; 512 * 12];
    let mut put = |at: usize, what: &[u8]| bytes[at..at + what.len()].copy_from_slice(what);
    put(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6]);
    for (at, value) in [(44, 1), (48, 1), (56, 4096), (60, u32::MAX - 1), (68, u32::MAX - 1)] {
        put(at, &value.to_le_bytes());
    }
    put(80, &[0xFF; 432]);
    for sector in 0..128 {
        put(512 + 4 * sector as usize, &chain(sector).to_le_bytes());
    }
    for (at, name, start, length) in [(1024, "Root Entry", u32::MAX - 1, 0), (1152, "Workbook", 2, 4608_u32)]
    {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        put(at, &name);
        put(at + 116, &start.to_le_bytes());
        put(at + 120, &length.to_le_bytes());
    }
    put(1536, stream);
    bytes
}

#[test]
fn old_workbooks_that_go_round_or_claim_a_boundless_sheet_are_refused() {
    let office = Office::new();
    let record = |kind: u16, data: &[u8]| {
        [&kind.to_le_bytes(), &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
    };
    let words = |words: &[u16]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let begin = record(0x0809, &words(&[0x0600, 5, 0, 0, 0, 0, 0, 0]));
    let end = record(0x000A, &[]);
    let book = |inside: &[u8]| {
        let bounds = record(0x0085, &[39, 0, 0, 0, 0, 0, 1, 0, b'S']);
        assert_eq!(begin.len() + bounds.len() + end.len() + 2, 39);
        [begin.clone(), bounds, end.clone(), vec![0; 2], begin.clone(), inside.to_vec(), end.clone()].concat()
    };
    let label = |row: u16, column: u16, text: &str| {
        let head = words(&[row, column, 0, u16::try_from(text.len()).unwrap()]);
        record(0x0204, &[head, vec![0], text.as_bytes().to_vec()].concat())
    };
    let names = [label(0, 0, "Supplier Name"), label(1, 0, "Quellmoor Zwirnworks GmbH")].concat();
    let straight = |sector: u32| match sector {
        0 => u32::MAX - 2,
        2..10 => sector + 1,
        _ => u32::MAX - 1,
    };
    put(&office, "sound.xls", &old_workbook(&book(&names), straight));
    let ran = screen(&office, "sound.xls", &["--format", "json"]);
    assert!(ran.code == 0 && ran.out.contains("Quellmoor"), "{}", ran.err);

    let round = |sector: u32| if sector == 1 { 1 } else { straight(sector) };
    put(&office, "round.xls", &old_workbook(&book(&names), round));
    refused(&screen(&office, "round.xls", &["--format", "none"]), 4, "in a circle");

    let size = [vec![0; 4], vec![0xFF, 0xFF, 0xFF, 0], words(&[0, 256, 0])].concat();
    put(
        &office,
        "size.xls",
        &old_workbook(&book(&[record(0x0200, &size), names.clone()].concat()), straight),
    );
    refused(&screen(&office, "size.xls", &["--format", "none"]), 4, "claims 16777215 rows");

    let far = [names, label(65_535, 65_535, "x")].concat();
    put(&office, "far.xls", &old_workbook(&book(&far), straight));
    refused(&screen(&office, "far.xls", &["--format", "none"]), 4, "larger than");
}

/// Eight entities, each ten of the one before.
fn laughing(root: &str) -> String {
    let entities: String = ('a'..'h')
        .map(|c| {
            let next = char::from(u8::try_from(c).unwrap() + 1);
            format!("<!ENTITY {next} \"{}\">", format!("&{c};").repeat(10))
        })
        .collect();
    format!("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"{}\">{entities}]>{root}", "ha".repeat(50))
}

#[test]
fn entity_bombs_are_refused_in_every_xml_format() {
    let office = Office::new();
    for (format, root) in [
        (
            "un-sc",
            "<CONSOLIDATED_LIST><ENTITIES><ENTITY><FIRST_NAME>&h;</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>",
        ),
        ("eu-fsf", "<export><sanctionEntity><nameAlias wholeName=\"&h;\"/></sanctionEntity></export>"),
        ("uk-sanctions", "<Designations><Designation><UniqueID>&h;</UniqueID></Designation></Designations>"),
        ("ofac-sdn", "<sdnList><sdnEntry><lastName>&h;</lastName></sdnEntry></sdnList>"),
        (
            "ofac-sdn",
            "<sanctionsData><entities><entity id='1'><name>&h;</name></entity></entities></sanctionsData>",
        ),
    ] {
        put(&office, "list.xml", laughing(root).as_bytes());
        refused(&import(&office, format, "list.xml"), 3, "");
    }
    // An entity that points at a file of this machine is never followed.
    put(
        &office,
        "list.xml",
        b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><CONSOLIDATED_LIST><ENTITIES><ENTITY><FIRST_NAME>&f;</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>",
    );
    refused(&import(&office, "un-sc", "list.xml"), 3, "document type");
    put(&office, "deep.xml", format!("<CONSOLIDATED_LIST><ENTITY>{}", "<a>".repeat(500_000)).as_bytes());
    refused(&import(&office, "un-sc", "deep.xml"), 3, "too deep");
    put(&office, "deep.json", "[".repeat(5_000_000).as_bytes());
    assert_eq!(import(&office, "opensanctions", "deep.json").code, 3);
    assert_eq!(screen(&office, "deep.json", &["--format", "none"]).code, 4);
}

#[test]
fn a_single_huge_cell_is_refused_or_counted() {
    let office = Office::new();
    let cell = much(50, b'K');
    put(
        &office,
        "huge.csv",
        &[
            b"Supplier Name,Net Amount\nQuellmoor Zwirnworks GmbH,5.00\n".as_slice(),
            &cell,
            b",3.00\nPellworth Kerb & Paving Ltd,2.00\n",
        ]
        .concat(),
    );
    let ran = screen(&office, "huge.csv", &["--format", "json"]);
    if ran.code != 4 {
        let input = &inputs(&ran)[0];
        adds_up(input);
        assert_eq!(input["records_read"], 3, "{input}");
        assert!(ran.out.contains("Quellmoor"));
    }
    assert!(ran.code == 0 || ran.code == 4, "{}: {}", ran.code, ran.err);
    put(
        &office,
        "huge-uk.csv",
        &[b"Unique ID,Name 6,Regime Name\nGHR1,".as_slice(), &cell, b",x\n"].concat(),
    );
    refused(&import(&office, "uk-sanctions", "huge-uk.csv"), 3, "a cell on line 2 has 52428800 bytes");
    put(&office, "huge-own.csv", &[b"name\nKrastiva\n".as_slice(), &cell, b"\n"].concat());
    let own = bounded(&office, &["watchlists", "list", "--no-bundled", "--watchlists", "huge-own.csv"]);
    refused(&own, 3, "huge-own.csv:3");
    put(
        &office,
        "huge.json",
        &[b"{\"response\":{\"ZPROCSUPP\":[{\"SUPP_NAME\":\"".as_slice(), &cell, b"\"}]}}"].concat(),
    );
    refused(&import(&office, "world-bank", "huge.json"), 3, "");
    put(
        &office,
        "huge.xml",
        &[
            b"<CONSOLIDATED_LIST><ENTITY><FIRST_NAME>".as_slice(),
            &cell,
            b"</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>",
        ]
        .concat(),
    );
    refused(&import(&office, "un-sc", "huge.xml"), 3, "");
    put(
        &office,
        "open.csv",
        &[b"Supplier Name,Net Amount\nQuellmoor Zwirnworks GmbH,5.00\n\"".as_slice(), &cell].concat(),
    );
    let ran = screen(&office, "open.csv", &["--format", "none"]);
    assert!(ran.code == 0 || ran.code == 4, "{}: {}", ran.code, ran.err);
}

#[test]
fn a_million_columns_are_refused_or_read() {
    let office = Office::new();
    let commas = much(1, b',');
    put(
        &office,
        "wide.csv",
        &[
            b"Supplier Name,Net Amount".as_slice(),
            &commas,
            b"\nQuellmoor Zwirnworks GmbH,5.00",
            &commas,
            b"\n",
        ]
        .concat(),
    );
    let ran = screen(&office, "wide.csv", &["--format", "json"]);
    assert!(ran.code == 0 || ran.code == 4, "{}: {}", ran.code, ran.err);
    if ran.code == 0 {
        adds_up(&inputs(&ran)[0]);
        assert!(ran.out.contains("Quellmoor"));
    }
    put(
        &office,
        "wide-uk.csv",
        &[b"Unique ID,Name 6,Regime Name".as_slice(), &commas, b"\nGHR1,Krastiva,x\n"].concat(),
    );
    refused(&import(&office, "uk-sanctions", "wide-uk.csv"), 3, "has 1048579 cells");
    put(&office, "wide-own.csv", &[b"name".as_slice(), &commas, b"\nKrastiva\n"].concat());
    refused(&bounded(&office, &["watchlists", "list", "--watchlists", "wide-own.csv"]), 3, "");
}

#[test]
fn an_entry_of_very_many_names_is_read_in_good_time() {
    let office = Office::new();
    let aliases: String = (0..200_000).map(|n| format!("Krastiva {n};")).collect();
    put(&office, "many.csv", format!("name,aliases\nKrastiva,{aliases}\n").as_bytes());
    let list = bounded(&office, &["watchlists", "list", "--no-bundled", "--watchlists", "many.csv"]);
    assert_eq!(list.code, 0, "{}", list.err);
    let rows: String = (0..100_000).map(|n| format!("GHR1,Krastiva {n},Alias,x\n")).collect();
    put(&office, "many-uk.csv", format!("Unique ID,Name 6,Name type,Regime Name\n{rows}").as_bytes());
    let ran = import(&office, "uk-sanctions", "many-uk.csv");
    assert!(ran.code == 0 && ran.out.contains("100000 names"), "{}{}", ran.out, ran.err);
}

#[test]
fn invalid_utf_8_is_named_with_its_line_or_read_and_said() {
    let office = Office::new();
    put(&office, "bad.csv", b"name,country\nKrastiva,BG\nCaf\xe9 \xff\xfe,FR\n");
    refused(&bounded(&office, &["watchlists", "list", "--watchlists", "bad.csv"]), 3, "line 3");
    put(&office, "bad-uk.csv", b"Unique ID,Name 6,Regime Name\nGHR1,CAF\xc9 KRASTIVA,x\n");
    let ran = import(&office, "uk-sanctions", "bad-uk.csv");
    assert!(ran.code == 0 && ran.err.contains("read as Windows-1252"), "{}", ran.err);
    assert!(office.read("lists/uk-sanctions.csv").contains("CAFÉ KRASTIVA"));
    put(&office, "bad.xml", b"<?xml version=\"1.0\" encoding=\"utf-8\"?><CONSOLIDATED_LIST><ENTITY><FIRST_NAME>CAF\xc9 KRASTIVA</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>");
    let ran = import(&office, "un-sc", "bad.xml");
    assert!(ran.code == 0 && ran.err.contains("read as Windows-1252"), "{}", ran.err);
    assert!(office.read("lists/un-sc.csv").contains("CAFÉ KRASTIVA"));
    put(&office, "paid-bad.csv", b"Supplier Name,Net Amount\nQuellmoor Zwirnworks GmbH,5.00\n\xff\xfe\x80\x81,3.00\nOstervane \xc3\x28 Ltd,2.00\n");
    let ran = screen(&office, "paid-bad.csv", &["--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    adds_up(&inputs(&ran)[0]);
}

/// Marks that turn the reading direction, letters that are not seen, and letters that only look alike.
#[test]
fn hidden_and_look_alike_letters_neither_hide_a_name_nor_reach_the_terminal() {
    let office = Office::new();
    let names = [
        "Quell\u{200b}moor Zwirn\u{ad}works GmbH",
        "\u{202e}Quellmoor Zwirnworks GmbH\u{202c}",
        "\u{feff}Quellmoor\u{2060} Zwirnworks GmbH",
        "Ｑｕｅｌｌｍｏｏｒ　Ｚｗｉｒｎｗｏｒｋｓ　ＧｍｂＨ",
        "Qu\u{435}llm\u{43e}\u{43e}r Zwirnw\u{43e}rks GmbH",
        "Quellmoor\u{0}Zwirnworks\u{1b}[2J\u{7} GmbH",
    ];
    for name in names {
        put(&office, "paid.csv", format!("Supplier Name,Net Amount\n\"{name}\",5.00\n").as_bytes());
        for format in ["table", "csv", "md"] {
            let ran = screen(&office, "paid.csv", &["--format", format]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            assert!(
                ran.out.contains("Quellmoor Zwirnworks GmbH") || ran.out.contains("q1"),
                "{name:?}: {}",
                ran.out
            );
            let seen = |c: &char| {
                matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}' | '\u{2060}' | '\u{1b}' | '\u{7}' | '\u{0}')
            };
            assert!(
                !ran.out.contains(|c| seen(&c)) && !ran.err.contains(|c| seen(&c)),
                "{name:?}: {:?}",
                ran.out
            );
        }
    }
    let listed = "id,name\na,\"Quell\u{200b}moor \u{202e}Zwirnworks GmbH\"\n\u{1b}[2J,Krastiva\n";
    put(&office, "spoofed.csv", listed.as_bytes());
    let shown = bounded(&office, &["watchlists", "show", "spoofed", "--watchlists", "spoofed.csv"]);
    assert!(shown.code == 0 && !shown.out.contains(['\u{202e}', '\u{1b}']), "{:?}", shown.out);
}

#[test]
fn names_of_a_hundred_thousand_letters_are_counted_or_refused() {
    let office = Office::new();
    let words: String = (0..15_000).map(|n| format!("Kr{n}st ")).collect();
    let letters = "K".repeat(100_000);
    let brackets = "(".repeat(100_000);
    for name in [&words, &letters, &brackets, &"\u{301}".repeat(100_000), &"T/A ".repeat(25_000)] {
        put(
            &office,
            "long.csv",
            format!(
                "Supplier Name,Net Amount\n{name},5.00\n{}",
                "Quellmoor Zwirnworks GmbH,3.00\n".repeat(40)
            )
            .as_bytes(),
        );
        let ran = screen(&office, "long.csv", &["--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        adds_up(&inputs(&ran)[0]);
        assert!(ran.out.contains("q1"), "the other row is screened");
        // As long as one argument may be.
        let typed: String = name.chars().take(50_000).collect();
        let check = bounded(&office, &["check", &typed, "--no-bundled", "--watchlists", "register.csv"]);
        refused(&check, 2, "no name has more than");

        put(&office, "long-own.csv", format!("name\nKrastiva\n{name}\n").as_bytes());
        let own = bounded(&office, &["watchlists", "list", "--no-bundled", "--watchlists", "long-own.csv"]);
        refused(&own, 3, "long-own.csv:3: column `name`");
        put(
            &office,
            "long-uk.csv",
            format!("Unique ID,Name 6,Regime Name\nGHR1,Krastiva,x\nGHR2,{name},x\n").as_bytes(),
        );
        let ran = import(&office, "uk-sanctions", "long-uk.csv");
        assert!(ran.code == 0 && ran.out.contains("GHR2: "), "{}{}", ran.out, ran.err);
        put(
            &office,
            "long-uflpa.csv",
            format!("Name of Entity,Effective Date\nKrastiva,\"June 21, 2022\"\n{name},\"June 21, 2022\"\n")
                .as_bytes(),
        );
        let ran = import(&office, "uflpa", "long-uflpa.csv");
        assert!(ran.code == 0 && ran.out.contains("1 skipped"), "{}{}", ran.out, ran.err);
    }
}

/// Nothing is ever written outside of the folder that was named, and no link is followed.
#[test]
fn paths_and_links_in_archives_lead_nowhere() {
    let office = Office::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.add_symlink("link.csv", "/etc/passwd", options).unwrap();
    for name in ["../../../evil.csv", "/tmp/evil.csv", "C:\\evil.csv"] {
        zip.start_file(name, options).unwrap();
        zip.write_all(b"Supplier Name,Net Amount\nQuellmoor Zwirnworks GmbH,5.00\n").unwrap();
    }
    put(&office, "spend.zip", &zip.finish().unwrap().into_inner());
    let ran = screen(&office, "spend.zip", &["--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.out.contains("passwd") && !ran.err.contains("root:"), "{}", ran.err);
    assert_eq!(inputs(&ran).as_array().unwrap().len(), 3, "{}", ran.err);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.add_symlink("list.xml", "/etc/passwd", options).unwrap();
    zip.start_file("../../list.xml", options).unwrap();
    zip.write_all(&fixture("un-sc.xml")).unwrap();
    put(&office, "list.zip", &zip.finish().unwrap().into_inner());
    let ran = import(&office, "un-sc", "list.zip");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!Path::new("/tmp/evil.csv").exists());
    for slug in ["../evil", "a/b", "..", "", "a\nb"] {
        let ran = bounded(
            &office,
            &["watchlists", "import", "--format", "un-sc", "list.zip", "-o", "lists", "--slug", slug],
        );
        assert_eq!(ran.code, 2, "{slug:?}: {}", ran.err);
    }
    assert!(!office.path("evil.csv").exists());
}

/// While one process writes a list over and over, another imports and loads it: it gets one version whole, or is told.
#[test]
fn a_list_that_changes_while_it_is_read_is_never_half_of_two() {
    let office = Office::new();
    let version = |n: usize, letter: char| {
        let rows: String = (0..n).map(|k| format!("GHR{k},KRASTIVA {letter}{k},x\n")).collect();
        format!("Unique ID,Name 6,Regime Name\n{rows}")
    };
    let versions = [version(60_000, 'A'), version(50_000, 'B')];
    let path = office.path("list.csv");
    std::fs::write(&path, &versions[0]).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let writer = std::thread::spawn({
        let (stop, path) = (Arc::clone(&stop), path.clone());
        move || {
            for n in 0.. {
                let bytes = versions[n % 2].as_bytes();
                let mut file = std::fs::File::create(&path).unwrap();
                for part in bytes.chunks(bytes.len() / 20) {
                    file.write_all(part).unwrap();
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                if stop.load(Ordering::Relaxed) {
                    return;
                }
            }
        }
    });
    let runs: Vec<Ran> = (0..8)
        .map(|n| {
            let slug = format!("try-{n}");
            bounded(
                &office,
                &[
                    "watchlists",
                    "import",
                    "--format",
                    "uk-sanctions",
                    "list.csv",
                    "-o",
                    "lists",
                    "--slug",
                    &slug,
                ],
            )
        })
        .collect();
    stop.store(true, Ordering::Relaxed);
    writer.join().unwrap();
    for (n, ran) in runs.iter().enumerate() {
        if ran.code == 0 {
            let list = office.read(&format!("lists/try-{n}.csv"));
            let (a, b) = (list.matches("KRASTIVA A").count(), list.matches("KRASTIVA B").count());
            assert!(a == 0 || b == 0, "half of two: {a} and {b}");
            // A file that was closed in the middle of being written anew looks like a short one, and is flagged as that.
            assert!(
                matches!((a, b), (60_000, 0) | (0, 50_000))
                    || ran.err.contains("whole")
                    || ran.err.contains("line end"),
                "{}",
                ran.err
            );
        } else {
            assert_eq!(ran.code, 3, "{}", ran.err);
        }
    }
}

/// Bytes of no format at all, under every format and as an input.
#[test]
fn noise_is_refused_under_every_format() {
    let office = Office::new();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let bytes: Vec<u8> = (0..20_000).flat_map(|_| noise()).collect();
    let starts: [&[u8]; 7] = [
        b"",
        b"<?xml version='1.0'?><export>",
        b"{\"a\":",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"\xff\xfe",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ];
    for start in starts {
        put(&office, "noise", &[start, &bytes].concat());
        for format in
            ["ofac-sdn", "uk-sanctions", "eu-fsf", "un-sc", "world-bank", "opensanctions", "uflpa", "csl"]
        {
            let ran = import(&office, format, "noise");
            assert_eq!(ran.code, 3, "{format} {start:?}: {}", ran.err);
            assert!(!ran.err.contains("panicked"), "{format}: {}", ran.err);
        }
        let ran = screen(&office, "noise", &["--format", "none"]);
        assert!(ran.code == 4 || ran.code == 0, "{start:?}: {} {}", ran.code, ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
}
