//! Words of persons' names: given names across languages, patronymics, particles and titles.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::table::{cells, rows};

const GIVEN: &str = include_str!("tables/given_names.csv");
const PARTS: &str = include_str!("tables/person_words.csv");

static GROUPS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut groups = FxHashMap::default();
    for (group, row) in (0..).zip(rows(GIVEN)) {
        for spelling in cells(row, b';') {
            groups.entry(spelling).or_insert(group);
        }
    }
    groups
});

#[derive(Default)]
struct Parts {
    particles: FxHashSet<&'static str>,
    titles: FxHashSet<&'static str>,
}

static WORDS: LazyLock<Parts> = LazyLock::new(|| {
    let mut parts = Parts::default();
    for line in PARTS.lines() {
        match line.split_once(',') {
            Some(("particle", words)) => parts.particles.extend(words.split(';')),
            Some(("title", words)) => parts.titles.extend(words.split(';')),
            _ => {}
        }
    }
    parts
});

/// The group of a given name: names with one number are one name in other languages or spellings. The number says nothing else and
/// may change between versions.
///
/// # Examples
/// ```
/// use wharfinger::normalise::words::given_name;
/// assert_eq!(given_name("oleksandr"), given_name("alexander"));
/// assert_eq!(given_name("mohd"), given_name("muhammad"));
/// assert_ne!(given_name("alexander"), given_name("alexei"));
/// assert_eq!(given_name("hoshine"), None);
/// ```
pub fn given_name(token: &str) -> Option<u32> {
    GROUPS.get(token).copied()
}

/// Endings of patronymics: Russian, Ukrainian, Belarusian, Bulgarian-free, and the Turkic words that follow the father's name.
const PATRONYMIC: &[&str] = &[
    "ovich", "evich", "ovych", "evych", "yevich", "yevych", "iyovych", "avich", "yavich", "ovna", "evna",
    "yevna", "ivna", "yivna", "ouna", "auna", "yauna", "inichna", "ichna", "ivich", "iyevich", "iyevna",
    "oglu", "ogly", "oghlu", "kyzy", "qizi", "kizi", "uulu", "uly", "ulu", "ogli",
];

/// Patronymics that no ending tells from a family name.
const SHORT_PATRONYMICS: &[&str] = &[
    "ilich",
    "ilyich",
    "ilych",
    "ilyinichna",
    "kuzmich",
    "kuzmych",
    "lukich",
    "lukych",
    "fomich",
    "fomych",
    "nikitich",
    "nikitych",
    "savvich",
    "illich",
    "illych",
];

/// Whether a word is a father's name as Russians, Ukrainians, Belarusians and Turkic peoples carry it: `ivanovich`, `petrivna`, `ogly`.
///
/// Family names in `-ovich` (`abramovich`) have the same ending; where in the name it stands must tell.
///
/// # Examples
/// ```
/// use wharfinger::normalise::words::is_patronymic;
/// assert!(is_patronymic("vladimirovich") && is_patronymic("anatoliyivna"));
/// assert!(!is_patronymic("ivanov") && !is_patronymic("ovich"));
/// ```
pub fn is_patronymic(token: &str) -> bool {
    if SHORT_PATRONYMICS.contains(&token) {
        return true;
    }
    // Two letters of the father's name must stand before the ending; the Turkic words may stand alone.
    PATRONYMIC.iter().any(|ending| match token.strip_suffix(ending) {
        Some("") => {
            ending.starts_with(['o', 'k', 'q', 'u'])
                && !ending.ends_with("ich")
                && !ending.ends_with('a')
                && !ending.ends_with("ych")
        }
        Some(father) => father.len() >= 2,
        None => false,
    })
}

/// The group of the father's name in a patronymic: `nikolayevich` and `mykolaiovych` both name a Nicholas. `None` for other words,
/// and where no table knows the father.
///
/// # Examples
/// ```
/// use wharfinger::normalise::words::{given_name, patronymic};
/// assert_eq!(patronymic("mikalaevich"), given_name("nikolai"));
/// assert_eq!(patronymic("grigorievna"), patronymic("hryhorauna"));
/// assert_eq!(patronymic("abramov"), None);
/// ```
pub fn patronymic(token: &str) -> Option<u32> {
    if !is_patronymic(token) {
        return None;
    }
    // The longest ending leaves the shortest stem; the father's own ending is then one of a few.
    let mut stems: Vec<&str> = PATRONYMIC
        .iter()
        .filter_map(|ending| token.strip_suffix(ending))
        .filter(|stem| stem.len() >= 3)
        .collect();
    stems.sort_unstable_by_key(|stem| std::cmp::Reverse(stem.len()));
    stems.iter().find_map(|stem| {
        let stem = stem.strip_suffix('y').unwrap_or(stem);
        FATHERS.iter().find_map(|ending| given_name(&format!("{stem}{ending}")))
    })
}

