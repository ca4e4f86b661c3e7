//! The distinct words of the listed names, and which of them are like a given word.
//!
//! Every way in which [`likeness`] finds two words alike has a generator here that yields at least the listed words that it
//! would accept; each is then asked [`likeness`] itself, so nothing is lost and nothing is found that it would not find.

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::ahead::read_ahead;
use super::keys::{Hash, Keys, Pair};
use crate::matching::likeness::{self, Likeness, likeness};
use crate::normalise::{Token, WordClass};

/// The number of a listed word.
pub(super) type WordId = u32;

/// The distinct words of the listed names.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<Arc<Token>>,
    /// The letters of all words in one row, and where those of each begin.
    texts: String,
    begins: Vec<u32>,
    /// While words are taken in: words of others than persons, and of persons, by their letters.
    ids: [FxHashMap<SmolStr, WordId>; 2],
    /// Words by their letters, meaning and sound.
    by_text: Keys,
    /// Words by what is left of them when a letter is taken out, or by one of their three parts.
    by_edit: Keys,
    /// The letters of each word, where it may be misspelt.
    letters: Vec<u64>,
    /// The words in the order of their letters: the first letters of each, and its number.
    fronts: Vec<Front>,
    sorted: Vec<WordId>,
    facts: Vec<Fact>,
}

/// What the search asks of a listed word again and again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact {
    pub(super) weight: f32,
    pub(super) class: WordClass,
    /// How many letters and blanks it has; 0 for small words, which count for nothing.
    pub(super) length: u8,
    /// How many of them are blanks.
    pub(super) blanks: u8,
    /// Whether its letters are bytes.
    pub(super) is_plain: bool,
}

impl Fact {
    /// Of any word.
    #[expect(clippy::cast_possible_truncation, reason = "rounding of weights is allowed for by `SLACK`")]
    pub(super) fn of(word: &Token) -> Self {
        let counts =
            |length: usize| if word.class == WordClass::Small { Some(0) } else { u8::try_from(length).ok() };
        let length = counts(word.length());
        let blanks = counts(word.text().bytes().filter(|byte| *byte == b' ').count());
        Self {
            weight: word.weight as f32,
            class: word.class,
            length: length.unwrap_or(0),
            blanks: blanks.unwrap_or(0),
            is_plain: word.text().is_ascii() && length.is_some(),
        }
    }
}

/// Words that so many forms hold are common.
const COMMON: u32 = 32;

/// Kinds of keys.
const TEXT: u8 = 1;
const SOUND: u8 = 3;
const DELETION: u8 = 4;
const PART: u8 = 5;

impl Vocabulary {
    /// The number of a word, which is taken in if it is new.
    #[expect(clippy::cast_possible_truncation, reason = "fewer than four thousand million words and letters")]
    pub(super) fn intern(&mut self, token: &Arc<Token>) -> WordId {
        let [others, persons] = &mut self.ids;
        let ids = if token.is_person { persons } else { others };
        if let Some(&id) = ids.get(token.text()) {
            return id;
        }
        let id = self.words.len() as WordId;
        ids.insert(SmolStr::new(token.text()), id);
        self.words.push(Arc::clone(token));
        self.begins.push(self.texts.len() as u32);
        self.texts.push_str(token.text());
        id
    }

