//! What is measured of two aligned forms: the numbers that the score is made of, and nothing else.
//!
//! All are made from the alignment, so that the words shown as evidence and the score are two readings of one thing.

use std::sync::Arc;

use smallvec::SmallVec;

use super::align::{Alignment, Edge};
use super::initials;
use super::likeness::{Kinship, Likeness};
use super::subsequence::{self, alike};
use super::weights;

use crate::normalise::{Form, Token, WordClass};

/// How many numbers are measured.
pub(crate) const COUNT: usize = 38;

/// The names of the measures, in order, as the fitting script and `docs/matching.md` know them.
pub const NAMES: [&str; COUNT] = [
    "subject_share",
    "entry_share",
    "evidence",
    "conflict",
    "subject_extra",
    "entry_extra",
    "place_conflict",
    "subject_place",
    "entry_place",
    "number_conflict",
    "number_extra",
    "trade_conflict",
    "subject_trade",
    "entry_trade",
    "unlike",
    "first_word",
    "form_same",
    "form_other",
    "form_missing",
    "disorder",
    "spelling",
    "single_word",
    "part",
    "heaviest",
    "initials",
    "left_near",
    "concept",
    "slips",
    "bare",
    "all_own",
    "place_decides",
    "number_decides",
    "subject_most",
    "entry_most",
    "spelling_most",
    "extra_beside",
    "conflict_beside",
    "spelling_beside",
];

/// The place of `initials` among them.
const INITIALS: usize = 24;

/// What it says, in log-odds, that initials explain words that nothing else stands for.
pub(crate) fn initials_weigh(person: bool, crossed: bool) -> f64 {
    let (table, _) = weights::table(person, crossed);
    table.get(INITIALS).copied().unwrap_or_default()
}

/// The measures of one pair of forms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures(pub [f64; COUNT]);

/// Left-over nats beyond this say no more.
pub(crate) const MOST_LEFT: f64 = 18.0;

/// What one side has left over, in nats by sort of word.
#[derive(Debug, Default, Clone, Copy)]
struct Left {
    own: f64,
    place: f64,
    trade: f64,
    number: f64,
}

impl Left {
    fn of(tokens: &[Arc<Token>], bits: u64) -> Self {
        let mut left = Self::default();
        for (_, token) in tokens.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1) {
            match token.class {
                WordClass::Ordinary => left.own += token.weight,
                WordClass::Place => left.place += token.weight,
                WordClass::Generic => left.trade += token.weight,
                WordClass::Number => left.number += token.weight,
                WordClass::Small => {}
            }
        }
        left
    }
}

/// The most that one word weighs, in nats.
pub(crate) const HEAVIEST: f64 = 9.0;

/// What of the matched weight is alike in which way.
#[derive(Debug, Default, Clone, Copy)]
struct Kinds {
    heaviest: f64,
    concept: f64,
    slips: f64,
    /// Of ordinary words on both sides.
    own: f64,
}

impl Kinds {
    fn add(&mut self, likeness: Likeness, weight: f64, own: bool) {
        if own {
            self.own += weight;
        }
        self.heaviest = self.heaviest.max(weight * likeness.value);
        match likeness.kinship {
            Kinship::Concept => self.concept += weight,
            Kinship::Typo | Kinship::Sound | Kinship::Cut => self.slips += weight,
            Kinship::Same | Kinship::Joined => {}
        }
    }
}

