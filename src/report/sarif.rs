//! SARIF 2.1.0, for code-scanning pages: a result for each candidate, at the row of the input that it is about.
//!
//! A candidate's rule is its flag, since that is what a reader filters by; the rules R01 to R16 that decided it stand
//! beside in its properties and are described in the tool. What a decision dismisses is suppressed, not left out.
//!
//! Source: OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0*, 27 March 2020.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Candidate, Report, SECTIONS, columns, health, run, wording};
use crate::judge::rules::RULES;
use crate::vocab::{Flag, State};

/// Writes the log, indented, with a line end at its end.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run::of(report)],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    automation_details: AutomationDetails,
    invocations: [Invocation; 1],
    artifacts: Vec<Artifact<'a>>,
    results: Vec<ResultOf<'a>>,
    column_kind: &'static str,
}

/// Names the run, so that two uploads of one commit are told apart.
#[derive(Serialize)]
struct AutomationDetails {
    id: String,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    name: &'static str,
    short_description: Message,
    full_description: Message,
    help: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Artifact<'a> {
    location: ArtifactLocation,
    roles: [&'static str; 1],
    hashes: BTreeMap<&'static str, &'a str>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

/// One result; `Result` is taken.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultOf<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    baseline_state: &'static str,
    suppressions: Vec<Suppression>,
    rank: f64,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    next_step: &'a str,
    list: &'a str,
    entry_id: &'a str,
    source_url: &'a str,
    ground: &'static str,
    authority: &'static str,
    proof: &'static str,
    band: &'static str,
    score: f64,
    rules: Vec<String>,
    exposure: String,
    rows: u64,
    state: &'static str,
}

impl<'a> Run<'a> {
    fn of(report: &Report<'a>) -> Self {
        let screening = report.screening;
        Self {
            tool: Tool {
                driver: Driver {
                    name: "wharfinger",
                    version: run::VERSION,
                    semantic_version: run::VERSION,
                    rules: descriptors(),
                },
            },
            automation_details: AutomationDetails { id: format!("wharfinger/{}", report.run_id) },
            invocations: [Invocation {
                execution_successful: screening.completed,
                tool_execution_notifications: notifications(report),
            }],
            artifacts: screening
                .inputs
                .iter()
                .map(|input| Artifact {
                    location: ArtifactLocation { uri: uri(&input.path), index: None },
                    roles: ["analysisTarget"],
                    hashes: BTreeMap::from([("sha-256", input.sha256.as_str())]),
                })
                .collect(),
            results: report.candidates.iter().map(|candidate| ResultOf::of(report, candidate)).collect(),
            column_kind: "unicodeCodePoints",
        }
    }
}

/// The flags as rules, in the order of the sections, then the rules of the ladder.
fn descriptors() -> Vec<Descriptor> {
    let flags = SECTIONS.iter().map(|flag| Descriptor {
        id: flag.as_str().to_owned(),
        name: wording::heading(*flag),
        short_description: Message { text: wording::heading(*flag).to_owned() },
        full_description: Message { text: wording::meaning(*flag).to_owned() },
        help: Message { text: wording::CAUTION.to_owned() },
        default_configuration: Some(Configuration { level: level(*flag) }),
    });
    let rules = RULES.iter().map(|rule| Descriptor {
        id: rule.id.to_string(),
        name: rule.title,
        short_description: Message { text: rule.title.to_owned() },
        full_description: Message { text: rule.what.to_owned() },
        help: Message { text: format!("{} When not: {} Example: {}", rule.why, rule.not_when, rule.example) },
        default_configuration: None,
    });
    flags.chain(rules).collect()
}

fn notifications(report: &Report<'_>) -> Vec<Notification> {
    let unfit = (!report.screening.completed).then(|| Notification {
        level: "error",
        message: Message { text: wording::NOT_COMPLETE.to_owned() },
    });
    let lists = health::lines(report.screening)
        .into_iter()
        .filter(|line| !line.fit || !line.list.facts.complete)
        .map(|line| Notification {
            level: if line.fit { "warning" } else { "error" },
            message: Message { text: format!("list {}: {}; {}", line.slug, line.dated, line.remark) },
        });
    unfit.into_iter().chain(lists).collect()
}

impl<'a> ResultOf<'a> {
    fn of(report: &Report<'a>, candidate: &Candidate<'a>) -> Self {
        let Candidate { finding, subject, list, entry } = *candidate;
        let matched = &finding.matched;
        Self {
            rule_id: finding.flag.as_str(),
            rule_index: SECTIONS.iter().position(|flag| *flag == finding.flag),
            kind: if level(finding.flag) == "none" { "informational" } else { "fail" },
            level: level(finding.flag),
            message: Message { text: message(candidate) },
            locations: [Location {
                physical_location: PhysicalLocation {
                    artifact_location: ArtifactLocation {
                        uri: uri(&subject.first.file),
                        index: report
                            .screening
                            .inputs
                            .iter()
                            .position(|input| *input.path == *subject.first.file),
                    },
                    region: Region { start_line: subject.first.line.unwrap_or(subject.first.record).max(1) },
                },
            }],
            partial_fingerprints: BTreeMap::from([("findingId/v1", finding.id.as_str())]),
            baseline_state: baseline_state(finding.state),
            suppressions: suppressions(candidate),
            rank: (matched.score.value() * 1000.0).round() / 10.0,
            properties: Properties {
                next_step: &finding.next_step.text,
                list: &list.slug,
                entry_id: &entry.id,
                source_url: &entry.source_url,
                ground: entry.ground.as_str(),
                authority: list.facts.authority.as_str(),
                proof: list.facts.proof.as_str(),
                band: matched.band.as_str(),
                score: matched.score.value(),
                rules: finding.rules.iter().map(ToString::to_string).collect(),
                exposure: wording::exposure(&subject.exposure),
                rows: subject.rows,
                state: finding.state.as_str(),
            },
        }
    }
}

/// How loud a flag is.
const fn level(flag: Flag) -> &'static str {
    match flag {
        Flag::LegalCheck | Flag::Divest | Flag::Exclude => "error",
        Flag::Engage | Flag::DueDiligence => "warning",
        Flag::Monitor => "note",
        Flag::None => "none",
    }
}

