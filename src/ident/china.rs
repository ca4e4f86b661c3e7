//! Numbers of Chinese registers.

use super::{Identifier, compact};

/// Reads a unified social credit code: eighteen characters without I, O, S, V and Z, the last a check character.
///
/// Weights are powers of 3 modulo 31; the check brings the sum to a multiple of 31. Source: GB 32100-2015.
pub fn uscc(text: &str) -> Option<Identifier> {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = compact(text);
    if value.len() != 18 {
        return None;
    }
    let (mut sum, mut weight) = (0, 1);
    let mut last = 0;
    for byte in value.bytes() {
        last = ALPHABET.iter().position(|letter| *letter == byte)?;
        sum += last * weight;
        weight = weight * 3 % 31;
    }
    // The last character has weight one, whatever its place.
    let before = sum - last * uscc_last_weight();
    ((31 - before % 31) % 31 == last).then(|| Identifier::new("uscc", value))
}

/// 3 to the power of 17, modulo 31.
const fn uscc_last_weight() -> usize {
    let (mut weight, mut at) = (1, 0);
    while at < 17 {
        weight = weight * 3 % 31;
        at += 1;
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_characters_decide() {
        assert!(uscc("91110000100002452U").is_none());
        assert!(uscc("91350100M000100Y43").is_some());
        assert!(uscc("91350100M000100Y44").is_none() && uscc("9135").is_none() && uscc("").is_none());
    }
}
