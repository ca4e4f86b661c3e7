//! Rows are counted under their name as they pass; memory grows with distinct names, not with rows.
//!
//! The key is the bytes of the name cell (and of the cells that tell parties apart), so that a row of a known name
//! is one look-up and one addition; a name is decoded and judged once, when it is first met.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::amount::{self, Decimals, Reading};
use super::class::{self, Class};
use super::fit::Fit;
use super::{Field, date};
use crate::read::encoding::TextEncoding;
use crate::read::{Cells, Position};
use crate::record::Currency;
use crate::vocab::EntityKind;

/// The cells beside the name that tell one party from another of the same name, or say who it is.
const IDENTITY: [Field; 9] = [
    Field::Aliases,
    Field::Kind,
    Field::Country,
    Field::CompanyNumber,
    Field::Lei,
    Field::Isin,
    Field::Sedol,
    Field::Vat,
    Field::CharityNumber,
];

/// The longest names of parties have some hundred letters. What is longer is a text, or is there to keep the comparison busy.
const LONGEST_NAME: usize = 2_000;

/// How many rejected rows are kept with their text; the rest is counted.
const REJECTS_KEPT: usize = 100_000;

/// How the rows of a table are to be read.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    name: usize,
    identity: SmallVec<[(Field, usize); 4]>,
    amount: Option<usize>,
    currency: Option<usize>,
    id: Option<usize>,
    category: Option<usize>,
    end: Option<usize>,
    decimals: Decimals,
    /// What the header multiplies the sums with (`millions GBP`).
    scale: Decimal,
    /// The currency that the header names, else sterling.
    default_currency: Currency,
    encoding: TextEncoding,
    /// The header above the names, folded, to know it again further down.
    name_header: String,
    people: bool,
    include_persons: bool,
    merge: bool,
}

impl Plan {
    /// Reads rows by a fit; `None` where there is no name column.
    pub(super) fn new(
        fit: &Fit,
        encoding: TextEncoding,
        people: bool,
        include_persons: bool,
        merge: bool,
    ) -> Option<Self> {
        let columns: BTreeMap<Field, usize> =
            Field::ALL.iter().filter_map(|field| Some((*field, fit.column(*field)?))).collect();
        let name_header =
            fit.headers.get(at_of(&columns, Field::Name)?).map_or_else(String::new, |header| fold(header));
        let header = columns
            .get(&Field::Amount)
            .map_or("", |column| fit.headers.get(*column).map_or("", String::as_str));
        let at = |field| columns.get(&field).copied();
        Some(Self {
            name: at(Field::Name)?,
            name_header,
            identity: IDENTITY.iter().filter_map(|field| Some((*field, at(*field)?))).collect(),
            amount: at(Field::Amount),
            currency: at(Field::Currency),
            id: at(Field::Id),
            category: at(Field::Category),
            end: at(Field::ContractEnd),
            decimals: fit.decimals,
            scale: scale_of(header),
            default_currency: currency_of(header).unwrap_or(Currency::GBP),
            encoding,
            people,
            include_persons,
            merge,
        })
    }
}

fn at_of(columns: &BTreeMap<Field, usize>, field: Field) -> Option<usize> {
    columns.get(&field).copied()
}

/// Words in lower case, joined by single blanks.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// `Amount (millions GBP)`, `£000s`, `Value £m`.
fn scale_of(header: &str) -> Decimal {
    let text = header.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if any(&["million", "millions", "mn", "mm"])
        || text.contains("£m")
        || text.contains("$m")
        || text.contains("€m")
    {
        Decimal::from(1_000_000)
    } else if any(&["bn", "billion", "billions"]) || text.contains("£bn") {
        Decimal::from(1_000_000_000)
    } else if any(&["thousand", "thousands", "000", "000s"]) || text.contains("£000") || text.contains("£k")
    {
        Decimal::from(1_000)
    } else {
        Decimal::ONE
    }
}

fn currency_of(header: &str) -> Option<Currency> {
    const CODES: [&str; 14] =
        ["gbp", "usd", "eur", "nok", "sek", "dkk", "chf", "jpy", "cad", "aud", "cny", "hkd", "nzd", "inr"];
    if header.contains(['£', 'œ']) {
        return Some(Currency::GBP);
    }
    let text = header.to_lowercase();
    let code = text.split(|c: char| !c.is_alphanumeric()).find(|word| CODES.contains(word));
    code.and_then(Currency::parse).or_else(|| {
        if text.contains('€') { Some(Currency::EUR) } else { text.contains('$').then_some(Currency::USD) }
    })
}

