//! `OpenSanctions` exports: `targets.simple.csv`, `entities.ftm.json` and `targets.nested.json`.
//!
//! In the `FollowTheMoney` lines, sanctions are objects of their own: separate lines that point at their entity, or nested in it. The simple
//! CSV does not say what a target is listed for; the lines do, in their topics. The data is under CC BY-NC 4.0, and the list
//! says so.
//!
//! Source: opensanctions.org, "Bulk data"; `FollowTheMoney` schemata; files of 2024 to 2026.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::draft::{Builder, add_country, add_identifier, blank};
use super::source::Shape;
use super::table::Table;
use super::text::{Order, clean, date};
use super::{ImportError, Official, Options, Read, Source, grounds, identifiers};
use crate::vocab::{Authority, EntityKind, Ground, ListingStatus, Proof};
use crate::watchlist::csv::slug_of;
use crate::watchlist::{Entry, PartialDate};

const OPEN_SANCTIONS: Official = Official {
    title: "OpenSanctions",
    publisher: "OpenSanctions",
    jurisdiction: "",
    authority: Authority::E,
    proof: Proof::None,
    ground: Ground::Other,
    measure: "listing",
    url: "https://www.opensanctions.org/datasets/",
    licence: "CC BY-NC 4.0: not for commercial use without a licence from OpenSanctions",
    max_age_days: 30,
    // It has hundreds of datasets, of all sizes.
    usual: None,
};

pub(super) fn read(source: &Source, _options: &Options) -> Result<Read, ImportError> {
    let mut builder = Builder::default();
    let mut latest = None;
    let (what, dataset) = if source.shape() == Shape::Json {
        ("FollowTheMoney JSON", from_lines(source, &mut builder, &mut latest)?)
    } else {
        ("simple CSV", from_csv(source, &mut builder, &mut latest)?)
    };
    let mut facts = OPEN_SANCTIONS.facts(latest);
    facts.title = if dataset.is_empty() { facts.title } else { format!("OpenSanctions: {dataset}") };
    let remarks = vec![
        "licence CC BY-NC 4.0: a council's paid contractor may need a licence from OpenSanctions".to_owned(),
        "authority is set to E, since the file compiles lists of others; set it in the list's TOML if you know better"
            .to_owned(),
    ];
    let slug = if dataset.is_empty() {
        "opensanctions".to_owned()
    } else {
        format!("opensanctions-{}", slug_of(&dataset))
    };
    Ok(Read {
        builder,
        facts,
        slug,
        what: format!("OpenSanctions ({what})"),
        remarks,
        usual: OPEN_SANCTIONS.usual,
    })
}

/// The kind by schema; `None` for schemata that are not parties (addresses, sanctions, ownership and so on).
fn kind_of(schema: &str) -> Option<EntityKind> {
    match schema {
        "Person" => Some(EntityKind::Person),
        "Vessel" | "Airplane" | "Vehicle" => Some(EntityKind::Vessel),
        "Company" | "Organization" | "LegalEntity" | "PublicBody" | "Asset" | "Security" => {
            Some(EntityKind::Organisation)
        }
        _ => None,
    }
}

fn entity_url(id: &str) -> String {
    format!("https://www.opensanctions.org/entities/{id}/")
}

/// The ground by programme ids and topics; by the words of a reason where they say nothing.
fn ground_of(programmes: &[String], topics: &[String], reasons: &str) -> Ground {
    const PROGRAMMES: [(&str, Ground); 9] = [
        ("UFLPA", Ground::StateImposedForcedLabour),
        ("CBP", Ground::ForcedLabour),
        ("EU-HR", Ground::OtherHumanRights),
        ("GB-GHR", Ground::OtherHumanRights),
        ("GHR", Ground::OtherHumanRights),
        ("IRAN-HR", Ground::OtherHumanRights),
        ("MAGNIT", Ground::OtherHumanRights),
        ("MMR", Ground::ConflictAbuse),
        ("BURMA", Ground::ConflictAbuse),
    ];
    let by_programme = programmes.iter().find_map(|programme| {
        let upper = programme.to_uppercase();
        PROGRAMMES.iter().find(|(part, _)| upper.contains(part)).map(|(_, ground)| *ground)
    });
    let has = |topic: &str| topics.iter().any(|found| found == topic);
    by_programme
        .or_else(|| has("forced.labor").then_some(Ground::ForcedLabour))
        .or_else(|| grounds::in_reasons(reasons))
        .or_else(|| has("debarment").then_some(Ground::Corruption))
        .unwrap_or(Ground::Other)
}

