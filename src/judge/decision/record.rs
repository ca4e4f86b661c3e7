//! One decision as it is filed: what was decided, about which candidate, on what content.

use serde::{Deserialize, Serialize};

use crate::judge::Decision;
use crate::judge::decision::Content;

/// A decision with its candidate: one line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The finding's id at the time.
    pub finding_id: String,
    /// The list.
    pub list: String,
    /// The entry's id on it.
    pub entry_id: String,
    /// The subject's name as it was shown; for people, not for finding it again.
    pub subject_name: String,
    /// The listed name as it was shown.
    pub listed_name: String,
    /// What both sides were.
    pub content: Content,
    /// SHA-256 of the policy that the report was made under, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_sha256: Option<String>,
    /// What was decided.
    pub decision: Decision,
}
