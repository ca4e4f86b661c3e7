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
        6.130, 5.525, 0.000, 0.552, -1.435, 0.000, 0.000, -5.742, -2.011, -0.868, -4.090, -1.491, -8.197,
        0.000, 0.000, -1.238, 0.333, 0.000, -2.225, -0.282, -0.791, 0.679, -1.067, -2.607, 1.370, 3.054,
        13.091, 0.000, -0.577,
    ],
    -10.909,
);
/// The same where one of the two was written in another script: transliteration leaves words over that are one word.
pub(crate) const CROSSED: Weights = (
    [
        0.940, 1.652, 0.000, 1.802, 0.000, 0.000, 0.000, -0.459, -2.214, -1.080, 0.000, -0.501, 0.000,
        -1.673, -0.980, 0.000, 1.064, 0.829, -0.988, -0.616, 0.000, 5.066, 0.000, -0.325, 0.953, 0.000,
        7.547, 2.674, 0.000,
    ],
    -11.352,
);
/// The same for persons.
pub(crate) const PERSON: Weights = (
    [
        1.128, 1.689, 0.000, 1.055, -7.178, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        0.000, 0.000, 0.000, 0.000, 0.000, 0.000, -1.197, 5.848, -0.243, -1.052, 1.120, 0.000, 10.767, 2.505,
        0.000,
    ],
    -9.036,
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
