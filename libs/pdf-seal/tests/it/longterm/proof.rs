//! What material proves and what it does not: revocation before and after the stamp, old, foreign and missing answers.

use gm_pki::Algorithm;
use pdf_seal::longterm::Missing;
use pdf_seal::{Chain, Integrity, Level, Outcome, SignatureTime};

use super::sealing::{append, reports};
use super::world::{DAY, Manner, START, World, YEAR};
use crate::build::{A4, Pdf, Xref};
use crate::judge::open;

fn paper() -> Vec<u8> {
    Pdf::new(&[A4]).write(Xref::Table)
}

fn world() -> World {
    World::new(Algorithm::P256Sha256)
}

#[test]
fn a_signer_revoked_before_the_stamp_fails_and_after_it_passes() {
    for (revoked_at, outcome) in [(-DAY, Outcome::Failed), (DAY, Outcome::Passed)] {
        for ocsp in [Manner::Honest, Manner::Down] {
            let mut world = world();
            world.ocsp = ocsp;
            let sealed = world.seal(&paper(), true);
            world.revoked = vec![(world.leaf.facts.serial.clone(), START + revoked_at)];
            world.now += 2 * DAY;
            let gathered = world.gather(&sealed, &[]).unwrap();
            assert_eq!(
                gathered.revoked.len(),
                usize::from(outcome == Outcome::Failed)
            );
            let held = append(&sealed, &gathered);
            let report = &reports(&held, &world.policy())[0];
            assert_eq!(report.outcome(), outcome, "{report:#?}");
            assert_eq!(
                (report.integrity, report.level),
                (Integrity::Intact, Some(Level::Lt))
            );
        }
    }
}

#[test]
fn a_document_time_stamp_proves_when_a_signature_without_one_was_there() {
    let mut world = world();
    let sealed = world.seal(&paper(), false);
    world.now += DAY;
    let kept = world.lta(&sealed);
    // Revoked afterwards, expired afterwards: it was there before.
    world.revoked = vec![(world.leaf.facts.serial.clone(), START + 2 * DAY)];
    world.now = START + 4 * YEAR;
    let kept = append(&kept, &world.gather(&kept, &[]).unwrap());
    let report = &reports(&kept, &world.policy_at(world.now))[0];
    let time = SignatureTime::Token {
        unix: START + DAY,
        trusted: true,
    };
    assert_eq!((report.time, report.outcome()), (time, Outcome::Passed));
    // Revoked before the first proof.
    let mut early = World::new(Algorithm::P256Sha256);
    let sealed = early.seal(&paper(), false);
    early.revoked = vec![(early.leaf.facts.serial.clone(), START + 60)];
    early.now += DAY;
    let kept = early.lta(&sealed);
    assert_eq!(
        reports(&kept, &early.policy())[0].outcome(),
        Outcome::Failed
    );
}

#[test]
fn a_stamp_of_a_stamper_nobody_believes_proves_nothing() {
    let mut world = world();
    let sealed = world.seal(&paper(), false);
    let (mut other, own) = (
        World::new(Algorithm::P256Sha256),
        world.leaf.facts.not_after,
    );
    other.now += DAY;
    let held = world.lt(&sealed);
    let kept = other.stamp(&held);
    let reports = reports(&kept, &world.policy_at(own + DAY));
    assert_eq!(
        (reports[1].integrity, reports[1].chain),
        (Integrity::Intact, Chain::Untrusted)
    );
    assert_eq!(reports[0].outcome(), Outcome::Failed);
}

