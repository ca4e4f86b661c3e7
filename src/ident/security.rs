//! Numbers of securities and of ships.

use super::{Identifier, base36, compact, digits, weighted};

/// Reads an ISIN: two letters of a country, nine letters and digits, one check digit.
///
/// Letters become two digits (A is 10), and the digits pass the Luhn check. Source: ISO 6166.
pub fn isin(text: &str) -> Option<Identifier> {
    let value = compact(text);
    let bytes = value.as_bytes();
    if bytes.len() != 12 || !bytes.iter().take(2).all(u8::is_ascii_uppercase) {
        return None;
    }
    let mut numbers = Vec::with_capacity(24);
    for byte in bytes {
        let number = base36(*byte)?;
        if number > 9 {
            numbers.push(number / 10);
        }
        numbers.push(number % 10);
    }
    let luhn: u32 = numbers
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    (bytes.last()?.is_ascii_digit() && luhn.is_multiple_of(10)).then(|| Identifier::new("isin", value))
}

/// Reads a SEDOL: six digits and consonants, one check digit; zeros that a spreadsheet ate are put back.
///
/// Weights 1, 3, 1, 7, 3, 9, 1; the sum is a multiple of ten. Source: London Stock Exchange, SEDOL Masterfile
/// user guide.
pub fn sedol(text: &str) -> Option<Identifier> {
    let compacted = compact(text);
    let numeric = compacted.bytes().all(|byte| byte.is_ascii_digit());
    let value =
        if numeric && (5..7).contains(&compacted.len()) { format!("{compacted:0>7}") } else { compacted };
    if value.len() != 7
        || value.bytes().any(|byte| b"AEIOU".contains(&byte))
        || !value.ends_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let numbers: Vec<u32> = value.bytes().map(base36).collect::<Option<_>>()?;
    weighted(&numbers, &[1, 3, 1, 7, 3, 9, 1]).is_multiple_of(10).then(|| Identifier::new("sedol", value))
}

/// Reads the number of a ship: seven digits, the last the end of the weighted sum of the others (7 down to 2).
///
/// Source: IMO Resolution A.1117(30).
pub fn imo(text: &str) -> Option<Identifier> {
    let value = compact(text);
    let value = value.strip_prefix("IMO").unwrap_or(&value);
    let numbers = digits(value).filter(|numbers| numbers.len() == 7)?;
    (weighted(&numbers, &[7, 6, 5, 4, 3, 2]) % 10 == *numbers.last()?).then(|| Identifier::new("imo", value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_decide() {
        for good in ["GB0002634946", "US0378331005", "us 037833 100 5", "AU0000XVGZA3"] {
            assert!(isin(good).is_some(), "{good}");
        }
        for bad in ["GB0002634947", "0378331005US", "GB000263494", ""] {
            assert_eq!(isin(bad), None, "{bad}");
        }
        for (text, value) in
            [("0263494", "0263494"), ("263494", "0263494"), ("B0YBKJ7", "B0YBKJ7"), ("263494.0", "0263494")]
        {
            assert_eq!(sedol(text).map(|id| id.value).as_deref(), Some(value), "{text}");
        }
        for bad in ["0263495", "B0YBKI7", "1234", ""] {
            assert_eq!(sedol(bad), None, "{bad}");
        }
        assert!(imo("IMO 9074729").is_some() && imo("9074728").is_none());
    }
}
