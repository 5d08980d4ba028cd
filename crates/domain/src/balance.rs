//! Balance: what a unit bought and nobody installed (CERT-6).

use uuid::Uuid;

use crate::entitlement::Kind;

/// One balance as the rule sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// What was bought.
    pub kind: Kind,
    /// The platform it was bought for.
    pub platform: Uuid,
    /// The other platforms of that platform's alliance.
    pub allies: Vec<Uuid>,
    /// Whether that platform supports interconnect.
    pub interconnect: bool,
    /// How many are left.
    pub left: u32,
}

/// Whether the balance can stand in for buying `kind` at `platform`. `interconnect_offered` says whether an interconnect
/// certificate may be bought there (CERT-4). Whether the product fits is the caller's to see: a renewal needs the same one.
pub fn serves(balance: &Balance, kind: Kind, platform: Uuid, interconnect_offered: bool) -> bool {
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

    proptest! {
        #[test]
        fn cert_6_a_balance_serves_where_the_manual_says(
            platform_kind in any::<bool>(), wish_platform in any::<bool>(), interconnect in any::<bool>(),
            offered in any::<bool>(), left in 0_u32..3, at in 1_u128..4,
        ) {
            let kind_of = |platform| if platform { Kind::Platform } else { Kind::Interconnect };
            let balance = Balance {
                kind: kind_of(platform_kind), platform: Uuid::from_u128(1), allies: vec![Uuid::from_u128(2)], interconnect, left,
            };
            let served = serves(&balance, kind_of(wish_platform), Uuid::from_u128(at), offered);
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
