//! The listed forms as runs of word numbers, and for each word the forms in which it stands.

use super::keys::{Hash, Keys};
use super::letters::Letters;
use super::marks::Others;
use super::vocabulary::{Vocabulary, WordId};
use crate::matching::align::{MOST_JOINED, SHORTEST_JOINED};
use crate::matching::bound::FormKind;
use crate::matching::{NameStrength, Party, initials};
use crate::normalise::{Form, Name};
use crate::vocab::EntityKind;

/// The number of a listed form.
pub(super) type FormId = u32;

/// Where a form stands, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) entry: u32,
    pub(super) name: u16,
    pub(super) form: u16,
    /// The first of its words in `runs`; the next form's is the end.
    from: u32,
    /// What its words weigh together, in steps.
    pub(super) total: Total,
    pub(super) kind: FormKind,
    /// The letters of its spelling.
    pub(super) letters: Letters,
}

/// What the words of a form weigh together, in steps of a 32nd of a nat, rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Total(u16);

/// Steps in a nat.
pub(super) const STEPS: f32 = 32.0;

impl Total {
    /// From nats.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates: a bound stays one"
    )]
    pub(super) fn of(nats: f64) -> Self {
        Self((nats * f64::from(STEPS) - 1e-6).floor() as u16)
    }

    /// The most steps that so many nats could be.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates: a bound stays one"
    )]
    pub(super) fn up_to(nats: f32) -> Self {
        Self((nats * STEPS).ceil() as u16)
    }

    /// In steps.
    #[inline]
    pub(super) fn steps(self) -> f32 {
        f32::from(self.0.max(1))
    }

    /// The most of it that so many nats are, 0 to 1.
    #[inline]
    pub(super) fn share(self, nats: f32) -> f32 {
        (nats * STEPS / self.steps()).min(1.0)
    }
}

/// A form in which a word stands, with what tells at a glance whether it can matter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    /// Its other words.
    pub(super) others: Others,
    pub(super) form: FormId,
    pub(super) total: Total,
}

/// The listed forms.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) vocabulary: Vocabulary,
    places: Vec<Place>,
    runs: Vec<WordId>,
    /// For each word, the first of its postings; one more at the end.
    starts: Vec<u32>,
    /// Of each word the lighter forms first.
    postings: Vec<Posting>,
    /// Forms by their neighbouring words written in one, acronyms, initials, and pairs of neighbouring Han characters.
    keys: Keys,
    /// The kinds of forms that there are, a bit each.
    kinds: u64,
}

/// Kinds of keys.
const JOINED: u8 = 1;
const ACRONYM: u8 = 2;
const INITIALS: u8 = 3;
const CHARACTERS: u8 = 4;
const SPELT: u8 = 5;

impl Listed {
    /// Takes every form of every name of every entry in.
    pub(super) fn build(entries: &[Party]) -> Self {
        let mut listed = Self::default();
        let mut keys = Vec::new();
        for (entry, party) in (0_u32..).zip(entries) {
            for (at, (name, _)) in (0_u16..).zip(&party.names) {
                for (place, form) in (0_u16..).zip(name.forms()) {
                    listed.take(entry, at, place, form, party.kind == EntityKind::Person, &mut keys);
                }
            }
        }
        listed.keys = Keys::new(keys);
        listed.vocabulary.finish();
        listed.make_postings();
        listed
    }

