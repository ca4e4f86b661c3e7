//! The lists that are compiled into the program, so that a first screening needs no file and no network.

use rayon::prelude::*;

use super::{List, csv, facts};

/// A bundled list's short name, CSV and TOML.
type Files = (&'static str, &'static str, &'static str);

macro_rules! bundle {
    ($($slug:literal),+ $(,)?) => {
        &[$((
            $slug,
            include_str!(concat!("../../watchlists/", $slug, ".csv")),
            include_str!(concat!("../../watchlists/", $slug, ".toml")),
        )),+]
    };
}

/// In order of their short names, as a folder of them would be read.
const BUNDLED: &[Files] = bundle![
    "eu-human-rights-sanctions",
    "no-nbim-exclusions",
    "uk-sanctions-human-rights",
    "un-ohchr-settlements",
    "us-bis-human-rights-other",
    "us-bis-xinjiang",
    "us-cbp-wro",
    "us-ofac-glomag-unclassified",
    "us-ofac-human-rights",
    "us-uflpa",
];

/// The bundled lists, in order of their short names.
///
/// They are facts gathered from public sources as of the day that each states, some of them partial and some older than
/// they should be: see [`fitness::check`](super::fitness::check), and `watchlists/README.md` for how each was checked.
pub fn bundled() -> Vec<List> {
    BUNDLED.par_iter().map(|files| read(*files)).collect()
}

#[expect(clippy::expect_used, reason = "the files are constants, and a test reads each of them")]
fn read((slug, csv, toml): Files) -> List {
    facts::read(slug, &format!("{slug}.toml"), toml)
        .and_then(|facts| csv::read(slug, &format!("{slug}.csv"), csv.as_bytes(), facts, true))
        .expect("a bundled list is a good list")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Entry, PartialDate};
    use super::*;
    use crate::vocab::{Authority, EntityKind, Ground, ListingStatus};

    fn problems(list: &List) -> Vec<String> {
        let mut problems = Vec::new();
        let mut ids = BTreeSet::new();
        for entry in &list.entries {
            let mut bad = |what: &str| problems.push(format!("{}: {}: {what}", list.slug, entry.id));
            if !ids.insert(entry.id.as_str()) {
                bad("id twice");
            }
            if !entry.source_url.starts_with("https://") || entry.source_url.contains(' ') {
                bad("no https source");
            }
            if entry.note.chars().count() > 300 || entry.note.contains(['\n', '\r']) {
                bad("the note is prose, not a short fact");
            }
            if entry.id.is_empty()
                || !entry.id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
            {
                bad("an id that cannot be typed");
            }
            if entry.kind == EntityKind::Person {
                bad("a natural person");
            }
            let known = PartialDate::parse(list.facts.retrieved_on.as_deref().unwrap_or_default()).unwrap();
            if [entry.listed_on, entry.delisted_on].into_iter().flatten().any(|day| day > known) {
                bad("a date after the day on which it was gathered");
            }
            if entry.delisted_on.is_some() && entry.status == ListingStatus::Current {
                bad("taken off and current");
            }
            for name in names_of(entry) {
                if has_footnote_letter(name) {
                    bad(&format!("footnote letter in `{name}`"));
                }
                if name.chars().any(char::is_control)
                    || name.contains("  ")
                    || name.ends_with([',', ';', ':'])
                    || name.matches('(').count() != name.matches(')').count()
                {
                    bad(&format!("untidy name `{name}`"));
                }
                if holds_a_clause(name) || name.chars().count() > 200 {
                    bad(&format!("not only a name: `{name}`"));
                }
                if names_of(entry).filter(|other| *other == name).count() > 1 {
                    bad(&format!("the same name twice: `{name}`"));
                }
            }
            if let (Some(from), Some(to)) = (entry.listed_on, entry.delisted_on)
                && to.latest() < from.earliest()
            {
                bad("taken off before it was put on");
            }
        }
        problems
    }

    fn names_of(entry: &Entry) -> impl Iterator<Item = &String> {
        [&entry.name].into_iter().chain(&entry.aliases).chain(&entry.weak_aliases)
    }

    /// Aliases and scopes that a publisher writes into the name; they belong into columns of their own.
    fn holds_a_clause(name: &str) -> bool {
        let lower = format!(" {} ", name.to_lowercase());
        [
            "a.k.a",
            "a/k/a",
            " aka ",
            "f/k/a",
            "also known as",
            "formerly known as",
            " and subsidiar",
            "its subsidiar",
        ]
        .iter()
        .any(|clause| lower.contains(clause))
    }

    /// `Davidov Garages Ltd.b`: a small letter glued to, or standing alone after, a legal form.
    fn has_footnote_letter(name: &str) -> bool {
        let mut end = name.chars().rev();
        let (last, before) = (end.next(), end.next());
        let glued = last.is_some_and(|c| c.is_ascii_lowercase()) && before == Some('.');
        let alone = last.is_some_and(|c| c.is_ascii_lowercase()) && before == Some(' ');
        let digit = name.ends_with(['*', '†', '¹', '²', '³']);
        glued || alone || digit
    }

    #[test]
    fn footnote_letters_are_seen() {
        for name in ["Davidov Garages Ltd.b", "Krastiva Ltd. a", "Krastiva*"] {
            assert!(has_footnote_letter(name), "{name}");
        }
        for name in ["Krastiva d.o.o.", "Krastiva S.p.A.", "Caravane Sarl", "Krastiva AG", "Grupo e.V."] {
            assert!(!has_footnote_letter(name), "{name}");
        }
    }

    #[test]
    fn every_row_is_good() {
        let problems: Vec<String> = bundled().iter().flat_map(problems).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn every_file_has_the_columns_and_no_others() {
        for (slug, csv, _) in BUNDLED {
            assert_eq!(csv.lines().next().unwrap(), crate::watchlist::COLUMNS.join(","), "{slug}");
            assert!(csv.ends_with('\n') && !csv.contains('\r'), "{slug}");
        }
    }

    /// Each list against the facts that it was made from: every row of high or medium confidence, and no other.
    #[test]
    fn every_row_is_a_checked_fact() {
        let folder =
            std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/watchlists/facts"));
        if !folder.is_dir() {
            println!("skipped: the facts are not beside the checkout");
            return;
        }
        for list in bundled() {
            let mut reader = ::csv::Reader::from_path(folder.join(format!("{}.csv", list.slug))).unwrap();
            let header = reader.headers().unwrap().clone();
            let place = |name: &str| header.iter().position(|column| column == name).unwrap();
            let columns =
                ["id", "name", "ground", "status", "listed_on", "delisted_on", "confidence"].map(place);
            let facts: BTreeSet<[String; 6]> = reader
                .records()
                .map(Result::unwrap)
                .filter(|row| ["high", "medium"].contains(&&row[columns[6]]))
                .map(|row| [0, 1, 2, 3, 4, 5].map(|at| row[columns[at]].to_owned()))
                .collect();
            let date = |day: Option<PartialDate>| day.map_or_else(String::new, |day| day.to_string());
            let rows: BTreeSet<[String; 6]> = list
                .entries
                .iter()
                .map(|entry| {
                    [
                        entry.id.clone(),
                        entry.name.clone(),
                        entry.ground.to_string(),
                        entry.status.to_string(),
                        date(entry.listed_on),
                        date(entry.delisted_on),
                    ]
                })
                .collect();
            let other: Vec<_> = facts.symmetric_difference(&rows).collect();
            assert!(other.is_empty(), "{}: {other:#?}", list.slug);
        }
    }

    #[test]
    fn every_list_says_what_it_is() {
        for list in bundled() {
            let facts = &list.facts;
            let slug = &list.slug;
            for text in [&facts.title, &facts.publisher, &facts.jurisdiction, &facts.measure, &facts.licence]
            {
                assert!(!text.is_empty(), "{slug}: {facts:?}");
            }
            assert!(facts.url.starts_with("https://"), "{slug}");
            assert!(facts.published_on.is_some() && facts.retrieved_on.is_some(), "{slug}");
            assert!(facts.max_age_days.is_some() && facts.min_entries > 0, "{slug}");
            assert!(facts.min_entries <= list.entries.len(), "{slug}");
            // What is not whole says what is missing.
            assert!(facts.complete || !facts.missing.is_empty(), "{slug}");
            assert!(!facts.critical, "{slug}: see watchlists/README.md");
            assert!(list.bundled && facts.authority != Authority::F, "{slug}");
        }
    }

    #[test]
    fn the_lists_hold_what_they_are_for() {
        let lists = bundled();
        let slugs: Vec<&str> = lists.iter().map(|list| list.slug.as_str()).collect();
        assert!(slugs.is_sorted());
        let find = |slug: &str| lists.iter().find(|list| list.slug == slug).unwrap();
        let has = |slug: &str, name: &str| find(slug).entries.iter().any(|entry| entry.name == name);
        assert!(has("us-uflpa", "Hetian Haolin Hair Accessories Co. Ltd."));
        assert!(has("us-cbp-wro", "Hoshine Silicon Industry Co. Ltd."));
        assert!(has("no-nbim-exclusions", "Elbit Systems Ltd"));
        let unclassified = find("us-ofac-glomag-unclassified");
        assert!(unclassified.entries.iter().all(|entry| entry.ground == Ground::Other));
        let every_list_has_current_entries =
            lists.iter().all(|list| list.entries.iter().any(|entry| entry.status == ListingStatus::Current));
        assert!(every_list_has_current_entries);
    }
}