/// The rows of one name.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The name as written, decoded, outer blanks removed.
    pub name: String,
    /// What it is.
    pub class: Class,
    /// What the file says it is, where it does.
    pub kind: Option<EntityKind>,
    /// The identity cells, decoded.
    pub identity: SmallVec<[(Field, String); 2]>,
    /// Rows counted.
    pub rows: u64,
    /// The first of them.
    pub first: Position,
    /// Sums by currency, as in the file (not scaled by the header).
    pub sums: SmallVec<[(Currency, Decimal); 1]>,
    /// The file's own id, as long as all rows agree on it.
    pub id: Option<Vec<u8>>,
    /// Whether rows of the name have different ids.
    pub id_differs: bool,
    categories: SmallVec<[(u32, u64); 2]>,
    /// The latest last day of a contract.
    pub end: Option<jiff::civil::Date>,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    /// Where.
    pub position: Position,
    /// Why.
    pub reason: &'static str,
    /// Its cells.
    pub text: String,
}

/// Counts of rows, each row in one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Screened.
    pub screened: u64,
    /// Persons, not screened.
    pub persons: u64,
    /// Redacted.
    pub redacted: u64,
    /// Blank, total or repeated header.
    pub blank_or_total: u64,
    /// Could not be read.
    pub rejected: u64,
}

impl Counts {
    /// All rows.
    pub(super) fn total(&self) -> u64 {
        self.screened + self.persons + self.redacted + self.blank_or_total + self.rejected
    }
}

/// The running account of one table.
#[derive(Debug)]
pub(super) struct Tally {
    plan: Plan,
    groups: Vec<Group>,
    index: FxHashMap<Box<[u8]>, u32>,
    key: Vec<u8>,
    categories: FxHashMap<Box<[u8]>, u32>,
    category_names: Vec<Box<[u8]>>,
    last_currency: (Vec<u8>, Currency),
    /// Rows so far.
    pub counts: Counts,
    /// Rows that could not be read, the first of them with their text.
    pub refused: Vec<Refused>,
    /// Amount cells that are no amount, and the first of them.
    pub unread_amounts: (u64, Option<Position>),
    /// Rows without any cell filled, among `blank_or_total`.
    pub blank: u64,
    /// Where the first blank or total row stands.
    pub first_blank: Option<Position>,
}

