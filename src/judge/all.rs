//! All matches of a run, judged together: sources that support one another, ids, order.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::judge::decision::finding_id;
use crate::judge::{Finding, JudgeInput, Policy, Source, judge, order};
use crate::matching::Match;
use crate::record::Subject;
use crate::vocab::State;
use crate::watchlist::{Entry, List};

/// A match, with the places of its two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Index into the subjects.
    pub subject: usize,
    /// Index into the lists.
    pub list: usize,
    /// Index into that list's entries.
    pub entry: usize,
    /// How they compare.
    pub matched: Match,
}

/// What a run is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    policy: &'a Policy,
    as_of: Date,
    fit: bool,
}

impl<'a> Terms<'a> {
    /// A fit run on a day, under a policy, without earlier decisions.
    pub const fn new(policy: &'a Policy, as_of: Date) -> Self {
        Self { policy, as_of, fit: true }
    }

    /// Says whether every critical list and every input was fit.
    #[must_use]
    pub const fn fit(self, fit: bool) -> Self {
        Self { fit, ..self }
    }
}

/// What became of the matches.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judged {
    /// The candidates, in the order of work.
    pub findings: Vec<Finding>,
}

/// Judges all matches of a run: the one call that a run needs.
///
/// Matches whose indices point nowhere are left out; where section 17 forbids a candidate, none is made (see [`judge`]).
///
/// # Examples
/// ```
/// use wharfinger::judge::{Policy, Terms, judge_all};
///
/// let policy = Policy::default();
/// let judged = judge_all(vec![], &[], &[], &Terms::new(&policy, jiff::civil::date(2026, 11, 24)));
/// assert!(judged.findings.is_empty());
/// ```
pub fn judge_all(matches: Vec<Scored>, subjects: &[Subject], lists: &[List], terms: &Terms<'_>) -> Judged {
    let sources = sources_by_subject(&matches, lists);
    let mut findings: Vec<Finding> =
        matches.into_iter().filter_map(|scored| finding(scored, subjects, lists, &sources, terms)).collect();
    order(&mut findings, subjects, lists, terms.policy, terms.as_of);
    Judged { findings }
}

type Sources<'a> = BTreeMap<usize, Vec<((usize, usize), Source<'a>)>>;

fn sources_by_subject<'a>(matches: &[Scored], lists: &'a [List]) -> Sources<'a> {
    let mut sources = Sources::new();
    for scored in matches {
        let Some((list, entry)) = listed(lists, scored.list, scored.entry) else { continue };
        let source = Source { facts: &list.facts, entry, band: scored.matched.band };
        sources.entry(scored.subject).or_default().push(((scored.list, scored.entry), source));
    }
    sources
}

fn listed(lists: &[List], list: usize, entry: usize) -> Option<(&List, &Entry)> {
    let list = lists.get(list)?;
    Some((list, list.entries.get(entry)?))
}

fn finding(
    scored: Scored,
    subjects: &[Subject],
    lists: &[List],
    sources: &Sources<'_>,
    terms: &Terms<'_>,
) -> Option<Finding> {
    let subject = subjects.get(scored.subject)?;
    let (list, entry) = listed(lists, scored.list, scored.entry)?;
    let own = (scored.list, scored.entry);
    let others: Vec<Source<'_>> = sources
        .get(&scored.subject)?
        .iter()
        .filter(|(place, _)| *place != own)
        .map(|(_, source)| *source)
        .collect();
    let judgement = judge(&JudgeInput {
        subject,
        facts: &list.facts,
        entry,
        matched: &scored.matched,
        decision: None,
        others: &others,
        policy: terms.policy,
        as_of: terms.as_of,
        fit: terms.fit,
    })?;
    Some(Finding {
        id: finding_id(subject, &list.slug, entry),
        state: State::New,
        state_reason: None,
        flag: judgement.flag,
        next_step: judgement.next_step,
        subject: scored.subject,
        list: scored.list,
        entry: scored.entry,
        matched: scored.matched,
        rules: judgement.rules,
        decision: None,
    })
}
