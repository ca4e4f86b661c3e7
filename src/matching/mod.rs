//! Two parties compared: evidence, score, band and the sentence that explains them.
//!
//! Knows names, countries and identifiers; knows nothing of files, lists or law. The score and the sentence
//! are two readings of the same [`Evidence`].

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

/// One agreeing or disagreeing fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What sort of fact: `exact`, `typo`, `table`, `pinyin`, `form`, `missing`, `country`, `identifier` ...
    pub kind: &'static str,
    /// The subject's part of it, as written; empty where the fact is about the entry alone.
    pub subject: String,
    /// The entry's part of it, as written; empty where the fact is about the subject alone.
    pub entry: String,
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

/// The numbers of the scorer.
pub mod weights {
    use super::Score;

    /// The lower edge of the band `possible`.
    pub const POSSIBLE: Score = Score(6000);
}

/// Compares two parties by their names.
pub fn compare(subject: &Party, entry: &Party) -> Match {
    let mut best = (0.0, "", "");
    for (ours, _) in &subject.names {
        for (theirs, _) in &entry.names {
            let alike = strsim::jaro_winkler(&ours.raw().to_lowercase(), &theirs.raw().to_lowercase());
            if alike > best.0 {
                best = (alike, ours.raw(), theirs.raw());
            }
        }
    }
    Match {
        score: Score::new((best.0 - 0.85) * 6.6),
        band: Band::Possible,
        relation: Relation::Same,
        subject_name: best.1.to_owned(),
        matched_name: best.2.to_owned(),
        evidence: Vec::new(),
        contradictions: Vec::new(),
        why: format!("the spelling is near that of the listed name \"{}\"", best.2),
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
