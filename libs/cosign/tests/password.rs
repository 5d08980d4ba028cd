//! The certificate password: weak ones, derivation, proofs, wrapping.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{bytes, rng};
use cosign::password::{StretchParams, Unlocked, Weakness, is_weak, stretch};
use cosign::{Error, verify_p256};

#[test]
fn pwd_1_weak_passwords_are_refused() {
    let birth = Some("19900315");
    let phone = Some("13812345679");
    let cases = [
        ("111111", Some(Weakness::Repeated)),
        ("121212", Some(Weakness::Repeated)),
        ("100001", Some(Weakness::Repeated)),
        ("123123", Some(Weakness::Repeated)),
        ("112233", Some(Weakness::Repeated)),
        ("123456", Some(Weakness::Run)),
        ("654321", Some(Weakness::Run)),
        ("890123", Some(Weakness::Run)),
        ("210987", Some(Weakness::Run)),
        ("135791", Some(Weakness::Run)),
        ("900315", Some(Weakness::BirthDate)),
        ("199003", Some(Weakness::BirthDate)),
        ("031590", Some(Weakness::BirthDate)),
        ("150390", Some(Weakness::BirthDate)),
        ("031519", Some(Weakness::BirthDate)),
        ("381234", Some(Weakness::Phone)),
        ("345679", Some(Weakness::Phone)),
        ("12345", Some(Weakness::NotSixDigits)),
        ("1234567", Some(Weakness::NotSixDigits)),
        ("12a456", Some(Weakness::NotSixDigits)),
        ("\u{ff11}23", Some(Weakness::NotSixDigits)),
        ("", Some(Weakness::NotSixDigits)),
        ("730184", None),
        ("582914", None),
    ];
    for (password, expected) in cases {
        assert_eq!(is_weak(password, birth, phone), expected, "{password}");
    }
    assert_eq!(is_weak("900315", None, None), None);
    assert_eq!(is_weak("900315", Some("1990"), None), None);
}

#[test]
fn stretching_is_bounded_and_depends_on_all_of_its_input() {
    let params = StretchParams::default();
    let base = stretch("730184", &[1; 16], &params).unwrap();
    assert_ne!(*base, *stretch("730185", &[1; 16], &params).unwrap());
    assert_ne!(*base, *stretch("730184", &[2; 16], &params).unwrap());
    let bad = [
        (0, 2, 1),
        (19 * 1024 - 1, 2, 1),
        (u32::MAX, 2, 1),
        (19 * 1024, 1, 1),
        (19 * 1024, 2, 0),
        (19 * 1024, 2, 5),
    ];
    for (memory_kib, iterations, parallelism) in bad {
        let params = StretchParams {
            memory_kib,
            iterations,
            parallelism,
        };
        assert!(stretch("730184", &[1; 16], &params).is_err(), "{params:?}");
    }
}

#[test]
fn proofs_verify_under_their_key_only() {
    let unlocked = Unlocked::from_oprf(&[5; 32], "person", 1).unwrap();
    let proof = unlocked.prove(b"statement");
    verify_p256(&unlocked.proof_public_key(), b"statement", &proof).unwrap();
    assert_eq!(
        verify_p256(&unlocked.proof_public_key(), b"Statement", &proof),
        Err(Error::Signature)
    );
    for (output, person, epoch) in [
        ([6; 32], "person", 1),
        ([5; 32], "persom", 1),
        ([5; 32], "person", 2),
    ] {
        let other = Unlocked::from_oprf(&output, person, epoch).unwrap();
        assert_ne!(other.proof_public_key(), unlocked.proof_public_key());
        assert!(verify_p256(&other.proof_public_key(), b"statement", &proof).is_err());
    }
    assert!(verify_p256(&[4; 65], b"statement", &proof).is_err());
    assert!(verify_p256(&unlocked.proof_public_key(), b"statement", &[0; 64]).is_err());
    assert!(verify_p256(&unlocked.proof_public_key()[..64], b"statement", &proof).is_err());
}

#[test]
fn a_wrapped_share_opens_with_both_keys_and_its_own_data_only() {
    let mut rng = rng(31);
    let share: [u8; 164] = bytes(&mut rng);
    let device = [7; 32];
    let unlocked = Unlocked::from_oprf(&[5; 32], "person", 1).unwrap();
    let blob = unlocked.wrap(&device, b"aad", &share, &mut rng).unwrap();
    assert_eq!(
        unlocked.unwrap(&device, b"aad", &blob).unwrap().as_slice(),
        share
    );
    assert_eq!(
        unlocked.unwrap(&[8; 32], b"aad", &blob).unwrap_err(),
        Error::Sealed
    );
    assert_eq!(
        unlocked.unwrap(&device, b"aae", &blob).unwrap_err(),
        Error::Sealed
    );
    let other = Unlocked::from_oprf(&[6; 32], "person", 1).unwrap();
    assert_eq!(
        other.unwrap(&device, b"aad", &blob).unwrap_err(),
        Error::Sealed
    );
    for index in 0..blob.len() {
        let mut bent = blob.clone();
        bent[index] ^= 1;
        assert!(
            unlocked.unwrap(&device, b"aad", &bent).is_err(),
            "byte {index}"
        );
        assert!(
            unlocked.unwrap(&device, b"aad", &blob[..index]).is_err(),
            "length {index}"
        );
    }
    assert!(unlocked.wrap(&device, b"", &[0; 8193], &mut rng).is_err());
}
