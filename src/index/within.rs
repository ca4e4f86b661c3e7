//! Whether a pair of forms could reach the threshold, by what the index knows of it: its words first, then its letters.

use smallvec::SmallVec;

use super::alike::Kin;
use super::edges::Edges;
use super::forms::{FormId, Place};
use super::marks::Set;
use super::search::Search;
use super::vocabulary::{Fact, WordId};
use super::worth::Worth;
use crate::matching::bound::{self, Left, Terms};
use crate::matching::{align, initials};
use crate::normalise::{Token, WordClass, in_order};

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

    /// How near they are at most to left-overs of at least so many letters, with so many letters in common; `None` where that is not
    /// known. As `left_near` measures it.
    fn nearest(&self, other: Option<u16>, common: Option<u16>) -> f32 {
        if self.is_foreign {
            return 1.0;
        }
        if self.length == 0 {
            return 0.0;
        }
        let (Some(other), Some(common)) = (other, common) else { return 1.0 };
        let common = (common + self.blanks).min(self.length);
        // `other` may be too low, by the blanks of matched words: fewer letters are no reason here to say less.
        (4.0 * f32::from(common) / f32::from(self.length + other) - 1.0).clamp(0.0, 1.0)
    }

    /// How near left-overs are at most, 0 to 1, with so many letters in common; as `left_near` measures it.
    fn near(&self, other: &Self, common: Option<u16>) -> f32 {
        let (shorter, both) = (self.length.min(other.length), self.length + other.length);
        match common {
            Some(common) if !self.is_foreign && !other.is_foreign => {
                let common = (common + self.blanks.min(other.blanks)).min(shorter);
                Terms::near(f32::from(shorter), 4.0 * f32::from(common) / f32::from(both.max(1)) - 1.0)
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
    /// What the nats in common say, as their logarithm.
    evidence: f32,
    shares: (f32, f32),
    /// The most that the spellings and the left-overs are alike.
    spelling: f32,
    near: f32,
    /// The words of the subject that are matched, and those of the listed form.
    met: (Set, Set),
}

/// Listed words at their places, each with the place of the subject's word that it stands for.
type Aligned<'a> = SmallVec<[(usize, usize, &'a Kin); 8]>;

/// What matched words come to.
#[derive(Debug, Default)]
struct Matched {
    all: Worth,
    /// The words of the subject, and those of the listed form.
    met: (Set, Set),
    count: u16,
    /// How many letters they have in common at least, and how many the listed ones have.
    common: u16,
    length: u16,
}

impl Matched {
    fn add(&mut self, words: Set, at: usize, worth: Worth, (common, length): (u8, u8)) {
        self.all = self.all.and(worth);
        self.met.0 |= words;
        self.met.1 |= 1 << at;
        self.count += 1;
        self.common += u16::from(common);
        self.length += u16::from(length);
    }
}

impl Asked {
    /// The most that the pair says, if the spellings are at least so much alike and the left-overs at most so near.
    fn most(&self, least_spelling: f32, near: f32) -> f32 {
        self.most_of((least_spelling, self.spelling), near)
    }

    /// The same where it is known how much alike the spellings are at least and at most.
    fn most_of(&self, spelling: (f32, f32), near: f32) -> f32 {
        self.says + self.terms.together_exactly(self.evidence, spelling) + self.terms.rest(self.shares, near)
    }
}

