//! The log of decisions: JSON Lines, append-only, each line bound to the one before it (see [`chain`](super::chain)).
//!
//! One changed byte breaks a check or a link. What a chain cannot show is a cut at its end; the head, which every report
//! carries, does. The one thing that is ever taken out is a decision past its retention: its line keeps its hash, and a line
//! at the end says that it was emptied, so that no decision can be made away with on the quiet.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::judge::decision::chain::{GENESIS, Held, Link, Purge};
use crate::judge::decision::{DecisionError, Record};

/// A log as read, with its chain checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    links: Vec<Link>,
    /// The decisions of the links, in their order.
    records: Vec<Record>,
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
        let broken = |line, what: &str| DecisionError::BrokenLog {
            path: path.to_owned(),
            line,
            what: what.to_owned(),
        };
        let mut log = Self::default();
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let link = line
                .strip_suffix('\n')
                .ok_or("the line is cut short")
                .and_then(|line| Link::parse(line, log.head()))
                .map_err(|what| broken(index + 1, what))?;
            log.push(link);
        }
        match log.unaccounted() {
            Some((line, what)) => Err(broken(line, what)),
            None => Ok(log),
        }
    }

    fn push(&mut self, link: Link) {
        if let Held::Record(record) = &link.held {
            self.records.push((**record).clone());
        }
        self.links.push(link);
    }

    /// The first line that is empty without a purge that says so, or that a purge names and that is not empty.
    fn unaccounted(&self) -> Option<(usize, &'static str)> {
        let numbered = || (1..).zip(&self.links);
        let mut said = BTreeSet::new();
        for (number, link) in numbered() {
            let Held::Purge(purge) = &link.held else { continue };
            if purge.lines.iter().any(|line| *line >= number) {
                return Some((number, "the purge names a line that came after it"));
            }
            said.extend(purge.lines.iter().copied());
        }
        numbered().find_map(|(number, link)| match (&link.held, said.contains(&number)) {
            (Held::Purged(_), false) => Some((number, "the decision was taken out, and no purge says so")),
            (Held::Record(_) | Held::Purge(_), true) => {
                Some((number, "a purge says that the line was emptied, and it was not"))
            }
            _ => None,
        })
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

    /// How many lines the log has.
    pub fn lines(&self) -> usize {
        self.links.len()
    }

    /// How many of its lines have been emptied.
    pub fn purged(&self) -> usize {
        self.links.iter().filter(|link| matches!(link.held, Held::Purged(_))).count()
    }

    /// The check of the last line: who knows it can tell that nothing was cut off since.
    pub fn head(&self) -> &str {
        self.links.last().map_or(GENESIS, |link| &link.check)
    }

    /// The log as it was when `head` was its head; `None` where it never was. What has been purged since stays purged.
    pub fn until(&self, head: &str) -> Option<Self> {
        let count = match head {
            GENESIS => 0,
            _ => self.links.iter().position(|link| link.check == head)? + 1,
        };
        let mut log = Self::default();
        self.links.iter().take(count).for_each(|link| log.push(link.clone()));
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
    /// [`DecisionError::Locked`] where another run has been writing for ten seconds, [`DecisionError::BrokenLog`] where the chain does not hold (nothing is
    /// added to a broken log), [`DecisionError::File`] where the disk refuses.
    pub fn append(path: &Path, records: &[Record]) -> Result<(Self, usize), DecisionError> {
        let _lock = lock(path, PATIENCE)?;
        let mut log = Self::read(path)?;
        let before = log.links.len();
        for record in records {
            if log.latest(&record.finding_id) != Some(record) {
                log.push(Link::new(log.head(), Held::Record(Box::new(record.clone()))));
            }
        }
        let added = log.links.len() - before;
        if added > 0 {
            replace(path, &log.text())?;
        }
        Ok((log, added))
    }

    fn latest(&self, finding_id: &str) -> Option<&Record> {
        self.records.iter().rev().find(|record| record.finding_id == finding_id)
    }

    /// The decisions past retention on a day: more than `days` days after the last day on which they could stand.
    ///
    /// That day, `review_by`, counts also for a decision that another has replaced: until then it may have to be accounted for.
    pub fn past_retention(&self, days: u32, as_of: Date) -> Vec<&Record> {
        self.records.iter().filter(|record| is_past(record, days, as_of)).collect()
    }

    /// Takes the decisions past retention out of the log at `path`: names, reasons and all.
    ///
    /// Their lines keep their hashes, so that the chain and every head that a report carries still hold, and a new line says when, by
    /// which rule and which. The file is replaced as by [`Log::append`]. Copies of the log elsewhere are not reached.
    ///
    /// Returns the log as it now is and how many decisions were taken out.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub fn purge(path: &Path, days: u32, as_of: Date) -> Result<(Self, usize), DecisionError> {
        let _lock = lock(path, PATIENCE)?;
        let old = Self::read(path)?;
        let (mut log, mut lines) = (Self::default(), Vec::new());
        for (number, link) in (1..).zip(&old.links) {
            match &link.held {
                Held::Record(record) if is_past(record, days, as_of) => {
                    lines.push(number);
                    log.push(link.purged());
                }
                _ => log.push(link.clone()),
            }
        }
        let count = lines.len();
        if count > 0 {
            log.push(Link::new(log.head(), Held::Purge(Purge { on: as_of, retention_days: days, lines })));
            replace(path, &log.text())?;
        }
        Ok((log, count))
    }

    fn text(&self) -> String {
        self.links.iter().map(|link| link.text() + "\n").collect()
    }
}