    /// Makes the generators, once every word is in.
    pub(super) fn finish(&mut self) {
        self.ids = <[FxHashMap<SmolStr, WordId>; 2]>::default();
        self.words.shrink_to_fit();
        self.texts.shrink_to_fit();
        self.begins.shrink_to_fit();
        let (mut texts, mut edits) = (Vec::with_capacity(self.words.len() * 3), Vec::new());
        for (id, word) in (0..).zip(&self.words) {
            texts.push(Pair::of(key(TEXT, word.text()), id));
            texts.extend(word.concept().map(|concept| Pair::of(key(TEXT, concept), id)));
            texts.extend(word.skeleton().map(|sound| Pair::of(key(SOUND, sound), id)));
            if likeness::is_spelt(word) {
                if word.length() < likeness::LONG {
                    deletions(word.text(), |key| edits.push(Pair::of(key, id)));
                } else {
                    parts(word.text(), |key| edits.push(Pair::of(key, id)));
                }
            }
        }
        (self.by_text, self.by_edit) = rayon::join(|| Keys::new(texts), || Keys::new(edits));
        self.facts = self.words.iter().map(|word| Fact::of(word)).collect();
        self.letters = self.words.iter().map(|word| letters(word.text())).collect();
        let mut sorted: Vec<(Front, WordId)> =
            (0..).zip(&self.words).map(|(id, word)| (front(word.text()), id)).collect();
        sorted.par_sort_unstable_by(|(a, i), (b, j)| {
            a.cmp(b).then_with(|| self.text(*i).cmp(self.text(*j))).then(i.cmp(j))
        });
        self.fronts = sorted.iter().map(|(front, _)| *front).collect();
        self.sorted = sorted.iter().map(|(_, id)| *id).collect();
    }

    /// What is asked of a word again and again.
    pub(super) fn fact(&self, id: WordId) -> Option<&Fact> {
        self.facts.get(id as usize)
    }

    /// A word by its number.
    pub(super) fn word(&self, id: WordId) -> Option<&Arc<Token>> {
        self.words.get(id as usize)
    }

    /// The letters of a word, by its number.
    #[inline]
    pub(super) fn text(&self, id: WordId) -> &str {
        let at = |id: usize| self.begins.get(id).map_or(self.texts.len(), |at| *at as usize);
        self.texts.get(at(id as usize)..at(id as usize + 1)).unwrap_or_default()
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        // A shared word has two counts before it.
        let words = self.words.iter().map(|word| 2 * size_of::<usize>() + word.bytes());
        words.sum::<usize>()
            + self.words.capacity() * size_of::<Arc<Token>>()
            + self.texts.capacity()
            + self.begins.capacity() * size_of::<u32>()
            + self.by_text.bytes()
            + self.by_edit.bytes()
            + self.letters.capacity() * size_of::<u64>()
            + self.fronts.capacity() * size_of::<Front>()
            + self.sorted.capacity() * size_of::<WordId>()
            + self.facts.capacity() * size_of::<Fact>()
    }

    /// How many letters a word has in common with a listed word, at least.
    pub(super) fn common_letters(&self, word: &Token) -> impl Fn(WordId, Fact) -> u8 {
        let text = word.text();
        let ours = text.is_ascii().then(|| letters(text));
        move |listed, fact| {
            let Some(ours) = ours.filter(|_| fact.is_plain) else { return 0 };
            if self.text(listed) == text {
                return fact.length.saturating_sub(fact.blanks);
            }
            let theirs = self.letters.get(listed as usize).filter(|_| fact.length > 0);
            theirs.map_or(0, |theirs| u8::try_from((ours & theirs).count_ones()).unwrap_or(0))
        }
    }

    /// The listed words with the letters that were hashed, and perhaps others.
    pub(super) fn with_letters(&self, letters: Hash) -> impl Iterator<Item = WordId> {
        self.by_text.get(letters.end())
    }

    /// The same for any of these hashes.
    pub(super) fn with_any_letters(&self, letters: &[u32], found: &mut Vec<WordId>) {
        self.by_text.get_all(letters, found);
    }

