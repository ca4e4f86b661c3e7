//! Sums of money as finance systems write them, as exact decimals.
//!
//! Read are `1,234.56`, `£322.50`, `(1,265.13)`, `106,392.99-`, `-£5`, `1 234,50`, `1.234,56`, `6.82E-13`, `GBP 5`,
//! `5 CR`, `£2.5m`, a lone dash as nil, and a currency sign that a converter lost. Bytes, not text, come in, so that
//! cells need not be decoded.

use rust_decimal::Decimal;

use crate::record::Currency;

/// What an amount cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing: blank, `n/a`, `tbc`.
    Blank,
    /// A sum, with the currency if the cell names one.
    Sum(Decimal, Option<Currency>),
    /// Something else.
    Unreadable,
}

/// Whether a column writes its decimals after a comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Decimals {
    /// `1,234.56`
    #[default]
    Point,
    /// `1.234,56`
    Comma,
}

/// Reads an amount.
pub(super) fn read(cell: &[u8], decimals: Decimals) -> Reading {
    if let Some((sum, currency)) = read_common(cell, decimals) {
        return Reading::Sum(sum, currency);
    }
    match read_written(cell, decimals) {
        // `1234.56` in a column of decimal commas has no other meaning.
        Reading::Unreadable if decimals == Decimals::Comma => read_common(cell, Decimals::Point)
            .map_or(Reading::Unreadable, |(sum, currency)| Reading::Sum(sum, currency)),
        reading => reading,
    }
}

/// The common forms, read without allocating: `-1234.56`, ` £1,234.56 `, `(1,234.56)`, `1,234.56-`, of at most 18
/// digits. `None` for everything else, which may be an amount all the same.
fn read_common(cell: &[u8], decimals: Decimals) -> Option<(Decimal, Option<Currency>)> {
    let (digits, negative) = minus(cell);
    if let Some(number) = read_plain(digits, decimals) {
        return Some((if negative { -number } else { number }, None));
    }
    let text = cell.trim_ascii();
    let (text, bracketed) = match text {
        [b'(', inner @ .., b')'] => (inner, true),
        _ => (text, false),
    };
    let (text, before) = minus(text);
    let (text, currency) = match text {
        [0xc2, 0xa3, rest @ ..] | [0xa3, rest @ ..] => (rest, Some(Currency::GBP)),
        _ => (text, None),
    };
    let (text, inside) = minus(text);
    let (text, behind) = match text {
        [rest @ .., b'-'] => (rest, true),
        _ => (text, false),
    };
    let signs = [bracketed, before, inside, behind].into_iter().filter(|sign| *sign).count();
    let number = read_digits_fast(text, decimals).filter(|_| signs <= 1)?;
    Some((if signs == 1 { -number } else { number }, currency))
}

fn minus(text: &[u8]) -> (&[u8], bool) {
    text.strip_prefix(b"-").map_or((text, false), |rest| (rest, true))
}

/// Digits with at most one decimal mark and nothing else, as most programs write them.
fn read_plain(text: &[u8], decimals: Decimals) -> Option<Decimal> {
    let point = match decimals {
        Decimals::Point => b'.',
        Decimals::Comma => b',',
    };
    let (mut number, mut mark) = (0_i64, None);
    if text.len() > 18 {
        return None;
    }
    for (at, byte) in text.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            // Eighteen digits fit, so that no step need be looked at: there is one for every digit of every row.
            number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
        } else if *byte == point && mark.is_none() {
            mark = Some(at);
        } else {
            return None;
        }
    }
    let places = mark.map_or(0, |mark| text.len() - 1 - mark);
    let digits = text.len() - usize::from(mark.is_some());
    (digits > 0).then(|| Decimal::new(number, u32::try_from(places).unwrap_or(0)))
}

