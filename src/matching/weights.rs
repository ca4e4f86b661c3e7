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

/// The weights of the measures for organisations, in the order of [`super::MEASURES`], and the constant before them.
/// Fitted by `scripts/fit.py`; a zero means that the measure adds nothing beside the others.
pub(crate) const ORGANISATION: ([f64; COUNT], f64) = (
    [
        3.927, 2.551, 0.000, 0.000, 1.455, 0.000, 0.000, 0.000, -1.487, -1.740, -0.568, -2.431, -1.319,
        -3.539, -0.059, -0.142, -1.959, 0.543, 0.286, -1.071, -0.315, 3.080, -0.291, -1.411,
    ],
    -10.227,
);
/// The same for persons.
pub(crate) const PERSON: ([f64; COUNT], f64) = (
    [
        0.190, 0.460, 0.000, 0.000, 1.012, -4.319, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000,
        0.000, 0.000, 0.000, 0.198, 0.000, 0.000, -1.066, 9.021, 0.000, 0.000,
    ],
    -8.938,
);

/// What an agreeing country adds, in log-odds.
pub(crate) const COUNTRY_AGREES: f64 = 0.4;
/// What differing countries take: little, since subsidiaries and fronts abroad are what lists are about.
pub(crate) const COUNTRY_DIFFERS: f64 = -0.8;
/// A company set against a person, ship, region or product.
pub(crate) const KIND_DIFFERS: f64 = -2.5;
/// Different register numbers of one register.
pub(crate) const NUMBER_DIFFERS: f64 = -3.0;
/// What initials that spell the other side's one word say.
pub(crate) const ACRONYM: f64 = 0.3;
/// A former name is a little less than a name.
pub(crate) const FORMER: f64 = -0.3;
