//! Numbers of United Kingdom registers.

use super::{Identifier, compact, digits, weighted};

/// Prefixes of company numbers. Source: Companies House, "Uniform Resource Identifiers (URI) customer guide".
const PREFIXES: [&str; 36] = [
    "AC", "CE", "CS", "FC", "FE", "GE", "GN", "GS", "IC", "IP", "LP", "NA", "NC", "NF", "NI", "NL", "NO",
    "NP", "NR", "NV", "NZ", "OC", "OE", "PC", "R0", "RC", "RS", "SA", "SC", "SE", "SF", "SG", "SI", "SL",
    "SO", "SP",
];

/// Reads a UK company number: eight digits, or a prefix and six; zeros that a spreadsheet ate are put back.
///
/// There is no check digit, so text with any other word in it is refused, and so is a number below 100.
pub fn company_number(text: &str) -> Option<Identifier> {
    let compacted = compact(text);
    let value = compacted.strip_prefix("GBCOH").unwrap_or(&compacted);
    if value.len() > 8 {
        return None;
    }
    let (prefix, number) = value
        .split_at_checked(2)
        .filter(|(prefix, _)| PREFIXES.contains(prefix))
        .map_or(("", value), |(prefix, number)| (prefix, number));
    // Some industrial societies end in R: `IP12345R`.
    let (number, end) = match number.strip_suffix('R') {
        Some(rest) if prefix == "IP" || prefix == "SP" => (rest, "R"),
        _ => (number, ""),
    };
    let width = 8 - prefix.len() - end.len();
    let known = number.len() <= width && number.bytes().all(|byte| byte.is_ascii_digit());
    let meant = number.trim_start_matches('0').len() >= if prefix.is_empty() { 3 } else { 1 };
    (known && meant).then(|| Identifier::new("gb-coh", format!("{prefix}{number:0>width$}{end}")))
}

/// Reads a UK VAT number: nine digits (twelve for a branch, the last three then dropped), with or without `GB`.
///
/// The first seven digits are weighted 8 to 2; the last two are what brings the sum to a multiple of 97, or to one
/// with 55 added (numbers since 2010). Source: HMRC, VAT Registration Manual VATREG (format of numbers).
pub fn vat(text: &str) -> Option<Identifier> {
    let compacted = compact(text);
    let value = compacted.strip_prefix("GB").or_else(|| compacted.strip_prefix("XI")).unwrap_or(&compacted);
    let value = if value.len() == 12 { value.get(..9)? } else { value };
    let numbers = digits(value).filter(|numbers| numbers.len() == 9)?;
    let [.., tens, ones] = numbers.as_slice() else { return None };
    let sum = weighted(&numbers, &[8, 7, 6, 5, 4, 3, 2]) + tens * 10 + ones;
    let used = numbers.iter().any(|digit| *digit != 0);
    (used && (sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97)))
        .then(|| Identifier::new("vat", format!("GB{value}")))
}

/// Reads a charity number: six or seven digits (England and Wales), `SC` and six (Scotland), `NIC` and six
/// (Northern Ireland). No check digit.
pub fn charity_number(text: &str) -> Option<Identifier> {
    let compacted = compact(text);
    let (prefix, number) = ["SC", "NIC"]
        .into_iter()
        .find_map(|prefix| compacted.strip_prefix(prefix).map(|number| (prefix, number)))
        .unwrap_or(("", &compacted));
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match prefix {
        "" => (6..=7).contains(&number.len()).then(|| Identifier::new("gb-chc", number)),
        _ => (number.len() <= 6).then(|| Identifier::new("gb-chc", format!("{prefix}{number:0>6}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_that_excel_ate_are_put_back() {
        let cases = [
            ("00445790", Some("00445790")),
            ("445790", Some("00445790")),
            ("4142000.0", Some("04142000")),
            ("SC 95000", Some("SC095000")),
            ("oc301540", Some("OC301540")),
            ("NI12345", Some("NI012345")),
            ("IP12345R", Some("IP12345R")),
            ("n/a", None),
            ("0", None),
            ("SME", None),
            ("123456789", None),
            ("Sole trader", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(company_number(text).map(|id| id.value).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn vat_numbers_are_checked() {
        // 8*2+7*2+6*0+5*4+4*3+3*0+2*4 = 70; 97 - 70 = 27; 2204304 27 old style.
        for good in ["220430427", "GB 220 4304 27", "220430427001"] {
            assert_eq!(vat(good).map(|id| id.value).as_deref(), Some("GB220430427"), "{good}");
        }
        for bad in ["220430428", "000000000", "22043042", "N/A", ""] {
            assert_eq!(vat(bad), None, "{bad}");
        }
    }

    #[test]
    fn charities_keep_their_country() {
        for (text, expected) in [
            ("1140212", Some("1140212")),
            ("SC38110", Some("SC038110")),
            ("nic 100123", Some("NIC100123")),
            ("12", None),
            ("SC", None),
        ] {
            assert_eq!(charity_number(text).map(|id| id.value).as_deref(), expected, "{text}");
        }
    }
}
