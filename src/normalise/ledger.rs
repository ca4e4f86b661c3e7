//! What a ledger adds to a supplier's name, taken off and kept for the explanation.
//!
//! Finance systems have one text field for the name, and clerks put into it what has no field of its own: the supplier's
//! number, the account to be paid, how it is paid, that the record is closed. Taken off is only what no company bears:
//! marked notes (`*DO NOT USE*`), numbers of five digits and more, and fixed words for accounts, payment and
//! insolvency. `T/A` and `formerly` part two names of one party; both are kept.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memrchr_iter;
use smallvec::SmallVec;

use super::phrases::Phrases;

/// A ledger's string, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// The names, the legal one first; never empty unless the string is.
    pub names: Vec<String>,
    /// What was taken off, in the order of the string.
    pub cut: Vec<String>,
}

/// Takes off what the ledger added.
///
/// If nothing would be left, the string stands as it is: a name is never made empty.
///
/// # Examples
/// ```
/// use wharfinger::normalise::ledger;
/// let cleaned = ledger::clean("510072 Orrinmoor Ltd T/A Ruddlecombe Foods (GBP) - BACS");
/// assert_eq!(cleaned.names, ["Orrinmoor Ltd", "Ruddlecombe Foods"]);
/// assert_eq!(cleaned.cut, ["510072", "(GBP)", "- BACS"]);
/// ```
pub fn clean(raw: &str) -> Cleaned {
    let text = tidied(raw);
    if !may_hold_additions(&text) {
        return Cleaned { names: vec![text.into_owned()], cut: Vec::new() };
    }
    let mut cut = Vec::new();
    let mut rest = take_marked(&text, &mut cut);
    take_front(&mut rest, &mut cut);
    take_reference(&mut rest, &mut cut);
    let mut back = Vec::new();
    take_back(&mut rest, &mut back);
    cut.extend(back.into_iter().rev());
    let mut names = part(&rest, &mut cut);
    cut.sort_by_key(|note| text.find(note.as_str()));
    names.retain(|name| name.chars().any(char::is_alphabetic));
    if names.is_empty() {
        return Cleaned { names: vec![text.into_owned()], cut: Vec::new() };
    }
    Cleaned { names, cut }
}

/// The name itself, where it stands in the string as it is and alone; nearly every one does.
pub(crate) fn as_written(raw: &str) -> Option<&str> {
    (is_tidy(raw) && !may_hold_additions(raw)).then_some(raw)
}

/// Words with one blank between them.
fn tidied(raw: &str) -> Cow<'_, str> {
    if is_tidy(raw) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether a text is in visible characters of ASCII, with single blanks and none at its ends.
fn is_tidy(text: &str) -> bool {
    let mut before = b' ';
    let is_tidy = text.bytes().all(|byte| {
        let doubled = byte == b' ' && before == b' ';
        before = byte;
        !doubled && matches!(byte, b' '..=b'~')
    });
    is_tidy && before != b' '
}

/// The lengths at which ledgers cut names off.
const FIELD_LENGTHS: [usize; 6] = [30, 32, 35, 40, 48, 50];

/// Whether a name may have been cut off by the length of a ledger's field, so that its last word may be half a word.
pub fn may_be_cut_off(raw: &str) -> bool {
    let name = raw.trim();
    FIELD_LENGTHS.contains(&name.chars().count()) && name.ends_with(char::is_alphanumeric)
}

/// Words that stand in what ledgers add.
static HINTS: Phrases = Phrases::of(&[&[
    "bacs",
    "chaps",
    "gbp",
    "eur",
    "usd",
    "trading as",
    "trading name",
    " ta ",
    "formerly",
    "previously",
    "do not use",
    "dnu",
    "direct debit",
    "account",
    " acc ",
    "administration",
    "liquidation",
    "care of",
    "now known",
    " fka ",
    " dba ",
    "cheque",
]]);

/// A quick look that lets nearly every name pass untouched.
fn may_hold_additions(text: &str) -> bool {
    let is_mark = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'*' | b'(' | b'[' | b'/' | b'{' | b'#');
    text.bytes().any(is_mark) || HINTS.stand_in(text)
}

