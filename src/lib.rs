//! Wharfinger screens a council's suppliers, contracts and investments against modern-slavery and
//! rights-abuse watchlists, and reports candidates with the evidence, so that a named person can decide.
//!
//! Data goes one way: `load → normalise → index → matching → judge → report`.

pub mod baseline;
pub mod cli;
pub mod country;
pub mod error;
pub mod ident;
pub mod index;
pub mod judge;
pub mod load;
pub mod matching;
pub mod merge;
pub mod normalise;
pub mod parties;
pub mod read;
pub mod record;
pub mod report;
pub mod screen;
pub mod stream;
pub mod vocab;
pub mod watchlist;
