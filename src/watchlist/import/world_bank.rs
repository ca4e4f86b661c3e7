//! World Bank Group: debarred and cross-debarred firms and individuals, as the JSON behind its page (`response.ZPROCSUPP`) or as a table.
//!
//! Names carry footnote marks (`*123`) and other names (`a.k.a.`, `f/k/a`); a debarment ends on a day or never. The ground is fraud or
//! corruption, which is out of scope unless a policy says otherwise.
//!
//! Source: worldbank.org, Procurement, Debarred Firms and Individuals; fields as read by public programs in 2026.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::draft::{Builder, add_country, blank};
use super::name_cell;
use super::source::Shape;
use super::table::Table;
use super::text::{Order, clean, date};
use super::{ImportError, Official, Options, Read, Source};
use crate::vocab::{Authority, EntityKind, Ground, ListingStatus, Proof};
use crate::watchlist::Entry;

const WORLD_BANK: Official = Official {
    title: "World Bank list of debarred firms and individuals",
    publisher: "World Bank Group",
    jurisdiction: "WB",
    authority: Authority::B,
    proof: Proof::AdministrativeFinal,
    ground: Ground::Corruption,
    measure: "debarment from World Bank contracts",
    url: "https://www.worldbank.org/en/projects-operations/procurement/debarred-firms",
    licence: "World Bank terms of use",
    max_age_days: 60,
};

/// Each fact, under the names that it has had in the JSON and in tables.
const FIELDS: [(&str, &[&str]); 9] = [
    ("id", &["SUPP_ID"]),
    ("name", &["SUPP_NAME", "Firm Name", "Name"]),
    ("more", &["ADD_SUPP_INFO", "Additional Firm Info"]),
    ("type", &["SUPP_TYPE_CODE", "Type"]),
    ("country", &["COUNTRY_NAME", "Country"]),
    ("code", &["LAND1"]),
    ("from", &["DEBAR_FROM_DATE", "From Date", "From"]),
    ("to", &["DEBAR_TO_DATE", "To Date", "To"]),
    ("reason", &["DEBAR_REASON", "Grounds"]),
];

type Fields = FxHashMap<&'static str, String>;

pub(super) fn read(source: &Source, options: &Options) -> Result<Read, ImportError> {
    let mut builder = Builder::default();
    let what = match source.shape() {
        Shape::Json => {
            from_json(source, options, &mut builder)?;
            "JSON"
        }
        shape => {
            let is_book = shape == Shape::Workbook;
            let read = |name: &str| {
                if is_book {
                    Table::from_workbook(source, None, &[name])
                } else {
                    Table::from_text(source, b',', &[name])
                }
            };
            let table = read("SUPP_NAME").or_else(|_| read("Firm Name"))?;
            for row in table.iter() {
                let value = |names: &[&str]| {
                    names.iter().map(|n| row.raw(n)).find(|v| !v.is_empty()).unwrap_or_default().to_owned()
                };
                let fields: Fields = FIELDS.iter().map(|(field, names)| (*field, value(names))).collect();
                add(&fields, options, &mut builder);
            }
            if is_book { "workbook" } else { "CSV" }
        }
    };
    let facts = WORLD_BANK.facts(None);
    let remarks = vec![
        "the ground is fraud or corruption, which is out of scope unless a policy says otherwise".to_owned(),
        "the file has no date of its own; its age is counted from the day of import".to_owned(),
    ];
    Ok(Read {
        builder,
        facts,
        slug: "world-bank-debarred".to_owned(),
        what: format!("World Bank debarred firms ({what})"),
        remarks,
    })
}

fn from_json(source: &Source, options: &Options, builder: &mut Builder) -> Result<(), ImportError> {
    let all: Value =
        serde_json::from_str(&source.text()).map_err(|error| source.damaged(error.to_string()))?;
    let firms = all
        .pointer("/response/ZPROCSUPP")
        .or_else(|| all.get("ZPROCSUPP"))
        .unwrap_or(&all)
        .as_array()
        .ok_or_else(|| source.damaged("it has no `response.ZPROCSUPP`"))?;
    for firm in firms {
        let value = |names: &[&str]| {
            names.iter().find_map(|name| firm.get(*name)).map_or_else(String::new, |value| match value {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            })
        };
        let fields: Fields = FIELDS.iter().map(|(field, names)| (*field, value(names))).collect();
        add(&fields, options, builder);
    }
    Ok(())
}

fn add(fields: &Fields, options: &Options, builder: &mut Builder) {
    let get = |field: &str| fields.get(field).map_or_else(String::new, |text| clean(text));
    let parsed = name_cell::parse(&get("name"));
    let kind =
        if get("type").starts_with(['I', 'i']) { EntityKind::Person } else { EntityKind::Organisation };
    let mut entry: Entry = blank(get("id"), parsed.name, kind, Ground::Corruption);
    entry.aliases = parsed.aliases;
    let more = get("more");
    if !more.is_empty() {
        // The further information is names only where it says so.
        entry.aliases.extend(name_cell::parse(&format!("x {}", more.trim_matches(['(', ')']))).aliases);
    }
    WORLD_BANK.measure.clone_into(&mut entry.measure);
    WORLD_BANK.url.clone_into(&mut entry.source_url);
    add_country(&mut entry, &get("country"));
    if entry.countries.is_empty() {
        add_country(&mut entry, &get("code"));
    }
    entry.listed_on = date(&get("from"), Order::DayFirst);
    // `2999-12-31` and `Permanent` both mean that it does not end.
    entry.delisted_on = date(&get("to"), Order::DayFirst).filter(|end| end.earliest().year() < 2900);
    if entry.delisted_on.is_some_and(|end| end.latest() < options.as_of) {
        entry.status = ListingStatus::Expired;
    }
    let reason = get("reason");
    entry.note =
        if reason.is_empty() { "Fraud or corruption.".to_owned() } else { format!("Grounds: {reason}") };
    builder.add(entry);
}
