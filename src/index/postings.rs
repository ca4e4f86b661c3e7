//! The listed forms as runs of word numbers, and for each word the forms in which it stands.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use smallvec::SmallVec;

use super::forms::{FormId, Forms, Of, Total};
use super::keys::{Hash, Keys, Pair};
use super::marks::After;
use super::turn::{self, Crowd, Turn};
use super::vocabulary::{Vocabulary, WordId};
use crate::matching::align::{MOST_JOINED, SHORTEST_JOINED};
use crate::matching::{Party, initials};
use crate::normalise::{Form, WordClass};
use crate::vocab::EntityKind;

/// A form in which a word stands, with what tells at a glance whether it can matter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Posting {
    /// Its words after this one in the order in which words are read.
    pub(super) after: After,
    pub(super) form: FormId,
    pub(super) total: Total,
    /// What this word and those account for at most.
    pub(super) share: Share,
}

/// A share of a form, in steps, rounded up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Share(u16);

impl Share {
    /// All of a form.
    const ALL: Self = Self(u16::MAX);

    /// A part of a form, of 0 to 1, which is rounded up.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates: 1 is the most")]
    fn of(share: f32) -> Self {
        Self(((share * f32::from(u16::MAX)).ceil() as u16).min(u16::MAX - 1))
    }

    /// Whether it is less than so much.
    #[inline]
    pub(super) fn is_less(self, share: f32) -> bool {
        f32::from(self.0) < share * f32::from(u16::MAX)
    }

    /// Whether no word of the form stands before.
    pub(super) fn is_all(self) -> bool {
        self == Self::ALL
    }
}

/// The listed forms.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) vocabulary: Vocabulary,
    pub(super) forms: Forms,
    /// For each word, the first of its postings; one more at the end.
    starts: Vec<u32>,
    /// For each word how common it is.
    crowds: Vec<Crowd>,
    /// Of each word those first of which it and the words after it are the larger part.
    postings: Vec<Posting>,
    /// Forms by their neighbouring words written in one, acronyms, initials, and pairs of neighbouring Han characters.
    keys: Keys,
}

/// Kinds of keys.
const JOINED: u8 = 1;
const ACRONYM: u8 = 2;
const INITIALS: u8 = 3;
const CHARACTERS: u8 = 4;
const SPELT: u8 = 5;

/// Takes entries in, one after the other: nothing of them is held but what the search asks for.
#[derive(Debug, Default)]
pub(super) struct Taking {
    listed: Listed,
    keys: Vec<Pair>,
    entries: u32,
}

impl Taking {
    /// Takes every form of every name of an entry in.
    pub(super) fn take(&mut self, party: &Party) {
        for (name, (known, strength)) in (0_u16..).zip(&party.names) {
            for (form, words) in (0_u8..).zip(known.forms()) {
                let is_person = party.kind == EntityKind::Person;
                self.take_form(Of { entry: self.entries, name, form, strength: *strength, is_person }, words);
            }
        }
        self.entries += 1;
    }

    /// How many entries were taken in.
    pub(super) const fn entries(&self) -> u32 {
        self.entries
    }

    fn take_form(&mut self, of: Of, words: &Form) {
        let Self { listed, keys, .. } = self;
        let id = listed.forms.take(of, words, &mut listed.vocabulary);
        each_joined(words, Hash::of_kind(JOINED), |key| keys.push(Pair::of(key.end(), id)));
        initials::each_spelt(
            &words.tokens,
            Hash::of_kind(SPELT),
            &mut |key, letter, _| key.and(letter),
            &mut |key| {
                keys.push(Pair::of(key.end(), id));
            },
        );
        if words.is_acronym {
            keys.push(Pair::of(key(ACRONYM, &words.joined), id));
        }
        // The others are found among what their first letters spell.
        if let Some(initials) = words.initials.as_ref().filter(|_| !initials::are_spelt(&words.tokens)) {
            keys.push(Pair::of(key(INITIALS, initials), id));
        }
        if let Some(han) = &words.han {
            each_pair(&han.core, |key| keys.push(Pair::of(key, id)));
        }
    }

    /// All that was taken in, ready to be searched.
    pub(super) fn finish(self) -> Listed {
        let Self { mut listed, keys, .. } = self;
        let Listed { vocabulary, forms, .. } = &mut listed;
        let ((), keys) = rayon::join(|| vocabulary.finish(), || Keys::new(keys));
        forms.finish();
        listed.keys = keys;
        listed.make_postings();
        listed
    }
}

