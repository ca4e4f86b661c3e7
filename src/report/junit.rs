//! `JUnit` XML, for CI pages: a test for each gate of each list, each input, each candidate that matters and each expired decision.
//!
//! A gate that a critical list fails, an input of which nothing could be screened, and a decision whose day has passed are
//! errors; a candidate at or above the fail level is a failure while it counts, and a passed test once a decision or the
//! baseline covers it. Without a fail level, candidates are skipped tests: shown, and failing nothing.
//!
//! Source: the XSD of the Jenkins `xUnit` plugin, as `JUnit` itself has none; it has no count of skipped tests at the root. XML 1.0 has no place for control characters,
//! so they are left out.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::escape::one_line;
use super::{Candidate, Report, health, wording};
use crate::judge::decision::Fate;

/// How a test ended.
enum Verdict {
    Passed,
    Skipped(String),
    Failed(String),
    Error(String),
}

/// One test.
struct Case {
    name: String,
    class: &'static str,
    verdict: Verdict,
    details: String,
}

/// Writes the suites.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let suites = [
        ("watchlists", lists(report)),
        ("inputs", inputs(report)),
        ("candidates", candidates(report)),
        ("decisions", decisions(report)),
    ];
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = suites.iter().flat_map(|(_, cases)| cases);
    xml.create_element("testsuites")
        .with_attribute(("name", "wharfinger"))
        .with_attributes(counts(all).iter().take(3).map(|(name, count)| (*name, count.as_str())))
        .write_inner_content(|xml| {
            for (name, cases) in &suites {
                suite(xml, name, cases, report)?;
            }
            Ok(())
        })?;
    out.write_all(b"\n")
}

fn suite<W: Write>(xml: &mut Writer<W>, name: &str, cases: &[Case], report: &Report<'_>) -> io::Result<()> {
    let day = format!("{}T00:00:00Z", report.screening.as_of);
    xml.create_element("testsuite")
        .with_attribute(("name", name))
        .with_attributes(counts(cases).iter().map(|(name, count)| (*name, count.as_str())))
        .with_attribute(("timestamp", day.as_str()))
        .write_inner_content(|xml| {
            properties(xml, report)?;
            cases.iter().try_for_each(|case| test(xml, case))
        })?;
    Ok(())
}

