//! The table of legal forms, and how a run of words is looked up in it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::FormClass;

const TABLE: &str = include_str!("../tables/legal_forms.csv");

/// The longest form of the table, in words.
const LONGEST: usize = 9;

/// A form of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub form: &'static str,
    pub class: FormClass,
    /// Whether one word of it is a form at the front of a name too: `OOO` and `PT` are, `as` and `co` are not.
    pub at_front: bool,
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

/// By first word, the most words that a form of several words has; as written, and of the long ones as they sound.
static REACHES: LazyLock<[FxHashMap<&'static str, usize>; 2]> =
    LazyLock::new(|| [reaches(FORMS.keys().copied()), reaches(SOUNDED.keys().map(String::as_str))]);

fn reaches(forms: impl Iterator<Item = &'static str>) -> FxHashMap<&'static str, usize> {
    let mut reaches = FxHashMap::default();
    for form in forms {
        if let Some((head, rest)) = form.split_once(' ') {
            let reach = reaches.entry(head).or_default();
            *reach = rest.split(' ').count().saturating_add(1).max(*reach);
        }
    }
    reaches
}

/// What a word is to legal forms, whatever stands beside it.
#[derive(Debug, Clone, Copy)]
pub(in crate::normalise) struct Sense {
    /// The form that the word is by itself.
    alone: Option<&'static Known>,
    /// The most words that a form beginning with it has, if there are forms of several words that do.
    reach: usize,
    /// Whether it is more than a small word: `The Company` keeps its `company`.
    pub(super) has_substance: bool,
}

impl Sense {
    /// Asks the tables once what is asked again and again.
    pub(in crate::normalise) fn of(word: &str) -> Self {
        let [written, heard] = &*REACHES;
        let heard = if word.len() >= SHORTEST_HEAD { heard.get(sounded(word).as_str()) } else { None };
        Self {
            alone: FORMS.get(word),
            reach: written.get(word).max(heard).copied().unwrap_or(0),
            has_substance: !matches!(word, "the" | "and" | "of" | "a" | "le" | "la" | "de"),
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
        if self.may_be_spelt_out() { LONGEST } else { self.sense.reach.max(1) }
    }
}

/// The longest form at the front of some words, of so many words at least and at most.
pub(super) fn longest(words: &[Word<'_>], least: usize, most: usize) -> Option<(usize, &'static Known)> {
    let most = words.first()?.most().min(most).min(words.len());
    (least..=most).rev().find_map(|length| Some((length, look_up(words.get(..length)?)?)))
}

/// The longest form that ends some words, of so many words at most.
pub(super) fn longest_at_end(words: &[Word<'_>], most: usize) -> Option<(usize, &'static Known)> {
    (1..=LONGEST.min(most)).rev().find_map(|length| {
        let run = words.get(words.len().checked_sub(length)?..)?;
        Some((length, look_up(run)?))
    })
}

/// Looks a run of words up; letters standing apart (`s a r l`, `sp z o o`) are read as one word too.
pub(super) fn look_up(run: &[Word<'_>]) -> Option<&'static Known> {
    match run {
        [] => None,
        [word] => word.sense.alone,
        [first, ..] => written_apart(first, run).or_else(|| spelt_out(run)),
    }
}

fn written_apart(first: &Word<'_>, run: &[Word<'_>]) -> Option<&'static Known> {
    if run.len() > first.sense.reach {
        return None;
    }
    let text = join(run, " ");
    let by_sound = || {
        let is_long = text.len() >= SHORTEST_SOUNDED && first.text.len() >= SHORTEST_HEAD;
        if is_long { SOUNDED.get(&sounded(&text)) } else { None }
    };
    FORMS.get(text.as_str()).or_else(by_sound)
}

fn spelt_out(run: &[Word<'_>]) -> Option<&'static Known> {
    let are_letters = run.iter().all(Word::may_be_spelt_out) && run.iter().any(|word| word.text.len() == 1);
    if are_letters { FORMS.get(join(run, "").as_str()) } else { None }
}

fn join(run: &[Word<'_>], between: &str) -> String {
    let mut text = String::with_capacity(32);
    for (at, word) in run.iter().enumerate() {
        if at > 0 {
            text.push_str(between);
        }
        text.push_str(word.text);
    }
    text
}

/// Shorter forms are not told by sound.
const SHORTEST_SOUNDED: usize = 16;
/// Nor are those with a first word shorter than this.
const SHORTEST_HEAD: usize = 6;

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

#[cfg(test)]
mod tests {
    use super::*;

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
