//! How high the score of two forms can be, given what little the index knows of them: why it may leave pairs out.
//!
//! The score is a sum of weighted measures. Here the few measures that a matched word moves are bounded by what can match;
//! every other is taken at whichever end of its range speaks more for a match. All is derived from [`weights`], so that
//! other weights need no other bounds.

use std::sync::LazyLock;

use super::measures::{COUNT, NAMES};
use super::weights;
use crate::normalise::legal_form::FormClass;
use crate::normalise::{Form, Role};

/// Into so many steps a share is cut; it is rounded up to the next.
const SHARES: u16 = 512;
/// Into so many steps a nat is cut where its logarithm is looked up.
const STEPS_A_NAT: f32 = 8.0;
/// Up to so many nats logarithms are looked up.
const NATS: u16 = 128;

/// What may be said for a match of persons, or of others.
#[derive(Debug)]
pub(crate) struct Terms {
    /// The constant, and every measure not named below at its best.
    pub(crate) fixed: f32,
    /// What the share of the subject that is accounted for says, by its step.
    shares: Vec<f32>,
    /// What an entry that is accounted for wholly says.
    pub(crate) entry_share: f32,
    /// What matched nats say, by their step.
    evidence: Vec<f32>,
    evidence_weight: f64,
    /// What two spellings say that are the same; half alike, half of it.
    pub(crate) spelling: f32,
    form_same: f32,
    form_other: f32,
    part: f32,
}

/// For others than persons, and for persons.
static TERMS: LazyLock<[Terms; 2]> =
    LazyLock::new(|| [&weights::ORGANISATION, &weights::PERSON].map(|(table, constant)| Terms::new(table, *constant)));

/// The least and the most that a measure can be.
pub(crate) fn range(measure: &str) -> (f64, f64) {
    match measure {
        "log_least" => (0.05_f64.ln(), 1.05_f64.ln()),
        "evidence" => (0.0, MOST_EVIDENCE),
        _ => (0.0, 1.0),
    }
}

/// The logarithm of more nats than forty words weigh.
const MOST_EVIDENCE: f64 = 6.0;

/// The measures that are bounded by what the index knows, or by what the alike words weigh.
const BOUNDED: [&str; 9] = [
    "subject_share", "entry_share", "least_share", "log_least", "evidence", "spelling", "form_same", "form_other", "part",
];

impl Terms {
    /// For persons, or for others.
    pub(crate) fn of(person: bool) -> &'static Self {
        let [others, persons] = &*TERMS;
        if person { persons } else { others }
    }

    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    fn new(table: &[f64; COUNT], constant: f64) -> Self {
        let weight = |name: &str| NAMES.iter().zip(table).find(|(known, _)| **known == name).map_or(0.0, |(_, w)| *w);
        let best = |name: &str, weight: f64| {
            let (least, most) = range(name);
            (weight * least).max(weight * most)
        };
        let unbounded = NAMES.iter().zip(table).filter(|(name, _)| !BOUNDED.contains(name));
        let fixed = constant + unbounded.map(|(name, weight)| best(name, *weight)).sum::<f64>();
        // The least of two shares is at most the subject's; where it speaks against a match it may be nothing.
        let by_share = |share: f64| {
            let log = weight("log_least");
            let log = if log > 0.0 { log * (share + 0.05).ln() } else { best("log_least", log) };
            (weight("subject_share").max(0.0) + weight("least_share").max(0.0)) * share + log
        };
        let evidence_weight = weight("evidence").max(0.0);
        Self {
            fixed: (fixed + weights::FORMER.max(0.0)) as f32,
            shares: (0..=SHARES).map(|step| by_share(f64::from(step) / f64::from(SHARES)) as f32).collect(),
            entry_share: weight("entry_share").max(0.0) as f32,
            evidence: (0..=NATS * STEPS_A_NAT as u16)
                .map(|step| (evidence_weight * (f64::from(step) / f64::from(STEPS_A_NAT)).ln_1p()) as f32)
                .collect(),
            evidence_weight,
            spelling: weight("spelling").max(0.0) as f32,
            form_same: weight("form_same") as f32,
            form_other: weight("form_other") as f32,
            part: weight("part") as f32,
        }
    }

    /// What it says at most that so much of the subject's weight is accounted for.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the number of steps")]
    pub(crate) fn shared(&self, share: f32) -> f32 {
        let step = (share.clamp(0.0, 1.0) * f32::from(SHARES)).ceil() as usize;
        self.shares.get(step).copied().unwrap_or(f32::INFINITY)
    }

    /// What so many nats of matched words say at most.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative; rounding is allowed for by `SLACK`")]
    pub(crate) fn evidence(&self, nats: f32) -> f32 {
        let step = (nats.max(0.0) * STEPS_A_NAT).ceil() as usize;
        self.evidence.get(step).copied().unwrap_or((self.evidence_weight * f64::from(nats).ln_1p()) as f32)
    }

    /// What the forms of the two names say, and whether either is a part of a name.
    pub(crate) fn form(&self, subject: &Form, entry: FormKind) -> f32 {
        let legal = match subject.legal.zip(entry.legal()) {
            Some((ours, theirs)) if ours as u8 == theirs => self.form_same,
            Some((ours, theirs)) if contradicts(ours, theirs) => self.form_other,
            Some(_) => 0.0,
            None => 0.0,
        };
        let part = is_part(subject) || entry.is_part();
        legal + if part { self.part } else { 0.0 }
    }
}

