//! Compound files, in which an `.xls` lies: sectors, tables that chain them, and a folder of streams.
//!
//! The reader of workbooks follows a chain for as long as it goes on. Here every chain that it would follow is followed once,
//! and may have no more sectors than the file.
//!
//! Source: MS-CFB, Compound File Binary File Format, sections 2.1 to 2.6; for what is followed, calamine 0.38.

use std::io;

use super::guarded::damaged;

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;

/// Numbers of sectors are below this; above, there are marks.
const MARKS: u32 = 0xFFFF_FFFA;

/// Marks of a sector of the table of tables, and above.
const TABLE_MARKS: u32 = 0xFFFF_FFFC;

/// Streams shorter than this lie in the small sectors.
const SMALL_STREAM: u64 = 4096;

const SMALL_SECTOR: usize = 64;

/// The stream of the workbook; nothing where the reader will say what is wrong.
///
/// # Errors
/// Sectors that are chained in a circle, or more tables than there are sectors.
pub(super) fn workbook(bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let Some(header) = Header::parse(bytes) else { return Ok(None) };
    let Some(table) = table(bytes, &header)? else { return Ok(None) };
    let Some(folder) = follow(&header.sectors, &table, header.folder, u64::MAX)? else { return Ok(None) };
    let entries: Vec<Entry> =
        folder.as_chunks::<128>().0.iter().map(|e| Entry::parse(e, header.large)).collect();
    let Some(root) = entries.first() else { return Ok(None) };
    let mut small = (Vec::new(), Vec::new());
    if header.small_table_len > 0 {
        let length = header.small_table_len.saturating_mul(header.sectors.size as u64);
        let Some(stream) = follow(&header.sectors, &table, root.start, root.len)? else { return Ok(None) };
        let Some(chain) = follow(&header.sectors, &table, header.small_table, length)? else {
            return Ok(None);
        };
        small = (stream, numbers(&chain).collect());
    }
    for name in ["workbook", "book"] {
        let Some(entry) = entries.iter().find(|entry| entry.name == name) else { continue };
        let stream = if entry.len < SMALL_STREAM {
            follow(&Sectors { bytes: &small.0, size: SMALL_SECTOR }, &small.1, entry.start, entry.len)?
        } else {
            follow(&header.sectors, &table, entry.start, entry.len)?
        };
        if stream.is_some() {
            return Ok(stream);
        }
    }
    Ok(None)
}

struct Header<'a> {
    sectors: Sectors<'a>,
    large: bool,
    folder: u32,
    small_table: u32,
    small_table_len: u64,
    tables: u32,
}

impl<'a> Header<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let size = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        Some(Self {
            sectors: Sectors { bytes: bytes.get(size..)?, size },
            large: size == 4096,
            folder: number(bytes, 48)?,
            small_table: number(bytes, 60)?,
            small_table_len: u64::from(number(bytes, 64)?),
            tables: number(bytes, 68)?,
        })
    }
}

struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl Sectors<'_> {
    /// The last sector may be cut off.
    fn get(&self, sector: u32) -> Option<&[u8]> {
        let start = (sector as usize).checked_mul(self.size)?;
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn count(&self) -> usize {
        self.bytes.len() / self.size + 1
    }
}

struct Entry {
    name: String,
    start: u32,
    len: u64,
}

