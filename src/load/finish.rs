//! The account of one table, and what it adds to the run.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::class::Class;
use super::given::kind_of;
use super::header::Layout;
use super::party::{self, Origin, Parties, Reading};
use super::report::ColumnsReport;
use super::sum::Sum;
use super::tally::{Group, Tally};
use super::{Field, InputAccount, LoadError, LoadOptions, Loaded, NotScreened, NotScreenedReason, Reject};
use crate::read::Position;
use crate::record::{Exposure, Subject};
use crate::vocab::Track;

/// More rejected rows than one in this many, and the file is unfit.
const REJECTS_ONE_IN: u64 = 5;

/// So few rejected rows never make a file unfit.
const REJECTS_ALLOWED: u64 = 3;

/// How a table was read.
#[derive(Debug)]
pub(super) struct Meta {
    /// What the input is called.
    pub origin: Origin,
    /// As reported.
    pub format: &'static str,
    /// The encoding, for text.
    pub encoding: Option<String>,
    /// The delimiter, for text.
    pub delimiter: Option<char>,
    /// What the officer should know.
    pub remarks: Vec<String>,
}

impl Meta {
    /// The input as messages name it.
    pub(super) fn path(&self) -> String {
        match &self.origin.sheet {
            Some(sheet) => format!("{}[{sheet}]", self.origin.file),
            None => self.origin.file.to_string(),
        }
    }
}

/// Turns a tally into an account, subjects and what was not screened.
///
/// # Errors
/// No name column, no name, or too many rejected rows.
pub(super) fn finish(
    layout: Layout,
    tally: Option<Tally>,
    meta: Meta,
    options: &LoadOptions,
    loaded: &mut Loaded,
) -> Result<(), LoadError> {
    let Some(mut tally) = tally else {
        return Err(no_name_column(layout, &meta));
    };
    check(&tally, &layout, &meta)?;
    let track = kind_of(&layout.fit, options);
    let with_ids = ids_are_of_parties(&tally, &layout, options);
    let mut totals = Totals {
        distinct_names: distinct_names(&tally),
        amount: amount_total(&tally),
        persons: persons_screened(tally.groups(), options),
        ..Totals::default()
    };
    loaded.not_screened.extend(not_screened(&tally, &meta.origin, options));
    let reading = Reading { scale: tally.scale, track, origin: &meta.origin, with_ids };
    let screened = tally.take_groups().into_par_iter().filter(|group| is_screened(group, options));
    let made: Vec<Made> =
        screened.fold(Made::default, |made, group| made.with(party::of(group, &reading))).collect();
    loaded.subjects.reserve(made.iter().map(|made| made.subjects.len()).sum());
    for made in made {
        totals.add(&made.totals);
        loaded.subjects.extend(made.subjects);
    }
    record(&layout, &tally, meta, track, &totals, loaded);
    Ok(())
}

/// What the rows of a table add up to, beside their counts.
#[derive(Debug, Default)]
pub(super) struct Totals {
    /// Distinct names.
    pub distinct_names: u64,
    /// The sum of the amounts.
    pub amount: Sum,
    /// Rows with an identifier that is none.
    pub invalid: u64,
    /// Cells that name several parties.
    pub shared: u64,
    /// Rows of persons who are screened.
    pub persons: u64,
}

impl Totals {
    /// Counts what the reader should know of a name that became subjects.
    pub(super) fn note(&mut self, parties: &Parties) {
        self.invalid += parties.invalid_rows;
        self.shared += u64::from(parties.subjects.len() > 1);
    }

    /// Adds those of other rows, but for distinct names, which only all rows together tell.
    pub(super) fn add(&mut self, other: &Self) {
        self.amount.merge(other.amount);
        self.invalid += other.invalid;
        self.shared += other.shared;
        self.persons += other.persons;
    }
}

/// The rows that could not be read, as many as are kept.
fn rejects(tally: &Tally, origin: &Origin) -> Vec<Reject> {
    tally
        .refused
        .iter()
        .map(|row| Reject {
            place: origin.at(row.position),
            reason: row.reason.to_owned(),
            text: row.text.clone(),
        })
        .collect()
}

