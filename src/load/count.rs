//! The rows of a table are counted: a workbook's one after the other, a text's in blocks, on every core.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Progress;
use super::plan::Plan;
use super::scan::{Outside, Scan};
use super::shard::{Shards, Spot, Starts};
use super::tally::Tally;
use crate::read::block::{Block, Blocks};
use crate::read::csv::Dialect;
use crate::read::split::Splitter;
use crate::read::{Position, Row};

/// Whom to tell how far reading has come.
pub(super) struct Watch<'a> {
    /// What is being read.
    pub name: &'a str,
    /// Its bytes in all, where known.
    pub size: Option<u64>,
    /// Whom to tell.
    pub progress: &'a (dyn Fn(Progress<'_>) + Sync),
}

impl Watch<'_> {
    fn tell(&self, bytes: u64, records: u64) {
        (self.progress)(Progress { input: self.name, bytes, bytes_total: self.size, records });
    }
}

/// Counts rows held in memory.
pub(super) fn rows(plan: &Plan, rows: &[Row], header_record: u64, watch: &Watch<'_>) -> Tally {
    let shards = Shards::new(plan.merge);
    let mut scan = Scan::new(plan, &shards);
    let mut last = header_record;
    for row in rows.iter().filter(|row| row.position.record > header_record) {
        let Position { record, line } = row.position;
        scan.skip(narrow(record - last - 1), Spot { block: 0, record: narrow(last + 1), line: 0 });
        last = record;
        scan.push(&row.cells, Spot { block: 0, record: narrow(record), line: line.map_or(0, narrow) });
    }
    let outside = scan.settle();
    watch.tell(0, last);
    Tally::new(plan, shards, outside, &Starts::default())
}

/// What fits in memory has fewer records than this holds.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// One block as it was read.
pub(super) struct Extent {
    /// Its place among the blocks.
    pub number: u32,
    /// Its records.
    pub records: u32,
    /// The lines that end in it.
    pub lines: u32,
}

/// Counts the records of a text below its header, each block on whatever core is free.
///
/// # Errors
/// What the source says.
pub(super) fn blocks<R: Read + Send>(
    plan: &Plan,
    dialect: Dialect,
    mut blocks: Blocks<R>,
    header_record: u64,
    watch: &Watch<'_>,
) -> io::Result<Tally> {
    let header_lines = blocks.skip(header_record)?;
    let source = Mutex::new(blocks);
    let records = AtomicU64::new(header_record);
    let shards = Shards::new(plan.merge);
    let work = |_| -> io::Result<(Outside, Vec<Extent>)> {
        let (mut scan, mut read, mut block) = (Scan::new(plan, &shards), Vec::new(), Block::default());
        loop {
            let bytes = {
                let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
                if !source.fill(&mut block)? {
                    break;
                }
                source.bytes()
            };
            let done = count(&mut scan, &block, dialect);
            let all = records.fetch_add(u64::from(done.records), Ordering::Relaxed) + u64::from(done.records);
            watch.tell(bytes, all);
            read.push(done);
        }
        Ok((scan.settle(), read))
    };
    let workers = rayon::current_num_threads().max(1);
    let parts: Vec<_> = (0..workers).into_par_iter().with_max_len(1).map(work).collect::<io::Result<_>>()?;
    let (outside, read): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let outside = outside.into_iter().reduce(Outside::absorb).unwrap_or_default();
    let mut before = (header_record, header_lines);
    let starts = starts(read.into_iter().flatten().collect(), &mut before);
    Ok(Tally::new(plan, shards, outside, &starts))
}

/// Counts the records of one block.
pub(super) fn count(scan: &mut Scan<'_>, block: &Block, dialect: Dialect) -> Extent {
    let mut splitter = Splitter::new(block.bytes(), dialect);
    let mut last = 0;
    while let Some(at) = splitter.advance() {
        // An empty line is one record.
        let empty = at.record - last - 1;
        scan.skip(empty, Spot { block: block.number, record: last + 1, line: at.line - empty });
        last = at.record;
        scan.push(&splitter.row(), Spot { block: block.number, record: at.record, line: at.line });
    }
    let empty = splitter.records() - last;
    scan.skip(empty, Spot { block: block.number, record: last + 1, line: splitter.lines() + 1 - empty });
    Extent { number: block.number, records: splitter.records(), lines: splitter.lines() }
}

/// What comes before each block: what was read before (the header, for one), and the blocks before it. What was read is
/// brought up to the end of the last block.
pub(super) fn starts(mut read: Vec<Extent>, before: &mut (u64, u64)) -> Starts {
    read.sort_unstable_by_key(|block| block.number);
    let starts = read.into_iter().map(|block| {
        let after = (before.0 + u64::from(block.records), before.1 + u64::from(block.lines));
        std::mem::replace(before, after)
    });
    Starts(starts.collect())
}
