//! Writes `docs/rules.md` and `docs/ladder.md` from the table and the ladder; tests keep both fresh.
//!
//! `WRITE_DOCS=1 cargo test --lib judge::manual` writes them anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use crate::judge::rules::{RULES, Reads};
use crate::judge::{Case, Decided, decide};
use crate::vocab::{Authority, Band, Ground, ListingStatus, Proof, Relation};

fn keep_fresh(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("WRITE_DOCS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == text, "{path} is stale: run `WRITE_DOCS=1 cargo test --lib judge::manual`");
}

#[test]
fn the_manual_of_the_rules_is_fresh() {
    let mut text = String::from(
        "# Rules\n\n\
         <!-- Written from the table in src/judge/rules.rs; do not edit. -->\n\n\
         Each finding has two readings. The *flag* says where it leads if the identity is confirmed; the *next step* says what to do now.\n\
         A source has a [ceiling](ladder.md); the rules below lower it, and every rule that fired is printed with the finding.\n\
         None of this is legal advice: it is how the program orders work for the people who decide.\n",
    );
    for rule in RULES {
        let reads = match rule.reads {
            Reads::Both => "flag and next step",
            Reads::NextStep => "next step only",
        };
        write!(
            text,
            "\n## {}: {}\n\n*Changes the {reads}.*\n\n**What it does.** {}\n\n**Why.** {}\n\n**When it does not apply.** {}\n\n**Example.** {}\n",
            rule.id, rule.title, rule.what, rule.why, rule.not_when, rule.example
        )
        .unwrap();
    }
    keep_fresh("docs/rules.md", &text);
}

#[test]
fn every_rule_is_told_in_full_and_in_order() {
    for (index, rule) in RULES.iter().enumerate() {
        assert_eq!(usize::from(rule.id.0), index + 1);
        for part in [rule.title, rule.what, rule.why, rule.not_when, rule.example] {
            assert!(part.len() > 8, "{}", rule.id);
        }
    }
    assert_eq!(RULES.len(), 16);
}

/// A current listing of the party itself, dated within five years, in a fit run.
fn case(
    ground: Ground,
    authority: Authority,
    proof: Proof,
    band: Band,
    investment: bool,
    decided: Decided,
) -> Case {
    Case {
        investment,
        ground,
        in_scope: ground.is_human_rights(),
        authority,
        proof,
        status: ListingStatus::Current,
        place_or_product: false,
        other_kind: false,
        relation: Relation::Same,
        band,
        second_fact: band <= Band::Strong,
        uk_sanctions: authority == Authority::A1,
        dated_within_five_years: true,
        second_abc_source: false,
        second_de_source: false,
        pooled: true,
        fit: true,
        decided,
    }
}

const ON_RECORD: Decided = Decided {
    same: true,
    dismissed: false,
    four_eyes: true,
    severity: Some(3),
    ownership: true,
    evidence: false,
    representations: true,
    both_tests: true,
};

fn told(case: &Case) -> String {
    let judgement = decide(case, "the pool");
    let step = judgement.next_step.step.map_or_else(|| "L".to_owned(), |step| step.to_string());
    let rules: Vec<String> = judgement.rules.iter().map(ToString::to_string).collect();
    let rules = if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(" ")) };
    format!("{} → {step} {}{rules}", judgement.flag, judgement.next_step.text)
}

/// One cell of the table: each outcome with the bands that it holds for.
fn by_band(tell: impl Fn(Band) -> String) -> String {
    let mut outcomes: Vec<(String, Vec<&str>)> = Vec::new();
    for band in Band::ALL {
        let outcome = tell(*band);
        match outcomes.iter_mut().find(|(other, _)| *other == outcome) {
            Some((_, bands)) => bands.push(band.as_str()),
            None => outcomes.push((outcome, vec![band.as_str()])),
        }
    }
    match outcomes.as_slice() {
        [(outcome, _)] => outcome.clone(),
        _ => outcomes
            .iter()
            .map(|(o, bands)| format!("{}: {o}", bands.join(", ")))
            .collect::<Vec<_>>()
            .join("<br>"),
    }
}

/// The rows of one ground: authority, proofs and the four cells.
fn rows(ground: Ground) -> Vec<(Authority, Vec<Proof>, [String; 4])> {
    let mut rows: Vec<(Authority, Vec<Proof>, [String; 4])> = Vec::new();
    for authority in Authority::ALL.iter().copied() {
        for proof in Proof::ALL.iter().copied() {
            let cell = |investment, decided| {
                by_band(|band| told(&case(ground, authority, proof, band, investment, decided)))
            };
            let cells = [
                cell(false, Decided::default()),
                cell(false, ON_RECORD),
                cell(true, Decided::default()),
                cell(true, ON_RECORD),
            ];
            match rows.iter_mut().find(|(other, _, same)| *other == authority && *same == cells) {
                Some((_, proofs, _)) => proofs.push(proof),
                None => rows.push((authority, vec![proof], cells)),
            }
        }
    }
    rows
}

#[test]
fn the_table_of_all_combinations_is_fresh() {
    let mut groups: BTreeMap<String, Vec<Ground>> = BTreeMap::new();
    for ground in Ground::ALL.iter().copied() {
        let mut table = String::from(
            "| authority | proof | supplier, first run | supplier, all on record | investment, first run | investment, all on record |\n|---|---|---|---|---|---|\n",
        );
        for (authority, proofs, [a, b, c, d]) in rows(ground) {
            let proofs = if proofs.len() == Proof::ALL.len() {
                "any".to_owned()
            } else {
                proofs.iter().map(|proof| proof.as_str()).collect::<Vec<_>>().join(", ")
            };
            writeln!(table, "| {authority} | {proofs} | {a} | {b} | {c} | {d} |").unwrap();
        }
        groups.entry(table).or_default().push(ground);
    }
    let combinations = Ground::ALL.len() * Authority::ALL.len() * Proof::ALL.len() * Band::ALL.len() * 2;
    let mut text = format!(
        "# The ladder: every combination\n\n\
         <!-- Written from src/judge/ladder.rs and caps.rs; do not edit. -->\n\n\
         All {combinations} combinations of ground, authority, proof, identity band and track, each judged by the program; those that come out\n\
         alike share a row. Read `exclude → 2 confirm identity (R01)` as: a candidate for exclusion if the identity is confirmed; now, step 2,\n\
         confirm the identity; rule R01 decided that. The listing is current, of the party itself, dated within five years, and no other source\n\
         says the same. *All on record* means that two people have confirmed the identity, and severity, representations and both investment\n\
         tests are recorded. The rules are in [rules.md](rules.md); `L` is the legal check. Authority A1 is shown for sanctions; a mandatory\n\
         debarment reads as A2 does. A second independent source of authority A to C, or evidence on file, lifts B with reasonable cause, and\n\
         a supplier's C, to what B with a final decision reads.\n"
    );
    let mut groups: Vec<(String, Vec<Ground>)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, grounds)| grounds.first().copied());
    for (table, grounds) in groups {
        let words: Vec<&str> = grounds.iter().map(|ground| ground.as_str()).collect();
        write!(text, "\n## {}\n\n{table}", words.join(", ")).unwrap();
    }
    keep_fresh("docs/ladder.md", &text);
}
