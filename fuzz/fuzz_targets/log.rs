//! The log of decisions: any text. A log that holds is cut at none of its heads, and can be written on.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger::judge::decision::Log;
use wharfinger_fuzz::{Folder, day};

fuzz_target!(|data: &[u8]| {
    let folder = Folder::get();
    let path = folder.put("log.jsonl", data);
    let Ok(log) = Log::read(&path) else { return };
    assert_eq!(log.until(log.head()), Some(log.clone()), "the whole log ends with its head");
    let due = log.past_retention(30, day()).len();
    let (purged, emptied) = Log::purge(&path, 30, day()).expect("a log that holds can be purged");
    assert_eq!((due, purged.past_retention(30, day()).len()), (emptied, 0));
    let records = log.records().to_vec();
    let (longer, _) = Log::append(&path, &records).expect("a log that holds can be written on");
    assert_eq!(Log::read(&path).expect("what was written holds"), longer);
});
