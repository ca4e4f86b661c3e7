//! Byte strings, each kept once and known by a number.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Byte strings numbered in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct Interner {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    /// Open addressing, at most half full: a part of the hash, and the number plus one (0 where the slot is free).
    slots: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    start: usize,
    end: usize,
}

/// Few enough that a small file or a block of a stream costs nothing.
const FIRST_SLOTS: usize = 1 << 6;

impl Interner {
    /// The number of a string, and whether it is new.
    pub(super) fn intern(&mut self, key: &[u8]) -> (u32, bool) {
        self.intern_hashed(key, hash(key))
    }

    /// Reads what looking these hashes up will read, so that it waits for memory once and not for each; `numbers` is
    /// filled with the numbers that the look-ups will probably give.
    pub(super) fn warm(&self, hashes: impl Iterator<Item = u64>, numbers: &mut [u32]) {
        for (hash, number) in hashes.zip(numbers.iter_mut()) {
            let slot = self.slots.get(place(hash, self.slots.len()));
            *number = slot.map_or(0, |(_, number)| number.saturating_sub(1));
        }
        let entries = numbers.iter().filter_map(|number| self.entries.get(*number as usize));
        // Most strings are shorter than a line of the cache: their ends are on all lines that they are on.
        let ends = entries.filter_map(|entry| {
            Some((self.bytes.get(entry.start)?, self.bytes.get(entry.end.saturating_sub(1))?))
        });
        std::hint::black_box(ends.fold(0, |all, (first, last)| all ^ first ^ last));
    }

    /// A string by its number; empty where there is none.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        let entry = self.entries.get(number as usize);
        entry.and_then(|entry| self.bytes.get(entry.start..entry.end)).unwrap_or_default()
    }

    /// As [`Interner::intern`], the hash being known; whoever gives one must give all strings theirs in the same way.
    pub(super) fn intern_hashed(&mut self, key: &[u8], hash: u64) -> (u32, bool) {
        if self.entries.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let tag = tag(hash);
        let mut at = place(hash, self.slots.len());
        loop {
            match self.slots.get(at) {
                Some((_, 0)) | None => break,
                Some((found, number)) if *found == tag && self.get(number - 1) == key => {
                    return (number - 1, false);
                }
                Some(_) => at = (at + 1) % self.slots.len().max(1),
            }
        }
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let start = self.bytes.len();
        self.bytes.extend_from_slice(key);
        self.entries.push(Entry { hash, start, end: self.bytes.len() });
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (tag, number + 1);
        }
        (number, true)
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(FIRST_SLOTS);
        self.slots.clear();
        self.slots.resize(size, (0, 0));
        for (entry, number) in self.entries.iter().zip(1..) {
            let mut at = place(entry.hash, size);
            while self.slots.get(at).is_some_and(|(_, taken)| *taken > 0) {
                at = (at + 1) % size;
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = (tag(entry.hash), number);
            }
        }
    }
}

/// The hash by which strings are looked up.
pub(super) fn hash(key: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(key);
    hasher.finish()
}

/// The hash of a string of several parts, of that of the first ones and the next.
#[inline]
pub(super) fn hash_on(before: u64, part: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(before);
    hasher.write(part);
    hasher.finish()
}

/// The upper half of a hash, which the place in the table does not use.
fn tag(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(0)
}

/// `slots` is a power of two.
fn place(hash: u64, slots: usize) -> usize {
    usize::try_from(hash & u64::from(u32::MAX)).unwrap_or(0) & slots.wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_string_has_one_number() {
        let mut names = Interner::default();
        for round in 0..2 {
            for number in 0..5_000_u32 {
                let key = format!("name {number}");
                assert_eq!(names.intern(key.as_bytes()), (number, round == 0));
                assert_eq!(names.get(number), key.as_bytes());
            }
        }
        assert_eq!(names.intern(b""), (5_000, true));
        assert_eq!(names.intern(b""), (5_000, false));
    }
}
