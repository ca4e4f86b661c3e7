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

/// The weights of the measures for organisations, and the constant before them.
pub(crate) const ORGANISATION: ([f64; COUNT], f64) = (
    [
        2.0, 1.0, 2.0, 1.5, 0.8, -4.0, -1.0, -0.5, -1.5, -0.5, -0.3, -2.5, -0.5, -1.0, -0.3, -0.2, -1.0, 0.5,
        0.2, -0.2, -0.5, 3.0, -0.5, -0.1,
    ],
    -4.5,
);
/// The same for persons.
pub(crate) const PERSON: ([f64; COUNT], f64) = ORGANISATION;

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