impl Measures {
    /// Measures an alignment.
    pub(crate) fn of(subject: &Form, entry: &Form, alignment: &Alignment) -> Self {
        let (mut unlike, mut matched) = (0.0, 0.0);
        let mut kinds = Kinds::default();
        for edge in &alignment.edges {
            let (a, b) = (weigh(edge.subject.words(&subject.tokens)), weigh(edge.entry.words(&entry.tokens)));
            unlike += a.min(b) * (1.0 - edge.likeness.value);
            matched += a.min(b);
            let is_own = |run: &[Arc<Token>]| run.iter().any(|token| token.class == WordClass::Ordinary);
            let own = is_own(edge.subject.words(&subject.tokens)) && is_own(edge.entry.words(&entry.tokens));
            kinds.add(edge.likeness, a.min(b), own);
        }
        let (subject_share, entry_share) = shares(subject, entry, alignment);
        let least = subject_share.min(entry_share);
        let yes = |found: bool| f64::from(u8::from(found));
        let spelt = initials::explained(subject, entry, alignment);
        let (s, e) = (
            Left::of(&subject.tokens, alignment.subject_left & !spelt.0),
            Left::of(&entry.tokens, alignment.entry_left & !spelt.1),
        );
        let scaled = |nats: f64| nats.min(MOST_LEFT) / MOST_LEFT;
        let evidence = (1.0 + matched - unlike).max(1.0).ln();
        let spelt_alike = alike(&subject.joined, &entry.joined).max(alike(&subject.sorted, &entry.sorted));
        let forms = subject.legal.zip(entry.legal);
        Self([
            subject_share,
            entry_share,
            evidence,
            scaled(s.own.min(e.own)),
            scaled(s.own),
            scaled(e.own),
            scaled(s.place.min(e.place)),
            scaled(s.place),
            scaled(e.place),
            yes(s.number > 0.0 && e.number > 0.0),
            yes((s.number > 0.0) != (e.number > 0.0)),
            scaled(s.trade.min(e.trade)),
            scaled(s.trade),
            scaled(e.trade),
            if matched > 0.0 { unlike / matched } else { 0.0 },
            yes(first_words_agree(subject, entry, alignment)),
            yes(forms.is_some_and(|(a, b)| a == b)),
            yes(forms.is_some_and(|(a, b)| a.contradicts(b))),
            yes(subject.legal.is_some() != entry.legal.is_some()),
            disorder(&alignment.edges),
            spelt_alike,
            yes(alignment.edges.len() == 1),
            yes(subject.role.is_part() || entry.role.is_part()),
            kinds.heaviest.min(HEAVIEST) / HEAVIEST,
            yes(spelt.0 != 0),
            left_near(subject, entry, alignment) * bound_by(least),
            share(kinds.concept, matched),
            share(kinds.slips, matched),
            yes(kinds.own == 0.0),
            yes(kinds.own > 0.0 && s.own == 0.0 && e.own == 0.0),
            yes(s.place > 0.0 && e.place > 0.0 && nothing_else(s, e)),
            yes((s.number > 0.0) != (e.number > 0.0) && nothing_else(s, e) && s.place + e.place == 0.0),
            most(subject_share),
            most(entry_share),
            most(spelt_alike),
            evidence * scaled(s.own),
            evidence * scaled(s.own.min(e.own)),
            evidence * spelt_alike,
        ])
    }
}

/// What words weigh together.
fn weigh(run: &[Arc<Token>]) -> f64 {
    run.iter().map(|token| token.weight).sum()
}

/// A part of what is matched, or of a name.
fn share(matched: f64, total: f64) -> f64 {
    if total > 0.0 { (matched / total).min(1.0) } else { 0.0 }
}

/// The shares of the subject and of the entry that matched words account for.
fn shares(subject: &Form, entry: &Form, alignment: &Alignment) -> (f64, f64) {
    let (mut ours, mut theirs) = (0.0, 0.0);
    for edge in &alignment.edges {
        ours += weigh(edge.subject.words(&subject.tokens)) * edge.likeness.value;
        theirs += weigh(edge.entry.words(&entry.tokens)) * edge.likeness.value;
    }
    (share(ours, subject.total), share(theirs, entry.total))
}

/// Whether words in common, or initials, account for enough of both names for a possible match.
pub(crate) fn has_enough_in_common(subject: &Form, entry: &Form, alignment: &Alignment) -> bool {
    is_enough(shares(subject, entry, alignment)) || initials::explained(subject, entry, alignment).0 != 0
}

