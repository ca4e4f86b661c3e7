//! The UFLPA Entity List: the page of the Department of Homeland Security as saved from a browser, or its tables as CSV or workbook.
//!
//! One table for each statutory sub-list; the clause stands in the heading above it. Everything about an entity is in its
//! name cell, which [`name_cell`] takes apart. Subsidiaries that a cell names become entries of their own.
//!
//! Source: dhs.gov/uflpa-entity-list, as quoted in 2024 to 2026.

use thin_vec::thin_vec;

use super::draft::{Builder, add_country, blank};
use super::name_cell;
use super::source::Shape;
use super::table::Table;
use super::text::{Order, clean, date};
use super::{ImportError, Official, Options, Read, Source, Usual};
use crate::vocab::{Affected, Authority, EntityKind, Ground, Proof, Scope};
use crate::watchlist::PartialDate;
use crate::watchlist::csv::slug_of;

const UFLPA: Official = Official {
    title: "UFLPA Entity List",
    publisher: "US Department of Homeland Security, for the Forced Labor Enforcement Task Force",
    jurisdiction: "US",
    authority: Authority::B,
    proof: Proof::ReasonableCause,
    ground: Ground::StateImposedForcedLabour,
    measure: "US import ban by rebuttable presumption (UFLPA)",
    url: "https://www.dhs.gov/uflpa-entity-list",
    licence: "US government work, public domain",
    max_age_days: 90,
    usual: Some(Usual { entries: 144, when: "January 2025" }),
};

/// Headers that the name and date columns have had.
const NAMES: [&str; 4] = ["Name of Entity", "Entity Name", "Entity", "Name"];
const DATES: [&str; 4] = ["Effective Date", "Date Effective", "Date", "Effective"];

pub(super) fn read(source: &Source, _options: &Options) -> Result<Read, ImportError> {
    let mut builder = Builder::default();
    let mut published = None;
    let what = match source.shape() {
        Shape::WebPage(title) => {
            published = page(source, &title, &mut builder)?;
            "page as saved"
        }
        shape => {
            table(&either(source, |columns| Table::of(source, None, b',', columns))?, source, &mut builder)?;
            if shape == Shape::Workbook { "workbook" } else { "CSV" }
        }
    };
    let latest = builder.entries.iter().filter_map(|entry| entry.listed_on).max();
    let mut remarks = Vec::new();
    if published.is_none() {
        published = latest;
        remarks.push(
            "the file has no date of its own; its age is counted from its latest effective date".to_owned(),
        );
    }
    let mut facts = UFLPA.facts(published);
    // A table that somebody made of the page cannot show that it is the whole page.
    facts.complete = what == "page as saved";
    if !facts.complete {
        "whether the table holds the whole page is not known".clone_into(&mut facts.missing);
    }
    Ok(Read {
        builder,
        facts,
        slug: "us-uflpa".to_owned(),
        what: format!("UFLPA Entity List ({what})"),
        remarks,
        usual: UFLPA.usual,
    })
}

