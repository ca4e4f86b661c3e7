//! The listed forms as runs of word numbers, and for each word the forms in which it stands.

use rustc_hash::FxHashMap;

use super::letters::Letters;
use super::signature::Signature;
use super::vocabulary::{Vocabulary, WordId};
use crate::matching::align::{MOST_JOINED, SHORTEST_JOINED};
use crate::matching::{NameStrength, Party};
use crate::normalise::{Form, Name};
use crate::vocab::EntityKind;

/// The number of a listed form.
pub(super) type FormId = u32;

/// Where a form stands, and what its words weigh together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) entry: u32,
    pub(super) name: u16,
    pub(super) form: u16,
    /// The first of its words in `runs`; the next form's is the end.
    from: u32,
    pub(super) total: f32,
    /// Whether the entry is a person.
    pub(super) person: bool,
}

/// A form in which a word stands, with what tells at a glance whether it can matter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub(super) form: FormId,
    /// What the form's words weigh together.
    pub(super) total: f32,
    /// Its other words.
    pub(super) others: Signature,
}

/// The listed forms.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) vocabulary: Vocabulary,
    places: Vec<Place>,
    letters: Vec<Letters>,
    runs: Vec<WordId>,
    /// For each word, the first of its postings; one more at the end.
    starts: Vec<u32>,
    /// Of each word the lighter forms first.
    postings: Vec<Posting>,
    /// Neighbouring words written in one.
    joined: FxHashMap<String, Vec<FormId>>,
    /// Acronyms, and the initials of longer names.
    acronyms: FxHashMap<String, Vec<FormId>>,
    initials: FxHashMap<String, Vec<FormId>>,
    /// Names in Han characters, by each pair of neighbouring characters of the core.
    characters: FxHashMap<[char; 2], Vec<FormId>>,
}

impl Listed {
    /// Takes every form of every name of every entry in.
    pub(super) fn build(entries: &[Party]) -> Self {
        let mut listed = Self::default();
        for (entry, party) in (0_u32..).zip(entries) {
            for (at, (name, _)) in (0_u16..).zip(&party.names) {
                for (place, form) in (0_u16..).zip(name.forms()) {
                    listed.take(entry, at, place, form, party.kind == EntityKind::Person);
                }
            }
        }
        listed.vocabulary.finish();
        listed.make_postings();
        listed
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "fewer than four thousand million forms and words; totals are small"
    )]
    fn take(&mut self, entry: u32, name: u16, form: u16, words: &Form, person: bool) {
        let id = self.places.len() as FormId;
        let from = self.runs.len() as u32;
        self.places.push(Place { entry, name, form, from, total: (words.total as f32).next_down(), person });
        self.letters.push(Letters::of(words));
        self.runs.extend(words.tokens.iter().map(|token| self.vocabulary.intern(token)));
        each_joined(words, |text, _| note(&mut self.joined, text, id));
        if words.is_acronym {
            note(&mut self.acronyms, words.joined.clone(), id);
        }
        if let Some(initials) = &words.initials {
            note(&mut self.initials, initials.clone(), id);
        }
        if let Some(han) = &words.han {
            for pair in pairs(&han.core) {
                let forms = self.characters.entry(pair).or_default();
                if forms.last() != Some(&id) {
                    forms.push(id);
                }
            }
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
                    held.push((*word, Posting { form, total: place.total, others: others(run, at, place) }));
                }
            }
        }
        held.sort_unstable_by(|(a, x), (b, y)| {
            a.cmp(b).then(x.total.total_cmp(&y.total)).then(x.form.cmp(&y.form))
        });
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

    /// The letters of a form.
    pub(super) fn letters(&self, id: FormId) -> Option<&Letters> {
        self.letters.get(id as usize)
    }

    /// The words of a form.
    pub(super) fn run(&self, id: FormId) -> &[WordId] {
        let at = |id: usize| self.places.get(id).map_or(self.runs.len(), |place| place.from as usize);
        self.runs.get(at(id as usize)..at(id as usize + 1)).unwrap_or_default()
    }

    /// Where a form stands.
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

    /// The forms that hold these neighbouring words in one, or apart.
    pub(super) fn joined(&self, text: &str) -> &[FormId] {
        self.joined.get(text).map_or(&[], Vec::as_slice)
    }

    /// The listed acronyms with these letters.
    pub(super) fn acronyms(&self, letters: &str) -> &[FormId] {
        self.acronyms.get(letters).map_or(&[], Vec::as_slice)
    }

    /// The listed names with these initials.
    pub(super) fn initials(&self, letters: &str) -> &[FormId] {
        self.initials.get(letters).map_or(&[], Vec::as_slice)
    }

    /// The listed names in Han characters that hold two of these neighbouring characters.
    pub(super) fn characters(&self, core: &str) -> impl Iterator<Item = FormId> {
        pairs(core).filter_map(|pair| self.characters.get(&pair)).flatten().copied()
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

/// The words of a form but the one at this place.
fn others(run: &[WordId], place: usize, of: &Place) -> Signature {
    let others = run.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, word)| Signature::of(*word));
    others.fold(Signature::default(), Signature::and).of_person(of.person)
}

fn note(map: &mut FxHashMap<String, Vec<FormId>>, key: String, id: FormId) {
    let forms = map.entry(key).or_default();
    if forms.last() != Some(&id) {
        forms.push(id);
    }
}

/// Neighbouring characters; a single character pairs with itself.
fn pairs(core: &str) -> impl Iterator<Item = [char; 2]> {
    let chars: Vec<char> = core.chars().collect();
    let single = (chars.len() == 1).then(|| chars.first().map(|c| [*c, *c])).flatten();
    (0..chars.len().saturating_sub(1))
        .filter_map(move |at| chars.get(at..at + 2).and_then(|pair| <[char; 2]>::try_from(pair).ok()))
        .chain(single)
        .collect::<Vec<_>>()
        .into_iter()
}

/// Each run of two or three neighbouring words, written in one, with the weight of its words.
pub(super) fn each_joined(form: &Form, mut found: impl FnMut(String, f64)) {
    for from in 0..form.tokens.len() {
        for length in 2..=MOST_JOINED {
            let Some(run) = form.tokens.get(from..from + length) else { break };
            let text: String = run.iter().map(|token| token.text.as_str()).collect();
            if text.len() >= SHORTEST_JOINED {
                found(text, run.iter().map(|token| token.weight).sum());
            }
        }
    }
}
