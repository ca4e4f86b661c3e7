//! A fund's description of a security, reduced to the name of its issuer.
//!
//! `DRAX GROUP ORD GBP0.1155172` is a share of Drax Group. After the issuer come the class of share, the par value, the
//! coupon and the maturity, in the shorthand of custodians; everything from the first such word on is cut.

/// The issuer's name, or the description itself where no part of it is certainly something else.
///
/// # Examples
/// ```
/// use wharfinger::normalise::security::issuer;
/// assert_eq!(issuer("DRAX GROUP ORD GBP0.1155172 "), "DRAX GROUP");
/// assert_eq!(issuer("3M COMPANY 1% 26/6/17"), "3M COMPANY");
/// ```
pub fn issuer(description: &str) -> String {
    let words: Vec<&str> = description.split_whitespace().collect();
    let end = (1..words.len()).find(|at| begins_terms(&words, *at)).unwrap_or(words.len());
    let mut kept: Vec<String> = words.iter().take(end).map(|word| (*word).to_owned()).collect();
    if let Some(last) = kept.last_mut() {
        cut_class_letter(last);
    }
    if end == words.len() && kept.len() > 1 && ends_in_class_letter(&words) {
        kept.pop();
    }
    let name = kept.join(" ");
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | ';' | ':' | '('));
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        description.trim().to_owned()
    } else {
        name.to_owned()
    }
}

/// Words that only terms of a security begin with.
#[rustfmt::skip]
const TERMS: [&str; 62] = [
    "ord", "ords", "npv", "adr", "adrs", "ads", "gdr", "gdrs", "gds", "cdi", "nvdr", "spon", "sponsored", "pref", "prefs", "pfd", "cnv", "conv", "convertible",
    "callable", "frn", "fltg", "frb", "emtn", "mtn", "regs", "144a", "perp", "perpetual", "ptg", "ptc", "wts", "warrant", "warrants", "rts", "nil", "cum", "ptgc",
    "shs", "regd", "unsec", "unsecd", "secd", "subord", "snr", "sr", "fixed", "floating", "variable", "stapled", "depositary", "depository", "cert", "certs", "certificates",
    "npvi", "bds", "nts", "notes", "reg-s", "dep", "common",
];

/// Currencies that par values are given in.
#[rustfmt::skip]
const CURRENCIES: [&str; 40] = [
    "gbp", "usd", "eur", "chf", "jpy", "cad", "aud", "hkd", "sek", "nok", "dkk", "sgd", "zar", "krw", "twd", "inr", "brl", "cny", "mxn", "myr", "thb", "idr",
    "php", "pln", "czk", "huf", "try", "rub", "ils", "nzd", "cnh", "clp", "cop", "egp", "pkr", "qar", "aed", "sar", "stg", "eu",
];

fn begins_terms(words: &[&str], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let lower =
        word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | '\'' | '"' | '.')).to_lowercase();
    let next = words.get(at + 1).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let next = next.as_deref();
    if TERMS.contains(&lower.as_str())
        || lower.split_once('(').is_some_and(|(start, _)| TERMS.contains(&start))
    {
        return true;
    }
    is_par_value(&lower)
        || is_coupon(word)
        || is_maturity(&lower)
        || is_class(&lower, next)
        || is_common(&lower, next, words.len() - at)
}

/// `gbp0.25`, `usd1`, `chf0.1(regd)`, `25p`, `2.5p`, and a currency code at the end.
fn is_par_value(word: &str) -> bool {
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let code = CURRENCIES.iter().find_map(|code| word.strip_prefix(code));
    code.is_some_and(|rest| digits(rest) || rest.is_empty())
        || word.strip_suffix('p').is_some_and(|pence| {
            !pence.is_empty()
                && pence.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/'))
                && digits(pence)
        })
}

/// `3.75%`, `4.000%`.
fn is_coupon(word: &str) -> bool {
    word.trim_end_matches([',', ')'])
        .strip_suffix('%')
        .is_some_and(|rate| rate.starts_with(|c: char| c.is_ascii_digit()))
}

/// `26/6/17`, `01/22/2044`, `15-Jun-2027`.
fn is_maturity(word: &str) -> bool {
    let mut parts = word.split(['/', '-']);
    let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let number =
        |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    number(day)
        && number(year)
        && (number(month) || (month.len() == 3 && month.bytes().all(|byte| byte.is_ascii_alphabetic())))
}

/// `class a`, `cl b`, `series 2`, `cls 's'shs`.
fn is_class(word: &str, next: Option<&str>) -> bool {
    let letter = next.is_none_or(|next| next.len() <= 2 || next.starts_with(|c: char| c.is_ascii_digit()));
    matches!(word, "class" | "cl" | "cls" | "ser" | "series") && letter
}

