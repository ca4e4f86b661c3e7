//! The program as its users see it: one binary of tests, a module per command or promise.
#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod layers;
