//! A note behind a name's legal form: what tells companies of one name apart (`Electra Ltd/Israel`, `Kinder Morgan Inc/DE`), an article
//! (`Home Depot Inc/The`, `Merrowby Group Ltd, The`), where it is (`Merrowby Ltd (Leeds)`), what is paid for (`Merrowby Care Ltd - Tharnock
//! House`), or a second name (`Merrowby Ltd/Tharnock plc`).

use memchr::memchr2;

/// What marks a note off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A slash right behind the form.
    Slash,
    /// A comma, with an article behind it and nothing else.
    Article,
    /// A bracket at the end: `Merrowby Ltd (Leeds)`.
    Bracket,
    /// A dash, a colon, a bracket that is never closed, or `re`.
    Other,
}

/// A note, and the name before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Note<'a> {
    /// The name with its legal form.
    pub(super) name: &'a str,
    /// What stands behind it.
    pub(super) text: &'a str,
    /// What marks it off.
    pub(super) mark: Mark,
}

/// What a note may begin with, beside a slash, a colon and a bracket.
pub(super) const PHRASES: &[&str] = &[" - ", " – ", " re ", ", the"];

/// Whether a slash or a colon stands in a text: what may be a note, beside [`PHRASES`] and brackets.
pub(super) fn may_be_marked(text: &str) -> bool {
    memchr2(b'/', b':', text.as_bytes()).is_some()
}

impl<'a> Note<'a> {
    /// The first note that stands right behind a legal form.
    pub(super) fn behind_form(text: &'a str, ends_in_form: &impl Fn(&str) -> bool) -> Option<Self> {
        let mut notes = text.char_indices().filter_map(|(at, c)| Self::at(text, at, c));
        notes.find(|note| ends_in_form(note.name.trim_end()))
    }

    /// The note that may begin with a character.
    fn at(text: &'a str, at: usize, c: char) -> Option<Self> {
        let (name, behind) = (text.get(..at)?, text.get(at + c.len_utf8()..)?);
        let starts =
            |word: &str| behind.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let mark = match c {
            '/' if is_word_behind_slash(name, behind) => Mark::Slash,
            ',' if behind.eq_ignore_ascii_case(" the") => Mark::Article,
            '-' | '–' if name.ends_with(' ') && behind.starts_with(' ') => Mark::Other,
            ':' => Mark::Other,
            '(' => match behind.find(')') {
                None => Mark::Other,
                Some(close) if close + 1 == behind.len() => Mark::Bracket,
                Some(_) => return None,
            },
            ' ' if starts("re ") => Mark::Other,
            _ => return None,
        };
        Some(Self { name, text: behind, mark })
    }
}

/// Whether a note may stand behind a slash: `CO/OP` and `CO/OPERATIVE` are words, `Ltd/7` is an address.
fn is_word_behind_slash(before: &str, behind: &str) -> bool {
    let is_word = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '&' | ',');
    let is_cooperative = behind.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("op"));
    let is_apart = before.ends_with(char::is_whitespace) || !behind.starts_with(char::is_alphabetic);
    let has_two_letters = behind.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    !is_apart && !is_cooperative && behind.chars().all(is_word) && has_two_letters
}
