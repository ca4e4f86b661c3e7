//! The finding: one subject against one entry, judged.

use std::fmt;

use jiff::civil::Date;

use crate::matching::Match;
use crate::vocab::{Flag, Outcome, ReasonCode, State};

/// The number of a rule, printed as `R01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u8);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R{:02}", self.0)
    }
}

/// What to do now, with every cap applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// The step on the ladder, 0 to 6; `None` for the legal check, which stands beside the ladder.
    pub step: Option<u8>,
    /// The step in words: `confirm identity`, `ask legal`, `second reviewer`.
    pub text: String,
}

/// What a named person decided about a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The outcome.
    pub outcome: Outcome,
    /// Its reason code.
    pub reason_code: ReasonCode,
    /// The reason in words.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// Who checked it, if anybody did.
    pub checked_by: Option<String>,
    /// When.
    pub decided_on: Date,
    /// Until when it stands, that day included.
    pub review_by: Date,
}

/// One subject against one listed entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stays the same from run to run for the same subject, entry and ground.
    pub id: String,
    /// What became of it since the last run; `New` where no earlier run was given.
    pub state: State,
    /// A sentence on what changed, for a state that needs one.
    pub state_reason: Option<String>,
    /// Where it leads if the identity is confirmed.
    pub flag: Flag,
    /// What to do now.
    pub next_step: NextStep,
    /// Index into the screening's subjects.
    pub subject: usize,
    /// Index into the screening's lists.
    pub list: usize,
    /// Index into that list's entries.
    pub entry: usize,
    /// The match: score, band, evidence, sentence.
    pub matched: Match,
    /// The rules that decided the flag and the next step, in order.
    pub rules: Vec<RuleId>,
    /// The decision that stands, if one does.
    pub decision: Option<Decision>,
}
