//! One case through all the rules: the flag, the next step, and the rules that decided them.

use std::borrow::Cow;

use crate::judge::caps::{self, Effect};
use crate::judge::rules::{RULES, Reads, Rule};
use crate::judge::{Case, JudgeInput, NextStep, RuleId, ladder};
use crate::vocab::{Band, Flag};

/// What the rules make of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Where it leads if the identity is confirmed.
    pub flag: Flag,
    /// What to do now.
    pub next_step: NextStep,
    /// The rules that fired for the flag or the next step, in order.
    pub rules: Vec<RuleId>,
}

/// Judges one candidate.
///
/// Returns `None` where the law forbids a candidate: on the supplier and contract track, an entry that names a
/// country, region or product makes none by itself (rule R07). It is shown, as `monitor`, only beside another
/// entry that names the party, is reported itself, and no fact speaks against.
pub fn judge(input: &JudgeInput<'_>) -> Option<Judgement> {
    let case = Case::of(input);
    let beside_a_party = || input.others.iter().any(|other| other.shows_a_party(input.subject, input.policy));
    if case.place_or_product && !case.investment && !beside_a_party() {
        return None;
    }
    Some(decide(&case, &input.policy.holdings.pool))
}

/// Judges one case. `pool` is whoever decides on pooled investments.
pub fn decide(case: &Case, pool: &str) -> Judgement {
    let legal = caps::uk_sanctions(case, ladder::TOP).is_some();
    let (flag, mut rules) = if legal {
        (Flag::LegalCheck, vec![RuleId(14)])
    } else {
        let (step, rules) = climb(case, ladder::ceiling(case), |rule| rule.reads == Reads::Both);
        (ladder::flag(step, case.investment), rules)
    };
    let dismissed = case.decided.dismissed && (!legal || case.decided.four_eyes);
    let next_step = if legal && !dismissed {
        ask_legal(case)
    } else {
        let start = if dismissed { 0 } else { ladder::ceiling(case) };
        let (step, more) = climb(case, start, |_| true);
        rules.extend(more);
        NextStep { step: Some(step), text: step_text(case, step, dismissed, &rules, pool) }
    };
    rules.sort_unstable();
    rules.dedup();
    Judgement { flag, next_step, rules }
}

/// The step that is left when every rule that `counts` has spoken, and which of them fired.
///
/// A rule fires where it lowers the ceiling, also where another has lowered it further: the reader sees all that
/// stands in the way. Rules about serious steps (R12, R13) and about the last word (R15, R16) look at the step that is left.
fn climb(case: &Case, ceiling: u8, counts: impl Fn(&Rule) -> bool) -> (u8, Vec<RuleId>) {
    let mut step = ceiling;
    let mut fired = Vec::new();
    for rule in RULES.iter().filter(|rule| counts(rule)) {
        match (rule.condition)(case, step) {
            // The ceiling of a soft source already is what R03 allows: it decided, though nothing is left to lower.
            Some(Effect::AtMost(most)) if most < ceiling || (rule.id == RuleId(3) && most == ceiling) => {
                step = step.min(most);
            }
            Some(Effect::AtLeast(least)) if least > step => step = least,
            Some(Effect::Wording) => {}
            Some(Effect::AtMost(_) | Effect::AtLeast(_) | Effect::Legal) | None => continue,
        }
        fired.push(rule.id);
    }
    (step, fired)
}

fn ask_legal(case: &Case) -> NextStep {
    let text = if case.decided.dismissed { "ask legal; second reviewer" } else { "ask legal" };
    NextStep { step: None, text: text.into() }
}

/// The step in words: what holds it back comes before what it is.
fn step_text(case: &Case, step: u8, dismissed: bool, rules: &[RuleId], pool: &str) -> Cow<'static, str> {
    let said = |number| rules.contains(&RuleId(number));
    let words = match step {
        _ if said(15) => "screen again with fit lists",
        _ if dismissed => "none: dismissed by decision",
        0 => "none: ground out of scope",
        1 if case.has_ended() => "monitor: listing ended",
        1 => "monitor",
        _ if case.band == Band::Contradicted && !case.decided.same => "confirm identity: facts disagree",
        _ if !case.decided.same => "confirm identity",
        _ if said(8) => "record the ownership",
        _ if said(12) => "second reviewer",
        _ if said(10) => "assess severity",
        _ if said(13) && case.investment => "record both tests",
        _ if said(13) => "ask the supplier for representations",
        _ => return ladder::step_text(step, case, pool),
    };
    words.into()
}

#[cfg(test)]
mod tests;
