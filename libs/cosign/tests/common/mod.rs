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
