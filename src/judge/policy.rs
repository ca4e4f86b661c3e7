//! What a council may set: `wharfinger.toml`, read strictly.
//!
//! Every key has a default, so no file is needed. An unknown key is an error that names the nearest valid one,
//! with line and column: a misspelt key must never quietly leave a gate open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::Hint;
use crate::judge::decision::digest;
use crate::vocab::{Band, Flag, Ground, nearest_word};

/// The settings of a run that are a matter of policy.
///
/// # Examples
/// ```
/// use wharfinger::judge::Policy;
/// use wharfinger::vocab::{Flag, Ground};
///
/// let policy = Policy::parse("wharfinger.toml", "fail_on = \"exclude\"").unwrap();
/// assert_eq!(policy.fail_on, Some(Flag::Exclude));
/// assert!(policy.in_scope(Ground::ForcedLabour));
/// assert!(!policy.in_scope(Ground::Climate));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// The grounds that are in scope; by default those about people's rights.
    pub grounds: BTreeSet<Ground>,
    /// The flag from which a finding fails the run; `None`, and no finding does.
    pub fail_on: Option<Flag>,
    /// What is reported.
    pub report: ReportPolicy,
    /// The severity of each ground, 0 to 3, until a person has assessed a case. Grounds not named keep their default.
    pub severity: BTreeMap<Ground, u8>,
    /// What is expected of each list, by its short name.
    pub lists: BTreeMap<String, ListPolicy>,
    /// Whether and why natural persons are screened.
    pub persons: PersonsPolicy,
    /// How investments are held.
    pub holdings: HoldingsPolicy,
    /// What decisions must keep to.
    pub decisions: DecisionsPolicy,
    /// How long decisions are kept.
    pub retention: RetentionPolicy,
}

/// What is reported.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReportPolicy {
    /// The lowest score reported, 0 to 1; `None` is the lower edge of the band `possible`.
    pub min_score: Option<f64>,
    /// The weakest identity band reported; `None` leaves it to the score. Contradicted matches are always reported.
    pub min_band: Option<Band>,
    /// Where a supplier or a listed company may ask for a correction: an address that every report prints.
    pub contact: Option<String>,
    /// Whether the public version of a report may name candidates that nobody has confirmed.
    pub public_names: bool,
}

/// What is expected of one list; a key that is not set leaves the list's own setting in force.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ListPolicy {
    /// Set to `false` to leave the list out.
    #[serde(rename = "use")]
    pub used: Option<bool>,
    /// The age in days from which the list is unfit.
    pub max_age_days: Option<u32>,
    /// Fewer entries than this, and the list is unfit.
    pub min_entries: Option<usize>,
    /// Shrunk by more than this many per cent since the last run, and the list is unfit; see [`ListPolicy::MAX_SHRINK_PERCENT`].
    pub max_shrink_percent: Option<u8>,
    /// Columns that the list must have.
    pub required_columns: Vec<String>,
    /// The SHA-256 that its file must have, in hexadecimal.
    pub sha256: Option<String>,
    /// Whether an unfit list makes the whole screening unfit.
    pub critical: Option<bool>,
}

impl ListPolicy {
    /// What a list may lose from one run to the next where nothing is set, in per cent; the same as `watchlists update` allows.
    ///
    /// Official lists lose a few per cent a year. A third gone overnight is an accident at the source, or another file.
    pub const MAX_SHRINK_PERCENT: u8 = 30;
}

/// Whether and why natural persons are screened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PersonsPolicy {
    /// Off by default.
    pub screen: bool,
    /// The lawful basis (UK GDPR articles 6 and 10, Data Protection Act 2018 Schedule 1), printed in the report.
    pub lawful_basis: String,
}

/// How investments are held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HoldingsPolicy {
    /// Whether decisions below the investment strategy are made by a pool company: the verb is then `raise with the pool`.
    pub pooled: bool,
    /// What the report calls whoever decides: `the pool`, or its name.
    pub pool: String,
}

/// What decisions must keep to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DecisionsPolicy {
    /// The longest time from decision to review, in days.
    pub max_days: u32,
    /// Whether a changed policy reopens decisions made under the earlier one.
    pub reopen_on_policy_change: bool,
}

/// How long decisions are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetentionPolicy {
    /// In days after the last day on which a decision could stand, printed in the report.
    ///
    /// `wharfinger decisions purge` takes out of the log what is past it. Reports are the council's files, and no program's to delete.
    pub days: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            grounds: Ground::ALL.iter().copied().filter(|ground| ground.is_human_rights()).collect(),
            fail_on: None,
            report: ReportPolicy::default(),
            severity: BTreeMap::new(),
            lists: BTreeMap::new(),
            persons: PersonsPolicy::default(),
            holdings: HoldingsPolicy::default(),
            decisions: DecisionsPolicy::default(),
            retention: RetentionPolicy::default(),
        }
    }
}

