//! One spelling for what differs only in case, width, quotes, dots and look-alike letters.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_script::{Script, UnicodeScript};

/// Folds a text to lower-case words separated by single blanks, each still in its own script.
///
/// NFKC, full case folding (Unicode 5.18), look-alike letters of another script brought home, apostrophes and invisible
/// characters taken out, `&` and `+` read as `and`, dotted and hyphened initials joined, everything else between words a blank.
///
/// # Examples
/// ```
/// use wharfinger::normalise::fold::fold;
/// assert_eq!(fold("A-B-C  Company (Xi'an) & Co."), "abc company xian and co");
/// assert_eq!(fold("S.M.I.C."), "smic");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out
}

/// As [`fold`], in memory that is there.
pub(super) fn fold_into(text: &str, out: &mut String) {
    out.clear();
    if text.is_ascii() {
        let mut written = std::mem::take(out).into_bytes();
        // More only where signs are read as words.
        written.reserve(text.len());
        plain(text.as_bytes(), &mut written);
        written.make_ascii_lowercase();
        // Nothing but letters and digits of ASCII was written.
        *out = String::from_utf8(written).unwrap_or_default();
        return;
    }
    match latin(text) {
        Some(lower) => push_words(&lower, out),
        None => general(text, out),
    }
}

/// Folds a text of any characters.
fn general(text: &str, out: &mut String) {
    // Before anything is composed: a lone acute becomes a blank and an accent, and an accent behind a joiner finds no letter.
    let seen = text.chars().filter(|c| !is_apostrophe(*c) && !is_invisible(*c));
    let folded: String = caseless::default_case_fold_str(&seen.nfkc().collect::<String>()).nfkc().collect();
    push_words(&folded, out);
    settle(out);
}

