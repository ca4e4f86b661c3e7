//! A screening for the tests of this room: four invented subjects under names that nobody bears, on two invented lists.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use smol_str::format_smolstr;
use thin_vec::thin_vec;

use super::{Format, ReportOptions, write};
use crate::ident::Identifier;
use crate::judge::decision::{DecisionNote, Fate};
use crate::judge::{Decision, Finding, Gone, NextStep, RuleId};
use crate::load::{Field, InputAccount, NotScreened, NotScreenedReason};
use crate::matching::{Evidence, Match, Score};
use crate::record::{Country, Currency, Exposure, Place, Spelling, Subject};
use crate::screen::{ListHealth, Screening};
use crate::vocab::{
    Affected, Authority, Band, Contradiction, EntityKind, Flag, Ground, ListingStatus, Outcome, Proof,
    ReasonCode, Relation, Scope, State, Track,
};
use crate::watchlist::fitness::Gate;
use crate::watchlist::{Entry, List, ListFacts, PartialDate};

/// The bytes of a screening in one format.
pub(super) fn bytes(screening: &Screening, format: Format, options: &ReportOptions) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(screening, format, options, &mut bytes).unwrap();
    bytes
}

/// The text of [`screening`] in one format.
pub(super) fn written(format: Format, options: &ReportOptions) -> String {
    String::from_utf8(bytes(&screening(), format, options)).unwrap()
}

/// A run that found a candidate of each sort.
pub(super) fn screening() -> Screening {
    let lists = vec![labour_list(), council_list()];
    let health = vec![
        ListHealth { list: 0, names: 5, fit: true, problems: vec![], gates: gates() },
        ListHealth {
            list: 1,
            names: 1,
            fit: true,
            problems: vec!["the copy is 400 days old".to_owned()],
            gates: gates(),
        },
    ];
    Screening {
        as_of: Date::constant(2026, 11, 24),
        inputs: vec![payments(), holdings()],
        lists,
        health,
        subjects: subjects(),
        findings: findings(),
        not_screened: not_screened(),
        policy_sha256: None,
        options: BTreeMap::from([("min-score".to_owned(), "0.5".to_owned())]),
        decisions: vec![DecisionNote {
            fate: Fate::Expired,
            finding_id: "f1".to_owned(),
            subject_name: "Tirriwick Polysilicon Hldgs".to_owned(),
            listed_name: "Tirriwick Polysilicon Holdings plc".to_owned(),
            text: "The decision ran out on 2026-10-31.".to_owned(),
        }],
        decisions_sha256: Some("ef".repeat(32)),
        gone: vec![Gone {
            finding_id: "f0".to_owned(),
            flag: Flag::Monitor,
            subject_name: "Quillhaven Hedges".to_owned(),
            list: "labour-list".to_owned(),
            entry_id: "L-9".to_owned(),
            listed_name: "Quillhaven Hedging Co., Ltd.".to_owned(),
        }],
        completed: true,
    }
}

/// A run of the same sort with at least `count` findings, of as many subjects.
pub(super) fn many(count: usize) -> Screening {
    let mut screening = screening();
    let (subjects, findings) = (screening.subjects.clone(), screening.findings.clone());
    for turn in 0.. {
        if screening.findings.len() >= count {
            break;
        }
        for finding in &findings {
            let mut subject = subjects[finding.subject].clone();
            subject.id = format_smolstr!("{}-{turn}", subject.id);
            let mut again = finding.clone();
            again.id = format!("{}{turn:015x}", finding.id);
            again.subject = screening.subjects.len();
            screening.subjects.push(subject);
            screening.findings.push(again);
        }
    }
    screening
}

/// Two gates, passed.
fn gates() -> Vec<(Gate, Option<String>)> {
    vec![(Gate::Age, None), (Gate::Size, None)]
}

/// A run that read nothing and compared it with nothing.
pub(super) fn empty() -> Screening {
    let mut screening = screening();
    screening.findings.clear();
    screening.subjects.clear();
    screening.inputs.clear();
    screening.lists.clear();
    screening.health.clear();
    screening.not_screened.clear();
    screening.decisions.clear();
    screening.gone.clear();
    screening.completed = false;
    screening
}

