//! Signatures as other people's programs make them, to be verified only: what is signed here is always one of
//! [`crate::Algorithm`].
//!
//! RSA with PKCS#1 v1.5 and PSS, ECDSA on P-256, P-384 and P-521, Ed25519, SM2. MD5, SHA-1 and short RSA keys are verified
//! too, so that it can be told whether content was changed; [`Scheme::weakness`] and [`key_weakness`] say that they prove
//! nothing any more.

use crate::public_key::{self, MAX_SPKI_BYTES};
use crate::wire::{
    Cursor, NULL, OCTET_STRING, SEQUENCE, bound, context_constructed, oid as oid_der, sequence, tlv,
};
use crate::{Algorithm, Error, Hash, oid};
use der::asn1::ObjectIdentifier as Oid;
use rsa::traits::PublicKeyParts;
use spki::DecodePublicKey;

/// How a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    kind: Kind,
    /// The digest that goes in; for Ed25519 that of the content, by its CMS profile (RFC 8419).
    pub hash: Hash,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pkcs1,
    Pss { salt_bytes: usize },
    Ecdsa,
    Ed25519,
    Sm2,
}

impl Scheme {
    /// The scheme that a signature's identifier names, with `digest` as the digest that is named beside it, if any.
    ///
    /// # Errors
    /// [`Error::Mismatch`] when both name different digests, [`Error::Unsupported`] for another scheme,
    /// [`Error::Malformed`] for parameters of PSS that are none.
    pub fn read(signature: Oid, parameters: &[u8], digest: Option<Hash>) -> Result<Self, Error> {
        let named = |hash: Hash| match digest {
            Some(other) if other != hash => {
                Err(Error::Mismatch("digest of the signature algorithm"))
            }
            _ => Ok(hash),
        };
        let beside = || digest.ok_or(Error::Unsupported("a signature algorithm without a digest"));
        let scheme = |kind, hash| Ok(Self { kind, hash });
        if let Some((_, hash)) = PKCS1.iter().find(|(oid, _)| *oid == signature) {
            return scheme(Kind::Pkcs1, named(*hash)?);
        }
        if let Some((_, hash)) = ECDSA.iter().find(|(oid, _)| *oid == signature) {
            return scheme(Kind::Ecdsa, named(*hash)?);
        }
        match signature {
            oid::RSA => scheme(Kind::Pkcs1, beside()?),
            oid::EC_PUBLIC_KEY => scheme(Kind::Ecdsa, beside()?),
            oid::SM2_SM3 | oid::SM2_SIGN | oid::SM2 => scheme(Kind::Sm2, named(Hash::Sm3)?),
            oid::ED25519 => scheme(Kind::Ed25519, named(Hash::Sha512)?),
            oid::RSA_PSS => {
                let (hash, salt_bytes) = pss_parameters(parameters)?;
                scheme(Kind::Pss { salt_bytes }, named(hash)?)
            }
            _ => Err(Error::Unsupported("the signature algorithm")),
        }
    }

