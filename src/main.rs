//! The `wharfinger` program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    wharfinger::cli::run(std::env::args_os())
}