/// [`screening`] with `text` in every field that an input or a list can fill.
pub(super) fn hostile(text: &str) -> Screening {
    let mut screening = screening();
    let file: Arc<str> = Arc::from(text);
    let owned = || text.to_owned();
    for subject in &mut screening.subjects {
        (subject.id, subject.name, subject.category) = (text.into(), text.into(), Some(text.into()));
        subject.aliases = thin_vec![owned()];
        subject.identifiers = thin_vec![Identifier { scheme: owned(), value: owned() }];
        subject.first = Place { file: file.clone(), sheet: Some(file.clone()), record: 2, line: Some(2) };
        for spelling in &mut subject.spellings {
            (spelling.name, spelling.first.file) = (text.into(), file.clone());
        }
    }
    for list in &mut screening.lists {
        let facts = &mut list.facts;
        (list.slug, facts.title, facts.publisher, facts.jurisdiction) = (owned(), owned(), owned(), owned());
        (facts.measure, facts.url, facts.licence, facts.missing) = (owned(), owned(), owned(), owned());
        (facts.retrieved_on, facts.published_on) = (Some(owned()), Some(owned()));
        for entry in &mut list.entries {
            (entry.id, entry.name, entry.measure, entry.note, entry.source_url) =
                (owned(), owned(), owned(), owned(), owned());
            (entry.aliases, entry.weak_aliases, entry.products) =
                (thin_vec![owned()], thin_vec![owned()], thin_vec![owned()]);
            entry.identifiers = thin_vec![Identifier { scheme: owned(), value: owned() }];
        }
    }
    for finding in &mut screening.findings {
        (finding.id, finding.next_step.text, finding.state_reason) = (owned(), owned().into(), Some(owned()));
        let matched = &mut finding.matched;
        (matched.subject_name, matched.matched_name, matched.why) = (owned(), owned(), owned());
        for evidence in &mut matched.evidence {
            (evidence.subject, evidence.entry) = (text.into(), text.into());
        }
        if let Some(decision) = &mut finding.decision {
            (decision.reason, decision.decided_by, decision.checked_by) = (owned(), owned(), Some(owned()));
        }
    }
    for note in &mut screening.decisions {
        (note.finding_id, note.subject_name, note.listed_name, note.text) =
            (owned(), owned(), owned(), owned());
    }
    for gone in &mut screening.gone {
        (gone.finding_id, gone.subject_name, gone.list) = (owned(), owned(), owned());
        (gone.entry_id, gone.listed_name) = (owned(), owned());
    }
    for input in &mut screening.inputs {
        (input.path, input.format, input.encoding, input.sheet) =
            (owned(), owned(), Some(owned()), Some(owned()));
        input.columns.values_mut().for_each(|header| *header = owned());
        input.remarks = vec![owned()];
    }
    for some in &mut screening.not_screened {
        some.first.file = file.clone();
    }
    for health in &mut screening.health {
        health.problems = vec![owned()];
    }
    screening.options = BTreeMap::from([(owned(), owned())]);
    screening
}

fn place(file: &str, record: u64) -> Place {
    Place { file: Arc::from(file), sheet: None, record, line: Some(record) }
}

fn pounds(sum: &str) -> Exposure {
    let mut exposure = Exposure::default();
    assert!(exposure.add(sum.parse().unwrap(), Currency::GBP));
    exposure
}

fn subject(id: &str, track: Track, spellings: &[(&str, u64)], sum: &str, first: Place) -> Subject {
    Subject {
        id: id.into(),
        track,
        kind: EntityKind::Organisation,
        name: spellings[0].0.into(),
        spellings: spellings
            .iter()
            .map(|(name, rows)| Spelling { name: (*name).into(), rows: *rows, first: first.clone() })
            .collect(),
        aliases: thin_vec![],
        countries: thin_vec![],
        identifiers: thin_vec![],
        exposure: pounds(sum),
        rows: spellings.iter().map(|(_, rows)| rows).sum(),
        first,
        category: None,
        contract_end: None,
    }
}

fn subjects() -> Vec<Subject> {
    let spend = |record| place("payments.csv", record);
    let mut loomery = subject(
        "00012345",
        Track::Suppliers,
        &[("VORSTELLANK LOOMERY LTD", 3), ("Vorstellank Loomery Limited", 1)],
        "18250.40",
        spend(12),
    );
    loomery.countries = thin_vec![Country::from_code("GB").unwrap()];
    loomery.identifiers = thin_vec![Identifier { scheme: "gb-coh".to_owned(), value: "00012345".to_owned() }];
    loomery.category = Some("Uniforms and protective clothing".into());
    loomery.contract_end = Some(Date::constant(2027, 3, 31));
    vec![
        loomery,
        subject("s2", Track::Suppliers, &[("Quillhaven Brambleworks", 1)], "950", spend(40)),
        subject(
            "h1",
            Track::Holdings,
            &[("Tirriwick Polysilicon Hldgs", 1)],
            "1250000",
            place("holdings.xlsx", 7),
        ),
        subject("s4", Track::Suppliers, &[("Ummerlathe Catering", 2)], "77.10", spend(3)),
        subject("s5", Track::Suppliers, &[("Zephrindale Parks", 9)], "-12.00", spend(4)),
    ]
}

