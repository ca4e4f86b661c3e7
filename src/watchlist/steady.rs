//! A file read whole, and as it was at one moment: half of an old list and half of a new one make no list.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file of at most `limit` bytes.
///
/// # Errors
/// What the system says; a file that is larger than the limit, or that changes while it is read.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let before = file.metadata()?;
    if before.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let too_large = || Err(io::Error::other(format!("it has more than {} MB, and no list has", limit >> 20)));
    // Before a byte of it is read: room for one byte more than the limit is room for twice as many.
    if before.is_file() && before.len() > limit {
        return too_large();
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or_default());
    file.by_ref().take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return too_large();
    }
    if before.is_file() && has_changed(&before, &file.metadata()?, bytes.len() as u64) {
        return Err(io::Error::other("it changed while it was read: wait until whoever writes it is done"));
    }
    Ok(bytes)
}

fn has_changed(before: &Metadata, after: &Metadata, read: u64) -> bool {
    let same_time =
        matches!((before.modified(), after.modified()), (Ok(before), Ok(after)) if before == after);
    before.len() != after.len() || before.len() != read || !same_time
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_grows_or_is_too_large_is_refused() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"name\nKrastiva\n").unwrap();
        assert_eq!(read(file.path(), 100).unwrap(), b"name\nKrastiva\n");
        assert!(read(file.path(), 3).unwrap_err().to_string().contains("no list has"));
        let before = file.as_file().metadata().unwrap();
        file.write_all(b"Millbrandt\n").unwrap();
        let after = file.as_file().metadata().unwrap();
        assert!(has_changed(&before, &after, 14));
        assert!(has_changed(&after, &after, 14), "fewer bytes came than it has");
        assert!(!has_changed(&after, &after, 25));
        assert_eq!(read(&std::env::temp_dir(), 3).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }
}
