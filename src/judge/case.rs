//! The facts that the rules look at: one candidate, with everything but words taken away.
//!
//! A [`Case`] holds only values of the vocabulary and answers to yes-or-no questions, so that every rule is a
//! short condition and all combinations can be listed.

use jiff::{ToSpan, civil::Date};

use crate::judge::{Decision, Policy};
use crate::matching::{Evidence, Match};
use crate::record::Subject;
use crate::vocab::{Authority, Band, EntityKind, Ground, ListingStatus, Proof, Relation};
use crate::watchlist::{Entry, ListFacts};

/// What a candidate is judged on.
#[derive(Debug, Clone, Copy)]
pub struct JudgeInput<'a> {
    /// Who was screened.
    pub subject: &'a Subject,
    /// What holds for the whole list.
    pub facts: &'a ListFacts,
    /// The listed entry.
    pub entry: &'a Entry,
    /// How they compare.
    pub matched: &'a Match,
    /// The decision that stands for this candidate; never one that has expired or been reopened.
    pub decision: Option<&'a Decision>,
    /// The other entries found for the same subject.
    pub others: &'a [Source<'a>],
    /// What the council has set.
    pub policy: &'a Policy,
    /// The day the run is judged by.
    pub as_of: Date,
    /// Whether every critical list and every input was fit.
    pub fit: bool,
}

/// Another entry found for the same subject, which may support this one.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What holds for its list.
    pub facts: &'a ListFacts,
    /// The entry.
    pub entry: &'a Entry,
    /// How well the identity is supported there.
    pub band: Band,
}

/// One candidate as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to one question that a rule asks")]
pub struct Case {
    /// Whether the investment ladder applies, not the supplier one.
    pub investment: bool,
    /// What the listing is for.
    pub ground: Ground,
    /// Whether that is in scope.
    pub in_scope: bool,
    /// Who says so.
    pub authority: Authority,
    /// How sure they had to be.
    pub proof: Proof,
    /// Whether the listing stands on the day of the run.
    pub status: ListingStatus,
    /// Whether the entry is a place, product or crop, or the match says that it only touches one.
    pub place_or_product: bool,
    /// Whether entry and subject are of different kinds, such as a ship and a company.
    pub other_kind: bool,
    /// How the subject stands to the entry.
    pub relation: Relation,
    /// How well the identity is supported.
    pub band: Band,
    /// Whether a fact beside the name agrees.
    pub second_fact: bool,
    /// Whether the list is of sanctions that bind everybody in the UK.
    pub uk_sanctions: bool,
    /// Whether the event is dated within five years of the run.
    pub dated_within_five_years: bool,
    /// Whether an independent source of authority A to C says the same.
    pub second_abc_source: bool,
    /// Whether an independent source of authority D or E says the same.
    pub second_de_source: bool,
    /// Whether the investment is managed by a pool.
    pub pooled: bool,
    /// Whether the run is fit.
    pub fit: bool,
    /// What a person has decided.
    pub decided: Decided,
}

/// What a person has decided, as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to one question that a rule asks")]
pub struct Decided {
    /// That it is the listed entity.
    pub same: bool,
    /// That it needs no further work.
    pub dismissed: bool,
    /// By one person, checked by another, with a reason.
    pub four_eyes: bool,
    /// The worst part of the severity, where it was assessed.
    pub severity: Option<u8>,
    /// With the share held, and its source.
    pub ownership: bool,
    /// With evidence on file beyond the listing.
    pub evidence: bool,
    /// With the supplier's representations.
    pub representations: bool,
    /// With both tests for investments.
    pub both_tests: bool,
}

impl Case {
    /// The case that an input makes.
    pub fn of(input: &JudgeInput<'_>) -> Self {
        let JudgeInput { subject, facts, entry, matched, policy, as_of, .. } = *input;
        Self {
            investment: subject.track.is_investment(),
            ground: entry.ground,
            in_scope: policy.in_scope(entry.ground),
            authority: facts.authority,
            proof: facts.proof,
            status: status_on(entry, as_of),
            place_or_product: is_place_or_product(entry.kind)
                || matched.relation == Relation::ProductOrRegion,
            other_kind: entry.kind != subject.kind,
            relation: matched.relation,
            band: matched.band,
            second_fact: matched.evidence.iter().any(is_second_fact),
            uk_sanctions: is_uk_sanction(facts, entry),
            dated_within_five_years: is_within_five_years(entry, as_of),
            second_abc_source: facts.authority <= Authority::C
                && input
                    .others
                    .iter()
                    .any(|other| other.facts.authority <= Authority::C && supports(other, input)),
            second_de_source: input.others.iter().any(|other| {
                matches!(other.facts.authority, Authority::D | Authority::E) && supports(other, input)
            }),
            pooled: policy.holdings.pooled,
            fit: input.fit,
            decided: input.decision.map_or_else(Decided::default, Decided::of),
        }
    }

    /// Whether the listing has ended.
    pub fn has_ended(&self) -> bool {
        matches!(self.status, ListingStatus::Removed | ListingStatus::Expired)
    }
}

