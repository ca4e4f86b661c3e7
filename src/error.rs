//! What every error of the program shares: a next step, and how it is shown.
//!
//! Each room has its own error enumeration; those that a user can cause say where, what was found and,
//! through [`Hint`], what to do next.

/// The next thing to do after an error, as one sentence without a full stop.
pub trait Hint {
    /// The advice, or `None` where the message says it all.
    fn hint(&self) -> Option<String>;
}
