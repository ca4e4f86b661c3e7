//! Which pairs are worth scoring: for now every one.

use crate::matching::{Match, Party, Score, compare};

/// The counts of the work done.
#[derive(Debug, Default, Clone)]
pub struct Stats {
    pairs: u64,
}

impl Stats {
    /// Adds the counts of another part of the work.
    pub fn add(&mut self, other: &Self) {
        self.pairs += other.pairs;
    }
}

impl std::fmt::Display for Stats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "pairs scored: {}", self.pairs)
    }
}

/// The memory that a worker uses again for every subject.
#[derive(Debug, Default)]
pub struct Scratch {
    stats: Stats,
}

impl Scratch {
    /// The counts since they were last taken.
    pub fn take_stats(&mut self) -> Stats {
        std::mem::take(&mut self.stats)
    }
}

/// The entries, ready to be searched.
#[derive(Debug)]
pub struct Index(Vec<Party>);

impl Index {
    /// Takes the entries in.
    pub fn build(entries: Vec<Party>) -> Self {
        Self(entries)
    }

    /// The counts of building.
    pub fn stats(&self) -> Stats {
        Stats::default()
    }

    /// Every entry that scores at least `min` against the subject, with its place among the entries.
    pub fn search(&self, subject: &Party, min: Score, scratch: &mut Scratch) -> Vec<(u32, Match)> {
        scratch.stats.pairs += self.0.len() as u64;
        let scored = (0_u32..).zip(&self.0).map(|(place, entry)| (place, compare(subject, entry)));
        scored.filter(|(_, matched)| matched.score >= min).collect()
    }
}
