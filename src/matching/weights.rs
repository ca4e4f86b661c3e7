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
        1.477, 0.000, 4.284, 0.000, -1.117, -0.426, -1.384, -1.477, -0.364, -3.469, -0.918, -3.928, 0.000,
        -0.541, 0.000, 0.383, 0.084, -2.201, -0.195, -0.748, 8.438, -0.716, -3.195, 0.464, 2.244, 9.995,
        0.000, -0.594, -0.441, 0.100, -3.187, -3.093, 2.079, 2.419, 2.867, 0.529, -0.445, -4.280,
    ],
    -11.325,
);
/// The same where one of the two was written in another script: transliteration leaves words over that are one word.
pub(crate) const CROSSED: Weights = (
    [
        4.011, 0.000, 1.608, 0.000, 0.000, 0.000, -0.640, -2.336, -0.477, -2.128, -0.427, -0.440, -1.316,
        -0.325, 0.000, 0.728, 0.687, -0.759, -0.133, 0.000, 5.678, -0.473, -0.542, 0.000, 0.000, 7.122,
        1.122, 0.000, -1.053, 0.000, -0.178, 0.000, 0.000, 1.794, 0.000, 1.074, -0.422, -0.500,
    ],
    -10.028,
);
/// The same for persons.
pub(crate) const PERSON: Weights = (
    [
        0.000, 0.000, 2.996, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        0.000, 0.000, 0.000, 0.000, 0.000, -1.784, 15.272, -1.439, -2.696, 1.518, 0.000, 11.133, 0.559,
        0.000, 0.000, 1.207, 0.000, 0.000, 3.462, 2.222, 0.471, 0.524, -1.431, -3.577,
    ],
    -15.002,
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
