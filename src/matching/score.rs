//! The score of two parties: the best pair of their names' forms, weighed.
//!
//! A pair of forms is aligned, measured, and the measures are weighed in log-odds ([`super::weights`]); other facts add or
//! take some. The same path serves one pair and a whole run: the index only leaves out pairs that could not reach the threshold.

use super::align::{Alignment, Edge, align};
use super::measures::{self, Measures};
use super::{NameStrength, Party, Score, han, weights};
use crate::normalise::{Form, Name, Role, WordClass};
use crate::vocab::EntityKind;

/// How a pair of forms was compared.
#[derive(Debug, Clone)]
pub(crate) enum How {
    /// Word by word.
    Words(Box<Alignment>),
    /// By initials: which side is the acronym says nothing more.
    Initials,
    /// As Chinese characters.
    Characters,
}

/// A pair of forms, weighed.
#[derive(Debug, Clone)]
pub(crate) struct Weighed<'a> {
    /// What the names say, in log-odds.
    pub(crate) log_odds: f64,
    /// The subject's name and form.
    pub(crate) subject: (&'a Name, &'a Form),
    /// The entry's name and form, and what that name may carry.
    pub(crate) entry: (&'a Name, &'a Form, NameStrength),
    /// How they were compared.
    pub(crate) how: How,
    /// What was measured, where they were compared word by word.
    pub(crate) measures: Option<Measures>,
}

impl Weighed<'_> {
    /// Whether they were weighed as names of persons.
    pub(crate) fn is_of_persons(&self) -> bool {
        [self.subject.0, self.entry.0].iter().any(|name| name.kind() == EntityKind::Person)
    }
}

/// The best pair of forms of two parties; `None` where no word of one has anything to do with a word of the other.
pub(crate) fn best<'a>(subject: &'a Party, entry: &'a Party) -> Option<Weighed<'a>> {
    let places = |party: &Party| -> Vec<(u32, u32)> {
        let names = (0_u32..).zip(&party.names);
        names.flat_map(|(name, (n, _))| (0_u32..).zip(n.forms()).map(move |(form, _)| (name, form))).collect()
    };
    let mut pairs: Vec<FormPair> = Vec::new();
    for (name, form) in places(subject) {
        pairs.extend(
            places(entry).into_iter().map(|(their_name, their_form)| (name, their_name, form, their_form)),
        );
    }
    pairs.sort_unstable();
    best_of(subject, entry, pairs.into_iter())
}

/// A pair of forms: the places of the subject's name, the entry's name, the subject's form and the entry's form.
pub(crate) type FormPair = (u32, u32, u32, u32);

/// The best of some pairs of forms; of equals, the first.
pub(crate) fn best_of<'a>(
    subject: &'a Party,
    entry: &'a Party,
    pairs: impl Iterator<Item = FormPair>,
) -> Option<Weighed<'a>> {
    let person = subject.kind == EntityKind::Person || entry.kind == EntityKind::Person;
    let mut best: Option<Weighed<'a>> = None;
    for (ours, theirs, our_form, their_form) in pairs {
        let (Some((ours, _)), Some((theirs, strength))) =
            (subject.names.get(ours as usize), entry.names.get(theirs as usize))
        else {
            continue;
        };
        let (Some(our_form), Some(their_form)) =
            (ours.forms().get(our_form as usize), theirs.forms().get(their_form as usize))
        else {
            continue;
        };
        let Some((log_odds, how, measures)) = weigh(our_form, their_form, *strength, person) else {
            continue;
        };
        if best.as_ref().is_none_or(|known| log_odds > known.log_odds) {
            best = Some(Weighed {
                log_odds,
                subject: (ours, our_form),
                entry: (theirs, their_form, *strength),
                how,
                measures,
            });
        }
    }
    best
}

/// Weighs one pair of forms.
pub(crate) fn weigh(
    subject: &Form,
    entry: &Form,
    strength: NameStrength,
    person: bool,
) -> Option<(f64, How, Option<Measures>)> {
    if are_namesakes(subject, entry) || are_remarks(subject, entry) {
        return None;
    }
    if let Some((log_odds, how)) = weigh_whole(subject, entry) {
        return log_odds.map(|log_odds| (log_odds, how, None));
    }
    let (log_odds, alignment, measures) =
        weigh_words(subject, entry, strength, person, || align(subject, entry))?;
    Some((log_odds, How::Words(Box::new(alignment)), Some(measures)))
}

