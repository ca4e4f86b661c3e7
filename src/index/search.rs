//! One subject against all entries.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::letters::Letters;
use super::marks::{Marks, Set};
use super::postings::{FormId, Posting, STEPS, Total, each_joined};
use super::vocabulary::{Fact, WordId, letters_key};
use super::{Index, Stats};
use crate::matching::align::align_by;
use crate::matching::bound::{FormKind, Left, SIDES, SLACK, Terms};
use crate::matching::likeness::Likeness;
use crate::matching::score::FormPair;
use crate::matching::{Match, Party, Score, compare_pairs, initials, qualify, score, weights};
use crate::normalise::{Form, Token, WordClass};
use crate::vocab::EntityKind;

/// The listed words that are like a word, kept for every form in which the word stands.
#[derive(Debug)]
struct Alike {
    words: Vec<Kin>,
    /// The most that the word can account for.
    worth: Worth,
    /// How many postings it has.
    cost: usize,
}

/// A listed word that is like a word.
#[derive(Debug, Clone, Copy)]
struct Kin {
    word: WordId,
    likeness: Likeness,
    worth: Worth,
    /// How many letters the two have in common, at least.
    common: u8,
}

impl Alike {
    fn of(word: &Token, index: &Index) -> Self {
        let vocabulary = &index.listed.vocabulary;
        let mut alike = Self { words: Vec::new(), worth: Worth::default(), cost: 0 };
        for (listed, likeness) in vocabulary.alike(word) {
            let fact = vocabulary.fact(listed);
            let common = fact.map_or(0, |fact| vocabulary.common_letters(word, listed, *fact));
            let length = fact.map_or(0, |fact| fact.length);
            let unlike =
                f32::midpoint(f32::from(length), f32::from(Fact::of(word).length)) - f32::from(common);
            let worth = Worth::of(word, fact.map_or(0.0, |fact| fact.weight), likeness.value, unlike);
            alike.worth = alike.worth.or(worth);
            alike.cost += index.listed.postings(listed).len();
            alike.words.push(Kin { word: listed, likeness, worth, common });
        }
        alike
    }

    /// How alike a listed word is.
    fn likeness(&self, word: WordId) -> Option<Likeness> {
        let place = self.words.binary_search_by_key(&word, |kin| kin.word).ok()?;
        self.words.get(place).map(|kin| kin.likeness)
    }
}

/// The memory that a worker uses again for every subject.
#[derive(Debug, Default)]
pub struct Scratch {
    stats: Stats,
    /// What each word met so far is like; of others than persons, and of persons.
    alike: [FxHashMap<String, Rc<Alike>>; 2],
    /// For each listed form, the turn in which it was last looked at.
    seen: Vec<u32>,
    /// For each listed word, what it stood for when it was last found alike.
    found: Vec<Found>,
    /// The same for all words that share a mark.
    marks: Marks,
    /// A bit for each listed word that is found alike in this turn: few bytes, which stay near.
    is_found: Vec<u64>,
    /// Those words.
    alike_now: Vec<WordId>,
    turn: u32,
}

/// What a listed word stands for.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// The words of the form that it is like.
    words: Set,
    /// What it accounts for at most.
    worth: Worth,
    /// How many letters it has in common with the word that it is like, at least.
    common: u8,
    /// The turn in which it was found.
    turn: u32,
}

/// What words account for at most.
#[derive(Debug, Clone, Copy, Default)]
struct Worth {
    /// Of the subject's weight.
    ours: f32,
    /// Of the listed form's weight.
    theirs: f32,
    /// Of both: the evidence.
    both: f32,
    /// What is no longer left over of the subject, by sort.
    used: Left,
    /// How many letters of the matched words are not common to both, on the mean of both sides.
    unlike: f32,
}

impl Worth {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    fn of(ours: &Token, theirs: f32, likeness: f64, unlike: f32) -> Self {
        let (weight, likeness) = (ours.weight as f32, likeness as f32);
        Self {
            ours: weight * likeness,
            theirs: theirs * likeness,
            both: weight.min(theirs) * likeness,
            used: Left::of(ours.class, weight),
            unlike,
        }
    }

