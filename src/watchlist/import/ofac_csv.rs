//! OFAC's CSV family: `sdn.csv`, `alt.csv`, `add.csv`, `sdn_comments.csv`, and the same of the non-SDN list (`cons_prim.csv` ...).
//!
//! No header; null is `-0- `; the last line is a lone 0x1A. An organisation's type is null. Weak aliases, register numbers and
//! links stand in the remarks. The files say neither when an entry was listed nor why.
//!
//! Source: OFAC, "SDN list data formats" (`dat_spec.txt`); columns as published 2021 to 2025.

use rustc_hash::FxHashMap;

use super::draft::{Builder, add_country, add_identifier, blank};
use super::text::{clean, date};
use super::{ImportError, Official, Read, Source, Usual, grounds, identifiers, sniff};
use crate::vocab::{Authority, EntityKind, Ground, Proof};
use crate::watchlist::Entry;

/// The SDN list.
pub(super) const SDN: Official = Official {
    title: "OFAC Specially Designated Nationals and Blocked Persons list",
    publisher: "US Department of the Treasury, OFAC",
    jurisdiction: "US",
    authority: Authority::B,
    proof: Proof::ReasonableCause,
    ground: Ground::Other,
    measure: "blocking",
    url: "https://sanctionslist.ofac.treas.gov/Home/SdnList",
    licence: "US government work, public domain",
    max_age_days: 30,
    usual: Some(Usual { entries: 11_567, when: "2022" }),
};

/// The consolidated list of everything that is not SDN.
pub(super) const NON_SDN: Official = Official {
    title: "OFAC consolidated non-SDN lists",
    measure: "restriction other than blocking",
    url: "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
    usual: Some(Usual { entries: 443, when: "May 2024" }),
    ..SDN
};

/// Which file of the family a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Primary,
    Aliases,
    Addresses,
    Comments,
}

/// A primary row, with what the other files add.
struct Body {
    entry: Entry,
    remarks: String,
}

/// Reads the family. Only the primary file is needed; the list is incomplete without the aliases.
pub(super) fn read(sources: &[Source]) -> Result<Read, ImportError> {
    let mut parts: Vec<(Part, &Source, Vec<Vec<String>>)> = Vec::new();
    let mut left_alone = Vec::new();
    for source in sources {
        let rows = rows_of(source)?;
        match part_of(source, &rows) {
            Some(part) if parts.iter().any(|(known, ..)| *known == part) => {
                return Err(ImportError::Usage(format!("`{}` is the second file of its kind", source.name)));
            }
            Some(part) => parts.push((part, source, rows)),
            None if sources.len() > 1 && !sniff::is_listlike(source) => {
                left_alone.push(format!("`{}` is no such list and was left alone", source.name));
            }
            None => return Err(sniff::refusal(super::Format::OfacSdn, source)),
        }
    }
    let find = |wanted: Part| parts.iter().find(|(part, ..)| *part == wanted);
    let Some((_, primary, rows)) = find(Part::Primary) else {
        let file = sources.first().map_or_else(String::new, |source| source.name.clone());
        return Err(ImportError::MissingPart {
            file,
            missing: "the primary file (`sdn.csv` or `cons_prim.csv`)",
        });
    };
    let non_sdn = is_non_sdn(primary, rows);
    let mut remarks = left_alone;
    let mut builder = Builder::of_rows(parts.iter().map(|(_, _, rows)| rows.len()).sum());
    let mut bodies = bodies(rows, primary, &mut builder)?;
    let places: FxHashMap<String, usize> =
        bodies.iter().enumerate().map(|(at, body)| (body.entry.id.clone(), at)).collect();
    let mut missing = Vec::new();
    for (part, file, what) in [
        (Part::Comments, "the comments file", "the end of long remarks"),
        (Part::Aliases, "the alias file", "aliases"),
        (Part::Addresses, "the address file", "countries"),
    ] {
        match find(part) {
            Some((_, source, rows)) => {
                let strangers = join(part, rows, &places, &mut bodies);
                check_strangers(source, strangers, rows.len(), &mut remarks)?;
            }
            None if part != Part::Comments => {
                remarks.push(format!("{file} was not given: the list has no {what}"));
                missing.push(what);
            }
            None => {}
        }
    }
    for mut body in bodies {
        read_remarks(&mut body.entry, &body.remarks);
        builder.add(body.entry);
    }
    let official = if non_sdn { &NON_SDN } else { &SDN };
    let mut facts = official.facts(None);
    // Neither the date nor the reason of a listing is in these files.
    facts.complete = missing.is_empty();
    facts.missing = missing.join(", ");
    remarks.push("the file has no date of its own; its age is counted from the day of import".to_owned());
    let slug = if non_sdn { "us-ofac-consolidated" } else { "us-ofac-sdn" };
    let what = format!("{} (CSV family, {} files)", official.title, parts.len());
    Ok(Read { builder, facts, slug: slug.to_owned(), what, remarks, usual: official.usual })
}

