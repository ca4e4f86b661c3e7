//! The names of a table with what was counted of each, spread over shards that all cores fill together.
//!
//! Each name is held once, however many cores read: memory grows with distinct names, and nothing has to be put together
//! afterwards. Rows come in any order and the counts are the same: sums are exact, and what came first is known by its
//! [`Spot`].

use std::sync::{Mutex, MutexGuard, PoisonError};

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::amount::Reading;
use super::intern::Interner;
use super::sum::{self, Sum};
use crate::read::Position;
use crate::record::Currency;

/// How many shards there are: so many that cores hardly wait for each other, so few that each fits near a core.
pub(super) const SHARDS: usize = 32;

/// How many rows of a shard are looked up together.
///
/// Where there are many names, each look-up waits for memory several times. Those of several rows wait at the same time,
/// which makes a row three times as fast as one after the other.
pub(super) const TOGETHER: usize = 256;

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

/// A row that was read and is not counted yet. Its key and then its id stand in the bytes of its batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub hash: u64,
    pub spot: Spot,
    pub start: u32,
    pub key_end: u32,
    pub end: u32,
    pub amount: Reading,
    /// Of the row, where the amount names none.
    pub currency: Currency,
    pub category: Option<u32>,
    pub contract_end: Option<jiff::civil::Date>,
}

/// Rows of one shard that wait to be counted together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub rows: Vec<Waiting>,
    pub bytes: Vec<u8>,
}

/// The rows of one name. It fills one line of a processor's cache; what few names have is in `more`.
#[derive(Debug)]
pub(super) struct Counted {
    /// Its number among the keys of its shard.
    key: u32,
    /// The first row.
    pub first: Spot,
    /// Rows.
    pub rows: u64,
    /// The sum in `currency`, in [`sum::units`].
    units: i64,
    currency: Currency,
    /// The most places that an amount had; [`NO_SUM`] before the first one.
    places: u8,
    /// Where the file's own id stands in the ids of the shard, and its length; 0 for none, [`DIFFERS`].
    id: (u32, u32),
    /// The first category met and how many rows have it.
    category: (u32, u32),
    more: Option<Box<More>>,
}

/// What few names have; in a ledger whose categories change from row to row, most, so that it is small and in one piece.
#[derive(Debug, Default)]
struct More {
    /// Sums in other currencies, and amounts too large or too fine for `units`.
    sums: Vec<(Currency, Sum)>,
    /// Rows by further categories.
    categories: SmallVec<[(u32, u32); 4]>,
    /// The latest last day of a contract.
    end: Option<jiff::civil::Date>,
    /// Amount cells that are no amount, and the first of them.
    unread: Option<(u64, Spot)>,
}

const NO_SUM: u8 = u8::MAX;
const DIFFERS: u32 = u32::MAX;
const NO_CATEGORY: u32 = u32::MAX;