    /// Why a signature of this scheme proves nothing; `None` when it does.
    pub fn weakness(self) -> Option<&'static str> {
        self.hash.is_broken().then_some(match self.hash {
            Hash::Md5 => "MD5 is broken: two documents with the same digest can be made",
            _ => "SHA-1 is broken: two documents with the same digest can be made",
        })
    }

    /// Verifies a signature over a message: a BIT STRING's or OCTET STRING's content, ECDSA and SM2 in DER or raw `r || s`.
    ///
    /// # Errors
    /// [`Error::Key`] or [`Error::Mismatch`] when the key is not one for the scheme, [`Error::Signature`] when it does not
    /// verify.
    pub fn verify(self, spki_der: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Error> {
        match self.kind {
            Kind::Sm2 => {
                let signature = public_key::signature_to_der(Algorithm::Sm2Sm3, signature)?;
                public_key::verify(spki_der, Algorithm::Sm2Sm3, message, &signature)
            }
            Kind::Ed25519 => verify_ed25519(spki_der, message, signature),
            _ => self.verify_digest(spki_der, &self.hash.digest(message), signature),
        }
    }

    /// As [`Scheme::verify`], over a finished digest.
    ///
    /// # Errors
    /// As [`Scheme::verify`]; [`Error::Unsupported`] for SM2 and Ed25519, which take in more than a digest.
    pub fn verify_digest(
        self,
        spki_der: &[u8],
        digest: &[u8],
        signature: &[u8],
    ) -> Result<(), Error> {
        let refused = Error::Signature("the digest");
        match self.kind {
            Kind::Pkcs1 => rsa_key(spki_der)?
                .verify(self.pkcs1_padding(), digest, signature)
                .map_err(|_| refused),
            Kind::Pss { salt_bytes } => verify_pss(
                self.hash,
                salt_bytes,
                &rsa_key(spki_der)?,
                digest,
                signature,
            ),
            Kind::Ecdsa => verify_ecdsa(spki_der, digest, signature),
            Kind::Ed25519 | Kind::Sm2 => Err(Error::Unsupported(
                "a signature of this kind over a bare digest",
            )),
        }
    }

    /// The digest with its identifier as PKCS#1 v1.5 wants it (RFC 8017, 9.2), whatever digest it is.
    fn pkcs1_padding(self) -> rsa::Pkcs1v15Sign {
        let length = self.hash.digest(&[]).len();
        let whole = sequence(&[
            &sequence(&[&oid_der(self.hash.oid()), &tlv(NULL, &[])]),
            &tlv(OCTET_STRING, &vec![0; length]),
        ]);
        let prefix = whole.get(..whole.len() - length).unwrap_or_default();
        rsa::Pkcs1v15Sign {
            hash_len: Some(length),
            prefix: prefix.into(),
        }
    }

    /// Short name, as `rsa-pss-sha384` or `p521-sha512`, for a signature made with this key.
    pub fn name(self, spki_der: &[u8]) -> String {
        let hash = self.hash.name();
        match self.kind {
            Kind::Pkcs1 => format!("rsa-{hash}"),
            Kind::Pss { .. } => format!("rsa-pss-{hash}"),
            Kind::Ecdsa => {
                let curve = curve(spki_der).map_or("ecdsa", |curve| curve.1);
                format!("{curve}-{hash}")
            }
            Kind::Ed25519 => "ed25519".to_owned(),
            Kind::Sm2 => "sm2-sm3".to_owned(),
        }
    }
}

/// Verifies what is signed in a certificate or list, by the identifier that stands beside its signature. Broken digests are
/// not taken here: a certificate must not be forgeable.
///
/// # Errors
/// As [`Scheme::read`] and [`Scheme::verify`]; [`Error::Unsupported`] for a broken digest.
pub fn verify_signed(
    issuer_spki_der: &[u8],
    signature_oid: Oid,
    parameters: &[u8],
    tbs: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    let scheme = Scheme::read(signature_oid, parameters, None)?;
    if scheme.hash.is_broken() {
        return Err(Error::Unsupported("a certificate with a broken digest"));
    }
    // An authority's own RSA keys keep the limits of `public_key`.
    if matches!(scheme.kind, Kind::Pkcs1 | Kind::Pss { .. }) {
        public_key::check(issuer_spki_der)?;
    }
    scheme.verify(issuer_spki_der, tbs, signature)
}

/// Why a key proves nothing, as its length; `None` when it does. Keys that cannot be read prove nothing either, but are
/// found out when they are used.
pub fn key_weakness(spki_der: &[u8]) -> Option<String> {
    let bits = rsa_key(spki_der).ok()?.n().as_ref().bit_width_vartime();
    (bits < 2048).then(|| format!("an RSA key of {bits} bits is too short"))
}

const PKCS1: [(Oid, Hash); 6] = [
    (oid::RSA_MD5, Hash::Md5),
    (oid::RSA_SHA1, Hash::Sha1),
    (oid::RSA_SHA224, Hash::Sha224),
    (oid::RSA_SHA256, Hash::Sha256),
    (oid::RSA_SHA384, Hash::Sha384),
    (oid::RSA_SHA512, Hash::Sha512),
];
const ECDSA: [(Oid, Hash); 5] = [
    (oid::ECDSA_SHA1, Hash::Sha1),
    (oid::ECDSA_SHA224, Hash::Sha224),
    (oid::ECDSA_SHA256, Hash::Sha256),
    (oid::ECDSA_SHA384, Hash::Sha384),
    (oid::ECDSA_SHA512, Hash::Sha512),
];

