//! A stream of delimited text is cut into blocks of whole records, which can be read apart from each other.

use std::io::{self, Read};

use super::csv::Dialect;
use super::split::Splitter;

/// How large a block is: it fits the cache of a core, and the cost of handing it out is nothing beside reading it.
pub const BLOCK: usize = 1 << 20;

/// No record of a table is larger, in bytes: what is, is no table, or is there to fill the memory.
const RECORD_LIMIT: usize = 64 << 20;

/// Whole records of a stream.
#[derive(Debug, Default)]
pub struct Block {
    /// The place among the blocks of the stream, from 0.
    pub number: u32,
    /// Memory, of which `filled` bytes are in use: what lies behind is kept, so that it is cleared only once.
    memory: Vec<u8>,
    filled: usize,
}

impl Block {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        self.memory.get(..self.filled).unwrap_or_default()
    }

    fn hold(&mut self, bytes: &[u8]) {
        self.filled = bytes.len();
        self.memory.resize(self.memory.len().max(self.filled), 0);
        self.memory.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    }
}

/// A stream being cut.
#[derive(Debug)]
pub struct Blocks<R> {
    source: R,
    dialect: Dialect,
    size: usize,
    /// The beginning of a record whose end is not read yet.
    rest: Vec<u8>,
    /// What is left of a block after the header.
    opened: Option<Vec<u8>>,
    ended: bool,
    next: u32,
    bytes: u64,
    cells: Vec<(usize, usize)>,
}

impl<R: Read> Blocks<R> {
    /// Starts at the first byte; a byte-order mark must be gone. A block has at least one record, and about `size` bytes.
    pub fn new(source: R, dialect: Dialect, size: usize) -> Self {
        Self {
            source,
            dialect,
            size: size.max(1),
            rest: Vec::new(),
            opened: None,
            ended: false,
            next: 0,
            bytes: 0,
            cells: Vec::new(),
        }
    }

    /// How many bytes were handed out.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Leaves out the first records, empty lines counted; returns how many lines they take.
    ///
    /// # Errors
    /// As [`Blocks::fill`].
    pub fn skip(&mut self, records: u64) -> io::Result<u64> {
        let (mut left, mut lines) = (records, 0);
        let mut block = Block::default();
        while left > 0 && self.fill(&mut block)? {
            let mut splitter = Splitter::new(block.bytes(), self.dialect);
            while u64::from(splitter.records()) < left && splitter.advance().is_some() {}
            left = left.saturating_sub(u64::from(splitter.records()));
            lines += u64::from(splitter.lines());
            let read = splitter.at();
            if left == 0 {
                self.opened = block.bytes().get(read..).map(<[u8]>::to_vec);
            }
        }
        self.next = 0;
        Ok(lines)
    }

    /// Fills a block with the next records, in the memory it already has; `false` at the end of the stream.
    ///
    /// # Errors
    /// What the source says; [`io::ErrorKind::FileTooLarge`] where one record is larger than 64 MB.
    pub fn fill(&mut self, block: &mut Block) -> io::Result<bool> {
        block.number = self.next;
        self.next += 1;
        if let Some(opened) = self.opened.take() {
            block.hold(&opened);
            return Ok(true);
        }
        block.hold(&self.rest);
        self.rest.clear();
        let mut wanted = self.size;
        loop {
            self.read_up_to(wanted, block)?;
            if self.ended {
                break;
            }
            if let Some(end) = last_end(block.bytes(), self.dialect, &mut self.cells) {
                self.rest.extend_from_slice(block.bytes().get(end..).unwrap_or_default());
                block.filled = end;
                break;
            }
            if block.filled >= RECORD_LIMIT {
                return Err(io::Error::from(io::ErrorKind::FileTooLarge));
            }
            wanted = block.filled * 2;
        }
        self.bytes += block.filled as u64;
        Ok(block.filled > 0)
    }