/// Words and phrases that are notes where brackets, stars or a dash mark them off.
#[rustfmt::skip]
const MARKED: [&str; 68] = [
    "gbp", "eur", "euro", "euros", "usd", "us dollars", "stg", "sterling", "bacs", "chaps", "cheque", "cheques", "chq", "dd", "direct debit", "direct debits",
    "bank transfer", "faster payment", "faster payments", "factored", "do not use", "don't use", "dont use", "dnu", "not in use", "closed", "old", "new",
    "old account", "new account", "inactive", "duplicate", "dup", "blocked", "on stop", "stop", "suspended", "ceased", "ceased trading", "dormant",
    "one off", "one-off", "one time", "one time supplier", "temp", "temporary", "sundry", "in administration", "in liquidation", "in receivership",
    "administration", "liquidation", "group a/c", "group ac", "a/c", "main a/c", "client a/c", "client account", "rent a/c", "general a/c", "p-card",
    "purchase card", "cis", "cis supplier", "sole trader", "use other", "dead", "deleted",
];

/// Phrases that are notes at the end of a name even where nothing marks them off.
#[rustfmt::skip]
const BARE: [&str; 40] = [
    "bacs", "chaps", "direct debit", "direct debits", "do not use", "don't use", "dont use", "dnu", "gbp", "(gbp)", "bacs payment", "bacs payments", "by bacs",
    "a/c", "general a/c", "client a/c", "main a/c", "rent a/c", "nonrent a/c", "receipts a/c", "income a/c", "office a/c", "deposit a/c", "current a/c",
    "no 1 a/c", "no 2 a/c", "no1 a/c", "no2 a/c", "no 1 account", "no 2 account", "client account", "office account", "general account", "rent account",
    "in administration", "in liquidation", "in receivership", "(in administration)", "- in administration", "hostel a/c",
];

fn is_note(inner: &str) -> bool {
    let inner = inner.trim().trim_matches(|c: char| matches!(c, '*' | '-' | ' ' | '.' | ':')).to_lowercase();
    MARKED.contains(&inner.as_str())
        || is_number(&inner)
        || is_account(&inner)
        || inner.starts_with("do not use")
        || inner.starts_with("use ") && has_digits(&inner, 3)
}

/// Whether a note is nothing but a number: a house's, a year's, an account's.
pub(super) fn is_bare_number(note: &str) -> bool {
    note.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.' | b' '))
}

/// A supplier's number: five digits and more, some with a letter or two in front (`S376170`, `VC-00123`).
fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let others = text
        .bytes()
        .filter(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'/' | b'.'))
        .count();
    others == 0 && digits >= 5 && letters <= 3
}

fn has_digits(text: &str, least: usize) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= least
}

/// `a/c 90702`, `acc no 123`, `account number 55`, `ref 1234`, `inv. 998`, `vendor 12`.
fn is_account(text: &str) -> bool {
    const HEADS: [&str; 14] = [
        "a/c",
        "ac",
        "acc",
        "acct",
        "account",
        "ref",
        "reference",
        "inv",
        "invoice",
        "supplier",
        "vendor",
        "cust",
        "customer",
        "sort",
    ];
    let mut words = text.split([' ', ':', '.', '#']).filter(|word| !word.is_empty());
    let Some(head) = words.next() else { return false };
    let rest: Vec<&str> =
        words.filter(|word| !matches!(*word, "no" | "number" | "num" | "code" | "id")).collect();
    HEADS.contains(&head)
        && rest.len() == 1
        && rest
            .iter()
            .all(|word| has_digits(word, 2) && word.bytes().filter(u8::is_ascii_alphabetic).count() <= 2)
}

