//! The program as its users see it: one binary of tests, a module per command or promise.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::format_collect,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that fails should stop"
)]

mod blocking;
mod cases;
mod ci_page;
mod decisions;
mod determinism;
mod example;
mod exit_codes;
mod faults;
mod gate;
mod hostile;
mod imports;
mod init;
mod injection;
mod inputs;
mod junit;
mod layers;
mod office;
mod outputs;
mod reference;
mod review;
mod same;
mod sarif;
mod shrink;
mod stream;
mod terminal;
mod updates;
mod verify;
mod watchlists;
mod work;
