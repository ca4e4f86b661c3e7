//! The sheet of decisions: any bytes, against a report. Every line is accepted, refused, undecided or a repetition.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use wharfinger::judge::Policy;
use wharfinger::judge::decision::{EarlierReport, accept, read_sheet};
use wharfinger_fuzz::{REPORT, day};

fuzz_target!(|data: &[u8]| {
    let Ok(lines) = read_sheet(Path::new("sheet.csv"), data) else { return };
    let seen = EarlierReport::parse(Path::new("report.json"), REPORT).expect("the report is one");
    let accepted = accept(&lines, &seen, &Policy::default(), day());
    let accounted = accepted.records.len() + accepted.refused.len() + accepted.undecided + accepted.repeated;
    assert_eq!(accounted, lines.len(), "every line is in exactly one of the four");
});
