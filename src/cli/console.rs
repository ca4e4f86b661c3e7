//! The terminal: standard output for results, standard error for everything else.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::args::ColorWhen;
use super::exit::Failure;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Where the commands write.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    choice: ColorChoice,
}

impl Console {
    /// A console that uses colour as the user asked.
    pub(super) fn new(when: ColorWhen) -> Self {
        let choice = match when {
            ColorWhen::Auto => ColorChoice::Auto,
            ColorWhen::Always => ColorChoice::Always,
            ColorWhen::Never => ColorChoice::Never,
        };
        Self { choice }
    }

    /// Standard output, buffered; colours are dropped where it cannot show them.
    pub(super) fn out(self) -> impl Write {
        io::BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout(), self.choice))
    }

    /// Standard error.
    pub(super) fn err(self) -> impl Write {
        AutoStream::new(io::stderr(), self.choice)
    }

    /// The width to fill on standard output: that of the terminal, or 100 columns elsewhere.
    pub(super) fn width() -> usize {
        let columns = if io::stdout().is_terminal() {
            std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).or_else(terminal_width)
        } else {
            None
        };
        columns.unwrap_or(100).clamp(40, 400)
    }

    /// Whether standard output shows colours.
    pub(super) fn has_colour(self) -> bool {
        match self.choice {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            choice => choice != ColorChoice::Never,
        }
    }

    /// Says what the user should know although the run goes on.
    pub(super) fn warn(self, message: &str) {
        self.line(&format!("{WARNING}warning{WARNING:#}: {message}"));
    }

    /// A plain line on standard error.
    pub(super) fn note(self, message: &str) {
        self.line(message);
    }

    /// Shows an error with its causes and the next thing to do.
    pub(super) fn report(self, failure: &Failure) {
        self.line(&format!("{ERROR}error{ERROR:#}: {:#}", failure.error));
        if let Some(hint) = &failure.hint {
            self.line(&format!("  {HINT}hint{HINT:#}: {hint}"));
        }
    }

    fn line(self, text: &str) {
        // A standard error that is gone cannot be told about it.
        let _ = writeln!(self.err(), "{text}");
    }
}

/// The width that the terminal itself reports.
fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}
