//! Whether a list may be relied on: the gates, and what they found.
//!
//! In: a list, the day, what the policy asks of it. Out: a [`Fitness`], which says in sentences what is wrong and what is
//! worth knowing. A gate that fails makes the list unfit. Whether an unfit list makes the whole run unfit is a second
//! question: it does where the policy, or else the list's own TOML, calls the list critical.
//!
//! Age is counted from the publisher's date where there is one, else from the day of retrieval. A date that lies in the
//! future is unfit, since nothing can be said of the age of such a list.

use std::fmt;

use jiff::civil::Date;

use super::{Entry, List, PartialDate, csv};

/// What a policy asks of one list; what it leaves open is as the list's own TOML says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gates {
    /// The age in days from which on the list is unfit.
    pub max_age_days: Option<u32>,
    /// Fewer entries than this, and the list is unfit.
    pub min_entries: Option<usize>,
    /// Shrunk by more than this many per cent since `earlier_entries` were counted, and the list is unfit.
    pub max_shrink_percent: Option<u8>,
    /// How many entries an earlier version of the list had.
    pub earlier_entries: Option<usize>,
    /// Columns that must say something in at least one entry: a column that a publisher has emptied is a hole.
    pub required_columns: Vec<String>,
    /// The SHA-256 that the CSV must have, in hexadecimal.
    pub sha256: Option<String>,
    /// Whether an unfit list makes the whole run unfit.
    pub critical: Option<bool>,
}

/// One of the gates that a list passes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// How old it is; always asked, since a date may lie in the future.
    Age,
    /// How many entries it has; always asked, since a list without entries is never fit.
    Size,
    /// How many entries it has lost.
    Shrinkage,
    /// Whether the columns that must say something do.
    Columns,
    /// Whether it is the file expected.
    Hash,
}

impl Gate {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Size => "size",
            Self::Shrinkage => "shrinkage",
            Self::Columns => "columns",
            Self::Hash => "hash",
        }
    }
}

/// A gate that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Older than it may be.
    TooOld {
        /// Its age in days.
        days: i64,
        /// The age it may have.
        limit: u32,
        /// The day it is counted from.
        since: PartialDate,
        /// Whether that day is the publisher's own.
        published: bool,
    },
    /// Its date lies in the future.
    FutureDate {
        /// The date.
        date: PartialDate,
    },
    /// It has an age limit and no date.
    NoDate,
    /// Fewer entries than it must have.
    TooFew {
        /// Its entries.
        entries: usize,
        /// How many it must have.
        least: usize,
    },
    /// Fewer entries than an earlier version had, by more than may be.
    Shrunk {
        /// Its entries.
        entries: usize,
        /// How many there were.
        earlier: usize,
        /// By how many per cent it may shrink.
        limit: u8,
    },
    /// A column that must say something says nothing.
    EmptyColumn {
        /// The column.
        column: String,
    },
    /// The file is not the one expected.
    OtherHash {
        /// The SHA-256 of the file.
        found: String,
    },
}

impl Problem {
    /// The gate that it is a failure of.
    pub const fn gate(&self) -> Gate {
        match self {
            Self::TooOld { .. } | Self::FutureDate { .. } | Self::NoDate => Gate::Age,
            Self::TooFew { .. } => Gate::Size,
            Self::Shrunk { .. } => Gate::Shrinkage,
            Self::EmptyColumn { .. } => Gate::Columns,
            Self::OtherHash { .. } => Gate::Hash,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooOld { days, limit, since, published } => {
                let what = if *published { "published" } else { "retrieved" };
                write!(f, "{days} days old ({what} {since}), {limit} is the limit")
            }
            Self::FutureDate { date } => write!(f, "dated {date}, which is in the future"),
            Self::NoDate => f.write_str("has an age limit but no date"),
            Self::TooFew { entries, least } => {
                write!(f, "{}, at least {least} are expected", counted(*entries))
            }
            Self::Shrunk { entries, earlier, limit } => {
                write!(f, "{}, {earlier} before: shrunk by more than {limit} %", counted(*entries))
            }
            Self::EmptyColumn { column } => write!(f, "nothing in the column `{column}`"),
            Self::OtherHash { found } => write!(f, "not the expected file: its SHA-256 is {found}"),
        }
    }
}

/// What the gates found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitness {
    /// The gates that were asked.
    pub asked: Vec<Gate>,
    /// The gates that failed; the list is fit where there are none.
    pub problems: Vec<Problem>,
    /// What is worth knowing of a fit list too: that it is not whole, and what is missing.
    pub remarks: Vec<String>,
    /// Whether an unfit list makes the whole run unfit.
    pub critical: bool,
    /// The age in days on the day of judgement; `None` where the list has no date.
    pub age_days: Option<i64>,
}

impl Fitness {
    /// Whether every gate passed.
    pub fn is_fit(&self) -> bool {
        self.problems.is_empty()
    }

