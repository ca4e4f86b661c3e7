//! Whether an earlier decision still stands, and what became of those that no candidate asked for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::judge::decision::{Content, Record};
use crate::judge::{Decision, Policy};
use crate::matching::Match;
use crate::record::Subject;
use crate::vocab::{Outcome, State};
use crate::watchlist::{Entry, List};

/// A decision that did not simply stand: what a report must say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionNote {
    /// What became of it.
    pub fate: Fate,
    /// The finding it was made on.
    pub finding_id: String,
    /// The subject's name as it was then.
    pub subject_name: String,
    /// The listed name as it was then.
    pub listed_name: String,
    /// One sentence.
    pub text: String,
}

/// What became of a decision that did not simply stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Its candidate is found again, and its day has passed.
    Expired,
    /// Its candidate is found again, and what it was made on has changed.
    Reopened,
    /// The list no longer has the entry.
    Orphaned,
    /// Nothing in this run asked for it.
    Unused,
}

impl Fate {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Reopened => "reopened",
            Self::Orphaned => "orphaned",
            Self::Unused => "unused",
        }
    }
}

/// What an earlier decision means for a candidate of today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::judge) struct Review {
    /// The decision, if it stands.
    pub(in crate::judge) standing: Option<Decision>,
    /// The state it puts the candidate in.
    pub(in crate::judge) state: Option<State>,
    /// Why, in a sentence.
    pub(in crate::judge) reason: Option<String>,
}

/// The records that may speak in a run, each filed under the entry it is about.
pub(in crate::judge) struct Docket<'a> {
    records: &'a [Record],
    by_place: BTreeMap<(usize, usize), Vec<usize>>,
}

/// What a part of the candidates has asked of the records; the parts may come together in any order.
#[derive(Debug, Default)]
pub(in crate::judge) struct Heard {
    used: BTreeSet<usize>,
    notes: Vec<DecisionNote>,
}

impl Heard {
    /// Takes in what another part has asked.
    pub(in crate::judge) fn merge(&mut self, other: Self) {
        self.used.extend(other.used);
        self.notes.extend(other.notes);
    }

    fn note(&mut self, record: &Record, fate: Fate, text: &str) {
        self.notes.push(DecisionNote {
            fate,
            finding_id: record.finding_id.clone(),
            subject_name: record.subject_name.clone(),
            listed_name: record.listed_name.clone(),
            text: text.to_owned(),
        });
    }
}

impl<'a> Docket<'a> {
    /// Files records under the entries of the run's lists.
    ///
    /// An entry is known by its id; where the list no longer has that id, by its content, since publishers renumber.
    pub(in crate::judge) fn new(records: &'a [Record], lists: &[List]) -> Self {
        let mut by_place: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (list_index, list) in lists.iter().enumerate() {
            let about: Vec<usize> =
                (0..records.len()).filter(|i| records.get(*i).is_some_and(|r| r.list == list.slug)).collect();
            if about.is_empty() {
                continue;
            }
            let ids: BTreeMap<&str, usize> =
                list.entries.iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect();
            for index in about {
                let Some(record) = records.get(index) else { continue };
                let entry = ids.get(record.entry_id.as_str()).copied().or_else(|| renumbered(record, list));
                if let Some(entry) = entry {
                    by_place.entry((list_index, entry)).or_default().push(index);
                }
            }
        }
        Self { records, by_place }
    }

    /// What the latest decision about a candidate means today.
    pub(in crate::judge) fn review(
        &self,
        heard: &mut Heard,
        finding_id: &str,
        place: (usize, usize),
        (subject, entry, matched): (&Subject, &Entry, &Match),
        policy: &Policy,
        as_of: Date,
    ) -> Review {
        let Some(filed) = self.by_place.get(&place) else { return Review::default() };
        let now = Content::of(subject, entry, matched.relation);
        let made = |index: &usize| self.records.get(*index).is_some_and(|r| r.decision.decided_on <= as_of);
        let about: Vec<usize> = filed
            .iter()
            .copied()
            .filter(|index| {
                self.records
                    .get(*index)
                    .is_some_and(|r| base_id(&r.finding_id) == finding_id || r.content.same_party(&now))
            })
            .filter(made)
            .collect();
        heard.used.extend(&about);
        // The latest line speaks: one of the same id before one of the same party.
        let exact = about
            .iter()
            .rev()
            .find(|i| self.records.get(**i).is_some_and(|r| base_id(&r.finding_id) == finding_id));
        let latest = exact.or(about.last()).and_then(|index| self.records.get(*index));
        let Some(record) = latest.filter(|record| record.decision.outcome != Outcome::Withdrawn) else {
            return Review::default();
        };
        weigh(heard, record, &now, (subject, entry), policy, as_of)
    }

