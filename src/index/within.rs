//! Whether a pair of forms could reach the threshold, by what the index knows of it: its words first, then its letters.

use super::forms::{FormId, Place};
use super::marks::Set;
use super::search::Search;
use super::vocabulary::Fact;
use super::worth::Worth;
use crate::matching::bound::{Left, Terms};
use crate::normalise::{Form, Token, WordClass};

/// Whether a word is left over; small ones are not set against one another.
fn is_left(is_matched: bool, word: &Token) -> bool {
    !is_matched && word.class != WordClass::Small
}

/// The letters of words that are left over.
#[derive(Debug, Default)]
struct Rest {
    length: u16,
    blanks: u16,
    is_foreign: bool,
}

impl Rest {
    fn add(&mut self, word: Fact) {
        self.length += u16::from(word.length);
        self.blanks += u16::from(word.blanks);
        self.is_foreign |= !word.is_plain;
    }

    /// How near left-overs are at most, 0 to 1, with so many letters in common; as `left_near` measures it.
    fn near(&self, other: &Self, common: Option<u16>) -> f32 {
        let (shorter, both) = (self.length.min(other.length), self.length + other.length);
        match common {
            Some(common) if !self.is_foreign && !other.is_foreign => {
                let common = (common + self.blanks.min(other.blanks)).min(shorter);
                (4.0 * f32::from(common) / f32::from(both.max(1)) - 1.0).clamp(0.0, 1.0)
            }
            _ => 1.0,
        }
    }
}

/// What is known of a pair by its words.
#[derive(Debug, Clone, Copy)]
pub(super) enum Within {
    /// It cannot reach the threshold.
    No,
    /// It could.
    Yes,
    /// It could, as far as its words tell; its letters may tell more.
    AskLetters(Asked),
}

/// What is to be asked of the letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    terms: &'static Terms,
    /// What everything else says.
    says: f32,
    /// The nats in common.
    both: f32,
    shares: (f32, f32),
    /// The most that the spellings and the left-overs are alike.
    spelling: f32,
    near: f32,
    /// The words of the subject that are matched.
    met: Set,
}

impl Asked {
    /// The most that the pair says, if the spellings are at least so much alike and the left-overs at most so near.
    fn most(&self, least_spelling: f32, near: f32) -> f32 {
        self.says
            + self.terms.together_exactly(self.both, (least_spelling, self.spelling))
            + self.terms.rest(self.shares, near)
    }
}

