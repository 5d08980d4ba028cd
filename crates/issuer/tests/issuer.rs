//! The issuer by its own rules: two-step issue, refusals, storage, services.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

use gm_pki::certificate::{self, parse};
use gm_pki::path::{self, PathError, Trust};
use gm_pki::{Signer, SoftKey, ocsp, tsp};
use hulian_issuer::{
    Address, Entry, Error, Family, Issuer, LeafProfile, LeafRequest, Params, PreparedLeaf, Reason,
    Refusal, Status, Subject,
};
use rand_core::UnwrapErr;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

fn rng() -> UnwrapErr<getrandom::SysRng> {
    UnwrapErr(getrandom::SysRng)
}

fn issuer() -> Issuer {
    let params = Params {
        rsa_bits: 2048,
        ..Params::new("http://pki.example/pki/", "Hulian Test")
    };
    Issuer::create(params, NOW, &mut rng()).unwrap()
}

fn request(key: &SoftKey) -> LeafRequest {
    let subject = Subject {
        country: Some("CN".into()),
        organization: Some("互连测试建设有限公司".into()),
        organization_identifier: Some("91350100M000100Y43".into()),
        common_name: Some("互连测试建设有限公司".into()),
        ..Subject::default()
    };
    LeafRequest {
        family: Family::Sm2,
        profile: LeafProfile::Signing,
        subject,
        spki_der: key.public_key_der().to_vec(),
        not_before: NOW,
        not_after: NOW + 365 * DAY,
    }
}

fn sm2_key() -> SoftKey {
    SoftKey::generate(Family::Sm2.algorithm(), &mut rng()).unwrap()
}

#[test]
fn what_is_recorded_is_what_is_signed() {
    let issuer = issuer();
    let prepared = issuer
        .prepare_leaf(&request(&sm2_key()), &mut rng())
        .unwrap();
    let again = PreparedLeaf::from_recorded(Family::Sm2, prepared.tbs().to_vec()).unwrap();
    assert_eq!(again, prepared);
    let facts = parse(&issuer.sign_leaf(&again).unwrap()).unwrap();
    assert_eq!(facts.tbs, prepared.tbs());
    assert_eq!(facts.serial, prepared.serial());
    assert_eq!(facts.serial.len(), 20);
    assert_eq!(facts.crl_urls, ["http://pki.example/pki/sm2/issuing.crl"]);
    assert_eq!(facts.ocsp_urls, ["http://pki.example/pki/sm2/ocsp"]);
    assert_eq!(
        facts.issuer_urls,
        ["http://pki.example/pki/sm2/issuing.cer"]
    );
    assert_eq!(
        Address::Timestamp.url("http://pki.example/pki", Family::Rsa),
        "http://pki.example/pki/rsa/tsa"
    );
}

#[test]
fn requests_outside_the_profile_are_refused() {
    let issuer = issuer();
    let good = request(&sm2_key());
    let refusal = |change: &dyn Fn(&mut LeafRequest)| {
        let mut request = good.clone();
        change(&mut request);
        issuer.prepare_leaf(&request, &mut rng()).unwrap_err()
    };
    assert_eq!(
        refusal(&|request| request.family = Family::Rsa),
        Error::Refused(Refusal::KeyFamily)
    );
    assert_eq!(
        refusal(&|request| request.not_before = NOW - 1),
        Error::Refused(Refusal::Validity)
    );
    assert!(matches!(
        refusal(&|request| request.not_after = NOW + 20 * 365 * DAY),
        Error::Refused(Refusal::Lint(_))
    ));
    assert!(matches!(
        refusal(&|request| request.not_after = NOW),
        Error::Refused(Refusal::Lint(_))
    ));
    assert!(matches!(
        refusal(&|request| request.subject.country = None),
        Error::Refused(Refusal::Lint(_))
    ));
    assert!(matches!(
        refusal(&|request| request.subject.common_name = Some("a\u{202e}b".into())),
        Error::Pki(_)
    ));
    assert!(matches!(
        refusal(&|request| request.spki_der.truncate(30)),
        Error::Pki(_)
    ));
    let authority_key = parse(issuer.certificates(Family::Sm2).tsa)
        .unwrap()
        .spki_der;
    assert_eq!(
        refusal(&|request| request.spki_der = authority_key.clone()),
        Error::Refused(Refusal::AuthorityKey)
    );
}

