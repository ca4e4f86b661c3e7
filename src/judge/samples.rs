//! Made-up parties and lists for the tests of this room; nobody bears these names.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::ident::Identifier;
use crate::matching::{Match, Score};
use crate::record::{Country, Currency, Exposure, Place, Spelling, Subject};
use crate::vocab::{Authority, Band, EntityKind, Ground, ListingStatus, Proof, Relation, Scope, Track};
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
        id: name.to_lowercase(),
        track: Track::Suppliers,
        kind: EntityKind::Organisation,
        name: name.to_owned(),
        spellings: vec![Spelling { name: name.to_owned(), rows: 1, first: first.clone() }],
        aliases: Vec::new(),
        countries: Vec::new(),
        identifiers: Vec::new(),
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
        aliases: Vec::new(),
        weak_aliases: Vec::new(),
        kind: EntityKind::Organisation,
        countries: vec![Country::from_code("CN").unwrap()],
        identifiers: Vec::new(),
        ground: Ground::ForcedLabour,
        measure: String::new(),
        status: ListingStatus::Current,
        listed_on: PartialDate::parse("2024-03-01"),
        delisted_on: None,
        scope: Scope::Named,
        products: Vec::new(),
        affected: Vec::new(),
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