impl Entry {
    fn parse(bytes: &[u8; 128], large: bool) -> Self {
        let units = bytes.as_chunks::<2>().0.iter().take(32).map(|unit| u16::from_le_bytes(*unit));
        let name = char::decode_utf16(units.take_while(|unit| *unit != 0));
        let high = if large { number(bytes, 124).unwrap_or(0) } else { 0 };
        Self {
            name: name.map(|letter| letter.unwrap_or('\u{fffd}').to_ascii_lowercase()).collect(),
            start: number(bytes, 116).unwrap_or(END_OF_CHAIN),
            len: u64::from(high) << 32 | u64::from(number(bytes, 120).unwrap_or(0)),
        }
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
}

/// The table of sectors: for each the one that comes after it.
fn table(bytes: &[u8], header: &Header<'_>) -> io::Result<Option<Vec<u32>>> {
    let mut parts: Vec<u32> = numbers(bytes.get(76..512).unwrap_or_default()).collect();
    let (mut next, mut read) = (header.tables, 0);
    while next < MARKS {
        read += 1;
        let Some(sector) = header.sectors.get(next) else { return Ok(None) };
        parts.extend(numbers(sector));
        let Some(last) = parts.pop() else { return Ok(None) };
        next = last;
        if read > header.sectors.count() {
            return Err(circle());
        }
    }
    parts.retain(|part| *part < TABLE_MARKS);
    if parts.len() > header.sectors.count() {
        return Err(damaged("it has more tables of sectors than sectors".to_owned()));
    }
    let mut table = Vec::new();
    for part in parts {
        let Some(sector) = header.sectors.get(part) else { return Ok(None) };
        table.extend(numbers(sector));
    }
    Ok(Some(table))
}

/// The bytes of a chain of sectors, so many at most; nothing where it leads out of the file.
fn follow(sectors: &Sectors<'_>, table: &[u32], start: u32, len: u64) -> io::Result<Option<Vec<u8>>> {
    let (mut stream, mut next) = (Vec::new(), start);
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    for _ in 0..=sectors.count() {
        if next == END_OF_CHAIN {
            return Ok(Some(stream));
        }
        let Some(sector) = sectors.get(next) else { return Ok(None) };
        stream.extend_from_slice(sector.get(..len - stream.len()).unwrap_or(sector));
        if stream.len() >= len {
            return Ok(Some(stream));
        }
        let Some(after) = table.get(next as usize) else { return Ok(None) };
        next = *after;
    }
    Err(circle())
}

fn circle() -> io::Error {
    damaged("its sectors are chained in a circle".to_owned())
}

/// A compound file of one stream, in the order header, tables, folder, stream.
#[cfg(test)]
pub(super) fn around(name: &str, stream: &[u8]) -> Vec<u8> {
    let length = u32::try_from(stream.len().div_ceil(512)).unwrap().max(8);
    let tables = (length + 2).div_ceil(127);
    let mut bytes = vec![0xFF; 512];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    bytes[8..76].fill(0);
    for (at, value) in [(24, 0x003E_u16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        bytes[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    for (at, value) in [(44, tables), (48, tables), (56, 4096), (60, END_OF_CHAIN), (68, END_OF_CHAIN)] {
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    for table in 0..tables as usize {
        bytes[76 + 4 * table..80 + 4 * table].copy_from_slice(&u32::try_from(table).unwrap().to_le_bytes());
    }
    let first = tables + 1;
    let chain = (0..tables).map(|_| 0xFFFF_FFFD).chain([END_OF_CHAIN]).chain(first + 1..first + length);
    let mut table: Vec<u8> = chain.chain([END_OF_CHAIN]).flat_map(u32::to_le_bytes).collect();
    table.resize(tables as usize * 512, 0xFF);
    let entry = |name: &str, start: u32, len: u32| {
        let mut entry = [0; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[2 * at..2 * at + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&len.to_le_bytes());
        entry
    };
    let mut folder = [entry("Root Entry", END_OF_CHAIN, 0), entry(name, first, length * 512)].concat();
    folder.resize(512, 0);
    let mut stream = stream.to_vec();
    stream.resize(length as usize * 512, 0);
    [bytes, table, folder, stream].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_found_and_circles_are_refused() {
        let stream: Vec<u8> = (0..5000).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let sound = around("WorkBook", &stream);
        assert_eq!(workbook(&sound).unwrap().unwrap()[..5000], stream);
        assert!(workbook(&around("Other", &stream)).unwrap().is_none());
        // The folder goes round.
        let mut round = sound.clone();
        round[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
        assert!(workbook(&round).unwrap_err().to_string().contains("circle"));
        // The stream goes round, and is said to be long.
        let mut round = sound.clone();
        round[512 + 8..512 + 12].copy_from_slice(&2_u32.to_le_bytes());
        round[1024 + 248..1024 + 252].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(workbook(&round).unwrap_err().to_string().contains("circle"));
        // One table a hundred times.
        let mut tables = sound.clone();
        tables[76..512].fill(0);
        assert!(workbook(&tables).unwrap_err().to_string().contains("more tables"));
        for end in 0..sound.len() {
            assert!(workbook(&sound[..end]).is_ok());
        }
    }
}
