//! The run: subjects against entries.
//!
//! In: what was loaded, the lists, the policy and the day. Out: a [`Screening`]. This is where the rooms meet: names
//! are made of texts, the index proposes, matching scores, the judge decides. Work is spread over threads by blocks
//! of subjects whose results are collected in order, so that the bytes are the same for any number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::baseline;
use crate::index::{Index, Memories, Stats};
use crate::judge::decision::{DecisionNote, EarlierReport, Record};
use crate::judge::{Finding, Gone, Policy, Scored, Terms, judge_all, order};
use crate::load::{InputAccount, NotScreened};
use crate::matching::Score;
use crate::parties::{Indexed, Listed};
use crate::record::Subject;
use crate::watchlist::fitness::Gate;
use crate::watchlist::{Entry, List};

/// Whether a list may be relied on, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListHealth {
    /// Index into the screening's lists.
    pub list: usize,
    /// How many distinct names it gave to the index.
    pub names: usize,
    /// Whether every gate passed.
    pub fit: bool,
    /// What is wrong, one sentence for each gate that failed.
    pub problems: Vec<String>,
    /// The gates that it was put through, each with what is wrong there.
    pub gates: Vec<(Gate, Option<String>)>,
}

/// The option values that could change a result, by name, in order.
pub type Options = std::collections::BTreeMap<String, String>;

/// A run from end to end: all that a report may say.
#[derive(Debug, Clone, PartialEq)]
pub struct Screening {
    /// The day the run is judged by.
    pub as_of: Date,
    /// The inputs, in the order given.
    pub inputs: Vec<InputAccount>,
    /// The lists screened against, by slug.
    pub lists: Vec<List>,
    /// Their health, in the same order.
    pub health: Vec<ListHealth>,
    /// Everybody who was screened.
    pub subjects: Vec<Subject>,
    /// The candidates, in the order of work.
    pub findings: Vec<Finding>,
    /// Who was not screened, by input and reason.
    pub not_screened: Vec<NotScreened>,
    /// SHA-256 of the policy in force, if one was given.
    pub policy_sha256: Option<String>,
    /// The options that mattered.
    pub options: Options,
    /// The earlier decisions that did not simply stand: expired, reopened, orphaned, unused.
    pub decisions: Vec<DecisionNote>,
    /// The head of the log of decisions, if one was given: who knows it can tell that nothing was cut off since.
    pub decisions_sha256: Option<String>,
    /// Findings of the baseline that this run no longer has.
    pub gone: Vec<Gone>,
    /// Whether the screening is complete: every critical list and every input was fit.
    pub completed: bool,
}

impl Screening {
    /// The subject, list and entry of a finding; `None` only for a finding of another screening.
    pub fn parts<'a>(&'a self, finding: &Finding) -> Option<(&'a Subject, &'a List, &'a Entry)> {
        let list = self.lists.get(finding.list)?;
        Some((self.subjects.get(finding.subject)?, list, list.entries.get(finding.entry)?))
    }
}

impl Screening {
    /// Sets the state of every finding against an earlier report, and the order of work, of which the state is a key.
    pub fn compare_with(&mut self, earlier: &EarlierReport, policy: &Policy) {
        self.gone = baseline::compare(earlier, &mut self.findings, &self.subjects, &self.lists);
        order(&mut self.findings, &self.subjects, &self.lists, policy, self.as_of);
    }
}

/// What a run needs.
#[derive(Debug)]
pub struct Request<'a> {
    /// The day the run is judged by.
    pub as_of: Date,
    /// The inputs, in the order given.
    pub inputs: Vec<InputAccount>,
    /// Who is screened.
    pub subjects: Vec<Subject>,
    /// Who is not.
    pub not_screened: Vec<NotScreened>,
    /// The lists screened against.
    pub lists: Indexed,
    /// Their health, in the same order.
    pub health: Vec<ListHealth>,
    /// Whether every critical list and every input was fit.
    pub completed: bool,
    /// The lowest score reported.
    pub min_score: Score,
    /// What the council has set.
    pub policy: &'a Policy,
    /// SHA-256 of the policy file, if there is one.
    pub policy_sha256: Option<String>,
    /// The options that mattered.
    pub options: Options,
    /// The earlier decisions, oldest first.
    pub decisions: &'a [Record],
    /// The head of the decisions log, if there is one.
    pub decisions_sha256: Option<String>,
}

