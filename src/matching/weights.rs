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
        0.914, 0.000, 4.792, 0.000, -1.999, -0.690, -2.122, -1.391, -0.600, -3.357, -0.935, -4.745, 0.000,
        -0.629, 0.000, 0.382, 0.031, -2.485, -0.250, -0.822, 9.361, -0.609, -3.644, 0.296, 1.110, 10.084,
        0.000, -0.732, -0.331, 0.157, -3.387, -3.196, 2.207, 2.279, 2.985, 0.839, -0.380, -4.665,
    ],
    -11.965,
);
/// The same where one of the two was written in another script: transliteration leaves words over that are one word.
pub(crate) const CROSSED: Weights = (
    [
        4.804, 0.209, 0.897, -1.050, 0.000, -0.508, -0.287, -3.048, -1.768, -2.008, -0.914, 0.000, 0.000,
        -0.450, 0.000, 0.548, 0.889, -0.559, -0.240, 0.000, 3.911, -0.494, -0.819, 0.000, 0.000, 8.259,
        1.725, 0.000, -1.116, 0.000, -0.186, 0.000, 0.000, 1.916, 0.000, 1.028, 0.400, 0.847,
    ],
    -10.379,
);
/// The same for persons.
pub(crate) const PERSON: Weights = (
    [
        0.022, 0.000, 0.093, 0.000, -2.006, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        -0.193, 0.000, 0.000, 0.000, 0.000, -1.514, 5.472, -1.870, -1.444, 1.915, 0.000, 13.341, 0.000,
        0.000, 0.000, 1.128, 0.000, 0.000, 2.589, 1.844, 0.676, 1.003, -2.133, 0.020,
    ],
    -6.622,
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
