//! What a name cell holds: a party, a person, a marker in a name's place, a total.
//!
//! Every rule looks at the whole cell. `REDACTED PERSONAL DATA` is a marker, `REDACTIVE EVENTS LTD` a company;
//! `Grand Total` a total, `TOTAL GAS & POWER LTD` a company.

use super::Field;
use super::stats::names_an_organisation;
use super::words;

/// What a name cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    /// A name to be screened.
    Party,
    /// The name of a natural person.
    Person,
    /// A marker that the publisher put in a name's place.
    Redacted,
    /// Nothing.
    Blank,
    /// A total or a repeated header.
    Total,
    /// `Total` alone, which is a total unless the row says more.
    TotalAlone,
}

/// Judges the text of a name cell; `people` says whether natural persons may stand here (not in holdings).
pub(super) fn of(text: &str, people: bool) -> Class {
    let words = fold(text);
    if words.is_empty() {
        return if is_masked(text) { Class::Redacted } else { Class::Blank };
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if is_redacted(&words) || is_masked(text) {
        Class::Redacted
    } else if is_total(&words) {
        if words.len() == 1 { Class::TotalAlone } else { Class::Total }
    } else if people && is_person(text, &words) {
        Class::Person
    } else {
        Class::Party
    }
}

/// Lower-case words, apostrophes and full stops inside them dropped.
fn fold(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['\'', '’', '.'], "");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Words that say that something was taken out.
const TAKEN_OUT: [&str; 14] = [
    "redacted",
    "redact",
    "redaction",
    "redacted1",
    "withheld",
    "anonymised",
    "anonymized",
    "confidential",
    "confidentiality",
    "undisclosed",
    "suppressed",
    "unpublished",
    "obscured",
    "gdpr",
];

/// Words that stand around them.
const AROUND: [&str; 66] = [
    "personal",
    "data",
    "information",
    "info",
    "under",
    "dp",
    "dpa",
    "act",
    "commercial",
    "commercially",
    "name",
    "names",
    "supplier",
    "payee",
    "vendor",
    "individual",
    "individuals",
    "the",
    "of",
    "due",
    "to",
    "for",
    "reason",
    "reasons",
    "foi",
    "foia",
    "section",
    "s40",
    "s43",
    "protection",
    "by",
    "and",
    "or",
    "removed",
    "details",
    "detail",
    "private",
    "sensitive",
    "sensitivity",
    "exemption",
    "exempt",
    "in",
    "line",
    "with",
    "third",
    "party",
    "payment",
    "payments",
    "customer",
    "client",
    "person",
    "persons",
    "identifiable",
    "identity",
    "beneficiary",
    "creditor",
    "not",
    "disclosed",
    "a",
    "is",
    "on",
    "grounds",
    "council",
    "policy",
    "regulation",
    "content",
];

/// Whole phrases that are markers without one of those words.
const MARKERS: [&str; 14] = [
    "personal data",
    "personal information",
    "personal details",
    "data protection",
    "data protection act",
    "name removed",
    "name not disclosed",
    "not disclosed",
    "private individual",
    "private individuals",
    "named individual",
    "individual name removed",
    "exempt information",
    "sensitive data",
];

fn is_redacted(words: &[&str]) -> bool {
    let marker = |word: &&str| {
        TAKEN_OUT.contains(word) || AROUND.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let says_so = words.iter().any(|word| TAKEN_OUT.contains(word));
    (says_so && words.iter().all(marker)) || (words.len() <= 4 && MARKERS.contains(&words.join(" ").as_str()))
}

/// `XXXXXX`, `*****`, `####`: a name blotted out.
fn is_masked(text: &str) -> bool {
    let text = text.trim();
    let blot = |c: char| matches!(c, '*' | '#' | '█' | '■');
    text.chars().count() >= 3
        && (text.chars().all(|c| blot(c) || c == ' ')
            || text.chars().all(|c| matches!(c, 'x' | 'X' | ' ')) && text.len() >= 4)
}

/// What is summed up in a total row.
const SUMMED: [&str; 44] = [
    "for",
    "of",
    "the",
    "spend",
    "spent",
    "expenditure",
    "payments",
    "payment",
    "value",
    "amount",
    "amounts",
    "paid",
    "holdings",
    "assets",
    "investments",
    "fund",
    "portfolio",
    "net",
    "market",
    "equities",
    "equity",
    "bonds",
    "cash",
    "gbp",
    "all",
    "suppliers",
    "supplier",
    "invoices",
    "invoice",
    "month",
    "period",
    "year",
    "report",
    "page",
    "sheet",
    "and",
    "above",
    "over",
    "500",
    "250",
    "transactions",
    "records",
    "rows",
    "overall",
];

fn is_total(words: &[&str]) -> bool {
    let [first, rest @ ..] = words else { return false };
    match *first {
        "total" | "totals" | "subtotal" | "subtotals" | "sum" => {
            rest.iter().all(|word| SUMMED.contains(word) || is_month_or_number(word))
        }
        "grand" | "sub" | "overall" | "report" | "page" | "running" => {
            matches!(rest.first(), Some(&("total" | "totals")))
        }
        _ => false,
    }
}

fn is_month_or_number(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    word.bytes().all(|byte| byte.is_ascii_digit())
        || word.get(..3).is_some_and(|start| MONTHS.contains(&start))
}

/// Titles that only people bear. `Sir`, `Lord`, `Lady`, `Master` are not among them: companies and schools are named so.
const TITLES: [&str; 12] =
    ["mr", "mrs", "miss", "ms", "mx", "dr", "prof", "professor", "rev", "revd", "cllr", "councillor"];

/// Words that no person's name has, beyond those of [`names_an_organisation`].
const NO_PERSON: [&str; 40] = [
    "and",
    "the",
    "of",
    "for",
    "ta",
    "trading",
    "shop",
    "stores",
    "surgery",
    "practice",
    "partners",
    "martens",
    "pepper",
    "labs",
    "laboratories",
    "cleaning",
    "taxis",
    "taxi",
    "cars",
    "garage",
    "brothers",
    "bros",
    "associates",
    "design",
    "designs",
    "music",
    "farm",
    "farms",
    "nursery",
    "team",
    "works",
    "building",
    "builders",
    "electrical",
    "plumbing",
    "catering",
    "cafe",
    "pizza",
    "products",
    "selfridge",
];

/// A natural person: two to five words without digits, a title in front (`Mr J Plainname`), at the end
/// (`Plainname J Mr`) or after the comma (`Plainname, Mrs J`), and no word of companies among them.
fn is_person(text: &str, words: &[&str]) -> bool {
    if !(2..=5).contains(&words.len()) || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let title = |word: Option<&&str>| word.is_some_and(|word| TITLES.contains(word));
    let titled = title(words.first()) || title(words.last()) || (text.contains(',') && title(words.get(1)));
    let couple =
        matches!(words, [first, "and", second, ..] if TITLES.contains(first) && TITLES.contains(second));
    let business = words.iter().any(|word| NO_PERSON.contains(word)) && !couple;
    titled && !business && !names_an_organisation(text)
}

/// Whether a text reads as the title of a column that holds the field.
pub(super) fn is_header(field: Field, text: &str) -> bool {
    words::score(field, &words::split(text)) >= 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_whole_phrases() {
        for text in [
            "REDACTED PERSONAL DATA",
            "REDACTED UNDER DP ACT",
            "Redacted Data",
            "REDACTED COMMERCIAL CONFIDENTIALITY",
            "Redacted Data Data",
            "Redacted personal information",
            "redacted",
            "Name Withheld",
            "REDACTED - Personal Data",
            "Personal Data",
            "*****",
            "XXXXXXX",
            "Redacted (Data Protection Act 2018)",
            "Commercial Confidentiality",
            "REDACTED 1234",
        ] {
            assert_eq!(of(text, true), Class::Redacted, "{text}");
        }
        for text in [
            "REDACTIVE EVENTS LTD",
            "Redactive Publishing Ltd",
            "PLACES FOR PEOPLE INDIVIDUAL SUPPORT(SP)",
            "FIREBIRD DATA PROTECTION",
            "Confidential Shredding Ltd",
            "XXX Couriers",
        ] {
            assert_eq!(of(text, true), Class::Party, "{text}");
        }
    }

    #[test]
    fn totals_are_told_from_companies() {
        for text in [
            "Grand Total",
            "Sub-total",
            "TOTAL FOR MARCH 2024",
            "Total Expenditure",
            "Totals:  ",
            "Sum:",
            "Total Fund",
            "Total payments over £500",
        ] {
            assert!(matches!(of(text, true), Class::Total | Class::TotalAlone), "{text}");
        }
        assert_eq!(of("TOTAL", true), Class::TotalAlone);
        for text in [
            "TOTAL SA",
            "Total Gas & Power Ltd",
            "TOTAL HYGIENE",
            "Various - Total Expenses",
            "Summit Foods",
            "Grand Hotel",
        ] {
            assert_eq!(of(text, true), Class::Party, "{text}");
        }
    }

    #[test]
    fn people_have_a_title_and_companies_their_words() {
        for text in [
            "Mr J Plainname",
            "MRS A B PLAINNAME",
            "Dr. Plainname",
            "Plainname J Mr",
            "Plainname, Mrs Joan",
            "Mr & Mrs Plainname",
            "Prof. Q. Plainname-Twice",
        ] {
            assert_eq!(of(text, true), Class::Person, "{text}");
        }
        for text in [
            "Dr Martens Ltd",
            "MS Society",
            "Mr Tyre Limited",
            "Dr Plainname Surgery",
            "Plainname",
            "Mr",
            "Miss Selfridge",
            "Sir Plainname Homes",
        ] {
            assert_eq!(of(text, true), Class::Party, "{text}");
        }
        assert_eq!(of("Dr Plainname", false), Class::Party);
    }

    #[test]
    fn nothing_is_blank() {
        for text in ["", " ", "\u{a0}", "-", "."] {
            assert_eq!(of(text, true), Class::Blank, "{text:?}");
        }
    }
}
