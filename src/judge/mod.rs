//! What a match means for a council: flag, next step and the rules that decided them.
//!
//! Knows the law and the action ladder; computes no score and prints nothing.

mod finding;

pub use finding::{Decision, Finding, NextStep, RuleId};
