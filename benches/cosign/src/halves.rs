//! One answer of the server half, proofs and fault checks included.

use anyhow::Result;
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 500;

/// SM2: check the phone's proof, answer.
pub fn sm2() -> Result<Duration> {
    use cosign::sm2::{keygen, sign};
    let rng = &mut UnwrapErr(SysRng);
    let (start, commit) = keygen::ClientStart::start(b"bench", rng)?;
    let (server, reply) = keygen::ServerStart::reply(b"bench", &commit, rng)?;
    let (phone, open) = start.finish(&reply)?;
    let server = server.finish(&open)?;
    let mut spent = Duration::ZERO;
    for round in 0..ROUNDS {
        let (sid, e) = ([round.to_le_bytes()[0]; 16], [7; 32]);
        let (signing, request) = sign::ClientSign::start(&phone, sid, e, rng)?;
        let began = Instant::now();
        let reply = sign::server_answer(&server, sid, &e, &request, rng)?;
        spent += began.elapsed();
        signing.finish(&phone, &reply)?;
    }
    Ok(spent / ROUNDS)
}

/// Composite RSA: exponentiate modulo the server's half, check against faults.
pub fn rsa() -> Result<Duration> {
    use cosign::rsa;
    let rng = &mut UnwrapErr(SysRng);
    let (start, commit) = rsa::ClientStart::start(b"bench", rng)?;
    let (server, reply) = rsa::ServerStart::reply(b"bench", &commit, rng)?;
    let (phone, open) = start.finish(&reply, rng)?;
    let server = server.finish(&open)?;
    let mut spent = Duration::ZERO;
    for round in 0..ROUNDS {
        let (sid, digest) = ([round.to_le_bytes()[0]; 16], [7; 32]);
        let (_, request) = rsa::ClientSign::start(&phone, sid, digest, rng)?;
        let began = Instant::now();
        rsa::server_answer(&server, sid, &digest, &request, rng)?;
        spent += began.elapsed();
    }
    Ok(spent / ROUNDS)
}
