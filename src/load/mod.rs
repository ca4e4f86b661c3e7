//! An officer's files become subjects, with an account of every row.

mod account;

pub use account::{Field, InputAccount, NotScreened, NotScreenedReason};
