//! The US Consolidated Screening List of the International Trade Administration: CSV, or JSON with `results`.
//!
//! It puts together lists of three departments; `source` names the list of a row. Addresses end in a country code; several
//! values of a cell are separated by `; `.
//!
//! Source: trade.gov, Consolidated Screening List API; columns of 2019 to 2026.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::draft::{Builder, add_country, add_identifier, blank};
use super::source::Shape;
use super::table::Table;
use super::text::{Order, clean, date};
use super::{ImportError, Official, Options, Read, Source, Usual, grounds, identifiers, ofac_csv};
use crate::vocab::{Authority, EntityKind, Ground, ListingStatus, Proof};
use crate::watchlist::{Entry, bundled};

const CSL: Official = Official {
    title: "US Consolidated Screening List",
    publisher: "US Department of Commerce, International Trade Administration",
    jurisdiction: "US",
    authority: Authority::B,
    proof: Proof::ReasonableCause,
    ground: Ground::Other,
    measure: "listing",
    url: "https://www.trade.gov/consolidated-screening-list",
    licence: "US government work, public domain",
    max_age_days: 30,
    // The SDN list alone, which it takes in.
    usual: Some(Usual { entries: 11_567, when: "2022 in the SDN part alone" }),
};

/// The fields that are read, the same in CSV and JSON.
const FIELDS: [&str; 17] = [
    "_id",
    "id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "addresses",
    "start_date",
    "end_date",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "nationalities",
    "ids",
];

/// The checked grounds of the bundled BIS lists, by name in lower case: the file does not give reasons.
static CHECKED: LazyLock<FxHashMap<String, Ground>> = LazyLock::new(|| {
    bundled()
        .into_iter()
        .filter(|list| list.slug.starts_with("us-bis-"))
        .flat_map(|list| list.entries)
        .flat_map(|entry| {
            let names: Vec<String> = std::iter::once(entry.name).chain(entry.aliases).collect();
            names.into_iter().map(move |name| (name.to_lowercase(), entry.ground))
        })
        .collect()
});

type Fields = FxHashMap<&'static str, String>;

pub(super) fn read(source: &Source, options: &Options) -> Result<Read, ImportError> {
    let mut builder = Builder::default();
    let what = if source.shape() == Shape::Json {
        from_json(source, options, &mut builder)?;
        "JSON"
    } else {
        let table = Table::of(source, None, b',', &["source", "name", "alt_names"])?;
        for row in table.iter() {
            let fields: Fields = FIELDS.iter().map(|field| (*field, row.raw(field).to_owned())).collect();
            builder.add(entry(&fields, options));
        }
        "CSV"
    };
    let facts = CSL.facts(None);
    let remarks =
        vec!["the file has no date of its own; its age is counted from the day of import".to_owned()];
    Ok(Read {
        builder,
        facts,
        slug: "us-csl".to_owned(),
        what: format!("US Consolidated Screening List ({what})"),
        remarks,
        usual: CSL.usual,
    })
}

fn from_json(source: &Source, options: &Options, builder: &mut Builder) -> Result<(), ImportError> {
    let all: Value =
        serde_json::from_str(&source.text()).map_err(|error| source.damaged(error.to_string()))?;
    let total = all.get("total").and_then(Value::as_u64);
    let results = all.get("results").unwrap_or(&all).as_array();
    let Some(results) = results else { return Err(source.damaged("it has no `results`")) };
    if let Some(total) = total.filter(|total| *total > results.len() as u64)
        && !options.partial
    {
        let filter = format!("a page of {} out of {total}", results.len());
        return Err(ImportError::Filtered { file: source.name.clone(), filter });
    }
    for result in results {
        let fields: Fields = FIELDS.iter().map(|field| (*field, flat(result.get(field)))).collect();
        builder.add(entry(&fields, options));
    }
    Ok(())
}