    /// The listed words that are like a word, by number, each once.
    pub(super) fn alike(&self, word: &Token) -> Vec<(WordId, Likeness)> {
        let mut found: Vec<WordId> = Vec::new();
        found.extend(self.by_text.get(key(TEXT, word.text())));
        if let Some(concept) = word.concept() {
            found.extend(self.by_text.get(key(TEXT, concept)));
        }
        if let Some(sound) = word.skeleton() {
            found.extend(self.by_text.get(key(SOUND, sound)));
        }
        if word.is_person {
            self.initials(word.text(), &mut found);
        }
        found.sort_unstable();
        found.dedup();
        let whole = |id: WordId| Some((id, likeness(word, self.word(id)?)?));
        let mut alike: Vec<(WordId, Likeness)> = found.iter().filter_map(|id| whole(*id)).collect();
        if likeness::is_spelt(word) {
            // Words that mean or sound the same are found by now: of all others the letters tell.
            let mut near = self.near(word.text());
            self.cut(word.text(), &mut near);
            near.sort_unstable();
            near.dedup();
            near.retain(|id| found.binary_search(id).is_err());
            // Read ahead, so that what is asked of them is waited for together.
            let read = near.iter().filter_map(|id| self.text(*id).bytes().next().zip(self.fact(*id)));
            read_ahead(read.map(|(first, fact)| u32::from(first ^ fact.length)));
            alike.extend(near.iter().filter_map(|id| {
                let (fact, text) = (self.fact(*id)?, self.text(*id));
                let may_vary = likeness::may_vary(fact.class, text.len());
                Some((*id, likeness::spelt(word.text(), text).filter(|_| may_vary)?))
            }));
            alike.sort_unstable_by_key(|(id, _)| *id);
        }
        alike.shrink_to_fit();
        alike
    }

    /// For each word how many forms hold it, or hold a common word that is like it, whichever are more.
    pub(super) fn crowds(&self, forms: &[u32]) -> Vec<u32> {
        let common: Vec<(u32, &Arc<Token>)> =
            forms.iter().copied().zip(&self.words).filter(|(forms, _)| *forms >= COMMON).collect();
        let like: Vec<(u32, Vec<(WordId, Likeness)>)> =
            common.par_iter().map(|(forms, word)| (*forms, self.alike(word))).collect();
        let mut crowds = forms.to_vec();
        for (forms, like) in like {
            for (word, _) in like {
                if let Some(crowd) = crowds.get_mut(word as usize) {
                    *crowd = forms.max(*crowd);
                }
            }
        }
        crowds
    }

    /// Listed words within the budget of edits, and some that are not.
    fn near(&self, text: &str) -> Vec<WordId> {
        let (ours, most) =
            (letters(text), if text.len() < likeness::LONG { DIFFER_BY_ONE } else { DIFFER_BY_TWO });
        let mut keys: SmallVec<[u32; 32]> = SmallVec::new();
        // A listed word of at most eight letters has one edit at most, so its deletions meet ours.
        if text.len() <= likeness::LONG {
            deletions(text, |key| keys.push(key));
        }
        // A longer one has two at most, so one of its three parts stands in ours unchanged, at most two places off.
        if text.len() + 1 >= likeness::LONG {
            shifted_parts(text, |key| keys.push(key));
        }
        let mut found = Vec::new();
        self.by_edit.get_all(&keys, &mut found);
        found.retain(|id| {
            self.letters.get(*id as usize).is_some_and(|theirs| (ours ^ theirs).count_ones() <= most)
        });
        found
    }

    /// Listed words that begin with ours, and those that ours begins with.
    fn cut(&self, text: &str, found: &mut Vec<WordId>) {
        // The first letters tell nearly all; few texts are read.
        let start = front(text);
        let id = |place: usize| self.sorted.get(place).copied().unwrap_or(WordId::MAX);
        let from = self.fronts.partition_point(|front| *front < start);
        let same = self.fronts.iter().skip(from).take_while(|front| **front == start).count();
        let longer = self.sorted.get(from..from + same).unwrap_or_default();
        let from = from + longer.partition_point(|id| self.text(*id) < text);
        let begins = |(place, front): &(usize, &Front)| {
            if text.len() <= FRONT {
                begins_with(**front, start, text.len())
            } else {
                self.text(id(*place)).starts_with(text)
            }
        };
        let fronts = (from..).zip(self.fronts.iter().skip(from));
        found.extend(fronts.take_while(begins).map(|(place, _)| id(place)));
        let bytes = text.as_bytes();
        let mut start = letters_key().and(bytes.get(..likeness::SHORTEST_CUT).unwrap_or_default());
        let mut keys: SmallVec<[u32; 32]> = SmallVec::new();
        for byte in bytes.iter().skip(likeness::SHORTEST_CUT) {
            keys.push(start.end());
            start = start.and(&[*byte]);
        }
        self.with_any_letters(&keys, found);
    }

