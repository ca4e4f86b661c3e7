//! The order of work: legal checks, then people before money.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::{ToSpan, civil::Date};
use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::judge::{Finding, Policy};
use crate::record::{Currency, Subject};
use crate::vocab::{Flag, State};
use crate::watchlist::List;

/// From this share of the spend of one category on, a council is taken to have leverage over the supplier.
///
/// A quarter: a buyer whom the supplier would miss. A guess that orders work and decides nothing.
const LEVERAGE_SHARE_PERCENT: i64 = 25;

/// Sorts findings into the order of work.
///
/// Keys, most important first: legal check; severity (as assessed, else the policy's for the ground); authority;
/// identity band; state (reopened, expired and new before changed and standing); leverage; exposure; id.
/// Money comes after all that is about people. The order is total, so it is the same from run to run.
///
/// Findings of one id (rows kept apart by `--no-merge`) get `.2`, `.3` ... after it, in this order.
pub fn order(findings: &mut [Finding], subjects: &[Subject], lists: &[List], policy: &Policy, as_of: Date) {
    let spend = spend_by_category(subjects);
    findings.par_sort_by_cached_key(|finding| {
        let subject = subjects.get(finding.subject);
        let list = lists.get(finding.list);
        let ground = list.and_then(|list| list.entries.get(finding.entry)).map(|entry| entry.ground);
        let assessed = finding.decision.as_ref().and_then(|decision| decision.on_record.severity);
        let severity = assessed
            .map_or_else(|| ground.map_or(0, |ground| policy.severity_of(ground)), super::Severity::worst);
        (
            (Reverse(finding.flag == Flag::LegalCheck), Reverse(severity)),
            (list.map(|list| list.facts.authority), finding.matched.band, urgency(finding.state)),
            Reverse(subject.map_or(0, |subject| leverage(subject, &spend, as_of))),
            Reverse(subject.and_then(|subject| subject.exposure.main()).map(|(_, amount)| amount)),
            (finding.id.clone(), subject.map(|subject| subject.first.clone())),
        )
    });
    number_twins(findings);
}

const fn urgency(state: State) -> u8 {
    match state {
        State::Reopened => 0,
        State::ExpiredDecision => 1,
        State::New => 2,
        State::Changed => 3,
        State::Standing => 4,
        State::Gone => 5,
    }
}

type Spend<'a> = BTreeMap<(&'a str, Currency), Decimal>;

fn spend_by_category(subjects: &[Subject]) -> Spend<'_> {
    let mut spend = Spend::new();
    for subject in subjects.iter().filter(|subject| !subject.track.is_investment()) {
        let (Some(category), Some((currency, amount))) = (&subject.category, subject.exposure.main()) else {
            continue;
        };
        let sum = spend.entry((category.as_str(), currency)).or_default();
        *sum = sum.saturating_add(amount);
    }
    spend
}

/// How much a council can move, guessed, 0 to 2: one for a contract that ends within twelve months, one for a large share of a category's spend.
///
/// Investments have none here: voting rights are not in the files.
fn leverage(subject: &Subject, spend: &Spend<'_>, as_of: Date) -> u8 {
    if subject.track.is_investment() {
        return 0;
    }
    let ends_soon = subject
        .contract_end
        .is_some_and(|end| as_of <= end && as_of.checked_add(12.months()).is_ok_and(|limit| end <= limit));
    let large_share = subject.exposure.main().is_some_and(|(currency, amount)| {
        let all = subject.category.as_deref().and_then(|category| spend.get(&(category, currency)));
        all.is_some_and(|all| {
            let hundredfold = amount.checked_mul(Decimal::ONE_HUNDRED);
            let share = all.checked_mul(Decimal::from(LEVERAGE_SHARE_PERCENT));
            all.is_sign_positive()
                && hundredfold.is_some_and(|amount| share.is_some_and(|share| amount >= share))
        })
    });
    u8::from(ends_soon) + u8::from(large_share)
}

