//! Chance from a seed, the same on every machine.

/// A stream of chance.
///
/// Source: `SplitMix64`, Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Another stream of the same seed, so that more draws for one purpose do not shift those for another.
    #[must_use]
    pub fn stream(seed: u64, purpose: u64) -> Self {
        Self(Self(seed ^ purpose.wrapping_mul(0xD6E8_FEB8_6659_FD93)).bits())
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number below `sides`; 0 where there are none.
    pub fn below(&mut self, sides: usize) -> usize {
        let wide = u128::from(self.bits()) * (sides as u128);
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// From 0 to below 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True `times` in `of` draws.
    pub fn chance(&mut self, times: usize, of: usize) -> bool {
        self.below(of) < times
    }

    /// One of the choices; `None` where there are none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// Puts items into a random order (Fisher-Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Things drawn in proportion to their weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct Urn<T> {
    items: Vec<T>,
    ends: Vec<u64>,
}

impl<T> Urn<T> {
    /// Takes things in with their weights.
    pub(crate) fn new(weighted: impl IntoIterator<Item = (T, u64)>) -> Self {
        let mut urn = Self { items: Vec::new(), ends: Vec::new() };
        let mut end = 0;
        for (item, weight) in weighted {
            end += weight;
            urn.items.push(item);
            urn.ends.push(end);
        }
        urn
    }

    /// Draws one; `None` where there are none.
    pub(crate) fn draw(&self, dice: &mut Dice) -> Option<&T> {
        let total = usize::try_from(*self.ends.last()?).ok()?;
        let at = dice.below(total) as u64;
        self.items.get(self.ends.partition_point(|end| *end <= at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_published_stream() {
        // The first values of SplitMix64 with seed 0, as its authors print them.
        let mut dice = Dice::new(0);
        assert_eq!([dice.bits(), dice.bits()], [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
    }

    #[test]
    fn an_urn_draws_by_weight() {
        let urn = Urn::new([("never", 0), ("often", 9), ("seldom", 1)]);
        let mut dice = Dice::new(1);
        let drawn: Vec<&str> = (0..1_000).filter_map(|_| urn.draw(&mut dice).copied()).collect();
        let often = drawn.iter().filter(|item| **item == "often").count();
        assert!(!drawn.contains(&"never") && (850..950).contains(&often), "{often}");
    }
}
