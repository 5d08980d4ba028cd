//! Everything random comes from a seed, the same on every machine.

/// Decides all of a specimen and its photo. Seeds for choosing thresholds and seeds for figures are apart by type and by
/// number: no specimen is ever in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(u64);

impl Seed {
    /// For looking at while rules and thresholds are chosen, and for the specimens of tests. Even numbers inside.
    #[must_use]
    pub const fn tuning(number: u32) -> Self {
        Self(number as u64 * 2)
    }

    /// For figures only: nothing may be changed to suit these. Odd numbers inside.
    #[must_use]
    pub const fn figures(number: u32) -> Self {
        Self(number as u64 * 2 + 1)
    }

    /// A stream of numbers for the paper.
    pub(crate) const fn dice(self) -> Dice {
        Dice(self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// Another stream, for the photo.
    pub(crate) const fn photo_dice(self, condition: u64) -> Dice {
        Dice(
            self.0.wrapping_mul(0xd134_2543_de82_ef95)
                ^ (condition + 1).wrapping_mul(0xa076_1d64_78bd_642f),
        )
    }
}

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `from` up to and without `to`.
    pub fn number(&mut self, from: u32, to: u32) -> u32 {
        from + (self.next() % u64::from(to.saturating_sub(from).max(1))) as u32
    }

    pub fn real(&mut self, from: f32, to: f32) -> f32 {
        from + (self.next() >> 40) as f32 / (1u64 << 24) as f32 * (to - from)
    }

    pub fn chance(&mut self, share: f32) -> bool {
        self.real(0.0, 1.0) < share
    }

    /// Either sign.
    pub fn signed(&mut self, from: f32, to: f32) -> f32 {
        let size = self.real(from, to);
        if self.chance(0.5) { size } else { -size }
    }

    /// One word of a list that is parted by spaces.
    pub fn word(&mut self, words: &'static str) -> &'static str {
        let count = words.split_whitespace().count() as u32;
        let at = self.number(0, count) as usize;
        words.split_whitespace().nth(at).unwrap_or_default()
    }
}