/// What a given name may end with where its patronymic has its own ending: Ivan, Nikolay, Ilya, Andriy, Mykola, Aleksandr.
const FATHERS: &[&str] = &["", "y", "i", "iy", "ii", "ey", "ei", "ay", "ai", "a", "o", "ij", "ya", "el"];

/// What stands between the parts of an Arabic compound: `abd al-rahman`, `khayr ed din`.
const ARTICLES: &[&str] = &[
    "al", "el", "ul", "ol", "ad", "ed", "ud", "od", "ar", "er", "ur", "or", "as", "es", "us", "os", "az",
    "ez", "uz", "ash", "ush", "an", "en", "un", "at", "ut", "at",
];
/// `Servant of`, with or without the article behind it.
const SERVANTS: &[&str] =
    &["abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abdir", "abdil", "abdus", "abdi"];
/// `Of the faith`, as the second part of a name.
const FAITHS: &[&str] =
    &["din", "deen", "dine", "dein", "eddin", "eddine", "uddin", "addin", "aldin", "ad din"];

/// Writes Arabic compounds in one: `abd al rahman` is `abdulrahman`, `khayr al din` `khayruddin`, `nasr allah` `nasrullah`; a
/// compound that stands in one word gets the same spelling.
pub(super) fn join_compounds(words: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        let next = words.get(at + 1).copied();
        let is_article = next.is_some_and(|next| ARTICLES.contains(&next));
        let second = if is_article { words.get(at + 2).copied() } else { next };
        let used = if is_article { 3 } else { 2 };
        let is_compound = |second: &str| {
            SERVANTS.contains(&word)
                || FAITHS.contains(&second)
                || matches!(second, "allah" | "ullah" | "ollah")
        };
        if let Some(second) =
            second.filter(|second| second.len() > 2 && word.len() > 2 && is_compound(second))
        {
            let first = if SERVANTS.contains(&word) { "abdul" } else { word };
            out.push(one_spelling(&format!("{first}{second}")));
            at += used;
        } else {
            out.push(one_spelling(word));
            at += 1;
        }
    }
    // `Aziz, Abdul`: the list has put the second part of the compound first.
    if let [first, .., last] = out.as_mut_slice()
        && words.len() == 2
        && SERVANTS.contains(&last.as_str())
    {
        *first = one_spelling(&format!("abdul{first}"));
        out.pop();
    }
    out
}

/// One spelling for the second part of a compound in one word: `saifeddine`, `saifaldin`, `saifuddin`.
fn one_spelling(word: &str) -> String {
    let faith = [
        "eddine", "eddin", "uddin", "addin", "aldin", "iddin", "uldin", "eldin", "adin", "edine", "addine",
        "uddeen",
    ];
    let god = ["allah", "ollah", "ulla", "olla", "oullah", "ellah"];
    let with = |endings: &[&str], ending: &str| {
        let stem =
            endings.iter().filter_map(|ending| word.strip_suffix(ending)).find(|stem| stem.len() >= 3)?;
        Some(format!("{stem}{ending}"))
    };
    let plain_faith = || {
        let stem = ["deen", "dine", "din"].iter().find_map(|ending| word.strip_suffix(ending))?;
        (stem.len() >= 4 && word.len() >= 8).then(|| format!("{stem}uddin"))
    };
    with(&faith, "uddin")
        .or_else(|| with(&god, "ullah"))
        .or_else(plain_faith)
        .unwrap_or_else(|| word.to_owned())
}

/// Endings of family names that are one in Russian, Belarusian and Ukrainian, and how they are spelt here, longest first.
const FAMILY: &[(&str, &str)] = &[
    ("ouskaya", "ovskaya"),
    ("euskaya", "evskaya"),
    ("ouski", "ovsky"),
    ("euski", "evsky"),
    ("auski", "ovsky"),
    ("ovskiy", "ovsky"),
    ("ovskii", "ovsky"),
    ("ovskyi", "ovsky"),
    ("evskiy", "evsky"),
    ("evskii", "evsky"),
    ("anka", "enko"),
    ("enka", "enko"),
    ("enko", "enko"),
    ("avich", "ovich"),
    ("ovich", "ovich"),
    ("evich", "evich"),
    ("ievich", "evich"),
    ("ovsky", "ovsky"),
    ("evsky", "evsky"),
    ("ovskaya", "ovskaya"),
    ("ava", "ova"),
    ("ova", "ova"),
    ("eva", "eva"),
    ("off", "ov"),
    ("ou", "ov"),
    ("au", "ov"),
    ("ov", "ov"),
    ("eu", "ev"),
    ("iev", "ev"),
    ("yev", "ev"),
    ("ev", "ev"),
];

