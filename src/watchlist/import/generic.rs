//! Any other table becomes a list: `--map FIELD=COLUMN` says which column is what.
//!
//! Columns that already bear a list's names are taken without a word. Values are read kindly: dates in any form, countries by
//! code or name, common words for kinds. What cannot be read is left out of the entry and said; a row without a name is skipped
//! and counted.

use thin_vec::ThinVec;

use super::draft::{Builder, add_country, add_identifier, blank};
use super::source::Shape;
use super::table::{Row, Table};
use super::text::{Order, clean, date};
use super::{ImportError, Options, Read, Source, identifiers};
use crate::vocab::{EntityKind, ListingStatus, Scope, UnknownWord, nearest_word};
use crate::watchlist::{COLUMNS, Entry, ListFacts, facts};

/// Columns of numbers that can be mapped beside a list's own columns; each becomes an identifier of that scheme.
const SCHEMES: [&str; 7] = ["lei", "isin", "sedol", "gb-coh", "vat", "imo", "reg"];

pub(super) fn read(source: &Source, options: &Options) -> Result<Read, ImportError> {
    for (field, _) in &options.map {
        if !COLUMNS.contains(&field.as_str()) && !SCHEMES.contains(&field.as_str()) {
            let known = COLUMNS.iter().chain(&SCHEMES).copied();
            let advice = nearest_word(field, known.clone()).map_or_else(
                || format!("known: {}", known.collect::<Vec<_>>().join(", ")),
                |word| format!("did you mean `{word}`?"),
            );
            return Err(ImportError::Usage(format!("`{field}` is not a column of a list; {advice}")));
        }
    }
    let column_of = |field: &str| {
        options
            .map
            .iter()
            .find(|(known, _)| known == field)
            .map_or_else(|| field.to_owned(), |(_, column)| column.clone())
    };
    let name = column_of("name");
    let table = match source.shape() {
        Shape::Workbook => Table::from_workbook(source, options.sheet.as_deref(), &[&name])?,
        Shape::WebPage(title) => {
            return Err(ImportError::WebPage { file: source.name.clone(), title, wanted: "table" });
        }
        Shape::Text => from_text(source, &name)?,
        Shape::Empty => return Err(ImportError::NoEntries { file: source.name.clone(), wanted: "table" }),
        Shape::Xml(_) | Shape::Json | Shape::Foreign(_) => {
            return Err(ImportError::OtherFile {
                file: source.name.clone(),
                wanted: "CSV or workbook",
                found: "something that holds no table".to_owned(),
                format: None,
                instead: Some("save it as CSV or as a workbook"),
            });
        }
    };
    for (_, column) in &options.map {
        table.need(column)?;
    }
    let stem = source.file_name();
    let slug = crate::watchlist::csv::slug_of(stem.split('.').next().unwrap_or("own-list"));
    // Whoever maps a file knows whether it is the whole list; nothing here does.
    let mut facts = options.earlier.clone().unwrap_or_else(|| facts::assumed(&slug));
    facts.entries_at_source = facts.entries_at_source.filter(|_| !facts.complete);
    let mut builder = Builder::of_rows(table.rows.len());
    let mut unread = Unread::default();
    for row in table.iter() {
        if clean(row.raw(&name)).is_empty() {
            builder.skip(format!("line {}", row.line), "it has no name");
        } else {
            builder.add(entry(&row, &column_of, &facts, &mut unread));
        }
    }
    let mut remarks = unread.sentences();
    let unused: Vec<&str> = table
        .header()
        .iter()
        .map(String::as_str)
        .filter(|header| {
            !header.is_empty() && !options.map.iter().any(|(_, column)| column.eq_ignore_ascii_case(header))
        })
        .filter(|header| !COLUMNS.contains(&header.to_lowercase().as_str()))
        .collect();
    if !unused.is_empty() {
        remarks.push(format!("columns not used: {}", unused.join(", ")));
    }
    remarks.push(format!(
        "authority {}, proof {}, ground {} where the file gives none: set them in the list's TOML, which the next import keeps",
        facts.authority, facts.proof, facts.default_ground
    ));
    Ok(Read { builder, facts, slug, what: "table".to_owned(), remarks, usual: None })
}

