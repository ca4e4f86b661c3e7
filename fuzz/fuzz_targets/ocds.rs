//! OCDS: any bytes where the parties of a release stand.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger::load::{LoadOptions, Source, load};

fuzz_target!(|data: &[u8]| {
    let bytes = [br#"{"releases":[{"ocid":"o","parties":"#.as_slice(), data, b"}]}"].concat();
    let source = Source::Bytes { name: "fuzz".to_owned(), bytes };
    if let Ok(loaded) = load(&[source], &LoadOptions::default(), &|_| {}) {
        for input in loaded.inputs {
            let parts = input.screened + input.persons + input.redacted + input.blank_or_total + input.rejected;
            assert_eq!(parts, input.records_read, "rows add up");
        }
    }
});