    #[expect(clippy::cast_possible_truncation, reason = "fewer than four thousand million forms and words")]
    fn take(
        &mut self,
        entry: u32,
        name: u16,
        form: u16,
        words: &Form,
        person: bool,
        keys: &mut Vec<(u32, u32)>,
    ) {
        let id = self.places.len() as FormId;
        let from = self.runs.len() as u32;
        let kind = FormKind::of(words, person);
        let (total, letters) = (Total::of(words.total), Letters::of(words));
        self.places.push(Place { entry, name, form, from, total, kind, letters });
        self.kinds |= 1 << (kind.0 % FormKind::COUNT);
        self.runs.extend(words.tokens.iter().map(|token| self.vocabulary.intern(token)));
        each_joined(words, Hash::of_kind(JOINED), |key| keys.push((key.end(), id)));
        initials::each_spelt(
            &words.tokens,
            Hash::of_kind(SPELT),
            &mut |key, letter| key.and(&[letter]),
            &mut |key| {
                keys.push((key.end(), id));
            },
        );
        if words.is_acronym {
            keys.push((key(ACRONYM, &words.joined), id));
        }
        if let Some(initials) = &words.initials {
            keys.push((key(INITIALS, initials), id));
        }
        if let Some(han) = &words.han {
            each_pair(&han.core, |key| keys.push((key, id)));
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "fewer than four thousand million words")]
    fn make_postings(&mut self) {
        let mut held: Vec<(WordId, Posting)> = Vec::with_capacity(self.runs.len());
        for (form, place) in (0..).zip(&self.places) {
            let run = self.run(form);
            for (at, word) in run.iter().enumerate() {
                let first = run.iter().position(|other| other == word) == Some(at);
                if first {
                    held.push((*word, Posting { others: Others::of(run, at), form, total: place.total }));
                }
            }
        }
        held.sort_unstable_by_key(|(word, posting)| (*word, posting.total, posting.form));
        self.starts = Vec::with_capacity(self.vocabulary.len() + 1);
        let mut at = 0;
        for word in (0..).take(self.vocabulary.len()) {
            self.starts.push(at as u32);
            while held.get(at).is_some_and(|(other, _)| *other == word) {
                at += 1;
            }
        }
        self.starts.push(at as u32);
        self.postings = held.into_iter().map(|(_, posting)| posting).collect();
    }

    /// The forms in which a word stands, the lighter first.
    pub(super) fn postings(&self, word: WordId) -> &[Posting] {
        let at = |word: usize| self.starts.get(word).map_or(0, |at| *at as usize);
        self.postings.get(at(word as usize)..at(word as usize + 1)).unwrap_or_default()
    }

    /// The words of a form.
    #[inline]
    pub(super) fn run(&self, id: FormId) -> &[WordId] {
        let at = |id: usize| self.places.get(id).map_or(self.runs.len(), |place| place.from as usize);
        self.runs.get(at(id as usize)..at(id as usize + 1)).unwrap_or_default()
    }

    /// Where a form stands.
    #[inline]
    pub(super) fn place(&self, id: FormId) -> Option<Place> {
        self.places.get(id as usize).copied()
    }

    /// The form itself, with its name.
    pub(super) fn form<'a>(
        &self,
        entries: &'a [Party],
        id: FormId,
    ) -> Option<(&'a Name, &'a Form, NameStrength)> {
        let place = self.place(id)?;
        let (name, strength) = entries.get(place.entry as usize)?.names.get(usize::from(place.name))?;
        Some((name, name.forms().get(usize::from(place.form))?, *strength))
    }

    /// The forms that hold this word as neighbouring words, and perhaps others.
    pub(super) fn joined(&self, text: &str) -> impl Iterator<Item = FormId> {
        self.keys.get(key(JOINED, text))
    }

    /// The listed acronyms with these letters.
    pub(super) fn acronyms(&self, letters: &str) -> impl Iterator<Item = FormId> {
        self.keys.get(key(ACRONYM, letters))
    }

    /// The listed names with these initials.
    pub(super) fn initials(&self, letters: &str) -> impl Iterator<Item = FormId> {
        self.keys.get(key(INITIALS, letters))
    }

    /// The forms of which neighbouring words begin with the letters of this word, and perhaps others.
    pub(super) fn spelling(&self, word: &str) -> impl Iterator<Item = FormId> {
        self.keys.get(key(SPELT, word))
    }

    /// Whether any form stands on this side for a subject.
    pub(super) fn has_side(&self, side: usize, subject_is_person: bool, subject_is_foreign: bool) -> bool {
        FormKind::of_side(side, subject_is_person, subject_is_foreign) & self.kinds != 0
    }

    /// The listed names in Han characters that hold two of these neighbouring characters.
    pub(super) fn characters(&self, core: &str, forms: &mut Vec<FormId>) {
        each_pair(core, |key| forms.extend(self.keys.get(key)));
    }

    /// How many forms there are.
    pub(super) fn forms(&self) -> usize {
        self.places.len()
    }

    /// How many words there are.
    pub(super) fn words(&self) -> usize {
        self.vocabulary.len()
    }
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
            key = key.and(token.text.as_bytes());
            length += token.text.len();
            if words > 1 && length >= SHORTEST_JOINED {
                found(key);
            }
        }
    }
}
