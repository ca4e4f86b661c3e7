//! Register numbers, as publishers label them.
//!
//! Labels are a mixed bag: real numbers stand beside notes, websites and warnings. Only labels of the table below are
//! taken, and never a document of a natural person: passports and national numbers are not needed to screen a body.

use crate::ident::Identifier;
use crate::record::Country;

/// What a label means. `reg` and `tax` get the country's code in front.
const LABELS: [(&str, &str); 40] = [
    ("lei", "lei"),
    ("legal entity number", "lei"),
    ("legal entity identifier", "lei"),
    ("isin", "isin"),
    ("imo", "imo"),
    ("imo number", "imo"),
    ("vessel registration identification", "imo"),
    ("mmsi", "mmsi"),
    ("d-u-n-s number", "duns"),
    ("dun & bradstreet number", "duns"),
    ("swift/bic", "bic"),
    ("swiftbic", "bic"),
    ("unified social credit code (uscc)", "cn-uscc"),
    ("unified social credit code", "cn-uscc"),
    ("uscc", "cn-uscc"),
    ("v.a.t. number", "vat"),
    ("vat number", "vat"),
    ("vat", "vat"),
    ("tax id no.", "tax"),
    ("tax id", "tax"),
    ("taxid", "tax"),
    ("fiscal code", "tax"),
    ("ruc #", "tax"),
    ("nit #", "tax"),
    ("rif #", "tax"),
    ("c.u.i.t.", "tax"),
    ("r.f.c.", "tax"),
    ("registration id", "reg"),
    ("registration number", "reg"),
    ("regnumber", "reg"),
    ("company number", "reg"),
    ("c.r. no.", "reg"),
    ("commercial registry number", "reg"),
    ("business registration number", "reg"),
    ("business registration document #", "reg"),
    ("public registration number", "reg"),
    ("chamber of commerce number", "reg"),
    ("enterprise number", "reg"),
    ("matricula mercantil no", "reg"),
    ("folio mercantil no.", "reg"),
];

/// Reads a labelled number; `None` for a label that is not of the table, or a value that cannot be such a number.
pub(super) fn labelled(label: &str, value: &str, country: Option<Country>) -> Option<Identifier> {
    let label = label.trim().trim_end_matches(':').to_lowercase();
    let label = label.strip_prefix("alt. ").unwrap_or(&label);
    let (_, meaning) = LABELS.iter().find(|(known, _)| *known == label)?;
    number(meaning, value, country)
}

/// Splits a text such as `Registration Number 105444192 (Burma)` into its label, value and country.
pub(super) fn in_words(text: &str) -> Option<Identifier> {
    let lower = text.trim().to_lowercase();
    let lower = lower.strip_prefix("alt. ").unwrap_or(&lower);
    let start = text.trim().len() - lower.len();
    let body = text.trim().get(start..)?;
    let (label, meaning) =
        LABELS.iter().filter(|(label, _)| lower.starts_with(label)).max_by_key(|(label, _)| label.len())?;
    let rest = body.get(label.len()..)?;
    if !rest.starts_with(|c: char| c.is_whitespace() || c == ':') {
        return None;
    }
    let rest = rest.trim_start_matches(':').trim().trim_end_matches('.');
    let (value, country) = match rest.split_once(" (") {
        Some((value, country)) => (value, crate::country::by_name(country.trim_end_matches(')'))),
        None => (rest, None),
    };
    number(meaning, value, country)
}

