//! What was guessed of the columns, said so that an officer can check it.

use super::Field;

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Worth a look.
    Low,
    /// Header or values speak for it.
    Medium,
    /// Header and values speak for it.
    High,
    /// The officer said so.
    Given,
}

impl Confidence {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Given => "given",
        }
    }
}

/// One column that was given a meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnChoice {
    /// What it holds.
    pub field: Field,
    /// Its header as in the file; `#3` where there is none.
    pub column: String,
    /// Its place, from 1.
    pub position: usize,
    /// Why it was chosen, in one sentence without a full stop.
    pub why: String,
    /// Up to three different values, as in the file.
    pub samples: Vec<String>,
    /// How sure the guess is.
    pub confidence: Confidence,
}

/// The columns of one input: one for each [`super::InputAccount`], in the same order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnsReport {
    /// The input as the user named it, with its sheet or archive member.
    pub input: String,
    /// The columns in use, in the order of the fields.
    pub choices: Vec<ColumnChoice>,
    /// Headers of the columns that are not used.
    pub unused: Vec<String>,
}
