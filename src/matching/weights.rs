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
        1.483, 0.000, 4.549, 0.000, -1.238, -0.504, -1.462, -1.529, -0.502, -3.413, -0.944, -4.281, 0.000,
        -0.624, 0.000, 0.383, 0.053, -2.234, -0.204, -0.760, 9.121, -0.693, -3.280, 0.389, 2.172, 10.911,
        0.000, -0.694, -0.473, 0.076, -3.314, -3.079, 2.032, 2.353, 3.107, 0.552, -0.464, -4.663,
    ],
    -11.668,
);
/// The same where one of the two was written in another script: transliteration leaves words over that are one word.
pub(crate) const CROSSED: Weights = (
    [
        4.037, 0.000, 1.654, 0.000, 0.000, 0.000, -0.652, -2.381, -0.545, -2.018, -0.446, -0.343, -1.350,
        -0.401, 0.000, 0.738, 0.684, -0.774, -0.155, 0.000, 5.817, -0.461, -0.662, 0.000, 0.000, 7.126,
        1.129, 0.000, -1.045, 0.000, -0.175, 0.000, 0.000, 1.823, 0.000, 1.085, -0.424, -0.530,
    ],
    -10.184,
);
/// The same for persons.
pub(crate) const PERSON: Weights = (
    [
        0.000, 0.000, 2.930, 0.000, -0.075, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        0.000, 0.000, 0.000, 0.000, 0.000, -1.768, 14.992, -1.397, -1.589, 1.456, 0.000, 11.511, 0.522,
        0.000, 0.000, 1.148, 0.000, 0.000, 3.210, 1.982, 0.409, 0.559, -1.616, -3.410,
    ],
    -14.665,
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
