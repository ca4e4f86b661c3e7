//! The words met before, each made once.
//!
//! A hundred thousand names hold sixty thousand words, most of them again and again; what a word is and weighs hangs on its
//! letters alone. Each thread keeps its own, so that none waits for another.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::token::Token;
use super::words::Word;

/// More words than these are not kept, so that memory stays bounded however long a file is.
const MOST_KEPT: usize = 500_000;

/// Words by their letters.
type Met = RefCell<FxHashMap<Box<str>, Arc<Token>>>;

thread_local! {
    static WORDS: Met = Met::default();
    static WORDS_OF_PERSONS: Met = Met::default();
}

/// As [`Token::new`].
pub(super) fn of(text: &str, known: Option<Word>) -> Arc<Token> {
    WORDS.with(|met| once(met, text, || Token::new(text, known)))
}

/// As [`Token::of_person`].
pub(super) fn of_person(text: &str) -> Arc<Token> {
    WORDS_OF_PERSONS.with(|met| once(met, text, || Token::of_person(text)))
}

fn once(met: &Met, text: &str, make: impl FnOnce() -> Token) -> Arc<Token> {
    if let Some(token) = met.borrow().get(text) {
        return Arc::clone(token);
    }
    let token = Arc::new(make());
    let mut met = met.borrow_mut();
    if met.len() >= MOST_KEPT {
        met.clear();
    }
    met.insert(text.into(), Arc::clone(&token));
    token
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::words;

    #[test]
    fn a_word_met_again_is_the_same_word() {
        for text in ["merrowby", "zavod", "10th", "of"] {
            let made = Token::new(text, words::lookup(text));
            assert_eq!(*of(text, words::lookup(text)), made, "{text}");
            assert!(Arc::ptr_eq(&of(text, words::lookup(text)), &of(text, words::lookup(text))));
        }
        assert_eq!(*of_person("ivan"), Token::of_person("ivan"));
        assert_ne!(*of_person("ivan"), *of("ivan", None));
    }
}
