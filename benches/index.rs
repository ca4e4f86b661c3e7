//! The index: built from 10,000 generated names, and searched for 1,000 subjects of which one in a hundred is a variant of a name.
//!
//! `cargo bench --bench index`. Checks that the variants are found, and prints first how many times faster a search is than
//! comparing with every entry.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints, and stops on surprise")]

use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wharfinger::index::{Index, Scratch};
use wharfinger::matching::{NameStrength, Party, Score, compare};
use wharfinger::normalise::Name;
use wharfinger::vocab::EntityKind;
use wharfinger_bench::{Model, Plan};

const LISTED: usize = 10_000;
const SUBJECTS: usize = 1_000;

fn parties(names: &[String], make: fn(&str, EntityKind) -> Name) -> Vec<Party> {
    let kind = EntityKind::Organisation;
    let party = |name: &String| Party {
        names: vec![(make(name, kind), NameStrength::Primary)],
        kind,
        countries: vec![],
        identifiers: vec![],
    };
    names.iter().map(party).collect()
}

fn index(c: &mut Criterion) {
    let plan = Plan::new(&Model::built_in(), LISTED, SUBJECTS, 3);
    let (entries, subjects) = (parties(&plan.listed, Name::entry), parties(&plan.subjects, Name::subject));
    let min = Score::new(0.5);
    let built = Index::build(&entries);
    let mut scratch = Scratch::default();
    let mut search = |subject: &Party| built.search(subject, min, &mut scratch, &entries[..]);

    let found = plan.planted.iter().filter(|(subject, entry, _)| {
        let found = search(subjects.get(*subject).unwrap());
        found.iter().any(|(place, _)| *place as usize == *entry)
    });
    let found = found.count();
    assert!(found * 10 >= plan.planted.len() * 8, "{found} of {} variants found", plan.planted.len());

    let few = subjects.get(..10).unwrap();
    let mut all = |subject: &Party| entries.iter().filter(|e| compare(subject, e).score >= min).count();
    let start = Instant::now();
    let exhaustive: Vec<usize> = few.iter().map(&mut all).collect();
    let compared = start.elapsed();
    let start = Instant::now();
    let indexed: Vec<usize> = few.iter().map(|subject| search(subject).len()).collect();
    println!(
        "a search is {:.0} times faster than comparing with all {LISTED} entries",
        compared.div_duration_f64(start.elapsed())
    );
    assert_eq!(indexed, exhaustive, "the index leaves nothing out");

    let mut group = c.benchmark_group("index");
    group.sample_size(10).throughput(Throughput::Elements(LISTED as u64));
    group.bench_function("build", |b| b.iter(|| Index::build(&entries)));
    group.throughput(Throughput::Elements(SUBJECTS as u64));
    let mut search_all = || subjects.iter().map(&mut search).map(|found| found.len()).sum::<usize>();
    group.bench_function("search", |b| b.iter(&mut search_all));
    group.finish();
}

criterion_group!(benches, index);
criterion_main!(benches);
