//! `JUnit` XML, as CI pages take it: its structure, a test for each gate and candidate, and its schema.

use std::collections::BTreeMap;
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::office::{Office, PAID};

/// Each element with the elements that may stand around it and its attributes, all of which it must have: `tests/fixtures/junit.xsd`.
const ELEMENTS: &[(&str, &[&str], &[&str])] = &[
    ("testsuites", &[""], &["name", "tests", "failures", "errors"]),
    ("testsuite", &["testsuites"], &["name", "tests", "failures", "errors", "skipped", "timestamp"]),
    ("properties", &["testsuite"], &[]),
    ("property", &["properties"], &["name", "value"]),
    ("testcase", &["testsuite"], &["classname", "name"]),
    ("failure", &["testcase"], &["message"]),
    ("error", &["testcase"], &["message"]),
    ("skipped", &["testcase"], &["message"]),
];

/// What a suite says of itself, and what is in it.
#[derive(Default)]
struct Suite {
    said: BTreeMap<String, String>,
    tests: Vec<String>,
    verdicts: BTreeMap<String, usize>,
}

fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let pairs = element.attributes().map(|attribute| attribute.unwrap());
    pairs
        .map(|pair| {
            (
                pair.key.as_ref().to_owned(),
                pair.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned(),
            )
        })
        .collect()
}

/// The suites by name, every element held against the table.
fn read(xml: &str) -> BTreeMap<String, Suite> {
    let mut reader = Reader::from_str(xml);
    let (mut above, mut suites): (Vec<String>, Vec<Suite>) = (vec![String::new()], Vec::new());
    loop {
        let event = reader.read_event().unwrap();
        let (element, opens) = match &event {
            Event::Start(element) => (element, true),
            Event::Empty(element) => (element, false),
            Event::End(_) => {
                above.pop();
                continue;
            }
            Event::Eof => break,
            Event::Text(text) => {
                let told = ["failure", "error"].contains(&above.last().unwrap().as_str());
                assert!(told || text.trim().is_empty(), "text in {above:?}");
                continue;
            }
            _ => continue,
        };
        let name = element.name().as_ref().to_owned();
        let (_, around, wanted) =
            ELEMENTS.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("<{name}>"));
        let found = attributes(element);
        assert!(around.contains(&above.last().unwrap().as_str()), "<{name}> in {above:?}");
        assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>(), sorted(wanted), "<{name}>");
        match name.as_str() {
            "testsuites" | "properties" | "property" => {}
            "testsuite" => suites.push(Suite { said: found, ..Suite::default() }),
            "testcase" => suites.last_mut().unwrap().tests.push(found["name"].clone()),
            verdict => *suites.last_mut().unwrap().verdicts.entry(verdict.to_owned()).or_default() += 1,
        }
        if opens {
            above.push(name);
        }
    }
    for suite in &suites {
        let said = |name: &str| suite.said[name].parse::<usize>().unwrap();
        let counted = |verdict: &str| suite.verdicts.get(verdict).copied().unwrap_or_default();
        assert_eq!(said("tests"), suite.tests.len());
        assert_eq!(
            [said("failures"), said("errors"), said("skipped")],
            [counted("failure"), counted("error"), counted("skipped")]
        );
    }
    suites.into_iter().map(|suite| (suite.said["name"].clone(), suite)).collect()
}

fn sorted(names: &[&'static str]) -> Vec<&'static str> {
    let mut names = names.to_vec();
    names.sort_unstable();
    names
}

/// Has `xmllint`, where it is there, hold a file against the schema.
#[expect(clippy::print_stdout, reason = "a check that is left out should say so")]
fn held_against_the_schema(office: &Office, name: &str) {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/junit.xsd");
    match Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema", schema])
        .arg(office.path(name))
        .output()
    {
        Ok(ran) => assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr)),
        Err(_) => println!("skipped the schema: `xmllint` is not installed"),
    }
}

fn written(office: &Office, as_of: &str, level: &str, more: &[&str]) -> BTreeMap<String, Suite> {
    let screen = ["screen", "paid.csv", "--no-bundled", "--watchlists", "register.csv", "-o", "report.xml"];
    let options = ["--quiet", "--format", "none", "--as-of", as_of, "--fail-on", level];
    let ran = office.run(&[&screen[..], &options, more].concat());
    assert_ne!(ran.code, 2, "{}", ran.err);
    held_against_the_schema(office, "report.xml");
    read(&office.read("report.xml"))
}

#[test]
fn there_is_a_test_for_each_gate_each_file_and_each_candidate_at_the_level() {
    let office = Office::new();
    office.write("wharfinger.toml", "[lists.register]\nrequired_columns = [\"country\"]\n");
    let suites = written(&office, "2026-10-20", "exclude", &[]);
    assert_eq!(suites["watchlists"].tests, ["register: age", "register: size", "register: columns"]);
    assert_eq!(suites["inputs"].tests, ["paid.csv"]);
    let candidates = &suites["candidates"];
    assert_eq!((candidates.tests.len(), candidates.verdicts["failure"]), (2, 2), "{:?}", candidates.tests);
    let suites = written(&office, "2026-10-20", "legal-check", &[]);
    assert!(suites["candidates"].tests.is_empty(), "none reaches that level");
}

#[test]
fn what_stands_or_is_decided_passes_and_what_has_expired_is_an_error() {
    let office = Office::new();
    office.screen("2026-10-20", &["-o", "report.json", "--format", "none"]);
    let suites = written(&office, "2026-11-20", "exclude", &["--baseline", "report.json"]);
    assert_eq!(suites["watchlists"].tests[2], "register: shrinkage");
    assert_eq!((suites["candidates"].tests.len(), suites["candidates"].verdicts.len()), (2, 0));
    let id = office.finding("report.json", "Quellmoor")["finding_id"].as_str().unwrap().to_owned();
    office.write(
        "returned.csv",
        &format!("finding_id,outcome,reason,decided_by,decided_on,review_by\n{id},not_same,other trade,A. Clerk,2026-10-20,2026-11-30\n"),
    );
    let import = ["decisions", "import", "returned.csv", "--report", "report.json", "--as-of", "2026-10-20"];
    assert_eq!(office.run(&import).code, 0);
    let log = ["--decisions", "decisions.jsonl"];
    assert_eq!(written(&office, "2026-11-30", "exclude", &log)["candidates"].verdicts["failure"], 1);
    let suites = written(&office, "2026-12-01", "exclude", &log);
    assert_eq!(suites["candidates"].verdicts["failure"], 2);
    assert_eq!(suites["decisions"].verdicts["error"], 1);
}

#[test]
fn a_critical_list_that_fails_a_gate_is_an_error() {
    let office = Office::new();
    let suites = written(&office, "2028-10-20", "exclude", &[]);
    assert_eq!(suites["watchlists"].verdicts, BTreeMap::from([("error".to_owned(), 1)]));
    office.edit("register.toml", "critical = true", "critical = false");
    let suites = written(&office, "2028-10-20", "exclude", &[]);
    assert_eq!(suites["watchlists"].verdicts, BTreeMap::from([("skipped".to_owned(), 1)]));
}

#[test]
fn hostile_names_stay_text() {
    let office = Office::new();
    let hostile = "Quellmoor Zwirnworks GmbH ]]></failure><x a='\u{1b}\u{1}\u{fffe}&amp;<!--";
    office.write("paid.csv", &PAID.replace("Quellmoor Zwirnworks GmbH", hostile));
    let suites = written(&office, "2026-10-20", "monitor", &[]);
    assert!(!suites["candidates"].tests.is_empty());
}