#[test]
fn what_cannot_be_found_is_named_with_its_address() {
    let missing = |change: &dyn Fn(&mut World)| {
        let mut world = world();
        let sealed = world.seal(&paper(), true);
        change(&mut world);
        world.gather(&sealed, &[]).unwrap_err()
    };
    let check = |change: &dyn Fn(&mut World), words: &[&str]| {
        let missing = missing(change);
        assert!(matches!(missing, Missing::Revocation { .. }), "{missing:?}");
        let said = missing.to_string();
        for word in words {
            assert!(said.contains(word), "{said}");
        }
    };
    let both =
        |manner: Manner| move |world: &mut World| (world.ocsp, world.lists) = (manner, manner);
    let (ocsp, list) = ("http://ca.test/ocsp", "http://ca.test/issuing.crl");
    check(
        &both(Manner::Down),
        &["互连测试", "Seal_1", ocsp, list, "nobody listens"],
    );
    check(
        &both(Manner::Old),
        &[ocsp, "time of the OCSP response", list, "out of date"],
    );
    for (manner, word) in [
        (Manner::WrongResponder, "signature of the OCSP response"),
        (Manner::OtherCertificate, "certificate of the OCSP response"),
    ] {
        check(
            &move |world: &mut World| (world.ocsp, world.lists) = (manner, Manner::Down),
            &[ocsp, word],
        );
    }
    // The list of the root is the only thing that tells of the issuing certificate.
    check(
        &|world| world.lists = Manner::Down,
        &["Issuing", "http://ca.test/root.crl"],
    );
    // Another root.
    let stranger = World::new(Algorithm::P256Sha256);
    let mut world = world();
    let sealed = world.seal(&paper(), true);
    let needs = open(&sealed).unwrap().needs().unwrap();
    let roots = stranger.roots();
    let error = pdf_seal::longterm::gather(&needs, &Default::default(), &roots, START, &mut world);
    assert!(matches!(error, Err(Missing::Untrusted { .. })), "{error:?}");
    // Too late: nothing proves that the signature was made before its certificate expired.
    let sealed = world.seal(&paper(), false);
    world.now += 2 * YEAR;
    assert!(matches!(
        world.gather(&sealed, &[]),
        Err(Missing::Expired { .. })
    ));
}

#[test]
fn lists_stand_in_for_a_responder_and_what_is_known_is_not_asked_again() {
    let mut world = world();
    world.ocsp = Manner::WrongResponder;
    let sealed = world.seal(&paper(), true);
    let held = world.lt(&sealed);
    let material = open(&held).unwrap().material().unwrap();
    assert_eq!((material.crls.len(), material.ocsps.len()), (2, 0));
    assert_eq!(reports(&held, &world.policy())[0].level, Some(Level::Lt));
    world.asked.clear();
    world.now += 3600;
    world.gather(&held, &[]).unwrap();
    assert_eq!(world.asked, Vec::<String>::new());
}

#[test]
fn tampered_material_proves_nothing() {
    let mut world = world();
    let sealed = world.seal(&paper(), true);
    let gathered = world.gather(&sealed, &[]).unwrap();
    let check = |spoil: &dyn Fn(&mut pdf_seal::longterm::Material)| {
        let mut gathered = gathered.clone();
        gathered
            .proofs
            .iter_mut()
            .for_each(|proof| spoil(&mut proof.material));
        let held = append(&sealed, &gathered);
        let report = &reports(&held, &world.policy())[0];
        // Nothing says that the signer was revoked, but the file does not prove that it was not.
        assert_eq!(
            (report.level, report.integrity),
            (Some(Level::T), Integrity::Intact)
        );
    };
    let flip = |all: &mut Vec<Vec<u8>>| {
        for der in all {
            *der.last_mut().unwrap() ^= 1;
        }
    };
    check(&|material| flip(&mut material.crls));
    check(&|material| {
        // The signature stands before the responder's certificate, whose last byte is its own signature.
        flip(&mut material.ocsps)
    });
    check(&|material| material.ocsps.clear());
    check(&|material| material.crls.clear());
    // A spoilt byte under a document time stamp breaks that and what rests on it.
    let kept = world.lta(&sealed);
    let store = kept.windows(9).position(|at| at == b"/Type/DSS").unwrap();
    let mut changed = kept.clone();
    let at = store
        + kept[store..]
            .windows(5)
            .position(|at| at == b"/CRLs")
            .unwrap();
    changed[at + 1..at + 5].copy_from_slice(b"CRLz");
    let reports = reports(&changed, &world.policy());
    assert_eq!(reports[1].integrity, Integrity::Broken);
    assert_eq!(reports[0].level, Some(Level::T));
}
