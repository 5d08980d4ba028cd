//! The published examples of GB/T 32905 (SM3) and GB/T 32918.5 (SM2, recommended curve).
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use cosign::sm2::{ClientKey, PublicKey, ServerKey, Signature, decrypt, digest};
use elliptic_curve::{Group, PrimeField};
use sm2::{FieldBytes, ProjectivePoint, Scalar};
use sm3::{Digest, Sm3};

const D: &str = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
const PUBLIC: &str = "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020\
                      CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";

#[test]
fn sm3_vectors() {
    let cases: [(&[u8], &str); 2] = [
        (
            b"abc",
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        ),
        (
            &b"abcd".repeat(16),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(hex::encode(Sm3::digest(message)), expected);
    }
}

#[test]
fn sm2_signature_example() {
    let public = PublicKey::from_sec1(&hex::decode(PUBLIC).unwrap()).unwrap();
    let e = digest(&public, b"message digest");
    assert_eq!(
        hex::encode_upper(e),
        "F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640"
    );
    let signature = hex::decode(
        "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3\
         B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA",
    )
    .unwrap();
    public
        .verify_digest(&e, &Signature::from_bytes(&signature).unwrap())
        .unwrap();
}

/// The example's key in two halves: `d1` of our choice, `d2 = ((1 + d) d1)^-1`.
fn halves() -> (ClientKey, ServerKey) {
    let scalar = |hex: &str| {
        let bytes: [u8; 32] = hex::decode(hex).unwrap().try_into().unwrap();
        Scalar::from_repr(FieldBytes::from(bytes)).unwrap()
    };
    let d1 = scalar("0101010101010101010101010101010101010101010101010101010101010101");
    let d2_inverse = (Scalar::ONE + scalar(D)) * d1;
    let encode = |inverse: &Scalar| {
        use elliptic_curve::sec1::ToSec1Point;
        ProjectivePoint::mul_by_generator(inverse)
            .to_affine()
            .to_sec1_point(false)
            .as_bytes()
            .to_vec()
    };
    let public = hex::decode(PUBLIC).unwrap();
    let d2 = d2_inverse.invert().unwrap();
    let client = [&[1, 0x15][..], &d1.to_repr(), &public, &encode(&d2_inverse)].concat();
    let server = [
        &[1, 0x16][..],
        &d2.to_repr(),
        &public,
        &encode(&d1.invert().unwrap()),
    ]
    .concat();
    let server = ServerKey::from_bytes(&server).unwrap();
    server.check().unwrap();
    (ClientKey::from_bytes(&client).unwrap(), server)
}

#[test]
fn sm2_encryption_example_opens_in_two_halves() {
    let ciphertext = hex::decode(
        "0404EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73\
         E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0\
         59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766\
         21886CA989CA9C7D58087307CA93092D651EFA",
    )
    .unwrap();
    let ciphertext = decrypt::Ciphertext::from_c1c3c2(&ciphertext).unwrap();
    let (client, server) = halves();
    let sid = [1; 16];
    let request = decrypt::request(sid, &ciphertext);
    let reply =
        decrypt::server_answer(&server, sid, ciphertext.c1(), &request, &mut common::rng(1))
            .unwrap();
    let plain = decrypt::finish(&client, sid, &ciphertext, &reply).unwrap();
    assert_eq!(plain.as_slice(), b"encryption standard");
}

#[test]
fn the_example_key_signs_in_two_halves() {
    let (client, server) = halves();
    let e = digest(client.public_key(), b"message digest");
    common::sm2_sign(&client, &server, e, &mut common::rng(2)).unwrap();
}
