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

/// What the table says of one band: where it leads, the first run, all on record.
type Outcome = [String; 3];

/// A step in words, with the rules that decided it.
fn step(case: &Case) -> String {
    let judgement = decide(case, "the pool");
    let step = judgement.next_step.step.map_or_else(|| "L".to_owned(), |step| step.to_string());
    let rules: Vec<String> = judgement.rules.iter().map(ToString::to_string).collect();
    let rules = if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(" ")) };
    format!("{step}: {}{rules}", judgement.next_step.text)
}

fn outcome(ground: Ground, authority: Authority, proof: Proof, band: Band, investment: bool) -> Outcome {
    let case = |decided| case(ground, authority, proof, band, investment, decided);
    let (first, recorded) = (case(Decided::default()), case(ON_RECORD));
    let flags = [decide(&first, "").flag, decide(&recorded, "").flag];
    let flag = match flags {
        [first, recorded] if first == recorded => first.to_string(),
        [first, recorded] => format!("{first}; once confirmed {recorded}"),
    };
    [flag, step(&first), step(&recorded)]
}

/// The outcomes of one authority and proof, each with the bands that it holds for.
fn by_band(tell: impl Fn(Band) -> Outcome) -> Vec<(Vec<Band>, Outcome)> {
    let mut outcomes: Vec<(Vec<Band>, Outcome)> = Vec::new();
    for band in Band::ALL.iter().copied() {
        let told = tell(band);
        match outcomes.iter_mut().find(|(_, other)| *other == told) {
            Some((bands, _)) => bands.push(band),
            None => outcomes.push((vec![band], told)),
        }
    }
    outcomes
}

/// Bands that lead to one outcome.
type ByBand = Vec<(Vec<Band>, Outcome)>;

/// The table of one ground and track: what comes out alike shares a row.
fn table(ground: Ground, investment: bool) -> String {
    let mut groups: Vec<(Authority, Vec<Proof>, ByBand)> = Vec::new();
    for authority in Authority::ALL.iter().copied() {
        for proof in Proof::ALL.iter().copied() {
            let rows = by_band(|band| outcome(ground, authority, proof, band, investment));
            match groups.iter_mut().find(|(other, _, same)| *other == authority && *same == rows) {
                Some((_, proofs, _)) => proofs.push(proof),
                None => groups.push((authority, vec![proof], rows)),
            }
        }
    }
    let mut text = String::from(
        "| Who says so | How sure | Identity | Where it leads | Next step, first run | Next step, all on record |\n|---|---|---|---|---|---|\n",
    );
    for (authority, proofs, rows) in groups {
        let proofs = listed(&proofs, Proof::ALL.len(), Proof::as_str);
        for (bands, [flag, first, recorded]) in rows {
            let bands = listed(&bands, Band::ALL.len(), Band::as_str);
            let who = source(authority);
            writeln!(text, "| {who} | {proofs} | {bands} | {flag} | {first} | {recorded} |").unwrap();
        }
    }
    text
}

/// The words in plain spelling; `any` for all of them.
fn listed<T: Copy>(words: &[T], all: usize, word: impl Fn(T) -> &'static str) -> String {
    if words.len() == all {
        return "any".to_owned();
    }
    words.iter().map(|one| word(*one).replace('_', " ")).collect::<Vec<_>>().join(", ")
}

const fn source(authority: Authority) -> &'static str {
    match authority {
        Authority::A1 => "A1: UK sanctions",
        Authority::A2 => "A2: UK court, order or conviction",
        Authority::B => "B: foreign government or development bank",
        Authority::C => "C: UN, OECD or ethics council",
        Authority::D => "D: another investor",
        Authority::E => "E: campaigner, press, research",
        Authority::F => "F: the party itself, or silence",
    }
}

#[test]
fn the_table_of_all_combinations_is_fresh() {
    let mut groups: BTreeMap<String, Vec<Ground>> = BTreeMap::new();
    for ground in Ground::ALL.iter().copied() {
        let table = format!(
            "### Suppliers and contracts\n\n{}\n### Investments\n\n{}",
            table(ground, false),
            table(ground, true)
        );
        groups.entry(table).or_default().push(ground);
    }
    let combinations = Ground::ALL.len() * Authority::ALL.len() * Proof::ALL.len() * Band::ALL.len() * 2;
    let mut text = format!(
        "# The ladder: every combination\n\n\
         <!-- Written from src/judge/ladder.rs and caps.rs; do not edit. -->\n\n\
         All {combinations} combinations of ground, authority, proof, identity band and track, each judged by the program; those that come out\n\
         alike share a row. *Where it leads* is the flag, if the identity is confirmed. *Next step* is what to do now, from 0 to 6, with the\n\
         [rules](rules.md) that decided it; `L` is the legal check, beside the ladder. *All on record* means that two people have confirmed the\n\
         identity and that severity, representations and both investment tests are recorded.\n\n\
         The listing is current, of the party itself, dated within five years, and no other source says the same; what changes where one of\n\
         these is otherwise stands [at the end](#one-fact-changed). A strong match has a second agreeing fact, a probable one has none.\n"
    );
    let mut groups: Vec<(String, Vec<Ground>)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, grounds)| grounds.first().copied());
    for (table, grounds) in groups {
        let scope = if grounds[0].is_human_rights() { "Grounds in scope" } else { "Grounds out of scope" };
        let words = listed(&grounds, usize::MAX, Ground::as_str);
        write!(text, "\n## {scope}\n\n{words}.\n\n{table}").unwrap();
    }
    text.push_str(&one_fact_changed());
    keep_fresh("docs/ladder.md", &text);
}

