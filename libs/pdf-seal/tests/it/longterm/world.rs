//! A small outside world with a clock of its own: an authority with lists and an OCSP responder, and a time stamper.

use gm_pki::certificate::{self, Facts, IssuerFacts, Plan, Profile};
use gm_pki::name::Subject;
use gm_pki::tsp::{self, TokenPlan};
use gm_pki::{Algorithm, ObjectIdentifier, Signer as _, SoftKey, crl, ocsp};
use pdf_seal::longterm::Fetch;

pub const DAY: i64 = 86_400;
pub const YEAR: i64 = 365 * DAY;
/// 2014-01-01T00:00:00Z: so that twelve years of life lie in the past, since pyHanko looks back from the real time.
pub const START: i64 = 1_388_534_400;

/// A key with its certificate.
pub struct Holder {
    pub key: SoftKey,
    pub der: Vec<u8>,
    pub facts: Facts,
}

/// How the responder answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Honest,
    /// Nobody listens.
    Down,
    /// Signed by a certificate of the authority that is none of a responder.
    WrongResponder,
    /// About another certificate.
    OtherCertificate,
    /// True a month ago.
    Old,
}

pub struct World {
    pub algorithm: Algorithm,
    base: String,
    pub now: i64,
    pub root: Holder,
    pub issuing: Holder,
    pub leaf: Holder,
    pub tsa: Holder,
    pub responder: Holder,
    /// Serial numbers and since when.
    pub revoked: Vec<(Vec<u8>, i64)>,
    pub ocsp: Manner,
    pub lists: Manner,
    /// Whether tokens carry the certificate above the stamper's too.
    pub with_chain: bool,
    /// What was asked, in order.
    pub asked: Vec<String>,
    serial: u8,
}

fn rng() -> rand_core::UnwrapErr<getrandom::SysRng> {
    rand_core::UnwrapErr(getrandom::SysRng)
}

pub fn key(algorithm: Algorithm) -> SoftKey {
    match algorithm {
        Algorithm::RsaSha256 => SoftKey::generate_rsa(2048, &mut rng()).unwrap(),
        other => SoftKey::generate(other, &mut rng()).unwrap(),
    }
}

/// A certificate valid from yesterday for `years`.
fn hold(
    (profile, name, serial): (Profile, &str, u8),
    algorithm: Algorithm,
    base: &str,
    issuer: Option<&Holder>,
    (now, years): (i64, i64),
) -> Holder {
    let key = key(algorithm);
    let above = issuer.map_or("none", |issuer| {
        if issuer.facts.is_self_issued() {
            "root"
        } else {
            "issuing"
        }
    });
    let url = |name: String| issuer.map(|_| format!("{base}/{name}"));
    let by_list = profile == Profile::Issuing;
    let plan = Plan {
        profile,
        serial: vec![serial; 16],
        subject: Subject {
            common_name: Some(name.to_owned()),
            country: Some("CN".to_owned()),
            ..Subject::default()
        },
        spki_der: key.public_key_der().to_vec(),
        not_before: now - DAY,
        not_after: now + years * YEAR,
        issuer: issuer.map(|issuer| IssuerFacts::from(&issuer.facts)),
        policy: None,
        crl_url: url(format!("{above}.crl")),
        ocsp_url: url("ocsp".to_owned()).filter(|_| !by_list),
        issuer_url: url(format!("{above}.cer")),
    };
    let signer = issuer.map_or(&key, |issuer| &issuer.key);
    let tbs = certificate::to_be_signed(&plan, algorithm).unwrap();
    let der = certificate::assemble(&tbs, algorithm, &signer.sign(&tbs).unwrap());
    let facts = certificate::parse(&der).unwrap();
    Holder { key, der, facts }
}

impl World {
    pub fn new(algorithm: Algorithm) -> Self {
        Self::at(algorithm, START, "http://ca.test")
    }

    /// A world whose services are at addresses below `base`.
    pub fn at(algorithm: Algorithm, now: i64, base: &str) -> Self {
        let root = hold(
            (Profile::Root, "Root", 0x11),
            algorithm,
            base,
            None,
            (now, 40),
        );
        let issuing = (Profile::Issuing, "Issuing", 0x12);
        let issuing = hold(issuing, algorithm, base, Some(&root), (now, 30));
        let below = |profile, name, serial, years| {
            let who = (profile, name, serial);
            hold(who, algorithm, base, Some(&issuing), (now, years))
        };
        let leaf = below(Profile::SigningLeaf, "互连测试", 0x21, 1);
        let tsa = below(Profile::TimeStamper, "Stamper", 0x22, 5);
        let responder = below(Profile::OcspResponder, "Responder", 0x23, 5);
        Self {
            algorithm,
            base: base.to_owned(),
            now,
            root,
            issuing,
            leaf,
            tsa,
            responder,
            revoked: Vec::new(),
            ocsp: Manner::Honest,
            lists: Manner::Honest,
            with_chain: false,
            asked: Vec::new(),
            serial: 0x30,
        }
    }

    /// Time passes, and the services get new certificates in time.
    pub fn later(&mut self, years: i64) {
        self.now += years * YEAR;
        self.serial += 2;
        let (algorithm, now) = (self.algorithm, self.now);
        let below = |profile, name, serial| {
            let who = (profile, name, serial);
            hold(who, algorithm, &self.base, Some(&self.issuing), (now, 5))
        };
        let tsa = below(Profile::TimeStamper, "Stamper", self.serial);
        let responder = below(Profile::OcspResponder, "Responder", self.serial + 1);
        (self.tsa, self.responder) = (tsa, responder);
    }