/// What names the run and its result.
fn properties<W: Write>(xml: &mut Writer<W>, report: &Report<'_>) -> io::Result<()> {
    xml.create_element("properties").write_inner_content(|xml| {
        for (name, value) in [("run", &report.run_id), ("results_sha256", &report.results_sha256)] {
            let property = xml.create_element("property").with_attribute(("name", name));
            property.with_attribute(("value", value.as_str())).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn counts<'a>(cases: impl IntoIterator<Item = &'a Case>) -> [(&'static str, String); 4] {
    let [mut tests, mut failures, mut errors, mut skipped] = [0_u64; 4];
    for case in cases {
        tests += 1;
        match case.verdict {
            Verdict::Passed => {}
            Verdict::Skipped(_) => skipped += 1,
            Verdict::Failed(_) => failures += 1,
            Verdict::Error(_) => errors += 1,
        }
    }
    [
        ("tests", tests.to_string()),
        ("failures", failures.to_string()),
        ("errors", errors.to_string()),
        ("skipped", skipped.to_string()),
    ]
}

fn test<W: Write>(xml: &mut Writer<W>, case: &Case) -> io::Result<()> {
    let name = one_line(&case.name);
    let element = xml
        .create_element("testcase")
        .with_attribute(("classname", case.class))
        .with_attribute(("name", &*name));
    let (tag, message) = match &case.verdict {
        Verdict::Passed => return element.write_empty().map(|_| ()),
        Verdict::Skipped(message) => ("skipped", message),
        Verdict::Failed(message) => ("failure", message),
        Verdict::Error(message) => ("error", message),
    };
    element.write_inner_content(|xml| {
        let outcome = xml.create_element(tag).with_attribute(("message", &*one_line(message)));
        if tag == "skipped" {
            outcome.write_empty().map(|_| ())
        } else {
            outcome.write_text_content(BytesText::new(&one_line(&case.details))).map(|_| ())
        }
    })?;
    Ok(())
}

/// One test for each gate of each list.
fn lists(report: &Report<'_>) -> Vec<Case> {
    let screening = report.screening;
    let lines = health::lines(screening);
    let gates = screening.health.iter().zip(&lines).flat_map(|(health, line)| {
        let details = format!("{} entries, {}; {}", line.entries, line.dated, line.remark);
        health.gates.iter().map(move |(gate, problem)| (line, gate, problem, details.clone()))
    });
    gates
        .map(|(line, gate, problem, details)| Case {
            name: format!("{}: {}", line.slug, gate.as_str()),
            class: "wharfinger.watchlists",
            verdict: match problem {
                None => Verdict::Passed,
                Some(problem) if line.list.facts.critical => {
                    Verdict::Error(format!("list {} is unfit: {problem}", line.slug))
                }
                Some(problem) => {
                    Verdict::Skipped(format!("list {} is unfit and not critical: {problem}", line.slug))
                }
            },
            details,
        })
        .collect()
}

/// One test for each decision whose day has passed: the run rests on it no longer.
fn decisions(report: &Report<'_>) -> Vec<Case> {
    let expired = report.screening.decisions.iter().filter(|note| note.fate == Fate::Expired);
    expired
        .map(|note| Case {
            name: format!("{} / {}", note.subject_name, note.listed_name),
            class: "wharfinger.decisions",
            verdict: Verdict::Error("the decision has passed its review day".to_owned()),
            details: format!("{}. Finding {}.", note.text.trim_end_matches('.'), note.finding_id),
        })
        .collect()
}

fn inputs(report: &Report<'_>) -> Vec<Case> {
    report
        .screening
        .inputs
        .iter()
        .map(|input| Case {
            name: input
                .sheet
                .as_ref()
                .map_or_else(|| input.path.clone(), |sheet| format!("{}[{sheet}]", input.path)),
            class: "wharfinger.inputs",
            verdict: if input.screened > 0 {
                Verdict::Passed
            } else {
                Verdict::Error("no row of it was screened".to_owned())
            },
            details: format!(
                "{} read, {} persons, {} redacted, {} blank or total, {} rejected",
                input.records_read, input.persons, input.redacted, input.blank_or_total, input.rejected
            ),
        })
        .collect()
}

/// Candidates at or above the fail level; all of them, skipped, where no level is set.
fn candidates(report: &Report<'_>) -> Vec<Case> {
    let level = report.options.fail_on;
    report
        .candidates
        .iter()
        .filter(|candidate| level.is_none_or(|level| candidate.finding.flag.severity() >= level.severity()))
        .map(|candidate| Case {
            name: format!(
                "{}: {} / {} on {}",
                candidate.finding.flag, candidate.subject.name, candidate.entry.name, candidate.list.slug
            ),
            class: "wharfinger.candidates",
            verdict: verdict(report, candidate),
            details: details(candidate),
        })
        .collect()
}

fn verdict(report: &Report<'_>, candidate: &Candidate<'_>) -> Verdict {
    let title = wording::heading(candidate.finding.flag);
    match report.options.fail_on {
        None => Verdict::Skipped(format!("{title}; no fail level is set")),
        Some(level) if candidate.finding.fails_at(level) => {
            Verdict::Failed(format!("{title}: possible match"))
        }
        Some(_) => Verdict::Passed,
    }
}

fn details(candidate: &Candidate<'_>) -> String {
    let finding = candidate.finding;
    format!(
        "{} Next: {}. First row: {}. Finding {}.",
        finding.matched.why, finding.next_step.text, candidate.subject.first, finding.id
    )
}

#[cfg(test)]
mod tests {
    use quick_junit::{Report as Read, TestCaseStatus};

    use super::super::{Format, ReportOptions, fixture};
    use crate::vocab::Flag;

    fn failing_at(level: Flag) -> ReportOptions {
        ReportOptions { fail_on: Some(level), ..ReportOptions::default() }
    }

    /// Failures and errors; the expired decision of the fixture is one of them.
    fn failures(report: &Read) -> usize {
        let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
        cases.filter(|case| matches!(case.status, TestCaseStatus::NonSuccess { .. })).count()
    }

    #[test]
    fn candidates_at_the_fail_level_are_failures() {
        insta::assert_snapshot!(fixture::written(Format::Junit, &failing_at(Flag::Exclude)));
    }

    #[test]
    fn another_crate_reads_it() {
        for (options, expected) in
            [(ReportOptions::default(), 1), (failing_at(Flag::Exclude), 3), (failing_at(Flag::Monitor), 4)]
        {
            let report = Read::deserialize_from_str(&fixture::written(Format::Junit, &options)).unwrap();
            assert_eq!(report.test_suites.len(), 4);
            assert_eq!(failures(&report), expected, "{:?}", options.fail_on);
        }
    }

    #[test]
    fn an_unfit_critical_list_is_an_error() {
        let mut screening = fixture::screening();
        screening.health[0].fit = false;
        screening.health[0].gates[1].1 = Some("2 entries, at least 3 are expected".to_owned());
        let bytes = fixture::bytes(&screening, Format::Junit, &ReportOptions::default());
        let report = Read::deserialize_from_str(std::str::from_utf8(&bytes).unwrap()).unwrap();
        assert_eq!(report.errors, 2, "and the expired decision");
        let gates: Vec<&str> =
            report.test_suites[0].test_cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(
            gates,
            ["labour-list: age", "labour-list: size", "council-list: age", "council-list: size"]
        );
    }

    #[test]
    fn hostile_text_stays_text() {
        let screening = fixture::hostile("]]><x a=\"'&\u{1b}\u{0}\u{fffe}");
        let bytes = fixture::bytes(&screening, Format::Junit, &failing_at(Flag::Monitor));
        let report = Read::deserialize_from_str(std::str::from_utf8(&bytes).unwrap()).unwrap();
        assert_eq!(report.test_suites[2].test_cases.len(), 3);
        assert!(report.test_suites[2].test_cases[0].name.as_str().contains("]]><x a=\"'&"));
    }
}
