//! A small authority for tests: root, issuing, a holder, a time stamper and an OCSP responder of one algorithm.

#![allow(dead_code, reason = "each test binary uses a part")]

use gm_pki::certificate::{Facts, IssuerFacts, Plan, Profile, issue, parse};
use gm_pki::name::Subject;
use gm_pki::path::Trust;
use gm_pki::{Algorithm, ObjectIdentifier, Signer, SoftKey};
use rand_core::{Rng, UnwrapErr};
use std::process::Command;

pub const DAY: i64 = 86_400;
pub const URL: &str = "http://localhost:8080/pki/rsa";

pub fn rng() -> UnwrapErr<getrandom::SysRng> {
    UnwrapErr(getrandom::SysRng)
}

/// The real time, for tools that can be told no other.
pub fn now() -> i64 {
    let output = Command::new("date").arg("+%s").output().unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}

pub fn key(algorithm: Algorithm) -> SoftKey {
    match algorithm {
        Algorithm::RsaSha256 => SoftKey::generate_rsa(2048, &mut rng()).unwrap(),
        _ => SoftKey::generate(algorithm, &mut rng()).unwrap(),
    }
}

pub fn serial() -> Vec<u8> {
    let mut serial = vec![0; 20];
    rng().fill_bytes(&mut serial);
    serial[0] = (serial[0] & 0x7f) | 0x40;
    serial
}

pub fn subject(common_name: &str) -> Subject {
    Subject {
        country: Some("CN".into()),
        organization: Some("互连测试建设有限公司".into()),
        organization_identifier: Some("91350100M000100Y43".into()),
        common_name: Some(common_name.into()),
        ..Subject::default()
    }
}

/// A key with its certificate.
pub struct Holder {
    pub key: SoftKey,
    pub der: Vec<u8>,
    pub facts: Facts,
}

pub fn plan(profile: Profile, key: &SoftKey, issuer: Option<&Holder>, now: i64) -> Plan {
    let url = |name: &str| Some(format!("{URL}/{name}"));
    Plan {
        profile,
        serial: serial(),
        subject: subject(&format!("{profile:?}")),
        spki_der: key.public_key_der().to_vec(),
        not_before: now - DAY,
        not_after: now + 365 * DAY,
        issuer: issuer.map(|issuer| IssuerFacts::from(&issuer.facts)),
        policy: Some(ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1.1")),
        crl_url: url("issuing.crl"),
        ocsp_url: url("ocsp"),
        issuer_url: url("issuing.cer"),
    }
}

pub fn hold(profile: Profile, algorithm: Algorithm, issuer: Option<&Holder>, now: i64) -> Holder {
    hold_named(&format!("{profile:?}"), profile, algorithm, issuer, now)
}

pub fn hold_named(
    name: &str,
    profile: Profile,
    algorithm: Algorithm,
    issuer: Option<&Holder>,
    now: i64,
) -> Holder {
    let key = key(algorithm);
    let plan = Plan {
        subject: subject(name),
        ..plan(profile, &key, issuer, now)
    };
    let der = issue(&plan, issuer.map_or(&key, |issuer| &issuer.key)).unwrap();
    let facts = parse(&der).unwrap();
    Holder { key, der, facts }
}

pub struct Authority {
    pub now: i64,
    pub root: Holder,
    pub issuing: Holder,
    pub leaf: Holder,
    pub tsa: Holder,
    pub ocsp: Holder,
}

impl Authority {
    pub fn new(algorithm: Algorithm, now: i64) -> Self {
        let root = hold(Profile::Root, algorithm, None, now);
        let issuing = hold(Profile::Issuing, algorithm, Some(&root), now);
        let [leaf, tsa, ocsp] = [
            Profile::SigningLeaf,
            Profile::TimeStamper,
            Profile::OcspResponder,
        ]
        .map(|profile| hold(profile, algorithm, Some(&issuing), now));
        Authority {
            now,
            root,
            issuing,
            leaf,
            tsa,
            ocsp,
        }
    }

    pub fn trust(&self) -> Trust {
        Trust {
            roots: vec![self.root.der.clone()],
        }
    }

    /// The certificates of a holder, its own first.
    pub fn with<'a>(&'a self, holder: &'a Holder) -> [&'a [u8]; 3] {
        [&holder.der, &self.issuing.der, &self.root.der]
    }

    pub fn crl(&self, issuer: &Holder, entries: &[gm_pki::crl::Entry]) -> Vec<u8> {
        use gm_pki::crl::{Plan, assemble, to_be_signed};
        let facts = IssuerFacts::from(&issuer.facts);
        let plan = Plan {
            issuer: &facts,
            number: 3,
            this_update: self.now - 60,
            next_update: self.now + DAY,
            entries,
        };
        let tbs = to_be_signed(&plan, issuer.key.algorithm()).unwrap();
        assemble(
            &tbs,
            issuer.key.algorithm(),
            &issuer.key.sign(&tbs).unwrap(),
        )
    }

    pub fn token(&self, data: &[u8], nonce: Option<&[u8]>) -> Vec<u8> {
        use gm_pki::tsp::{TokenPlan, imprint_of, token};
        let plan = TokenPlan {
            policy: ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.2.1"),
            imprint: &imprint_of(self.tsa.key.algorithm(), data),
            serial: &serial(),
            time: self.now,
            accuracy_seconds: 1,
            nonce,
            with_certificates: true,
        };
        token(&plan, &self.with(&self.tsa)[..2], &self.tsa.key).unwrap()
    }

    /// A detached CMS of the leaf with a time stamp.
    pub fn signed(&self, content: &[u8]) -> Vec<u8> {
        use gm_pki::cms::{Parts, assemble, signed_attributes};
        let algorithm = self.leaf.key.algorithm();
        let attributes =
            signed_attributes(algorithm, &algorithm.digest(content), &self.leaf.der).unwrap();
        let signature = self.leaf.key.sign(&attributes).unwrap();
        let token = self.token(&signature, None);
        let parts = Parts {
            algorithm,
            signed_attributes: &attributes,
            signature: &signature,
            certificates: &self.with(&self.leaf),
            timestamp_token: Some(&token),
        };
        assemble(&parts).unwrap()
    }
}
