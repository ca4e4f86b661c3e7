//! The distinct words of the listed names, and which of them are like a given word.
//!
//! Every way in which [`likeness`] finds two words alike has a generator here that yields at least the listed words that it
//! would accept; each is then asked [`likeness`] itself, so nothing is lost and nothing is found that it would not find.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use crate::matching::likeness::{self, Likeness, likeness};
use crate::normalise::Token;

/// The number of a listed word.
pub(super) type WordId = u32;

/// The distinct words of the listed names.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<Token>,
    ids: FxHashMap<(String, bool), WordId>,
    by_meaning: FxHashMap<String, Vec<WordId>>,
    by_sound: FxHashMap<String, Vec<WordId>>,
    /// Hashes of what is left of a word when a letter is taken out, or of one of its three parts; sorted.
    by_edit: Vec<(u32, WordId)>,
    /// Word numbers in the order of their letters.
    sorted: Vec<WordId>,
}

impl Vocabulary {
    /// The number of a word, which is taken in if it is new.
    pub(super) fn intern(&mut self, token: &Token) -> WordId {
        let key = (token.text.clone(), token.is_person);
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        #[expect(clippy::cast_possible_truncation, reason = "fewer than four thousand million words")]
        let id = self.words.len() as WordId;
        self.ids.insert(key, id);
        self.words.push(token.clone());
        id
    }

    /// Makes the generators, once every word is in.
    pub(super) fn finish(&mut self) {
        let mut edits = Vec::new();
        for (id, word) in (0..).zip(&self.words) {
            self.by_meaning.entry(word.meaning().to_owned()).or_default().push(id);
            if let Some(sound) = &word.skeleton {
                self.by_sound.entry(sound.clone()).or_default().push(id);
            }
            if likeness::is_spelt(word) {
                if word.text.len() < likeness::LONG {
                    deletions(&word.text, |key| edits.push((key, id)));
                } else {
                    parts(&word.text, |key| edits.push((key, id)));
                }
            }
        }
        edits.sort_unstable();
        edits.dedup();
        self.by_edit = edits;
        self.sorted = (0..).take(self.words.len()).collect();
        let words = &self.words;
        self.sorted.sort_by(|a, b| text_of(words, *a).cmp(text_of(words, *b)));
    }

    /// A word by its number.
    pub(super) fn word(&self, id: WordId) -> Option<&Token> {
        self.words.get(id as usize)
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The number of the listed word with these letters.
    pub(super) fn id(&self, text: &str, is_person: bool) -> Option<WordId> {
        self.ids.get(&(text.to_owned(), is_person)).copied()
    }

    /// The listed words that are like a word, by number, each once.
    pub(super) fn alike(&self, word: &Token) -> Vec<(WordId, Likeness)> {
        let mut found: Vec<WordId> = Vec::new();
        found.extend([false, true].iter().filter_map(|person| self.id(&word.text, *person)));
        found.extend(self.by_meaning.get(word.meaning()).into_iter().flatten());
        if let Some(sound) = &word.skeleton {
            found.extend(self.by_sound.get(sound).into_iter().flatten());
        }
        if likeness::is_spelt(word) {
            self.near(&word.text, &mut found);
            self.cut(&word.text, &mut found);
        }
        if word.is_person {
            self.initials(&word.text, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|id| Some((id, likeness(word, self.word(id)?)?))).collect()
    }

    /// Listed words within the budget of edits, and some that are not.
    fn near(&self, text: &str, found: &mut Vec<WordId>) {
        let mut take = |key: u32| {
            let from = self.by_edit.partition_point(|(other, _)| *other < key);
            found.extend(
                self.by_edit.iter().skip(from).take_while(|(other, _)| *other == key).map(|(_, id)| *id),
            );
        };
        // A listed word of at most eight letters has one edit at most, so its deletions meet ours.
        if text.len() <= likeness::LONG {
            deletions(text, &mut take);
        }
        // A longer one has two at most, so one of its three parts stands in ours unchanged, at most two places off.
        if text.len() + 1 >= likeness::LONG {
            shifted_parts(text, &mut take);
        }
    }

    /// Listed words that begin with ours, and those that ours begins with.
    fn cut(&self, text: &str, found: &mut Vec<WordId>) {
        let from = self.sorted.partition_point(|id| text_of(&self.words, *id) < text);
        found.extend(
            self.sorted.iter().skip(from).take_while(|id| text_of(&self.words, **id).starts_with(text)),
        );
        for end in likeness::SHORTEST_CUT..text.len() {
            let Some(start) = text.get(..end) else { continue };
            found.extend([false, true].iter().filter_map(|person| self.id(start, *person)));
        }
    }

    /// Listed words of persons that begin with our letter, or our word's first letter where it stands alone.
    fn initials(&self, text: &str, found: &mut Vec<WordId>) {
        let Some(first) = text.chars().next().and_then(|c| text.get(..c.len_utf8())) else { return };
        found.extend(self.id(first, true));
        if first.len() == text.len() {
            self.cut(first, found);
        }
    }
}

fn text_of(words: &[Token], id: WordId) -> &str {
    words.get(id as usize).map_or("", |word| word.text.as_str())
}

fn hash(kind: u8, pieces: [&[u8]; 2]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(kind);
    for piece in pieces {
        hasher.write(piece);
    }
    (hasher.finish() >> 32) as u32
}

/// The word itself and all that is left when one letter is taken out.
fn deletions(text: &str, mut take: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    take(hash_joined(bytes, &[]));
    for at in 0..bytes.len() {
        take(hash_joined(bytes.get(..at).unwrap_or_default(), bytes.get(at + 1..).unwrap_or_default()));
    }
}

/// A hash of two pieces that is the same wherever the cut between them is.
fn hash_joined(before: &[u8], after: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    for byte in before.iter().chain(after) {
        hasher.write_u8(*byte);
    }
    (hasher.finish() >> 32) as u32
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
fn shifted_parts(text: &str, mut take: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    for length in bytes.len().saturating_sub(2).max(likeness::LONG)..=bytes.len() + 2 {
        for (place, (from, to)) in (0_u8..).zip(cuts(length)) {
            for start in from.saturating_sub(2)..=from + 2 {
                if let Some(piece) = bytes.get(start..start + (to - from)) {
                    take(part_key(place, length, piece));
                }
            }
        }
    }
}

fn part_key(place: u8, length: usize, piece: &[u8]) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "only spreads the keys")]
    let length = [length as u8];
    hash(place, [&length, piece])
}