    fn read_up_to(&mut self, wanted: usize, block: &mut Block) -> io::Result<()> {
        block.memory.resize(block.memory.len().max(wanted), 0);
        // A stream that has ended is not asked again: some would begin anew.
        while !self.ended && block.filled < wanted {
            let free = block.memory.get_mut(block.filled..wanted).unwrap_or_default();
            match self.source.read(free) {
                Ok(0) => self.ended = true,
                Ok(read) => block.filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The place after the last end of a record in bytes that begin with a record; `None` where no record ends.
///
/// `open` is memory for the stretches outside quoted cells.
fn last_end(text: &[u8], dialect: Dialect, open: &mut Vec<(usize, usize)>) -> Option<usize> {
    open.clear();
    if dialect.quoting {
        outside_quotes(text, dialect.delimiter, open);
    } else {
        open.push((0, text.len()));
    }
    let stretches = || open.iter().rev().filter_map(|(from, to)| Some((*from, text.get(*from..*to)?)));
    let feed = stretches().find_map(|(from, part)| Some(from + memchr::memrchr(b'\n', part)? + 1));
    // Without a line feed, a carriage return ends a record, unless it is the last byte read: a feed may follow.
    feed.or_else(|| {
        stretches().find_map(|(from, part)| {
            let end = from + memchr::memrchr(b'\r', part)? + 1;
            text.get(end).filter(|byte| !matches!(byte, b'\r' | b'\n')).map(|_| end)
        })
    })
}

/// The stretches of the text outside quoted cells; the last cell may be open still.
fn outside_quotes(text: &[u8], delimiter: u8, open: &mut Vec<(usize, usize)>) {
    let next = |from: usize| Some(from + memchr::memchr(b'"', text.get(from..)?)?);
    let (mut start, mut at) = (0, 0);
    while let Some(mark) = next(at) {
        let before = mark.checked_sub(1).and_then(|before| text.get(before));
        let begins = before.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
        if !begins {
            at = mark + 1;
            continue;
        }
        open.push((start, mark));
        let mut close = next(mark + 1);
        while let Some(doubled) = close.filter(|close| text.get(close + 1) == Some(&b'"')) {
            close = next(doubled + 2);
        }
        let Some(close) = close else { return };
        start = close + 1;
        at = start;
    }
    open.push((start, text.len()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Record;
    use proptest::prelude::*;

    const COMMAS: Dialect = Dialect { delimiter: b',', quoting: true };

    fn rows(text: &[u8], skipped: u64, size: usize, quoting: bool) -> Vec<(u64, u64, Vec<Vec<u8>>)> {
        let dialect = Dialect { quoting, ..COMMAS };
        let mut blocks = Blocks::new(text, dialect, size);
        let (mut records, mut lines) = (skipped, blocks.skip(skipped).unwrap());
        let mut block = Block::default();
        let mut out = Vec::new();
        while blocks.fill(&mut block).unwrap() {
            let mut splitter = Splitter::new(block.bytes(), dialect);
            while let Some(at) = splitter.advance() {
                let row = splitter.row();
                let cells = (0..row.width()).map(|at| row.cell(at).unwrap().to_vec()).collect();
                out.push((records + u64::from(at.record), lines + u64::from(at.line), cells));
            }
            records += u64::from(splitter.records());
            lines += u64::from(splitter.lines());
        }
        out
    }

    #[test]
    fn blocks_end_where_records_end() {
        let cases: [(&str, Option<usize>); 8] = [
            ("a,b\nc,d", Some(4)),
            ("a,\"b\nc", None),
            ("a\n\"b\nc", Some(2)),
            ("a,\"b\"\"\n\"\nc", Some(9)),
            ("5\" b\nc", Some(5)),
            ("a\rb", Some(2)),
            ("a\r", None),
            ("a,b", None),
        ];
        for (text, end) in cases {
            assert_eq!(last_end(text.as_bytes(), COMMAS, &mut Vec::new()), end, "{text:?}");
        }
    }

    /// Gives its text once more each time it has ended.
    struct Again<'a>(&'a [u8], usize);

    impl Read for Again<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let rest = &self.0[self.1..];
            let read = rest.len().min(out.len());
            out[..read].copy_from_slice(&rest[..read]);
            self.1 = if read == 0 { 0 } else { self.1 + read };
            Ok(read)
        }
    }

    #[test]
    fn a_stream_that_has_ended_is_not_asked_again() {
        let mut blocks = Blocks::new(Again(b"a\nb", 0), COMMAS, 2);
        let mut block = Block::default();
        let mut read = Vec::new();
        for _ in 0..6 {
            if blocks.fill(&mut block).unwrap() {
                read.extend_from_slice(block.bytes());
            }
        }
        assert_eq!(read, b"a\nb");
    }

    proptest! {
        #[test]
        fn blocks_of_any_size_hold_the_same_records(text in "[ab,\"\r\n]{0,80}", size in 1_usize..40, quoting: bool) {
            prop_assert_eq!(rows(text.as_bytes(), 0, size, quoting), rows(text.as_bytes(), 0, 1 << 20, quoting));
        }

        #[test]
        fn records_left_out_are_counted(text in "(a,\"?b\"?(\r?\n){1,2}){1,9}", size in 1_usize..40, last in 0_usize..9) {
            let all = rows(text.as_bytes(), 0, 1 << 20, false);
            let last = last.min(all.len() - 1);
            prop_assert_eq!(rows(text.as_bytes(), all[last].0, size, false), &all[last + 1..]);
        }
    }
}
