//! Legal Entity Identifiers.

use super::{Identifier, base36, compact};

/// Reads an LEI: 18 letters and digits, two check digits.
///
/// Letters count as 10 to 35, and the number so written leaves 1 when divided by 97.
/// Source: ISO 17442-1, with the check of ISO/IEC 7064 (MOD 97-10).
pub fn lei(text: &str) -> Option<Identifier> {
    let value = compact(text);
    if value.len() != 20 || !value.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut rest = 0_u32;
    for byte in value.bytes() {
        let number = base36(byte)?;
        rest = (rest * if number < 10 { 10 } else { 100 } + number) % 97;
    }
    (rest == 1).then(|| Identifier::new("lei", value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_decide() {
        for good in
            ["213800H2PQMIF3OVZY47", " 213800h2pqmif3ovzy47 ", "5493001KJTIIGC8Y1R12", "254900MSZM6DMP853B11"]
        {
            assert!(lei(good).is_some(), "{good}");
        }
        for bad in
            ["213800H2PQMIF3OVZY74", "213800H2PQMIF3OVZY4", "", "213800H2PQMIF3OVZYAB", "é13800H2PQMIF3OVZY4"]
        {
            assert_eq!(lei(bad), None, "{bad}");
        }
    }
}
