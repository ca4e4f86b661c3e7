//! Screening without an end: subjects come in blocks, and each block's findings leave before the next is looked at.
//!
//! What is kept between blocks is bounded: the lists, and the answers to the names last met, since a ledger names the same
//! parties again and again. Every row is judged by what it says itself, as in a run without merging; what only a whole run can say
//! (the order of work, decisions that nobody asked for, sums) is not said here.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use crate::ident::Identifier;
use crate::index::{Index, Memories, Scratch, Stats};
use crate::judge::decision::Fate;
use crate::judge::{Finding, Scored, Terms, judge_all};
use crate::matching::{Match, Score};
use crate::parties::{Indexed, Listed};
use crate::record::{Country, Subject};
use crate::vocab::EntityKind;
use crate::watchlist::List;

/// How many names are remembered, twice: those met lately, and those met before them.
const REMEMBERED: usize = 1 << 15;

/// Names handed to a thread at a time.
const TOGETHER: usize = 64;

/// The lists, ready for a stream of subjects.
pub struct Stream<'a> {
    lists: &'a [List],
    index: &'a Index,
    /// The entries of the index.
    listed: Listed<'a>,
    min_score: Score,
    terms: Terms<'a>,
    memory: Memory,
    memories: Memories,
    stats: Stats,
}

/// What was found in a block.
#[derive(Debug, Default)]
pub struct Passed {
    /// Its subjects.
    pub subjects: Vec<Subject>,
    /// The candidates among them, in the order of the subjects; of one subject, in the order of work. Rows of one name share
    /// the id of their finding.
    pub findings: Vec<Finding>,
    /// How many of them rest on a decision whose day has passed.
    pub expired: usize,
    /// How many rest on a decision about something that has changed.
    pub reopened: usize,
}

impl<'a> Stream<'a> {
    /// A stream that is screened against these lists.
    pub fn new(lists: &'a Indexed, min_score: Score, terms: Terms<'a>) -> Self {
        let (lists, index) = (lists.lists(), lists.index());
        let (listed, stats) = (Listed::new(lists), index.stats());
        Self {
            lists,
            index,
            listed,
            min_score,
            terms,
            memory: Memory::default(),
            memories: Memories::default(),
            stats,
        }
    }

    /// The counts of the work so far.
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// Screens blocks of subjects; the results are in their order.
    pub fn screen(&mut self, blocks: Vec<Vec<Subject>>) -> Vec<Passed> {
        let (answers, asked) = self.recall(&blocks);
        let found = self.ask(&asked);
        let scored = |(block, answers): (&Vec<Subject>, &Vec<Answer>)| {
            let mut scored = Vec::new();
            for (subject, answer) in (0..block.len()).zip(answers) {
                let matches = match answer {
                    Answer::Known(matches) => matches,
                    Answer::Asked(at) => found.get(*at).unwrap_or(&None),
                };
                scored.extend(self.scored(subject, matches));
            }
            scored
        };
        let judged = blocks.par_iter().zip(&answers).map(|both| self.judge(scored(both), both.0));
        let judged: Vec<Passed> = judged.collect();
        for (subject, matches) in asked.into_iter().zip(found) {
            self.memory.keep(subject, matches);
        }
        judged.into_iter().zip(blocks).map(|(passed, subjects)| Passed { subjects, ..passed }).collect()
    }

