//! The whole report as JSON, and findings as JSON Lines; the form is that of `docs/report.schema.json`.
//!
//! Sums are strings, so that no reader rounds them. Text is given as it was found: it is the reader's part to make
//! it safe for where it shows it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::summary::Tally;
use super::{Candidate, Report, blocks, columns, run};
use crate::ident::Identifier;
use crate::judge::decision::DecisionNote;
use crate::judge::{Gone, OnRecord};
use crate::load::{InputAccount, NotScreened};
use crate::matching::Evidence;
use crate::record::{Country, Exposure, Place, Spelling};
use crate::screen::{ListHealth, Options};
use crate::vocab::{
    Affected, Authority, Band, Contradiction, EntityKind, Flag, Ground, ListingStatus, Outcome, Proof,
    ReasonCode, Relation, Scope, State, Track,
};
use crate::watchlist::List;

/// The version of the form: the first number grows when something that was there changes or goes.
pub const SCHEMA_VERSION: &str = "1.0";

/// Writes the report, indented, with a line end at its end.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &ReportJson::of(report))?;
    out.write_all(b"\n")
}

/// Writes one finding a line.
pub(super) fn write_lines(candidates: &[Candidate<'_>], out: &mut dyn Write) -> io::Result<()> {
    blocks::write(candidates, out, |some, out| {
        for candidate in some {
            serde_json::to_writer(&mut *out, &FindingJson::of(candidate))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })
}

/// The report without its findings, then each finding, as JSON texts of their own.
pub(super) fn pieces(report: &Report<'_>) -> serde_json::Result<Vec<String>> {
    let mut whole = ReportJson::of(report);
    let Findings(candidates) = std::mem::replace(&mut whole.findings, Findings(&[]));
    let head = serde_json::to_string(&whole);
    let findings = candidates.iter().map(|candidate| serde_json::to_string(&FindingJson::of(candidate)));
    std::iter::once(head).chain(findings).collect()
}

#[derive(Serialize)]
struct ReportJson<'a> {
    schema_version: &'static str,
    tool: Tool,
    run: RunJson<'a>,
    summary: SummaryJson,
    findings: Findings<'a>,
    decisions: &'a [DecisionNote],
    gone: &'a [Gone],
    not_screened: Vec<NotScreenedJson<'a>>,
}

/// The findings, each made when it is written: all of them in this form take more memory than the rest of a run.
struct Findings<'a>(&'a [Candidate<'a>]);

impl Serialize for Findings<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(FindingJson::of))
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct RunJson<'a> {
    id: &'a str,
    as_of: String,
    completed: bool,
    version: &'static str,
    audience: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a str>,
    policy_sha256: Option<&'a str>,
    decisions_sha256: Option<&'a str>,
    results_sha256: &'a str,
    options: &'a Options,
    inputs: Vec<InputJson<'a>>,
    watchlists: Vec<WatchlistJson<'a>>,
}

#[derive(Serialize)]
struct InputJson<'a> {
    path: &'a str,
    sha256: &'a str,
    kind: Track,
    format: &'a str,
    encoding: Option<&'a str>,
    delimiter: Option<char>,
    sheet: Option<&'a str>,
    header_record: u64,
    columns: BTreeMap<&'static str, &'a str>,
    records_read: u64,
    screened: u64,
    persons: u64,
    redacted: u64,
    blank_or_total: u64,
    rejected: u64,
    distinct_names: u64,
    amount_total: Option<String>,
    remarks: &'a [String],
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the form of the file, not a state machine")]
struct WatchlistJson<'a> {
    slug: &'a str,
    title: &'a str,
    publisher: &'a str,
    authority: Authority,
    proof: Proof,
    sha256: &'a str,
    published_on: Option<&'a str>,
    retrieved_on: Option<&'a str>,
    entries: usize,
    names: usize,
    fit: bool,
    critical: bool,
    complete: bool,
    missing: &'a str,
    problems: &'a [String],
    bundled: bool,
    licence: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct SummaryJson {
    subjects: usize,
    subjects_with_candidates: u64,
    findings: u64,
    undecided: u64,
    by_flag: BTreeMap<&'static str, TallyJson>,
    by_band: BTreeMap<&'static str, TallyJson>,
    by_ground: BTreeMap<&'static str, TallyJson>,
    by_state: BTreeMap<&'static str, TallyJson>,
}

