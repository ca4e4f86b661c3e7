//! What registers and lists add to the name of a company that is wound up or insolvent: `Merrowby s.r.o. v likvidaci`. It says in what state
//! the company is and is no part of its name.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{fold, latinise};

/// What stands behind a name. The proceedings are those that Annex A of Regulation (EU) 2015/848 names and those of company laws beyond
/// the Union, in the wording that registers use.
const BEHIND: &[&str] = &[
    // English
    "in liquidation",
    "in voluntary liquidation",
    "in members voluntary liquidation",
    "in creditors voluntary liquidation",
    "in compulsory liquidation",
    "in provisional liquidation",
    "under liquidation",
    "in administration",
    "under administration",
    "in receivership",
    "in administrative receivership",
    "in bankruptcy",
    "in examinership",
    "in insolvency",
    "in dissolution",
    // German
    "in Abwicklung",
    "in Auflösung",
    "in Insolvenz",
    "in Konkurs",
    "in Nachlassliquidation",
    // French
    "en liquidation",
    "en liquidation amiable",
    "en liquidation volontaire",
    "en liquidation judiciaire",
    "en redressement judiciaire",
    "en faillite",
    "en dissolution",
    // Italian
    "in liquidazione",
    "in liquidazione volontaria",
    "in liquidazione giudiziale",
    "in liquidazione coatta amministrativa",
    "in fallimento",
    "in concordato preventivo",
    "in amministrazione straordinaria",
    "in scioglimento",
    // Spanish, Catalan
    "en liquidación",
    "en liquidación judicial",
    "en concurso",
    "en concurso de acreedores",
    "en reorganización",
    "en disolución",
    "en quiebra",
    "en liquidació",
    // Portuguese
    "em liquidação",
    "em liquidação judicial",
    "em liquidação extrajudicial",
    "em recuperação judicial",
    "em insolvência",
    "em falência",
    // Dutch
    "in liquidatie",
    "in vereffening",
    "in gerechtelijke vereffening",
    "in faillissement",
    "in surseance van betaling",
    // Polish
    "w likwidacji",
    "w upadłości",
    "w upadłości likwidacyjnej",
    "w upadłości układowej",
    "w restrukturyzacji",
    // Czech, Slovak
    "v likvidaci",
    "v likvidácii",
    "v konkursu",
    "v konkurze",
    "v insolvenci",
    "v reštrukturalizácii",
    "v úpadku",
    // Slovene, Croatian, Bosnian, Serbian
    "v likvidaciji",
    "v stečaju",
    "u likvidaciji",
    "u stečaju",
    "у ликвидацији",
    "у стечају",
    // Swedish, Danish, Norwegian
    "i likvidation",
    "i konkurs",
    "i rekonstruktion",
    "under likvidation",
    "under frivillig likvidation",
    "under konkurs",
    "under rekonstruktion",
    "under tvangsopløsning",
    "under avvikling",
    "under tvangsavvikling",
    // Finnish, Estonian, Lithuanian
    "selvitystilassa",
    "konkurssissa",
    "likvideerimisel",
    "pankrotis",
    "likviduojama",
    "bankrutuojanti",
    // Hungarian
    "felszámolás alatt",
    "végelszámolás alatt",
    "kényszertörlés alatt",
    // Romanian
    "în lichidare",
    "în faliment",
    "în insolvență",
    "în reorganizare",
    // Russian, Ukrainian, Bulgarian
    "в ликвидации",
    "в стадии ликвидации",
    "в процессе ликвидации",
    "у ліквідації",
    "в ліквідації",
    "в стані припинення",
    "в ликвидация",
    "в несъстоятелност",
    // Greek
    "υπό εκκαθάριση",
    "υπό πτώχευση",
    // Indonesian
    "dalam likuidasi",
    // Arabic
    "تحت التصفية",
];

/// What stands before a name: Turkish, Portuguese.
const BEFORE: &[&str] =
    &["tasfiye halinde", "tasfiye halindeki", "massa falida de", "massa falida da", "massa falida do"];

/// No wording has more words.
const MOST_WORDS: usize = 4;

/// No wording has a shorter word at its outer end, in bytes.
const SHORTEST_WORD: usize = 3;

/// Wordings at one end of a name, and what tells most names from them at once.
struct States {
    wordings: &'static [&'static str],
    /// Whether the outer word of a wording is its last.
    are_behind: bool,
    /// By the first two letters of the outer word, a bit for each third that some wording has there: the lower five bits of each, in which
    /// capitals are as small letters.
    thirds: [u32; 1024],
    /// By the first letter of a wording, a bit for each second, in the same way.
    seconds: [u32; 32],
    /// How they are read in Latin letters.
    readings: LazyLock<FxHashSet<String>>,
}

