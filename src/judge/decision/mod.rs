//! What people decided: keys that find a decision again and the content that it was made on.

mod content;
mod key;

pub use content::{Content, NotContent};
pub use key::{PartyKey, finding_id, party_keys};
