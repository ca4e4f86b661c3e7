//! The UK Sanctions List as its publisher makes it: CSV (one row per name, address and so on), XML, and the short spreadsheet with one
//! row per designation. The only UK list since 28 January 2026.
//!
//! Source: FCDO, "UK Sanctions List: format guide"; columns as published 2025 to 2026.

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::{Builder, add_country, add_identifier, blank};
use super::source::Shape;
use super::table::{Row, Table};
use super::text::{Order, clean, date};
use super::{ImportError, Official, Options, Read, Source, Usual, grounds, identifiers, uk_conlist, uk_xml};
use crate::vocab::{Authority, EntityKind, Ground, Proof};
use crate::watchlist::{Entry, PartialDate};

pub(super) const UK: Official = Official {
    title: "UK Sanctions List",
    publisher: "Foreign, Commonwealth and Development Office",
    jurisdiction: "GB",
    authority: Authority::A1,
    proof: Proof::AdministrativeFinal,
    ground: Ground::Other,
    measure: "sanctions",
    url: "https://www.gov.uk/government/publications/the-uk-sanctions-list",
    licence: "Open Government Licence v3.0",
    max_age_days: 30,
    usual: Some(Usual { entries: 6370, when: "October 2026" }),
};

pub(super) fn read(source: &Source, options: &Options) -> Result<Read, ImportError> {
    match source.shape() {
        Shape::Xml(_) => uk_xml::read(source),
        shape => {
            let what = if shape == Shape::Workbook { "spreadsheet" } else { "CSV" };
            match Table::of(source, options.sheet.as_deref(), b',', &["Unique ID"]) {
                Ok(table) => from_table(source, &table, what),
                Err(error @ ImportError::NoColumn { .. }) => {
                    // The old list has no such column: what is wrong with it is then the reason to give.
                    uk_conlist::read(source)
                        .map_err(|old| if matches!(old, ImportError::NoColumn { .. }) { error } else { old })
                }
                Err(error) => Err(error),
            }
        }
    }
}

fn from_table(source: &Source, table: &Table, what: &str) -> Result<Read, ImportError> {
    // The short form has a column `Name`; the long one has the name in six.
    let is_short = table.column("Name 6").is_none();
    table.need(if is_short { "Name" } else { "Name 6" })?;
    let mut builder = Builder::of_rows(table.rows.len());
    let mut order: Vec<Designation> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for row in table.iter() {
        let id = row.get("Unique ID");
        if id.is_empty() {
            builder.skip(format!("line {}", row.line), "it has no Unique ID");
            continue;
        }
        let place = *places.entry(id.clone()).or_insert_with(|| {
            order.push(Designation { id, ..Designation::default() });
            order.len() - 1
        });
        if let Some(designation) = order.get_mut(place) {
            designation.take(&row, is_short);
        }
    }
    for designation in order {
        builder.add(designation.finish());
    }
    let mut remarks = Vec::new();
    let mut published = table.above.iter().flatten().find_map(|cell| date_in(cell));
    if published.is_none() {
        published = date_in(&source.file_name().replace(['_', '.'], " "));
        remarks.push(match published {
            Some(date) => format!("the file has no date inside; {date} is taken from its name"),
            None => "the file has no date; its age is counted from the day of import".to_owned(),
        });
    }
    let mut facts = UK.facts(published);
    if is_short {
        facts.complete = false;
        "aliases, addresses, numbers and reasons: the short form has none".clone_into(&mut facts.missing);
        remarks.push("the short form has no aliases, countries or reasons; the CSV and XML have".to_owned());
    }
    let form = if is_short { ", short form" } else { "" };
    Ok(Read {
        builder,
        facts,
        slug: "uk-sanctions".to_owned(),
        what: format!("UK Sanctions List ({what}{form})"),
        remarks,
        usual: UK.usual,
    })
}

/// The date in a report line (`Report Date: 01-Oct-2026`) or a file name (`fcdo sl mon aug 11 2025 ods`).
pub(super) fn date_in(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '(' | ')'))
        .filter(|w| !w.is_empty())
        .collect();
    let full = |text: &str| date(text, Order::DayFirst).filter(|date| date.to_string().len() == 10);
    words
        .iter()
        .find_map(|word| full(word))
        .or_else(|| words.windows(3).find_map(|three| full(&three.join(" "))))
}

/// One designation, from all its rows or from its element.
#[derive(Default)]
pub(super) struct Designation {
    pub(super) id: String,
    pub(super) names: Vec<NameRow>,
    /// The same, to tell new ones: one designation may have thousands of rows.
    pub(super) known: FxHashSet<NameRow>,
    pub(super) kind: String,
    pub(super) regime: String,
    pub(super) designated: String,
    pub(super) by: String,
    pub(super) sanctions: String,
    pub(super) reasons: String,
    pub(super) countries: Vec<String>,
    pub(super) numbers: Vec<String>,
    pub(super) imo: Vec<String>,
}

/// A name as listed, with its type and strength.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct NameRow {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) strength: String,
}

