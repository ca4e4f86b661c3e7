//! Two names, a line each, below a byte for their kinds: compared both ways; a search finds what a comparison scores.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wharfinger::index::{Index, Scratch};
use wharfinger::matching::{NameStrength, Party, Score, compare};
use wharfinger::normalise::Name;
use wharfinger::vocab::EntityKind;

fuzz_target!(|data: &[u8]| {
    let Some((kinds, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let (left, right) = text.split_once('\n').unwrap_or((&text, ""));
    let kind = |bit: u8| if kinds & bit == 0 { EntityKind::Organisation } else { EntityKind::Person };
    let party = |name: Name, kind| Party {
        names: vec![(name, NameStrength::Primary)],
        kind,
        countries: Vec::new(),
        identifiers: Vec::new(),
    };
    let subject = party(Name::subject(left, kind(1)), kind(1));
    let entry = party(Name::entry(right, kind(2)), kind(2));
    let found = compare(&subject, &entry);
    assert!((0.0..=1.0).contains(&found.score.value()) && !found.why.is_empty());
    assert_eq!(compare(&subject, &entry), found, "the same pair, the same answer");
    let back =
        compare(&party(Name::subject(right, kind(2)), kind(2)), &party(Name::entry(left, kind(1)), kind(1)));
    assert!((0.0..=1.0).contains(&back.score.value()) && !back.why.is_empty());
    let entries = [entry];
    let index = Index::build(&entries);
    for min in [0.05, 0.3, 0.7].map(Score::new) {
        let searched = index.search(&subject, min, &mut Scratch::default(), &entries[..]);
        let expected: Vec<_> = (found.score >= min).then(|| (0, found.clone())).into_iter().collect();
        assert_eq!(searched, expected, "a search finds what a comparison scores");
    }
});
