//! Rows are counted under the bytes of their name as they pass; nothing is decoded or judged here.
//!
//! A row of a known name costs one look-up and one addition, and memory grows with distinct names, not with rows.
//! Parts of a table can be counted apart and put together in any order: sums are exact, and what came first is known
//! by its [`Spot`].

use smallvec::SmallVec;

use super::amount::{self, Reading};
use super::class;
use super::intern::{self, Interner};
use super::plan::Plan;
use super::sum::Sum;
use super::{Field, date};
use crate::read::{Position, Record};
use crate::record::Currency;

/// How many rejected rows are kept with their text; the rest is counted.
pub(super) const REJECTS_KEPT: usize = 100_000;

/// Where a row stands: the block, and the record and line in it from 1; line 0 where the format has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Spot {
    pub block: u32,
    pub record: u32,
    pub line: u32,
}

/// How many records and lines come before each block.
#[derive(Debug, Clone, Default)]
pub(super) struct Starts(pub Vec<(u64, u64)>);

impl Starts {
    /// The place in the whole table.
    pub(super) fn position(&self, spot: Spot) -> Position {
        let (records, lines) = self.0.get(spot.block as usize).copied().unwrap_or_default();
        Position {
            record: records + u64::from(spot.record),
            line: (spot.line > 0).then(|| lines + u64::from(spot.line)),
        }
    }
}

/// What a row says of a name that is in doubt without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Variant {
    /// Nothing more.
    #[default]
    Plain,
    /// `Total` with an identifier beside it, as a share of that name has.
    SaysMore,
    /// The title of a name column, with that of an amount column beside it.
    Header,
}

/// The file's own id of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Id {
    None,
    /// Where it stands in `ids`.
    Same(usize, usize),
    Differs,
}

/// The rows of one name.
#[derive(Debug)]
pub(super) struct Counted {
    /// Its number among the keys.
    key: u32,
    id: Id,
    /// Rows.
    pub rows: u64,
    /// The first of them.
    pub first: Spot,
    /// Sums by currency.
    pub sums: SmallVec<[(Currency, Sum); 1]>,
    /// Rows by category.
    categories: SmallVec<[(u32, u32); 2]>,
    /// The latest last day of a contract.
    pub end: Option<jiff::civil::Date>,
    /// Amount cells that are no amount, and the first of them.
    pub unread: Option<Box<(u64, Spot)>>,
}

/// How many rows are looked up together.
///
/// Where there are many names, each look-up waits for memory several times. Those of several rows wait at the same time,
/// which makes a row three times as fast as one after the other.
const TOGETHER: usize = 256;

/// A row that was read and is not counted yet; its bytes are in `waiting_bytes`.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    hash: u64,
    spot: Spot,
    key: (u32, u32),
    id: (u32, u32),
    amount: Reading,
    /// Of the row, where the amount names none.
    currency: Currency,
    category: Option<u32>,
    end: Option<jiff::civil::Date>,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RefusedRow {
    /// Where.
    pub spot: Spot,
    /// Why.
    pub reason: &'static str,
    /// Its cells.
    pub text: String,
}

/// So many bytes of a cell of a refused row are kept.
const MOST_SHOWN: usize = 400;
/// The longest names of parties have some hundred letters. What is longer is a text, or is there to keep the comparison busy.
const LONGEST_NAME: usize = 2_000;

/// The identity cells of a row, as bytes.
pub(super) type Identity<'a> = SmallVec<[(Field, &'a [u8]); 4]>;

/// The running count of a table, or of some of its blocks.
#[derive(Debug)]
pub(super) struct Scan<'p> {
    plan: &'p Plan,
    keys: Interner,
    /// The names; where rows are merged, numbered as the keys are.
    pub counted: Vec<Counted>,
    ids: Vec<u8>,
    categories: Interner,
    /// Where each category was first met.
    category_spots: Vec<Spot>,
    /// Rows that could not be read.
    pub rejected: u64,
    /// The first of them.
    pub refused: Vec<RefusedRow>,
    /// Rows without a name, and records without cells.
    pub nameless: u64,
    /// The first row without a name.
    pub first_nameless: Option<Spot>,
    waiting: Vec<Waiting>,
    waiting_bytes: Vec<u8>,
    last_currency: (Vec<u8>, Currency),
    last_end: (Vec<u8>, Option<jiff::civil::Date>),
}