/// Digits with at most one decimal mark, thousands in groups of three.
fn read_digits_fast(text: &[u8], decimals: Decimals) -> Option<Decimal> {
    let (point, thousands) = match decimals {
        Decimals::Point => (b'.', b','),
        Decimals::Comma => (b',', b'.'),
    };
    let (mut number, mut digits) = (0_i64, 0_u32);
    let (mut places, mut group) = (None::<u32>, None::<u32>);
    for byte in text {
        if byte.is_ascii_digit() {
            if digits == 18 {
                return None;
            }
            number = number * 10 + i64::from(byte - b'0');
            digits += 1;
            places = places.map(|places| places + 1);
            group = group.map(|group| group + 1);
        } else if *byte == point && places.is_none() && group.is_none_or(|group| group == 3) {
            places = Some(0);
            group = None;
        } else if *byte == thousands
            && places.is_none()
            && digits > 0
            && group.map_or(digits <= 3, |group| group == 3)
        {
            group = Some(0);
        } else {
            return None;
        }
    }
    (digits > 0 && group.is_none_or(|group| group == 3)).then(|| Decimal::new(number, places.unwrap_or(0)))
}

/// Signs of currencies as the bytes of UTF-8, Windows-1252 and the DOS code pages, with the code, or none where several
/// currencies have the sign; the replacement character for one that was lost among them.
const SIGNS: [(&[u8], &str); 27] = [
    (b"\xc2\xa3", "GBP"),
    (b"\xc5\x93", "GBP"),
    (b"\xe2\x82\xac", "EUR"),
    (b"\xef\xbf\xbd", ""),
    (b"\xa3", "GBP"),
    (b"\x9c", "GBP"),
    (b"\x80", "EUR"),
    (b"$", "USD"),
    (b"US$", "USD"),
    (b"R$", "BRL"),
    (b"CA$", "CAD"),
    (b"C$", "CAD"),
    (b"AU$", "AUD"),
    (b"A$", "AUD"),
    (b"NZ$", "NZD"),
    (b"HK$", "HKD"),
    (b"S$", "SGD"),
    (b"kr.", ""),
    (b"kr", ""),
    (b"z\xc5\x82", "PLN"),
    (b"K\xc4\x8d", "CZK"),
    (b"\xe2\x82\xb9", "INR"),
    (b"\xe2\x82\xba", "TRY"),
    (b"\xe2\x82\xbd", "RUB"),
    (b"\xe2\x82\xb4", "UAH"),
    (b"\xe2\x82\xaa", "ILS"),
    (b"\xc2\xa5", ""),
];

/// Blanks and minus signs beyond ASCII.
const BLANKS: [&[u8]; 4] = [b"\xc2\xa0", b"\xe2\x80\xaf", b"\xe2\x80\x89", b"\xa0"];
const MINUSES: [&[u8]; 3] = [b"\xe2\x88\x92", b"\xe2\x80\x93", b"\x96"];

/// The bytes that one of these begins with.
#[expect(clippy::indexing_slicing, reason = "a place that is none would not compile")]
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        begins[SIGNS[at].0[0] as usize] = true;
        at += 1;
    }
    at = 0;
    while at < BLANKS.len() {
        begins[BLANKS[at][0] as usize] = true;
        at += 1;
    }
    at = 0;
    while at < MINUSES.len() {
        begins[MINUSES[at][0] as usize] = true;
        at += 1;
    }
    begins
};

fn read_written(cell: &[u8], decimals: Decimals) -> Reading {
    let mut kept = Vec::with_capacity(cell.len());
    let mut currency = None;
    let mut lost_sign = false;
    let mut rest = cell;
    while let Some((byte, after)) = rest.split_first() {
        if byte.is_ascii() && !BEGINS.get(usize::from(*byte)).is_some_and(|begins| *begins) {
            if *byte == 0x1e {
                return Reading::Unreadable;
            }
            kept.push(*byte);
            rest = after;
        } else if let Some((sign, meant)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            currency = currency.or_else(|| Currency::parse(meant));
            lost_sign = true;
            rest = rest.get(sign.len()..).unwrap_or_default();
        } else if let Some(blank) = BLANKS.iter().find(|blank| rest.starts_with(blank)) {
            kept.push(b' ');
            rest = rest.get(blank.len()..).unwrap_or_default();
        } else if let Some(minus) = MINUSES.iter().find(|minus| rest.starts_with(minus)) {
            kept.push(b'-');
            rest = rest.get(minus.len()..).unwrap_or_default();
        } else if !byte.is_ascii() {
            return Reading::Unreadable;
        } else {
            kept.push(*byte);
            rest = after;
        }
    }
    let text = kept.trim_ascii();
    if is_blank(text) {
        return Reading::Blank;
    }
    if text.is_empty() || text == b"-" || text == b"--" {
        // A dash, with or without a sign of currency, is how Excel shows nil; a sign alone says nothing.
        return if text.is_empty() { Reading::Blank } else { Reading::Sum(Decimal::ZERO, currency) };
    }
    let Some((number, named)) = read_marked(text, decimals, lost_sign) else { return Reading::Unreadable };
    Reading::Sum(number, currency.or(named))
}

