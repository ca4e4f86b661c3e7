//! Names as written become [`Name`]s that can be compared: forms, tokens, classes, weights.

pub mod fold;
mod form;
pub mod frequency;
mod kept;
pub mod latinise;
pub mod ledger;
pub mod legal_form;
mod met;
mod name;
mod note;
mod people;
mod phrases;
pub(crate) mod prepared;
pub mod security;
mod split;
mod state;
mod table;
mod token;
pub mod words;

pub use form::Form;
pub(crate) use kept::{Kept, Rare, in_order};
pub use name::Name;
pub use split::Role;
pub use token::{DISTINCTIVE, Token};
pub use words::WordClass;
