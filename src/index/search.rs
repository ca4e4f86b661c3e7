//! One subject against all entries.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::letters::{self, Letters};
use super::postings::{FormId, Posting, Total, each_joined};
use super::signature::{self, Signature, bits};
use super::vocabulary::{WordId, letters_key};
use super::{Index, Stats};
use crate::matching::bound::{FormKind, SLACK, Terms};
use crate::matching::likeness::Likeness;
use crate::matching::score::FormPair;
use crate::matching::{Match, Party, Score, compare_pairs, qualify, score};
use crate::normalise::{Form, Token, WordClass};
use crate::vocab::EntityKind;

type Alike = Rc<[(WordId, Likeness)]>;

/// The memory that a worker uses again for every subject.
#[derive(Debug, Default)]
pub struct Scratch {
    stats: Stats,
    /// What each word met so far is like; of others than persons, and of persons.
    alike: [FxHashMap<String, Alike>; 2],
    /// For each listed form, the turn in which it was last looked at.
    seen: Vec<u32>,
    /// For each listed word, what it stood for when it was last found alike.
    found: Vec<Found>,
    turn: u32,
}

/// What a listed word stands for.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// The words of the form that it is like.
    words: Set,
    /// What it accounts for at most.
    worth: Worth,
    /// The turn in which it was found.
    turn: u32,
}

/// A set of words of a form, a bit each: a form has forty words at most.
type Set = u64;

/// What words account for at most.
#[derive(Debug, Clone, Copy, Default)]
struct Worth {
    /// Of the subject's weight.
    ours: f32,
    /// Of the listed form's weight.
    theirs: f32,
    /// Of both: the evidence.
    both: f32,
}

impl Worth {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    fn of(ours: f64, theirs: f64, likeness: f64) -> Self {
        let [ours, theirs, both] = [ours, theirs, ours.min(theirs)].map(|weight| (weight * likeness) as f32);
        Self { ours, theirs, both }
    }

    fn and(self, other: Self) -> Self {
        let Self { ours, theirs, both } = other;
        Self { ours: self.ours + ours, theirs: self.theirs + theirs, both: self.both + both }
    }

    fn or(self, other: Self) -> Self {
        let Self { ours, theirs, both } = other;
        Self { ours: self.ours.max(ours), theirs: self.theirs.max(theirs), both: self.both.max(both) }
    }
}

/// More words than this are not kept: the memory of a worker stays bounded however long the file is.
const MOST_KEPT: usize = 400_000;

impl Scratch {
    /// The counts since they were last taken.
    pub fn take_stats(&mut self) -> Stats {
        std::mem::take(&mut self.stats)
    }

    fn alike(&mut self, index: &Index, word: &Token) -> Alike {
        let [others, persons] = &mut self.alike;
        let known = if word.is_person { persons } else { others };
        if let Some(alike) = known.get(&word.text) {
            return Rc::clone(alike);
        }
        if known.len() >= MOST_KEPT {
            known.clear();
        }
        let alike: Alike = index.listed.vocabulary.alike(word).into();
        self.stats.words += 1;
        self.stats.variants += alike.len() as u64;
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
        }
        self.turn += 1;
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

/// What is known before any posting is read: against entries that are persons, or that are not.
struct Side {
    terms: &'static Terms,
    /// What spellings of so many letters say at most.
    by_length: [f32; 256],
    /// What a kind of form says.
    by_kind: [f32; FormKind::COUNT as usize],
    /// What a kind of form says at most.
    best_kind: f32,
}

impl Side {
    fn new(person: bool, form: &Form, letters: Letters) -> Self {
        let terms = Terms::of(person);
        let (mut by_length, mut by_kind) = ([0.0; 256], [0.0; FormKind::COUNT as usize]);
        for (length, says) in (0..=u8::MAX).zip(&mut by_length) {
            *says = terms.spelling * letters::most_alike(letters.length, length);
        }
        for (kind, says) in (0..).zip(&mut by_kind) {
            *says = terms.form(form, FormKind(kind));
        }
        Self { terms, by_length, by_kind, best_kind: by_kind.iter().copied().fold(f32::MIN, f32::max) }
    }