#[derive(Serialize)]
struct TallyJson {
    findings: u64,
    subjects: u64,
    exposure: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct NotScreenedJson<'a> {
    reason: &'static str,
    rows: u64,
    exposure: BTreeMap<String, String>,
    first: PlaceJson<'a>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    record: u64,
    line: Option<u64>,
}

/// The fields of the CSV under the same names, lists as arrays, then what only JSON has room for.
#[derive(Serialize)]
struct FindingJson<'a> {
    finding_id: &'a str,
    state: State,
    flag: Flag,
    next_step: &'a str,
    track: Track,
    subject_id: &'a str,
    subject_name: &'a str,
    subject_country: Vec<&'a str>,
    rows: u64,
    amount: Option<String>,
    currency: Option<String>,
    list: &'a str,
    entry_id: &'a str,
    listed_name: &'a str,
    matched_name: &'a str,
    listed_country: Vec<&'a str>,
    ground: Ground,
    measure: &'a str,
    authority: Authority,
    proof: Proof,
    status: ListingStatus,
    listed_on: Option<String>,
    source_url: &'a str,
    score: f64,
    band: Band,
    why: &'a str,
    rules: Vec<String>,
    decision: Option<Outcome>,
    decided_by: Option<&'a str>,
    decided_on: Option<String>,
    decision_reason: Option<String>,
    review_by: Option<String>,
    source_file: String,
    source_row: u64,
    state_reason: Option<&'a str>,
    reason_code: Option<ReasonCode>,
    checked_by: Option<&'a str>,
    on_record: Option<&'a OnRecord>,
    step: Option<u8>,
    relation: Relation,
    contradictions: &'a [Contradiction],
    evidence: Vec<EvidenceJson<'a>>,
    subject: SubjectJson<'a>,
    entry: EntryJson<'a>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    kind: &'a str,
    subject: &'a str,
    entry: &'a str,
    weight: f64,
}

#[derive(Serialize)]
struct SubjectJson<'a> {
    kind: EntityKind,
    compared_name: &'a str,
    spellings: Vec<SpellingJson<'a>>,
    aliases: &'a [String],
    identifiers: Vec<String>,
    exposure: BTreeMap<String, String>,
    category: Option<&'a str>,
    contract_end: Option<String>,
    first: PlaceJson<'a>,
}

#[derive(Serialize)]
struct SpellingJson<'a> {
    name: &'a str,
    rows: u64,
    first: PlaceJson<'a>,
}

#[derive(Serialize)]
struct EntryJson<'a> {
    list_title: &'a str,
    publisher: &'a str,
    kind: EntityKind,
    aliases: &'a [String],
    weak_aliases: &'a [String],
    identifiers: Vec<String>,
    delisted_on: Option<String>,
    scope: Scope,
    affected: &'a [Affected],
    products: &'a [String],
    note: &'a str,
}

impl<'a> ReportJson<'a> {
    fn of(report: &'a Report<'a>) -> Self {
        let screening = report.screening;
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: "wharfinger", version: run::VERSION },
            run: RunJson {
                id: &report.run_id,
                as_of: screening.as_of.to_string(),
                completed: screening.completed,
                version: run::VERSION,
                audience: report.options.audience.as_str(),
                contact: report.options.contact.as_deref(),
                policy_sha256: screening.policy_sha256.as_deref(),
                decisions_sha256: screening.decisions_sha256.as_deref(),
                results_sha256: &report.results_sha256,
                options: &screening.options,
                inputs: screening.inputs.iter().map(InputJson::of).collect(),
                watchlists: screening
                    .health
                    .iter()
                    .filter_map(|health| Some(WatchlistJson::of(screening.lists.get(health.list)?, health)))
                    .collect(),
            },
            summary: SummaryJson::of(report),
            findings: Findings(&report.candidates),
            decisions: &screening.decisions,
            gone: &screening.gone,
            not_screened: screening.not_screened.iter().map(NotScreenedJson::of).collect(),
        }
    }
}

