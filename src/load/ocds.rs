//! Open Contracting Data Standard 1.1: release packages, record packages, lists and lines of releases, and the
//! portals' search answers, read as one table of suppliers.
//!
//! One row for each party that supplies or tenders, and one without a name for each release that names none, so
//! that every release is accounted for. Tags are not believed (publishers re-tag award notices); parties, awards and
//! contracts are. A value is given to a supplier only where it is alone in the award: nobody has said how several
//! share it. Source: <https://standard.open-contracting.org/1.1/en/schema/reference/>.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rust_decimal::Decimal;
use serde_json::Value;

use super::Field;
use crate::read::json::{Document, Table, number_text};
use crate::read::{Cells, Position, Row};

/// How deep releases may lie in an answer.
const DEPTH: usize = 6;

/// The columns of the table, by field.
const COLUMNS: [(Field, &str); 12] = [
    (Field::Name, "parties.name"),
    (Field::Aliases, "parties.identifier.legalName"),
    (Field::Country, "parties.address.countryName"),
    (Field::Postcode, "parties.address.postalCode"),
    (Field::CompanyNumber, "parties.identifier.id"),
    (Field::Amount, "awards.value.amount"),
    (Field::Currency, "awards.value.currency"),
    (Field::Description, "tender.title"),
    (Field::Cpv, "tender.classification.id"),
    (Field::ContractId, "ocid"),
    (Field::ContractStart, "awards.contractPeriod.startDate"),
    (Field::ContractEnd, "awards.contractPeriod.endDate"),
];

/// The suppliers of every release in a document, or `None` where it holds no release.
pub(super) fn table(document: &Document) -> Option<(Table, Vec<(Field, usize)>)> {
    let mut releases = Vec::new();
    match document {
        Document::Whole(value) => collect(value, None, 0, &mut releases),
        Document::Lines(lines) => {
            for (line, value) in lines {
                collect(value, Some(*line), 0, &mut releases);
            }
        }
    }
    if releases.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    let mut valued = HashSet::new();
    for (line, release) in releases {
        for cells in suppliers(release, &mut valued) {
            let position = Position { record: rows.len() as u64 + 1, line };
            rows.push(Row { position, cells });
        }
    }
    let columns = COLUMNS.iter().map(|(_, name)| (*name).to_owned()).collect();
    let fields = COLUMNS.iter().enumerate().map(|(at, (field, _))| (*field, at)).collect();
    Some((Table { path: "releases".to_owned(), columns, rows }, fields))
}

/// Finds releases. A record's compiled release stands for all its releases.
fn collect<'a>(
    value: &'a Value,
    line: Option<u64>,
    depth: usize,
    releases: &mut Vec<(Option<u64>, &'a Value)>,
) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, line, depth + 1, releases)),
        Value::Object(members) => {
            if let Some(compiled) = members.get("compiledRelease").filter(|compiled| compiled.is_object()) {
                releases.push((line, compiled));
            } else if is_release(value) {
                releases.push((line, value));
            } else {
                members.values().for_each(|member| collect(member, line, depth + 1, releases));
            }
        }
        _ => {}
    }
}

fn is_release(value: &Value) -> bool {
    value.get("ocid").is_some()
        && ["parties", "tender", "awards", "contracts", "buyer", "planning", "tag"]
            .iter()
            .any(|key| value.get(key).is_some())
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, path: &[&str]) -> String {
    let found = path.iter().try_fold(value, |value, key| value.get(key));
    match found {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number_text(number),
        _ => String::new(),
    }
}

/// A supplier as parties and awards tell of it.
#[derive(Default)]
struct Supplier<'a> {
    party: Option<&'a Value>,
    name: String,
    awards: Vec<&'a Value>,
}

fn suppliers(release: &Value, valued: &mut HashSet<String>) -> Vec<Cells> {
    let mut order: Vec<String> = Vec::new();
    let mut found: BTreeMap<String, Supplier<'_>> = BTreeMap::new();
    let entry_of = |key: String, order: &mut Vec<String>| {
        if !order.contains(&key) {
            order.push(key.clone());
        }
        key
    };
    for party in list(release, "parties") {
        let roles: BTreeSet<&str> = list(party, "roles").filter_map(Value::as_str).collect();
        if roles.contains("supplier") || roles.contains("tenderer") {
            let key = entry_of(key_of(party), &mut order);
            let supplier = found.entry(key).or_default();
            supplier.party = Some(party);
            supplier.name = text(party, &["name"]);
        }
    }
    for award in list(release, "awards") {
        for named in list(award, "suppliers") {
            let key = entry_of(key_of(named), &mut order);
            let supplier = found.entry(key).or_default();
            if supplier.name.is_empty() {
                supplier.name = text(named, &["name"]);
            }
            supplier.awards.push(award);
        }
    }
    if order.is_empty() {
        order.push(String::new());
    }
    order.iter().map(|key| found.remove(key).unwrap_or_default().cells(release, valued)).collect()
}

/// Parties and suppliers refer to each other by id; where there is none, by name.
fn key_of(organisation: &Value) -> String {
    let id = text(organisation, &["id"]);
    if id.is_empty() { text(organisation, &["name"]).to_lowercase() } else { id }
}