impl<'p> Scan<'p> {
    /// An empty count.
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            keys: Interner::default(),
            counted: Vec::new(),
            ids: Vec::new(),
            categories: Interner::default(),
            category_spots: Vec::new(),
            rejected: 0,
            refused: Vec::new(),
            nameless: 0,
            first_nameless: None,
            waiting: Vec::with_capacity(TOGETHER),
            waiting_bytes: Vec::new(),
            last_currency: (Vec::new(), Currency::GBP),
            last_end: (Vec::new(), None),
        }
    }

    /// Counts records without any cell, such as empty lines.
    pub(super) fn skip(&mut self, records: u64) {
        self.nameless += records;
    }

    /// Reads a row, to be counted at the latest when [`Scan::settle`] is called.
    pub(super) fn push(&mut self, row: &impl Record, spot: Spot) {
        let plan = self.plan;
        let name = row.cell(plan.name).unwrap_or_default().trim_ascii();
        if name.is_empty() {
            self.push_nameless(row, spot);
            return;
        }
        if name.len() > LONGEST_NAME {
            self.refuse(row, spot, "the name is longer than any name: more than 2,000 bytes");
            return;
        }
        let variant = self.variant(name, row);
        let key = self.keep(|bytes| {
            bytes.push(variant as u8);
            for (_, column) in &plan.identity {
                let cell = row.cell(*column).unwrap_or_default().trim_ascii();
                // A cell is a part of a block, which is smaller than 4 GiB.
                bytes.extend_from_slice(&u32::try_from(cell.len()).unwrap_or(u32::MAX).to_le_bytes());
                bytes.extend_from_slice(cell);
            }
            bytes.extend_from_slice(name);
        });
        let cell = |column: Option<usize>| column.and_then(|column| row.cell(column)).unwrap_or_default();
        let id = self.keep(|bytes| bytes.extend_from_slice(cell(plan.id).trim_ascii()));
        let currency = currency_cell(cell(plan.currency), &mut self.last_currency, plan.default_currency);
        let category = plan.category.and_then(|column| row.cell(column)).map(|category| {
            let (category, new) = self.categories.intern(category.trim_ascii());
            if new {
                self.category_spots.push(spot);
            }
            category
        });
        let end = self.end_cell(cell(plan.end));
        self.waiting.push(Waiting {
            hash: intern::hash(bytes_at(&self.waiting_bytes, key)),
            spot,
            key,
            id,
            amount: amount::read(cell(plan.amount), plan.decimals),
            currency,
            category,
            end,
        });
        if self.waiting.len() >= TOGETHER {
            self.settle();
        }
    }

    /// Counts the rows that wait.
    pub(super) fn settle(&mut self) {
        let (waiting, bytes) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.waiting_bytes));
        self.warm(&waiting);
        for row in &waiting {
            self.count(row, &bytes);
        }
        (self.waiting, self.waiting_bytes) = (waiting, bytes);
        self.waiting.clear();
        self.waiting_bytes.clear();
    }

    /// Brings everything that the rows will touch into the cache, each kind of memory for all rows at once.
    fn warm(&self, waiting: &[Waiting]) {
        let mut numbers = [0_u32; TOGETHER];
        self.keys.warm(waiting.iter().map(|row| row.hash), &mut numbers);
        let counted = || numbers.iter().filter_map(|number| self.counted.get(*number as usize));
        let lines = counted().map(|counted| counted.rows ^ counted.categories.len() as u64);
        std::hint::black_box(lines.fold(0, |all, line| all ^ line));
        let ids = counted().map(|counted| match counted.id {
            Id::Same(start, _) => self.ids.get(start).copied().unwrap_or(0),
            Id::None | Id::Differs => 0,
        });
        std::hint::black_box(ids.fold(0, |all, byte| all ^ byte));
    }

    fn count(&mut self, row: &Waiting, bytes: &[u8]) {
        let (key, new) = self.keys.intern_hashed(bytes_at(bytes, row.key), row.hash);
        if new || !self.plan.merge {
            self.counted.push(Counted {
                key,
                id: Id::None,
                rows: 0,
                first: row.spot,
                sums: SmallVec::new(),
                categories: SmallVec::new(),
                end: None,
                unread: None,
            });
        }
        let at = if self.plan.merge { key as usize } else { self.counted.len() - 1 };
        let Some(counted) = self.counted.get_mut(at) else { return };
        counted.rows += 1;
        match row.amount {
            Reading::Blank => {}
            Reading::Sum(sum, named) => {
                sum_of(&mut counted.sums, named.unwrap_or(row.currency)).add(sum);
            }
            Reading::Unreadable => counted.unread.get_or_insert_with(|| Box::new((0, row.spot))).0 += 1,
        }
        note_id(counted, bytes_at(bytes, row.id), &mut self.ids);
        if let Some(category) = row.category {
            note_category(&mut counted.categories, category, 1);
        }
        counted.end = counted.end.max(row.end);
    }

    /// Appends to the bytes that wait; where they stand.
    fn keep(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> (u32, u32) {
        // Of so few rows the cells fit a block, which is smaller than 4 GiB.
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let start = place(self.waiting_bytes.len());
        write(&mut self.waiting_bytes);
        (start, place(self.waiting_bytes.len()))
    }

    /// Reads the cell of a last day, remembering the last one.
    fn end_cell(&mut self, cell: &[u8]) -> Option<jiff::civil::Date> {
        if cell.is_empty() {
            return None;
        }
        if self.last_end.0 != cell {
            cell.clone_into(&mut self.last_end.0);
            self.last_end.1 = date::read(&self.plan.encoding.decode(cell));
        }
        self.last_end.1
    }

    /// Adds what was counted elsewhere in the same table.
    pub(super) fn absorb(&mut self, other: Self) {
        let numbers = self.keys.intern_all(&other.keys);
        let categories = self.categories.intern_all(&other.categories);
        for ((number, new), spot) in categories.iter().zip(&other.category_spots) {
            if *new {
                self.category_spots.push(*spot);
            } else if let Some(first) = self.category_spots.get_mut(*number as usize) {
                *first = (*first).min(*spot);
            }
        }
        let category = |number: u32| categories.get(number as usize).map_or(number, |(known, _)| *known);
        for mut counted in other.counted {
            let (key, new) = numbers.get(counted.key as usize).copied().unwrap_or((0, true));
            counted.key = key;
            let id = match counted.id {
                Id::Same(start, end) => other.ids.get(start..end).unwrap_or_default(),
                Id::None | Id::Differs => &[],
            };
            let known = if new || !self.plan.merge { None } else { self.counted.get_mut(key as usize) };
            let Some(known) = known else {
                counted.categories.iter_mut().for_each(|(number, _)| *number = category(*number));
                let differs = counted.id == Id::Differs;
                counted.id = Id::None;
                note_id(&mut counted, id, &mut self.ids);
                if differs {
                    counted.id = Id::Differs;
                }
                self.counted.push(counted);
                continue;
            };
            known.rows += counted.rows;
            known.first = known.first.min(counted.first);
            known.end = known.end.max(counted.end);
            for (currency, sum) in counted.sums {
                sum_of(&mut known.sums, currency).merge(sum);
            }
            for (number, rows) in counted.categories {
                note_category(&mut known.categories, category(number), rows);
            }
            if let Some(unread) = counted.unread {
                let all = known.unread.get_or_insert_with(|| Box::new((0, unread.1)));
                **all = (all.0 + unread.0, all.1.min(unread.1));
            }
            note_id(known, id, &mut self.ids);
            if counted.id == Id::Differs {
                known.id = Id::Differs;
            }
        }
        self.rejected += other.rejected;
        self.refused.extend(other.refused);
        self.refused.sort_by_key(|row| row.spot);
        self.refused.truncate(REJECTS_KEPT);
        self.nameless += other.nameless;
        self.first_nameless = earlier(self.first_nameless, other.first_nameless);
    }

    /// The name of a group, what its rows say of it, and its identity cells, all as bytes.
    pub(super) fn key(&self, counted: &Counted) -> (Variant, &[u8], Identity<'_>) {
        let Some((variant, mut rest)) = self.keys.get(counted.key).split_first() else {
            return (Variant::Plain, &[], SmallVec::new());
        };
        let mut identity = SmallVec::new();
        for (field, _) in &self.plan.identity {
            let Some((length, after)) = rest.split_first_chunk::<4>() else { break };
            let Some((cell, after)) = after.split_at_checked(u32::from_le_bytes(*length) as usize) else {
                break;
            };
            rest = after;
            identity.push((*field, cell));
        }
        let variant = match variant {
            1 => Variant::SaysMore,
            2 => Variant::Header,
            _ => Variant::Plain,
        };
        (variant, rest, identity)
    }

    /// The file's own id of a name, as long as all its rows agree on it; and whether they do not.
    pub(super) fn id(&self, counted: &Counted) -> (Option<&[u8]>, bool) {
        match counted.id {
            Id::None => (None, false),
            Id::Same(start, end) => (self.ids.get(start..end), false),
            Id::Differs => (None, true),
        }
    }

    /// The commonest category of a name, ties by which came first in the table; empty where there is none.
    pub(super) fn category(&self, counted: &Counted) -> &[u8] {
        let first = |number: u32| self.category_spots.get(number as usize).copied().unwrap_or_default();
        let most = counted.categories.iter().max_by(|a, b| a.1.cmp(&b.1).then(first(b.0).cmp(&first(a.0))));
        most.map_or(&[], |(number, _)| self.categories.get(*number))
    }

    /// A row without a name: blank, a total without a label, or broken off before the name.
    fn push_nameless(&mut self, row: &impl Record, spot: Spot) {
        let (name, width) = (self.plan.name, row.width());
        let broken = width <= name && width > 1 && self.plan.amount.is_some_and(|amount| amount < width);
        if broken && row.cells().any(|cell| !cell.trim_ascii().is_empty()) {
            self.refuse(row, spot, "the row breaks off before the name column");
            return;
        }
        self.nameless += 1;
        self.first_nameless = earlier(self.first_nameless, Some(spot));
    }

    /// Counts a row that cannot be read.
    pub(super) fn refuse(&mut self, row: &impl Record, spot: Spot, reason: &'static str) {
        self.rejected += 1;
        if self.refused.len() < REJECTS_KEPT {
            let shown = |cell: &[u8]| cell.get(..MOST_SHOWN).unwrap_or(cell).to_vec();
            let cells: Vec<_> =
                row.cells().map(|cell| self.plan.encoding.decode(&shown(cell)).into_owned()).collect();
            let text: String = cells.join(" | ").chars().take(200).collect();
            self.refused.push(RefusedRow { spot, reason, text });
        }
    }

    /// What the row says of a name that is in doubt without it.
    fn variant(&self, name: &[u8], row: &impl Record) -> Variant {
        if class::is_total_alone(name) {
            return if self.says_more(row) { Variant::SaysMore } else { Variant::Plain };
        }
        let headless = self.plan.name_header.is_empty();
        if headless
            && self.has_amount_header(row)
            && class::is_header(Field::Name, &self.plan.encoding.decode(name))
        {
            return Variant::Header;
        }
        Variant::Plain
    }

    /// Whether a row has an identifier, as a share called `TOTAL` would.
    fn says_more(&self, row: &impl Record) -> bool {
        let own =
            self.plan.identity.iter().filter(|(field, _)| !matches!(field, Field::Country | Field::Kind));
        own.map(|(_, column)| *column)
            .chain(self.plan.id)
            .any(|column| row.cell(column).is_some_and(|cell| !cell.trim_ascii().is_empty()))
    }

    fn has_amount_header(&self, row: &impl Record) -> bool {
        let amount = self.plan.amount.and_then(|column| row.cell(column)).unwrap_or_default();
        // Titles begin with a letter, sums do not.
        amount.first().is_some_and(u8::is_ascii_alphabetic)
            && class::is_header(Field::Amount, &self.plan.encoding.decode(amount))
    }
}

