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
        0.931, 0.000, 4.774, 0.000, -2.009, -0.687, -2.129, -1.379, -0.595, -3.359, -0.948, -4.741, 0.000,
        -0.626, 0.000, 0.386, 0.030, -2.484, -0.250, -0.827, 9.346, -0.609, -3.796, 0.293, 1.121, 10.073,
        0.000, -0.736, -0.337, 0.153, -3.383, -3.187, 2.206, 2.282, 3.003, 0.847, -0.377, -4.657,
    ],
    -11.937,
);
/// The same where one of the two was written in another script: transliteration leaves words over that are one word.
pub(crate) const CROSSED: Weights = (
    [
        4.863, 0.134, 0.925, -1.077, 0.000, -0.608, -0.288, -2.977, -1.731, -1.974, -0.915, 0.000, 0.000,
        -0.470, 0.000, 0.527, 0.892, -0.600, -0.227, 0.000, 3.964, -0.475, -0.759, 0.000, 0.000, 7.459,
        1.699, 0.000, -1.095, 0.000, -0.187, 0.000, 0.000, 1.919, 0.000, 1.039, 0.429, 0.799,
    ],
    -10.391,
);
/// The same for persons.
pub(crate) const PERSON: Weights = (
    [
        0.000, 0.000, 3.205, 0.000, -1.963, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        0.000, 0.000, 0.000, 0.000, 0.000, -1.733, 15.709, -1.420, -2.215, 1.902, 0.000, 12.078, 0.000,
        0.000, 0.000, 0.945, 0.000, 0.000, 3.115, 2.233, 0.602, 1.127, -1.988, -3.872,
    ],
    -15.172,
);

/// The least product of the shares of both names that words in common account for, where a pair may be a possible match: half of
/// either, or more of one for less of the other. On the development pairs one true pair in seventy has less; it is
/// what lets a name be set against a hundred thousand without reading the ones that share but a word of trade.
pub(crate) const ENOUGH_IN_COMMON: f64 = 0.25;
/// What a pair with less in common says at most: with an agreeing country still less than [`POSSIBLE`].
pub(crate) const TOO_LITTLE: f64 = 0.44;
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
