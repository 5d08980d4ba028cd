use proptest::prelude::*;

use super::*;
use crate::entitlement::Period;

const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
const DAY_US: i64 = crate::time::DAY_US;

fn platform(number: u8) -> PlatformId {
    PlatformId::from_parts(NOW, [number; 10])
}

fn days(count: i64) -> Instant {
    Instant::from_micros(NOW.micros() + count * DAY_US)
}

fn entitlement(scope: Scope, from_days: i64, until_days: i64) -> Entitlement {
    let kind = if scope == Scope::Interconnect {
        Kind::Interconnect
    } else {
        Kind::Platform
    };
    Entitlement {
        scope,
        kind,
        period: Period {
            from: days(from_days),
            until: days(until_days),
        },
    }
}

fn here() -> Platform {
    Platform {
        id: platform(1),
        supports_product: true,
        interconnect: true,
        allies: vec![platform(2)],
        unit_entitled: true,
    }
}

fn facts() -> Facts {
    Facts {
        unit: Some(Unit {
            certified: true,
            standing: Standing::Administrator,
        }),
        ended: false,
        suspended: false,
        entitlements: vec![entitlement(Scope::Platform(platform(1)), -10, 10)],
        certificate: Some(Certificate {
            status: Status::Good,
            not_after: days(10),
            on_this_device: true,
        }),
        reissues: Reissues::FRESH,
    }
}

fn check(change: impl FnOnce(&mut Facts, &mut Platform), expected: Usability) {
    let (mut facts, mut place) = (facts(), here());
    change(&mut facts, &mut place);
    assert_eq!(usable(&facts, &Place::Platform(place), NOW), expected);
}

#[test]
fn cert_10_the_holding_its_unit_and_the_grant_come_first() {
    check(|_, _| {}, Usability::Usable);
    check(|f, _| f.unit = None, Usability::Usable);
    check(
        |f, _| f.ended = true,
        Usability::NotUsable(Why::HoldingEnded),
    );
    check(
        |f, _| f.suspended = true,
        Usability::NotUsable(Why::HoldingSuspended),
    );
    let unit = |certified, standing| {
        Some(Unit {
            certified,
            standing,
        })
    };
    check(
        |f, _| f.unit = unit(false, Standing::Administrator),
        Usability::NotUsable(Why::UnitNotCertified),
    );
    check(
        |f, _| f.unit = unit(true, Standing::Stranger),
        Usability::NotUsable(Why::NotMember),
    );
    check(
        |f, _| f.unit = unit(true, Standing::Member { granted: false }),
        Usability::NotUsable(Why::GrantMissing),
    );
    check(
        |f, _| f.unit = unit(true, Standing::Member { granted: true }),
        Usability::Usable,
    );
}

#[test]
fn cert_5_a_platform_certificate_reaches_its_platform_and_the_alliance() {
    check(
        |f, _| f.entitlements = vec![entitlement(Scope::Platform(platform(2)), -1, 1)],
        Usability::Usable,
    );
    let refused = Usability::NotUsable(Why::NotEntitledHere);
    check(
        |f, _| f.entitlements = vec![entitlement(Scope::Platform(platform(3)), -1, 1)],
        refused,
    );
    check(
        |_, p| p.supports_product = false,
        Usability::NotUsable(Why::ProductNotSupported),
    );
}

#[test]
fn cert_4_an_interconnect_certificate_needs_the_platform_and_the_unit() {
    let only_interconnect = vec![entitlement(Scope::Interconnect, -1, 1)];
    let refused = Usability::NotUsable(Why::NotEntitledHere);
    check(
        |f, _| f.entitlements.clone_from(&only_interconnect),
        Usability::Usable,
    );
    check(
        |f, p| {
            f.entitlements.clone_from(&only_interconnect);
            p.interconnect = false;
        },
        refused,
    );
    check(
        |f, p| {
            f.entitlements.clone_from(&only_interconnect);
            p.unit_entitled = false;
        },
        refused,
    );
}

#[test]
fn cert_15_what_was_bought_for_documents_works_only_there() {
    check(
        |f, _| f.entitlements = vec![entitlement(Scope::DocumentSealing, -1, 1)],
        Usability::NotUsable(Why::NotEntitledHere),
    );
    for scope in [
        Scope::DocumentSealing,
        Scope::Interconnect,
        Scope::Platform(platform(3)),
    ] {
        let facts = Facts {
            entitlements: vec![entitlement(scope, -1, 1)],
            ..facts()
        };
        assert_eq!(
            usable(&facts, &Place::DocumentSealing, NOW),
            Usability::Usable
        );
    }
}

#[test]
fn cert_18_nothing_bought_and_everything_run_out_are_told_apart() {
    check(
        |f, _| f.entitlements.clear(),
        Usability::NotUsable(Why::Unbought),
    );
    let ended = Usability::NotUsable(Why::EntitlementEnded);
    check(
        |f, _| f.entitlements = vec![entitlement(Scope::Platform(platform(1)), -10, -1)],
        ended,
    );
    check(
        |f, _| f.entitlements = vec![entitlement(Scope::Platform(platform(1)), 1, 10)],
        ended,
    );
    assert_eq!(Usability::NotUsable(Why::Unbought).state(), "unbought");
}

