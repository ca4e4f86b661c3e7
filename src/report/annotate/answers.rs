//! What a row is told: found by the name it writes.

use std::collections::BTreeMap;

use super::super::columns::Cell;
use super::super::{Candidate, wording};
use crate::load::{Field, InputAccount};
use crate::screen::Screening;

/// The headers of the columns added.
pub(super) const HEADERS: [&str; 10] = [
    "wharfinger_result",
    "wharfinger_flag",
    "wharfinger_next_step",
    "wharfinger_listed_name",
    "wharfinger_list",
    "wharfinger_score",
    "wharfinger_band",
    "wharfinger_why",
    "wharfinger_candidates",
    "wharfinger_finding_ids",
];

/// The answers to the rows of one input.
pub(super) struct Answers<'a> {
    /// Each name as written, with the candidates of the subjects that write it so, the first to look at first.
    names: BTreeMap<String, Vec<Candidate<'a>>>,
    /// The header of the name column, or its place.
    column: Option<&'a str>,
}

impl<'a> Answers<'a> {
    pub(super) fn of(screening: &'a Screening, input: &'a InputAccount) -> Self {
        let mut candidates: BTreeMap<usize, Vec<Candidate<'a>>> = BTreeMap::new();
        for finding in &screening.findings {
            if let Some((subject, list, entry)) = screening.parts(finding) {
                candidates.entry(finding.subject).or_default().push(Candidate {
                    finding,
                    subject,
                    list,
                    entry,
                });
            }
        }
        let mut names: BTreeMap<String, Vec<Candidate<'a>>> = BTreeMap::new();
        for (at, subject) in screening.subjects.iter().enumerate().filter(|(_, s)| s.track == input.kind) {
            for spelling in &subject.spellings {
                names
                    .entry(plain(&spelling.name))
                    .or_default()
                    .extend(candidates.get(&at).into_iter().flatten());
            }
        }
        Self { names, column: input.columns.get(&Field::Name).map(String::as_str) }
    }

    /// The place of the name column among the headers, from 0; `#3` names the third.
    pub(super) fn column(&self, headers: &[String]) -> Option<usize> {
        let wanted = self.column?;
        let named = headers.iter().position(|header| plain(header) == plain(wanted));
        named.or_else(|| wanted.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1))
    }

    /// The cells for a row that writes this name.
    pub(super) fn row(&self, name: &str) -> [Cell<'static>; HEADERS.len()] {
        let only = |word: &str| {
            let mut cells = std::array::from_fn(|_| Cell::Empty);
            if let Some(first) = cells.first_mut() {
                *first = Cell::Text(word.to_owned().into());
            }
            cells
        };
        let Some(candidates) = self.names.get(&plain(name)) else { return only("not screened") };
        let Some(first) = candidates.first() else { return only(wording::NO_CANDIDATE) };
        let matched = &first.finding.matched;
        let ids: Vec<&str> = candidates.iter().map(|candidate| candidate.finding.id.as_str()).collect();
        let text = |text: &str| Cell::Text(text.to_owned().into());
        [
            text("candidate"),
            text(first.finding.flag.as_str()),
            text(&first.finding.next_step.text),
            text(&first.entry.name),
            text(&first.list.slug),
            Cell::Number(matched.score.to_string()),
            text(matched.band.as_str()),
            text(&matched.why),
            Cell::Count(wording::length(candidates)),
            text(&ids.join(";")),
        ]
    }
}

/// A name with its blanks evened out, as the subjects keep it.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
