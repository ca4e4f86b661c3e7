//! How well the identity is supported, and how the two stand to each other.

use std::sync::Arc;

use super::qualify::Qualified;
use super::score::{How, Weighed};
use super::{Contradiction, Score, weights};
use crate::normalise::{Token, WordClass};
use crate::vocab::{Band, Relation};

/// The band: an equal identifier first, then the score with what else agrees, then contradictions.
pub(crate) fn band(score: Score, qualified: &Qualified) -> Band {
    // A different country alone is mild (a subsidiary abroad); numbers and kinds are not.
    let hard = qualified.contradictions.iter().any(|c| *c != Contradiction::Country);
    if qualified.same_identifier {
        return if hard { Band::Contradicted } else { Band::ConfirmedId };
    }
    if score < weights::POSSIBLE {
        return Band::Weak;
    }
    if hard {
        return Band::Contradicted;
    }
    match score {
        _ if score < weights::PROBABLE => Band::Possible,
        _ if qualified.same_country => Band::Strong,
        _ => Band::Probable,
    }
}

/// How the subject stands to the entry, as far as the names tell: a name that has everything of the other's and more of its
/// own is a subsidiary's or a parent's; two that share their first word and each add another are sisters.
pub(crate) fn relation(weighed: &Weighed<'_>) -> Relation {
    let How::Words(alignment) = &weighed.how else { return Relation::Same };
    let adds = |tokens: &[Arc<Token>], bits: u64| {
        (0..).zip(tokens).any(|(i, token)| {
            bits >> i & 1 == 1
                && matches!(token.class, WordClass::Place | WordClass::Number | WordClass::Ordinary)
                && token.weight > 2.0
        })
    };
    let (ours, theirs) = (
        adds(&weighed.subject.1.tokens, alignment.subject_left),
        adds(&weighed.entry.1.tokens, alignment.entry_left),
    );
    match (ours, theirs) {
        (false, false) => Relation::Same,
        (true, false) => Relation::Subsidiary,
        (false, true) => Relation::Parent,
        (true, true) => Relation::Sister,
    }
}
