//! Legal forms: taken off a name for comparison, and kept as a broad class.
//!
//! `Siemens` and `Siemens AG` are one name; `ООО`, `LLC`, `Ltd`, `GmbH` are one class, since translators choose freely among
//! them. What is left is never empty: a name of nothing but forms (`Joint Stock Company`) stays as it is.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

const TABLE: &str = include_str!("tables/legal_forms.csv");

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

/// The longest form of the table, in words.
const LONGEST: usize = 9;

/// A form of the table.
#[derive(Debug, Clone, Copy)]
struct Known {
    form: &'static str,
    class: FormClass,
    /// Whether one word of it is a form at the front of a name too: `OOO` and `PT` are, `as` and `co` are not.
    at_front: bool,
}

static FORMS: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.splitn(4, ',');
        let (Some(form), Some(class), Some(place), Some(spellings)) =
            (cells.next(), cells.next().and_then(FormClass::parse), cells.next(), cells.next())
        else {
            continue;
        };
        for spelling in spellings.split(';') {
            forms.entry(spelling).or_insert(Known { form, class, at_front: place == "any" });
        }
    }
    forms
});

/// The long forms, by [`sounded`]: `obshchestvo`, `obschestvo` and `obstchestvo` are three ways to write one Cyrillic word.
static SOUNDED: LazyLock<FxHashMap<String, Known>> = LazyLock::new(|| {
    let long =
        FORMS.iter().filter(|(spelling, _)| spelling.len() >= SHORTEST_SOUNDED && spelling.contains(' '));
    let mut long: Vec<(&str, Known)> = long.map(|(spelling, known)| (*spelling, *known)).collect();
    // The table has each spelling once, so of two that sound alike the same one is kept every time.
    long.sort_unstable_by_key(|(spelling, _)| *spelling);
    long.into_iter().map(|(spelling, known)| (sounded(spelling), known)).collect()
});

/// The first words of forms of several words, and of the long ones as they sound: no other word begins one.
static HEADS: LazyLock<[FxHashSet<&'static str>; 2]> = LazyLock::new(|| {
    let head = |run: &'static str| run.split_once(' ').map(|(head, _)| head);
    [FORMS.keys().filter_map(|run| head(run)).collect(), SOUNDED.keys().filter_map(|run| head(run)).collect()]
});

/// Whether a run of several words with this first word may be a form, but for letters that stand apart.
fn may_begin(first: &str) -> bool {
    let [heads, sounds] = &*HEADS;
    first.len() <= 2 || heads.contains(first) || first.len() > 5 && sounds.contains(sounded(first).as_str())
}

/// Shorter forms are not told by sound.
const SHORTEST_SOUNDED: usize = 16;

/// How Cyrillic forms are written in Latin differs by the table used (BGN, ISO 9, passports): what differs is left out.
fn sounded(words: &str) -> String {
    const SOUNDS: [(&str, char); 8] = [
        ("shch", 's'),
        ("shh", 's'),
        ("sch", 's'),
        ("sht", 's'),
        ("sh", 's'),
        ("kh", 'h'),
        ("tz", 'c'),
        ("ts", 'c'),
    ];
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let group = if matches!(first, 's' | 'k' | 't') {
            SOUNDS.iter().find_map(|(group, sound)| Some((rest.strip_prefix(group)?, *sound)))
        } else {
            None
        };
        let (after, sound) =
            group.unwrap_or_else(|| (rest.get(first.len_utf8()..).unwrap_or_default(), first));
        if !matches!(sound, 'y' | 'i' | 'j' | '\'') {
            text.push(sound);
        }
        rest = after;
    }
    text
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
    let words = &*words_of(words);
    if are_all_form(words) {
        let known = look_up(words).or_else(|| look_up(words.get(1..)?));
        let (class, form) = (known.map(|known| known.class), known.map(|known| known.form));
        return Stripped { core: (0..words.len()).collect(), class, form, only_form: true };
    }
    let (mut from, mut to) = (0, words.len());
    let mut best: Option<Known> = None;
    let mut note = |found: Known| {
        // `company` says less than whatever else is there.
        if best.is_none_or(|known| known.class == FormClass::Corporation) {
            best = Some(found);
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
    let class = best.map(|known| known.class);
    Stripped { core, class, form: best.map(|known| known.form), only_form: false }
}

/// Whether words are nothing but legal forms and small words: `the Joint Stock Company`.
pub(super) fn is_all_form(words: &[&str]) -> bool {
    are_all_form(&words_of(words))
}

/// A word of a name.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    /// Whether forms of several words may begin with it.
    begins: bool,
}

/// Asks of each word once what is asked again and again.
fn words_of<'a>(words: &[&'a str]) -> SmallVec<[Word<'a>; 12]> {
    words.iter().map(|text| Word { text, begins: may_begin(text) }).collect()
}

fn are_all_form(words: &[Word<'_>]) -> bool {
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let form = (1..=LONGEST.min(rest.len()))
            .rev()
            .find(|length| rest.get(..*length).is_some_and(|run| look_up(run).is_some()));
        match form {
            Some(length) => at += length,
            None if !has_substance(rest.get(..1).unwrap_or_default()) => at += 1,
            None => return false,
        }
    }
    true
}

