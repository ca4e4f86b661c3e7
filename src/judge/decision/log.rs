//! The log of decisions: JSON Lines, append-only, each line bound to the one before it.
//!
//! A line is `{"prev":P,"record":R,"check":C}`: P is the SHA-256 of the whole previous line (sixty-four zeros for the
//! first), C that of this line's own text before `,"check":`. One changed byte breaks a check or the next line's P.
//! What a chain cannot show is a cut at its end; the head's hash, which every report carries, does.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::judge::decision::key::digest;
use crate::judge::decision::{DecisionError, Record};

/// What the first line names as the hash of the line before it.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn sha256(text: &str) -> String {
    digest(text, 64)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    prev: String,
    record: Record,
    check: String,
}

/// A log as read, with its chain checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    records: Vec<Record>,
    head: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { records: Vec::new(), head: GENESIS.to_owned() }
    }
}

impl Log {
    /// Reads a log and checks every link of its chain; `path` is only named in errors. An empty text is an empty log.
    ///
    /// # Errors
    /// [`DecisionError::BrokenLog`] with the first line that does not hold, [`DecisionError::NotALog`] for another kind of file.
    pub fn parse(path: &Path, text: &str) -> Result<Self, DecisionError> {
        if !text.is_empty() && !text.trim_start().starts_with('{') {
            return Err(DecisionError::NotALog { path: path.to_owned() });
        }
        let mut log = Self::default();
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let record = log.link(line).map_err(|what| DecisionError::BrokenLog {
                path: path.to_owned(),
                line: index + 1,
                what: what.to_owned(),
            })?;
            log.head = sha256(line.trim_end_matches('\n'));
            log.records.push(record);
        }
        Ok(log)
    }

    fn link(&self, line: &str) -> Result<Record, &'static str> {
        let line = line.strip_suffix('\n').ok_or("the line is cut short")?;
        let (body, _) = line.rsplit_once(",\"check\":").ok_or("this is not a line of a log")?;
        let parsed: Line = serde_json::from_str(line).map_err(|_| "this is not a line of a log")?;
        if parsed.check != sha256(body) {
            return Err("the line was changed after it was written");
        }
        if parsed.prev != self.head {
            return Err("a line before it was changed, added or removed");
        }
        // Another text of the same meaning (order of keys, escapes) has a check of its own, so it cannot be slipped in.
        if line != write_line(&parsed.prev, &parsed.record) {
            return Err("the line was not written by this program");
        }
        Ok(parsed.record)
    }

    /// Reads a log from a file; a file that is not there is an empty log.
    ///
    /// # Errors
    /// As [`Log::parse`], and [`DecisionError::File`] where it cannot be read.
    pub fn read(path: &Path) -> Result<Self, DecisionError> {
        match fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Self::parse(path, &text),
                Err(error) => Err(DecisionError::BrokenLog {
                    path: path.to_owned(),
                    line: error
                        .as_bytes()
                        .iter()
                        .take(error.utf8_error().valid_up_to())
                        .filter(|b| **b == b'\n')
                        .count()
                        + 1,
                    what: "the line was changed after it was written".to_owned(),
                }),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(DecisionError::File { doing: "read", path: path.to_owned(), source }),
        }
    }

    /// Every decision, oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The SHA-256 of the last line: who knows it can tell that nothing was cut off since.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// The log as it was when `head` was its head; `None` where it never was.
    pub fn until(&self, head: &str) -> Option<Self> {
        let mut log = Self::default();
        let mut records = self.records.iter();
        while log.head != head {
            let record = records.next()?;
            log.head = sha256(&write_line(&log.head, record));
            log.records.push(record.clone());
        }
        Some(log)
    }

    /// Adds decisions to the log at `path`, all of them or none.
    ///
    /// The log is read again under a lock, so that two runs cannot both append to the same head. The new file is written
    /// beside the old one, flushed to the disk and put in its place in one step: a crash leaves the old log or the new, never half a line.
    /// Records that only repeat the latest one for their finding are left out.
    ///
    /// Returns the log as it now is and how many lines were added.
    ///
    /// # Errors
    /// [`DecisionError::Locked`] where another run is writing, [`DecisionError::BrokenLog`] where the chain does not hold (nothing is
    /// added to a broken log), [`DecisionError::File`] where the disk refuses.
    pub fn append(path: &Path, records: &[Record]) -> Result<(Self, usize), DecisionError> {
        let _lock = lock(path)?;
        let mut log = Self::read(path)?;
        let mut added = String::new();
        let before = log.records.len();
        for record in records {
            if log.latest(&record.finding_id) == Some(record) {
                continue;
            }
            let line = write_line(&log.head, record);
            log.head = sha256(&line);
            log.records.push(record.clone());
            added.push_str(&line);
            added.push('\n');
        }
        if !added.is_empty() {
            replace(path, &added)?;
        }
        let count = log.records.len() - before;
        Ok((log, count))
    }

    fn latest(&self, finding_id: &str) -> Option<&Record> {
        self.records.iter().rev().find(|record| record.finding_id == finding_id)
    }
}

