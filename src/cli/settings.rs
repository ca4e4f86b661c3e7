//! What was typed becomes what is meant: the policy in force, and the decisions and the earlier report to judge by.

use std::path::{Path, PathBuf};

use super::args::JudgeArgs;
use super::console::Console;
use super::exit::{Exit, Failure};
use crate::judge::Policy;
use crate::judge::decision::{EarlierReport, Log};
use crate::matching::{Score, weights};
use crate::report::{Audience, ReportOptions};
use crate::screen::Options;
use crate::vocab::Flag;

/// The policy file that is read where none is named.
const POLICY_FILE: &str = "wharfinger.toml";

/// The policy of a run, and where it came from.
#[derive(Debug, Default)]
pub(super) struct PolicyInForce {
    /// The policy; the defaults where there is no file.
    pub policy: Policy,
    /// The file it was read from.
    pub path: Option<PathBuf>,
}

impl PolicyInForce {
    /// Reads the file named, else `wharfinger.toml` where there is one here.
    pub(super) fn read(named: Option<&Path>) -> Result<Self, Failure> {
        let here = Path::new(POLICY_FILE);
        let Some(path) = named.or_else(|| here.is_file().then_some(here)) else {
            return Ok(Self::default());
        };
        let text = std::fs::read_to_string(path).map_err(|e| {
            let message = format!("cannot read the policy `{}`: {e}", path.display());
            Failure::said(Exit::Usage, message, "write one with `wharfinger init`")
        })?;
        let policy = Policy::parse(path, &text).map_err(|e| Failure::new(Exit::Usage, e))?;
        Ok(Self { policy, path: Some(path.to_owned()) })
    }

    /// The hash for the report, where there is a file.
    pub(super) fn sha256(&self) -> Option<String> {
        self.path.as_ref().map(|_| self.policy.sha256())
    }

    /// The lowest score reported: what was typed, else the policy's, else the edge of the band `possible`.
    pub(super) fn min_score(&self, typed: Option<f64>) -> Score {
        typed.or(self.policy.report.min_score).map_or(weights::POSSIBLE, Score::new)
    }

    /// What decides how near a name must come to be reported, for the options that a report states.
    pub(super) fn thresholds(&self, typed: Option<f64>) -> Options {
        let mut options = Options::from([("min_score".to_owned(), self.min_score(typed).to_string())]);
        if let Some(band) = self.policy.report.min_band {
            options.insert("policy.report.min_band".to_owned(), band.to_string());
        }
        options
    }

    /// The flag to fail on: what was typed, else the policy's.
    pub(super) fn fail_on(&self, typed: Option<Flag>) -> Option<Flag> {
        typed.or(self.policy.fail_on)
    }

    /// How the reports of a run are written for an audience.
    pub(super) fn report_options(
        &self,
        console: Console,
        audience: Audience,
        fail_on: Option<Flag>,
    ) -> ReportOptions {
        let report = &self.policy.report;
        ReportOptions {
            width: Console::width(),
            colour: console.has_colour(),
            fail_on,
            audience,
            public_names: report.public_names,
            contact: report.contact.clone(),
            ..ReportOptions::default()
        }
    }

    /// Whether natural persons are screened: switched on by hand or in the policy, which states the lawful basis.
    pub(super) fn include_persons(&self, typed: bool) -> bool {
        typed || self.policy.persons.screen
    }
}

/// What is known from earlier: the decisions log and the baseline.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The log; empty where there is none.
    pub log: Log,
    /// Whether a log was named.
    pub has_log: bool,
    /// The earlier report.
    pub baseline: Option<EarlierReport>,
}

impl Known {
    /// Reads what was named.
    pub(super) fn read(args: &JudgeArgs, console: Console) -> Result<Self, Failure> {
        Self::read_files(args.decisions.as_deref(), args.baseline.as_deref(), console)
    }

    /// Reads a log and an earlier report, where they are named.
    pub(super) fn read_files(
        decisions: Option<&Path>,
        baseline: Option<&Path>,
        console: Console,
    ) -> Result<Self, Failure> {
        let mut known = Self::default();
        if let Some(path) = decisions {
            if !path.exists() {
                console.warn(&format!(
                    "there is no decisions log at `{}` yet: nothing is decided",
                    path.display()
                ));
            }
            known.log = Log::read(path).map_err(|e| Failure::new(Exit::DecisionsUnfit, e))?;
            known.has_log = true;
        }
        if let Some(path) = baseline {
            known.baseline = Some(EarlierReport::read(path).map_err(|e| Failure::new(Exit::Usage, e))?);
        }
        Ok(known)
    }

    /// The head of the log, for the report.
    pub(super) fn sha256(&self) -> Option<String> {
        self.has_log.then(|| self.log.head().to_owned())
    }
}