/// A family name in the spelling that Slavic languages share: `sakalouskaya` is `sokolovskaya`, `naumau` is `noumov`. Belarusian writes
/// the unstressed `o` as `a`, so before such an ending the two are one here; other names stay as they are.
pub(super) fn family_name(token: &str) -> String {
    let found = FAMILY.iter().find_map(|(ending, shared)| Some((token.strip_suffix(ending)?, *shared)));
    match found {
        Some((stem, shared)) if stem.len() >= 3 => format!("{}{shared}", stem.replace('a', "o")),
        _ => token.to_owned(),
    }
}

/// Whether a word only joins the parts of a name: articles, `son of`, `father of`, `from`.
///
/// # Examples
/// ```
/// use wharfinger::normalise::words::is_particle;
/// assert!(["al", "bin", "abu", "de", "von"].iter().all(|word| is_particle(word)));
/// ```
pub fn is_particle(token: &str) -> bool {
    WORDS.particles.contains(token)
}

/// Whether a word is a title, rank or form of address: `dr`, `general`, `haji`, `ayatollah`.
///
/// # Examples
/// ```
/// use wharfinger::normalise::words::is_title;
/// assert!(is_title("mr") && is_title("colonel") && !is_title("marshall"));
/// ```
pub fn is_title(token: &str) -> bool {
    WORDS.titles.contains(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_one_across_languages() {
        for (left, right) in [
            ("aliaksandr", "oleksandr"),
            ("evgeny", "yevhen"),
            ("mykola", "nikolai"),
            ("uladzimir", "vladimir"),
            ("siarhei", "sergey"),
            ("hossein", "hussain"),
            ("mehmet", "mohamed"),
            ("yusuf", "joseph"),
            ("jose", "giuseppe"),
        ] {
            assert!(given_name(left).is_some(), "{left}");
            assert_eq!(given_name(left), given_name(right), "{left} {right}");
        }
        for (left, right) in
            [("andrei", "andreeva"), ("ivan", "igor"), ("maria", "marina"), ("hasan", "hussein")]
        {
            assert_ne!(given_name(left), given_name(right), "{left} {right}");
        }
    }

    #[test]
    fn patronymics_are_told_by_their_ending() {
        for word in [
            "ivanovich",
            "sergeevna",
            "serhiyovych",
            "mikalaevich",
            "petrivna",
            "ilyich",
            "ogly",
            "aliyevich",
        ] {
            assert!(is_patronymic(word), "{word}");
        }
        for word in ["ivanov", "smith", "novak", "ovich", "evna", "alina"] {
            assert!(!is_patronymic(word), "{word}");
        }
    }

    #[test]
    fn family_names_are_one_across_slavic_spellings() {
        for (left, right) in [
            ("sakalouskaya", "sokolovskaya"),
            ("naumau", "naumov"),
            ("paulichenka", "paulichenko"),
            ("smirnoff", "smirnov"),
        ] {
            let sound = |word: &str| crate::normalise::latinise::skeleton(&family_name(word));
            assert_eq!(sound(left), sound(right), "{left} {right}");
        }
        assert_eq!(family_name("hasan"), "hasan");
    }

    #[test]
    fn arabic_compounds_are_one_word() {
        for (apart, joined) in [
            ("abd al rahman hasan", "abdulrahman hasan"),
            ("khayr al din al sayyed", "khayruddin al sayyed"),
            ("khairuddin al sayyed", "khairuddin al sayyed"),
            ("nasr allah jawad", "nasrullah jawad"),
            ("nasrallah jawad", "nasrullah jawad"),
            ("safieddine hashem", "safiuddin hashem"),
            ("ali al hasan", "ali al hasan"),
            ("abd", "abd"),
        ] {
            let words: Vec<&str> = apart.split(' ').collect();
            assert_eq!(join_compounds(&words).join(" "), joined, "{apart}");
        }
    }

    #[test]
    fn the_tables_read_whole() {
        for line in GIVEN.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.split(';').count() > 1, "{line}");
            assert!(line.split(';').all(|word| super::super::fold::fold(word) == word), "{line}");
        }
        for line in PARTS.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.starts_with("particle,") || line.starts_with("title,"), "{line}");
        }
        assert!(is_title("dr") && is_particle("bin") && !is_particle("ali"));
    }
}
