//! Vectors for a second implementation: every message with everything that went into it.
//!
//! `draws` are the bytes a side took from its generator, in order; a draw of 32 bytes is a scalar. The test makes the
//! files anew and compares; `HULIAN_WRITE_VECTORS=1` writes them.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::CTX;
use cosign::password::{StretchParams, Unlocked, stretch};
use cosign::{oprf, rsa, sm2};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, TryCryptoRng, TryRng};
use serde_json::{Value, json};
use std::convert::Infallible;

/// A seeded generator that remembers what it gave.
struct Recorder {
    inner: ChaCha20Rng,
    draws: Vec<String>,
}

impl Recorder {
    fn new(seed: u64) -> Self {
        Self {
            inner: common::rng(seed),
            draws: Vec::new(),
        }
    }

    fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.draws)
    }
}

impl TryRng for Recorder {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.inner.next_u32())
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.inner.next_u64())
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.inner.fill_bytes(out);
        self.draws.push(hex::encode(out));
        Ok(())
    }
}

impl TryCryptoRng for Recorder {}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    hex::encode(bytes)
}

fn sm2_run(rng: &mut Recorder) -> (Value, sm2::ClientKey, sm2::ServerKey) {
    use sm2::keygen::{ClientStart, ServerStart};
    let (client, commit) = ClientStart::start(CTX, rng).unwrap();
    let client_draws = rng.take();
    let (server, reply) = ServerStart::reply(CTX, &commit, rng).unwrap();
    let server_draws = rng.take();
    let server_start = server.to_bytes();
    let (client, open) = client.finish(&reply).unwrap();
    let server = server.finish(&open).unwrap();
    let value = json!({
        "ctx": String::from_utf8(CTX.to_vec()).unwrap(),
        "client_draws_d1_t": client_draws, "server_draws_d2_t": server_draws,
        "commit": hex(commit.encode()), "reply": hex(reply.encode()), "open": hex(open.encode()),
        "server_start": hex(&*server_start),
        "client_key": hex(&*client.to_bytes()), "server_key": hex(&*server.to_bytes()),
        "public_sec1": hex(client.public_key().to_sec1()),
        "public_spki_der": hex(client.public_key().to_spki_der()),
    });
    (value, client, server)
}

fn sm2_signature(
    client: &sm2::ClientKey,
    server: &sm2::ServerKey,
    message: &[u8],
    rng: &mut Recorder,
) -> Value {
    let (sid, e) = ([0x5a; 16], sm2::digest(client.public_key(), message));
    let (state, request) = sm2::sign::ClientSign::start(client, sid, e, rng).unwrap();
    let client_draws = rng.take();
    let reply = sm2::sign::server_answer(server, sid, &e, &request, rng).unwrap();
    let server_draws = rng.take();
    let signature = state.finish(client, &reply).unwrap();
    json!({
        "client_key": hex(&*client.to_bytes()), "server_key": hex(&*server.to_bytes()),
        "message": hex(message), "sid": hex(sid), "e": hex(e),
        "client_draws_w1_t": client_draws, "server_draws_w2": server_draws,
        "request": hex(request.encode()), "reply": hex(reply.encode()),
        "signature": hex(signature.to_bytes()), "signature_der": hex(signature.to_der()),
    })
}

fn sm2_decryption(client: &sm2::ClientKey, server: &sm2::ServerKey, rng: &mut Recorder) -> Value {
    use ::sm2::pke::{EncryptingKey, Mode};
    use sm2::decrypt::{Ciphertext, finish, request, server_answer};
    let whole = ::sm2::PublicKey::from_sec1_bytes(&client.public_key().to_sec1()).unwrap();
    let bytes = EncryptingKey::new_with_mode(whole, Mode::C1C3C2)
        .encrypt(rng, b"sixteen byte key")
        .unwrap();
    rng.take();
    let (sid, ciphertext) = ([0x6b; 16], Ciphertext::from_c1c3c2(&bytes).unwrap());
    let asked = request(sid, &ciphertext);
    let reply = server_answer(server, sid, ciphertext.c1(), &asked, rng).unwrap();
    let plain = finish(client, sid, &ciphertext, &reply).unwrap();
    json!({
        "client_key": hex(&*client.to_bytes()), "server_key": hex(&*server.to_bytes()),
        "ciphertext_c1c3c2": hex(&bytes), "sid": hex(sid), "server_draws_t": rng.take(),
        "request": hex(asked.encode()), "reply": hex(reply.encode()), "plaintext": hex(&*plain),
    })
}

fn sm2_refresh(client: &sm2::ClientKey, server: &sm2::ServerKey, rng: &mut Recorder) -> Value {
    use sm2::refresh::{ClientRefresh, ServerRefresh};
    let (state, commit) = ClientRefresh::start(client, CTX, rng).unwrap();
    let client_draws = rng.take();
    let (waiting, reply) = ServerRefresh::reply(CTX, &commit, rng).unwrap();
    let server_draws = rng.take();
    let (fresh_client, open) = state.finish(client, &reply).unwrap();
    let fresh_server = waiting.finish(server, &open).unwrap();
    json!({
        "client_key": hex(&*client.to_bytes()), "server_key": hex(&*server.to_bytes()),
        "ctx": String::from_utf8(CTX.to_vec()).unwrap(),
        "client_draws_coin": client_draws, "server_draws_coin": server_draws,
        "commit": hex(commit.encode()), "reply": hex(reply.encode()), "open": hex(open.encode()),
        "fresh_client_key": hex(&*fresh_client.to_bytes()), "fresh_server_key": hex(&*fresh_server.to_bytes()),
    })
}

