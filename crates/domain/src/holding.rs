//! Holdings: one person's certificate of one product, for one unit or for themselves.

/// How often a holding may still be installed on another device (CERT-13, CERT-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reissues {
    /// What is left of the free ones.
    pub free_left: u32,
    /// What is left of bought packs.
    pub packs_left: u32,
}

impl Reissues {
    /// What a holding starts with. Neither extension nor another platform adds any.
    pub const FRESH: Self = Self {
        free_left: 3,
        packs_left: 0,
    };

    /// Both together.
    pub fn left(self) -> u32 {
        self.free_left.saturating_add(self.packs_left)
    }

    /// One taken, free ones first; `None` when a pack is needed.
    pub fn take(self) -> Option<Self> {
        match self {
            Self { free_left: 1.., .. } => Some(Self {
                free_left: self.free_left - 1,
                ..self
            }),
            Self {
                packs_left: 1.., ..
            } => Some(Self {
                packs_left: self.packs_left - 1,
                ..self
            }),
            Self { .. } => None,
        }
    }

    /// One pack bought: three more.
    pub fn with_pack(self) -> Self {
        Self {
            packs_left: self.packs_left.saturating_add(3),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cert_13_each_reissue_takes_exactly_one_and_free_ones_go_first(free in 0_u32..5, packs in 0_u32..9) {
            let before = Reissues { free_left: free, packs_left: packs };
            match before.take() {
                Some(after) => {
                    prop_assert_eq!(after.left() + 1, before.left());
                    prop_assert!(free == 0 || after.packs_left == packs);
                }
                None => prop_assert_eq!(before.left(), 0),
            }
            prop_assert_eq!(before.with_pack().left(), before.left() + 3);
        }
    }
}
