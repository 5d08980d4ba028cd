//! Balance: what a unit bought and nobody installed (CERT-6).

use crate::entitlement::Kind;
use crate::id::PlatformId;

/// One balance as the rule sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// What was bought.
    pub kind: Kind,
    /// The platform it was bought for.
    pub platform: PlatformId,
    /// The other platforms of that platform's alliance.
    pub allies: Vec<PlatformId>,
    /// Whether that platform supports interconnect.
    pub interconnect: bool,
    /// How many are left.
    pub left: u32,
}

/// Whether the balance can stand in for buying `kind` at `platform`. `interconnect_offered` says whether an interconnect
/// certificate may be bought there (CERT-4). Whether the product fits is the caller's to see: a renewal needs the same one.
pub fn serves(
    balance: &Balance,
    kind: Kind,
    platform: PlatformId,
    interconnect_offered: bool,
) -> bool {
    if balance.left == 0 {
        return false;
    }
    match (balance.kind, kind) {
        (Kind::Platform, Kind::Platform) => {
            balance.platform == platform || balance.allies.contains(&platform)
        }
        (Kind::Platform, Kind::Interconnect) => balance.interconnect && interconnect_offered,
        (Kind::Interconnect, Kind::Interconnect) => interconnect_offered,
        (Kind::Interconnect, Kind::Platform) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Instant;

    fn id(number: u8) -> PlatformId {
        PlatformId::from_parts(Instant::from_micros(0), [number; 10])
    }

    proptest! {
        #[test]
        fn cert_6_a_balance_serves_where_the_manual_says(
            platform_kind in any::<bool>(), wish_platform in any::<bool>(), interconnect in any::<bool>(),
            offered in any::<bool>(), left in 0_u32..3, at in 1_u8..4,
        ) {
            let kind_of = |platform| if platform { Kind::Platform } else { Kind::Interconnect };
            let balance = Balance {
                kind: kind_of(platform_kind), platform: id(1), allies: vec![id(2)], interconnect, left,
            };
            let served = serves(&balance, kind_of(wish_platform), id(at), offered);
            let expected = left > 0 && match (platform_kind, wish_platform) {
                (true, true) => at < 3,
                (true, false) => interconnect && offered,
                (false, true) => false,
                (false, false) => offered,
            };
            prop_assert_eq!(served, expected);
        }
    }
}