fn rsa_run() -> Value {
    let mut rng = common::rng(73);
    let (client, commit) = rsa::ClientStart::start(CTX, &mut rng).unwrap();
    let (server, reply) = rsa::ServerStart::reply(CTX, &commit, &mut rng).unwrap();
    let (client, open) = client.finish(&reply, &mut rng).unwrap();
    let server = server.finish(&open).unwrap();
    let (sid, digest) = ([0x7c; 16], openssl::sha::sha256(b"what the phone showed"));
    let (state, request) = rsa::ClientSign::start(&client, sid, digest, &mut rng).unwrap();
    let answer = rsa::server_answer(&server, sid, &digest, &request, &mut rng).unwrap();
    let signature = state.finish(&client, &answer).unwrap();
    json!({
        "ctx": String::from_utf8(CTX.to_vec()).unwrap(),
        "client_key": hex(&*client.to_bytes()), "server_key": hex(&*server.to_bytes()),
        "commit": hex(commit.encode()), "reply": hex(reply.encode()), "open": hex(open.encode()),
        "modulus": hex(client.public_key().modulus()), "public_spki_der": hex(client.public_key().to_spki_der()),
        "sid": hex(sid), "message": hex(b"what the phone showed"), "digest": hex(digest),
        "sign_request": hex(request.encode()), "sign_reply": hex(answer.encode()), "signature": hex(signature),
    })
}

fn password_run(rng: &mut Recorder) -> Value {
    let params = StretchParams::default();
    let (password, salt) = ("730184", [0x11; 16]);
    let input = stretch(password, &salt, &params).unwrap();
    let key = oprf::ServerKey::generate(rng);
    let server_key = rng.take();
    let (state, blinded) = oprf::Blind::start(input.as_slice(), rng).unwrap();
    let blind = rng.take();
    let evaluated = key.evaluate(&blinded).unwrap();
    let output = state.finish(input.as_slice(), &evaluated).unwrap();
    let (person, epoch) = ("0192f0c1-0000-7000-8000-000000000002", 3);
    let unlocked = Unlocked::from_oprf(&output, person, epoch).unwrap();
    let (device_key, aad, share) = ([0x22; 32], b"hulian share".as_slice(), [0x33; 164]);
    let blob = unlocked.wrap(&device_key, aad, &share, rng).unwrap();
    let ivs = rng.take();
    let statement = br#"{"type":"hulian/test/v1"}"#;
    json!({
        "password": password, "salt": hex(salt),
        "stretch": {"memory_kib": params.memory_kib, "iterations": params.iterations, "parallelism": params.parallelism},
        "oprf_input": hex(*input), "server_draws_key": server_key, "client_draws_blind": blind,
        "blinded": hex(blinded), "evaluated": hex(evaluated), "oprf_output": hex(*output),
        "person_id": person, "epoch": epoch,
        "proof_public_key": hex(unlocked.proof_public_key()), "statement": hex(statement),
        "proof_rfc6979": hex(unlocked.prove(statement)),
        "device_key": hex(device_key), "aad": hex(aad), "share": hex(share),
        "client_draws_inner_iv_outer_iv": ivs, "blob": hex(blob),
    })
}

fn check(name: &str, value: &Value) {
    let path = format!("{}/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = serde_json::to_string_pretty(value).unwrap() + "\n";
    if std::env::var_os("HULIAN_WRITE_VECTORS").is_some() {
        std::fs::create_dir_all(format!("{}/vectors", env!("CARGO_MANIFEST_DIR"))).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == text,
        "{path} is not what the code makes"
    );
}

#[test]
fn sm2_vectors_are_current() {
    let mut rng = Recorder::new(71);
    let (keygen, client, server) = sm2_run(&mut rng);
    let (second, other_client, other_server) = sm2_run(&mut rng);
    check("sm2-keygen", &json!([keygen, second]));
    let signatures = [
        sm2_signature(&client, &server, b"", &mut rng),
        sm2_signature(&client, &server, b"what the phone showed", &mut rng),
        sm2_signature(&other_client, &other_server, &[0xff; 300], &mut rng),
    ];
    check("sm2-sign", &json!(signatures));
    let opened = [
        sm2_decryption(&client, &server, &mut rng),
        sm2_decryption(&other_client, &other_server, &mut rng),
    ];
    check("sm2-decrypt", &json!(opened));
    check(
        "sm2-refresh",
        &json!([sm2_refresh(&client, &server, &mut rng)]),
    );
}

#[test]
fn rsa_vectors_are_current() {
    check("rsa", &json!([rsa_run()]));
}

#[test]
fn password_and_oprf_vectors_are_current() {
    check("password", &json!([password_run(&mut Recorder::new(72))]));
}