    fn and(self, other: Self) -> Self {
        let Self { ours, theirs, both, used, unlike } = other;
        Self {
            ours: self.ours + ours,
            theirs: self.theirs + theirs,
            both: self.both + both,
            used: self.used.and(used),
            unlike: self.unlike + unlike,
        }
    }

    fn or(self, other: Self) -> Self {
        let Self { ours, theirs, both, used, unlike } = other;
        Self {
            ours: self.ours.max(ours),
            theirs: self.theirs.max(theirs),
            both: self.both.max(both),
            used: self.used.or(used),
            unlike: self.unlike.max(unlike),
        }
    }
}

/// How often an interval is halved that holds the least share of an entry.
const HALVINGS: usize = 8;

/// More words than this are not kept: the memory of a worker stays bounded however long the file is.
const MOST_KEPT: usize = 400_000;

impl Scratch {
    /// The counts since they were last taken.
    pub fn take_stats(&mut self) -> Stats {
        std::mem::take(&mut self.stats)
    }

    fn alike(&mut self, index: &Index, word: &Token) -> Rc<Alike> {
        let [others, persons] = &mut self.alike;
        let known = if word.is_person { persons } else { others };
        if let Some(alike) = known.get(&word.text) {
            return Rc::clone(alike);
        }
        if known.len() >= MOST_KEPT {
            known.clear();
        }
        let alike = Rc::new(Alike::of(word, index));
        self.stats.words += 1;
        self.stats.variants += alike.words.len() as u64;
        known.insert(word.text.clone(), Rc::clone(&alike));
        alike
    }

    /// Begins with another form.
    fn next_turn(&mut self, index: &Index) {
        if self.turn == u32::MAX
            || self.seen.len() != index.listed.forms()
            || self.found.len() != index.listed.words()
        {
            self.turn = 0;
            self.seen = vec![0; index.listed.forms()];
            self.found = vec![Found::default(); index.listed.words()];
            self.is_found = vec![0; index.listed.words().div_ceil(64)];
            self.alike_now.clear();
        }
        for word in self.alike_now.drain(..) {
            if let Some(bits) = self.is_found.get_mut(word as usize / 64) {
                *bits = 0;
            }
        }
        self.marks.clear();
        self.turn += 1;
    }

    /// What a listed word stands for, if it is found alike in this turn.
    #[inline]
    fn found(&self, word: WordId) -> Option<&Found> {
        let bits = self.is_found.get(word as usize / 64)?;
        (bits >> (word % 64) & 1 == 1).then(|| self.found.get(word as usize)).flatten()
    }

    /// Marks a listed word with what it would account for as one that is like a word of the form.
    fn mark(&mut self, kin: &Kin, word: Set) {
        let turn = self.turn;
        let Some(found) = self.found.get_mut(kin.word as usize) else { return };
        if found.turn != turn {
            *found = Found { turn, ..Found::default() };
            self.alike_now.push(kin.word);
            if let Some(bits) = self.is_found.get_mut(kin.word as usize / 64) {
                *bits |= 1 << (kin.word % 64);
            }
        }
        found.words |= word;
        found.common = kin.common;
        // Two words of the form may be like one listed word, which can stand for one of them only.
        found.worth = found.worth.or(kin.worth);
        self.marks.note(kin.word, found.worth.ours, found.worth.theirs, found.words);
    }

    /// Whether a form is met for the first time in this turn.
    fn is_new(&mut self, form: FormId) -> bool {
        let turn = self.turn;
        self.seen.get_mut(form as usize).is_some_and(|seen| std::mem::replace(seen, turn) != turn)
    }
}

/// Entries, each with a pair of forms that reaches the threshold, or with none where an identifier is the same.
type Pairs = Vec<(u32, Option<FormPair>)>;

pub(super) fn search(index: &Index, subject: &Party, min: Score, scratch: &mut Scratch) -> Vec<(u32, Match)> {
    scratch.stats.subjects += 1;
    let least = score::least_log_odds(min) - qualify::most(subject);
    let mut pairs: Pairs = Vec::new();
    let same_identifier = subject.identifiers.iter().filter_map(|id| index.identifiers.get(id)).flatten();
    pairs.extend(same_identifier.map(|entry| (*entry, None)));
    for (at, (name, _)) in (0..).zip(&subject.names) {
        for (place, form) in (0..).zip(name.forms()) {
            Search::new(index, subject, form, (at, place), least, &mut *scratch).run(&mut pairs);
        }
    }
    pairs.sort_unstable();
    let mut matches = Vec::new();
    for of_entry in pairs.chunk_by(|a, b| a.0 == b.0) {
        let Some((place, _)) = of_entry.first() else { continue };
        let Some(entry) = index.entries.get(*place as usize) else { continue };
        let found = compare_pairs(subject, entry, of_entry.iter().filter_map(|(_, pair)| *pair));
        if found.score >= min {
            matches.push((*place, found));
        }
    }
    scratch.stats.matches += matches.len() as u64;
    matches
}

