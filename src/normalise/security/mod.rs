//! A fund's description of a security, reduced to the name of its issuer.
//!
//! `DRAX GROUP ORD GBP0.1155172` is a share of Drax Group. After the issuer come the class of share, the par value, the
//! coupon and the maturity, in the shorthand of custodians; everything from the first such word on is cut.

mod terms;

use terms::Word;

/// The issuer's name, or the description itself where no part of it is certainly something else.
///
/// # Examples
/// ```
/// use wharfinger::normalise::security::issuer;
/// assert_eq!(issuer("DRAX GROUP ORD GBP0.1155172 "), "DRAX GROUP");
/// assert_eq!(issuer("3M COMPANY 1% 26/6/17"), "3M COMPANY");
/// ```
pub fn issuer(description: &str) -> String {
    let words = words(description);
    let begin = (1..words.len()).find(|at| words.get(*at..).is_some_and(terms::begin));
    let mut kept = words.get(..begin.unwrap_or(words.len())).unwrap_or_default();
    if begin.is_some() && terms::end_in_month_and_rate(&words) {
        kept = kept.get(..kept.len() - terms::sort_of_bond(kept)).unwrap_or_default();
    }
    if let [first, rest @ ..] = kept
        && is_receipt(first)
        && rest.len() > 1
    {
        kept = rest;
    }
    if ends_in_class_letter(kept) {
        kept = kept.get(..kept.len() - 1).unwrap_or_default();
    }
    let mut name = String::with_capacity(description.len());
    for word in kept {
        if !word.is_glued && !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word.raw);
    }
    cut_class(&mut name);
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | ';' | ':' | '('));
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        description.trim().to_owned()
    } else {
        name.to_owned()
    }
}

/// The words between blanks; what stands behind a comma apart, and a quoted letter or a par value right behind a word: `SYSCO CP,US$1`,
/// `BANK'H'CNY1`, `INCUSD0.2`.
fn words(description: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for word in description.split_whitespace() {
        let (mut rest, mut is_glued) = (word, false);
        while let Some((before, behind)) = glued(rest) {
            words.push(Word::new(before, is_glued));
            (rest, is_glued) = (behind, true);
        }
        words.push(Word::new(rest, is_glued));
    }
    words
}

/// The first place where something stands right behind a word that may be none of its own.
fn glued(word: &str) -> Option<(&str, &str)> {
    let is_apart = |at: &usize| {
        let (before, behind) = word.split_at(*at);
        // Three letters at least: `O'C'` is a name.
        let is_word = before.chars().rev().take_while(|c| c.is_alphabetic() || *c == '.').count() >= 3;
        before.ends_with(',') && !behind.starts_with(|c: char| c.is_ascii_digit())
            || is_word && terms::quoted(behind).is_some_and(terms::is_empty_or_terms)
    };
    let mut places = word.char_indices().skip(1).map(|(at, _)| at);
    let at =
        places.find(is_apart).or_else(|| terms::par_value_behind(word)).or_else(|| common_behind(word))?;
    Some(word.split_at(at))
}

/// Where `COM` stands right behind a legal form: `PACCAR INCCOM STK`.
fn common_behind(word: &str) -> Option<usize> {
    word.strip_suffix("COM").filter(|form| is_form(form)).map(str::len)
}

