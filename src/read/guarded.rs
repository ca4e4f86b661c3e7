//! Work on files of others in code of others: where that code panics, the file is damaged, and the program goes on to say so.
//!
//! The formats of workbooks are old and wide, and what reads them trusts some of their numbers. A run of many files must not
//! end at one that was made to do that.

use std::cell::Cell;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Does the work; a panic in it becomes an error. What was being changed when it panicked is not used again.
///
/// # Errors
/// What the work gives, or that the file is damaged.
pub(super) fn guarded<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    silence_guarded_panics();
    let before = GUARDED.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    done.unwrap_or_else(|_| {
        Err(io::Error::new(io::ErrorKind::InvalidData, "its parts contradict one another"))
    })
}

/// What a file of others says of itself that cannot be.
pub(super) fn damaged(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// The message of a panic is for programmers, and goes to the terminal before anybody can catch it.
fn silence_guarded_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                usual(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_and_an_answer_stays() {
        assert_eq!(guarded(|| Ok(5)).unwrap(), 5);
        let error = guarded(|| -> io::Result<()> { panic!("an index is out of range") }).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(!GUARDED.get());
    }
}
