//! Which lists a command works with: chosen, loaded, and passed through the gates.

use jiff::civil::Date;

use super::args::ListArgs;
use super::console::Console;
use super::exit::{Exit, Failure};
use crate::judge::decision::EarlierReport;
use crate::judge::{ListPolicy, Policy};
use crate::normalise::Name;
use crate::parties::Indexed;
use crate::screen::ListHealth;
use crate::vocab::{EntityKind, nearest_word};
use crate::watchlist::fitness::{self, Gates};
use crate::watchlist::{self, List};

/// The lists of a run.
#[derive(Debug)]
pub(super) struct Lists {
    /// By slug.
    pub chosen: Indexed,
    judged: Judged,
}

/// What became of lists at their gates.
#[derive(Debug, Default)]
struct Judged {
    /// The health of each.
    health: Vec<ListHealth>,
    /// Slugs of the lists whose unfitness makes the whole run unfit.
    unfit: Vec<String>,
    /// The lists that are not whole: slug, and what is known of it.
    partial: Vec<(String, String)>,
}

impl Lists {
    /// 3 where a list that the run rests on is unfit.
    pub(super) fn exit(&self) -> Exit {
        if self.judged.unfit.is_empty() { Exit::Done } else { Exit::WatchlistsUnfit }
    }

    /// The lists, and the health of each.
    pub(super) fn into_parts(self) -> (Indexed, Vec<ListHealth>) {
        (self.chosen, self.judged.health)
    }

    /// Says in a line each how many lists are unfit and how many are not whole, and what that means for the run.
    pub(super) fn warn(&self, console: Console) {
        let stale: Vec<&ListHealth> = self.judged.health.iter().filter(|h| !h.fit).collect();
        if let Some(first) = stale.first() {
            let slug = self.chosen.lists().get(first.list).map_or("", |list| &list.slug);
            let problem = first.problems.first().map_or("", String::as_str);
            let (unfit, all) = (stale.len(), self.chosen.lists().len());
            console.warn(&format!(
                "{unfit} of {all} lists are not fit to rely on (`{slug}`: {problem}); for a screening that counts, \
take the publishers' own files: `wharfinger watchlists import`"
            ));
        }
        if let Some((slug, remark)) = self.judged.partial.first() {
            let (partial, all) = (self.judged.partial.len(), self.chosen.lists().len());
            console.warn(&format!(
                "{partial} of {all} lists may miss entries of their sources (`{slug}`: {remark}); `wharfinger watchlists check` \
shows each"
            ));
        }
        if !self.judged.unfit.is_empty() {
            console
                .warn(&format!("the screening is not complete without `{}`", self.judged.unfit.join("`, `")));
        }
    }
}

/// Reads the tables of words that every name needs, so that it is done while lists and files are read.
pub(super) fn read_tables() {
    drop(Name::entry("Tables of Words Ltd", EntityKind::Organisation));
}

/// Loads the lists that were asked for and judges their fitness on a day, against an earlier run where one is given; then takes their
/// entries into an index.
pub(super) fn choose(
    args: &ListArgs,
    as_of: Date,
    policy: &Policy,
    earlier: Option<&EarlierReport>,
) -> Result<Lists, Failure> {
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
    let judged = Judged::new(&lists, as_of, |slug| gates_of(slug, policy.lists.get(slug), args, earlier));
    for list in lists.iter_mut().filter(|_| !args.ground.is_empty()) {
        list.entries.retain(|entry| args.ground.contains(&entry.ground));
    }
    Ok(Lists { chosen: Indexed::new(lists), judged })
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

impl Judged {
    /// Puts every list through its gates.
    fn new(lists: &[List], as_of: Date, gates: impl Fn(&str) -> Gates) -> Self {
        let mut judged = Self::default();
        for (i, list) in lists.iter().enumerate() {
            let fitness = fitness::check(list, as_of, Some(&gates(&list.slug)));
            if fitness.spoils_the_run() {
                judged.unfit.push(list.slug.clone());
            }
            if let Some(remark) = fitness.remarks.first().filter(|_| !list.facts.complete) {
                judged.partial.push((list.slug.clone(), remark.clone()));
            }
            let (fit, problems) =
                (fitness.is_fit(), fitness.problems.iter().map(ToString::to_string).collect());
            judged.health.push(ListHealth { list: i, names: 0, fit, problems, gates: fitness.gates() });
        }
        judged
    }
}

/// What is asked of a list.
///
/// Shrinking is judged against the earlier run. Where none is given, and the policy asks for it, against the version that was
/// kept beside the list: whoever has taken a shrunk list by force need not be told so again at every run.
fn gates_of(
    slug: &str,
    policy: Option<&ListPolicy>,
    args: &ListArgs,
    earlier: Option<&EarlierReport>,
) -> Gates {
    let policy = policy.cloned().unwrap_or_default();
    let before = earlier.and_then(|report| report.entries_of(slug));
    let kept = || args.watchlists.iter().find_map(|path| watchlist::earlier_entries(path, slug));
    Gates {
        max_age_days: policy.max_age_days,
        min_entries: policy.min_entries,
        max_shrink_percent: policy.max_shrink_percent.or(Some(ListPolicy::MAX_SHRINK_PERCENT)),
        earlier_entries: before.or_else(|| policy.max_shrink_percent.and_then(|_| kept())),
        required_columns: policy.required_columns,
        sha256: policy.sha256,
        critical: policy.critical,
    }
}
