//! The exit codes, and which of several wins.

use std::io;

/// How a run ended, as the calling shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Done; nothing at or above the fail level.
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

    /// A failure in words.
    pub(super) fn said(exit: Exit, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit, error: anyhow::Error::msg(message.into()), hint: Some(hint.into()) }
    }
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
