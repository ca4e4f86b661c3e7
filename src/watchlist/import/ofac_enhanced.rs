//! OFAC's enhanced XML (`SDN_ENHANCED.XML`, `CONS_ENHANCED.XML`, and searches exported from its site): root `sanctionsData`.
//!
//! It is the only OFAC format with listing dates and names in other scripts. A `filters` element means that the file is an export of part
//! of the list.
//!
//! Source: OFAC, `ENHANCED_XML.xsd`; a file of 2024.

use super::draft::{Builder, add_country, add_identifier, blank};
use super::text::{Order, date};
use super::xml::{Element, Elements, Item};
use super::{ImportError, Options, Read, Source, grounds, identifiers, ofac_csv};
use crate::country;
use crate::vocab::EntityKind;
use crate::watchlist::Entry;

pub(super) fn read(source: &Source, options: &Options) -> Result<Read, ImportError> {
    let text = source.text();
    let mut elements =
        Elements::new(&text, &["publicationInfo", "entity", "referenceValues", "featureTypes"]);
    let mut builder = Builder::default();
    let mut published = None;
    let mut filter = String::new();
    let mut has_sdn = false;
    while let Some(item) = elements.next().map_err(|what| source.damaged(what))? {
        match item {
            Item::Whole(element) if element.name == "entity" => {
                has_sdn |= element.all("sanctionsList").iter().any(|list| list.own_text().starts_with("SDN"));
                builder.add(entry(&element));
            }
            Item::Whole(element) if element.name == "publicationInfo" => {
                published = date(element.text("dataAsOf"), Order::MonthFirst);
                filter = element.child("filters").map(filter_of).unwrap_or_default();
            }
            _ => {}
        }
    }
    if !filter.is_empty() && !options.partial {
        return Err(ImportError::Filtered { file: source.name.clone(), filter });
    }
    let (official, slug) = if has_sdn || builder.at_source == 0 {
        (&ofac_csv::SDN, "us-ofac-sdn")
    } else {
        (&ofac_csv::NON_SDN, "us-ofac-consolidated")
    };
    let mut facts = official.facts(published);
    let mut remarks = Vec::new();
    if !filter.is_empty() {
        facts.complete = false;
        facts.missing = format!("everything outside the publisher's filter ({filter})");
        remarks.push(format!("only part of the list: the publisher's filter is {filter}"));
    }
    let what = format!("{} (enhanced XML)", official.title);
    Ok(Read { builder, facts, slug: slug.to_owned(), what, remarks, usual: official.usual })
}

/// The filter in words; a filter that names every list and nothing else leaves nothing out, but there is no telling.
fn filter_of(filters: &Element) -> String {
    let mut parts = Vec::new();
    for (element, word) in [
        ("sanctionsProgram", "programme"),
        ("sanctionsList", "list"),
        ("country", "country"),
        ("entityType", "type"),
    ] {
        let values: Vec<&str> = filters.all(element).into_iter().map(Element::own_text).collect();
        match values.as_slice() {
            [] => {}
            few if few.len() <= 3 => parts.push(format!("{word} {}", few.join(", "))),
            many => parts.push(format!("{} {word}s", many.len())),
        }
    }
    if parts.is_empty() { "one that it does not name".to_owned() } else { parts.join("; ") }
}

fn entry(element: &Element) -> Entry {
    let uid = element.attribute("id");
    let id = format!("ofac-{uid}");
    let kind = ofac_csv::kind_of(element.all("entityType").first().map_or("", |kind| kind.own_text()));
    let texts = |name: &str| -> Vec<String> {
        element.all(name).into_iter().map(|e| e.own_text().to_owned()).filter(|t| !t.is_empty()).collect()
    };
    let programmes = texts("sanctionsProgram");
    let ground =
        grounds::checked(&id).unwrap_or_else(|| grounds::of("ofac", programmes.iter().map(String::as_str)));
    let mut entry = blank(id, String::new(), kind, ground);
    entry.measure = texts("sanctionsType").join(", ").to_lowercase().replace("block", "blocking");
    entry.source_url = ofac_csv::details_url(uid);
    entry.note = ofac_csv::programme_note(&programmes);
    entry.listed_on = element
        .all("sanctionsList")
        .into_iter()
        .filter_map(|list| date(list.attribute("datePublished"), Order::MonthFirst))
        .min();
    for name in element.all("name") {
        read_name(&mut entry, name);
    }
    for address in element.children("addresses").flat_map(|all| all.children("address")) {
        add_country(&mut entry, address.text("country"));
    }
    read_features(&mut entry, element);
    for document in element.all("identityDocument") {
        if kind != EntityKind::Person {
            let country = country::by_name(document.text("issuingCountry"));
            let number = document.text("documentNumber");
            add_identifier(&mut entry, identifiers::labelled(document.text("type"), number, country));
        }
    }
    let links: Vec<String> = element
        .all("relatedEntity")
        .into_iter()
        .map(|other| other.own_text().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    if !links.is_empty() {
        entry.note = format!("{}. Linked to: {}", entry.note, links.join(", "));
    }
    entry
}

/// Every translation of a name, in whatever script.
fn read_name(entry: &mut Entry, name: &Element) {
    let is_primary = name.text("isPrimary") == "true";
    let is_weak = name.text("isLowQuality") == "true";
    for translation in name.all("translation") {
        let full = translation.text("formattedFullName").to_owned();
        if is_primary && entry.name.is_empty() {
            entry.name = full;
        } else if is_weak {
            entry.weak_aliases.push(full);
        } else {
            entry.aliases.push(full);
        }
    }
}

fn read_features(entry: &mut Entry, element: &Element) {
    for feature in element.all("feature") {
        let (label, value) = (feature.text("type"), feature.text("value"));
        if label.ends_with("Country") {
            add_country(entry, value);
        } else if entry.kind != EntityKind::Person {
            add_identifier(entry, identifiers::labelled(label, value, entry.countries.first().copied()));
        }
    }
}
