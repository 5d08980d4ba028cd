//! Bytes from outside: every parser gets mutated, cut and random input, and must answer without panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod support;

use gm_pki::cms::Content;
use gm_pki::crl::{Entry, Reason};
use gm_pki::path::{Trust, validate};
use gm_pki::revocation::Evidence;
use gm_pki::{Algorithm, Signer, SoftKey, certificate, cms, crl, csr, name, ocsp, public_key, tsp};
use proptest::prelude::*;
use std::sync::LazyLock;
use support::Authority;

const NOW: i64 = 1_800_000_000;

static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let all = Authority::new(Algorithm::Sm2Sm3, NOW);
    let entry = Entry {
        serial: all.leaf.facts.serial.clone(),
        revoked_at: NOW,
        reason: Reason::Superseded,
    };
    let info =
        csr::request_info(&all.leaf.facts.subject_der, all.leaf.key.public_key_der()).unwrap();
    let id = ocsp::CertId::new(&all.issuing.facts, &all.leaf.facts.serial).unwrap();
    let single = ocsp::SingleResponse {
        id: id.clone(),
        status: ocsp::Status::Revoked {
            at: NOW,
            reason: Reason::KeyCompromise,
        },
        this_update: NOW,
        next_update: Some(NOW + 9),
    };
    let token = all.token(b"data", Some(&[5]));
    vec![
        all.leaf.der.clone(),
        all.leaf.facts.tbs.clone(),
        all.root.der.clone(),
        all.crl(&all.issuing, &[entry]),
        csr::assemble(&info, Algorithm::Sm2Sm3, &all.leaf.key.sign(&info).unwrap()),
        ocsp::request(&[id], Some(&[1; 16])),
        ocsp::respond(&[single], Some(&[1; 16]), NOW, &all.ocsp.der, &all.ocsp.key).unwrap(),
        tsp::request(
            &tsp::imprint_of(Algorithm::Sm2Sm3, b"data"),
            None,
            Some(&[7]),
            true,
        ),
        tsp::response(&token),
        token,
        all.signed(b"content"),
        all.leaf.key.public_key_der().to_vec(),
        all.leaf.key.to_pkcs8_der().unwrap().to_vec(),
        all.leaf.facts.subject_der.clone(),
    ]
});

/// Every reader over the same bytes; results do not matter, only that there are some.
fn read_everything(bytes: &[u8]) {
    let _ = certificate::parse(bytes).map(|facts| facts.verify_signature(&facts.spki_der));
    let _ = certificate::parse_tbs(bytes);
    let _ = certificate::lint(bytes);
    let _ = crl::parse(bytes);
    let _ = csr::parse_verify(bytes);
    let _ = name::Subject::from_der(bytes);
    let _ = ocsp::parse_request(bytes);
    let _ = ocsp::parse_response(bytes);
    let _ = tsp::parse_request(bytes);
    let _ = tsp::parse_response(bytes);
    let _ = tsp::parse_token(bytes);
    let _ = tsp::verify_token(bytes, b"data", &Trust::default(), None, &[]);
    let evidence = Evidence::read(&[bytes.to_vec()], &[bytes.to_vec()]);
    if let Ok(facts) = certificate::parse(bytes) {
        let _ = evidence.standing(&facts, &facts, NOW);
    }
    let _ = cms::certificates(bytes);
    let _ = cms::outer_length(bytes);
    let _ = cms::parse(bytes).map(|read| read.verify(Content::Bytes(b"content")));
    let _ = cms::signed_attributes(Algorithm::Sm2Sm3, &[0; 32], bytes);
    let _ = public_key::check(bytes);
    let _ = public_key::message_digest(bytes, b"");
    let _ = SoftKey::from_pkcs8_der(bytes);
    let _ = validate(
        bytes,
        &[bytes.to_vec()],
        &Trust {
            roots: vec![bytes.to_vec()],
        },
        NOW,
        &[bytes.to_vec()],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_structures_never_panic(seed in 0..14_usize, flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in prop::option::of(any::<prop::sample::Index>())) {
        let mut bytes = SEEDS[seed].clone();
        for (index, value) in flips {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_everything(&bytes);
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_everything(&bytes);
    }

    /// A flipped bit anywhere in a signed structure is noticed: what verifies is what was signed.
    #[test]
    fn no_flipped_bit_of_a_certificate_verifies(index in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let root = &SEEDS[2];
        let spki = certificate::parse(root).unwrap().spki_der;
        let mut bytes = root.clone();
        let at = index.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(certificate::parse(&bytes).and_then(|facts| facts.verify_signature(&spki)).is_err());
    }
}

/// The parameters beside the outer identifier are not signed, and must be those that are (RFC 5280 4.1.1.2).
#[test]
fn no_certificate_gains_parameters_outside_its_signature() {
    let root = &SEEDS[2];
    let tbs = certificate::parse(root).unwrap().tbs;
    let after = &root[4 + tbs.len()..];
    let (identifier, signature) = after.split_at(2 + usize::from(after[1]));
    let longer = [&[0x30, identifier[1] + 2], &identifier[2..], &[5, 0]].concat();
    let content = [&tbs, longer.as_slice(), signature].concat();
    let len = u16::try_from(content.len()).unwrap().to_be_bytes();
    let changed = [&[0x30, 0x82, len[0], len[1]], content.as_slice()].concat();
    assert!(certificate::parse(root).is_ok());
    assert_eq!(
        certificate::parse(&changed).unwrap_err(),
        gm_pki::Error::Mismatch("signature identifiers of the certificate")
    );
}

#[test]
fn oversized_input_is_refused_before_it_is_read() {
    let long = vec![0x30; 33 << 20];
    assert!(matches!(
        certificate::parse(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        crl::parse(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        cms::parse(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        csr::parse_verify(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        ocsp::parse_request(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        ocsp::parse_response(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        tsp::parse_request(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        tsp::parse_token(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        name::Subject::from_der(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
    assert!(matches!(
        public_key::check(&long),
        Err(gm_pki::Error::TooLarge { .. })
    ));
}
