//! Delimited text, JSON and JSON lines, packed or not: any bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger_fuzz::rows_add_up;

fuzz_target!(|data: &[u8]| rows_add_up(data.to_vec()));
