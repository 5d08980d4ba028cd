//! Every field of every SM2 message, bent in every way: refused.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{CTX, refuses_all_bent, rng, sm2_keys};
use cosign::sm2::{ServerKey, decrypt, keygen, refresh, sign};

#[test]
fn keygen_messages() {
    let mut rng = rng(41);
    let (client, commit) = keygen::ClientStart::start(CTX, &mut rng).unwrap();
    let (server, reply) = keygen::ServerStart::reply(CTX, &commit, &mut rng).unwrap();
    let stored = server.to_bytes();
    let (_, open) = client.finish(&reply).unwrap();
    let (other_client, other_commit) = keygen::ClientStart::start(CTX, &mut rng).unwrap();
    let (_, other_reply) = keygen::ServerStart::reply(CTX, &other_commit, &mut rng).unwrap();
    let (_, other_open) = other_client.finish(&other_reply).unwrap();

    let fields = [65, 32, 32];
    refuses_all_bent(
        &open.encode(),
        &fields,
        &other_open.encode(),
        &mut |bytes| {
            let server = keygen::ServerStart::from_bytes(&stored).unwrap();
            keygen::Open::decode(bytes).is_ok_and(|open| server.finish(&open).is_ok())
        },
    );
    // The phone's state is used up by a reply, so the same run is made anew for each one.
    refuses_all_bent(
        &reply.encode(),
        &fields,
        &other_reply.encode(),
        &mut |bytes| {
            let mut again = common::rng(41);
            let (client, _) = keygen::ClientStart::start(CTX, &mut again).unwrap();
            keygen::Reply::decode(bytes).is_ok_and(|reply| client.finish(&reply).is_ok())
        },
    );
    refuses_all_bent(
        &commit.encode(),
        &[32],
        &other_commit.encode(),
        &mut |bytes| {
            keygen::Commit::decode(bytes).is_ok_and(|commit| {
                let (server, _) = keygen::ServerStart::reply(CTX, &commit, &mut rng).unwrap();
                server.finish(&open).is_ok()
            })
        },
    );
}

#[test]
fn keygen_is_bound_to_its_context() {
    let mut rng = rng(42);
    let (client, commit) = keygen::ClientStart::start(CTX, &mut rng).unwrap();
    let (_, reply) = keygen::ServerStart::reply(b"another", &commit, &mut rng).unwrap();
    assert!(client.finish(&reply).is_err());
    assert!(keygen::ClientStart::start(&[0; 513], &mut rng).is_err());
}

#[test]
fn sign_messages() {
    let mut rng = rng(43);
    let (client, server) = sm2_keys(&mut rng);
    let (sid, e) = ([1; 16], [2; 32]);
    let (state, request) = sign::ClientSign::start(&client, sid, e, &mut rng).unwrap();
    let (_, other_request) = sign::ClientSign::start(&client, [3; 16], [4; 32], &mut rng).unwrap();
    assert!(
        state
            .finish(
                &client,
                &sign::Reply::decode(&[&[1, 0x22][..], &[1; 64]].concat()).unwrap()
            )
            .is_err()
    );
    let mut answer_rng = common::rng(44);
    refuses_all_bent(
        &request.encode(),
        &[16, 32, 65, 32, 32],
        &other_request.encode(),
        &mut |bytes| {
            sign::Request::decode(bytes).is_ok_and(|request| {
                sign::server_answer(&server, sid, &e, &request, &mut answer_rng).is_ok()
            })
        },
    );
    let fresh = || sign::ClientSign::start(&client, sid, e, &mut common::rng(45)).unwrap();
    let reply = |seed| {
        sign::server_answer(&server, sid, &e, &fresh().1, &mut common::rng(seed))
            .unwrap()
            .encode()
    };
    refuses_all_bent(&reply(46), &[32, 32], &reply(47), &mut |bytes| {
        sign::Reply::decode(bytes).is_ok_and(|reply| fresh().0.finish(&client, &reply).is_ok())
    });
}

