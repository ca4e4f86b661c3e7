//! The consolidated list of OFSI (`ConList.csv`), retired on 28 January 2026: archives only, read with a remark.
//!
//! Several rows to a `Group ID`; 29 columns until 2018, 36 later; unknown parts of dates are `00`.
//!
//! Source: HM Treasury, "Consolidated list: format guide"; files of 2014 and 2018.

use rustc_hash::FxHashMap;

use super::draft::{Builder, add_country, add_identifier, blank};
use super::table::Table;
use super::text::{Order, date};
use super::uk::{UK, date_in, joined};
use super::{ImportError, Read, Source, grounds, identifiers};
use crate::vocab::{EntityKind, Ground};
use crate::watchlist::Entry;

pub(super) fn read(source: &Source) -> Result<Read, ImportError> {
    let table = Table::of(source, None, b',', &["Name 6", "Group Type", "Group ID"])?;
    let mut builder = Builder::of_rows(table.rows.len());
    let mut groups: Vec<Entry> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for row in table.iter() {
        let id = row.get("Group ID");
        if id.is_empty() {
            builder.skip(format!("line {}", row.line), "it has no Group ID");
            continue;
        }
        let place = *places.entry(id.clone()).or_insert_with(|| {
            let kind = match row.get("Group Type").to_lowercase().as_str() {
                "individual" => EntityKind::Person,
                "ship" => EntityKind::Vessel,
                _ => EntityKind::Organisation,
            };
            let regime = row.get("Regime");
            let mut entry = blank(id, String::new(), kind, ground_of(&regime));
            "asset freeze".clone_into(&mut entry.measure);
            UK.url.clone_into(&mut entry.source_url);
            entry.listed_on = date(row.raw("Listed On"), Order::DayFirst);
            entry.note = format!("Regime: {regime}. From the retired OFSI list");
            groups.push(entry);
            groups.len() - 1
        });
        let Some(entry) = groups.get_mut(place) else { continue };
        let name =
            joined(&["Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"].map(|part| row.get(part)));
        let kind = row.get("Alias Type").to_lowercase();
        let is_primary = kind.is_empty() || kind.starts_with("prim");
        if is_primary && entry.name.is_empty() {
            entry.name = name;
        } else if row.get("Alias Quality").to_lowercase().starts_with("low") {
            entry.weak_aliases.push(name);
        } else {
            entry.aliases.push(name);
        }
        entry.aliases.push(row.get("Name Non-Latin Script"));
        for column in ["Country", "Nationality"] {
            add_country(entry, row.raw(column));
        }
        if entry.kind == EntityKind::Organisation {
            for identifier in
                identifiers::in_free_text(row.raw("Other Information"), entry.countries.first().copied())
            {
                add_identifier(entry, Some(identifier));
            }
        }
    }
    for entry in groups {
        builder.add(entry);
    }
    let published = table.above.iter().flatten().find_map(|cell| date_in(cell));
    let mut facts = UK.facts(published);
    "OFSI consolidated list of financial sanctions targets (retired)".clone_into(&mut facts.title);
    "HM Treasury, OFSI".clone_into(&mut facts.publisher);
    facts.complete = false;
    "every designation and removal after its date: the list ended on 28 January 2026"
        .clone_into(&mut facts.missing);
    let remarks =
        vec!["this list ended on 28 January 2026: use the UK Sanctions List of the FCDO instead".to_owned()];
    let what = "OFSI consolidated list (CSV, retired)".to_owned();
    Ok(Read { builder, facts, slug: "uk-ofsi-retired".to_owned(), what, remarks, usual: None })
}

/// The regimes that are about people's rights, by their names in this list.
fn ground_of(regime: &str) -> Ground {
    const REGIMES: [(&str, &str); 8] = [
        ("Human Rights", "GHR"),
        ("Burma", "MYA"),
        ("Myanmar", "MYA"),
        ("South Sudan", "SSU"),
        ("Sudan", "SUD"),
        ("Democratic Republic of the Congo", "DRC"),
        ("Central African Republic", "CAF"),
        ("Syria", "SYR"),
    ];
    let code = REGIMES.iter().find(|(name, _)| regime.contains(name)).map(|(_, code)| *code);
    code.map_or(Ground::Other, |code| grounds::of("uk", [code]))
}
