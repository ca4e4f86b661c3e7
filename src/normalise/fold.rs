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
    if text.is_ascii() && !may_hold_initials(text.as_bytes()) {
        return plain(text.as_bytes());
    } else if text.is_ascii() {
        push_words(&text.to_ascii_lowercase(), &mut out);
    } else {
        // Before anything is composed: a lone acute becomes a blank and an accent, and an accent behind a joiner finds no letter.
        let seen = text.chars().filter(|c| !is_apostrophe(*c) && !is_invisible(*c));
        let folded: String =
            caseless::default_case_fold_str(&seen.nfkc().collect::<String>()).nfkc().collect();
        push_words(&folded, &mut out);
        settle(&mut out);
    }
    out
}

/// Whether single letters may stand there with a dot or hyphen between them.
fn may_hold_initials(text: &[u8]) -> bool {
    let letter = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphabetic);
    let inside = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let marks = text.iter().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b'-'));
    let mut marks = marks.map(|(at, _)| at).filter(|at| *at > 0);
    marks.any(|at| letter(at - 1) && !(at > 1 && inside(at - 2)) && letter(at + 1) && !inside(at + 2))
}

/// What [`push_words`] writes where nothing but letters and what divides them can stand.
fn plain(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len() + 4);
    // A blank is owed before the next letter, but for the first.
    let mut owed = false;
    for byte in text {
        match byte {
            b'\'' | b'`' => {}
            b'&' | b'+' => {
                if !out.is_empty() {
                    out.push(b' ');
                }
                out.extend_from_slice(b"and");
                owed = true;
            }
            byte if byte.is_ascii_alphanumeric() => {
                if std::mem::take(&mut owed) && !out.is_empty() {
                    out.push(b' ');
                }
                out.push(byte.to_ascii_lowercase());
            }
            _ => owed = true,
        }
    }
    // Nothing but letters and digits of ASCII was written.
    String::from_utf8(out).unwrap_or_default()
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

    proptest::proptest! {
        #[test]
        fn plain_text_is_folded_as_any_other(text in "[a-cA-C0-2 .,&+'`()-]{0,24}") {
            let mut slow = String::new();
            push_words(&text.to_ascii_lowercase(), &mut slow);
            proptest::prop_assert_eq!(fold(&text), slow);
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
