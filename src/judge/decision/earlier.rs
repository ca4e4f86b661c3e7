//! A JSON report of an earlier run, as far as decisions and baselines need it.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use crate::judge::decision::{Content, DecisionError, SideFacts};
use crate::vocab::{Band, Flag, Ground, ListingStatus, Outcome, Relation, Track};

/// An earlier report.
#[derive(Debug, Clone, Deserialize)]
pub struct EarlierReport {
    /// What was run.
    pub run: EarlierRun,
    /// What it found.
    pub findings: Vec<EarlierFinding>,
}

/// The facts of the earlier run that matter later.
#[derive(Debug, Clone, Deserialize)]
pub struct EarlierRun {
    /// The day it was judged by.
    pub as_of: Date,
    /// SHA-256 of the policy it was made under.
    #[serde(default)]
    pub policy_sha256: Option<String>,
    /// The lists it screened against.
    #[serde(default)]
    pub watchlists: Vec<EarlierList>,
}

/// One list of the earlier run.
#[derive(Debug, Clone, Deserialize)]
pub struct EarlierList {
    /// Its short name.
    pub slug: String,
    /// How many of its entries were screened against.
    pub entries: usize,
}

/// One finding of it.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "each is the report's field of that name")]
pub struct EarlierFinding {
    pub finding_id: String,
    pub flag: Flag,
    pub track: Track,
    pub subject_name: String,
    #[serde(default)]
    pub subject_country: Vec<String>,
    pub list: String,
    pub entry_id: String,
    pub listed_name: String,
    #[serde(default)]
    pub listed_country: Vec<String>,
    pub ground: Ground,
    pub status: ListingStatus,
    pub band: Band,
    pub relation: Relation,
    #[serde(default)]
    pub decision: Option<Outcome>,
    #[serde(default)]
    pub decided_by: Option<String>,
    #[serde(default)]
    pub decided_on: Option<Date>,
    #[serde(default)]
    pub decision_reason: Option<String>,
    #[serde(default)]
    pub review_by: Option<Date>,
    #[serde(default)]
    pub checked_by: Option<String>,
    pub subject: EarlierSubject,
    pub entry: EarlierEntry,
}

/// The subject's names and numbers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each is the report's field of that name")]
pub struct EarlierSubject {
    pub spellings: Vec<EarlierSpelling>,
    pub aliases: Vec<String>,
    pub identifiers: Vec<String>,
}

/// One spelling of the subject.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "each is the report's field of that name")]
pub struct EarlierSpelling {
    pub name: String,
}

/// The entry's other names and its numbers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each is the report's field of that name")]
pub struct EarlierEntry {
    pub aliases: Vec<String>,
    pub weak_aliases: Vec<String>,
    pub identifiers: Vec<String>,
}

impl EarlierReport {
    /// Reads a report; `path` is only named in errors.
    ///
    /// # Errors
    /// [`DecisionError::NotAReport`] for anything that is not the JSON report of this program.
    pub fn parse(path: &Path, text: &str) -> Result<Self, DecisionError> {
        serde_json::from_str(text)
            .map_err(|error| DecisionError::NotAReport { path: path.to_owned(), what: error.to_string() })
    }

    /// Reads a report from a file.
    ///
    /// # Errors
    /// As [`EarlierReport::parse`], and [`DecisionError::File`] where it cannot be read.
    pub fn read(path: &Path) -> Result<Self, DecisionError> {
        let text = std::fs::read_to_string(path).map_err(|source| DecisionError::File {
            doing: "read",
            path: path.to_owned(),
            source,
        })?;
        Self::parse(path, &text)
    }

    /// How many entries a list had then.
    pub fn entries_of(&self, slug: &str) -> Option<usize> {
        self.run.watchlists.iter().find(|list| list.slug == slug).map(|list| list.entries)
    }

    /// The finding with an id.
    pub fn find(&self, finding_id: &str) -> Option<&EarlierFinding> {
        self.findings.iter().find(|finding| finding.finding_id == finding_id)
    }
}

impl EarlierFinding {
    /// The content that it was judged on.
    pub fn content(&self) -> Content {
        let subject = &self.subject;
        let spellings = subject.spellings.iter().map(|spelling| &spelling.name);
        let party = SideFacts {
            names: spellings.chain(&subject.aliases).chain([&self.subject_name]).cloned().collect(),
            identifiers: subject.identifiers.clone(),
            countries: self.subject_country.clone(),
        };
        let entry = &self.entry;
        let listed = SideFacts {
            names: [&self.listed_name]
                .into_iter()
                .chain(&entry.aliases)
                .chain(&entry.weak_aliases)
                .cloned()
                .collect(),
            identifiers: entry.identifiers.clone(),
            countries: self.listed_country.clone(),
        };
        Content::of_facts(&party, &listed, self.ground, self.status, self.relation)
    }
}