impl Counted {
    fn new(key: u32, first: Spot) -> Self {
        Self {
            key,
            first,
            rows: 0,
            units: 0,
            currency: Currency::GBP,
            places: NO_SUM,
            id: (0, 0),
            category: (NO_CATEGORY, 0),
            more: None,
        }
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    fn add(&mut self, row: &Waiting) {
        self.rows += 1;
        self.first = self.first.min(row.spot);
        match row.amount {
            Reading::Blank => {}
            Reading::Sum(amount, named) => self.add_amount(amount, named.unwrap_or(row.currency)),
            Reading::Unreadable => {
                let unread = self.more().unread.get_or_insert((0, row.spot));
                *unread = (unread.0 + 1, unread.1.min(row.spot));
            }
        }
        if let Some(category) = row.category {
            self.note_category(category);
        }
        if row.contract_end.is_some() {
            let more = self.more();
            more.end = more.end.max(row.contract_end);
        }
    }

    fn add_amount(&mut self, amount: Decimal, currency: Currency) {
        let fits = self.places == NO_SUM || self.currency == currency;
        let total = sum::units(amount).filter(|_| fits).and_then(|units| self.units.checked_add(units));
        let places = u8::try_from(amount.scale()).unwrap_or(NO_SUM);
        if let Some(total) = total {
            self.units = total;
            self.currency = currency;
            self.places = if self.places == NO_SUM { places } else { self.places.max(places) };
            return;
        }
        sum_of(&mut self.more().sums, currency).add(amount);
    }

    fn note_category(&mut self, category: u32) {
        if self.category.0 == NO_CATEGORY {
            self.category.0 = category;
        }
        if self.category.0 == category {
            self.category.1 = self.category.1.saturating_add(1);
            return;
        }
        let categories = &mut self.more().categories;
        match categories.iter_mut().find(|(of, _)| *of == category) {
            Some((_, rows)) => *rows = rows.saturating_add(1),
            None => categories.push((category, 1)),
        }
    }

    fn note_id(&mut self, cell: &[u8], ids: &mut Vec<u8>) {
        if cell.is_empty() || self.id.1 == DIFFERS {
            return;
        }
        let (start, length) = (self.id.0 as usize, self.id.1 as usize);
        if length > 0 {
            if ids.get(start..start + length) != Some(cell) {
                self.id.1 = DIFFERS;
            }
            return;
        }
        // Past 4 GiB of ids no more are kept: what differs is named by its name.
        self.id = match (u32::try_from(ids.len()), u32::try_from(cell.len())) {
            (Ok(start), Ok(length)) => (start, length),
            _ => (0, DIFFERS),
        };
        ids.extend_from_slice(cell);
    }

    /// Sums by currency.
    pub(super) fn sums(&self) -> SmallVec<[(Currency, Sum); 1]> {
        let more = self.more.iter().flat_map(|more| more.sums.iter().copied());
        let mut sums: SmallVec<[(Currency, Sum); 1]> = more.collect();
        if self.places != NO_SUM {
            let small = Sum::of(self.units, self.places);
            match sums.iter_mut().find(|(of, _)| *of == self.currency) {
                Some((_, sum)) => sum.merge(small),
                None => sums.push((self.currency, small)),
            }
        }
        sums.sort_by_key(|(currency, _)| *currency);
        sums
    }

    /// The latest last day of a contract.
    pub(super) fn end(&self) -> Option<jiff::civil::Date> {
        self.more.as_ref().and_then(|more| more.end)
    }

    /// Amount cells that are no amount, and the first of them.
    pub(super) fn unread(&self) -> Option<(u64, Spot)> {
        self.more.as_ref().and_then(|more| more.unread)
    }

    /// Whether its rows have different ids.
    pub(super) fn id_differs(&self) -> bool {
        self.id.1 == DIFFERS
    }

    /// The commonest category, ties by which came first in the table.
    pub(super) fn category(&self, spots: &[Spot]) -> Option<u32> {
        let first = |number: u32| spots.get(number as usize).copied().unwrap_or_default();
        let more = self.more.as_ref().map_or(&[][..], |more| more.categories.as_slice());
        let all = more.iter().chain([&self.category]).filter(|(number, _)| *number != NO_CATEGORY);
        let most = all.max_by(|a, b| a.1.cmp(&b.1).then_with(|| first(b.0).cmp(&first(a.0))));
        most.map(|(number, _)| *number)
    }
}

fn sum_of(sums: &mut Vec<(Currency, Sum)>, currency: Currency) -> &mut Sum {
    let at = sums.iter().position(|(of, _)| *of == currency).unwrap_or_else(|| {
        sums.push((currency, Sum::default()));
        sums.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "found or pushed just now")]
    &mut sums[at].1
}

/// A share of the names.
#[derive(Debug, Default)]
pub(super) struct Shard {
    keys: Interner,
    counted: Vec<Counted>,
    ids: Vec<u8>,
}

impl Shard {
    fn settle(&mut self, batch: &Batch, merge: bool) {
        for rows in batch.rows.chunks(TOGETHER) {
            self.warm(rows);
            for row in rows {
                self.count(row, &batch.bytes, merge);
            }
        }
    }

    /// Brings everything that the rows will touch into the cache, each kind of memory for all rows at once.
    fn warm(&self, waiting: &[Waiting]) {
        let mut numbers = [0_u32; TOGETHER];
        self.keys.warm(waiting.iter().map(|row| row.hash), &mut numbers);
        let counted = || numbers.iter().take(waiting.len()).filter_map(|at| self.counted.get(*at as usize));
        let ids = counted().filter_map(|counted| self.ids.get(counted.id.0 as usize));
        std::hint::black_box(ids.fold(0, |all, byte| all ^ byte));
        let more = counted().filter_map(|counted| counted.more.as_ref()?.categories.first());
        std::hint::black_box(more.fold(0, |all, (_, rows)| all ^ rows));
    }

    fn count(&mut self, row: &Waiting, bytes: &[u8], merge: bool) {
        let part = |start: u32, end: u32| bytes.get(start as usize..end as usize).unwrap_or_default();
        let (key, new) = self.keys.intern_hashed(part(row.start, row.key_end), row.hash);
        if new || !merge {
            self.counted.push(Counted::new(key, row.spot));
        }
        let at = if merge { key as usize } else { self.counted.len() - 1 };
        let Some(counted) = self.counted.get_mut(at) else { return };
        counted.add(row);
        counted.note_id(part(row.key_end, row.end), &mut self.ids);
    }