/// How far matching has come: subjects done, and subjects in all.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Subjects handed to a thread at a time, at least and at most: small enough for all threads to end together, large enough that the
/// hand-over does not show.
const BLOCK: (usize, usize) = (50, 1_000);
/// So many blocks there are for each thread, where there are few subjects.
const BLOCKS: usize = 8;

/// Screens every subject against every entry.
pub fn screen(request: Request<'_>, progress: Progress<'_>) -> (Screening, Stats) {
    let Request { as_of, inputs, subjects, not_screened, lists, mut health, completed, .. } = request;
    let (lists, index) = lists.into_parts();
    let listed = Listed::new(&lists);
    for found in &mut health {
        found.names = lists.get(found.list).map_or(0, |list| list.entries.iter().map(names_of).sum());
    }
    let blocks = match_all(&index, &subjects, &listed, request.min_score, progress);
    let mut stats = index.stats();
    // The largest part of the memory that matching needs is not needed after it.
    drop(index);
    let mut matches = Vec::with_capacity(blocks.iter().map(|(scored, _)| scored.len()).sum());
    for (scored, counted) in blocks {
        matches.extend(scored);
        stats.add(&counted);
    }
    let terms = Terms::new(request.policy, as_of).fit(completed).decisions(request.decisions);
    let judged = judge_all(matches, &subjects, &lists, &terms);
    let screening = Screening {
        as_of,
        inputs,
        lists,
        health,
        subjects,
        findings: judged.findings,
        not_screened,
        policy_sha256: request.policy_sha256,
        options: request.options,
        decisions: judged.decisions,
        decisions_sha256: request.decisions_sha256,
        gone: Vec::new(),
        completed,
    };
    (screening, stats)
}

/// What reaches the threshold and the counts of it, block by block.
fn match_all(
    index: &Index,
    subjects: &[Subject],
    listed: &Listed<'_>,
    min_score: Score,
    progress: Progress<'_>,
) -> Vec<(Vec<Scored>, Stats)> {
    let (done, memories) = (AtomicUsize::new(0), Memories::default());
    let (least, most) = BLOCK;
    let size = (subjects.len() / (BLOCKS * rayon::current_num_threads())).clamp(least, most);
    // Names that begin alike are searched for one after the other: much of what they ask of the index is the same, and still near.
    let mut order: Vec<(u64, usize)> =
        subjects.iter().map(|subject| beginning(&subject.name)).zip(0..).collect();
    order.par_sort_unstable();
    order
        .par_chunks(size)
        .map(|block| {
            let some: Vec<&Subject> = block.iter().filter_map(|(_, at)| subjects.get(*at)).collect();
            let (found, stats) = memories.with(|scratch| {
                let found = listed.search(index, &some, min_score, scratch);
                (found, scratch.take_stats())
            });
            let scored = found.into_iter().filter_map(|(at, entry, matched)| {
                let (list, entry) = listed.place(entry)?;
                let (_, subject) = *block.get(at)?;
                Some(Scored { subject, list, entry, matched })
            });
            let mut scored: Vec<Scored> = scored.collect();
            // Blocks wait for the last of them.
            scored.shrink_to_fit();
            progress(done.fetch_add(block.len(), Ordering::Relaxed) + block.len(), subjects.len());
            (scored, stats)
        })
        .collect()
}

/// The first letters of a name, as a number: names in the order of these numbers are nearly in the order of the alphabet.
fn beginning(name: &str) -> u64 {
    let mut first = [0; size_of::<u64>()];
    first.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
    u64::from_be_bytes(first)
}

fn names_of(entry: &Entry) -> usize {
    1 + entry.aliases.len() + entry.weak_aliases.len()
}
