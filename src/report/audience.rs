//! Two versions of one run: everything for those who decide, and what may be published.
//!
//! The public version names no party whose identity nobody has confirmed, no person, and nobody who decided; it holds
//! no free text and no folder names. What would give a withheld name away goes with it: the listed name, the row, the
//! sum (payments above £500 are published with names). Counts, lists, grounds and bands stay.
//!
//! Sources: Local Government Act 1972, Schedule 12A (exempt information); UK GDPR, Article 10; Local Government
//! Transparency Code 2015, paragraph 28 (published spending).

use std::sync::Arc;

use smol_str::SmolStr;
use thin_vec::ThinVec;

use crate::judge::{Decision, Finding, OnRecord};
use crate::matching::Match;
use crate::record::{Exposure, Place, Subject};
use crate::screen::Screening;
use crate::vocab::{EntityKind, nearest_word};
use crate::watchlist::Entry;

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Those who decide: the exempt part of an agenda, auditors.
    #[default]
    Exempt,
    /// Everybody.
    Public,
}

impl Audience {
    /// The word on the command line and in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Public => "public",
        }
    }
}

impl std::str::FromStr for Audience {
    type Err = String;

    /// Reads `public` or `exempt`; the error says which words there are.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "exempt" => Ok(Self::Exempt),
            "public" => Ok(Self::Public),
            other => Err(nearest_word(other, ["public", "exempt"]).map_or_else(
                || format!("`{other}` is not an audience; known: public, exempt"),
                |word| format!("`{other}` is not an audience; did you mean `{word}`?"),
            )),
        }
    }
}

/// What stands in place of a name.
pub(super) const WITHHELD: &str = "withheld";
/// What stands in place of the sentence of reasons.
const NO_REASONS: &str = "Withheld until a named person has confirmed the identity.";

/// A finding with its subject and entry as the public may see them.
pub(super) struct Part {
    pub(super) finding: Finding,
    pub(super) subject: Subject,
    pub(super) entry: Entry,
}

/// The public version of a screening: the run, and the parts of each finding in their order.
pub(super) struct Published {
    pub(super) screening: Screening,
    pub(super) parts: Vec<Part>,
}

/// Makes the public version. With `names`, candidates that nobody has confirmed are named too, as a policy may allow.
pub(super) fn publish(screening: &Screening, names: bool) -> Published {
    let mut public = screening.clone();
    public.findings.retain(|finding| screening.parts(finding).is_some());
    let parts = public
        .findings
        .iter()
        .filter_map(|finding| {
            let (subject, _, entry) = screening.parts(finding)?;
            Some(part(finding, subject, entry, names))
        })
        .collect();
    for input in &mut public.inputs {
        input.path = file_name(&input.path).to_owned();
        input.remarks.clear();
    }
    for some in &mut public.not_screened {
        some.first.file = Arc::from(file_name(&some.first.file));
    }
    for note in &mut public.decisions {
        (note.subject_name, note.listed_name, note.text) =
            (WITHHELD.to_owned(), WITHHELD.to_owned(), String::new());
    }
    for gone in &mut public.gone {
        (gone.subject_name, gone.listed_name, gone.entry_id) =
            (WITHHELD.to_owned(), WITHHELD.to_owned(), WITHHELD.to_owned());
    }
    for value in public.options.values_mut() {
        *value = file_name(value).to_owned();
    }
    Published { screening: public, parts }
}

/// The last part of a path: folders may hold the names of people.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn part(finding: &Finding, subject: &Subject, entry: &Entry, names: bool) -> Part {
    let confirmed = finding.decision.as_deref().is_some_and(Decision::confirms);
    let person = subject.kind == EntityKind::Person || entry.kind == EntityKind::Person;
    let mut part = Part { finding: finding.clone(), subject: subject.clone(), entry: entry.clone() };
    part.entry.note.clear();
    part.finding.state_reason = None;
    part.finding.decision = finding.decision.as_deref().map(without_people).map(Box::new);
    part.subject.category = None;
    part.subject.first.file = Arc::from(file_name(&subject.first.file));
    if person || !(confirmed || names) {
        part.withhold();
    }
    part
}

/// The decision without its words and without the names of those who made it.
fn without_people(decision: &Decision) -> Decision {
    Decision {
        reason: String::new(),
        decided_by: WITHHELD.to_owned(),
        checked_by: decision.checked_by.as_ref().map(|_| WITHHELD.to_owned()),
        on_record: OnRecord { severity: decision.on_record.severity, ..OnRecord::default() },
        ..decision.clone()
    }
}

