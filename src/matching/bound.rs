//! How high the score of two forms can be, given what little the index knows of them: why it may leave pairs out.
//!
//! The score is a sum of weighted measures. Those that a matched word moves are bounded by what can match, those of left-over
//! words by what is certainly left over, and every other is taken at whichever end of its range speaks more for a match. All
//! is derived from [`weights`], so that other weights need no other bounds. Forms with words that are
//! joined on one side, or spelt by initials, have keys of their own in the index; only there is [`Terms::initials`] added.

use std::sync::LazyLock;

use super::measures::{HEAVIEST, LONG_ENOUGH, MOST_LEFT, NAMES, most};
use super::weights::{self, Weights};
use crate::normalise::legal_form::FormClass;
use crate::normalise::{Form, WordClass};

/// Into so many steps a share is cut; it is rounded up to the next.
const SHARES: u16 = 512;
/// Into so many steps a nat is cut where its logarithm is looked up.
const STEPS_A_NAT: u16 = 8;
/// Up to so many nats logarithms are looked up.
const NATS: u16 = 128;
/// What sums of single-precision numbers may be off by, and more.
pub(crate) const SLACK: f32 = 2e-3;

/// A measure of one share, weighed, by steps of that share.
#[derive(Debug)]
struct Curve(Vec<f32>);

impl Curve {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    fn new(says: impl Fn(f64) -> f64) -> Self {
        Self((0..=SHARES).map(|step| says(f64::from(step) / f64::from(SHARES)) as f32).collect())
    }

    /// What a share of at most so much says at most.
    #[inline]
    fn at(&self, share: f32) -> f32 {
        let step = up(share.clamp(0.0, 1.0) * f32::from(SHARES));
        self.0.get(step).copied().unwrap_or(f32::INFINITY)
    }
}

/// What may be said for a match by one table of weights.
#[derive(Debug)]
pub(crate) struct Terms {
    /// The constant, and every measure not named below at its best.
    fixed: f32,
    subject_share: Curve,
    entry_share: Curve,
    /// Never negative.
    evidence: f32,
    extra_beside: f32,
    /// Signed.
    conflict_beside: f32,
    spelling_beside: f32,
    heaviest: f32,
    spelling: Curve,
    near: f32,
    /// What it says at most that initials explain a left-over word.
    pub(crate) initials: f32,
    /// The measures of left-over words, signed: in the order of [`LEFT`].
    left: [f32; LEFT.len()],
    /// The same where they speak against a match, else 0.
    left_worst: [f32; LEFT.len()],
    /// What they say at best.
    left_best: f32,
    single_word: f32,
    form_same: f32,
    form_other: f32,
    form_missing: f32,
    part: f32,
    /// Signed: in the order of [`CERTAIN`].
    certain: [f32; CERTAIN.len()],
    /// What they say at best, which `fixed` says.
    certain_best: f32,
}

/// What is measured where it is known which word stands for which.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Certain {
    pub(crate) first_word: bool,
    pub(crate) disorder: f32,
    /// The shares of the matched weight.
    pub(crate) concept: f32,
    pub(crate) slips: f32,
    /// Whether words of their own are matched.
    pub(crate) is_own: bool,
    /// The heaviest word that is matched, and what all account for together, in nats.
    pub(crate) heaviest: f32,
    pub(crate) nats: f32,
}

/// For others than persons in one script and across scripts, and for persons.
static TERMS: LazyLock<[Terms; SIDES]> = LazyLock::new(|| {
    [weights::table(false, false), weights::table(false, true), weights::table(true, false)].map(Terms::new)
});

/// Logarithms of 1 and so many nats, by their step.
static LOGARITHMS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    let log = |step: u16| (f64::from(step) / f64::from(STEPS_A_NAT)).ln_1p() as f32;
    (0..=NATS * STEPS_A_NAT).map(log).collect()
});

/// The next whole number of steps: `ceil` calls a function, since it must run on old processors as well.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "not negative, and few steps"
)]
#[inline]
fn up(steps: f32) -> usize {
    let whole = steps as usize;
    whole.saturating_add(usize::from((whole as f32) < steps))
}

