//! PKCS#12 stores (RFC 7292): a key with its certificates under one password, as browsers and CAs hand them out.
//!
//! Read are stores as OpenSSL 3 writes them: PBES2, or plain, with a code of SHA-1 or SHA-2 over all. The older schemes
//! (RC2 with 40 bits, triple DES) are refused: they protect a key from nobody.

use digest::Digest;
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::oid::{
    DATA, ENCRYPTED_DATA, P12_CERTIFICATE_BAG, P12_KEY_BAG, P12_SHROUDED_KEY_BAG, P12_X509, SHA1,
    SHA256, SHA384, SHA512,
};
use crate::wire::{Cursor, OCTET_STRING, SEQUENCE, bound, context, context_constructed};
use crate::{Error, SoftKey, pbe};

/// The longest store that is read.
const STORE_BYTES_MAX: usize = 1 << 20;
/// Bags of one store.
const BAGS_MAX: usize = 64;
const WHAT: &str = "PKCS#12 store";

/// What a store holds for signing.
#[derive(Debug)]
pub struct Store {
    /// Its one key.
    pub key: SoftKey,
    /// Certificates, DER, in the order of the store.
    pub certificates: Vec<Vec<u8>>,
}

/// Opens a store; `password` is UTF-8, and empty where the store has none.
///
/// # Errors
/// [`Error::Mismatch`] for a wrong password, [`Error::Key`] when there is not exactly one key that this crate handles,
/// [`Error::Unsupported`] for schemes that it does not, [`Error::Malformed`] and [`Error::TooLarge`].
pub fn open(der: &[u8], password: &[u8]) -> Result<Store, Error> {
    bound(der, WHAT, STORE_BYTES_MAX)?;
    let mut store = Cursor::sequence(der, WHAT)?;
    if store.small()? != 3 {
        return Err(Error::Unsupported("a PKCS#12 store of another version"));
    }
    let mut safe = store.enter(SEQUENCE)?;
    if safe.oid()? != DATA {
        return Err(Error::Unsupported("a PKCS#12 store under a public key"));
    }
    let content = safe
        .enter(context_constructed(0))?
        .expect(OCTET_STRING)?
        .content;
    if let Some(mac) = store.enter_optional(SEQUENCE)? {
        check(mac, content, password)?;
    }
    let mut bags = Bags {
        keys: Vec::new(),
        certificates: Vec::new(),
        count: 0,
    };
    let mut parts = Cursor::sequence(content, WHAT)?;
    while !parts.is_empty() {
        let mut part = parts.enter(SEQUENCE)?;
        let kind = part.oid()?;
        let mut inner = part.enter(context_constructed(0))?;
        if kind == DATA {
            bags.read(inner.expect(OCTET_STRING)?.content, password)?;
        } else if kind == ENCRYPTED_DATA {
            bags.read(&encrypted(inner.enter(SEQUENCE)?, password)?, password)?;
        } else {
            return Err(Error::Unsupported("a PKCS#12 store under a public key"));
        }
    }
    let [key] = bags.keys.as_slice() else {
        return Err(Error::Key(
            "the PKCS#12 store does not hold exactly one key",
        ));
    };
    Ok(Store {
        key: SoftKey::from_pkcs8_der(key)?,
        certificates: bags.certificates,
    })
}

/// CMS EncryptedData (RFC 5652, 8).
fn encrypted(mut data: Cursor<'_>, password: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    data.small()?;
    let mut info = data.enter(SEQUENCE)?;
    info.oid()?;
    let algorithm = info.expect(SEQUENCE)?.raw;
    let content = info.expect(context(0))?.content;
    pbe::decrypt(algorithm, content, password)
}

struct Bags {
    keys: Vec<Zeroizing<Vec<u8>>>,
    certificates: Vec<Vec<u8>>,
    count: usize,
}

