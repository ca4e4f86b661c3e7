//! One string often holds several names; this takes them apart.
//!
//! `Alliance Automotive Uk Lv T/A Jpn Autoparts` is two names, `АО «Каменск-Уральский Завод» (ОАО «КУМЗ»)` a name and its
//! abbreviation, `Deutsche Bank (Schweiz) AG` one name with a place in it. Every part is compared as a name of its own; the
//! report tells which part matched.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memchr2;
use smallvec::{SmallVec, smallvec};

use super::note::{self, Mark, Note};
use super::phrases::Phrases;
use super::state;

/// What a part is to the whole string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Role {
    /// All of it.
    #[default]
    Whole,
    /// One of several names: trading-as, also known as, a name in another script.
    Part,
    /// The name without what stands in brackets.
    WithoutBracket,
    /// What stands in brackets.
    InBracket,
    /// A former name.
    Former,
    /// All of it, with a note behind the legal form that may tell it from its namesakes.
    WithNote,
    /// The name up to its legal form, without that note.
    BeforeNote,
    /// What stands in brackets and is hardly a name by itself: where a company is, or for whom.
    Remark,
    /// The name without such a remark where that stands inside it and may tell it from its namesakes: `Merrowby (Egara) Co., Ltd.`
    WithoutRemark,
}

impl Role {
    /// Whether something of the name is missing.
    pub const fn is_part(self) -> bool {
        !matches!(self, Self::Whole | Self::WithNote | Self::BeforeNote)
    }
}

/// A part of a name, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What it is to the whole.
    pub role: Role,
}

/// Words between two names of one party. Those of the second group say that the name after them is a former one.
const SEPARATORS: &[&str] = &[
    " t/a ",
    " t/a: ",
    " t/as ",
    " t.a. ",
    " ta/ ",
    " trading as ",
    " traded as ",
    " dba ",
    " d/b/a ",
    " d.b.a. ",
    " doing business as ",
    " a.k.a. ",
    " a/k/a ",
    " aka ",
    " a.k.a ",
    " also known as ",
    " known as ",
    " or ",
    " ; ",
    " / ",
    " | ",
];
const FORMER: &[&str] = &[
    " f.k.a. ",
    " f/k/a ",
    " fka ",
    " formerly known as ",
    " formerly ",
    " previously known as ",
    " previously ",
    " former name ",
    " ex ",
    " née ",
    " nee ",
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(SEPARATORS.iter().chain(FORMER))
        .ok()
});

/// A quick look that lets most names pass.
static PARTING: Phrases = Phrases::of(&[SEPARATORS, FORMER, note::PHRASES]);

