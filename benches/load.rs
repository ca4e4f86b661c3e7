//! Loading against the bare csv crate, on one generated ledger, in one run.
//!
//! `cargo bench --bench load` writes a million rows of 100,000 names into a temporary file, checks the answer, and prints
//! megabytes a second for both and their ratio, by the clock and by the time that the processors spent (which other work
//! on the machine does not disturb), and the peak memory with 100,000 rows, a million and two of the same names. The
//! generator has a fixed seed. `WHARFINGER_BENCH_ROWS` sets another number of rows; `WHARFINGER_BENCH_LEDGER` names a
//! ledger to measure instead, such as one of `benches/tools`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench prints, and stops on surprise"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use wharfinger::load::{LoadOptions, Source, load};
use wharfinger::merge::merge;

const NAMES: u64 = 100_000;

/// A small generator (xorshift), so that the ledger is the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn name(number: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "or", "rin", "moor", "tes", "sa", "ryk", "rud", "dle", "combe", "quil", "lan", "bra", "ke", "ven",
        "nick", "low",
    ];
    const ENDS: [&str; 4] = [" Ltd", " Limited", " plc", " Services"];
    let mut name = String::new();
    let mut rest = number;
    for at in 0..5 {
        let syllable = SYLLABLES[usize::try_from(rest % 16).unwrap()];
        name += if at == 3 { " " } else { "" };
        name += syllable;
        rest /= 16;
    }
    name + ENDS[usize::try_from(number % 4).unwrap()]
}

fn write_ledger(path: &Path, rows: u64) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut line = String::from(
        "Body Name,Directorate,Expense Type,Payment Date,Transaction No,Supplier Name,Supplier ID,Net Amount\n",
    );
    for row in 0..rows {
        file.write_all(line.as_bytes()).unwrap();
        line.clear();
        let party = if row < NAMES { row } else { dice.roll(NAMES) };
        let (day, month, pounds, pence) =
            (dice.roll(28) + 1, dice.roll(12) + 1, dice.roll(9_000), dice.roll(100));
        writeln!(
            line,
            "Tessaryk Borough Council,Adults and Health,Third Party Payments - Residential Care,{day:02}/{month:02}/2026,T{row:09},{},{party:06},{pounds}.{pence:02}",
            name(party)
        )
        .unwrap();
    }
    file.write_all(line.as_bytes()).unwrap();
}

fn parse_bare(path: &Path) -> u64 {
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_path(path).unwrap();
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        rows += 1;
    }
    rows
}

fn load_and_merge(path: &Path) -> (u64, usize) {
    let loaded = load(&[Source::Path(path.to_owned())], &LoadOptions::default(), &|_| {}).unwrap();
    (loaded.inputs[0].records_read, merge(loaded.subjects).len())
}

/// Peak resident memory so far, in MiB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// The time that the processors have spent on this process, in seconds; 0 where the system does not say.
fn spent() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in brackets, fields 14 and 15: user and system time in hundredths of a second.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// The best of seven by the clock, and the mean time of the processors, in seconds.
fn measure<T>(mut job: impl FnMut() -> T) -> (f64, f64) {
    const TIMES: u32 = 7;
    let before = spent();
    let clock = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(job());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::MAX, f64::min);
    (clock, (spent() - before) / f64::from(TIMES))
}

fn main() {
    let given = std::env::var_os("WHARFINGER_BENCH_LEDGER").map(std::path::PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    let large = given.clone().unwrap_or_else(|| folder.path().join("large.csv"));
    if given.is_none() {
        check_memory(folder.path(), &large);
    }
    let megabytes = std::fs::metadata(&large).unwrap().len() as f64 / 1e6;
    let ((bare, bare_spent), (ours, ours_spent)) =
        (measure(|| parse_bare(&large)), measure(|| load_and_merge(&large)));
    println!("csv crate alone   {:7.0} MB/s   {bare_spent:.2} s of processors", megabytes / bare);
    println!("load and merge    {:7.0} MB/s   {ours_spent:.2} s of processors", megabytes / ours);
    println!("ratio             {:7.2}      (at least 0.50)", bare / ours);
    println!("ratio on two idle {:7.2}      (by the time of the processors)", 2.0 * bare_spent / ours_spent);
}

/// Writes the ledgers, checks that every row is read, and prints the peak after each.
fn check_memory(folder: &Path, large: &Path) {
    let rows =
        std::env::var("WHARFINGER_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let (small, twice) = (folder.join("small.csv"), folder.join("twice.csv"));
    let mut names = None;
    for (path, rows) in [(small.as_path(), NAMES.min(rows)), (large, rows), (twice.as_path(), rows * 2)] {
        write_ledger(path, rows);
        let (read, merged) = load_and_merge(path);
        assert_eq!((read, merged), (rows, *names.get_or_insert(merged)), "every row read, no name lost");
        assert_eq!(parse_bare(path), rows);
        println!("peak memory       {:7} MiB with {rows} rows", peak());
    }
}
