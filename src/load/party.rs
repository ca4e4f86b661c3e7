//! From the rows of one name to the subject that is screened.

use std::sync::Arc;

use super::Field;
use super::class::Class;
use super::tally::{Group, Tally};
use crate::country;
use crate::ident::{self, Identifier};
use crate::read::Position;
use crate::read::json::SEPARATOR;
use crate::record::{Country, Exposure, Place, Spelling, Subject};
use crate::vocab::{EntityKind, Track};

/// Names the input in places.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    /// The file, with its archive member.
    pub file: Arc<str>,
    /// The sheet.
    pub sheet: Option<Arc<str>>,
}

impl Origin {
    /// A place in this input.
    pub(super) fn at(&self, position: Position) -> Place {
        Place {
            file: Arc::clone(&self.file),
            sheet: self.sheet.clone(),
            record: position.record,
            line: position.line,
        }
    }
}

/// Adds the subjects of a group: one, or several where the cell names several parties. Returns how many
/// identifiers were left out since they are none. `with_ids` says whether the file's ids are ids of parties.
pub(super) fn subjects(
    group: &Group,
    tally: &Tally,
    track: Track,
    origin: &Origin,
    with_ids: bool,
    subjects: &mut Vec<Subject>,
) -> u64 {
    let person = group.class == Class::Person;
    let kind = group.kind.unwrap_or(if person { EntityKind::Person } else { EntityKind::Organisation });
    let (identifiers, invalid) = identifiers(group);
    let given = group.id.as_ref().filter(|_| with_ids).map(|id| tally.decode(id)).filter(|id| !id.is_empty());
    let (aliases, countries, category) = (aliases(group), countries(group), tally.category(group));
    let first = origin.at(group.first);
    let parties = parties(&group.name, &identifiers, track);
    // What several parties share, nobody can say of one of them.
    let exposure = if parties.len() == 1 { exposure(group, tally) } else { Exposure::default() };
    subjects.extend(parties.into_iter().map(|party| Subject {
        id: given.clone().unwrap_or_else(|| format!("name:{}", key(&party.name))),
        track,
        kind,
        spellings: vec![Spelling { name: party.name.clone(), rows: group.rows, first: first.clone() }],
        name: party.name,
        aliases: aliases.clone(),
        countries: countries.clone(),
        identifiers: party.identifiers,
        exposure: exposure.clone(),
        rows: group.rows,
        first: first.clone(),
        category: category.clone(),
        contract_end: group.end,
    }));
    invalid
}

