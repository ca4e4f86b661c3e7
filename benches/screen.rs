//! The program from start to end: a generated ledger of 20,000 rows and 2,000 names against 10,000 listed names.
//!
//! `cargo bench --bench screen`. Checks the rows, and prints first how many times the work of merely parsing the files it is.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints, and stops on surprise")]

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wharfinger_bench::{Model, Plan, write_ledger, write_list};

const LISTED: usize = 10_000;
const SUBJECTS: usize = 2_000;
const ROWS: usize = 20_000;

fn parse(path: &Path) -> usize {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut record = csv::ByteRecord::new();
    std::iter::from_fn(|| reader.read_byte_record(&mut record).unwrap().then_some(())).count()
}

fn screen(ledger: &Path, list: &Path) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_wharfinger"))
        .args(["screen", "--no-bundled", "--as-of", "2026-11-24", "--format", "csv", "--watchlists"])
        .args([list, ledger])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains(&format!("{ROWS} records")), "{said}");
    String::from_utf8(run.stdout).unwrap()
}

fn screening(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, list) = (folder.path().join("ledger.csv"), folder.path().join("list.csv"));
    let plan = Plan::new(&Model::built_in(), LISTED, SUBJECTS, 4);
    write_list(&plan.listed, File::create(&list).unwrap()).unwrap();
    write_ledger(&plan.subjects, ROWS, 4, File::create(&ledger).unwrap()).unwrap();

    let found = screen(&ledger, &list);
    assert!(found.lines().count() > plan.planted.len() / 2, "variants are found");
    let start = Instant::now();
    assert_eq!((parse(&ledger), parse(&list)), (ROWS, LISTED));
    let bare = start.elapsed();
    let start = Instant::now();
    screen(&ledger, &list);
    println!(
        "screening takes {:.1} times what parsing the files does",
        start.elapsed().div_duration_f64(bare)
    );

    let mut group = c.benchmark_group("screen");
    group.sample_size(10).throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("parse the files", |b| b.iter(|| parse(&ledger) + parse(&list)));
    group.bench_function("screen", |b| b.iter(|| screen(&ledger, &list).len()));
    group.finish();
}

criterion_group!(benches, screening);
criterion_main!(benches);
