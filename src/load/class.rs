//! What a name cell holds: a party, a person, a marker in a name's place, a total.
//!
//! Every rule looks at the whole cell. `REDACTED PERSONAL DATA` is a marker, `REDACTIVE EVENTS LTD` a company;
//! `Grand Total` a total, `TOTAL GAS & POWER LTD` a company.

use memchr::memchr2;
use smallvec::SmallVec;

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
    #[cfg(test)]
    JUDGED.set(JUDGED.get() + 1);
    let folded = fold(text);
    // Blanks are all that is left between words.
    let words: SmallVec<[&str; 12]> = folded.split_ascii_whitespace().collect();
    if words.is_empty() {
        return if is_masked(text) { Class::Redacted } else { Class::Blank };
    }
    if is_redacted(&words) || is_masked(text) {
        Class::Redacted
    } else if is_footer(text, &words) {
        Class::Total
    } else if is_total(&words) || !people && is_total_of_holdings(&words) {
        if words.len() == 1 { Class::TotalAlone } else { Class::Total }
    } else if people && is_person(text, &words) {
        Class::Person
    } else {
        Class::Party
    }
}

#[cfg(test)]
thread_local! {
    static JUDGED: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How many names this thread has judged.
#[cfg(test)]
pub(super) fn judged() -> u64 {
    JUDGED.get()
}

/// Whether the bytes of a name cell say `Total` and nothing else.
pub(super) fn is_total_alone(name: &[u8]) -> bool {
    let filling = |byte: &u8| !byte.is_ascii_alphanumeric();
    let start = name.iter().take_while(|byte| filling(byte)).count();
    let end = name.len() - name.iter().rev().take_while(|byte| filling(byte)).count();
    let word = name.get(start..end).unwrap_or_default();
    TOTALS.iter().any(|total| word.eq_ignore_ascii_case(total.as_bytes()))
}

/// The text in lower case, apostrophes and full stops inside words dropped, blanks for all else between them.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        let mut letters = text.to_ascii_lowercase().into_bytes();
        if memchr2(b'\'', b'.', &letters).is_some() {
            letters.retain(|byte| !matches!(byte, b'\'' | b'.'));
        }
        for byte in letters.iter_mut().filter(|byte| !byte.is_ascii_alphanumeric()) {
            *byte = b' ';
        }
        return String::from_utf8(letters).unwrap_or_default();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' | '’' | '.' => {}
            c if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => folded.push(' '),
        }
    }
    folded
}

/// Whether a word says that something was taken out.
fn says_taken_out(word: &str) -> bool {
    matches!(
        word,
        "redacted"
            | "redact"
            | "redaction"
            | "redacted1"
            | "withheld"
            | "anonymised"
            | "anonymized"
            | "confidential"
            | "confidentiality"
            | "undisclosed"
            | "suppressed"
            | "unpublished"
            | "obscured"
            | "gdpr"
    )
}

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

/// Whether one of them begins with this word, as few names do.
fn begins_marker(word: &str) -> bool {
    matches!(
        word,
        "personal" | "data" | "name" | "not" | "private" | "named" | "individual" | "exempt" | "sensitive"
    )
}

fn is_marker(words: &[&str]) -> bool {
    words.len() <= 4
        && words.first().is_some_and(|first| begins_marker(first))
        && MARKERS.contains(&words.join(" ").as_str())
}

