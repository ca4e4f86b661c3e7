//! The evidence and the sentence: what agrees, what differs, what is missing, from the alignment that was scored.

use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};

use super::align::Edge;
use super::likeness::Kinship;
use super::score::{How, Weighed};
use super::{Evidence, NameStrength};
use crate::normalise::{Form, Token, WordClass};

/// The facts about the names, in the order of the subject's words.
pub(crate) fn evidence(weighed: &Weighed<'_>) -> Vec<Evidence> {
    let (subject, entry) = (weighed.subject.1, weighed.entry.1);
    let How::Words(alignment) = &weighed.how else {
        let kind = if matches!(weighed.how, How::Initials) { "initials" } else { "characters" };
        return vec![Evidence {
            kind,
            subject: subject.text.as_str().into(),
            entry: entry.text.as_str().into(),
            weight: weighed.log_odds,
        }];
    };
    let mut facts: Vec<(u8, Evidence)> =
        alignment.edges.iter().map(|edge| (edge.subject.from, agreeing(edge, subject, entry))).collect();
    let left = |tokens: &[Arc<Token>], bits: u64| -> Vec<(u8, Arc<Token>)> {
        (0_u8..)
            .zip(tokens)
            .filter(|(i, token)| bits >> i & 1 == 1 && token.class != WordClass::Small)
            .map(|(i, t)| (i, t.clone()))
            .collect()
    };
    for (at, token) in left(&subject.tokens, alignment.subject_left) {
        facts.push((
            at,
            Evidence {
                kind: "only in subject",
                subject: token.text().into(),
                entry: SmolStr::default(),
                weight: -token.weight,
            },
        ));
    }
    facts.sort_by_key(|(at, _)| *at);
    let mut facts: Vec<Evidence> = facts.into_iter().map(|(_, fact)| fact).collect();
    for (_, token) in left(&entry.tokens, alignment.entry_left) {
        facts.push(Evidence {
            kind: "only in entry",
            subject: SmolStr::default(),
            entry: token.text().into(),
            weight: -token.weight,
        });
    }
    if let Some((ours, theirs)) = subject.legal.zip(entry.legal) {
        let kind = if ours.contradicts(theirs) { "other legal form" } else { "legal form" };
        facts.push(Evidence {
            kind,
            subject: format_smolstr!("{ours:?}"),
            entry: format_smolstr!("{theirs:?}"),
            weight: 0.0,
        });
    }
    facts
}

fn agreeing(edge: &Edge, subject: &Form, entry: &Form) -> Evidence {
    let text = |run: &[Arc<Token>]| match run {
        [one] => SmolStr::from(one.text()),
        several => several.iter().map(|token| token.text()).collect::<Vec<_>>().join(" ").into(),
    };
    let (ours, theirs) = (edge.subject.words(&subject.tokens), edge.entry.words(&entry.tokens));
    let weight = |run: &[Arc<Token>]| run.iter().map(|token| token.weight).sum::<f64>();
    Evidence {
        kind: kind(edge.likeness.kinship),
        subject: text(ours),
        entry: text(theirs),
        weight: weight(ours).min(weight(theirs)) * edge.likeness.value,
    }
}

const fn kind(kinship: Kinship) -> &'static str {
    match kinship {
        Kinship::Same => "same",
        Kinship::Concept => "same meaning",
        Kinship::Joined => "joined",
        Kinship::Sound => "same sound",
        Kinship::Cut => "cut short",
        Kinship::Typo => "near spelling",
    }
}

/// The sentence.
pub(crate) fn sentence(weighed: &Weighed<'_>, facts: &[Evidence], more: &[String]) -> String {
    let (name, form, strength) = weighed.entry;
    let listed = match strength {
        NameStrength::Primary => "the listed name",
        NameStrength::Alias => "the alias",
        NameStrength::Weak => "the weak alias",
    };
    let part = if form.text.trim() == name.raw().trim() {
        String::new()
    } else {
        format!(" (its part \"{}\")", form.text)
    };
    let ours = if weighed.subject.1.text.trim() == weighed.subject.0.raw().trim() {
        String::new()
    } else {
        format!(" in the part \"{}\"", weighed.subject.1.text)
    };
    let mut clauses = Vec::new();
    match weighed.how {
        How::Initials => clauses.push("the one is the initials of the other".to_owned()),
        How::Characters => clauses.push("compared as Chinese characters".to_owned()),
        How::Words(_) => word_clauses(facts, &mut clauses),
    }
    clauses.extend(more.iter().cloned());
    format!("Set against {listed} \"{}\"{part}{ours}: {}.", name.raw(), clauses.join("; "))
}

fn word_clauses(facts: &[Evidence], clauses: &mut Vec<String>) {
    let of = |kind: &str| facts.iter().filter(|fact| fact.kind == kind).collect::<Vec<_>>();
    let quoted = |words: &[SmolStr]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>();
    let same: Vec<SmolStr> = of("same").iter().map(|fact| fact.subject.clone()).collect();
    if !same.is_empty() {
        clauses.push(format!("{} {}", and(&quoted(&same)), if same.len() == 1 { "agrees" } else { "agree" }));
    }
    for (kind, words) in [
        ("same meaning", "means the same as"),
        ("same sound", "sounds like"),
        ("near spelling", "is spelt nearly like"),
        ("cut short", "is short for, or cut from,"),
        ("joined", "is written apart or in one as"),
    ] {
        for fact in of(kind) {
            clauses.push(format!("`{}` {words} `{}`", fact.subject, fact.entry));
        }
    }
    for (kind, whose) in [("only in subject", "only in ours"), ("only in entry", "only in the listed name")] {
        let words: Vec<SmolStr> =
            of(kind).iter().map(|fact| format_smolstr!("{}{}", fact.subject, fact.entry)).collect();
        if !words.is_empty() {
            clauses.push(format!(
                "{} {} {whose}",
                and(&quoted(&words)),
                if words.len() == 1 { "is" } else { "are" }
            ));
        }
    }
    if !of("other legal form").is_empty() {
        clauses.push("the legal forms are of different kinds".to_owned());
    }
}

fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