    /// Every decision that did not simply stand, gravest first; those that nothing asked for among them.
    pub(in crate::judge) fn close(self, mut heard: Heard, lists: &[List], as_of: Date) -> Vec<DecisionNote> {
        let on_a_list: BTreeSet<usize> = self.by_place.values().flatten().copied().collect();
        let records = self.records;
        let mut later: BTreeSet<&str> = BTreeSet::new();
        for (index, record) in records.iter().enumerate().rev() {
            let superseded = !later.insert(record.finding_id.as_str());
            let withdrawn = record.decision.outcome == Outcome::Withdrawn;
            if superseded || withdrawn || heard.used.contains(&index) {
                continue;
            }
            let (fate, text) = unasked(record, on_a_list.contains(&index), lists, as_of);
            heard.note(record, fate, &text);
        }
        heard.notes.sort_by(|a, b| (a.fate, &a.finding_id, &a.text).cmp(&(b.fate, &b.finding_id, &b.text)));
        heard.notes.dedup();
        heard.notes
    }
}

/// Whether the latest decision about a candidate still stands.
fn weigh(
    heard: &mut Heard,
    record: &Record,
    now: &Content,
    (subject, entry): (&Subject, &Entry),
    policy: &Policy,
    as_of: Date,
) -> Review {
    let decision = &record.decision;
    let made =
        format!("the decision `{}` of {} by {}", decision.outcome, decision.decided_on, decision.decided_by);
    if decision.review_by < as_of {
        let text = format!("{made} stood until {} and has expired", decision.review_by);
        heard.note(record, Fate::Expired, &text);
        return Review { standing: None, state: Some(State::ExpiredDecision), reason: Some(text) };
    }
    let mut changes = record.content.changes(now, subject, entry);
    if policy.decisions.reopen_on_policy_change && record.policy_sha256.as_deref() != Some(&*policy.sha256())
    {
        changes.push("the policy has changed".to_owned());
    }
    if !changes.is_empty() {
        let text = format!("{made} is reopened: {}", changes.join("; "));
        heard.note(record, Fate::Reopened, &text);
        return Review { standing: None, state: Some(State::Reopened), reason: Some(text) };
    }
    // Passed on or left open, it is work still to be done.
    let settled = decision.dismisses() || decision.confirms();
    Review { standing: Some(decision.clone()), state: settled.then_some(State::Standing), reason: None }
}

fn renumbered(record: &Record, list: &List) -> Option<usize> {
    list.entries.iter().position(|entry| {
        // The subject's side does not count here, and the entry's own has no relation.
        record.content.same_entry(&Content::of_entry(entry))
    })
}

/// Why nothing asked for a decision.
fn unasked(record: &Record, on_a_list: bool, lists: &[List], as_of: Date) -> (Fate, String) {
    let Record { list, entry_id, decision, .. } = record;
    let run = lists.iter().any(|loaded| loaded.slug == *list);
    let (fate, text) = match (run, on_a_list) {
        (false, _) => (Fate::Unused, format!("list `{list}` was not screened against")),
        (true, false) => (Fate::Orphaned, format!("entry `{entry_id}` is no longer on list `{list}`")),
        (true, true) if as_of < decision.decided_on => {
            (Fate::Unused, format!("decided on {}, after the day of the run", decision.decided_on))
        }
        (true, true) => (Fate::Unused, "no such candidate in this run".to_owned()),
    };
    let expired = if decision.review_by < as_of {
        format!("; expired on {}", decision.review_by)
    } else {
        String::new()
    };
    (fate, text + &expired)
}

/// The id without the number that tells twins apart.
fn base_id(finding_id: &str) -> &str {
    finding_id.split('.').next().unwrap_or(finding_id)
}
