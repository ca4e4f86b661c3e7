//! Pairs of names that must and must not come out as a match: one row of `tests/cases` is one case.

use std::path::Path;

use wharfinger::matching::{NameStrength, Party, Score, compare, weights};
use wharfinger::normalise::Name;
use wharfinger::vocab::EntityKind;

fn party(name: Name) -> Party {
    Party {
        names: vec![(name, NameStrength::Primary)],
        kind: EntityKind::Organisation,
        countries: Vec::new(),
        identifiers: Vec::new(),
    }
}

/// The rows whose score is not as it must be.
fn wrong(file: &str, is_right: impl Fn(Score) -> bool) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let mut rows = csv::Reader::from_path(path).unwrap();
    let mut wrong = Vec::new();
    for row in rows.records() {
        let row = row.unwrap();
        let subject = party(Name::subject(&row[1], EntityKind::Organisation));
        let entry = party(Name::entry(&row[2], EntityKind::Organisation));
        let found = compare(&subject, &entry);
        if !is_right(found.score) {
            wrong.push(format!("{} ({}): {} {}", &row[0], &row[3], found.score, found.why));
        }
    }
    wrong
}

#[test]
fn pairs_that_must_match_do() {
    let wrong = wrong("must_match.csv", |score| score >= weights::POSSIBLE);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pairs_that_must_not_match_do_not() {
    let wrong = wrong("must_not_match.csv", |score| score < weights::PROBABLE);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
