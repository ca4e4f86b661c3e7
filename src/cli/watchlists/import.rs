//! `watchlists import`: an official file becomes a list, or is refused with its reason.

use std::path::PathBuf;

use clap::Args;

use super::{Console, Day, Exit, Failure, clean, print};
use crate::watchlist::diff::diff;
use crate::watchlist::fitness::{self, Gates, Problem};
use crate::watchlist::import::{self, Format, ImportError, Imported, Options};
use crate::watchlist::{self, List};

/// Skipped entries shown, before the rest is only counted.
const SHOWN: usize = 10;

/// `wharfinger watchlists import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// ofac-sdn, uk-sanctions, eu-fsf, un-sc, world-bank, opensanctions, uflpa, csl or generic
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// The official file; for a list in parts all of them, or their folder
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folder that the list is written to
    #[arg(short, long, value_name = "DIR", default_value = "watchlists")]
    output: PathBuf,
    /// The list's short name, instead of the format's own
    #[arg(long, value_name = "NAME")]
    slug: Option<String>,
    /// For `generic`: which column is what, as in `name=Company`; repeatable
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = parse_map)]
    map: Vec<(String, String)>,
    /// For `generic` and spreadsheets: the sheet
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Take an export of part of the list, and mark the list as incomplete
    #[arg(long)]
    partial: bool,
    /// By how many per cent the list may shrink against the version that is in the folder
    #[arg(long, value_name = "PERCENT", default_value_t = 30)]
    max_shrink_percent: u8,
    /// Take a list that has shrunk by more
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    day: Day,
}

fn parse_map(text: &str) -> Result<(String, String), String> {
    let (field, column) =
        text.split_once('=').ok_or_else(|| format!("`{text}` is not FIELD=COLUMN, as in `name=Company`"))?;
    Ok((field.trim().to_lowercase(), column.to_owned()))
}

pub(super) fn run(args: &ImportArgs, console: Console) -> Result<Exit, Failure> {
    let as_of = args.day.date();
    let mut options = Options {
        as_of,
        slug: args.slug.clone(),
        partial: args.partial,
        map: args.map.clone(),
        sheet: args.sheet.clone(),
        earlier: None,
    };
    let mut imported = import::import(args.format, &args.files, &options).map_err(refused)?;
    let earlier = earlier(args, &imported.list.slug)?;
    if let Some(earlier) = &earlier {
        if args.format == Format::Generic {
            // What its owner has set in the TOML holds for the new version too.
            options.earlier = Some(earlier.facts.clone());
            imported = import::import(args.format, &args.files, &options).map_err(refused)?;
        } else {
            let facts = &mut imported.list.facts;
            facts.critical |= earlier.facts.critical;
            facts.max_age_days = earlier.facts.max_age_days.or(facts.max_age_days);
            facts.download.clone_from(&earlier.facts.download);
        }
        check_shrink(args, earlier, &imported)?;
    }
    let (csv, toml) =
        watchlist::write(&args.output, &imported.list).map_err(|error| Failure::new(Exit::Usage, error))?;
    print(console, &account(&imported, earlier.as_ref()))?;
    console.note(&format!("wrote `{}` and `{}`", csv.display(), toml.display()));
    for remark in &imported.remarks {
        console.warn(&clean(remark));
    }
    for problem in fitness::check(&imported.list, as_of, None).problems {
        console.warn(&format!("the list is not fit to rely on: {problem}"));
    }
    Ok(Exit::Done)
}

/// The version that is in the folder.
fn earlier(args: &ImportArgs, slug: &str) -> Result<Option<List>, Failure> {
    let path = args.output.join(format!("{slug}.csv"));
    if !path.exists() {
        return Ok(None);
    }
    let mut lists = watchlist::load(&path).map_err(|error| {
        let mut failure = Failure::new(Exit::WatchlistsUnfit, error);
        failure.error = failure.error.context("the version that is in the folder cannot be compared with");
        failure
    })?;
    Ok(lists.pop())
}

/// A file that was cut between two records looks whole; that the list has lost much of what it had does not.
fn check_shrink(args: &ImportArgs, earlier: &List, imported: &Imported) -> Result<(), Failure> {
    let gates = Gates {
        max_shrink_percent: Some(args.max_shrink_percent),
        earlier_entries: Some(earlier.entries.len()),
        ..Gates::default()
    };
    let problems = fitness::check(&imported.list, args.day.date(), Some(&gates)).problems;
    match problems.iter().find(|problem| matches!(problem, Problem::Shrunk { .. })) {
        Some(problem) if !args.force => Err(Failure::said(
            Exit::WatchlistsUnfit,
            format!("`{}` was not replaced: {problem}", imported.list.slug),
            "the file may be cut short or filtered; if it is right, give `--force`",
        )),
        _ => Ok(()),
    }
}

/// Wrong usage is 2; a file that is refused is a list that is not there, 3.
fn refused(error: ImportError) -> Failure {
    let exit = if matches!(error, ImportError::Usage(_)) { Exit::Usage } else { Exit::WatchlistsUnfit };
    Failure::new(exit, error)
}

/// Entries in = entries out + skipped, in words.
fn account(imported: &Imported, earlier: Option<&List>) -> String {
    let list = &imported.list;
    let mut lines = vec![clean(&imported.what)];
    if imported.rows != imported.at_source {
        lines.push(format!("{:>9} records read", imported.rows));
    }
    lines.push(format!("{:>9} entries at the source", imported.at_source));
    lines.push(format!("{:>9} entries in the list, {} names", list.entries.len(), imported.names()));
    lines.push(format!("{:>9} skipped", imported.skipped.len()));
    for skipped in imported.skipped.iter().take(SHOWN) {
        lines.push(format!("{:>12}{}: {}", "", clean(&skipped.what), clean(&skipped.reason)));
    }
    if imported.skipped.len() > SHOWN {
        lines.push(format!("{:>12}... and {} more", "", imported.skipped.len() - SHOWN));
    }
    if let Some(earlier) = earlier {
        let diff = diff(earlier, list);
        lines.push(format!(
            "against the version that was there: {} added, {} removed, {} changed",
            diff.added.len(),
            diff.removed.len(),
            diff.changed.len()
        ));
    }
    let dated = list.facts.published_on.as_deref().unwrap_or("no date in the file");
    lines.push(format!("published {dated}, sha256 of the list {}", list.sha256));
    for (file, sha256) in &imported.files {
        lines.push(format!("read `{}`, sha256 {sha256}", clean(file)));
    }
    lines.join("\n")
}
