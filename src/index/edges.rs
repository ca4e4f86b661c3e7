//! Which word of a listed form stands for which of the subject's, where that is plain from the words alone, and what is measured of it.

use smallvec::SmallVec;

use super::vocabulary::Fact;
use crate::matching::bound::Certain;
use crate::matching::likeness::Kinship;
use crate::normalise::WordClass;

/// What a word of the subject and a listed word are to one another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// What the lighter of the two weighs.
    pub(super) least: f32,
    pub(super) kinship: Kinship,
    /// What sort of word either is.
    pub(super) ours: WordClass,
    pub(super) theirs: WordClass,
}

impl Default for Edge {
    fn default() -> Self {
        Self { least: 0.0, kinship: Kinship::Same, ours: WordClass::Small, theirs: WordClass::Small }
    }
}

/// The words that stand for one another, in the order of the listed form, and what they come to.
#[derive(Debug, Default)]
pub(super) struct Edges {
    /// The place of the subject's word, and of the listed one.
    places: SmallVec<[(usize, usize); 8]>,
    matched: f32,
    slips: f32,
    concept: f32,
    heaviest: f32,
    is_own: bool,
    /// The first word of the listed form that is neither of a trade nor a place: companies are known by their first word.
    first: Option<usize>,
}

impl Edges {
    /// Adds a listed word at its place that stands for the subject's word at another, and what both account for.
    pub(super) fn add(&mut self, at: usize, ours: usize, edge: Edge, both: f32) {
        self.places.push((ours, at));
        self.matched += edge.least;
        match edge.kinship {
            Kinship::Concept => self.concept += edge.least,
            Kinship::Typo | Kinship::Sound | Kinship::Cut => self.slips += edge.least,
            Kinship::Same | Kinship::Joined => {}
        }
        self.heaviest = self.heaviest.max(both);
        self.is_own |= edge.ours == WordClass::Ordinary && edge.theirs == WordClass::Ordinary;
        self.meet(at, edge.theirs);
    }

    /// Notes a listed word at its place, whether it stands for another or not.
    pub(super) fn meet(&mut self, at: usize, class: WordClass) {
        if class == WordClass::Ordinary {
            self.first.get_or_insert(at);
        }
    }

    /// What is measured of them, where the words of the subject are these.
    pub(super) fn measured(mut self, subject: &[Fact], nats: f32) -> Certain {
        self.places.sort_unstable();
        let steps = self.places.windows(2).filter(|pair| matches!(pair, [(_, a), (_, b)] if b < a)).count();
        let ours = subject.iter().position(|fact| fact.class == WordClass::Ordinary);
        let first = (ours.unwrap_or(0), self.first.unwrap_or(0));
        let share = |part: f32| if self.matched > 0.0 { (part / self.matched).min(1.0) } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a name has at most forty words")]
        let disorder = steps as f32 / self.places.len().saturating_sub(1).max(1) as f32;
        Certain {
            first_word: self.places.contains(&first),
            disorder,
            concept: share(self.concept),
            slips: share(self.slips),
            is_own: self.is_own,
            heaviest: self.heaviest,
            nats,
        }
    }
}
