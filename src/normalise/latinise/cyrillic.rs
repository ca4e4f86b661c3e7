//! Cyrillic as sanctions and trade lists spell it: near the BGN/PCGN romanisations (1944 and later, by language), without
//! their diacritics and apostrophes.

/// Which letters a language writes otherwise than Russian.
struct Language {
    /// Letters that only it uses, among the languages here.
    marks: &'static [char],
    /// Its own spellings.
    letters: &'static [(char, &'static str)],
}

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

const LANGUAGES: &[Language] = &[
    // Ukrainian
    Language {
        marks: &['і', 'ї', 'є', 'ґ'],
        letters: &[('г', "h"), ('и', "y"), ('й', "y"), ('щ', "shch"), ('х', "kh"), ('є', "ye")],
    },
    // Belarusian
    Language { marks: &['ў'], letters: &[('г', "h"), ('і', "i"), ('е', "e")] },
    // Serbian and Macedonian
    Language {
        marks: &['ј', 'љ', 'њ', 'ћ', 'ђ', 'џ', 'ѓ', 'ќ'],
        letters: &[('х', "h"), ('ц', "c"), ('ч', "c"), ('ш', "s"), ('ж', "z")],
    },
];

/// The readings of a word: its own language's where its letters tell one, else Russian, and a second one where the same
/// letters are often spelt otherwise.
pub(super) fn readings(word: &str) -> Vec<String> {
    let language = LANGUAGES.iter().find(|language| word.contains(language.marks));
    let mut readings = Vec::with_capacity(2);
    if let Some(language) = language {
        readings.push(spell(word, language.letters));
        readings.push(spell(word, &[]));
    } else {
        readings.push(spell(word, &[]));
        // Bulgarian, and simpler habits: `kh` is `h`, `shch` is `sht`.
        let simple = spell(word, &[('х', "h"), ('щ', "sht"), ('ъ', "a"), ('й', "i")]);
        if !readings.contains(&simple) {
            readings.push(simple);
        }
    }
    readings
}

fn spell(word: &str, own: &[(char, &str)]) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        let find = |table: &[(char, &'static str)]| {
            table.iter().find(|(letter, _)| *letter == c).map(|(_, latin)| *latin)
        };
        match own.iter().find(|(letter, _)| *letter == c).map(|(_, latin)| *latin).or_else(|| find(RUSSIAN)) {
            Some(latin) => out.push_str(latin),
            None if c.is_ascii() => out.push(c),
            None => out.push_str(&super::fallback(c.encode_utf8(&mut [0; 4]))),
        }
    }
    // Endings of adjectives: `-yy` and `-iy` are one ending, mostly spelt `-y` or `-iy`.
    if let Some(stem) = out.strip_suffix("yy") {
        return format!("{stem}yi");
    }
    out
}
