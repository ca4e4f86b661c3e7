//! The table of legal forms, and how a run of words is looked up in it.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

use super::FormClass;
use crate::normalise::table::{cells, rows};

const TABLE: &str = include_str!("../tables/legal_forms.csv");

/// The longest form of the table, in words.
const LONGEST: usize = 9;

/// The table has more spellings than this; with room for them at once, it is not moved while it grows.
const SPELLINGS: usize = 2_300;

/// A form of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub form: &'static str,
    pub class: FormClass,
    /// Whether one word of it is a form at the front of a name too: `OOO` and `PT` are, `as` and `co` are not.
    pub at_front: bool,
}

static FORMS: LazyLock<FxHashMap<&'static [u8], Known>> = LazyLock::new(|| {
    let mut forms = FxHashMap::with_capacity_and_hasher(SPELLINGS, FxBuildHasher);
    for row in rows(TABLE) {
        let mut parts = row.splitn(4, ',');
        let (Some(form), Some(class), Some(place), Some(spellings)) =
            (parts.next(), parts.next().and_then(FormClass::parse), parts.next(), parts.next())
        else {
            continue;
        };
        for spelling in cells(spellings, b';') {
            forms.entry(spelling.as_bytes()).or_insert(Known { form, class, at_front: place == "any" });
        }
    }
    forms
});

/// The long forms, by [`sounded`]: `obshchestvo`, `obschestvo` and `obstchestvo` are three ways to write one Cyrillic word.
static SOUNDED: LazyLock<FxHashMap<Box<[u8]>, Known>> = LazyLock::new(|| {
    let long =
        FORMS.iter().filter(|(spelling, _)| spelling.len() >= SHORTEST_SOUNDED && spelling.contains(&b' '));
    let mut long: Vec<(&[u8], Known)> = long.map(|(spelling, known)| (*spelling, *known)).collect();
    // The table has each spelling once, so of two that sound alike the same one is kept every time.
    long.sort_unstable_by_key(|(spelling, _)| *spelling);
    long.into_iter().map(|(spelling, known)| (sounded(spelling).into_boxed_slice(), known)).collect()
});

/// The most words that a form of several words has, by its first word or its last.
type Reaches = FxHashMap<&'static [u8], u8>;

/// By first word and by last, as written and, of the long forms, as they sound.
static REACHES: LazyLock<[[Reaches; 2]; 2]> = LazyLock::new(|| {
    let written = reaches(FORMS.keys().copied());
    let heard = reaches(SOUNDED.keys().map(AsRef::as_ref));
    [written, heard]
});

fn reaches(forms: impl Iterator<Item = &'static [u8]>) -> [Reaches; 2] {
    let [mut first, mut last] = [Reaches::default(), Reaches::default()];
    for form in forms {
        let words = || form.split(|byte| *byte == b' ');
        let length = u8::try_from(words().count()).unwrap_or(u8::MAX);
        if length > 1 {
            for (reaches, word) in [(&mut first, words().next()), (&mut last, words().next_back())] {
                let reach = reaches.entry(word.unwrap_or_default()).or_default();
                *reach = length.max(*reach);
            }
        }
    }
    [first, last]
}

/// What a word is to legal forms, whatever stands beside it.
#[derive(Debug, Clone, Copy)]
pub(in crate::normalise) struct Sense {
    /// The form that the word is by itself.
    alone: Option<&'static Known>,
    /// The most words that a form beginning with it has, if there are forms of several words that do.
    reach: u8,
    /// The same of forms that end with it.
    reach_back: u8,
    /// Whether it is more than a small word: `The Company` keeps its `company`.
    pub(super) has_substance: bool,
}

impl Sense {
    /// Asks the tables once what is asked again and again.
    pub(in crate::normalise) fn of(word: &str) -> Self {
        let has_substance = !matches!(word, "the" | "and" | "of" | "a" | "le" | "la" | "de");
        let word = word.as_bytes();
        let [[first, last], [first_heard, last_heard]] = &*REACHES;
        let sound = sounded(word);
        let of = |reaches: &Reaches, word: &[u8]| reaches.get(word).copied().unwrap_or(0);
        let heard = if word.len() >= SHORTEST_HEAD { of(first_heard, &sound) } else { 0 };
        Self {
            alone: FORMS.get(word),
            reach: of(first, word).max(heard),
            reach_back: of(last, word).max(of(last_heard, &sound)),
            has_substance,
        }
    }
}

/// A word of a name.
#[derive(Debug, Clone, Copy)]
pub(in crate::normalise) struct Word<'a> {
    pub(in crate::normalise) text: &'a str,
    pub(in crate::normalise) sense: Sense,
}

impl Word<'_> {
    fn may_be_spelt_out(&self) -> bool {
        self.text.len() <= 2
    }

    /// No form that begins here has more words than this.
    fn most(&self) -> usize {
        if self.may_be_spelt_out() { LONGEST } else { usize::from(self.sense.reach.max(1)) }
    }
}

