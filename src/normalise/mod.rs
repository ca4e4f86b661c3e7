//! Names as written become [`Name`]s that can be compared: forms, tokens, classes, weights.

mod name;

pub use name::Name;
