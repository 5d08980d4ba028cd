//! Revocation lists and OCSP.

use crate::{Error, Family, Issuer};
use gm_pki::certificate::IssuerFacts;
use gm_pki::crl::{self, Entry, Plan};
use gm_pki::ocsp::{self, ResponseStatus, SingleResponse, Status};
use gm_pki::{Signer, SoftKey};

/// How long an OCSP answer may be kept, in seconds.
pub const OCSP_LIFETIME_SECONDS: i64 = 3600;

impl Issuer {
    /// Signs the issuing authority's list: holders' certificates and the services. Suspended ones are entries with
    /// [`gm_pki::crl::Reason::CertificateHold`].
    ///
    /// # Errors
    /// [`Error::Pki`] for times that cannot be written or out of order.
    pub fn crl(
        &self,
        family: Family,
        number: u64,
        entries: &[Entry],
        this_update: i64,
        next_update: i64,
    ) -> Result<Vec<u8>, Error> {
        let issuing = &self.keys(family).issuing;
        let issuer = IssuerFacts::from(&issuing.facts);
        sign_crl(
            &issuing.key,
            &Plan {
                issuer: &issuer,
                number,
                this_update,
                next_update,
                entries,
            },
        )
    }

    /// Signs the root's list: issuing authorities. Empty in the ordinary course of things.
    ///
    /// # Errors
    /// As [`Issuer::crl`].
    pub fn root_crl(
        &self,
        family: Family,
        number: u64,
        entries: &[Entry],
        this_update: i64,
        next_update: i64,
    ) -> Result<Vec<u8>, Error> {
        let root = &self.keys(family).root;
        let issuer = IssuerFacts::from(&root.facts);
        sign_crl(
            &root.key,
            &Plan {
                issuer: &issuer,
                number,
                this_update,
                next_update,
                entries,
            },
        )
    }

    /// Answers an OCSP request with what `lookup` knows of each serial number (magnitude, no leading zeros). Always gives
    /// a DER response: a request that cannot be read is answered as such, another issuer's certificate is unknown.
    pub fn ocsp(
        &self,
        family: Family,
        request_der: &[u8],
        mut lookup: impl FnMut(&[u8]) -> Status,
        now: i64,
    ) -> Vec<u8> {
        let keys = self.keys(family);
        let Ok(request) = ocsp::parse_request(request_der) else {
            return ocsp::refusal(ResponseStatus::MalformedRequest);
        };
        let mut status = |id: &ocsp::CertId| {
            if !id.names_issuer(&keys.issuing.facts) {
                return Status::Unknown;
            }
            let is_service = [&keys.tsa, &keys.ocsp]
                .iter()
                .any(|service| service.facts.serial == id.serial);
            match lookup(&id.serial) {
                // The caller's records are of holders; the services are known here.
                Status::Unknown if is_service => Status::Good,
                known => known,
            }
        };
        let singles: Vec<SingleResponse> = request
            .ids
            .iter()
            .map(|id| SingleResponse {
                id: id.clone(),
                status: status(id),
                this_update: now,
                next_update: Some(now.saturating_add(OCSP_LIFETIME_SECONDS)),
            })
            .collect();
        ocsp::respond(
            &singles,
            request.nonce.as_deref(),
            now,
            &keys.ocsp.certificate,
            &keys.ocsp.key,
        )
        .unwrap_or_else(|_| ocsp::refusal(ResponseStatus::InternalError))
    }
}

fn sign_crl(key: &SoftKey, plan: &Plan<'_>) -> Result<Vec<u8>, Error> {
    let tbs = crl::to_be_signed(plan, key.algorithm())?;
    let signature = key.sign(&tbs)?;
    Ok(crl::assemble(&tbs, key.algorithm(), &signature))
}
