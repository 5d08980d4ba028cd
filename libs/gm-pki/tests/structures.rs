//! Every structure written and read back, in the three families.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod support;

use gm_pki::certificate::{Profile, lint, to_be_signed};
use gm_pki::cms::Content;
use gm_pki::crl::{self, Entry, Reason};
use gm_pki::path::{PathError, Trust, validate};
use gm_pki::{Algorithm, Error, Signer, SoftKey, cms, csr, ocsp, public_key, tsp};
use support::{Authority, DAY, hold, hold_named, key, plan, rng, subject};
use x509_cert::der::Decode;

const NOW: i64 = 1_800_000_000;

#[test]
fn keys_sign_verify_and_survive_pkcs8() {
    for algorithm in Algorithm::ALL {
        let key = key(algorithm);
        let again = SoftKey::from_pkcs8_der(&key.to_pkcs8_der().unwrap()).unwrap();
        assert_eq!(
            (again.algorithm(), again.public_key_der()),
            (algorithm, key.public_key_der())
        );
        let signature = again.sign(b"message").unwrap();
        public_key::verify(key.public_key_der(), algorithm, b"message", &signature).unwrap();
        assert!(
            public_key::verify(key.public_key_der(), algorithm, b"messagE", &signature).is_err()
        );
        assert_eq!(Algorithm::from_name(algorithm.name()), Some(algorithm));
        assert!(!format!("{key:?}").contains("secret"));
    }
    assert!(SoftKey::generate_rsa(1024, &mut rng()).is_err());
}

#[test]
fn certificates_read_back_and_other_readers_agree() {
    for algorithm in [Algorithm::Sm2Sm3, Algorithm::P256Sha256] {
        let all = Authority::new(algorithm, NOW);
        for holder in [&all.root, &all.issuing, &all.leaf, &all.tsa, &all.ocsp] {
            let other = x509_cert::Certificate::from_der(&holder.der).unwrap();
            assert_eq!(
                other.tbs_certificate().serial_number().as_bytes(),
                holder.facts.serial
            );
            assert_eq!(holder.facts.key_algorithm, Some(algorithm));
        }
        let usage = all.leaf.facts.key_usage.unwrap();
        assert!(usage.digital_signature() && usage.non_repudiation() && !usage.key_encipherment());
        assert_eq!(all.leaf.facts.basic_constraints, None);
        assert_eq!(all.leaf.facts.subject, subject("SigningLeaf"));
        assert_eq!(
            all.leaf.facts.subject.to_der().unwrap(),
            all.leaf.facts.subject_der
        );
        assert!(all.tsa.facts.is_time_stamper() && all.ocsp.facts.is_ocsp_responder());
        assert_eq!(
            all.issuing.facts.basic_constraints.unwrap().path_length,
            Some(0)
        );
    }
}

#[test]
fn validity_changes_its_form_in_2050() {
    let root = key(Algorithm::P256Sha256);
    let mut plan = plan(Profile::Root, &root, None, NOW);
    for (not_after, form) in [
        (2_524_607_999_i64, &b"\x17\x0d491231235959Z"[..]),
        (2_524_608_000, &b"\x18\x0f20500101000000Z"[..]),
    ] {
        plan.not_after = not_after;
        let tbs = to_be_signed(&plan, Algorithm::P256Sha256).unwrap();
        assert!(tbs.windows(form.len()).any(|window| window == form));
        assert_eq!(
            gm_pki::certificate::parse_tbs(&tbs).unwrap().not_after,
            not_after
        );
    }
}