    /// For the tests of the command line, which share this world: gives the signer another certificate, whose list is at `crl_url`.
    pub fn issue_leaf(&mut self, crl_url: &str) {
        let key = key(self.algorithm);
        let plan = Plan {
            profile: Profile::SigningLeaf,
            serial: vec![0x24; 16],
            subject: self.leaf.facts.subject.clone(),
            spki_der: key.public_key_der().to_vec(),
            not_before: self.now - DAY,
            not_after: self.now + YEAR,
            issuer: Some(IssuerFacts::from(&self.issuing.facts)),
            policy: None,
            crl_url: Some(crl_url.to_owned()),
            ocsp_url: None,
            issuer_url: None,
        };
        let tbs = certificate::to_be_signed(&plan, self.algorithm).unwrap();
        let signature = self.issuing.key.sign(&tbs).unwrap();
        let der = certificate::assemble(&tbs, self.algorithm, &signature);
        let facts = certificate::parse(&der).unwrap();
        self.leaf = Holder { key, der, facts };
    }

    pub fn roots(&self) -> Vec<Vec<u8>> {
        vec![self.root.der.clone()]
    }

    /// A token with the stamper's certificate alone, as many services send it, unless the chain is wanted.
    pub fn token(&self, imprint: &tsp::Imprint, nonce: Option<&[u8]>) -> Vec<u8> {
        let plan = TokenPlan {
            policy: ObjectIdentifier::new_unwrap("1.2.3.4"),
            imprint,
            serial: &[9; 16],
            time: self.now,
            accuracy_seconds: 1,
            nonce,
            with_certificates: true,
        };
        let chain = [self.tsa.der.as_slice(), &self.issuing.der];
        let count = if self.with_chain { 2 } else { 1 };
        tsp::token(&plan, &chain[..count], &self.tsa.key).unwrap()
    }

    fn list(&self, issuer: &Holder) -> Vec<u8> {
        let facts = IssuerFacts::from(&issuer.facts);
        let age = if self.lists == Manner::Old {
            30 * DAY
        } else {
            60
        };
        let entries: Vec<crl::Entry> = self
            .revoked
            .iter()
            .map(|(serial, at)| crl::Entry {
                serial: serial.clone(),
                revoked_at: *at,
                reason: crl::Reason::KeyCompromise,
            })
            .collect();
        let plan = crl::Plan {
            issuer: &facts,
            number: 3,
            this_update: self.now - age,
            next_update: self.now - age + 7 * DAY,
            entries: &entries,
        };
        let tbs = crl::to_be_signed(&plan, self.algorithm).unwrap();
        crl::assemble(&tbs, self.algorithm, &issuer.key.sign(&tbs).unwrap())
    }

    fn answer(&self, request: &[u8]) -> Vec<u8> {
        let request = ocsp::parse_request(request).unwrap();
        let age = if self.ocsp == Manner::Old {
            30 * DAY
        } else {
            60
        };
        let single = |id: &ocsp::CertId| {
            let revoked = self.revoked.iter().find(|(serial, _)| *serial == id.serial);
            let id = match self.ocsp {
                Manner::OtherCertificate => {
                    ocsp::CertId::new(&self.issuing.facts, &[1, 2]).unwrap()
                }
                _ => id.clone(),
            };
            ocsp::SingleResponse {
                id,
                status: revoked.map_or(ocsp::Status::Good, |(_, at)| ocsp::Status::Revoked {
                    at: *at,
                    reason: crl::Reason::KeyCompromise,
                }),
                this_update: self.now - age,
                next_update: Some(self.now - age + DAY),
            }
        };
        let singles: Vec<_> = request.ids.iter().map(single).collect();
        let by = match self.ocsp {
            Manner::WrongResponder => &self.tsa,
            _ => &self.responder,
        };
        let produced_at = self.now - age;
        ocsp::respond(
            &singles,
            request.nonce.as_deref(),
            produced_at,
            &by.der,
            &by.key,
        )
        .unwrap()
    }
}

impl World {
    /// What the service at a path answers to a body.
    pub fn serve(&mut self, path: &str, body: &[u8]) -> Result<Vec<u8>, String> {
        self.asked.push(path.to_owned());
        let down = |manner| manner == Manner::Down;
        match path {
            "/root.cer" => Ok(self.root.der.clone()),
            "/issuing.cer" => Ok(self.issuing.der.clone()),
            "/root.crl" if !down(self.lists) => Ok(self.list(&self.root)),
            "/issuing.crl" if !down(self.lists) => Ok(self.list(&self.issuing)),
            "/ocsp" if !down(self.ocsp) => Ok(self.answer(body)),
            "/tsa" => {
                let request = tsp::parse_request(body).unwrap();
                let token = self.token(&request.imprint, request.nonce.as_deref());
                Ok(tsp::response(&token))
            }
            _ => Err("nobody listens".to_owned()),
        }
    }
}

impl Fetch for World {
    fn get(&mut self, url: &str, limit: usize) -> Result<Vec<u8>, String> {
        self.ask(url, &[], limit)
    }

    fn ask(&mut self, url: &str, request: &[u8], _limit: usize) -> Result<Vec<u8>, String> {
        let base = self.base.clone();
        self.serve(url.strip_prefix(&base).ok_or("another host")?, request)
    }
}
