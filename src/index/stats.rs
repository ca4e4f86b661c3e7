//! The work that a run did, counted: the same for the same inputs, whatever the machine.

use std::fmt;

/// Counts of one run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Stats {
    /// Distinct words of the entries.
    pub words: u64,
    /// Forms of the entries' names.
    pub forms: u64,
    /// Subjects searched for.
    pub subjects: u64,
    /// Places read in the lists of forms by word.
    pub postings_scanned: u64,
    /// Pairs of forms scored.
    pub pairs_scored: u64,
    /// Matches at or above the threshold.
    pub matches: u64,
}

impl Stats {
    /// Adds the counts of another part of the work.
    pub fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.forms += other.forms;
        self.subjects += other.subjects;
        self.postings_scanned += other.postings_scanned;
        self.pairs_scored += other.pairs_scored;
        self.matches += other.matches;
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { words, forms, subjects, postings_scanned, pairs_scored, matches } = self;
        writeln!(f, "stats: {forms} forms of listed names, {words} distinct words")?;
        write!(
            f,
            "stats: {subjects} subjects searched, {postings_scanned} postings scanned, {pairs_scored} pairs scored, {matches} matches"
        )
    }
}
