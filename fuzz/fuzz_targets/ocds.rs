//! OCDS: any bytes where the parties of a release stand.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger_fuzz::rows_add_up;

fuzz_target!(|data: &[u8]| {
    rows_add_up([br#"{"releases":[{"ocid":"o","parties":"#.as_slice(), data, b"}]}"].concat());
});