impl Search<'_> {
    /// Whether a listed form could reach the threshold with the words found alike in it.
    pub(super) fn by_words(&self, id: FormId, spelt: bool) -> Within {
        let listed = &self.index.listed;
        let Some(place) = listed.forms.place(id) else { return Within::Yes };
        let Some(terms) = self.terms(place.kind) else { return Within::Yes };
        let (mut all, mut met, mut once, mut count, mut common) = (Worth::default(), 0, true, 0_u16, 0);
        let run = listed.forms.run(id);
        for found in run.iter().filter_map(|word| self.scratch.found(*word)) {
            all = all.and(found.worth);
            once &= found.words & met == 0 && found.words.is_power_of_two();
            met |= found.words;
            count += 1;
            common += u16::from(found.common);
        }
        let shares = (all.ours / self.total, place.total.share(all.theirs));
        if count == 0 || !spelt && !self.is_enough(shares) {
            return Within::No;
        }
        if spelt || !once {
            let most =
                if spelt { self.most_spelt(place, terms, all) } else { self.most_loosely(place, terms, all) };
            return if most < self.bound { Within::No } else { Within::Yes };
        }
        // Each word of either side is like one of the other at most: these are matched, and the others are left over.
        let (mut left, mut rest, mut ours) = (Left::default(), Rest::default(), Rest::default());
        for word in run.iter().filter(|word| self.scratch.found(**word).is_none()) {
            let Some(fact) = listed.vocabulary.fact(*word) else { return Within::Yes };
            left = left.and(Left::of(fact.class, fact.weight));
            rest.add(*fact);
        }
        for (fact, _) in self.facts.iter().zip(0..).filter(|(_, at)| met >> at & 1 == 0) {
            ours.add(*fact);
        }
        let in_common = self.letters.common(&place.letters);
        let ours_left = self.all.without(all.used);
        let says = terms.matched(shares.0, all.both)
            + terms.beside_exactly(all.both, ours_left.own, left.own)
            + terms.left(ours_left, left)
            + terms.words(count == 1)
            + terms.form(self.form, place.kind);
        let asked = Asked {
            terms,
            says,
            both: all.both,
            shares,
            spelling: self.letters.most_alike(&place.letters),
            near: ours.near(&rest, in_common.map(|all| all.saturating_sub(common))),
            met,
        };
        if asked.most(0.0, asked.near) < self.bound { Within::No } else { Within::AskLetters(asked) }
    }

    /// The most that a form says of which initials explain a word: that is not left over.
    fn most_spelt(&self, place: &Place, terms: &Terms, all: Worth) -> f32 {
        let shares = (all.ours / self.total, place.total.share(all.theirs));
        terms.matched(shares.0, all.both)
            + terms.beside(all.both, 0.0, self.all.own)
            + terms.left_at_least(Left::default())
            + terms.rest(shares, 1.0)
            + terms.together(all.both, self.letters.most_alike(&place.letters))
            + terms.initials
            + terms.some_words()
            + terms.form(self.form, place.kind)
    }

    /// The most that a form says of whose words it is not known which is matched with which.
    fn most_loosely(&self, place: &Place, terms: &Terms, all: Worth) -> f32 {
        let shares = (all.ours / self.total, place.total.share(all.theirs));
        let near = self.letters.nearest(&place.letters, all.unlike);
        self.says(terms, all)
            + terms.rest(shares, near)
            + terms.together(all.both, self.letters.most_alike(&place.letters))
            + terms.form(self.form, place.kind)
    }

    /// The same, by the letters of the form itself.
    pub(super) fn by_letters(&self, id: FormId, asked: &Asked) -> bool {
        let near = asked.near.min(self.near(id, asked.met).unwrap_or(1.0));
        // Spellings that are more alike may say less, beside what is common: so they are asked too.
        asked.most(0.0, near) >= self.bound
            && asked.most(least_spelling(self.form, &self.scratch.theirs), near) >= self.bound
    }

    /// How near the left-overs of both sides are, by their letters in order; `None` where there are too many.
    fn near(&self, id: FormId, met: Set) -> Option<f32> {
        let (mut places, mut length) = ([0_u64; 32], 0_u32);
        let place = |byte: u8| usize::from(byte & 31);
        for (_, token) in
            (0..).zip(&self.form.tokens).filter(|(at, token)| is_left(met >> at & 1 == 1, token))
        {
            for byte in token.text.bytes() {
                if let Some(places) = places.get_mut(place(byte)) {
                    *places |= 1_u64.checked_shl(length)?;
                }
                length += 1;
            }
        }
        // The longest common subsequence, 64 letters at once (Hyyrö 2004): zeros are letters kept.
        let (mut state, mut others) = (u64::MAX, 0_u32);
        let run = self.index.listed.forms.run(id);
        let words = run.iter().zip(&self.scratch.theirs.tokens);
        for (_, token) in words.filter(|(word, token)| is_left(self.scratch.found(**word).is_some(), token)) {
            for byte in token.text.bytes() {
                let kept = state & places.get(place(byte)).copied().unwrap_or(u64::MAX);
                state = state.wrapping_add(kept) | (state - kept);
                others += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a name is short")]
        let (kept, all) = (state.count_zeros() as f32, (length + others).max(1) as f32);
        Some((4.0 * kept / all - 1.0).clamp(0.0, 1.0))
    }
}

/// How alike two spellings are at least.
fn least_spelling(ours: &Form, theirs: &Form) -> f32 {
    if ours.joined.len() > 64 || !ours.joined.is_ascii() || !theirs.joined.is_ascii() {
        return 0.0;
    }
    let mut places = [0_u64; 128];
    for (at, byte) in (0..u64::BITS).zip(ours.joined.bytes()) {
        if let Some(places) = places.get_mut(usize::from(byte)) {
            *places |= 1 << at;
        }
    }
    let kept = theirs.joined.bytes().fold(u64::MAX, |state, byte| {
        let kept = state & places.get(usize::from(byte)).copied().unwrap_or(0);
        state.wrapping_add(kept) | (state - kept)
    });
    #[expect(clippy::cast_precision_loss, reason = "a name is short")]
    let (kept, both) = (kept.count_zeros() as f32, (ours.joined.len() + theirs.joined.len()).max(1) as f32);
    2.0 * kept / both - 1e-5
}
