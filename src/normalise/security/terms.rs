//! Where the terms of a security begin: its class, its par value, its coupon, its maturity, in the shorthand of custodians.
//!
//! There is no standard for it. The words and shapes are those of the lists of holdings that funds of the Local Government Pension Scheme
//! in England and Wales publish, as four custodians write them, and of ISO 4217 for currencies.

/// A word of a description.
#[derive(Debug)]
pub(super) struct Word<'a> {
    /// As it stands.
    pub(super) raw: &'a str,
    /// Whether it stands right behind another, without a blank.
    pub(super) is_glued: bool,
    /// In lower case, without the brackets and points around it.
    lower: String,
}

impl<'a> Word<'a> {
    pub(super) fn new(raw: &'a str, is_glued: bool) -> Self {
        let trimmed =
            raw.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | '\'' | '"' | '.' | '\u{60}'));
        Self { raw, is_glued, lower: trimmed.to_lowercase() }
    }

    fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_str())
    }

    /// Whether it is a number, with or without decimals.
    fn is_number(&self) -> bool {
        self.lower.starts_with(|c: char| c.is_ascii_digit())
            && self.lower.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    }

    fn is_year(&self) -> bool {
        self.lower.len() == 4
            && (self.lower.starts_with("19") || self.lower.starts_with("20"))
            && self.is_number()
    }
}

/// Words that only terms of a security begin with.
#[rustfmt::skip]
const TERMS: [&str; 69] = [
    "ord", "ords", "npv", "adr", "adrs", "ads", "gdr", "gdrs", "gds", "sdr", "sdrs", "cdi", "nvdr", "spon", "spons", "sponsored", "pref", "prefs", "pfd", "cnv", "conv",
    "convertible", "callable", "frn", "fltg", "frb", "emtn", "mtn", "regs", "144a", "perp", "perpetual", "ptg", "ptc", "wts", "warrant", "warrants", "rts", "nil", "cum",
    "ptgc", "shs", "regd", "unsec", "unsecd", "secd", "subord", "snr", "sr", "fixed", "floating", "variable", "stapled", "depositary", "depository", "cert", "certs",
    "certificates", "npvi", "bds", "nts", "notes", "reg-s", "dep", "common", "cmn", "prf", "vtg", "w/i",
];

/// Currencies that par values are given in, by their codes of ISO 4217, and two that custodians write for one.
#[rustfmt::skip]
const CURRENCIES: [&str; 45] = [
    "gbp", "usd", "eur", "chf", "jpy", "cad", "aud", "hkd", "sek", "nok", "dkk", "sgd", "zar", "krw", "twd", "inr", "brl", "cny", "mxn", "myr", "thb", "idr",
    "php", "pln", "czk", "huf", "try", "rub", "ils", "nzd", "cnh", "clp", "cop", "egp", "pkr", "qar", "aed", "sar", "pgk", "kwd", "ars", "pen", "xaf", "stg", "eu",
];

/// Currencies of before 1999 by their codes, and as custodians abbreviate those of today: a par value only with a number behind them, at
/// the end of the description or before other terms.
#[rustfmt::skip]
const OLD_CURRENCIES: [&str; 39] = [
    "y", "yen", "jy", "frf", "ffr", "ff", "dem", "dm", "itl", "lit", "esp", "ptas", "nlg", "fl", "ats", "bef", "bfr", "fim", "fmk", "iep", "grd", "pte", "swf",
    "swfr", "sfr", "dkr", "dnkr", "skr", "swkr", "nkr", "nwkr", "rm", "rmb", "tb", "bht", "kw", "sa", "us", "r",
];

