//! A JSON report that is read back: any text, as the baseline of a run, the source of a sheet, and by `verify`.

#![no_main]

use std::ffi::OsString;

use libfuzzer_sys::fuzz_target;
use wharfinger::judge::Policy;
use wharfinger::judge::decision::{EarlierReport, accept, read_sheet, write_sheet};
use wharfinger_fuzz::{Folder, day};

fuzz_target!(|data: &[u8]| {
    let folder = Folder::get();
    let path = folder.put("run.json", data);
    let Ok(report) = EarlierReport::read(&path) else { return };
    let mut sheet = Vec::new();
    write_sheet(&report, &mut sheet).expect("memory can be written");
    let lines = read_sheet(&path, &sheet).expect("a sheet of ours is one");
    let accepted = accept(&lines, &report, &Policy::default(), day());
    assert!(accepted.records.is_empty(), "nobody has decided anything in a new sheet");
    for finding in &report.findings {
        let _ = finding.content().fingerprint();
    }
    let typed: Vec<OsString> = vec![
        "wharfinger".into(),
        "verify".into(),
        path.into(),
        "--inputs".into(),
        folder.path("inputs").into(),
        "--watchlists".into(),
        folder.path("inputs/register.csv").into(),
    ];
    let _ = wharfinger::cli::run(typed);
});
