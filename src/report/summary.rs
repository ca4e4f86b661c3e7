//! The figures of a report: counts and sums over the candidates, made once and shown by every format.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Candidate;
use crate::record::Exposure;
use crate::vocab::{Band, Flag, Ground, State};

/// A group of candidates: how many, for how many subjects, and the subjects' exposure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Candidates.
    pub(super) findings: u64,
    /// The subjects they are about, each once.
    subjects: FxHashSet<usize>,
    /// The exposure of those subjects, each once. A sum that would not fit is left out, and `whole` says so.
    pub(super) exposure: Exposure,
    /// Whether every sum is in it.
    pub(super) whole: bool,
}

impl Tally {
    /// How many subjects the candidates are about.
    pub(super) fn subjects(&self) -> u64 {
        u64::try_from(self.subjects.len()).unwrap_or(u64::MAX)
    }
}

/// The candidates, counted by what people ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// All of them.
    pub(super) all: Tally,
    /// By flag; every flag that occurs.
    pub(super) flags: BTreeMap<Flag, Tally>,
    /// By identity band.
    pub(super) bands: BTreeMap<Band, Tally>,
    /// By ground of the listing.
    pub(super) grounds: BTreeMap<Ground, Tally>,
    /// By state since the earlier run.
    pub(super) states: BTreeMap<State, Tally>,
    /// By list, as its index into the screening's lists.
    pub(super) lists: BTreeMap<usize, Tally>,
    /// Candidates that no decision covers.
    pub(super) undecided: u64,
}

impl Figures {
    /// Counts candidates.
    pub(super) fn of(candidates: &[Candidate<'_>]) -> Self {
        let mut figures = Self::default();
        for candidate in candidates {
            let finding = candidate.finding;
            let count = |tally: &mut Tally| {
                tally.whole |= tally.findings == 0;
                tally.findings += 1;
                if tally.subjects.insert(finding.subject) {
                    tally.whole &= tally.exposure.merge(&candidate.subject.exposure);
                }
            };
            count(&mut figures.all);
            count(figures.flags.entry(finding.flag).or_default());
            count(figures.bands.entry(finding.matched.band).or_default());
            count(figures.grounds.entry(candidate.entry.ground).or_default());
            count(figures.states.entry(finding.state).or_default());
            count(figures.lists.entry(finding.list).or_default());
            figures.undecided += u64::from(finding.decision.is_none());
        }
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Report, ReportOptions, fixture};

    #[test]
    fn a_subject_with_two_candidates_is_exposed_once() {
        let mut screening = fixture::screening();
        let mut again = screening.findings[0].clone();
        again.id = "again".to_owned();
        screening.findings.push(again);
        let options = ReportOptions::default();
        let figures = Report::new(&screening, &options).figures;
        let flag = figures.flags.get(&screening.findings[0].flag).unwrap();
        assert_eq!((flag.findings, flag.subjects()), (2, 1));
        assert_eq!(flag.exposure, screening.subjects[screening.findings[0].subject].exposure);
        assert!(flag.whole);
    }
}