/// A final decision of a foreign government against the party itself, all on record, and each fact that a rule asks for changed alone.
fn one_fact_changed() -> String {
    type Change = fn(&mut Case);
    let changes: &[(&str, Change)] = &[
        ("nothing changed", |_| ()),
        ("only the name agrees, and nobody has confirmed it", |c| {
            (c.band, c.second_fact, c.decided.same) = (Band::Probable, false, false);
        }),
        ("an identifier agrees, and nobody has confirmed it", |c| {
            (c.band, c.decided.same) = (Band::ConfirmedId, false);
        }),
        ("a peer says so", |c| c.authority = Authority::D),
        ("two peers say so", |c| (c.authority, c.second_de_source) = (Authority::D, true)),
        ("two peers say so, of harm assessed as 2", |c| {
            (c.authority, c.second_de_source, c.decided.severity) = (Authority::D, true, Some(2));
        }),
        ("the ground is out of scope", |c| c.in_scope = false),
        ("the listing has ended", |c| c.status = ListingStatus::Removed),
        ("the listing is under appeal", |c| c.status = ListingStatus::UnderAppeal),
        ("a region or product is listed, beside the party", |c| c.place_or_product = true),
        ("a parent is listed, the share not on record", |c| {
            (c.relation, c.decided.ownership) = (Relation::Parent, false);
        }),
        ("a parent is listed, the share on record", |c| c.relation = Relation::Parent),
        ("a fact disagrees, and nobody has confirmed the identity", |c| {
            (c.band, c.decided.same) = (Band::Contradicted, false);
        }),
        ("severity not assessed", |c| c.decided.severity = None),
        ("no event within five years", |c| c.dated_within_five_years = false),
        ("one person decided", |c| c.decided.four_eyes = false),
        ("neither representations nor tests on record", |c| {
            (c.decided.representations, c.decided.both_tests) = (false, false);
        }),
        ("not managed by a pool", |c| c.pooled = false),
        ("reasonable cause", |c| c.proof = Proof::ReasonableCause),
        ("reasonable cause, and a second source of authority A to C", |c| {
            (c.proof, c.second_abc_source) = (Proof::ReasonableCause, true);
        }),
        ("reasonable cause, and evidence on file", |c| {
            (c.proof, c.decided.evidence) = (Proof::ReasonableCause, true);
        }),
        ("mandatory debarment in the UK", |c| c.authority = Authority::A1),
        ("UK sanctions", |c| (c.authority, c.uk_sanctions) = (Authority::A1, true)),
        ("UK sanctions, dismissed by one", |c| {
            (c.authority, c.uk_sanctions) = (Authority::A1, true);
            (c.decided.same, c.decided.dismissed, c.decided.four_eyes) = (false, true, false);
        }),
        ("UK sanctions, dismissed by two", |c| {
            (c.authority, c.uk_sanctions) = (Authority::A1, true);
            (c.decided.same, c.decided.dismissed) = (false, true);
        }),
        ("dismissed", |c| (c.decided.same, c.decided.dismissed) = (false, true)),
        ("dismissed in a run that is not fit", |c| {
            (c.decided.same, c.decided.dismissed, c.fit) = (false, true, false);
        }),
    ];
    let mut text = String::from(
        "\n## One fact changed\n\n\
         A final decision of a foreign government against the party itself, a strong match, all on record; then one fact at a time is otherwise.\n\n\
         | What is otherwise | Supplier: where it leads | Supplier: next step | Investment: where it leads | Investment: next step |\n|---|---|---|---|---|\n",
    );
    for (what, change) in changes {
        let cells = [false, true].map(|investment| {
            let (ground, proof) = (Ground::ForcedLabour, Proof::AdministrativeFinal);
            let mut case = case(ground, Authority::B, proof, Band::Strong, investment, ON_RECORD);
            change(&mut case);
            format!("{} | {}", decide(&case, "the pool").flag, step(&case))
        });
        writeln!(text, "| {what} | {} |", cells.join(" | ")).unwrap();
    }
    text
}
