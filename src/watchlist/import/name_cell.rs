//! Name cells that are small languages: one cell holds a name, its aliases, its subsidiaries and how far the listing reaches.
//!
//! ```text
//! X (and two aliases: A; and B)
//! X (including three aliases: A; B; and C) and subsidiaries
//! X (also known as A; B; and formerly known as C)
//! X and its eight Zhuhai-based subsidiaries, which include A, B, and C
//! X and its subordinate and affiliated entities
//! X, a/k/a A, f/k/a B
//! X Ltd.b                      a footnote letter
//! ```
//!
//! Brackets that belong to a name (`Sichuan (Szechuan) Zigong`) stay in it.

use super::text::{clean, name};
use crate::vocab::Scope;

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameCell {
    /// The listed name.
    pub(super) name: String,
    /// Its other names.
    pub(super) aliases: Vec<String>,
    /// Subsidiaries that the cell names.
    pub(super) subsidiaries: Vec<String>,
    /// How far the listing reaches.
    pub(super) scope: Scope,
}

/// Words that open a bracket or clause of aliases, longest first, in lower case.
const ALIAS_WORDS: [&str; 15] = [
    "also known as",
    "formerly known as",
    "previously known as",
    "doing business as",
    "trading as",
    "now known as",
    "formerly",
    "a/k/a",
    "f/k/a",
    "d/b/a",
    "a.k.a.",
    "f.k.a.",
    "d.b.a.",
    "aka",
    "fka",
];

/// Longer than any cell of a list, in bytes: what is longer would take long to take apart.
const LONGEST_CELL: usize = 20_000;

/// Takes a cell apart.
pub(super) fn parse(cell: &str) -> NameCell {
    if cell.len() > LONGEST_CELL {
        // No publisher's cell: it is not taken apart, and its length is told where names are counted.
        let name = clean(cell);
        return NameCell { name, aliases: Vec::new(), subsidiaries: Vec::new(), scope: Scope::Named };
    }
    let mut rest = without_footnote(&clean(cell));
    let mut aliases = Vec::new();
    while let Some((before, inside, after)) = alias_bracket(&rest) {
        aliases.extend(aliases_in(&inside));
        rest = clean(&format!("{before} {after}"));
    }
    let (head, subsidiaries, scope) = reach(&rest);
    rest = head;
    if let Some((at, len)) = inline_alias(&rest) {
        let tail = rest.get(at + len..).unwrap_or_default().to_owned();
        aliases.extend(aliases_in(&tail));
        rest.truncate(at);
    }
    let own = without_footnote(rest.trim_end_matches([' ', ',', ';', ':']));
    aliases.retain(|alias| *alias != own);
    NameCell { name: own, aliases, subsidiaries, scope }
}

/// A name without the marks of its footnotes: `*`, `*123`, daggers, and a small letter glued to, or standing after, a
/// legal form with a full stop (`Ltd.b`, `Ltd. a`).
pub(super) fn without_footnote(name: &str) -> String {
    let mut name = name.trim();
    loop {
        let before = name;
        name = name.trim_end_matches(['*', '†', '‡', '¹', '²', '³']).trim_end();
        if let Some((head, digits)) = name.rsplit_once('*')
            && digits.len() <= 4
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            name = head.trim_end();
        }
        if before == name {
            break;
        }
    }
    let mut end = name.char_indices().rev();
    if let (Some((at, letter)), Some((_, before))) = (end.next(), end.next()) {
        let head = name.get(..at).unwrap_or_default();
        let stands_alone = before == ' ' && head.trim_end().ends_with('.');
        // `d.o.o`, `s.r.l`: a letter of the form itself, since another letter and full stop stand before it.
        let glued = before == '.' && !ends_in_initials(head);
        if letter.is_ascii_lowercase() && (stands_alone || glued) {
            return head.trim_end().to_owned();
        }
    }
    name.to_owned()
}

/// Whether a text ends in a single letter and a full stop, as `d.o.` does and `Ltd.` does not.
fn ends_in_initials(text: &str) -> bool {
    let word =
        text.trim_end_matches('.').rsplit(|c: char| c.is_whitespace() || c == '.').next().unwrap_or_default();
    word.chars().count() <= 1
}

/// The first bracket that holds aliases: what stands before it, in it and after it.
fn alias_bracket(text: &str) -> Option<(String, String, String)> {
    for (open, _) in text.match_indices('(') {
        let close = closing(text, open)?;
        let inside = text.get(open + 1..close)?;
        let lower = inside.to_lowercase();
        let counted =
            lower.starts_with("and ") || lower.starts_with("including ") || lower.starts_with("with ");
        let is_aliases = ALIAS_WORDS.iter().any(|word| lower.starts_with(word))
            || counted && (lower.contains("alias") || ALIAS_WORDS.iter().any(|word| lower.contains(word)));
        if is_aliases {
            return Some((
                text.get(..open)?.to_owned(),
                inside.to_owned(),
                text.get(close + 1..)?.to_owned(),
            ));
        }
    }
    None
}