#[test]
fn decrypt_messages() {
    use ::sm2::pke::{EncryptingKey, Mode};
    let mut rng = rng(48);
    let (client, server) = sm2_keys(&mut rng);
    let whole = ::sm2::PublicKey::from_sec1_bytes(&client.public_key().to_sec1()).unwrap();
    let encrypting = EncryptingKey::new_with_mode(whole, Mode::C1C3C2);
    let mut seal = || {
        let bytes = encrypting.encrypt(&mut rng, b"sixteen byte key").unwrap();
        decrypt::Ciphertext::from_c1c3c2(&bytes).unwrap()
    };
    let (ciphertext, other) = (seal(), seal());
    let sid = [1; 16];
    let request = decrypt::request(sid, &ciphertext);
    let mut answer_rng = common::rng(49);
    refuses_all_bent(
        &request.encode(),
        &[16, 65],
        &decrypt::request([2; 16], &other).encode(),
        &mut |bytes| {
            decrypt::Request::decode(bytes).is_ok_and(|request| {
                decrypt::server_answer(&server, sid, ciphertext.c1(), &request, &mut answer_rng)
                    .is_ok()
            })
        },
    );
    let reply = |ciphertext: &decrypt::Ciphertext| {
        let request = decrypt::request(sid, ciphertext);
        decrypt::server_answer(
            &server,
            sid,
            ciphertext.c1(),
            &request,
            &mut common::rng(50),
        )
        .unwrap()
    };
    let (true_reply, other_reply) = (reply(&ciphertext), reply(&other));
    refuses_all_bent(
        &true_reply.encode(),
        &[65, 32, 32],
        &other_reply.encode(),
        &mut |bytes| {
            decrypt::Reply::decode(bytes)
                .is_ok_and(|reply| decrypt::finish(&client, sid, &ciphertext, &reply).is_ok())
        },
    );
    assert!(
        decrypt::finish(&client, [9; 16], &ciphertext, &true_reply).is_err(),
        "another session"
    );
}

#[test]
fn refresh_messages() {
    let mut rng = rng(51);
    let (client, server) = sm2_keys(&mut rng);
    let (state, commit) = refresh::ClientRefresh::start(&client, CTX, &mut rng).unwrap();
    let (waiting, reply) = refresh::ServerRefresh::reply(CTX, &commit, &mut rng).unwrap();
    let stored = waiting.to_bytes();
    let (_, open) = state.finish(&client, &reply).unwrap();
    let mut bent = open.encode();
    for index in 0..bent.len() {
        bent[index] ^= 1;
        let refused = refresh::Open::decode(&bent)
            .and_then(|open| refresh::ServerRefresh::from_bytes(&stored)?.finish(&server, &open));
        assert!(refused.is_err(), "byte {index}");
        bent[index] ^= 1;
    }
    // A bent coin of the server is not noticed by either; it only makes halves that do not fit each other.
    let mut bent = reply.encode();
    bent[9] ^= 1;
    let (state, commit) = refresh::ClientRefresh::start(&client, CTX, &mut rng).unwrap();
    let (waiting, _) = refresh::ServerRefresh::reply(CTX, &commit, &mut rng).unwrap();
    let (new_client, open) = state
        .finish(&client, &refresh::Reply::decode(&bent).unwrap())
        .unwrap();
    let new_server = waiting.finish(&server, &open).unwrap();
    assert!(common::sm2_sign(&new_client, &new_server, [1; 32], &mut rng).is_err());
}

#[test]
fn a_random_other_half_signs_nothing() {
    let mut rng = rng(52);
    let (client, server) = sm2_keys(&mut rng);
    let e = [5; 32];
    for _ in 0..16 {
        let mut bytes = server.to_bytes();
        bytes[2..34].copy_from_slice(&common::bytes::<32>(&mut rng));
        bytes[2] = 0x7f; // Below the order for certain.
        let forged = ServerKey::from_bytes(&bytes).unwrap();
        assert!(forged.check().is_err());
        let (state, request) = sign::ClientSign::start(&client, [1; 16], e, &mut rng).unwrap();
        let reply = sign::server_answer(&forged, [1; 16], &e, &request, &mut rng).unwrap();
        // What the server has without the phone is no signature either.
        let alone = cosign::sm2::Signature::from_bytes(&reply.encode()[2..]).unwrap();
        assert!(client.public_key().verify_digest(&e, &alone).is_err());
        assert!(state.finish(&client, &reply).is_err());
    }
}

#[test]
fn attack_a1_is_refused() {
    // The 2014 messages let a server send `s2 = 0` and read the phone's share from a valid signature. Here the
    // corresponding answers are `s1 = 0`, and any `r` of the server's choice: both end before `d1` is used.
    let mut rng = rng(53);
    let (client, server) = sm2_keys(&mut rng);
    let e = [6; 32];
    let (_, request) = sign::ClientSign::start(&client, [1; 16], e, &mut rng).unwrap();
    let reply = sign::server_answer(&server, [1; 16], &e, &request, &mut rng)
        .unwrap()
        .encode();
    let mut zero = reply.clone();
    zero[34..].fill(0);
    assert!(sign::Reply::decode(&zero).is_err());
    for _ in 0..16 {
        let mut chosen = reply.clone();
        chosen[2..34].copy_from_slice(&common::bytes::<32>(&mut rng));
        chosen[2] = 0x7f;
        let (state, _) = sign::ClientSign::start(&client, [1; 16], e, &mut rng).unwrap();
        assert!(
            state
                .finish(&client, &sign::Reply::decode(&chosen).unwrap())
                .is_err()
        );
    }
}
