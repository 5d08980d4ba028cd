//! The authority as bytes. They hold the private keys in the clear: the caller wraps them and keeps them apart from the
//! database.
//!
//! Layout: version 1, then length-prefixed (u32, big endian) fields: the parameters as text, then for RSA and SM2 in turn
//! key and certificate of root, issuing authority, time stamper and responder.

use crate::create::{Holder, Keys};
use crate::{Error, Family, Issuer, Params};
use gm_pki::{ObjectIdentifier, SoftKey};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
/// The longest stored authority, in bytes; sixteen fields of a few kilobytes.
const MAX_BYTES: usize = 256 * 1024;
const DAMAGED: Error = Error::Stored("damaged");

impl Issuer {
    /// Everything, private keys included.
    ///
    /// # Errors
    /// [`Error::Pki`] when a key cannot be written.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let params = self.params();
        // Reserved at once: growing would leave copies of keys behind in freed memory.
        let mut out = Zeroizing::new(Vec::with_capacity(MAX_BYTES));
        out.push(VERSION);
        for text in [
            &params.pki_url,
            &params.country,
            &params.organization,
            &params.rsa_bits.to_string(),
            &params.policy.to_string(),
            &params.timestamp_policy.to_string(),
        ] {
            put(&mut out, text.as_bytes());
        }
        for family in Family::ALL {
            let keys = self.keys(family);
            for holder in [&keys.root, &keys.issuing, &keys.tsa, &keys.ocsp] {
                put(&mut out, &holder.key.to_pkcs8_der()?);
                put(&mut out, &holder.certificate);
            }
        }
        Ok(out)
    }

    /// The reverse of [`Issuer::to_bytes`]; keys and certificates must belong together.
    ///
    /// # Errors
    /// [`Error::Stored`] for another version or damaged bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(DAMAGED);
        }
        let (&version, mut rest) = bytes.split_first().ok_or(DAMAGED)?;
        if version != VERSION {
            return Err(Error::Stored("of an unknown version"));
        }
        let params = Params {
            pki_url: take_text(&mut rest)?,
            country: take_text(&mut rest)?,
            organization: take_text(&mut rest)?,
            rsa_bits: take_text(&mut rest)?.parse().map_err(|_| DAMAGED)?,
            policy: take_oid(&mut rest)?,
            timestamp_policy: take_oid(&mut rest)?,
        };
        params.check()?;
        let rsa = take_keys(&mut rest, Family::Rsa)?;
        let sm2 = take_keys(&mut rest, Family::Sm2)?;
        if rest.is_empty() {
            Ok(Issuer::new(params, rsa, sm2))
        } else {
            Err(DAMAGED)
        }
    }
}

fn put(out: &mut Vec<u8>, field: &[u8]) {
    out.extend_from_slice(&(field.len() as u32).to_be_bytes());
    out.extend_from_slice(field);
}

fn take<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], Error> {
    let (length, after) = rest.split_first_chunk::<4>().ok_or(DAMAGED)?;
    let (field, after) = after
        .split_at_checked(u32::from_be_bytes(*length) as usize)
        .ok_or(DAMAGED)?;
    *rest = after;
    Ok(field)
}

fn take_text(rest: &mut &[u8]) -> Result<String, Error> {
    String::from_utf8(take(rest)?.to_vec()).map_err(|_| DAMAGED)
}

fn take_oid(rest: &mut &[u8]) -> Result<ObjectIdentifier, Error> {
    ObjectIdentifier::new(&take_text(rest)?).map_err(|_| DAMAGED)
}

fn take_keys(rest: &mut &[u8], family: Family) -> Result<Keys, Error> {
    let mut holder = || {
        let key = SoftKey::from_pkcs8_der(take(rest)?).map_err(|_| DAMAGED)?;
        let holder = Holder::new(key, take(rest)?.to_vec())?;
        if holder.facts.key_algorithm == Some(family.algorithm()) {
            Ok(holder)
        } else {
            Err(DAMAGED)
        }
    };
    let keys = Keys {
        root: holder()?,
        issuing: holder()?,
        tsa: holder()?,
        ocsp: holder()?,
    };
    for (below, above) in [
        (&keys.root, &keys.root),
        (&keys.issuing, &keys.root),
        (&keys.tsa, &keys.issuing),
        (&keys.ocsp, &keys.issuing),
    ] {
        below
            .facts
            .verify_signature(&above.facts.spki_der)
            .map_err(|_| DAMAGED)?;
    }
    Ok(keys)
}
