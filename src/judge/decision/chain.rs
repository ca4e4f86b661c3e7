//! One line of the log, and its link to the line before it.
//!
//! | line | what it is |
//! |---|---|
//! | `{"prev":P,"record":R,"check":C}` | a decision |
//! | `{"prev":P,"purge":{"on":D,"retention_days":N,"lines":[...]},"check":C}` | says when and by which rule the lines named were emptied |
//! | `{"prev":P,"purged":H,"check":C}` | an emptied line: H is the SHA-256 of the text of R that stood there |
//!
//! P is the check of the line before, sixty-four zeros for the first. C is the SHA-256 of P, the word `record` or `purge`, and the
//! SHA-256 of what the line holds, a line feed between them. C depends on R by its hash alone, so that a decision past its
//! retention can be taken out, names and reasons and all, and every check before and after it still holds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::judge::decision::Record;
use crate::judge::decision::key::digest;

/// What the first line names as the check of the line before it.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn sha256(text: &str) -> String {
    digest(text, 64)
}

/// That decisions were taken out of the log: when, by which rule, and which lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Purge {
    /// The day.
    pub(super) on: Date,
    /// How many days after its last day a decision was kept.
    pub(super) retention_days: u32,
    /// The lines emptied, from 1.
    pub(super) lines: Vec<usize>,
}

/// What a line holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// A decision.
    Record(Box<Record>),
    /// Nothing any more: the hash of the decision that was here.
    Purged(String),
    /// The account of a purge.
    Purge(Purge),
}

impl Held {
    /// The word for the check, and the hash of what is held.
    fn mark(&self) -> (&'static str, String) {
        match self {
            Self::Record(record) => ("record", sha256(&json(record))),
            Self::Purged(hash) => ("record", hash.clone()),
            Self::Purge(purge) => ("purge", sha256(&json(purge))),
        }
    }
}

/// One line, linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    prev: String,
    pub(super) held: Held,
    pub(super) check: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    prev: String,
    record: Option<Box<Record>>,
    purged: Option<String>,
    purge: Option<Purge>,
    check: String,
}

impl Link {
    /// A line after the one with the check `prev`.
    pub(super) fn new(prev: &str, held: Held) -> Self {
        let (word, hash) = held.mark();
        let check = sha256(&format!("{prev}\n{word}\n{hash}"));
        Self { prev: prev.to_owned(), held, check }
    }

    /// Reads a line that must come after the one with the check `prev`.
    pub(super) fn parse(line: &str, prev: &str) -> Result<Self, &'static str> {
        let parts: Parts = serde_json::from_str(line).map_err(|_| "this is not a line of a log")?;
        let held = match (parts.record, parts.purged, parts.purge) {
            (Some(record), None, None) => Held::Record(record),
            (None, Some(hash), None) => Held::Purged(hash),
            (None, None, Some(purge)) => Held::Purge(purge),
            _ => return Err("this is not a line of a log"),
        };
        let link = Self::new(&parts.prev, held);
        if link.check != parts.check {
            return Err("the line was changed after it was written");
        }
        if link.prev != prev {
            return Err("a line before it was changed, added or removed");
        }
        // Another text of the same meaning (order of keys, blanks, escapes) must not be slipped in either.
        if link.text() != line {
            return Err("the line was not written by this program");
        }
        Ok(link)
    }

    /// The same line without its decision.
    pub(super) fn purged(&self) -> Self {
        Self { held: Held::Purged(self.held.mark().1), ..self.clone() }
    }

    /// The line, without the line end.
    pub(super) fn text(&self) -> String {
        let (word, held) = match &self.held {
            Held::Record(record) => ("record", json(record)),
            Held::Purged(hash) => ("purged", format!("\"{hash}\"")),
            Held::Purge(purge) => ("purge", json(purge)),
        };
        format!("{{\"prev\":\"{}\",\"{word}\":{held},\"check\":\"{}\"}}", self.prev, self.check)
    }
}

fn json(value: &impl Serialize) -> String {
    // Records and purges hold only text, words, numbers and dates, which always have a JSON form.
    serde_json::to_string(value).unwrap_or_default()
}