fn message(candidate: &Candidate<'_>) -> String {
    let Candidate { finding, subject, list, entry } = candidate;
    format!(
        "\"{}\" is a possible match to the entry \"{}\" on list {} ({}, {}). {} Next: {}.",
        subject.name,
        entry.name,
        list.slug,
        wording::ground(entry.ground),
        wording::status(entry.status),
        finding.matched.why,
        finding.next_step.text
    )
}

/// The state in SARIF's words; a finding that was not compared with an earlier run is `new`, as section 3.27.24 has it.
const fn baseline_state(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Reopened | State::Changed | State::ExpiredDecision => "updated",
        State::Standing => "unchanged",
        State::Gone => "absent",
    }
}

fn suppressions(candidate: &Candidate<'_>) -> Vec<Suppression> {
    let decision = candidate.finding.decision.as_deref().filter(|decision| decision.dismisses());
    let suppression = |decision| Suppression {
        kind: "external",
        status: "accepted",
        justification: columns::decision_reason(decision),
    };
    decision.map(suppression).into_iter().collect()
}

/// A path as a URI reference (RFC 3986): slashes, and everything but plain characters in percent code.
pub(super) fn uri(path: &str) -> String {
    let slashed = path.replace('\\', "/");
    let mut uri = String::with_capacity(slashed.len());
    if slashed.starts_with('/') {
        uri.push_str("file://");
    } else if slashed.split('/').next().is_some_and(|first| first.contains(':')) {
        // A first segment with a colon (`C:`) would read as a scheme.
        uri.push_str("file:///");
    }
    for byte in slashed.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~' | b'!' | b':') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format_args!("%{byte:02X}").to_string());
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::Value;

    use super::super::{Format, ReportOptions, fixture};
    use super::*;
    use crate::screen::Screening;

    fn log(screening: &Screening) -> Vec<u8> {
        fixture::bytes(screening, Format::Sarif, &ReportOptions::default())
    }

    #[test]
    fn a_result_stands_at_its_row() {
        let mut log: Value = serde_json::from_slice(&log(&fixture::screening())).unwrap();
        // The rules' own texts are tested where they live.
        log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap().truncate(1);
        insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
    }

    #[test]
    fn another_crate_reads_it() {
        let log: serde_sarif::sarif::Sarif = serde_json::from_slice(&log(&fixture::screening())).unwrap();
        let results = log.runs[0].results.as_ref().unwrap();
        assert_eq!(results.len(), 3);
        assert_eq!(results[1].rule_id.as_deref(), Some("exclude"));
    }

    #[test]
    fn a_dismissal_suppresses() {
        let mut screening = fixture::screening();
        let decision = screening.findings[2].decision.as_mut().unwrap();
        decision.outcome = crate::vocab::Outcome::NotSame;
        let log: Value = serde_json::from_slice(&log(&screening)).unwrap();
        let results = &log["runs"][0]["results"];
        assert_eq!(results[2]["suppressions"][0]["status"], "accepted");
        assert_eq!(results[0]["suppressions"].as_array().unwrap().len(), 0);
    }

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("data/spend 2026.csv", "data/spend%202026.csv"),
            ("a\\b.csv", "a/b.csv"),
            ("/srv/ä.csv", "file:///srv/%C3%A4.csv"),
            ("C:\\spend.csv", "file:///C:/spend.csv"),
            ("all.zip!spend.csv", "all.zip!spend.csv"),
            ("50%#?.csv", "50%25%23%3F.csv"),
        ] {
            assert_eq!(uri(path), expected, "{path}");
        }
    }

    /// The official schema, which a development dependency of ours brings along in its sources.
    fn official_schema() -> Option<Value> {
        let home = std::env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
        let registries = std::fs::read_dir(home.join("registry/src")).ok()?;
        registries.flatten().find_map(|registry| {
            let crates = std::fs::read_dir(registry.path()).ok()?;
            let sarif =
                crates.flatten().find(|c| c.file_name().to_string_lossy().starts_with("serde-sarif-"))?;
            serde_json::from_slice(&std::fs::read(sarif.path().join("src/schema.json")).ok()?).ok()
        })
    }

    #[test]
    fn it_is_valid_by_the_official_schema() {
        let Some(schema) = official_schema() else {
            println!("skipped: the official SARIF schema is not among the sources of the dependencies");
            return;
        };
        let mut compiler = boon::Compiler::new();
        let mut schemas = boon::Schemas::new();
        compiler.add_resource("sarif.json", schema).unwrap();
        let index = compiler.compile("sarif.json", &mut schemas).unwrap();
        for screening in [fixture::screening(), fixture::hostile("=<a>\u{202e}\n"), fixture::empty()] {
            let log: Value = serde_json::from_slice(&log(&screening)).unwrap();
            if let Err(error) = schemas.validate(&log, index) {
                panic!("{error:#}");
            }
        }
    }
}