/// Delimited text by whichever delimiter gives the name column.
fn from_text(source: &Source, name: &str) -> Result<Table, ImportError> {
    let mut first = None;
    for delimiter in [b',', b';', b'\t', b'|'] {
        match Table::from_text(source, delimiter, &[name]) {
            Ok(table) if table.header().len() > 1 || first.is_none() => return Ok(table),
            Ok(_) => {}
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or_else(|| source.damaged("no table")))
}

/// Values that could not be read, by column: how many, and the first.
#[derive(Default)]
struct Unread(Vec<(&'static str, u32, String)>);

impl Unread {
    fn note(&mut self, column: &'static str, value: &str) {
        match self.0.iter_mut().find(|(known, ..)| *known == column) {
            Some((_, count, _)) => *count += 1,
            None => self.0.push((column, 1, value.to_owned())),
        }
    }

    fn sentences(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|(column, count, first)| {
                format!(
                    "{count} values of `{column}` could not be read and were left out; the first: `{first}`"
                )
            })
            .collect()
    }
}

fn entry(row: &Row<'_>, column_of: &dyn Fn(&str) -> String, facts: &ListFacts, unread: &mut Unread) -> Entry {
    let raw = |field: &str| row.raw(&column_of(field));
    let several = |field: &str| {
        raw(field).split([';', '|', '\n']).map(clean).filter(|v| !v.is_empty()).collect::<ThinVec<_>>()
    };
    let kind = kind_of(raw("kind"), unread);
    let ground = word(raw("ground"), "ground", unread).unwrap_or(facts.default_ground);
    let mut entry = blank(clean(raw("id")), raw("name"), kind, ground);
    entry.aliases = several("aliases");
    entry.weak_aliases = several("weak_aliases");
    for country in several("country").iter().flat_map(|cell| {
        if crate::country::by_name(cell).is_some() {
            vec![cell.clone()]
        } else {
            cell.split(',').map(clean).collect()
        }
    }) {
        let before = entry.countries.len();
        add_country(&mut entry, &country);
        if entry.countries.len() == before
            && crate::country::by_name(&country).or_else(|| crate::country::by_code(&country)).is_none()
        {
            unread.note("country", &country);
        }
    }
    for text in several("identifiers") {
        let known = text.split_once(':').map(|(scheme, value)| crate::ident::Identifier {
            scheme: scheme.trim().to_ascii_lowercase(),
            value: value.trim().to_owned(),
        });
        if known.is_none() {
            unread.note("identifiers", &text);
        }
        add_identifier(&mut entry, known);
    }
    for scheme in SCHEMES {
        let text = clean(raw(scheme));
        if text.is_empty() || column_of(scheme) == scheme && !row.has(scheme) {
            continue;
        }
        let country = entry.countries.first().copied();
        let known = match scheme {
            "gb-coh" => (text.len() <= 8)
                .then(|| format!("{text:0>8}"))
                .and_then(|text| identifiers::number("reg", &text, crate::country::by_code("GB"))),
            "sedol" => (text.len() == 7).then(|| crate::ident::Identifier {
                scheme: "sedol".to_owned(),
                value: text.to_ascii_uppercase(),
            }),
            _ => identifiers::number(scheme, &text, country),
        };
        if known.is_none() {
            unread.note(scheme, &text);
        }
        add_identifier(&mut entry, known);
    }
    raw("measure").clone_into(&mut entry.measure);
    if entry.measure.is_empty() {
        facts.measure.clone_into(&mut entry.measure);
    }
    entry.status = word(raw("status"), "status", unread).unwrap_or(ListingStatus::Current);
    for (field, place) in [("listed_on", &mut entry.listed_on), ("delisted_on", &mut entry.delisted_on)] {
        let text = raw(field);
        *place = date(text, Order::DayFirst);
        if place.is_none() && !clean(text).is_empty() {
            unread.note(field, text);
        }
    }
    entry.scope = word(raw("scope"), "scope", unread).unwrap_or(Scope::Named);
    entry.products = several("products");
    entry.affected = several("affected").iter().filter_map(|text| word(text, "affected", unread)).collect();
    entry.source_url = clean(raw("source_url"));
    raw("note").clone_into(&mut entry.note);
    entry
}

fn word<T: std::str::FromStr<Err = UnknownWord>>(
    text: &str,
    column: &'static str,
    unread: &mut Unread,
) -> Option<T> {
    let text = clean(text).to_lowercase().replace([' ', '-'], "_").replace("labor", "labour");
    if text.is_empty() {
        return None;
    }
    let word = text.parse().ok();
    if word.is_none() {
        unread.note(column, &text);
    }
    word
}

fn kind_of(text: &str, unread: &mut Unread) -> EntityKind {
    match clean(text).to_lowercase().as_str() {
        "" | "organisation" | "organization" | "company" | "entity" | "firm" | "business"
        | "legal entity" => EntityKind::Organisation,
        "person" | "individual" | "natural person" => EntityKind::Person,
        "vessel" | "ship" | "aircraft" => EntityKind::Vessel,
        "region" | "country" => EntityKind::Region,
        "product" | "good" | "goods" => EntityKind::Product,
        other => {
            unread.note("kind", other);
            EntityKind::Organisation
        }
    }
}
