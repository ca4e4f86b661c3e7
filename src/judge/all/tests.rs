//! Judging all together says of each match what judging it alone, beside all others, would say.

use super::*;
use crate::judge::samples;
use crate::vocab::{Authority, Band, EntityKind, Flag, Ground, Proof, Relation, Track};
use crate::watchlist::ListFacts;

fn policy() -> Policy {
    let mut policy = Policy::default();
    policy.report.min_band = Some(Band::Possible);
    policy
}

/// Lists of every authority, two of them of one origin, each with parties, places and what is out of scope.
fn lists() -> Vec<List> {
    let facts = |authority, jurisdiction: &str, publisher: &str| ListFacts {
        jurisdiction: jurisdiction.to_owned(),
        publisher: publisher.to_owned(),
        ..samples::facts(authority, Proof::ReasonableCause)
    };
    let entries = || {
        vec![
            samples::entry("party", "Northgate Textiles"),
            Entry { kind: EntityKind::Region, ..samples::entry("region", "Northgate") },
            Entry { ground: Ground::Climate, ..samples::entry("climate", "Northgate Textiles") },
        ]
    };
    [
        ("a", facts(Authority::B, "US", "One agency")),
        ("b", facts(Authority::C, "us", "Another agency")),
        ("c", facts(Authority::B, "EU", "A third")),
        ("d", facts(Authority::D, "NO", "A fund")),
        ("e", facts(Authority::E, "NO", "A campaign")),
    ]
    .map(|(slug, facts)| samples::list(slug, facts, entries()))
    .to_vec()
}

/// One match for each part of a number: which entries, how well, and how they are related.
fn matches(mut seed: u64) -> Vec<Scored> {
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % below).unwrap()
    };
    let bands = [Band::Strong, Band::Probable, Band::Possible, Band::Weak, Band::Contradicted];
    let mut found = Vec::new();
    for subject in 0..2 {
        for list in 0..5 {
            for entry in 0..3 {
                if next(3) > 0 {
                    continue;
                }
                let mut matched = samples::matched("", "", bands[next(5)]);
                if next(4) == 0 {
                    matched.relation = Relation::ProductOrRegion;
                }
                found.push(Scored { subject, list, entry, matched });
            }
        }
    }
    found
}

/// What a match is said to be beside every other of its subject, one at a time.
fn alone(scored: &Scored, all: &[Scored], subjects: &[Subject], lists: &[List]) -> Option<Flag> {
    let place = |scored: &Scored| (scored.list, scored.entry);
    let listed = |scored: &Scored| (&lists[scored.list].facts, &lists[scored.list].entries[scored.entry]);
    let others: Vec<Source<'_>> = all
        .iter()
        .filter(|other| other.subject == scored.subject && place(other) != place(scored))
        .map(|other| Source { facts: listed(other).0, entry: listed(other).1, band: other.matched.band })
        .collect();
    let policy = policy();
    let judged = judge(&JudgeInput {
        subject: &subjects[scored.subject],
        facts: listed(scored).0,
        entry: listed(scored).1,
        matched: &scored.matched,
        decision: None,
        others: &others,
        policy: &policy,
        as_of: samples::date("2026-11-24"),
        fit: true,
    });
    judged.filter(|_| policy.reports(scored.matched.band)).map(|judgement| judgement.flag)
}

#[test]
fn all_others_count_though_only_the_telling_ones_are_looked_at() {
    let (lists, policy) = (lists(), policy());
    let subjects = [
        samples::subject("Northgate Textiles"),
        Subject { track: Track::Holdings, ..samples::subject("Northgate") },
    ];
    let mut flags = std::collections::BTreeSet::new();
    for seed in 0..2_000 {
        let matches = matches(seed);
        let judged =
            judge_all(matches.clone(), &subjects, &lists, &Terms::new(&policy, samples::date("2026-11-24")));
        for scored in &matches {
            let found = judged.findings.iter().find(|finding| {
                (finding.subject, finding.list, finding.entry) == (scored.subject, scored.list, scored.entry)
            });
            let flag = found.map(|finding| finding.flag);
            assert_eq!(flag, alone(scored, &matches, &subjects, &lists), "{seed}");
            flags.insert(flag.map(Flag::as_str));
        }
    }
    assert!(flags.len() > 4, "the cases differ: {flags:?}");
}

#[test]
fn blocks_are_cut_between_subjects_only() {
    let scored =
        |subject| Scored { subject, list: 0, entry: 0, matched: samples::matched("", "", Band::Strong) };
    let (many, few) = (BLOCK + 10, 10);
    let mixed = (0..few).map(|_| 3).chain((0..many).map(|_| 1)).chain((0..few).map(|_| 2));
    let found: Vec<Vec<usize>> = blocks(mixed.map(scored).collect())
        .iter()
        .map(|block| block.iter().map(|scored| scored.subject).collect())
        .collect();
    assert_eq!(found, [vec![1; many], [vec![2; few], vec![3; few]].concat()]);
    assert!(blocks(Vec::new()).is_empty());
}
