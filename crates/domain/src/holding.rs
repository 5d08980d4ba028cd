//! Holdings: one person's certificate of one product, for one unit or for themselves.

use crate::usability::{Usability, Why};

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

/// The way by which a certificate comes to a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// 首次下载: bought, and on no device yet.
    Install,
    /// 补发: it is on another device, or this one lost its half; takes one of [`Reissues`].
    Reissue,
}

impl Way {
    /// Both, for tables and tests.
    pub const ALL: [Self; 2] = [Self::Install, Self::Reissue];

    /// The word that storage and wire use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Install => "install",
            Self::Reissue => "reissue",
        }
    }

    /// The way of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// Why a certificate cannot come to a device by a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotThisWay {
    /// It is on this device already.
    AlreadyInstalled,
    /// It is on another device: only a reissue brings it here.
    InstalledElsewhere,
    /// A reissue of what was never installed.
    NotInstalled,
    /// No reissue is left.
    NeedsPack,
    /// It works nowhere.
    Barred(Why),
}

/// Whether a certificate may come to this device by a way. A device that lost its half reissues like another one.
///
/// # Errors
/// [`NotThisWay`].
pub fn may_come(way: Way, usability: Usability, reissues: Reissues) -> Result<(), NotThisWay> {
    use Usability as U;
    match (way, usability) {
        (_, U::NotUsable(why)) => Err(NotThisWay::Barred(why)),
        (Way::Install, U::NeedsInstall) => Ok(()),
        (Way::Install, U::Usable | U::NeedsUpdate) => Err(NotThisWay::AlreadyInstalled),
        (Way::Install, U::NeedsReissue { .. } | U::NeedsPack) => {
            Err(NotThisWay::InstalledElsewhere)
        }
        (Way::Reissue, U::NeedsInstall) => Err(NotThisWay::NotInstalled),
        (Way::Reissue, _) if reissues.left() == 0 => Err(NotThisWay::NeedsPack),
        (Way::Reissue, _) => Ok(()),
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

        #[test]
        fn cert_13_only_a_reissue_moves_a_certificate_and_only_while_one_is_left(free in 0_u32..3, packs in 0_u32..3) {
            let reissues = Reissues { free_left: free, packs_left: packs };
            let elsewhere = match reissues.left() {
                0 => Usability::NeedsPack,
                left => Usability::NeedsReissue { left },
            };
            prop_assert_eq!(may_come(Way::Install, elsewhere, reissues), Err(NotThisWay::InstalledElsewhere));
            for state in [elsewhere, Usability::Usable] {
                prop_assert_eq!(may_come(Way::Reissue, state, reissues).is_ok(), reissues.take().is_some());
            }
            prop_assert_eq!(may_come(Way::Reissue, Usability::NeedsInstall, reissues), Err(NotThisWay::NotInstalled));
            prop_assert_eq!(may_come(Way::Install, Usability::NeedsInstall, reissues), Ok(()));
            let why = Why::GrantMissing;
            prop_assert_eq!(may_come(Way::Reissue, Usability::NotUsable(why), reissues), Err(NotThisWay::Barred(why)));
        }
    }
}
