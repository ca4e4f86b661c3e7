//! Which lists a command works with: chosen, loaded, and passed through the gates.

use jiff::civil::Date;

use super::args::ListArgs;
use super::console::Console;
use super::exit::{Exit, Failure};
use crate::judge::{ListPolicy, Policy};
use crate::screen::ListHealth;
use crate::vocab::nearest_word;
use crate::watchlist::fitness::{self, Gates};
use crate::watchlist::{self, List};

/// The lists of a run.
#[derive(Debug)]
pub(super) struct Lists {
    /// By slug.
    pub chosen: Vec<List>,
    /// The health of each.
    pub health: Vec<ListHealth>,
    /// Slugs of the lists whose unfitness makes the whole run unfit.
    unfit: Vec<String>,
}

impl Lists {
    /// 3 where a list that the run rests on is unfit.
    pub(super) fn exit(&self) -> Exit {
        if self.unfit.is_empty() { Exit::Done } else { Exit::WatchlistsUnfit }
    }

    /// Says in one line how many lists are unfit, and what that means for the run.
    pub(super) fn warn(&self, console: Console) {
        let stale: Vec<&ListHealth> = self.health.iter().filter(|h| !h.fit).collect();
        if let Some(first) = stale.first() {
            let slug = self.chosen.get(first.list).map_or("", |list| &list.slug);
            let problem = first.problems.first().map_or("", String::as_str);
            let (unfit, all) = (stale.len(), self.chosen.len());
            console.warn(&format!(
                "{unfit} of {all} lists are not fit to rely on (`{slug}`: {problem}); for a screening that counts, \
take the publishers' own files: `wharfinger watchlists import`"
            ));
        }
        if !self.unfit.is_empty() {
            console.warn(&format!("the screening is not complete without `{}`", self.unfit.join("`, `")));
        }
    }
}

/// Loads the lists that were asked for and judges their fitness on a day.
pub(super) fn choose(args: &ListArgs, as_of: Date, policy: &Policy) -> Result<Lists, Failure> {
    let mut lists = if args.no_bundled { Vec::new() } else { watchlist::bundled() };
    for path in &args.watchlists {
        let given = watchlist::load(path).map_err(|e| Failure::new(Exit::WatchlistsUnfit, e))?;
        lists = watchlist::combine(lists, given).map_err(|e| Failure::new(Exit::WatchlistsUnfit, e))?;
    }
    lists.retain(|list| policy.lists.get(&list.slug).and_then(|p| p.used) != Some(false));
    pick(&mut lists, &args.list)?;
    if lists.is_empty() {
        return Err(Failure::said(
            Exit::WatchlistsUnfit,
            "there is no watchlist to screen against",
            "leave out `--no-bundled`, or name a list with `--watchlists PATH`",
        ));
    }
    let (health, unfit) = gates(&lists, as_of, policy);
    for list in lists.iter_mut().filter(|_| !args.ground.is_empty()) {
        list.entries.retain(|entry| args.ground.contains(&entry.ground));
    }
    Ok(Lists { chosen: lists, health, unfit })
}

/// Keeps the lists named, all of them where none is.
fn pick(lists: &mut Vec<List>, slugs: &[String]) -> Result<(), Failure> {
    if slugs.is_empty() {
        return Ok(());
    }
    for slug in slugs {
        if !lists.iter().any(|list| list.slug == *slug) {
            let known: Vec<&str> = lists.iter().map(|list| list.slug.as_str()).collect();
            let hint = nearest_word(slug, known.iter().copied()).map_or_else(
                || format!("known: {}", known.join(", ")),
                |word| format!("did you mean `{word}`?"),
            );
            return Err(Failure::said(Exit::Usage, format!("there is no list `{slug}`"), hint));
        }
    }
    lists.retain(|list| slugs.contains(&list.slug));
    Ok(())
}

/// The health of every list, and the slugs of those that make the run unfit.
fn gates(lists: &[List], as_of: Date, policy: &Policy) -> (Vec<ListHealth>, Vec<String>) {
    let mut unfit = Vec::new();
    let mut health = Vec::with_capacity(lists.len());
    for (i, list) in lists.iter().enumerate() {
        let gates = policy.lists.get(&list.slug).map(gates_of);
        let fitness = fitness::check(list, as_of, gates.as_ref());
        if fitness.spoils_the_run() {
            unfit.push(list.slug.clone());
        }
        let (fit, problems) = (fitness.is_fit(), fitness.problems.iter().map(ToString::to_string).collect());
        health.push(ListHealth { list: i, names: 0, fit, problems });
    }
    (health, unfit)
}

fn gates_of(policy: &ListPolicy) -> Gates {
    Gates {
        max_age_days: policy.max_age_days,
        min_entries: policy.min_entries,
        max_shrink_percent: policy.max_shrink_percent,
        earlier_entries: None,
        required_columns: policy.required_columns.clone(),
        sha256: policy.sha256.clone(),
        critical: policy.critical,
    }
}
