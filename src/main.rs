//! The `wharfinger` program: everything is in the library.

use std::process::ExitCode;

/// A run makes millions of small texts and lets them go on all threads, which the allocator of most systems is slow at.
/// What it is worth is in docs/performance.md; who uses the library chooses for themselves.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    wharfinger::cli::run(std::env::args_os())
}
