//! How high the score of two forms can be, given which words of theirs could be alike: why the index may leave pairs out.
//!
//! Every measure that speaks for a match grows with the matched weight; those that speak against one are taken at
//! their least. The bound is never below the score (`tests::never_below_the_score`).

use super::measures::Measures;
use super::weights;

/// The most that two forms of these weights can reach, in log-odds, if words of the subject of weight `subject_like` (each
/// multiplied by the likeness of its best partner) and of the entry of weight `entry_like` stand for each other.
pub(crate) fn reach(person: bool, subject: (f64, f64), entry: (f64, f64)) -> f64 {
    let (table, constant) = if person { &weights::PERSON } else { &weights::ORGANISATION };
    let best = Measures::at_best(subject, entry);
    constant + best.iter().zip(table).map(|(value, weight)| value * weight.max(0.0)).sum::<f64>()
}
