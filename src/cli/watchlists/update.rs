//! `watchlists update`: the only command that opens a connection.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{Console, Day, Exit, Failure, clean, print};
use crate::watchlist::import::ImportError;
use crate::watchlist::load;
use crate::watchlist::update::{KNOWN, Outcome, UpdateError, UpdateOptions, update};

/// `wharfinger watchlists update`.
#[derive(Debug, Args)]
pub(super) struct UpdateArgs {
    /// Lists to fetch, by short name (default: every list of the folder that says where its official file is)
    #[arg(value_name = "LIST")]
    lists: Vec<String>,
    /// The folder of the lists
    #[arg(short, long, value_name = "DIR", default_value = "watchlists")]
    output: PathBuf,
    /// A folder, or the address of one, with copies of the official files: nothing else is asked
    #[arg(long, value_name = "PATH|URL")]
    mirror: Option<String>,
    /// By how many per cent a list may shrink
    #[arg(long, value_name = "PERCENT", default_value_t = 30)]
    max_shrink_percent: u8,
    /// Take a list that a gate has held back
    #[arg(long)]
    force: bool,
    /// How long one file may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    timeout: u64,
    /// Take addresses without TLS too, for a mirror on your own network
    #[arg(long)]
    allow_http: bool,
    #[command(flatten)]
    day: Day,
}

pub(super) fn run(args: &UpdateArgs, console: Console) -> Result<Exit, Failure> {
    let slugs = if args.lists.is_empty() { of_folder(args)? } else { args.lists.clone() };
    let options = UpdateOptions {
        mirror: args.mirror.clone(),
        max_shrink_percent: args.max_shrink_percent,
        force: args.force,
        allow_http: args.allow_http,
        timeout: Duration::from_secs(args.timeout),
        ..UpdateOptions::new(args.output.clone(), args.day.date())
    };
    let mut exit = Exit::Done;
    for slug in &slugs {
        match update(slug, &options) {
            Ok(outcome) => print(console, &format!("{}: {}", clean(slug), said(&outcome)))?,
            Err(error) => {
                let usage = matches!(
                    error,
                    UpdateError::NoAddress { .. } | UpdateError::Import(ImportError::Usage(_))
                );
                let code = if usage { Exit::Usage } else { Exit::WatchlistsUnfit };
                let mut failure = Failure::new(code, error);
                failure.error = failure.error.context(format!("`{}` was not updated", clean(slug)));
                console.report(&failure);
                exit = exit.and(code);
            }
        }
    }
    Ok(exit)
}

/// The lists of the folder that say where their official file is.
fn of_folder(args: &UpdateArgs) -> Result<Vec<String>, Failure> {
    let lists = if args.output.is_dir() { load(&args.output).unwrap_or_default() } else { Vec::new() };
    let slugs: Vec<String> =
        lists.into_iter().filter(|list| !list.facts.download.is_empty()).map(|list| list.slug).collect();
    if slugs.is_empty() {
        let known = KNOWN.iter().map(|known| known.slug).collect::<Vec<_>>().join(", ");
        return Err(Failure::said(
            Exit::Usage,
            format!("no list in `{}` says where its official file is", args.output.display()),
            format!("name one of {known}"),
        ));
    }
    Ok(slugs)
}

fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Unchanged => "nothing new".to_owned(),
        Outcome::Updated { imported, changes } => {
            let dated = imported.list.facts.published_on.as_deref().unwrap_or("no date in the file");
            let entries = imported.list.entries.len();
            let changed = changes.as_ref().map_or_else(
                || "new".to_owned(),
                |diff| {
                    format!(
                        "{} added, {} removed, {} changed",
                        diff.added.len(),
                        diff.removed.len(),
                        diff.changed.len()
                    )
                },
            );
            let skipped = imported.skipped.len();
            format!(
                "{entries} entries, {} names, {skipped} skipped; published {dated}; {changed}",
                imported.names()
            )
        }
    }
}