impl Default for HoldingsPolicy {
    /// Pooled: since the 2026 Regulations every decision below the strategy is the pool company's.
    fn default() -> Self {
        Self { pooled: true, pool: "the pool".to_owned() }
    }
}

impl Default for DecisionsPolicy {
    /// A year, the rhythm of reassessment that formal ethics councils keep.
    fn default() -> Self {
        Self { max_days: 366, reopen_on_policy_change: false }
    }
}

impl Default for RetentionPolicy {
    /// Six years and a bit: the limitation period for a contract claim (Limitation Act 1980, section 5), plus the year it ends in.
    fn default() -> Self {
        Self { days: 7 * 365 }
    }
}

impl Policy {
    /// A commented file with every key at its default: what `wharfinger init` writes.
    pub const TEMPLATE: &'static str = include_str!("template.toml");

    /// Reads a policy; `path` is only named in errors.
    ///
    /// # Errors
    /// [`PolicyError::Unreadable`] for what is not TOML, an unknown key or word, or a value out of its range, with line and column;
    /// [`PolicyError::NoLawfulBasis`] where persons are on without a reason.
    pub fn parse(path: impl AsRef<Path>, text: &str) -> Result<Self, PolicyError> {
        let path = path.as_ref();
        let policy: Self =
            toml::from_str(text).map_err(|error| PolicyError::from_toml(path, text, &error))?;
        policy.check(path)?;
        Ok(policy)
    }

    fn check(&self, path: &Path) -> Result<(), PolicyError> {
        let refuse = |what: String| Err(PolicyError::OutOfRange { path: path.to_owned(), what });
        if self.persons.screen && self.persons.lawful_basis.trim().is_empty() {
            return Err(PolicyError::NoLawfulBasis { path: path.to_owned() });
        }
        if let Some((ground, value)) = self.severity.iter().find(|(_, value)| **value > 3) {
            return refuse(format!("severity of `{ground}` is {value}, not 0 to 3"));
        }
        if self.fail_on == Some(Flag::None) {
            return refuse(
                "`fail_on` is `none`, which every finding reaches; leave it out to never fail".to_owned(),
            );
        }
        if let Some(score) = self.report.min_score.filter(|score| !(0.0..=1.0).contains(score)) {
            return refuse(format!("`report.min_score` is {score}, not 0 to 1"));
        }
        if let Some((slug, _)) =
            self.lists.iter().find(|(_, list)| list.max_shrink_percent.is_some_and(|p| p > 100))
        {
            return refuse(format!("`max_shrink_percent` of list `{slug}` is over 100"));
        }
        Ok(())
    }

    /// Whether a match of a band is reported.
    pub fn reports(&self, band: Band) -> bool {
        band == Band::Contradicted || self.report.min_band.is_none_or(|weakest| band <= weakest)
    }

    /// Whether a ground is in scope.
    pub fn in_scope(&self, ground: Ground) -> bool {
        self.grounds.contains(&ground)
    }

    /// The severity that a ground counts with until a person has assessed the case, 0 to 3.
    pub fn severity_of(&self, ground: Ground) -> u8 {
        self.severity.get(&ground).copied().unwrap_or_else(|| default_severity(ground))
    }

    /// SHA-256 of what the policy means, in lower-case hexadecimal: layout and comments do not change it.
    pub fn sha256(&self) -> String {
        // Serialising plain maps, numbers and words cannot fail; an empty text would only make the hash constant.
        let canonical = serde_json::to_string(self).unwrap_or_default();
        digest(&canonical, 64)
    }
}

/// How grave a ground is by itself: bodily freedom and life first, as the Guiding Principles rank what cannot be put right.
const fn default_severity(ground: Ground) -> u8 {
    match ground {
        Ground::ForcedLabour
        | Ground::StateImposedForcedLabour
        | Ground::DebtBondage
        | Ground::Trafficking
        | Ground::ChildLabourWorstForms
        | Ground::ConflictAbuse => 3,
        Ground::SurveillanceRepression | Ground::LandIndigenous | Ground::OtherHumanRights => 2,
        Ground::LabourMarketOffence | Ground::FreedomOfAssociation => 1,
        Ground::Environment
        | Ground::Corruption
        | Ground::Weapons
        | Ground::TobaccoProduct
        | Ground::Climate
        | Ground::Tax
        | Ground::Other => 0,
    }
}

