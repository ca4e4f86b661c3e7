//! Two parties compared: pairs of which half are variants of one name.
//!
//! `cargo bench --bench score`. Prints first how many times the work of one Jaro-Winkler of the whole strings it is.
#![expect(clippy::print_stdout, reason = "a bench prints")]

use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wharfinger::matching::{NameStrength, Party, compare};
use wharfinger::normalise::Name;
use wharfinger::vocab::EntityKind;
use wharfinger_bench::{Dice, Edit, Model, edited};

const PAIRS: usize = 1_000;

fn party(name: Name) -> Party {
    Party {
        names: vec![(name, NameStrength::Primary)],
        kind: EntityKind::Organisation,
        countries: vec![],
        identifiers: vec![],
    }
}

/// A name, and a variant of it or another name, in turn.
fn pairs() -> Vec<(String, String)> {
    let (model, mut dice) = (Model::built_in(), Dice::new(2));
    let edits = Edit::ALL.into_iter().cycle().zip([true, false].into_iter().cycle());
    edits
        .take(PAIRS)
        .map(|(edit, variant)| {
            let name = model.name(&mut dice);
            let other = if variant { edited(&name, edit, &mut dice).0 } else { model.name(&mut dice) };
            (other, name)
        })
        .collect()
}

fn score(c: &mut Criterion) {
    let texts = pairs();
    let parties: Vec<(Party, Party)> = texts
        .iter()
        .map(|(subject, entry)| {
            let kind = EntityKind::Organisation;
            (party(Name::subject(subject, kind)), party(Name::entry(entry, kind)))
        })
        .collect();
    let alike =
        |pairs: &[(Party, Party)]| pairs.iter().filter(|(a, b)| compare(a, b).score.value() >= 0.5).count();
    let found = alike(&parties);
    assert!((PAIRS / 3..=PAIRS / 2 + PAIRS / 10).contains(&found), "{found} of {PAIRS} pairs are alike");
    let whole =
        |texts: &[(String, String)]| texts.iter().map(|(a, b)| strsim::jaro_winkler(a, b)).sum::<f64>();

    let start = Instant::now();
    std::hint::black_box(whole(&texts));
    let bare = start.elapsed();
    let start = Instant::now();
    alike(&parties);
    println!(
        "a pair costs {:.1} times a Jaro-Winkler of the strings",
        start.elapsed().div_duration_f64(bare)
    );

    let mut group = c.benchmark_group("score");
    group.throughput(Throughput::Elements(PAIRS as u64)).sample_size(20);
    group.bench_function("jaro-winkler of the strings", |b| b.iter(|| whole(&texts)));
    group.bench_function("compare", |b| b.iter(|| alike(&parties)));
    group.finish();
}

criterion_group!(benches, score);
criterion_main!(benches);
