//! Which words of the two names agree: read from the evidence of the match, never compared again.

use crate::matching::Evidence;

/// A stretch of a name with the tags around it.
pub(super) struct Piece {
    /// The opening tag, or nothing.
    pub(super) open: &'static str,
    /// The text, not yet escaped.
    pub(super) text: String,
    /// The closing tag, or nothing.
    pub(super) close: &'static str,
}

/// How a stretch stands to the other name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Plain,
    Agrees,
    Differs,
}

impl Mark {
    fn of(evidence: &Evidence) -> Self {
        if evidence.weight > 0.0 {
            Self::Agrees
        } else if evidence.weight < 0.0 {
            Self::Differs
        } else {
            Self::Plain
        }
    }

    const fn tags(self) -> (&'static str, &'static str) {
        match self {
            Self::Plain => ("", ""),
            Self::Agrees => ("<b class=\"a\">", "</b>"),
            Self::Differs => ("<i class=\"d\">", "</i>"),
        }
    }
}

/// A name as its letters and digits in plain lower-case Latin, each with the stretch of the name that it came from:
/// evidence is worded like that, whatever case, accents and script the name is written in.
struct Plain {
    text: String,
    places: Vec<(usize, usize)>,
}

impl Plain {
    fn of(name: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(name.len()), places: Vec::new() };
        for (start, c) in name.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            for letter in any_ascii::any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric) {
                plain.text.push(letter.to_ascii_lowercase());
                plain.places.push((start, start + c.len_utf8()));
            }
        }
        plain
    }

    /// Every stretch of the name that reads like the part.
    fn stretches(&self, part: &Self) -> impl Iterator<Item = (usize, usize)> {
        let length = part.text.len();
        self.text.match_indices(&part.text).filter(move |_| length > 0).filter_map(move |(at, _)| {
            let (start, _) = *self.places.get(at)?;
            let (_, end) = *self.places.get(at + length - 1)?;
            let shares = |other: Option<&(usize, usize)>, place: usize| other.is_some_and(|o| o.0 == place);
            let begins_inside = at > 0 && shares(self.places.get(at - 1), start);
            let ends_inside = self.places.get(at + length).is_some_and(|next| next.1 == end);
            (!begins_inside && !ends_inside).then_some((start, end))
        })
    }
}

/// The name in stretches, each marked by the evidence whose part of this side it is.
///
/// `side` gives the part of a piece of evidence that belongs to this name. A part that does not stand in the name as
/// written is passed over: the sentence of reasons names it all the same.
pub(super) fn marked(name: &str, evidence: &[Evidence], side: impl Fn(&Evidence) -> &str) -> Vec<Piece> {
    let plain = Plain::of(name);
    let mut spans: Vec<(usize, usize, Mark)> = Vec::new();
    for fact in evidence {
        let part = Plain::of(side(fact));
        let free = |start: usize, end: usize| spans.iter().all(|(s, e, _)| end <= *s || *e <= start);
        let found =
            plain.stretches(&part).find(|(start, end)| is_word(name, *start, *end) && free(*start, *end));
        if let Some((start, end)) = found {
            spans.push((start, end, Mark::of(fact)));
        }
    }
    spans.sort_unstable_by_key(|(start, ..)| *start);
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, mark) in spans {
        pieces.extend(piece(name.get(at..start), Mark::Plain));
        pieces.extend(piece(name.get(start..end), mark));
        at = end;
    }
    pieces.extend(piece(name.get(at..), Mark::Plain));
    pieces
}

fn piece(text: Option<&str>, mark: Mark) -> Option<Piece> {
    let text = text.filter(|text| !text.is_empty())?;
    let (open, close) = mark.tags();
    Some(Piece { open, text: super::clean(text), close })
}

/// Scripts from here on are written without blanks between words.
const WITHOUT_BLANKS: char = '\u{2E80}';

/// Whether a stretch does not begin or end inside a word, so that `Co` is not marked in `Cotton`.
fn is_word(name: &str, start: usize, end: usize) -> bool {
    let inner = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric() && a.max(b) < WITHOUT_BLANKS);
    let (before, stretch) = (name.get(..start).unwrap_or_default(), name.get(start..end).unwrap_or_default());
    let after = name.get(end..).unwrap_or_default();
    !inner(before.chars().next_back(), stretch.chars().next())
        && !inner(stretch.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str, facts: &[(&str, f64)]) -> String {
        let evidence: Vec<Evidence> = facts
            .iter()
            .map(|(part, weight)| Evidence {
                kind: "exact",
                subject: (*part).into(),
                entry: "".into(),
                weight: *weight,
            })
            .collect();
        marked(name, &evidence, |fact| &fact.subject)
            .iter()
            .map(|piece| match piece.open {
                "" => piece.text.clone(),
                open if open.starts_with("<b") => format!("[{}]", piece.text),
                _ => format!("~{}~", piece.text),
            })
            .collect()
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        for (name, facts, expected) in [
            ("ACME COTTON CO", &[("COTTON", 5.0), ("CO", 0.0), ("ACME", -1.0)][..], "~ACME~ [COTTON] CO"),
            ("Co Cotton Co", &[("Co", 1.0), ("Co", -1.0)][..], "[Co] Cotton ~Co~"),
            ("新疆棉业", &[("新疆", 3.0)][..], "[新疆]棉业"),
            ("Acme", &[("absent", 3.0), ("", 1.0)][..], "Acme"),
            ("ACME COTTON", &[("cotton", 5.0), ("acme", -1.0)][..], "~ACME~ [COTTON]"),
            (
                "Škoda-Værk A.B.C. Ltd",
                &[("skoda", 2.0), ("vaerk", 2.0), ("abc", 1.0)][..],
                "[Škoda]-[Værk] [A.B.C]. Ltd",
            ),
            ("Æther", &[("a", 1.0), ("ther", 1.0)][..], "Æther"),
            ("Завод Север", &[("sever", 3.0)][..], "Завод [Север]"),
            ("", &[("a", 1.0)][..], ""),
        ] {
            assert_eq!(shown(name, facts), expected, "{name}");
        }
    }
}
