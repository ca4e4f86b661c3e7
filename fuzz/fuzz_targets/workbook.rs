//! Workbooks and archives: the first byte says what the others are in one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger_fuzz::{ods, rows_add_up, workbook, zipped};

fuzz_target!(|data: &[u8]| {
    let Some((what, rest)) = data.split_first() else { return };
    rows_add_up(match what % 6 {
        0 => [b"PK\x03\x04".as_slice(), rest].concat(),
        1 => workbook(&[("Paid", rest)], b""),
        2 => workbook(&[("Paid", wharfinger_fuzz::SHARED_STRINGS_SHEET)], rest),
        3 => ods(rest),
        4 => [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), rest].concat(),
        _ => {
            let (name, text) = rest.split_at(rest.iter().position(|b| *b == b'\n').unwrap_or(0));
            zipped(&[(&String::from_utf8_lossy(name), text)])
        }
    });
});
