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
use super::{ImportError, Official, Options, Read, Source, Usual};
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
    usual: Some(Usual { entries: 1515, when: "2026" }),
};

/// Each fact, under the names that it has had in the JSON and in tables.
const FIELDS: [(&str, &[&str]); 10] = [
    ("id", &["SUPP_ID"]),
    ("name", &NAMES),
    ("more", &["ADD_SUPP_INFO", "Additional Firm Info"]),
    ("type", &["SUPP_TYPE_CODE", "Type"]),
    ("state", &["INELIGIBLY_STATUS", "Ineligibility Status"]),
    ("country", &["COUNTRY_NAME", "Country"]),
    ("code", &["LAND1"]),
    ("from", &FROM),
    ("to", &["DEBAR_TO_DATE", "To Date", "To", "Ineligibility Period To Date"]),
    ("reason", &["DEBAR_REASON", "Grounds"]),
];

/// The name, in the JSON and in tables of several years.
const NAMES: [&str; 4] = ["SUPP_NAME", "Firm Name", "Name of Firm", "Name"];

/// The day from which on a debarment holds.
const FROM: [&str; 4] = ["DEBAR_FROM_DATE", "From Date", "From", "Ineligibility Period From Date"];

type Fields = FxHashMap<&'static str, String>;

pub(super) fn read(source: &Source, options: &Options) -> Result<Read, ImportError> {
    let mut builder = Builder::default();
    let what = match source.shape() {
        Shape::Json => {
            from_json(source, options, &mut builder)?;
            "JSON"
        }
        shape => {
            let table = of_any_name(source)?;
            for row in table.iter() {
                let value = |names: &[&str]| {
                    names.iter().map(|n| row.raw(n)).find(|v| !v.is_empty()).unwrap_or_default().to_owned()
                };
                let fields: Fields = FIELDS.iter().map(|(field, names)| (*field, value(names))).collect();
                add(&fields, options, &mut builder);
            }
            if shape == Shape::Workbook { "workbook" } else { "CSV" }
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
        usual: WORLD_BANK.usual,
    })
}

/// The table by whichever of the known headers it has.
fn of_any_name(source: &Source) -> Result<Table, ImportError> {
    let mut first = None;
    for name in NAMES {
        // A name alone would be any table.
        for day in FROM {
            match Table::of(source, None, b',', &[name, day]) {
                Err(error @ ImportError::NoColumn { .. }) => first = first.or(Some(error)),
                other => return other,
            }
        }
    }
    Err(first.unwrap_or_else(|| source.damaged("no table")))
}

fn from_json(source: &Source, options: &Options, builder: &mut Builder) -> Result<(), ImportError> {
    let all: Value =
        serde_json::from_str(&source.text()).map_err(|error| source.damaged(error.to_string()))?;
    let mut firms = all.get("response").unwrap_or(&all);
    while let Some(inner) = firms.get("ZPROCSUPP") {
        firms = inner;
    }
    let one = std::slice::from_ref(firms);
    let firms = match firms {
        Value::Array(firms) => firms.as_slice(),
        // Made of XML, a list of one is no array.
        Value::Object(firm) if firm.contains_key("SUPP_NAME") => one,
        _ => return Err(source.damaged("it has no `response.ZPROCSUPP`")),
    };
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
    let is_person = get("type").starts_with(['I', 'i']) || has_title(&parsed.name);
    let kind = if is_person { EntityKind::Person } else { EntityKind::Organisation };
    let mut entry: Entry = blank(get("id"), parsed.name, kind, Ground::Corruption);
    entry.aliases = parsed.aliases.into();
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
    // `2999-12-31`, `Ongoing` and `Permanent` all mean that it does not end.
    let is_open = ["permanent", "ongoing"].contains(&get("state").to_lowercase().as_str());
    entry.delisted_on =
        date(&get("to"), Order::DayFirst).filter(|end| !is_open && end.earliest().year() < 2900);
    if entry.delisted_on.is_some_and(|end| end.latest() < options.as_of) {
        entry.status = ListingStatus::Expired;
    }
    let reason = get("reason");
    entry.note =
        if reason.is_empty() { "Fraud or corruption.".to_owned() } else { format!("Grounds: {reason}") };
    builder.add(entry);
}

/// Tables have no column for the type: natural persons bear a title there.
fn has_title(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
    ["MR", "MS", "MRS"].iter().any(|title| first.eq_ignore_ascii_case(title))
}
