//! Numbers of Russian registers.

use super::{Identifier, compact, digits, weighted};

/// Reads a taxpayer number: ten digits for companies (the last is a check digit), twelve for persons (the last two).
///
/// Weighted sums modulo 11, then modulo 10. Source: order of the Federal Tax Service MMV-7-6/435 of 29 June 2012.
pub fn inn(text: &str) -> Option<Identifier> {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let value = compact(text);
    let numbers = digits(&value)?;
    let check = |length: usize| {
        let weights = WEIGHTS.get(WEIGHTS.len() - length..)?;
        Some(weighted(&numbers, weights) % 11 % 10 == *numbers.get(length)?)
    };
    let holds = match numbers.len() {
        10 => check(9)?,
        12 => check(10)? && check(11)?,
        _ => false,
    };
    (holds && numbers.iter().any(|digit| *digit != 0)).then(|| Identifier::new("inn", value))
}

/// Reads a state registration number: thirteen digits for companies, fifteen for sole traders.
///
/// The last digit is the end of what is left of the number before it when divided by 11 (or 13).
/// Source: order of the Ministry of Finance 165n of 30 October 2017.
pub fn ogrn(text: &str) -> Option<Identifier> {
    let value = compact(text);
    let divisor = match value.len() {
        13 => 11,
        15 => 13,
        _ => return None,
    };
    digits(&value)?;
    let (number, check) = value.split_at_checked(value.len() - 1)?;
    let left = number.parse::<u64>().ok()? % divisor % 10;
    (left > 0 || number.bytes().any(|byte| byte != b'0')).then_some(())?;
    (check.parse::<u64>().ok()? == left).then(|| Identifier::new("ogrn", value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_decide() {
        assert!(inn("7707083893").is_some() && inn("500100732259").is_some());
        assert!(
            inn("7707083894").is_none()
                && inn("500100732258").is_none()
                && inn("0000000000").is_none()
                && inn("").is_none()
        );
        assert!(ogrn("1027700132195").is_some() && ogrn("304500116000157").is_some());
        assert!(ogrn("1027700132196").is_none() && ogrn("102770013219").is_none() && ogrn("").is_none());
    }
}
