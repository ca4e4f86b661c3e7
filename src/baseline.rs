//! New, changed, standing, gone: this run's findings against an earlier report.
//!
//! In: the earlier JSON report and the findings. Out: each finding's state, and what is gone. A standing finding leaves
//! the exit code and never the report; a legal check leaves neither (see [`Finding::fails_at`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::judge::decision::{Content, EarlierFinding, EarlierReport};
use crate::judge::{Finding, Gone};
use crate::record::Subject;
use crate::vocab::State;
use crate::watchlist::List;

/// Sets the state of each finding against an earlier report, and returns the earlier findings that are gone.
///
/// A finding is known again by its id, or by its list entry and party where the id has changed (the file has gained a
/// company number). What a decision says of it (reopened, expired) stays. The caller sorts again by
/// [`judge::order`](crate::judge::order()), since the state is one of its keys.
pub fn compare(
    earlier: &EarlierReport,
    findings: &mut [Finding],
    subjects: &[Subject],
    lists: &[List],
) -> Vec<Gone> {
    let by_id: BTreeMap<&str, usize> =
        earlier.findings.iter().enumerate().map(|(index, f)| (f.finding_id.as_str(), index)).collect();
    let mut by_entry: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, finding) in earlier.findings.iter().enumerate() {
        by_entry.entry((finding.list.as_str(), finding.entry_id.as_str())).or_default().push(index);
    }
    let mut met: BTreeSet<usize> = BTreeSet::new();
    for finding in findings {
        let Some((subject, list, entry)) = parts(finding, subjects, lists) else { continue };
        let now = Content::of(subject, entry, finding.matched.relation);
        let same_party =
            |index: &&usize| earlier.findings.get(**index).is_some_and(|f| f.content().same_party(&now));
        let about = by_entry.get(&(list.slug.as_str(), entry.id.as_str()));
        let index = by_id.get(finding.id.as_str()).or_else(|| about.into_iter().flatten().find(same_party));
        let Some((index, before)) = index.and_then(|index| Some((*index, earlier.findings.get(*index)?)))
        else {
            continue;
        };
        met.insert(index);
        if matches!(finding.state, State::New | State::Standing) {
            let mut changes = before.content().changes(&now, subject, entry);
            changes.extend(judged_otherwise(before, finding));
            finding.state = if changes.is_empty() { State::Standing } else { State::Changed };
            finding.state_reason = (!changes.is_empty()).then(|| changes.join("; "));
        }
    }
    let unmet = earlier.findings.iter().enumerate().filter(|(index, _)| !met.contains(index));
    unmet.map(|(_, finding)| gone(finding)).collect()
}

fn parts<'a>(
    finding: &Finding,
    subjects: &'a [Subject],
    lists: &'a [List],
) -> Option<(&'a Subject, &'a List, &'a crate::watchlist::Entry)> {
    let list = lists.get(finding.list)?;
    Some((subjects.get(finding.subject)?, list, list.entries.get(finding.entry)?))
}

fn judged_otherwise(before: &EarlierFinding, now: &Finding) -> Vec<String> {
    let mut changes = Vec::new();
    if before.flag != now.flag {
        changes.push(format!("the flag was `{}` and is `{}`", before.flag, now.flag));
    }
    if before.band != now.matched.band {
        changes.push(format!("the identity was `{}` and is `{}`", before.band, now.matched.band));
    }
    changes
}

