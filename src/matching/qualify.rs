//! What else is known of the two parties beside their names: identifiers, countries, what sort of thing each is.

use smol_str::ToSmolStr;

use super::{Contradiction, Evidence, Party, weights};
use crate::vocab::EntityKind;

/// What the other facts say.
#[derive(Debug, Default)]
pub(crate) struct Qualified {
    /// In log-odds.
    pub(crate) log_odds: f64,
    /// Whether a valid identifier is equal.
    pub(crate) same_identifier: bool,
    /// Whether the countries agree.
    pub(crate) same_country: bool,
    /// The facts.
    pub(crate) evidence: Vec<Evidence>,
    /// Those that disagree.
    pub(crate) contradictions: Vec<Contradiction>,
    /// The clauses of the sentence.
    pub(crate) clauses: Vec<String>,
}

/// Looks at everything but the names.
pub(crate) fn qualify(subject: &Party, entry: &Party) -> Qualified {
    let mut found = Qualified::default();
    identifiers(subject, entry, &mut found);
    countries(subject, entry, &mut found);
    if subject.kind != entry.kind {
        found.log_odds += weights::KIND_DIFFERS;
        found.contradictions.push(Contradiction::EntityType);
        found.clauses.push(format!("the entry is a {}, not a {}", entry.kind, subject.kind));
    }
    found
}

/// The most that other facts can add for this subject, in log-odds.
pub(crate) fn most(subject: &Party) -> f64 {
    if subject.countries.is_empty() { 0.0 } else { weights::COUNTRY_AGREES }
}

fn identifiers(subject: &Party, entry: &Party, found: &mut Qualified) {
    if let Some(same) = subject.identifiers.iter().find(|id| entry.identifiers.contains(id)) {
        found.same_identifier = true;
        found.clauses.push(format!("the identifier {same} is the same"));
        found.evidence.push(Evidence {
            kind: "identifier",
            subject: same.to_smolstr(),
            entry: same.to_smolstr(),
            weight: 8.0,
        });
        return;
    }
    // Numbers of one register differ: two companies. Securities are many to an issuer, so a different ISIN says nothing.
    for ours in &subject.identifiers {
        if matches!(ours.scheme.as_str(), "isin" | "sedol" | "cusip" | "ticker") {
            continue;
        }
        if let Some(theirs) = entry.identifiers.iter().find(|theirs| theirs.scheme == ours.scheme) {
            found.log_odds += weights::NUMBER_DIFFERS;
            let kind =
                if ours.scheme == "lei" { Contradiction::LeiOrIsin } else { Contradiction::CompanyNumber };
            found.contradictions.push(kind);
            found.clauses.push(format!("the numbers differ ({ours}, {theirs})"));
            found.evidence.push(Evidence {
                kind: "other identifier",
                subject: ours.to_smolstr(),
                entry: theirs.to_smolstr(),
                weight: weights::NUMBER_DIFFERS,
            });
            return;
        }
    }
}

fn countries(subject: &Party, entry: &Party, found: &mut Qualified) {
    if subject.countries.is_empty() || entry.countries.is_empty() {
        return;
    }
    let list = |party: &Party| party.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (ours, theirs) = (list(subject), list(entry));
    let same = subject.countries.iter().any(|country| entry.countries.contains(country));
    let weight = if same { weights::COUNTRY_AGREES } else { weights::COUNTRY_DIFFERS };
    found.same_country = same;
    found.log_odds += weight;
    let kind = if same { "country" } else { "other country" };
    found.clauses.push(if same {
        format!("the country agrees ({ours})")
    } else {
        format!("the countries differ ({ours}; listed: {theirs})")
    });
    found.evidence.push(Evidence { kind, subject: ours.into(), entry: theirs.into(), weight });
    if !same && subject.kind == EntityKind::Organisation {
        found.contradictions.push(Contradiction::Country);
    }
}