impl Part {
    /// Takes away whatever would tell who the candidate is.
    fn withhold(&mut self) {
        let word = || WITHHELD.to_owned();
        let brief = || SmolStr::new_static(WITHHELD);
        self.subject = Subject {
            id: brief(),
            track: self.subject.track,
            kind: self.subject.kind,
            name: brief(),
            spellings: ThinVec::new(),
            aliases: ThinVec::new(),
            countries: ThinVec::new(),
            identifiers: ThinVec::new(),
            exposure: Exposure::default(),
            rows: self.subject.rows,
            first: Place { file: Arc::from(WITHHELD), sheet: None, record: 0, line: None },
            category: None,
            contract_end: None,
        };
        self.entry = Entry {
            id: word(),
            name: word(),
            aliases: ThinVec::new(),
            weak_aliases: ThinVec::new(),
            countries: ThinVec::new(),
            identifiers: ThinVec::new(),
            listed_on: None,
            delisted_on: None,
            products: ThinVec::new(),
            source_url: String::new(),
            ..self.entry.clone()
        };
        self.finding.matched = Match {
            subject_name: word(),
            matched_name: word(),
            evidence: Vec::new(),
            why: NO_REASONS.to_owned(),
            ..self.finding.matched.clone()
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, ReportOptions, fixture};
    use super::*;
    use crate::vocab::Outcome;

    const FORMATS: &[Format] = &[
        Format::Table,
        Format::Csv,
        Format::Json,
        Format::Jsonl,
        Format::Markdown,
        Format::Html,
        Format::Sarif,
        Format::Junit,
    ];

    fn public() -> ReportOptions {
        ReportOptions { audience: Audience::Public, ..ReportOptions::default() }
    }

    #[test]
    fn the_public_version_names_nobody_unconfirmed() {
        let screening = fixture::screening();
        for format in FORMATS {
            let text =
                String::from_utf8(fixture::bytes(&screening, *format, &public())).unwrap().to_lowercase();
            for secret in [
                "vorstellank",
                "tirriwick",
                "quillhaven",
                "reviewer-1",
                "asked the supplier",
                "18250",
                "00012345",
            ] {
                assert!(!text.contains(secret), "{format}: {secret}");
            }
        }
    }

    #[test]
    fn a_confirmed_party_is_named_and_its_reviewers_are_not() {
        let mut screening = fixture::screening();
        screening.findings[2].decision.as_mut().unwrap().outcome = Outcome::Same;
        for format in FORMATS {
            let text = String::from_utf8(fixture::bytes(&screening, *format, &public())).unwrap();
            assert!(!text.contains("reviewer-1"), "{format}");
            assert!(!text.to_lowercase().contains("vorstellank"), "{format}");
        }
        let csv = String::from_utf8(fixture::bytes(&screening, Format::Csv, &public())).unwrap();
        assert!(csv.contains("Quillhaven Brambleworks"));
    }

    #[test]
    fn a_policy_may_allow_names_but_never_those_of_people() {
        let options = ReportOptions { public_names: true, ..public() };
        let mut screening = fixture::screening();
        screening.lists[0].entries[0].kind = EntityKind::Person;
        let text = String::from_utf8(fixture::bytes(&screening, Format::Json, &options)).unwrap();
        assert!(text.contains("Tirriwick"));
        assert!(!text.to_lowercase().contains("vorstellank"));
    }

    #[test]
    fn both_versions_carry_one_run_and_one_result() {
        let screening = fixture::screening();
        let read = |options: &ReportOptions| -> serde_json::Value {
            serde_json::from_slice(&fixture::bytes(&screening, Format::Json, options)).unwrap()
        };
        let (exempt, public) = (read(&ReportOptions::default()), read(&public()));
        for field in ["id", "results_sha256", "as_of"] {
            assert_eq!(exempt["run"][field], public["run"][field]);
        }
        assert_eq!(exempt["summary"]["findings"], public["summary"]["findings"]);
        assert_eq!(public["run"]["audience"], "public");
    }

    #[test]
    fn folders_are_left_out() {
        for (path, name) in
            [("/home/clerk/spend.csv", "spend.csv"), ("C:\\clerk\\a.xlsx", "a.xlsx"), ("b.csv", "b.csv")]
        {
            assert_eq!(file_name(path), name);
        }
    }
}