    /// What is known of each subject, and the subjects to search for, each name once.
    fn recall<'b>(&mut self, blocks: &'b [Vec<Subject>]) -> (Vec<Vec<Answer>>, Vec<&'b Subject>) {
        let hashes: Vec<Vec<u64>> = blocks.par_iter().map(|block| block.iter().map(hash).collect()).collect();
        let mut asked: Vec<&Subject> = Vec::new();
        let mut places: FxHashMap<u64, usize> = FxHashMap::default();
        let answer = |(subject, hash): (&'b Subject, &u64)| {
            if let Some(matches) = self.memory.recall(*hash, subject) {
                return Answer::Known(matches);
            }
            let known = places
                .get(hash)
                .filter(|at| asked.get(**at).is_some_and(|other| facts(other) == facts(subject)));
            Answer::Asked(known.copied().unwrap_or_else(|| {
                asked.push(subject);
                places.insert(*hash, asked.len() - 1);
                asked.len() - 1
            }))
        };
        let mut rows = blocks.iter().flatten().zip(hashes.iter().flatten()).map(answer);
        let answers = blocks.iter().map(|block| rows.by_ref().take(block.len()).collect()).collect();
        drop(rows);
        (answers, asked)
    }

    fn ask(&mut self, asked: &[&Subject]) -> Vec<Matches> {
        let search = |scratch: &mut Scratch, some: &[&Subject]| {
            let mut found: Vec<Vec<(u32, Match)>> = some.iter().map(|_| Vec::new()).collect();
            for (at, entry, matched) in self.listed.search(self.index, some, self.min_score, scratch) {
                if let Some(matches) = found.get_mut(at) {
                    matches.push((entry, matched));
                }
            }
            let shared = |matches: Vec<_>| (!matches.is_empty()).then(|| Arc::from(matches));
            let found: Vec<Matches> = found.into_iter().map(shared).collect();
            (found, scratch.take_stats())
        };
        let found: Vec<_> = asked
            .par_chunks(TOGETHER)
            .map(|some| self.memories.with(|scratch| search(scratch, some)))
            .collect();
        let mut all = Vec::with_capacity(asked.len());
        for (some, stats) in found {
            all.extend(some);
            self.stats.add(&stats);
        }
        all
    }

    fn scored<'b>(&'b self, subject: usize, matches: &'b Matches) -> impl Iterator<Item = Scored> + 'b {
        matches.iter().flat_map(|matches| matches.iter()).filter_map(move |(place, matched)| {
            let (list, entry) = self.listed.place(*place)?;
            Some(Scored { subject, list, entry, matched: matched.clone() })
        })
    }

    fn judge(&self, scored: Vec<Scored>, subjects: &[Subject]) -> Passed {
        if scored.is_empty() {
            return Passed::default();
        }
        let judged = judge_all(scored, subjects, self.lists, &self.terms);
        let count = |fate| judged.decisions.iter().filter(|note| note.fate == fate).count();
        let (expired, reopened) = (count(Fate::Expired), count(Fate::Reopened));
        let mut findings = judged.findings;
        findings.sort_by_key(|finding| finding.subject);
        for finding in &mut findings {
            // The numbers that tell rows of one name apart count within a block, which is no place that a reader knows.
            let base = finding.id.find('.').unwrap_or(finding.id.len());
            finding.id.truncate(base);
        }
        Passed { subjects: Vec::new(), findings, expired, reopened }
    }
}

/// The matches of a name; `None` for most.
type Matches = Option<Arc<[(u32, Match)]>>;

enum Answer {
    Known(Matches),
    /// The place among the subjects to search for.
    Asked(usize),
}

/// The answers to the names last met.
#[derive(Default)]
struct Memory {
    lately: FxHashMap<u64, (Asked, Matches)>,
    before: FxHashMap<u64, (Asked, Matches)>,
}

/// The facts of a subject that its matches depend on, kept.
struct Asked {
    investment: bool,
    kind: EntityKind,
    name: Box<str>,
    aliases: Box<[String]>,
    countries: Box<[Country]>,
    identifiers: Box<[Identifier]>,
}

impl Memory {
    fn recall(&mut self, hash: u64, subject: &Subject) -> Option<Matches> {
        if let Some((_, matches)) = self.lately.get(&hash).filter(|(asked, _)| asked.is(subject)) {
            return Some(matches.clone());
        }
        let (asked, matches) = self.before.remove(&hash).filter(|(asked, _)| asked.is(subject))?;
        self.insert(hash, asked, matches.clone());
        Some(matches)
    }

    fn keep(&mut self, subject: &Subject, matches: Matches) {
        self.insert(hash(subject), Asked::of(subject), matches);
    }

    fn insert(&mut self, hash: u64, asked: Asked, matches: Matches) {
        if self.lately.len() >= REMEMBERED {
            self.before = std::mem::take(&mut self.lately);
        }
        self.lately.insert(hash, (asked, matches));
    }
}

impl Asked {
    fn of(subject: &Subject) -> Self {
        let (investment, kind, name, aliases, countries, identifiers) = facts(subject);
        Self {
            investment,
            kind,
            name: name.into(),
            aliases: aliases.into(),
            countries: countries.into(),
            identifiers: identifiers.into(),
        }
    }

    fn is(&self, subject: &Subject) -> bool {
        let Self { investment, kind, name, aliases, countries, identifiers } = self;
        (*investment, *kind, &**name, &**aliases, &**countries, &**identifiers) == facts(subject)
    }
}

type Facts<'a> = (bool, EntityKind, &'a str, &'a [String], &'a [Country], &'a [Identifier]);

/// All of a subject that its matches depend on. Rows of a stream are not merged, so that the name is the only spelling.
fn facts(subject: &Subject) -> Facts<'_> {
    let Subject { track, kind, name, aliases, countries, identifiers, .. } = subject;
    (track.is_investment(), *kind, name, aliases, countries, identifiers)
}

fn hash(subject: &Subject) -> u64 {
    let mut hasher = FxHasher::default();
    facts(subject).hash(&mut hasher);
    hasher.finish()
}
