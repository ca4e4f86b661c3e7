//! Text that wants to be more than text, in every field of an input and a list, through every output.

use std::fmt::Write as _;

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::office::Office;

/// What is put before and after a name: formulas, separators, markup, escape codes, overrides of the reading direction.
const ATTACKS: [&str; 11] = [
    "=cmd|' /C calc'!A0",
    "+44",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "\u{202e}\u{2066}",
    "\u{1b}[31m\u{1b}]8;;http://x\u{7}",
    "[x](javascript:alert(1)) | `code` # head",
];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// An office whose payments and register say all of that, in every field that takes words.
fn attacked() -> Office {
    let office = Office::new();
    let mut paid = "Supplier Name,Net Amount,Supplier No,Expense Type,Description\n".to_owned();
    let mut register =
        "id,name,aliases,ground,measure,status,listed_on,source_url,products,note\n".to_owned();
    for (at, attack) in ATTACKS.iter().enumerate() {
        let name = quoted(&format!("{attack} Quellmoor{at} Zwirnworks {attack}"));
        let text = quoted(attack);
        writeln!(paid, "{name},1{at}.50,{text},{text},{text}").unwrap();
        let (id, url) = (quoted(&format!("{attack}{at}")), quoted(&format!("javascript:{attack}")));
        let listed = "forced_labour";
        writeln!(register, "{id},{name},{name},{listed},{text},current,2025-03-01,{url},{text},{text}")
            .unwrap();
    }
    office.write("paid.csv", &paid);
    office.write("register.csv", &register);
    let policy = format!("[report]\ncontact = '''{}'''\n", ATTACKS[6]);
    office.write("wharfinger.toml", &policy);
    office
}

const ENDINGS: [&str; 8] = ["html", "xlsx", "csv", "json", "jsonl", "sarif", "xml", "md"];

fn screened(office: &Office) -> String {
    let names: Vec<String> = ENDINGS.iter().map(|ending| format!("report.{ending}")).collect();
    let mut more = vec!["--no-merge", "--annotate", "back.csv"];
    more.extend(names.iter().flat_map(|name| ["-o", name]));
    more.extend(["--certificate", "audit.html", "--subject", "x"]);
    let first = format!("{} Quellmoor6 Zwirnworks {}", ATTACKS[6], ATTACKS[6]);
    more.extend(["--subject", &first]);
    let ran = office.screen("2026-10-20", &more);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let ran_again =
        office.screen("2026-10-20", &["--no-merge", "--annotate", "back.xlsx", "--format", "none"]);
    assert_eq!(ran_again.code, 1, "{}", ran_again.err);
    let report: serde_json::Value = serde_json::from_str(&office.read("report.json")).unwrap();
    assert!(report["findings"].as_array().unwrap().len() >= ATTACKS.len(), "every attack is reported");
    ran.out + &ran.err
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && cell.parse::<f64>().is_err()
}

#[test]
fn no_cell_is_a_formula() {
    let office = attacked();
    screened(&office);
    for (file, from) in [("report.csv", "finding_id"), ("back.csv", "wharfinger_result")] {
        let text = office.read(file);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let first = records[0].iter().position(|header| header == from).unwrap();
        for record in &records {
            for cell in record.iter().skip(first) {
                assert!(!is_formula(cell), "{file}: {cell:?}");
                assert!(!cell.contains(['\u{202e}', '\u{2066}', '\u{1b}']), "{file}: {cell:?}");
            }
        }
    }
    for file in ["report.xlsx", "back.xlsx"] {
        let mut book: Xlsx<_> = open_workbook(office.path(file)).unwrap();
        for sheet in book.sheet_names() {
            assert_eq!(book.worksheet_formula(&sheet).unwrap().used_cells().count(), 0, "{file} {sheet}");
        }
    }
}

#[test]
fn no_page_gains_markup_and_no_terminal_a_code() {
    let office = attacked();
    let shown = screened(&office);
    assert!(
        !shown.chars().any(|c| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2066}')),
        "{shown}"
    );
    for (file, scripts) in [("report.html", 1), ("audit.html", 0)] {
        let page = office.read(file);
        assert_eq!(page.matches("<script").count(), scripts, "{file}");
        assert!(!page.contains("<svg onload") && !page.contains("href=\"javascript"), "{file}");
        assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{1b}']), "{file}");
    }
    let summary = office.read("report.md");
    assert!(!summary.contains("<script") && !summary.contains("[x](javascript"), "{summary}");
    assert!(!summary.contains(['\u{202e}', '\u{1b}']), "{summary}");
    let junit = office.read("report.xml");
    assert!(!junit.contains("<script") && !junit.contains('\u{1b}'), "{junit}");
    for line in office.read("report.jsonl").lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap().is_object());
    }
    assert!(serde_json::from_str::<serde_json::Value>(&office.read("report.sarif")).unwrap().is_object());
}

#[test]
fn csv_and_workbook_hold_the_same_findings() {
    let office = Office::new();
    office.screen("2026-10-20", &["-o", "report.csv", "-o", "report.xlsx", "--format", "none"]);
    let text = office.read("report.csv");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().unwrap().clone();
    let mut book: Xlsx<_> = open_workbook(office.path("report.xlsx")).unwrap();
    let sheet = book.worksheet_range("Findings").unwrap();
    let columns: Vec<String> = sheet
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(|cell| cell.to_string().to_lowercase().replace(' ', "_"))
        .collect();
    let mut compared = 0;
    let mut rows = sheet.rows().skip(1);
    for record in reader.records().map(Result::unwrap) {
        let cells = rows.next().unwrap();
        for (header, said) in headers.iter().zip(&record) {
            // The workbook has the decision in the reviewers' own columns.
            let Some(at) = columns.iter().position(|column| column == header) else {
                assert!(matches!(header, "decision" | "decision_reason"), "{header}");
                continue;
            };
            let same = match &cells[at] {
                Data::Empty => said.is_empty(),
                Data::Float(number) => said.parse::<f64>().is_ok_and(|n| (n - number).abs() < 1e-9),
                Data::DateTime(day) => {
                    let (year, month, date, ..) = day.to_ymd_hms_milli();
                    said == format!("{year:04}-{month:02}-{date:02}")
                }
                other => *other == said,
            };
            assert!(same, "{header}: {said:?} and {:?}", cells[at]);
            compared += 1;
        }
    }
    assert!(rows.next().is_none() && compared > 60, "{compared} cells compared");
}
