//! Legal forms: taken off a name for comparison, and kept as a broad class.
//!
//! `Siemens` and `Siemens AG` are one name; `ООО`, `LLC`, `Ltd`, `GmbH` are one class, since translators choose freely among
//! them. What is left is never empty: a name of nothing but forms (`Joint Stock Company`) stays as it is.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const TABLE: &str = include_str!("tables/legal_forms.txt");

/// The broad class of a legal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormClass {
    /// Limited by shares or guarantee, closely held: Ltd, LLC, `GmbH`, ООО, 有限公司.
    Limited,
    /// Joint-stock: plc, AG, SA, АО, 股份有限公司.
    JointStock,
    /// A company or corporation, no more said.
    Corporation,
    /// A partnership.
    Partnership,
    /// A sole trader.
    Sole,
    /// A foundation, charity, association or cooperative.
    Foundation,
    /// An enterprise or institution of a state.
    State,
}

impl FormClass {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "limited" => Self::Limited,
            "jointstock" => Self::JointStock,
            "corporation" => Self::Corporation,
            "partnership" => Self::Partnership,
            "sole" => Self::Sole,
            "foundation" => Self::Foundation,
            "state" => Self::State,
            _ => return None,
        })
    }
}

/// The longest form of the table, in words.
const LONGEST: usize = 7;

static FORMS: LazyLock<FxHashMap<&'static str, FormClass>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let Some((class, spellings)) = line.split_once(": ") else { continue };
        let Some(class) = FormClass::parse(class) else { continue };
        for spelling in spellings.split(", ") {
            forms.entry(spelling).or_insert(class);
        }
    }
    forms
});

/// A name without its legal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stripped {
    /// The places of the words that are left, in order; never empty for a name that has words.
    pub core: Vec<usize>,
    /// The class of the form; the one that says most, where there are several.
    pub class: Option<FormClass>,
}

/// Takes legal forms off both ends of a name's words, and long ones out of its middle.
///
/// # Examples
/// ```
/// use wharfinger::normalise::legal_form::{FormClass, strip};
/// let stripped = strip(&["hoshine", "silicon", "co", "ltd"]);
/// assert_eq!(stripped.core, [0, 1]);
/// assert_eq!(stripped.class, Some(FormClass::Limited));
/// assert_eq!(strip(&["joint", "stock", "company"]).core, [0, 1, 2]);
/// ```
pub fn strip(words: &[&str]) -> Stripped {
    let (mut from, mut to) = (0, words.len());
    let mut class: Option<FormClass> = None;
    let mut note = |found: FormClass| {
        // `company` says less than whatever else is there.
        if class.is_none_or(|known| known == FormClass::Corporation) {
            class = Some(found);
        }
    };
    loop {
        if let Some((length, found)) = longest_at_end(words, from, to) {
            to -= length;
            note(found);
        } else if let Some((length, found)) = longest_at_start(words, from, to) {
            from += length;
            note(found);
        } else {
            break;
        }
    }
    let mut core = Vec::with_capacity(to - from);
    let mut at = from;
    while at < to {
        // In the middle only forms of three words or more are sure to be forms.
        let middle = (3..=LONGEST.min(to - at))
            .rev()
            .find_map(|length| Some((length, look_up(words.get(at..at + length)?)?)));
        match middle {
            Some((length, found)) if at > from || to - at > length => {
                note(found);
                at += length;
            }
            _ => {
                core.push(at);
                at += 1;
            }
        }
    }
    let left: Vec<&str> = core.iter().filter_map(|i| words.get(*i).copied()).collect();
    if look_up(&left).is_some() && left.len() < words.len() {
        return Stripped { core: (0..words.len()).collect(), class };
    }
    if core.is_empty() || core.iter().all(|i| words.get(*i).is_none_or(|word| word.is_empty())) {
        return Stripped { core: (0..words.len()).collect(), class };
    }
    Stripped { core, class }
}