/// Lower-case words of a name, joined by blanks.
fn key(name: &str) -> String {
    let name = name.to_lowercase();
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

struct Party {
    name: String,
    identifiers: Vec<Identifier>,
}

/// Several parties stand in one cell as `[Name|Address|Ref type|Ref Number|...]` (Contracts Finder), or as the
/// values of a JSON list; in contract registers also with semicolons between them.
fn parties(name: &str, identifiers: &[Identifier], track: Track) -> Vec<Party> {
    let packed = packed(name);
    if !packed.is_empty() {
        return packed;
    }
    let between = |c: char| c == SEPARATOR || (c == ';' && track == Track::Contracts);
    let listed: Vec<&str> = name.split(between).map(str::trim).filter(|name| !name.is_empty()).collect();
    let alone = listed.len() == 1;
    listed
        .into_iter()
        .map(|name| Party {
            name: name.to_owned(),
            identifiers: if alone { identifiers.to_vec() } else { Vec::new() },
        })
        .collect()
}

/// The parties of a cell `[Name|Address|Ref type|Ref Number|...][...]`, none for any other cell.
fn packed(name: &str) -> Vec<Party> {
    name.strip_prefix('[')
        .filter(|rest| rest.contains('|'))
        .into_iter()
        .flat_map(|rest| rest.split("]["))
        .filter_map(|party| {
            let mut parts = party.trim_end_matches(']').split('|').map(str::trim);
            let name = parts.next().filter(|name| !name.is_empty())?.to_owned();
            let (scheme, number) = (parts.nth(1).unwrap_or_default(), parts.next().unwrap_or_default());
            Some(Party {
                name,
                identifiers: Identifier::of(scheme, number)
                    .filter(|_| !scheme.is_empty() && scheme != "NONE")
                    .into_iter()
                    .collect(),
            })
        })
        .collect()
}

/// The names that a cell packs, or the cell itself.
pub(super) fn names(cell: &str) -> Vec<String> {
    let packed = packed(cell);
    if packed.is_empty() {
        vec![cell.to_owned()]
    } else {
        packed.into_iter().map(|party| party.name).collect()
    }
}

fn exposure(group: &Group, tally: &Tally) -> Exposure {
    let mut exposure = Exposure::default();
    for (currency, sum) in &group.sums {
        let scaled = sum.checked_mul(tally.scale()).unwrap_or(*sum);
        // Each currency is added once to an empty exposure, which always fits.
        let _ = exposure.add(scaled, *currency);
    }
    exposure
}

fn identifiers(group: &Group) -> (Vec<Identifier>, u64) {
    let mut found = Vec::new();
    let mut invalid = 0;
    for (field, text) in &group.identity {
        let read = match field {
            Field::CompanyNumber if text.contains(':') => Identifier::parse(text),
            Field::CompanyNumber => ident::company_number(text),
            Field::Lei => ident::lei(text),
            Field::Isin => ident::isin(text),
            Field::Sedol => ident::sedol(text),
            Field::Vat => ident::vat(text),
            Field::CharityNumber => ident::charity_number(text),
            _ => continue,
        };
        match read {
            Some(identifier) => found.push(identifier),
            // `N/A`, `Sole trader`, `-` say that there is none.
            None if text.bytes().any(|byte| byte.is_ascii_digit()) => invalid += 1,
            None => {}
        }
    }
    found.sort();
    found.dedup();
    (found, invalid)
}

fn aliases(group: &Group) -> Vec<String> {
    let texts = group.identity.iter().filter(|(field, _)| *field == Field::Aliases);
    let names = texts.flat_map(|(_, text)| text.split([';', SEPARATOR])).map(str::trim);
    names.filter(|name| !name.is_empty() && *name != group.name).map(str::to_owned).collect()
}

fn countries(group: &Group) -> Vec<Country> {
    let texts = group.identity.iter().filter(|(field, _)| *field == Field::Country);
    let mut found: Vec<Country> = texts
        .flat_map(|(_, text)| text.split([';', SEPARATOR]))
        .filter_map(|text| country::by_code(text).or_else(|| country::by_name(text)))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_cells_name_several_parties() {
        let seen: Vec<(String, Vec<String>)> = parties(
            "[Orrinmoor Ltd|1 Lane, Tessaryk|COMPANIES_HOUSE|1234567|Yes|No][Ruddlecombe|2 Lane|NONE||No|No]",
            &[],
            Track::Contracts,
        )
        .into_iter()
        .map(|party| (party.name, party.identifiers.iter().map(ToString::to_string).collect()))
        .collect();
        assert_eq!(
            seen,
            [("Orrinmoor Ltd".into(), vec!["gb-coh:01234567".into()]), ("Ruddlecombe".into(), vec![])]
        );
        let names: Vec<String> =
            parties("A Ltd\u{1e}B Ltd", &[], Track::Suppliers).into_iter().map(|party| party.name).collect();
        assert_eq!(names, ["A Ltd", "B Ltd"]);
        assert_eq!(parties("[2026] A | B", &[], Track::Contracts).len(), 1);
        assert_eq!(parties("A Ltd; B Ltd", &[], Track::Contracts).len(), 2);
        assert_eq!(parties("A Ltd; B Ltd", &[], Track::Suppliers).len(), 1);
    }
}
