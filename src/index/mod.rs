//! Which pairs are worth scoring.
//!
//! The index proposes an entry where one of its forms shares enough with a form of the subject that it could reach the threshold:
//! words that are alike ([`vocabulary`]), words written in one, initials, Chinese characters, identifiers. An upper bound on the score
//! (`matching::score::most`) leaves out what cannot; nothing else is left out, so that a search finds exactly what a comparison of
//! every subject with every entry would find.

mod stats;
mod vocabulary;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::matching::score::{most, score_of};
use crate::matching::{Match, NameStrength, Party, Score, compare_pairs, weights};
use crate::normalise::{Form, Token, WordClass};
use crate::vocab::EntityKind;
pub use stats::Stats;
use vocabulary::Vocabulary;

/// The entries, ready to be searched.
#[derive(Debug)]
pub struct Index {
    entries: Vec<Party>,
    /// Every form of every entry: entry, name, form.
    forms: Vec<(u32, u32, u32)>,
    words: Vocabulary,
    /// Forms by the number of a word.
    by_word: Vec<Vec<u32>>,
    /// Forms by two or three neighbouring words written in one.
    by_run: FxHashMap<String, Vec<u32>>,
    by_acronym: FxHashMap<String, Vec<u32>>,
    by_initials: FxHashMap<String, Vec<u32>>,
    by_character: FxHashMap<char, Vec<u32>>,
    by_identifier: FxHashMap<String, Vec<u32>>,
}

/// The memory that a worker uses again for every subject.
#[derive(Debug, Default)]
pub struct Scratch {
    stats: Stats,
    /// What a form of an entry may agree by, in nats: of the subject's weight, and of its own.
    sums: FxHashMap<u32, (f64, f64)>,
}

impl Scratch {
    /// The counts since they were last taken.
    pub fn take_stats(&mut self) -> Stats {
        std::mem::take(&mut self.stats)
    }
}

/// A pair of forms to be weighed: the places of the subject's name and form, and of the entry's.
pub(crate) type FormPair = (u32, u32, u32, u32);