/// Whether a byte is a letter or digit of ASCII.
#[expect(clippy::indexing_slicing, reason = "done when this is compiled, where it would fail")]
const IS_LETTER: [bool; 256] = {
    let mut is_letter = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        is_letter[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    is_letter
};

/// What [`push_words`] writes of a text in ASCII, but in capitals where that is.
fn plain(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    let mut in_word = false;
    loop {
        let is_letter = |byte: &u8| IS_LETTER.get(usize::from(*byte)).copied().unwrap_or(false);
        let length = rest.iter().position(|byte| !is_letter(byte)).unwrap_or(rest.len());
        let (letters, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        rest = behind;
        if let [first, ..] = letters {
            if !in_word {
                divide(out);
            }
            out.extend_from_slice(letters);
            let mut last = if in_word || length > 1 { b' ' } else { *first };
            in_word = true;
            while let Some((next, after)) = next_initial(last, rest) {
                (last, rest) = (next, after);
                out.push(next);
                // Initials are a word of their own, whatever stands behind them.
                in_word = false;
            }
        }
        let [mark, behind @ ..] = rest else { return };
        rest = behind;
        match mark {
            b'\'' | b'`' => {}
            b'&' | b'+' => {
                divide(out);
                out.extend_from_slice(b"and");
                in_word = false;
            }
            _ => in_word = false,
        }
    }
}

/// A blank before the next word, but for the first.
fn divide(out: &mut Vec<u8>) {
    if !out.is_empty() {
        out.push(b' ');
    }
}

/// The single letter behind another and a dot or hyphen, and what is behind it.
fn next_initial(letter: u8, rest: &[u8]) -> Option<(u8, &[u8])> {
    match rest {
        [b'.' | b'-', next, after @ ..] if letter.is_ascii_alphabetic() && next.is_ascii_alphabetic() => {
            after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric()).then_some((*next, after))
        }
        _ => None,
    }
}

/// A text of nothing but ASCII and letters that Latin languages of Europe have on their keyboards, each in one character that has one
/// small letter, in small letters; `None` for any other.
///
/// Nothing of such a text can be composed, and nothing is brought home.
fn latin(text: &str) -> Option<String> {
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' | '`' | '‘' | '’' => {}
            '\0'..='\u{7f}' => lower.push(c.to_ascii_lowercase()),
            'ß' => lower.push_str("ss"),
            // Those left out fold to several characters or to others than their small letters.
            'À'..='Ö' | 'Ø'..='ö' | 'ø'..='į' | 'Ĵ'..='ľ' | 'Ł'..='ň' | 'Ŋ'..='ž' => {
                lower.extend(c.to_lowercase());
            }
            '«' | '»' | '“' | '”' | '„' | '–' | '—' => lower.push(' '),
            _ => return None,
        }
    }
    Some(lower)
}

/// Composes and brings home until nothing changes: a letter brought home may take an accent or tip the script of the text.
///
/// A word changes twice at most, first to the script of most of its letters, then to that of the text.
fn settle(words: &mut String) {
    loop {
        if is_nfkc_quick(words.chars()) != IsNormalized::Yes {
            *words = words.nfkc().collect();
        }
        let settled = home(words);
        if settled == *words {
            return;
        }
        *words = settled;
    }
}

/// Writes the words of a lower-case text.
fn push_words(text: &str, out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    let mut word = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if word.is_empty() {
            let (letters, length) = initials(chars.get(at..).unwrap_or_default());
            if length > 0 {
                word.push_str(&letters);
                finish(&mut word, out);
                at += length;
                continue;
            }
        }
        match c {
            c if is_apostrophe(c) || is_invisible(c) => {}
            '&' | '+' => {
                finish(&mut word, out);
                word.push_str("and");
                finish(&mut word, out);
            }
            c if is_letter(c) => word.push(c),
            _ => finish(&mut word, out),
        }
        at += 1;
    }
    finish(&mut word, out);
}

/// Single letters with a dot or hyphen between them, at the start of `chars`: the letters in one, and how far they reach.
///
/// `s.p.a.` and `a-b-c` are; `co.uk` and `x-ray` are not.
fn initials(chars: &[char]) -> (String, usize) {
    let is_single = |at: usize| {
        chars.get(at).is_some_and(|c| c.is_alphabetic()) && chars.get(at + 1).is_none_or(|c| !is_letter(*c))
    };
    let is_mark = |at: usize| matches!(chars.get(at), Some('.' | '-'));
    let mut letters = String::new();
    let mut at = 0;
    while is_single(at) {
        letters.extend(chars.get(at));
        at += 1;
        if is_mark(at) && is_single(at + 1) {
            at += 1;
        }
    }
    if letters.chars().count() < 2 { (String::new(), 0) } else { (letters, at) }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn finish(word: &mut String, out: &mut String) {
    if word.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
    word.clear();
}

/// Marks that are written inside a word and are none of its letters.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | '′' | 'ʹ' | 'ʺ')
}

/// Soft hyphens, joiners, directional marks, variation selectors: they change how a name looks, not what it is.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
    )
}

/// Lower-case Latin letters and the Cyrillic ones that look the same.
///
/// Source: Unicode Technical Standard 39, `confusables.txt`, the pairs that a reader cannot tell apart in any usual typeface.
const LOOK_ALIKES: &[(char, char)] = &[
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('h', 'һ'),
    ('i', 'і'),
    ('j', 'ј'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
    ('b', 'в'),
];

/// Below this there is no Cyrillic letter, and none of another script that is brought home.
const FIRST_GREEK: char = '\u{370}';

/// A longer word of look-alike letters is a word of its own script.
const LONGEST_LONE: usize = 3;

/// Letters of another script inside a word are brought home: `ООО` with a Latin `O` in it is Cyrillic, `Bаnk` with a Cyrillic `а` Latin.
///
/// So is a single short word of nothing but such letters in a text that is otherwise Cyrillic: the `C` of `Общество C Ограниченной`.
fn home(text: &str) -> String {
    if text.chars().all(|c| c < FIRST_GREEK) {
        return text.to_owned();
    }
    // `&` was read as a Latin word.
    let words = || text.split(' ').filter(|word| *word != "and");
    let of = |script: Script| words().flat_map(str::chars).filter(|c| c.script() == script).count();
    let is_cyrillic = of(Script::Cyrillic) > 2 * of(Script::Latin);
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let count = |script: Script| piece.chars().filter(|c| c.script() == script).count();
        let (latin, cyrillic) = (count(Script::Latin), count(Script::Cyrillic));
        let is_lone = is_cyrillic
            && (1..=LONGEST_LONE).contains(&latin)
            && piece.chars().filter(|c| c.is_alphabetic()).all(|c| LOOK_ALIKES.iter().any(|(l, _)| *l == c));
        if (latin == 0 || cyrillic == 0) && !is_lone {
            out.push_str(piece);
            continue;
        }
        let swap = |c: char| {
            let pair = LOOK_ALIKES
                .iter()
                .find(|(l, r)| if latin >= cyrillic && !is_lone { *r == c } else { *l == c });
            pair.map_or(c, |(l, r)| if latin >= cyrillic && !is_lone { *l } else { *r })
        };
        out.extend(piece.chars().map(swap));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_differ_in_nothing_but_looks_are_one() {
        for (text, folded) in [
            ("A-B-C Company", "abc company"),
            ("S.M.I.C. Corp.", "smic corp"),
            ("S. A. R. L. Dupont", "s a r l dupont"),
            ("Xi'an Qa’ani", "xian qaani"),
            ("Smith & Sons", "smith and sons"),
            ("ＡＢＣ　Ｌｔｄ", "abc ltd"),
            ("Bаnk", "bank"),
            ("ООO «Инеко»", "ооо инеко"),
            ("Straße", "strasse"),
            ("x-ray.co.uk", "x ray co uk"),
            ("zero\u{200b}width", "zerowidth"),
            ("Ѐ'hЀ\0", "ѐнѐ"),
            ("O´Brien", "obrien"),
            ("С.П.A.", "спа"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn each_latin_letter_is_folded_as_any_other() {
        let mut known = 0;
        for c in ('\0'..='\u{24f}').chain('\u{2000}'..='\u{2070}') {
            let text = format!("A{c}c {c} {c}.{c}");
            let mut slow = String::new();
            general(&text, &mut slow);
            if let Some(lower) = latin(&text) {
                let mut quick = String::new();
                push_words(&lower, &mut quick);
                assert_eq!(quick, slow, "{text}");
                known += 1;
            }
        }
        assert!(known > 300);
    }

    proptest::proptest! {
        #[test]
        fn plain_text_is_folded_as_any_other(text in "[a-cA-C0-2 .,&+'`()\t-]{0,24}") {
            let mut slow = String::new();
            push_words(&text.to_ascii_lowercase(), &mut slow);
            proptest::prop_assert_eq!(fold(&text), slow);
        }

        #[test]
        fn latin_text_is_folded_as_any_other(text in "[acAC0. &'’«ßéÉüÜžŽłØ-]{0,24}") {
            if let Some(lower) = latin(&text) {
                let mut quick = String::new();
                push_words(&lower, &mut quick);
                let mut slow = String::new();
                general(&text, &mut slow);
                proptest::prop_assert_eq!(quick, slow);
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once.clone());
        }

        /// Marks, joiners, initials and look-alike letters: whatever brings letters together that stood apart.
        #[test]
        fn so_it_is_where_scripts_and_marks_meet(text in "[ahcoеонсжѐЀüÜᾳŉİſ'´’&+. \u{301}\u{306}\u{200b}\u{ad}\u{345}-]{0,16}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once.clone());
        }
    }
}