/// Where a bracket closes; one that never does reaches to the end.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in text.get(open..)?.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 {
            return Some(open + at);
        }
    }
    None
}

/// The aliases of a bracket or clause.
fn aliases_in(text: &str) -> Vec<String> {
    // What stands before a colon counts them: `and two aliases:`.
    let body = match text.split_once(':') {
        Some((head, body)) if head.to_lowercase().contains("alias") => body,
        _ => text,
    };
    let parts: Vec<String> =
        if body.contains(';') { body.split(';').map(str::to_owned).collect() } else { split_names(body) };
    parts.iter().flat_map(|part| inner_names(part)).filter_map(|part| name(&part)).collect()
}

/// A part without its opening words; a part that holds a further `formerly known as` is two.
fn inner_names(part: &str) -> Vec<String> {
    let part = without_opening(part);
    match inline_alias(&part) {
        Some((at, len)) => {
            let (first, second) =
                (part.get(..at).unwrap_or_default(), part.get(at + len..).unwrap_or_default());
            let first = first.trim_end().trim_end_matches(',').trim_end_matches(" and").to_owned();
            std::iter::once(first).chain(inner_names(second)).collect()
        }
        None => vec![part],
    }
}

fn without_opening(part: &str) -> String {
    let mut rest = part.trim();
    loop {
        let lower = rest.to_lowercase();
        let opening = ["and ", "or ", "including ", "its alias ", "alias "]
            .iter()
            .chain(ALIAS_WORDS.iter())
            .find(|word| lower.starts_with(**word) && boundary(&lower, word.len()));
        match opening {
            Some(word) => {
                rest = rest.get(word.len()..).unwrap_or_default().trim_start_matches([' ', ':', ',']);
            }
            None => return rest.trim().to_owned(),
        }
    }
}

/// Whether a word ends at that place.
fn boundary(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|head| head.ends_with([' ', '.']))
        || text.get(at..).and_then(|rest| rest.chars().next()).is_none_or(|c| !c.is_alphanumeric())
}

/// Where ` a/k/a ` and the like stand outside brackets, with the length up to the alias.
fn inline_alias(text: &str) -> Option<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    ALIAS_WORDS
        .iter()
        .filter_map(|word| {
            let at = lower.find(&format!(" {word} ")).filter(|at| *at > 0)?;
            // `formerly` alone is a word of names too; between commas it is not.
            Some((at, word.len() + 2))
        })
        .min_by_key(|(at, _)| *at)
}

/// The scope, and the subsidiaries that the cell names.
fn reach(text: &str) -> (String, Vec<String>, Scope) {
    let lower = text.to_ascii_lowercase();
    for word in [
        " and its ",
        " and all ",
        " and any ",
        " and their ",
        ", including its ",
        " and subsidiaries",
        " and affiliates",
        " and subordinate",
    ] {
        let Some(at) = lower.find(word) else { continue };
        let clause = lower.get(at..).unwrap_or_default();
        let reaches = ["subsidiar", "subordinate", "affiliate", "branches", "joint venture"]
            .iter()
            .any(|w| clause.contains(w));
        if !reaches {
            continue;
        }
        let head = text.get(..at).unwrap_or_default().trim_end_matches([' ', ',']).to_owned();
        let tail = text.get(at..).unwrap_or_default();
        return (head, named_subsidiaries(tail), Scope::AndSubsidiaries);
    }
    (text.to_owned(), Vec::new(), Scope::Named)
}

/// `which include A, B, and C` · `from China, A and B` · `: A; B`.
fn named_subsidiaries(clause: &str) -> Vec<String> {
    let lower = clause.to_ascii_lowercase();
    let end_of = |word: &str| lower.find(word).map(|at| at + word.len());
    let start = ["which include", "which includes", "including", "namely", "subsidiaries:", "entities:"]
        .iter()
        .filter_map(|word| end_of(word))
        .min()
        .or_else(|| {
            end_of("subsidiaries").and_then(|at| lower.get(at..)?.find(',').map(|comma| at + comma + 1))
        });
    let Some(start) = start else { return Vec::new() };
    let body = clause.get(start..).unwrap_or_default().trim_start_matches([':', ' ', ',']);
    let parts =
        if body.contains(';') { body.split(';').map(str::to_owned).collect() } else { split_names(body) };
    parts
        .iter()
        .filter_map(|part| name(&without_footnote(&without_opening(part))))
        .filter(|part| part.len() > 2)
        .collect()
}

