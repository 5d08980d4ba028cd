//! Making an authority: for each family a root, an issuing authority, a time stamper and an OCSP responder.

use crate::{Address, Error, Family, Params};
use gm_pki::certificate::{self, Facts, IssuerFacts, Plan, Profile};
use gm_pki::name::Subject;
use gm_pki::{Algorithm, ObjectIdentifier, Signer, SoftKey};
use rand_core::CryptoRng;

const YEAR_SECONDS: i64 = 365 * 86_400 + 86_400 / 4;
const ROOT_YEARS: i64 = 20;
const ISSUING_YEARS: i64 = 15;
/// Services are renewed, so that a lost key of theirs ends by itself.
const SERVICE_YEARS: i64 = 5;
/// Any policy (RFC 5280 4.2.1.4): the issuing authority does not narrow what its leaves say.
const ANY_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32.0");

/// A key with its certificate.
pub(crate) struct Holder {
    pub key: SoftKey,
    pub certificate: Vec<u8>,
    pub facts: Facts,
}

impl Holder {
    /// Puts both together and refuses a pair that does not belong together.
    pub fn new(key: SoftKey, certificate: Vec<u8>) -> Result<Self, Error> {
        let facts = certificate::parse(&certificate)?;
        if facts.spki_der != key.public_key_der() {
            return Err(Error::Stored(
                "a key and its certificate do not belong together",
            ));
        }
        Ok(Holder {
            key,
            certificate,
            facts,
        })
    }
}

/// The four keys of a family.
pub(crate) struct Keys {
    pub root: Holder,
    pub issuing: Holder,
    pub tsa: Holder,
    pub ocsp: Holder,
}

impl Keys {
    pub fn create<R: CryptoRng + ?Sized>(
        params: &Params,
        family: Family,
        now: i64,
        rng: &mut R,
    ) -> Result<Self, Error> {
        let root = certify(params, family, Role::Root, None, now, rng)?;
        let issuing = certify(params, family, Role::Issuing, Some(&root), now, rng)?;
        let tsa = certify(params, family, Role::Timestamp, Some(&issuing), now, rng)?;
        let ocsp = certify(params, family, Role::Ocsp, Some(&issuing), now, rng)?;
        Ok(Keys {
            root,
            issuing,
            tsa,
            ocsp,
        })
    }

    /// New keys and certificates for the two services.
    pub fn renew_services<R: CryptoRng + ?Sized>(
        &mut self,
        params: &Params,
        family: Family,
        now: i64,
        rng: &mut R,
    ) -> Result<(), Error> {
        let tsa = certify(
            params,
            family,
            Role::Timestamp,
            Some(&self.issuing),
            now,
            rng,
        )?;
        let ocsp = certify(params, family, Role::Ocsp, Some(&self.issuing), now, rng)?;
        (self.tsa, self.ocsp) = (tsa, ocsp);
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Root,
    Issuing,
    Timestamp,
    Ocsp,
}

impl Role {
    const fn profile(self) -> Profile {
        match self {
            Role::Root => Profile::Root,
            Role::Issuing => Profile::Issuing,
            Role::Timestamp => Profile::TimeStamper,
            Role::Ocsp => Profile::OcspResponder,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Role::Root => "Root CA",
            Role::Issuing => "Issuing CA",
            Role::Timestamp => "Time Stamping",
            Role::Ocsp => "OCSP",
        }
    }

    const fn years(self) -> i64 {
        match self {
            Role::Root => ROOT_YEARS,
            Role::Issuing => ISSUING_YEARS,
            Role::Timestamp | Role::Ocsp => SERVICE_YEARS,
        }
    }
}

fn certify<R: CryptoRng + ?Sized>(
    params: &Params,
    family: Family,
    role: Role,
    above: Option<&Holder>,
    now: i64,
    rng: &mut R,
) -> Result<Holder, Error> {
    let key = match family.algorithm() {
        Algorithm::RsaSha256 => SoftKey::generate_rsa(params.rsa_bits, rng)?,
        algorithm => SoftKey::generate(algorithm, rng)?,
    };
    let url = |address: Address| Some(address.url(&params.pki_url, family));
    // The issuing authority is known to the root's list alone, everything else to its own list and responder. A
    // responder is not asked about itself.
    let (crl_url, ocsp_url, issuer_url) = match role {
        Role::Root => (None, None, None),
        Role::Issuing => (url(Address::RootCrl), None, url(Address::RootCertificate)),
        Role::Timestamp => (
            url(Address::IssuingCrl),
            url(Address::Ocsp),
            url(Address::IssuingCertificate),
        ),
        Role::Ocsp => (None, None, url(Address::IssuingCertificate)),
    };
    let until = now.saturating_add(role.years() * YEAR_SECONDS);
    let plan = Plan {
        profile: role.profile(),
        serial: random_serial(rng),
        subject: Subject {
            country: Some(params.country.clone()),
            organization: Some(params.organization.clone()),
            common_name: Some(format!(
                "{} {} {}",
                params.organization,
                family.name().to_uppercase(),
                role.title()
            )),
            ..Subject::default()
        },
        spki_der: key.public_key_der().to_vec(),
        not_before: now,
        not_after: above.map_or(until, |above| until.min(above.facts.not_after)),
        issuer: above.map(|above| IssuerFacts::from(&above.facts)),
        policy: match role {
            Role::Root => None,
            Role::Issuing => Some(ANY_POLICY),
            Role::Timestamp | Role::Ocsp => Some(params.policy),
        },
        crl_url,
        ocsp_url,
        issuer_url,
    };
    let certificate = certificate::issue(&plan, above.map_or(&key, |above| &above.key))?;
    Holder::new(key, certificate)
}

/// Twenty bytes with 158 random bits: positive, never shorter, never longer than RFC 5280 4.1.2.2 allows.
pub(crate) fn random_serial<R: CryptoRng + ?Sized>(rng: &mut R) -> Vec<u8> {
    let mut serial = [0_u8; 20];
    rng.fill_bytes(&mut serial);
    if let Some(first) = serial.first_mut() {
        *first = (*first & 0x7f) | 0x40;
    }
    serial.to_vec()
}
