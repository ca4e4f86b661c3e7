//! Made-up parties and lists for the tests of this room; nobody bears these names.

use std::sync::Arc;

use rust_decimal::Decimal;
use thin_vec::{ThinVec, thin_vec};

use crate::ident::Identifier;
use crate::judge::decision::{
    Content, EarlierEntry, EarlierFinding, EarlierReport, EarlierRun, EarlierSpelling, EarlierSubject, Record,
};
use crate::judge::{Decision, Finding, OnRecord};
use crate::matching::{Match, Score};
use crate::record::{Country, Currency, Exposure, Place, Spelling, Subject};
use crate::vocab::{
    Authority, Band, EntityKind, Ground, ListingStatus, Outcome, Proof, ReasonCode, Relation, Scope, Track,
};
use crate::watchlist::{Entry, List, ListFacts, PartialDate};

pub(crate) fn date(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

pub(crate) fn identifier(scheme: &str, value: &str) -> Identifier {
    Identifier { scheme: scheme.to_owned(), value: value.to_owned() }
}

pub(crate) fn subject(name: &str) -> Subject {
    let first = Place { file: Arc::from("paid.csv"), sheet: None, record: 2, line: Some(2) };
    let mut exposure = Exposure::default();
    assert!(exposure.add(Decimal::from(1000), Currency::GBP));
    Subject {
        id: name.to_lowercase().into(),
        track: Track::Suppliers,
        kind: EntityKind::Organisation,
        name: name.into(),
        spellings: thin_vec![Spelling { name: name.into(), rows: 1, first: first.clone() }],
        aliases: ThinVec::new(),
        countries: ThinVec::new(),
        identifiers: ThinVec::new(),
        exposure,
        rows: 1,
        first,
        category: None,
        contract_end: None,
    }
}

pub(crate) fn entry(id: &str, name: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        name: name.to_owned(),
        aliases: ThinVec::new(),
        weak_aliases: ThinVec::new(),
        kind: EntityKind::Organisation,
        countries: thin_vec![Country::from_code("CN").unwrap()],
        identifiers: ThinVec::new(),
        ground: Ground::ForcedLabour,
        measure: String::new(),
        status: ListingStatus::Current,
        listed_on: PartialDate::parse("2024-03-01"),
        delisted_on: None,
        scope: Scope::Named,
        products: ThinVec::new(),
        affected: ThinVec::new(),
        source_url: String::new(),
        note: String::new(),
    }
}

pub(crate) fn facts(authority: Authority, proof: Proof) -> ListFacts {
    ListFacts {
        title: "A list".to_owned(),
        publisher: "A publisher".to_owned(),
        jurisdiction: "US".to_owned(),
        authority,
        proof,
        default_ground: Ground::ForcedLabour,
        measure: String::new(),
        url: String::new(),
        licence: String::new(),
        retrieved_on: None,
        published_on: None,
        min_entries: 0,
        max_age_days: None,
        critical: false,
        entries_at_source: None,
        complete: true,
        missing: String::new(),
        format: String::new(),
        download: Vec::new(),
    }
}

pub(crate) fn list(slug: &str, facts: ListFacts, entries: Vec<Entry>) -> List {
    List { slug: slug.to_owned(), facts, entries, sha256: String::new(), bundled: false }
}

pub(crate) fn matched(subject: &str, entry: &str, band: Band) -> Match {
    Match {
        score: Score::new(0.9),
        band,
        relation: Relation::Same,
        subject_name: subject.to_owned(),
        matched_name: entry.to_owned(),
        evidence: Vec::new(),
        contradictions: Vec::new(),
        why: format!("`{subject}` agrees with the listed name `{entry}`"),
    }
}

pub(crate) fn decision(outcome: Outcome, reason: &str) -> Decision {
    Decision {
        outcome,
        reason_code: ReasonCode::Other,
        reason: reason.to_owned(),
        decided_by: "A. Clerk".to_owned(),
        checked_by: None,
        decided_on: date("2026-10-01"),
        review_by: date("2027-03-31"),
        on_record: OnRecord::default(),
    }
}

pub(crate) fn record(finding_id: &str, reason: &str) -> Record {
    let (subject, entry) = (subject("Northgate Textiles Ltd"), entry("e1", "Northgate Textiles"));
    Record {
        finding_id: finding_id.to_owned(),
        list: "xx-list".to_owned(),
        entry_id: "e1".to_owned(),
        subject_name: subject.name.to_string(),
        listed_name: entry.name.clone(),
        content: Content::of(&subject, &entry, Relation::Same),
        policy_sha256: None,
        decision: decision(Outcome::NotSame, reason),
    }
}

/// The report that an earlier run with these findings wrote.
pub(crate) fn report(
    findings: &[Finding],
    subjects: &[Subject],
    lists: &[List],
    as_of: &str,
) -> EarlierReport {
    let findings = findings.iter().map(|f| reported(f, &subjects[f.subject], &lists[f.list])).collect();
    EarlierReport {
        run: EarlierRun { as_of: date(as_of), policy_sha256: None, watchlists: Vec::new() },
        findings,
    }
}

fn reported(finding: &Finding, subject: &Subject, list: &List) -> EarlierFinding {
    let entry = &list.entries[finding.entry];
    let numbers = |items: &[Identifier]| items.iter().map(ToString::to_string).collect();
    let codes = |items: &[Country]| items.iter().map(ToString::to_string).collect();
    let decision = finding.decision.as_ref();
    EarlierFinding {
        finding_id: finding.id.clone(),
        flag: finding.flag,
        track: subject.track,
        subject_name: subject.name.to_string(),
        subject_country: codes(&subject.countries),
        list: list.slug.clone(),
        entry_id: entry.id.clone(),
        listed_name: entry.name.clone(),
        listed_country: codes(&entry.countries),
        ground: entry.ground,
        status: entry.status,
        band: finding.matched.band,
        relation: finding.matched.relation,
        decision: decision.map(|d| d.outcome),
        decided_by: decision.map(|d| d.decided_by.clone()),
        decided_on: decision.map(|d| d.decided_on),
        decision_reason: decision.map(|d| format!("{}: {}", d.reason_code, d.reason)),
        review_by: decision.map(|d| d.review_by),
        checked_by: decision.and_then(|d| d.checked_by.clone()),
        subject: EarlierSubject {
            spellings: vec![EarlierSpelling { name: subject.name.to_string() }],
            aliases: subject.aliases.to_vec(),
            identifiers: numbers(&subject.identifiers),
        },
        entry: EarlierEntry {
            aliases: entry.aliases.to_vec(),
            weak_aliases: entry.weak_aliases.to_vec(),
            identifiers: numbers(&entry.identifiers),
        },
    }
}
