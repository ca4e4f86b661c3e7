//! `watchlists diff`: what changed between two versions, and whom of ours it touches.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use super::{Console, Exit, Failure, clean, print};
use crate::watchlist::diff::{Diff, diff};
use crate::watchlist::{self, List};

/// `wharfinger watchlists diff`.
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The earlier version: a list file
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The later version: a list file
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// A JSON report of an earlier run: says which of its subjects a change touches
    #[arg(long, value_name = "RUN.json")]
    report: Option<PathBuf>,
}

pub(super) fn run(args: &DiffArgs, console: Console) -> Result<Exit, Failure> {
    let (old, new) = (one(&args.old)?, one(&args.new)?);
    let touched = match &args.report {
        Some(path) => subjects(path, &[&old.slug, &new.slug])?,
        None => BTreeMap::new(),
    };
    let found = diff(&old, &new);
    print(console, &text(&found, &touched))?;
    if args.report.is_some() {
        let ids = found.removed.iter().map(|e| &e.id).chain(found.changed.iter().map(|c| &c.old_id));
        let count: usize = ids.filter_map(|id| touched.get(id)).map(Vec::len).sum();
        console.note(&format!(
            "{count} subjects of the report are touched; whether an added entry is one of yours only a new screening says"
        ));
    }
    Ok(Exit::Done)
}

fn one(path: &Path) -> Result<List, Failure> {
    let mut lists = watchlist::load(path).map_err(|error| Failure::new(Exit::WatchlistsUnfit, error))?;
    match (lists.len(), lists.pop()) {
        (1, Some(list)) => Ok(list),
        (count, _) => Err(Failure::said(
            Exit::Usage,
            format!("`{}` holds {count} lists, and one is compared with one", path.display()),
            "name the file of one list",
        )),
    }
}

/// The subjects of a report by the entry that they were matched with.
fn subjects(path: &Path, slugs: &[&String]) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let unreadable = |why: String| {
        let hint = "give the JSON report of a run: `wharfinger screen FILE -o RUN.json`";
        Failure::said(Exit::Usage, format!("cannot read `{}` as a report: {why}", path.display()), hint)
    };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let report: Value = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    let findings = report
        .get("findings")
        .and_then(Value::as_array)
        .ok_or_else(|| unreadable("it has no findings".to_owned()))?;
    let mut subjects: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let get = |key: &str| finding.get(key).and_then(Value::as_str).unwrap_or_default();
        let list = get("list");
        if slugs.iter().any(|slug| slug.as_str() == list) {
            let names = subjects.entry(get("entry_id").to_owned()).or_default();
            let name = get("subject_name").to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    Ok(subjects)
}

fn text(found: &Diff, touched: &BTreeMap<String, Vec<String>>) -> String {
    let mut lines = vec![format!(
        "{} added, {} removed, {} changed, {} unchanged",
        found.added.len(),
        found.removed.len(),
        found.changed.len(),
        found.unchanged
    )];
    let ours = |id: &str| {
        touched.get(id).map_or_else(String::new, |names| format!("  ← ours: {}", clean(&names.join(", "))))
    };
    lines.extend(found.added.iter().map(|e| format!("+ {}  {}", clean(&e.id), clean(&e.name))));
    lines.extend(
        found.removed.iter().map(|e| format!("- {}  {}{}", clean(&e.id), clean(&e.name), ours(&e.id))),
    );
    for changed in &found.changed {
        lines.push(format!(
            "~ {}  {}{}",
            clean(&changed.entry.id),
            clean(&changed.entry.name),
            ours(&changed.old_id)
        ));
        lines.extend(changed.changes.iter().map(|change| format!("    {}", clean(&change.to_string()))));
    }
    lines.join("\n")
}