    /// What every form of this length and kind has.
    fn of(&self, posting: &Posting) -> f32 {
        let length = self.by_length.get(usize::from(posting.length)).copied().unwrap_or(self.terms.spelling);
        length + self.by_kind.get(usize::from(posting.kind.0)).copied().unwrap_or(self.best_kind)
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
    /// What the form's words weigh together.
    total: f32,
    letters: Letters,
    /// Entries that are no persons, and persons; `None` where there are none.
    sides: [Option<Box<Side>>; 2],
    /// The words that are like a listed one.
    wanted: Vec<Wanted>,
    /// What each word of the form accounts for at most.
    worths: Vec<Worth>,
    /// For each bit of a signature, the words whose listed words have it.
    by_bit: [Set; signature::BITS],
    scratch: &'a mut Scratch,
}

/// A word of the form, with the listed words like it.
struct Wanted {
    alike: Alike,
    bit: Set,
    /// The most that it can account for.
    worth: Worth,
    /// The listed words, hashed.
    signature: Signature,
    /// How many postings it has.
    cost: usize,
    /// Whether it is an article or preposition: those alone are nothing in common, so no posting of theirs is read.
    is_small: bool,
}

impl Wanted {
    /// Postings for each nat of weight.
    #[expect(clippy::cast_precision_loss, reason = "only an order of work")]
    fn price(&self) -> f32 {
        self.cost as f32 / self.worth.ours
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
        let letters = Letters::of(form);
        let is_person = subject.kind == EntityKind::Person;
        let side = |person| Some(Box::new(Side::new(person, form, letters)));
        let sides = match (is_person, index.listed.has_persons) {
            (true, _) => [side(true), side(true)],
            (false, true) => [side(false), side(true)],
            (false, false) => [side(false), None],
        };
        Self {
            index,
            subject,
            form,
            place,
            least,
            bound: least as f32 - SLACK,
            total: form.total as f32,
            letters,
            sides,
            wanted: Vec::new(),
            worths: Vec::with_capacity(form.tokens.len()),
            by_bit: [0; signature::BITS],
            scratch,
        }
    }

    /// Notes the entries' forms that reach the threshold with this one.
    fn run(mut self, pairs: &mut Pairs) {
        self.scratch.stats.forms += 1;
        self.scratch.next_turn(self.index);
        self.by_keys(pairs);
        self.find_wanted();
        let wanted = std::mem::take(&mut self.wanted);
        let mut read = false;
        let mut rest = wanted.as_slice();
        while let Some((word, others)) = rest.split_first() {
            // Forms that hold a word taken before have been looked at: what is left are those that hold none.
            let all = rest.iter().fold(Worth::default(), |all, word| all.and(word.worth));
            let Some(heaviest) = self.heaviest(all) else { break };
            // The small words come last, and alone they are nothing in common.
            if word.is_small {
                break;
            }
            read = true;
            self.read_word(word, others, heaviest, pairs);
            rest = others;
        }
        self.scratch.stats.ended_early += u64::from(!read);
    }

    /// The heaviest listed form that could reach the threshold through words of this worth, however it is spelt; `None` where none could.
    fn heaviest(&self, words: Worth) -> Option<Total> {
        let of_side = |side: &Side| {
            let rest = self.bound - self.says(side, words) - side.terms.spelling - side.best_kind;
            if rest <= 0.0 {
                Some(Total::up_to(f32::INFINITY))
            } else {
                (rest <= side.terms.entry_share).then(|| Total::up_to(words.theirs * side.terms.entry_share / rest))
            }
        };
        self.sides.iter().flatten().filter_map(|side| of_side(side)).max()
    }

    /// What words of this worth say at most, but for the share of the listed form.
    fn says(&self, side: &Side, words: Worth) -> f32 {
        side.terms.fixed + side.terms.shared(words.ours / self.total) + side.terms.evidence(words.both)
    }

    /// Reads the postings of the listed words that are like `word`; the words of `others` are still to be taken.
    fn read_word(&mut self, word: &Wanted, others: &[Wanted], heaviest: Total, pairs: &mut Pairs) {
        let left = others.iter().fold(word.bit, |all, word| all | word.bit);
        let union = others.iter().fold(Signature::default(), |all, word| all.and(word.signature));
        let index = self.index;
        for (listed, _) in word.alike.iter() {
            let Some(found) = self.scratch.found.get(*listed as usize).copied() else { continue };
            if found.words & !left != 0 {
                continue; // it is like a word taken before, by which its postings were read
            }
            let postings = index.listed.postings(*listed);
            let within = postings.partition_point(|posting| posting.total <= heaviest);
            let postings = postings.get(..within).unwrap_or_default();
            self.scratch.stats.postings += postings.len() as u64;
            let mut alone = [f32::MIN; 2];
            for (alone, side) in alone.iter_mut().zip(&self.sides) {
                *alone = side.as_ref().map_or(f32::MIN, |side| self.says(side, found.worth));
            }
            for posting in postings {
                if self.may_reach(posting, &found, (left, union), alone)
                    && self.scratch.is_new(posting.form)
                    && self.is_within_bound(posting)
                {
                    self.score(posting.form, pairs);
                }
            }
        }
    }

