//! The ladder: where a source leads at most, which flag a step is, and what each step is called.
//!
//! | step | supplier | investment |
//! |---|---|---|
//! | L | legal check now | legal check now |
//! | 0 | none | none |
//! | 1 | monitor | monitor |
//! | 2 | ask the party | ask the party |
//! | 3 | enhanced due diligence | engage |
//! | 4 | agree a remedy | escalate the engagement |
//! | 5 | statutory assessment before new awards | no new money |
//! | 6 | exclusion or termination assessment | divestment decision |

use std::borrow::Cow;

use crate::judge::Case;
use crate::vocab::{Authority, Flag, Proof};

/// The highest step of the ladder.
pub const TOP: u8 = 6;

/// How far a source can lead at most, before any rule lowers it.
///
/// The lower the proof an authority needed, the lower the ceiling: `reasonable cause to believe` is not a finding.
/// A second independent source of authority A to C, or evidence that a person has put on file (Procurement Act 2023,
/// Schedule 7: "sufficient evidence" without conviction), lifts what rests on reasonable cause, and on a body's
/// reasoned opinion about a supplier, to the top.
///
/// Proofs of a foreign government that are neither a decision, a cause nor a suspicion are placed with their like:
/// a court with convictions, a reasoned opinion with suspicion, the rest with what a campaigner says.
pub fn ceiling(case: &Case) -> u8 {
    let lifted = case.second_abc_source || case.decided.evidence;
    match (case.authority, case.proof) {
        (Authority::A1 | Authority::A2, _)
        | (Authority::B, Proof::Conviction | Proof::CourtOrTribunal | Proof::AdministrativeFinal) => TOP,
        (Authority::B, Proof::ReasonableCause) => {
            if lifted {
                TOP
            } else {
                5
            }
        }
        (Authority::B, Proof::SuspicionOrder | Proof::ReasonedOpinion) => 4,
        (Authority::B, Proof::Allegation | Proof::Disclosure | Proof::None) => 3,
        (Authority::C, _) => {
            if case.investment || lifted {
                TOP
            } else {
                4
            }
        }
        (Authority::D | Authority::E, _) => case.peer_ceiling(),
        (Authority::F, _) => 2,
    }
}

impl Case {
    /// How far peers, campaigners and the press can lead: 3, or 5 where two of them agree on what a person has assessed as grave.
    pub(crate) fn peer_ceiling(&self) -> u8 {
        if self.second_de_source && self.decided.severity == Some(3) { 5 } else { 3 }
    }
}

/// The flag that a step is on a track.
pub const fn flag(step: u8, investment: bool) -> Flag {
    match (step, investment) {
        (0, _) => Flag::None,
        (1 | 2, _) => Flag::Monitor,
        (3..=5, true) => Flag::Engage,
        (3..=5, false) => Flag::DueDiligence,
        (_, true) => Flag::Divest,
        (_, false) => Flag::Exclude,
    }
}

/// What a step is called once nothing waits for a person any more. `pool` is whoever decides on pooled investments.
pub fn step_text(step: u8, case: &Case, pool: &str) -> Cow<'static, str> {
    match (step, case.investment) {
        (0, _) => "none".into(),
        (1, _) => "monitor".into(),
        (2, _) => "ask the party".into(),
        (3, false) => "enhanced due diligence".into(),
        (4, false) => "agree a remedy with the supplier".into(),
        // A reminder, not a ban: rule R16.
        (5, false) => "run the statutory exclusion assessment before new awards".into(),
        (_, false) => "assess exclusion or termination".into(),
        (3, true) => "engage".into(),
        (4, true) => "escalate the engagement".into(),
        (5, true) if case.pooled => format!("ask {pool} to put no new money in").into(),
        (5, true) => "put no new money in".into(),
        (_, true) if case.pooled => format!("raise with {pool}").into(),
        (_, true) => "decide on divestment".into(),
    }
}