/// Puts a table on the account.
pub(super) fn record(
    layout: &Layout,
    tally: &Tally,
    meta: Meta,
    track: Track,
    totals: &Totals,
    loaded: &mut Loaded,
) {
    let has_amounts = layout.fit.choices.contains_key(&Field::Amount);
    loaded.rejects.extend(rejects(tally, &meta.origin));
    loaded.columns.push(ColumnsReport {
        input: meta.path(),
        choices: layout.fit.choices.values().cloned().collect(),
        unused: layout.fit.unused(),
    });
    let mut remarks = meta.remarks;
    remarks.extend(remarks_on(tally, totals));
    let columns: BTreeMap<Field, String> =
        layout.fit.choices.iter().map(|(field, choice)| (*field, choice.column.clone())).collect();
    loaded.inputs.push(InputAccount {
        path: meta.origin.file.to_string(),
        sha256: String::new(),
        kind: track,
        format: meta.format.to_owned(),
        encoding: meta.encoding,
        delimiter: meta.delimiter,
        sheet: meta.origin.sheet.as_ref().map(ToString::to_string),
        header_record: layout.header_record,
        amount_total: has_amounts.then(|| totals.amount.total()),
        columns,
        records_read: tally.counts.total(),
        screened: tally.counts.screened,
        persons: tally.counts.persons,
        redacted: tally.counts.redacted,
        blank_or_total: tally.counts.blank_or_total,
        rejected: tally.counts.rejected,
        distinct_names: totals.distinct_names,
        remarks,
    });
}

/// Subjects of some groups in the order of these, and what the reader should know of them.
#[derive(Default)]
struct Made {
    subjects: Vec<Subject>,
    totals: Totals,
}

impl Made {
    fn with(mut self, parties: Parties) -> Self {
        self.totals.note(&parties);
        self.subjects.extend(parties.subjects);
        self
    }
}

/// The error of a table without a name column.
pub(super) fn no_name_column(layout: Layout, meta: &Meta) -> LoadError {
    LoadError::NoNameColumn {
        path: meta.path(),
        header_record: layout.header_record,
        columns: layout.fit.headers,
    }
}

/// Whether a table is fit to be screened.
///
/// # Errors
/// No name, or too many rejected rows.
pub(super) fn check(tally: &Tally, layout: &Layout, meta: &Meta) -> Result<(), LoadError> {
    let counts = tally.counts;
    if counts.rejected > REJECTS_ALLOWED && counts.rejected * REJECTS_ONE_IN > counts.total() {
        let first = tally.refused.first();
        return Err(LoadError::TooManyRejects {
            path: meta.path(),
            rejected: counts.rejected,
            records: counts.total(),
            first: first
                .map_or_else(String::new, |row| format!("{}: {}", meta.origin.at(row.position), row.reason)),
            rows: rejects(tally, &meta.origin),
        });
    }
    if counts.screened + counts.persons == 0 {
        let column = layout.fit.choices.get(&Field::Name).map_or("", |choice| choice.column.as_str());
        let why = match (counts.total(), counts.redacted) {
            (0, _) => "there is no row below the header".to_owned(),
            (_, 1..) => format!("every name in column `{}` is redacted", column.trim()),
            (rows, 0) => format!("column `{}` names nobody in any of {rows} rows", column.trim()),
        };
        return Err(LoadError::NothingToScreen { path: meta.path(), why });
    }
    Ok(())
}

/// Whether a name is screened.
pub(super) fn is_screened(group: &Group, options: &LoadOptions) -> bool {
    match group.class {
        Class::Party => true,
        Class::Person => options.include_persons,
        _ => false,
    }
}

/// Whether the id column tells parties apart. A plain `ID` that differs within one name numbers the rows.
fn ids_are_of_parties(tally: &Tally, layout: &Layout, options: &LoadOptions) -> bool {
    let plain = layout
        .fit
        .choices
        .get(&Field::Id)
        .is_some_and(|choice| choice.column.trim().eq_ignore_ascii_case("id"));
    !options.merge
        || options.map.contains_key(&Field::Id)
        || !plain
        || !tally.groups().iter().any(|group| group.id_differs)
}