fn from_csv(
    source: &Source,
    builder: &mut Builder,
    latest: &mut Option<PartialDate>,
) -> Result<String, ImportError> {
    let table = Table::of(source, None, b',', &["id", "schema", "name"])?;
    let mut datasets: Vec<String> = Vec::new();
    for row in table.iter() {
        let id = row.get("id");
        let schema = row.get("schema");
        let Some(kind) = kind_of(&schema) else {
            builder.skip(id, format!("`{schema}` is no party"));
            continue;
        };
        let programmes = several(row.raw("program_ids"));
        let mut entry =
            blank(id.clone(), row.get("name"), kind, ground_of(&programmes, &[], row.raw("sanctions")));
        entry.aliases = several(row.raw("aliases")).into();
        for country in several(row.raw("countries")) {
            add_country(&mut entry, &country);
        }
        if kind != EntityKind::Person {
            for number in several(row.raw("identifiers")) {
                let identifier = identifier_of(&number, &entry);
                add_identifier(&mut entry, identifier);
            }
        }
        OPEN_SANCTIONS.measure.clone_into(&mut entry.measure);
        entry.source_url = entity_url(&id);
        entry.note = note_of(&programmes, row.raw("dataset"));
        *latest = (*latest).max(date(row.raw("last_seen"), Order::DayFirst));
        for dataset in row.raw("dataset").split(';').map(clean) {
            if !dataset.is_empty() && !datasets.contains(&dataset) {
                datasets.push(dataset);
            }
        }
        builder.add(entry);
    }
    Ok(dataset_of(datasets))
}

/// The values of a cell: separated by `;`, quoted like cells of a CSV where they hold one themselves.
fn several(cell: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(b';')
        .flexible(true)
        .from_reader(cell.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .flat_map(|record| record.iter().map(clean).collect::<Vec<_>>())
        .filter(|v| !v.is_empty())
        .collect()
}

/// A number without a label: only those whose shape says what they are.
fn identifier_of(number: &str, entry: &Entry) -> Option<crate::ident::Identifier> {
    let only = if entry.countries.len() == 1 { entry.countries.first().copied() } else { None };
    if number.to_ascii_uppercase().starts_with("IMO") {
        return identifiers::number("imo", number, None);
    }
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    match (number.len(), digits) {
        (20, false) => identifiers::number("lei", number, None),
        (10, true) if only.is_some_and(|c| c.as_str() == "RU") => identifiers::number("tax", number, only),
        (13 | 15, true) if only.is_some_and(|c| c.as_str() == "RU") => {
            identifiers::number("reg", number, only)
        }
        (18, _) if only.is_some_and(|c| c.as_str() == "CN") => identifiers::number("cn-uscc", number, only),
        _ => None,
    }
}

fn note_of(programmes: &[String], dataset: &str) -> String {
    let lists = clean(dataset);
    let programmes = if programmes.is_empty() {
        String::new()
    } else {
        format!(". Programmes: {}", programmes.join(", "))
    };
    format!("Compiled by OpenSanctions from: {lists}{programmes}")
}

fn dataset_of(mut datasets: Vec<String>) -> String {
    if datasets.len() == 1 { datasets.remove(0) } else { String::new() }
}

/// What the sanction objects of an entity say.
#[derive(Default)]
struct Sanctions {
    programmes: Vec<String>,
    reasons: String,
    measures: Vec<String>,
    start: Option<PartialDate>,
    end: Option<PartialDate>,
    ended: bool,
    url: String,
}

fn from_lines(
    source: &Source,
    builder: &mut Builder,
    latest: &mut Option<PartialDate>,
) -> Result<String, ImportError> {
    let text = source.text();
    let mut objects: Vec<Value> = Vec::new();
    if text.trim_start().starts_with('[') {
        objects = serde_json::from_str(&text).map_err(|error| source.damaged(error.to_string()))?;
    } else {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let object = serde_json::from_str(line)
                .map_err(|error| source.damaged(format!("line {}: {error}", at + 1)))?;
            objects.push(object);
        }
    }
    builder.rows = objects.len();
    // Sanctions come before or after the entities that they are about.
    let mut sanctions: FxHashMap<String, Sanctions> = FxHashMap::default();
    for object in objects.iter().filter(|object| schema(object) == "Sanction") {
        for id in texts(object, "entity") {
            sanctions.entry(id).or_default().take(object);
        }
    }
    let any_target = objects.iter().any(is_target);
    let mut datasets: Vec<String> = Vec::new();
    for object in &objects {
        let Some(kind) = kind_of(schema(object)) else { continue };
        if any_target && !is_target(object) {
            continue;
        }
        for dataset in
            object.get("datasets").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
        {
            if !datasets.iter().any(|known| known == dataset) {
                datasets.push(dataset.to_owned());
            }
        }
        let seen =
            object.get("last_seen").and_then(Value::as_str).and_then(|text| date(text, Order::DayFirst));
        *latest = (*latest).max(seen);
        let id = object.get("id").and_then(Value::as_str).unwrap_or_default();
        let mut own = sanctions.remove(id).unwrap_or_default();
        for nested in values(object, "sanctions").filter(|value| value.is_object()) {
            own.take(nested);
        }
        builder.add(entry(object, id, kind, &own));
    }
    Ok(dataset_of(datasets))
}

