//! The UK Sanctions List as XML: root `Designations`.
//!
//! `Name6` holds the whole name of a firm and the surname of a person. A designation may have no primary name.
//!
//! Source: FCDO, "UK Sanctions List: format guide"; elements as published 2026.

use super::draft::Builder;
use super::text::{Order, clean, date};
use super::uk::{Designation, NameRow, UK, joined};
use super::xml::{Element, Elements, Item};
use super::{ImportError, Read, Source};

pub(super) fn read(source: &Source) -> Result<Read, ImportError> {
    let text = source.text();
    let mut elements = Elements::new(&text, &["Designation", "DateGenerated"]);
    let mut builder = Builder::default();
    let mut published = None;
    while let Some(item) = elements.next().map_err(|what| source.damaged(what))? {
        match item {
            Item::Whole(element) if element.name == "Designation" => {
                builder.add(designation(&element).finish());
            }
            Item::Whole(element) => published = date(element.own_text(), Order::DayFirst),
            Item::Open(_) => {}
        }
    }
    let what = "UK Sanctions List (XML)".to_owned();
    Ok(Read {
        builder,
        facts: UK.facts(published),
        slug: "uk-sanctions".to_owned(),
        what,
        remarks: Vec::new(),
        usual: UK.usual,
    })
}

fn designation(element: &Element) -> Designation {
    let text = |name: &str| clean(element.text(name));
    let mut found = Designation {
        id: text("UniqueID"),
        kind: text("IndividualEntityShip"),
        regime: text("RegimeName"),
        designated: text("DateDesignated"),
        by: text("DesignationSource"),
        sanctions: text("SanctionsImposed"),
        reasons: text("UKStatementofReasons"),
        ..Designation::default()
    };
    for name in element.all("Name") {
        found.name(NameRow {
            name: joined(
                &["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"].map(|part| clean(name.text(part))),
            ),
            kind: clean(name.text("NameType")),
            strength: clean(name.text("AliasStrength")),
        });
    }
    for name in element.all("NameNonLatinScript") {
        let name = clean(name.own_text());
        found.name(NameRow { name, kind: "alias".to_owned(), strength: String::new() });
    }
    for place in ["AddressCountry", "Nationality", "CurrentBelievedFlagOfShip"] {
        for country in element.all(place) {
            found.country(country.own_text());
        }
    }
    let texts = |name: &str| -> Vec<String> {
        element.all(name).into_iter().map(|e| clean(e.own_text())).filter(|t| !t.is_empty()).collect()
    };
    found.numbers = texts("BusinessRegistrationNumber");
    found.imo = texts("IMONumber");
    found
}
