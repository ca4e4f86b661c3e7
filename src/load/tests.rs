//! The room as a whole: small files of every kind in, accounts out.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::vocab::{EntityKind, Track};

pub(super) fn load_bytes(name: &str, bytes: &[u8], options: &LoadOptions) -> Result<Loaded, LoadError> {
    load(&[Source::Bytes { name: name.to_owned(), bytes: bytes.to_vec() }], options, &|_| {})
}

fn load_text(text: &str) -> Loaded {
    load_bytes("a.csv", text.as_bytes(), &LoadOptions::default()).unwrap()
}

/// Header record, name column, amount column, rows by count, distinct names and total, in one line.
pub(super) fn summary(loaded: &Loaded) -> String {
    let lines = loaded.inputs.iter().map(|input| {
        let column = |field| input.columns.get(&field).map_or("-", |header| header.as_str());
        let counts = [
            input.records_read,
            input.screened,
            input.persons,
            input.redacted,
            input.blank_or_total,
            input.rejected,
        ];
        let total = input.amount_total.map_or_else(|| "-".to_owned(), |total| total.normalize().to_string());
        format!(
            "{}: header {}, {}, {}, {counts:?}, {} names, {total}",
            input.kind,
            input.header_record,
            column(Field::Name),
            column(Field::Amount),
            input.distinct_names
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

const ROWS: &str = "Orrinmoor Ltd,01/02/2026,\"1,234.50\"\nRuddlecombe plc,02/02/2026,(34.50)\nMr J Plainname,03/02/2026,10\n\
    REDACTED PERSONAL DATA,03/02/2026,5\n,,\nGrand Total,,1215.00\n";

#[test]
fn a_plain_export_is_read() {
    let loaded = load_text(&format!("Supplier Name,Payment Date,Amount\n{ROWS}"));
    assert_eq!(
        summary(&loaded),
        "suppliers: header 1, Supplier Name, Amount, [6, 2, 1, 1, 2, 0], 3 names, 1215"
    );
    assert_eq!(loaded.subjects.len(), 2);
    assert_eq!(
        loaded.not_screened.iter().map(|n| (n.reason.as_str(), n.rows)).collect::<Vec<_>>(),
        [("redacted", 1), ("person", 1), ("blank_or_total", 2)]
    );
}

#[test]
fn the_first_blank_row_has_its_place() {
    let place = |text: &str| {
        let loaded = load_text(text);
        let blank = loaded.not_screened.first().unwrap();
        (blank.reason.as_str(), blank.rows, blank.first.record, blank.first.line)
    };
    let row = "Orrinmoor Ltd,1.00\n";
    for (text, expected) in [
        (format!("Supplier Name,Amount\n{row}\n\nTotal,1.00\n"), (3, 3)),
        (format!("Supplier Name,Amount\n{row}\n\n{row}"), (2, 3)),
        ("Supplier Name,Amount\r\n\"Orrin\r\nmoor Ltd\",1.00\r\n\r\n".to_owned(), (1, 4)),
        (format!("Supplier Name,Amount\n{row},\n\n"), (2, 3)),
    ] {
        let (rows, line) = expected;
        let record = if text.contains('\r') { line - 1 } else { line };
        assert_eq!(place(&text), ("blank_or_total", rows, record, Some(line)), "{text:?}");
    }
}

#[test]
fn preambles_two_line_headers_and_empty_lines_are_stepped_over() {
    let loaded = load_text(&format!("Spend over £500\n\nSupplier,Payment,Amount\nName,Date,£\n{ROWS}"));
    assert_eq!(
        summary(&loaded),
        "suppliers: header 4, Supplier Name, Amount £, [6, 2, 1, 1, 2, 0], 3 names, 1215"
    );
}

#[test]
fn a_table_without_a_header_speaks_by_its_values() {
    let row = |at: u8| {
        format!("Parks,Ruddlecombe {} Ltd,{at}.50,0{}/02/2026", char::from(b'A' + at % 26), at % 9 + 1)
    };
    let rows: Vec<String> = (0..30).map(row).collect();
    let loaded = load_text(&rows.join("\n"));
    assert_eq!(summary(&loaded), "suppliers: header 0, #2, #3, [30, 30, 0, 0, 0, 0], 26 names, 450");
}

#[test]
fn the_paying_body_is_never_the_supplier() {
    let loaded = load_text(
        "Organisation Name,Supplier ID,Supplier Name,Net Amount,VAT Amount\nTessaryk Council,77,Orrinmoor Ltd,10,2\nTessaryk Council,78,Ruddlecombe,20,4\n",
    );
    assert_eq!(
        summary(&loaded),
        "suppliers: header 1, Supplier Name, Net Amount, [2, 2, 0, 0, 0, 0], 2 names, 30"
    );
    assert_eq!(loaded.subjects.first().unwrap().id, "77");
    let none = load_bytes(
        "a.csv",
        b"Organisation Name,Supplier\nTessaryk Council,\nTessaryk Council,\n",
        &LoadOptions::default(),
    );
    assert!(matches!(none, Err(LoadError::NothingToScreen { .. })), "{none:?}");
}

#[test]
fn holdings_know_their_identifiers_and_currency() {
    let loaded = load_text(
        "Security Name,ISIN,SEDOL,Holding,Market Value,Currency\nORRINMOOR ORD GBP0.25,GB0002634946,263494,100,1000,GBP\nRUDDLECOMBE AG,,,50,7,CHF\n",
    );
    assert_eq!(loaded.inputs.first().unwrap().kind, Track::Holdings);
    let first = loaded.subjects.first().unwrap();
    assert_eq!(
        first.identifiers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["isin:GB0002634946", "sedol:0263494"]
    );
    assert_eq!(loaded.subjects.get(1).unwrap().exposure.main().unwrap().0.as_str(), "CHF");
}

#[test]
fn scale_words_multiply_the_exposure_and_not_the_checksum() {
    let loaded = load_text("Company,Value (£m)\nOrrinmoor Ltd,1.5\nRuddlecombe Ltd,2\n");
    assert_eq!(loaded.inputs.first().unwrap().amount_total.unwrap().to_string(), "3.5");
    assert_eq!(
        loaded.subjects.first().unwrap().exposure.main().unwrap().1.normalize().to_string(),
        "1500000"
    );
}

#[test]
fn overrides_are_obeyed_and_checked() {
    let text = b"x,y,z\n1,Orrinmoor,5\n2,Orrinmoor,6\n";
    let mut options = LoadOptions { merge: false, ..LoadOptions::default() };
    options.map.insert(Field::Name, "Y".to_owned());
    options.map.insert(Field::Id, "#1".to_owned());
    options.map.insert(Field::Amount, "z".to_owned());
    options.header_record = Some(1);
    let loaded = load_bytes("a.csv", text, &options).unwrap();
    assert_eq!(loaded.subjects.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(loaded.columns.first().unwrap().choices.first().unwrap().confidence, Confidence::Given);
    options.map.insert(Field::Date, "nowhere".to_owned());
    let error = load_bytes("a.csv", text, &options).unwrap_err();
    assert!(error.is_usage());
    assert_eq!(
        error.to_string(),
        "`a.csv` has no column `nowhere` for `date`; its columns are `x`, `y`, `z`"
    );
}

#[test]
fn a_kind_column_decides_who_is_a_person() {
    let text = b"id,name,kind\n1,Orrinmoor,organisation\n2,Jo Plainname,person\n3,Mr Tyre,organisation\n";
    let options = LoadOptions { include_persons: true, merge: false, ..LoadOptions::default() };
    let loaded = load_bytes("a.csv", text, &options).unwrap();
    let kinds: Vec<_> = loaded.subjects.iter().map(|subject| subject.kind).collect();
    assert_eq!(kinds, [EntityKind::Organisation, EntityKind::Person, EntityKind::Organisation]);
}

#[test]
fn several_sheets_of_one_layout_are_read_together_and_summaries_left_out() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (sheet, name) in [
        ("Notes", "About this file"),
        ("April", "Orrinmoor Ltd"),
        ("May", "Ruddlecombe Ltd"),
        ("Summary", "Total Ltd"),
    ] {
        let sheet = book.add_worksheet().set_name(sheet).unwrap();
        if name.starts_with("About") {
            sheet.write(0, 0, name).unwrap();
            continue;
        }
        sheet.write(0, 1, "Supplier Name").unwrap();
        sheet.write(0, 2, "Amount").unwrap();
        sheet.write(1, 1, name).unwrap();
        sheet.write(1, 2, 10.1).unwrap();
    }
    let loaded = load_bytes("a.xlsx", &book.save_to_buffer().unwrap(), &LoadOptions::default()).unwrap();
    assert_eq!(
        loaded.inputs.iter().filter_map(|input| input.sheet.as_deref()).collect::<Vec<_>>(),
        ["April", "May"]
    );
}

#[test]
fn tables_of_other_parties_on_further_sheets_are_read_and_extracts_left_out() {
    let sheets: [(&str, &[&[&str]]); 6] = [
        (
            "Equities",
            &[
                &["Security Name", "ISIN", "Market Value"],
                &["ORRINMOOR ORD GBP0.25", "GB0002634946", "=1000.5"],
                &["TESSARYK PLC", "", "=70"],
                &["RUDDLECOMBE AG", "", "=7"],
            ],
        ),
        (
            "Index-linked",
            &[
                &["Issuer", "Coupon", "Nominal", "Value £"],
                &["Quellmoor Finance BV", "3.5", "=900", "=910.25"],
            ],
        ),
        (
            "Largest three",
            &[&["Holding", "Value"], &["Orrinmoor ord GBP0.25", "=1000.5"], &["Tessaryk plc", "=70"]],
        ),
        ("Summary", &[&["Manager", "Value"], &["Krastiva Asset Management", "=1987.75"]]),
        ("Contacts", &[&["Name", "Telephone"], &["Pensions Team", "01234 567890"]]),
        ("Notes", &[&["About these holdings"]]),
    ];
    let loaded = load_bytes("a.ods", &variants::ods(&sheets), &LoadOptions::default()).unwrap();
    let read: Vec<_> =
        loaded.inputs.iter().map(|input| (input.sheet.as_deref().unwrap(), input.screened)).collect();
    assert_eq!(read, [("Equities", 3), ("Index-linked", 1)]);
    assert_eq!(
        loaded.inputs.first().unwrap().remarks,
        ["sheets left out: `Largest three`, `Summary`, `Contacts`, `Notes`"]
    );
    let mut options = LoadOptions::default();
    options.map.insert(Field::Name, "security name".to_owned());
    let loaded = load_bytes("a.ods", &variants::ods(&sheets), &options).unwrap();
    assert_eq!(loaded.inputs.len(), 1, "a column that was named is that of one table");
}

#[test]
fn what_holds_no_table_says_so() {
    let cases: [(&[u8], &str); 5] = [
        (b"", "nothing to screen in `a`: it is empty"),
        (b"%PDF-1.7", "`a` cannot be read as a table: it is PDF"),
        (b"{\"data\":[]}", "nothing to screen in `a`: it holds no list of records"),
        (b"Supplier,Amount\n", "nothing to screen in `a`: there is no row below the header"),
        (
            b"Dear all,\nthis is a letter about money, and no more.\n",
            "no column looks like the name of a supplier or holding",
        ),
    ];
    for (bytes, said) in cases {
        let error = load_bytes("a", bytes, &LoadOptions::default()).unwrap_err();
        assert!(error.to_string().starts_with(said), "{error}");
        assert!(crate::error::Hint::hint(&error).is_some());
    }
}

#[test]
fn every_file_of_a_run_is_accounted_for_where_one_is_unfit() {
    let source =
        |name: &str, text: &str| Source::Bytes { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let sources = [
        source("a.csv", ""),
        source("b.csv", "Supplier,Amount\nOrrinmoor Ltd,5\n"),
        source("c.pdf", "%PDF-1.7"),
        source("d.csv", "Supplier,Amount\nTessaryk Ltd,5\nRuddlecombe Ltd,6\n"),
    ];
    let error = load(&sources, &LoadOptions::default(), &|_| {}).unwrap_err();
    assert_eq!(
        error.to_string(),
        "2 of 4 inputs cannot be screened\n  nothing to screen in `a.csv`: it is empty\n  \
         `c.pdf` cannot be read as a table: it is PDF\n  `b.csv` is fit, with 1 records\n  `d.csv` is fit, with 2 records"
    );
    assert!(crate::error::Hint::hint(&error).is_some_and(|hint| hint.starts_with("leave them out")));
    assert!(!error.is_usage());
}

fn adds_up(loaded: &Loaded) -> bool {
    loaded.inputs.iter().all(|input| {
        let parts = input.screened + input.persons + input.redacted + input.blank_or_total + input.rejected;
        let subjects: u64 = loaded.subjects.iter().map(|subject| subject.rows).sum();
        parts == input.records_read && (loaded.inputs.len() > 1 || subjects >= input.screened)
    })
}

/// Loads in blocks of `size` bytes, on `threads` threads.
fn load_blocks(text: &str, options: &LoadOptions, size: usize, threads: usize) -> Result<Loaded, String> {
    let source = Source::Bytes { name: "a.csv".to_owned(), bytes: text.as_bytes().to_vec() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let run = options::Run { options, progress: &|_| {}, block_size: size };
    pool.install(|| load_in(&[source], &run)).map_err(|error| error.to_string())
}

#[test]
fn wide_text_is_read_to_its_end_in_blocks_of_any_size() {
    let mut text = String::from("Supplier,Amount\n");
    for row in 0..40 {
        writeln!(text, "Société Orrinmoor {row},{row}.50").unwrap();
    }
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for size in 1..40 {
        let source = Source::Bytes { name: "a.csv".to_owned(), bytes: wide.clone() };
        let run = options::Run { options: &LoadOptions::default(), progress: &|_| {}, block_size: size };
        assert_eq!(load_in(&[source], &run).unwrap().inputs[0].screened, 40, "{size}");
    }
}

#[test]
fn each_spelling_is_judged_once_however_many_rows_it_has() {
    let mut text = String::from("Supplier Name,Amount\n");
    for row in 0..3_000 {
        writeln!(text, "Orrinmoor {} Ltd,{row}.50", row % 7).unwrap();
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let judged = pool.install(|| {
        load_text(&text);
        class::judged()
    });
    assert_eq!(judged, 7);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn blocks_of_any_size_on_any_threads_give_the_same(
        rows in proptest::collection::vec(
            ("(Orrinmoor|Tessaryk \"\"Q\"\"|Mr J Plainname|TOTAL|Total spend|REDACTED|Supplier Name|)( Ltd)?", "[0-9]{1,3}[.][0-9]{2}|-|\\(1,234\\)|zz|6\\.8E-13|", "[AB]?", "Roads|Care\nhomes|"),
            0..24,
        ),
        (end, blank) in ("\r\n|\n", "|,,,"),
        (size, threads) in (1_usize..90, 1_usize..4),
        merge: bool,
    ) {
        let mut text = format!("Spend,,,{end}Supplier Name,Amount,Supplier ID,Expense Type{end}");
        for (name, amount, id, category) in &rows {
            write!(text, "\"{name}\",\"{amount}\",{id},\"{category}\"{end}").unwrap();
            if category.is_empty() {
                write!(text, "{blank}{end}").unwrap();
            }
        }
        let options = LoadOptions { merge, ..LoadOptions::default() };
        prop_assert_eq!(load_blocks(&text, &options, size, threads), load_blocks(&text, &options, 1 << 20, 1));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(loaded) = load_bytes("a", &bytes, &LoadOptions::default()) {
            prop_assert!(adds_up(&loaded));
        }
    }

    #[test]
    fn any_table_adds_up(
        rows in proptest::collection::vec(proptest::collection::vec("[A-Za-z]{0,9}( Ltd)?|-?[0-9]{1,4}\\.[0-9]{2}|Total|REDACTED|\"|\u{a0}|\\PC{0,6}", 0..5), 0..20),
        end in "\r\n|\n",
    ) {
        let body: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let text = format!("Supplier,Amount,Date{end}{}", body.join(&end));
        if let Ok(loaded) = load_bytes("a", text.as_bytes(), &LoadOptions::default()) {
            prop_assert!(adds_up(&loaded));
        }
    }
}
