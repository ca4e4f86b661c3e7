//! Lists and ledgers of any size with the statistics of real company names, to measure speed with.
//!
//! In: word frequencies and the shapes of names, from open registers ([`Model::from_registers`]) or from the tables
//! compiled in ([`Model::built_in`]). Out: a watchlist, ledgers that hold edited variants of some of its names, and the
//! truth about which. The same seed gives the same bytes. The names are nobody's: frequent words (legal forms, trades,
//! places) stay where a real name has them, all others are drawn anew.

mod dice;
mod edit;
mod model;
mod shape;
mod write;

pub use dice::Dice;
pub use edit::{Edit, edited};
pub use model::Model;
pub use write::{Plan, Repeats, write_ledger, write_list, write_truth};