impl<'a> InputJson<'a> {
    fn of(input: &'a InputAccount) -> Self {
        Self {
            path: &input.path,
            sha256: &input.sha256,
            kind: input.kind,
            format: &input.format,
            encoding: input.encoding.as_deref(),
            delimiter: input.delimiter,
            sheet: input.sheet.as_deref(),
            header_record: input.header_record,
            columns: input.columns.iter().map(|(field, header)| (field.as_str(), header.as_str())).collect(),
            records_read: input.records_read,
            screened: input.screened,
            persons: input.persons,
            redacted: input.redacted,
            blank_or_total: input.blank_or_total,
            rejected: input.rejected,
            distinct_names: input.distinct_names,
            amount_total: input.amount_total.map(|sum| sum.to_string()),
            remarks: &input.remarks,
        }
    }
}

impl<'a> WatchlistJson<'a> {
    fn of(list: &'a List, health: &'a ListHealth) -> Self {
        let facts = &list.facts;
        Self {
            slug: &list.slug,
            title: &facts.title,
            publisher: &facts.publisher,
            authority: facts.authority,
            proof: facts.proof,
            sha256: &list.sha256,
            published_on: facts.published_on.as_deref(),
            retrieved_on: facts.retrieved_on.as_deref(),
            entries: list.entries.len(),
            names: health.names,
            fit: health.fit,
            critical: facts.critical,
            complete: facts.complete,
            missing: &facts.missing,
            problems: &health.problems,
            bundled: list.bundled,
            licence: &facts.licence,
            url: &facts.url,
        }
    }
}

