//! Names as written become names that can be compared: 10,000 generated ones, as a list writes them and as a ledger does.
//!
//! `cargo bench --bench normalise`. Prints first how many times the work of merely splitting and lower-casing the words it is.
#![expect(clippy::print_stdout, reason = "a bench prints")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wharfinger::normalise::Name;
use wharfinger::vocab::EntityKind;
use wharfinger_bench::{Dice, Model};

const NAMES: usize = 10_000;

fn plain(names: &[String]) -> usize {
    let words = names.iter().flat_map(|name| name.split_whitespace()).map(str::to_lowercase);
    words.map(|word| black_box(word).len()).sum()
}

fn forms(names: &[String], make: impl Fn(&str) -> Name) -> usize {
    names.iter().map(|name| make(name).forms().len()).sum()
}

fn normalise(c: &mut Criterion) {
    let names = Model::built_in().names(NAMES, &mut Dice::new(1), &mut BTreeSet::new());
    let entry = |name: &str| Name::entry(name, EntityKind::Organisation);
    let subject = |name: &str| Name::subject(name, EntityKind::Organisation);
    assert!(forms(&names, entry) >= NAMES, "every name has a form");

    let start = Instant::now();
    plain(&names);
    let bare = start.elapsed();
    let start = Instant::now();
    forms(&names, entry);
    println!(
        "a name costs {:.1} times what splitting it into words does",
        start.elapsed().div_duration_f64(bare)
    );

    let mut group = c.benchmark_group("normalise");
    group.throughput(Throughput::Elements(NAMES as u64)).sample_size(10);
    group.bench_function("split into words", |b| b.iter(|| plain(&names)));
    group.bench_function("entry", |b| b.iter(|| forms(&names, entry)));
    group.bench_function("subject", |b| b.iter(|| forms(&names, subject)));
    group.finish();
}

criterion_group!(benches, normalise);
criterion_main!(benches);