fn write_line(prev: &str, record: &Record) -> String {
    // A record holds only text, words and dates, which always have a JSON form.
    let record = serde_json::to_string(record).unwrap_or_default();
    let body = format!("{{\"prev\":\"{prev}\",\"record\":{record}");
    format!("{body},\"check\":\"{}\"}}", sha256(&body))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Holds the lock until it is dropped. The lock is on a file beside the log, since the log itself is replaced.
fn lock(path: &Path) -> Result<fs::File, DecisionError> {
    let lock_path = beside(path, ".lock");
    let failed = |source| DecisionError::File { doing: "lock", path: lock_path.clone(), source };
    let file =
        fs::OpenOptions::new().create(true).truncate(false).write(true).open(&lock_path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(DecisionError::Locked { path: path.to_owned() }),
        Err(fs::TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Puts the log with `added` at its end in the place of the log.
fn replace(path: &Path, added: &str) -> Result<(), DecisionError> {
    let new_path = beside(path, ".new");
    let write = || -> std::io::Result<()> {
        let old = match fs::read(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let mut file = fs::File::create(&new_path)?;
        if let Ok(facts) = fs::metadata(path) {
            file.set_permissions(facts.permissions())?;
        }
        file.write_all(&old)?;
        file.write_all(added.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new_path, path)?;
        sync_folder(path)
    };
    write().map_err(|source| {
        // What is left of the attempt is of no use; the log itself was not touched.
        let _ = fs::remove_file(&new_path);
        DecisionError::File { doing: "write", path: path.to_owned(), source }
    })
}

/// Makes the renaming itself last; only Unix lets a folder be flushed.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::samples;

    fn written(folder: &Path, reasons: &[&str]) -> PathBuf {
        let path = folder.join("decisions.jsonl");
        let records: Vec<Record> = reasons.iter().map(|reason| samples::record("wf-1", reason)).collect();
        Log::append(&path, &records).unwrap();
        path
    }

    #[test]
    fn what_is_appended_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), &["other works", "other country"]);
        let (log, added) = Log::append(&path, &[samples::record("wf-2", "third")]).unwrap();
        assert_eq!(added, 1);
        assert_eq!(Log::read(&path).unwrap(), log);
        assert_eq!(log.records().len(), 3);
        assert_eq!(log.head().len(), 64);
    }

    #[test]
    fn a_sheet_imported_twice_adds_nothing_the_second_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), &["other works"]);
        let before = fs::read(&path).unwrap();
        assert_eq!(Log::append(&path, &[samples::record("wf-1", "other works")]).unwrap().1, 0);
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn every_changed_byte_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), &["other works", "naïve", "third"]);
        let good = fs::read(&path).unwrap();
        for place in 0..good.len() {
            for change in if place % 40 == 0 { &[1_u8, 0x20, 0x80][..] } else { &[1_u8, 0x20] } {
                let mut bad = good.clone();
                bad[place] ^= *change;
                let seen = match String::from_utf8(bad) {
                    Ok(text) => Log::parse(&path, &text).is_err(),
                    Err(bad) => {
                        fs::write(&path, bad.as_bytes()).unwrap();
                        matches!(Log::read(&path), Err(DecisionError::BrokenLog { .. }))
                    }
                };
                assert!(seen, "byte {place} changed by {change:#x} went unseen");
            }
        }
    }

    #[test]
    fn a_line_taken_out_or_put_in_is_found_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), &["one", "two", "three"]);
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let broken = |lines: &[&str]| match Log::parse(&path, &(lines.join("\n") + "\n")) {
            Err(DecisionError::BrokenLog { line, .. }) => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(broken(&[lines[0], lines[2]]), 2);
        assert_eq!(broken(&[lines[1], lines[2]]), 1);
        assert_eq!(broken(&[lines[0], lines[0], lines[1], lines[2]]), 2);
        assert!(Log::parse(&path, &lines.join("\n")).is_err(), "the last line is cut short");
    }

    #[test]
    fn a_log_that_has_grown_still_knows_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), &["one", "two"]);
        let then = Log::read(&path).unwrap();
        let (now, _) = Log::append(&path, &[samples::record("wf-2", "three")]).unwrap();
        assert_eq!(now.until(then.head()), Some(then));
        assert_eq!(now.until(now.head()).as_ref(), Some(&now));
        assert_eq!(now.until(GENESIS), Some(Log::default()));
        assert_eq!(now.until("another"), None);
    }

    #[test]
    fn a_sheet_is_not_a_log() {
        let sheet = Log::parse(Path::new("sheet.csv"), "finding_id,outcome\n");
        assert!(matches!(sheet, Err(DecisionError::NotALog { .. })));
        assert_eq!(Log::parse(Path::new("log.jsonl"), "").unwrap(), Log::default());
    }

    #[test]
    fn nothing_is_added_to_a_broken_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), &["one"]);
        let broken = fs::read_to_string(&path).unwrap().replace("one", "two");
        fs::write(&path, &broken).unwrap();
        assert!(Log::append(&path, &[samples::record("wf-2", "x")]).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }

    #[test]
    fn two_runs_cannot_write_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("decisions.jsonl");
        let held = lock(&path).unwrap();
        let refused = Log::append(&path, &[samples::record("wf-1", "x")]);
        assert!(matches!(refused, Err(DecisionError::Locked { .. })));
        drop(held);
        assert!(Log::append(&path, &[samples::record("wf-1", "x")]).is_ok());
    }

    #[test]
    fn no_leftovers_of_a_write_remain_and_a_half_written_one_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), &["one"]);
        fs::write(beside(&path, ".new"), "{\"prev\":\"half a li").unwrap();
        assert_eq!(Log::append(&path, &[samples::record("wf-2", "two")]).unwrap().0.records().len(), 2);
        assert!(!beside(&path, ".new").exists());
    }
}
