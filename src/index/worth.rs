//! What words account for at most: the sums that bound a score.

use crate::matching::bound::Left;

/// What words account for at most.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Worth {
    /// Of the subject's weight.
    pub(super) ours: f32,
    /// Of the listed form's weight.
    pub(super) theirs: f32,
    /// Of both: the evidence.
    pub(super) both: f32,
    /// What is no longer left over of the subject, by sort.
    pub(super) used: Left,
    /// How many letters of the matched words are not common to both, on the mean of both sides.
    pub(super) unlike: f32,
}

impl Worth {
    /// What words that are so alike account for, of one that weighs so much.
    #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for by `SLACK`")]
    #[inline]
    pub(super) const fn share(weight: f32, likeness: f64) -> f32 {
        weight * likeness as f32
    }

    #[must_use]
    #[inline]
    pub(super) fn and(self, other: Self) -> Self {
        let Self { ours, theirs, both, used, unlike } = other;
        Self {
            ours: self.ours + ours,
            theirs: self.theirs + theirs,
            both: self.both + both,
            used: self.used.and(used),
            unlike: self.unlike + unlike,
        }
    }

    /// All but the other, which is part of it.
    #[must_use]
    #[inline]
    pub(super) fn without(self, other: Self) -> Self {
        let Self { ours, theirs, both, used, unlike } = other;
        Self {
            ours: self.ours - ours,
            theirs: self.theirs - theirs,
            both: self.both - both,
            used: self.used.without(used),
            unlike: self.unlike - unlike,
        }
    }

    #[must_use]
    #[inline]
    pub(super) fn or(self, other: Self) -> Self {
        let Self { ours, theirs, both, used, unlike } = other;
        Self {
            ours: self.ours.max(ours),
            theirs: self.theirs.max(theirs),
            both: self.both.max(both),
            used: self.used.or(used),
            unlike: self.unlike.max(unlike),
        }
    }
}