impl Index {
    /// Takes the entries in.
    pub fn build(entries: Vec<Party>) -> Self {
        let mut index = Self {
            entries: Vec::new(),
            forms: Vec::new(),
            words: Vocabulary::default(),
            by_word: Vec::new(),
            by_run: FxHashMap::default(),
            by_acronym: FxHashMap::default(),
            by_initials: FxHashMap::default(),
            by_character: FxHashMap::default(),
            by_identifier: FxHashMap::default(),
        };
        for (entry, party) in (0_u32..).zip(&entries) {
            for id in &party.identifiers {
                index.by_identifier.entry(id.to_string()).or_default().push(entry);
            }
            for (name, (listed, _)) in (0_u32..).zip(&party.names) {
                for (form, reading) in (0_u32..).zip(listed.forms()) {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "a list has fewer than four milliard names"
                    )]
                    let number = index.forms.len() as u32;
                    index.forms.push((entry, name, form));
                    index.add(number, reading);
                }
            }
        }
        index.words.finish();
        index.entries = entries;
        index
    }

    fn add(&mut self, number: u32, form: &Form) {
        for token in form.tokens.iter().filter(|token| token.class != WordClass::Small) {
            let word = self.words.add(token) as usize;
            if self.by_word.len() <= word {
                self.by_word.resize_with(word + 1, Vec::new);
            }
            if let Some(forms) = self.by_word.get_mut(word).filter(|forms| forms.last() != Some(&number)) {
                forms.push(number);
            }
        }
        for run in runs(&form.tokens) {
            self.by_run.entry(run).or_default().push(number);
        }
        if form.is_acronym {
            self.by_acronym.entry(form.joined.clone()).or_default().push(number);
        }
        if let Some(initials) = &form.initials {
            self.by_initials.entry(initials.clone()).or_default().push(number);
        }
        if let Some(han) = &form.han {
            let characters: FxHashSet<char> = han.core.chars().collect();
            let mut characters: Vec<char> = characters.into_iter().collect();
            characters.sort_unstable();
            for character in characters {
                self.by_character.entry(character).or_default().push(number);
            }
        }
    }

    /// The counts of building.
    pub fn stats(&self) -> Stats {
        Stats { words: self.words.len() as u64, forms: self.forms.len() as u64, ..Stats::default() }
    }

    /// Every entry that scores at least `min` against the subject, with its place among the entries, in their order.
    pub fn search(&self, subject: &Party, min: Score, scratch: &mut Scratch) -> Vec<(u32, Match)> {
        let mut pairs: Vec<(u32, FormPair)> = Vec::new();
        for (name, (ours, _)) in (0_u32..).zip(&subject.names) {
            for (form, reading) in (0_u32..).zip(ours.forms()) {
                self.propose(subject, reading, min, scratch, &mut |number| {
                    let &(entry, their_name, their_form) = self.forms.get(number as usize)?;
                    pairs.push((entry, (name, their_name, form, their_form)));
                    Some(())
                });
            }
        }
        let mut same_number: Vec<u32> = subject
            .identifiers
            .iter()
            .filter_map(|id| self.by_identifier.get(&id.to_string()))
            .flatten()
            .copied()
            .collect();
        same_number.sort_unstable();
        pairs.sort_unstable();
        pairs.dedup();
        scratch.stats.subjects += 1;
        scratch.stats.pairs_scored += pairs.len() as u64;
        let mut found = Vec::new();
        for some in pairs.chunk_by(|a, b| a.0 == b.0) {
            let Some((entry, _)) = some.first() else { continue };
            let Some(party) = self.entries.get(*entry as usize) else { continue };
            let matched = compare_pairs(subject, party, some.iter().map(|(_, pair)| *pair));
            if matched.score >= min {
                found.push((*entry, matched));
            }
        }
        same_number.dedup();
        same_number.retain(|entry| !found.iter().any(|(known, _)| known == entry));
        for entry in same_number {
            let Some(party) = self.entries.get(entry as usize) else { continue };
            let matched = crate::matching::compare(subject, party);
            if matched.score >= min {
                found.push((entry, matched));
            }
        }
        found.sort_by_key(|(entry, _)| *entry);
        scratch.stats.matches += found.len() as u64;
        found
    }

    /// Proposes every form that could reach the threshold with one form of the subject.
    fn propose(
        &self,
        subject: &Party,
        form: &Form,
        min: Score,
        scratch: &mut Scratch,
        proposed: &mut impl FnMut(u32) -> Option<()>,
    ) {
        let sums = &mut scratch.sums;
        sums.clear();
        for token in form.tokens.iter().filter(|token| token.class != WordClass::Small) {
            let mut best: FxHashMap<u32, (f64, f64)> = FxHashMap::default();
            for (word, likeness) in self.words.alike(token) {
                for number in self.by_word.get(word as usize).into_iter().flatten() {
                    let theirs = self.weight_of(*number, word, likeness.value);
                    let known = best.entry(*number).or_default();
                    *known = (known.0.max(token.weight * likeness.value), known.1 + theirs);
                    scratch.stats.postings_scanned += 1;
                }
            }
            // One word of ours that is two or three of theirs in one.
            for number in self.by_run.get(&token.text).into_iter().flatten() {
                let known = best.entry(*number).or_default();
                *known = (known.0.max(token.weight), f64::INFINITY);
            }
            #[expect(clippy::iter_over_hash_type, reason = "sums do not hang on the order")]
            for (number, (ours, theirs)) in best {
                let sum = sums.entry(number).or_default();
                *sum = (sum.0 + ours, sum.1 + theirs);
            }
        }
        // Two or three of ours that are one of theirs.
        for run in runs(&form.tokens) {
            for number in self.words.forms_of(&run, &self.by_word) {
                let sum = sums.entry(number).or_default();
                *sum = (f64::INFINITY, f64::INFINITY);
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "what is proposed is sorted by the caller")]
        for (number, (ours, theirs)) in &*sums {
            if self.could_reach(subject, form, *number, (*ours, *theirs), min) {
                proposed(*number);
            }
        }
        let keyed = form.is_acronym.then(|| self.by_initials.get(&form.joined)).flatten();
        let initials = form.initials.as_ref().and_then(|initials| self.by_acronym.get(initials));
        for number in keyed.into_iter().chain(initials).flatten() {
            proposed(*number);
        }
        for character in form.han.iter().flat_map(|han| han.core.chars()) {
            for number in self.by_character.get(&character).into_iter().flatten() {
                proposed(*number);
            }
        }
    }

    /// What the word weighs in a form of an entry: the same word weighs the same everywhere.
    fn weight_of(&self, _form: u32, word: u32, likeness: f64) -> f64 {
        self.words.weight(word) * likeness
    }

    fn could_reach(&self, subject: &Party, form: &Form, number: u32, agrees: (f64, f64), min: Score) -> bool {
        let Some((party, strength, theirs)) = self.form(number) else { return false };
        let person = subject.kind == EntityKind::Person || party.kind == EntityKind::Person;
        let mut highest = most((form, agrees.0), (theirs, agrees.1), person);
        if !subject.countries.is_empty() && !party.countries.is_empty() {
            highest += weights::COUNTRY_AGREES;
        }
        if subject.kind != party.kind {
            highest += weights::KIND_DIFFERS;
        }
        let _ = strength;
        // An equal identifier lifts a score whatever the names; those entries are found by their identifier.
        score_of(highest) >= min
    }

    fn form(&self, number: u32) -> Option<(&Party, NameStrength, &Form)> {
        let &(entry, name, form) = self.forms.get(number as usize)?;
        let party = self.entries.get(entry as usize)?;
        let (name, strength) = party.names.get(name as usize)?;
        Some((party, *strength, name.forms().get(form as usize)?))
    }
}

/// Two or three neighbouring words written in one.
fn runs(tokens: &[Token]) -> Vec<String> {
    let mut runs = Vec::new();
    for from in 0..tokens.len() {
        for length in 2..=3 {
            if let Some(run) = tokens.get(from..from + length) {
                runs.push(run.iter().map(|token| token.text.as_str()).collect());
            }
        }
    }
    runs
}
