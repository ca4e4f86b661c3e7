//! The finding: one subject against one entry, judged, and what a person decided about it.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::matching::Match;
use crate::vocab::{Flag, Outcome, ReasonCode, State};

/// The number of a rule, printed as `R01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u8);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R{:02}", self.0)
    }
}

/// What to do now, with every cap applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// The step on the ladder, 0 to 6; `None` for the legal check, which stands beside the ladder.
    pub step: Option<u8>,
    /// The step in words: `confirm identity`, `ask legal`, `second reviewer`.
    pub text: Cow<'static, str>,
}

/// How grave the harm is, as a person assessed it: each part from 0 (none) to 3 (gravest).
///
/// Source: UN Guiding Principles on Business and Human Rights (2011), commentary to principle 14.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Severity {
    /// How grave.
    pub scale: u8,
    /// How many people.
    pub scope: u8,
    /// Whether it can be put right: 3 where it cannot.
    pub irremediability: u8,
}

impl Severity {
    /// Reads `3/2/3`: scale, scope, irremediable character, each 0 to 3; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/').map(|part| part.trim().parse::<u8>().ok().filter(|n| *n <= 3));
        let severity = Self { scale: parts.next()??, scope: parts.next()??, irremediability: parts.next()?? };
        parts.next().is_none().then_some(severity)
    }

    /// The gravest of the three, 0 to 3: the principles rank by any of them, not by their sum.
    pub fn worst(self) -> u8 {
        self.scale.max(self.scope).max(self.irremediability)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.scale, self.scope, self.irremediability)
    }
}

/// Something that had to be put on record before a serious step: what, by whom, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What was recorded.
    pub text: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub on: Date,
}

impl Recorded {
    /// Reads `text; name; YYYY-MM-DD`. The text may hold semicolons; any part that is empty is `None`.
    pub fn parse(cell: &str) -> Option<Self> {
        let (rest, on) = cell.rsplit_once(';')?;
        let (text, by) = rest.rsplit_once(';')?;
        let (text, by) = (text.trim(), by.trim());
        let on = on.trim().parse().ok()?;
        (!text.is_empty() && !by.is_empty()).then(|| Self { text: text.to_owned(), by: by.to_owned(), on })
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}; {}", self.text, self.by, self.on)
    }
}

/// What else a person put on record with a decision; each part opens one step of the ladder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnRecord {
    /// The harm, assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// The share held and where that is written (`51 % (annual report 2025, page 80)`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<String>,
    /// Evidence beyond the listing, kept on file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// What the supplier said when it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representations: Option<Recorded>,
    /// Why there is no significant risk of financial detriment to the fund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detriment_test: Option<Recorded>,
    /// Why there is good reason to think that members would support the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_test: Option<Recorded>,
}

/// What a named person decided about a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The outcome.
    pub outcome: Outcome,
    /// Its reason code.
    pub reason_code: ReasonCode,
    /// The reason in words.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// Who checked it, if anybody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_by: Option<String>,
    /// When.
    pub decided_on: Date,
    /// Until when it stands, that day included.
    pub review_by: Date,
    /// What was put on record with it.
    #[serde(default)]
    pub on_record: OnRecord,
}

impl Decision {
    /// Whether it says that this candidate needs no further work: another party, out of scope, a duplicate.
    pub fn dismisses(&self) -> bool {
        matches!(self.outcome, Outcome::NotSame | Outcome::OutOfScope | Outcome::Duplicate)
    }

    /// Whether it says that the subject is the listed entity.
    pub fn confirms(&self) -> bool {
        self.outcome == Outcome::Same
    }

    /// Whether two different people stand behind it, with a reason.
    ///
    /// Names are compared without regard to case and outer blanks, so that one person cannot count twice.
    pub fn has_four_eyes(&self) -> bool {
        let plain = |name: &str| name.trim().to_lowercase();
        !self.reason.trim().is_empty()
            && self.checked_by.as_deref().is_some_and(|checker| {
                !checker.trim().is_empty() && plain(checker) != plain(&self.decided_by)
            })
    }
}

/// One subject against one listed entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stays the same from run to run for the same subject, entry and ground.
    pub id: String,
    /// What became of it since the last run; `New` where no earlier run was given.
    pub state: State,
    /// A sentence on what changed, for a state that needs one.
    pub state_reason: Option<String>,
    /// Where it leads if the identity is confirmed.
    pub flag: Flag,
    /// What to do now.
    pub next_step: NextStep,
    /// Index into the screening's subjects.
    pub subject: usize,
    /// Index into the screening's lists.
    pub list: usize,
    /// Index into that list's entries.
    pub entry: usize,
    /// The match: score, band, evidence, sentence.
    pub matched: Match,
    /// The rules that decided the flag and the next step, in order.
    pub rules: Vec<RuleId>,
    /// The decision that stands, if one does; few findings have one, and it is larger than all else of a finding.
    pub decision: Option<Box<Decision>>,
}

impl Finding {
    /// Whether it should fail a job that fails from `threshold` on.
    ///
    /// It does not where it stood in the baseline unchanged, or where a standing decision says what it is.
    /// A legal check leaves only when two people have dismissed it: a baseline never hides it, nor does a
    /// decision that confirms it.
    pub fn fails_at(&self, threshold: Flag) -> bool {
        if self.flag.severity() < threshold.severity() {
            return false;
        }
        let decided = self.decision.as_ref();
        if self.flag == Flag::LegalCheck {
            return !decided.is_some_and(|d| d.dismisses() && d.has_four_eyes());
        }
        self.state != State::Standing && !decided.is_some_and(|d| d.dismisses() || d.confirms())
    }
}

/// A finding of the baseline that this run no longer has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// The id it had.
    pub finding_id: String,
    /// The flag it had.
    pub flag: Flag,
    /// The subject's name then.
    pub subject_name: String,
    /// The list.
    pub list: String,
    /// The entry's id.
    pub entry_id: String,
    /// The listed name then.
    pub listed_name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severity_reads_three_parts_of_nought_to_three() {
        assert_eq!(Severity::parse("3/2/1").unwrap().worst(), 3);
        assert_eq!(Severity::parse("0/0/0").unwrap().to_string(), "0/0/0");
        for text in ["", "3", "3/2", "4/0/0", "1/2/3/0", "-1/0/0", "high"] {
            assert_eq!(Severity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_recorded_names_who_and_when() {
        let cell = "asked twice; no answer; J. Clerk; 2026-10-01";
        let recorded = Recorded::parse(cell).unwrap();
        assert_eq!((recorded.text.as_str(), recorded.by.as_str()), ("asked twice; no answer", "J. Clerk"));
        assert_eq!(recorded.to_string(), cell);
        for text in ["", "asked", "asked; J. Clerk", "asked; J. Clerk; soon", "; J. Clerk; 2026-10-01"] {
            assert_eq!(Recorded::parse(text), None, "{text}");
        }
    }
}