impl Tally {
    /// An empty account.
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            groups: Vec::new(),
            index: FxHashMap::default(),
            key: Vec::new(),
            categories: FxHashMap::default(),
            category_names: Vec::new(),
            last_currency: (Vec::new(), Currency::GBP),
            counts: Counts::default(),
            refused: Vec::new(),
            unread_amounts: (0, None),
            blank: 0,
            first_blank: None,
        }
    }

    /// Hands the names over one by one, the look-up table being given up first.
    pub(super) fn take_groups(&mut self) -> Vec<Group> {
        self.index = FxHashMap::default();
        std::mem::take(&mut self.groups)
    }

    /// The names so far.
    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Counts records without any cell, such as empty lines.
    pub(super) fn skip(&mut self, records: u64) {
        self.counts.blank_or_total += records;
        self.blank += records;
    }

    /// Counts a row.
    pub(super) fn push(&mut self, cells: &Cells, position: Position) {
        let name = cells.get(self.plan.name).unwrap_or_default().trim_ascii();
        if name.is_empty() {
            return self.push_nameless(cells, position);
        }
        if name.len() > LONGEST_NAME {
            return self.refuse(cells, position, "the name is longer than any name: more than 2,000 bytes");
        }
        let group = self.group_of(name, cells, position);
        let Some(group) = self.groups.get_mut(group) else { return };
        match group.class {
            Class::Party => self.counts.screened += 1,
            Class::Person if self.plan.include_persons => self.counts.screened += 1,
            Class::Person => self.counts.persons += 1,
            Class::Redacted => self.counts.redacted += 1,
            Class::Blank | Class::Total | Class::TotalAlone => {
                self.counts.blank_or_total += 1;
                self.first_blank.get_or_insert(position);
                return;
            }
        }
        group.rows += 1;
        let amount = self.plan.amount.and_then(|column| cells.get(column)).unwrap_or_default();
        match amount::read(amount, self.plan.decimals) {
            Reading::Blank => {}
            Reading::Sum(sum, named) => {
                let currency = named.unwrap_or_else(|| {
                    let cell = self.plan.currency.and_then(|column| cells.get(column)).unwrap_or_default();
                    currency_cell(cell, &mut self.last_currency, self.plan.default_currency)
                });
                add(&mut group.sums, currency, sum);
            }
            Reading::Unreadable => {
                self.unread_amounts.0 += 1;
                self.unread_amounts.1.get_or_insert(position);
            }
        }
        if let Some(cell) = self.plan.id.and_then(|column| cells.get(column)) {
            note_id(group, cell);
        }
        if let Some(cell) = self.plan.category.and_then(|column| cells.get(column)) {
            note_category(group, cell.trim_ascii(), &mut self.categories, &mut self.category_names);
        }
        if let Some(cell) = self.plan.end.and_then(|column| cells.get(column)).filter(|cell| !cell.is_empty())
        {
            group.end = group.end.max(date::read(&self.plan.encoding.decode(cell)));
        }
    }

    /// A row without a name: blank, a total without a label, or broken off before the name.
    fn push_nameless(&mut self, cells: &Cells, position: Position) {
        let filled = cells.iter().any(|cell| !cell.trim_ascii().is_empty());
        if filled
            && cells.len() <= self.plan.name
            && cells.len() > 1
            && self.plan.amount.is_some_and(|amount| amount < cells.len())
        {
            self.refuse(cells, position, "the row breaks off before the name column");
            return;
        }
        self.counts.blank_or_total += 1;
        self.first_blank.get_or_insert(position);
        self.blank += u64::from(!filled);
    }

    fn refuse(&mut self, cells: &Cells, position: Position, reason: &'static str) {
        self.counts.rejected += 1;
        if self.refused.len() < REJECTS_KEPT {
            let cells: Vec<_> = cells.iter().map(|cell| self.plan.encoding.decode(cell)).collect();
            let text: String = cells.join(" | ").chars().take(200).collect();
            self.refused.push(Refused { position, reason, text });
        }
    }

    fn group_of(&mut self, name: &[u8], cells: &Cells, position: Position) -> usize {
        self.key.clear();
        self.key.extend_from_slice(name);
        for (_, column) in &self.plan.identity {
            self.key.push(0x1f);
            self.key.extend_from_slice(cells.get(*column).unwrap_or_default().trim_ascii());
        }
        if self.plan.merge
            && let Some(&group) = self.index.get(self.key.as_slice())
        {
            return group as usize;
        }
        let mut group = self.judge(name, cells, position);
        if group.class == Class::TotalAlone && self.says_more(cells) {
            // Only the one row is a party; the next `TOTAL` is judged anew.
            group.class = Class::Party;
        }
        let at = self.groups.len();
        self.groups.push(group);
        if self.plan.merge {
            self.index.insert(self.key.as_slice().into(), u32::try_from(at).unwrap_or(u32::MAX));
        }
        at
    }

    /// Whether a row has an identifier, as a share called `TOTAL` would.
    fn says_more(&self, cells: &Cells) -> bool {
        let own =
            self.plan.identity.iter().filter(|(field, _)| !matches!(field, Field::Country | Field::Kind));
        own.chain(self.plan.id.map(|id| (Field::Id, id)).as_ref())
            .any(|(_, column)| cells.get(*column).is_some_and(|cell| !cell.trim_ascii().is_empty()))
    }

    fn judge(&self, name: &[u8], cells: &Cells, position: Position) -> Group {
        let name = clean(&self.plan.encoding.decode(name));
        let text = |column: usize| cells.get(column).map(|cell| clean(&self.plan.encoding.decode(cell)));
        let identity: SmallVec<[(Field, String); 2]> = self
            .plan
            .identity
            .iter()
            .filter_map(|(field, column)| Some((*field, text(*column)?)).filter(|(_, text)| !text.is_empty()))
            .collect();
        let kind =
            identity.iter().find(|(field, _)| *field == Field::Kind).and_then(|(_, text)| kind_of(text));
        let mut class = class::of(&name, self.plan.people && kind.is_none());
        if kind == Some(EntityKind::Person) && class == Class::Party {
            class = Class::Person;
        }
        if class == Class::Party && self.is_repeated_header(&name, cells) {
            class = Class::Total;
        }
        Group {
            name,
            class,
            kind,
            identity,
            rows: 0,
            first: position,
            sums: SmallVec::new(),
            id: None,
            id_differs: false,
            categories: SmallVec::new(),
            end: None,
        }
    }

    /// A header met again; or, in a table without one on top, met for the first time further down: the titles of
    /// a name and of an amount where those should be.
    fn is_repeated_header(&self, name: &str, cells: &Cells) -> bool {
        if !self.plan.name_header.is_empty() {
            return fold(name) == self.plan.name_header;
        }
        let amount = self.plan.amount.and_then(|column| cells.get(column)).unwrap_or_default();
        class::is_header(Field::Name, name) && class::is_header(Field::Amount, &self.decode(amount))
    }

    /// The commonest category of a group, ties by which came first.
    pub(super) fn category(&self, group: &Group) -> Option<String> {
        let (at, _) = group.categories.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let text = self.plan.encoding.decode(self.category_names.get(*at as usize)?).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// What the header multiplies the sums with.
    pub(super) fn scale(&self) -> Decimal {
        self.plan.scale
    }

    /// A cell as text, cleaned.
    pub(super) fn decode(&self, cell: &[u8]) -> String {
        clean(&self.plan.encoding.decode(cell))
    }
}

