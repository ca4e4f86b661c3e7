//! Every number of the scorer that was fitted or chosen, with its reason. Fitted numbers come from `scripts/fit.py`.

use super::Score;
use super::measures::COUNT;

/// The lower edge of the band `possible`: what scores less is not reported unless asked for.
pub const POSSIBLE: Score = Score::from_ten_thousandths(7_000);
/// The lower edge of the band `probable`.
pub const PROBABLE: Score = Score::from_ten_thousandths(8_700);
/// An equal, valid identifier says at least this, whatever the names.
pub const IDENTIFIER: Score = Score::from_ten_thousandths(9_500);
/// A name too common to stand alone, or an acronym made from initials, says at most this: it asks for a second fact.
pub const CAPPED: Score = Score::from_ten_thousandths(7_500);

/// The weights of the measures, in the order of [`super::MEASURES`], and the constant before them.
pub(crate) type Weights = ([f64; COUNT], f64);

/// The table by which two forms are weighed.
pub(crate) const fn table(person: bool, crossed: bool) -> &'static Weights {
    match (person, crossed) {
        (true, _) => &PERSON,
        (false, true) => &CROSSED,
        (false, false) => &ORGANISATION,
    }
}

/// The weights of the measures for organisations, in the order of [`super::MEASURES`], and the constant before them.
/// Fitted by `scripts/fit.py`; a zero means that the measure adds nothing beside the others.
pub(crate) const ORGANISATION: Weights = (
    [
        1.599, 0.000, 5.075, 0.000, -0.449, -0.718, -2.183, -1.156, -0.425, -3.182, -0.710, -3.723, 0.000,
        -0.665, 0.000, 0.282, 0.104, -2.346, -0.227, -0.893, 11.590, -0.902, -3.489, 0.630, 1.090, 10.812,
        0.000, -0.655, -0.452, 0.114, -3.475, -3.186, 2.173, 2.543, 2.909, 0.136, -0.250, -5.742,
    ],
    -13.021,
);
/// The same where one of the two was written in another script: transliteration leaves words over that are one word.
pub(crate) const CROSSED: Weights = (
    [
        4.813, 0.000, 0.853, 0.000, 0.000, -0.673, -0.356, -3.378, -1.914, -2.471, -1.339, 0.000, -0.551,
        -0.877, 0.000, 0.238, 1.215, -0.329, -0.104, 0.000, 4.415, -0.829, -0.813, 0.000, 0.000, 8.784,
        1.737, 0.000, -1.396, 0.000, -0.367, 0.000, 0.000, 2.097, 0.000, 0.834, -0.468, 0.516,
    ],
    -9.496,
);
/// The same for persons.
pub(crate) const PERSON: Weights = (
    [
        0.000, 0.000, 3.026, 0.000, -0.615, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        0.000, 0.000, 0.000, 0.000, 0.000, -1.683, 15.269, -1.426, -2.246, 1.533, 0.000, 12.194, 0.593,
        0.000, 0.000, 1.187, 0.000, 0.000, 3.237, 2.043, 0.309, 0.776, -1.711, -3.530,
    ],
    -14.954,
);

/// What an agreeing country adds, in log-odds.
pub(crate) const COUNTRY_AGREES: f64 = 0.4;
/// What differing countries take: little, since subsidiaries and fronts abroad are what lists are about.
pub(crate) const COUNTRY_DIFFERS: f64 = -0.8;
/// A company set against a person, ship, region or product.
pub(crate) const KIND_DIFFERS: f64 = -2.5;
/// Different register numbers of one register.
pub(crate) const NUMBER_DIFFERS: f64 = -3.0;
/// What initials that spell the other side's one word say: three letters are the initials of hundreds of innocent suppliers,
/// five of next to none.
pub(crate) fn acronym(letters: usize) -> f64 {
    match letters {
        0..=3 => -2.5,
        4 => -0.9,
        _ => 0.3,
    }
}
/// A former name is a little less than a name.
pub(crate) const FORMER: f64 = -0.3;
