//! The work that a run did, counted: the same for the same inputs, whatever the machine.

/// The counts of the work done.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Forms of listed names.
    pub listed_forms: u64,
    /// Distinct words of listed names.
    pub listed_words: u64,
    /// Bytes that the index of the listed names takes.
    pub index_bytes: u64,
    /// Subjects searched for.
    pub subjects: u64,
    /// Their forms.
    pub forms: u64,
    /// Forms that ended without reading a posting, since too few of their words are like a listed one.
    pub ended_early: u64,
    /// Words looked up among the listed words, each once.
    pub words: u64,
    /// Listed words found alike.
    pub variants: u64,
    /// Postings read.
    pub postings: u64,
    /// Forms of which the words were looked at.
    pub looked_at: u64,
    /// Pairs of forms scored.
    pub pairs: u64,
    /// Entries reported.
    pub matches: u64,
}

impl Stats {
    /// Adds the counts of another part of the work.
    pub fn add(&mut self, other: &Self) {
        self.listed_forms += other.listed_forms;
        self.listed_words += other.listed_words;
        self.index_bytes += other.index_bytes;
        self.subjects += other.subjects;
        self.forms += other.forms;
        self.ended_early += other.ended_early;
        self.words += other.words;
        self.variants += other.variants;
        self.postings += other.postings;
        self.looked_at += other.looked_at;
        self.pairs += other.pairs;
        self.matches += other.matches;
    }
}

impl std::fmt::Display for Stats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines = [
            ("listed name forms", self.listed_forms),
            ("listed words", self.listed_words),
            ("bytes of the index", self.index_bytes),
            ("subjects", self.subjects),
            ("subject name forms", self.forms),
            ("forms ended early", self.ended_early),
            ("words looked up", self.words),
            ("listed words alike", self.variants),
            ("postings read", self.postings),
            ("forms looked at", self.looked_at),
            ("pairs scored", self.pairs),
            ("matches", self.matches),
        ];
        for (i, (what, count)) in lines.iter().enumerate() {
            write!(f, "{}{what}: {count}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}
