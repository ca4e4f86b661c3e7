//! A candidate as a card: the two names side by side, what the listing says, what to do now.

use super::super::escape::web_address;
use super::super::wording::{self, counted, length};
use super::super::{Candidate, columns};
use super::clean;
use super::marks::{Piece, marked};
use crate::vocab::Scope;

/// How many spellings a card lists; the JSON has them all.
const MOST_SPELLINGS: usize = 8;
/// How many facts of evidence a card lists.
const MOST_FACTS: usize = 12;

/// All that a card says, as text that the template escapes.
pub(super) struct Card {
    pub(super) anchor: String,
    /// The finding's id where the anchor does not say it as it is.
    pub(super) id: String,
    /// What the script filters by, in its order, with `|` between.
    pub(super) facets: String,
    pub(super) subject: String,
    pub(super) listed: String,
    pub(super) list: String,
    pub(super) list_anchor: String,
    pub(super) band: &'static str,
    pub(super) score: String,
    pub(super) exposure: String,
    pub(super) rows: String,
    pub(super) state: &'static str,
    pub(super) ours: Vec<Piece>,
    pub(super) theirs: Vec<Piece>,
    pub(super) why: String,
    pub(super) ground: &'static str,
    pub(super) listing: String,
    pub(super) authority: &'static str,
    pub(super) proof: &'static str,
    pub(super) source: String,
    pub(super) next: String,
    pub(super) rules: String,
    pub(super) notes: Vec<String>,
    pub(super) evidence: Vec<String>,
    pub(super) spellings: Vec<String>,
    pub(super) facts: String,
}

impl Card {
    pub(super) fn of(candidate: &Candidate<'_>) -> Self {
        let Candidate { finding, subject, list, entry } = *candidate;
        let matched = &finding.matched;
        Self {
            anchor: anchor("f-", &finding.id),
            id: odd_id(&finding.id),
            facets: facets(candidate),
            subject: clean(&subject.name),
            listed: clean(&entry.name),
            list: clean(&list.slug),
            list_anchor: anchor("l-", &list.slug),
            band: wording::band(matched.band),
            score: matched.score.to_string(),
            exposure: or(wording::exposure(&subject.exposure), "no sum stated"),
            rows: counted(subject.rows, "row", "rows"),
            state: wording::state(finding.state),
            ours: marked(&matched.subject_name, &matched.evidence, |fact| &fact.subject),
            theirs: marked(&matched.matched_name, &matched.evidence, |fact| &fact.entry),
            why: quoted(&clean(&matched.why)),
            ground: wording::ground(entry.ground),
            listing: listing(candidate),
            authority: wording::authority(list.facts.authority),
            proof: wording::proof(list.facts.proof),
            source: web_address(&entry.source_url).unwrap_or_default().to_owned(),
            next: clean(&finding.next_step.text),
            rules: columns::rules(candidate).replace(';', " "),
            notes: notes(candidate),
            evidence: evidence(candidate),
            spellings: spellings(candidate),
            facts: facts(candidate),
        }
    }
}

/// Words in backticks, as a terminal shows them, in the quotation marks that a page has.
fn quoted(text: &str) -> String {
    let mut open = false;
    let mark = |c| match c {
        '`' => {
            open = !open;
            if open { '\u{201c}' } else { '\u{201d}' }
        }
        other => other,
    };
    text.chars().map(mark).collect()
}

/// The id where [`anchor`] writes it differently, else nothing.
fn odd_id(id: &str) -> String {
    if anchor("", id) == id { String::new() } else { clean(id) }
}

fn or(text: String, instead: &str) -> String {
    if text.is_empty() { instead.to_owned() } else { text }
}

/// An id for an element: letters, digits, `-`, `_` and `.`; anything else is written as its code.
pub(super) fn anchor(prefix: &str, id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    id.chars().fold(prefix.to_owned(), |mut anchor, c| {
        if plain(c) {
            anchor.push(c);
        } else {
            anchor.push_str(&format_args!("~{:x}", u32::from(c)).to_string());
        }
        anchor
    })
}

fn facets(candidate: &Candidate<'_>) -> String {
    let Candidate { finding, list, entry, .. } = candidate;
    let decision = finding.decision.as_ref().map_or("undecided", |decision| decision.outcome.as_str());
    let slug = clean(&list.slug).replace('|', "/");
    let (band, ground) = (wording::band(finding.matched.band), wording::ground(entry.ground));
    format!("{band}|{slug}|{ground}|{}|{}", wording::state(finding.state), decision.replace('_', " "))
}