    /// Listed words of persons that begin with our letter, or our word's first letter where it stands alone.
    fn initials(&self, text: &str, found: &mut Vec<WordId>) {
        let Some(first) = text.chars().next().and_then(|c| text.get(..c.len_utf8())) else { return };
        found.extend(self.with_letters(letters_key().and(first.as_bytes())));
        if first.len() == text.len() {
            self.cut(first, found);
        }
    }
}

/// The beginning of the key of a word's letters.
pub(super) const fn letters_key() -> Hash {
    Hash::of_kind(TEXT)
}

fn key(kind: u8, text: &str) -> u32 {
    Hash::of_kind(kind).and(text.as_bytes()).end()
}

/// The first letters of a word as a number, which orders words as their letters do.
type Front = u32;
/// So many bytes.
const FRONT: usize = 4;

fn front(text: &str) -> Front {
    let mut bytes = [0; FRONT];
    for (byte, letter) in bytes.iter_mut().zip(text.bytes()) {
        *byte = letter;
    }
    Front::from_be_bytes(bytes)
}

/// Whether a word begins as another of so many bytes does.
const fn begins_with(word: Front, start: Front, length: usize) -> bool {
    length == 0 || (word ^ start) >> (8 * (FRONT - length)) == 0
}

/// Words an edit apart differ in one letter at most on either side.
const DIFFER_BY_ONE: u32 = 2;
/// Words two edits apart differ in two.
const DIFFER_BY_TWO: u32 = 4;

/// Two bits for each letter a to z, whether it is there and whether it is there twice; others share the rest.
fn letters(text: &str) -> u64 {
    let mut bits = 0_u64;
    for letter in text.chars() {
        let place =
            if letter.is_ascii_lowercase() { letter as u32 - 'a' as u32 } else { 26 + letter as u32 % 6 };
        let once = 1_u64 << (2 * place);
        bits |= if bits & once == 0 { once } else { once << 1 };
    }
    bits
}

/// The word itself and all that is left when one letter is taken out.
fn deletions(text: &str, mut take: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    take(Hash::of_kind(DELETION).and(bytes).end());
    let mut before = Hash::of_kind(DELETION);
    for (at, byte) in bytes.iter().enumerate() {
        take(before.and(bytes.get(at + 1..).unwrap_or_default()).end());
        before = before.and(&[*byte]);
    }
}

/// Where a word of this length is cut in three.
const fn cuts(length: usize) -> [(usize, usize); 3] {
    let (a, b) = (length / 3, length * 2 / 3);
    [(0, a), (a, b), (b, length)]
}

/// The three parts of a word, each with the word's length and its place in it.
fn parts(text: &str, mut take: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    for (place, (from, to)) in (0_u8..).zip(cuts(bytes.len())) {
        take(part_key(place, bytes.len(), bytes.get(from..to).unwrap_or_default()));
    }
}

/// What the parts of a listed word could be, of which ours is within two edits.
///
/// Of three parts one is untouched, and it can be chosen so that at most as many edits stand before it as parts do, and at most as
/// many behind: that tells how far it may be off. (The multi-match-aware selection of PASS-JOIN, Li, Deng, Wang and Feng 2011,
/// doi:10.14778/2078331.2078340.)
fn shifted_parts(text: &str, mut take: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    let ours = bytes.len().cast_signed();
    for length in bytes.len().saturating_sub(2).max(likeness::LONG)..=bytes.len() + 2 {
        let longer = ours - length.cast_signed();
        for (place, (from, to)) in (0_u8..).zip(cuts(length)) {
            let (before, behind) = (isize::from(place), 2 - isize::from(place));
            for shift in (-before).max(longer - behind)..=before.min(longer + behind) {
                let start = from.checked_add_signed(shift);
                let piece = start.and_then(|start| bytes.get(start..start + (to - from)));
                if let Some(piece) = piece {
                    take(part_key(place, length, piece));
                }
            }
        }
    }
}

fn part_key(place: u8, length: usize, piece: &[u8]) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "only spreads the keys")]
    let length = length as u8;
    Hash::of_kind(PART).and(&[place, length]).and(piece).end()
}
