//! What was counted becomes names with their rows, each decoded and judged once.

use std::borrow::Cow;

use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::Field;
use super::class::{self, Class};
use super::plan::{Plan, fold};
use super::scan::{self, Outside, REJECTS_KEPT, Variant};
use super::shard::{Categories, Counted, Shard, Shards, Spot, Starts};
use super::sum::Sum;
use crate::read::Position;
use crate::record::Currency;
use crate::vocab::EntityKind;

/// The rows of one name.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The name as written, decoded, outer blanks removed.
    pub name: SmolStr,
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
    pub sums: SmallVec<[(Currency, Sum); 1]>,
    /// The file's own id, as long as all rows agree on it.
    pub id: Option<SmolStr>,
    /// Whether rows of the name have different ids.
    pub id_differs: bool,
    /// The commonest category, ties by which came first.
    pub category: Option<SmolStr>,
    /// The latest last day of a contract.
    pub end: Option<jiff::civil::Date>,
    /// Amount cells that are no amount, and the first of them.
    unread: Option<(u64, Position)>,
}

impl Group {
    /// Whether its rows are of somebody.
    pub(super) fn is_of_somebody(&self) -> bool {
        matches!(self.class, Class::Party | Class::Person | Class::Redacted)
    }
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

/// The account of one table.
#[derive(Debug)]
pub(super) struct Tally {
    groups: Vec<Group>,
    /// What the header multiplies the sums with.
    pub scale: Decimal,
    /// Rows by what became of them.
    pub counts: Counts,
    /// Rows that could not be read, the first of them with their text.
    pub refused: Vec<Refused>,
    /// Amount cells that are no amount, and the first of them.
    pub unread_amounts: (u64, Option<Position>),
    /// Where the first blank or total row stands.
    pub first_blank: Option<Position>,
}

impl Tally {
    /// Judges every name that was counted, in the order in which they were first met.
    pub(super) fn new(plan: &Plan, shards: Shards, outside: Outside, starts: &Starts) -> Self {
        let (shards, categories) = shards.into_parts();
        let mut counted: Vec<(Spot, &Shard, &Counted)> = shards
            .iter()
            .flat_map(|shard| shard.counted().iter().map(move |counted| (counted.first, shard, counted)))
            .collect();
        counted.par_sort_unstable_by_key(|(first, ..)| *first);
        let judge = Judge { plan, categories: &categories, starts };
        let mut groups: Vec<Group> =
            counted.into_par_iter().map(|(_, shard, counted)| judge.group(shard, counted)).collect();
        mark_subtotals(&mut groups);
        if !plan.people && plan.amount.is_some() {
            mark_headings(&mut groups);
        }
        let count = |mut seen: Seen, group: &Group| {
            seen.count(group, plan.include_persons);
            seen
        };
        let seen = groups.par_iter().fold(Seen::default, count).reduce(Seen::default, Seen::and);
        let counts = Counts {
            rejected: outside.rejected,
            blank_or_total: seen.counts.blank_or_total + outside.nameless,
            ..seen.counts
        };
        let first_blank = earlier(outside.first_nameless.map(|spot| starts.position(spot)), seen.first_blank);
        let unread_amounts = seen.unread_amounts;
        let refused = outside.refused.into_iter().map(|row| Refused {
            position: starts.position(row.spot),
            reason: row.reason,
            text: row.text,
        });
        Self { groups, scale: plan.scale, counts, refused: refused.collect(), unread_amounts, first_blank }
    }

    /// Adds the account of rows that stand further down; their names are let go.
    pub(super) fn absorb(&mut self, below: Self) {
        let (here, more) = (&mut self.counts, below.counts);
        here.screened += more.screened;
        here.persons += more.persons;
        here.redacted += more.redacted;
        here.blank_or_total += more.blank_or_total;
        here.rejected += more.rejected;
        let room = REJECTS_KEPT.saturating_sub(self.refused.len());
        self.refused.extend(below.refused.into_iter().take(room));
        let (cells, first) = below.unread_amounts;
        self.unread_amounts = (self.unread_amounts.0 + cells, earlier(self.unread_amounts.1, first));
        self.first_blank = earlier(self.first_blank, below.first_blank);
    }

    /// Hands the names over, in the order in which they were first met.
    pub(super) fn take_groups(&mut self) -> Vec<Group> {
        std::mem::take(&mut self.groups)
    }

    /// The names, in the order in which they were first met.
    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }
}

/// In a list of holdings, `UK Equities` without a sum stands above the holdings of that class.
fn mark_headings(groups: &mut [Group]) {
    let without =
        |group: &&mut Group| group.class == Class::Party && group.sums.is_empty() && group.unread.is_none();
    groups
        .iter_mut()
        .filter(without)
        .filter(|group| class::is_heading(&group.name))
        .for_each(|group| group.class = Class::Total);
}

