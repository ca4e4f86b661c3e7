//! Bytes become records of cells, each with its place.
//!
//! Opens files, archives and standard input ([`open`]), finds the encoding ([`encoding`]), and reads delimited
//! text ([`csv`], in blocks that can be read apart: [`block`], [`split`]), workbooks ([`sheet`]) and JSON ([`json`]) into
//! one shape: records of bytes. Knows nothing of what a column means.

pub mod block;
mod claims;
mod compound;
pub mod csv;
pub mod encoding;
mod guarded;
pub mod json;
pub mod open;
mod records;
mod repeats;
pub mod sheet;
pub mod split;

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

/// The cells of one record, wherever they are held.
pub trait Record {
    /// A cell, from 0; `None` beyond the last.
    fn cell(&self, at: usize) -> Option<&[u8]>;

    /// How many cells there are.
    fn width(&self) -> usize;

    /// Every cell.
    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.width()).filter_map(|at| self.cell(at))
    }
}

impl Record for Cells {
    fn cell(&self, at: usize) -> Option<&[u8]> {
        self.get(at)
    }

    fn width(&self) -> usize {
        self.len()
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
