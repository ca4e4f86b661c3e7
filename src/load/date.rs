//! Dates as exports write them: day before month, unless a month above 12 shows the American order.

use jiff::civil::Date;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a day: `2026-04-03`, `2026-04-03T10:00:00Z`, `03/04/2026`, `3.4.26`, `3-Apr-26`, `3 April 2026`,
/// `20260403`, and Excel's serial number `46115`. `None` for anything else and for impossible days.
///
/// Two-digit years are of this century up to 69 and of the last from 70 on, as in Excel and POSIX.
pub(super) fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() < 5 || text.len() > 40 || !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return read_digits(text);
    }
    // The time of day is not kept.
    let day = text
        .split_once('T')
        .map_or(text, |(day, rest)| if rest.starts_with(|c: char| c.is_ascii_digit()) { day } else { text });
    let parts: Vec<&str> = day.split(['/', '-', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let (&[first, second, third], rest) = (parts.first_chunk::<3>()?, parts.get(3..)?);
    if rest.iter().any(|part| {
        !part.contains(':')
            && !matches!(part.to_ascii_uppercase().as_str(), "AM" | "PM" | "GMT" | "BST" | "UTC")
    }) {
        return None;
    }
    if let Some(month) = month_named(second) {
        return day_of(
            year_of(third)?,
            month,
            number(first.trim_end_matches(|c: char| c.is_ascii_lowercase()))?,
        );
    }
    if let Some(month) = month_named(first) {
        return day_of(year_of(third)?, month, number(second)?);
    }
    if first.len() == 4 {
        return day_of(number(first)?, number(second)?, number(third)?);
    }
    let (year, one, two) = (year_of(third)?, number(first)?, number(second)?);
    day_of(year, two, one).or_else(|| day_of(year, one, two))
}

/// Whether a cell holds a date and nothing else; serial numbers do not count, as any number may be one.
pub(super) fn is_date(text: &str) -> bool {
    let text = text.trim();
    !text.bytes().all(|byte| byte.is_ascii_digit()) && read(text).is_some()
}

fn read_digits(text: &str) -> Option<Date> {
    match text.len() {
        8 => day_of(number(text.get(..4)?)?, number(text.get(4..6)?)?, number(text.get(6..)?)?)
            .filter(|d| d.year() > 1900),
        5 => {
            // Excel counts days from 30 December 1899 (its own 1900 is a leap year); 20000 is 1954, 80000 is 2119.
            let serial: i64 = text.parse().ok().filter(|serial| (20_000..80_000).contains(serial))?;
            Date::constant(1899, 12, 30).checked_add(jiff::Span::new().days(serial)).ok()
        }
        _ => None,
    }
}

fn number(text: &str) -> Option<i16> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn year_of(text: &str) -> Option<i16> {
    let year = number(text)?;
    match text.len() {
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        4 => Some(year),
        _ => None,
    }
}

fn month_named(text: &str) -> Option<i16> {
    let start = text.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == start)?;
    text.bytes().all(|byte| byte.is_ascii_alphabetic()).then(|| i16::try_from(at + 1).ok())?
}

fn day_of(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_of_every_kind_are_read() {
        for text in [
            "2026-04-03",
            "2026-04-03 00:00:00",
            "2026-04-03T23:59:59+01:00",
            "03/04/2026",
            "3/4/2026",
            "03/04/26",
            "3.4.2026",
            "03-Apr-26",
            "03-APR-2026 ",
            "3 April 2026",
            "3rd April 2026",
            "April 3, 2026",
            "20260403",
            "46115",
            "03/04/2026 10:15",
        ] {
            assert_eq!(read(text).map(|d| d.to_string()).as_deref(), Some("2026-04-03"), "{text}");
        }
        assert_eq!(read("12/31/2020").unwrap().to_string(), "2020-12-31");
        assert_eq!(read("31/12/99").unwrap().to_string(), "1999-12-31");
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "00:00:00",
            "01.03.23 - 31.03.23",
            "Oct-20",
            "1234",
            "31/02/2024",
            "3 Acre Lane 12",
            "2020:03D  Dementia",
            "99999",
            "1901-00001",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(!is_date("46115") && is_date("1/2/24"));
    }

    proptest! {
        #[test]
        fn dates_round_trip(days in 0_i64..60_000) {
            let day = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            for format in ["%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%d %B %Y", "%Y%m%d", "%Y-%m-%dT00:00:00Z"] {
                prop_assert_eq!(read(&day.strftime(format).to_string()), Some(day), "{}", format);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}") {
            let _ = read(&text);
        }
    }
}
