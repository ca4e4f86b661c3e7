//! JSON: arrays of objects anywhere in a document, and JSON lines, flattened into tables.
//!
//! Columns are dotted paths (`item.awardedSupplier`). A value that lies in an array inside the row keeps its
//! fellows, separated by [`SEPARATOR`]. An object of objects, keyed by number or id, is a table too.

use std::collections::HashMap;
use std::io::{self, BufRead};

use serde_json::Value;

use super::{Cells, Position, Row};

/// Stands between several values of one cell (ASCII record separator; occurs in no text).
pub const SEPARATOR: char = '\u{1e}';

/// How deep a table may lie in a document, and an object in a row.
const DEPTH: usize = 6;

/// A table found in a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Where it lies: `data`, `result.items`; empty at the top.
    pub path: String,
    /// The columns, in order of first appearance.
    pub columns: Vec<String>,
    /// The rows, numbered from 1.
    pub rows: Vec<Row>,
}

/// Parses a document: one JSON value, or one on each line.
///
/// # Errors
/// The place where the text stops being JSON.
pub fn parse(bytes: &[u8]) -> io::Result<Document> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice(bytes) {
        Ok(value) => Ok(Document::Whole(value)),
        Err(whole) => parse_lines(bytes).map(Document::Lines).map_err(|lines| {
            // Several values: speak of the bad line; one value: of the place in it.
            if whole.is_eof() || lines.1 < 2 { io::Error::other(whole) } else { lines.0 }
        }),
    }
}

/// JSON as found.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// One value.
    Whole(Value),
    /// One value for each line that is not blank, with its line.
    Lines(Vec<(u64, Value)>),
}

fn parse_lines(bytes: &[u8]) -> Result<Vec<(u64, Value)>, (io::Error, usize)> {
    let mut values = Vec::new();
    for (line, number) in bytes.lines().zip(1_u64..) {
        let line = line.map_err(|error| (error, values.len()))?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(&line) {
            Ok(value) => values.push((number, value)),
            Err(error) => return Err((io::Error::other(format!("line {number}: {error}")), values.len())),
        }
    }
    Ok(values)
}

impl Document {
    /// Every table in the document, the outer ones first.
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = Vec::new();
        match self {
            Self::Whole(value) => {
                let mut titles = Vec::new();
                collect_titles(value, 0, &mut titles);
                collect(value, "", 0, &titles, &mut tables);
            }
            Self::Lines(values) => {
                tables.push(build("", values.iter().map(|(line, value)| (Some(*line), value))));
            }
        }
        tables.retain(|table| !table.rows.is_empty());
        tables
    }
}

fn collect(value: &Value, path: &str, depth: usize, titles: &[Vec<String>], tables: &mut Vec<Table>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(items) => {
            if items.iter().any(Value::is_object) {
                tables.push(build(path, items.iter().map(|item| (None, item))));
            } else if let Some(rows) = rows_of_scalars(items) {
                tables.push(build_untitled(path, &rows, titles));
            } else if !items.is_empty() && items.iter().all(Value::is_array) {
                for (at, item) in items.iter().enumerate() {
                    collect(item, &join(path, &at.to_string()), depth + 1, titles, tables);
                }
            }
        }
        Value::Object(members) => {
            if members.len() > 1 && are_alike(members) {
                tables.push(build(path, in_key_order(members).into_iter().map(|item| (None, item))));
            }
            for (key, member) in members {
                if member.is_array() || member.is_object() {
                    collect(member, &join(path, key), depth + 1, titles, tables);
                }
            }
        }
        _ => {}
    }
}

/// The lists of titles in a document: `fields`, `columns` and the like, of texts or of objects that have a name.
fn collect_titles(value: &Value, depth: usize, titles: &mut Vec<Vec<String>>) {
    const LISTS: [&str; 5] = ["columns", "fields", "headers", "header", "cols"];
    const NAMES: [&str; 5] = ["name", "title", "label", "header", "id"];
    let Value::Object(members) = value else { return };
    let title = |item: &Value| match item {
        Value::String(text) => Some(text.clone()),
        Value::Object(about) => {
            NAMES.iter().find_map(|name| about.get(*name).and_then(Value::as_str)).map(str::to_owned)
        }
        _ => None,
    };
    for (key, member) in members {
        match member {
            Value::Array(items) if LISTS.contains(&key.to_lowercase().as_str()) => {
                titles.extend(items.iter().map(title).collect::<Option<Vec<String>>>());
            }
            Value::Object(_) if depth < DEPTH => collect_titles(member, depth + 1, titles),
            _ => {}
        }
    }
}

