//! Time stamps.

use crate::create::random_serial;
use crate::{Error, Family, Issuer};
use gm_pki::tsp::{self, Failure, Imprint, TokenPlan};
use rand_core::CryptoRng;

/// How far the time in a token may be off, in seconds.
pub const ACCURACY_SECONDS: u8 = 1;

impl Issuer {
    /// Stamps a 32-byte digest of the family (SHA-256 or SM3) with the stamper's certificate inside: what the service puts
    /// into its own signatures.
    ///
    /// # Errors
    /// [`Error::Pki`] when the digest has another length or the time cannot be written.
    pub fn timestamp<R: CryptoRng + ?Sized>(
        &self,
        family: Family,
        digest: &[u8],
        now: i64,
        nonce: Option<&[u8]>,
        rng: &mut R,
    ) -> Result<Vec<u8>, Error> {
        let imprint = Imprint {
            digest_oid: family.algorithm().digest_oid(),
            digest: digest.to_vec(),
        };
        self.stamp(family, &imprint, nonce, true, now, rng)
    }

    /// Answers an RFC 3161 request. Always gives a DER response: what cannot be stamped is refused in it.
    pub fn timestamp_response<R: CryptoRng + ?Sized>(
        &self,
        family: Family,
        request_der: &[u8],
        now: i64,
        rng: &mut R,
    ) -> Vec<u8> {
        let Ok(request) = tsp::parse_request(request_der) else {
            return tsp::refusal(Failure::BadDataFormat, "the request cannot be read");
        };
        if !request.imprint.is_acceptable() {
            return tsp::refusal(
                Failure::BadAlgorithm,
                "the digest must be SHA-256, SHA-384, SHA-512 or SM3",
            );
        }
        if request
            .policy
            .is_some_and(|policy| policy != self.params().timestamp_policy)
        {
            return tsp::refusal(Failure::UnacceptedPolicy, "the policy is not offered");
        }
        if request.has_extensions {
            return tsp::refusal(Failure::UnacceptedExtension, "extensions are not supported");
        }
        match self.stamp(
            family,
            &request.imprint,
            request.nonce.as_deref(),
            request.certificate_wanted,
            now,
            rng,
        ) {
            Ok(token) => tsp::response(&token),
            Err(_) => tsp::refusal(Failure::SystemFailure, "the stamper has a fault"),
        }
    }

    fn stamp<R: CryptoRng + ?Sized>(
        &self,
        family: Family,
        imprint: &Imprint,
        nonce: Option<&[u8]>,
        with_certificates: bool,
        now: i64,
        rng: &mut R,
    ) -> Result<Vec<u8>, Error> {
        let keys = self.keys(family);
        let serial = random_serial(rng);
        let plan = TokenPlan {
            policy: self.params().timestamp_policy,
            imprint,
            serial: &serial,
            time: now,
            accuracy_seconds: ACCURACY_SECONDS,
            nonce,
            with_certificates,
        };
        Ok(tsp::token(
            &plan,
            &[&keys.tsa.certificate, &keys.issuing.certificate],
            &keys.tsa.key,
        )?)
    }
}
