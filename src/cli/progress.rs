//! Progress bars on a terminal, silence everywhere else.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a bar waits until it is drawn for the first time, and between two draws: what is done sooner needs no bar, a bar
/// is seen to move, and drawing it keeps nobody from work for long.
const WAIT: Duration = Duration::from_millis(250);

/// The bar of one stage: reading or matching. Absent where nobody would see it move.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    turns: Turns,
}

/// Whether bars may be drawn: on a terminal, outside CI, and not silenced.
pub(super) fn wanted(quiet: bool, no_progress: bool) -> bool {
    !quiet && !no_progress && std::io::stderr().is_terminal() && std::env::var_os("CI").is_none()
}

impl Progress {
    /// A bar that counts bytes.
    pub(super) fn bytes(title: &'static str, wanted: bool) -> Self {
        Self::new(title, "{prefix:>9} {wide_bar} {binary_bytes}/{binary_total_bytes}", wanted)
    }

    /// A bar that counts names.
    pub(super) fn names(title: &'static str, wanted: bool) -> Self {
        Self::new(title, "{prefix:>9} {wide_bar} {human_pos}/{human_len} names", wanted)
    }

    fn new(title: &'static str, template: &str, wanted: bool) -> Self {
        let bar = wanted.then(|| {
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr()).with_prefix(title);
            match ProgressStyle::with_template(template) {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        Self { bar, start: Instant::now(), turns: Turns::default() }
    }

    /// Says how far the stage is. Any core may, as often as it likes: between two draws it costs a look at the clock, and
    /// nobody waits for the one that draws.
    pub(super) fn set(&self, done: u64, total: u64) {
        let Some(bar) = self.bar.as_ref().filter(|_| self.turns.take(self.start.elapsed())) else { return };
        bar.update(|state| {
            state.set_len(total);
            state.set_pos(done);
        });
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Whose turn it is to draw: one caller in each stretch of [`WAIT`], and nobody in the first.
#[derive(Debug, Default)]
struct Turns {
    /// The stretch in which somebody drew last.
    last: AtomicU64,
}

impl Turns {
    fn take(&self, passed: Duration) -> bool {
        let stretch = u64::try_from(passed.as_millis() / WAIT.as_millis()).unwrap_or(u64::MAX);
        self.last.fetch_max(stretch, Ordering::Relaxed) < stretch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_caller_draws_in_each_stretch_and_none_in_the_first() {
        let turns = Turns::default();
        let drawn: Vec<u32> = (0..1_000).filter(|at| turns.take(WAIT * *at / 100)).collect();
        assert_eq!(drawn, (1..10).map(|stretch| stretch * 100).collect::<Vec<_>>());
        assert!(!turns.take(WAIT), "late, and already drawn over");
    }

    #[test]
    fn an_unwanted_bar_is_none() {
        assert!(Progress::bytes("reading", false).bar.is_none());
    }
}
