//! The program as its users see it: one binary of tests, a module per command or promise.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails should stop"
)]

mod decisions;
mod gate;
mod init;
mod layers;
mod office;
mod verify;
