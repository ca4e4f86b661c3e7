//! What people decided: the sheet they fill in, the log it is filed in, and whether it still stands.
//!
//! A decision is bound to a candidate (party, list entry, ground) and to the material content of both sides. It stands
//! while its day has not passed and nothing material has changed; otherwise the candidate is back, with a sentence that
//! says why. Sheets come from [`read_sheet`] and [`accept`], go into a [`Log`], and reach a run through its
//! [`Terms`](super::Terms).

mod chain;
mod content;
mod earlier;
mod error;
mod key;
mod log;
mod record;
mod review;
mod sheet;

pub use content::{Content, NotContent, SideFacts};
pub use earlier::{
    EarlierEntry, EarlierFinding, EarlierList, EarlierReport, EarlierRun, EarlierSpelling, EarlierSubject,
};
pub use error::DecisionError;
pub use key::{PartyKey, finding_id, party_keys};
pub(super) use key::{digest, id_of, id_party};
pub use log::Log;
pub use record::Record;
pub use review::{DecisionNote, Fate};
pub(super) use review::{Docket, Heard};
pub use sheet::{Accepted, COLUMNS, Refused, SheetLine, accept, read_sheet, write_sheet};

#[cfg(test)]
mod tests;
