//! Words of persons' names: given names across languages, patronymics, particles and titles.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

const GIVEN: &str = include_str!("tables/given_names.csv");
const PARTS: &str = include_str!("tables/person_words.csv");

static GROUPS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut groups = FxHashMap::default();
    let rows = GIVEN.lines().filter(|line| !line.starts_with('#'));
    for (group, line) in (0..).zip(rows) {
        for spelling in line.split(';') {
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