/// The logarithm of 1 and so many nats, or a little more.
#[inline]
fn log(nats: f32) -> f32 {
    let step = up(nats.max(0.0) * f32::from(STEPS_A_NAT));
    LOGARITHMS.get(step).copied().unwrap_or_else(|| nats.ln_1p())
}

/// The logarithm of 1 and so many nats in common.
#[inline]
pub(crate) fn evidence(nats: f32) -> f32 {
    nats.max(0.0).ln_1p()
}

/// The least and the most that a measure can be.
pub(crate) fn range(measure: &str) -> (f64, f64) {
    match measure {
        "evidence" | "extra_beside" | "conflict_beside" | "spelling_beside" => (0.0, MOST_EVIDENCE),
        _ => (0.0, 1.0),
    }
}

/// The logarithm of more nats than forty words weigh.
const MOST_EVIDENCE: f64 = 6.0;

/// The measures of what is left over on either side.
const LEFT: [&str; 11] = [
    "conflict",
    "subject_extra",
    "entry_extra",
    "place_conflict",
    "subject_place",
    "entry_place",
    "number_conflict",
    "number_extra",
    "trade_conflict",
    "subject_trade",
    "entry_trade",
];

/// The other measures that are bounded by what the index knows, or by what the alike words weigh.
const BOUNDED: [&str; 18] = [
    "conflict_beside",
    "spelling_beside",
    "subject_share",
    "subject_most",
    "entry_share",
    "entry_most",
    "evidence",
    "extra_beside",
    "heaviest",
    "spelling",
    "spelling_most",
    "left_near",
    "initials",
    "single_word",
    "form_same",
    "form_other",
    "form_missing",
    "part",
];

/// The measures that are known where it is known which word stands for which, beside those above: in the order of [`Certain`].
const CERTAIN: [&str; 8] =
    ["first_word", "disorder", "concept", "slips", "bare", "all_own", "place_decides", "number_decides"];

/// How many tables there are.
pub(crate) const SIDES: usize = 3;

/// Words left over, in nats by sort of word.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Left {
    pub(crate) own: f32,
    pub(crate) place: f32,
    pub(crate) trade: f32,
    pub(crate) number: f32,
}

impl Left {
    /// What one word leaves over.
    #[inline]
    pub(crate) fn of(class: WordClass, weight: f32) -> Self {
        let mut left = Self::default();
        match class {
            WordClass::Ordinary => left.own = weight,
            WordClass::Place => left.place = weight,
            WordClass::Generic => left.trade = weight,
            WordClass::Number => left.number = weight,
            WordClass::Small => {}
        }
        left
    }

    /// Both together.
    #[inline]
    pub(crate) fn and(self, other: Self) -> Self {
        let Self { own, place, trade, number } = other;
        Self {
            own: self.own + own,
            place: self.place + place,
            trade: self.trade + trade,
            number: self.number + number,
        }
    }

    /// What is left of it without the other.
    #[inline]
    pub(crate) fn without(self, other: Self) -> Self {
        let Self { own, place, trade, number } = other;
        Self {
            own: (self.own - own).max(0.0),
            place: (self.place - place).max(0.0),
            trade: (self.trade - trade).max(0.0),
            number: (self.number - number).max(0.0),
        }
    }