fn is_past(record: &Record, days: u32, as_of: Date) -> bool {
    // A day beyond the calendar never comes.
    record.decision.review_by.checked_add(i64::from(days).days()).is_ok_and(|last| last < as_of)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// How long a run waits for another that is writing, which takes moments.
const PATIENCE: Duration = Duration::from_secs(10);

/// Holds the lock until it is dropped. The lock is on a file beside the log, since the log itself is replaced.
fn lock(path: &Path, patience: Duration) -> Result<fs::File, DecisionError> {
    let begun = Instant::now();
    let lock_path = beside(path, ".lock");
    let failed = |source| DecisionError::File { doing: "lock", path: lock_path.clone(), source };
    let file =
        fs::OpenOptions::new().create(true).truncate(false).write(true).open(&lock_path).map_err(failed)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) if begun.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(fs::TryLockError::WouldBlock) => {
                return Err(DecisionError::Locked { path: path.to_owned() });
            }
            Err(fs::TryLockError::Error(source)) => return Err(failed(source)),
        }
    }
}

/// Puts a new text in the place of the log.
fn replace(path: &Path, text: &str) -> Result<(), DecisionError> {
    let new_path = beside(path, ".new");
    let write = || -> std::io::Result<()> {
        let mut file = fs::File::create(&new_path)?;
        if let Ok(facts) = fs::metadata(path) {
            file.set_permissions(facts.permissions())?;
        }
        file.write_all(text.as_bytes())?;
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

    /// Three changes to every byte: one bit, the case of letters, and what makes it no text.
    fn every_change_is_seen(path: &Path) {
        let good = fs::read(path).unwrap();
        for place in 0..good.len() {
            for change in if place % 40 == 0 { &[1_u8, 0x20, 0x80][..] } else { &[1_u8, 0x20] } {
                let mut bad = good.clone();
                bad[place] ^= *change;
                let seen = match String::from_utf8(bad) {
                    Ok(text) => Log::parse(path, &text).is_err(),
                    Err(bad) => {
                        fs::write(path, bad.as_bytes()).unwrap();
                        matches!(Log::read(path), Err(DecisionError::BrokenLog { .. }))
                    }
                };
                assert!(seen, "byte {place} changed by {change:#x} went unseen");
            }
        }
    }

    #[test]
    fn every_changed_byte_is_found() {
        let folder = tempfile::tempdir().unwrap();
        every_change_is_seen(&written(folder.path(), &["other works", "naïve", "third"]));
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

    /// A log of two decisions that have been purged, one that has not, and the line that says so.
    fn purged(folder: &Path) -> (PathBuf, Log, Log) {
        let path = written(folder, &["one", "two"]);
        let mut later = samples::record("wf-2", "three");
        later.decision.review_by = samples::date("2030-01-01");
        let (before, _) = Log::append(&path, &[later]).unwrap();
        // The first two stood until 2027-03-31; ten days later they are past a retention of nine days, and not a day sooner.
        assert_eq!(Log::purge(&path, 9, samples::date("2027-04-09")).unwrap().1, 0);
        let (after, count) = Log::purge(&path, 9, samples::date("2027-04-10")).unwrap();
        assert_eq!(count, 2);
        (path, before, after)
    }

    #[test]
    fn a_purge_takes_the_text_out_and_the_chain_still_holds() {
        let folder = tempfile::tempdir().unwrap();
        let (path, before, after) = purged(folder.path());
        let text = fs::read_to_string(&path).unwrap();
        for personal in ["one", "two", "wf-1", "2027-03-31"] {
            assert!(!text.contains(&format!("\"{personal}\"")), "{personal} is still in:\n{text}");
        }
        assert!(text.contains("A. Clerk") && text.contains("three"), "the other decision stays");
        assert_eq!(Log::read(&path).unwrap(), after);
        assert_eq!((after.lines(), after.purged(), after.records().len()), (4, 2, 1));
        // A report of that time is still known by its head; the log can be added to, and purged again.
        assert_eq!(after.until(before.head()).unwrap().records(), &before.records()[2..]);
        assert_eq!(Log::append(&path, &[samples::record("wf-3", "four")]).unwrap().1, 1);
        assert_eq!(Log::purge(&path, 9, samples::date("2030-01-11")).unwrap().1, 2);
        assert_eq!(Log::read(&path).unwrap().purged(), 4);
        assert_eq!(
            Log::purge(&path, 9, samples::date("2030-01-11")).unwrap().1,
            0,
            "a purge leaves nothing to purge"
        );
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "the log and its lock: {names:?}");
    }

    #[test]
    fn every_changed_byte_of_a_purged_log_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let (path, ..) = purged(folder.path());
        every_change_is_seen(&path);
    }

    #[test]
    fn a_decision_cannot_be_purged_on_the_quiet() {
        let folder = tempfile::tempdir().unwrap();
        let (path, before, after) = purged(folder.path());
        let broken = |links: Vec<Link>| match Log::parse(&path, &Log { links, records: Vec::new() }.text()) {
            Err(DecisionError::BrokenLog { line, what, .. }) => (line, what),
            other => panic!("{other:?}"),
        };
        // Emptied, and no line says so.
        let mut links = before.links.clone();
        links[1] = links[1].purged();
        assert_eq!(broken(links), (2, "the decision was taken out, and no purge says so".to_owned()));
        // Emptied beyond what the purge says.
        let mut links = after.links.clone();
        links[2] = links[2].purged();
        assert_eq!(broken(links).0, 3);
        // Put back.
        let mut links = after.links.clone();
        links[0] = before.links[0].clone();
        assert_eq!(broken(links), (1, "a purge says that the line was emptied, and it was not".to_owned()));
        // A purge of what is yet to come.
        let purge = |lines| Purge { on: samples::date("2027-04-10"), retention_days: 9, lines };
        for line in [4, 5] {
            let mut links = before.links.clone();
            links.push(Link::new(before.head(), Held::Purge(purge(vec![line]))));
            assert_eq!(broken(links).0, 4);
        }
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
        let held = lock(&path, Duration::ZERO).unwrap();
        assert!(matches!(lock(&path, Duration::from_millis(50)), Err(DecisionError::Locked { .. })));
        let waiting = std::thread::spawn({
            let path = path.clone();
            move || Log::append(&path, &[samples::record("wf-1", "x")]).map(|(_, added)| added)
        });
        std::thread::sleep(Duration::from_millis(60));
        assert!(!path.exists(), "nothing is written while another holds the lock");
        drop(held);
        assert_eq!(waiting.join().unwrap().unwrap(), 1);
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
