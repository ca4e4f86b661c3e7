//! The shape of a name: which words stay and which are drawn anew.

use std::collections::BTreeMap;

/// A part of a shape.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// Text that stays: frequent words, numbers, blanks, brackets.
    Text(String),
    /// A word to be drawn, written in this case.
    Slot(Case),
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    /// `word`
    Lower,
    /// `Word`
    Title,
    /// `WORD`
    Upper,
}

impl Case {
    fn of(word: &str) -> Self {
        let mut letters = word.chars().map(char::is_uppercase);
        match (letters.next(), letters.next()) {
            (Some(true), Some(true)) => Self::Upper,
            (Some(true), _) => Self::Title,
            _ => Self::Lower,
        }
    }

    /// Writes a lower-case word.
    pub(crate) fn write(self, word: &str) -> String {
        match self {
            Self::Lower => word.to_owned(),
            Self::Upper => word.to_uppercase(),
            Self::Title => {
                let mut letters = word.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }
}

/// The words of a text, folded as far as counting needs it: lower case.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The shape of a real name; `None` where nothing is to be drawn or the script is not Latin.
pub(crate) fn of(name: &str, counts: &BTreeMap<String, u64>, frequent: u64) -> Option<Vec<Piece>> {
    let latin = |c: char| !c.is_alphabetic() || c < '\u{250}';
    if name.len() > 120 || !name.chars().all(latin) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut text = String::new();
    for part in split_words(name) {
        if stays(part, counts, frequent) {
            text.push_str(part);
            continue;
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(Piece::Slot(Case::of(part)));
    }
    let slots = pieces.iter().any(|piece| matches!(piece, Piece::Slot(_)));
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    slots.then_some(pieces)
}

/// What is no word, is short, holds a digit or is frequent stays.
fn stays(part: &str, counts: &BTreeMap<String, u64>, frequent: u64) -> bool {
    part.chars().count() < 3
        || !part.chars().all(char::is_alphabetic)
        || counts.get(&part.to_lowercase()).is_some_and(|count| *count >= frequent)
}

/// Words and what stands between them, alternately.
fn split_words(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let inside = first.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != inside).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(part);
        rest = after;
    }
    parts
}

/// Reads one line of the built-in shapes: `12 _ _ limited`, a weight and a name in which `_` is drawn.
pub(crate) fn parse(line: &str) -> Option<(Vec<Piece>, u64)> {
    let (weight, name) = line.split_once(' ')?;
    let mut pieces = Vec::new();
    for (at, part) in name.split('_').enumerate() {
        if at > 0 {
            pieces.push(Piece::Slot(Case::Title));
        }
        if !part.is_empty() {
            pieces.push(Piece::Text(part.to_owned()));
        }
    }
    Some((pieces, weight.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_stay_and_others_are_drawn() {
        let counts = BTreeMap::from([
            ("limited".to_owned(), 90),
            ("care".to_owned(), 40),
            ("orrinmoor".to_owned(), 2),
        ]);
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            of("Orrinmoor Care (RUDDLE) Limited", &counts, 10).unwrap(),
            vec![Piece::Slot(Case::Title), text(" Care ("), Piece::Slot(Case::Upper), text(") Limited")]
        );
        assert_eq!(of("Care Limited", &counts, 10), None);
        assert_eq!(of("Каменск", &counts, 10), None);
        assert_eq!(parse("7 _ 99 Ltd").unwrap(), (vec![Piece::Slot(Case::Title), text(" 99 Ltd")], 7));
    }
}
