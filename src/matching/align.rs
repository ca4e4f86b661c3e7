//! Words of the subject set against words of the entry, one to one.

use std::sync::Arc;

use smallvec::SmallVec;

use super::likeness::{Kinship, Likeness, likeness};
use crate::normalise::{Form, Token};

/// A word, or a run of words, of the subject that stands for one of the entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Edge {
    /// The first word of the subject, and how many follow it.
    pub(crate) subject: Run,
    /// The first word of the entry, and how many follow it.
    pub(crate) entry: Run,
    /// How alike they are.
    pub(crate) likeness: Likeness,
}

/// Neighbouring words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// The first.
    pub(crate) from: u8,
    /// How many: one, or two or three written in one on the other side.
    pub(crate) len: u8,
}

impl Run {
    const fn one(from: usize) -> Self {
        Self::of(from, 1)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a name has at most forty words")]
    const fn of(from: usize, len: usize) -> Self {
        Self { from: from as u8, len: len as u8 }
    }

    /// The words of a form that it covers.
    pub(crate) fn words(self, tokens: &[Arc<Token>]) -> &[Arc<Token>] {
        tokens.get(usize::from(self.from)..usize::from(self.from + self.len)).unwrap_or_default()
    }

    fn bits(self) -> u64 {
        ((1 << self.len) - 1) << self.from
    }
}

/// What stands for what.
#[derive(Debug, Clone, Default)]
pub(crate) struct Alignment {
    /// In the order of the subject's words.
    pub(crate) edges: SmallVec<[Edge; 8]>,
    /// One bit for each word of the subject that nothing stands for.
    pub(crate) subject_left: u64,
    /// The same for the entry.
    pub(crate) entry_left: u64,
}

/// At most this many words written in one: `MAIDSTONEANDTUNBRIDGE`.
pub(crate) const MOST_JOINED: usize = 3;

/// Aligns two forms: the best pairs first, each word once.
pub(crate) fn align(subject: &Form, entry: &Form) -> Alignment {
    let alike = |i: usize, j: usize| likeness(subject.tokens.get(i)?, entry.tokens.get(j)?);
    align_by(subject, entry, alike)
}

/// The same where it is known how alike two words are, by their places.
pub(crate) fn align_by(
    subject: &Form,
    entry: &Form,
    alike: impl Fn(usize, usize) -> Option<Likeness>,
) -> Alignment {
    let mut edges: SmallVec<[(f64, Edge); 16]> = SmallVec::new();
    for (i, ours) in subject.tokens.iter().enumerate() {
        for (j, theirs) in entry.tokens.iter().enumerate() {
            if let Some(found) = alike(i, j) {
                edges.push(between((i, ours.weight), (j, theirs.weight), found));
            }
        }
    }
    joined(&subject.tokens, &entry.tokens, |words, word, found| {
        edges.push((found.1, Edge { subject: words, entry: word, likeness: found.0 }));
    });
    joined(&entry.tokens, &subject.tokens, |words, word, found| {
        edges.push((found.1, Edge { subject: word, entry: words, likeness: found.0 }));
    });
    settle(edges, (subject.tokens.len(), entry.tokens.len()))
}

/// Two words at their places, of these weights, set against each other: what that is worth, and the edge.
pub(crate) fn between((i, ours): (usize, f64), (j, theirs): (usize, f64), likeness: Likeness) -> (f64, Edge) {
    let worth = likeness.value * ours.min(theirs) - order_cost(i, j);
    (worth, Edge { subject: Run::one(i), entry: Run::one(j), likeness })
}

/// Takes the edges that are worth most, each word once, of two forms of so many words.
pub(crate) fn settle(mut edges: SmallVec<[(f64, Edge); 16]>, (ours, theirs): (usize, usize)) -> Alignment {
    // Equal worth is settled by place, so that the result does not hang on the order of discovery.
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| place(&a.1).cmp(&place(&b.1))));
    let mut alignment =
        Alignment { edges: SmallVec::new(), subject_left: all(ours), entry_left: all(theirs) };
    for (_, edge) in edges {
        let (ours, theirs) = (edge.subject.bits(), edge.entry.bits());
        if alignment.subject_left & ours == ours && alignment.entry_left & theirs == theirs {
            alignment.subject_left &= !ours;
            alignment.entry_left &= !theirs;
            alignment.edges.push(edge);
        }
    }
    alignment.edges.sort_by_key(|edge| edge.subject.from);
    alignment
}

const fn place(edge: &Edge) -> (u8, u8, u8, u8) {
    (edge.subject.from, edge.entry.from, edge.subject.len, edge.entry.len)
}

const fn all(words: usize) -> u64 {
    if words >= 64 { u64::MAX } else { (1 << words) - 1 }
}

/// Of two equal words the one in the same place is meant: worth a hair, so that it only settles ties.
#[expect(clippy::cast_precision_loss, reason = "a name has at most forty words")]
fn order_cost(i: usize, j: usize) -> f64 {
    i.abs_diff(j) as f64 * 1e-3
}

/// Two or three words of one side that are one word of the other.
fn joined(many: &[Arc<Token>], one: &[Arc<Token>], mut found: impl FnMut(Run, Run, (Likeness, f64))) {
    if many.len() < 2 {
        return;
    }
    for (j, word) in one.iter().enumerate() {
        if word.length() < SHORTEST_JOINED {
            continue;
        }
        for (i, first) in many.iter().enumerate() {
            // The first letter alone tells nearly all apart.
            let may_begin = word.length() > first.length()
                && word.text().as_bytes().first() == first.text().as_bytes().first();
            if !may_begin || !word.text().starts_with(first.text()) {
                continue;
            }
            for len in 2..=MOST_JOINED {
                let Some(run) = many.get(i..i + len) else { break };
                let length: usize = run.iter().map(|token| token.length()).sum();
                if length == word.length()
                    && run.iter().map(|token| token.text()).collect::<String>() == word.text()
                {
                    let worth = word.weight.max(run.iter().map(|token| token.weight).sum());
                    let likeness = Likeness { value: JOINED, kinship: Kinship::Joined };
                    found(Run::of(i, len), Run::one(j), (likeness, worth));
                }
            }
        }
    }
}

/// Shorter words that are two of the other side's are chance.
pub(crate) const SHORTEST_JOINED: usize = 5;
/// How alike `SMILEWALLET` and `SMILE WALLET` are.
const JOINED: f64 = 0.97;
