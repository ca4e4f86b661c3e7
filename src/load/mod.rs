//! An officer's files become subjects, with an account of every row.
//!
//! In: paths and what the officer says of them ([`LoadOptions`]). Out: [`Loaded`]. Everything that is not said
//! is guessed from the header and the values, and the guess is reported ([`ColumnsReport`]). This room yields
//! text: names are compared elsewhere.

mod account;
mod amount;
mod class;
mod count;
mod date;
mod doubt;
mod error;
mod finish;
mod fit;
mod foreign;
mod given;
mod header;
mod input;
mod intern;
mod ocds;
mod options;
mod party;
mod plan;
mod report;
mod scan;
mod shard;
mod stats;
mod stream;
mod sum;
mod tally;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod variants;
mod words;
mod workbook;

pub use account::{Field, InputAccount, NotScreened, NotScreenedReason, Reject};
pub use error::LoadError;
pub use options::{LoadOptions, Progress, Source};
pub use report::{ColumnChoice, ColumnsReport, Confidence};
pub use stream::{RowStream, STREAM_BLOCK};

use crate::record::Subject;

/// What the files hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// One account for each file, sheet or archive member that was read as a table.
    pub inputs: Vec<InputAccount>,
    /// What was guessed of the columns, in the order of `inputs`.
    pub columns: Vec<ColumnsReport>,
    /// One subject for each distinct name as written (and identifiers, country, kind), in the order of the files;
    /// one for each row where merging is off.
    pub subjects: Vec<Subject>,
    /// Rows that were not screened, by input and reason.
    pub not_screened: Vec<NotScreened>,
    /// Rows that could not be read.
    pub rejects: Vec<Reject>,
}

/// Reads every source in order.
///
/// # Errors
/// Every source that is unfit to be screened (unreadable, without a name column, or without a name), with an account of
/// the others; an option that fits nothing at once.
pub fn load(
    sources: &[Source],
    options: &LoadOptions,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<Loaded, LoadError> {
    load_in(sources, &options::Run { options, progress, block_size: crate::read::block::BLOCK })
}

fn load_in(sources: &[Source], run: &options::Run<'_>) -> Result<Loaded, LoadError> {
    let mut loaded = Loaded::default();
    let mut unfit = Vec::new();
    for source in sources {
        match input::load_source(source, run, &mut loaded) {
            Err(error) if error.is_usage() => return Err(error),
            Err(error) => unfit.push(error),
            Ok(()) => {}
        }
    }
    match unfit.pop() {
        None => Ok(loaded),
        Some(only) if sources.len() == 1 => Err(only),
        Some(last) => {
            unfit.push(last);
            let fit = loaded.inputs.iter().map(|input| (input.name(), input.records_read)).collect();
            Err(LoadError::Several { unfit, fit, rows: loaded.rejects })
        }
    }
}
