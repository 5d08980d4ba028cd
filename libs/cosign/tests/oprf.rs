//! RFC 9497, appendix A.3.1 (P256-SHA256, mode OPRF).
#![allow(missing_docs, clippy::unwrap_used)]

use cosign::oprf::{Blind, ServerKey};
use rand_core::{TryCryptoRng, TryRng};
use std::convert::Infallible;

/// Gives the bytes it was made of, then zeros.
struct Script(Vec<u8>);

impl TryRng for Script {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("the crate draws bytes")
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("the crate draws bytes")
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        let rest = self.0.split_off(out.len());
        out.copy_from_slice(&self.0);
        self.0 = rest;
        Ok(())
    }
}

impl TryCryptoRng for Script {}

#[test]
fn rfc_9497_vectors() {
    let key = ServerKey::derive(&[0xa3; 32], b"test key").unwrap();
    assert_eq!(
        hex::encode(&key.to_bytes()[2..]),
        "159749d750713afe245d2d39ccfaae8381c53ce92d098a9375ee70739c7ac0bf"
    );
    let vectors = [
        (
            "00",
            "03723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d",
            "030de02ffec47a1fd53efcdd1c6faf5bdc270912b8749e783c7ca75bb412958832",
            "a0b34de5fa4c5b6da07e72af73cc507cceeb48981b97b7285fc375345fe495dd",
        ),
        (
            "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
            "03cc1df781f1c2240a64d1c297b3f3d16262ef5d4cf102734882675c26231b0838",
            "03a0395fe3828f2476ffcd1f4fe540e5a8489322d398be3c4e5a869db7fcb7c52c",
            "c748ca6dd327f0ce85f4ae3a8cd6d4d5390bbb804c9e12dcf94f853fece3dcce",
        ),
    ];
    for (input, blinded, evaluated, output) in vectors {
        let input = hex::decode(input).unwrap();
        let blind = "3338fa65ec36e0290022b48eb562889d89dbfa691d1cde91517fa222ed7ad364";
        let (state, element) =
            Blind::start(&input, &mut Script(hex::decode(blind).unwrap())).unwrap();
        assert_eq!(hex::encode(element), blinded);
        let answer = key.evaluate(&element).unwrap();
        assert_eq!(hex::encode(answer), evaluated);
        assert_eq!(hex::encode(*state.finish(&input, &answer).unwrap()), output);
    }
}

#[test]
fn elements_off_the_curve_and_at_infinity_are_refused() {
    let key = ServerKey::derive(&[1; 32], b"").unwrap();
    let mut beyond = [0xff; 33];
    beyond[0] = 2;
    let mut off = [0u8; 33];
    off[0] = 2;
    off[32] = 1;
    for bad in [&[][..], &[0], &[0; 33], &beyond, &[4; 65], &[2; 34]] {
        assert!(key.evaluate(bad).is_err(), "{bad:?}");
    }
    // Half of all x-coordinates have no point; at least one of a few must be refused.
    let refused = (1..=16u8)
        .filter(|x| {
            off[32] = *x;
            key.evaluate(&off).is_err()
        })
        .count();
    assert!(refused > 0 && refused < 16);
    let stored = key.to_bytes();
    for length in 0..stored.len() {
        assert!(ServerKey::from_bytes(&stored[..length]).is_err());
    }
    let mut zero = stored.to_vec();
    zero[2..].fill(0);
    assert!(ServerKey::from_bytes(&zero).is_err());
}