/// What is known before any posting is read, by one table of weights.
#[derive(Debug, Clone)]
struct Side {
    terms: &'static Terms,
    /// What a kind of form says at most.
    best_kind: f32,
}

impl Side {
    fn new(terms: &'static Terms) -> Self {
        Self { terms, best_kind: terms.best_form() }
    }

    fn kind(&self, form: &Form, kind: FormKind) -> f32 {
        self.terms.form(form, kind)
    }
}

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

/// The search for one form of a subject.
struct Search<'a> {
    index: &'a Index,
    subject: &'a Party,
    form: &'a Form,
    /// The places of the form's name and of the form in it.
    place: (u32, u32),
    /// What the names must say at least, in log-odds.
    least: f64,
    /// The same, with room for rounding.
    bound: f32,
    /// The least product of the shares of both sides that words must account for.
    in_common: f32,
    /// What the form's words weigh together.
    total: f32,
    letters: Letters,
    /// All that it has, by sort of word.
    all: Left,
    /// By which table entries are weighed; `None` where there are none.
    sides: [Option<Side>; SIDES],
    /// The words that are like a listed one.
    wanted: Vec<Wanted>,
    /// The words of the form.
    facts: SmallVec<[Fact; 8]>,
    /// What each is like.
    alike: SmallVec<[Rc<Alike>; 8]>,
    scratch: &'a mut Scratch,
}

/// A word of the form, with the listed words like it.
struct Wanted {
    alike: Rc<Alike>,
    bit: Set,
    /// Whether it is an article or preposition: those alone are nothing in common, so no posting of theirs is read.
    is_small: bool,
}

impl Wanted {
    /// Postings for each nat of weight.
    #[expect(clippy::cast_precision_loss, reason = "only an order of work")]
    fn price(&self) -> f32 {
        self.alike.cost as f32 / self.alike.worth.ours
    }
}

impl<'a> Search<'a> {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    fn new(
        index: &'a Index,
        subject: &'a Party,
        form: &'a Form,
        place: (u32, u32),
        least: f64,
        scratch: &'a mut Scratch,
    ) -> Self {
        let is_person = subject.kind == EntityKind::Person;
        let side = |side: usize| {
            let is_there = index.listed.has_side(side, is_person, form.is_foreign);
            Some(Side::new(Terms::of(side).filter(|_| is_there)?))
        };
        let all = form.tokens.iter().map(|token| Left::of(token.class, token.weight as f32));
        Self {
            index,
            subject,
            form,
            place,
            least,
            bound: least as f32 - SLACK,
            in_common: if least > weights::TOO_LITTLE {
                weights::ENOUGH_IN_COMMON as f32 - SLACK
            } else {
                0.0
            },
            total: form.total as f32,
            letters: Letters::of(form),
            all: all.fold(Left::default(), Left::and),
            sides: [side(0), side(1), side(2)],
            wanted: Vec::new(),
            facts: form.tokens.iter().map(|token| Fact::of(token)).collect(),
            alike: SmallVec::new(),
            scratch,
        }
    }

    /// Notes the entries' forms that reach the threshold with this one.
    fn run(mut self, pairs: &mut Pairs) {
        self.scratch.stats.forms += 1;
        self.scratch.next_turn(self.index);
        self.find_wanted();
        self.by_keys(pairs);
        let wanted = std::mem::take(&mut self.wanted);
        let mut read = false;
        let mut rest = wanted.as_slice();
        while let Some((word, others)) = rest.split_first() {
            // Forms that hold a word taken before have been looked at: what is left are those that hold none.
            let all = rest.iter().fold(Worth::default(), |all, word| all.and(word.alike.worth));
            if self.heaviest(all).is_none() {
                break;
            }
            // The small words come last, and alone they are nothing in common.
            if word.is_small {
                break;
            }
            read = true;
            self.read_word(word, others, pairs);
            rest = others;
        }
        self.scratch.stats.ended_early += u64::from(!read);
    }