/// A form at the end, if something other than small words is left before it.
fn longest_at_end(words: &[&str], from: usize, to: usize) -> Option<(usize, FormClass)> {
    (1..=LONGEST.min(to - from)).rev().find_map(|length| {
        let before = words.get(from..to - length)?;
        if !has_substance(before) {
            return None;
        }
        Some((length, look_up(words.get(to - length..to)?)?))
    })
}

fn longest_at_start(words: &[&str], from: usize, to: usize) -> Option<(usize, FormClass)> {
    (1..=LONGEST.min(to - from)).rev().find_map(|length| {
        let after = words.get(from + length..to)?;
        if !has_substance(after) {
            return None;
        }
        let run = words.get(from..from + length)?;
        // `as`, `se`, `at` at the front are words of a name; at the end they are forms.
        if length == 1 && run.iter().any(|word| AT_END_ONLY.contains(word)) {
            return None;
        }
        Some((length, look_up(run)?))
    })
}

const AT_END_ONLY: &[&str] = &[
    "as",
    "se",
    "at",
    "ea",
    "ad",
    "dd",
    "pat",
    "vat",
    "ip",
    "up",
    "too",
    "cia",
    "ae",
    "sl",
    "ab",
    "ag",
    "co",
    "company",
    "limit",
    "limi",
    "charity",
    "partnership",
    "partners lp",
    "hf",
    "rt",
    "hb",
    "kb",
    "eg",
    "ek",
    "ev",
    "gp",
    "lp",
    "comp",
    "corporation",
    "corp",
    "oss",
    "publ",
    "lda",
    "sac",
    "spa",
    "sas",
    "cv",
    "bv",
    "nv",
    "ou",
    "gk",
    "yk",
    "kk",
    "kg",
    "ug",
    "ks",
    "bhd",
    "sad",
    "sal",
    "sau",
    "spc",
    "se",
    "ccc",
    "pcl",
    "reit",
    "epic",
    "cooperativa",
    "limite",
    "plc",
    "inc",
    "pte",
    "pty",
];

/// Whether any word is more than a small one: `The Company` keeps its `company`.
fn has_substance(words: &[&str]) -> bool {
    words.iter().any(|word| !matches!(*word, "the" | "and" | "of" | "a" | "le" | "la" | "de"))
}

fn look_up(run: &[&str]) -> Option<FormClass> {
    match run {
        [] => None,
        [word] => FORMS.get(word).copied(),
        words => FORMS.get(words.join(" ").as_str()).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(text: &str) -> String {
        let words: Vec<&str> = text.split(' ').collect();
        strip(&words).core.iter().map(|i| words[*i]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn forms_come_off_front_end_and_middle() {
        for (text, left) in [
            ("hoshine silicon industry co ltd", "hoshine silicon industry"),
            ("ooo gardservis", "gardservis"),
            ("obshchestvo s ogranichennoi otvetstvennostyu molot oruzhie", "molot oruzhie"),
            ("limited liability company molot oruzhie", "molot oruzhie"),
            ("siemens aktiengeselschaft", "siemens"),
            ("top glove sdn bhd", "top glove"),
            ("pt indofood sukses makmur tbk", "indofood sukses makmur"),
            ("lukoil oil comp", "lukoil oil"),
            ("the rubber co ltd", "the rubber"),
            ("11420 corp", "11420"),
            ("joint stock company", "joint stock company"),
            ("the company", "the company"),
            ("s a r l dupont", "dupont"),
            ("ltd", "ltd"),
        ] {
            assert_eq!(core(text), left, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn something_is_always_left(words in proptest::collection::vec("(ltd|co|joint|stock|company|the|acme|sa|[a-z]{1,6})", 1..8)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let stripped = strip(&words);
            proptest::prop_assert!(!stripped.core.is_empty());
            proptest::prop_assert!(stripped.core.iter().all(|i| *i < words.len()));
        }
    }
}