/// Outer blanks and byte-order marks off, entities read, inner runs of blanks made one.
fn clean(text: &str) -> String {
    let text = unescape(text);
    let mut out = String::with_capacity(text.len());
    for word in text
        .split(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
        .filter(|word| !word.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The entities that web exports leave behind, the ampersand last.
const ENTITIES: [(&str, &str); 8] = [
    ("&nbsp;", " "),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
];

/// Reads entities.
fn unescape(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('&') || !text.contains(';') {
        return text.into();
    }
    let mut out = text.to_owned();
    for (entity, meant) in ENTITIES {
        out = out.replace(entity, meant);
    }
    out.into()
}

fn kind_of(text: &str) -> Option<EntityKind> {
    match text.to_lowercase().as_str() {
        "person" | "individual" | "natural person" | "p" | "human" => Some(EntityKind::Person),
        "organisation" | "organization" | "company" | "org" | "entity" | "legal entity" | "body" => {
            Some(EntityKind::Organisation)
        }
        "vessel" | "ship" => Some(EntityKind::Vessel),
        _ => None,
    }
}

/// Reads a currency cell, remembering the last one, since a column rarely changes.
fn currency_cell(cell: &[u8], last: &mut (Vec<u8>, Currency), default: Currency) -> Currency {
    if cell.is_empty() {
        return default;
    }
    if last.0 != cell {
        let parsed = std::str::from_utf8(cell).ok().and_then(Currency::parse);
        cell.clone_into(&mut last.0);
        last.1 = parsed.unwrap_or(default);
    }
    last.1
}

/// Adds to the sum of a currency; a sum past 28 digits stays at its limit, which no public body reaches.
fn add(sums: &mut SmallVec<[(Currency, Decimal); 1]>, currency: Currency, amount: Decimal) {
    if let Some((_, sum)) = sums.iter_mut().find(|(of, _)| *of == currency) {
        *sum = sum.checked_add(amount).unwrap_or(*sum);
    } else {
        sums.push((currency, amount));
    }
}

fn note_id(group: &mut Group, cell: &[u8]) {
    let cell = cell.trim_ascii();
    if cell.is_empty() || group.id_differs {
        return;
    }
    match &group.id {
        None => group.id = Some(cell.to_vec()),
        Some(id) if id == cell => {}
        Some(_) => {
            group.id = None;
            group.id_differs = true;
        }
    }
}

fn note_category(
    group: &mut Group,
    cell: &[u8],
    index: &mut FxHashMap<Box<[u8]>, u32>,
    names: &mut Vec<Box<[u8]>>,
) {
    let at = if let Some(at) = index.get(cell) {
        *at
    } else {
        let at = u32::try_from(names.len()).unwrap_or(u32::MAX);
        index.insert(cell.into(), at);
        names.push(cell.into());
        at
    };
    match group.categories.iter_mut().find(|(of, _)| *of == at) {
        Some((_, rows)) => *rows += 1,
        None => group.categories.push((at, 1)),
    }
}
