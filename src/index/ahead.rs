//! Memory that is asked for before it is needed.
//!
//! An index does not fit the caches of a processor: most of what a search reads is waited for. What is asked for together, without one
//! read hanging on another, is waited for together.

/// Reads what is asked for next, and does nothing with it.
#[inline]
pub(super) fn read_ahead(numbers: impl Iterator<Item = u32>) {
    std::hint::black_box(numbers.fold(0, |all, number| all ^ number));
}