    /// The heaviest listed form that could reach the threshold through words of this worth, however it is spelt; `None` where none could.
    fn heaviest(&self, words: Worth) -> Option<Total> {
        if self.in_common > 0.0 {
            let ours = (words.ours / self.total).min(1.0);
            return (ours >= self.in_common).then(|| Total::up_to(words.theirs * ours / self.in_common));
        }
        let of_side = |side: &Side| {
            let reaches = |entry: f32| {
                let shares = (words.ours / self.total, entry);
                if !self.is_enough(shares) {
                    return false;
                }
                let says = self.says(side, words) + side.terms.together(words.both, 1.0);
                says + side.terms.rest(shares, 1.0) + side.best_kind >= self.bound
            };
            if !reaches(1.0) {
                return None;
            }
            // The heavier an entry, the less of it is accounted for: the share is halved until it is too little.
            let (mut too_little, mut enough) = (0.0, 1.0);
            if reaches(too_little) {
                return Some(Total::up_to(f32::INFINITY));
            }
            for _ in 0..HALVINGS {
                let middle = f32::midpoint(too_little, enough);
                if reaches(middle) { enough = middle } else { too_little = middle }
            }
            Some(Total::up_to(words.theirs / too_little))
        };
        self.sides.iter().flatten().filter_map(of_side).max()
    }

    /// Whether shares of the two sides may be enough in common.
    #[inline]
    fn is_enough(&self, (ours, theirs): (f32, f32)) -> bool {
        ours.min(1.0) * theirs >= self.in_common
    }

    /// What words of this worth say at most, but for the form, the share of the entry and the spelling.
    fn says(&self, side: &Side, words: Worth) -> f32 {
        let left = self.all.without(words.used);
        side.terms.matched(words.ours / self.total, words.both)
            + side.terms.beside(words.both, left.own, self.all.own)
            + side.terms.left_at_least(left)
            + side.terms.some_words()
    }

    /// The side on which a form stands.
    fn side(&self, kind: FormKind) -> Option<&Side> {
        let side = kind.side(self.subject.kind == EntityKind::Person, self.form.is_foreign);
        self.sides.get(side).and_then(Option::as_ref)
    }

    /// Reads the postings of the listed words that are like `word`; the words of `others` are still to be taken.
    fn read_word(&mut self, word: &Wanted, others: &[Wanted], pairs: &mut Pairs) {
        let left = others.iter().fold(word.bit, |all, word| all | word.bit);
        let all_others = others.iter().fold(Worth::default(), |all, word| all.and(word.alike.worth));
        let index = self.index;
        for kin in &word.alike.words {
            let Some(found) = self.scratch.found.get(kin.word as usize).copied() else { continue };
            if found.words & !left != 0 {
                continue; // it is like a word taken before, by which its postings were read
            }
            // A form that holds a better one too is met by that.
            let Some(heaviest) = self.heaviest(all_others.and(found.worth)) else { continue };
            let postings = index.listed.postings(kin.word);
            let within = postings.partition_point(|posting| posting.total <= heaviest);
            let postings = postings.get(..within).unwrap_or_default();
            self.scratch.stats.postings += postings.len() as u64;
            for posting in postings {
                if self.may_reach(posting, &found, left)
                    && self.scratch.is_new(posting.form)
                    && self.is_within_bound(posting.form, false)
                {
                    self.score(posting.form, pairs);
                }
            }
        }
    }

    /// Whether a form may have enough in common, as far as its posting tells.
    #[inline]
    fn may_reach(&self, posting: &Posting, found: &Found, left: Set) -> bool {
        let Some((ours, theirs)) = self.scratch.marks.worth(posting.others, left) else { return true };
        // As in `is_enough`, multiplied out.
        let ours = (found.worth.ours + ours).min(self.total);
        let theirs = ((found.worth.theirs + theirs) * STEPS).min(posting.total.steps());
        ours * theirs >= self.in_common * self.total * posting.total.steps()
    }

