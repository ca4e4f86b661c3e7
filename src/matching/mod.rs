//! Two parties compared: evidence, score, band and the sentence that explains them.
//!
//! Knows names, countries and identifiers; knows nothing of files, lists or law. The score and the sentence
//! are two readings of the same [`Evidence`].

pub(crate) mod align;
mod band;
pub(crate) mod bound;
mod explain;
mod han;
pub(crate) mod initials;
pub(crate) mod likeness;
mod measures;
pub(crate) mod qualify;
pub(crate) mod score;
pub(crate) mod subsequence;
pub mod weights;

pub use measures::{Measures, NAMES as MEASURES};

use smol_str::SmolStr;

use crate::ident::Identifier;
use crate::normalise::Name;
use crate::record::Country;
use crate::vocab::{Band, Contradiction, EntityKind, Relation};

/// How alike two parties are, from 0 (nothing in common) to 1 (full agreement of weighty words); calibrated,
/// so that 0.9 means that nine in ten such pairs of the development sets are one party.
///
/// Held to four decimals, so that it prints, sorts and compares the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Score(u16);

impl Score {
    /// No likeness.
    pub const ZERO: Self = Self(0);

    /// Rounds to four decimals; values outside 0 to 1 and NaN are brought to the nearer end (NaN to 0).
    pub fn new(value: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=10000")]
        Self((value.clamp(0.0, 1.0) * 10_000.0).round() as u16)
    }

    /// A score known at compile time.
    pub(crate) const fn from_ten_thousandths(value: u16) -> Self {
        Self(value)
    }

    /// The value, 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

/// How much a listed name may carry by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameStrength {
    /// The name under which the entity is listed.
    Primary,
    /// Another name that stands on its own.
    Alias,
    /// A name too common to stand on its own.
    Weak,
}

/// One side of a comparison.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its names, the main one first.
    pub names: Vec<(Name, NameStrength)>,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Its countries, as far as known.
    pub countries: Vec<Country>,
    /// Its identifiers, each valid.
    pub identifiers: Vec<Identifier>,
}

/// One agreeing or disagreeing fact. Nearly all are about words so short that they take no memory of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What sort of fact: `exact`, `typo`, `table`, `pinyin`, `form`, `missing`, `country`, `identifier` ...
    pub kind: &'static str,
    /// The subject's part of it, as written; empty where the fact is about the entry alone.
    pub subject: SmolStr,
    /// The entry's part of it, as written; empty where the fact is about the subject alone.
    pub entry: SmolStr,
    /// How much it weighs, in nats of surprise; negative where it disagrees.
    pub weight: f64,
}

/// Two parties, compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// How alike they are.
    pub score: Score,
    /// How well the identity is supported.
    pub band: Band,
    /// How the subject stands to the entry, as far as the names tell.
    pub relation: Relation,
    /// Which name of the subject matched, as written.
    pub subject_name: String,
    /// Which name of the entry matched, as written.
    pub matched_name: String,
    /// The facts, in the order of the subject's words.
    pub evidence: Vec<Evidence>,
    /// The facts that disagree strongly enough to be named.
    pub contradictions: Vec<Contradiction>,
    /// One sentence that names the listed name matched and what agrees and disagrees.
    pub why: String,
}

/// Compares two parties: the same path, score and sentence for one pair and for a whole run.
///
/// # Examples
/// ```
/// use wharfinger::matching::{NameStrength, Party, compare};
/// use wharfinger::normalise::Name;
/// use wharfinger::vocab::EntityKind;
///
/// let party = |name| Party {
///     names: vec![(name, NameStrength::Primary)],
///     kind: EntityKind::Organisation,
///     countries: vec![],
///     identifiers: vec![],
/// };
/// let subject = party(Name::subject("Hotan Haolin Hair Accessories", EntityKind::Organisation));
/// let entry = party(Name::entry("Hetian Haolin Hair Accessories Co. Ltd.", EntityKind::Organisation));
/// assert!(compare(&subject, &entry).score.value() > 0.8);
/// ```
pub fn compare(subject: &Party, entry: &Party) -> Match {
    let qualified = qualify::qualify(subject, entry);
    let Some(weighed) = score::best(subject, entry) else { return unlike(subject, entry, qualified) };
    conclude(&weighed, qualified)
}

/// Compares two parties by some pairs of their forms: the ones that the index thinks worth weighing, in order.
pub(crate) fn compare_pairs(
    subject: &Party,
    entry: &Party,
    pairs: impl Iterator<Item = score::FormPair>,
) -> Match {
    let qualified = qualify::qualify(subject, entry);
    match score::best_of(subject, entry, pairs) {
        Some(weighed) => conclude(&weighed, qualified),
        None => unlike(subject, entry, qualified),
    }
}

/// What was measured of the best pair of forms of two parties, and the name of the table by which it is weighed
/// (`organisation`, `crossed`, `person`); `None` where they were not compared word by word.
pub fn measure(subject: &Party, entry: &Party) -> Option<(Measures, &'static str)> {
    let best = score::best(subject, entry)?;
    let table = if subject.kind == EntityKind::Person || entry.kind == EntityKind::Person {
        "person"
    } else if best.subject.1.is_foreign != best.entry.1.is_foreign {
        "crossed"
    } else {
        "organisation"
    };
    Some((best.measures?, table))
}

fn conclude(weighed: &score::Weighed<'_>, qualified: qualify::Qualified) -> Match {
    let score = final_score(weighed, &qualified);
    let mut evidence = explain::evidence(weighed);
    let mut why = explain::sentence(weighed, &evidence, &qualified.clauses);
    let band = band::band(score, &qualified);
    evidence.extend(qualified.evidence);
    // A match is kept to the end of the run, and a run may have many: none keeps room that it does not use.
    evidence.shrink_to_fit();
    why.shrink_to_fit();
    Match {
        score,
        band,
        relation: band::relation(weighed),
        subject_name: weighed.subject.0.raw().to_owned(),
        matched_name: weighed.entry.0.raw().to_owned(),
        evidence,
        contradictions: qualified.contradictions,
        why,
    }
}

fn final_score(weighed: &score::Weighed<'_>, qualified: &qualify::Qualified) -> Score {
    let mut found = score::score_of(weighed.log_odds + qualified.log_odds);
    let capped = weighed.entry.2 == NameStrength::Weak || matches!(weighed.how, score::How::Initials);
    if capped {
        found = found.min(weights::CAPPED);
    }
    if qualified.same_identifier { found.max(weights::IDENTIFIER) } else { found }
}

/// Two parties whose names share nothing: an equal identifier may still make them one.
fn unlike(subject: &Party, entry: &Party, qualified: qualify::Qualified) -> Match {
    let score = if qualified.same_identifier { weights::IDENTIFIER } else { Score::ZERO };
    let raw = |party: &Party| party.names.first().map_or_else(String::new, |(name, _)| name.raw().to_owned());
    let mut clauses = vec!["the names have no word in common".to_owned()];
    clauses.extend(qualified.clauses.iter().cloned());
    Match {
        score,
        band: band::band(score, &qualified),
        relation: Relation::Unknown,
        subject_name: raw(subject),
        matched_name: raw(entry),
        why: format!("Set against the listed name \"{}\": {}.", raw(entry), clauses.join("; ")),
        evidence: qualified.evidence,
        contradictions: qualified.contradictions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_round_and_print_to_four_decimals() {
        assert_eq!(Score::new(0.91236).to_string(), "0.9124");
        assert_eq!(Score::new(7.0).to_string(), "1.0000");
        assert_eq!(Score::new(f64::NAN), Score::ZERO);
    }
}