/// The sum of all amounts that were paid to somebody.
pub(super) fn amount_total(tally: &Tally) -> Sum {
    let of_groups = |mut total: Sum, group: &Group| {
        group.sums.iter().for_each(|(_, sum)| total.merge(*sum));
        total
    };
    let counted = tally.groups().par_iter().filter(|group| group.is_of_somebody());
    counted.fold(Sum::default, of_groups).reduce(Sum::default, Sum::with)
}

fn distinct_names(tally: &Tally) -> u64 {
    let named = tally.groups().par_iter().filter(|group| matches!(group.class, Class::Party | Class::Person));
    party::distinct(named.map(|group| group.name.as_str()))
}

fn not_screened(tally: &Tally, origin: &Origin, options: &LoadOptions) -> Vec<NotScreened> {
    let counts = tally.counts;
    let of_class = |class: Class, rows: u64| {
        let groups = if rows == 0 { &[] } else { tally.groups() };
        let mut exposure = Exposure::default();
        let mut first: Option<Position> = None;
        for group in groups.iter().filter(|group| group.class == class) {
            for (currency, sum) in &group.sums {
                let sum = sum.total();
                let scaled = sum.checked_mul(tally.scale).unwrap_or(sum);
                // A sum past 28 digits stays at its limit.
                let _ = exposure.add(scaled, *currency);
            }
            first = first.filter(|first| first.record <= group.first.record).or(Some(group.first));
        }
        (exposure, first)
    };
    let persons = if options.include_persons {
        (Exposure::default(), None)
    } else {
        of_class(Class::Person, counts.persons)
    };
    let redacted = of_class(Class::Redacted, counts.redacted);
    let refused = tally.refused.first().map(|row| row.position);
    [
        (NotScreenedReason::Redacted, counts.redacted, redacted.0, redacted.1),
        (NotScreenedReason::Person, counts.persons, persons.0, persons.1),
        (NotScreenedReason::BlankOrTotal, counts.blank_or_total, Exposure::default(), tally.first_blank),
        (NotScreenedReason::Rejected, counts.rejected, Exposure::default(), refused),
    ]
    .into_iter()
    .filter(|(_, rows, ..)| *rows > 0)
    .map(|(reason, rows, exposure, first)| NotScreened {
        reason,
        rows,
        exposure,
        first: origin.at(first.unwrap_or_default()),
    })
    .collect()
}

fn remarks_on(tally: &Tally, totals: &Totals) -> Vec<String> {
    let &Totals { invalid, shared, persons, .. } = totals;
    let told = |count: u64, one: &str, several: &str| match count {
        0 => None,
        1 => Some(one.to_owned()),
        _ => Some(format!("{count} {several}")),
    };
    let mut remarks = Vec::new();
    let (unread, first) = tally.unread_amounts;
    if let Some(first) = first {
        let record = first.record;
        let one = format!("an amount cannot be read, in record {record}; its row is screened without");
        let several =
            format!("amounts cannot be read, the first in record {record}; their rows are screened without");
        remarks.extend(told(unread, &one, &several));
    }
    remarks.extend(told(
        invalid,
        "a row has an identifier whose form or check digits are wrong; it was left out",
        "rows have an identifier whose form or check digits are wrong; it was left out",
    ));
    remarks.extend(told(
        shared,
        "a cell names several parties; the amount beside them is given to none",
        "cells name several parties; the amount beside them is given to none",
    ));
    if tally.scale != Decimal::ONE {
        remarks.push(format!("the header says that amounts are in units of {}", tally.scale));
    }
    remarks.extend(told(
        persons,
        "a row is a natural person and is screened, as asked",
        "rows are natural persons and are screened, as asked",
    ));
    remarks
}

/// Rows of natural persons that are screened since the officer asked for it.
pub(super) fn persons_screened(groups: &[Group], options: &LoadOptions) -> u64 {
    let persons = groups.iter().filter(|group| options.include_persons && group.class == Class::Person);
    persons.map(|group| group.rows).sum()
}
