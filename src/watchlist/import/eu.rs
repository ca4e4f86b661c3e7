//! The EU financial sanctions file, version 1.1: CSV (`;`, one row per alias, address, number ...) and XML (root `export`).
//!
//! Every alias is marked strong (one that is marked otherwise is taken for a weak one), and no name is marked as the main one: the first English one is taken, else the first. The
//! columns for a subject's type say the reverse of what their names promise. Version 1.0 is refused: it was replaced, and has no
//! stable key.
//!
//! Source: European Commission, FSF, `xmlFullSanctionsList_1_1.xsd`; columns as read by public programs in 2026.

use rustc_hash::FxHashMap;

use super::draft::{Builder, add_country, add_identifier, blank};
use super::source::Shape;
use super::table::Table;
use super::text::{Order, clean, date};
use super::xml::{Element, Elements, Item};
use super::{ImportError, Official, Options, Read, Source, Usual, grounds, identifiers};
use crate::vocab::{Authority, EntityKind, Ground, Proof};
use crate::watchlist::{Entry, PartialDate};

const EU: Official = Official {
    title: "EU consolidated list of financial sanctions",
    publisher: "European Commission, Council of the European Union",
    jurisdiction: "EU",
    authority: Authority::B,
    proof: Proof::AdministrativeFinal,
    ground: Ground::Other,
    measure: "asset freeze",
    url: "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
    licence: "EU reuse decision 2011/833/EU",
    max_age_days: 30,
    usual: Some(Usual { entries: 6017, when: "2026" }),
};

pub(super) fn read(source: &Source, _options: &Options) -> Result<Read, ImportError> {
    if let Shape::Xml(_) = source.shape() { from_xml(source) } else { from_csv(source) }
}

/// What one subject's rows or elements say.
#[derive(Default)]
struct Subject {
    id: String,
    is_person: bool,
    is_ship: bool,
    /// Name, and whether it is the English one.
    names: Vec<(String, bool)>,
    /// Names that are marked as not strong.
    weak: Vec<String>,
    countries: Vec<String>,
    programmes: Vec<String>,
    designated: Option<PartialDate>,
    in_force: Option<PartialDate>,
    url: String,
    /// Label, number, country.
    numbers: Vec<(String, String, String)>,
}

impl Subject {
    fn name(&mut self, whole: &str, parts: [&str; 3], language: &str, strong: &str) {
        let name = if clean(whole).is_empty() { clean(&parts.join(" ")) } else { clean(whole) };
        if name.is_empty() {
        } else if strong.eq_ignore_ascii_case("false") {
            self.weak.push(name);
        } else {
            self.names.push((name, language.eq_ignore_ascii_case("en")));
        }
    }

    fn country(&mut self, code: &str) {
        if !code.is_empty() && code != "00" && !self.countries.iter().any(|known| known == code) {
            self.countries.push(code.to_owned());
        }
    }

    fn programme(&mut self, programme: &str) {
        if !programme.is_empty() && !self.programmes.iter().any(|known| known == programme) {
            self.programmes.push(programme.to_owned());
        }
    }

    fn number(&mut self, label: &str, number: &str, country: &str) {
        self.is_ship |= label.eq_ignore_ascii_case("imo");
        self.numbers.push((label.to_owned(), number.to_owned(), country.to_owned()));
    }

    fn finish(self) -> Entry {
        let kind = match (self.is_person, self.is_ship) {
            (true, _) => EntityKind::Person,
            (_, true) => EntityKind::Vessel,
            _ => EntityKind::Organisation,
        };
        let ground = grounds::of("eu", self.programmes.iter().map(String::as_str));
        let mut entry = blank(self.id, String::new(), kind, ground);
        let main = self.names.iter().position(|(_, english)| *english).unwrap_or_default();
        for (at, (name, _)) in self.names.into_iter().enumerate() {
            if at == main {
                entry.name = name;
            } else {
                entry.aliases.push(name);
            }
        }
        entry.weak_aliases = self.weak.into();
        EU.measure.clone_into(&mut entry.measure);
        entry.listed_on = self.designated.or(self.in_force);
        entry.source_url =
            if self.url.is_empty() { EU.url.to_owned() } else { self.url.replace("http://", "https://") };
        let word = if self.programmes.len() == 1 { "Programme" } else { "Programmes" };
        entry.note = format!("{word}: {}", self.programmes.join(", "));
        if self.designated.is_none() && self.in_force.is_some() {
            entry.note.push_str(". Listing date is that of the earliest regulation given");
        }
        for country in &self.countries {
            add_country(&mut entry, country);
        }
        for (label, number, country) in &self.numbers {
            if kind != EntityKind::Person {
                let of = crate::country::by_code(country).or_else(|| entry.countries.first().copied());
                add_identifier(&mut entry, identifiers::labelled(label, number, of));
            }
        }
        entry
    }
}

fn finish(builder: Builder, published: Option<PartialDate>, what: &str) -> Read {
    let remarks = vec!["the file gives no reasons; they are in the Official Journal".to_owned()];
    let what = format!("EU financial sanctions file ({what})");
    Read { builder, facts: EU.facts(published), slug: "eu-fsf".to_owned(), what, remarks, usual: EU.usual }
}