fn is_blank(text: &[u8]) -> bool {
    const WORDS: [&str; 10] =
        ["n/a", "na", "#n/a", "tbc", "tbd", "nil value", "none", "unknown", "null", "not applicable"];
    let Ok(text) = std::str::from_utf8(text) else { return false };
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Takes signs, brackets, currency codes and scale letters off, then reads the digits.
fn read_marked(text: &[u8], decimals: Decimals, signed: bool) -> Option<(Decimal, Option<Currency>)> {
    let mut text = text;
    let mut negative = false;
    // Oracle's reports put a negative between pointed brackets.
    let inner = |open: &[u8], close: &[u8]| text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
    if let Some(inner) = inner(b"(", b")").or_else(|| inner(b"<", b">")) {
        negative = true;
        text = inner.trim_ascii();
    }
    let (currency, mut text) = take_currency(text);
    if let Some(rest) = strip_suffix_word(text, b"CR") {
        negative = !negative;
        text = rest;
    } else if let Some(rest) = strip_suffix_word(text, b"DR") {
        text = rest;
    }
    if let Some(rest) = text.strip_prefix(b"-").or_else(|| text.strip_suffix(b"-")) {
        negative = !negative;
        text = rest.trim_ascii();
    } else if let Some(rest) = text.strip_prefix(b"+") {
        text = rest.trim_ascii();
    }
    // `-(5)` and `(-5)` are both met; one bracket is enough.
    if let Some(inner) = text.strip_prefix(b"(").and_then(|t| t.strip_suffix(b")")) {
        negative = true;
        text = inner.trim_ascii();
    }
    let (scale, text) = take_scale(text, signed || currency.is_some());
    let number = read_digits(text, decimals)?.checked_mul(scale)?;
    Some((if negative { -number } else { number }, currency))
}

/// A three-letter code of a currency in front or behind.
fn take_currency(text: &[u8]) -> (Option<Currency>, &[u8]) {
    let code = |part: &[u8]| {
        let code =
            std::str::from_utf8(part).ok().filter(|code| code.bytes().all(|b| b.is_ascii_uppercase()))?;
        Currency::parse(code)
    };
    if let Some((front, rest)) = text.split_at_checked(3)
        && let Some(currency) = code(front)
        && rest.first().is_some_and(|byte| !byte.is_ascii_alphabetic())
    {
        return (Some(currency), rest.trim_ascii());
    }
    if let Some((rest, back)) = text.len().checked_sub(3).and_then(|at| text.split_at_checked(at))
        && let Some(currency) = code(back)
        && rest.last().is_some_and(|byte| !byte.is_ascii_alphabetic())
    {
        return (Some(currency), rest.trim_ascii());
    }
    (None, text)
}

fn strip_suffix_word<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let (rest, last) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
    let rest = last.eq_ignore_ascii_case(word).then(|| rest.trim_ascii())?;
    rest.last().is_some_and(|byte| byte.is_ascii_digit() || *byte == b')').then_some(rest)
}

/// `£2.5m`, `£300k`: only beside a sign of currency, since `5m` may be metres.
fn take_scale(text: &[u8], signed: bool) -> (Decimal, &[u8]) {
    const SCALES: [(&[u8], i64); 8] = [
        (b"million", 1_000_000),
        (b"billion", 1_000_000_000),
        (b"thousand", 1_000),
        (b"bn", 1_000_000_000),
        (b"mn", 1_000_000),
        (b"k", 1_000),
        (b"m", 1_000_000),
        (b"b", 1_000_000_000),
    ];
    for (word, scale) in SCALES {
        if (signed || word.len() > 2)
            && let Some(rest) = strip_suffix_word(text, word)
        {
            return (Decimal::from(scale), rest);
        }
    }
    (Decimal::ONE, text)
}