/// A JSON value as the CSV would write it.
fn flat(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => {
            all.iter().map(|one| flat(Some(one))).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ")
        }
        // An address ends in its country, an id in its type: as the CSV has them.
        Some(Value::Object(parts)) => {
            ["address", "city", "state", "postal_code", "country", "number", "type"]
                .iter()
                .filter_map(|part| parts.get(*part).and_then(Value::as_str))
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        }
        Some(other) => other.to_string(),
    }
}

fn entry(fields: &Fields, options: &Options) -> Entry {
    let raw = |field: &str| fields.get(field).map_or("", |text| text.as_str());
    let get = |field: &str| clean(raw(field));
    let source = get("source");
    let programmes: Vec<String> =
        raw("programs").split([';', ',']).map(clean).filter(|p| !p.is_empty()).collect();
    let kind = match get("type").to_lowercase().as_str() {
        "individual" => EntityKind::Person,
        "vessel" | "aircraft" => EntityKind::Vessel,
        _ => EntityKind::Organisation,
    };
    let name = get("name");
    let number = get("entity_number");
    let is_ofac = source.contains("Treasury");
    let id = match (number.as_str(), get("_id"), get("id")) {
        ("", first, second) => {
            if first.is_empty() {
                second
            } else {
                first
            }
        }
        (number, ..) if is_ofac => format!("ofac-{number}"),
        (number, ..) => number.to_owned(),
    };
    let ground = grounds::checked(&id)
        .or_else(|| {
            source.contains("Entity List").then(|| CHECKED.get(&name.to_lowercase()).copied()).flatten()
        })
        .unwrap_or_else(|| grounds::of("ofac", programmes.iter().map(String::as_str)));
    let mut entry = blank(id, name, kind, ground);
    measure_of(&source).clone_into(&mut entry.measure);
    entry.aliases = raw("alt_names").split(';').map(clean).collect();
    entry.listed_on = date(raw("start_date"), Order::MonthFirst);
    entry.delisted_on = date(raw("end_date"), Order::MonthFirst);
    if entry.delisted_on.is_some_and(|end| end.latest() < options.as_of) {
        entry.status = ListingStatus::Expired;
    }
    let url = get("source_list_url").replace("http://", "https://");
    entry.source_url = if url.is_empty() { CSL.url.to_owned() } else { url };
    entry.note = if programmes.is_empty() {
        format!("List: {source}")
    } else {
        format!("List: {source}. {}", ofac_csv::programme_note(&programmes))
    };
    for address in raw("addresses").split(';') {
        add_country(&mut entry, address.rsplit(',').next().unwrap_or_default());
    }
    for country in raw("nationalities").split(';').chain([raw("vessel_flag")]) {
        add_country(&mut entry, country);
    }
    if kind != EntityKind::Person {
        for id in raw("ids").split(';') {
            read_id(&mut entry, id);
        }
    }
    ofac_csv::read_remarks(&mut entry, raw("remarks"));
    entry
}

/// `US, 80-0890696, Tax ID No.`: country if any, number, label.
fn read_id(entry: &mut Entry, text: &str) {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (country, number, label) = match parts.as_slice() {
        [country, number, .., label] if country.len() == 2 => {
            (crate::country::by_code(country), *number, *label)
        }
        [number, .., label] => (None, *number, *label),
        _ => return,
    };
    add_identifier(entry, identifiers::labelled(label, number, country));
}

fn measure_of(source: &str) -> &'static str {
    const MEASURES: [(&str, &str); 9] = [
        ("Specially Designated", "blocking"),
        ("Entity List", "export licence requirement"),
        ("Denied Persons", "denial of export privileges"),
        ("Unverified List", "export conditions"),
        ("Military End User", "export licence requirement"),
        ("ITAR Debarred", "arms export debarment"),
        ("Nonproliferation", "non-proliferation sanctions"),
        ("Capta", "correspondent account restriction"),
        ("CAPTA", "correspondent account restriction"),
    ];
    MEASURES.iter().find(|(name, _)| source.contains(name)).map_or(CSL.measure, |(_, measure)| measure)
}
