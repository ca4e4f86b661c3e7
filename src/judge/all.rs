//! All matches of a run, judged together: sources that support one another, ids, order.

use jiff::civil::Date;
use rayon::prelude::*;
use smallvec::SmallVec;

use crate::judge::beside::Beside;
use crate::judge::decision::{DecisionNote, Docket, Fate, Heard, Record, id_of, id_party};
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
    let docket = Docket::new(terms.decisions, lists);
    let bench = Bench { subjects, lists, docket: &docket, terms };
    let blocks: Vec<(Vec<Finding>, Heard)> =
        blocks(matches).into_par_iter().map(|block| bench.judge(block)).collect();
    let mut findings = Vec::with_capacity(blocks.iter().map(|(some, _)| some.len()).sum());
    let mut heard = Heard::default();
    for (some, more) in blocks {
        findings.extend(some);
        heard.merge(more);
    }
    order(&mut findings, subjects, lists, terms.policy, terms.as_of);
    Judged { findings, decisions: docket.close(heard, lists, terms.as_of) }
}

/// Matches judged by one thread at a time.
const BLOCK: usize = 1_000;

/// Cuts matches between subjects: the entries found for one subject may support one another, so they stay together.
fn blocks(mut matches: Vec<Scored>) -> Vec<Vec<Scored>> {
    matches.sort_by_key(|scored| scored.subject);
    let mut blocks: Vec<Vec<Scored>> = Vec::with_capacity(matches.len() / BLOCK + 1);
    for scored in matches {
        let is_open = |block: &Vec<Scored>| {
            block.len() < BLOCK || block.last().is_some_and(|last| last.subject == scored.subject)
        };
        match blocks.last_mut().filter(|block| is_open(block)) {
            Some(block) => block.push(scored),
            None => blocks.push(vec![scored]),
        }
    }
    blocks
}

/// All that is the same for every match of a run.
struct Bench<'a> {
    subjects: &'a [Subject],
    lists: &'a [List],
    docket: &'a Docket<'a>,
    terms: &'a Terms<'a>,
}

/// What is the same for every match of a subject, made once: a subject may have a thousand.
struct Asked<'a> {
    subject: &'a Subject,
    /// The party in the ids of its findings.
    party: String,
    beside: Beside<'a>,
}

impl<'a> Bench<'a> {
    fn judge(&self, block: Vec<Scored>) -> (Vec<Finding>, Heard) {
        let mut findings = Vec::with_capacity(block.len());
        let mut heard = Heard::default();
        let mut rest = block.into_iter();
        while let Some(some) = rest.as_slice().chunk_by(|one, next| one.subject == next.subject).next() {
            let (count, asked) = (some.len(), self.ask(some));
            let some =
                rest.by_ref().take(count).filter(|scored| self.terms.policy.reports(scored.matched.band));
            findings.extend(some.filter_map(|scored| self.finding(scored, asked.as_ref()?, &mut heard)));
        }
        (findings, heard)
    }

    /// The subject of these matches; `None` where their index points nowhere.
    fn ask(&self, some: &[Scored]) -> Option<Asked<'a>> {
        let Terms { policy, as_of, .. } = *self.terms;
        let subject = self.subjects.get(some.first()?.subject)?;
        let found = some.iter().filter_map(|scored| {
            let (list, entry) = self.listed(scored)?;
            let source = Source { facts: &list.facts, entry, band: scored.matched.band };
            Some(((scored.list, scored.entry), source))
        });
        Some(Asked { subject, party: id_party(subject), beside: Beside::of(found, subject, policy, as_of) })
    }

    fn listed(&self, scored: &Scored) -> Option<(&'a List, &'a Entry)> {
        let list = self.lists.get(scored.list)?;
        Some((list, list.entries.get(scored.entry)?))
    }

    fn finding(&self, scored: Scored, asked: &Asked<'_>, heard: &mut Heard) -> Option<Finding> {
        let Terms { policy, as_of, fit, .. } = *self.terms;
        let subject = asked.subject;
        let (list, entry) = self.listed(&scored)?;
        let own = (scored.list, scored.entry);
        let others: SmallVec<[Source<'_>; 4]> = asked.beside.others(own).collect();
        let id = id_of(&asked.party, &list.slug, entry);
        let review = self.docket.review(heard, &id, own, (subject, entry, &scored.matched), policy, as_of);
        let judgement = judge(&JudgeInput {
            subject,
            facts: &list.facts,
            entry,
            matched: &scored.matched,
            decision: review.standing.as_ref(),
            others: &others,
            policy,
            as_of,
            fit,
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
            decision: review.standing.map(Box::new),
        })
    }
}

#[cfg(test)]
mod tests;