fn facts(title: &str, publisher: &str, authority: Authority, proof: Proof) -> ListFacts {
    ListFacts {
        title: title.to_owned(),
        publisher: publisher.to_owned(),
        jurisdiction: "US".to_owned(),
        authority,
        proof,
        default_ground: Ground::ForcedLabour,
        measure: String::new(),
        url: "https://example.org/list".to_owned(),
        licence: "public domain".to_owned(),
        retrieved_on: Some("2026-11-20".to_owned()),
        published_on: Some("2026-11-01".to_owned()),
        min_entries: 1,
        max_age_days: Some(120),
        critical: true,
        entries_at_source: Some(2),
        complete: true,
        missing: String::new(),
        format: String::new(),
        download: Vec::new(),
    }
}

fn entry(id: &str, name: &str, ground: Ground) -> Entry {
    Entry {
        id: id.to_owned(),
        name: name.to_owned(),
        aliases: thin_vec![],
        weak_aliases: thin_vec![],
        kind: EntityKind::Organisation,
        countries: thin_vec![Country::from_code("CN").unwrap()],
        identifiers: thin_vec![],
        ground,
        measure: "import ban".to_owned(),
        status: ListingStatus::Current,
        listed_on: PartialDate::parse("2022-06-21"),
        delisted_on: None,
        scope: Scope::Named,
        products: thin_vec![],
        affected: thin_vec![Affected::Workers],
        source_url: format!("https://example.org/list/{id}"),
        note: String::new(),
    }
}

fn labour_list() -> List {
    let mut loomery = entry("L-1", "Vorstellank Loomery Group Co., Ltd.", Ground::StateImposedForcedLabour);
    loomery.aliases = thin_vec!["Vorstellank Weaving".to_owned()];
    loomery.products = thin_vec!["cotton".to_owned(), "apparel".to_owned()];
    loomery.affected = thin_vec![Affected::Workers, Affected::Minorities];
    loomery.scope = Scope::AndSubsidiaries;
    loomery.note = "Listed for transferring workers between regions.".to_owned();
    let bramble = entry("L-2", "Quillhaven Brambles Co., Ltd.", Ground::ForcedLabour);
    List {
        slug: "labour-list".to_owned(),
        facts: facts(
            "Labour List of the Test Ministry",
            "Test Ministry of Labour",
            Authority::B,
            Proof::AdministrativeFinal,
        ),
        entries: vec![loomery, bramble],
        sha256: "ab".repeat(32),
        bundled: true,
    }
}

fn council_list() -> List {
    let mut facts = facts(
        "Exclusions of the Test Ethics Council",
        "Test Ethics Council",
        Authority::C,
        Proof::ReasonedOpinion,
    );
    facts.published_on = None;
    facts.complete = false;
    facts.missing = "entries added after June 2026".to_owned();
    facts.entries_at_source = Some(40);
    let mut silicon = entry("C-1", "Tirriwick Polysilicon Holdings plc", Ground::ForcedLabour);
    silicon.measure = "exclusion".to_owned();
    silicon.listed_on = PartialDate::parse("2021-03");
    List {
        slug: "council-list".to_owned(),
        facts,
        entries: vec![silicon],
        sha256: "cd".repeat(32),
        bundled: false,
    }
}

fn fact(kind: &'static str, subject: &str, entry: &str, weight: f64) -> Evidence {
    Evidence { kind, subject: subject.into(), entry: entry.into(), weight }
}

fn finding(id: &str, flag: Flag, step: &str, subject: usize, at: (usize, usize), matched: Match) -> Finding {
    Finding {
        id: id.to_owned(),
        state: State::New,
        state_reason: None,
        flag,
        next_step: NextStep { step: Some(2), text: step.to_owned().into() },
        subject,
        list: at.0,
        entry: at.1,
        matched,
        rules: vec![RuleId(1), RuleId(2)],
        decision: None,
    }
}