fn is_enough((subject, entry): (f64, f64)) -> bool {
    subject * entry >= weights::ENOUGH_IN_COMMON
}

impl Measures {
    /// The same, once it is measured.
    pub(crate) fn has_enough_in_common(&self) -> bool {
        let [subject_share, entry_share, ..] = self.0;
        let spelt = self.0.get(INITIALS).is_some_and(|spelt| *spelt > 0.0);
        spelt || is_enough((subject_share, entry_share))
    }

    /// Whether every word of the entry stands in the subject, letter by letter, and nothing weighty is left over.
    pub(crate) fn is_whole_and_exact(&self) -> bool {
        let [subject_share, entry_share, ..] = self.0;
        subject_share > 0.99 && entry_share > 0.99
    }
}

/// Whether the first words that carry weight stand for each other: companies are known by their first word.
fn first_words_agree(subject: &Form, entry: &Form, alignment: &Alignment) -> bool {
    let first = |tokens: &[Arc<Token>]| {
        tokens.iter().position(|token| token.class == WordClass::Ordinary).unwrap_or(0)
    };
    let (s, e) = (first(&subject.tokens), first(&entry.tokens));
    alignment.edges.iter().any(|edge| {
        let covers = |run: super::align::Run, at: usize| {
            (usize::from(run.from)..usize::from(run.from + run.len)).contains(&at)
        };
        covers(edge.subject, s) && covers(edge.entry, e)
    })
}

/// Whether places and numbers are all that is left over.
fn nothing_else(subject: Left, entry: Left) -> bool {
    subject.own + entry.own + subject.trade + entry.trade == 0.0
}

/// What a share or a likeness has beyond seven tenths: the last words say more than the first.
pub(crate) fn most(share: f64) -> f64 {
    ((share - 0.7) / 0.3).max(0.0)
}

/// Left-overs of fewer letters say the less, the shorter they are: `ac` and `arc` are near one another by chance.
pub(crate) const LONG_ENOUGH: f64 = 5.0;

/// What is left over speaks for a name only beside what is matched: in full where half of both names is.
fn bound_by(least_share: f64) -> f64 {
    (2.0 * least_share).min(1.0)
}

/// How alike the spellings of what is left over on both sides are, from half of the letters on: slips past the budget of one word,
/// words split otherwise, a transliteration that no table knows. 0 where one side has nothing left.
fn left_near(subject: &Form, entry: &Form, alignment: &Alignment) -> f64 {
    if alignment.subject_left == 0 || alignment.entry_left == 0 {
        return 0.0;
    }
    let letters = |tokens: &'_ [Arc<Token>], bits: u64| -> SmallVec<[u8; 64]> {
        let left = (0..).zip(tokens).filter(|(i, t)| bits >> i & 1 == 1 && t.class != WordClass::Small);
        left.flat_map(|(_, token)| token.text().bytes()).collect()
    };
    let ours = letters(&subject.tokens, alignment.subject_left);
    let theirs = letters(&entry.tokens, alignment.entry_left);
    if ours.is_empty() || theirs.is_empty() {
        return 0.0;
    }
    let alike = subsequence::alike_letters(&ours, &theirs);
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let length = ours.len().min(theirs.len()) as f64;
    ((alike - 0.5) * 2.0).max(0.0) * (length / LONG_ENOUGH).min(1.0)
}

/// The share of neighbouring pairs that stand the other way round.
fn disorder(edges: &[Edge]) -> f64 {
    let steps = edges.windows(2).filter(|pair| matches!(pair, [a, b] if b.entry.from < a.entry.from)).count();
    #[expect(clippy::cast_precision_loss, reason = "a name has at most forty words")]
    if edges.len() > 1 { steps as f64 / (edges.len() - 1) as f64 } else { 0.0 }
}
