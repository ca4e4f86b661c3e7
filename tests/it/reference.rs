//! The frozen run: what the scorer says of real names, pair by pair. A change of the scorer shows here which pairs it moved.
//!
//! The pairs are the bundled lists' own: each alias against the name that it stands for, and each name against the next
//! entry's. Where a move is meant, write the table anew with `WRITE_REFERENCE=1 cargo test --test it reference` and read the
//! difference line by line.

use std::fmt::Write as _;

use wharfinger::matching::{Match, NameStrength, Party, compare};
use wharfinger::normalise::Name;
use wharfinger::vocab::EntityKind;
use wharfinger::watchlist::{Entry, bundled};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/reference.csv");

fn found(left: &str, right: &str) -> Match {
    let party = |name| Party {
        names: vec![(name, NameStrength::Primary)],
        kind: EntityKind::Organisation,
        countries: Vec::new(),
        identifiers: Vec::new(),
    };
    let kind = EntityKind::Organisation;
    compare(&party(Name::subject(left, kind)), &party(Name::entry(right, kind)))
}

/// One line for each pair: what it is, the two names, the score and the band.
fn run() -> Vec<String> {
    let mut out = vec!["list,pair,left,right,score,band".to_owned()];
    let mut note = |list: &str, pair: &str, left: &str, right: &str| {
        let found = found(left, right);
        let mut line = csv::Writer::from_writer(Vec::new());
        line.write_record([list, pair, left, right, &found.score.to_string(), found.band.as_str()]).unwrap();
        out.push(String::from_utf8(line.into_inner().unwrap()).unwrap().trim_end().to_owned());
    };
    for list in bundled() {
        let organisations: Vec<&Entry> =
            list.entries.iter().filter(|entry| entry.kind == EntityKind::Organisation).collect();
        for entry in &organisations {
            for alias in &entry.aliases {
                note(&list.slug, "alias", alias, &entry.name);
            }
        }
        for pair in organisations.windows(2).filter(|pair| pair[0].name != pair[1].name) {
            note(&list.slug, "neighbour", &pair[0].name, &pair[1].name);
        }
    }
    out
}

#[test]
fn no_pair_has_moved() {
    let now = run();
    if std::env::var_os("WRITE_REFERENCE").is_some() {
        std::fs::write(TABLE, now.join("\n") + "\n").unwrap();
        return;
    }
    let before = std::fs::read_to_string(TABLE).unwrap();
    let before: Vec<&str> = before.lines().collect();
    let mut moved = String::new();
    for (was, is) in before.iter().zip(&now).filter(|(was, is)| *was != is).take(40) {
        writeln!(moved, "was {was}\n is {is}").unwrap();
    }
    assert!(moved.is_empty(), "pairs that moved (the first forty):\n{moved}");
    assert_eq!(before.len(), now.len(), "the lists have other names than the table");
}
