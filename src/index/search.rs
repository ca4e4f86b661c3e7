//! One subject against all entries.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::letters::Letters;
use super::postings::{FormId, Posting, each_joined};
use super::signature::Signature;
use super::vocabulary::WordId;
use super::{Index, Stats};
use crate::matching::likeness::Likeness;
use crate::matching::score::FormPair;
use crate::matching::{Match, Party, Score, bound, compare_pairs, qualify, score};
use crate::normalise::{Form, Token, WordClass};
use crate::vocab::EntityKind;

type Alike = Rc<[(WordId, Likeness)]>;

/// The memory that a worker uses again for every subject.
#[derive(Debug, Default)]
pub struct Scratch {
    stats: Stats,
    /// What each word met so far is like; by its letters and whether it is a person's.
    alike: FxHashMap<(String, bool), Alike>,
    /// For each listed form, the turn in which it was last looked at.
    seen: Vec<u32>,
    /// For each listed word, what it stood for when it was last found alike.
    found: Vec<Found>,
    /// For persons and for others, and each set of words of the form: the heaviest listed form that could reach the threshold
    /// through these words; negative where that is not worked out yet.
    heaviest: [Vec<f32>; 2],
    turn: u32,
}

/// What a listed word stands for.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// The turn in which it was found.
    turn: u32,
    /// The words of the form that it is like.
    words: Set,
    /// The weight of the form that it accounts for.
    ours: f32,
    /// The weight of its own that is accounted for.
    theirs: f32,
}

/// A set of words of a form, a bit each.
type Set = u32;
/// So many words of a form are told apart; those after them, and small ones, are taken to be in every set.
const MOST_TOLD_APART: usize = 10;

/// More words than this are not kept: the memory of a worker stays bounded however long the file is.
const MOST_KEPT: usize = 400_000;

impl Scratch {
    /// The counts since they were last taken.
    pub fn take_stats(&mut self) -> Stats {
        std::mem::take(&mut self.stats)
    }

    fn alike(&mut self, index: &Index, word: &Token) -> Alike {
        let key = (word.text.clone(), word.is_person);
        if let Some(known) = self.alike.get(&key) {
            return Rc::clone(known);
        }
        if self.alike.len() >= MOST_KEPT {
            self.alike.clear();
        }
        let alike: Alike = index.listed.vocabulary.alike(word).into();
        self.stats.words += 1;
        self.stats.variants += alike.len() as u64;
        self.alike.insert(key, Rc::clone(&alike));
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
            let search = Search {
                index,
                subject,
                form,
                place: (at, place),
                least,
                letters: Letters::of(form),
                spelling: [bound::spelling(false), bound::spelling(true)],
                scratch: &mut *scratch,
            };
            search.run(&mut pairs);
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

/// The search for one form of a subject.
struct Search<'a> {
    index: &'a Index,
    subject: &'a Party,
    form: &'a Form,
    /// The places of the form's name and of the form in it.
    place: (u32, u32),
    /// What the names must say at least, in log-odds.
    least: f64,
    letters: Letters,
    /// What equal spellings say of companies, and of persons.
    spelling: [f64; 2],
    scratch: &'a mut Scratch,
}

/// A word of the form, with the listed words like it.
struct Wanted {
    alike: Alike,
    /// Its bit; 0 for words that are taken to be in every set.
    bit: Set,
    /// The most of the form's weight that it can account for.
    ours: f64,
    /// The most of a listed form's weight that it can account for.
    theirs: f64,
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
    fn price(&self) -> f64 {
        self.cost as f64 / self.ours
    }
}

impl Search<'_> {
    /// Notes the entries' forms that reach the threshold with this one.
    fn run(mut self, pairs: &mut Pairs) {
        self.scratch.stats.forms += 1;
        self.scratch.next_turn(self.index);
        self.by_keys(pairs);
        let mut wanted = self.wanted();
        // The cheapest for their weight first.
        wanted.sort_by(|a, b| a.price().total_cmp(&b.price()));
        for heaviest in &mut self.scratch.heaviest {
            heaviest.clear();
            heaviest.resize(1 << wanted.len().min(MOST_TOLD_APART), -1.0);
        }
        let mut read = false;
        let mut rest = wanted.as_slice();
        while let Some((word, others)) = rest.split_first() {
            // Forms that hold a word taken before have been looked at: what is left are those that hold none.
            let all = rest.iter().fold(0, |all, word| all | word.bit);
            let most = self.heaviest(&wanted, false, all).max(self.heaviest(&wanted, true, all));
            if most <= 0.0 {
                break;
            }
            if !word.is_small {
                read = true;
                for (listed, _) in word.alike.iter() {
                    self.read(*listed, &wanted, (word, others), most, pairs);
                }
            }
            rest = others;
        }
        self.scratch.stats.ended_early += u64::from(!read);
    }

    /// Reads the postings of one listed word that is like `word`; the words of `others` are still to be taken.
    fn read(
        &mut self,
        listed: WordId,
        wanted: &[Wanted],
        (word, others): (&Wanted, &[Wanted]),
        most: f32,
        pairs: &mut Pairs,
    ) {
        let left = others.iter().fold(word.bit, |all, word| all | word.bit);
        let Some(stands_for) = self.scratch.found.get(listed as usize).map(|found| found.words) else {
            return;
        };
        if stands_for & !left != 0 {
            return; // it is like a word taken before, by which its postings were read
        }
        let index = self.index;
        let postings = index.listed.postings(listed);
        let within = postings.partition_point(|posting| posting.total <= most);
        self.scratch.stats.postings += within as u64;
        for posting in postings.iter().take(within) {
            let mut words = stands_for;
            for other in others {
                if posting.others.meets(other.signature) {
                    words |= other.bit;
                }
            }
            if posting.total <= self.heaviest(wanted, posting.others.is_person(), words)
                && self.scratch.is_new(posting.form)
                && self.is_within_bound(posting)
            {
                self.score(posting.form, pairs);
            }
        }
    }

