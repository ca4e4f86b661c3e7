//! `watchlists list` and `watchlists check`.

use clap::Args;

use super::{Console, Day, Exit, Failure, Sources, clean, print, table};
use crate::watchlist::fitness::{self, Fitness, Gates};
use crate::watchlist::{List, context};

/// `wharfinger watchlists list`.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    day: Day,
}

/// `wharfinger watchlists check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    day: Day,
    /// Only this list; repeatable
    #[arg(long, value_name = "SLUG")]
    list: Vec<String>,
    /// Age in days from which on a list is unfit, instead of each list's own
    #[arg(long, value_name = "DAYS")]
    max_age_days: Option<u32>,
}

pub(super) fn list(args: &ListArgs, console: Console) -> Result<Exit, Failure> {
    let lists = args.sources.load()?;
    let mut table = table(&["list", "title", "entries", "as of", "age", "whole", "fit"]);
    for list in &lists {
        let fitness = fitness::check(list, args.day.date(), None);
        table.add_row([
            list.slug.clone(),
            clean(&list.facts.title),
            list.entries.len().to_string(),
            as_of(list),
            age(&fitness),
            whole(list),
            yes(fitness.is_fit()),
        ]);
    }
    print(console, &table.to_string())?;
    console.note("`wharfinger watchlists show LIST` says what is missing; `wharfinger watchlists check` why one is unfit");
    let tables = context::tables();
    let names = tables.iter().map(|table| table.alias).collect::<Vec<_>>().join("`, `");
    console.note(&format!("tables for context, never a ground: `wharfinger watchlists show` `{names}`"));
    Ok(Exit::Done)
}

pub(super) fn check(args: &CheckArgs, console: Console) -> Result<Exit, Failure> {
    let mut lists = args.sources.load()?;
    if let Some(unknown) = args.list.iter().find(|slug| !lists.iter().any(|list| list.slug == **slug)) {
        let known: Vec<&str> = lists.iter().map(|list| list.slug.as_str()).collect();
        return Err(Failure::said(
            Exit::Usage,
            format!("there is no list `{unknown}`"),
            format!("known: {}", known.join(", ")),
        ));
    }
    lists.retain(|list| args.list.is_empty() || args.list.contains(&list.slug));
    let gates = Gates { max_age_days: args.max_age_days, ..Gates::default() };
    let mut table = table(&["list", "fit", "entries", "as of", "age", "found"]);
    let mut unfit = 0;
    for list in &lists {
        let fitness = fitness::check(list, args.day.date(), Some(&gates));
        unfit += usize::from(!fitness.is_fit());
        table.add_row([
            list.slug.clone(),
            yes(fitness.is_fit()),
            list.entries.len().to_string(),
            as_of(list),
            age(&fitness),
            clean(&found(&fitness)),
        ]);
    }
    print(console, &table.to_string())?;
    console.note("`wharfinger watchlists show LIST` says what is missing");
    console.note(&format!("{unfit} of {} lists are unfit on {}", lists.len(), args.day.date()));
    Ok(if unfit == 0 { Exit::Done } else { Exit::WatchlistsUnfit })
}

/// What a table can hold: the gates that failed, and whether the list is whole. `show` says what is missing.
fn found(fitness: &Fitness) -> String {
    let whole = fitness.remarks.iter().filter(|remark| remark.starts_with("not complete"));
    fitness.problems.iter().map(ToString::to_string).chain(whole.cloned()).collect::<Vec<_>>().join("; ")
}

pub(super) fn as_of(list: &List) -> String {
    list.facts
        .published_on
        .clone()
        .or_else(|| list.facts.retrieved_on.clone())
        .unwrap_or_else(|| "no date".to_owned())
}

fn age(fitness: &Fitness) -> String {
    fitness.age_days.map_or_else(String::new, |days| format!("{days} d"))
}

fn whole(list: &List) -> String {
    match (list.facts.complete, list.facts.entries_at_source) {
        (true, _) => "yes".to_owned(),
        (false, Some(all)) if all > list.entries.len() => format!("no, of {all}"),
        (false, _) => "no".to_owned(),
    }
}

fn yes(fit: bool) -> String {
    if fit { "yes" } else { "NO" }.to_owned()
}