/// `com npv`, `com usd1`, `com stk`, `com` at the end; `com hem` is a company.
fn is_common(word: &str, next: Option<&str>, left: usize) -> bool {
    match word {
        "com" | "cap" => {
            left == 1
                || next.is_some_and(|next| {
                    TERMS.contains(&next) || matches!(next, "stk" | "stock") || is_par_value(next)
                })
        }
        "ordinary" | "shares" | "stock" | "stk" | "bearer" | "registered" => {
            left == 1
                || next.is_some_and(|next| {
                    matches!(next, "shares" | "shs" | "share" | "stock") || is_par_value(next)
                })
        }
        "non" => next.is_some_and(|next| next.starts_with("vot") || next.starts_with("cum")),
        _ => false,
    }
}

/// Legal forms after which a single letter is a class of share.
const FORMS: [&str; 20] = [
    "corp",
    "inc",
    "ltd",
    "co",
    "plc",
    "ab",
    "sa",
    "ag",
    "nv",
    "spa",
    "group",
    "holdings",
    "hldgs",
    "limited",
    "company",
    "as",
    "oyj",
    "bv",
    "se",
    "corporation",
];

/// `ELEKTA AB-B`: the letter of the class is joined to the form.
fn cut_class_letter(word: &mut String) {
    if let Some((form, letter)) = word.rsplit_once('-')
        && letter.len() == 1
        && letter.bytes().all(|byte| byte.is_ascii_uppercase())
        && FORMS.contains(&form.to_lowercase().as_str())
    {
        *word = form.to_owned();
    }
}

/// `CHINA CONSTRUCTION BANK CORP H`, `ATLAS COPCO AB -A-`.
fn ends_in_class_letter(words: &[&str]) -> bool {
    let [.., form, letter] = words else { return false };
    let letter = letter.trim_matches(|c: char| matches!(c, '-' | '\'' | '"' | '(' | ')'));
    letter.len() == 1
        && letter.bytes().all(|byte| byte.is_ascii_uppercase())
        && FORMS.contains(&form.trim_end_matches(['.', ',']).to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn descriptions_are_reduced_to_their_issuer() {
        for (description, name) in [
            ("DRAX GROUP ORD GBP0.1155172 ", "DRAX GROUP"),
            ("3M COMPANY 1% 26/6/17", "3M COMPANY"),
            ("ELEKTA AB-B SHS NPV", "ELEKTA AB"),
            ("LINDT SPRUENGLI PTG CERT CHF", "LINDT SPRUENGLI"),
            ("INFOSYS TECHNOLOGI ADR", "INFOSYS TECHNOLOGI"),
            ("CHINA CONSTRUCTION BANK CORP H", "CHINA CONSTRUCTION BANK CORP"),
            ("EXXON MOBIL CORP CAP NPV", "EXXON MOBIL CORP"),
            ("MICROSOFT CORP COM USD0.00001", "MICROSOFT CORP"),
            ("JPMORGAN CHASE COM USD1", "JPMORGAN CHASE"),
            ("ABN-AMRO HLDGS NV EUR0.56", "ABN-AMRO HLDGS NV"),
            ("JAMES HARDIE INDUSTRIES NV CDI(CHESS DEP INT)", "JAMES HARDIE INDUSTRIES NV"),
            ("ADIDAS AG NPV", "ADIDAS AG"),
            ("BAE ORD 2.5P", "BAE"),
            ("CHEMRING GROUP PLC", "CHEMRING GROUP PLC"),
            ("ABBOTT LABORATORIES CALLABLE NOTES FIXED 3.75%", "ABBOTT LABORATORIES"),
            ("WARNER BROS. DISCOVERY INC SERIES A", "WARNER BROS. DISCOVERY INC"),
            ("ALPHABET INC CLASS C", "ALPHABET INC"),
            ("MITSUBISHI UFJ FIN NPV\u{a0}", "MITSUBISHI UFJ FIN"),
            ("CENOVUS ENERGY INC COM NPV ", "CENOVUS ENERGY INC"),
            ("NVIDIA CORP", "NVIDIA CORP"),
            ("COM HEM HOLDING", "COM HEM HOLDING"),
            ("SENIOR PLC", "SENIOR PLC"),
            ("UNITED KINGDOM GILT 4.000% 03/07/2022", "UNITED KINGDOM GILT"),
            ("Samsung Electronics Co Ltd GDR", "Samsung Electronics Co Ltd"),
            ("A 1%", "A 1%"),
        ] {
            assert_eq!(issuer(description), name);
        }
    }

    proptest! {
        #[test]
        fn something_always_stays(text in "[A-Z]{2,8}( \\PC{0,8}){0,4}") {
            prop_assert!(issuer(&text).chars().any(char::is_alphabetic));
        }
    }
}
