//! Subjects against all entries.

use smallvec::SmallVec;

use super::ahead::read_ahead;
use super::alike::{AlikeOfForm, Kin};
use super::forms::{FormId, STEPS, Total};
use super::letters::Letters;
use super::marks::Set;
use super::postings::{Posting, each_joined};
use super::scratch::Scratch;
use super::turn::Turn;
use super::vocabulary::{Fact, WordId, letters_key};
use super::within::Within;
use super::worth::Worth;
use super::{Entries, Index};
use crate::matching::align::align_by;
use crate::matching::bound::{FormKind, Left, SIDES, SLACK, Terms};
use crate::matching::score::FormPair;
use crate::matching::{Match, Party, Score, compare_pairs, initials, qualify, score, weights};
use crate::normalise::{Form, WordClass};
use crate::vocab::EntityKind;

/// The place of a subject and of an entry, with a pair of forms that reaches the threshold, or with none where an identifier is the
/// same.
type Pair = (u32, u32, Option<FormPair>);

/// Searches for subjects together: each stage for all of them before the next. The code of all stages together is more than a processor
/// holds near, and would be fetched again for every subject.
pub(super) fn search(
    index: &Index,
    subjects: &[Party],
    min: Score,
    scratch: &mut Scratch,
    entries: &(impl Entries + ?Sized),
) -> Vec<(u32, u32, Match)> {
    scratch.stats.subjects += subjects.len() as u64;
    scratch.begin(index);
    let mut alike = std::mem::take(&mut scratch.alike_of_forms);
    for form in subjects.iter().flat_map(|subject| &subject.names).flat_map(|(name, _)| name.forms()) {
        alike.push(form.tokens.iter().map(|token| scratch.alike(index, token)).collect());
    }
    let mut pairs: Vec<Pair> = Vec::new();
    let mut alike_of_next = alike.drain(..);
    for (at, subject) in (0..).zip(subjects) {
        let least = score::least_log_odds(min) - qualify::most(subject);
        let same_identifier = subject.identifiers.iter().filter_map(|id| index.identifiers.get(id)).flatten();
        pairs.extend(same_identifier.map(|entry| (at, *entry, None)));
        for (name_at, (name, _)) in (0..).zip(&subject.names) {
            for ((form_at, form), alike) in (0..).zip(name.forms()).zip(alike_of_next.by_ref()) {
                let place = (name_at, form_at);
                let mut note = |entry, pair| pairs.push((at, entry, Some(pair)));
                Search::new(index, subject, form, place, alike, least, &mut *scratch).run(&mut note);
            }
        }
    }
    drop(alike_of_next);
    scratch.alike_of_forms = alike;
    pairs.sort_unstable();
    let of_one = |a: &Pair, b: &Pair| (a.0, a.1) == (b.0, b.1);
    let parties: Vec<_> = pairs.chunk_by(of_one).map(|pairs| entries.party(pairs.first()?.1)).collect();
    let mut matches = Vec::new();
    for (of_one, entry) in pairs.chunk_by(of_one).zip(&parties) {
        let Some(((at, place, _), entry)) = of_one.first().zip(entry.as_ref()) else { continue };
        let Some(subject) = subjects.get(*at as usize) else { continue };
        let found = compare_pairs(subject, entry, of_one.iter().filter_map(|(_, _, pair)| *pair));
        if found.score >= min {
            matches.push((*at, *place, found));
        }
    }
    scratch.stats.matches += matches.len() as u64;
    matches
}

/// How often an interval is halved that holds the least share of an entry.
const HALVINGS: usize = 8;

/// The search for one form of a subject.
pub(super) struct Search<'a> {
    pub(super) index: &'a Index,
    subject: &'a Party,
    pub(super) form: &'a Form,
    /// The places of the form's name and of the form in it.
    place: (u32, u32),
    /// What the names must say at least, in log-odds.
    least: f64,
    /// The same, with room for rounding.
    pub(super) bound: f32,
    /// The least product of the shares of both sides that words must account for.
    in_common: f32,
    /// What the form's words weigh together.
    pub(super) total: f32,
    pub(super) letters: Letters,
    /// All that it has, by sort of word.
    pub(super) all: Left,
    /// By which table entries are weighed; `None` where there are none.
    sides: [Option<&'static Terms>; SIDES],
    /// The words that are like a listed one.
    wanted: SmallVec<[Wanted; 8]>,
    /// The words of the form.
    pub(super) facts: SmallVec<[Fact; 8]>,
    /// What each is like.
    pub(super) alike: AlikeOfForm,
    pub(super) scratch: &'a mut Scratch,
}

/// A word of the form that is like a listed one.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    bit: Set,
    /// Whether it is an article or preposition: those alone are nothing in common, so no posting of theirs is read.
    is_small: bool,
    /// The most that it can account for.
    worth: Worth,
    /// The last of the listed words that are like it.
    last: Turn,
}

