//! The exit codes, and which of several wins.

use std::io;
use std::path::Path;

use super::console::Console;

/// How a run ended, as the calling shell sees it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Done; nothing at or above the fail level.
    #[default]
    Done = 0,
    /// Findings at or above the fail level.
    Findings = 1,
    /// Wrong usage, policy or config.
    Usage = 2,
    /// Watchlists unfit.
    WatchlistsUnfit = 3,
    /// Input unfit.
    InputUnfit = 4,
    /// Decisions unfit.
    DecisionsUnfit = 5,
}

impl Exit {
    /// The graver of two: an unfit screening is never a pass, so the highest code wins.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An error that ends the run with a code of its own.
#[derive(Debug)]
pub(super) struct Failure {
    /// The code.
    pub exit: Exit,
    /// What happened, with its causes.
    pub error: anyhow::Error,
    /// What to do next.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure with its hint taken from the error.
    pub(super) fn new<E>(exit: Exit, error: E) -> Self
    where
        E: crate::error::Hint + std::error::Error + Send + Sync + 'static,
    {
        let hint = error.hint();
        Self { exit, error: error.into(), hint }
    }

    /// Whether the reader of standard output went away, which is no error.
    pub(super) fn is_broken_pipe(&self) -> bool {
        self.error.chain().any(|cause| {
            cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
        })
    }

    /// A file that could not be written.
    pub(super) fn unwritable(path: &Path, error: &io::Error, hint: impl Into<String>) -> Self {
        Self::said(Exit::Usage, format!("cannot write `{}`: {error}", path.display()), hint)
    }

    /// The graver of two failures; the other is told at once, so that both can be mended together.
    pub(super) fn graver(self, other: Self, console: Console) -> Self {
        let (graver, lesser) = if other.exit > self.exit { (other, self) } else { (self, other) };
        console.report(&lesser);
        graver
    }

    /// A failure in words.
    pub(super) fn said(exit: Exit, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit, error: anyhow::Error::msg(message.into()), hint: Some(hint.into()) }
    }
}

/// Both values, or the graver of the failures.
pub(super) fn both<A, B>(
    a: Result<A, Failure>,
    b: Result<B, Failure>,
    console: Console,
) -> Result<(A, B), Failure> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(failure), Ok(_)) | (Ok(_), Err(failure)) => Err(failure),
        (Err(a), Err(b)) => Err(a.graver(b, console)),
    }
}

/// Nothing, where the reader of standard output went away: it has seen what it wanted. What was found still decides the exit
/// code, so that `wharfinger screen | head` in a script does not open a gate.
pub(super) fn unless_reader_left(written: Result<(), Failure>) -> Result<(), Failure> {
    written.or_else(|failure| if failure.is_broken_pipe() { Ok(()) } else { Err(failure) })
}

impl From<io::Error> for Failure {
    /// Standard output that cannot be written: wrong usage, whatever else holds.
    fn from(error: io::Error) -> Self {
        let error = anyhow::Error::new(error).context("the results could not be written");
        Self { exit: Exit::Usage, error, hint: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_wins() {
        assert_eq!(Exit::Findings.and(Exit::Done), Exit::Findings);
        assert_eq!(Exit::Findings.and(Exit::WatchlistsUnfit), Exit::WatchlistsUnfit);
        assert_eq!(Exit::DecisionsUnfit.and(Exit::Usage), Exit::DecisionsUnfit);
    }
}