/// Digest and length of the salt (RFC 4055, 3.1); everything that is left out is SHA-1 and 20.
fn pss_parameters(der: &[u8]) -> Result<(Hash, usize), Error> {
    const WHAT: &str = "parameters of RSASSA-PSS";
    let hash_of = |oid: Oid| {
        Hash::from_oid(oid).ok_or(Error::Unsupported("the digest of an RSASSA-PSS signature"))
    };
    let (mut hash, mut mask, mut salt) = (Hash::Sha1, Hash::Sha1, 20);
    if !der.is_empty() {
        let mut outer = Cursor::new(der, WHAT);
        let mut fields = outer.enter(SEQUENCE)?;
        outer.finish()?;
        if let Some(mut field) = fields.enter_optional(context_constructed(0))? {
            hash = hash_of(field.algorithm()?.0)?;
        }
        if let Some(mut field) = fields.enter_optional(context_constructed(1))? {
            let (function, parameters) = field.algorithm()?;
            if function != oid::MGF1 {
                return Err(Error::Unsupported("the mask of an RSASSA-PSS signature"));
            }
            mask = hash_of(Cursor::new(parameters, WHAT).algorithm()?.0)?;
        }
        if let Some(mut field) = fields.enter_optional(context_constructed(2))? {
            salt = usize::try_from(field.small()?).unwrap_or(usize::MAX);
        }
    }
    if mask != hash {
        return Err(Error::Unsupported(
            "an RSASSA-PSS signature with two digests",
        ));
    }
    if salt > 512 {
        return Err(Error::Malformed(WHAT));
    }
    Ok((hash, salt))
}

fn rsa_key(spki_der: &[u8]) -> Result<rsa::PublicKey, Error> {
    bound(spki_der, "public key", MAX_SPKI_BYTES)?;
    rsa::PublicKey::from_public_key_der(spki_der).map_err(|_| Error::Key("not an RSA public key"))
}

fn verify_pss(
    hash: Hash,
    salt: usize,
    key: &rsa::PublicKey,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    let verified = match hash {
        Hash::Sha1 => key.verify(
            rsa::Pss::<sha1::Sha1>::new_with_salt(salt),
            digest,
            signature,
        ),
        Hash::Sha256 => key.verify(
            rsa::Pss::<sha2::Sha256>::new_with_salt(salt),
            digest,
            signature,
        ),
        Hash::Sha384 => key.verify(
            rsa::Pss::<sha2::Sha384>::new_with_salt(salt),
            digest,
            signature,
        ),
        Hash::Sha512 => key.verify(
            rsa::Pss::<sha2::Sha512>::new_with_salt(salt),
            digest,
            signature,
        ),
        _ => return Err(Error::Unsupported("the digest of an RSASSA-PSS signature")),
    };
    verified.map_err(|_| Error::Signature("the digest"))
}

/// Identifier, name and bytes of a coordinate of the curve that a key lies on.
fn curve(spki_der: &[u8]) -> Result<(Oid, &'static str, usize), Error> {
    bound(spki_der, "public key", MAX_SPKI_BYTES)?;
    let (algorithm, parameters) = Cursor::sequence(spki_der, "public key")?.algorithm()?;
    if algorithm != oid::EC_PUBLIC_KEY {
        return Err(Error::Mismatch("key and signature algorithm"));
    }
    match Cursor::new(parameters, "public key").oid()? {
        oid::P256 => Ok((oid::P256, "p256", 32)),
        oid::P384 => Ok((oid::P384, "p384", 48)),
        oid::P521 => Ok((oid::P521, "p521", 66)),
        _ => Err(Error::Unsupported("the curve of the public key")),
    }
}