fn read_digits(text: &[u8], decimals: Decimals) -> Option<Decimal> {
    let text = std::str::from_utf8(text).ok()?;
    if text.bytes().any(|byte| matches!(byte, b'e' | b'E')) {
        let valid = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'e' | b'E' | b'+' | b'-' | b'.'));
        return valid.then(|| Decimal::from_scientific(text).ok().or_else(|| tiny(text)))?;
    }
    let (thousands, point) = match decimals {
        Decimals::Point => (',', '.'),
        Decimals::Comma => ('.', ','),
    };
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => plain.push(c),
            c if c == point => plain.push('.'),
            c if c == thousands || c == ' ' || c == '\'' => {}
            _ => return None,
        }
    }
    // `12.34.56` is a date or a section number.
    if !plain.bytes().any(|byte| byte.is_ascii_digit()) || plain.matches('.').count() > 1 {
        return None;
    }
    if !groups_are_whole(text, thousands, point) {
        return None;
    }
    plain.parse().ok()
}

/// A thousands separator that is followed by other than three digits is none: `3,14` or `12,2023`. Two are let
/// pass (Indian lakhs), as long as the last group has three.
fn groups_are_whole(text: &str, thousands: char, point: char) -> bool {
    let whole = text.split(point).next().unwrap_or_default();
    whole
        .rsplit(thousands)
        .next()
        .is_none_or(|last| !whole.contains(thousands) || last.bytes().filter(u8::is_ascii_digit).count() == 3)
}

/// A number whose exponent is beyond a decimal's reach and which is nil for money: `1E-40`.
fn tiny(text: &str) -> Option<Decimal> {
    text.parse::<f64>().ok().filter(|number| number.abs() < 1e-20).map(|_| Decimal::ZERO)
}

