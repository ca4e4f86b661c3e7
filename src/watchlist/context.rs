//! Context tables: what a government says of a country and its goods. They can raise a question in due diligence.
//!
//! A row of such a table is never an entry and never a ground: a council may not decide on where a supplier's goods come from
//! (Local Government Act 1988, section 17). No screening reads them, so no finding can rest on them; they can only be looked up.

use super::{ListFacts, facts};
use crate::country;
use crate::record::Country;

/// What is said wherever a table is shown.
pub const NEVER_A_GROUND: &str = "Context for due diligence, never a ground: under section 17 of the Local Government Act 1988 a \
council may not decide on the country of origin of supplies or on where a contractor works.";

/// A table about countries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextTable {
    /// Its short name: `us-dol-goods`.
    pub slug: &'static str,
    /// What people call it: `labour-goods`.
    pub alias: &'static str,
    /// Who publishes it, as of when, and what is missing.
    pub facts: ListFacts,
    /// Its columns, but for the country.
    pub columns: Vec<String>,
    /// Its rows, in the order of the file.
    pub rows: Vec<ContextRow>,
}

/// What a table says of a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextRow {
    /// The country.
    pub country: Country,
    /// Its name, as the publisher has it.
    pub country_name: String,
    /// A cell for each of the table's columns.
    pub cells: Vec<String>,
}

/// Short name, other name, TOML, CSV.
const TABLES: [(&str, &str, &str, &str); 2] = [
    (
        "us-dol-goods",
        "labour-goods",
        include_str!("../../watchlists/context/us-dol-goods.toml"),
        include_str!("../../watchlists/context/us-dol-goods.csv"),
    ),
    (
        "us-state-trafficking-tiers",
        "trafficking-tiers",
        include_str!("../../watchlists/context/us-state-trafficking-tiers.toml"),
        include_str!("../../watchlists/context/us-state-trafficking-tiers.csv"),
    ),
];

/// Columns that are said once, of the table, and not again in each row.
const SAID_ONCE: [&str; 7] = ["id", "country", "country_name", "measure", "source_url", "note", "edition"];

/// The context tables that are compiled into the program.
///
/// # Examples
/// ```
/// use wharfinger::watchlist::context;
///
/// let tables = context::tables();
/// let goods = tables.iter().find(|table| table.alias == "labour-goods").unwrap();
/// assert_eq!(goods.columns[0], "good");
/// assert!(goods.rows.iter().any(|row| row.country.as_str() == "CN" && row.cells[0] == "Cotton"));
/// ```
pub fn tables() -> Vec<ContextTable> {
    TABLES.iter().map(|table| read(*table)).collect()
}

#[expect(clippy::expect_used, reason = "the files are constants, and a test reads each of them")]
fn read((slug, alias, toml, csv): (&'static str, &'static str, &str, &str)) -> ContextTable {
    let facts = facts::read(slug, slug, toml).expect("the facts of a context table are good");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("a context table has a header").clone();
    let place = |name: &str| header.iter().position(|column| column == name).expect("it has this column");
    let (code, name) = (place("country"), place("country_name"));
    let kept: Vec<usize> = header
        .iter()
        .enumerate()
        .filter(|(_, column)| !SAID_ONCE.contains(column))
        .map(|(at, _)| at)
        .collect();
    let of = |record: &csv::StringRecord, at: usize| record.get(at).unwrap_or_default().to_owned();
    let rows = reader.records().map(|record| {
        let record = record.expect("a context table has whole rows");
        ContextRow {
            country: country::by_code(&of(&record, code)).expect("a context table has ISO codes"),
            country_name: of(&record, name),
            cells: kept.iter().map(|at| of(&record, *at)).collect(),
        }
    });
    let rows = rows.collect();
    let columns = kept.iter().map(|at| of(&header, *at)).collect();
    ContextTable { slug, alias, facts, columns, rows }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_about_a_country_and_a_good() {
        let [goods, tiers] = tables().try_into().unwrap();
        assert_eq!(
            goods.columns,
            [
                "good",
                "sector",
                "child_labour",
                "forced_labour",
                "forced_child_labour",
                "made_from_such_inputs"
            ]
        );
        let mut seen = BTreeSet::new();
        for row in &goods.rows {
            let [good, sector, marks @ ..] = row.cells.as_slice() else { panic!("{row:?}") };
            assert!(seen.insert((row.country.as_str().to_owned(), good.clone())), "twice: {row:?}");
            assert_eq!(country::by_name(&row.country_name), Some(row.country), "{row:?}");
            assert!(
                ["Agriculture", "Manufacturing", "Mining", "Other"].contains(&sector.as_str()),
                "{row:?}"
            );
            assert!(marks.iter().all(|mark| mark == "yes" || mark == "no"), "{row:?}");
            assert!(marks.iter().any(|mark| mark == "yes"), "a good without a mark: {row:?}");
            assert!(!good.trim().is_empty() && good.trim() == good, "{row:?}");
        }
        // The edition's own counts: 467 pairs of good and country, ten of them for what they are made from.
        assert_eq!(Some(goods.rows.len()), goods.facts.entries_at_source);
        let with = |at: usize| goods.rows.iter().filter(|row| row.cells[at] == "yes").count();
        assert_eq!([with(2), with(3), with(4), with(5)], GOODS_BY_MARK);

        assert_eq!(tiers.columns, ["value", "year"]);
        let of = |tier: &str| tiers.rows.iter().filter(|row| row.cells == [tier, "2025"]).count();
        assert_eq!((of("Tier 2 Watch List"), of("Tier 3")), (25, 20));
        assert_eq!(Some(tiers.rows.len()), tiers.facts.entries_at_source);
        let countries: BTreeSet<&str> = tiers.rows.iter().map(|row| row.country.as_str()).collect();
        assert_eq!(countries.len(), tiers.rows.len(), "a country has one tier");
        assert!(tiers.rows.iter().all(|row| country::by_name(&row.country_name) == Some(row.country)));
    }

    /// Pairs by mark: child labour, forced labour, forced child labour, made from such goods.
    const GOODS_BY_MARK: [usize; 4] = [414, 121, 54, 10];

    #[test]
    fn every_table_says_what_it_is() {
        for table in tables() {
            assert!(table.facts.url.starts_with("https://"), "{}", table.slug);
            assert_eq!(table.facts.measure, "context");
            assert!(!table.facts.missing.is_empty() && table.facts.published_on.is_some());
        }
    }
}
