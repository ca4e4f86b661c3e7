//! `watchlists show` and `watchlists search`.

use std::fmt::Write;

use clap::Args;

use super::health::as_of;
use super::{Console, Exit, Failure, Sources, clean, print, table};
use crate::vocab::nearest_word;
use crate::watchlist::{Entry, List};

/// `wharfinger watchlists show`.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// A list's short name, or the id of an entry
    #[arg(value_name = "LIST|ENTRY")]
    what: String,
    #[command(flatten)]
    sources: Sources,
}

/// `wharfinger watchlists search`.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// The text: part of a name, alias, id or number
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    #[command(flatten)]
    sources: Sources,
}

pub(super) fn show(args: &ShowArgs, console: Console) -> Result<Exit, Failure> {
    let lists = args.sources.load()?;
    if let Some(list) = lists.iter().find(|list| list.slug == args.what) {
        print(console, &facts(list))?;
        let mut table = table(&["id", "name", "kind", "country", "ground", "status", "listed"]);
        for entry in &list.entries {
            table.add_row([
                clean(&entry.id),
                clean(&entry.name),
                entry.kind.to_string(),
                joined(&entry.countries),
                entry.ground.to_string(),
                entry.status.to_string(),
                entry.listed_on.map_or_else(String::new, |date| date.to_string()),
            ]);
        }
        print(console, &table.to_string())?;
        return Ok(Exit::Done);
    }
    let found: Vec<(&List, &Entry)> = all(&lists).filter(|(_, entry)| entry.id == args.what).collect();
    if found.is_empty() {
        let slugs = lists.iter().map(|list| list.slug.as_str());
        let hint = nearest_word(&args.what, slugs.clone()).map_or_else(
            || {
                format!(
                    "lists: {}; find an entry with `wharfinger watchlists search`",
                    slugs.collect::<Vec<_>>().join(", ")
                )
            },
            |word| format!("did you mean `{word}`?"),
        );
        return Err(Failure::said(
            Exit::Usage,
            format!("there is no list and no entry `{}`", args.what),
            hint,
        ));
    }
    for (list, entry) in found {
        print(console, &whole(list, entry))?;
    }
    Ok(Exit::Done)
}

pub(super) fn search(args: &SearchArgs, console: Console) -> Result<Exit, Failure> {
    let lists = args.sources.load()?;
    let text = args.text.join(" ").to_lowercase();
    let holds = |value: &str| value.to_lowercase().contains(&text);
    let mut table = table(&["list", "id", "name", "found in", "country", "ground", "status"]);
    let mut count = 0;
    for (list, entry) in all(&lists) {
        let others = entry.aliases.iter().chain(&entry.weak_aliases);
        let Some(place) = [&entry.name, &entry.id]
            .into_iter()
            .chain(others)
            .find(|value| holds(value))
            .cloned()
            .or_else(|| entry.identifiers.iter().map(ToString::to_string).find(|value| holds(value)))
        else {
            continue;
        };
        count += 1;
        table.add_row([
            list.slug.clone(),
            clean(&entry.id),
            clean(&entry.name),
            if place == entry.name { String::new() } else { clean(&place) },
            joined(&entry.countries),
            entry.ground.to_string(),
            entry.status.to_string(),
        ]);
    }
    if count > 0 {
        print(console, &table.to_string())?;
    }
    console
        .note(&format!("{count} entries hold this text; `wharfinger check NAME` also finds other spellings"));
    Ok(Exit::Done)
}

fn all(lists: &[List]) -> impl Iterator<Item = (&List, &Entry)> {
    lists.iter().flat_map(|list| list.entries.iter().map(move |entry| (list, entry)))
}

fn joined<T: ToString>(values: &[T]) -> String {
    clean(&values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

fn facts(list: &List) -> String {
    let facts = &list.facts;
    let mut out = format!("{} ({})\n", clean(&facts.title), list.slug);
    let complete = if facts.complete { "yes" } else { "no" };
    for (what, value) in [
        ("publisher", facts.publisher.clone()),
        ("authority, proof", format!("{}, {}", facts.authority, facts.proof)),
        ("as of", as_of(list)),
        ("entries", list.entries.len().to_string()),
        ("at the source", facts.entries_at_source.map_or_else(String::new, |n| n.to_string())),
        ("whole", complete.to_owned()),
        ("missing", facts.missing.clone()),
        ("address", facts.url.clone()),
        ("licence", facts.licence.clone()),
        ("sha256", list.sha256.clone()),
    ] {
        line(&mut out, what, &value);
    }
    out.trim_end().to_owned()
}

fn whole(list: &List, entry: &Entry) -> String {
    let mut out = format!("{}\n", clean(&entry.name));
    let date =
        |date: Option<crate::watchlist::PartialDate>| date.map_or_else(String::new, |date| date.to_string());
    for (what, value) in [
        ("list", format!("{} ({})", list.facts.title, list.slug)),
        ("id", entry.id.clone()),
        ("aliases", entry.aliases.join(" · ")),
        ("weak aliases", entry.weak_aliases.join(" · ")),
        ("kind", entry.kind.to_string()),
        ("country", joined(&entry.countries)),
        ("identifiers", joined(&entry.identifiers)),
        ("ground", entry.ground.to_string()),
        ("measure", entry.measure.clone()),
        ("status", entry.status.to_string()),
        ("listed on", date(entry.listed_on)),
        ("delisted on", date(entry.delisted_on)),
        ("scope", entry.scope.to_string()),
        ("products", joined(&entry.products)),
        ("affected", joined(&entry.affected)),
        ("source", entry.source_url.clone()),
        ("note", entry.note.clone()),
        ("as of", as_of(list)),
    ] {
        line(&mut out, what, &value);
    }
    out
}

/// A line of a fact that there is.
fn line(out: &mut String, what: &str, value: &str) {
    if !value.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {what:<17} {}", clean(value));
    }
}