    /// Whether a form could reach the threshold, as far as its posting tells.
    #[inline]
    fn may_reach(&self, posting: &Posting, found: &Found, (left, union): (Set, Signature), alone: [f32; 2]) -> bool {
        let person = posting.kind.is_person();
        let [others, persons] = &self.sides;
        let Some(side) = (if person { persons } else { others }) else { return true };
        let shared = posting.others.common(union);
        let (says, theirs) = if shared.is_empty() {
            let [of_others, of_persons] = alone;
            (if person { of_persons } else { of_others }, found.worth.theirs)
        } else {
            let words = shared.bits().fold(0, |words, bit| words | self.by_bit.get(bit).copied().unwrap_or(Set::MAX)) & left;
            // Where the form may hold the word twice, each of the words like it may have its own.
            let (worth, words) =
                if words & found.words == 0 { (found.worth, words) } else { (Worth::default(), words | found.words) };
            let all = bits(words).filter_map(|word| self.worths.get(word)).fold(worth, |all, word| all.and(*word));
            (self.says(side, all), all.theirs)
        };
        says + side.of(posting) + side.terms.entry_share * posting.total.share(theirs) >= self.bound
    }

    /// Whether a listed form could reach the threshold with the words marked in it, and its letters.
    fn is_within_bound(&self, posting: &Posting) -> bool {
        let (listed, turn) = (&self.index.listed, self.scratch.turn);
        let [others, persons] = &self.sides;
        let (Some(side), Some(letters)) =
            (if posting.kind.is_person() { persons } else { others }, listed.letters(posting.form))
        else {
            return true;
        };
        let found = listed.run(posting.form).iter().filter_map(|word| self.scratch.found.get(*word as usize));
        let all = found.filter(|found| found.turn == turn).fold(Worth::default(), |all, found| all.and(found.worth));
        let spelling = side.terms.spelling * self.letters.most_alike(letters);
        let kind = side.by_kind.get(usize::from(posting.kind.0)).copied().unwrap_or(side.best_kind);
        let share = side.terms.entry_share * posting.total.share(all.theirs);
        self.says(side, all) + spelling + kind + share >= self.bound
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
    }

    /// Finds the words of the form that are like a listed one, the cheapest for their weight first and the small ones last, and
    /// marks each listed word with what it would account for.
    fn find_wanted(&mut self) {
        for (place, token) in (0..Set::BITS).zip(&self.form.tokens) {
            let alike = self.scratch.alike(self.index, token);
            let mut word = Wanted {
                alike: Rc::clone(&alike),
                bit: 1 << place,
                worth: Worth::default(),
                signature: Signature::default(),
                cost: 0,
                is_small: token.class == WordClass::Small,
            };
            for (listed, likeness) in alike.iter() {
                self.mark(*listed, token, likeness.value, &mut word);
            }
            self.worths.push(word.worth);
            if !alike.is_empty() {
                for bit in word.signature.bits() {
                    if let Some(words) = self.by_bit.get_mut(bit) {
                        *words |= word.bit;
                    }
                }
                self.wanted.push(word);
            }
        }
        self.wanted.sort_by(|a, b| a.is_small.cmp(&b.is_small).then(a.price().total_cmp(&b.price())));
    }

    /// Marks a listed word with what it would account for as one that is like `token`.
    fn mark(&mut self, listed: WordId, token: &Token, likeness: f64, word: &mut Wanted) {
        let weight = self.index.listed.vocabulary.word(listed).map_or(0.0, |word| word.weight);
        let worth = Worth::of(token.weight, weight, likeness);
        word.worth = word.worth.or(worth);
        word.signature = word.signature.and(Signature::of(listed));
        word.cost += self.index.listed.postings(listed).len();
        let turn = self.scratch.turn;
        let Some(found) = self.scratch.found.get_mut(listed as usize) else { return };
        if found.turn != turn {
            *found = Found { turn, ..Found::default() };
        }
        found.words |= word.bit;
        // Two words of the form may be like one listed word, which can stand for one of them only.
        found.worth = found.worth.or(worth);
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
        let found = score::weigh(self.form, entry, strength, person);
        if found.is_some_and(|(log_odds, _, _)| log_odds >= self.least) {
            let (name, form) = self.place;
            pairs.push((place.entry, Some((name, u32::from(place.name), form, u32::from(place.form)))));
        }
    }
}
