//! The ISO 3166-1 alpha-2 codes, so that a list's `UK` or `XX` is a named error and not a country nobody lives in.

use crate::record::Country;

/// Every officially assigned ISO 3166-1 alpha-2 code (249 of them, November 2026), in order, and `XK`, which the EU and
/// the United States use for Kosovo although ISO leaves it to its users.
const CODES: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// Reads an assigned code, of either case; `None` for anything else.
pub(super) fn code(text: &str) -> Option<Country> {
    let country = Country::from_code(text)?;
    CODES.split(' ').any(|known| known == country.as_str()).then_some(country)
}

/// What to write instead of a code that is not one.
pub(super) fn advice(found: &str) -> String {
    match found.to_ascii_uppercase().as_str() {
        "UK" => "did you mean `GB`?".to_owned(),
        "EL" => "did you mean `GR`?".to_owned(),
        _ => "write two letters such as `GB` or `CN`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assigned_codes_only() {
        assert_eq!(CODES.split(' ').count(), 250);
        for good in ["GB", "cn", " XK "] {
            assert!(code(good).is_some(), "{good}");
        }
        for bad in ["UK", "XX", "EL", "GBR", "G", "", "SU"] {
            assert_eq!(code(bad), None, "{bad}");
        }
    }
}
