//! The condition of every rule: what a case must look like for it to speak, and what it then says.
//!
//! The texts are in [`rules`](super::rules); the numbers stand here, next to their conditions.

use crate::judge::Case;
use crate::vocab::{Authority, Band, ListingStatus, Relation};

/// What a rule says about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// No step above this one.
    AtMost(u8),
    /// No step below this one.
    AtLeast(u8),
    /// The legal check, beside and above the ladder.
    Legal,
    /// The step stays, its wording is fixed.
    Wording,
}

/// The condition of a rule, given the case and the step that the rules before it left.
pub(super) type Condition = fn(&Case, u8) -> Option<Effect>;

const fn when(holds: bool, effect: Effect) -> Option<Effect> {
    if holds { Some(effect) } else { None }
}

/// R01: a name alone.
pub(super) fn name_only(case: &Case, _: u8) -> Option<Effect> {
    let alone = match case.band {
        Band::Possible | Band::Weak => true,
        Band::Probable => !case.second_fact,
        Band::ConfirmedId | Band::Strong | Band::Contradicted => false,
    };
    when(alone && !case.decided.same, Effect::AtMost(2))
}

/// R02: nobody has confirmed who it is.
pub(super) fn identity_open(case: &Case, _: u8) -> Option<Effect> {
    when(!case.decided.same, Effect::AtMost(3))
}

/// R03: only peers, campaigners, the press or the party itself say so.
pub(super) fn soft_source(case: &Case, _: u8) -> Option<Effect> {
    when(case.authority >= Authority::D, Effect::AtMost(case.peer_ceiling()))
}

/// R04: not what the policy is about.
pub(super) fn out_of_scope(case: &Case, _: u8) -> Option<Effect> {
    when(!case.in_scope, Effect::AtMost(0))
}

/// R05: the listing has ended.
pub(super) fn listing_ended(case: &Case, _: u8) -> Option<Effect> {
    when(case.has_ended(), Effect::AtMost(1))
}

/// R06: the listing is suspended or under appeal.
pub(super) fn listing_contested(case: &Case, _: u8) -> Option<Effect> {
    when(matches!(case.status, ListingStatus::Suspended | ListingStatus::UnderAppeal), Effect::AtMost(3))
}

/// R07: a supplier, and only a place or a product is listed.
pub(super) fn place_of_supplier(case: &Case, _: u8) -> Option<Effect> {
    when(case.place_or_product && !case.investment, Effect::AtMost(1))
}

/// R08: not the listed party itself, and nobody has recorded how much of it is owned.
pub(super) fn related_only(case: &Case, _: u8) -> Option<Effect> {
    let related = matches!(
        case.relation,
        Relation::Parent
            | Relation::Subsidiary
            | Relation::Sister
            | Relation::NamedScope
            | Relation::ProductOrRegion
    );
    when((related || case.place_or_product || case.other_kind) && !case.decided.ownership, Effect::AtMost(3))
}

/// R09: a fact disagrees.
pub(super) fn contradicted(case: &Case, _: u8) -> Option<Effect> {
    when(case.band == Band::Contradicted && !case.decided.same, Effect::AtMost(2))
}

/// R10: nobody has assessed how grave the harm is.
pub(super) fn severity_open(case: &Case, _: u8) -> Option<Effect> {
    when(case.decided.severity.is_none(), Effect::AtMost(4))
}

/// R11: a supplier, and no event inside the five years that the Procurement Act looks back.
pub(super) fn undated(case: &Case, _: u8) -> Option<Effect> {
    when(!case.investment && !case.dated_within_five_years, Effect::AtMost(5))
}

/// R12: a serious step that only one person stands behind.
pub(super) fn one_pair_of_eyes(case: &Case, step: u8) -> Option<Effect> {
    when(step >= 4 && !case.decided.four_eyes, Effect::AtMost(3))
}

/// R13: the last step without what the law wants on record first.
pub(super) fn not_on_record(case: &Case, step: u8) -> Option<Effect> {
    let recorded = if case.investment { case.decided.both_tests } else { case.decided.representations };
    when(step >= 6 && !recorded, Effect::AtMost(5))
}

/// R14: UK sanctions.
///
/// The ground does not matter: dealing with a designated party is an offence whatever it was designated for. A place or product is no party.
pub(super) fn uk_sanctions(case: &Case, _: u8) -> Option<Effect> {
    let likely = matches!(case.band, Band::ConfirmedId | Band::Strong | Band::Probable) || case.decided.same;
    when(case.uk_sanctions && likely && !case.has_ended() && !case.place_or_product, Effect::Legal)
}

/// R15: the run is not fit, so nothing may look as if it were cleared.
pub(super) fn unfit(case: &Case, step: u8) -> Option<Effect> {
    when(!case.fit && step == 0, Effect::AtLeast(1))
}

/// R16: step 5 on the supplier track is a reminder.
pub(super) fn reminder(case: &Case, step: u8) -> Option<Effect> {
    when(!case.investment && step == 5, Effect::Wording)
}
