//! Progress bars on a terminal, silence everywhere else.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How often a second a bar is drawn at most: often enough to be seen to move, and no draw that the work would notice.
const DRAWN: u8 = 5;

/// The bar of one stage: reading or matching. Hidden where nobody would see it move.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
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
        let target =
            if wanted { ProgressDrawTarget::stderr_with_hz(DRAWN) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target).with_prefix(title);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Says how far the stage is.
    pub(super) fn set(&self, done: u64, total: u64) {
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