impl Listed {
    fn make_postings(&mut self) {
        let weight = |word| self.vocabulary.fact(word).map_or(f32::INFINITY, |fact| fact.weight);
        // How many each word has, then where they begin.
        self.starts = vec![0; self.vocabulary.len() + 1];
        let mut all = 0;
        for (_, word) in (0..).take(self.forms.len()).flat_map(|form| distinct(self.forms.run(form))) {
            all += 1;
            if let Some(count) = self.starts.get_mut(word as usize) {
                *count += 1;
            }
        }
        let is_small = |word| self.vocabulary.fact(word).is_some_and(|fact| fact.class == WordClass::Small);
        let crowds = (0..).zip(self.vocabulary.crowds(&self.starts));
        let crowds: Vec<Crowd> = crowds
            .map(|(word, forms)| if is_small(word) { turn::SMALL } else { turn::crowd(forms) })
            .collect();
        let turn = |word: WordId| Turn::among(&crowds, word);
        let mut from = 0;
        for start in &mut self.starts {
            from += std::mem::replace(start, from);
        }
        // Each goes to the next free place of its word; where that has moved to the next word's, that begins.
        self.postings = vec![Posting::default(); all];
        for (form, place) in (0..).zip(self.forms.places()) {
            let run = self.forms.run(form);
            for (at, word) in distinct(run) {
                let Some(next) = self.starts.get_mut(word as usize) else { continue };
                let others =
                    run.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| *other);
                let after: SmallVec<[WordId; 16]> =
                    others.filter(|other| turn(*other) >= turn(word)).collect();
                let nats = weight(word) + after.iter().map(|word| weight(*word)).sum::<f32>();
                let is_first = after.len() + 1 == run.len();
                let share = if is_first { Share::ALL } else { Share::of(place.total.share(nats)) };
                if let Some(posting) = self.postings.get_mut(*next as usize) {
                    *posting = Posting { share, after: After::of(after, weight), form, total: place.total };
                }
                *next += 1;
            }
        }
        self.crowds = crowds;
        self.starts.pop();
        self.starts.insert(0, 0);
        let mut rest = self.postings.as_mut_slice();
        let mut of_words = Vec::with_capacity(self.starts.len());
        for ends in self.starts.windows(2) {
            let [from, to] = ends else { continue };
            let (of_word, others) = rest.split_at_mut(((to - from) as usize).min(rest.len()));
            of_words.push(of_word);
            rest = others;
        }
        // They stand in the order of their forms: of equal shares that stays.
        of_words.into_par_iter().for_each(|postings| postings.sort_by_key(|posting| Reverse(posting.share)));
    }

    /// How many bytes all takes.
    pub(super) fn bytes(&self) -> usize {
        self.vocabulary.bytes()
            + self.forms.bytes()
            + self.starts.capacity() * size_of::<u32>()
            + self.crowds.capacity() * size_of::<Crowd>()
            + self.postings.capacity() * size_of::<Posting>()
            + self.keys.bytes()
    }

    /// The forms in which a word stands.
    pub(super) fn postings(&self, word: WordId) -> &[Posting] {
        self.postings_of(&self.places_of(word))
    }

    /// The letters of the words of a form.
    pub(super) fn texts(&self, form: FormId) -> impl Iterator<Item = &str> {
        self.forms.run(form).iter().map(|word| self.vocabulary.text(*word))
    }

    /// Where the postings of a word stand.
    pub(super) fn places_of(&self, word: WordId) -> Range<u32> {
        let at = |word: usize| self.starts.get(word).copied().unwrap_or(0);
        at(word as usize)..at(word as usize + 1)
    }

    /// Where a word stands in the order in which words are read.
    pub(super) fn turn(&self, word: WordId) -> Turn {
        Turn::among(&self.crowds, word)
    }

    /// The postings that stand there.
    #[inline]
    pub(super) fn postings_of(&self, places: &Range<u32>) -> &[Posting] {
        self.postings.get(places.start as usize..places.end as usize).unwrap_or_default()
    }

    /// The forms that hold this word as neighbouring words, and perhaps others.
    pub(super) fn joined(&self, text: &str) -> impl Iterator<Item = FormId> {
        self.keys.get(key(JOINED, text))
    }

    /// The listed acronyms with these letters.
    pub(super) fn acronyms(&self, letters: &str) -> impl Iterator<Item = FormId> {
        self.keys.get(key(ACRONYM, letters))
    }

    /// The listed names with these initials, and perhaps others.
    pub(super) fn initials(&self, letters: &str) -> impl Iterator<Item = FormId> {
        let by_spelling = self.spelling(letters).filter(|form| {
            let words = self.forms.run(*form).iter().map(|word| self.vocabulary.word(*word));
            let large = words.flatten().filter(|word| word.class != WordClass::Small);
            large.filter_map(|word| word.text().chars().next()).eq(letters.chars())
        });
        by_spelling.chain(self.keys.get(key(INITIALS, letters)))
    }

    /// The forms of which neighbouring words begin with the letters of this word, and perhaps others.
    pub(super) fn spelling(&self, word: &str) -> impl Iterator<Item = FormId> {
        self.keys.get(key(SPELT, word))
    }

    /// The listed names in Han characters that hold two of these neighbouring characters.
    pub(super) fn characters(&self, core: &str, forms: &mut Vec<FormId>) {
        each_pair(core, |key| forms.extend(self.keys.get(key)));
    }
}

