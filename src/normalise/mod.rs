//! Names as written become [`Name`]s that can be compared: forms, tokens, classes, weights.

pub mod ledger;
mod name;
pub mod security;

pub use name::Name;
