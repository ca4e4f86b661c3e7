//! The listed forms, each a run of word numbers and what is kept beside it.

use rustc_hash::FxHashMap;

use super::ahead::read_ahead;
use super::letters::Letters;
use super::vocabulary::{Vocabulary, WordId};
use crate::matching::NameStrength;
use crate::matching::bound::FormKind;
use crate::normalise::{Form, Kept, Rare};

/// The number of a listed form.
pub(super) type FormId = u32;

/// Where a form stands, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) entry: u32,
    pub(super) name: u16,
    pub(super) form: u8,
    /// What its name may carry.
    pub(super) strength: NameStrength,
    kept: Kept,
    /// The first of its words in `runs`; the next form's is the end.
    pub(super) from: u32,
    /// What its words weigh together, in steps.
    pub(super) total: Total,
    pub(super) kind: FormKind,
    /// The letters of its spelling.
    pub(super) letters: Letters,
}

/// What the words of a form weigh together, in steps of a 32nd of a nat, rounded down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
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
        // Rounded up or to one more: a function of its own would round up, on old processors.
        Self(((nats * STEPS) as u16).saturating_add(1))
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

/// The listed forms.
#[derive(Debug, Default)]
pub(super) struct Forms {
    places: Vec<Place>,
    rare: FxHashMap<FormId, Rare>,
    runs: Vec<WordId>,
    /// The kinds of forms that there are, a bit each.
    kinds: u64,
}

/// Whose form it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of {
    pub(super) entry: u32,
    pub(super) name: u16,
    pub(super) form: u8,
    pub(super) strength: NameStrength,
    pub(super) is_person: bool,
}

impl Place {
    /// Whether the form has something that few have: then its spelling may hold more than its words ([`Forms::is_told_by_words`]).
    pub(super) const fn has_rare(&self) -> bool {
        self.kept.has_rare()
    }
}

impl Forms {
    /// Takes a form in.
    #[expect(clippy::cast_possible_truncation, reason = "fewer than four thousand million forms and words")]
    pub(super) fn take(&mut self, of: Of, form: &Form, vocabulary: &mut Vocabulary) -> FormId {
        let id = self.places.len() as FormId;
        let kind = FormKind::of(form, of.is_person);
        let (kept, rare) = Kept::of(form);
        self.rare.extend(rare.map(|rare| (id, rare)));
        self.places.push(Place {
            entry: of.entry,
            name: of.name,
            form: of.form,
            strength: of.strength,
            kept,
            from: self.runs.len() as u32,
            total: Total::of(form.total),
            kind,
            letters: Letters::of(form),
        });
        self.kinds |= 1 << (kind.0 % FormKind::COUNT);
        self.runs.extend(form.tokens.iter().map(|token| vocabulary.intern(token)));
        id
    }

    /// The words of a form.
    #[inline]
    pub(super) fn run(&self, id: FormId) -> &[WordId] {
        let at = |id: usize| self.places.get(id).map_or(self.runs.len(), |place| place.from as usize);
        self.runs.get(at(id as usize)..at(id as usize + 1)).unwrap_or_default()
    }

    /// Reads the words of forms that are asked for next, so that memory is waited for together and not form by form.
    pub(super) fn read_ahead(&self, forms: impl Iterator<Item = FormId>) {
        let ends = forms.filter_map(|form| {
            let run = self.run(form);
            run.first().zip(run.last())
        });
        read_ahead(ends.map(|(first, last)| first ^ last));
    }

    /// Where a form stands.
    #[inline]
    pub(super) fn place(&self, id: FormId) -> Option<&Place> {
        self.places.get(id as usize)
    }

    /// All places, in the order of their forms.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Makes a form whole again in the memory of another; its initials only if they are wanted.
    pub(super) fn restore(&self, id: FormId, vocabulary: &Vocabulary, initials: bool, form: &mut Form) {
        if let Some(place) = self.places.get(id as usize) {
            let words = self.run(id).iter().filter_map(|word| vocabulary.word(*word));
            place.kept.restore(self.rare(id), words, initials, form);
        }
    }

    /// Whether the words of a form, written in one, are its whole spelling.
    pub(super) fn is_told_by_words(&self, id: FormId) -> bool {
        !self.rare(id).is_some_and(Rare::is_spelt)
    }

    fn rare(&self, id: FormId) -> Option<&Rare> {
        self.places.get(id as usize).filter(|place| place.has_rare()).and_then(|_| self.rare.get(&id))
    }

    /// Whether any form stands on this side for a subject.
    pub(super) fn has_side(&self, side: usize, subject_is_person: bool, subject_is_foreign: bool) -> bool {
        FormKind::of_side(side, subject_is_person, subject_is_foreign) & self.kinds != 0
    }

    /// How many bytes they take, but for what few forms have.
    pub(super) const fn bytes(&self) -> usize {
        self.places.capacity() * size_of::<Place>() + self.runs.capacity() * size_of::<WordId>()
    }

    /// Lets go of what was set aside for more forms.
    pub(super) fn finish(&mut self) {
        self.places.shrink_to_fit();
        self.runs.shrink_to_fit();
    }

    /// How many forms there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }
}
