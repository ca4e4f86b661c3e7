//! Watchlists: their entries, where they come from and whether they are fit to rely on.
//!
//! A list is `SLUG.csv` with a `SLUG.toml` beside it. [`bundled`] ones are compiled in, [`load`] reads one or a folder of
//! them, [`combine`] puts both together, and [`fitness::check`] says how far each may be relied on. This room yields text
//! and never compares names: it knows nothing of subjects, scores or flags.

mod bundled;
pub mod context;
mod csv;
pub mod diff;
mod entry;
mod error;
mod facts;
pub mod fitness;
mod folder;
pub mod import;
mod steady;
#[cfg(feature = "update")]
pub mod update;
mod write;

pub use bundled::bundled;
pub use csv::COLUMNS;
pub use entry::{Entry, List, ListFacts, PartialDate};
pub use error::{RowProblem, WatchlistError};
use folder::is_slug;
pub use folder::{combine, earlier_entries, load};
pub use write::write;
