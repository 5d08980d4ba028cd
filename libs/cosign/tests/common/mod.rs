//! What the tests share: seeded randomness and whole protocol runs.
#![allow(dead_code, missing_docs, clippy::unwrap_used)] // Each test file uses its own part of this module.

use cosign::sm2::{self, ClientKey, ServerKey, Signature};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

pub const CTX: &[u8] =
    b"v1|keygen|AAAAAAAAAAAAAAAAAAAAAA|sign|0192f0c1-0000-7000-8000-000000000001";

pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub fn bytes<const N: usize>(rng: &mut ChaCha20Rng) -> [u8; N] {
    let mut out = [0u8; N];
    rng.fill_bytes(&mut out);
    out
}

/// A key generation in which every message crosses the wire.
pub fn sm2_keys(rng: &mut ChaCha20Rng) -> (ClientKey, ServerKey) {
    use sm2::keygen::{ClientStart, Commit, Open, Reply, ServerStart};
    let (client, commit) = ClientStart::start(CTX, rng).unwrap();
    let commit = Commit::decode(&commit.encode()).unwrap();
    let (server, reply) = ServerStart::reply(CTX, &commit, rng).unwrap();
    let server = ServerStart::from_bytes(&server.to_bytes()).unwrap();
    let (client, open) = client
        .finish(&Reply::decode(&reply.encode()).unwrap())
        .unwrap();
    let server = server
        .finish(&Open::decode(&open.encode()).unwrap())
        .unwrap();
    assert_eq!(client.public_key(), server.public_key());
    (client, server)
}

/// A signature in which every message crosses the wire.
pub fn sm2_sign(
    client: &ClientKey,
    server: &ServerKey,
    e: [u8; 32],
    rng: &mut ChaCha20Rng,
) -> Result<Signature, cosign::Error> {
    use sm2::sign::{ClientSign, Reply, Request, server_answer};
    let sid = bytes(rng);
    let (state, request) = ClientSign::start(client, sid, e, rng)?;
    let request = Request::decode(&request.encode())?;
    let reply = server_answer(server, sid, &e, &request, rng)?;
    state.finish(client, &Reply::decode(&reply.encode())?)
}

use cosign::rsa;

/// A composite RSA key generation in which every message crosses the wire.
pub fn rsa_keys(rng: &mut ChaCha20Rng) -> (rsa::ClientKey, rsa::ServerKey) {
    let (client, commit) = rsa::ClientStart::start(CTX, rng).unwrap();
    let commit = rsa::Commit::decode(&commit.encode()).unwrap();
    let (server, reply) = rsa::ServerStart::reply(CTX, &commit, rng).unwrap();
    let server = rsa::ServerStart::from_bytes(&server.to_bytes()).unwrap();
    let (client, open) = client
        .finish(&rsa::Reply::decode(&reply.encode()).unwrap(), rng)
        .unwrap();
    let server = server
        .finish(&rsa::Open::decode(&open.encode()).unwrap())
        .unwrap();
    assert_eq!(client.public_key(), server.public_key());
    (client, server)
}

/// A composite RSA signature in which every message crosses the wire.
pub fn rsa_sign(
    client: &rsa::ClientKey,
    server: &rsa::ServerKey,
    digest: [u8; 32],
    rng: &mut ChaCha20Rng,
) -> Result<Vec<u8>, cosign::Error> {
    use rsa::sign::{ClientSign, Reply, Request, server_answer};
    let sid = bytes(rng);
    let (state, request) = ClientSign::start(client, sid, digest, rng)?;
    let request = Request::decode(&request.encode())?;
    let reply = server_answer(server, sid, &digest, &request, rng)?;
    state.finish(client, &Reply::decode(&reply.encode())?)
}

/// The order of the SM2 curve, big endian: one more than the largest scalar.
pub fn order() -> [u8; 32] {
    let hex = "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123";
    hex::decode(hex).unwrap().try_into().unwrap()
}

/// Whether a message that was bent is accepted where the true one is. Tries every bit pattern of a list at every byte,
/// every shorter length, one byte more, and every field replaced by zeros, the order, ones, and another run's field.
pub fn refuses_all_bent(
    message: &[u8],
    fields: &[usize],
    other_run: &[u8],
    accepts: &mut dyn FnMut(&[u8]) -> bool,
) {
    assert_eq!(fields.iter().sum::<usize>() + 2, message.len());
    assert!(accepts(message), "the true message");
    for index in 0..message.len() {
        for mask in [0x01, 0x80, 0xff] {
            let mut bent = message.to_vec();
            bent[index] ^= mask;
            assert!(!accepts(&bent), "byte {index} with {mask:02x}");
        }
        assert!(!accepts(&message[..index]), "cut to {index}");
    }
    assert!(!accepts(&[message, &[0]].concat()), "one byte more");
    let mut start = 2;
    for length in fields {
        let range = start..start + length;
        let mut replacements = vec![vec![0; *length], vec![0xff; *length]];
        replacements.push(other_run[range.clone()].to_vec());
        if *length == 32 {
            replacements.push(order().to_vec());
        }
        if *length == 65 {
            // Off the curve, and a head with which other encodings of points begin.
            replacements.push([&[4][..], &[1; 64]].concat());
            replacements.push([&[2][..], &[0; 64]].concat());
        }
        for replacement in replacements {
            let mut bent = message.to_vec();
            bent[range.clone()].copy_from_slice(&replacement);
            assert!(!accepts(&bent), "field at {start}");
        }
        start += length;
    }
}
