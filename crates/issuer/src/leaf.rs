//! Certificates of holders, in two steps: the bytes to be signed are prepared, the caller records them, then they are
//! signed. What was recorded and what is signed are the same bytes.

use crate::create::random_serial;
use crate::{Address, Error, Family, Issuer, Refusal};
use gm_pki::certificate::{self, Facts, IssuerFacts, Plan, Profile};
use gm_pki::name::Subject;
use gm_pki::{Signer, public_key};
use rand_core::CryptoRng;

/// What a holder's certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeafProfile {
    /// Signs documents and statements.
    Signing,
    /// Receives encrypted data.
    Encryption,
}

/// A certificate asked for. That the key's holder asked for it, the caller has made sure.
#[derive(Debug, Clone)]
pub struct LeafRequest {
    /// Which authority signs.
    pub family: Family,
    /// What it is for.
    pub profile: LeafProfile,
    /// The holder.
    pub subject: Subject,
    /// The holder's key, DER SubjectPublicKeyInfo.
    pub spki_der: Vec<u8>,
    /// First second of validity, since 1970.
    pub not_before: i64,
    /// Last second of validity, since 1970.
    pub not_after: i64,
}

/// Bytes that passed the lint and wait for their signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedLeaf {
    family: Family,
    tbs: Vec<u8>,
    serial: Vec<u8>,
}

impl PreparedLeaf {
    /// Which authority signs.
    pub fn family(&self) -> Family {
        self.family
    }

    /// DER TBSCertificate: what the caller records before it asks for the signature.
    pub fn tbs(&self) -> &[u8] {
        &self.tbs
    }

    /// Serial number, 20 bytes.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// Takes recorded bytes up again, after a restart between record and signature.
    ///
    /// # Errors
    /// [`Error::Refused`] when the bytes do not pass the lint.
    pub fn from_recorded(family: Family, tbs: Vec<u8>) -> Result<Self, Error> {
        certificate::lint(&tbs).map_err(|findings| Error::Refused(Refusal::Lint(findings)))?;
        let serial = certificate::parse_tbs(&tbs)?.serial;
        Ok(PreparedLeaf {
            family,
            tbs,
            serial,
        })
    }
}

impl Issuer {
    /// Makes the bytes of a holder's certificate and lints them. Nothing is signed.
    ///
    /// # Errors
    /// [`Error::Refused`] with the reason; [`Error::Pki`] for a subject or key that cannot stand in a certificate.
    pub fn prepare_leaf<R: CryptoRng + ?Sized>(
        &self,
        request: &LeafRequest,
        rng: &mut R,
    ) -> Result<PreparedLeaf, Error> {
        let keys = self.keys(request.family);
        let refuse = |refusal| Err(Error::Refused(refusal));
        if public_key::check(&request.spki_der)? != request.family.algorithm() {
            return refuse(Refusal::KeyFamily);
        }
        let own = [&keys.root, &keys.issuing, &keys.tsa, &keys.ocsp];
        if own
            .iter()
            .any(|holder| holder.key.public_key_der() == request.spki_der)
        {
            return refuse(Refusal::AuthorityKey);
        }
        let url = |address: Address| Some(address.url(&self.params().pki_url, request.family));
        let serial = random_serial(rng);
        let plan = Plan {
            profile: match request.profile {
                LeafProfile::Signing => Profile::SigningLeaf,
                LeafProfile::Encryption => Profile::EncryptionLeaf,
            },
            serial: serial.clone(),
            subject: request.subject.clone(),
            spki_der: request.spki_der.clone(),
            not_before: request.not_before,
            not_after: request.not_after,
            issuer: Some(IssuerFacts::from(&keys.issuing.facts)),
            policy: Some(self.params().policy),
            crl_url: url(Address::IssuingCrl),
            ocsp_url: url(Address::Ocsp),
            issuer_url: url(Address::IssuingCertificate),
        };
        let tbs = certificate::to_be_signed(&plan, request.family.algorithm())?;
        certificate::lint(&tbs).map_err(|findings| Error::Refused(Refusal::Lint(findings)))?;
        self.allowed(request.family, &certificate::parse_tbs(&tbs)?)?;
        Ok(PreparedLeaf {
            family: request.family,
            tbs,
            serial,
        })
    }

    /// Signs prepared bytes. The lint and the issuer's own rules are asked once more, since the bytes may come back from a
    /// record; the finished certificate is verified before it leaves.
    ///
    /// # Errors
    /// [`Error::Refused`] when the bytes are not a holder's certificate of this issuer.
    pub fn sign_leaf(&self, prepared: &PreparedLeaf) -> Result<Vec<u8>, Error> {
        certificate::lint(&prepared.tbs)
            .map_err(|findings| Error::Refused(Refusal::Lint(findings)))?;
        self.allowed(prepared.family, &certificate::parse_tbs(&prepared.tbs)?)?;
        let key = &self.keys(prepared.family).issuing.key;
        let signature = key.sign(&prepared.tbs)?;
        let der = certificate::assemble(&prepared.tbs, key.algorithm(), &signature);
        certificate::parse(&der)?.verify_signature(key.public_key_der())?;
        Ok(der)
    }

    fn allowed(&self, family: Family, facts: &Facts) -> Result<(), Error> {
        let issuing = &self.keys(family).issuing.facts;
        let refuse = |refusal| Err(Error::Refused(refusal));
        if facts.issuer_der != issuing.subject_der
            || facts.authority_key_id != issuing.subject_key_id
            || facts.signature_oid != family.algorithm().signature_oid()
        {
            return refuse(Refusal::Issuer);
        }
        if facts.basic_constraints.is_some() || facts.extended_key_usages.is_some() {
            return refuse(Refusal::Profile);
        }
        if facts.not_before < issuing.not_before || facts.not_after > issuing.not_after {
            return refuse(Refusal::Validity);
        }
        Ok(())
    }
}