/// A policy that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Not TOML, an unknown key, or a value of the wrong kind.
    #[error("{message}\n  --> {}:{line}:{column}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// What is wrong with it.
        message: String,
        /// The valid key nearest to an unknown one.
        nearest: Option<String>,
    },
    /// A value that is out of its range.
    #[error("{what}\n  --> {}", path.display())]
    OutOfRange {
        /// The file.
        path: PathBuf,
        /// Which value, and what it may be.
        what: String,
    },
    /// Persons are on, and nothing says why that is lawful.
    #[error("`persons.screen` is on without `persons.lawful_basis`\n  --> {}", path.display())]
    NoLawfulBasis {
        /// The file.
        path: PathBuf,
    },
}

impl PolicyError {
    fn from_toml(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let message = error.message().to_owned();
        Self::Unreadable {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            nearest: nearest_key(&message),
            message,
        }
    }
}

/// The expected key nearest to the unknown one, from serde's own message: ``unknown field `a`, expected one of `b`, `c` ``.
fn nearest_key(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("unknown field `")?;
    let (found, expected) = rest.split_once('`')?;
    nearest_word(found, expected.split('`').skip(1).step_by(2)).map(str::to_owned)
}

impl Hint for PolicyError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Unreadable { nearest: Some(key), .. } => Some(format!("did you mean `{key}`?")),
            Self::Unreadable { .. } => {
                Some("`wharfinger init` writes a commented file with every key".to_owned())
            }
            Self::OutOfRange { .. } => None,
            Self::NoLawfulBasis { .. } => Some(
                "say under which article and schedule people are screened, or set `screen = false`"
                    .to_owned(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_names_the_nearest_one_with_its_place() {
        let error =
            Policy::parse("w.toml", "fail_on = \"exclude\"\n[persons]\n  scren = true\n").unwrap_err();
        assert_eq!(error.hint().as_deref(), Some("did you mean `screen`?"));
        assert!(error.to_string().contains("w.toml:3:3"), "{error}");
        let error = Policy::parse("w.toml", "[lists.us-uflpa]\nmax_age_day = 3\n").unwrap_err();
        assert_eq!(error.hint().as_deref(), Some("did you mean `max_age_days`?"));
    }

    #[test]
    fn an_unknown_word_names_the_nearest_one() {
        let error = Policy::parse("w.toml", "grounds = [\"forced_labor\"]").unwrap_err();
        assert!(error.to_string().contains("did you mean `forced_labour`?"), "{error}");
        let error = Policy::parse("w.toml", "fail_on = \"exlude\"").unwrap_err();
        assert!(error.to_string().contains("did you mean `exclude`?"), "{error}");
    }

    #[test]
    fn values_out_of_range_and_persons_without_a_basis_are_refused() {
        for (text, says) in [
            ("[severity]\nforced_labour = 4", "not 0 to 3"),
            ("fail_on = \"none\"", "leave it out to never fail"),
            ("[report]\nmin_score = 1.5", "not 0 to 1"),
            ("[report]\nmin_score = nan", "not 0 to 1"),
            ("[lists.x]\nmax_shrink_percent = 101", "over 100"),
            ("[persons]\nscreen = true", "lawful_basis"),
            ("[persons]\nscreen = true\nlawful_basis = \" \"", "lawful_basis"),
        ] {
            let error = Policy::parse("w.toml", text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn the_template_is_the_default_and_every_key_in_it_is_real() {
        assert_eq!(Policy::parse("w.toml", Policy::TEMPLATE), Ok(Policy::default()));
        let all_on = Policy::parse("w.toml", &Policy::TEMPLATE.replace("#: ", "")).unwrap();
        assert_eq!(all_on.fail_on, Some(Flag::Exclude));
        assert_eq!(all_on.lists.len(), 1);
    }

    #[test]
    fn the_template_has_every_key() {
        let all_on = Policy::parse("w.toml", &Policy::TEMPLATE.replace("#: ", "")).unwrap();
        let written = toml::Value::try_from(&all_on).unwrap();
        let mut keys = Vec::new();
        collect_keys(&written, &mut keys);
        for key in keys {
            assert!(Policy::TEMPLATE.contains(&key), "`{key}` is not in the template");
        }
    }

    fn collect_keys(value: &toml::Value, keys: &mut Vec<String>) {
        if let toml::Value::Table(table) = value {
            for (key, value) in table {
                keys.push(key.clone());
                collect_keys(value, keys);
            }
        }
    }

    #[test]
    fn the_hash_is_of_the_meaning() {
        let plain = Policy::parse("a", "fail_on = \"divest\"").unwrap();
        let spaced = Policy::parse("b", "# ours\nfail_on   =   \"divest\"\n").unwrap();
        assert_eq!(plain.sha256(), spaced.sha256());
        assert_ne!(plain.sha256(), Policy::default().sha256());
        assert_eq!(plain.sha256().len(), 64);
    }
}
