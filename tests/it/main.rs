//! The program as its users see it: one binary of tests, a module per command or promise.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails should stop"
)]

mod blocking;
mod cases;
mod ci_page;
mod decisions;
mod determinism;
mod exit_codes;
mod gate;
mod init;
mod inputs;
mod layers;
mod office;
mod verify;
