//! The algorithms by vectors of another implementation, and both ways of every method.

use proptest::prelude::*;

use super::cipher::{self, Method};
use super::modern;
use crate::object::Ref;

const METHODS: [(Method, usize); 6] = [
    (Method::Identity, 5),
    (Method::Rc4, 5),
    (Method::Rc4, 7),
    (Method::Rc4, 16),
    (Method::Aes128, 16),
    (Method::Aes256, 32),
];

fn hex(text: &str) -> Vec<u8> {
    let digit = |at| u8::from_str_radix(text.get(at..at + 2).unwrap(), 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

/// The expected values were computed by pyHanko 0.38.
#[test]
fn algorithm_2b_gives_what_others_get() {
    let user: Vec<u8> = (0..48).collect();
    let check = |password: &[u8], as_user: &str, as_owner: &str| {
        assert_eq!(*modern::hash(password, b"saltsalt", &[]), *hex(as_user));
        assert_eq!(*modern::hash(password, b"saltsalt", &user), *hex(as_owner));
    };
    check(
        b"",
        "f383e1cdcd8e7e67f45a599473d3f5a7bd181c381364391074cafe0713e3331d",
        "cbbe4b2214f476bca60b292da635630b3a2e60431d67a7ed2167fd314a1887ad",
    );
    check(
        b"user",
        "1beccb72cb28d43491db899cba6e2be838828ec0e51e0ae3f912aff2d75ad148",
        "edaadf3cbe065efac97f5a95b9e892a7c87b402578f209e451a180fa9cb6644f",
    );
    check(
        "密码".as_bytes(),
        "7849bc531ebd0129e3e456a02346520f061c642ad207bf4913feff56241b0162",
        "7468c5d7a3373324a0b30002b70956227937a404a83dab2158dc28639260187b",
    );
    check(
        &[b'x'; 127],
        "0db4e1c0770884baf1bee208f29bf0000727e0d1b967803edf8b18966d8fba77",
        "b9fefa22b65bcd5f6521850e7e5e0feb30d2a267e09a8af5a59d8304e7ed5ae3",
    );
}

/// RFC 6229 (40 and 128 bits), NIST SP 800-38A F.2.1 and F.2.5.
#[test]
fn ciphers_give_what_the_standards_say() {
    assert_eq!(
        cipher::rc4(&[1, 2, 3, 4, 5], &[0; 8]),
        hex("b2396305f03dc027")
    );
    let key: Vec<u8> = (1..=16).collect();
    assert_eq!(cipher::rc4(&key, &[0; 8]), hex("9ac7cc9a609d1ef7"));
    let iv: Vec<u8> = (0..16).collect();
    let plain = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    let key = hex("2b7e151628aed2a6abf7158809cf4f3c");
    let coded = hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");
    assert_eq!(cipher::aes_128_encrypt(&key, &iv, &plain), coded);
    assert_eq!(cipher::aes_decrypt(&key, &iv, &coded), plain);
    let key = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    let coded = hex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d");
    assert_eq!(cipher::aes_decrypt(&key, &iv, &coded), plain);
}

#[test]
fn what_was_not_encrypted_cleanly_is_given_as_far_as_it_goes() {
    let object = Ref {
        number: 7,
        generation: 0,
    };
    let open = |data: &[u8]| cipher::decrypt(Method::Aes128, &[1; 16], object, data);
    assert_eq!(open(b""), b"");
    assert_eq!(open(b"shorter than iv"), b"");
    let whole = cipher::encrypt(Method::Aes128, &[1; 16], object, &[9; 16], &[b'a'; 40]);
    // A block that breaks off is left out, and what is no filling stays.
    assert_eq!(open(whole.get(..16 + 39).unwrap()), [b'a'; 32]);
}

proptest! {
    #[test]
    fn what_is_encrypted_comes_back(
        data in proptest::collection::vec(any::<u8>(), 0..300),
        key in any::<[u8; 32]>(), iv in any::<[u8; 16]>(), number in 1..8_388_607_u32, generation in any::<u16>(),
    ) {
        let object = Ref { number, generation };
        for (method, length) in METHODS {
            let key = key.get(..length).unwrap();
            let coded = cipher::encrypt(method, key, object, &iv, &data);
            prop_assert_eq!(&cipher::decrypt(method, key, object, &coded), &data);
            if matches!(method, Method::Aes128 | Method::Aes256) {
                prop_assert_eq!(coded.len(), 16 + data.len() / 16 * 16 + 16);
            }
        }
    }

    #[test]
    fn any_bytes_are_decrypted_without_an_error(data in proptest::collection::vec(any::<u8>(), 0..100)) {
        for (method, length) in METHODS {
            let out = cipher::decrypt(method, &[3; 32][..length], Ref { number: 1, generation: 0 }, &data);
            prop_assert!(out.len() <= data.len());
        }
    }
}
