//! One subject against all entries.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::postings::{FormId, each_joined};
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
    /// For each listed word, the turn in which it was last found alike, and how much of the subject it then stands for.
    found: Vec<(u32, f32, f32)>,
    turn: u32,
}

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
            self.found = vec![(0, 0.0, 0.0); index.listed.words()];
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
            Search { index, subject, form, place: (at, place), least, scratch }.run(&mut pairs);
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
    scratch: &'a mut Scratch,
}

/// A word of the form, with the listed words like it.
struct Wanted {
    alike: Alike,
    /// The most of the form's weight that it can account for.
    most: f64,
    /// How many postings it has.
    cost: usize,
    /// Whether it is an article or preposition: those alone are nothing in common, so no posting of theirs is read.
    is_small: bool,
}

impl Wanted {
    /// Postings for each nat of weight.
    #[expect(clippy::cast_precision_loss, reason = "only an order of work")]
    fn price(&self) -> f64 {
        self.cost as f64 / self.most
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
        let mut rest: f64 = wanted.iter().map(|word| word.most).sum();
        let mut read = false;
        for word in &wanted {
            if !self.could_reach(rest) {
                break;
            }
            rest -= word.most;
            if word.is_small {
                continue;
            }
            read = true;
            for (listed, _) in word.alike.iter() {
                for form in self.index.listed.holders(*listed) {
                    self.scratch.stats.postings += 1;
                    if self.scratch.is_new(*form) && self.is_within_bound(*form) {
                        self.score(*form, pairs);
                    }
                }
            }
        }
        self.scratch.stats.ended_early += u64::from(!read);
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
                    forms.extend(listed.holders(word));
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
        let turn = self.scratch.turn;
        let mut wanted = Vec::with_capacity(self.form.tokens.len());
        for token in &self.form.tokens {
            let alike = self.scratch.alike(self.index, token);
            let mut best: f64 = 0.0;
            let mut cost = 0;
            for (listed, likeness) in alike.iter() {
                best = best.max(likeness.value);
                cost += self.index.listed.holders(*listed).len();
                let Some(found) = self.scratch.found.get_mut(*listed as usize) else { continue };
                if found.0 != turn {
                    *found = (turn, 0.0, 0.0);
                }
                // Two words of the form may be like one listed word; the sum is at least what either accounts for.
                found.1 += round_up(token.weight * likeness.value);
                found.2 = found.2.max(round_up(likeness.value));
            }
            if best > 0.0 {
                let is_small = token.class == WordClass::Small;
                wanted.push(Wanted { alike, most: token.weight * best, cost, is_small });
            }
        }
        wanted
    }

    /// Whether any listed form could reach the threshold through words of the form that weigh this much.
    fn could_reach(&self, like: f64) -> bool {
        let reach = |person| bound::reach(person, (self.form.total, like), (like, like));
        let kinds = self.subject.kind == EntityKind::Person;
        like > 0.0 && (reach(true) >= self.least || !kinds && reach(false) >= self.least)
    }

    /// Whether a listed form could reach the threshold with the words marked in it.
    fn is_within_bound(&self, id: FormId) -> bool {
        let listed = &self.index.listed;
        let (Some(place), turn) = (listed.place(id), self.scratch.turn) else { return false };
        let (mut ours, mut theirs) = (0.0_f64, 0.0_f64);
        for word in listed.run(id) {
            if let Some((when, accounts, likeness)) = self.scratch.found.get(*word as usize)
                && *when == turn
            {
                ours += f64::from(*accounts);
                theirs +=
                    f64::from(*likeness) * listed.vocabulary.word(*word).map_or(0.0, |word| word.weight);
            }
        }
        let person = place.person || self.subject.kind == EntityKind::Person;
        let total = f64::from(place.total);
        bound::reach(person, (self.form.total, ours), (total, theirs)) >= self.least
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