fn number_twins(findings: &mut [Finding]) {
    let base = |id: &str| id.find('.').unwrap_or(id.len());
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    seen.reserve(findings.len());
    let numbers = findings.iter().map(|finding| {
        let count = seen.entry(finding.id.split_at(base(&finding.id)).0).or_default();
        *count += 1;
        *count
    });
    let numbers: Vec<usize> = numbers.collect();
    for (finding, number) in findings.iter_mut().zip(numbers) {
        finding.id.truncate(base(&finding.id));
        if number > 1 {
            // Writing to a text cannot fail.
            let _ = write!(finding.id, ".{number}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::samples;
    use crate::judge::{Scored, Terms, judge_all};
    use crate::vocab::{Authority, Band, Ground, Proof};

    #[test]
    fn people_come_before_money() {
        let rich = |name: &str, pounds: i64| {
            let mut subject = samples::subject(name);
            assert!(subject.exposure.add(Decimal::from(pounds), Currency::GBP));
            subject
        };
        let subjects = [rich("Aaa", 9_000_000), rich("Bbb", 10), rich("Ccc", 20), rich("Ddd", 1)];
        let land =
            crate::watchlist::Entry { ground: Ground::LandIndigenous, ..samples::entry("land", "Aaa") };
        let lists = [
            samples::list(
                "b",
                samples::facts(Authority::B, Proof::ReasonableCause),
                vec![land, samples::entry("x", "Bbb")],
            ),
            samples::list(
                "uk",
                samples::facts(Authority::A1, Proof::AdministrativeFinal),
                vec![samples::entry("y", "Ddd")],
            ),
        ];
        let scored = |subject, list, entry, band| Scored {
            subject,
            list,
            entry,
            matched: samples::matched("", "", band),
        };
        let policy = Policy::default();
        let judged = judge_all(
            vec![
                scored(0, 0, 0, Band::ConfirmedId),
                scored(1, 0, 1, Band::Strong),
                scored(2, 0, 1, Band::Strong),
                scored(3, 1, 0, Band::Probable),
            ],
            &subjects,
            &lists,
            &Terms::new(&policy, samples::date("2026-11-24")),
        );
        let order: Vec<usize> = judged.findings.iter().map(|finding| finding.subject).collect();
        assert_eq!(order, [3, 2, 1, 0], "legal check, then severity, then money within it");
    }

    #[test]
    fn the_policys_weakest_band_is_the_last_reported() {
        let subjects = [samples::subject("Aaa")];
        let lists = [samples::list(
            "b",
            samples::facts(Authority::B, Proof::ReasonableCause),
            vec![samples::entry("x", "Aaa")],
        )];
        let reported = |min_band, band| {
            let mut policy = Policy::default();
            policy.report.min_band = min_band;
            let scored = Scored { subject: 0, list: 0, entry: 0, matched: samples::matched("", "", band) };
            !judge_all(vec![scored], &subjects, &lists, &Terms::new(&policy, samples::date("2026-11-24")))
                .findings
                .is_empty()
        };
        for (min_band, band, expected) in [
            (None, Band::Weak, true),
            (Some(Band::Probable), Band::Probable, true),
            (Some(Band::Probable), Band::Possible, false),
            (Some(Band::Probable), Band::Contradicted, true),
        ] {
            assert_eq!(reported(min_band, band), expected, "{min_band:?} {band}");
        }
    }

    #[test]
    fn leverage_counts_a_soon_ending_contract_and_a_large_share() {
        let as_of = samples::date("2026-11-24");
        let mut a = samples::subject("A");
        a.category = Some("cleaning".into());
        let b = a.clone();
        let subjects = [a.clone(), b];
        let spend = spend_by_category(&subjects);
        assert_eq!(leverage(&a, &spend, as_of), 1, "half of the category");
        for (end, expected) in [("2026-11-23", 1), ("2026-11-24", 2), ("2027-11-24", 2), ("2027-11-25", 1)] {
            a.contract_end = Some(samples::date(end));
            assert_eq!(leverage(&a, &spend, as_of), expected, "{end}");
        }
    }
}