/// Whether a pair says at least so much where `aligned` aligns the two.
pub(crate) fn reaches(
    least: f64,
    (subject, entry): (&Form, &Form),
    strength: NameStrength,
    person: bool,
    aligned: impl FnOnce() -> Alignment,
) -> bool {
    if are_namesakes(subject, entry) || are_remarks(subject, entry) {
        return false;
    }
    if let Some((log_odds, _)) = weigh_whole(subject, entry) {
        return log_odds.is_some_and(|log_odds| log_odds >= least);
    }
    let alignment = aligned();
    // Most that fall short have too little in common: that is told by few of the measures.
    if least > weights::TOO_LITTLE && !measures::has_enough_in_common(subject, entry, &alignment) {
        return false;
    }
    let says = weigh_words(subject, entry, strength, person, || alignment);
    says.is_some_and(|(log_odds, _, _)| log_odds >= least)
}

/// Whether both names have a note or a remark that may tell them from their namesakes, and one of these two forms leaves it out: then only
/// the whole names are compared, `Electra Ltd/Greece` with `Electra Ltd/Israel` and not with `Electra Ltd`.
fn are_namesakes(subject: &Form, entry: &Form) -> bool {
    let roles = [subject.role, entry.role];
    let leaves_out = |role: &Role| matches!(role, Role::BeforeNote | Role::WithoutRemark);
    roles.iter().any(leaves_out) && roles.iter().all(|role| *role == Role::WithNote || leaves_out(role))
}

/// Whether both only stand in brackets: remarks of two companies agree by the dozen, `(Cayman)` or `(CHF hedged)`, where nothing else does.
fn are_remarks(subject: &Form, entry: &Form) -> bool {
    [subject, entry].iter().all(|form| form.role == Role::Remark)
}

/// What two forms say that are not compared word by word; `None` where they are.
fn weigh_whole(subject: &Form, entry: &Form) -> Option<(Option<f64>, How)> {
    if let (Some(ours), Some(theirs)) = (&subject.han, &entry.han) {
        return Some((han::weigh(ours, theirs), How::Characters));
    }
    if is_acronym_of(subject, entry) || is_acronym_of(entry, subject) {
        let letters = subject.joined.len().min(entry.joined.len());
        return Some((Some(weights::acronym(letters)), How::Initials));
    }
    None
}

fn weigh_words(
    subject: &Form,
    entry: &Form,
    strength: NameStrength,
    person: bool,
    aligned: impl FnOnce() -> Alignment,
) -> Option<(f64, Alignment, Measures)> {
    let alignment = aligned();
    // Articles in common are nothing in common.
    let says_something =
        |edge: &Edge| edge.subject.words(&subject.tokens).iter().any(|token| token.class != WordClass::Small);
    if !alignment.edges.iter().any(says_something) {
        return None;
    }
    let measures = Measures::of(subject, entry, &alignment);
    let (table, constant) = weights::table(person, subject.is_foreign != entry.is_foreign);
    let mut log_odds =
        constant + measures.0.iter().zip(table).map(|(value, weight)| value * weight).sum::<f64>();
    if entry.role == Role::Former || subject.role == Role::Former {
        log_odds += weights::FORMER;
    }
    if !measures.has_enough_in_common() {
        log_odds = log_odds.min(weights::TOO_LITTLE);
    }
    if strength == NameStrength::Weak && !measures.is_whole_and_exact() {
        return None;
    }
    Some((log_odds, alignment, measures))
}

fn is_acronym_of(short: &Form, long: &Form) -> bool {
    short.is_acronym && long.initials.as_ref().is_some_and(|initials| *initials == short.joined)
}

/// The least log-odds that reach a score.
pub(crate) fn least_log_odds(score: Score) -> f64 {
    // A score is rounded to four decimals, so a little less reaches it too.
    let p = score.value() - 0.5e-4 - 1e-9;
    if p <= 0.0 {
        f64::NEG_INFINITY
    } else if p >= 1.0 {
        f64::INFINITY
    } else {
        (p / (1.0 - p)).ln() - 1e-9
    }
}

/// From log-odds to a score.
pub(crate) fn score_of(log_odds: f64) -> Score {
    Score::new(1.0 / (1.0 + (-log_odds).exp()))
}