fn is_redacted(words: &[&str]) -> bool {
    let marker = |word: &&str| {
        says_taken_out(word) || AROUND.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let says_so = words.iter().any(|word| says_taken_out(word));
    (says_so && words.iter().all(marker)) || is_marker(words)
}

/// `XXXXXX`, `*****`, `####`: a name blotted out.
fn is_masked(text: &str) -> bool {
    let text = text.trim();
    if !text.starts_with(['*', '#', '█', '■', 'x', 'X']) {
        return false;
    }
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

/// Words that stand alone before a total, or with what it sums up.
const TOTALS: [&str; 5] = ["total", "totals", "subtotal", "subtotals", "sum"];

fn is_total(words: &[&str]) -> bool {
    let [first, rest @ ..] = words else { return false };
    match *first {
        first if TOTALS.contains(&first) => {
            rest.iter().all(|word| SUMMED.contains(word) || is_month_or_number(word))
        }
        "grand" | "sub" | "overall" | "report" | "page" | "running" | "consolidated" => {
            matches!(rest.first(), Some(&("total" | "totals")))
        }
        _ => false,
    }
}

/// The words of a name, to compare it with others.
pub(super) fn fold_words(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whose sum `Orrinmoor Ltd Total` or `Subtotal Orrinmoor Ltd` would be; the quick look lets nearly every name pass.
pub(super) fn summed_up(name: &str) -> Option<String> {
    let starts = |start: &str| name.get(..start.len()).is_some_and(|word| word.eq_ignore_ascii_case(start));
    let end = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = |end_word: &str| {
        end.len()
            .checked_sub(end_word.len())
            .and_then(|at| end.get(at..))
            .is_some_and(|word| word.eq_ignore_ascii_case(end_word))
    };
    if !(ends("total") || ends("totals") || starts("sub") || starts("total ")) {
        return None;
    }
    let folded = fold_words(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let rest = match words.as_slice() {
        [rest @ .., sub, last] if TOTALS.contains(last) && *sub == "sub" => rest,
        [rest @ .., last] if TOTALS.contains(last) => rest,
        ["sub", "total" | "totals", "for" | "of", rest @ ..]
        | ["sub", "total" | "totals", rest @ ..]
        | ["subtotal" | "total", "for" | "of", rest @ ..]
        | ["subtotal", rest @ ..] => rest,
        _ => return None,
    };
    (!rest.is_empty()).then(|| rest.join(" "))
}

/// What a report prints below its rows or at the end of a page: `Page 1 of 2`, `Report run by PLAINJ at 10:11`,
/// `*** End of Report ***`, `Note: amounts exclude VAT`.
fn is_footer(text: &str, words: &[&str]) -> bool {
    if words.len() > 3 && words.windows(3).any(|three| three == ["open", "government", "licence"]) {
        return true;
    }
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let dated = || text.bytes().any(|byte| byte.is_ascii_digit());
    match words {
        ["end", "of", "report" | "file" | "data" | "list" | "extract" | "listing" | "document"]
        | ["end" | "report", "ends" | "end"] => true,
        ["page", one] => number(one),
        ["page", one, "of", all] => number(one) && number(all),
        ["report", "run" | "date" | "produced" | "generated" | "printed" | "created" | "id", ..]
        | [
            "run" | "printed" | "generated" | "produced" | "exported" | "extracted" | "created",
            "by" | "on" | "at" | "date" | "from",
            ..,
        ] => dated(),
        ["note" | "notes" | "source" | "disclaimer" | "footnote" | "caveat", _, _, _, ..] => {
            text.contains(':')
        }
        _ => false,
    }
}

/// Classes of assets and regions, which only a total in a list of holdings sums up: `Total` is also the name of companies.
#[rustfmt::skip]
const CLASSES: [&str; 48] = [
    "uk", "overseas", "global", "international", "european", "europe", "north", "america", "american", "us", "usa", "asia",
    "asian", "pacific", "japan", "japanese", "emerging", "markets", "developed", "world", "domestic", "foreign", "fixed",
    "income", "property", "private", "debt", "infrastructure", "alternatives", "alternative", "pooled", "funds", "unit",
    "trusts", "index", "linked", "gilts", "government", "corporate", "credit", "quoted", "unquoted", "listed", "unlisted",
    "stocks", "shares", "derivatives", "commodities",
];

/// `UK Equities` above the holdings of that class.
pub(super) fn is_heading(name: &str) -> bool {
    let folded = fold(name);
    let mut words = folded.split_whitespace();
    words.clone().next().is_some() && words.all(|word| CLASSES.contains(&word) || SUMMED.contains(&word))
}

/// `Total UK Equities`, where holdings are listed.
fn is_total_of_holdings(words: &[&str]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let summed = |word: &&str| SUMMED.contains(word) || CLASSES.contains(word) || is_month_or_number(word);
    TOTALS.contains(first) && rest.len() > 1 && rest.iter().all(summed)
}

fn is_month_or_number(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    word.bytes().all(|byte| byte.is_ascii_digit())
        || word.get(..3).is_some_and(|start| MONTHS.contains(&start))
}

/// Whether a word is a title that only people bear. `Sir`, `Lord`, `Lady`, `Master` are not among them: companies and schools are named so.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "miss"
            | "ms"
            | "mx"
            | "dr"
            | "prof"
            | "professor"
            | "rev"
            | "revd"
            | "cllr"
            | "councillor"
    )
}

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
    let title = |word: Option<&&str>| word.is_some_and(|word| is_title(word));
    let titled = title(words.first()) || title(words.last()) || (text.contains(',') && title(words.get(1)));
    if !titled {
        return false;
    }
    let couple = matches!(words, [first, "and", second, ..] if is_title(first) && is_title(second));
    let business = words.iter().any(|word| NO_PERSON.contains(word)) && !couple;
    !business && !names_an_organisation(text)
}

/// Whether a text reads as the title of a column that holds the field.
pub(super) fn is_header(field: Field, text: &str) -> bool {
    words::score(field, &words::split(text)) >= 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marker_may_be_asked_for() {
        for marker in MARKERS {
            assert_eq!(of(marker, true), Class::Redacted, "{marker}");
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_letters_are_folded_as_any_others(text in "[a-cA-C0-2 .',&_-]{0,12}") {
            // A letter that is not plain sends the rest the long way.
            let long = fold(&format!("{text} é"));
            proptest::prop_assert_eq!(fold(&text), long.trim_end_matches('é').strip_suffix(' ').unwrap());
        }
    }

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
        assert!(
            is_heading("UK Equities")
                && is_heading("Private Debt")
                && !is_heading("UK Gas plc")
                && !is_heading("")
        );
        assert_eq!(of("TOTAL", true), Class::TotalAlone);
        for text in ["Total UK Equities", "Total Overseas Fixed Income"] {
            assert_eq!((of(text, false), of(text, true)), (Class::Total, Class::Party), "{text}");
        }
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
    fn what_reports_print_below_their_rows_is_nobody() {
        for text in [
            "Page 1 of 2",
            "*** End of Report ***",
            "Report run by PLAINJ at 03/05/2026 10:11",
            "Printed on 3 May 2026",
            "Note: amounts exclude VAT where it is recovered",
        ] {
            assert_eq!(of(text, true), Class::Total, "{text}");
        }
        for text in [
            "Page Group plc",
            "Page 2 Page Books Ltd",
            "Report Printers Ltd",
            "Source Code Control Ltd",
            "Run By Us",
        ] {
            assert_eq!(of(text, true), Class::Party, "{text}");
        }
    }

    #[test]
    fn sums_of_one_party_name_it() {
        for text in [
            "Orrinmoor Ltd Total",
            "ORRINMOOR LTD - SUB-TOTAL:",
            "Subtotal for Orrinmoor Ltd",
            "Total of Orrinmoor Ltd",
        ] {
            assert_eq!(summed_up(text).as_deref(), Some("orrinmoor ltd"), "{text}");
        }
        for text in ["Orrinmoor Ltd", "Total Gas Ltd", "Subway", "Total"] {
            assert_eq!(summed_up(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_blank() {
        for text in ["", " ", "\u{a0}", "-", "."] {
            assert_eq!(of(text, true), Class::Blank, "{text:?}");
        }
    }
}
