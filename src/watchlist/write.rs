//! A list as files: `SLUG.csv` and `SLUG.toml`, put in place in one step so that no reader ever sees half a list.

use std::fmt::Display;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{COLUMNS, Entry, List, WatchlistError};

/// The CSV of a list: all columns, in order, UTF-8, lines ended by a line feed. Reading it gives the same entries.
///
/// An own list leaves blank what its TOML says for all entries (ground and measure), so that its owner can set it there.
pub(super) fn csv_of(list: &List) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::with_capacity(list.entries.len() * 160));
    // Writing to memory cannot fail, and neither can records of one length.
    let _ = writer.write_record(COLUMNS);
    for entry in &list.entries {
        let mut record = record(entry);
        if list.facts.format.is_empty() {
            if entry.ground == list.facts.default_ground {
                record[GROUND].clear();
            }
            if entry.measure == list.facts.measure {
                record[MEASURE].clear();
            }
        }
        let _ = writer.write_record(record);
    }
    writer.into_inner().unwrap_or_default()
}

/// Places in [`COLUMNS`].
const GROUND: usize = 7;
const MEASURE: usize = 8;

fn record(entry: &Entry) -> [String; COLUMNS.len()] {
    let date = |date: Option<super::PartialDate>| date.map_or_else(String::new, |date| date.to_string());
    [
        entry.id.clone(),
        entry.name.clone(),
        joined(&entry.aliases),
        joined(&entry.weak_aliases),
        entry.kind.to_string(),
        joined(&entry.countries),
        joined(&entry.identifiers),
        entry.ground.to_string(),
        entry.measure.clone(),
        entry.status.to_string(),
        date(entry.listed_on),
        date(entry.delisted_on),
        entry.scope.to_string(),
        joined(&entry.products),
        joined(&entry.affected),
        entry.source_url.clone(),
        entry.note.clone(),
    ]
}

fn joined<T: Display>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")
}

/// Writes a list into a folder, which is made if need be, and gives the paths of its CSV and TOML.
///
/// Each file is written beside its place, then moved there; the version that was there before is kept as `SLUG.csv.old` and
/// `SLUG.toml.old`.
///
/// # Errors
/// [`WatchlistError::Unreadable`] with what the system says; the old files are then still in place.
pub fn write(folder: &Path, list: &List) -> Result<(PathBuf, PathBuf), WatchlistError> {
    let fail = |path: &Path, cause| WatchlistError::Unwritable { path: path.to_owned(), cause };
    fs::create_dir_all(folder).map_err(|cause| fail(folder, cause))?;
    let toml = toml::to_string(&list.facts)
        .map_err(|error| fail(&folder.join(format!("{}.toml", list.slug)), io::Error::other(error)))?;
    let csv_path = folder.join(format!("{}.csv", list.slug));
    let toml_path = folder.join(format!("{}.toml", list.slug));
    let files = [(&csv_path, csv_of(list)), (&toml_path, toml.into_bytes())];
    let put = || {
        for (path, bytes) in &files {
            put_beside(&with_more(path, "new"), bytes).map_err(|cause| fail(path, cause))?;
        }
        for (path, _) in &files {
            if path.exists() {
                fs::copy(path, with_more(path, "old")).map_err(|cause| fail(path, cause))?;
            }
        }
        for (path, _) in &files {
            fs::rename(with_more(path, "new"), path).map_err(|cause| fail(path, cause))?;
        }
        Ok(())
    };
    put().inspect_err(|_| {
        // What is left of the attempt is of no use to anybody.
        for (path, _) in &files {
            let _ = fs::remove_file(with_more(path, "new"));
        }
    })?;
    Ok((csv_path, toml_path))
}

/// Writes a file and has it on the disk before it takes anybody's place.
fn put_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn with_more(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(more);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let folder = tempfile::tempdir().unwrap();
        for list in super::super::bundled() {
            let (path, _) = write(folder.path(), &list).unwrap();
            let [read] = super::super::load(&path).unwrap().try_into().unwrap();
            assert_eq!((read.entries, read.facts), (list.entries, list.facts), "{}", list.slug);
        }
    }

    #[test]
    fn an_attempt_that_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let list = super::super::bundled().remove(0);
        let place = folder.path().join(format!("{}.toml", list.slug));
        fs::create_dir(&place).unwrap();
        fs::write(place.join("in the way"), b"").unwrap();
        write(folder.path(), &list).unwrap_err();
        let left = fs::read_dir(folder.path()).unwrap().map(|found| found.unwrap().path());
        assert_eq!(left.filter(|path| path.extension().is_some_and(|ending| ending == "new")).count(), 0);
    }

    #[test]
    fn the_old_version_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut list = super::super::bundled().remove(0);
        write(folder.path(), &list).unwrap();
        let before = fs::read(folder.path().join(format!("{}.csv", list.slug))).unwrap();
        list.entries.truncate(3);
        write(folder.path(), &list).unwrap();
        assert_eq!(fs::read(folder.path().join(format!("{}.csv.old", list.slug))).unwrap(), before);
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().filter_map(Result::ok).map(|e| e.file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".new")), "{left:?}");
    }
}
