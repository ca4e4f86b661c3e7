//! The UN Security Council consolidated list: XML, root `CONSOLIDATED_LIST`.
//!
//! Individuals' aliases have a quality (Good, Low); entities' have `a.k.a.` and `f.k.a.` in the same element; hundreds are empty.
//! Company numbers stand inside `COMMENTS1`.
//!
//! Source: sc-sanctions.xsd; files of 2024 and 2026.

use super::draft::{Builder, add_country, add_identifier, blank};
use super::text::{Order, date};
use super::xml::{Element, Elements, Item};
use super::{ImportError, Official, Options, Read, Source, Usual, grounds, identifiers};
use crate::vocab::{Authority, EntityKind, Ground, Proof};
use crate::watchlist::Entry;

const UN: Official = Official {
    title: "UN Security Council consolidated list",
    publisher: "United Nations Security Council",
    jurisdiction: "UN",
    authority: Authority::C,
    proof: Proof::AdministrativeFinal,
    ground: Ground::Other,
    measure: "asset freeze",
    url: "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
    licence: "United Nations, free use with source",
    max_age_days: 30,
    usual: Some(Usual { entries: 1003, when: "February 2026" }),
};

pub(super) fn read(source: &Source, _options: &Options) -> Result<Read, ImportError> {
    let text = source.text();
    let mut elements = Elements::new(&text, &["INDIVIDUAL", "ENTITY"]);
    let mut builder = Builder::default();
    let mut published = None;
    while let Some(item) = elements.next().map_err(|what| source.damaged(what))? {
        match item {
            Item::Whole(element) => builder.add(entry(&element)),
            Item::Open(element) if element.name == "CONSOLIDATED_LIST" => {
                published = date(element.attribute("dateGenerated"), Order::DayFirst);
            }
            Item::Open(_) => {}
        }
    }
    let what = "UN Security Council consolidated list (XML)".to_owned();
    Ok(Read {
        builder,
        facts: UN.facts(published),
        slug: "un-sc".to_owned(),
        what,
        remarks: Vec::new(),
        usual: UN.usual,
    })
}

fn entry(element: &Element) -> Entry {
    let is_person = element.name == "INDIVIDUAL";
    let kind = if is_person { EntityKind::Person } else { EntityKind::Organisation };
    let names = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map(|part| element.text(part));
    let list = element.text("UN_LIST_TYPE");
    let reference = element.text("REFERENCE_NUMBER");
    let id = if reference.is_empty() { element.text("DATAID") } else { reference };
    let whole = names.join(" ");
    // Some entities are listed under two names in one element: `A (AB) ; B (BC)`.
    let mut listed = whole.split(';');
    let mut entry = blank(id, listed.next().unwrap_or_default(), kind, grounds::of("un", [list]));
    entry.aliases = listed.map(str::to_owned).collect();
    "asset freeze".clone_into(&mut entry.measure);
    UN.url.clone_into(&mut entry.source_url);
    entry.listed_on = date(element.text("LISTED_ON"), Order::DayFirst);
    entry.note = format!("Regime: {list}. UN reference {reference}");
    entry.aliases.push(element.text("NAME_ORIGINAL_SCRIPT").to_owned());
    for alias in element.children("INDIVIDUAL_ALIAS").chain(element.children("ENTITY_ALIAS")) {
        let name = alias.text("ALIAS_NAME").to_owned();
        if alias.text("QUALITY").eq_ignore_ascii_case("low") {
            entry.weak_aliases.push(name);
        } else {
            entry.aliases.push(name);
        }
    }
    for address in element.children("INDIVIDUAL_ADDRESS").chain(element.children("ENTITY_ADDRESS")) {
        add_country(&mut entry, address.text("COUNTRY"));
    }
    for nationality in element.children("NATIONALITY").flat_map(|all| all.children("VALUE")) {
        add_country(&mut entry, nationality.own_text());
    }
    if !is_person {
        let comments = element.text("COMMENTS1");
        for identifier in identifiers::in_free_text(comments, entry.countries.first().copied()) {
            add_identifier(&mut entry, Some(identifier));
        }
    }
    entry
}