impl Bags {
    fn read(&mut self, contents: &[u8], password: &[u8]) -> Result<(), Error> {
        let mut bags = Cursor::sequence(contents, WHAT)?;
        while !bags.is_empty() {
            self.count += 1;
            if self.count > BAGS_MAX {
                return Err(Error::TooLarge {
                    what: "bags of a PKCS#12 store",
                    limit: BAGS_MAX,
                });
            }
            let mut bag = bags.enter(SEQUENCE)?;
            let kind = bag.oid()?;
            let mut value = bag.enter(context_constructed(0))?;
            if kind == P12_KEY_BAG {
                self.keys
                    .push(Zeroizing::new(value.expect(SEQUENCE)?.raw.to_vec()));
            } else if kind == P12_SHROUDED_KEY_BAG {
                let raw = value.expect(SEQUENCE)?.raw;
                self.keys.push(shrouded(raw, password)?);
            } else if kind == P12_CERTIFICATE_BAG {
                let mut certificate = value.enter(SEQUENCE)?;
                if certificate.oid()? == P12_X509 {
                    let der = certificate
                        .enter(context_constructed(0))?
                        .expect(OCTET_STRING)?
                        .content;
                    self.certificates.push(der.to_vec());
                }
            }
            // Revocation lists, secrets and nested bags are nothing to sign with.
        }
        Ok(())
    }
}

/// EncryptedPrivateKeyInfo (RFC 5958, 3): the plain PKCS#8 in it.
pub(crate) fn shrouded(der: &[u8], password: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut info = Cursor::sequence(der, "encrypted private key")?;
    let algorithm = info.expect(SEQUENCE)?.raw;
    let data = info.expect(OCTET_STRING)?.content;
    info.finish()?;
    pbe::decrypt(algorithm, data, password)
}

/// The code over the contents (RFC 7292, 4 and appendix B), which tells a wrong password.
fn check(mut mac: Cursor<'_>, content: &[u8], password: &[u8]) -> Result<(), Error> {
    let mut info = mac.enter(SEQUENCE)?;
    let (algorithm, _) = info.algorithm()?;
    let expected = info.expect(OCTET_STRING)?.content;
    let salt = mac.expect(OCTET_STRING)?.content;
    let rounds = if mac.is_empty() { 1 } else { mac.small()? };
    if rounds > pbe::ROUNDS_MAX {
        return Err(Error::Unsupported("a key derivation of so much work"));
    }
    let password = utf16(password)?;
    let code = match algorithm {
        SHA1 => code::<sha1::Sha1>(&password, salt, rounds, content),
        SHA256 => code::<sha2::Sha256>(&password, salt, rounds, content),
        SHA384 => code::<sha2::Sha384>(&password, salt, rounds, content),
        SHA512 => code::<sha2::Sha512>(&password, salt, rounds, content),
        _ => {
            return Err(Error::Unsupported(
                "the integrity code of the PKCS#12 store",
            ));
        }
    };
    if bool::from(code.ct_eq(expected)) {
        Ok(())
    } else {
        Err(Error::Mismatch("the password"))
    }
}

/// A password as appendix B.1 wants it: UTF-16BE with a zero at the end.
fn utf16(password: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let text = std::str::from_utf8(password).map_err(|_| Error::Mismatch("the password"))?;
    Ok(Zeroizing::new(
        text.encode_utf16()
            .chain([0])
            .flat_map(u16::to_be_bytes)
            .collect(),
    ))
}

fn code<D: Digest + EagerHash + digest::block_api::BlockSizeUser>(
    password: &[u8],
    salt: &[u8],
    rounds: u64,
    content: &[u8],
) -> Vec<u8>
where
    Hmac<D>: KeyInit + Mac,
{
    let key = derive::<D>(password, salt, rounds);
    let mac = <Hmac<D> as KeyInit>::new_from_slice(&key);
    mac.map(|mac| mac.chain_update(content).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

/// Appendix B.2 for purpose 3 and as many bytes as the digest has, which takes its loop once.
fn derive<D: Digest + digest::block_api::BlockSizeUser>(
    password: &[u8],
    salt: &[u8],
    rounds: u64,
) -> Zeroizing<Vec<u8>> {
    let block = D::block_size();
    let filled = |bytes: &[u8]| -> Zeroizing<Vec<u8>> {
        let len = bytes.len().div_ceil(block) * block;
        Zeroizing::new(bytes.iter().copied().cycle().take(len).collect())
    };
    let mut hash = D::new();
    hash.update(vec![3; block]);
    hash.update(&*filled(salt));
    hash.update(&*filled(password));
    let mut key = Zeroizing::new(hash.finalize().to_vec());
    for _ in 1..rounds {
        *key = D::digest(&*key).to_vec();
    }
    key
}
