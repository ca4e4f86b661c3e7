//! Greek: as passports and registers spell it (ELOT 743), and as it sounds.

/// Letters together first. The second spelling is the one by sound.
const LETTERS: &[(&str, &str, &str)] = &[
    ("ου", "ou", "u"),
    ("αυ", "av", "af"),
    ("ευ", "ev", "ef"),
    ("αι", "ai", "e"),
    ("ει", "ei", "i"),
    ("οι", "oi", "i"),
    ("γγ", "ng", "ng"),
    ("γκ", "gk", "g"),
    ("γχ", "nch", "nh"),
    ("μπ", "mp", "b"),
    ("ντ", "nt", "d"),
    ("τζ", "tz", "j"),
    ("τσ", "ts", "ts"),
    ("α", "a", "a"),
    ("β", "v", "v"),
    ("γ", "g", "g"),
    ("δ", "d", "d"),
    ("ε", "e", "e"),
    ("ζ", "z", "z"),
    ("η", "i", "i"),
    ("θ", "th", "th"),
    ("ι", "i", "i"),
    ("κ", "k", "k"),
    ("λ", "l", "l"),
    ("μ", "m", "m"),
    ("ν", "n", "n"),
    ("ξ", "x", "ks"),
    ("ο", "o", "o"),
    ("π", "p", "p"),
    ("ρ", "r", "r"),
    ("σ", "s", "s"),
    ("ς", "s", "s"),
    ("τ", "t", "t"),
    ("υ", "y", "i"),
    ("φ", "f", "f"),
    ("χ", "ch", "h"),
    ("ψ", "ps", "ps"),
    ("ω", "o", "o"),
];

/// The readings of a word without its accents.
pub(super) fn readings(word: &str) -> Vec<String> {
    let written = super::spell(word, |letters| {
        LETTERS.iter().find(|(greek, ..)| letters.starts_with(greek)).map(|(g, w, _)| (g.len(), *w))
    });
    let spoken = super::spell(word, |letters| {
        LETTERS.iter().find(|(greek, ..)| letters.starts_with(greek)).map(|(g, _, s)| (g.len(), *s))
    });
    if written == spoken { vec![written] } else { vec![written, spoken] }
}

#[cfg(test)]
mod tests {
    #[test]
    fn greek_is_spelt_by_letter_and_by_sound() {
        assert_eq!(super::readings("παπαδοπουλος"), ["papadopoulos", "papadopulos"]);
        assert_eq!(super::readings("ναυτιλιακη"), ["navtiliaki", "naftiliaki"]);
    }
}