fn bytes_at(bytes: &[u8], (start, end): (u32, u32)) -> &[u8] {
    bytes.get(start as usize..end as usize).unwrap_or_default()
}

fn earlier(one: Option<Spot>, two: Option<Spot>) -> Option<Spot> {
    [one, two].into_iter().flatten().min()
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

fn sum_of(sums: &mut SmallVec<[(Currency, Sum); 1]>, currency: Currency) -> &mut Sum {
    let at = sums.iter().position(|(of, _)| *of == currency).unwrap_or_else(|| {
        sums.push((currency, Sum::default()));
        sums.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "found or pushed just now")]
    &mut sums[at].1
}

fn note_id(counted: &mut Counted, cell: &[u8], ids: &mut Vec<u8>) {
    if cell.is_empty() {
        return;
    }
    match counted.id {
        Id::None => {
            let start = ids.len();
            ids.extend_from_slice(cell);
            counted.id = Id::Same(start, ids.len());
        }
        Id::Same(start, end) if ids.get(start..end) == Some(cell) => {}
        Id::Same(..) => counted.id = Id::Differs,
        Id::Differs => {}
    }
}

fn note_category(categories: &mut SmallVec<[(u32, u32); 2]>, category: u32, rows: u32) {
    match categories.iter_mut().find(|(of, _)| *of == category) {
        Some((_, all)) => *all = all.saturating_add(rows),
        None => categories.push((category, rows)),
    }
}
