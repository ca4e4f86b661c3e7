//! Files that are whole or not there: written beside their place, then moved there in one step.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts bytes where `path` says, so that no reader ever sees half of them, also where the program is killed or the disk is full.
///
/// A link is followed: what it points to is replaced, the link stays. A pipe or device (`/dev/stdout`, `>(less)`) cannot be
/// moved onto and is written to. The permissions of a file that was there are kept.
///
/// # Errors
/// What the system says; whatever was at `path` before is then still there.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let there = path.metadata().ok();
    if there.as_ref().is_some_and(|found| !found.is_file()) {
        return fs::write(path, bytes);
    }
    let target = if there.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let mut beside = target.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let write = || {
        let mut file = File::create(&beside)?;
        if let Some(found) = &there {
            file.set_permissions(found.permissions())?;
        }
        file.write_all(bytes)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_is_replaced_or_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        put(&path, b"one").unwrap();
        put(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(put(&folder.path().join("none/report.json"), b"x").is_err());
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