    /// The heaviest listed form that could reach the threshold through these words of the form.
    fn heaviest(&mut self, wanted: &[Wanted], person: bool, words: Set) -> f32 {
        let known = &mut self.scratch.heaviest;
        let Some(known) = known.get_mut(usize::from(person)).and_then(|known| known.get_mut(words as usize))
        else {
            return f32::INFINITY;
        };
        if *known < 0.0 {
            let is_in = |word: &&Wanted| word.bit == 0 || word.bit & words != 0;
            let ours: f64 = wanted.iter().filter(is_in).map(|word| word.ours).sum();
            let theirs: f64 = wanted.iter().filter(is_in).map(|word| word.theirs).sum();
            let person = person || self.subject.kind == EntityKind::Person;
            *known = round_up(bound::heaviest_total(person, (self.form.total, ours), theirs, self.least));
        }
        *known
    }

    /// The pairs that share a key of another kind than a word; each is scored.
    fn by_keys(&mut self, pairs: &mut Pairs) {
        let listed = &self.index.listed;
        let mut forms: Vec<FormId> = Vec::new();
        for token in &self.form.tokens {
            forms.extend(listed.joined(&token.text));
        }
        each_joined(self.form, |text, _| {
            for person in [false, true] {
                if let Some(word) = listed.vocabulary.id(&text, person) {
                    forms.extend(listed.postings(word).iter().map(|posting| posting.form));
                }
            }
        });
        if self.form.is_acronym {
            forms.extend(listed.initials(&self.form.joined));
        }
        if let Some(initials) = &self.form.initials {
            forms.extend(listed.acronyms(initials));
        }
        if let Some(han) = &self.form.han {
            forms.extend(listed.characters(&han.core));
        }
        for form in forms {
            if self.scratch.is_new(form) {
                self.score(form, pairs);
            }
        }
    }

    /// The words of the form that are like a listed one, each listed word marked with what it would account for.
    fn wanted(&mut self) -> Vec<Wanted> {
        let mut wanted = Vec::with_capacity(self.form.tokens.len());
        for token in &self.form.tokens {
            let alike = self.scratch.alike(self.index, token);
            if alike.is_empty() {
                continue;
            }
            // Of small words no postings are read, so forms that hold one are never done with.
            let is_small = token.class == WordClass::Small;
            let bit = if is_small || wanted.len() >= MOST_TOLD_APART { 0 } else { 1 << wanted.len() };
            let mut word = Wanted {
                alike: Rc::clone(&alike),
                bit,
                ours: 0.0,
                theirs: 0.0,
                signature: Signature::default(),
                cost: 0,
                is_small,
            };
            for (listed, likeness) in alike.iter() {
                self.mark(*listed, token, likeness.value, &mut word);
            }
            wanted.push(word);
        }
        wanted
    }

    /// Marks a listed word with what it would account for as one that is like `token`.
    fn mark(&mut self, listed: WordId, token: &Token, likeness: f64, word: &mut Wanted) {
        let weight = self.index.listed.vocabulary.word(listed).map_or(0.0, |word| word.weight);
        let (ours, theirs) = (token.weight * likeness, weight * likeness);
        word.ours = word.ours.max(ours);
        word.theirs = word.theirs.max(theirs);
        word.signature = word.signature.and(Signature::of(listed));
        word.cost += self.index.listed.postings(listed).len();
        let turn = self.scratch.turn;
        let Some(found) = self.scratch.found.get_mut(listed as usize) else { return };
        if found.turn != turn {
            *found = Found { turn, ..Found::default() };
        }
        found.words |= word.bit;
        // Two words of the form may be like one listed word; the sum is at least what either accounts for.
        found.ours += round_up(ours);
        found.theirs = found.theirs.max(round_up(theirs));
    }

    /// Whether a listed form could reach the threshold with the words marked in it, and its letters.
    fn is_within_bound(&self, posting: &Posting) -> bool {
        let (listed, turn) = (&self.index.listed, self.scratch.turn);
        let (mut ours, mut theirs) = (0.0_f64, 0.0_f64);
        for word in listed.run(posting.form) {
            if let Some(found) = self.scratch.found.get(*word as usize).filter(|found| found.turn == turn) {
                ours += f64::from(found.ours);
                theirs += f64::from(found.theirs);
            }
        }
        let person = posting.others.is_person() || self.subject.kind == EntityKind::Person;
        let subject = (self.form.total, ours);
        let reach = bound::reach(person, subject, (f64::from(posting.total), theirs));
        let Some(letters) = listed.letters(posting.form).filter(|_| reach >= self.least) else {
            return false;
        };
        let [company, of_person] = self.spelling;
        let unlike = 1.0 - self.letters.most_alike(letters).min(1.0);
        reach - unlike * if person { of_person } else { company } >= self.least
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
        let person = place.person || self.subject.kind == EntityKind::Person;
        let found = score::weigh(self.form, entry, strength, person);
        if found.is_some_and(|(log_odds, _, _)| log_odds >= self.least) {
            let (name, form) = self.place;
            pairs.push((place.entry, Some((name, u32::from(place.name), form, u32::from(place.form)))));
        }
    }
}

/// The next greater number in single precision, so that a bound stays one.
#[expect(clippy::cast_possible_truncation, reason = "rounded up")]
fn round_up(value: f64) -> f32 {
    (value as f32).next_up()
}