impl Search<'_> {
    /// Whether a listed form could reach the threshold with the words found alike in it.
    pub(super) fn by_words(&self, id: FormId, spelt: bool) -> Within {
        let listed = &self.index.listed;
        let Some(place) = listed.forms.place(id) else { return Within::Yes };
        let Some(terms) = self.terms(place.kind) else { return Within::Yes };
        let (mut matched, mut once) = (Matched::default(), true);
        let run = listed.forms.run(id);
        for (at, word) in run.iter().enumerate() {
            let Some(found) = self.scratch.found(*word) else { continue };
            once &= found.words & matched.met.0 == 0 && found.words.is_power_of_two();
            matched.add(found.words, at, found.worth, (found.common, found.length));
        }
        let shares = (matched.all.ours / self.total, place.total.share(matched.all.theirs));
        if matched.count == 0 || !spelt && !self.is_enough(shares) {
            return Within::No;
        }
        // Before it is asked whether initials explain a word, which seldom helps.
        if spelt && self.most_spelt(place, terms, matched.all) < self.bound {
            return Within::No;
        }
        let mut aligned = Aligned::new();
        if !once {
            if !spelt && self.most_loosely(place, terms, matched.all) < self.bound {
                return Within::No;
            }
            aligned = self.aligned(run);
            matched = Matched::default();
            for (ours, at, kin) in &aligned {
                let Some(alike) = self.alike.get(*ours) else { return Within::Yes };
                matched.add(1 << ours, *at, alike.worth_of(kin), (kin.common, kin.length));
            }
        }
        // Each word of either side stands for one of the other at most: these are matched, and the others are left over.
        let Matched { all, met, count, common, length } = matched;
        let shares = (all.ours / self.total, place.total.share(all.theirs));
        let explained = if spelt { self.explained(run, met) } else { (0, 0) };
        if explained.0 == 0 && !self.is_enough(shares) {
            return Within::No;
        }
        let (mut ours, mut ours_left) = (Rest::default(), Left::default());
        for (fact, at) in self.facts.iter().zip(0..).filter(|(_, at)| met.0 >> at & 1 == 0) {
            ours.add(*fact);
            if explained.0 >> at & 1 == 0 {
                ours_left = ours_left.and(Left::of(fact.class, fact.weight));
            }
        }
        let evidence = bound::evidence(all.both);
        let letters = self.letters.common(&place.letters);
        let in_common = letters.map(|all| all.saturating_sub(common));
        let mut asked = Asked {
            terms,
            says: terms.matched(shares.0, all.both)
                + if explained.0 == 0 { 0.0 } else { terms.initials }
                + terms.words(count == 1)
                + terms.form(self.form, place.kind),
            evidence,
            shares,
            spelling: self.letters.alike_at_most(&place.letters, letters),
            near: 1.0,
            met,
        };
        // Before the words that are left over are read: how many letters they have is known.
        let theirs = place
            .letters
            .large()
            .filter(|_| !place.has_rare())
            .map(|all| u16::from(all).saturating_sub(length));
        let left_over = terms.beside_subject(evidence, ours_left.own) + terms.left_at_least(ours_left);
        if asked.most(0.0, ours.nearest(theirs, in_common)) + left_over < self.bound {
            return Within::No;
        }
        let (mut left, mut rest, mut edges) = (Left::default(), Rest::default(), Edges::default());
        for (at, word) in run.iter().enumerate() {
            if met.1 >> at & 1 == 1 {
                if once && let Some(found) = self.scratch.found(*word) {
                    edges.add(at, found.words.trailing_zeros() as usize, found.edge, found.worth.both);
                    continue;
                }
                let stands = aligned.iter().find(|(_, place, _)| *place == at);
                let of_word = stands.and_then(|(ours, _, kin)| Some((*ours, *kin, self.alike.get(*ours)?)));
                let Some((ours, kin, alike)) = of_word else { return Within::Yes };
                edges.add(at, ours, alike.edge(kin), alike.worth_of(kin).both);
                continue;
            }
            let Some(fact) = listed.vocabulary.fact(*word) else { return Within::Yes };
            edges.meet(at, fact.class);
            if explained.1 >> at & 1 == 0 {
                left = left.and(Left::of(fact.class, fact.weight));
            }
            rest.add(*fact);
        }
        asked.says += terms.beside_exactly(evidence, ours_left.own, left.own)
            + terms.left(ours_left, left)
            + terms.certain(&edges.measured(&self.facts, all.both), ours_left, left);
        asked.near = ours.near(&rest, in_common);
        if asked.most(0.0, asked.near) < self.bound { Within::No } else { Within::AskLetters(asked) }
    }

    /// Which words stand for one another, where some could stand for several.
    fn aligned(&self, run: &[WordId]) -> Aligned<'_> {
        let vocabulary = &self.index.listed.vocabulary;
        let mut edges = SmallVec::new();
        for (at, word) in run.iter().enumerate() {
            let (Some(found), Some(theirs)) = (self.scratch.found(*word), vocabulary.word(*word)) else {
                continue;
            };
            let all = self.form.tokens.iter().zip(&self.alike).enumerate();
            for (place, (ours, alike)) in all.filter(|(place, _)| found.words >> place & 1 == 1) {
                let Some(kin) = alike.kin(self.index.listed.turn(*word)) else { continue };
                edges.push(align::between((place, ours.weight), (at, theirs.weight), kin.likeness()));
            }
        }
        let alignment = align::settle(edges, (self.form.tokens.len(), run.len()));
        let edges = alignment.edges.iter();
        edges
            .filter_map(|edge| {
                let (ours, at) = (usize::from(edge.subject.from), usize::from(edge.entry.from));
                Some((ours, at, self.alike.get(ours)?.kin(self.index.listed.turn(*run.get(at)?))?))
            })
            .collect()
    }

    /// A bit for each word of the subject, and of a listed form, that initials explain, if just these words of either are matched.
    fn explained(&self, run: &[WordId], met: (Set, Set)) -> (Set, Set) {
        let all = |words: usize| (0..words).fold(0, |all: Set, at| all | 1 << at);
        let (ours_left, left) = (all(self.facts.len()) & !met.0, all(run.len()) & !met.1);
        if ours_left == 0 || left == 0 {
            return (0, 0);
        }
        let theirs: SmallVec<[&Token; 12]> = run
            .iter()
            .filter_map(|word| self.index.listed.vocabulary.word(*word))
            .map(AsRef::as_ref)
            .collect();
        initials::explained_of(&self.form.tokens, ours_left, &theirs, left)
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
    pub(super) fn by_letters(&mut self, id: FormId, asked: &Asked) -> bool {
        let near = asked.near.min(self.near(id, asked.met).unwrap_or(1.0));
        if asked.most(0.0, near) < self.bound {
            return false;
        }
        let Some(least) = self.spelt_in_order(id) else { return true };
        // Spellings that are more alike may say less, beside what is common: so they are asked too.
        if asked.most(least, near) < self.bound {
            return false;
        }
        let sorted = self.spelt_sorted(id).unwrap_or(asked.spelling);
        asked.most_of((least, least.max(sorted)), near) >= self.bound
    }

    /// How near the left-overs of both sides are, by their letters in order; `None` where there are too many.
    fn near(&mut self, id: FormId, (ours, theirs): (Set, Set)) -> Option<f32> {
        if !self.scratch.ask_left_over(self.form, ours) {
            return None;
        }
        let ours = self.scratch.left_over();
        let vocabulary = &self.index.listed.vocabulary;
        let run = self.index.listed.forms.run(id);
        let left = run.iter().enumerate().filter(|(at, word)| {
            theirs >> at & 1 == 0 && vocabulary.fact(**word).is_none_or(|fact| fact.class != WordClass::Small)
        });
        let (common, length) = ours.common(left.flat_map(|(_, word)| vocabulary.text(*word).bytes()));
        let shorter = ours.length().min(length);
        #[expect(clippy::cast_precision_loss, reason = "a name is short")]
        let (common, all, shorter) = (common as f32, (ours.length() + length).max(1) as f32, shorter as f32);
        Some(Terms::near(shorter, 4.0 * common / all - 1.0))
    }

    /// How alike the two spellings are with the words as they stand; `None` where they are not told by their words, too long, or not plain.
    fn spelt_in_order(&mut self, id: FormId) -> Option<f32> {
        let listed = &self.index.listed;
        // Its letters are bytes, and no more than its words tell.
        let is_plain = listed.forms.place(id)?.letters.large().is_some() && listed.forms.is_told_by_words(id);
        let ours = self.scratch.spelling(self.form).filter(|_| is_plain)?;
        // Words of several parts have blanks.
        let letters = listed.texts(id).flat_map(str::bytes).filter(|byte| *byte != b' ');
        Some(share(ours.length(), ours.common(letters)))
    }

    /// The same with the words in the order of the alphabet.
    fn spelt_sorted(&mut self, id: FormId) -> Option<f32> {
        let ours = self.scratch.sorted(self.form)?;
        let words = in_order(self.index.listed.texts(id));
        Some(share(ours.length(), ours.common(words.iter().flat_map(|word| word.bytes()))))
    }
}

/// The share of the letters of both that are common.
#[expect(clippy::cast_precision_loss, reason = "a name is short")]
fn share(ours: u32, (common, theirs): (u32, u32)) -> f32 {
    2.0 * common as f32 / (ours + theirs).max(1) as f32
}