/// `Orrinmoor Ltd Total` below the rows of `Orrinmoor Ltd` is their sum, and nobody.
fn mark_subtotals(groups: &mut [Group]) {
    let of = |group: &Group| if group.class == Class::Party { class::summed_up(&group.name) } else { None };
    let sums: Vec<(usize, String)> =
        groups.iter().enumerate().filter_map(|(at, group)| Some((at, of(group)?))).collect();
    if sums.is_empty() {
        return;
    }
    let names: FxHashSet<String> = groups.iter().map(|group| class::fold_words(&group.name)).collect();
    for (at, name) in sums {
        if let Some(group) = groups.get_mut(at).filter(|_| names.contains(&name)) {
            group.class = Class::Total;
        }
    }
}

/// What some groups come to.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    counts: Counts,
    unread_amounts: (u64, Option<Position>),
    first_blank: Option<Position>,
}

impl Seen {
    fn count(&mut self, group: &Group, include_persons: bool) {
        let counts = &mut self.counts;
        match group.class {
            Class::Party => counts.screened += group.rows,
            Class::Person if include_persons => counts.screened += group.rows,
            Class::Person => counts.persons += group.rows,
            Class::Redacted => counts.redacted += group.rows,
            Class::Blank | Class::Total | Class::TotalAlone => {
                counts.blank_or_total += group.rows;
                self.first_blank = earlier(self.first_blank, Some(group.first));
            }
        }
        if let Some((cells, first)) = group.unread.filter(|_| group.is_of_somebody()) {
            self.unread_amounts =
                (self.unread_amounts.0 + cells, earlier(self.unread_amounts.1, Some(first)));
        }
    }

    fn and(mut self, other: Self) -> Self {
        let (own, others) = (&mut self.counts, other.counts);
        own.screened += others.screened;
        own.persons += others.persons;
        own.redacted += others.redacted;
        own.blank_or_total += others.blank_or_total;
        self.unread_amounts = (
            self.unread_amounts.0 + other.unread_amounts.0,
            earlier(self.unread_amounts.1, other.unread_amounts.1),
        );
        self.first_blank = earlier(self.first_blank, other.first_blank);
        self
    }
}

fn earlier(one: Option<Position>, two: Option<Position>) -> Option<Position> {
    [one, two].into_iter().flatten().min_by_key(|position| position.record)
}

/// What is needed to judge a name.
struct Judge<'a> {
    plan: &'a Plan,
    categories: &'a Categories,
    starts: &'a Starts,
}

impl Judge<'_> {
    fn group(&self, shard: &Shard, counted: &Counted) -> Group {
        let (variant, name, cells) = scan::parts(shard.key(counted), self.plan);
        let name = SmolStr::from(self.text(name));
        let identity: SmallVec<[(Field, String); 2]> = cells
            .iter()
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(field, cell)| (*field, self.text(cell)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let kind =
            identity.iter().find(|(field, _)| *field == Field::Kind).and_then(|(_, text)| kind_of(text));
        let class = match (class::of(&name, self.plan.people && kind.is_none()), variant) {
            (_, Variant::Header) => Class::Total,
            (Class::TotalAlone, Variant::SaysMore) => Class::Party,
            (Class::Party, _) if kind == Some(EntityKind::Person) => Class::Person,
            // A header met again.
            (Class::Party, _) if !self.plan.name_header.is_empty() && self.repeats_header(&name) => {
                Class::Total
            }
            (class, _) => class,
        };
        let category = self.categories.of(counted);
        let at = |spot: Spot| self.starts.position(spot);
        Group {
            name,
            class,
            kind,
            identity,
            rows: counted.rows,
            first: at(counted.first),
            sums: counted.sums(),
            id: shard.id(counted).map(|id| self.text(id)).filter(|id| !id.is_empty()).map(SmolStr::from),
            id_differs: counted.id_differs(),
            category: Some(self.plan.encoding.decode(category).trim())
                .filter(|category| !category.is_empty())
                .map(SmolStr::from),
            end: counted.end(),
            unread: counted.unread().map(|unread| (unread.0, at(unread.1))),
        }
    }

    fn repeats_header(&self, name: &str) -> bool {
        // In ASCII the two differ by capitals alone: a name has no blanks to be taken out by now.
        let header = &self.plan.name_header;
        if name.is_ascii() { name.eq_ignore_ascii_case(header) } else { fold(name) == *header }
    }

    fn text(&self, cell: &[u8]) -> String {
        clean(&self.plan.encoding.decode(cell))
    }
}

/// Outer blanks and byte-order marks off, entities read, inner runs of blanks made one.
fn clean(text: &str) -> String {
    let mut before = b' ';
    let mut plain = text.bytes().all(|byte| {
        let is_second = byte == b' ' && before == b' ';
        before = byte;
        !is_second && (byte == b' ' || byte.is_ascii_graphic() && byte != b'&')
    });
    plain &= before != b' ' || text.is_empty();
    if plain {
        return text.to_owned();
    }
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
fn unescape(text: &str) -> Cow<'_, str> {
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
