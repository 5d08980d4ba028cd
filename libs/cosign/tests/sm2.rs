//! SM2 in two halves: what always holds, and what never does.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{CTX, bytes, rng, sm2_keys, sm2_sign};
use cosign::sm2::{self, ClientKey, ServerKey, decrypt, refresh};
use proptest::prelude::*;

fn refreshed(
    client: &ClientKey,
    server: &ServerKey,
    rng: &mut rand_chacha::ChaCha20Rng,
) -> (ClientKey, ServerKey) {
    let (state, commit) = refresh::ClientRefresh::start(client, CTX, rng).unwrap();
    let (waiting, reply) = refresh::ServerRefresh::reply(CTX, &commit, rng).unwrap();
    let waiting = refresh::ServerRefresh::from_bytes(&waiting.to_bytes()).unwrap();
    let (fresh_client, open) = state.finish(client, &reply).unwrap();
    (fresh_client, waiting.finish(server, &open).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn keygen_and_sign_always_verify(seed: u64, message: Vec<u8>) {
        let mut rng = rng(seed);
        let (client, server) = sm2_keys(&mut rng);
        let e = sm2::digest(client.public_key(), &message);
        let signature = sm2_sign(&client, &server, e, &mut rng).unwrap();
        prop_assert!(server.public_key().verify_digest(&e, &signature).is_ok());
        prop_assert_eq!(sm2::Signature::from_der(&signature.to_der()).unwrap(), signature);
        let mut other = e;
        other[31] ^= 1;
        prop_assert!(server.public_key().verify_digest(&other, &signature).is_err());
    }

    #[test]
    fn refresh_keeps_the_public_key_and_old_halves_fail(seed: u64) {
        let mut rng = rng(seed);
        let (client, server) = sm2_keys(&mut rng);
        let (fresh_client, fresh_server) = refreshed(&client, &server, &mut rng);
        prop_assert_eq!(client.public_key(), fresh_client.public_key());
        prop_assert_eq!(client.public_key(), fresh_server.public_key());
        let e = bytes(&mut rng);
        prop_assert!(sm2_sign(&fresh_client, &fresh_server, e, &mut rng).is_ok());
        prop_assert!(sm2_sign(&client, &fresh_server, e, &mut rng).is_err());
        prop_assert!(sm2_sign(&fresh_client, &server, e, &mut rng).is_err());
    }

    #[test]
    fn decrypt_inverts_ordinary_encryption(seed: u64, message in proptest::collection::vec(any::<u8>(), 1..200)) {
        use ::sm2::pke::{EncryptingKey, Mode};
        let mut rng = rng(seed);
        let (client, server) = sm2_keys(&mut rng);
        let whole = ::sm2::PublicKey::from_sec1_bytes(&client.public_key().to_sec1()).unwrap();
        let encrypting = EncryptingKey::new_with_mode(whole, Mode::C1C3C2);
        let bytes_form = encrypting.encrypt(&mut rng, &message).unwrap();
        let ciphertext = decrypt::Ciphertext::from_c1c3c2(&bytes_form).unwrap();
        let sid = bytes(&mut rng);
        let request = decrypt::Request::decode(&decrypt::request(sid, &ciphertext).encode()).unwrap();
        let reply = decrypt::server_answer(&server, sid, ciphertext.c1(), &request, &mut rng).unwrap();
        let reply = decrypt::Reply::decode(&reply.encode()).unwrap();
        let plain = decrypt::finish(&client, sid, &ciphertext, &reply).unwrap();
        prop_assert_eq!(&*plain, &message);
        let mut damaged = bytes_form.clone();
        *damaged.last_mut().unwrap() ^= 1;
        let damaged = decrypt::Ciphertext::from_c1c3c2(&damaged).unwrap();
        prop_assert_eq!(decrypt::finish(&client, sid, &damaged, &reply).unwrap_err(), cosign::Error::Sealed);
    }
}

#[test]
fn keys_survive_storage_and_refuse_damage() {
    let mut rng = rng(1);
    let (client, server) = sm2_keys(&mut rng);
    let stored_client = client.to_bytes();
    let stored_server = server.to_bytes();
    let again = (
        ClientKey::from_bytes(&stored_client).unwrap(),
        ServerKey::from_bytes(&stored_server).unwrap(),
    );
    again.1.check().unwrap();
    sm2_sign(&again.0, &again.1, [7; 32], &mut rng).unwrap();
    for index in 0..stored_client.len() {
        let mut damaged = stored_client.to_vec();
        damaged[index] ^= 1;
        assert!(
            ClientKey::from_bytes(&damaged).is_err(),
            "client byte {index}"
        );
        let mut damaged = stored_server.to_vec();
        damaged[index] ^= 1;
        let refused = ServerKey::from_bytes(&damaged).is_err_and(|_| true)
            || ServerKey::from_bytes(&damaged).is_ok_and(|key| key.check().is_err());
        assert!(refused, "server byte {index}");
    }
}

#[test]
fn an_older_nonce_is_superseded() {
    use sm2::sign::{ClientSign, server_answer};
    let mut rng = rng(2);
    let (client, server) = sm2_keys(&mut rng);
    let e = [9; 32];
    let (old, old_request) = ClientSign::start(&client, [1; 16], e, &mut rng).unwrap();
    let (new, new_request) = ClientSign::start(&client, [2; 16], e, &mut rng).unwrap();
    let old_reply = server_answer(&server, [1; 16], &e, &old_request, &mut rng).unwrap();
    let new_reply = server_answer(&server, [2; 16], &e, &new_request, &mut rng).unwrap();
    assert!(old.finish(&client, &old_reply).is_err());
    assert!(new.finish(&client, &new_reply).is_ok());
}