/// The longest form at the front of some words, of so many words at least and at most.
pub(super) fn longest(words: &[Word<'_>], least: usize, most: usize) -> Option<(usize, &'static Known)> {
    let most = words.first()?.most().min(most).min(words.len());
    if least > most {
        return None;
    }
    (least..=most).rev().find_map(|length| Some((length, look_up(words.get(..length)?)?)))
}

/// The longest form that ends some words, of so many words at most.
pub(super) fn longest_at_end(words: &[Word<'_>], most: usize) -> Option<(usize, &'static Known)> {
    // Of words that stand apart the last tells how long a form may be; of letters, how many there are.
    let apart = usize::from(words.last()?.sense.reach_back.max(1));
    let letters = words.iter().rev().take_while(|word| word.may_be_spelt_out()).count();
    (1..=apart.max(letters).min(LONGEST).min(most)).rev().find_map(|length| {
        let run = words.get(words.len().checked_sub(length)?..)?;
        Some((length, look_up(run)?))
    })
}

/// Looks a run of words up; letters standing apart (`s a r l`, `sp z o o`) are read as one word too.
#[inline]
pub(super) fn look_up(run: &[Word<'_>]) -> Option<&'static Known> {
    match run {
        [] => None,
        [word] => word.sense.alone,
        [first, ..] => written_apart(first, run).or_else(|| spelt_out(run)),
    }
}

fn written_apart(first: &Word<'_>, run: &[Word<'_>]) -> Option<&'static Known> {
    if run.len() > usize::from(first.sense.reach) {
        return None;
    }
    let text = join(run, b" ");
    let by_sound = || {
        let is_long = text.len() >= SHORTEST_SOUNDED && first.text.len() >= SHORTEST_HEAD;
        if is_long { SOUNDED.get(sounded(&text).as_slice()) } else { None }
    };
    FORMS.get(text.as_slice()).or_else(by_sound)
}

fn spelt_out(run: &[Word<'_>]) -> Option<&'static Known> {
    let are_letters = run.iter().all(Word::may_be_spelt_out) && run.iter().any(|word| word.text.len() == 1);
    if are_letters { FORMS.get(join(run, b"").as_slice()) } else { None }
}

/// Letters in UTF-8; those of most forms have room where they stand.
type Letters = SmallVec<[u8; 64]>;

fn join(run: &[Word<'_>], between: &[u8]) -> Letters {
    let mut text = Letters::new();
    for (at, word) in run.iter().enumerate() {
        if at > 0 {
            text.extend_from_slice(between);
        }
        text.extend_from_slice(word.text.as_bytes());
    }
    text
}

/// Shorter forms are not told by sound.
const SHORTEST_SOUNDED: usize = 16;
/// Nor are those with a first word shorter than this.
const SHORTEST_HEAD: usize = 6;

/// How Cyrillic forms are written in Latin differs by the table used (BGN, ISO 9, passports): what differs is left out.
fn sounded(words: &[u8]) -> Letters {
    let mut text = Letters::new();
    let mut rest = words;
    while let [first, behind @ ..] = rest {
        let (sound, after) = match rest {
            [b's', b'h', b'c', b'h', after @ ..]
            | [b's', b'h', b'h' | b't', after @ ..]
            | [b's', b'c', b'h', after @ ..]
            | [b's', b'h', after @ ..] => (b's', after),
            [b'k', b'h', after @ ..] => (b'h', after),
            [b't', b'z' | b's', after @ ..] => (b'c', after),
            _ => (*first, behind),
        };
        if !matches!(sound, b'y' | b'i' | b'j' | b'\'') {
            text.push(sound);
        }
        rest = after;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, with the groups as a list.
    fn sounded_slowly(words: &str) -> String {
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
        let (mut text, mut rest) = (String::new(), words);
        while let Some(first) = rest.chars().next() {
            let group = SOUNDS.iter().find_map(|(group, sound)| Some((rest.strip_prefix(group)?, *sound)));
            let (after, sound) = group.unwrap_or_else(|| (&rest[first.len_utf8()..], first));
            if !matches!(sound, 'y' | 'i' | 'j' | '\'') {
                text.push(sound);
            }
            rest = after;
        }
        text
    }

    /// The longest form at the end, asked for at every length.
    fn longest_at_end_slowly(words: &[Word<'_>], most: usize) -> Option<usize> {
        (1..=LONGEST.min(most)).rev().find(|length| look_up(&words[words.len() - length..]).is_some())
    }

    proptest::proptest! {
        #[test]
        fn words_sound_as_the_list_says(words in "([a-z ]|s|h|c|sh|shch|kh|ts|tz|é|新){0,16}") {
            let (quick, slow) = (sounded(words.as_bytes()), sounded_slowly(&words));
            proptest::prop_assert_eq!(quick.as_slice(), slow.as_bytes());
        }

        #[test]
        fn no_form_at_the_end_is_passed_over(
            texts in proptest::collection::vec(
                "(co|ltd|s|a|r|l|z|o|sp|de|cv|private|limited|liability|company|joint|stock|open|gmbh|and|kg|obshchestvo|obschestvo|ogranichennoy|otvetstvennostyu|aktsionernoye|acme)",
                1..9,
            ),
        ) {
            let words: Vec<Word<'_>> = texts.iter().map(|text| Word { text, sense: Sense::of(text) }).collect();
            let quick = longest_at_end(&words, words.len()).map(|(length, _)| length);
            proptest::prop_assert_eq!(quick, longest_at_end_slowly(&words, words.len()));
        }
    }

    #[test]
    fn every_form_of_the_table_is_found_at_the_end() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        for form in rows.flat_map(|line| line.rsplit(',').next().unwrap().split(';')) {
            let words: Vec<Word<'_>> =
                form.split(' ').map(|text| Word { text, sense: Sense::of(text) }).collect();
            assert_eq!(
                longest_at_end(&words, words.len()).map(|(length, _)| length),
                Some(words.len()),
                "{form}"
            );
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
                assert_eq!(crate::normalise::fold::fold(spelling), spelling, "{line}");
                assert!(spelling.split(' ').count() <= LONGEST, "{spelling}");
            }
        }
    }
}