    /// The names, in no order of meaning.
    pub(super) fn counted(&self) -> &[Counted] {
        &self.counted
    }

    /// The key of a name.
    pub(super) fn key(&self, counted: &Counted) -> &[u8] {
        self.keys.get(counted.key)
    }

    /// The file's own id of a name, as long as all its rows agree on it.
    pub(super) fn id(&self, counted: &Counted) -> Option<&[u8]> {
        let (start, length) = (counted.id.0 as usize, counted.id.1);
        if length == 0 || length == DIFFERS { None } else { self.ids.get(start..start + length as usize) }
    }
}

/// The categories of a table, and where each was first met.
#[derive(Debug, Default)]
pub(super) struct Categories {
    names: Interner,
    spots: Vec<Spot>,
}

impl Categories {
    fn number(&mut self, name: &[u8], spot: Spot) -> u32 {
        let (number, new) = self.names.intern(name);
        if new {
            self.spots.push(spot);
        } else if let Some(first) = self.spots.get_mut(number as usize) {
            *first = (*first).min(spot);
        }
        number
    }

    /// The commonest category of a name, ties by which came first in the table; empty where there is none.
    pub(super) fn of(&self, counted: &Counted) -> &[u8] {
        counted.category(&self.spots).map_or(&[], |number| self.names.get(number))
    }
}

/// All names of a table while it is counted.
#[derive(Debug)]
pub(super) struct Shards {
    parts: Vec<Mutex<Shard>>,
    categories: Mutex<Categories>,
    merge: bool,
}

impl Shards {
    /// Without a name; `merge` says whether rows of one name are counted together.
    pub(super) fn new(merge: bool) -> Self {
        let parts = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { parts, categories: Mutex::default(), merge }
    }

    /// The shard of a hash.
    pub(super) fn of(hash: u64) -> usize {
        // The highest bits, of which the place in a table takes none.
        usize::try_from(hash >> (u64::BITS - SHARDS.ilog2())).unwrap_or(0)
    }

    /// Counts the rows of a batch, and empties it.
    pub(super) fn settle(&self, shard: usize, batch: &mut Batch) {
        if let Some(shard) = self.parts.get(shard) {
            locked(shard).settle(batch, self.merge);
        }
        batch.rows.clear();
        batch.bytes.clear();
    }

    /// The number of a category that a core met for the first time there.
    pub(super) fn category(&self, name: &[u8], spot: Spot) -> u32 {
        locked(&self.categories).number(name, spot)
    }

    /// Everything that was counted.
    pub(super) fn into_parts(self) -> (Vec<Shard>, Categories) {
        let whole = |shard: Mutex<Shard>| shard.into_inner().unwrap_or_else(PoisonError::into_inner);
        let categories = self.categories.into_inner().unwrap_or_else(PoisonError::into_inner);
        (self.parts.into_iter().map(whole).collect(), categories)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fills_one_line_of_the_cache() {
        assert!(size_of::<Counted>() <= 64, "{}", size_of::<Counted>());
        assert!(size_of::<More>() <= 128, "what lies beside it fills two: {}", size_of::<More>());
    }

    #[test]
    fn sums_past_the_small_ones_are_kept_exactly() {
        let mut counted = Counted::new(0, Spot::default());
        for amount in ["900000000000000.25", "900000000000000.25", "0.000000000001", "-1"] {
            counted.add_amount(amount.parse().unwrap(), Currency::GBP);
        }
        counted.add_amount("7.5".parse().unwrap(), Currency::EUR);
        let sums: Vec<String> =
            counted.sums().iter().map(|(of, sum)| format!("{of} {}", sum.total())).collect();
        assert_eq!(sums, ["EUR 7.5", "GBP 1799999999999999.500000000001"]);
    }

    #[test]
    fn categories_of_one_count_go_by_which_came_first() {
        let shards = Shards::new(true);
        let spot = |record| Spot { block: 0, record, line: 0 };
        let (late, early) = (shards.category(b"late", spot(5)), shards.category(b"early", spot(2)));
        let mut counted = Counted::new(0, Spot::default());
        for category in [late, early] {
            counted.note_category(category);
        }
        let (_, categories) = shards.into_parts();
        assert_eq!(categories.of(&counted), b"early");
        counted.note_category(late);
        assert_eq!(categories.of(&counted), b"late");
    }
}