impl Decided {
    fn of(decision: &Decision) -> Self {
        let record = &decision.on_record;
        Self {
            same: decision.confirms(),
            dismissed: decision.dismisses(),
            four_eyes: decision.has_four_eyes(),
            severity: record.severity.map(super::Severity::worst),
            ownership: record.ownership.is_some(),
            evidence: record.evidence.is_some(),
            representations: record.representations.is_some(),
            both_tests: record.detriment_test.is_some() && record.support_test.is_some(),
        }
    }
}

const fn is_place_or_product(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Region | EntityKind::Product)
}

/// The status on a day: a listing whose last day has come is over, whatever its status says, unless it was listed again.
fn status_on(entry: &Entry, as_of: Date) -> ListingStatus {
    let over = entry.delisted_on.is_some_and(|date| date.latest() <= as_of);
    match entry.status {
        ListingStatus::Current
        | ListingStatus::Unknown
        | ListingStatus::Suspended
        | ListingStatus::UnderAppeal
            if over =>
        {
            ListingStatus::Removed
        }
        status => status,
    }
}

/// Facts that stand beside the name: an agreeing country, identifier, address or date.
fn is_second_fact(evidence: &Evidence) -> bool {
    evidence.weight > 0.0
        && matches!(evidence.kind, "identifier" | "country" | "address" | "postcode" | "date" | "products")
}

/// Sanctions are the A1 lists that are no debarment: the debarment list binds too, but by its own procedure.
fn is_uk_sanction(facts: &ListFacts, entry: &Entry) -> bool {
    facts.authority == Authority::A1 && !debars(&facts.measure) && !debars(&entry.measure)
}

/// Whether a measure speaks of debarment, in whatever case: no letter outside ASCII has one of these as its small form.
fn debars(measure: &str) -> bool {
    let word = b"debar";
    measure.as_bytes().windows(word.len()).any(|found| found.eq_ignore_ascii_case(word))
}

/// Only a date that lies inside for certain counts: a bare year does so when its first day does.
///
/// The listing date stands for the event where a list gives no other: it is the latest day on which the event can have happened.
fn is_within_five_years(entry: &Entry, as_of: Date) -> bool {
    let Ok(first) = as_of.checked_sub(5.years()) else { return false };
    entry.listed_on.is_some_and(|date| first <= date.earliest() && date.earliest() <= as_of)
}

impl Source<'_> {
    /// Whether it may support another entry found for the subject, if the two are independent.
    ///
    /// It must stand, be about people's rights, name a party and be at least a probable match itself.
    pub(super) fn may_support(&self, subject: &Subject, policy: &Policy, as_of: Date) -> bool {
        self.band <= Band::Probable
            && self.entry.kind == subject.kind
            && policy.in_scope(self.entry.ground)
            && matches!(status_on(self.entry, as_of), ListingStatus::Current | ListingStatus::Relisted)
    }

    /// Whether it names a party that the report shows, so that a place may be shown beside it.
    pub(super) fn shows_a_party(&self, subject: &Subject, policy: &Policy) -> bool {
        self.entry.kind == subject.kind && self.band <= Band::Possible && policy.reports(self.band)
    }
}

/// Whether another entry found for the subject supports this one.
fn supports(other: &Source<'_>, input: &JudgeInput<'_>) -> bool {
    other.may_support(input.subject, input.policy, input.as_of)
        && !is_same(origin(other.facts), origin(input.facts))
}

/// Where a source comes from; two of one origin are one source.
///
/// Courts, governments and international bodies are told apart by jurisdiction, since the agencies of one government list on
/// the same file. Peers, campaigners and the press speak for themselves, so they are told apart by publisher.
/// Where a list leaves the one open, the other stands for it.
fn origin(facts: &ListFacts) -> &str {
    let (first, second) = if facts.authority <= Authority::C {
        (&facts.jurisdiction, &facts.publisher)
    } else {
        (&facts.publisher, &facts.jurisdiction)
    };
    if first.is_empty() { second } else { first }
}

/// Whether two origins are one, in whatever case. Asked for every pair of sources, so that the usual answers cost no text.
fn is_same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        one.eq_ignore_ascii_case(other)
    } else {
        one == other || one.to_lowercase() == other.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_one_in_whatever_case() {
        for (one, other, same) in [
            ("US", "us", true),
            ("US", "UK", false),
            ("Żółw Fund", "żółw fund", true),
            ("Żółw Fund", "Zolw Fund", false),
            ("\u{212a}enya", "kenya", true),
        ] {
            assert_eq!(is_same(one, other), same, "{one} {other}");
        }
    }

    #[test]
    fn debarment_is_seen_in_whatever_case_and_place() {
        for (measure, seen) in [
            ("Mandatory DEBARment", true),
            ("debar", true),
            ("asset freeze", false),
            ("deba", false),
            ("", false),
        ] {
            assert_eq!(debars(measure), seen, "{measure}");
        }
    }
}
