//! Legal forms: taken off a name for comparison, and kept as a broad class.
//!
//! `Siemens` and `Siemens AG` are one name; `ООО`, `LLC`, `Ltd`, `GmbH` are one class, since translators choose freely among
//! them. What is left is never empty: a name of nothing but forms (`Joint Stock Company`) stays as it is.

mod affix;
mod table;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub use affix::strip_affix;
use table::{Known, longest, longest_at_end, look_up};
pub(super) use table::{Sense, Word};

/// The broad class of a legal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Whether two names cannot be of one kind: `company` and `corporation` say too little to contradict anything.
    pub fn contradicts(self, other: Self) -> bool {
        self != other && self != Self::Corporation && other != Self::Corporation
    }

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

/// A name without its legal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stripped {
    /// The places of the words that are left, in order; never empty for a name that has words.
    pub core: Vec<usize>,
    /// The class of the form; the one that says most, where there are several.
    pub class: Option<FormClass>,
    /// The form as it is usually written, of the same choice: `Ltd`, `OOO`, `GmbH & Co KG`.
    pub form: Option<&'static str>,
    /// The name is nothing but forms and small words; all of it was kept.
    pub only_form: bool,
}

/// Takes legal forms off both ends of a name's words, and long ones out of its middle; no word has a blank in it.
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
    let words: Words<'_> = words.iter().map(|text| Word { text, sense: Sense::of(text) }).collect();
    let cut = cut(&words);
    Stripped {
        core: cut.core.into_vec(),
        class: cut.best.map(|known| known.class),
        form: cut.best.map(|known| known.form),
        only_form: cut.only_form,
    }
}

/// The words of a name, mostly few.
pub(super) type Words<'a> = SmallVec<[Word<'a>; 12]>;

/// As [`Stripped`], without memory of its own where the words are few.
pub(super) struct Cut {
    pub(super) core: SmallVec<[usize; 12]>,
    best: Option<&'static Known>,
    only_form: bool,
}

impl Cut {
    pub(super) fn class(&self) -> Option<FormClass> {
        self.best.map(|known| known.class)
    }
}

/// As [`strip`], for words that were looked up.
pub(super) fn cut(words: &[Word<'_>]) -> Cut {
    if is_all_form(words) {
        let best = look_up(words).or_else(|| look_up(words.get(1..)?));
        return Cut { core: (0..words.len()).collect(), best, only_form: true };
    }
    let mut best: Option<&'static Known> = None;
    let mut note = |found: &'static Known| {
        // `company` says less than whatever else is there.
        if best.is_none_or(|known| known.class == FormClass::Corporation) {
            best = Some(found);
        }
    };
    let (mut from, mut to) = (0, words.len());
    loop {
        let left = words.get(from..to).unwrap_or_default();
        if let Some((length, found)) = off_the_end(left) {
            to -= length;
            note(found);
        } else if let Some((length, found)) = off_the_start(left) {
            from += length;
            note(found);
        } else {
            break;
        }
    }
    let mut core = SmallVec::new();
    let mut at = from;
    while at < to {
        // In the middle only forms of three words or more are sure to be forms.
        match longest(words.get(at..to).unwrap_or_default(), 3, usize::MAX) {
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
    Cut { core, best, only_form: false }
}

/// Whether words are nothing but legal forms and small words: `the Joint Stock Company`.
pub(super) fn is_all_form(words: &[Word<'_>]) -> bool {
    let mut rest = words;
    while let Some(first) = rest.first() {
        let length = match longest(rest, 1, usize::MAX) {
            Some((length, _)) => length,
            None if !first.sense.has_substance => 1,
            None => return false,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    true
}

/// A form at the end, if something other than small words is left before it.
fn off_the_end(words: &[Word<'_>]) -> Option<(usize, &'static Known)> {
    let first = words.iter().position(|word| word.sense.has_substance)?;
    longest_at_end(words, words.len() - first - 1)
}

/// A form at the start, if something other than small words is left behind it.
fn off_the_start(words: &[Word<'_>]) -> Option<(usize, &'static Known)> {
    let last = words.iter().rposition(|word| word.sense.has_substance)?;
    let found = longest(words, 1, last);
    found.filter(|(length, known)| *length > 1 || known.at_front)
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
            ("open joint stock company limited", "open joint stock company limited"),
            ("alfa s a r l", "alfa"),
            ("alfa sp z o o", "alfa"),
            ("alfa s a de c v", "alfa"),
            ("alfa s de rl de cv", "alfa"),
            ("aktsionernoye obshchestvo alfa", "alfa"),
            ("alfa limited liability comp", "alfa"),
            ("otkrytoe aktsionernoe obshchestvo zavod alfa", "zavod alfa"),
            ("alfa gmbh and co kg", "alfa"),
            ("alfa sanayi ve ticaret ltd sti", "alfa"),
            ("too faced", "faced"),
            ("as good as new", "as good as new"),
            ("alfa group co ltd", "alfa group"),
        ] {
            assert_eq!(core(text), left, "{text}");
        }
    }

    #[test]
    fn the_form_is_told_by_its_usual_spelling() {
        let form = |text: &str| strip(&text.split(' ').collect::<Vec<_>>()).form;
        assert_eq!(form("alfa gmbh and co kg"), Some("GmbH & Co KG"));
        assert_eq!(form("obshchestvo s ogranichennoy otvetstvennostyu alfa"), Some("OOO"));
        assert_eq!(form("alfa company ooo"), Some("OOO"));
        assert_eq!(form("alfa"), None);
        assert!(strip(&["the", "company"]).only_form);
    }

    #[test]
    fn cyrillic_forms_come_off_however_they_are_spelt() {
        for form in [
            "obschestvo s ogranichennoi otvetstvennostu",
            "obshhestvo s ogranichennoj otvetstvennostju",
            "obshchestvo s ogranichennoy otvetstvennostyu",
            "aktzionernoje obschestvo",
            "publichnoie aktsionernoie obschestvo",
        ] {
            let words: Vec<&str> = form.split(' ').chain(["baikal"]).collect();
            let stripped = strip(&words);
            assert_eq!(stripped.core, [words.len() - 1], "{form}");
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