/// Whether a word says in front of the name that it is a receipt for a share: `ADR TEVA PHARMACEUTICAL INDS`.
fn is_receipt(word: &Word<'_>) -> bool {
    matches!(word.raw, "ADR" | "GDR" | "ADS")
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

/// What stands right behind a name and says which share it is: `-W/I` (when issued), `.ADR`, the class of `ELEKTA AB-B` and `ATCO LTD-CL`.
fn cut_class(name: &mut String) {
    let lower = name.to_lowercase();
    let kind = ["-w/i", "-adr", "-ads", "-gdr", ".adr", ".gdr", "-cl"]
        .iter()
        .find_map(|kind| lower.strip_suffix(kind));
    if let Some(before) = kind {
        // As many letters are left, even if one has another length in lower case.
        *name = name.chars().take(before.chars().count()).collect();
    }
    if let Some((before, letter)) = name.rsplit_once('-')
        && let [letter] = letter.as_bytes()
        && letter.is_ascii_uppercase()
        && before.split_whitespace().next_back().is_some_and(is_form)
    {
        *name = before.to_owned();
    }
}

fn is_form(word: &str) -> bool {
    FORMS.contains(&word.trim_end_matches(['.', ',']).to_lowercase().as_str())
}

/// `CHINA CONSTRUCTION BANK CORP H`, `ATLAS COPCO AB -A-`.
fn ends_in_class_letter(words: &[Word<'_>]) -> bool {
    let [_, .., form, letter] = words else { return false };
    let letter = letter.raw.trim_matches(|c: char| matches!(c, '-' | '\'' | '"' | '(' | ')'));
    letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_uppercase()) && is_form(form.raw)
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
            // Par values as custodians wrote them in 2014, in currencies of all times.
            ("KUBOTA CORPORATION Y50", "KUBOTA CORPORATION"),
            ("NIKON CORP,ORD YEN50", "NIKON CORP"),
            ("EISAI,ORD YEN 50", "EISAI"),
            ("SYSCO CP,US$1", "SYSCO CP"),
            ("BOEING CO,CMN US$5", "BOEING CO"),
            ("NORDSON,US$ CMN STK NPV", "NORDSON"),
            ("WOOLWORTHS A$0.25", "WOOLWORTHS"),
            ("MCKESSON CORPORATION $0.01", "MCKESSON CORPORATION"),
            ("CAP GEMINI,ORD FFR40", "CAP GEMINI"),
            ("SGS HOLDING SWF20 (REGD)", "SGS HOLDING"),
            ("T ROWE PRICE GROUP INCUSD0.2", "T ROWE PRICE GROUP INC"),
            ("COMPASS GRP ORD10P", "COMPASS GRP"),
            ("DIAGEO 28 101/108P", "DIAGEO"),
            ("HOLOGIC INC 0.01", "HOLOGIC INC"),
            // Classes.
            ("HUANENG POWER INTL 'H'", "HUANENG POWER INTL"),
            ("CARLSBERG 'A' DNKR20", "CARLSBERG"),
            ("WUMART STORES INC 'H'CNY1.00", "WUMART STORES INC"),
            ("MODERN TIMES GROUP SER'B'NPV", "MODERN TIMES GROUP"),
            ("WILEY(JOHN)& SONS,CL'A` US$1", "WILEY(JOHN)& SONS"),
            ("ANHUI CEMENT'H'CNY1", "ANHUI CEMENT"),
            ("AMERICA MOVIL SAB COM SER 'L'NPV (L/VTG)", "AMERICA MOVIL SAB"),
            ("LIBERTY GLOBAL PLC A USD0.01 (US)", "LIBERTY GLOBAL PLC"),
            ("M&G SECURED PROPER INST 'A' UNITS", "M&G SECURED PROPER INST 'A' UNITS"),
            ("PHILIP MORRIS INTERNAT -W/I", "PHILIP MORRIS INTERNAT"),
            ("TALKTALK TELECOM GROUP W/I GBP0.001", "TALKTALK TELECOM GROUP"),
            ("ATCO LTD-CL 'I' NPV", "ATCO LTD"),
            ("BOMBARDIER INC 'B' SUB VTG NPV", "BOMBARDIER INC"),
            ("COMCAST CORP NEW-CL A", "COMCAST CORP"),
            ("TRUE CORP PCL FOREIGN THB4", "TRUE CORP PCL"),
            ("ELECTRICITE DE FRANCE SA MEDIUM TERM NOTE", "ELECTRICITE DE FRANCE SA"),
            ("PACCAR INCCOM STK US$12", "PACCAR INC"),
            ("CITIGROUP INC COM NEW COM NEW", "CITIGROUP INC"),
            ("ADR TEVA PHARMACEUTICAL INDS", "TEVA PHARMACEUTICAL INDS"),
            ("ADR HOLDINGS", "ADR HOLDINGS"),
            // Bonds.
            ("STATOIL ASA 3.95 15/05/43", "STATOIL ASA"),
            ("UNITED UTIL WAT 4.25 24/01/20EMTN", "UNITED UTIL WAT"),
            ("PRICOA GLOB FUND 1.6 29/05/18144A", "PRICOA GLOB FUND"),
            ("BRIT & CMWL 10 1/2% 2012", "BRIT & CMWL"),
            ("PEPSICO 1.25 % 13/8/17", "PEPSICO"),
            ("AT&T INC 4.875 DUE 06-01-2044", "AT&T INC"),
            ("WACHOVIA 5.72806%VRN 15/5/43", "WACHOVIA"),
            ("MACYS RETAIL HLDGS INC COMPANY GUAR 01/22 3.875", "MACYS RETAIL HLDGS INC"),
            ("TRAFFORD CENTRE FIN LTD ASSET BACKED REGS 04/29 4.75", "TRAFFORD CENTRE FIN LTD"),
            ("BARCLAYS BANK PLC SUBORDINATED REGS 05/21 10", "BARCLAYS BANK PLC"),
            ("Aegis Asset Backed Securities Trust", "Aegis Asset Backed Securities Trust"),
            // Names that are none of it.
            ("OXENFORD HOUSE 13/15 MAGDALEN STREET", "OXENFORD HOUSE 13/15 MAGDALEN STREET"),
            ("Phillips 66 Co", "Phillips 66 Co"),
            ("Cafe24 Corp", "Cafe24 Corp"),
            ("Rapid7 Inc", "Rapid7 Inc"),
            ("American Homes 4 Rent", "American Homes 4 Rent"),
            ("Sunshine 100 China Holdings Ltd", "Sunshine 100 China Holdings Ltd"),
            ("JD.COM INC", "JD.COM INC"),
            ("Salesforce,Inc", "Salesforce,Inc"),
        ] {
            assert_eq!(issuer(description), name);
        }
    }

    proptest! {
        #[test]
        fn something_always_stays(text in "[A-Z]{2,8}( \\PC{0,8}){0,4}") {
            prop_assert!(issuer(&text).chars().any(char::is_alphabetic));
        }

        #[test]
        fn any_description_is_read(text in "\\PC{0,60}|[A-Z'`,.$%0-9/ -]{0,60}|('[AB]'| [yY]50| 1/2%| 4[.]5| 2030){0,30}") {
            issuer(&text);
        }
    }
}