/// The words of a form, each where it stands first.
fn distinct(run: &[WordId]) -> impl Iterator<Item = (usize, WordId)> {
    let is_first = |at: usize, word: &WordId| !run.iter().take(at).any(|other| other == word);
    run.iter().enumerate().filter(move |(at, word)| is_first(*at, word)).map(|(at, word)| (at, *word))
}

fn key(kind: u8, text: &str) -> u32 {
    Hash::of_kind(kind).and(text.as_bytes()).end()
}

/// The keys of neighbouring characters; a single character pairs with itself.
fn each_pair(core: &str, mut found: impl FnMut(u32)) {
    let mut key =
        |a: char, b: char| found(Hash::of_kind(CHARACTERS).and_number(a as u32).and_number(b as u32).end());
    let mut chars = core.chars();
    let Some(mut last) = chars.next() else { return };
    if chars.as_str().is_empty() {
        key(last, last);
    }
    for next in chars {
        key(last, next);
        last = next;
    }
}

/// The key of each run of two or three neighbouring words, written in one.
pub(super) fn each_joined(form: &Form, kind: Hash, mut found: impl FnMut(Hash)) {
    for from in 0..form.tokens.len() {
        let (mut key, mut length) = (kind, 0);
        for (words, token) in (1..=MOST_JOINED).zip(form.tokens.iter().skip(from)) {
            key = key.and(token.text().as_bytes());
            length += token.length();
            if words > 1 && length >= SHORTEST_JOINED {
                found(key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::NameStrength;
    use crate::normalise::Name;

    fn listed(names: &[&str]) -> Listed {
        let mut taking = Taking::default();
        for name in names {
            let kind = EntityKind::Organisation;
            let names = vec![(Name::entry(name, kind), NameStrength::Primary)];
            taking.take(&Party { names, kind, countries: vec![], identifiers: vec![] });
        }
        taking.finish()
    }

    fn word(listed: &Listed, text: &str) -> WordId {
        let has_text = |word: &WordId| listed.vocabulary.text(*word) == text;
        (0..).take(listed.vocabulary.len()).find(has_text).expect("it is listed")
    }

    #[test]
    fn a_form_is_told_by_its_rarest_word_and_what_comes_after() {
        let listed = listed(&["Merrowby Tharnock", "Quellington Tharnock", "Zelinsvik of Tharnock"]);
        let postings = |text| listed.postings(word(&listed, text));
        let [rare] = postings("merrowby") else { panic!("one form holds it") };
        assert!(rare.share.is_all());
        // The same word stands in all forms last, but for the small one: what it accounts for is the less, the more others weigh.
        let common = postings("tharnock");
        assert_eq!(common.len(), 3);
        assert!(common.iter().all(|posting| !posting.share.is_all() && posting.share.is_less(0.9)));
        assert!(common.is_sorted_by_key(|posting| Reverse(posting.share)));
        assert!(listed.turn(word(&listed, "tharnock")) < listed.turn(word(&listed, "of")));
    }

    #[test]
    fn rare_words_that_are_like_a_common_one_are_read_with_it() {
        let common: Vec<String> = (0..60).map(|number| format!("Quellington {number}")).collect();
        let rare = ["Quelington Merrowby", "Tharnock Merrowby"];
        let names: Vec<&str> = common.iter().map(String::as_str).chain(rare).collect();
        let listed = listed(&names);
        let turn = |text| listed.turn(word(&listed, text));
        assert_eq!(turn("quelington").crowd(), turn("quellington").crowd());
        assert!(turn("tharnock") < turn("merrowby") && turn("merrowby") < turn("quelington"));
    }
}