    /// Of each sort the more.
    #[inline]
    pub(crate) fn or(self, other: Self) -> Self {
        let Self { own, place, trade, number } = other;
        Self {
            own: self.own.max(own),
            place: self.place.max(place),
            trade: self.trade.max(trade),
            number: self.number.max(number),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a small number")]
#[inline]
fn scaled(nats: f32) -> f32 {
    (nats / MOST_LEFT as f32).min(1.0)
}

/// A word of so many nats, as `matching::measures` measures the heaviest.
#[expect(clippy::cast_possible_truncation, reason = "a small number")]
#[inline]
fn heaviest(nats: f32) -> f32 {
    (nats / HEAVIEST as f32).min(1.0)
}

impl Terms {
    /// The terms of a side, by its number.
    pub(crate) fn of(side: usize) -> Option<&'static Self> {
        TERMS.get(side)
    }

    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    fn new((table, constant): &Weights) -> Self {
        let weight =
            |name: &str| NAMES.iter().zip(table).find(|(known, _)| **known == name).map_or(0.0, |(_, w)| *w);
        let helps = |name: &str| weight(name).max(0.0);
        let is_bounded = |name: &str| BOUNDED.contains(&name) || LEFT.contains(&name);
        let unbounded = NAMES.iter().zip(table).filter(|(name, _)| !is_bounded(name));
        let best = unbounded.map(|(name, weight)| {
            let (least, most) = range(name);
            (weight * least).max(weight * most)
        });
        let curve = |plain: &str, beyond: &str| {
            let (plain, beyond) = (helps(plain), helps(beyond));
            Curve::new(|share| plain * share + beyond * most(share))
        };
        let left = LEFT.map(|name| weight(name) as f32);
        let certain = CERTAIN.map(|name| weight(name) as f32);
        Self {
            fixed: (constant + best.sum::<f64>() + weights::FORMER.max(0.0)) as f32,
            subject_share: curve("subject_share", "subject_most"),
            entry_share: curve("entry_share", "entry_most"),
            evidence: helps("evidence") as f32,
            extra_beside: helps("extra_beside") as f32,
            conflict_beside: weight("conflict_beside") as f32,
            spelling_beside: weight("spelling_beside") as f32,
            heaviest: helps("heaviest") as f32,
            spelling: curve("spelling", "spelling_most"),
            near: helps("left_near") as f32,
            initials: helps("initials") as f32,
            left,
            left_worst: left.map(|weight| weight.min(0.0)),
            left_best: left.iter().map(|weight| weight.max(0.0)).sum(),
            single_word: weight("single_word") as f32,
            form_same: weight("form_same") as f32,
            form_other: weight("form_other") as f32,
            form_missing: weight("form_missing") as f32,
            part: weight("part") as f32,
            certain,
            certain_best: certain.iter().map(|weight| weight.max(0.0)).sum(),
        }
    }

    /// What words say at most that account for this share of the subject, and have so many nats in common, but for the evidence.
    #[inline]
    pub(crate) fn matched(&self, share: f32, nats: f32) -> f32 {
        self.fixed + self.subject_share.at(share) + self.heaviest * heaviest(nats)
    }

    /// What nats in common and spellings say at most, where the nats are so many or fewer and the spellings so much alike or less.
    #[inline]
    pub(crate) fn together(&self, nats: f32, spelling: f32) -> f32 {
        let nats = log(nats);
        // Beside given nats a curve that bends upwards, beside given spellings a line: the most is at a corner.
        let without = self.evidence_and_spelling(0.0, 0.0).max(self.evidence_and_spelling(0.0, spelling));
        without.max(self.evidence_and_spelling(nats, 0.0)).max(self.evidence_and_spelling(nats, spelling))
    }

    /// The same where the nats in common have exactly this logarithm ([`evidence`]), and the spellings are at least and at most so much
    /// alike.
    #[inline]
    pub(crate) fn together_exactly(&self, evidence: f32, (least, most): (f32, f32)) -> f32 {
        self.evidence_and_spelling(evidence, least).max(self.evidence_and_spelling(evidence, most))
    }

    #[inline]
    fn evidence_and_spelling(&self, log_nats: f32, spelling: f32) -> f32 {
        self.spelling.at(spelling) + log_nats * (self.evidence + self.spelling_beside * spelling)
    }

    /// What nats in common of exactly this logarithm say beside exactly these left-overs of either side's own.
    #[inline]
    pub(crate) fn beside_exactly(&self, evidence: f32, subject: f32, entry: f32) -> f32 {
        let conflict = self.conflict_beside * scaled(subject.min(entry));
        evidence * (self.extra_beside * scaled(subject) + conflict)
    }

    /// The same where the left-overs of the entry are not known.
    #[inline]
    pub(crate) fn beside_subject(&self, evidence: f32, subject: f32) -> f32 {
        evidence * (self.extra_beside + self.conflict_beside.max(0.0)) * scaled(subject)
    }

    /// What nats in common say at most beside left-overs of which only the subject's least and most is known, together with what
    /// left-overs of its own say, so far as [`Terms::left_at_least`] has not said it: that takes the least.
    #[inline]
    pub(crate) fn beside(&self, nats: f32, least: f32, most: f32) -> f32 {
        let (least, most) = (scaled(least), scaled(most));
        let [_, own, ..] = self.left_worst;
        let says = log(nats) * (self.extra_beside + self.conflict_beside.max(0.0));
        // More left over says more beside what is common, and less by itself.
        says * least + (says + own).max(0.0) * (most - least)
    }

    /// What this share of the entry says at most, and left-overs that are so near one another.
    #[inline]
    pub(crate) fn rest(&self, shares: (f32, f32), near: f32) -> f32 {
        let (subject, entry) = shares;
        self.entry_share.at(entry) + self.near * near * (2.0 * subject.min(entry)).min(1.0)
    }

    /// What left-over words say at most, where the subject has at least these left over.
    #[inline]
    pub(crate) fn left_at_least(&self, subject: Left) -> f32 {
        let [_, own, _, _, place, _, _, _, _, trade, _] = self.left_worst;
        self.left_best
            + own * scaled(subject.own)
            + place * scaled(subject.place)
            + trade * scaled(subject.trade)
    }

    /// How near left-overs are where the shorter has so many letters: short ones less.
    #[expect(clippy::cast_possible_truncation, reason = "a small number")]
    #[inline]
    pub(crate) fn near(letters: f32, near: f32) -> f32 {
        near.clamp(0.0, 1.0) * (letters / LONG_ENOUGH as f32).min(1.0)
    }

    /// What exactly these left-over words say.
    #[inline]
    pub(crate) fn left(&self, subject: Left, entry: Left) -> f32 {
        let yes = |found: bool| if found { 1.0 } else { 0.0 };
        let (s, e) = (subject, entry);
        let measured = [
            scaled(s.own.min(e.own)),
            scaled(s.own),
            scaled(e.own),
            scaled(s.place.min(e.place)),
            scaled(s.place),
            scaled(e.place),
            yes(s.number > 0.0 && e.number > 0.0),
            yes((s.number > 0.0) != (e.number > 0.0)),
            scaled(s.trade.min(e.trade)),
            scaled(s.trade),
            scaled(e.trade),
        ];
        measured.iter().zip(&self.left).map(|(value, weight)| value * weight).sum()
    }

    /// What these measures say less than [`Terms::matched`] has allowed for, beside exactly these left-overs.
    #[inline]
    pub(crate) fn certain(&self, certain: &Certain, s: Left, e: Left) -> f32 {
        let yes = |found: bool| if found { 1.0 } else { 0.0 };
        let is_little = s.own + e.own + s.trade + e.trade == 0.0;
        let measured = [
            yes(certain.first_word),
            certain.disorder,
            certain.concept,
            certain.slips,
            yes(!certain.is_own),
            yes(certain.is_own && s.own + e.own == 0.0),
            yes(is_little && s.place > 0.0 && e.place > 0.0),
            yes(is_little && s.place + e.place == 0.0 && (s.number > 0.0) != (e.number > 0.0)),
        ];
        let says: f32 = measured.iter().zip(&self.certain).map(|(value, weight)| value * weight).sum();
        says - self.certain_best + self.heaviest * (heaviest(certain.heaviest) - heaviest(certain.nats))
    }

    /// What it says that only one word of each is matched, or more.
    pub(crate) fn words(&self, single: bool) -> f32 {
        if single { self.single_word } else { 0.0 }
    }

    /// The same where it is not known.
    pub(crate) fn some_words(&self) -> f32 {
        self.single_word.max(0.0)
    }

    /// What forms of names say at most, whatever they are.
    pub(crate) fn best_form(&self) -> f32 {
        [0.0, self.form_same, self.form_other, self.form_missing].into_iter().fold(0.0, f32::max)
            + self.part.max(0.0)
    }

    /// What the forms of the two names say, and whether either is a part of a name.
    pub(crate) fn form(&self, subject: &Form, entry: FormKind) -> f32 {
        let legal = match (subject.legal, entry.legal()) {
            (Some(ours), Some(theirs)) if ours as u8 == theirs => self.form_same,
            (Some(ours), Some(theirs)) if contradicts(ours, theirs) => self.form_other,
            (Some(_), Some(_)) | (None, None) => 0.0,
            _ => self.form_missing,
        };
        let part = is_part(subject) || entry.is_part();
        legal + if part { self.part } else { 0.0 }
    }
}

/// What a posting tells of a form beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FormKind(pub(crate) u8);

const PERSON: u8 = 1;
const PART: u8 = 2;
const FOREIGN: u8 = 4;
const LEGAL: u8 = 3;

impl FormKind {
    /// So many kinds there are at most.
    pub(crate) const COUNT: u8 = 64;

    /// The kind of a form of an entry.
    pub(crate) fn of(form: &Form, person: bool) -> Self {
        let legal = form.legal.map_or(0, |legal| legal as u8 + 1) << LEGAL;
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        Self(legal | flag(person, PERSON) | flag(is_part(form), PART) | flag(form.is_foreign, FOREIGN))
    }

    /// Whether the entry is a person.
    pub(crate) const fn is_person(self) -> bool {
        self.0 & PERSON != 0
    }

    /// The side on which it stands for a subject.
    #[inline]
    pub(crate) const fn side(self, subject_is_person: bool, subject_is_foreign: bool) -> usize {
        if subject_is_person || self.is_person() {
            2
        } else if (self.0 & FOREIGN != 0) != subject_is_foreign {
            1
        } else {
            0
        }
    }

    /// The kinds that stand on a side for a subject, a bit each.
    pub(crate) fn of_side(side: usize, subject_is_person: bool, subject_is_foreign: bool) -> u64 {
        const fn of(side: usize) -> [u64; 4] {
            [
                FormKind::counted(side, false, false),
                FormKind::counted(side, false, true),
                FormKind::counted(side, true, false),
                FormKind::counted(side, true, true),
            ]
        }
        const KINDS: [[u64; 4]; SIDES] = [of(0), of(1), of(2)];
        let subject = usize::from(subject_is_person) * 2 + usize::from(subject_is_foreign);
        KINDS.get(side).and_then(|kinds| kinds.get(subject)).copied().unwrap_or(0)
    }

    const fn counted(side: usize, subject_is_person: bool, subject_is_foreign: bool) -> u64 {
        let (mut kinds, mut kind) = (0, 0);
        while kind < Self::COUNT {
            if Self(kind).side(subject_is_person, subject_is_foreign) == side {
                kinds |= 1 << kind;
            }
            kind += 1;
        }
        kinds
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
    form.role.is_part()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::{NameStrength, Party, measure};
    use crate::normalise::Name;
    use crate::vocab::EntityKind;

    const WORDS: &[&str] = &[
        "Merrowby",
        "Merowby",
        "Quellington",
        "Bio",
        "Tech",
        "BioTech",
        "Trading",
        "Zavod",
        "Works",
        "Xinjiang",
        "North",
        "Bank",
        "of",
        "10th",
        "3",
        "Ltd",
        "plc",
        "OOO",
        "MQT",
        "新疆",
        "(Hong Kong)",
        "(Merrowby)",
        "(Tharnock Quellington)",
        "T/A",
        "Ltd/Xinjiang",
        "formerly",
        "Ivan",
        "I",
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
            let Some((measured, _)) = measure(&a, &b) else { return Ok(()) };
            for (name, value) in NAMES.iter().zip(measured.0) {
                let (least, most) = range(name);
                prop_assert!((least - 1e-9..=most + 1e-9).contains(&value), "{name}: {value}");
            }
        }
    }

    #[test]
    fn what_is_looked_up_is_never_too_low() {
        for side in 0..SIDES {
            let terms = Terms::of(side).unwrap();
            for i in 0..2_000_u16 {
                let nats = f32::from(i) * 0.113;
                assert!(f64::from(log(nats)) >= f64::from(nats).ln_1p() - 1e-5);
                let share = f32::from(i) / 1_999.0;
                assert!(terms.subject_share.at(share) >= terms.subject_share.at(share * 0.9) - 1e-6);
            }
        }
        assert!(Terms::of(SIDES).is_none());
    }
}
