//! Files that are whole or not there: written beside their place, then moved there in one step.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Puts bytes where `path` says, so that no reader ever sees half of them, also where the program is killed or the disk is full.
///
/// A link is followed: what it points to is replaced, the link stays. A pipe or device (`/dev/stdout`, `>(less)`) cannot be
/// moved onto and is written to. The permissions of a file that was there are kept.
///
/// # Errors
/// What the system says; whatever was at `path` before is then still there.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put_by(path, |out| out.write_all(bytes))
}

/// As [`put`], with what `fill` writes: the bytes go to the disk as they come and are never all in memory.
pub(super) fn put_by(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let there = path.metadata().ok();
    if there.as_ref().is_some_and(|found| !found.is_file()) {
        let mut out = BufWriter::new(File::create(path)?);
        fill(&mut out)?;
        return out.flush();
    }
    let target = if there.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    sweep(&target);
    let mut beside = target.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let write = || {
        let file = File::create(&beside)?;
        if let Some(found) = &there {
            file.set_permissions(found.permissions())?;
        }
        let mut out = BufWriter::new(&file);
        fill(&mut out)?;
        out.flush()?;
        drop(out);
        file.sync_all()?;
        fs::rename(&beside, &target)
    };
    let written = write();
    if written.is_err() {
        // The first failure is the one to report; that the remains cannot be removed adds nothing.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A file beside its place that nobody has written to for so long is not being written.
const ABANDONED: Duration = Duration::from_mins(1);

/// Removes what a run that was killed has left beside `target`. Where that cannot be done, it lies there and harms nobody.
fn sweep(target: &Path) {
    let Some(name) = target.file_name().and_then(OsStr::to_str) else { return };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for found in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = found.file_name().to_str().and_then(|found| process_of(found, name)).is_some();
        let rested = || found.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_ours && rested().is_some_and(|time| time > ABANDONED) {
            let _ = fs::remove_file(found.path());
        }
    }
}

/// The process that writes `NAME` by way of a file of this name.
fn process_of(found: &str, name: &str) -> Option<u32> {
    found.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".part")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let long_ago = std::time::SystemTime::now() - 2 * ABANDONED;
        for name in ["report.json.77.part", "report.json.part", "other.json.77.part", "report.json.x.part"] {
            File::create(path(name)).unwrap().set_modified(long_ago).unwrap();
        }
        fs::write(path("report.json.78.part"), b"being written").unwrap();
        put(&path("report.json"), b"one").unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|found| found.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        let expected = [
            "other.json.77.part",
            "report.json",
            "report.json.78.part",
            "report.json.part",
            "report.json.x.part",
        ];
        assert_eq!(left, expected);
    }

    #[test]
    fn what_was_there_is_replaced_or_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        put(&path, b"one").unwrap();
        put(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(put(&folder.path().join("none/report.json"), b"x").is_err());
        let failing = put_by(&path, |out| {
            out.write_all(b"half of")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(failing.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read(&path).unwrap(), b"two", "what was there is as it was");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("2026.json"), folder.path().join("latest.json"));
        put(&path, b"one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        symlink("2026.json", &link).unwrap();
        put(&link, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
