//! What to load, and what the officer says of it that would otherwise be guessed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Field;
use crate::vocab::Track;

/// Where bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    Path(PathBuf),
    /// Standard input, `-` on the command line.
    Stdin,
    /// Bytes at hand, under a name for the report.
    Bytes {
        /// What they are called.
        name: String,
        /// The content of a file.
        bytes: Vec<u8>,
    },
}

/// What the officer says of the files; everything left out is guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOptions {
    /// The track of every row.
    pub kind: Option<Track>,
    /// Field to column: its header text, or its place as `#3`.
    pub map: BTreeMap<Field, String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The record that holds the header, from 1; 0 says that there is none.
    pub header_record: Option<u64>,
    /// The name of the encoding, as in the WHATWG Encoding Standard.
    pub encoding: Option<String>,
    /// The delimiter of text files.
    pub delimiter: Option<char>,
    /// Whether natural persons are screened too.
    pub include_persons: bool,
    /// Whether rows are taken together by name; if not, every row is its own subject.
    pub merge: bool,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            kind: None,
            map: BTreeMap::new(),
            sheet: None,
            header_record: None,
            encoding: None,
            delimiter: None,
            include_persons: false,
            merge: true,
        }
    }
}

/// How far loading has come; sent about once a megabyte or ten thousand rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The input being read.
    pub input: &'a str,
    /// Bytes read of it so far.
    pub bytes: u64,
    /// Its bytes in all, where known.
    pub bytes_total: Option<u64>,
    /// Records read of it so far.
    pub records: u64,
}

/// What holds for every source of a run.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    /// What the officer says.
    pub options: &'a LoadOptions,
    /// Whom to tell how far reading has come.
    pub progress: &'a (dyn Fn(Progress<'_>) + Sync),
    /// How many bytes of a text one core reads at a time; the result is the same whatever it is.
    pub block_size: usize,
}
