//! OFAC's legacy XML (`SDN.XML`, `CONSOLIDATED.XML`): root `sdnList`.
//!
//! The namespace differs by age, so only local names are read. `Record_Count` is a check. `idList` is a mixed bag of numbers and
//! notes: only the labels that [`identifiers`] knows are taken.
//!
//! Source: OFAC, sdn.xsd; files of 2021 to 2025.

use super::draft::{Builder, add_country, add_identifier, blank};
use super::text::{Order, date};
use super::xml::{Element, Elements, Item};
use super::{ImportError, Options, Read, Source, grounds, identifiers, ofac_csv};
use crate::country;
use crate::vocab::EntityKind;
use crate::watchlist::{Entry, PartialDate};

pub(super) fn read(source: &Source, _options: &Options) -> Result<Read, ImportError> {
    let text = source.text();
    let mut elements = Elements::new(&text, &["publshInformation", "sdnEntry"]);
    let mut builder = Builder::default();
    let mut published = None;
    let mut count = None;
    let mut non_sdn = 0_usize;
    while let Some(item) = elements.next().map_err(|what| source.damaged(what))? {
        match item {
            Item::Whole(element) if element.name == "sdnEntry" => {
                let entry = entry(&element);
                non_sdn += usize::from(
                    entry.note.contains("NS-")
                        || entry.note.contains("CMIC")
                        || entry.note.contains("EO13662"),
                );
                builder.add(entry);
            }
            Item::Whole(element) => {
                published = date(element.text("Publish_Date"), Order::MonthFirst);
                count = element.text("Record_Count").replace(',', "").parse::<usize>().ok();
            }
            Item::Open(_) => {}
        }
    }
    if let Some(count) = count.filter(|count| *count != builder.at_source) {
        let what = format!("it says that it has {count} records and holds {}", builder.at_source);
        return Err(source.damaged(what));
    }
    let non_sdn = non_sdn * 2 > builder.at_source;
    let (official, slug) =
        if non_sdn { (&ofac_csv::NON_SDN, "us-ofac-consolidated") } else { (&ofac_csv::SDN, "us-ofac-sdn") };
    Ok(Read {
        builder,
        facts: official.facts(published),
        slug: slug.to_owned(),
        what: format!("{} (legacy XML)", official.title),
        remarks: Vec::new(),
        usual: official.usual,
    })
}

fn entry(element: &Element) -> Entry {
    let uid = element.text("uid");
    let id = format!("ofac-{uid}");
    let programmes: Vec<String> = element
        .all("program")
        .into_iter()
        .map(|p| p.own_text().to_owned())
        .filter(|p| !p.is_empty())
        .collect();
    let kind = ofac_csv::kind_of(element.text("sdnType"));
    let ground =
        grounds::checked(&id).unwrap_or_else(|| grounds::of("ofac", programmes.iter().map(String::as_str)));
    let mut entry = blank(id, full_name(element), kind, ground);
    "blocking".clone_into(&mut entry.measure);
    entry.source_url = ofac_csv::details_url(uid);
    entry.note = ofac_csv::programme_note(&programmes);
    for aka in element.all("aka") {
        let name = full_name(aka);
        if aka.text("category").eq_ignore_ascii_case("weak") {
            entry.weak_aliases.push(name);
        } else {
            entry.aliases.push(name);
        }
    }
    for place in ["address", "nationality", "citizenship"] {
        for address in element.all(place) {
            add_country(&mut entry, address.text("country"));
        }
    }
    for vessel in element.children("vesselInfo") {
        add_country(&mut entry, vessel.text("vesselFlag"));
        if !vessel.text("vesselOwner").is_empty() {
            entry.note = format!("{}. Owner: {}", entry.note, vessel.text("vesselOwner"));
        }
    }
    for id in element.all("id") {
        read_id(&mut entry, id);
    }
    ofac_csv::read_remarks(&mut entry, element.text("remarks"));
    entry
}

/// One of `idList`: a number of the body, or the day of listing that only some programmes give.
fn read_id(entry: &mut Entry, id: &Element) {
    let (label, value) = (id.text("idType"), id.text("idNumber"));
    if label.starts_with("Listing Date") {
        let listed: Option<PartialDate> = date(value, Order::MonthFirst);
        entry.listed_on = entry.listed_on.into_iter().chain(listed).min();
    } else if entry.kind != EntityKind::Person {
        add_identifier(entry, identifiers::labelled(label, value, country::by_name(id.text("idCountry"))));
    }
}

/// A firm's name is all in `lastName`; a person's is `SURNAME, Given`, as in the CSV files.
fn full_name(element: &Element) -> String {
    match (element.text("lastName"), element.text("firstName")) {
        (last, "") => last.to_owned(),
        ("", first) => first.to_owned(),
        (last, first) => format!("{last}, {first}"),
    }
}