/// The keys of words that are asked for together.
type Keys = SmallVec<[u32; 32]>;

/// So many listed words are read ahead together.
const AT_ONCE: usize = 16;

impl<'a> Search<'a> {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    fn new(
        index: &'a Index,
        subject: &'a Party,
        form: &'a Form,
        place: (u32, u32),
        alike: AlikeOfForm,
        least: f64,
        scratch: &'a mut Scratch,
    ) -> Self {
        let is_person = subject.kind == EntityKind::Person;
        let side = |side: usize| {
            let is_there = index.listed.forms.has_side(side, is_person, form.is_foreign);
            Terms::of(side).filter(|_| is_there)
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
            wanted: SmallVec::new(),
            facts: form.tokens.iter().map(|token| Fact::of(token)).collect(),
            alike,
            scratch,
        }
    }

    /// Notes the entries' forms that reach the threshold with this one.
    fn run(mut self, note: &mut impl FnMut(u32, FormPair)) {
        self.scratch.stats.forms += 1;
        self.scratch.begin_form();
        self.find_wanted();
        self.by_keys(note);
        self.read_words();
        self.look_at_promising(note);
    }

    /// The heaviest listed form that could reach the threshold through words of this worth, however it is spelt; `None` where none could.
    fn heaviest(&self, words: Worth) -> Option<Total> {
        if self.in_common > 0.0 {
            let ours = (words.ours / self.total).min(1.0);
            return (ours >= self.in_common).then(|| Total::up_to(words.theirs * ours / self.in_common));
        }
        let of_side = |terms: &&Terms| {
            let reaches = |entry: f32| {
                let shares = (words.ours / self.total, entry);
                let says = self.says(terms, words) + terms.together(words.both, 1.0);
                says + terms.rest(shares, 1.0) + terms.best_form() >= self.bound
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
    pub(super) fn is_enough(&self, (ours, theirs): (f32, f32)) -> bool {
        ours.min(1.0) * theirs >= self.in_common
    }

    /// What words of this worth say at most, but for the form, the share of the entry and the spelling.
    pub(super) fn says(&self, terms: &Terms, words: Worth) -> f32 {
        let left = self.all.without(words.used);
        terms.matched(words.ours / self.total, words.both)
            + terms.beside(words.both, left.own, self.all.own)
            + terms.left_at_least(left)
            + terms.some_words()
    }

    /// The terms by which a kind of form is weighed.
    pub(super) fn terms(&self, kind: FormKind) -> Option<&'static Terms> {
        let side = kind.side(self.subject.kind == EntityKind::Person, self.form.is_foreign);
        self.sides.get(side).copied().flatten()
    }

    /// Reads the postings of the listed words that are like one of ours, those of few forms first: a form is told by the first of them
    /// that it holds, which knows the later ones.
    fn read_words(&mut self) {
        let mut turns = std::mem::take(&mut self.scratch.turns);
        // Those of each of our words stand in order: a sort that finds that out has only to merge them.
        turns.sort();
        let small = self.worth_of(|word| word.is_small);
        let (mut read, mut left, mut until) = (false, Worth::default(), None);
        'all: for next in turns.chunks(AT_ONCE) {
            // Read ahead, so that the first postings are waited for together and not one after the other: a line of memory has four.
            let lists = next.iter().filter_map(|turn| self.scratch.found(turn.word()));
            let lists = lists.map(|found| self.index.listed.postings_of(&found.postings));
            let firsts = lists.flat_map(|postings| postings.iter().step_by(4).take(2));
            read_ahead(firsts.map(|posting| posting.form));
            for turn in next {
                if until.is_none_or(|until| until < *turn) {
                    // What no listed word to come is like is over. The small words are never read: alone they are nothing in common.
                    let is_left = |word: &Wanted| !word.is_small && word.last >= *turn;
                    left = self.worth_of(is_left).and(small);
                    if self.heaviest(left).is_none() {
                        break 'all;
                    }
                    until = self.wanted.iter().filter(|word| is_left(word)).map(|word| word.last).min();
                }
                read = true;
                self.read_word(*turn, left, small);
            }
        }
        self.scratch.stats.ended_early += u64::from(!read);
        self.scratch.turns = turns;
    }

    /// What some of the words account for at most.
    fn worth_of(&self, is_counted: impl Fn(&Wanted) -> bool) -> Worth {
        let counted = self.wanted.iter().filter(|word| is_counted(word));
        counted.fold(Worth::default(), |all, word| all.and(word.worth))
    }

    /// Reads the postings of a listed word, in the forms of which words of the worth of `left` may be found, this among them.
    fn read_word(&mut self, turn: Turn, left: Worth, small: Worth) {
        let index = self.index;
        let Some(found) = self.scratch.found(turn.word()) else { return };
        let (postings, at_hand) = (index.listed.postings_of(&found.postings), found.worth.and(small));
        // It stands for one word of ours: if it could stand for that only, others do no more than they can.
        let only = self.wanted.iter().find(|word| word.bit == found.words);
        let most = only.map_or(left, |only| left.without(only.worth).and(found.worth));
        let Some(heaviest) = self.heaviest(most) else { return };
        // Most forms hold no later word that counts: those are told by what they weigh.
        let heaviest_alone = if self.in_common > 0.0 { self.heaviest(at_hand) } else { Some(heaviest) };
        let least_share = self.in_common * self.total / most.ours.min(self.total);
        let mut read = 0;
        for posting in postings {
            // Those come first of which this word and later ones are the larger part.
            if posting.share.is_less(least_share) {
                break;
            }
            read += 1;
            let noted = self.scratch.marks.which(posting.after);
            let may_reach = if let Some(rest) = posting.after.rest() {
                // Of a form with more words than stand beside the posting: what the others weigh, and the most of ours.
                let (_, theirs) = self.scratch.marks.worth(posting.after, noted);
                posting.total <= heaviest
                    && self.may_reach(posting, at_hand, (most.ours - at_hand.ours, theirs + rest))
            } else if noted.is_none() {
                heaviest_alone.is_some_and(|heaviest| posting.total <= heaviest)
            } else {
                posting.total <= heaviest
                    && self.may_reach(posting, at_hand, self.scratch.marks.worth(posting.after, noted))
            };
            if may_reach && self.scratch.is_new(posting.form) {
                self.scratch.promising.push((posting.form, posting.total));
            }
        }
        self.scratch.stats.postings += read;
    }

    /// Looks at the forms that may have enough in common.
    fn look_at_promising(&mut self, note: &mut impl FnMut(u32, FormPair)) {
        let promising = std::mem::take(&mut self.scratch.promising);
        let forms = &self.index.listed.forms;
        forms.read_ahead(promising.iter().map(|(form, _)| *form));
        for (form, total) in &promising {
            if self.is_enough(self.shares(forms.run(*form), *total)) {
                self.look_at(*form, false, note);
            }
        }
        self.scratch.promising = promising;
        self.scratch.promising.clear();
    }

    /// The shares of the subject and of a listed form that its words account for at most.
    fn shares(&self, run: &[WordId], total: Total) -> (f32, f32) {
        let found = run.iter().filter_map(|word| self.scratch.found(*word));
        let (ours, theirs) = found
            .fold((0.0, 0.0), |(ours, theirs), found| (ours + found.worth.ours, theirs + found.worth.theirs));
        (ours / self.total, total.share(theirs))
    }

    /// Whether a form may have enough in common, as far as the posting of one of its words tells: what that accounts for with small words,
    /// and what others account for, of the subject and of the entry.
    #[inline]
    fn may_reach(&self, posting: &Posting, at_hand: Worth, (ours, theirs): (f32, f32)) -> bool {
        // As in `is_enough`, multiplied out.
        let lesser = |a: f32, b: f32| if a < b { a } else { b };
        let ours = lesser(at_hand.ours + ours, self.total);
        let theirs = lesser((at_hand.theirs + theirs) * STEPS, posting.total.steps());
        ours * theirs >= self.in_common * self.total * posting.total.steps()
    }

    /// The pairs that share a key of another kind than a word; each is scored.
    fn by_keys(&mut self, note: &mut impl FnMut(u32, FormPair)) {
        let listed = &self.index.listed;
        let mut forms = std::mem::take(&mut self.scratch.proposed);
        for (token, _) in self.form.tokens.iter().zip(&self.alike).filter(|(_, alike)| alike.is_joined) {
            forms.extend(listed.joined(token.text()));
        }
        let (mut keys, mut words) = (Keys::new(), std::mem::take(&mut self.scratch.words));
        each_joined(self.form, letters_key(), |key| keys.push(key.end()));
        listed.vocabulary.with_any_letters(&keys, &mut words);
        for word in words.drain(..) {
            forms.extend(listed.postings(word).iter().map(|posting| posting.form));
        }
        self.scratch.words = words;
        if self.form.is_acronym {
            forms.extend(listed.initials(&self.form.joined));
        }
        if let Some(initials) = &self.form.initials {
            forms.extend(listed.acronyms(initials));
        }
        if let Some(han) = &self.form.han {
            listed.characters(&han.core, &mut forms);
        }
        for form in &forms {
            if self.scratch.is_new(*form) {
                self.score(*form, note);
            }
        }
        forms.clear();
        self.scratch.proposed = forms;
        self.by_spelling(note);
    }

    /// The forms of which a word may be spelt by initials of ours, or spells one of ours.
    fn by_spelling(&mut self, note: &mut impl FnMut(u32, FormPair)) {
        let listed = &self.index.listed;
        let mut forms = std::mem::take(&mut self.scratch.proposed);
        // Initials say something beside another word in common only, which is none of those that they explain.
        let counted = self.wanted.iter().filter(|word| !word.is_small);
        let in_common = counted.fold(0, |all, word| all | word.bit);
        let has_another = |words: Set| in_common & !words != 0;
        let spelt = (0..).zip(self.form.tokens.iter().zip(&self.alike));
        for (_, (token, _)) in spelt.filter(|(at, (_, alike))| alike.is_spelt && has_another(1 << at)) {
            forms.extend(listed.spelling(token.text()));
        }
        let (mut keys, mut words) = (Keys::new(), std::mem::take(&mut self.scratch.words));
        initials::each_spelt(
            &self.form.tokens,
            (letters_key(), 0),
            &mut |(key, words), letter, at| (key.and(letter), words | 1 << at),
            &mut |(key, words)| {
                if has_another(words) {
                    keys.push(key.end());
                }
            },
        );
        listed.vocabulary.with_any_letters(&keys, &mut words);
        for word in words.drain(..).filter(|word| {
            let fact = listed.vocabulary.fact(*word);
            fact.is_some_and(|fact| initials::may_be_initials(fact.class, usize::from(fact.length)))
        }) {
            let postings = listed.postings(word).iter();
            let with_another = postings.filter(|posting| self.may_have_another(posting));
            forms.extend(with_another.map(|posting| posting.form));
        }
        self.scratch.words = words;
        listed.forms.read_ahead(forms.iter().copied());
        for form in &forms {
            if self.scratch.is_new(*form) {
                self.look_at(*form, true, note);
            }
        }
        forms.clear();
        self.scratch.proposed = forms;
    }

    /// Whether a form may hold another word that is like one of ours than that of the posting.
    fn may_have_another(&self, posting: &Posting) -> bool {
        if posting.share.is_all() {
            posting.after.rest().is_some() || self.scratch.marks.may_have(posting.after)
        } else {
            self.index.listed.forms.run(posting.form).iter().any(|word| self.scratch.found(*word).is_some())
        }
    }

    /// Finds the words of the form that are like a listed one, and marks each listed word with what it would account for.
    fn find_wanted(&mut self) {
        // Read ahead, so that what the words are like is waited for together and not one after the other: a line of memory has two.
        let kin = self.alike.iter().flat_map(|alike| alike.words.iter().step_by(2));
        read_ahead(kin.map(|kin| kin.word));
        for ((place, token), alike) in (0..Set::BITS).zip(&self.form.tokens).zip(&self.alike) {
            let is_small = token.class == WordClass::Small;
            for kin in &alike.words {
                self.scratch.mark(alike, kin, 1 << place, is_small);
            }
            if !alike.words.is_empty() {
                let (bit, worth, last) = (1 << place, alike.worth, alike.last);
                self.wanted.push(Wanted { bit, is_small, worth, last });
            }
        }
    }

    /// Scores a pair of forms if it could reach the threshold.
    fn look_at(&mut self, id: FormId, spelt: bool, note: &mut impl FnMut(u32, FormPair)) {
        self.scratch.stats.looked_at += 1;
        let within = self.by_words(id, spelt);
        if matches!(within, Within::No) {
            return;
        }
        if let Within::AskLetters(asked) = within
            && !self.by_letters(id, &asked)
        {
            return;
        }
        self.score(id, note);
    }

    /// Scores a pair of forms, and notes it if it reaches the threshold.
    fn score(&mut self, id: FormId, note: &mut impl FnMut(u32, FormPair)) {
        let listed = &self.index.listed;
        let forms = &listed.forms;
        let Some(place) = forms.place(id) else { return };
        // The initials of a listed form matter beside an acronym of ours only.
        let wants_initials = self.form.is_acronym;
        forms.restore(id, &listed.vocabulary, wants_initials, &mut self.scratch.theirs);
        self.scratch.stats.pairs += 1;
        let person = place.kind.is_person() || self.subject.kind == EntityKind::Person;
        let run = forms.run(id);
        // What the letters say of two words is known since the words were looked up.
        let alike = |ours: usize, theirs: usize| {
            let word = *run.get(theirs)?;
            self.scratch.found(word).filter(|found| found.words >> ours & 1 == 1)?;
            self.alike.get(ours)?.kin(listed.turn(word)).map(Kin::likeness)
        };
        let entry = &self.scratch.theirs;
        let aligned = || align_by(self.form, entry, alike);
        if score::reaches(self.least, (self.form, entry), place.strength, person, aligned) {
            let (name, form) = self.place;
            note(place.entry, (name, u32::from(place.name), form, u32::from(place.form)));
        }
    }
}
