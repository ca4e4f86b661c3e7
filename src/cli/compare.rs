//! `wharfinger compare`: the score of two names, or of many pairs, explained.

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;

use super::args::CompareArgs;
use super::console::Console;
use super::exit::{Exit, Failure};
use crate::matching::{self, MEASURES, Match, NameStrength, Party};
use crate::normalise::Name;
use crate::record::Country;
use crate::vocab::EntityKind;

/// Runs the command.
pub(super) fn run(args: &CompareArgs, console: Console) -> Result<Exit, Failure> {
    if let Some(path) = &args.pairs {
        return pairs(path, args, console);
    }
    let (Some(subject), Some(entry)) = (&args.subject, &args.entry) else {
        return Err(Failure::said(
            Exit::Usage,
            "two names are needed",
            "give both, or a file with `--pairs`",
        ));
    };
    let found =
        compare(&Sides { left: subject, right: entry, left_country: "", right_country: "", kind: args.kind });
    let mut out = console.out();
    writeln!(out, "{}  {}", found.score, found.band)?;
    writeln!(out, "{}", found.why)?;
    if args.explain {
        writeln!(out)?;
        explain(&found, &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

struct Sides<'a> {
    left: &'a str,
    right: &'a str,
    left_country: &'a str,
    right_country: &'a str,
    kind: EntityKind,
}

fn compare(sides: &Sides<'_>) -> Match {
    let (subject, entry) = parties(sides);
    matching::compare(&subject, &entry)
}

fn parties(sides: &Sides<'_>) -> (Party, Party) {
    let kind = sides.kind;
    let subject = party(sides.left, sides.left_country, kind, |raw| Name::subject(raw, kind));
    let entry = party(sides.right, sides.right_country, kind, |raw| Name::entry(raw, kind));
    (subject, entry)
}

/// Several spellings of one side are separated by `;`.
fn party(names: &str, countries: &str, kind: EntityKind, name: impl Fn(&str) -> Name) -> Party {
    let names = names.split(';').map(str::trim).filter(|n| !n.is_empty());
    let strength = |i: usize| if i == 0 { NameStrength::Primary } else { NameStrength::Alias };
    Party {
        names: names.enumerate().map(|(i, raw)| (name(raw), strength(i))).collect(),
        kind,
        countries: countries.split(';').filter_map(country).collect(),
        identifiers: Vec::new(),
    }
}

fn country(text: &str) -> Option<Country> {
    crate::country::by_code(text).or_else(|| crate::country::by_name(text))
}

fn explain(found: &Match, out: &mut impl Write) -> Result<(), Failure> {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_header(["evidence", "subject", "entry", "weight"]);
    for fact in &found.evidence {
        table.add_row([fact.kind, &fact.subject, &fact.entry, &format!("{:+.2}", fact.weight)]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// One row of a pairs file.
struct Pair {
    id: String,
    left: String,
    right: String,
    left_country: String,
    right_country: String,
    kind: EntityKind,
}

impl Pair {
    fn sides(&self) -> Sides<'_> {
        Sides {
            left: &self.left,
            right: &self.right,
            left_country: &self.left_country,
            right_country: &self.right_country,
            kind: self.kind,
        }
    }
}

fn pairs(path: &Path, args: &CompareArgs, console: Console) -> Result<Exit, Failure> {
    let rows = read_pairs(path, args.kind)?;
    let found: Vec<Vec<String>> = rows.par_iter().map(|row| line(row, args.measures)).collect();
    let mut out = csv::Writer::from_writer(console.out());
    let unwritable = |e: csv::Error| Failure::from(std::io::Error::from(e));
    let mut header = vec!["id", "score", "band", "why"];
    if args.measures {
        header.push("table");
        header.extend(MEASURES);
    }
    out.write_record(header).map_err(unwritable)?;
    for line in &found {
        out.write_record(line).map_err(unwritable)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// The line of one pair; a pair that was not compared word by word has empty measures.
fn line(row: &Pair, measures: bool) -> Vec<String> {
    let (subject, entry) = parties(&row.sides());
    let found = matching::compare(&subject, &entry);
    let mut line = vec![row.id.clone(), found.score.to_string(), found.band.to_string(), found.why];
    if measures {
        match matching::measure(&subject, &entry) {
            Some((measures, table)) => {
                line.push(table.to_owned());
                line.extend(measures.0.iter().map(|value| format!("{value:.6}")));
            }
            None => line.extend(std::iter::repeat_n(String::new(), MEASURES.len() + 1)),
        }
    }
    line
}

fn read_pairs(path: &Path, default_kind: EntityKind) -> Result<Vec<Pair>, Failure> {
    let unfit = |message: String| {
        Failure::said(
            Exit::InputUnfit,
            format!("{}: {message}", path.display()),
            "the file is a UTF-8 CSV with the columns id, left, right and optional left_country, right_country, kind",
        )
    };
    let mut reader = csv::ReaderBuilder::new().from_path(path).map_err(|e| unfit(e.to_string()))?;
    let headers = reader.headers().map_err(|e| unfit(e.to_string()))?.clone();
    let column = |name: &str| headers.iter().position(|h| h.trim_start_matches('\u{feff}').trim() == name);
    let needed = |name: &str| column(name).ok_or_else(|| unfit(format!("there is no column `{name}`")));
    let (id, left, right) = (needed("id")?, needed("left")?, needed("right")?);
    let (left_country, right_country, kind) =
        (column("left_country"), column("right_country"), column("kind"));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| unfit(e.to_string()))?;
        let cell = |i: usize| record.get(i).unwrap_or_default().to_owned();
        let optional = |i: Option<usize>| i.map(cell).unwrap_or_default();
        let line = record.position().map_or(0, csv::Position::line);
        let kind = match optional(kind).trim() {
            "" => default_kind,
            word => word.parse().map_err(|e| unfit(format!("line {line}: {e}")))?,
        };
        rows.push(Pair {
            id: cell(id),
            left: cell(left),
            right: cell(right),
            left_country: optional(left_country),
            right_country: optional(right_country),
            kind,
        });
    }
    Ok(rows)
}
