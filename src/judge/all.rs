//! All matches of a run, judged together: sources that support one another, ids, order.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::judge::decision::{DecisionNote, Docket, Fate, Record, finding_id};
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
    decisions: &'a [Record],
}

impl<'a> Terms<'a> {
    /// A fit run on a day, under a policy, without earlier decisions.
    pub const fn new(policy: &'a Policy, as_of: Date) -> Self {
        Self { policy, as_of, fit: true, decisions: &[] }
    }

    /// Says whether every critical list and every input was fit.
    #[must_use]
    pub const fn fit(self, fit: bool) -> Self {
        Self { fit, ..self }
    }

    /// The earlier decisions, oldest first.
    #[must_use]
    pub const fn decisions(self, decisions: &'a [Record]) -> Self {
        Self { decisions, ..self }
    }
}

/// What became of the matches.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judged {
    /// The candidates, in the order of work.
    pub findings: Vec<Finding>,
    /// The earlier decisions that did not simply stand.
    pub decisions: Vec<DecisionNote>,
}

impl Judged {
    /// Whether a candidate of this run rests on a decision whose day has passed: the decisions are then unfit.
    pub fn rests_on_expired(&self) -> bool {
        self.decisions.iter().any(|note| note.fate == Fate::Expired)
    }
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
    let mut docket = Docket::new(terms.decisions, lists);
    let mut findings: Vec<Finding> = matches
        .into_iter()
        .filter(|scored| terms.policy.reports(scored.matched.band))
        .filter_map(|scored| finding(scored, subjects, lists, &sources, &mut docket, terms))
        .collect();
    order(&mut findings, subjects, lists, terms.policy, terms.as_of);
    Judged { findings, decisions: docket.close(lists, terms.as_of) }
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
    docket: &mut Docket<'_>,
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
    let id = finding_id(subject, &list.slug, entry);
    let review = docket.review(&id, own, (subject, entry, &scored.matched), terms.policy, terms.as_of);
    let judgement = judge(&JudgeInput {
        subject,
        facts: &list.facts,
        entry,
        matched: &scored.matched,
        decision: review.standing.as_ref(),
        others: &others,
        policy: terms.policy,
        as_of: terms.as_of,
        fit: terms.fit,
    })?;
    Some(Finding {
        id,
        state: review.state.unwrap_or(State::New),
        state_reason: review.reason,
        flag: judgement.flag,
        next_step: judgement.next_step,
        subject: scored.subject,
        list: scored.list,
        entry: scored.entry,
        matched: scored.matched,
        rules: judgement.rules,
        decision: review.standing,
    })
}
