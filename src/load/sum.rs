//! Exact sums of amounts, the same in whatever order the amounts come.
//!
//! A `Decimal` rounds where digits run out, so that the order of additions could show. Here the digits up to the fourth
//! place are counted in one integer and those beyond in another, and neither ever rounds.

use rust_decimal::Decimal;

/// Places in the first integer: more than any currency has.
const PLACES: u32 = 4;

/// Places in both; what is beyond is left out of an amount when it is added (nobody is paid in them).
const ALL_PLACES: u32 = 18;

/// How many of the second integer make one of the first.
const CARRY: i64 = 10_i64.pow(ALL_PLACES - PLACES);

/// A sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// In units of 10⁻⁴.
    coarse: i128,
    /// In units of 10⁻¹⁸, between minus and plus one unit of `coarse`.
    fine: i64,
    /// The most places that an amount had, so that a sum of pence is shown in pence.
    places: u32,
}

/// An amount in units of 10⁻⁴, where it is a whole number of them and few enough.
pub(super) fn units(amount: Decimal) -> Option<i64> {
    /// Units of 10⁻⁴ in one of so many places; looked up, since every row asks.
    const FINER: [i64; PLACES as usize + 1] = [10_000, 1_000, 100, 10, 1];
    let finer = FINER.get(amount.scale() as usize)?;
    i64::try_from(amount.mantissa()).ok()?.checked_mul(*finer)
}

impl Sum {
    /// A sum of units of 10⁻⁴, of amounts of at most so many places.
    pub(super) fn of(units: i64, places: u8) -> Self {
        Self { coarse: i128::from(units), fine: 0, places: u32::from(places) }
    }

    /// Adds an amount.
    pub(super) fn add(&mut self, amount: Decimal) {
        let (number, places) = (amount.mantissa(), amount.scale());
        self.places = self.places.max(places.min(ALL_PLACES));
        if places <= PLACES {
            self.coarse = self.coarse.saturating_add(number * power(PLACES - places));
            return;
        }
        let unit = power(places - PLACES);
        self.coarse = self.coarse.saturating_add(number / unit);
        let rest = number % unit;
        let fine = if places <= ALL_PLACES {
            rest * power(ALL_PLACES - places)
        } else {
            rest / power(places - ALL_PLACES)
        };
        self.carry(i64::try_from(fine).unwrap_or(0));
    }

    /// Adds another sum.
    pub(super) fn merge(&mut self, other: Self) {
        self.coarse = self.coarse.saturating_add(other.coarse);
        self.places = self.places.max(other.places);
        self.carry(other.fine);
    }

    /// This sum and another.
    pub(super) fn with(mut self, other: Self) -> Self {
        self.merge(other);
        self
    }

    fn carry(&mut self, fine: i64) {
        let fine = self.fine + fine;
        self.coarse = self.coarse.saturating_add(i128::from(fine / CARRY));
        self.fine = fine % CARRY;
    }

    /// The sum as a decimal; one past 28 digits, which no public body reaches, loses places.
    pub(super) fn total(self) -> Decimal {
        let whole = |number: i128, places: u32| {
            let mut places = places;
            let mut number = number;
            while places > 0 && number.unsigned_abs() >= 1 << 96 {
                number /= 10;
                places -= 1;
            }
            let limit = if number < 0 { Decimal::MIN } else { Decimal::MAX };
            Decimal::try_from_i128_with_scale(number, places).unwrap_or(limit)
        };
        let places = self.places.min(PLACES);
        let coarse = whole(self.coarse / power(PLACES - places), places);
        if self.fine == 0 && self.places <= PLACES {
            return coarse;
        }
        let fine = whole(
            i128::from(self.fine) / power(ALL_PLACES - self.places.max(PLACES)),
            self.places.max(PLACES),
        );
        coarse.checked_add(fine).unwrap_or(coarse)
    }
}

fn power(exponent: u32) -> i128 {
    10_i128.pow(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(amounts: &[&str]) -> String {
        let mut sum = Sum::default();
        for amount in amounts {
            sum.add(amount.parse().unwrap());
        }
        sum.total().to_string()
    }

    #[test]
    fn sums_are_exact() {
        let cases: [(&[&str], &str); 7] = [
            (&[], "0"),
            (&["0.10", "0.20"], "0.30"),
            (&["1", "-2.5"], "-1.5"),
            (&["0.000000000000682121", "1.05"], "1.050000000000682121"),
            (&["0.00006", "0.00006"], "0.00012"),
            (&["-0.00006", "0.0001"], "0.00004"),
            (&["79228162514264337593543950335", "1"], "79228162514264337593543950335"),
        ];
        for (amounts, expected) in cases {
            assert_eq!(sum(amounts), expected, "{amounts:?}");
        }
    }

    proptest! {
        #[test]
        fn order_and_grouping_do_not_matter(parts in proptest::collection::vec((-9_999_999_i64..9_999_999, 0_u32..24), 0..20), cut in 0_usize..20) {
            let amounts: Vec<Decimal> = parts.iter().map(|(number, places)| Decimal::new(*number, *places)).collect();
            let of = |amounts: &[Decimal]| { let mut sum = Sum::default(); for amount in amounts { sum.add(*amount); } sum };
            let whole = of(&amounts);
            let (left, right) = amounts.split_at(cut.min(amounts.len()));
            let (mut one, mut two) = (of(right), of(left));
            one.merge(of(left));
            two.merge(of(right));
            prop_assert_eq!(one.total(), whole.total());
            prop_assert_eq!(two.total(), whole.total());
            let plain: Decimal = amounts.iter().map(|amount| amount.trunc_with_scale(18)).sum();
            prop_assert_eq!(whole.total(), plain);
        }
    }
}
