//! Bytes become records of cells, each with its place.
//!
//! Opens files, archives and standard input ([`open`]), finds the encoding ([`encoding`]), and reads delimited
//! text ([`csv`]), workbooks ([`sheet`]) and JSON ([`json`]) into one shape: [`Row`]s of bytes. Knows nothing of
//! what a column means.

pub mod csv;
pub mod encoding;
pub mod json;
pub mod open;
pub mod sheet;

use std::io;

/// The cells of one record: compact, reusable, and the same for every format.
pub type Cells = ::csv::ByteRecord;

/// Where a record stands in its file or sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// The record, from 1, blank ones counted.
    pub record: u64,
    /// The physical line on which it starts, from 1, where the format has lines.
    pub line: Option<u64>,
}

/// A stream of records.
pub trait Records {
    /// Reads the next record that is not an empty line into `cells`; `None` at the end.
    ///
    /// # Errors
    /// What the reader below says, or that the input is larger than the limit.
    fn next(&mut self, cells: &mut Cells) -> io::Result<Option<Position>>;

    /// How many records have been read or skipped so far, empty lines among them.
    fn records(&self) -> u64;

    /// How many bytes have been read so far, where that is known.
    fn bytes(&self) -> u64 {
        0
    }
}

/// A record held in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub position: Position,
    /// Its cells.
    pub cells: Cells,
}

/// Records held in memory, read as a stream.
#[derive(Debug)]
pub struct Held<'a> {
    rows: std::slice::Iter<'a, Row>,
    read: u64,
}

impl<'a> Held<'a> {
    /// Starts at the first row.
    pub fn new(rows: &'a [Row]) -> Self {
        Self { rows: rows.iter(), read: 0 }
    }
}

impl Records for Held<'_> {
    fn next(&mut self, cells: &mut Cells) -> io::Result<Option<Position>> {
        let Some(row) = self.rows.next() else { return Ok(None) };
        cells.clone_from(&row.cells);
        self.read = row.position.record;
        Ok(Some(row.position))
    }

    fn records(&self) -> u64 {
        self.read
    }
}