/// The rows of an array of arrays, if it is a table: two rows at least, of more than one cell, few of them structured.
fn rows_of_scalars(items: &[Value]) -> Option<Vec<&Vec<Value>>> {
    let rows: Vec<&Vec<Value>> = items.iter().map(Value::as_array).collect::<Option<_>>()?;
    let cells = || rows.iter().flat_map(|row| row.iter());
    let structured = cells().filter(|cell| cell.is_object() || cell.is_array()).count();
    let wide = rows.iter().all(|row| row.len() > 1);
    (rows.len() > 1 && wide && structured * 4 < cells().count()).then_some(rows)
}

/// A table whose titles stand elsewhere in the document, or in its first row, or nowhere.
fn build_untitled(path: &str, rows: &[&Vec<Value>], titles: &[Vec<String>]) -> Table {
    let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let own =
        || rows.first()?.iter().map(|cell| cell.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
    let elsewhere = titles.iter().find(|titles| titles.len() == width).cloned();
    let skipped = usize::from(elsewhere.is_none() && own().is_some());
    let columns = elsewhere.or_else(own).unwrap_or_default();
    let mut table = Table { path: path.to_owned(), columns, ..Table::default() };
    table.columns.resize(width, String::new());
    for (row, record) in rows.iter().zip(1_u64..).skip(skipped) {
        let mut texts = vec![String::new(); row.len()];
        for (cell, text) in row.iter().zip(&mut texts) {
            flatten(cell, String::new(), 0, &mut |_, part| {
                if !text.is_empty() {
                    text.push(SEPARATOR);
                }
                text.push_str(part);
            });
        }
        table.rows.push(Row { position: Position { record, line: None }, cells: Cells::from(texts) });
    }
    table
}

/// Whether an object is a table whose rows are its members: all are objects and share their first key.
fn are_alike(members: &serde_json::Map<String, Value>) -> bool {
    let mut keys = members.values().map(|member| member.as_object().and_then(|m| m.keys().next()));
    let Some(Some(first)) = keys.next() else { return false };
    keys.all(|key| key == Some(first))
}

/// Members keyed by numbers are sorted by number, since text order puts 10 before 2.
fn in_key_order(members: &serde_json::Map<String, Value>) -> Vec<&Value> {
    let mut order: Vec<(Option<u64>, &Value)> =
        members.iter().map(|(key, value)| (key.parse().ok(), value)).collect();
    order.sort_by_key(|(key, _)| *key);
    order.into_iter().map(|(_, value)| value).collect()
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn build<'a>(path: &str, items: impl Iterator<Item = (Option<u64>, &'a Value)>) -> Table {
    let mut table = Table { path: path.to_owned(), ..Table::default() };
    let mut columns = Columns::default();
    for ((line, item), record) in items.zip(1_u64..) {
        let cells = columns.add_row(item);
        table.rows.push(Row { position: Position { record, line }, cells });
    }
    table.columns = columns.names;
    table
}

/// The columns of a table whose rows are objects, met one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    /// The names, in order of first appearance.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of a column, which is added where there is none of that name.
    pub fn add(&mut self, name: String) -> usize {
        *self.places.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            self.names.len() - 1
        })
    }

    /// The cells of a row, every column that it has being added.
    pub fn add_row(&mut self, row: &Value) -> Cells {
        let mut texts = vec![String::new(); self.names.len()];
        flatten(row, String::new(), 0, &mut |column, text| {
            let at = self.add(column);
            texts.resize(self.names.len().max(texts.len()), String::new());
            if let Some(cell) = texts.get_mut(at) {
                append(cell, text);
            }
        });
        Cells::from(texts)
    }

    /// The cells of a row; what stands in no known column is left out.
    pub fn cells(&self, row: &Value) -> Cells {
        let mut texts = vec![String::new(); self.names.len()];
        flatten(row, String::new(), 0, &mut |column, text| {
            if let Some(cell) = self.places.get(&column).and_then(|at| texts.get_mut(*at)) {
                append(cell, text);
            }
        });
        Cells::from(texts)
    }
}