/// The records of a file, without a header that somebody has added and without the closing 0x1A.
fn rows_of(source: &Source) -> Result<Vec<Vec<String>>, ImportError> {
    let text = source.text();
    // `SDN.DEL` and `SDN.PIP` are the same files with another mark between the cells.
    // The mark is what stands behind the number of the first record; remarks are full of the others.
    let first = text.lines().next().unwrap_or_default();
    let behind = first.trim_start_matches(|c: char| c.is_ascii_digit()).bytes().next();
    let delimiter = behind.filter(|mark| b",@|;\t".contains(mark)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| source.damaged(error.to_string()))?;
        super::table::check_size(source, record.position().map_or(0, csv::Position::line), &record)?;
        let first = record.get(0).unwrap_or_default().trim();
        let is_end = record.len() == 1 && first.trim_matches('\u{1a}').is_empty();
        let is_header = rows.is_empty() && first.parse::<u64>().is_err() && record.len() > 1;
        if !is_end && !is_header {
            rows.push(record.iter().map(str::to_owned).collect());
        }
    }
    Ok(rows)
}

/// Known by its number of columns and the third of them; the file names are only a publisher's habit.
fn part_of(source: &Source, rows: &[Vec<String>]) -> Option<Part> {
    let first = rows.first()?;
    first.first()?.trim().parse::<u64>().ok()?;
    // The longest of the first rows: a later row may be cut.
    let columns = rows.iter().take(20).map(Vec::len).max().unwrap_or_default();
    let third = first.get(2).map_or("", |cell| cell.trim());
    match columns {
        12 => Some(Part::Primary),
        5 if ["aka", "fka", "nka"].contains(&third) => Some(Part::Aliases),
        6 => Some(Part::Addresses),
        2 => Some(Part::Comments),
        _ if source.file_name().contains("comments") => Some(Part::Comments),
        _ => None,
    }
}

/// The non-SDN list is known by its programmes: none of them blocks property.
fn is_non_sdn(source: &Source, rows: &[Vec<String>]) -> bool {
    const NON_SDN: [&str; 6] =
        ["NS-PLC", "CMIC-EO13959", "UKRAINE-EO13662", "561-Related", "FSE-SY", "FSE-IR"];
    let of_them =
        rows.iter().filter(|row| row.get(3).is_some_and(|p| NON_SDN.iter().any(|n| p.contains(n)))).count();
    source.file_name().starts_with("cons") || of_them * 2 > rows.len()
}

fn bodies(rows: &[Vec<String>], source: &Source, builder: &mut Builder) -> Result<Vec<Body>, ImportError> {
    let mut bodies = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if row.len() < 12 {
            if at + 1 == rows.len() {
                return Err(source.damaged(format!("the last row has {} of 12 cells", row.len())));
            }
            let id = row.first().cloned().unwrap_or_default();
            builder.skip(format!("row {} (`{id}`)", at + 1), format!("it has {} of 12 cells", row.len()));
            continue;
        }
        let cell = |at: usize| row.get(at).map_or_else(String::new, |cell| clean(cell));
        let id = format!("ofac-{}", cell(0));
        let programmes = programmes(&cell(3));
        let ground = grounds::checked(&id)
            .unwrap_or_else(|| grounds::of("ofac", programmes.iter().map(String::as_str)));
        let kind = kind_of(&cell(2));
        let mut entry = blank(id.clone(), cell(1), kind, ground);
        "blocking".clone_into(&mut entry.measure);
        entry.source_url = details_url(&cell(0));
        entry.note = programme_note(&programmes);
        if kind == EntityKind::Vessel {
            add_country(&mut entry, &cell(9));
            if !cell(10).is_empty() {
                entry.note = format!("{}. Owner: {}", entry.note, cell(10));
            }
        }
        bodies.push(Body { entry, remarks: cell(11) });
    }
    Ok(bodies)
}

