//! The words met before, each made once.
//!
//! A hundred thousand names hold sixty thousand words, most of them again and again; what a word is, weighs and may be to a legal
//! form hangs on its letters alone, so a word met before costs one look-up. Each thread keeps its own, so that none waits for another.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::legal_form;
use super::token::Token;
use super::words;

/// More words than these are not kept, so that memory stays bounded however long a file is: those that come again and again
/// are soon back, and the table has room for so many before it doubles.
const MOST_KEPT: usize = 28_000;

/// What was made of words, by their letters.
type Met<T> = RefCell<FxHashMap<SmolStr, T>>;

thread_local! {
    static WORDS: Met<Known> = Met::default();
    static RUNS: Met<Arc<Token>> = Met::default();
    static WORDS_OF_PERSONS: Met<Arc<Token>> = Met::default();
}

/// What hangs on the letters of a word.
#[derive(Clone)]
struct Known {
    token: Arc<Token>,
    reach: u8,
    sense: legal_form::Sense,
}

impl Known {
    fn new(text: &str) -> Self {
        Self {
            token: Arc::new(Token::new(text, words::lookup(text))),
            reach: u8::try_from(words::reach(text)).unwrap_or(u8::MAX),
            sense: legal_form::Sense::of(text),
        }
    }
}

/// A word of a name, with all that the tables say of it.
pub(super) struct Word {
    /// What it is as a word of a name.
    pub token: Arc<Token>,
    /// See [`words::reach`].
    pub reach: u8,
}

/// The words of a name, mostly few.
#[derive(Default)]
pub(super) struct Words<'a> {
    /// Each as a word of a name.
    pub words: SmallVec<[Word; 12]>,
    /// What legal forms have to know of each.
    pub for_legal_forms: legal_form::Words<'a>,
}

/// Looks up the words of a name.
#[inline]
pub(super) fn words<'a>(texts: impl Iterator<Item = &'a str>) -> Words<'a> {
    let mut words = Words::default();
    WORDS.with_borrow_mut(|met| {
        for text in texts {
            let Known { token, reach, sense } = once(met, text, || Known::new(text));
            words.words.push(Word { token, reach });
            words.for_legal_forms.push(legal_form::Word { text, sense });
        }
    });
    words
}

/// As [`Token::new`], for a run of words of the table.
pub(super) fn of_run(text: &str, known: words::Word) -> Arc<Token> {
    RUNS.with_borrow_mut(|met| once(met, text, || Arc::new(Token::new(text, Some(known)))))
}

/// As [`Token::of_person`].
pub(super) fn of_person(text: &str) -> Arc<Token> {
    WORDS_OF_PERSONS.with_borrow_mut(|met| once(met, text, || Arc::new(Token::of_person(text))))
}

#[inline]
fn once<T: Clone>(met: &mut FxHashMap<SmolStr, T>, text: &str, make: impl FnOnce() -> T) -> T {
    match met.get(text) {
        Some(known) => known.clone(),
        None => first(met, text, make),
    }
}

#[cold]
fn first<T: Clone>(met: &mut FxHashMap<SmolStr, T>, text: &str, make: impl FnOnce() -> T) -> T {
    if met.len() >= MOST_KEPT {
        met.clear();
    }
    let known = make();
    met.insert(text.into(), known.clone());
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_met_again_is_the_same_word() {
        let of = |text| words([text].into_iter()).words.remove(0).token;
        for text in ["merrowby", "zavod", "10th", "of"] {
            let made = Token::new(text, words::lookup(text));
            assert_eq!(*of(text), made, "{text}");
            assert!(Arc::ptr_eq(&of(text), &of(text)));
        }
        assert_eq!(*of_person("ivan"), Token::of_person("ivan"));
        assert_ne!(*of_person("ivan"), *of("ivan"));
    }
}
