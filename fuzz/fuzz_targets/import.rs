//! Official lists: the first byte picks the format, the others are the file. No entry is lost, and what is made of it can be read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger::watchlist::import::{Format, Options, import_bytes};
use wharfinger::watchlist::{load, write};
use wharfinger_fuzz::{Folder, day};

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let format = Format::ALL[usize::from(*first) % Format::ALL.len()];
    let mut options = Options::new(day());
    options.partial = first & 0x40 != 0;
    if format == Format::Generic {
        options.map = vec![("name".to_owned(), "Company".to_owned())];
    }
    let Ok(imported) = import_bytes(format, vec![("file".to_owned(), rest.to_vec())], &options) else {
        return;
    };
    assert!(imported.adds_up(), "every entry of the source is accounted for");
    let folder = Folder::get();
    let (file, _) = write(&folder.path("lists"), &imported.list).expect("the folder can be written");
    let read = load(&file).expect("what was imported can be read");
    assert_eq!(read[0].entries, imported.list.entries);
});