/// Whether the cells of a column have decimals after a comma: some do, and none after a point.
pub(super) fn guess_decimals<'a>(cells: impl Iterator<Item = &'a [u8]>) -> Decimals {
    let (mut comma, mut point) = (0, 0);
    for cell in cells {
        let cell = cell.trim_ascii();
        let tail = |mark: u8| {
            let at = memchr::memrchr(mark, cell)?;
            let digits = cell.get(at + 1..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
            Some((at, digits))
        };
        match (tail(b','), tail(b'.')) {
            (Some((at, 1 | 2)), dot) if dot.is_none_or(|(dot, _)| dot < at) => comma += 1,
            (_, Some((_, 1 | 2))) => point += 1,
            _ => {}
        }
    }
    if comma > 0 && comma > point * 4 { Decimals::Comma } else { Decimals::Point }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(text: &str) -> Option<String> {
        match read(text.as_bytes(), Decimals::Point) {
            Reading::Sum(sum, _) => Some(sum.normalize().to_string()),
            _ => None,
        }
    }

    #[test]
    fn every_form_of_the_catalogue_is_read() {
        let cases = [
            ("1234.5", "1234.5"),
            ("52,023", "52023"),
            ("1,234.56", "1234.56"),
            ("1616.23 ", "1616.23"),
            (" 5,616.65 ", "5616.65"),
            ("-9.9", "-9.9"),
            ("(1,265.13)", "-1265.13"),
            ("-4,774.00", "-4774"),
            ("£322.50", "322.5"),
            ("-£322.50", "-322.5"),
            ("£-322.50", "-322.5"),
            ("(£5)", "-5"),
            ("106,392.99-", "-106392.99"),
            ("6.82121E-13", "0.000000000000682121"),
            ("1.4E+06", "1400000"),
            (" -   ", "0"),
            (" £-   ", "0"),
            ("\u{fffd}880,000.00 ", "880000"),
            ("GBP 5.00", "5"),
            ("5.00 USD", "5"),
            ("17.30 CR", "-17.3"),
            ("£2.5m", "2500000"),
            ("£300k", "300000"),
            ("1.2 million", "1200000"),
            ("1\u{a0}234.50", "1234.5"),
            ("\u{2212}7", "-7"),
            (".5", "0.5"),
            ("99999999999999999999.99", "99999999999999999999.99"),
        ];
        for (text, expected) in cases {
            assert_eq!(sum(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_not_read() {
        for text in [
            "01/02/2024",
            "CR1234",
            "12.34.56",
            "71.0%",
            "SW1A 1AA",
            "five",
            "3,14,1",
            "2024-01-05",
            "5m",
            ".",
        ] {
            assert_eq!(read(text.as_bytes(), Decimals::Point), Reading::Unreadable, "{text}");
        }
        for text in ["", "  ", "N/A", "TBC", "£"] {
            assert_eq!(read(text.as_bytes(), Decimals::Point), Reading::Blank, "{text}");
        }
    }

    #[test]
    fn signs_name_the_currency() {
        let currency = |bytes: &[u8]| match read(bytes, Decimals::Point) {
            Reading::Sum(_, currency) => currency.map(|c| c.to_string()),
            _ => None,
        };
        assert_eq!(currency(b"\xa35").as_deref(), Some("GBP"));
        assert_eq!(currency("€5".as_bytes()).as_deref(), Some("EUR"));
        assert_eq!(currency(b"NOK 5").as_deref(), Some("NOK"));
        assert_eq!(currency(b"5"), None);
    }

    #[test]
    fn decimal_commas_are_a_matter_of_the_column() {
        let guess = |cells: &[&str]| guess_decimals(cells.iter().map(|cell| cell.as_bytes()));
        assert_eq!(guess(&["1.234,56", "12,50", "7"]), Decimals::Comma);
        assert_eq!(guess(&["1,234.56", "12.50", "1,234"]), Decimals::Point);
        for (text, cents) in [
            ("1.234,56", 123_456),
            ("1.234", 123_400),
            ("12,50", 1_250),
            ("1234.56", 123_456),
            ("-1.234.567,8 €", -123_456_780),
        ] {
            let Reading::Sum(sum, _) = read(text.as_bytes(), Decimals::Comma) else { panic!("{text}") };
            assert_eq!(sum, Decimal::new(cents, 2), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_is_read_as_all_else_is(text in "[0-9]{0,12}[.,]?[0-9]{0,9}[.,]?") {
            for decimals in [Decimals::Point, Decimals::Comma] {
                let plain = read_plain(text.as_bytes(), decimals);
                if let Some(number) = plain {
                    let by_parts = read_digits_fast(text.as_bytes(), decimals);
                    prop_assert_eq!(by_parts.map(|n| (n.mantissa(), n.scale())), Some((number.mantissa(), number.scale())));
                }
                let is_plain = text.len() <= 18 && text.bytes().any(|byte| byte.is_ascii_digit())
                    && text.bytes().filter(|byte| !byte.is_ascii_digit()).eq(text.bytes().filter(|byte| *byte == if decimals == Decimals::Point { b'.' } else { b',' }).take(1));
                prop_assert_eq!(plain.is_some(), is_plain);
            }
        }

        #[test]
        fn amounts_round_trip(pence in -99_999_999_999_999_i64..99_999_999_999_999) {
            let amount = Decimal::new(pence, 2);
            let text = amount.abs().to_string();
            let (whole, part) = text.split_once('.').unwrap();
            let mut grouped = String::new();
            for (at, digit) in whole.chars().enumerate() {
                if at > 0 && (whole.len() - at).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            let forms = if pence < 0 {
                vec![format!("-{text}"), format!("({grouped}.{part})"), format!("{grouped}.{part}-"), format!(" -£{grouped}.{part} ")]
            } else {
                vec![text.clone(), format!(" £{grouped}.{part} "), format!("GBP {text}"), format!("{grouped}.{part}")]
            };
            for form in forms {
                prop_assert_eq!(read(form.as_bytes(), Decimals::Point), Reading::Sum(amount, if form.contains(['£', 'G']) { Some(Currency::GBP) } else { None }), "{}", form);
            }
        }

        #[test]
        fn the_fast_way_agrees_with_the_other(text in " ?[(]?-?£?-?[0-9]{0,4}([,.][0-9]{2,4}){0,3}-?[)]? ?", comma: bool) {
            let decimals = if comma { Decimals::Comma } else { Decimals::Point };
            if let Some((sum, currency)) = read_common(text.as_bytes(), decimals) {
                prop_assert_eq!(read_written(text.as_bytes(), decimals), Reading::Sum(sum, currency));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            let _ = read(&bytes, Decimals::Point);
            let _ = read(&bytes, Decimals::Comma);
        }
    }
}