/// Splits a run of names at commas and ` and `, but not before a legal form (`Co., Ltd.`).
fn split_names(text: &str) -> Vec<String> {
    const FORMS: [&str; 16] = [
        "ltd",
        "limited",
        "inc",
        "llc",
        "l.l.c",
        "co",
        "corp",
        "corporation",
        "s.a",
        "gmbh",
        "plc",
        "pte",
        "jsc",
        "bhd",
        "pvt",
        "company",
    ];
    let is_form = |part: &str| {
        let part = part.trim().trim_end_matches('.').to_lowercase();
        FORMS.iter().any(|form| {
            part == *form || part.strip_prefix(form).is_some_and(|rest| rest.starts_with(['.', ' ', ',']))
        })
    };
    let mut names: Vec<String> = Vec::new();
    for part in text.split(',') {
        match names.last_mut() {
            Some(last) if is_form(part) => {
                last.push(',');
                last.push_str(part);
            }
            _ => names.push(part.to_owned()),
        }
    }
    // Only the last two are joined by `and`; an `and` inside an earlier one belongs to it.
    if let Some(last) = names.pop() {
        let trimmed = last.trim().strip_prefix("and ").map(str::to_owned);
        match (trimmed, names.is_empty()) {
            (Some(last), _) => names.push(last),
            (None, true) => names.extend(last.split(" and ").map(str::to_owned)),
            (None, false) => match last.split_once(". and ") {
                Some((one, two)) => names.extend([format!("{one}."), two.to_owned()]),
                None => names.push(last),
            },
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_publishers() {
        use Scope::{AndSubsidiaries, Named};
        for (cell, name, aliases, subsidiaries, scope) in [
            ("Krastiva Mills Co., Ltd.", "Krastiva Mills Co., Ltd.", vec![], vec![], Named),
            (
                "Krastiva Hair Co. Ltd. (and two aliases: Kotan Krastiva Hair; and Krollin Hair)",
                "Krastiva Hair Co. Ltd.",
                vec!["Kotan Krastiva Hair", "Krollin Hair"],
                vec![],
                Named,
            ),
            (
                "Krastiva Silicon Co., Ltd. (including three aliases: K Silicon; K Sil Co., Ltd.; and KSC) and subsidiaries",
                "Krastiva Silicon Co., Ltd.",
                vec!["K Silicon", "K Sil Co., Ltd.", "KSC"],
                vec![],
                AndSubsidiaries,
            ),
            (
                "Krastiva Spinning Co., Ltd. (also known as K Spinning; Krast Yarn; and formerly known as Millbrandt Textiles)",
                "Krastiva Spinning Co., Ltd.",
                vec!["K Spinning", "Krast Yarn", "Millbrandt Textiles"],
                vec![],
                Named,
            ),
            (
                "Krastiva Corporation and its three Zuzhou-based subsidiaries, which include Zuzhou K Print Co., Ltd., Zuzhou Pan Information Co., Ltd., and Zuzhou G&G Digital Co., Ltd.",
                "Krastiva Corporation",
                vec![],
                vec![
                    "Zuzhou K Print Co., Ltd.",
                    "Zuzhou Pan Information Co., Ltd.",
                    "Zuzhou G&G Digital Co., Ltd.",
                ],
                AndSubsidiaries,
            ),
            (
                "Krastiva Safety Company, Limited and its two subsidiaries from China, Select (Nan) Safety Co. Limited and Select Tech (HK) Limited.",
                "Krastiva Safety Company, Limited",
                vec![],
                vec!["Select (Nan) Safety Co. Limited", "Select Tech (HK) Limited."],
                AndSubsidiaries,
            ),
            (
                "Krastiva Corps and its subordinate and affiliated entities",
                "Krastiva Corps",
                vec![],
                vec![],
                AndSubsidiaries,
            ),
            ("Sichuan (Szechuan) Krast Works", "Sichuan (Szechuan) Krast Works", vec![], vec![], Named),
            (
                "Krast Factory, a/k/a Golden Krast Diesel a/k/a Krast 1st Plant",
                "Krast Factory",
                vec!["Golden Krast Diesel", "Krast 1st Plant"],
                vec![],
                Named,
            ),
            ("KRASTIVA BUILD LTD.*123", "KRASTIVA BUILD LTD.", vec![], vec![], Named),
            ("KRASTIVA (F/K/A MILLBRANDT, INC.)*4", "KRASTIVA", vec!["MILLBRANDT, INC."], vec![], Named),
            ("Krastiva Garages Ltd.b", "Krastiva Garages Ltd.", vec![], vec![], Named),
            ("Krastiva Garages Ltd. a", "Krastiva Garages Ltd.", vec![], vec![], Named),
            ("Krastiva d.o.o", "Krastiva d.o.o", vec![], vec![], Named),
            ("Marks and Krastiva and Sons", "Marks and Krastiva and Sons", vec![], vec![], Named),
        ] {
            let parsed = parse(cell);
            assert_eq!(
                (parsed.name.as_str(), parsed.aliases, parsed.subsidiaries, parsed.scope),
                (
                    name,
                    aliases.into_iter().map(str::to_owned).collect(),
                    subsidiaries.into_iter().map(str::to_owned).collect(),
                    scope
                ),
                "{cell}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn any_cell_is_taken_apart(cell in "\\PC{0,60}") {
            let _ = parse(&cell);
        }

        #[test]
        fn any_cell_of_these_words_is_taken_apart(words in proptest::collection::vec(
            proptest::sample::select(vec!["(", ")", "and", "its", "subsidiaries,", "a/k/a", ";", "Ltd.", "é", "aliases:", "including"]), 0..12)) {
            let _ = parse(&words.join(" "));
        }
    }
}
