//! The words of a form that are read after one of them, told at a glance: what stands beside a posting, so that most forms are left
//! out unread.
//!
//! A listed word is a mark of sixteen bits. For each name searched for, the marks of the listed words that are like one of its words are
//! noted, with what they account for; a posting's later words are then looked up among them. Two words may share a
//! mark: what is noted under it holds for either, so a mark says what a word accounts for at most.

use smallvec::SmallVec;

use super::vocabulary::WordId;

/// So many of its later words stand beside a posting; where there are more of them, its heaviest, and one fewer.
pub(super) const BESIDE: usize = 4;
/// No word.
const NONE: u16 = 0;
/// From here on: there are more words than stand beside the posting, and this tells what the rest of them weigh at most.
const MORE: u16 = 0xFF00;
/// So many steps of that are a nat.
const STEPS_OF_REST: f32 = 4.0;

/// A set of words of a form, a bit each: a form has forty words at most.
pub(super) type Set = u64;

/// The words of a form that stand after one of them in the order in which words are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct After([u16; BESIDE]);

impl After {
    /// These words of a form, by what each weighs.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "never negative, and saturates"
    )]
    pub(super) fn of(mut words: SmallVec<[WordId; 16]>, weight: impl Fn(WordId) -> f32) -> Self {
        let mut after = Self::default();
        let [first, beside @ ..] = &mut after.0;
        let is_more = words.len() > BESIDE;
        if is_more {
            words.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
            let rest: f32 = words.iter().skip(BESIDE - 1).map(|word| weight(*word)).sum();
            *first = MORE.saturating_add((rest * STEPS_OF_REST).ceil() as u16);
        }
        let slots = (!is_more).then_some(first).into_iter().chain(beside);
        slots.zip(words).for_each(|(slot, word)| *slot = mark(word));
        after
    }

    /// What the words weigh at most that do not stand beside the posting; `None` where all do.
    #[inline]
    pub(super) fn rest(self) -> Option<f32> {
        let [first, ..] = self.0;
        match first {
            u16::MAX => Some(f32::INFINITY),
            MORE.. => Some(f32::from(first - MORE) / STEPS_OF_REST),
            _ => None,
        }
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
        Self { bits: boxed(), places: boxed(), noted: Vec::new(), marked: Vec::new() }
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
    }

    #[inline]
    fn has(&self, mark: u16) -> bool {
        self.bits.get(usize::from(mark / 64)).is_some_and(|bits| bits >> (mark % 64) & 1 == 1)
    }

    /// Notes what a listed word accounts for.
    #[expect(clippy::cast_possible_truncation, reason = "fewer places than marks")]
    pub(super) fn note(&mut self, word: WordId, ours: f32, theirs: f32) {
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
            self.marked.push(Marked { ours, theirs });
            self.noted.push(mark);
            return;
        }
        let Some(marked) = self.marked.get_mut(*place as usize) else { return };
        marked.ours = marked.ours.max(ours);
        marked.theirs = marked.theirs.max(theirs);
    }

    /// Which of a posting's later words may be noted, a bit each.
    #[inline]
    pub(super) fn which(&self, after: After) -> Noted {
        // Looked up together, so that no one waits for another.
        let bit = |mark: u16| self.bits.get(usize::from(mark / 64)).map_or(0, |bits| bits >> (mark % 64));
        let [first, second, third, fourth] = after.0;
        let (first, second, third, fourth) = (bit(first), bit(second), bit(third), bit(fourth));
        if (first | second | third | fourth) & 1 == 0 {
            return Noted(0);
        }
        Noted(first & 1 | (second & 1) << 1 | (third & 1) << 2 | (fourth & 1) << 3)
    }

    /// Whether any of them may be noted.
    #[inline]
    pub(super) fn may_have(&self, after: After) -> bool {
        !self.which(after).is_none()
    }

    /// What those of them account for at most that may be noted, of the subject and of the entry.
    #[inline]
    pub(super) fn worth(&self, after: After, noted: Noted) -> (f32, f32) {
        let (mut ours, mut theirs) = (0.0, 0.0);
        let Noted(mut has) = noted;
        while has != 0 {
            let mark = after.0.get(has.trailing_zeros() as usize).copied().unwrap_or(NONE);
            has &= has - 1;
            let place = self.places.get(usize::from(mark)).map_or(0, |place| *place as usize);
            if let Some(marked) = self.marked.get(place) {
                ours += marked.ours;
                theirs += marked.theirs;
            }
        }
        (ours, theirs)
    }
}

/// Which of a posting's later words may be noted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted(u64);

impl Noted {
    /// None of them.
    #[inline]
    pub(super) const fn is_none(self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(run: &[WordId]) -> After {
        After::of(run.into(), |word| f32::from(u8::try_from(word).unwrap()))
    }

    fn all(marks: &Marks, after: After) -> (f32, f32) {
        marks.worth(after, marks.which(after))
    }

    fn is_like((a, b): (f32, f32), (c, d): (f32, f32)) -> bool {
        (a - c).abs() + (b - d).abs() < 1e-6
    }

    #[test]
    fn later_words_are_known_by_their_marks() {
        let mut marks = Marks::default();
        marks.note(7, 3.0, 2.0);
        marks.note(7, 2.0, 4.0);
        marks.note(9, 1.0, 1.0);
        let worth = |run: &[WordId]| all(&marks, after(run));
        assert!(is_like(worth(&[7, 9]), (4.0, 5.0)));
        assert!(is_like(worth(&[5, 9]), (1.0, 1.0)));
        assert!(is_like(worth(&[7, 5]), (3.0, 4.0)));
        let may_have = |run: &[WordId]| marks.may_have(after(run));
        assert!(may_have(&[5, 7]) && !may_have(&[5]));
        marks.clear();
        assert!(is_like(all(&marks, after(&[7, 9])), (0.0, 0.0)));
    }

    #[test]
    fn of_many_words_the_heaviest_stand_there_and_what_the_rest_weigh() {
        let many: Vec<WordId> = (1..=7).collect();
        let beside = after(&many);
        assert_eq!(beside.rest(), Some(10.0));
        assert_eq!(after(&many[..4]).rest(), None);
        let mut marks = Marks::default();
        (1..=8).for_each(|word| marks.note(word, 1.0, 10.0));
        assert!(is_like(all(&marks, beside), (3.0, 30.0)));
        let heavy = After::of((1..=20).collect(), |_| 30.0);
        assert_eq!(heavy.rest(), Some(f32::INFINITY));
    }
}