impl States {
    #[expect(clippy::indexing_slicing, reason = "done when this is compiled, where it would fail")]
    const fn of(
        wordings: &'static [&'static str],
        are_behind: bool,
        readings: fn() -> FxHashSet<String>,
    ) -> Self {
        let (mut thirds, mut seconds) = ([0; 1024], [0; 32]);
        let mut at = 0;
        while at < wordings.len() {
            let wording = wordings[at].as_bytes();
            let mut outer = if are_behind { wording.len() } else { 0 };
            while outer > 0 && wording[outer - 1] != b' ' {
                outer -= 1;
            }
            let [a, b, c] = [wording[outer] & 31, wording[outer + 1] & 31, wording[outer + 2] & 31];
            thirds[a as usize * 32 + b as usize] |= 1 << c;
            seconds[(wording[0] & 31) as usize] |= 1 << (wording[1] & 31);
            at += 1;
        }
        Self { wordings, are_behind, thirds, seconds, readings: LazyLock::new(readings) }
    }

    /// Whether a word may be the outer one of a wording: not short ones, and of those that begin with plain letters few.
    fn may_have(&self, word: &str) -> bool {
        let Some(&[a, b, c]) = word.as_bytes().first_chunk::<SHORTEST_WORD>() else { return false };
        if [a, b, c].is_ascii() {
            let thirds = self.thirds.get(usize::from(a & 31) * 32 + usize::from(b & 31));
            return thirds.is_some_and(|thirds| thirds >> (c & 31) & 1 == 1);
        }
        let first = |word: &str| word.chars().next().and_then(|c| c.to_lowercase().next());
        let outer =
            |wording: &'static str| if self.are_behind { last_word(wording) } else { first_word(wording) };
        self.wordings.iter().any(|wording| first(outer(wording)) == first(word))
    }

    /// Whether a text is a wording, signs before it left aside.
    fn hold(&self, text: &str) -> bool {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let Some(&[a, b]) = text.as_bytes().first_chunk::<2>() else { return false };
        let seconds = self.seconds.get(usize::from(a & 31)).copied().unwrap_or_default();
        let may_begin = ![a, b].is_ascii() || seconds >> (b & 31) & 1 == 1;
        may_begin && read(text).iter().any(|reading| self.readings.contains(reading))
    }
}

fn read(text: &str) -> Vec<String> {
    latinise::latinise(&fold::fold(text))
}

fn read_all(wordings: &[&str]) -> FxHashSet<String> {
    wordings.iter().flat_map(|wording| read(wording)).collect()
}

fn last_word(text: &str) -> &str {
    let blank = text.bytes().rposition(|byte| byte == b' ');
    blank.map_or(text, |at| text.get(at + 1..).unwrap_or_default())
}

fn first_word(text: &str) -> &str {
    let blank = text.bytes().position(|byte| byte == b' ');
    blank.map_or(text, |at| text.get(..at).unwrap_or_default())
}

static LAST: States = States::of(BEHIND, true, || read_all(BEHIND));
static FIRST: States = States::of(BEFORE, false, || read_all(BEFORE));

/// The name without what says in what state the company is; `None` where nothing does, or nothing else is there.
pub(super) fn without(text: &str) -> Option<&str> {
    let name = name_before(text).or_else(|| name_behind(text))?;
    name.contains(char::is_alphanumeric).then_some(name)
}

fn name_before(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    if !LAST.may_have(last_word(text)) {
        return None;
    }
    let is_beside = |c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | ':' | '-' | '–' | '/' | '(' | '[' | '"' | '„' | '“' | '«')
    };
    let blanks = text.rmatch_indices(' ').map(|(at, _)| at).take(MOST_WORDS);
    let mut parted = blanks.filter_map(|at| text.split_at_checked(at));
    let (name, _) = parted.find(|(_, state)| LAST.hold(state))?;
    Some(name.trim_end_matches(is_beside))
}

fn name_behind(text: &str) -> Option<&str> {
    if !FIRST.may_have(first_word(text)) {
        return None;
    }
    let blanks = text.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS);
    let mut parted = blanks.filter_map(|at| text.split_at_checked(at));
    let (_, name) = parted.find(|(state, _)| FIRST.hold(state))?;
    Some(name.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_state_a_company_is_in_is_no_part_of_its_name() {
        for (text, name) in [
            ("Merrowby Ltd in Liquidation", "Merrowby Ltd"),
            ("MERROWBY LIMITED - IN ADMINISTRATION", "MERROWBY LIMITED"),
            ("Merrowby S.r.l., in liquidazione", "Merrowby S.r.l."),
            ("Merrowby Spa in liquidazione coatta amministrativa", "Merrowby Spa"),
            ("MERROWBY SL (EN LIQUIDACION)", "MERROWBY SL"),
            ("Merrowby S.A. - EM RECUPERAÇÃO JUDICIAL", "Merrowby S.A."),
            ("Merrowby s.r.o. v likvidácii", "Merrowby s.r.o."),
            ("MERROWBY D.O.O. U STECAJU", "MERROWBY D.O.O."),
            ("Merrowby Kft. \"felszámolás alatt\"", "Merrowby Kft."),
            ("Spółka Merrowby w upadłości likwidacyjnej", "Spółka Merrowby"),
            ("ООО «Мерроуби» В СТАДИИ ЛИКВИДАЦИИ", "ООО «Мерроуби»"),
            ("Μέροουμπι ΑΕ υπό εκκαθάριση", "Μέροουμπι ΑΕ"),
            ("Tasfiye Halinde Merrowby A.Ş.", "Merrowby A.Ş."),
            ("Merrowby Oy selvitystilassa", "Merrowby Oy"),
        ] {
            assert_eq!(without(text), Some(name), "{text}");
        }
        for name in [
            "Merrowby Ltd",
            "Air Liquide",
            "Merrowby Liquidation Services Ltd",
            "Institute of Public Administration",
            "in liquidation",
            "- in liquidation",
            "Konkurs",
            "",
        ] {
            assert_eq!(without(name), None, "{name}");
        }
    }

    #[test]
    fn every_wording_is_found_behind_or_before_a_name_in_any_case() {
        for state in BEHIND {
            let plain = state.replace('ú', "u").replace('č', "c").replace(['í', 'î'], "i");
            for state in [(*state).to_owned(), state.to_uppercase(), plain] {
                assert_eq!(without(&format!("Merrowby {state}")), Some("Merrowby"), "{state}");
            }
            assert!(state.split(' ').count() <= MOST_WORDS, "{state}");
        }
        for state in BEFORE {
            assert_eq!(without(&format!("{state} Merrowby")), Some("Merrowby"), "{state}");
        }
    }
}