#[test]
fn recorded_bytes_of_another_issuer_or_profile_are_not_signed() {
    let (issuer, other) = (issuer(), issuer());
    let prepared = other
        .prepare_leaf(&request(&sm2_key()), &mut rng())
        .unwrap();
    assert_eq!(
        issuer.sign_leaf(&prepared),
        Err(Error::Refused(Refusal::Issuer))
    );
    let tsa = parse(issuer.certificates(Family::Sm2).tsa).unwrap().tbs;
    let service = PreparedLeaf::from_recorded(Family::Sm2, tsa).unwrap();
    assert_eq!(
        issuer.sign_leaf(&service),
        Err(Error::Refused(Refusal::Profile))
    );
    let issuing = parse(issuer.certificates(Family::Sm2).issuing).unwrap().tbs;
    let authority = PreparedLeaf::from_recorded(Family::Sm2, issuing).unwrap();
    assert_eq!(
        issuer.sign_leaf(&authority),
        Err(Error::Refused(Refusal::Issuer))
    );
}

#[test]
fn stored_bytes_bring_the_same_issuer_back() {
    let issuer = issuer();
    let bytes = issuer.to_bytes().unwrap();
    let back = Issuer::from_bytes(&bytes).unwrap();
    assert_eq!(back.params(), issuer.params());
    for family in Family::ALL {
        assert_eq!(back.certificates(family), issuer.certificates(family));
    }
    let prepared = issuer
        .prepare_leaf(&request(&sm2_key()), &mut rng())
        .unwrap();
    assert_eq!(
        back.sign_leaf(&prepared).unwrap(),
        issuer.sign_leaf(&prepared).unwrap()
    );
    for length in [0, 1, 5, bytes.len() / 2, bytes.len() - 1] {
        assert!(Issuer::from_bytes(&bytes[..length]).is_err());
    }
    assert!(!format!("{issuer:?}").contains("key"));
}

#[test]
fn suspended_and_revoked_certificates_are_known_by_list_and_by_ocsp() {
    let issuer = issuer();
    let family = Family::Sm2;
    let all = issuer.certificates(family);
    let prepared = issuer
        .prepare_leaf(&request(&sm2_key()), &mut rng())
        .unwrap();
    let der = issuer.sign_leaf(&prepared).unwrap();
    let trust = Trust {
        roots: vec![all.root.to_vec()],
    };
    let validate = |entries: &[Entry]| {
        let lists = [
            issuer.crl(family, 1, entries, NOW, NOW + DAY).unwrap(),
            issuer.root_crl(family, 1, &[], NOW, NOW + DAY).unwrap(),
        ];
        path::validate(&der, &[all.issuing.to_vec()], &trust, NOW + 60, &lists)
    };
    assert!(validate(&[]).unwrap().revocation_known);
    let entry = Entry {
        serial: prepared.serial().to_vec(),
        revoked_at: NOW + 1,
        reason: Reason::CertificateHold,
    };
    assert_eq!(
        validate(&[entry]),
        Err(PathError::Revoked {
            at: NOW + 1,
            reason: Reason::CertificateHold,
            depth: 0
        })
    );

    let issuing = parse(all.issuing).unwrap();
    let id = ocsp::CertId::new(&issuing, prepared.serial()).unwrap();
    let bytes = ocsp::request(&[id], Some(b"a nonce"));
    let ask = |status| {
        let response = ocsp::parse_response(&issuer.ocsp(
            family,
            &bytes,
            |serial| {
                assert_eq!(serial, prepared.serial());
                status
            },
            NOW,
        ))
        .unwrap();
        response
            .verify(&issuing, prepared.serial(), Some(b"a nonce"), NOW + 5)
            .unwrap()
    };
    for status in [
        Status::Good,
        Status::Unknown,
        Status::Revoked {
            at: NOW,
            reason: Reason::Superseded,
        },
    ] {
        assert_eq!(ask(status), status);
    }
    assert_eq!(
        issuer.ocsp(family, b"junk", |_| Status::Good, NOW),
        [0x30, 3, 0x0a, 1, 1]
    );
}

