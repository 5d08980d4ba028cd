//! Encryption under a password: PBES2 (RFC 8018), as in PKCS#8 and PKCS#12. The work that a file may ask for is bounded.

use der::Decode as _;
use pkcs8::pkcs5::{EncryptionScheme, pbes2::Kdf};
use zeroize::Zeroizing;

use crate::Error;
use crate::oid::PBES2;
use crate::wire::{Cursor, bound};

/// Rounds of a hash for one password; OpenSSL takes 2 048, cautious people a million.
pub(crate) const ROUNDS_MAX: u64 = 10_000_000;
/// Cost and block size of scrypt, multiplied: 128 bytes of memory each, 256 MB in all.
const SCRYPT_MAX: u64 = 1 << 21;
/// Bytes that are decrypted at once.
const DATA_BYTES_MAX: usize = 1 << 20;

/// Decrypts `data` by the AlgorithmIdentifier in `algorithm` (DER).
pub(crate) fn decrypt(
    algorithm: &[u8],
    data: &[u8],
    password: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    bound(data, "encrypted data", DATA_BYTES_MAX)?;
    let (oid, _) = Cursor::new(algorithm, "encryption algorithm").algorithm()?;
    if oid != PBES2 {
        return Err(Error::Unsupported(
            "encryption by an old scheme (RC2, single or triple DES of PKCS#5 or PKCS#12)",
        ));
    }
    let scheme = EncryptionScheme::from_der(algorithm)
        .map_err(|_| Error::Unsupported("the cipher or key derivation of the encryption"))?;
    let kdf = scheme.pbes2().map(|parameters| &parameters.kdf);
    let is_bounded = match kdf {
        Some(Kdf::Pbkdf2(parameters)) => u64::from(parameters.iteration_count) <= ROUNDS_MAX,
        Some(Kdf::Scrypt(parameters)) => {
            let memory = parameters
                .cost_parameter
                .saturating_mul(u64::from(parameters.block_size));
            memory.saturating_mul(u64::from(parameters.parallelization)) <= SCRYPT_MAX
        }
        _ => return Err(Error::Unsupported("the key derivation of the encryption")),
    };
    if !is_bounded {
        return Err(Error::Unsupported("a key derivation of so much work"));
    }
    // A wrong password shows as padding that is none.
    let plain = scheme.decrypt(password, data);
    plain
        .map(Zeroizing::new)
        .map_err(|_| Error::Mismatch("the password"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{OCTET_STRING, oid, sequence, tlv, unsigned};
    use der::asn1::ObjectIdentifier as Oid;

    /// PBES2 with AES-256 and a key derivation of these parameters.
    fn algorithm(kdf: &str, parameters: &[u64]) -> Vec<u8> {
        let salt = tlv(OCTET_STRING, &[7; 8]);
        let numbers: Vec<u8> = parameters
            .iter()
            .flat_map(|number| unsigned(&number.to_be_bytes()))
            .collect();
        let kdf = sequence(&[&oid(Oid::new_unwrap(kdf)), &sequence(&[&salt, &numbers])]);
        let aes = Oid::new_unwrap("2.16.840.1.101.3.4.1.42");
        let cipher = sequence(&[&oid(aes), &tlv(OCTET_STRING, &[1; 16])]);
        sequence(&[&oid(PBES2), &sequence(&[&kdf, &cipher])])
    }

    #[test]
    fn more_work_than_is_reasonable_is_refused_before_it_is_done() {
        let check = |kdf: &str, parameters: &[u64], refused: bool| {
            let error = decrypt(&algorithm(kdf, parameters), &[0; 32], b"x").unwrap_err();
            assert_eq!(
                matches!(error, Error::Unsupported(_)),
                refused,
                "{parameters:?}: {error}"
            );
        };
        let (pbkdf2, scrypt) = ("1.2.840.113549.1.5.12", "1.3.6.1.4.1.11591.4.11");
        check(pbkdf2, &[1000], false);
        check(pbkdf2, &[10_000_001], true);
        check(pbkdf2, &[4_000_000_000], true);
        check(scrypt, &[16, 8, 1], false);
        check(scrypt, &[1 << 20, 8, 1], true);
        check(scrypt, &[1 << 62, 8, 1], true);
        check(scrypt, &[1 << 16, 8, 1000], true);
    }
}