    /// Whether the run cannot be relied on because of this list.
    pub fn spoils_the_run(&self) -> bool {
        self.critical && !self.is_fit()
    }

    /// Each gate that was asked, with what is wrong there.
    pub fn gates(&self) -> Vec<(Gate, Option<String>)> {
        let wrong = |gate: &Gate| {
            let problems = self.problems.iter().filter(|problem| problem.gate() == *gate);
            let said: Vec<String> = problems.map(ToString::to_string).collect();
            (!said.is_empty()).then(|| said.join("; "))
        };
        self.asked.iter().map(|gate| (*gate, wrong(gate))).collect()
    }

    /// What is wrong and what is worth knowing, a sentence each without a full stop, failed gates first.
    pub fn sentences(&self) -> Vec<String> {
        self.problems.iter().map(ToString::to_string).chain(self.remarks.iter().cloned()).collect()
    }
}

/// Puts a list through the gates.
pub fn check(list: &List, as_of: Date, policy: Option<&Gates>) -> Fitness {
    let asked = policy.cloned().unwrap_or_default();
    let facts = &list.facts;
    let mut problems = Vec::new();
    let shrinkage = asked.earlier_entries.zip(asked.max_shrink_percent);
    let gates = [
        (Gate::Age, true),
        (Gate::Size, true),
        (Gate::Shrinkage, shrinkage.is_some()),
        (Gate::Columns, !asked.required_columns.is_empty()),
        (Gate::Hash, asked.sha256.is_some()),
    ];
    let age_days = age(list, as_of, asked.max_age_days.or(facts.max_age_days), &mut problems);
    let entries = list.entries.len();
    // A list without entries is never fit, whatever is asked of it.
    let least = asked.min_entries.unwrap_or(facts.min_entries).max(1);
    if entries < least {
        problems.push(Problem::TooFew { entries, least });
    }
    if let Some((earlier, limit)) = shrinkage
        && has_shrunk(entries, earlier, limit)
    {
        problems.push(Problem::Shrunk { entries, earlier, limit });
    }
    for column in &asked.required_columns {
        if !list.entries.iter().any(|entry| says(entry, column)) {
            problems.push(Problem::EmptyColumn { column: column.clone() });
        }
    }
    if asked.sha256.is_some_and(|expected| !expected.trim().eq_ignore_ascii_case(&list.sha256)) {
        problems.push(Problem::OtherHash { found: list.sha256.clone() });
    }
    Fitness {
        asked: gates.into_iter().filter(|(_, asked)| *asked).map(|(gate, _)| gate).collect(),
        problems,
        remarks: remarks(list),
        critical: asked.critical.unwrap_or(facts.critical),
        age_days,
    }
}

/// The age in days, and what is wrong with it.
fn age(list: &List, as_of: Date, limit: Option<u32>, problems: &mut Vec<Problem>) -> Option<i64> {
    let date = |text: &Option<String>| text.as_deref().and_then(PartialDate::parse);
    let dates = [date(&list.facts.published_on), date(&list.facts.retrieved_on)];
    for date in dates.into_iter().flatten().filter(|date| date.earliest() > as_of).take(1) {
        problems.push(Problem::FutureDate { date });
    }
    let Some(since) = dates.into_iter().flatten().next() else {
        if limit.is_some() {
            problems.push(Problem::NoDate);
        }
        return None;
    };
    // A month or year without a day is as old as its first day may be: age is never made smaller than it is.
    let days = since.earliest().until(as_of).map_or(0, |span| i64::from(span.get_days()));
    if let Some(limit) = limit.filter(|limit| days > i64::from(*limit)) {
        let published = dates.first().copied().flatten().is_some();
        problems.push(Problem::TooOld { days, limit, since, published });
    }
    Some(days)
}

/// Whether more than `limit` per cent of the earlier entries are gone. Counted in whole numbers: no rounding can open
/// the gate.
fn has_shrunk(entries: usize, earlier: usize, limit: u8) -> bool {
    let lost = earlier.saturating_sub(entries) as u128;
    lost * 100 > earlier as u128 * u128::from(limit)
}

fn says(entry: &Entry, column: &str) -> bool {
    match column {
        "id" => !entry.id.is_empty(),
        "name" => !entry.name.is_empty(),
        "aliases" => !entry.aliases.is_empty(),
        "weak_aliases" => !entry.weak_aliases.is_empty(),
        "country" => !entry.countries.is_empty(),
        "identifiers" => !entry.identifiers.is_empty(),
        "measure" => !entry.measure.is_empty(),
        "listed_on" => entry.listed_on.is_some(),
        "delisted_on" => entry.delisted_on.is_some(),
        "products" => !entry.products.is_empty(),
        "affected" => !entry.affected.is_empty(),
        "source_url" => !entry.source_url.is_empty(),
        "note" => !entry.note.is_empty(),
        // These always have a value; any other word is no column, and so an empty one.
        other => csv::COLUMNS.contains(&other),
    }
}