/// `A] [B] [C`, with or without outer brackets.
pub(super) fn programmes(cell: &str) -> Vec<String> {
    cell.split("] [")
        .flat_map(|part| part.split(';'))
        .map(|part| part.trim_matches(|c| c == '[' || c == ']').trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// The kind by OFAC's word for it, in any of its formats.
pub(super) fn kind_of(word: &str) -> EntityKind {
    match word.to_lowercase().as_str() {
        "individual" => EntityKind::Person,
        "vessel" | "aircraft" => EntityKind::Vessel,
        _ => EntityKind::Organisation,
    }
}

pub(super) fn details_url(uid: &str) -> String {
    format!("https://sanctionssearch.ofac.treas.gov/Details.aspx?id={uid}")
}

pub(super) fn programme_note(programmes: &[String]) -> String {
    let word = if programmes.len() == 1 { "Programme" } else { "Programmes" };
    format!("{word}: {}", programmes.join(", "))
}

/// Adds the rows of another file to the entries that they belong to; counts those that belong to none.
fn join(part: Part, rows: &[Vec<String>], places: &FxHashMap<String, usize>, bodies: &mut [Body]) -> usize {
    let mut strangers = 0;
    for row in rows {
        let id = format!("ofac-{}", row.first().map_or("", |cell| cell.trim()));
        let Some(body) = places.get(&id).and_then(|at| bodies.get_mut(*at)) else {
            strangers += 1;
            continue;
        };
        let cell = |at: usize| row.get(at).map_or("", |cell| cell.as_str());
        match part {
            Part::Aliases => body.entry.aliases.push(clean(cell(3))),
            Part::Addresses => add_country(&mut body.entry, cell(4)),
            Part::Comments => body.remarks.push_str(&clean(cell(1))),
            Part::Primary => {}
        }
    }
    strangers
}

/// A few rows of a later or earlier day are a remark; more means that the files do not belong together.
fn check_strangers(
    source: &Source,
    strangers: usize,
    rows: usize,
    remarks: &mut Vec<String>,
) -> Result<(), ImportError> {
    if strangers * 50 > rows {
        let what = format!(
            "{strangers} of its {rows} rows belong to no entry of the primary file, so one of the two is cut or of another day"
        );
        return Err(source.damaged(what));
    }
    if strangers > 0 {
        remarks.push(format!("{strangers} rows of `{}` belong to no entry and were left out", source.name));
    }
    Ok(())
}

/// Weak aliases, register numbers, nationality and links out of the remarks.
pub(super) fn read_remarks(entry: &mut Entry, remarks: &str) {
    let mut links = Vec::new();
    for part in remarks.split(';').map(|part| part.trim().trim_end_matches('.').trim()) {
        if let Some(name) = part.strip_prefix("a.k.a. '").or_else(|| part.strip_prefix("alt. a.k.a. '")) {
            entry.weak_aliases.push(name.trim_end_matches('\'').to_owned());
        } else if let Some(name) = part.strip_prefix("Linked To: ") {
            links.push(name.to_owned());
        } else if let Some(country) =
            part.strip_prefix("nationality ").or_else(|| part.strip_prefix("citizen "))
        {
            add_country(entry, country);
        } else if let Some((_, listed)) =
            part.split_once("Listing Date").and_then(|(_, rest)| rest.split_once(')'))
        {
            let listed = date(listed.trim_start_matches([':', ' ']), super::text::Order::MonthFirst);
            entry.listed_on = match (entry.listed_on, listed) {
                (Some(known), Some(new)) => Some(known.min(new)),
                (known, new) => known.or(new),
            };
        } else if entry.kind != EntityKind::Person {
            add_identifier(entry, identifiers::in_words(part));
        }
    }
    if !links.is_empty() {
        entry.note = format!("{}. Linked to: {}", entry.note, links.join(", "));
    }
}
