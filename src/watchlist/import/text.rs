//! Cells of official files, made fit for a list: blanks, nulls, dates in every form.

use crate::watchlist::PartialDate;

/// A cell without its outer blanks, inner ones collapsed, control characters gone; empty for a null.
///
/// Nulls are what publishers write instead of nothing: OFAC's `-0- `, and the words below in spreadsheets.
pub(super) fn clean(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut is_apart = false;
    for c in cell.chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() || c.is_control() {
            is_apart = !out.is_empty();
        } else {
            if is_apart {
                out.push(' ');
                is_apart = false;
            }
            out.push(c);
        }
    }
    if is_null(&out) { String::new() } else { out }
}

/// Marks of writing direction and width that copying leaves behind, also inside words. Joiners stay, since Persian and the
/// scripts of India need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn is_null(text: &str) -> bool {
    matches!(text, "-0-" | "-" | "--" | "\u{2013}" | "\u{2014}" | "N/A" | "n/a" | "NULL" | "null" | "\"\"")
}

/// A name as a list may hold it: cleaned, with `;` (which separates names in a list) as a comma. `None` where no letter
/// or digit is left, since such a name would match anything.
pub(super) fn name(cell: &str) -> Option<String> {
    let cleaned = clean(cell).replace(" ;", ";").replace(';', ",");
    let name = cleaned.trim_matches(|c: char| c.is_whitespace() || c == ',');
    name.chars().any(char::is_alphanumeric).then(|| name.to_owned())
}

/// Which of two numbers is the day, where a date has both in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Day, month, year: Europe.
    DayFirst,
    /// Month, day, year: United States.
    MonthFirst,
}

/// Reads a date in any of the forms of official lists: ISO 8601 with or without a time, figures with `/`, `-` or `.`,
/// months in words before or after the day, only a year or month; unknown parts as `00` or letters (`dd/mm/1945`).
///
/// Partial dates stay partial. `None` for anything else.
pub(super) fn date(text: &str, order: Order) -> Option<PartialDate> {
    let text = text.trim();
    let day_only = text.split(['T', ' ']).next().unwrap_or_default();
    if let Some(date) = PartialDate::parse(day_only) {
        // `1945 to 1950` and the like are no single date.
        return (text == day_only || text.contains(':')).then_some(date);
    }
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ','))
        .filter(|p| !p.is_empty())
        .collect();
    let (first, second, year) = match parts.as_slice() {
        [a, b, c] if b.contains(':') => (*a, "", *c),
        [a, b, c] | [a, b, c, ..] if is_year(c) => (*a, *b, *c),
        [a, b] if is_year(b) => ("", *a, *b),
        [a, b] if is_year(a) => ("", *b, *a),
        [a, b, c] if is_year(a) => (*c, *b, *a),
        _ => return None,
    };
    let (day, month) = match (month_word(first), month_word(second)) {
        (Some(month), None) => (number(second), Some(month)),
        (None, Some(month)) => (number(first), Some(month)),
        (Some(_), Some(_)) => return None,
        (None, None) => match order {
            Order::DayFirst => (number(first), number(second)),
            Order::MonthFirst => (number(second), number(first)),
        },
    };
    match (month, day) {
        (Some(month), Some(day)) => PartialDate::parse(&format!("{year}-{month:02}-{day:02}")),
        (Some(month), None) => PartialDate::parse(&format!("{year}-{month:02}")),
        (None, _) => PartialDate::parse(year),
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// A day or month in figures; `None` for unknown ones (`00`, `dd`, `mm`).
fn number(text: &str) -> Option<u8> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse().ok().filter(|number| *number > 0)
}

fn month_word(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.to_lowercase();
    if text.len() < 3 || text == "mm" {
        return None;
    }
    MONTHS.iter().position(|month| month.starts_with(&text)).and_then(|at| u8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_form() {
        use Order::{DayFirst, MonthFirst};
        for (text, order, want) in [
            ("2022-06-21", DayFirst, "2022-06-21"),
            ("2024-08-28T00:00:00", DayFirst, "2024-08-28"),
            ("2026-02-27T00:00:09.554Z", DayFirst, "2026-02-27"),
            ("1945", DayFirst, "1945"),
            ("1945-03", DayFirst, "1945-03"),
            ("02/04/2014", DayFirst, "2014-04-02"),
            ("02/04/2014", MonthFirst, "2014-02-04"),
            ("29-06-2012", DayFirst, "2012-06-29"),
            ("09.10.2024", DayFirst, "2024-10-09"),
            ("00/00/1980", DayFirst, "1980"),
            ("00/05/1980", DayFirst, "1980-05"),
            ("dd/mm/1945", DayFirst, "1945"),
            ("dd/03/1945", DayFirst, "1945-03"),
            ("June 21, 2022", MonthFirst, "2022-06-21"),
            ("21 June 2022", DayFirst, "2022-06-21"),
            ("24 Feb 2022", MonthFirst, "2022-02-24"),
            ("05-Aug-2019", DayFirst, "2019-08-05"),
            ("Sept 3, 2019", MonthFirst, "2019-09-03"),
            ("May 1979", DayFirst, "1979-05"),
            ("8/1/2023", MonthFirst, "2023-08-01"),
        ] {
            assert_eq!(date(text, order).map(|d| d.to_string()).as_deref(), Some(want), "{text}");
        }
        for text in ["", "soon", "31/02/2020", "1945 to 1950", "Permanent", "circa", "12/12"] {
            assert_eq!(date(text, DayFirst), None, "{text}");
        }
    }

    #[test]
    fn nulls_and_blanks_are_nothing() {
        for null in ["-0- ", " ", "-", "N/A", "\u{200e}", "\"\""] {
            assert_eq!(clean(null), "", "{null:?}");
        }
        assert_eq!(clean("  A\r\n  B\u{feff} "), "A B");
        assert_eq!(clean("KRAS\u{200b}TI\u{202e}VA\u{a0}MILLS"), "KRASTIVA MILLS");
        assert_eq!(name("A; B").as_deref(), Some("A, B"));
        assert_eq!(name(" *. "), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "\\PC{0,24}") {
            let _ = (date(&text, Order::DayFirst), clean(&text));
        }
    }
}
