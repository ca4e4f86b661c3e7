//! Amounts, dates, numbers of companies, countries: any cells under headers that are understood.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger_fuzz::rows_add_up;

const HEADER: &str = "Supplier Name,Net Amount,Currency,Payment Date,Company Number,VAT No,LEI,ISIN,Country,Postcode,Contract End\n";

fuzz_target!(|data: &[u8]| rows_add_up([HEADER.as_bytes(), data].concat()));