fn from_xml(source: &Source) -> Result<Read, ImportError> {
    let text = source.text();
    let mut elements = Elements::new(&text, &["sanctionEntity"]);
    let mut builder = Builder::default();
    let mut published = None;
    while let Some(item) = elements.next().map_err(|what| source.damaged(what))? {
        match item {
            Item::Whole(element) => builder.add(subject(&element).finish()),
            Item::Open(element) if element.name == "export" => {
                published = date(element.attribute("generationDate"), Order::DayFirst);
            }
            Item::Open(_) => {}
        }
    }
    Ok(finish(builder, published, "XML 1.1"))
}

fn subject(element: &Element) -> Subject {
    let reference = element.attribute("euReferenceNumber");
    let id = if reference.is_empty() { element.attribute("logicalId") } else { reference };
    let kind = element.child("subjectType");
    let is_person = kind.is_some_and(|kind| {
        kind.attribute("code").eq_ignore_ascii_case("person") || kind.attribute("classificationCode") == "P"
    });
    let mut found = Subject {
        id: id.to_owned(),
        is_person,
        designated: date(element.attribute("designationDate"), Order::DayFirst),
        ..Subject::default()
    };
    for regulation in element.children("regulation") {
        found.programme(regulation.attribute("programme"));
        found.in_force = found
            .in_force
            .into_iter()
            .chain(date(regulation.attribute("entryIntoForceDate"), Order::DayFirst))
            .min();
        if found.url.is_empty() {
            regulation.text("publicationUrl").clone_into(&mut found.url);
        }
    }
    for alias in element.children("nameAlias") {
        let part = |name| alias.attribute(name);
        found.name(
            part("wholeName"),
            [part("firstName"), part("middleName"), part("lastName")],
            part("nameLanguage"),
            part("strong"),
        );
    }
    for place in ["address", "citizenship"] {
        for address in element.children(place) {
            found.country(address.attribute("countryIso2Code"));
        }
    }
    for number in element.children("identification") {
        let value =
            [number.attribute("latinNumber"), number.attribute("number")].into_iter().find(|v| !v.is_empty());
        found.number(
            number.attribute("identificationTypeCode"),
            value.unwrap_or_default(),
            number.attribute("countryIso2Code"),
        );
    }
    found
}

fn from_csv(source: &Source) -> Result<Read, ImportError> {
    let text = source.text();
    let head = text.lines().next().unwrap_or_default();
    let lower = head.to_lowercase();
    if lower.contains("naal_wholename") || lower.contains("entity_logical_id;") {
        let wrapped = head.trim_start_matches('\u{feff}').starts_with('"');
        let also = if wrapped {
            "; besides, a spreadsheet has put every line between quotes, so that its columns can no longer be told apart"
        } else {
            ""
        };
        let what = format!(
            "it is version 1.0 of the EU file (columns such as `Naal_wholename`), which the EU has replaced by version 1.1{also}"
        );
        return Err(source.damaged(what));
    }
    let table = Table::of(source, None, b';', &["Entity_LogicalId", "NameAlias_WholeName"])?;
    let mut builder = Builder::of_rows(table.rows.len());
    let mut subjects: Vec<Subject> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    // A copy may have the day on a line of its own above the header.
    let mut published = table.above.iter().flatten().find_map(|cell| date(cell, Order::DayFirst));
    for row in table.iter() {
        published = published.or_else(|| date(row.raw("fileGenerationDate"), Order::DayFirst));
        let (key, reference) = (row.get("Entity_LogicalId"), row.get("Entity_EU_ReferenceNumber"));
        if key.is_empty() && reference.is_empty() {
            builder.skip(format!("line {}", row.line), "it has no number of an entity");
            continue;
        }
        let place = *places
            .entry(if key.is_empty() { reference.clone() } else { key.clone() })
            .or_insert_with(|| {
                subjects.push(Subject {
                    id: if reference.is_empty() { key } else { reference },
                    ..Subject::default()
                });
                subjects.len() - 1
            });
        let Some(found) = subjects.get_mut(place) else { continue };
        for column in ["Entity_SubjectType", "Entity_SubjectType_ClassificationCode"] {
            let kind = row.raw(column);
            found.is_person |= kind == "P" || kind.eq_ignore_ascii_case("person");
        }
        found.designated =
            found.designated.or_else(|| date(row.raw("Entity_DesignationDate"), Order::DayFirst));
        found.in_force = found
            .in_force
            .into_iter()
            .chain(date(row.raw("Entity_Regulation_EntryIntoForceDate"), Order::DayFirst))
            .min();
        found.programme(row.raw("Entity_Regulation_Programme"));
        if found.url.is_empty() {
            row.raw("Entity_Regulation_PublicationUrl").clone_into(&mut found.url);
        }
        found.name(
            row.raw("NameAlias_WholeName"),
            [row.raw("NameAlias_FirstName"), row.raw("NameAlias_MiddleName"), row.raw("NameAlias_LastName")],
            row.raw("NameAlias_NameLanguage"),
            row.raw("NameAlias_Strong"),
        );
        for place in ["Address", "Citizenship"] {
            let code = row.raw(&format!("{place}_CountryIso2Code"));
            found.country(if code.is_empty() {
                row.raw(&format!("{place}_CountryDescription"))
            } else {
                code
            });
        }
        let number = row.get("Identification_Number");
        if !number.is_empty() {
            found.number(
                row.raw("Identification_TypeCode"),
                &number,
                row.raw("Identification_CountryIso2Code"),
            );
        }
    }
    for subject in subjects {
        builder.add(subject.finish());
    }
    Ok(finish(builder, published, "CSV 1.1"))
}
