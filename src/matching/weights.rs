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
        5.583, 4.994, 0.000, 0.503, -1.383, 0.000, 0.000, -5.541, -2.097, -0.914, -3.475, -1.451, -7.912,
        0.000, 0.000, -1.117, 0.398, 0.118, -2.105, -0.215, -0.615, 1.132, -0.972, -2.761, 1.343, 2.634,
        10.979, 0.000, -0.555,
    ],
    -10.356,
);
/// The same where one of the two was written in another script: transliteration leaves words over that are one word.
pub(crate) const CROSSED: Weights = (
    [
        2.323, 2.618, 0.000, 2.368, 0.000, 0.000, 0.000, -0.709, -2.696, 0.000, -3.522, -0.833, 0.000,
        -1.334, -0.808, 0.000, 0.695, 0.757, -1.074, 0.000, 0.000, 4.243, -0.151, -0.743, 0.000, 0.000,
        7.486, 0.575, 0.000,
    ],
    -12.854,
);
/// The same for persons.
pub(crate) const PERSON: Weights = (
    [
        1.659, 1.016, 0.000, 1.358, -6.640, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        0.000, 0.000, 0.222, 0.000, 0.000, 0.000, -1.343, 6.123, -0.387, -1.793, 0.395, 0.000, 9.860, 0.328,
        0.000,
    ],
    -9.486,
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
