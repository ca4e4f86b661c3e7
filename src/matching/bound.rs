//! How high the score of two forms can be, given which words of theirs could be alike: why the index may leave pairs out.
//!
//! Every measure that speaks for a match grows with the matched weight; those that speak against one are taken at
//! their least. The bound is never below the score (`tests::never_below_the_score`).

use super::measures::{Measures, NAMES};
use super::weights::{self, Weights};

/// The most that two forms of these weights can reach, in log-odds, if words of the subject of weight `subject_like` (each
/// multiplied by the likeness of its best partner) and of the entry of weight `entry_like` stand for each other.
pub(crate) fn reach(person: bool, subject: (f64, f64), entry: (f64, f64)) -> f64 {
    let best = Measures::at_best(subject, entry);
    let reach = |(table, constant): &Weights| {
        constant + best.iter().zip(table).map(|(value, weight)| value * weight.max(0.0)).sum::<f64>()
    };
    if person { reach(&weights::PERSON) } else { reach(&weights::ORGANISATION).max(reach(&weights::CROSSED)) }
}

/// What [`reach`] counts for two spellings that are the same; those that are half alike reach half of it less.
pub(crate) fn spelling(person: bool) -> f64 {
    let weight = |(table, _): &Weights| {
        NAMES
            .iter()
            .zip(table)
            .find(|(name, _)| **name == "spelling")
            .map_or(0.0, |(_, weight)| weight.max(0.0))
    };
    // Less may be left out where the table is not known yet.
    if person {
        weight(&weights::PERSON)
    } else {
        weight(&weights::ORGANISATION).min(weight(&weights::CROSSED))
    }
}

/// Halvings in [`heaviest_total`]: the result is too high by a hundredth at most.
const HALVINGS: usize = 12;

/// The heaviest entry that could reach `least` if words of the subject of weight `subject_like` and of the entry of weight
/// `entry_like` stand for each other, or a little more; 0 where none could. The heavier an entry, the less of it is accounted for.
pub(crate) fn heaviest_total(person: bool, subject: (f64, f64), entry_like: f64, least: f64) -> f64 {
    let reaches = |total: f64| reach(person, subject, (total, entry_like)) >= least;
    if !reaches(entry_like) {
        return 0.0;
    }
    let (mut within, mut beyond) = (1.0, HEAVIEST_RATIO);
    if reaches(entry_like * beyond) {
        return f64::INFINITY;
    }
    for _ in 0..HALVINGS {
        let middle = f64::sqrt(within * beyond);
        if reaches(entry_like * middle) { within = middle } else { beyond = middle }
    }
    entry_like * beyond
}

/// An entry of so many times the weight that is accounted for is as good as endless.
const HEAVIEST_RATIO: f64 = 256.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heavier_entry_reaches_what_the_heaviest_does_not() {
        for person in [true, false] {
            for like in [1.0, 4.0, 9.0, 20.0] {
                for least in [-8.0, -1.0, 0.0, 1.7] {
                    let subject = (24.0, like);
                    let heaviest = heaviest_total(person, subject, like, least);
                    assert!(
                        reach(person, subject, (heaviest.max(like) * 1.001, like)) < least
                            || heaviest.is_infinite()
                    );
                    assert!(heaviest <= 0.0 || reach(person, subject, (like.min(heaviest), like)) >= least);
                }
            }
        }
    }
}