/// A form at the end, if something other than small words is left before it.
fn longest_at_end(words: &[Word<'_>], from: usize, to: usize) -> Option<(usize, Known)> {
    (1..=LONGEST.min(to - from)).rev().find_map(|length| {
        let before = words.get(from..to - length)?;
        if !has_substance(before) {
            return None;
        }
        Some((length, look_up(words.get(to - length..to)?)?))
    })
}

fn longest_at_start(words: &[Word<'_>], from: usize, to: usize) -> Option<(usize, Known)> {
    (1..=LONGEST.min(to - from)).rev().find_map(|length| {
        let after = words.get(from + length..to)?;
        if !has_substance(after) {
            return None;
        }
        let found = look_up(words.get(from..from + length)?)?;
        (length > 1 || found.at_front).then_some((length, found))
    })
}

/// Whether any word is more than a small one: `The Company` keeps its `company`.
fn has_substance(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| !matches!(word.text, "the" | "and" | "of" | "a" | "le" | "la" | "de"))
}

/// Looks a run of words up; letters standing apart (`s a r l`, `sp z o o`) are read as one word too.
fn look_up(run: &[Word<'_>]) -> Option<Known> {
    let (first, second) = match run {
        [] => return None,
        [word] => return FORMS.get(word.text).copied(),
        [first, second, ..] => (first, second),
    };
    let may_be_spelt_out = first.text.len() <= 2 && second.text.len() <= 2;
    if !first.begins && !may_be_spelt_out {
        return None;
    }
    let mut text = String::with_capacity(32);
    for word in run {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word.text);
    }
    let by_sound = || {
        let is_long = text.len() >= SHORTEST_SOUNDED && first.text.len() > 5;
        is_long.then(|| SOUNDED.get(&sounded(&text)).copied()).flatten()
    };
    let apart = FORMS.get(text.as_str()).copied().or_else(by_sound);
    let is_spelt_out = || {
        may_be_spelt_out
            && run.iter().all(|word| word.text.len() <= 2)
            && run.iter().any(|word| word.text.len() == 1)
    };
    apart.or_else(|| is_spelt_out().then(|| FORMS.get(text.replace(' ', "").as_str()).copied()).flatten())
}

/// Legal forms that Chinese, Japanese and Korean names carry without a blank before or after, the longest first.
const AFFIXES: &[&str] = &[
    "股份有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "责任有限公司",
    "有限责任总公司",
    "有限总公司",
    "集体所有制企业",
    "全民所有制企业",
    "有限合伙企业",
    "普通合伙企业",
    "特殊普通合伙",
    "股份合作公司",
    "股份合作制企业",
    "个人独资企业",
    "有限公司",
    "股份公司",
    "有限责任",
    "合伙企业",
    "有限合伙",
    "总公司",
    "分公司",
    "子公司",
    "公司",
    "股份",
    "股份有限責任公司",
    "有限責任公司",
    "責任有限公司",
    "兩合公司",
    "無限公司",
    "總公司",
    "株式会社",
    "株式會社",
    "有限会社",
    "有限會社",
    "合同会社",
    "合同會社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "一般財団法人",
    "公益財団法人",
    "公益社団法人",
    "特定非営利活動法人",
    "独立行政法人",
    "国立研究開発法人",
    "国立大学法人",
    "医療法人",
    "学校法人",
    "社会福祉法人",
    "宗教法人",
    "財団法人",
    "社団法人",
    "协同組合",
    "協同組合",
    "(株)",
    "(有)",
    "㈱",
    "㈲",
    "㈜",
    "주식회사",
    "유한책임회사",
    "유한회사",
    "합자회사",
    "합명회사",
    "재단법인",
    "사단법인",
    "의료법인",
    "학교법인",
    "사회복지법인",
    "(주)",
    "(유)",
    "(재)",
    "(사)",
    "คอมปานี",
    "บริษัท",
];

/// Takes the legal form off an unspaced name: `新疆中泰化学股份有限公司` is `新疆中泰化学`. `集团` (group) is a word of the name, not a form.
///
/// Nothing is taken where nothing would be left.
///
/// # Examples
/// ```
/// use wharfinger::normalise::legal_form::strip_affix;
/// assert_eq!(strip_affix("新疆中泰化学股份有限公司"), ("新疆中泰化学", Some("股份有限公司")));
/// assert_eq!(strip_affix("株式会社東芝"), ("東芝", Some("株式会社")));
/// assert_eq!(strip_affix("有限公司"), ("有限公司", None));
/// ```
pub fn strip_affix(text: &str) -> (&str, Option<&'static str>) {
    let text = text.trim();
    let mut rest = text;
    let mut form = None;
    if AFFIXES.contains(&text) {
        return (text, None);
    }
    while let Some((found, left)) = AFFIXES.iter().find_map(|affix| {
        let left = rest.strip_suffix(affix).or_else(|| rest.strip_prefix(affix))?.trim();
        left.chars().any(char::is_alphanumeric).then_some((*affix, left))
    }) {
        form = form.or(Some(found));
        rest = left;
    }
    (rest, form)
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
    fn forms_without_a_blank_come_off_like_the_rest() {
        for (text, left, form) in [
            ("新疆中泰(集团)有限责任公司", "新疆中泰(集团)", Some("有限责任公司")),
            ("アルファ株式会社", "アルファ", Some("株式会社")),
            ("주식회사 알파", "알파", Some("주식회사")),
            ("㈜알파", "알파", Some("㈜")),
            ("股份有限公司", "股份有限公司", None),
            ("", "", None),
        ] {
            assert_eq!(strip_affix(text), (left, form), "{text}");
        }
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

    #[test]
    fn the_table_reads_whole() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), 4, "{line}");
            assert!(FormClass::parse(cells[1]).is_some(), "{line}");
            assert!(["any", "end"].contains(&cells[2]), "{line}");
            for spelling in cells[3].split(';') {
                assert_eq!(super::super::fold::fold(spelling), spelling, "{line}");
                assert!(spelling.split(' ').count() <= LONGEST, "{spelling}");
            }
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
