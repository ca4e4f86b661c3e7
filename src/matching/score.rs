//! The score of two parties: the best pair of their names' forms, weighed.
//!
//! A pair of forms is aligned, measured, and the measures are weighed in log-odds ([`super::weights`]); other facts add or
//! take some. The same path serves one pair and a whole run: the index only leaves out pairs that could not reach the threshold.

use super::align::{Alignment, align};
use super::measures::Measures;
use super::{NameStrength, Party, Score, han, weights};
use crate::normalise::{Form, Name, Role};
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

/// The best pair of forms of two parties; `None` where no word of one has anything to do with a word of the other.
pub(crate) fn best<'a>(subject: &'a Party, entry: &'a Party) -> Option<Weighed<'a>> {
    let person = subject.kind == EntityKind::Person || entry.kind == EntityKind::Person;
    let mut best: Option<Weighed<'a>> = None;
    for (ours, _) in &subject.names {
        for (theirs, strength) in &entry.names {
            for ours_form in ours.forms() {
                for theirs_form in theirs.forms() {
                    let Some((log_odds, how, measures)) = weigh(ours_form, theirs_form, *strength, person)
                    else {
                        continue;
                    };
                    if best.as_ref().is_none_or(|known| log_odds > known.log_odds) {
                        best = Some(Weighed {
                            log_odds,
                            subject: (ours, ours_form),
                            entry: (theirs, theirs_form, *strength),
                            how,
                            measures,
                        });
                    }
                }
            }
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
    if let (Some(ours), Some(theirs)) = (&subject.han, &entry.han) {
        return han::weigh(ours, theirs).map(|log_odds| (log_odds, How::Characters, None));
    }
    if is_acronym_of(subject, entry) || is_acronym_of(entry, subject) {
        return Some((weights::ACRONYM, How::Initials, None));
    }
    let alignment = align(subject, entry);
    if alignment.edges.is_empty() {
        return None;
    }
    let measures = Measures::of(subject, entry, &alignment);
    let (table, constant) = if person { weights::PERSON } else { weights::ORGANISATION };
    let mut log_odds =
        constant + measures.0.iter().zip(table).map(|(value, weight)| value * weight).sum::<f64>();
    if entry.role == Role::Former || subject.role == Role::Former {
        log_odds += weights::FORMER;
    }
    if strength == NameStrength::Weak && !measures.is_whole_and_exact() {
        return None;
    }
    Some((log_odds, How::Words(Box::new(alignment)), Some(measures)))
}

fn is_acronym_of(short: &Form, long: &Form) -> bool {
    short.is_acronym && long.initials.as_ref().is_some_and(|initials| *initials == short.joined)
}

/// From log-odds to a score.
pub(crate) fn score_of(log_odds: f64) -> Score {
    Score::new(1.0 / (1.0 + (-log_odds).exp()))
}
