//! Watchlists: their entries, where they come from and whether they are fit to rely on.

mod entry;

pub use entry::{Entry, List, ListFacts, PartialDate};