fn verify_ecdsa(spki_der: &[u8], digest: &[u8], signature: &[u8]) -> Result<(), Error> {
    let (curve, _, bytes) = curve(spki_der)?;
    // A digest shorter than the field stands for the same number with zeros before it (FIPS 186-5, 6.4.2).
    let mut padded = vec![0; bytes.saturating_sub(digest.len())];
    padded.extend_from_slice(digest);
    macro_rules! on {
        ($curve:ident) => {{
            use $curve::ecdsa::signature::hazmat::PrehashVerifier;
            let key = $curve::PublicKey::from_public_key_der(spki_der)
                .map_err(|_| Error::Key("not a point of its curve"))?;
            let refused = |_| Error::Signature("the digest");
            let signature = if signature.len() == 2 * bytes {
                $curve::ecdsa::Signature::from_slice(signature).map_err(refused)?
            } else {
                $curve::ecdsa::Signature::from_der(signature).map_err(refused)?
            };
            $curve::ecdsa::VerifyingKey::from(key)
                .verify_prehash(&padded, &signature)
                .map_err(refused)
        }};
    }
    match curve {
        oid::P256 => on!(p256),
        oid::P384 => on!(p384),
        _ => on!(p521),
    }
}

fn verify_ed25519(spki_der: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Error> {
    let mut key = Cursor::sequence(spki_der, "public key")?;
    if key.algorithm()?.0 != oid::ED25519 {
        return Err(Error::Mismatch("key and signature algorithm"));
    }
    let bytes: [u8; 32] = key
        .bits()?
        .try_into()
        .map_err(|_| Error::Key("not an Ed25519 key"))?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes)
        .map_err(|_| Error::Key("not a point of Ed25519"))?;
    let refused = |_| Error::Signature("the message");
    let signature = ed25519_dalek::Signature::from_slice(signature).map_err(refused)?;
    key.verify_strict(message, &signature).map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{BIT_STRING, INTEGER};
    use ed25519_dalek::Signer as _;

    #[test]
    fn ed25519_signatures_verify_and_others_do_not() {
        let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let bits = [&[0], key.verifying_key().as_bytes().as_slice()].concat();
        let spki = sequence(&[
            &sequence(&[&oid_der(oid::ED25519)]),
            &tlv(BIT_STRING, &bits),
        ]);
        let scheme = Scheme::read(oid::ED25519, &[], Some(Hash::Sha512)).unwrap();
        assert_eq!(scheme.name(&spki), "ed25519");
        let signature = key.sign(b"message").to_bytes();
        scheme.verify(&spki, b"message", &signature).unwrap();
        assert!(scheme.verify(&spki, b"massage", &signature).is_err());
        assert!(scheme.verify(&spki, b"message", &signature[1..]).is_err());
        // RFC 8419, 3.1: the content goes in by SHA-512.
        assert!(Scheme::read(oid::ED25519, &[], Some(Hash::Sha256)).is_err());
    }

    #[test]
    fn digests_that_disagree_are_refused() {
        assert!(Scheme::read(oid::RSA_SHA384, &[], Some(Hash::Sha384)).is_ok());
        assert!(Scheme::read(oid::RSA, &[], Some(Hash::Sha384)).is_ok());
        let disagree = Err(Error::Mismatch("digest of the signature algorithm"));
        for oid in [oid::RSA_SHA384, oid::ECDSA_SHA384, oid::SM2_SM3] {
            assert_eq!(
                Scheme::read(oid, &[], Some(Hash::Sha256)),
                disagree,
                "{oid}"
            );
        }
        assert!(Scheme::read(oid::RSA, &[], None).is_err());
    }

    #[test]
    fn parameters_of_pss_name_one_digest() {
        let field = |n, inside: &[u8]| tlv(context_constructed(n), inside);
        let hash = sequence(&[&oid_der(oid::SHA256)]);
        let mask = sequence(&[&oid_der(oid::MGF1), &hash]);
        let salt = tlv(INTEGER, &[32]);
        let whole = sequence(&[&field(0, &hash), &field(1, &mask), &field(2, &salt)]);
        assert_eq!(pss_parameters(&whole), Ok((Hash::Sha256, 32)));
        // What is left out is SHA-1.
        assert_eq!(pss_parameters(&[]), Ok((Hash::Sha1, 20)));
        assert!(pss_parameters(&sequence(&[&field(0, &hash)])).is_err());
        assert!(pss_parameters(&sequence(&[&field(1, &mask)])).is_err());
        assert!(pss_parameters(&[0x30, 0x05]).is_err());
    }

    #[test]
    fn certificates_with_a_broken_digest_are_refused() {
        let refused = verify_signed(&[], oid::RSA_SHA1, &[], b"tbs", b"signature");
        assert!(matches!(refused, Err(Error::Unsupported(_))));
    }
}
