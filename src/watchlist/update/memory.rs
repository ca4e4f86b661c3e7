//! What a server said of a file last time, kept beside the list as `SLUG.fetched.json`, so that an unchanged file is not sent again.
//!
//! It is a convenience: where it cannot be read or written, the file is fetched whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::watchlist::csv::hex;

/// What a conditional request is made with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Validators {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_modified: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Seen {
    #[serde(flatten)]
    validators: Validators,
    sha256: String,
}

/// What is known of each address.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Memory(BTreeMap<String, Seen>);

impl Memory {
    pub(super) fn read(folder: &Path, slug: &str) -> Self {
        let text = std::fs::read_to_string(path(folder, slug)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub(super) fn of(&self, address: &str) -> Option<&Validators> {
        self.0.get(address).map(|seen| &seen.validators)
    }

    /// Keeps what is now known; says whether the file is another one than last time.
    pub(super) fn learn(&mut self, address: &str, bytes: &[u8], validators: Validators) -> bool {
        let sha256 = hex(&Sha256::digest(bytes));
        let seen = Seen { validators, sha256 };
        let new = self.0.get(address).is_none_or(|before| before.sha256 != seen.sha256);
        self.0.insert(address.to_owned(), seen);
        new
    }

    pub(super) fn write(&self, folder: &Path, slug: &str) {
        if let Ok(text) = serde_json::to_string_pretty(self) {
            // Not kept: the next update fetches the whole file.
            let _ = std::fs::write(path(folder, slug), text);
        }
    }
}

fn path(folder: &Path, slug: &str) -> PathBuf {
    folder.join(format!("{slug}.fetched.json"))
}
