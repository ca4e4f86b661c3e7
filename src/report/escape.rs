//! Text of unknown origin made safe for the place where it will stand: a terminal, a spreadsheet, Markdown.
//!
//! Names come from files that anybody may have filled in. HTML needs nothing from here but [`one_line`]: the
//! template escapes by itself. JSON, SARIF and `JUnit` are escaped by their writers.
//!
//! Sources: OWASP, *CSV Injection*; Unicode Technical Report 36, section 2.10 (bidirectional text spoofing);
//! `CommonMark` 0.31, section 2.4 (backslash escapes).

use std::borrow::Cow;

/// Whether a character steers the display rather than being seen: control codes, bidirectional overrides and
/// isolates, zero-width marks, tags. Joiners stay, since Persian and the scripts of India need them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{E0000}'..='\u{E007F}')
}

/// The text on one line, without characters that steer a terminal or turn the reading direction.
///
/// Line ends, tabs and other separators become one blank; everything else that cannot be seen is dropped, so that
/// an escape sequence loses its power and shows what is left of it.
///
/// # Examples
/// ```
/// use wharfinger::report::escape::one_line;
/// assert_eq!(one_line("Acme\u{1b}[31m\r\nLtd"), "Acme[31m Ltd");
/// ```
pub fn one_line(text: &str) -> Cow<'_, str> {
    // Most text is ASCII, where only the control codes are not seen.
    let is_clean = if text.is_ascii() {
        !text.bytes().any(|byte| byte.is_ascii_control())
    } else {
        !text.chars().any(is_invisible)
    };
    if is_clean {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_invisible(c) {
            line.push(c);
        }
    }
    Cow::Owned(line)
}

/// Whether a spreadsheet would take the text for a formula: its first visible character is one of `= + - @`, also
/// in the full-width forms that Excel reads alike, or it begins with a tab or line end.
pub fn reads_as_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text
            .chars()
            .find(|c| !c.is_whitespace() && !is_invisible(*c))
            .is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}

/// A text cell of a CSV file: one line, with an apostrophe before what would be read as a formula.
///
/// Only for text: a negative sum of ours is a number and stays one.
///
/// # Examples
/// ```
/// use wharfinger::report::escape::csv_text;
/// assert_eq!(csv_text("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
/// assert_eq!(csv_text("Acme Ltd"), "Acme Ltd");
/// ```
pub fn csv_text(text: &str) -> Cow<'_, str> {
    let line = one_line(text);
    if reads_as_formula(text) { Cow::Owned(format!("'{line}")) } else { line }
}

/// Text inside a Markdown paragraph or table cell: every mark that could mean something is escaped.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in one_line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' | '{' | '}' | '@' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The address if a browser may follow it: `http` or `https`, and nothing that could end an attribute.
///
/// A list of a user's own may say anything under `source_url`; `javascript:` and the like are not links.
pub fn web_address(text: &str) -> Option<&str> {
    let address = text.trim();
    let known = address.starts_with("https://") || address.starts_with("http://");
    let plain = !address
        .chars()
        .any(|c| is_invisible(c) || c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`'));
    (known && plain).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_left() {
        for (found, shown) in [
            ("Tirriwick Ltd", "Tirriwick Ltd"),
            ("a\u{1b}]8;;http://x\u{7}b\u{1b}]8;;\u{7}", "a]8;;http://xb]8;;"),
            ("a\u{9b}31mb", "a31mb"),
            ("one\r\n\ttwo", "one two"),
            ("gnp.exe\u{202e}txt", "gnp.exetxt"),
            ("\u{feff}first", "first"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ] {
            assert_eq!(one_line(found), shown, "{found:?}");
        }
    }

    #[test]
    fn formulas_are_told_from_names() {
        for text in ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u{feff}=1", "＝1", "\n-1"] {
            assert!(reads_as_formula(text), "{text:?}");
            assert!(csv_text(text).starts_with('\''), "{text:?}");
        }
        for text in ["", "A=B", "3-D Print", "'tis", "&Co"] {
            assert_eq!(csv_text(text), text);
        }
    }

    #[test]
    fn markdown_loses_its_marks() {
        assert_eq!(markdown("a|b\n[x](http://y) <i>`*"), r"a\|b \[x\](http://y) &lt;i&gt;\`\*");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(web_address(" https://example.org/a?b=c "), Some("https://example.org/a?b=c"));
        for text in ["javascript:alert(1)", "data:text/html,x", "https://x/\" onclick=\"", "//x", ""] {
            assert_eq!(web_address(text), None, "{text}");
        }
    }
}
