//! The forms of SM2 signatures that others write: RFC and GM/T types, three identifiers, with and without signed
//! attributes, DER and raw `r || s`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod support;

use gm_pki::cms::{self, Content};
use gm_pki::{Algorithm, Signer};
use support::Authority;

const NOW: i64 = 1_800_000_000;
const RFC_DATA: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const RFC_SIGNED: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const GM_DATA: &[u8] = &[6, 10, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 6, 1, 4, 2, 1];
const GM_SIGNED: &[u8] = &[6, 10, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 6, 1, 4, 2, 2];
const SM3: &[u8] = &[6, 9, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x83, 0x11];
const SIGNATURES: [&[u8]; 3] = [
    &[6, 8, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x83, 0x75],
    &[6, 9, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x82, 0x2d, 1],
    &[6, 8, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x82, 0x2d],
];

fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag];
    match content.len() {
        0..=127 => out.push(content.len() as u8),
        128..=255 => out.extend([0x81, content.len() as u8]),
        _ => out.extend([0x82, (content.len() >> 8) as u8, content.len() as u8]),
    }
    out.extend(content);
    out
}

fn fix(oid: &[u8]) -> Vec<u8> {
    tlv(6, &[&oid[2..]])
}

struct Form<'a> {
    gm_types: bool,
    signature_oid: &'a [u8],
    attributes: bool,
    raw: bool,
    inside: bool,
}

fn build(all: &Authority, content: &[u8], form: &Form<'_>) -> Vec<u8> {
    let (signed_type, data_type) = if form.gm_types {
        (GM_SIGNED, GM_DATA)
    } else {
        (RFC_SIGNED, RFC_DATA)
    };
    let digest = Algorithm::Sm2Sm3.digest(content);
    let attribute = |oid: &[u8], value: &[u8]| tlv(0x30, &[oid, &tlv(0x31, &[value])]);
    let attributes = [
        attribute(
            &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3],
            &fix(data_type),
        ),
        attribute(
            &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4],
            &tlv(4, &[&digest]),
        ),
    ]
    .concat();
    let message = if form.attributes {
        tlv(0x31, &[&attributes])
    } else {
        content.to_vec()
    };
    let der = all.leaf.key.sign(&message).unwrap();
    let signature = if form.raw {
        sm2::dsa::Signature::from_der(&der)
            .unwrap()
            .to_bytes()
            .to_vec()
    } else {
        der
    };
    let facts = &all.leaf.facts;
    let info = tlv(
        0x30,
        &[
            &[2, 1, 1],
            &tlv(0x30, &[&facts.issuer_der, &tlv(2, &[&facts.serial])]),
            &tlv(0x30, &[&fix(SM3)]),
            &if form.attributes {
                tlv(0xa0, &[&attributes])
            } else {
                Vec::new()
            },
            &tlv(0x30, &[&fix(form.signature_oid)]),
            &tlv(4, &[&signature]),
        ],
    );
    let inside = if form.inside {
        tlv(0xa0, &[&tlv(4, &[content])])
    } else {
        Vec::new()
    };
    let data = tlv(
        0x30,
        &[
            &[2, 1, 1],
            &tlv(0x31, &[&tlv(0x30, &[&fix(SM3)])]),
            &tlv(0x30, &[&fix(data_type), &inside]),
            &tlv(0xa0, &[&all.leaf.der]),
            &tlv(0x31, &[&info]),
        ],
    );
    tlv(0x30, &[&fix(signed_type), &tlv(0xa0, &[&data])])
}

#[test]
fn sm2_signatures_of_every_form_verify() {
    let all = Authority::new(Algorithm::Sm2Sm3, NOW);
    let mut count = 0;
    for signature_oid in SIGNATURES {
        for bits in 0..16_u8 {
            let form = Form {
                gm_types: bits & 1 != 0,
                signature_oid,
                attributes: bits & 2 != 0,
                raw: bits & 4 != 0,
                inside: bits & 8 != 0,
            };
            let read = cms::parse(&build(&all, b"content", &form)).unwrap();
            let verified = read.verify(Content::Bytes(b"content")).unwrap();
            assert_eq!(
                (verified.has_signed_attributes, verified.signer_certificate),
                (form.attributes, all.leaf.der.clone())
            );
            assert_eq!(read.content.is_some(), form.inside);
            assert!(read.verify(Content::Bytes(b"Content")).is_err());
            let by_digest = read.verify(Content::Digest(&|algorithm| algorithm.digest(b"content")));
            assert_eq!(
                by_digest.is_ok(),
                form.attributes,
                "a bare digest is not enough for SM2 without attributes"
            );
            count += 1;
        }
    }
    assert_eq!(count, 48);
}