impl Designation {
    fn take(&mut self, row: &Row<'_>, is_short: bool) {
        let set = |field: &mut String, value: String| {
            if field.is_empty() {
                *field = value;
            }
        };
        let first =
            |columns: &[&str]| columns.iter().map(|c| row.get(c)).find(|v| !v.is_empty()).unwrap_or_default();
        set(
            &mut self.kind,
            first(&["Designation Type", "Individual, Entity, Ship", "Type", "IndividualEntityShip"]),
        );
        set(&mut self.regime, row.get("Regime Name"));
        set(&mut self.designated, row.get("Date Designated"));
        set(&mut self.by, row.get("Designation source"));
        set(&mut self.sanctions, row.get("Sanctions Imposed"));
        set(&mut self.reasons, row.get("UK Statement of Reasons"));
        let name = if is_short {
            row.get("Name")
        } else {
            joined(&["Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"].map(|part| row.get(part)))
        };
        let strength = first(&["Alias strength", "Alias quality"]);
        self.name(NameRow { name, kind: row.get("Name type"), strength });
        self.name(NameRow {
            name: row.get("Name non-latin script"),
            kind: "alias".to_owned(),
            strength: String::new(),
        });
        for column in ["Address Country", "Nationality(/ies)", "Current believed flag of ship"] {
            self.country(row.raw(column));
        }
        let numbers = first(&["Business registration number (s)", "Business registration number"]);
        if !numbers.is_empty() && !self.numbers.contains(&numbers) {
            self.numbers.push(numbers);
        }
        let imo = first(&["IMO number", "IMO numbers"]);
        if !imo.is_empty() && !self.imo.contains(&imo) {
            self.imo.push(imo);
        }
    }

    pub(super) fn name(&mut self, name: NameRow) {
        if !name.name.is_empty() && self.known.insert(name.clone()) {
            self.names.push(name);
        }
    }

    pub(super) fn country(&mut self, text: &str) {
        // Several nationalities stand in one cell: `(1) Iran (2) Iraq`, `Iran|Iraq`.
        for part in text.split(['|', ';', '/']).flat_map(|part| part.split('(')) {
            let name = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ')').trim();
            if !name.is_empty() && !self.countries.iter().any(|known| known == name) {
                self.countries.push(name.to_owned());
            }
        }
    }

    pub(super) fn finish(self) -> Entry {
        let kind = match self.kind.to_lowercase().as_str() {
            "individual" => EntityKind::Person,
            "ship" => EntityKind::Vessel,
            _ => EntityKind::Organisation,
        };
        let mut entry = blank(self.id.clone(), String::new(), kind, self.ground());
        let is_primary = |name: &NameRow| {
            let kind = name.kind.to_lowercase();
            kind.is_empty() || kind == "primary name"
        };
        let primary =
            self.names.iter().position(is_primary).or_else(|| (!self.names.is_empty()).then_some(0));
        for (at, name) in self.names.into_iter().enumerate() {
            if Some(at) == primary {
                entry.name = name.name;
            } else if name.strength.to_lowercase().starts_with("low") {
                entry.weak_aliases.push(name.name);
            } else {
                entry.aliases.push(name.name);
            }
        }
        entry.measure = self.sanctions.replace('|', ", ");
        entry.listed_on = date(&self.designated, Order::DayFirst);
        UK.url.clone_into(&mut entry.source_url);
        let by = if self.by.is_empty() {
            String::new()
        } else {
            format!(". Designated by {}", self.by.replace('|', " and "))
        };
        entry.note = format!("Regime: {}{by}", self.regime);
        for country in &self.countries {
            add_country(&mut entry, country);
        }
        if kind == EntityKind::Organisation {
            let country = entry.countries.first().copied();
            for text in self.numbers.iter().flat_map(|text| numbered(text)) {
                let plain = identifiers::number("reg", text, country);
                let found = identifiers::in_free_text(text, country);
                let all = if found.is_empty() { plain.into_iter().collect() } else { found };
                for id in all {
                    add_identifier(&mut entry, Some(id));
                }
            }
        }
        for imo in &self.imo {
            add_identifier(&mut entry, identifiers::number("imo", imo, None));
        }
        entry
    }

    /// By the regime; where one regime has several purposes, by the statement of reasons. Never by the country alone.
    fn ground(&self) -> Ground {
        let regime: String = self.id.chars().take_while(char::is_ascii_alphabetic).collect();
        let by_regime = grounds::of("uk", [regime.to_ascii_uppercase().as_str()]);
        let by_reasons = matches!(regime.as_str(), "GHR" | "BEL" | "IRN" | "MYA")
            .then(|| grounds::in_reasons(&self.reasons));
        grounds::checked(&self.id).or(by_reasons.flatten()).unwrap_or(by_regime)
    }
}

/// The values of a cell that numbers them: `(1) 01234567 (2) 07654321`.
fn numbered(text: &str) -> impl Iterator<Item = &str> {
    text.split('(')
        .map(|part| match part.split_once(')') {
            Some((number, value)) if number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()) => value,
            _ => part,
        })
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Parts of a name in order, blanks left out.
pub(super) fn joined(parts: &[String]) -> String {
    clean(&parts.join(" "))
}
