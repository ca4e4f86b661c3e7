//! Every number of the scorer that was fitted or chosen, with its reason. Fitted numbers come from `scripts/fit.py`.

use super::Score;
use super::measures::COUNT;

/// The lower edge of the band `possible`: what scores less is not reported unless asked for.
pub const POSSIBLE: Score = Score::from_ten_thousandths(5_000);
/// The lower edge of the band `probable`.
pub const PROBABLE: Score = Score::from_ten_thousandths(8_000);
/// An equal, valid identifier says at least this, whatever the names.
pub const IDENTIFIER: Score = Score::from_ten_thousandths(9_500);
/// A name too common to stand alone, or an acronym made from initials, says at most this: it asks for a second fact.
pub const CAPPED: Score = Score::from_ten_thousandths(6_500);

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
        1.062, 0.000, 1.312, -1.145, -1.776, -0.320, -8.377, -1.881, -0.330, -4.387, -2.703, -4.658, 0.000,
        0.000, 0.000, 0.515, 0.143, -2.393, -0.148, -0.705, 0.597, -0.885, -3.456, 1.077, 3.095, 13.024,
        0.000, -0.614, -0.517, 0.053, 2.837, 2.965, 2.530, 0.798,
    ],
    -7.572,
);
/// The same where one of the two was written in another script: transliteration leaves words over that are one word.
pub(crate) const CROSSED: Weights = (
    [
        4.794, 0.000, 1.690, -1.047, 0.000, 0.000, -0.818, -3.011, -0.431, -2.510, -0.740, -0.375, -1.232,
        -0.347, 0.000, 0.928, 0.764, -0.931, -0.206, 0.000, 6.001, -0.465, -0.779, 0.000, 0.000, 8.453,
        1.388, 0.000, -1.264, 0.000, 0.000, 2.227, 0.000, 1.287,
    ],
    -13.058,
);
/// The same for persons.
pub(crate) const PERSON: Weights = (
    [
        0.000, 0.000, 0.000, -2.481, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        0.000, 0.000, 0.000, 0.000, 0.000, -1.267, 5.180, -0.810, -2.159, 1.032, 0.000, 10.228, 0.590, 0.000,
        0.000, 0.905, 3.137, 2.610, 0.000, 0.291,
    ],
    -6.402,
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
