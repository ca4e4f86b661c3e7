//! Getting lists ready: the bundled ones, one of the size of OFAC's SDN list with its aliases, and one of a million names.
//!
//! `cargo bench --bench watchlists` writes generated lists into a temporary folder, checks the answers, and prints the best of
//! several times for each, with the time that the bare csv crate takes for the same file. The generator is fixed. The SDN list has about
//! 9,000 entries and 25,000 names.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints, and stops on surprise")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use wharfinger::watchlist::{List, bundled, load};

const ROUNDS: usize = 7;

/// The best of several rounds: the one that other work on the machine has disturbed least.
fn best<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut best = (Duration::MAX, None);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let done = work();
        let took = start.elapsed();
        if took < best.0 {
            best = (took, Some(done));
        }
    }
    (best.0, best.1.unwrap())
}

/// A list of so many entries, each with two aliases.
fn write_list(folder: &Path, entries: u32) -> PathBuf {
    let mut text =
        String::from("id,name,aliases,kind,country,identifiers,ground,status,listed_on,source_url,note\n");
    for n in 0..entries {
        writeln!(
            text,
            "x-{n},\"Ostrewick {n} Mills Co., Ltd.\",Ostrewick Textile {n};OTM {n},organisation,CN,cn-reg:{n:09},forced_labour,current,2022-06-21,https://example.org/list,Programme {}",
            n % 40
        )
        .unwrap();
    }
    let path = folder.join(format!("list-{entries}.csv"));
    std::fs::write(&path, text).unwrap();
    path
}

fn names(lists: &[List]) -> usize {
    lists.iter().flat_map(|list| &list.entries).map(|e| 1 + e.aliases.len() + e.weak_aliases.len()).sum()
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (took, lists) = best(bundled);
    assert!(lists.len() >= 10);
    println!("bundled: {} lists, {} names in {took:.1?}", lists.len(), names(&lists));
    for entries in [9_000, 333_334] {
        let path = write_list(folder.path(), entries);
        let (took, lists) = best(|| load(&path).unwrap());
        assert_eq!(names(&lists), 3 * entries as usize);
        let (bare, records) = best(|| {
            let mut reader = csv::Reader::from_path(&path).unwrap();
            let mut record = csv::ByteRecord::new();
            let mut records = 0;
            while reader.read_byte_record(&mut record).unwrap() {
                records += 1;
            }
            records
        });
        assert_eq!(records, entries);
        let ratio = took.as_secs_f64() / bare.as_secs_f64();
        println!("{} names in {took:.1?}; the bare csv crate {bare:.1?}, ratio {ratio:.1}", 3 * entries);
    }
}
