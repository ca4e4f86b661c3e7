//! Cyrillic as sanctions and trade lists spell it: near the BGN/PCGN romanisations (1944 and later, by language), without
//! their diacritics and apostrophes.

const RUSSIAN: &[(char, &str)] = &[
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ё', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    // Letters of the other languages, for words in which no mark tells the language.
    ('і', "i"),
    ('ї', "yi"),
    ('є', "ye"),
    ('ґ', "g"),
    ('ў', "u"),
    ('ј', "j"),
    ('љ', "lj"),
    ('њ', "nj"),
    ('ћ', "c"),
    ('ђ', "dj"),
    ('џ', "dz"),
    ('ѓ', "gj"),
    ('ќ', "kj"),
    ('ѕ', "dz"),
    ('қ', "k"),
    ('ғ', "g"),
    ('ң', "n"),
    ('ө', "o"),
    ('ұ', "u"),
    ('ү', "u"),
    ('һ', "h"),
    ('ә', "a"),
];

/// A language that Cyrillic text may be in, told by letters that the others lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Russian,
    Ukrainian,
    Belarusian,
    Bulgarian,
    /// Serbian or Macedonian.
    Serbian,
}

/// The language of a whole text, since one word seldom tells: `торгова` is Ukrainian only beside `компанія`.
pub(super) fn language(text: &str) -> Language {
    if text.chars().all(|c| c < FIRST_LETTER) {
        // Nothing to read.
        Language::Russian
    } else if text.contains(['ј', 'љ', 'њ', 'ћ', 'ђ', 'џ', 'ѓ', 'ќ', 'ѕ']) {
        Language::Serbian
    } else if text.contains('ў')
        || text.contains('і') && text.contains(['ы', 'э', 'ё']) && !text.contains(KAZAKH)
    {
        Language::Belarusian
    } else if text.contains(['і', 'ї', 'є', 'ґ']) && !text.contains(KAZAKH) {
        Language::Ukrainian
    } else if !text.contains(['ы', 'э', 'ё']) && has_hard_vowel(text) {
        Language::Bulgarian
    } else {
        Language::Russian
    }
}

/// The first Cyrillic letter.
const FIRST_LETTER: char = '\u{400}';

const KAZAKH: [char; 8] = ['қ', 'ғ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'ә'];

/// Bulgarian writes `ъ` as a vowel, before consonants; Russian only before `е`, `ё`, `ю`, `я`.
fn has_hard_vowel(text: &str) -> bool {
    text.chars()
        .zip(text.chars().skip(1))
        .any(|(c, next)| c == 'ъ' && next.is_alphabetic() && !"еёюяи".contains(next))
}

/// Letters and how they are spelt.
type Letters = &'static [(char, &'static str)];

/// What a language spells otherwise than Russian; the second list is another usual way.
const fn letters(language: Language) -> (Letters, Letters) {
    match language {
        // The second is also how English words come back: `Юнисервис` is Uniservice.
        Language::Russian => (&[], &[('х', "h"), ('щ', "sch"), ('й', "i"), ('ц', "c"), ('ю', "u")]),
        Language::Ukrainian => (
            &[('г', "h"), ('и', "y")],
            &[('г', "h"), ('и', "y"), ('й', "i"), ('ю', "iu"), ('я', "ia"), ('є', "ie"), ('ї', "i")],
        ),
        Language::Belarusian => {
            (&[('г', "h")], &[('г', "h"), ('ю', "iu"), ('я', "ia"), ('й', "i"), ('е', "ie")])
        }
        Language::Bulgarian => (
            &[('ъ', "a"), ('щ', "sht"), ('х', "h")],
            &[('ъ', "u"), ('щ', "sht"), ('х', "h"), ('й', "i"), ('ж', "j")],
        ),
        Language::Serbian => (
            &[('х', "h"), ('ц', "c"), ('ч', "c"), ('ш', "s"), ('ж', "z"), ('ѕ', "dz")],
            &[('х', "h"), ('ћ', "ch"), ('ђ', "dj"), ('ј', "y"), ('љ', "ly"), ('њ', "ny"), ('џ', "dzh")],
        ),
    }
}

/// The readings of a word of a text in that language: the usual one, another usual one, and in Russian the one that shows how `е`
/// begins a syllable (`Енисей` is `Yenisey`).
pub(super) fn readings(word: &str, language: Language) -> Vec<String> {
    let (usual, other) = letters(language);
    let mut readings = vec![spell(word, usual, false), spell(word, other, false)];
    if language == Language::Russian {
        readings.insert(1, spell(word, usual, true));
    } else if language != Language::Serbian {
        readings.push(spell(word, &[], false));
    }
    let mut seen: Vec<String> = Vec::with_capacity(readings.len());
    for reading in readings {
        if !seen.contains(&reading) {
            seen.push(reading);
        }
    }
    seen
}

fn spell(word: &str, own: &[(char, &str)], is_iotated: bool) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = None;
    for c in word.chars() {
        if is_iotated && matches!(c, 'е' | 'ё') && before.is_none_or(|c| "аеёиоуыэюяьъй".contains(c))
        {
            out.push('y');
        }
        before = Some(c);
        let spelt = own.iter().chain(RUSSIAN).find(|(letter, _)| *letter == c).map(|(_, latin)| *latin);
        match spelt {
            Some(latin) => out.push_str(latin),
            None if c.is_ascii() => out.push(c),
            None => out.push_str(&super::fallback(c.encode_utf8(&mut [0; 4]))),
        }
    }
    // The ending of adjectives `-ый` is spelt in one way, whatever the system: the word table knows it.
    match out.strip_suffix("yy") {
        Some(stem) => format!("{stem}yi"),
        None => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_told_by_its_letters() {
        for (text, expected) in [
            ("машиностроительный завод", Language::Russian),
            ("торгова компанія", Language::Ukrainian),
            ("дзяржаўнае прадпрыемства", Language::Belarusian),
            ("беларускі завод ы", Language::Belarusian),
            ("българска компания", Language::Bulgarian),
            ("предузеће", Language::Serbian),
            ("қазақстан темір жолы", Language::Russian),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }

    #[test]
    fn every_language_spells_its_own_way() {
        for (word, language, expected) in [
            ("григорий", Language::Russian, "grigoriy"),
            ("енисей", Language::Russian, "enisey"),
            ("григорій", Language::Ukrainian, "hryhoriy"),
            ("лукашэнка", Language::Belarusian, "lukashenka"),
            ("български", Language::Bulgarian, "balgarski"),
            ("цвијић", Language::Serbian, "cvijic"),
            ("щука", Language::Russian, "shchuka"),
        ] {
            assert_eq!(readings(word, language)[0], expected);
        }
        assert!(readings("енисей", Language::Russian).contains(&"yenisey".to_owned()));
    }
}
