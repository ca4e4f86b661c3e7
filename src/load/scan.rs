//! Rows are counted under the bytes of their name as they pass; nothing is decoded or judged here.
//!
//! A row of a known name costs one look-up and one addition. Each core has a [`Scan`]; the names themselves are in
//! [`Shards`] that all of them fill.

use smallvec::SmallVec;

use super::amount;
use super::class;
use super::intern::{self, Interner};
use super::plan::Plan;
use super::shard::{Batch, SHARDS, Shards, Spot, TOGETHER, Waiting};
use super::{Field, date};
use crate::read::Record;
use crate::record::Currency;

/// How many rejected rows are kept with their text; the rest is counted.
pub(super) const REJECTS_KEPT: usize = 100_000;

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

/// Rows that are in no name's count.
#[derive(Debug, Default)]
pub(super) struct Outside {
    /// Rows that could not be read.
    pub rejected: u64,
    /// The first of them.
    pub refused: Vec<RefusedRow>,
    /// Rows without a name, and records without cells.
    pub nameless: u64,
    /// The first row without a name.
    pub first_nameless: Option<Spot>,
}

impl Outside {
    /// Adds what was counted elsewhere in the same table.
    pub(super) fn absorb(mut self, other: Self) -> Self {
        self.rejected += other.rejected;
        self.refused.extend(other.refused);
        self.refused.sort_by_key(|row| row.spot);
        self.refused.truncate(REJECTS_KEPT);
        self.nameless += other.nameless;
        self.first_nameless = earlier(self.first_nameless, other.first_nameless);
        self
    }
}

/// What one core reads of a table.
#[derive(Debug)]
pub(super) struct Scan<'p> {
    plan: &'p Plan,
    shards: &'p Shards,
    batches: Vec<Batch>,
    outside: Outside,
    /// The categories that this core has met.
    categories: Interner,
    /// Their numbers in the table.
    numbers: Vec<u32>,
    /// The one that this core met last, by its number here.
    last_category: u32,
    last_currency: (Vec<u8>, Currency),
    last_end: (Vec<u8>, Option<jiff::civil::Date>),
}

impl<'p> Scan<'p> {
    /// An empty count.
    pub(super) fn new(plan: &'p Plan, shards: &'p Shards) -> Self {
        Self {
            plan,
            shards,
            batches: (0..SHARDS).map(|_| Batch::default()).collect(),
            outside: Outside::default(),
            categories: Interner::default(),
            numbers: Vec::new(),
            last_category: 0,
            last_currency: (Vec::new(), Currency::GBP),
            last_end: (Vec::new(), None),
        }
    }

    /// Counts records without any cell, such as empty lines, of which the first stands at `first`.
    pub(super) fn skip(&mut self, records: u32, first: Spot) {
        if records > 0 {
            self.outside.nameless += u64::from(records);
            self.outside.first_nameless = earlier(self.outside.first_nameless, Some(first));
        }
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
        let variant = self.variant(name, row) as u8;
        let cell = |column: Option<usize>| column.and_then(|column| row.cell(column)).unwrap_or_default();
        let currency = currency_cell(cell(plan.currency), &mut self.last_currency, plan.default_currency);
        let category = plan.category.and_then(|column| row.cell(column));
        let category = category.map(|category| self.category_cell(category.trim_ascii(), spot));
        let contract_end = self.end_cell(cell(plan.end));
        let identity = || plan.identity.iter().map(|(_, column)| cell(Some(*column)).trim_ascii());
        let hash = identity().fold(intern::hash(name), intern::hash_on) ^ u64::from(variant);
        let shard = Shards::of(hash);
        let Some(batch) = self.batches.get_mut(shard) else { return };
        let start = place(batch.bytes.len());
        batch.bytes.push(variant);
        for cell in identity() {
            batch.bytes.extend_from_slice(&place(cell.len()).to_le_bytes());
            batch.bytes.extend_from_slice(cell);
        }
        batch.bytes.extend_from_slice(name);
        let key_end = place(batch.bytes.len());
        batch.bytes.extend_from_slice(cell(plan.id).trim_ascii());
        let end = place(batch.bytes.len());
        let amount = amount::read(cell(plan.amount), plan.decimals);
        batch.rows.push(Waiting {
            hash,
            spot,
            start,
            key_end,
            end,
            amount,
            currency,
            category,
            contract_end,
        });
        if batch.rows.len() >= TOGETHER {
            self.shards.settle(shard, batch);
        }
    }

    /// Counts the rows that wait.
    pub(super) fn settle(mut self) -> Outside {
        for (shard, batch) in self.batches.iter_mut().enumerate() {
            self.shards.settle(shard, batch);
        }
        self.outside
    }

    /// The number of a category. Neighbours mostly have one.
    fn category_cell(&mut self, cell: &[u8], spot: Spot) -> u32 {
        if self.numbers.is_empty() || self.categories.get(self.last_category) != cell {
            let (here, new) = self.categories.intern(cell);
            if new {
                self.numbers.push(self.shards.category(cell, spot));
            }
            self.last_category = here;
        }
        self.numbers.get(self.last_category as usize).copied().unwrap_or(0)
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

    /// A row without a name: blank, a total without a label, or broken off before the name.
    fn push_nameless(&mut self, row: &impl Record, spot: Spot) {
        let (name, width) = (self.plan.name, row.width());
        let broken = width <= name && width > 1 && self.plan.amount.is_some_and(|amount| amount < width);
        if broken && row.cells().any(|cell| !cell.trim_ascii().is_empty()) {
            self.refuse(row, spot, "the row breaks off before the name column");
            return;
        }
        self.outside.nameless += 1;
        self.outside.first_nameless = earlier(self.outside.first_nameless, Some(spot));
    }

    /// Counts a row that cannot be read.
    pub(super) fn refuse(&mut self, row: &impl Record, spot: Spot, reason: &'static str) {
        self.outside.rejected += 1;
        if self.outside.refused.len() < REJECTS_KEPT {
            let shown = |cell: &[u8]| cell.get(..MOST_SHOWN).unwrap_or(cell).to_vec();
            let cells: Vec<_> =
                row.cells().map(|cell| self.plan.encoding.decode(&shown(cell)).into_owned()).collect();
            let text: String = cells.join(" | ").chars().take(200).collect();
            self.outside.refused.push(RefusedRow { spot, reason, text });
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

/// The bytes of so few rows are fewer than 4 GiB.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The parts of a key: what the row says of the name, the name, and its identity cells, all as bytes.
pub(super) fn parts<'a>(key: &'a [u8], plan: &Plan) -> (Variant, &'a [u8], Identity<'a>) {
    let Some((variant, mut rest)) = key.split_first() else {
        return (Variant::Plain, &[], SmallVec::new());
    };
    let mut identity = SmallVec::new();
    for (field, _) in &plan.identity {
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