    /// Whether a listed form could reach the threshold with the words marked in it, and its letters.
    fn is_within_bound(&self, id: FormId, spelt: bool) -> bool {
        let listed = &self.index.listed;
        let Some(place) = listed.place(id) else { return true };
        let letters = &place.letters;
        let Some(side) = self.side(place.kind) else { return true };
        let terms = side.terms;
        let (mut all, mut met, mut once, mut count, mut common) = (Worth::default(), 0, true, 0, 0);
        let run = listed.run(id);
        for found in run.iter().filter_map(|word| self.scratch.found(*word)) {
            all = all.and(found.worth);
            once &= found.words & met == 0 && found.words.is_power_of_two();
            met |= found.words;
            count += 1;
            common += u16::from(found.common);
        }
        if count == 0 {
            return false;
        }
        let shares = (all.ours / self.total, place.total.share(all.theirs));
        if !spelt && !self.is_enough(shares) {
            return false;
        }
        let spelling = self.letters.most_alike(letters);
        let form = side.kind(self.form, place.kind);
        if spelt {
            // A word that initials explain is not left over.
            let says = terms.matched(shares.0, all.both)
                + terms.beside(all.both, 0.0, self.all.own)
                + terms.left_at_least(Left::default());
            let rest = terms.rest(shares, 1.0)
                + terms.together(all.both, spelling)
                + terms.initials
                + terms.some_words();
            return says + rest + form >= self.bound;
        }
        if !once {
            let near = self.letters.nearest(letters, all.unlike);
            let rest = terms.rest(shares, near) + terms.together(all.both, spelling);
            return self.says(side, all) + rest + form >= self.bound;
        }
        // Each word of either side is like one of the other at most: these are matched, and the others are left over.
        let (mut left, mut rest) = (Left::default(), Rest::default());
        for word in run.iter().filter(|word| self.scratch.found(**word).is_none()) {
            let Some(fact) = listed.vocabulary.fact(*word) else { return true };
            left = left.and(Left::of(fact.class, fact.weight));
            rest.add(*fact);
        }
        let mut ours = Rest::default();
        for (fact, _) in self.facts.iter().zip(0..).filter(|(_, at)| met >> at & 1 == 0) {
            ours.add(*fact);
        }
        let near = ours.near(&rest, self.letters.common(letters).map(|all| all.saturating_sub(common)));
        let ours_left = self.all.without(all.used);
        let says = terms.matched(shares.0, all.both)
            + terms.beside_exactly(all.both, ours_left.own, left.own)
            + terms.left(ours_left, left)
            + terms.words(count == 1)
            + form;
        let reach = |spelling: (f32, f32), near: f32| {
            says + terms.together_exactly(all.both, spelling) + terms.rest(shares, near)
        };
        if reach((0.0, spelling), near) < self.bound {
            return false;
        }
        let near = near.min(self.near(id, met).unwrap_or(1.0));
        reach((self.least_spelling(id), spelling), near) >= self.bound
    }

