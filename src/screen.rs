//! The run: subjects against entries.

use jiff::civil::Date;

use crate::judge::decision::DecisionNote;
use crate::judge::{Finding, Gone};
use crate::load::{InputAccount, NotScreened};
use crate::record::Subject;
use crate::watchlist::List;

/// Whether a list may be relied on, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListHealth {
    /// Index into the screening's lists.
    pub list: usize,
    /// How many distinct names it gave to the index.
    pub names: usize,
    /// Whether every gate passed.
    pub fit: bool,
    /// What is wrong or worth knowing, one sentence each: gates that failed first.
    pub problems: Vec<String>,
}

/// The option values that could change a result, by name, in order.
pub type Options = std::collections::BTreeMap<String, String>;

/// A run from end to end: all that a report may say.
#[derive(Debug, Clone, PartialEq)]
pub struct Screening {
    /// The day the run is judged by.
    pub as_of: Date,
    /// The inputs, in the order given.
    pub inputs: Vec<InputAccount>,
    /// The lists screened against, by slug.
    pub lists: Vec<List>,
    /// Their health, in the same order.
    pub health: Vec<ListHealth>,
    /// Everybody who was screened.
    pub subjects: Vec<Subject>,
    /// The candidates, in the order of work.
    pub findings: Vec<Finding>,
    /// Who was not screened, by input and reason.
    pub not_screened: Vec<NotScreened>,
    /// SHA-256 of the policy in force, if one was given.
    pub policy_sha256: Option<String>,
    /// The options that mattered.
    pub options: Options,
    /// The earlier decisions that did not simply stand: expired, reopened, orphaned, unused.
    pub decisions: Vec<DecisionNote>,
    /// The head of the log of decisions, if one was given: who knows it can tell that nothing was cut off since.
    pub decisions_sha256: Option<String>,
    /// Findings of the baseline that this run no longer has.
    pub gone: Vec<Gone>,
    /// Whether the screening is complete: every critical list and every input was fit.
    pub completed: bool,
}

impl Screening {
    /// The subject, list and entry of a finding; `None` only for a finding of another screening.
    pub fn parts<'a>(
        &'a self,
        finding: &Finding,
    ) -> Option<(&'a Subject, &'a List, &'a crate::watchlist::Entry)> {
        let list = self.lists.get(finding.list)?;
        Some((self.subjects.get(finding.subject)?, list, list.entries.get(finding.entry)?))
    }
}
