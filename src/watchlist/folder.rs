//! Lists from the disk: one file, or a folder of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{List, WatchlistError, csv, facts, steady};

/// What the CSV of a list may have: a million entries have about 200 MB.
const LIMIT: u64 = 1 << 30;

/// Reads a list (`SLUG.csv`, with the `SLUG.toml` beside it if there is one) or every list of a folder, in order of
/// their short names. Folders inside it are not looked into.
///
/// # Errors
/// The first list that cannot be read whole, or a folder without a list: a list that is silently not there looks
/// exactly like a clean result.
pub fn load(path: &Path) -> Result<Vec<List>, WatchlistError> {
    if !path.is_dir() {
        return read(path).map(|list| vec![list]);
    }
    let unreadable = |cause| WatchlistError::Unreadable { path: path.to_owned(), cause };
    let mut files: Vec<PathBuf> = fs::read_dir(path)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()
        .map_err(unreadable)?;
    files.retain(|file| has_ending(file, "csv"));
    files.sort();
    if files.is_empty() {
        return Err(WatchlistError::NoList { path: path.to_owned() });
    }
    files.iter().map(|file| read(file)).collect()
}

/// How many entries the version before had that [`write`](super::write()) kept beside a list, as `SLUG.csv.old`; `None` where there
/// is none, or none that can be read.
pub fn earlier_entries(path: &Path, slug: &str) -> Option<usize> {
    let folder = if path.is_dir() { path } else { path.parent()? };
    let kept = folder.join(format!("{slug}.csv.old"));
    let bytes = fs::read(&kept).ok()?;
    let list = csv::read(slug, &kept.display().to_string(), &bytes, facts::assumed(slug), false).ok()?;
    Some(list.entries.len())
}

/// Lists given by the user beside those that are there already: one of the same short name takes its place, as a newer
/// copy of a bundled list does.
///
/// # Errors
/// [`WatchlistError::SameSlug`] where two of the lists given share a short name.
pub fn combine(mut lists: Vec<List>, given: Vec<List>) -> Result<Vec<List>, WatchlistError> {
    for (at, list) in given.iter().enumerate() {
        if given.iter().take(at).any(|earlier| earlier.slug == list.slug) {
            return Err(WatchlistError::SameSlug { slug: list.slug.clone() });
        }
    }
    lists.retain(|list| given.iter().all(|newer| newer.slug != list.slug));
    lists.extend(given);
    lists.sort_by(|a, b| a.slug.cmp(&b.slug));
    Ok(lists)
}

/// Whether a word can be a list's short name, and so the name of its files.
pub(super) fn is_slug(word: &str) -> bool {
    !word.is_empty()
        && !word.starts_with('.')
        && word.len() <= 100
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

fn read(path: &Path) -> Result<List, WatchlistError> {
    let path = if has_ending(path, "toml") { path.with_extension("csv") } else { path.to_owned() };
    if path.exists() && !has_ending(&path, "csv") {
        return Err(WatchlistError::NotAList { path });
    }
    let bytes = steady::read(&path, LIMIT)
        .map_err(|cause| WatchlistError::Unreadable { path: path.clone(), cause })?;
    let slug = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let beside = path.with_extension("toml");
    let facts = match fs::read_to_string(&beside) {
        Ok(text) => facts::read(&slug, &beside.display().to_string(), &text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => facts::assumed(&slug),
        Err(cause) => return Err(WatchlistError::Unreadable { path: beside, cause }),
    };
    csv::read(&slug, &path.display().to_string(), &bytes, facts, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn a_folder_is_its_lists_in_order() {
        let folder = folder(&[
            ("zeta.csv", "name\nKrastiva\n"),
            ("alpha.CSV", "name\nMillbrandt\n"),
            ("zeta.toml", "title = \"Zeta\"\nauthority = \"E\""),
            ("README.md", "no list"),
        ]);
        let lists = load(folder.path()).unwrap();
        let found: Vec<_> =
            lists.iter().map(|l| (l.slug.as_str(), l.facts.title.as_str(), l.bundled)).collect();
        assert_eq!(found, [("alpha", "alpha", false), ("zeta", "Zeta", false)]);
        assert_eq!(load(&folder.path().join("zeta.csv")).unwrap().len(), 1);
        assert_eq!(load(&folder.path().join("zeta.toml")).unwrap()[0].facts.title, "Zeta");
    }

    #[test]
    fn what_is_no_list_is_said() {
        let folder = folder(&[("list.xlsx", "x")]);
        let message = |path: &Path| load(path).unwrap_err().to_string();
        assert!(message(folder.path()).starts_with("no watchlist in"));
        assert!(message(&folder.path().join("list.xlsx")).contains("is not a watchlist"));
        assert!(message(&folder.path().join("none.csv")).starts_with("cannot read"));
    }

    #[test]
    fn a_given_list_takes_the_place_of_one_of_its_name() {
        let folder = folder(&[("us-uflpa.csv", "name\nKrastiva\n"), ("own.csv", "name\nMillbrandt\n")]);
        let given = load(folder.path()).unwrap();
        let lists = combine(super::super::bundled(), given.clone()).unwrap();
        assert_eq!(lists.len(), super::super::bundled().len() + 1);
        assert!(lists.iter().any(|list| list.slug == "us-uflpa" && !list.bundled));
        let twice = combine(Vec::new(), [given.clone(), given].concat()).unwrap_err();
        assert_eq!(twice.to_string(), "two watchlists are called `own`");
    }
}
