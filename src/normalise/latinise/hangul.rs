//! Korean: the Revised Romanisation of 2000 by syllable arithmetic, and the older spelling (McCune-Reischauer without marks) that the
//! North and older companies use.

const ONSETS: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
    "yu", "eu", "ui", "i",
];
const CODAS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ng", "t", "t", "k", "t", "p", "t",
];

/// The first syllable of Unicode's block and how many it has.
const FIRST: u32 = 0xac00;
const SYLLABLES: u32 = 11_172;

/// The readings of a run of Hangul that no table knows: the official one and the older one.
pub(super) fn readings(text: &str) -> Vec<String> {
    let new = spell(text);
    let old = new.replace("eo", "o").replace("eu", "u").replace("jj", "j");
    let old: String = old
        .char_indices()
        .map(|(at, c)| match c {
            'g' if at == 0 => 'k',
            'd' if at == 0 => 't',
            'b' if at == 0 => 'p',
            c => c,
        })
        .collect();
    let old = if let Some(rest) = old.strip_prefix('j') { format!("ch{rest}") } else { old };
    if old == new { vec![new] } else { vec![new, old] }
}

fn spell(text: &str) -> String {
    let mut out = String::new();
    let mut coda = "";
    for c in text.chars() {
        let Some((onset, vowel, next)) = parts(c) else {
            out.push_str(coda);
            coda = "";
            out.push_str(&super::fallback(c.encode_utf8(&mut [0; 4])));
            continue;
        };
        let (end, start) = meet(coda, onset);
        out.push_str(end);
        out.push_str(start);
        out.push_str(vowel);
        coda = next;
    }
    out.push_str(coda);
    out
}

fn parts(c: char) -> Option<(&'static str, &'static str, &'static str)> {
    let index = u32::from(c).checked_sub(FIRST).filter(|index| *index < SYLLABLES)?;
    let at = |value: u32| usize::try_from(value).unwrap_or_default();
    Some((*ONSETS.get(at(index / 588))?, *VOWELS.get(at(index % 588 / 28))?, *CODAS.get(at(index % 28))?))
}

/// How a final and an initial consonant are spelt where they meet.
fn meet(coda: &'static str, onset: &'static str) -> (&'static str, &'static str) {
    match (coda, onset) {
        ("k", "") => ("g", ""),
        ("t", "") => ("s", ""),
        ("p", "") => ("b", ""),
        ("l", "") => ("r", ""),
        ("k", "n" | "m") => ("ng", onset),
        ("p", "n" | "m") => ("m", onset),
        ("t", "n" | "m") => ("n", onset),
        ("l" | "n", "r") | ("l", "n") => ("l", "l"),
        ("k" | "ng" | "m" | "p", "r") => (if coda == "k" { "ng" } else { coda }, "n"),
        _ => (coda, onset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_taken_apart_and_joined() {
        assert_eq!(readings("삼성")[0], "samseong");
        assert_eq!(readings("조선"), ["joseon", "choson"]);
        assert_eq!(readings("한라")[0], "halla");
        assert_eq!(readings("독립")[0], "dongnip");
    }
}