#[test]
fn the_lint_finds_broken_profiles() {
    let root = hold(Profile::Root, Algorithm::P256Sha256, None, NOW);
    let leaf_key = key(Algorithm::P256Sha256);
    let good = plan(Profile::SigningLeaf, &leaf_key, Some(&root), NOW);
    let rules = |change: &dyn Fn(&mut gm_pki::certificate::Plan)| {
        let mut plan = good.clone();
        change(&mut plan);
        let findings = lint(&to_be_signed(&plan, Algorithm::P256Sha256).unwrap())
            .err()
            .unwrap_or_default();
        findings
            .iter()
            .map(|finding| finding.rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(rules(&|_| {}), [""; 0]);
    assert_eq!(rules(&|plan| plan.serial = vec![1; 8]), ["serial-length"]);
    assert_eq!(
        rules(&|plan| plan.serial = vec![0xff; 20]),
        ["serial-encoding"]
    );
    assert_eq!(
        rules(&|plan| plan.not_after = plan.not_before),
        ["validity-order"]
    );
    assert_eq!(
        rules(&|plan| plan.not_after += 6 * 366 * DAY),
        ["validity-length"]
    );
    assert_eq!(rules(&|plan| plan.policy = None), ["policy"]);
    assert_eq!(rules(&|plan| plan.crl_url = None), ["crl-point"]);
    assert_eq!(rules(&|plan| plan.ocsp_url = None), ["ocsp-address"]);
    assert_eq!(rules(&|plan| plan.issuer_url = None), ["issuer-address"]);
    assert_eq!(
        rules(&|plan| plan.subject.common_name = None),
        ["subject-common-name"]
    );
    assert_eq!(
        rules(&|plan| plan.subject.organization = None),
        ["subject-organization"]
    );
    assert_eq!(
        rules(&|plan| plan.subject.organization_identifier = Some("编号".into())),
        ["subject-identifier"]
    );
    assert_eq!(rules(&|plan| plan.profile = Profile::Issuing), [""; 0]);
    let rsa = SoftKey::generate_rsa(2048, &mut rng()).unwrap();
    assert_eq!(
        rules(&|plan| plan.spki_der = rsa.public_key_der().to_vec()),
        [""; 0]
    );
    assert_eq!(lint(b"junk").unwrap_err()[0].rule, "readable");
    // A leaf with `cA=FALSE` written out, as careless issuers do.
    let tbs = to_be_signed(&good, Algorithm::P256Sha256).unwrap();
    let usage = [0x06, 0x03, 0x55, 0x1d, 0x0f];
    let at = tbs.windows(5).position(|window| window == usage).unwrap();
    let mut changed = tbs;
    changed[at + 4] = 0x13;
    assert!(lint(&changed).is_err());
}

#[test]
fn names_that_could_deceive_are_not_written() {
    for bad in [
        "",
        " a",
        "a\nb",
        "a\u{200b}b",
        "a\u{202e}b",
        &"长".repeat(65),
    ] {
        assert!(subject(bad).to_der().is_err(), "{bad:?}");
    }
    assert!(subject(&"长".repeat(64)).to_der().is_ok());
    let mut lower = subject("a");
    lower.country = Some("cn".into());
    assert!(lower.to_der().is_err());
}

#[test]
fn requests_prove_possession() {
    for algorithm in Algorithm::ALL {
        let key = key(algorithm);
        let subject_der = subject("holder").to_der().unwrap();
        let info = csr::request_info(&subject_der, key.public_key_der()).unwrap();
        let mut request = csr::assemble(&info, algorithm, &key.sign(&info).unwrap());
        let read = csr::parse_verify(&request).unwrap();
        assert_eq!(
            (read.subject, read.algorithm, read.subject_der),
            (subject("holder"), algorithm, subject_der)
        );
        let other = SoftKey::generate(Algorithm::P256Sha256, &mut rng()).unwrap();
        assert!(
            csr::parse_verify(&csr::assemble(
                &info,
                Algorithm::P256Sha256,
                &other.sign(&info).unwrap()
            ))
            .is_err()
        );
        *request.last_mut().unwrap() ^= 1;
        assert!(csr::parse_verify(&request).is_err());
    }
}

#[test]
fn lists_revoke_in_time_and_name_the_issuers_key() {
    let all = Authority::new(Algorithm::Sm2Sm3, NOW);
    let entry = Entry {
        serial: all.leaf.facts.serial.clone(),
        revoked_at: NOW - 100,
        reason: Reason::CertificateHold,
    };
    let der = all.crl(&all.issuing, std::slice::from_ref(&entry));
    let list = crl::parse(&der).unwrap();
    list.verify_signature(&all.issuing.facts.spki_der).unwrap();
    assert!(list.verify_signature(&all.root.facts.spki_der).is_err());
    assert_eq!(list.authority_key_id, all.issuing.facts.subject_key_id);
    assert_eq!(
        (list.number.as_deref(), list.next_update),
        (Some(&[3_u8][..]), Some(NOW + DAY))
    );
    assert_eq!(crl::is_revoked(&list, &all.leaf.facts.serial), Some(&entry));
    let (extra, root_list) = ([all.issuing.der.clone()], all.crl(&all.root, &[]));
    let lists = [der, root_list.clone()];
    assert_eq!(
        validate(&all.leaf.der, &extra, &all.trust(), NOW, &lists),
        Err(PathError::Revoked {
            at: NOW - 100,
            reason: Reason::CertificateHold,
            depth: 0
        })
    );
    assert!(
        validate(&all.leaf.der, &extra, &all.trust(), NOW - 101, &lists)
            .unwrap()
            .revocation_known
    );
    let issuing = Entry {
        serial: all.issuing.facts.serial.clone(),
        revoked_at: NOW - 9,
        reason: Reason::CaCompromise,
    };
    let lists = [all.crl(&all.root, &[issuing])];
    assert_eq!(
        validate(&all.leaf.der, &extra, &all.trust(), NOW, &lists),
        Err(PathError::Revoked {
            at: NOW - 9,
            reason: Reason::CaCompromise,
            depth: 1
        })
    );
    // A list that another authority signed in the issuer's name counts for nothing.
    let mut forged = Authority::new(Algorithm::Sm2Sm3, NOW);
    forged.issuing.facts.subject_key_id = all.issuing.facts.subject_key_id.clone();
    let path = validate(
        &all.leaf.der,
        &extra,
        &all.trust(),
        NOW,
        &[forged.crl(&forged.issuing, &[entry]), root_list],
    )
    .unwrap();
    assert!(!path.revocation_known);
}

#[test]
fn paths_tell_why_they_fail() {
    for algorithm in [Algorithm::Sm2Sm3, Algorithm::P256Sha256] {
        let (all, other) = (
            Authority::new(algorithm, NOW),
            Authority::new(algorithm, NOW),
        );
        let extra = [all.issuing.der.clone()];
        let at = |time| validate(&all.leaf.der, &extra, &all.trust(), time, &[]);
        assert_eq!(
            at(NOW).unwrap().certificates,
            [
                all.leaf.der.clone(),
                all.issuing.der.clone(),
                all.root.der.clone()
            ]
        );
        assert_eq!(
            at(NOW + 366 * DAY),
            Err(PathError::Expired {
                since: NOW + 365 * DAY
            })
        );
        assert_eq!(
            at(NOW - 2 * DAY),
            Err(PathError::NotYetValid { from: NOW - DAY })
        );
        assert_eq!(
            validate(&all.leaf.der, &[], &all.trust(), NOW, &[]),
            Err(PathError::Untrusted)
        );
        assert_eq!(
            validate(&all.leaf.der, &extra, &other.trust(), NOW, &[]),
            Err(PathError::Untrusted)
        );
        assert_eq!(
            validate(&all.leaf.der, &extra, &Trust::default(), NOW, &[]),
            Err(PathError::Untrusted)
        );
        let mut forged = all.leaf.der.clone();
        *forged.last_mut().unwrap() ^= 1;
        assert_eq!(
            validate(&forged, &extra, &all.trust(), NOW, &[]),
            Err(PathError::BadSignature)
        );
        assert!(matches!(
            validate(b"junk", &extra, &all.trust(), NOW, &[]),
            Err(PathError::Unreadable(_))
        ));
        assert_eq!(
            validate(
                &all.leaf.der,
                &vec![extra[0].clone(); 65],
                &all.trust(),
                NOW,
                &[]
            ),
            Err(PathError::TooMany)
        );
    }
}

/// A leaf that issues; and an authority whose names are right but whose key is not the one that is named.
#[test]
fn paths_end_at_leaves_and_follow_key_identifiers() {
    let algorithm = Algorithm::Sm2Sm3;
    let all = Authority::new(algorithm, NOW);
    let check = |leaf: &support::Holder, between: &support::Holder| {
        let extra = [all.issuing.der.clone(), between.der.clone()];
        validate(&leaf.der, &extra, &all.trust(), NOW, &[])
    };
    let below_leaf = hold_named(
        "Below",
        Profile::SigningLeaf,
        algorithm,
        Some(&all.leaf),
        NOW,
    );
    assert_eq!(
        check(&below_leaf, &all.leaf),
        Err(PathError::Constraint("an issuer is no authority"))
    );
    let stranger = hold(Profile::Issuing, algorithm, Some(&all.root), NOW);
    let below_stranger = hold(Profile::SigningLeaf, algorithm, Some(&stranger), NOW);
    assert_eq!(check(&below_stranger, &all.leaf), Err(PathError::Untrusted));
    assert!(check(&below_stranger, &stranger).is_ok());
}

/// Path length 0 of the issuing authority forbids another authority below it.
#[test]
fn paths_keep_to_the_path_length() {
    let algorithm = Algorithm::Sm2Sm3;
    let all = Authority::new(algorithm, NOW);
    let deeper = hold_named(
        "Deeper",
        Profile::Issuing,
        algorithm,
        Some(&all.issuing),
        NOW,
    );
    let leaf = hold(Profile::SigningLeaf, algorithm, Some(&deeper), NOW);
    let extra = [all.issuing.der.clone(), deeper.der.clone()];
    let result = validate(&leaf.der, &extra, &all.trust(), NOW, &[]);
    assert_eq!(
        result,
        Err(PathError::Constraint(
            "the path is longer than an issuer allows"
        ))
    );
}

#[test]
fn signatures_verify_and_bind_content_and_certificate() {
    for algorithm in Algorithm::ALL {
        let all = Authority::new(algorithm, NOW);
        let der = all.signed(b"content");
        let read = cms::parse(&der).unwrap();
        let verified = read
            .verify(Content::Digest(&|algorithm| algorithm.digest(b"content")))
            .unwrap();
        assert_eq!(
            (
                verified.algorithm,
                verified.certificate_bound,
                &verified.signer_certificate
            ),
            (algorithm, true, &all.leaf.der)
        );
        assert_eq!(
            read.verify(Content::Bytes(b"other")),
            Err(Error::Mismatch("digest of the content"))
        );
        let token = verified.timestamp_token.unwrap();
        let (stamp, path) =
            tsp::verify_token(&token, &verified.signature, &all.trust(), None, &[]).unwrap();
        assert_eq!((stamp.time, path.certificates.len()), (NOW, 3));
        assert!(tsp::verify_token(&token, b"other", &all.trust(), None, &[]).is_err());
        assert!(matches!(
            tsp::verify_token(&token, &verified.signature, &Trust::default(), None, &[]),
            Err(Error::Path(PathError::Untrusted))
        ));
        assert!(matches!(
            tsp::verify_token(
                &token,
                &verified.signature,
                &all.trust(),
                Some(NOW + 366 * DAY),
                &[]
            ),
            Err(Error::Path(PathError::Expired { .. }))
        ));
        let mut padded = der.clone();
        padded.extend([0; 100]);
        assert_eq!(cms::outer_length(&padded), Ok(der.len()));
    }
}

#[test]
fn a_leaf_cannot_stamp_time() {
    let mut all = Authority::new(Algorithm::Sm2Sm3, NOW);
    all.tsa = hold(
        Profile::SigningLeaf,
        Algorithm::Sm2Sm3,
        Some(&all.issuing),
        NOW,
    );
    let token = all.token(b"data", None);
    assert_eq!(
        tsp::verify_token(&token, b"data", &all.trust(), None, &[]).unwrap_err(),
        Error::Mismatch("usage of the stamper's certificate")
    );
}

#[test]
fn status_answers_are_believed_only_from_the_issuers_responder() {
    let (all, other) = (
        Authority::new(Algorithm::Sm2Sm3, NOW),
        Authority::new(Algorithm::Sm2Sm3, NOW),
    );
    let serial = &all.leaf.facts.serial;
    let id = ocsp::CertId::new(&all.issuing.facts, serial).unwrap();
    let request =
        ocsp::parse_request(&ocsp::request(std::slice::from_ref(&id), Some(b"nonce"))).unwrap();
    assert_eq!(
        (&request.ids[0], request.nonce.as_deref()),
        (&id, Some(&b"nonce"[..]))
    );
    let answer = |responder: &support::Holder| {
        let single = ocsp::SingleResponse {
            id: id.clone(),
            status: ocsp::Status::Good,
            this_update: NOW,
            next_update: Some(NOW + 60),
        };
        ocsp::parse_response(
            &ocsp::respond(
                &[single],
                Some(b"nonce"),
                NOW,
                &responder.der,
                &responder.key,
            )
            .unwrap(),
        )
        .unwrap()
    };
    let good = answer(&all.ocsp);
    assert_eq!(
        good.verify(&all.issuing.facts, serial, Some(b"nonce"), NOW),
        Ok(ocsp::Status::Good)
    );
    assert_eq!(
        answer(&all.issuing).verify(&all.issuing.facts, serial, None, NOW),
        Ok(ocsp::Status::Good)
    );
    assert!(
        good.verify(&all.issuing.facts, serial, Some(b"other"), NOW)
            .is_err()
    );
    assert!(
        good.verify(&all.issuing.facts, b"other", None, NOW)
            .is_err()
    );
    assert!(
        good.verify(&all.issuing.facts, serial, None, NOW + 3600)
            .is_err()
    );
    for impostor in [&all.leaf, &all.tsa, &other.ocsp] {
        assert_eq!(
            answer(impostor).verify(&all.issuing.facts, serial, None, NOW),
            Err(Error::Signature("the OCSP response"))
        );
    }
}