fn findings() -> Vec<Finding> {
    let silicon = Match {
        score: Score::new(0.9731),
        band: Band::Probable,
        relation: Relation::Same,
        subject_name: "Tirriwick Polysilicon Hldgs".to_owned(),
        matched_name: "Tirriwick Polysilicon Holdings plc".to_owned(),
        evidence: vec![
            fact("exact", "Tirriwick", "Tirriwick", 9.1),
            fact("exact", "Polysilicon", "Polysilicon", 6.2),
            fact("table", "Hldgs", "Holdings", 2.0),
            fact("form", "", "plc", 0.0),
        ],
        contradictions: vec![],
        why: "\"Tirriwick Polysilicon Hldgs\" agrees with the listed name \"Tirriwick Polysilicon Holdings plc\": \
              tirriwick and polysilicon are equal, hldgs stands for holdings."
            .to_owned(),
    };
    let loomery = Match {
        score: Score::new(0.9312),
        band: Band::Contradicted,
        relation: Relation::Same,
        subject_name: "VORSTELLANK LOOMERY LTD".to_owned(),
        matched_name: "Vorstellank Loomery Group Co., Ltd.".to_owned(),
        evidence: vec![
            fact("exact", "VORSTELLANK", "Vorstellank", 9.8),
            fact("exact", "LOOMERY", "Loomery", 7.7),
            fact("missing", "", "Group", -0.4),
            fact("form", "LTD", "Co., Ltd.", 0.0),
            fact("country", "GB", "CN", -1.5),
        ],
        contradictions: vec![Contradiction::Country],
        why: "\"VORSTELLANK LOOMERY LTD\" agrees with the listed name \"Vorstellank Loomery Group Co., Ltd.\": \
              vorstellank and loomery are equal; group is missing; the countries differ (GB, CN)."
            .to_owned(),
    };
    let bramble = Match {
        score: Score::new(0.61),
        band: Band::Possible,
        relation: Relation::Unknown,
        subject_name: "Quillhaven Brambleworks".to_owned(),
        matched_name: "Quillhaven Brambles Co., Ltd.".to_owned(),
        evidence: vec![
            fact("exact", "Quillhaven", "Quillhaven", 9.9),
            fact("typo", "Brambleworks", "Brambles", -2.0),
            fact("form", "", "Co., Ltd.", 0.0),
        ],
        contradictions: vec![],
        why: "\"Quillhaven Brambleworks\" shares quillhaven with the listed name \"Quillhaven Brambles Co., Ltd.\"; \
              brambleworks and brambles differ."
            .to_owned(),
    };
    let mut bramble = finding("f3", Flag::DueDiligence, "confirm identity", 1, (0, 1), bramble);
    bramble.state = State::Changed;
    bramble.state_reason = Some("the entry gained an alias".to_owned());
    bramble.decision = Some(Box::new(Decision {
        outcome: Outcome::CannotTell,
        reason_code: ReasonCode::Other,
        reason: "asked the supplier for its owners".to_owned(),
        decided_by: "reviewer-1".to_owned(),
        checked_by: None,
        on_record: crate::judge::OnRecord::default(),
        decided_on: Date::constant(2026, 10, 1),
        review_by: Date::constant(2027, 1, 31),
    }));
    vec![
        finding("f1", Flag::Divest, "confirm identity", 2, (1, 0), silicon),
        finding("f2", Flag::Exclude, "confirm identity", 0, (0, 0), loomery),
        bramble,
    ]
}

fn payments() -> InputAccount {
    InputAccount {
        path: "payments.csv".to_owned(),
        sha256: "12".repeat(32),
        kind: Track::Suppliers,
        format: "csv".to_owned(),
        encoding: Some("windows-1252".to_owned()),
        delimiter: Some(','),
        sheet: None,
        header_record: 2,
        columns: BTreeMap::from([(Field::Name, "Supplier".to_owned()), (Field::Amount, "Net £".to_owned())]),
        records_read: 24,
        screened: 16,
        persons: 2,
        redacted: 4,
        blank_or_total: 1,
        rejected: 1,
        distinct_names: 7,
        amount_total: Some("20215.50".parse().unwrap()),
        remarks: vec!["the header is in record 2".to_owned()],
    }
}

fn holdings() -> InputAccount {
    InputAccount {
        path: "holdings.xlsx".to_owned(),
        sha256: "34".repeat(32),
        kind: Track::Holdings,
        format: "xlsx".to_owned(),
        encoding: None,
        delimiter: None,
        sheet: Some("Equities".to_owned()),
        header_record: 1,
        columns: BTreeMap::from([(Field::Name, "Issuer".to_owned())]),
        records_read: 1,
        screened: 1,
        persons: 0,
        redacted: 0,
        blank_or_total: 0,
        rejected: 0,
        distinct_names: 1,
        amount_total: None,
        remarks: vec![],
    }
}

fn not_screened() -> Vec<NotScreened> {
    let some = |reason, rows, sum, record| NotScreened {
        reason,
        rows,
        exposure: pounds(sum),
        first: place("payments.csv", record),
    };
    vec![
        some(NotScreenedReason::Redacted, 4, "1500", 5),
        some(NotScreenedReason::Person, 2, "200", 9),
        some(NotScreenedReason::BlankOrTotal, 1, "0", 26),
        some(NotScreenedReason::Rejected, 1, "0", 20),
    ]
}