/// A number of a known meaning, in the spelling of its scheme.
pub(super) fn number(meaning: &str, value: &str, country: Option<Country>) -> Option<Identifier> {
    let upper = value.trim().to_ascii_uppercase();
    let compact: String = upper.chars().filter(|c| !c.is_whitespace()).collect();
    let alphanumeric = |least: usize, most: usize| {
        (least..=most).contains(&compact.len()) && compact.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let of_country = |kind: &str| {
        country.map_or_else(|| kind.to_owned(), |c| format!("{}-{kind}", c.as_str().to_ascii_lowercase()))
    };
    let (scheme, value) = match meaning {
        "lei" if alphanumeric(20, 20) => ("lei".to_owned(), compact),
        "isin" if alphanumeric(12, 12) => ("isin".to_owned(), compact),
        "cn-uscc" if alphanumeric(18, 18) => ("cn-uscc".to_owned(), compact),
        "bic" if alphanumeric(8, 11) => ("bic".to_owned(), compact),
        "imo" | "mmsi" => {
            let number = compact.trim_start_matches("IMO").trim_start_matches("MMSI");
            let length = if meaning == "imo" { 7 } else { 9 };
            (number.len() == length && digits(number)).then(|| (meaning.to_owned(), number.to_owned()))?
        }
        "duns" => {
            let number: String = compact.chars().filter(|c| *c != '-').collect();
            (number.len() == 9 && digits(&number)).then(|| ("duns".to_owned(), number))?
        }
        "vat" if compact.len() >= 5 => ("vat".to_owned(), compact),
        "reg" | "tax"
            if compact.bytes().any(|b| b.is_ascii_digit()) && compact.len() >= 4 && compact.len() <= 40 =>
        {
            (
                scheme_of(meaning, &compact, country).map_or_else(|| of_country(meaning), str::to_owned),
                compact,
            )
        }
        _ => return None,
    };
    // `;` would end the value in a list.
    (!value.contains(';')).then_some(Identifier { scheme, value })
}

/// The well-known schemes behind a plain register or tax number.
fn scheme_of(meaning: &str, value: &str, country: Option<Country>) -> Option<&'static str> {
    let country = country.map(|c| c.as_str().to_owned());
    let digits = value.bytes().all(|b| b.is_ascii_digit());
    match (meaning, country.as_deref(), value.len()) {
        ("reg", Some("GB"), 8) => Some("gb-coh"),
        ("reg", Some("RU"), 13 | 15) if digits => Some("ru-ogrn"),
        ("tax", Some("RU"), 10 | 12) if digits => Some("ru-inn"),
        ("reg" | "tax", Some("CN"), 18) => Some("cn-uscc"),
        _ => None,
    }
}

/// Register numbers in free text: `Company number: 01234567`, `LEI 5493001KJTIIGC8Y1R12`, `IMO: 9187629`.
pub(super) fn in_free_text(text: &str, country: Option<Country>) -> Vec<Identifier> {
    let mut found: Vec<Identifier> = Vec::new();
    for part in text.split([';', ',', '\n']) {
        let part = part.trim().trim_start_matches("and ");
        let lower = part.to_lowercase();
        for (label, meaning) in LABELS {
            let Some(at) = lower.find(label) else { continue };
            // A label is a word of its own: `lei` is not in `leisure`.
            let before = lower.get(..at).and_then(|head| head.chars().next_back());
            let rest = part.get(at + label.len()..).unwrap_or_default();
            if before.is_some_and(char::is_alphanumeric) || !rest.starts_with([' ', ':']) {
                continue;
            }
            let value = rest.trim_start_matches([':', ' ']).split_whitespace().next().unwrap_or_default();
            let value = value.trim_matches(|c: char| !c.is_alphanumeric());
            if let Some(identifier) = number(meaning, value, country).filter(|id| !found.contains(id)) {
                found.push(identifier);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(identifier: Option<Identifier>) -> String {
        identifier.map_or_else(|| "-".to_owned(), |identifier| identifier.to_string())
    }

    #[test]
    fn remarks_in_words() {
        for (text, want) in [
            ("Registration Number 105444192 (Burma)", "mm-reg:105444192"),
            ("alt. Tax ID No. 7744001497 (Russia)", "ru-inn:7744001497"),
            ("Registration ID 1027700043502 (Russia).", "ru-ogrn:1027700043502"),
            ("Company Number 08227698 (United Kingdom)", "gb-coh:08227698"),
            ("Legal Entity Number 253400XT0T5L7BQ6X018", "lei:253400XT0T5L7BQ6X018"),
            ("ISIN CNE100000G29", "isin:CNE100000G29"),
            ("Vessel Registration Identification IMO 9187629", "imo:9187629"),
            ("Unified Social Credit Code (USCC) 91110000710929834K (China)", "cn-uscc:91110000710929834K"),
            ("D-U-N-S Number 33-843-5672", "duns:338435672"),
            ("Passport A1234567 (Iran)", "-"),
            ("National ID No. 123456 (Iran)", "-"),
            ("Registration pending", "-"),
            ("Secondary sanctions risk: section 1(b)", "-"),
            ("IMO 1234", "-"),
        ] {
            assert_eq!(shown(in_words(text)), want, "{text}");
        }
    }

    #[test]
    fn numbers_in_free_text() {
        let gb = crate::country::by_code("GB");
        let found = in_free_text("Leisure firm, Company number: 01234567; LEI 5493001KJTIIGC8Y1R1 2", gb);
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), ["gb-coh:01234567"]);
        assert!(in_free_text("No. 5 Leila Street", None).is_empty());
    }
}