/// The status, dates and measure of the listing, and the name under which it is listed where another one matched.
fn listing(candidate: &Candidate<'_>) -> String {
    let Candidate { finding, entry, .. } = candidate;
    let mut parts = vec![wording::status(entry.status).to_owned()];
    parts.extend(entry.listed_on.map(|date| format!("since {date}")));
    parts.extend(entry.delisted_on.map(|date| format!("until {date}")));
    let mut text = parts.join(" ");
    let mut add = |more: &str| {
        text.push_str(", ");
        text.push_str(more);
    };
    if !entry.measure.is_empty() {
        add(&entry.measure);
    }
    if entry.scope == Scope::AndSubsidiaries {
        add("with its subsidiaries");
    }
    if finding.matched.matched_name != entry.name {
        add(&format!("under the name \"{}\"", entry.name));
    }
    clean(&text)
}

/// A decision that stands, and what has changed.
fn notes(candidate: &Candidate<'_>) -> Vec<String> {
    let finding = candidate.finding;
    let decided = finding.decision.as_ref().map(|decision| {
        let checked =
            decision.checked_by.as_ref().map_or_else(String::new, |by| format!(", checked by {by}"));
        let (outcome, on, until) =
            (decision.outcome.as_str().replace('_', " "), decision.decided_on, decision.review_by);
        let reason = columns::decision_reason(decision);
        format!("Decided: {outcome}, by {}{checked} on {on}, until {until} ({reason})", decision.decided_by)
    });
    let changed =
        finding.state_reason.as_ref().map(|reason| format!("{}: {reason}", wording::state(finding.state)));
    decided.into_iter().chain(changed).map(|line| clean(&line)).collect()
}

fn evidence(candidate: &Candidate<'_>) -> Vec<String> {
    let facts = &candidate.finding.matched.evidence;
    let line = |fact: &crate::matching::Evidence| {
        let sides = match (fact.subject.as_str(), fact.entry.as_str()) {
            (ours, "") => format!("ours only: {ours}"),
            ("", theirs) => format!("theirs only: {theirs}"),
            (ours, theirs) => format!("{ours} / {theirs}"),
        };
        clean(&format!("{}: {sides} ({:+.1})", fact.kind, fact.weight))
    };
    facts.iter().take(MOST_FACTS).map(line).collect()
}

fn spellings(candidate: &Candidate<'_>) -> Vec<String> {
    let all = &candidate.subject.spellings;
    let line = |spelling: &crate::record::Spelling| {
        clean(&format!(
            "{}: {}, first {}",
            spelling.name,
            counted(spelling.rows, "row", "rows"),
            spelling.first
        ))
    };
    let mut lines: Vec<String> = all.iter().take(MOST_SPELLINGS).map(line).collect();
    let more = length(all).saturating_sub(length(&lines));
    if more > 0 {
        lines.push(format!("and {}", counted(more, "other spelling", "other spellings")));
    }
    lines
}

/// Numbers, category and contract of the subject; goods, people and note of the entry.
fn facts(candidate: &Candidate<'_>) -> String {
    let Candidate { finding, subject, entry, .. } = candidate;
    let joined = |items: Vec<String>| items.join(", ");
    let identifiers =
        |ids: &[crate::ident::Identifier]| joined(ids.iter().map(ToString::to_string).collect());
    let affected = joined(entry.affected.iter().map(|group| group.as_str().replace('_', " ")).collect());
    let contradictions =
        joined(finding.matched.contradictions.iter().map(|fact| fact.as_str().replace('_', " ")).collect());
    let parts = [
        ("Disagrees", contradictions),
        ("Our numbers", identifiers(&subject.identifiers)),
        ("Category", subject.category.as_deref().unwrap_or_default().to_owned()),
        ("Contract until", subject.contract_end.map_or_else(String::new, |day| day.to_string())),
        ("Listed numbers", identifiers(&entry.identifiers)),
        ("Goods", entry.products.join(", ")),
        ("People harmed", affected),
        ("Note", entry.note.clone()),
        ("Entry", entry.id.clone()),
    ];
    let said =
        parts.iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label}: {text}"));
    clean(&said.collect::<Vec<_>>().join(". "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_plain_and_tell_ids_apart() {
        assert_eq!(anchor("f-", "3f9a.b_c-1"), "f-3f9a.b_c-1");
        assert_eq!(anchor("f-", "a b"), "f-a~20b");
        assert_ne!(anchor("", "a b"), anchor("", "a\"b"));
    }
}