#[test]
fn certificates_of_another_issuer_are_unknown_and_services_are_good() {
    let (issuer, other) = (issuer(), issuer());
    let (family, serial) = (Family::Sm2, [1_u8; 16]);
    let foreign = parse(other.certificates(family).issuing).unwrap();
    let request = ocsp::request(&[ocsp::CertId::new(&foreign, &serial).unwrap()], None);
    let response =
        ocsp::parse_response(&issuer.ocsp(family, &request, |_| Status::Good, NOW)).unwrap();
    assert_eq!(response.singles[0].status, Status::Unknown);
    let own = parse(issuer.certificates(family).issuing).unwrap();
    let tsa = parse(issuer.certificates(family).tsa).unwrap();
    let request = ocsp::request(&[ocsp::CertId::new(&own, &tsa.serial).unwrap()], None);
    let response =
        ocsp::parse_response(&issuer.ocsp(family, &request, |_| Status::Unknown, NOW)).unwrap();
    assert_eq!(
        response.verify(&own, &tsa.serial, None, NOW),
        Ok(Status::Good)
    );
}

#[test]
fn time_stamps_answer_or_refuse() {
    let issuer = issuer();
    for family in Family::ALL {
        let trust = Trust {
            roots: vec![issuer.certificates(family).root.to_vec()],
        };
        let imprint = tsp::imprint_of(family.algorithm(), b"data");
        let request = tsp::request(&imprint, None, Some(&[9, 9]), true);
        let response =
            tsp::parse_response(&issuer.timestamp_response(family, &request, NOW, &mut rng()))
                .unwrap();
        let token = response.token.unwrap();
        let (stamp, _) = tsp::verify_token(&token, b"data", &trust, None, &[]).unwrap();
        assert_eq!(
            (stamp.time, stamp.nonce.as_deref()),
            (NOW, Some(&[9_u8, 9][..]))
        );
        assert!(tsp::verify_token(&token, b"other", &trust, None, &[]).is_err());
        let policy = Some(gm_pki::ObjectIdentifier::new_unwrap("1.2.3.4"));
        for bad in [tsp::request(&imprint, policy, None, true), b"junk".to_vec()] {
            let response =
                tsp::parse_response(&issuer.timestamp_response(family, &bad, NOW, &mut rng()))
                    .unwrap();
            assert_eq!((response.status, response.token), (2, None));
        }
    }
}

#[test]
fn services_are_renewed_and_addresses_are_checked() {
    let mut issuer = issuer();
    let before = issuer.certificates(Family::Sm2).tsa.to_vec();
    issuer
        .renew_services(Family::Sm2, NOW + 1000 * DAY, &mut rng())
        .unwrap();
    let after = issuer.certificates(Family::Sm2).tsa;
    assert_ne!(after, before);
    assert_eq!(
        certificate::parse(after).unwrap().not_before,
        NOW + 1000 * DAY
    );
    for url in ["https://pki.example", "ftp://x", "http://a b", "http://x/"] {
        let params = Params {
            pki_url: url.into(),
            ..Params::new("http://x", "Hulian Test")
        };
        assert!(matches!(
            Issuer::create(params, NOW, &mut rng()),
            Err(Error::Parameter {
                field: "pki_url",
                ..
            })
        ));
    }
}