/// What sums of single-precision numbers may be off by, and more.
pub(crate) const SLACK: f32 = 1e-3;

/// What a posting tells of a form beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FormKind(pub(crate) u8);

const PERSON: u8 = 1;
const PART: u8 = 2;
const LEGAL: u8 = 2;

impl FormKind {
    /// So many kinds there are at most.
    pub(crate) const COUNT: u8 = 64;

    /// The kind of a form of an entry.
    pub(crate) fn of(form: &Form, person: bool) -> Self {
        let legal = form.legal.map_or(0, |legal| legal as u8 + 1) << LEGAL;
        Self(legal | if is_part(form) { PART } else { 0 } | u8::from(person) * PERSON)
    }

    /// Whether the entry is a person.
    pub(crate) const fn is_person(self) -> bool {
        self.0 & PERSON != 0
    }

    const fn is_part(self) -> bool {
        self.0 & PART != 0
    }

    /// The number of the class of its legal form.
    const fn legal(self) -> Option<u8> {
        (self.0 >> LEGAL).checked_sub(1)
    }
}

/// As [`FormClass::contradicts`], where the two differ.
fn contradicts(ours: FormClass, theirs: u8) -> bool {
    ours != FormClass::Corporation && theirs != FormClass::Corporation as u8
}

fn is_part(form: &Form) -> bool {
    form.role != Role::Whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::{NameStrength, Party, measure};
    use crate::normalise::Name;
    use crate::vocab::EntityKind;

    const WORDS: &[&str] = &[
        "Merrowby", "Merowby", "Quellington", "Bio", "Tech", "BioTech", "Trading", "Zavod", "Works", "Xinjiang", "North",
        "Bank", "of", "10th", "3", "Ltd", "plc", "OOO", "MQT", "新疆", "(Hong Kong)", "T/A", "formerly", "Ivan", "I",
    ];

    fn party(names: Vec<Name>) -> Party {
        let names = names.into_iter().map(|name| (name, NameStrength::Primary)).collect();
        Party { names, kind: EntityKind::Organisation, countries: vec![], identifiers: vec![] }
    }

    fn a_name() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(WORDS), 1..45).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn every_measure_stays_within_its_range(a in a_name(), b in a_name(), person in any::<bool>()) {
            let kind = if person { EntityKind::Person } else { EntityKind::Organisation };
            let (a, b) = (party(vec![Name::subject(&a, kind)]), party(vec![Name::entry(&b, kind)]));
            let Some(measured) = measure(&a, &b) else { return Ok(()) };
            for (name, value) in NAMES.iter().zip(measured.0) {
                let (least, most) = range(name);
                prop_assert!((least - 1e-9..=most + 1e-9).contains(&value), "{name}: {value}");
            }
        }
    }

    #[test]
    fn steps_round_up() {
        for person in [false, true] {
            let terms = Terms::of(person);
            for i in 0..1_000_u16 {
                let nats = f32::from(i) * 0.213;
                assert!(f64::from(terms.evidence(nats)) >= terms.evidence_weight * f64::from(nats).ln_1p() - 1e-5);
                let share = f32::from(i) / 999.0;
                assert!(terms.shared(share) >= terms.shared(share * 0.9) - 1e-6);
            }
        }
    }
}
