//! Composite RSA: ordinary to verifiers, useless in one half.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{CTX, bytes, rng, rsa_keys, rsa_sign};
use cosign::rsa::{self, ClientKey, ServerKey};

#[test]
fn composite_signatures_are_ordinary_ones() {
    let mut rng = rng(21);
    let (client, server) = rsa_keys(&mut rng);
    let modulus = client.public_key().modulus();
    assert_eq!(modulus.len(), 512);
    assert!(modulus[0] & 0x80 != 0, "exactly 4096 bits");
    let client = ClientKey::from_bytes(&client.to_bytes()).unwrap();
    let server = ServerKey::from_bytes(&server.to_bytes()).unwrap();
    let spki = openssl::rsa::Rsa::public_key_from_der(&client.public_key().to_spki_der()).unwrap();
    let key = openssl::pkey::PKey::from_rsa(spki).unwrap();
    for _ in 0..8 {
        let message: [u8; 40] = bytes(&mut rng);
        let digest = openssl::sha::sha256(&message);
        let signature = rsa_sign(&client, &server, digest, &mut rng).unwrap();
        assert_eq!(signature.len(), 512);
        server
            .public_key()
            .verify_pkcs1v15_sha256(&digest, &signature)
            .unwrap();
        let mut verifier =
            openssl::sign::Verifier::new(openssl::hash::MessageDigest::sha256(), &key).unwrap();
        assert!(verifier.verify_oneshot(&signature, &message).unwrap());
    }
}

#[test]
fn no_half_signs_alone_and_bent_messages_are_refused() {
    use rsa::sign::{ClientSign, Reply, Request, server_answer};
    let mut rng = rng(22);
    let (client, server) = rsa_keys(&mut rng);
    let (stranger_client, stranger_server) = rsa_keys(&mut rng);
    let digest = [3; 32];
    // A server half of another key, with a client half of this one, and the other way round.
    assert!(rsa_sign(&client, &stranger_server, digest, &mut rng).is_err());
    assert!(rsa_sign(&stranger_client, &server, digest, &mut rng).is_err());
    let (state, request) = ClientSign::start(&client, [1; 16], digest, &mut rng).unwrap();
    let reply = server_answer(&server, [1; 16], &digest, &request, &mut rng).unwrap();
    let part = reply.encode();
    assert!(
        client
            .public_key()
            .verify_pkcs1v15_sha256(&digest, &part[2..])
            .is_err()
    );
    state.finish(&client, &reply).unwrap();
    // Every bit of the request matters to the server, every byte of the reply to the phone.
    let encoded = request.encode();
    for index in 0..encoded.len() {
        let mut bent = encoded.clone();
        bent[index] ^= 1;
        let refused = Request::decode(&bent)
            .and_then(|request| server_answer(&server, [1; 16], &digest, &request, &mut rng));
        assert!(refused.is_err(), "request byte {index}");
    }
    for index in 0..part.len() {
        let mut bent = part.clone();
        bent[index] ^= 1;
        let (state, _) = ClientSign::start(&client, [1; 16], digest, &mut rng).unwrap();
        let refused = Reply::decode(&bent).and_then(|reply| state.finish(&client, &reply));
        assert!(refused.is_err(), "reply byte {index}");
    }
    let mut zero = part.clone();
    zero[2..].fill(0);
    assert!(Reply::decode(&zero).is_err());
}

#[test]
fn keygen_refuses_bent_and_foreign_messages() {
    let mut rng = rng(23);
    let (client, commit) = rsa::ClientStart::start(CTX, &mut rng).unwrap();
    let (server, reply) = rsa::ServerStart::reply(CTX, &commit, &mut rng).unwrap();
    let stored = server.to_bytes();
    let (_, foreign_reply) =
        rsa::ServerStart::reply(b"another context", &commit, &mut rng).unwrap();
    let (other_client, _) = rsa::ClientStart::start(CTX, &mut rng).unwrap();
    assert!(
        other_client.finish(&reply, &mut rng).is_err(),
        "reply of another run"
    );
    let (third, _) = rsa::ClientStart::start(CTX, &mut rng).unwrap();
    assert!(
        third.finish(&foreign_reply, &mut rng).is_err(),
        "reply of another context"
    );
    let (_, open) = client.finish(&reply, &mut rng).unwrap();
    let encoded = open.encode();
    for index in 0..encoded.len() {
        let mut bent = encoded.clone();
        bent[index] ^= 1;
        let refused = rsa::Open::decode(&bent)
            .and_then(|open| rsa::ServerStart::from_bytes(&stored).unwrap().finish(&open));
        assert!(refused.is_err(), "open byte {index}");
    }
    rsa::ServerStart::from_bytes(&stored)
        .unwrap()
        .finish(&open)
        .unwrap();
}

/// Version, kind, and the first, a middle and the last byte of each field of the two messages that the phone receives
/// an answer to or receives. The phone's half is drawn anew from the same seed, since finishing consumes it.
#[test]
fn every_field_of_the_key_generation_is_checked_by_the_phone() {
    let start = || rsa::ClientStart::start(CTX, &mut rng(31)).unwrap();
    let (_, commit) = start();
    let mut server_rng = rng(32);
    let (_, reply) = rsa::ServerStart::reply(CTX, &commit, &mut server_rng).unwrap();
    let encoded = commit.encode();
    for index in [0, 1, 2, 17, encoded.len() - 1] {
        let mut bent = encoded.clone();
        bent[index] ^= 1;
        let refused = rsa::Commit::decode(&bent).and_then(|commit| {
            let (_, reply) = rsa::ServerStart::reply(CTX, &commit, &mut server_rng)?;
            start().0.finish(&reply, &mut rng(33)).map(drop)
        });
        assert!(refused.is_err(), "commit byte {index}");
    }
    let encoded = reply.encode();
    for index in [0, 1, 2, 130, 257, 258, 386, encoded.len() - 1] {
        let mut bent = encoded.clone();
        bent[index] ^= 1;
        let refused = rsa::Reply::decode(&bent)
            .and_then(|reply| start().0.finish(&reply, &mut rng(33)).map(drop));
        assert!(refused.is_err(), "reply byte {index}");
    }
    assert!(start().0.finish(&reply, &mut rng(33)).is_ok());
}