    /// How alike the two spellings are at least.
    fn least_spelling(&self, id: FormId) -> f32 {
        let Some((_, entry, _)) = self.index.listed.form(&self.index.entries, id) else { return 0.0 };
        let (ours, theirs) = (self.form.joined.as_bytes(), entry.joined.as_bytes());
        let mut places = [0_u64; 128];
        for (at, byte) in (0..u64::BITS).zip(ours) {
            if let Some(places) = places.get_mut(usize::from(*byte)) {
                *places |= 1 << at;
            }
        }
        if ours.len() > 64 || !self.form.joined.is_ascii() || !entry.joined.is_ascii() {
            return 0.0;
        }
        let kept = theirs.iter().fold(u64::MAX, |state, byte| {
            let kept = state & places.get(usize::from(*byte)).copied().unwrap_or(0);
            state.wrapping_add(kept) | (state - kept)
        });
        #[expect(clippy::cast_precision_loss, reason = "a name is short")]
        let [kept, both] =
            [kept.count_zeros() as usize, (ours.len() + theirs.len()).max(1)].map(|letters| letters as f32);
        2.0 * kept / both - 1e-5
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
        let listed = &self.index.listed;
        for word in listed.run(id) {
            let is_matched = self.scratch.found(*word).is_some();
            let Some(word) = listed.vocabulary.word(*word).filter(|word| is_left(is_matched, word)) else {
                continue;
            };
            for byte in word.text.bytes() {
                let kept = state & places.get(place(byte)).copied().unwrap_or(u64::MAX);
                state = state.wrapping_add(kept) | (state - kept);
                others += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a name is short")]
        let [kept, all] = [state.count_zeros(), (length + others).max(1)].map(|letters| letters as f32);
        Some((4.0 * kept / all - 1.0).clamp(0.0, 1.0))
    }

    /// The pairs that share a key of another kind than a word; each is scored.
    fn by_keys(&mut self, pairs: &mut Pairs) {
        let listed = &self.index.listed;
        let mut forms: Vec<FormId> = Vec::new();
        for token in &self.form.tokens {
            forms.extend(listed.joined(&token.text));
        }
        each_joined(self.form, letters_key(), |key| {
            for word in listed.vocabulary.with_letters(key) {
                forms.extend(listed.postings(word).iter().map(|posting| posting.form));
            }
        });
        if self.form.is_acronym {
            forms.extend(listed.initials(&self.form.joined));
        }
        if let Some(initials) = &self.form.initials {
            forms.extend(listed.acronyms(initials));
        }
        if let Some(han) = &self.form.han {
            listed.characters(&han.core, &mut forms);
        }
        for form in forms {
            if self.scratch.is_new(form) {
                self.score(form, pairs);
            }
        }
        self.by_spelling(pairs);
    }

    /// The forms of which a word may be spelt by initials of ours, or spells one of ours.
    fn by_spelling(&mut self, pairs: &mut Pairs) {
        let listed = &self.index.listed;
        let mut forms: Vec<FormId> = Vec::new();
        for token in self.form.tokens.iter().filter(|token| initials::may_be_spelt(token)) {
            forms.extend(listed.spelling(&token.text));
        }
        initials::each_spelt(
            &self.form.tokens,
            letters_key(),
            &mut |key, letter| key.and(&[letter]),
            &mut |key| {
                let words = listed.vocabulary.with_letters(key);
                for word in
                    words.filter(|word| listed.vocabulary.word(*word).is_some_and(initials::may_be_spelt))
                {
                    forms.extend(listed.postings(word).iter().map(|posting| posting.form));
                }
            },
        );
        for form in forms {
            if self.scratch.is_new(form) && self.is_within_bound(form, true) {
                self.score(form, pairs);
            }
        }
    }

    /// Finds the words of the form that are like a listed one, the cheapest for their weight first and the small ones last, and
    /// marks each listed word with what it would account for.
    fn find_wanted(&mut self) {
        for (place, token) in (0..Set::BITS).zip(&self.form.tokens) {
            let alike = self.scratch.alike(self.index, token);
            for kin in &alike.words {
                self.scratch.mark(kin, 1 << place);
            }
            self.alike.push(Rc::clone(&alike));
            if !alike.words.is_empty() {
                self.wanted.push(Wanted {
                    alike,
                    bit: 1 << place,
                    is_small: token.class == WordClass::Small,
                });
            }
        }
        self.wanted.sort_by(|a, b| a.is_small.cmp(&b.is_small).then(a.price().total_cmp(&b.price())));
    }

    /// Scores a pair of forms, and notes it if it reaches the threshold.
    fn score(&mut self, id: FormId, pairs: &mut Pairs) {
        let listed = &self.index.listed;
        let (Some(place), Some((_, entry, strength))) =
            (listed.place(id), listed.form(&self.index.entries, id))
        else {
            return;
        };
        self.scratch.stats.pairs += 1;
        let person = place.kind.is_person() || self.subject.kind == EntityKind::Person;
        let run = listed.run(id);
        // What the letters say of two words is known since the words were looked up.
        let alike = |ours: usize, theirs: usize| {
            let word = *run.get(theirs)?;
            self.scratch.found(word).filter(|found| found.words >> ours & 1 == 1)?;
            self.alike.get(ours)?.likeness(word)
        };
        let aligned = || align_by(self.form, entry, alike);
        let found = score::weigh_by(self.form, entry, strength, person, aligned);
        if found.is_some_and(|(log_odds, _, _)| log_odds >= self.least) {
            let (name, form) = self.place;
            pairs.push((place.entry, Some((name, u32::from(place.name), form, u32::from(place.form)))));
        }
    }
}