impl Sanctions {
    fn take(&mut self, sanction: &Value) {
        for programme in texts(sanction, "programId").into_iter().chain(texts(sanction, "program")) {
            if !self.programmes.contains(&programme) {
                self.programmes.push(programme);
            }
        }
        self.reasons.push_str(&texts(sanction, "reason").join(" "));
        self.measures.extend(texts(sanction, "provisions"));
        let day =
            |field: &str| texts(sanction, field).iter().filter_map(|text| date(text, Order::DayFirst)).min();
        self.start = self.start.into_iter().chain(day("startDate")).chain(day("listingDate")).min();
        self.end = self.end.max(day("endDate"));
        let status = texts(sanction, "status").join(" ").to_lowercase();
        self.ended |= ["delisted", "revoked", "expired", "removed"].iter().any(|word| status.contains(word));
        if self.url.is_empty() {
            self.url = texts(sanction, "sourceUrl")
                .into_iter()
                .find(|url| url.starts_with("https://"))
                .unwrap_or_default();
        }
    }
}

fn schema(object: &Value) -> &str {
    object.get("schema").and_then(Value::as_str).unwrap_or_default()
}

fn is_target(object: &Value) -> bool {
    object.get("target").and_then(Value::as_bool).unwrap_or_default()
}

fn values<'a>(object: &'a Value, property: &str) -> impl Iterator<Item = &'a Value> {
    object.get("properties").and_then(|all| all.get(property)).and_then(Value::as_array).into_iter().flatten()
}

fn texts(object: &Value, property: &str) -> Vec<String> {
    values(object, property).filter_map(Value::as_str).map(clean).filter(|text| !text.is_empty()).collect()
}

fn entry(object: &Value, id: &str, kind: EntityKind, sanctions: &Sanctions) -> Entry {
    let topics = texts(object, "topics");
    let notes = texts(object, "notes").join(" ");
    let ground = ground_of(&sanctions.programmes, &topics, &format!("{} {notes}", sanctions.reasons));
    let caption = object.get("caption").and_then(Value::as_str).unwrap_or_default();
    let mut entry = blank(id, caption, kind, ground);
    for property in ["name", "alias", "previousName"] {
        entry.aliases.extend(texts(object, property));
    }
    for property in ["weakAlias", "abbreviation"] {
        entry.weak_aliases.extend(texts(object, property));
    }
    for property in ["jurisdiction", "country", "mainCountry", "nationality", "flag"] {
        for country in texts(object, property) {
            add_country(&mut entry, &country);
        }
    }
    if kind != EntityKind::Person {
        let country = entry.countries.first().copied();
        let russia = crate::country::by_code("RU");
        for (property, meaning, country) in [
            ("leiCode", "lei", None),
            ("isinCode", "isin", None),
            ("imoNumber", "imo", None),
            ("mmsi", "mmsi", None),
            ("swiftBic", "bic", None),
            ("dunsCode", "duns", None),
            ("uscCode", "cn-uscc", None),
            ("vatCode", "vat", None),
            ("innCode", "tax", russia),
            ("ogrnCode", "reg", russia),
            ("registrationNumber", "reg", country),
            ("taxNumber", "tax", country),
        ] {
            for number in texts(object, property) {
                add_identifier(&mut entry, identifiers::number(meaning, &number, country));
            }
        }
    }
    entry.measure = if sanctions.measures.is_empty() {
        OPEN_SANCTIONS.measure.to_owned()
    } else {
        sanctions.measures.join(", ")
    };
    entry.listed_on = sanctions.start;
    entry.delisted_on = sanctions.end;
    if sanctions.ended {
        entry.status = ListingStatus::Removed;
    }
    entry.source_url = if sanctions.url.is_empty() { entity_url(id) } else { sanctions.url.clone() };
    let datasets: Vec<&str> = object
        .get("datasets")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let topics = if topics.is_empty() { String::new() } else { format!(". Topics: {}", topics.join(", ")) };
    entry.note = format!("{}{topics}", note_of(&sanctions.programmes, &datasets.join(", ")));
    entry
}