/// Takes a string apart. The first part is always the whole string.
///
/// `is_qualifier` says of a bracket's content whether it only qualifies the name (a place, a trade, a number), in which case
/// there is no name without it: `Bank of China (Hong Kong)` is not `Bank of China`.
///
/// `ends_in_form` says whether a text is a name with a legal form at its end; `from` tells which notes may stand behind it.
pub(super) fn split(
    text: &str,
    is_qualifier: impl Fn(&str) -> bool,
    ends_in_form: impl Fn(&str) -> bool,
    from: Writer,
) -> SmallVec<[Part<'_>; 1]> {
    let whole = |text| Part { text: Cow::Borrowed(text), role: Role::Whole };
    let mut parts: SmallVec<[Part<'_>; 1]> = smallvec![whole(text.trim())];
    let stateless = state::without(text.trim());
    parts.extend(stateless.map(whole));
    let text = stateless.unwrap_or(text.trim());
    if !note::may_be_marked(text) && !may_hold_brackets(text) && !PARTING.stand_in(text) {
        return parts;
    }
    let names = at_separators(text);
    if names.is_empty() {
        let bracketed = at_brackets(text, &is_qualifier);
        // What a bracket holds that only qualifies the name stands in it, unless it comes behind the legal form.
        let may_be_note = |note: &Note<'_>| note.mark != Mark::Bracket || bracketed.is_empty();
        let note = Note::behind_form(text, &ends_in_form).filter(may_be_note);
        parts.extend(bracketed);
        if let Some(note) = note {
            let noted = at_note(&note, from, &ends_in_form);
            let has_name = noted.iter().any(|part| part.role == Role::Part);
            for whole in parts.iter_mut().filter(|part| part.role == Role::Whole && !has_name) {
                whole.role = Role::WithNote;
            }
            parts.extend(noted);
        }
    }
    parts.extend(names.iter().filter(|part| is_name(&part.text)).cloned());
    for part in names {
        parts.extend(at_brackets(&part.text, &is_qualifier));
    }
    parts.dedup_by(|later, earlier| later.text == earlier.text);
    parts
}

/// The names between separators; none where there is only one.
fn at_separators(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let Some(finder) = PARTING.stand_in(text).then(|| FINDER.as_ref()).flatten() else { return parts };
    let (mut from, mut role) = (0, Role::Part);
    // A separator is weighed by what stands around it: `Black or White Ltd` is one name, so `or` and `/` need two words on each side.
    for found in finder.find_iter(text) {
        let index = found.pattern().as_usize();
        let weak = matches!(SEPARATORS.get(index), Some(&(" or " | " / " | " | " | " ; ")));
        let (before, after) = (text.get(from..found.start()), text.get(found.end()..));
        let (Some(before), Some(after)) = (before, after) else { continue };
        if weak && (before.split_whitespace().count() < 2 || after.split_whitespace().count() < 2) {
            continue;
        }
        if !is_name(before) || !is_name(after) {
            continue;
        }
        parts.push(Part { text: Cow::Borrowed(tidy(before)), role });
        from = found.end();
        role = if index >= SEPARATORS.len() { Role::Former } else { Role::Part };
    }
    if !parts.is_empty() {
        parts.push(Part { text: Cow::Borrowed(tidy(text.get(from..).unwrap_or_default())), role });
    }
    parts
}

/// Who writes a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    /// A clerk: what stands behind a dash is what is paid for.
    Ledger,
    /// A publisher or a vendor of data: what stands behind a dash tells a fund from others under one umbrella.
    Publisher,
}

/// The name before a note, or the two names, where it is one.
fn at_note<'a>(
    note: &Note<'a>,
    from: Writer,
    ends_in_form: &impl Fn(&str) -> bool,
) -> SmallVec<[Part<'a>; 2]> {
    let part = |text: &'a str, role| Part { text: Cow::Borrowed(tidy(text)), role };
    if note.mark == Mark::Slash && ends_in_form(note.text) {
        smallvec![part(note.name, Role::Part), part(note.text, Role::Part)]
    } else if from == Writer::Ledger || note.mark != Mark::Other {
        smallvec![part(note.name, Role::BeforeNote)]
    } else {
        SmallVec::new()
    }
}

/// What opens a bracket.
const OPEN: [char; 4] = ['(', '[', '（', '【'];

fn may_hold_brackets(text: &str) -> bool {
    memchr2(b'(', b'[', text.as_bytes()).is_some() || !text.is_ascii() && text.contains(OPEN)
}

/// The name without each bracket, and what stands in it.
fn at_brackets(text: &str, is_qualifier: &impl Fn(&str) -> bool) -> Vec<Part<'static>> {
    if !text.contains(OPEN) {
        return Vec::new();
    }
    let mut without = String::with_capacity(text.len());
    let mut inside = Vec::new();
    let mut rest = text;
    let mut cut = false;
    while let Some(open) = rest.find(OPEN) {
        let (before, after) = rest.split_at(open);
        without.push_str(before);
        let mut chars = after.chars();
        let opened = chars.next().map_or(0, char::len_utf8);
        let Some(close) = after.find([')', ']', '）', '】']) else {
            rest = after.get(opened..).unwrap_or_default();
            continue;
        };
        let content = after.get(opened..close).unwrap_or_default().trim();
        if is_qualifier(content) {
            without.push(' ');
            without.push_str(content);
            without.push(' ');
        } else {
            cut = true;
            without.push(' ');
            if is_name(content) {
                inside.push(Part { text: Cow::Owned(tidy(content).to_owned()), role: Role::InBracket });
            }
        }
        let closed = after.get(close..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        rest = after.get(close + closed..).unwrap_or_default();
    }
    if !cut {
        return Vec::new();
    }
    without.push_str(rest);
    let is_inside = rest.contains(char::is_alphanumeric);
    let role = if is_inside { Role::WithoutRemark } else { Role::WithoutBracket };
    let mut parts = vec![Part { text: Cow::Owned(tidy(&without).to_owned()), role }];
    parts.retain(|part| is_name(&part.text));
    parts.append(&mut inside);
    parts
}

