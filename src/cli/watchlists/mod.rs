//! `wharfinger watchlists`: what is screened against, how far it may be relied on, and how official files come in.

mod changes;
mod health;
mod import;
mod lookup;
#[cfg(feature = "update")]
mod update;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use jiff::civil::Date;

use super::console::Console;
use super::exit::{Exit, Failure};
use crate::report::escape::one_line;
use crate::watchlist::{self, List};

/// `wharfinger watchlists`.
#[derive(Debug, Args)]
pub(super) struct WatchlistsArgs {
    /// What to do.
    #[command(subcommand)]
    command: WatchlistsCommand,
}

#[derive(Debug, Subcommand)]
enum WatchlistsCommand {
    /// List the watchlists: entries, age, whether whole and fit
    List(health::ListArgs),
    /// Show a list by its short name, or an entry by its id
    Show(lookup::ShowArgs),
    /// Find entries whose name, alias, id or number holds a text
    Search(lookup::SearchArgs),
    /// Turn an official file into a watchlist
    Import(import::ImportArgs),
    /// Put the lists through the fitness gates; exit code 3 where one is unfit
    Check(health::CheckArgs),
    /// Say what changed between two versions of a list
    Diff(changes::DiffArgs),
    /// Fetch official files and put them in place of the old lists: the only command that opens a connection
    #[cfg(feature = "update")]
    Update(update::UpdateArgs),
}

/// Which lists are looked at.
#[derive(Debug, Args)]
struct Sources {
    /// A list file or a folder of them, added to the bundled ones; repeatable
    #[arg(long, value_name = "PATH")]
    watchlists: Vec<PathBuf>,
    /// Only the lists given, not the bundled ones
    #[arg(long)]
    no_bundled: bool,
}

impl Sources {
    fn load(&self) -> Result<Vec<List>, Failure> {
        let unfit = |error| Failure::new(Exit::WatchlistsUnfit, error);
        let mut lists = if self.no_bundled { Vec::new() } else { watchlist::bundled() };
        for path in &self.watchlists {
            lists = watchlist::combine(lists, watchlist::load(path).map_err(unfit)?).map_err(unfit)?;
        }
        if lists.is_empty() {
            let hint = "leave out `--no-bundled`, or name a list with `--watchlists PATH`";
            return Err(Failure::said(Exit::WatchlistsUnfit, "there is no watchlist", hint));
        }
        Ok(lists)
    }
}

/// The day on which age is judged.
#[derive(Debug, Args)]
struct Day {
    /// The day the lists are judged by, as 2026-11-24 (default: today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl Day {
    fn date(&self) -> Date {
        super::today(self.as_of)
    }
}

/// Runs the command.
pub(super) fn run(args: &WatchlistsArgs, console: Console) -> Result<Exit, Failure> {
    match &args.command {
        WatchlistsCommand::List(args) => health::list(args, console),
        WatchlistsCommand::Show(args) => lookup::show(args, console),
        WatchlistsCommand::Search(args) => lookup::search(args, console),
        WatchlistsCommand::Import(args) => import::run(args, console),
        WatchlistsCommand::Check(args) => health::check(args, console),
        WatchlistsCommand::Diff(args) => changes::run(args, console),
        #[cfg(feature = "update")]
        WatchlistsCommand::Update(args) => update::run(args, console),
    }
}

/// A table that fits the terminal.
fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    // No lines between rows: a list of lists is read down its first column.
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(Console::width()).unwrap_or(100));
    table.set_header(header.to_vec());
    // The first column is what other commands are given, and must stay in one piece.
    if let Some(first) = table.column_mut(0) {
        first.set_constraint(ColumnConstraint::ContentWidth);
    }
    table
}

/// Text of a list, safe on a terminal.
fn clean(text: &str) -> String {
    one_line(text).into_owned()
}

fn print(console: Console, text: &str) -> Result<(), Failure> {
    let mut out = console.out();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(())
}