fn remarks(list: &List) -> Vec<String> {
    let facts = &list.facts;
    let mut remarks = Vec::new();
    if !facts.complete {
        // A source that counts otherwise (orders, not firms) has no more entries than we have: its count says nothing here.
        let of = facts.entries_at_source.filter(|all| *all > list.entries.len());
        let of = of.map_or_else(String::new, |all| format!(" of {all} at the source"));
        remarks.push(format!("not complete: {}{of}", counted(list.entries.len())));
    }
    if !facts.missing.is_empty() {
        let what = if facts.complete { "left out or not seen" } else { "missing" };
        remarks.push(format!("{what}: {}", facts.missing.trim().trim_end_matches('.')));
    }
    remarks
}

fn counted(entries: usize) -> String {
    if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::facts;
    use super::*;

    fn list(toml: &str, entries: usize) -> List {
        let text = format!("name\n{}", "Krastiva\n".repeat(entries));
        let facts = facts::read("ours", "ours.toml", toml).unwrap();
        csv::read("ours", "ours.csv", text.as_bytes(), facts, false).unwrap()
    }

    fn sentences(toml: &str, entries: usize, gates: &Gates) -> Vec<String> {
        check(&list(toml, entries), date(2026, 11, 24), Some(gates)).sentences()
    }

    #[test]
    fn gates() {
        let none = Gates::default;
        for (toml, entries, gates, want) in [
            ("", 1, none(), vec![]),
            // Aged by the publisher's date, not by the day of a fresh download of an old copy.
            (
                "published_on = 2025-11-23\nretrieved_on = 2026-11-24\nmax_age_days = 365",
                1,
                none(),
                vec!["366 days old (published 2025-11-23), 365 is the limit"],
            ),
            ("published_on = 2025-11-24\nmax_age_days = 365", 1, none(), vec![]),
            (
                "retrieved_on = 2026-10-24\nmax_age_days = 30",
                1,
                none(),
                vec!["31 days old (retrieved 2026-10-24), 30 is the limit"],
            ),
            // The policy's word goes before the list's.
            (
                "retrieved_on = 2026-10-24\nmax_age_days = 30",
                1,
                Gates { max_age_days: Some(60), ..none() },
                vec![],
            ),
            ("published_on = \"2026-11-25\"", 1, none(), vec!["dated 2026-11-25, which is in the future"]),
            ("published_on = \"2026\"\nmax_age_days = 400", 1, none(), vec![]),
            ("max_age_days = 3", 1, none(), vec!["has an age limit but no date"]),
            ("min_entries = 3", 2, none(), vec!["2 entries, at least 3 are expected"]),
            ("min_entries = 3", 2, Gates { min_entries: Some(2), ..none() }, vec![]),
            // 10 of 100 per cent may go: 9 of 10 left is fit, 8 of 10 is not.
            ("", 9, Gates { max_shrink_percent: Some(10), earlier_entries: Some(10), ..none() }, vec![]),
            (
                "",
                8,
                Gates { max_shrink_percent: Some(10), earlier_entries: Some(10), ..none() },
                vec!["8 entries, 10 before: shrunk by more than 10 %"],
            ),
            (
                "",
                1,
                Gates { required_columns: vec!["name".into(), "listed_on".into()], ..none() },
                vec!["nothing in the column `listed_on`"],
            ),
            (
                "",
                1,
                Gates { required_columns: vec!["LastUpdated".into()], ..none() },
                vec!["nothing in the column `LastUpdated`"],
            ),
        ] {
            assert_eq!(sentences(toml, entries, &gates), want, "{toml} {gates:?}");
        }
    }

    #[test]
    fn the_expected_file_and_no_other() {
        let list = list("", 1);
        let gates = |sha256: &str| Gates { sha256: Some(sha256.to_owned()), ..Gates::default() };
        let today = date(2026, 11, 24);
        assert!(check(&list, today, Some(&gates(&list.sha256.to_uppercase()))).is_fit());
        assert!(!check(&list, today, Some(&gates("00"))).is_fit());
    }

    #[test]
    fn only_a_critical_list_spoils_the_run() {
        let old = "published_on = 2020-01-01\nmax_age_days = 3\n";
        let today = date(2026, 11, 24);
        let fitness = check(&list(old, 1), today, None);
        assert!(!fitness.is_fit() && !fitness.spoils_the_run());
        assert!(check(&list(&format!("{old}critical = true"), 1), today, None).spoils_the_run());
        let gates = Gates { critical: Some(true), ..Gates::default() };
        assert!(check(&list(old, 1), today, Some(&gates)).spoils_the_run());
        assert!(!check(&list("", 1), today, Some(&gates)).spoils_the_run());
    }

    #[test]
    fn what_is_missing_is_said_of_a_fit_list_too() {
        assert_eq!(
            sentences(
                "complete = false\nentries_at_source = 144\nmissing = \"the rest.\"",
                2,
                &Gates::default()
            ),
            ["not complete: 2 entries of 144 at the source", "missing: the rest"]
        );
    }
}