fn append(cell: &mut String, text: &str) {
    if !cell.is_empty() {
        cell.push(SEPARATOR);
    }
    cell.push_str(text);
}

fn flatten(value: &Value, path: String, depth: usize, emit: &mut impl FnMut(String, &str)) {
    match value {
        Value::Null => emit(path, ""),
        Value::Bool(truth) => emit(path, if *truth { "true" } else { "false" }),
        Value::Number(number) => emit(path, &number_text(number)),
        Value::String(text) => emit(path, text),
        Value::Array(items) if depth < DEPTH => {
            for item in items {
                flatten(item, path.clone(), depth + 1, emit);
            }
        }
        Value::Object(members) if depth < DEPTH => {
            for (key, member) in members {
                flatten(member, join(&path, key), depth + 1, emit);
            }
        }
        Value::Array(_) | Value::Object(_) => {}
    }
}

/// A number as the decimal it stands for; never in scientific notation where that can be helped.
pub fn number_text(number: &serde_json::Number) -> String {
    let text = number.to_string();
    if text.contains(['e', 'E', '.']) {
        return number.as_f64().map_or(text, super::sheet::number_text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(text: &str) -> Vec<(String, Vec<String>, Vec<Vec<String>>)> {
        let rows = |table: &Table| {
            let cells =
                |row: &Row| row.cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
            table.rows.iter().map(cells).collect()
        };
        parse(text.as_bytes())
            .unwrap()
            .tables()
            .iter()
            .map(|t| (t.path.clone(), t.columns.clone(), rows(t)))
            .collect()
    }

    #[test]
    fn tables_are_found_where_they_lie() {
        let seen =
            tables(r#"{"meta":{"n":1},"data":[{"name":"A","amount":1.10},{"name":"B","at":{"town":"C"}}]}"#);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].0, "data");
        assert_eq!(seen[0].1, ["amount", "name", "at.town"]);
        assert_eq!(seen[0].2, [vec!["1.1", "A"], vec!["", "B", "C"]]);
    }

    #[test]
    fn an_object_of_objects_is_a_table_in_the_order_of_its_numbers() {
        let seen = tables(r#"{"0":{"t":"a"},"1":{"t":"b"},"10":{"t":"d"},"2":{"t":"c"}}"#);
        assert_eq!(seen[0].2, [["a"], ["b"], ["c"], ["d"]]);
    }

    #[test]
    fn lines_of_json_are_one_table_and_lists_keep_all_values() {
        let seen = tables("{\"s\":[{\"n\":\"A\"},{\"n\":\"B\"}]}\n\n{\"s\":[]}\n");
        assert_eq!(seen[0].1, ["s.n"]);
        assert_eq!(seen[0].2[0], ["A\u{1e}B"]);
    }

    #[test]
    fn rows_without_keys_have_their_titles_elsewhere_or_in_front() {
        let dump = r#"{"fields":[{"id":"_id"},{"id":"Supplier"}],"records":[[1,"A"],[2,"B"]]}"#;
        let view = r#"{"meta":{"view":{"columns":[{"id":-1,"name":"sid"},{"id":2,"name":"Vendor"}]}},"data":[["r1","A"],["r2","B"]]}"#;
        let front = r#"[["Supplier","Paid"],["A",1],["B",2]]"#;
        let last = |text| {
            tables(text)
                .into_iter()
                .find(|table| table.2.iter().any(|row| row.contains(&"B".to_owned())))
                .unwrap()
        };
        assert_eq!((last(dump).1, last(dump).2.len()), (vec!["_id".to_owned(), "Supplier".to_owned()], 2));
        assert_eq!((last(view).1, last(view).2.len()), (vec!["sid".to_owned(), "Vendor".to_owned()], 2));
        assert_eq!((last(front).1, last(front).2.len()), (vec!["Supplier".to_owned(), "Paid".to_owned()], 2));
    }

    #[test]
    fn what_is_not_json_says_where() {
        assert!(parse(b"{\"a\":1}\n{\"a\":}\n").unwrap_err().to_string().contains("line 2"));
        assert!(parse(b"[{\"a\":1}").unwrap_err().to_string().contains("EOF"));
    }
}