/// Whether terms begin with the first of these words.
pub(super) fn begin(words: &[Word<'_>]) -> bool {
    let [word, after @ ..] = words else { return false };
    begin_plainly(words)
        || is_old_par_value(&word.lower) && ends(after)
        || is_coupon_before(word, after)
        || is_month_and_rate(word, after)
        || is_quoted_class(word, after)
}

/// The same of terms that are told by two words at most.
fn begin_plainly(words: &[Word<'_>]) -> bool {
    let [word, after @ ..] = words else { return false };
    let next = after.first();
    let is_next = |is: &dyn Fn(&str) -> bool| next.is_some_and(|next| is(&next.lower));
    word.is(&TERMS)
        || word.lower.split_once('(').is_some_and(|(start, _)| TERMS.contains(&start))
        || is_par_value(&word.lower)
        || is_sum(word, next)
        || is_coupon(&word.lower)
        || is_maturity(&word.lower)
        || is_class(word, next)
        || is_common(word, next)
        || word.lower == "company" && is_next(&|next| next == "guar")
        || word.lower == "var" && is_next(&|next| next == "rt")
        || word.lower == "medium" && is_next(&|next| next == "term")
        || word.lower == "foreign" && is_next(&|next| next == "sh" || is_par_value(next))
        || word.lower == "sub" && is_next(&|next| next == "vtg")
        || word.lower == "non" && is_next(&|next| next.starts_with("vot") || next.starts_with("cum"))
}

/// Whether nothing more of the name follows.
fn ends(rest: &[Word<'_>]) -> bool {
    rest.first().is_none_or(|next| next.raw.starts_with('(') || is_old_par_value(&next.lower))
        || begin_plainly(rest)
}

/// The sort of bond that stands before its month and rate, as many words as it has: `TRAFFORD CENTRE FIN LTD ASSET BACKED 04/29 4.75`.
pub(super) fn sort_of_bond(words: &[Word<'_>]) -> usize {
    #[rustfmt::skip]
    const SORTS: [&[&str]; 9] = [
        &["asset", "backed"], &["mortgage", "bac"], &["mortgage", "backed"], &["1st", "mortgage"], &["first", "mortgage"],
        &["secured"], &["unsecured"], &["subordinated"], &["covered"],
    ];
    let is_last = |sort: &&&[&str]| {
        let from = words.len().checked_sub(sort.len()).filter(|from| *from > 0);
        let last = from.and_then(|from| words.get(from..)).unwrap_or_default();
        !last.is_empty() && last.iter().zip(**sort).all(|(word, of_sort)| word.lower == *of_sort)
    };
    SORTS.iter().find(is_last).map_or(0, |sort| sort.len())
}

/// Whether a description ends in a month and a rate.
pub(super) fn end_in_month_and_rate(words: &[Word<'_>]) -> bool {
    matches!(words, [.., month, rate] if is_month_and_rate(month, std::slice::from_ref(rate)))
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
}

/// `gbp0.25`, `usd1`, `chf0.1(regd)`, `us$0.01`, `25p`, `2.5p`, `ord5p`, and a currency alone.
fn is_par_value(word: &str) -> bool {
    let code = CURRENCIES.iter().find_map(|code| word.strip_prefix(code));
    let ordinary = word.strip_prefix("ord").is_some_and(begins_with_digit);
    let sign = word.find(['$', '£', '€', '¥']).and_then(|at| {
        // `US`, `A`, `HK`, `SIN` before the sign.
        let mut behind = word.get(at..)?.chars();
        behind.next();
        (at <= 3 && word.get(..at)?.bytes().all(|b| b.is_ascii_alphabetic())).then_some(behind.as_str())
    });
    ordinary
        || word.starts_with("npv")
        || code.is_some_and(|rest| begins_with_digit(rest) || rest.is_empty())
        || sign.is_some_and(|rest| rest.is_empty() || begins_with_digit(rest))
        || word.strip_suffix('p').is_some_and(|pence| {
            !pence.is_empty()
                && pence.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/'))
                && begins_with_digit(pence)
        })
}

/// Where a par value stands right behind a word: `CORPTWD10`, `INCUSD0.2`.
pub(super) fn par_value_behind(word: &str) -> Option<usize> {
    let sum = word.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let from = word.len().checked_sub(sum + CODE).filter(|from| *from > 1 && sum > 0)?;
    let code = word.get(from..from + CODE)?.to_ascii_lowercase();
    let is_plain = word.get(..from)?.bytes().all(|b| b.is_ascii_alphabetic());
    (is_plain && CURRENCIES.contains(&code.as_str())).then_some(from)
}

/// How many letters a code of ISO 4217 has.
const CODE: usize = 3;

/// `y50`, `ffr25`, `dnkr1000`; of one letter with two digits at least, or with a point.
fn is_old_par_value(word: &str) -> bool {
    let at = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    let (Some(code), Some(sum)) = (word.get(..at), word.get(at..)) else { return false };
    let is_sum =
        begins_with_digit(sum) && sum.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    is_sum && OLD_CURRENCIES.contains(&code) && (code.len() > 1 || sum.len() > 1)
}

/// `yen 50`, `28 101/108p`, `10 1/2%`, `1.25 %`.
fn is_sum(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let Some(next) = next else { return false };
    let is_fraction = || {
        let fraction = next.lower.trim_end_matches(['p', '%']);
        let parts = fraction.split_once('/').filter(|_| fraction.len() < next.lower.len());
        parts.is_some_and(|(above, below)| {
            [above, below].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        })
    };
    word.is_number() && (is_fraction() || next.raw == "%") || word.lower == "yen" && next.is_number()
}

/// `3.75%`, `4.000%`, `5.72806%vrn`.
fn is_coupon(word: &str) -> bool {
    let (rate, _) = word.split_once('%').unwrap_or_default();
    !rate.is_empty()
        && rate.starts_with(|c: char| c.is_ascii_digit())
        && rate.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// A coupon without its sign: `3.95 15/05/43`, `4.25 2032`, `3.875 15 jun 2027`, `4.875 due 2044`; and a par value without a currency, at
/// the end: `0.01`.
fn is_coupon_before(word: &Word<'_>, after: &[Word<'_>]) -> bool {
    if !word.is_number() {
        return false;
    }
    match after {
        [] => word.lower.starts_with("0."),
        [date, ..] if is_maturity(&date.lower) || date.lower == "due" => true,
        [year, rest @ ..] if word.lower.contains('.') && year.is_year() => ends(rest),
        [day, month, year, ..] => day.is_number() && is_month(&month.lower) && year.is_year(),
        _ => false,
    }
}

fn is_month(word: &str) -> bool {
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].contains(&word)
}

/// `26/6/17`, `01/22/2044`, `15-jun-2027`, also where terms stand right behind it: `07/08/17emtn`, `29/05/18144a`.
fn is_maturity(word: &str) -> bool {
    let mut parts = word.splitn(3, ['/', '-']);
    let (Some(day), Some(month), Some(year)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let is_number = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_year = is_number(year, 4) || {
        let terms = year.get(2..).filter(|_| year.get(..2).is_some_and(|digits| is_number(digits, 2)));
        terms.is_some_and(|terms| {
            terms.starts_with(|c: char| c.is_ascii_alphabetic())
                || ["144a", "49p"].iter().any(|known| terms.starts_with(known))
        })
    };
    is_number(day, 4) && is_year && (is_number(month, 4) || is_month(month))
}

/// `04/29 4.75` or `05/39 var` at the end.
fn is_month_and_rate(word: &Word<'_>, after: &[Word<'_>]) -> bool {
    let [rate] = after else { return false };
    let is_month = word.lower.split_once('/').is_some_and(|(month, year)| {
        year.len() == 2
            && year.bytes().all(|b| b.is_ascii_digit())
            && month.len() == 2
            && month.parse().is_ok_and(|month| (1..=12).contains(&month))
    });
    is_month && (rate.is_number() || rate.is(&["var", "frn", "flt"]))
}

const CLASSES: [&str; 5] = ["class", "cl", "cls", "ser", "series"];

/// `class a`, `cl b`, `series 2`, `cls 's'shs`, `ser'b'nok0.50`.
fn is_class(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let is_letter = |next: &&Word<'_>| {
        next.lower.len() <= 2
            || next.lower.starts_with(|c: char| c.is_ascii_digit())
            || quoted(next.raw).is_some()
    };
    (word.is(&CLASSES) || word.lower == "new-cl") && next.is_none_or(|next| is_letter(&next))
        || word
            .lower
            .find(QUOTES)
            .is_some_and(|at| word.lower.get(..at).is_some_and(|class| CLASSES.contains(&class)))
}

/// What may stand around the letter of a class.
pub(super) const QUOTES: [char; 4] = ['\'', '"', '\u{60}', '\u{2019}'];

/// What stands behind a quoted letter: nothing behind `'H'`, `CNY1` behind `'H'CNY1`.
pub(super) fn quoted(word: &str) -> Option<&str> {
    let rest = word.strip_prefix(QUOTES)?;
    let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase())?;
    rest.strip_prefix(QUOTES)
}

/// `'H'`, `'H'CNY1`, `'A'ORD`, if no more of the name follows: `INST 'A' UNITS` is the name of a fund.
fn is_quoted_class(word: &Word<'_>, after: &[Word<'_>]) -> bool {
    quoted(word.raw).is_some_and(|rest| is_empty_or_terms(rest) && (!rest.is_empty() || ends(after)))
}

/// Whether nothing stands there, or terms.
pub(super) fn is_empty_or_terms(text: &str) -> bool {
    text.is_empty() || begin_plainly(&[Word::new(text, true)])
}

/// `com npv`, `com us$1`, `com stk`, `com` at the end; `com hem` is a company.
fn is_common(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let Some(next) = next else {
        return word.is(&["com", "cap", "ordinary", "shares", "stock", "stk", "bearer", "registered"]);
    };
    let is_sum = || is_par_value(&next.lower) || is_old_par_value(&next.lower);
    if word.is(&["com", "cap"]) {
        next.is(&TERMS) || next.is(&["stk", "stock", "new"]) || next.is(&CLASSES) || is_sum()
    } else if word.is(&["ordinary", "shares", "stock", "stk", "bearer", "registered"]) {
        next.is(&["shares", "shs", "share", "stock"]) || is_sum()
    } else {
        false
    }
}
