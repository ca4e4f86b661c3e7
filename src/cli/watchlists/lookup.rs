//! `watchlists show` and `watchlists search`.

use std::fmt::Write;

use clap::Args;

use super::health::as_of;
use super::{Console, Exit, Failure, Sources, clean, print, table};
use crate::record::Country;
use crate::vocab::nearest_word;
use crate::watchlist::context::{self, ContextTable};
use crate::watchlist::{Entry, List};

/// `wharfinger watchlists show`.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// A list's short name, the id of an entry, or a context table: labour-goods, trafficking-tiers
    #[arg(value_name = "LIST|ENTRY")]
    what: String,
    /// Only what is connected with this country, by its ISO code
    #[arg(long, value_name = "CODE", value_parser = parse_country)]
    country: Option<Country>,
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

fn parse_country(text: &str) -> Result<Country, String> {
    let found = crate::country::by_code(text.trim()).or_else(|| crate::country::by_name(text));
    found.ok_or_else(|| format!("`{text}` is no country; give its ISO 3166-1 code, as in `CN`"))
}

pub(super) fn show(args: &ShowArgs, console: Console) -> Result<Exit, Failure> {
    if let Some(table) = context::tables().iter().find(|t| t.slug == args.what || t.alias == args.what) {
        return show_context(table, args.country, console);
    }
    let lists = args.sources.load()?;
    if let Some(list) = lists.iter().find(|list| list.slug == args.what) {
        print(console, &facts(list))?;
        let mut table = table(&["id", "name", "kind", "country", "ground", "status", "listed"]);
        let of_country =
            |entry: &&Entry| args.country.is_none_or(|country| entry.countries.contains(&country));
        for entry in list.entries.iter().filter(of_country) {
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

/// A table about countries, with the sentence that it is no ground above it.
fn show_context(context: &ContextTable, country: Option<Country>, console: Console) -> Result<Exit, Failure> {
    let facts = &context.facts;
    let mut out = format!("{} ({})\n", clean(&facts.title), context.slug);
    for (what, value) in [
        ("use", context::NEVER_A_GROUND),
        ("publisher", facts.publisher.as_str()),
        ("as of", facts.published_on.as_deref().unwrap_or_default()),
        ("missing", facts.missing.as_str()),
        ("address", facts.url.as_str()),
        ("licence", facts.licence.as_str()),
    ] {
        line(&mut out, what, value);
    }
    print(console, out.trim_end())?;
    let rows: Vec<_> =
        context.rows.iter().filter(|row| country.is_none_or(|country| row.country == country)).collect();
    if rows.is_empty() {
        console.note("the table says nothing of this country, which is no finding either");
        return Ok(Exit::Done);
    }
    let words: Vec<String> = context.columns.iter().map(|column| column.replace('_', " ")).collect();
    let mut table =
        table(&[&["country"], words.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat());
    for row in rows {
        table.add_row(
            [format!("{} {}", row.country, clean(&row.country_name))]
                .into_iter()
                .chain(row.cells.iter().map(|cell| clean(cell))),
        );
    }
    print(console, &table.to_string())?;
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
