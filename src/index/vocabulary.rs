//! All words of the entries, and the ones that are alike to a word.
//!
//! Every way in which [`likeness`] finds two words alike has its key here; what the keys propose is put to `likeness` itself, so
//! the vocabulary finds exactly the words that a comparison of all with all would.

use rustc_hash::FxHashMap;

use crate::matching::likeness::{LONG, Likeness, SHORTEST_CUT, SHORTEST_FUZZY, is_spelt, likeness};
use crate::normalise::Token;

/// The words, each with its number.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    tokens: Vec<Token>,
    by_text: FxHashMap<String, Vec<u32>>,
    by_meaning: FxHashMap<String, Vec<u32>>,
    by_sound: FxHashMap<String, Vec<u32>>,
    /// Words of four to nine letters by what is left when one letter is taken out, and by themselves.
    by_deletion: FxHashMap<String, Vec<u32>>,
    /// Words of nine letters and more by length, third and the letters of that third: two edits leave one third whole.
    by_third: FxHashMap<(usize, usize, String), Vec<u32>>,
    /// Places in `tokens`, by text: for the words that begin with another.
    in_order: Vec<u32>,
}

impl Vocabulary {
    /// The number of a word, which is taken in if it is new. Two words are one if text, meaning and sort are.
    pub(crate) fn add(&mut self, token: &Token) -> u32 {
        let known = self.by_text.get(&token.text).into_iter().flatten().copied();
        for id in known {
            if self.get(id).is_some_and(|t| t.concept == token.concept && t.class == token.class) {
                return id;
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "a list has fewer than four milliard words")]
        let id = self.tokens.len() as u32;
        self.by_text.entry(token.text.clone()).or_default().push(id);
        self.by_meaning.entry(token.meaning().to_owned()).or_default().push(id);
        if let Some(sound) = &token.skeleton {
            self.by_sound.entry(sound.clone()).or_default().push(id);
        }
        if is_spelt(token) {
            if (SHORTEST_FUZZY..=LONG).contains(&token.text.len()) {
                for key in deletions(&token.text) {
                    self.by_deletion.entry(key).or_default().push(id);
                }
            }
            if token.text.len() >= LONG {
                for (third, (from, to)) in thirds(token.text.len()).into_iter().enumerate() {
                    if let Some(part) = token.text.get(from..to) {
                        self.by_third.entry((token.text.len(), third, part.to_owned())).or_default().push(id);
                    }
                }
            }
        }
        self.tokens.push(token.clone());
        id
    }

    /// To be called when all words are in.
    pub(crate) fn finish(&mut self) {
        #[expect(clippy::cast_possible_truncation, reason = "as in `add`")]
        let mut order: Vec<u32> = (0..self.tokens.len() as u32).collect();
        order.sort_by(|a, b| self.text(*a).cmp(self.text(*b)));
        self.in_order = order;
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// What a word weighs.
    pub(crate) fn weight(&self, id: u32) -> f64 {
        self.get(id).map_or(0.0, |token| token.weight)
    }

    /// The forms that hold a word of exactly these letters, small words left out.
    pub(crate) fn forms_of(&self, text: &str, by_word: &[Vec<u32>]) -> Vec<u32> {
        let ids = self.by_text.get(text).into_iter().flatten();
        ids.filter_map(|id| by_word.get(*id as usize)).flatten().copied().collect()
    }

    fn get(&self, id: u32) -> Option<&Token> {
        self.tokens.get(id as usize)
    }

    fn text(&self, id: u32) -> &str {
        self.get(id).map_or("", |token| token.text.as_str())
    }

    /// Every word that is alike to `token`, with how, by number.
    pub(crate) fn alike(&self, token: &Token) -> Vec<(u32, Likeness)> {
        let mut proposed: Vec<u32> = Vec::new();
        let mut propose = |ids: Option<&Vec<u32>>| proposed.extend(ids.into_iter().flatten());
        propose(self.by_text.get(&token.text));
        propose(self.by_meaning.get(token.meaning()));
        if let Some(sound) = &token.skeleton {
            propose(self.by_sound.get(sound));
        }
        if is_spelt(token) {
            let text = token.text.as_str();
            if (SHORTEST_FUZZY..=LONG).contains(&text.len()) {
                for key in deletions(text) {
                    propose(self.by_deletion.get(&key));
                }
            }
            if text.len() >= LONG {
                self.near_long(text, &mut propose);
            }
            for cut in SHORTEST_CUT..text.len() {
                propose(text.get(..cut).and_then(|begin| self.by_text.get(begin)));
            }
            if text.len() >= SHORTEST_CUT {
                let from = self.in_order.partition_point(|id| self.text(*id) < text);
                let longer = self.in_order.get(from..).unwrap_or_default();
                proposed.extend(longer.iter().take_while(|id| self.text(**id).starts_with(text)));
            }
        }
        proposed.sort_unstable();
        proposed.dedup();
        proposed.into_iter().filter_map(|id| Some((id, likeness(token, self.get(id)?)?))).collect()
    }

    fn near_long(&self, text: &str, propose: &mut impl FnMut(Option<&Vec<u32>>)) {
        for length in (text.len() - 2).max(LONG)..=text.len() + 2 {
            for (third, (from, to)) in thirds(length).into_iter().enumerate() {
                for start in from.saturating_sub(2)..=from + 2 {
                    if let Some(part) = text.get(start..start + (to - from)) {
                        propose(self.by_third.get(&(length, third, part.to_owned())));
                    }
                }
            }
        }
    }
}

/// The word itself and every text with one letter less.
fn deletions(text: &str) -> Vec<String> {
    let mut keys = vec![text.to_owned()];
    keys.extend(text.char_indices().map(|(at, c)| {
        let mut shorter = String::with_capacity(text.len());
        shorter.push_str(text.get(..at).unwrap_or_default());
        shorter.push_str(text.get(at + c.len_utf8()..).unwrap_or_default());
        shorter
    }));
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn thirds(length: usize) -> [(usize, usize); 3] {
    let third = length / 3;
    [(0, third), (third, 2 * third), (2 * third, length)]
}
