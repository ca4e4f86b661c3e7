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
    let mut readings = vec![new];
    if readings.first() != Some(&old) {
        readings.push(old);
    }
    readings.extend(as_a_person(text));
    readings
}

/// Surnames as their bearers write them in Latin, in the South and in the North: `박` is `park` and `pak`, never `bak`.
#[rustfmt::skip]
const SURNAMES: &[(char, &str, &str)] = &[
    ('김', "kim", "kim"), ('이', "lee", "ri"), ('리', "lee", "ri"), ('박', "park", "pak"), ('최', "choi", "choe"),
    ('정', "jung", "jong"), ('강', "kang", "kang"), ('조', "cho", "jo"), ('윤', "yoon", "yun"), ('장', "jang", "jang"),
    ('임', "lim", "rim"), ('림', "lim", "rim"), ('한', "han", "han"), ('오', "oh", "o"), ('서', "seo", "so"),
    ('신', "shin", "sin"), ('권', "kwon", "kwon"), ('황', "hwang", "hwang"), ('안', "ahn", "an"), ('송', "song", "song"),
    ('류', "ryu", "ryu"), ('유', "yoo", "yu"), ('전', "jeon", "jon"), ('홍', "hong", "hong"), ('고', "ko", "ko"),
    ('문', "moon", "mun"), ('양', "yang", "ryang"), ('손', "son", "son"), ('배', "bae", "pae"), ('백', "baek", "paek"),
    ('허', "heo", "ho"), ('남', "nam", "nam"), ('심', "shim", "sim"), ('노', "roh", "no"), ('하', "ha", "ha"),
    ('곽', "kwak", "kwak"), ('성', "sung", "song"), ('차', "cha", "cha"), ('주', "joo", "ju"), ('우', "woo", "u"),
    ('구', "koo", "ku"), ('민', "min", "min"),
];
/// Syllables of given names that the South writes otherwise than the official romanisation.
#[rustfmt::skip]
const GIVEN: &[(char, &str)] = &[
    ('영', "young"), ('현', "hyun"), ('준', "joon"), ('성', "sung"), ('정', "jung"), ('철', "chul"), ('경', "kyung"),
    ('희', "hee"), ('수', "soo"), ('우', "woo"), ('형', "hyung"), ('명', "myung"), ('승', "seung"), ('주', "joo"),
    ('근', "keun"), ('기', "ki"), ('국', "kook"), ('구', "koo"), ('순', "soon"), ('열', "yul"),
];

/// Three syllables that begin with a surname may be a person: surname and given name apart, in the usual spellings.
fn as_a_person(text: &str) -> Vec<String> {
    let syllables: Vec<char> = text.chars().collect();
    let [surname, first, second] = syllables.as_slice() else { return Vec::new() };
    let Some((_, south, north)) = SURNAMES.iter().find(|(sign, ..)| sign == surname) else {
        return Vec::new();
    };
    let plain = |sign: char| spell(sign.encode_utf8(&mut [0; 4]));
    let usual = |sign: char| {
        GIVEN
            .iter()
            .find(|(known, _)| *known == sign)
            .map_or_else(|| plain(sign), |(_, usual)| (*usual).to_owned())
    };
    let older = |sign: char| plain(sign).replace("eo", "o").replace("eu", "u");
    vec![
        format!("{south} {} {}", usual(*first), usual(*second)),
        format!("{north} {} {}", older(*first), older(*second)),
    ]
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
