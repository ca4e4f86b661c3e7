//! What a match means for a council: flag, next step and the rules that decided them.
//!
//! A run hands all its matches to [`judge_all`] and gets findings in the order of work, each with its id, flag, next
//! step and rules. [`judge`] judges one alone. Two readings of a finding are never mixed: the *flag* says where it
//! leads if the identity is confirmed, the *next step* what to do now (see [`rules::RULES`]).
//!
//! Knows the law and the action ladder; computes no score, opens no file and prints nothing. Sources: Procurement Act
//! 2023, Local Government Act 1988 section 17, the LGPS statutory guidance, UN Guiding Principles; each rule names its own.

mod all;
mod beside;
mod caps;
mod case;
pub mod decision;
mod finding;
pub mod ladder;
#[cfg(test)]
mod manual;
mod order;
mod policy;
pub mod rules;
#[cfg(test)]
pub(crate) mod samples;
mod verdict;

pub use all::{Judged, Scored, Terms, judge_all};
pub use caps::Effect;
pub use case::{Case, Decided, JudgeInput, Source};
pub use finding::{Decision, Finding, Gone, NextStep, OnRecord, Recorded, RuleId, Severity};
pub use order::order;
pub use policy::{
    DecisionsPolicy, HoldingsPolicy, ListPolicy, PersonsPolicy, Policy, PolicyError, ReportPolicy,
    RetentionPolicy,
};
pub use verdict::{Judgement, decide, judge};
