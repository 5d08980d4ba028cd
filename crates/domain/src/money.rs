//! Money: whole fen, 64 bits.

use std::fmt;

/// An amount in fen (0.01 yuan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum, or nothing when it does not fit.
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// The price of `quantity` pieces, or nothing when it does not fit.
    #[must_use]
    pub const fn checked_mul(self, quantity: i64) -> Option<Self> {
        match self.0.checked_mul(quantity) {
            Some(product) => Some(Self(product)),
            None => None,
        }
    }
}

impl fmt::Display for Fen {
    /// Yuan with two decimals and no currency sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::Fen;

    #[test]
    fn shows_yuan() {
        assert_eq!(Fen(3000).to_string(), "30.00");
        assert_eq!(Fen(-5).to_string(), "-0.05");
        assert_eq!(Fen(i64::MIN).to_string(), "-92233720368547758.08");
    }

    #[test]
    fn overflow_is_told() {
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
        assert_eq!(Fen(100).checked_mul(3), Some(Fen(300)));
    }
}
