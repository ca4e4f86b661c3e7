//! The workbook that comes back from a reviewer: any bytes as its sheets.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use wharfinger::judge::Policy;
use wharfinger::judge::decision::{EarlierReport, SheetLine, accept};
use wharfinger::report::xlsx::read_decisions;
use wharfinger_fuzz::{Folder, REPORT, day, workbook};

fuzz_target!(|data: &[u8]| {
    let (findings, record) = data.split_at(data.iter().position(|b| *b == 0).unwrap_or(data.len()));
    let folder = Folder::get();
    let path = folder.put("report.xlsx", &workbook(&[("Findings", findings), ("wharfinger", record)], b""));
    let Ok(back) = read_decisions(&path) else { return };
    let lines: Vec<SheetLine> =
        back.rows.into_iter().map(|row| SheetLine::new(row.line, row.cells)).collect();
    let written = back.report.and_then(|text| EarlierReport::parse(Path::new("report.json"), &text).ok());
    let seen = EarlierReport::parse(Path::new("report.json"), REPORT).expect("the report is one");
    let accepted = accept(&lines, &written.unwrap_or(seen), &Policy::default(), day());
    let accounted = accepted.records.len() + accepted.refused.len() + accepted.undecided + accepted.repeated;
    assert_eq!(accounted, lines.len(), "every line is in exactly one of the four");
});