/// The table by whichever of the known headers it has.
fn either(
    source: &Source,
    read: impl Fn(&[&str]) -> Result<Table, ImportError>,
) -> Result<Table, ImportError> {
    let mut first = None;
    for (name, day) in NAMES.iter().flat_map(|name| DATES.iter().map(move |day| (name, day))) {
        match read(&[name, day]) {
            Ok(table) => return Ok(table),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or_else(|| source.damaged("no table")))
}

fn table(table: &Table, source: &Source, builder: &mut Builder) -> Result<(), ImportError> {
    let named =
        |columns: &[&'static str]| columns.iter().copied().find(|column| table.column(column).is_some());
    let Some(name) = named(&NAMES) else {
        return Err(ImportError::NoColumn {
            file: source.name.clone(),
            column: "Name of Entity".to_owned(),
            found: table.header().to_vec(),
        });
    };
    let day = named(&DATES).unwrap_or("Effective Date");
    let sublist = named(&["Section", "Sub-list", "Sublist", "Statutory Category", "UFLPA Section"])
        .unwrap_or("Section");
    for row in table.iter() {
        let aliases: Vec<String> =
            row.raw("Aliases").split(';').map(clean).filter(|a| !a.is_empty()).collect();
        add(builder, row.raw(name), &aliases, row.raw(day), &row.get(sublist));
    }
    Ok(())
}

/// One row: the entity, and the subsidiaries that its cell names.
fn add(builder: &mut Builder, cell: &str, aliases: &[String], day: &str, sublist: &str) {
    let parsed = name_cell::parse(cell);
    let listed_on = date(day, Order::MonthFirst);
    let entry = |name: &str| {
        let mut entry = blank(
            format!("uflpa-{}", slug_of(name)),
            name,
            EntityKind::Organisation,
            Ground::StateImposedForcedLabour,
        );
        UFLPA.measure.clone_into(&mut entry.measure);
        UFLPA.url.clone_into(&mut entry.source_url);
        entry.listed_on = listed_on;
        // Section 2 of the Act: forced labour of Uyghurs, Kazakhs, Kyrgyz and other persecuted groups.
        entry.affected = thin_vec![Affected::Workers, Affected::Minorities];
        add_country(&mut entry, "CN");
        if !sublist.is_empty() {
            entry.note = format!("Sub-list {sublist}.");
        }
        entry
    };
    let mut main = entry(&parsed.name);
    main.aliases = parsed.aliases.iter().chain(aliases).cloned().collect();
    main.scope = parsed.scope;
    builder.add(main);
    for name in &parsed.subsidiaries {
        let mut subsidiary = entry(name);
        subsidiary.scope = Scope::Named;
        subsidiary.note =
            clean(&format!("{} Listed by name as a subsidiary of {}.", subsidiary.note, parsed.name));
        builder.add(subsidiary);
    }
}

/// Reads the tables of a saved page; the page says when it was last updated.
fn page(source: &Source, title: &str, builder: &mut Builder) -> Result<Option<PartialDate>, ImportError> {
    let text = source.text();
    let lower = text.to_ascii_lowercase();
    let is_open = |tag: &str| {
        memchr::memmem::find_iter(lower.as_bytes(), format!("<{tag}").as_bytes()).count()
            > memchr::memmem::find_iter(lower.as_bytes(), format!("</{tag}").as_bytes()).count()
    };
    if let Some(tag) = ["table", "html"].into_iter().find(|tag| is_open(tag)) {
        return Err(source.damaged(format!("the page ends before its `<{tag}>` is closed")));
    }
    if text.rfind('<') > text.rfind('>') {
        return Err(source.damaged("the page ends in the middle of a tag"));
    }
    let parts = html_parts(&text);
    let is_it = parts
        .iter()
        .any(|part| matches!(part, Part::Text(text) if text.contains("UFLPA") || text.contains("Uyghur")));
    if !is_it {
        return Err(ImportError::WebPage {
            file: source.name.clone(),
            title: title.to_owned(),
            wanted: "UFLPA Entity List",
        });
    }
    let mut sublist = String::new();
    let mut published = None;
    for part in &parts {
        match part {
            Part::Text(text) => {
                if let Some(clause) = clause_in(text) {
                    sublist = clause;
                }
                if let Some((_, day)) =
                    text.split_once("Last Updated:").or_else(|| text.split_once("Last Updated"))
                {
                    published = published.or_else(|| date(&clean(day), Order::MonthFirst));
                }
            }
            Part::Row(cells) => {
                let [name, day, ..] = cells.as_slice() else { continue };
                let is_header = NAMES.iter().any(|header| header.eq_ignore_ascii_case(name));
                if !is_header && !name.is_empty() && date(day, Order::MonthFirst).is_some() {
                    add(builder, name, &[], day, &sublist);
                }
            }
        }
    }
    if builder.at_source == 0 {
        return Err(ImportError::NoEntries { file: source.name.clone(), wanted: "UFLPA Entity List" });
    }
    Ok(published)
}

/// The clause in a heading: `UFLPA Section 2(d)(2)(B)(ii)`.
fn clause_in(text: &str) -> Option<String> {
    let start = text.find("2(d)(2)(B)(")?;
    let rest = text.get(start..)?;
    let end = rest.match_indices(')').nth(3).map(|(at, _)| at + 1)?;
    rest.get(..end).map(str::to_owned)
}

/// What a page holds, in order.
enum Part {
    /// A run of text outside table rows.
    Text(String),
    /// The cells of a table row.
    Row(Vec<String>),
}

/// The text and table rows of a page. Pages are no XML, so tags are only looked for, not balanced; scripts and styles are left
/// out.
fn html_parts(html: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut row: Option<Vec<String>> = None;
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let Some(end) = tag.find('>') else { break };
        let (inside, after) = (tag.get(1..end).unwrap_or_default(), tag.get(end + 1..).unwrap_or_default());
        let name: String = inside
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect::<String>()
            .to_ascii_lowercase();
        rest = match name.as_str() {
            "script" | "style" => {
                let close = format!("</{name}");
                let starts = |at: &usize| {
                    after.get(*at..*at + close.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(&close))
                };
                memchr::memchr_iter(b'<', after.as_bytes())
                    .find(starts)
                    .and_then(|at| after.get(at..))
                    .unwrap_or_default()
            }
            _ => after,
        };
        match name.as_str() {
            "tr" => {
                flush(&mut text, &mut parts);
                row = Some(Vec::new());
            }
            "/td" | "/th" => {
                let cell = plain(&text);
                text.clear();
                if let Some(row) = &mut row {
                    row.push(cell);
                }
            }
            "/tr" | "/table" => {
                text.clear();
                parts.extend(row.take().map(Part::Row));
            }
            "td" | "th" => text.clear(),
            "br" | "br/" => text.push(' '),
            "p" | "/p" | "div" | "/div" | "h1" | "h2" | "h3" | "h4" | "h5" | "/h1" | "/h2" | "/h3"
            | "/h4" | "/h5" | "table" | "caption" | "/caption"
                if row.is_none() =>
            {
                flush(&mut text, &mut parts);
            }
            _ => {}
        }
    }
    flush(&mut text, &mut parts);
    parts
}

fn flush(text: &mut String, parts: &mut Vec<Part>) {
    let found = plain(text);
    text.clear();
    if !found.is_empty() {
        parts.push(Part::Text(found));
    }
}

/// Text with its entities resolved.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let after = rest.get(at + 1..).unwrap_or_default();
        let entity = after.find(';').filter(|end| *end <= 8).and_then(|end| after.get(..end));
        if let Some(c) = entity.and_then(resolve) {
            out.push(c);
            rest = after.get(entity.map_or(0, str::len) + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    clean(&out)
}

fn resolve(entity: &str) -> Option<char> {
    let known = [
        ("amp", '&'),
        ("nbsp", ' '),
        ("quot", '"'),
        ("apos", '\''),
        ("lt", '<'),
        ("gt", '>'),
        ("rsquo", '\u{2019}'),
        ("lsquo", '\u{2018}'),
        ("ldquo", '\u{201c}'),
        ("rdquo", '\u{201d}'),
        ("ndash", '\u{2013}'),
        ("mdash", '\u{2014}'),
    ];
    known.iter().find(|(name, _)| *name == entity).map(|(_, c)| *c).or_else(|| {
        let number = entity.strip_prefix('#')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)
    })
}