/// Takes off what stands between stars or in brackets, where it is a note.
fn take_marked(text: &str, cut: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['(', '[', '{', '*']) {
        let (before, marked) = rest.split_at(at);
        out.push_str(before);
        let close = match marked.as_bytes().first() {
            Some(b'(') => ')',
            Some(b'[') => ']',
            Some(b'{') => '}',
            _ => '*',
        };
        let stars = marked.len() - marked.trim_start_matches('*').len();
        let inner_from = stars.max(1);
        let end = marked.get(inner_from..).and_then(|inner| inner.find(close)).map(|end| inner_from + end);
        let closed = end.map(|end| {
            let after = marked.get(end..).unwrap_or_default();
            let run = if close == '*' { after.len() - after.trim_start_matches('*').len() } else { 1 };
            (end, end + run)
        });
        match closed {
            Some((end, after)) if is_note(marked.get(inner_from..end).unwrap_or_default()) => {
                cut.push(marked.get(..after).unwrap_or_default().to_owned());
                out.push(' ');
                rest = marked.get(after..).unwrap_or_default();
            }
            // `PAYPAL *NAME`: the processor of a card payment, then who was paid.
            None if close == '*' && is_processor(&out) => {
                cut.push(format!("{}{}", out.trim_start(), marked.get(..inner_from).unwrap_or_default()));
                out.clear();
                rest = marked.get(inner_from..).unwrap_or_default();
            }
            // A star alone marks a note at one end: `DO NOT USE* NAME`, `NAME *CLOSED`.
            None if close == '*' && is_note(&out) => {
                cut.push(format!("{}{}", out.trim(), marked.get(..inner_from).unwrap_or_default()));
                out.clear();
                rest = marked.get(inner_from..).unwrap_or_default();
            }
            None if close == '*' && is_note(marked) => {
                cut.push(marked.trim().to_owned());
                rest = "";
            }
            // `NAME ****6820`, `NAME*1f3vi1rl5 Am`: what a bank shows of an account, and the number of a card payment.
            None if close == '*' && is_code_behind_stars(marked) && has_letters(&out) => {
                cut.push(marked.trim().to_owned());
                rest = "";
            }
            _ => {
                // Stars never belong to a name, brackets do.
                let keep = if close == '*' { " " } else { marked.get(..1).unwrap_or_default() };
                out.push_str(keep);
                rest = marked.get(inner_from..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a code stands right behind stars: digits behind several, or letters and digits in one.
fn is_code_behind_stars(marked: &str) -> bool {
    let text = marked.trim_start_matches('*');
    let code = text.split(' ').next().unwrap_or_default();
    let stars = marked.len() - text.len();
    let is_masked = stars > 1 && has_digits(code, 2) && code.bytes().all(|byte| byte.is_ascii_digit());
    is_masked
        || code.len() >= 6
            && has_digits(code, 1)
            && (has_digits(code, 5) || code.bytes().any(|byte| byte.is_ascii_alphabetic()))
}

/// Whether a text could be a name at all.
fn has_letters(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

fn is_processor(before: &str) -> bool {
    const PROCESSORS: [&str; 12] = [
        "paypal",
        "sumup",
        "sq",
        "zettle",
        "izettle",
        "iz",
        "stripe",
        "sp",
        "gocardless",
        "worldpay",
        "eb",
        "crv",
    ];
    PROCESSORS.contains(&before.trim().trim_end_matches(['_', '-']).to_lowercase().as_str())
}

/// Takes a supplier's number off the front: `510072 NAME`, `S12345 - NAME`, `NHS000036L01 : NAME`, `* NAME`.
fn take_front(rest: &mut String, cut: &mut Vec<String>) {
    let Some((first, after)) = rest.split_once(' ') else { return };
    let divided = after.trim_start().starts_with([':', '-', '–', '|']);
    let code = first.trim_end_matches(':');
    let coded = is_number(code) || (divided || first.ends_with(':')) && is_code(code);
    let after = after.trim_start_matches([' ', ':', '-', '–', '|']);
    if coded && after.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
        cut.push(code.to_owned());
        *rest = after.to_owned();
    }
}

/// Takes a customer's number off with all behind it, where a dash or a colon parts it from the name: `EDF - 5946759290 - Unmetered Supply`.
fn take_reference(rest: &mut String, cut: &mut Vec<String>) {
    let begins = |(at, mark): (usize, &str)| {
        let (before, behind) = (rest.get(..at)?, rest.get(at + mark.len()..)?);
        let is_apart = mark == ":" || before.ends_with(' ');
        let number = behind.trim_start().split(' ').next()?;
        (is_apart && has_letters(before) && is_number(number) && has_digits(number, 6)).then_some(at)
    };
    let Some(at) = rest.match_indices(['-', '–', ':']).find_map(begins) else { return };
    cut.push(rest.get(at..).unwrap_or_default().trim().to_owned());
    rest.truncate(at);
    rest.truncate(rest.trim_end().len());
}

/// A code before a colon or dash: letters and digits in one, with at least three digits.
fn is_code(text: &str) -> bool {
    has_digits(text, 3) && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

/// Takes notes off the end, one after the other; `cut` then has them from the last to the first.
fn take_back(rest: &mut String, cut: &mut Vec<String>) {
    while let Some(at) = tail(rest) {
        let note = rest.get(at..).unwrap_or_default().trim().to_owned();
        let kept = rest.get(..at).unwrap_or_default().trim_end_matches([' ', ',', ';']).to_owned();
        if note.is_empty() || is_note(&kept) || !kept.chars().any(char::is_alphabetic) {
            return;
        }
        cut.push(note);
        *rest = kept;
    }
}

/// Where the last note begins, if the text ends in one: at most five words.
fn tail(text: &str) -> Option<usize> {
    // Small letters of ASCII stand where the capitals stood; of others there may be more.
    let lower = text.is_ascii().then(|| text.to_ascii_lowercase());
    let mut starts: SmallVec<[usize; 5]> = memrchr_iter(b' ', text.as_bytes()).take(5).collect();
    starts.reverse();
    starts.into_iter().find(|start| match &lower {
        Some(lower) => lower.get(start + 1..).is_some_and(is_note_at_end),
        None => text.get(start + 1..).is_some_and(|note| is_note_at_end(&note.to_lowercase())),
    })
}

fn is_note_at_end(note: &str) -> bool {
    let dashed = note.strip_prefix(['-', '–', '/', '#', ':']).map(str::trim_start);
    dashed.is_some_and(|note| is_note(note) || is_cross_reference(note))
        || BARE.contains(&note)
        || is_account(note)
        || is_number_at_end(note)
        || is_day_and_batch(note)
}

/// `use 12345`, `see supplier 12345`.
fn is_cross_reference(note: &str) -> bool {
    (note.starts_with("use ") || note.starts_with("see ")) && has_digits(note, 3)
}

/// Numbers of five and more digits with nothing else; fewer may be a street, a year or part of the name.
fn is_number_at_end(note: &str) -> bool {
    note.len() >= 5 && note.bytes().all(|byte| byte.is_ascii_digit())
}

/// The day and the batch of a card payment: `PITNEY BOWES 091225 2`.
fn is_day_and_batch(note: &str) -> bool {
    let is_all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    note.split_once(' ').is_some_and(|(day, batch)| {
        day.len() == 6 && (1..=2).contains(&batch.len()) && is_all_digits(day) && is_all_digits(batch)
    })
}

/// Words between two names of one party, and before one who only receives its post.
const TRADING: [&str; 11] = [
    " t/a ",
    " t/as ",
    " t/a: ",
    " ta/ ",
    " trading as ",
    " trading name ",
    " t.a. ",
    " d/b/a ",
    " dba ",
    " formerly known as ",
    " now known as ",
];
const FORMER: [&str; 6] = ["formerly ", "formally ", "previously ", "fka ", "f/k/a ", "was "];
const CARE_OF: [&str; 4] = [" c/o ", " care of ", " c/- ", " per pro "];
static PARTING: Phrases = Phrases::of(&[&TRADING, &CARE_OF]);

/// Parts the names of one party; who only receives its post is taken off.
fn part(text: &str, cut: &mut Vec<String>) -> Vec<String> {
    if !text.contains('(') && !PARTING.stand_in(text) {
        let name = trimmed(text);
        return if name.is_empty() { Vec::new() } else { vec![name.to_owned()] };
    }
    let mut text = text.to_owned();
    if let Some((at, _)) = find_any(&text, &CARE_OF_FINDER) {
        let (kept, post) = text.split_at(at);
        if kept.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
            cut.push(post.trim().to_owned());
            text = kept.to_owned();
        }
    }
    let mut names = Vec::new();
    let mut rest = bracketed_name(&text, &mut names);
    while let Some((at, length)) = find_any(&rest, &TRADING_FINDER) {
        let (before, after) = rest.split_at(at);
        names.push(before.to_owned());
        rest = String::from(after.get(length..).unwrap_or_default());
    }
    // The names before a bracket come first, however they were found.
    let bracketed: Vec<String> = std::mem::take(&mut names);
    let (inner, outer): (Vec<_>, Vec<_>) = bracketed.into_iter().partition(|name| name.starts_with('\u{1}'));
    outer
        .into_iter()
        .chain([rest])
        .chain(inner)
        .map(|name| trimmed(&name).to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// A name without what parted it from others.
fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{1}' | '-' | ',' | ';' | ':' | '–'))
}

/// Takes `(t/a NAME)` and `(formerly NAME)` out as a name of its own, marked by a leading control character.
fn bracketed_name(text: &str, names: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('(') {
        let (before, bracket) = rest.split_at(at);
        let end = bracket.find(')').unwrap_or(bracket.len());
        let inner = bracket.get(1..end).unwrap_or_default().trim();
        let lower = format!("{} ", inner.to_ascii_lowercase());
        let trading =
            TRADING.iter().map(|word| word.trim_start()).chain(FORMER).find(|word| lower.starts_with(word));
        out.push_str(before);
        match trading {
            Some(word) if inner.len() > word.len() => {
                names.push(format!("\u{1}{}", inner.get(word.len()..).unwrap_or_default()));
            }
            _ => out.push_str(bracket.get(..(end + 1).min(bracket.len())).unwrap_or_default()),
        }
        rest = bracket.get((end + 1).min(bracket.len())..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Finds the first of some words, the longest of those that begin together.
type Finder = LazyLock<Option<AhoCorasick>>;

static TRADING_FINDER: Finder = LazyLock::new(|| finder(&TRADING));
static CARE_OF_FINDER: Finder = LazyLock::new(|| finder(&CARE_OF));

fn finder(words: &[&str]) -> Option<AhoCorasick> {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(words).ok()
}

/// Where the first of the words stands, case apart, and how long it is.
fn find_any(text: &str, finder: &Finder) -> Option<(usize, usize)> {
    let found = finder.as_ref()?.find(text)?;
    Some((found.start(), found.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn additions_are_taken_off_and_kept() {
        let cases: [(&str, &[&str], &[&str]); 37] = [
            ("CIMEX IBERICA A/C 90702", &["CIMEX IBERICA"], &["A/C 90702"]),
            ("Elco Ltd. A/C 87736", &["Elco Ltd."], &["A/C 87736"]),
            ("MOTOROLA SOLUTIONS, INC. - BACS", &["MOTOROLA SOLUTIONS, INC."], &["- BACS"]),
            (
                "*DO NOT USE* Forensic Genomics International",
                &["Forensic Genomics International"],
                &["*DO NOT USE*"],
            ),
            ("DO NOT USE* ADOPT & FOSTERING", &["ADOPT & FOSTERING"], &["DO NOT USE*"]),
            ("510072 SHREE ENTERPRISES", &["SHREE ENTERPRISES"], &["510072"]),
            ("NHS000036L01 : NHS South West London CCG", &["NHS South West London CCG"], &["NHS000036L01"]),
            ("S376170 - Tessaryk Guides", &["Tessaryk Guides"], &["S376170"]),
            ("Orrinmoor Ltd (GBP)", &["Orrinmoor Ltd"], &["(GBP)"]),
            ("HM Revenue & Customs (Direct Debit)", &["HM Revenue & Customs"], &["(Direct Debit)"]),
            (
                "WEST OXFORDSHIRE DISTRICT COUNCIL GENERAL A/C",
                &["WEST OXFORDSHIRE DISTRICT COUNCIL"],
                &["GENERAL A/C"],
            ),
            ("WHITE HOUSE (IN ADMINISTRATION)", &["WHITE HOUSE"], &["(IN ADMINISTRATION)"]),
            ("Timberpak Limited C/O Egger Uk", &["Timberpak Limited"], &["C/O Egger Uk"]),
            ("British Steel Ltd t/a British Steel", &["British Steel Ltd", "British Steel"], &[]),
            ("MEDIAEDGE:CIA UK LTD T/A MEC:ACTIVE", &["MEDIAEDGE:CIA UK LTD", "MEC:ACTIVE"], &[]),
            (
                "TENNANT UK LTD (FORMERLY APPLIED SWEEPERS LTD)",
                &["TENNANT UK LTD", "APPLIED SWEEPERS LTD"],
                &[],
            ),
            (
                "DENNIS EAGLE LIMITED (t/a Terberg Matec UK)",
                &["DENNIS EAGLE LIMITED", "Terberg Matec UK"],
                &[],
            ),
            ("Paypal *ff Cic", &["ff Cic"], &["Paypal *"]),
            ("Orrinmoor Ltd - USE 10234", &["Orrinmoor Ltd"], &["- USE 10234"]),
            ("Orrinmoor Ltd **CLOSED**", &["Orrinmoor Ltd"], &["**CLOSED**"]),
            ("Orrinmoor Ltd (EUR) - BACS 4455667", &["Orrinmoor Ltd"], &["(EUR)", "- BACS", "4455667"]),
            ("Hotel [100234]", &["Hotel"], &["[100234]"]),
            ("LUCK MARTIN GROUP ****6820", &["LUCK MARTIN GROUP"], &["****6820"]),
            ("Amazon.Co.Uk*1f3vi1rl5 Am", &["Amazon.Co.Uk"], &["*1f3vi1rl5 Am"]),
            ("facebk *hbfeb6cgk2", &["facebk"], &["*hbfeb6cgk2"]),
            ("Google *cloud_010854-5", &["Google"], &["*cloud_010854-5"]),
            ("Amz*netro Enterprise", &["Amz netro Enterprise"], &[]),
            ("SOUTH WEST WATER ***BUSINESS***", &["SOUTH WEST WATER BUSINESS"], &[]),
            ("PITNEY BOWES LIM 091225 2", &["PITNEY BOWES LIM"], &["091225 2"]),
            ("EDF - 5946759290 - Unmetered Supply", &["EDF"], &["- 5946759290 - Unmetered Supply"]),
            ("SEFE Energy -100041428 - Consolidated", &["SEFE Energy"], &["-100041428 - Consolidated"]),
            ("LONDON BOROUGH OF SOUTHWARK:69728500", &["LONDON BOROUGH OF SOUTHWARK"], &[":69728500"]),
            ("HMRC - 475/RA62835 AC13 Brooksbank", &["HMRC"], &["- 475/RA62835 AC13 Brooksbank"]),
            ("Crown Gas Ltd - P002258 Theatre", &["Crown Gas Ltd"], &["- P002258 Theatre"]),
            ("A/C 90702", &["A/C 90702"], &[]),
            ("*DO NOT USE*", &["*DO NOT USE*"], &[]),
            ("", &[""], &[]),
        ];
        for (raw, names, cut) in cases {
            let cleaned = clean(raw);
            assert_eq!(cleaned.names, names, "{raw}");
            assert_eq!(cleaned.cut, cut, "{raw}");
        }
    }

    #[test]
    fn what_companies_bear_stays() {
        for name in [
            "416 MANCHESTER ROAD",
            "2 Works TM Ltd",
            "3I GROUP",
            "10028890",
            "VEOLIA ES (UK) LTD",
            "Bank of China (Hong Kong) Limited",
            "CLOSED LOOP RECYCLING",
            "Network 23",
            "The Old Bank",
            "New Account Films",
            "FRANK HIRTH (OLD STREET) LTD",
            "Steel-Works 1999 Ltd",
            "Care of the Elderly Trust",
            "AC Motors",
            "Orrinmoor (Midlands) Ltd",
            "U+I Group",
            "WASH & GO 24/7 LTD",
            "Company 4 U",
            "Factory 51",
        ] {
            assert_eq!(clean(name), Cleaned { names: vec![name.to_owned()], cut: Vec::new() }, "{name}");
        }
    }

    #[test]
    fn names_of_field_length_may_be_cut_off() {
        assert!(may_be_cut_off("SSP CARE SERVICES T/A COMMUNITY CARE SER"));
        assert!(
            !may_be_cut_off("SSP CARE SERVICES")
                && !may_be_cut_off("SSP CARE SERVICES T/A COMMUNITY CARE SE.")
        );
    }

    proptest! {
        #[test]
        fn no_name_is_ever_lost(raw in "\\PC{0,40}") {
            let cleaned = clean(&raw);
            prop_assert!(!cleaned.names.is_empty());
            if raw.chars().any(char::is_alphabetic) {
                prop_assert!(cleaned.names.iter().any(|name| name.chars().any(char::is_alphabetic)));
            }
        }
    }
}
