//! From the rows of one name to the subject that is screened.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;
use rust_decimal::Decimal;
use smallvec::{SmallVec, smallvec};
use smol_str::SmolStr;
use thin_vec::{ThinVec, thin_vec};

use super::Field;
use super::class::Class;
use super::intern;
use super::tally::Group;
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

/// What holds for every group of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    /// What the header multiplies the sums with.
    pub scale: Decimal,
    /// The track of the rows.
    pub track: Track,
    /// The input.
    pub origin: &'a Origin,
    /// Whether the file's ids are ids of parties.
    pub with_ids: bool,
}

/// The subjects of a group.
#[derive(Debug)]
pub(super) struct Parties {
    /// One, or several where the cell names several parties.
    pub subjects: SmallVec<[Subject; 1]>,
    /// Its rows, for each identifier that was left out since it is none.
    pub invalid_rows: u64,
}

/// Makes the subjects of a group.
pub(super) fn of(mut group: Group, reading: &Reading<'_>) -> Parties {
    let (identifiers, invalid) = identifiers(&group);
    let invalid_rows = invalid * group.rows;
    if !names_several(&group.name, reading.track) {
        let party = Party { name: std::mem::take(&mut group.name), identifiers };
        let exposure = exposure(&group, reading.scale);
        return Parties { subjects: smallvec![subject(group, reading, party, exposure)], invalid_rows };
    }
    let parties = parties(&group.name, &identifiers, reading.track);
    // What several parties share, nobody can say of one of them.
    let exposure = if parties.len() == 1 { exposure(&group, reading.scale) } else { Exposure::default() };
    let subjects = parties.into_iter().map(|party| subject(group.clone(), reading, party, exposure.clone()));
    Parties { subjects: subjects.collect(), invalid_rows }
}

fn subject(group: Group, reading: &Reading<'_>, party: Party, exposure: Exposure) -> Subject {
    let person = group.class == Class::Person;
    let first = reading.origin.at(group.first);
    Subject {
        aliases: aliases(&group, &party.name),
        countries: countries(&group),
        id: group.id.filter(|_| reading.with_ids).unwrap_or_else(|| key(&party.name).into()),
        track: reading.track,
        kind: group.kind.unwrap_or(if person { EntityKind::Person } else { EntityKind::Organisation }),
        spellings: thin_vec![Spelling { name: party.name.clone(), rows: group.rows, first: first.clone() }],
        name: party.name,
        identifiers: party.identifiers,
        exposure,
        rows: group.rows,
        first,
        category: group.category,
        contract_end: group.end,
    }
}

/// `name:` and the words of a name in lower case, joined by blanks.
fn key(name: &str) -> String {
    const SCHEME: &str = "name:";
    let mut key = String::with_capacity(SCHEME.len() + name.len());
    key.push_str(SCHEME);
    let mut between = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            between = true;
            continue;
        }
        if between && key.len() > SCHEME.len() {
            key.push(' ');
        }
        between = false;
        if c.is_ascii() { key.push(c.to_ascii_lowercase()) } else { key.extend(c.to_lowercase()) }
    }
    key
}

struct Party {
    name: SmolStr,
    identifiers: ThinVec<Identifier>,
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
            name: name.into(),
            identifiers: if alone { identifiers.into() } else { ThinVec::new() },
        })
        .collect()
}

/// A quick look that lets nearly every name pass.
fn names_several(name: &str, track: Track) -> bool {
    name.starts_with('[') || name.contains(SEPARATOR) || (track == Track::Contracts && name.contains(';'))
}

/// The parties of a cell `[Name|Address|Ref type|Ref Number|...][...]`, none for any other cell.
fn packed(name: &str) -> Vec<Party> {
    name.strip_prefix('[')
        .filter(|rest| rest.contains('|'))
        .into_iter()
        .flat_map(|rest| rest.split("]["))
        .filter_map(|party| {
            let mut parts = party.trim_end_matches(']').split('|').map(str::trim);
            let name = parts.next().filter(|name| !name.is_empty())?.into();
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

/// How many different names stand in cells, case apart.
pub(super) fn distinct<'a>(cells: impl ParallelIterator<Item = &'a str>) -> u64 {
    let mut names: Vec<(u64, Cow<'a, str>)> = cells
        .flat_map_iter(|cell| {
            let packed = if cell.starts_with('[') { packed(cell) } else { Vec::new() };
            let alone = packed.is_empty().then(|| Cow::from(cell));
            packed.into_iter().map(|party| Cow::from(String::from(party.name))).chain(alone)
        })
        .map(|name| (hash_folded(&name), name))
        .collect();
    let order = |one: &(u64, Cow<'_, str>), two: &(u64, Cow<'_, str>)| {
        one.0.cmp(&two.0).then_with(|| lower(&one.1).cmp(lower(&two.1)))
    };
    names.par_sort_unstable_by(order);
    names.dedup_by(|one, two| order(one, two).is_eq());
    names.len() as u64
}

fn lower(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(char::to_lowercase)
}

fn hash_folded(name: &str) -> u64 {
    let mut folded: SmallVec<[u8; 128]> = SmallVec::from_slice(name.as_bytes());
    if name.is_ascii() {
        folded.make_ascii_lowercase();
    } else {
        folded = lower(name)
            .flat_map(|c| SmallVec::<[u8; 4]>::from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()))
            .collect();
    }
    intern::hash(&folded)
}

fn exposure(group: &Group, scale: Decimal) -> Exposure {
    let mut exposure = Exposure::default();
    for (currency, sum) in &group.sums {
        let sum = sum.total();
        let scaled = sum.checked_mul(scale).unwrap_or(sum);
        // Each currency is added once to an empty exposure, which always fits.
        let _ = exposure.add(scaled, *currency);
    }
    exposure
}

fn identifiers(group: &Group) -> (ThinVec<Identifier>, u64) {
    let mut found = ThinVec::new();
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

fn aliases(group: &Group, own: &str) -> ThinVec<String> {
    let texts = group.identity.iter().filter(|(field, _)| *field == Field::Aliases);
    let names = texts.flat_map(|(_, text)| text.split([';', SEPARATOR])).map(str::trim);
    names.filter(|name| !name.is_empty() && *name != own).map(str::to_owned).collect()
}

fn countries(group: &Group) -> ThinVec<Country> {
    let texts = group.identity.iter().filter(|(field, _)| *field == Field::Country);
    let mut found: ThinVec<Country> = texts
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
        .map(|party| (party.name.into(), party.identifiers.iter().map(ToString::to_string).collect()))
        .collect();
        assert_eq!(
            seen,
            [("Orrinmoor Ltd".into(), vec!["gb-coh:01234567".into()]), ("Ruddlecombe".into(), vec![])]
        );
        let names: Vec<SmolStr> =
            parties("A Ltd\u{1e}B Ltd", &[], Track::Suppliers).into_iter().map(|party| party.name).collect();
        assert_eq!(names, ["A Ltd", "B Ltd"]);
        assert_eq!(parties("[2026] A | B", &[], Track::Contracts).len(), 1);
        assert_eq!(parties("A Ltd; B Ltd", &[], Track::Contracts).len(), 2);
        assert_eq!(parties("A Ltd; B Ltd", &[], Track::Suppliers).len(), 1);
    }
}
