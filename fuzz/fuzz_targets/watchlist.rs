//! A list in our own form: any bytes as its CSV, and behind a NUL as its TOML. What is read can be written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger::watchlist::{load, write};
use wharfinger_fuzz::Folder;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |b| *b == 0);
    let folder = Folder::get();
    let file = folder.put("own.csv", parts.next().unwrap_or_default());
    match parts.next() {
        Some(facts) => drop(folder.put("own.toml", facts)),
        None => folder.remove("own.toml"),
    }
    let Ok(lists) = load(&file) else { return };
    for list in lists {
        let (again, _) = write(&folder.path("again"), &list).expect("the folder can be written");
        let read = load(&again).expect("what was written can be read");
        assert_eq!(read[0].entries, list.entries);
    }
});