impl Supplier<'_> {
    fn cells(&self, release: &Value, valued: &mut HashSet<String>) -> Cells {
        let ocid = text(release, &["ocid"]);
        let (amount, currency) = self.value(release, &ocid, valued);
        let party = self.party.unwrap_or(&Value::Null);
        let legal = text(party, &["identifier", "legalName"]);
        let scheme = text(party, &["identifier", "scheme"]);
        let number = text(party, &["identifier", "id"]);
        let number =
            if scheme.is_empty() || number.is_empty() { String::new() } else { format!("{scheme}:{number}") };
        let period = |edge| self.period(release, edge);
        let cells = [
            if self.name.is_empty() { legal.clone() } else { self.name.clone() },
            if legal == self.name { String::new() } else { legal },
            text(party, &["address", "countryName"]),
            text(party, &["address", "postalCode"]),
            number,
            amount,
            currency,
            text(release, &["tender", "title"]),
            text(release, &["tender", "classification", "id"]),
            ocid,
            period("startDate"),
            period("endDate"),
        ];
        Cells::from(cells.to_vec())
    }

    /// The sum of the awards that the supplier has alone, each counted once over all releases. The contract
    /// signed under an award says more than the award.
    fn value(&self, release: &Value, ocid: &str, valued: &mut HashSet<String>) -> (String, String) {
        let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
        for award in self.awards.iter().filter(|award| list(award, "suppliers").count() == 1) {
            let id = text(award, &["id"]);
            let contract = list(release, "contracts")
                .find(|contract| text(contract, &["awardID"]) == id && contract.get("value").is_some());
            let from = contract.unwrap_or(award);
            let (amount, currency) = (text(from, &["value", "amount"]), text(from, &["value", "currency"]));
            let Ok(amount) = amount.parse::<Decimal>() else { continue };
            if valued.insert(format!("{ocid}\u{1f}{id}\u{1f}{}", self.name)) {
                let sum = sums.entry(currency).or_default();
                *sum = sum.checked_add(amount).unwrap_or(*sum);
            }
        }
        let largest = sums.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        largest.map_or_else(Default::default, |(currency, sum)| (sum.to_string(), currency))
    }

    fn period(&self, release: &Value, edge: &str) -> String {
        let contracts = list(release, "contracts").map(|contract| text(contract, &["period", edge]));
        let awards = self.awards.iter().map(|award| text(award, &["contractPeriod", edge]));
        let tender = text(release, &["tender", "contractPeriod", edge]);
        contracts.chain(awards).filter(|day| !day.is_empty()).max().unwrap_or(tender)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::parse;

    fn names_and_values(text: &str) -> Vec<(String, String)> {
        let (table, _) = table(&parse(text.as_bytes()).unwrap()).unwrap();
        let cell = |row: &Row, at: usize| String::from_utf8_lossy(&row.cells[at]).into_owned();
        table.rows.iter().map(|row| (cell(row, 0), cell(row, 5))).collect()
    }

    const PARTIES: &str = r#"{"ocid":"o-1","tag":["tender"],"parties":[
        {"id":"b","name":"Tessaryk Council","roles":["buyer"]},
        {"id":"1","name":"Orrinmoor Ltd","roles":["supplier"],"identifier":{"scheme":"GB-COH","id":"1234567"}},
        {"id":"2","name":"Ruddlecombe Ltd","roles":["tenderer"]}],
        "awards":[{"id":"a","value":{"amount":10.5,"currency":"GBP"},"suppliers":[{"id":"1","name":"Orrinmoor Ltd"}]}]}"#;

    #[test]
    fn suppliers_are_found_in_every_shape() {
        let expected =
            [("Orrinmoor Ltd".to_owned(), "10.5".to_owned()), ("Ruddlecombe Ltd".to_owned(), String::new())];
        let line = PARTIES.replace('\n', "");
        for document in [
            PARTIES.to_owned(),
            format!("{{\"releases\":[{PARTIES}]}}"),
            format!(
                "{{\"records\":[{{\"ocid\":\"o-1\",\"releases\":[{PARTIES}],\"compiledRelease\":{PARTIES}}}]}}"
            ),
            format!("{{\"results\":[{{\"releases\":[{PARTIES}]}}]}}"),
            format!("[{PARTIES}]"),
            format!("{line}\n"),
        ] {
            assert_eq!(names_and_values(&document), expected);
        }
    }

    #[test]
    fn a_shared_value_is_nobodys_and_a_repeated_one_counts_once() {
        let shared = r#"{"ocid":"o","awards":[{"id":"a","value":{"amount":9},"suppliers":[{"id":"1","name":"A"},{"id":"2","name":"B"}]}]}"#;
        assert_eq!(names_and_values(shared), [("A".into(), String::new()), ("B".into(), String::new())]);
        let twice = format!("{}\n{}\n", PARTIES.replace('\n', ""), PARTIES.replace('\n', ""));
        let sums: Vec<_> = names_and_values(&twice).into_iter().map(|(_, value)| value).collect();
        assert_eq!(sums, ["10.5", "", "", ""]);
    }

    #[test]
    fn a_release_without_suppliers_is_a_row_without_a_name() {
        assert_eq!(
            names_and_values(r#"{"ocid":"o","tender":{"title":"T"}}"#),
            [(String::new(), String::new())]
        );
        assert!(table(&parse(br#"{"data":[{"name":"A"}]}"#).unwrap()).is_none());
    }
}
