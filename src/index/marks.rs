//! The other words of a form, told at a glance: what stands beside a posting, so that most forms are left out unread.
//!
//! A listed word is a mark of sixteen bits. For each name searched for, the marks of the listed words that are like one of its words are
//! noted, with what they account for; a posting's other words are then looked up among them. Two words may share a
//! mark: what is noted under it holds for either, so a mark says what a word accounts for at most.

use super::vocabulary::WordId;

/// So many of its other words stand beside a posting.
pub(super) const BESIDE: usize = 5;
/// No word.
const NONE: u16 = 0;
/// There are more words than stand beside the posting: what follows tells where they all stand.
const MORE: u16 = u16::MAX;

/// A set of words of a form, a bit each: a form has forty words at most.
pub(super) type Set = u64;

/// The words of a form but one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Others([u16; BESIDE]);

impl Others {
    /// The words of a form but the one at this place; `from` is where the form's words stand among those of all forms.
    pub(super) fn of(run: &[WordId], place: usize, from: u32) -> Self {
        let mut others = Self::default();
        let words = run.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, word)| mark(*word));
        for (at, word) in words.enumerate() {
            match others.0.get_mut(at) {
                Some(slot) => *slot = word,
                None => return Self::elsewhere(from, run.len()),
            }
        }
        others
    }

    fn elsewhere(from: u32, length: usize) -> Self {
        let [a, b, c, d] = from.to_le_bytes();
        let mut others = [NONE; BESIDE];
        let what = [MORE, u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])];
        let length = u16::try_from(length).unwrap_or(u16::MAX);
        others.iter_mut().zip(what.into_iter().chain([length])).for_each(|(slot, part)| *slot = part);
        Self(others)
    }

    /// Where all words of the form stand among those of all forms, and how many they are, where there are too many to stand here.
    #[inline]
    pub(super) const fn all(self) -> Option<(u32, u16)> {
        let [first, low, high, length, ..] = self.0;
        if first == MORE { Some((low as u32 | (high as u32) << u16::BITS, length)) } else { None }
    }
}