impl SummaryJson {
    fn of(report: &Report<'_>) -> Self {
        let figures = &report.figures;
        let tally = |(word, tally): (&'static str, &Tally)| (word, TallyJson::of(tally));
        Self {
            subjects: report.screening.subjects.len(),
            subjects_with_candidates: figures.all.subjects(),
            findings: figures.all.findings,
            undecided: figures.undecided,
            by_flag: figures.flags.iter().map(|(flag, some)| tally((flag.as_str(), some))).collect(),
            by_band: figures.bands.iter().map(|(band, some)| tally((band.as_str(), some))).collect(),
            by_ground: figures.grounds.iter().map(|(ground, some)| tally((ground.as_str(), some))).collect(),
            by_state: figures.states.iter().map(|(state, some)| tally((state.as_str(), some))).collect(),
        }
    }
}

impl TallyJson {
    fn of(tally: &Tally) -> Self {
        Self { findings: tally.findings, subjects: tally.subjects(), exposure: sums(&tally.exposure) }
    }
}

impl<'a> NotScreenedJson<'a> {
    fn of(some: &'a NotScreened) -> Self {
        Self {
            reason: some.reason.as_str(),
            rows: some.rows,
            exposure: sums(&some.exposure),
            first: PlaceJson::of(&some.first),
        }
    }
}

impl<'a> PlaceJson<'a> {
    fn of(place: &'a Place) -> Self {
        Self { file: &place.file, sheet: place.sheet.as_deref(), record: place.record, line: place.line }
    }
}

impl<'a> FindingJson<'a> {
    fn of(candidate: &Candidate<'a>) -> Self {
        let Candidate { finding, subject, list, entry } = *candidate;
        let main = subject.exposure.main();
        let decision = finding.decision.as_deref();
        Self {
            finding_id: &finding.id,
            state: finding.state,
            flag: finding.flag,
            next_step: &finding.next_step.text,
            track: subject.track,
            subject_id: &subject.id,
            subject_name: &subject.name,
            subject_country: subject.countries.iter().map(Country::as_str).collect(),
            rows: subject.rows,
            amount: main.map(|(_, sum)| sum.to_string()),
            currency: main.map(|(currency, _)| currency.to_string()),
            list: &list.slug,
            entry_id: &entry.id,
            listed_name: &entry.name,
            matched_name: &finding.matched.matched_name,
            listed_country: entry.countries.iter().map(Country::as_str).collect(),
            ground: entry.ground,
            measure: &entry.measure,
            authority: list.facts.authority,
            proof: list.facts.proof,
            status: entry.status,
            listed_on: entry.listed_on.map(|date| date.to_string()),
            source_url: &entry.source_url,
            score: finding.matched.score.value(),
            band: finding.matched.band,
            why: &finding.matched.why,
            rules: finding.rules.iter().map(ToString::to_string).collect(),
            decision: decision.map(|d| d.outcome),
            decided_by: decision.map(|d| d.decided_by.as_str()),
            decided_on: decision.map(|d| d.decided_on.to_string()),
            decision_reason: decision.map(columns::decision_reason),
            review_by: decision.map(|d| d.review_by.to_string()),
            source_file: columns::source_file(&subject.first),
            source_row: subject.first.record,
            state_reason: finding.state_reason.as_deref(),
            reason_code: decision.map(|d| d.reason_code),
            checked_by: decision.and_then(|d| d.checked_by.as_deref()),
            on_record: decision.map(|d| &d.on_record),
            step: finding.next_step.step,
            relation: finding.matched.relation,
            contradictions: &finding.matched.contradictions,
            evidence: finding.matched.evidence.iter().map(EvidenceJson::of).collect(),
            subject: SubjectJson {
                kind: subject.kind,
                compared_name: &finding.matched.subject_name,
                spellings: subject.spellings.iter().map(SpellingJson::of).collect(),
                aliases: &subject.aliases,
                identifiers: subject.identifiers.iter().map(Identifier::to_string).collect(),
                exposure: sums(&subject.exposure),
                category: subject.category.as_deref(),
                contract_end: subject.contract_end.map(|day| day.to_string()),
                first: PlaceJson::of(&subject.first),
            },
            entry: EntryJson {
                list_title: &list.facts.title,
                publisher: &list.facts.publisher,
                kind: entry.kind,
                aliases: &entry.aliases,
                weak_aliases: &entry.weak_aliases,
                identifiers: entry.identifiers.iter().map(Identifier::to_string).collect(),
                delisted_on: entry.delisted_on.map(|date| date.to_string()),
                scope: entry.scope,
                affected: &entry.affected,
                products: &entry.products,
                note: &entry.note,
            },
        }
    }
}

impl<'a> EvidenceJson<'a> {
    fn of(evidence: &'a Evidence) -> Self {
        Self {
            kind: evidence.kind,
            subject: &evidence.subject,
            entry: &evidence.entry,
            weight: evidence.weight,
        }
    }
}

impl<'a> SpellingJson<'a> {
    fn of(spelling: &'a Spelling) -> Self {
        Self { name: &spelling.name, rows: spelling.rows, first: PlaceJson::of(&spelling.first) }
    }
}

/// Currency to sum.
fn sums(exposure: &Exposure) -> BTreeMap<String, String> {
    exposure.iter().map(|(currency, sum)| (currency.to_string(), sum.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Format, ReportOptions, fixture};

    #[test]
    fn the_whole_report() {
        insta::assert_snapshot!(fixture::written(Format::Json, &ReportOptions::default()));
    }

    /// The schema in `docs/`, compiled.
    fn schema() -> (boon::Schemas, boon::SchemaIndex) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/report.schema.json");
        let schema = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let mut compiler = boon::Compiler::new();
        let mut schemas = boon::Schemas::new();
        compiler.add_resource("report.json", schema).unwrap();
        let index = compiler.compile("report.json", &mut schemas).unwrap();
        (schemas, index)
    }

    #[test]
    fn it_is_valid_by_our_schema() {
        let (schemas, index) = schema();
        for screening in [fixture::screening(), fixture::hostile("=<a>\u{202e}\n"), fixture::empty()] {
            let bytes = fixture::bytes(&screening, Format::Json, &ReportOptions::default());
            let report: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            if let Err(error) = schemas.validate(&report, index) {
                panic!("{error:#}");
            }
        }
    }

    #[test]
    fn the_schema_refuses_what_we_do_not_write() {
        let (schemas, index) = schema();
        let bytes = fixture::bytes(&fixture::screening(), Format::Json, &ReportOptions::default());
        let report: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        for (pointer, wrong) in [
            ("/findings/0/score", 1.5.into()),
            ("/findings/0/flag", "guilty".into()),
            ("/run/as_of", "today".into()),
        ] {
            let mut report = report.clone();
            *report.pointer_mut(pointer).unwrap() = wrong;
            assert!(schemas.validate(&report, index).is_err(), "{pointer}");
        }
    }

    #[test]
    fn lines_hold_the_findings_of_the_report() {
        let screening = fixture::screening();
        let options = ReportOptions::default();
        let report: serde_json::Value =
            serde_json::from_slice(&fixture::bytes(&screening, Format::Json, &options)).unwrap();
        let lines = String::from_utf8(fixture::bytes(&screening, Format::Jsonl, &options)).unwrap();
        let findings: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(report["findings"], serde_json::Value::Array(findings));
    }
}