/// Whether a piece could be a name at all: at least two letters.
fn is_name(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).take(2).count() == 2
}

fn tidy(text: &str) -> &str {
    text.trim().trim_matches([',', ';', ':', '-', '/', '|']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(String, Role)> {
        let qualifier = |content: &str| ["Hong Kong", "UK", "Schweiz"].contains(&content);
        let form = |text: &str| {
            text.contains(' ') && [" Ltd", " SA", " plc"].iter().any(|form| text.ends_with(form))
        };
        split(text, qualifier, form, Writer::Ledger)
            .into_iter()
            .map(|part| (part.text.into_owned(), part.role))
            .collect()
    }

    #[test]
    fn trading_names_and_brackets_are_taken_apart() {
        let role = |text: &str, role| (text.to_owned(), role);
        assert_eq!(
            texts("Merrowby Ltd T/A Jpn Autoparts"),
            [
                role("Merrowby Ltd T/A Jpn Autoparts", Role::Whole),
                role("Merrowby Ltd", Role::Part),
                role("Jpn Autoparts", Role::Part)
            ]
        );
        assert_eq!(
            texts("ОАО «Завод» (ОАО «КУМЗ»)"),
            [
                role("ОАО «Завод» (ОАО «КУМЗ»)", Role::Whole),
                role("ОАО «Завод»", Role::WithoutBracket),
                role("ОАО «КУМЗ»", Role::InBracket)
            ]
        );
        assert_eq!(
            texts("Merrowby Ltd/Israel"),
            [role("Merrowby Ltd/Israel", Role::WithNote), role("Merrowby Ltd", Role::BeforeNote)]
        );
        assert_eq!(
            texts("Merrowby Ltd/Tharnock plc"),
            [
                role("Merrowby Ltd/Tharnock plc", Role::Whole),
                role("Merrowby Ltd", Role::Part),
                role("Tharnock plc", Role::Part)
            ]
        );
        for (noted, name) in [
            ("Merrowby Care Ltd - Tharnock House", "Merrowby Care Ltd"),
            ("Merrowby Care Ltd Re Tharnock House", "Merrowby Care Ltd"),
            ("Merrowby Care Ltd (invoices aft", "Merrowby Care Ltd"),
            ("Merrowby Care Ltd: Tharnock", "Merrowby Care Ltd"),
            ("Merrowby Care Ltd, THE", "Merrowby Care Ltd"),
            ("Quell - Merrowby Care Ltd - Tharnock", "Quell - Merrowby Care Ltd"),
        ] {
            assert_eq!(texts(noted), [role(noted, Role::WithNote), role(name, Role::BeforeNote)]);
        }
        for (text, name) in [
            ("Merrowby Care Ltd in Liquidation", "Merrowby Care Ltd"),
            ("Merrowby s.r.o., v likvidaci", "Merrowby s.r.o."),
            ("Merrowby (in administration)", "Merrowby"),
        ] {
            assert_eq!(texts(text), [role(text, Role::Whole), role(name, Role::Whole)]);
        }
        assert_eq!(
            texts("Merrowby Ltd/Israel in liquidation"),
            [
                role("Merrowby Ltd/Israel in liquidation", Role::WithNote),
                role("Merrowby Ltd/Israel", Role::WithNote),
                role("Merrowby Ltd", Role::BeforeNote)
            ]
        );
        let published = |text| split(text, |_| false, |text| text.ends_with(" Ltd"), Writer::Publisher).len();
        assert_eq!((published("Merrowby Ltd - Tharnock Fund"), published("Merrowby Ltd/Israel")), (1, 2));
        for one in [
            "Merrowby A/S",
            "Merrowby Ltd/7",
            "Merrowby SA/OPERATIVE",
            "Merrowby Ltd /Israel",
            "Ltd/Israel",
            "Tharnock/Israel",
        ] {
            assert_eq!(texts(one).len(), 1, "{one}");
        }
        assert_eq!(texts("Bank of China (Hong Kong) Limited").len(), 1);
        assert_eq!(texts("Black or White Ltd").len(), 1);
        assert_eq!(texts("A (B").len(), 1);
        assert_eq!(texts("Oldname plc formerly Elder Name plc")[2], role("Elder Name plc", Role::Former));
    }
}