/// A word as a mark.
fn mark(word: WordId) -> u16 {
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
    let [_, _, _, _, _, _, a, b] = u64::from(word + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
    u16::from_le_bytes([a, b]).clamp(NONE + 1, MORE - 1)
}

/// What the listed words of a mark account for at most.
#[derive(Debug, Clone, Copy, Default)]
struct Marked {
    /// Of the subject, in nats.
    ours: f32,
    /// Of the entry, in nats.
    theirs: f32,
    /// The words of the subject's form that they are like.
    words: Set,
}

/// How many marks there are, and how many numbers have a bit for each.
const MARKS: usize = 1 << u16::BITS;
const BITS: usize = MARKS / 64;

/// The marks noted for one form of a subject.
#[derive(Debug)]
pub(super) struct Marks {
    /// A bit for each mark: few bytes, which stay near.
    bits: Box<[u64; BITS]>,
    /// For each of those, its place in `marked`.
    places: Box<[u32; MARKS]>,
    noted: Vec<u16>,
    marked: Vec<Marked>,
}

impl Default for Marks {
    fn default() -> Self {
        let mut marks = Self { bits: boxed(), places: boxed(), noted: Vec::new(), marked: Vec::new() };
        marks.clear();
        marks
    }
}

/// An array too large for the stack.
fn boxed<T: Clone + Default, const N: usize>() -> Box<[T; N]> {
    #[expect(clippy::unreachable, reason = "a vector of N is a slice of N")]
    vec![T::default(); N].into_boxed_slice().try_into().unwrap_or_else(|_| unreachable!())
}

impl Marks {
    /// Forgets what was noted.
    pub(super) fn clear(&mut self) {
        for mark in self.noted.drain(..) {
            if let Some(bits) = self.bits.get_mut(usize::from(mark / 64)) {
                *bits = 0;
            }
        }
        self.marked.clear();
        // Names of more words may hold any.
        if let Some(last) = self.bits.last_mut() {
            *last |= 1 << (MORE % 64);
        }
    }

    #[inline]
    fn has(&self, mark: u16) -> bool {
        self.bits.get(usize::from(mark / 64)).is_some_and(|bits| bits >> (mark % 64) & 1 == 1)
    }

    /// Notes what a listed word accounts for as one that is like these words.
    #[expect(clippy::cast_possible_truncation, reason = "fewer places than marks")]
    pub(super) fn note(&mut self, word: WordId, ours: f32, theirs: f32, words: Set) {
        let mark = mark(word);
        let is_new = !self.has(mark);
        let (Some(bits), Some(place)) =
            (self.bits.get_mut(usize::from(mark / 64)), self.places.get_mut(usize::from(mark)))
        else {
            return;
        };
        if is_new {
            *bits |= 1 << (mark % 64);
            *place = self.marked.len() as u32;
            self.marked.push(Marked::default());
            self.noted.push(mark);
        }
        let Some(marked) = self.marked.get_mut(*place as usize) else { return };
        marked.ours = marked.ours.max(ours);
        marked.theirs = marked.theirs.max(theirs);
        marked.words |= words;
    }

    /// Whether any of other words may be noted.
    #[inline]
    pub(super) fn may_have(&self, others: Others) -> bool {
        // Looked up together, so that no one waits for another.
        let bit = |mark: &u16| self.bits.get(usize::from(mark / 64)).map_or(0, |bits| bits >> (mark % 64));
        others.0.iter().fold(0, |any, mark| any | bit(mark)) & 1 == 1
    }

    /// What the other words that stand beside a posting account for at most, of the subject and of the entry, as far as they are like
    /// words of `left`.
    #[inline]
    pub(super) fn worth(&self, others: Others, left: Set) -> (f32, f32) {
        let (mut ours, mut theirs) = (0.0, 0.0);
        // Looked up together, so that no one waits for another.
        let mut has = 0_u32;
        for (at, mark) in others.0.iter().enumerate() {
            has |= u32::from(self.has(*mark)) << at;
        }
        while has != 0 {
            let mark = others.0.get(has.trailing_zeros() as usize).copied().unwrap_or(NONE);
            has &= has - 1;
            let place = self.places.get(usize::from(mark)).map_or(0, |place| *place as usize);
            if let Some(marked) = self.marked.get(place).filter(|marked| marked.words & left != 0) {
                ours += marked.ours;
                theirs += marked.theirs;
            }
        }
        (ours, theirs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_are_known_by_their_marks() {
        let mut marks = Marks::default();
        marks.note(7, 3.0, 2.0, 0b10);
        marks.note(7, 2.0, 4.0, 0b100);
        marks.note(9, 1.0, 1.0, 0b1);
        let worth = |run: &[WordId], at, left| marks.worth(Others::of(run, at, 0), left);
        let is_like = |(a, b): (f32, f32), (c, d): (f32, f32)| (a - c).abs() + (b - d).abs() < 1e-6;
        assert!(is_like(worth(&[5, 7, 9], 0, Set::MAX), (4.0, 5.0)));
        assert!(is_like(worth(&[5, 7, 9], 1, Set::MAX), (1.0, 1.0)));
        assert!(is_like(worth(&[5, 7, 9], 0, 0b100), (3.0, 4.0)));
        assert!(is_like(worth(&[7, 7, 5], 0, Set::MAX), (3.0, 4.0)));
        let may_have = |run: &[WordId], at| marks.may_have(Others::of(run, at, 0));
        assert!(may_have(&[5, 7], 0) && !may_have(&[5, 7], 1));
        marks.clear();
        assert!(is_like(marks.worth(Others::of(&[5, 7, 9], 0, 0), Set::MAX), (0.0, 0.0)));
    }

    #[test]
    fn of_many_words_it_is_told_where_they_stand() {
        let many: Vec<WordId> = (1..=7).collect();
        let others = Others::of(&many, 3, 0x0123_4567);
        assert_eq!(others.all(), Some((0x0123_4567, 7)));
        assert_eq!(Others::of(&many[..6], 3, 9).all(), None);
        // Any of them may be noted, whatever else is, and after all is forgotten too.
        let mut marks = Marks::default();
        assert!(marks.may_have(others));
        marks.note(7, 1.0, 1.0, 1);
        marks.clear();
        assert!(marks.may_have(others));
    }
}