fn gone(finding: &EarlierFinding) -> Gone {
    Gone {
        finding_id: finding.finding_id.clone(),
        flag: finding.flag,
        subject_name: finding.subject_name.clone(),
        list: finding.list.clone(),
        entry_id: finding.entry_id.clone(),
        listed_name: finding.listed_name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::samples;
    use crate::judge::{Policy, Scored, Terms, judge_all};
    use crate::vocab::{Authority, Band, Flag, Proof};

    struct Run {
        subjects: Vec<Subject>,
        lists: Vec<List>,
        bands: Vec<Band>,
    }

    /// A subject, the state of its finding, and the sentence.
    type Told = (usize, State, Option<String>);

    /// Three suppliers matched to an entry each.
    fn run() -> Run {
        let entries = vec![
            samples::entry("e0", "Aaa Mills"),
            samples::entry("e1", "Bbb Mills"),
            samples::entry("e2", "Ccc Mills"),
        ];
        Run {
            subjects: ["Aaa Mills Ltd", "Bbb Mills Ltd", "Ccc Mills Ltd"].map(samples::subject).to_vec(),
            lists: vec![samples::list(
                "xx-list",
                samples::facts(Authority::B, Proof::AdministrativeFinal),
                entries,
            )],
            bands: vec![Band::Strong; 3],
        }
    }

    impl Run {
        fn findings(&self) -> Vec<Finding> {
            let matches = self.bands.iter().enumerate().map(|(i, band)| Scored {
                subject: i,
                list: 0,
                entry: i,
                matched: samples::matched("", "", *band),
            });
            let policy = Policy::default();
            let terms = Terms::new(&policy, samples::date("2026-11-24"));
            judge_all(matches.collect(), &self.subjects, &self.lists, &terms).findings
        }

        fn against(&self, earlier: &EarlierReport) -> (Vec<Told>, Vec<Gone>) {
            let mut findings = self.findings();
            let gone = compare(earlier, &mut findings, &self.subjects, &self.lists);
            let mut states: Vec<_> =
                findings.iter().map(|f| (f.subject, f.state, f.state_reason.clone())).collect();
            states.sort();
            (states, gone)
        }
    }

    fn report(run: &Run) -> EarlierReport {
        samples::report(&run.findings(), &run.subjects, &run.lists, "2026-10-24")
    }

    #[test]
    fn an_unchanged_run_stands_and_leaves_the_exit_code() {
        let run = run();
        let earlier = report(&run);
        let mut findings = run.findings();
        assert!(findings.iter().all(|finding| finding.fails_at(Flag::Monitor)));
        assert_eq!(compare(&earlier, &mut findings, &run.subjects, &run.lists), []);
        assert!(findings.iter().all(|f| f.state == State::Standing && !f.fails_at(Flag::Monitor)));
        assert_eq!(findings.len(), 3, "baselined findings stay in the report");
    }

    #[test]
    fn new_changed_and_gone_are_told_apart() {
        let earlier = report(&run());
        let mut now = run();
        now.subjects[0] = samples::subject("Ddd Works Ltd");
        now.lists[0].entries[1].aliases.push("Bebebe".to_owned());
        now.bands[2] = Band::Possible;
        let (states, gone) = now.against(&earlier);
        assert_eq!(
            states,
            [
                (0, State::New, None),
                (1, State::Changed, Some("the listed entity gained the name `Bebebe`".to_owned())),
                (2, State::Changed, Some("the identity was `strong` and is `possible`".to_owned())),
            ]
        );
        assert_eq!(gone.iter().map(|g| g.subject_name.as_str()).collect::<Vec<_>>(), ["Aaa Mills Ltd"]);
    }

    #[test]
    fn a_party_that_gained_a_number_is_known_again() {
        let earlier = report(&run());
        let mut now = run();
        now.subjects[0].identifiers = [samples::identifier("gb-coh", "00000001")].into();
        let (states, gone) = now.against(&earlier);
        assert_eq!((states[0].1, gone.len()), (State::Changed, 0));
    }

    #[test]
    fn a_legal_check_never_leaves_the_exit_code() {
        let mut run = run();
        run.lists[0].facts.authority = Authority::A1;
        let earlier = report(&run);
        let mut findings = run.findings();
        compare(&earlier, &mut findings, &run.subjects, &run.lists);
        assert!(findings.iter().all(|f| f.state == State::Standing && f.fails_at(Flag::LegalCheck)));
    }

    #[test]
    fn what_a_decision_says_stays() {
        let run = run();
        let earlier = report(&run);
        let mut findings = run.findings();
        findings[0].state = State::Reopened;
        findings[1].state = State::ExpiredDecision;
        compare(&earlier, &mut findings, &run.subjects, &run.lists);
        assert_eq!([findings[0].state, findings[1].state], [State::Reopened, State::ExpiredDecision]);
        assert!(findings[0].fails_at(Flag::Monitor));
    }
}