#[test]
fn cert_13_the_device_decides_between_use_install_and_reissue() {
    check(|f, _| f.certificate = None, Usability::NeedsInstall);
    let with = |status, not_after_days, on_this_device| {
        Some(Certificate {
            status,
            not_after: days(not_after_days),
            on_this_device,
        })
    };
    check(
        |f, _| f.certificate = with(Status::Good, -1, true),
        Usability::NeedsUpdate,
    );
    check(
        |f, _| f.certificate = with(Status::Good, 1, false),
        Usability::NeedsReissue { left: 3 },
    );
    check(
        |f, _| {
            f.certificate = with(Status::Good, 1, false);
            f.reissues = Reissues {
                free_left: 0,
                packs_left: 0,
            };
        },
        Usability::NeedsPack,
    );
    check(
        |f, _| f.certificate = with(Status::Revoked, 1, true),
        Usability::NotUsable(Why::CertificateRevoked),
    );
    check(
        |f, _| f.certificate = with(Status::Suspended, 1, true),
        Usability::NotUsable(Why::CertificateSuspended),
    );
}

fn any_scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Platform(platform(1))),
        Just(Scope::Platform(platform(2))),
        Just(Scope::Platform(platform(3))),
        Just(Scope::Interconnect),
        Just(Scope::DocumentSealing),
    ]
}

prop_compose! {
    fn any_platform()(supports in any::<bool>(), interconnect in any::<bool>(), allied in any::<bool>(), unit in any::<bool>()) -> Platform {
        Platform {
            id: platform(1),
            supports_product: supports,
            interconnect,
            allies: if allied { vec![platform(2)] } else { vec![] },
            unit_entitled: unit,
        }
    }
}

prop_compose! {
    fn any_facts()(
        unit in proptest::option::of((any::<bool>(), 0_u8..4)),
        ended in proptest::bool::weighted(0.1), suspended in proptest::bool::weighted(0.1),
        entitlements in proptest::collection::vec((any_scope(), -20_i64..5, -5_i64..20), 0..4),
        certificate in proptest::option::of((0_u8..4, -5_i64..20, any::<bool>())),
        free in 0_u32..3, packs in 0_u32..3,
    ) -> Facts {
        Facts {
            unit: unit.map(|(certified, standing)| Unit {
                certified,
                standing: match standing {
                    0 => Standing::Stranger,
                    1 => Standing::Member { granted: false },
                    2 => Standing::Member { granted: true },
                    _ => Standing::Administrator,
                },
            }),
            ended,
            suspended,
            entitlements: entitlements.into_iter().map(|(scope, from, until)| entitlement(scope, from, until)).collect(),
            certificate: certificate.map(|(status, until, on_this_device)| Certificate {
                status: match status { 0 => Status::Revoked, 1 => Status::Suspended, _ => Status::Good },
                not_after: days(until),
                on_this_device,
            }),
            reissues: Reissues { free_left: free, packs_left: packs },
        }
    }
}

proptest! {
    /// Each condition of the model, stated again one by one, holds whenever the answer is `usable`.
    #[test]
    fn usable_means_every_condition_holds(facts in any_facts(), place in any_platform()) {
        let answer = usable(&facts, &Place::Platform(place.clone()), NOW);
        if answer == Usability::Usable {
            prop_assert!(!facts.ended && !facts.suspended && place.supports_product);
            if let Some(unit) = facts.unit {
                prop_assert!(unit.certified);
                let may = matches!(unit.standing, Standing::Administrator | Standing::Member { granted: true });
                prop_assert!(may);
            }
            let certificate = facts.certificate.unwrap();
            prop_assert!(certificate.status == Status::Good && certificate.on_this_device && certificate.not_after >= NOW);
            prop_assert!(facts.entitlements.iter().any(|e| e.in_force(NOW)));
        }
    }

    /// What works at a platform works on documents too, and the device changes nothing but the `needs`.
    #[test]
    fn places_and_devices_only_narrow(facts in any_facts(), place in any_platform()) {
        let there = usable(&facts, &Place::Platform(place.clone()), NOW);
        if there.can_be_picked() {
            prop_assert_eq!(usable(&facts, &Place::DocumentSealing, NOW), there);
        }
        let uninstalled = Facts { certificate: None, ..facts.clone() };
        let without = usable(&uninstalled, &Place::Platform(place), NOW);
        if there.can_be_picked() {
            prop_assert_eq!(without, Usability::NeedsInstall);
        }
    }

    /// More rights never take a use away: a further entitlement, an ally, interconnect.
    #[test]
    fn more_rights_never_hurt(facts in any_facts(), place in any_platform(), scope in any_scope()) {
        let before = usable(&facts, &Place::Platform(place.clone()), NOW);
        let mut richer = facts;
        richer.entitlements.push(entitlement(scope, -1, 1));
        let friendlier = Platform { interconnect: true, unit_entitled: true, allies: vec![platform(2)], ..place };
        let after = usable(&richer, &Place::Platform(friendlier), NOW);
        if before.can_be_picked() {
            prop_assert_eq!(after, before);
        }
    }
}
