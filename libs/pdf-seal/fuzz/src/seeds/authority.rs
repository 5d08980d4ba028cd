//! Keys and certificates from fixed numbers: a root, a signer, a time stamper and a responder of one family.

use gm_pki::certificate::{self, IssuerFacts, Plan, Profile};
use gm_pki::cms::{self, Parts};
use gm_pki::crl::{self, Entry, Reason};
use gm_pki::name::Subject;
use gm_pki::tsp::{self, TokenPlan};
use gm_pki::{Algorithm, ObjectIdentifier, Signer as _, SoftKey, csr, ocsp};
use rand_core::SeedableRng as _;

/// The time of everything, seconds since 1970.
pub(crate) const AT: i64 = 1_795_477_310;

pub(crate) struct Authority {
    pub algorithm: Algorithm,
    pub root: Vec<u8>,
    pub leaf: Vec<u8>,
    pub key: SoftKey,
    root_key: SoftKey,
    stamper: Vec<u8>,
    stamper_key: SoftKey,
}

impl Authority {
    pub fn new(algorithm: Algorithm) -> Self {
        let mut rng = rand_chacha::ChaCha20Rng::from_seed([7; 32]);
        let mut key = || SoftKey::generate(algorithm, &mut rng).unwrap();
        let (root_key, key, stamper_key) = (key(), key(), key());
        let root = issue("Root", Profile::Root, &root_key, None, &root_key);
        let below =
            |name, profile, key: &SoftKey| issue(name, profile, key, Some(&root), &root_key);
        let leaf = below("Signer", Profile::SigningLeaf, &key);
        let stamper = below("Stamper", Profile::TimeStamper, &stamper_key);
        Self {
            algorithm,
            root,
            leaf,
            key,
            root_key,
            stamper,
            stamper_key,
        }
    }

    /// A detached CMS over content with this digest.
    pub fn sign(&self, digest: &[u8], with_stamp: bool) -> Vec<u8> {
        let attributes = cms::signed_attributes(self.algorithm, digest, &self.leaf).unwrap();
        let signature = self.key.sign(&attributes).unwrap();
        let token = with_stamp.then(|| self.token(&signature));
        let parts = Parts {
            algorithm: self.algorithm,
            signed_attributes: &attributes,
            signature: &signature,
            certificates: &[&self.leaf, &self.root],
            timestamp_token: token.as_deref(),
        };
        cms::assemble(&parts).unwrap()
    }

    fn token(&self, data: &[u8]) -> Vec<u8> {
        let plan = TokenPlan {
            policy: ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.2.1"),
            imprint: &tsp::imprint_of(self.algorithm, data),
            serial: &[9; 16],
            time: AT,
            accuracy_seconds: 1,
            nonce: Some(&[5]),
            with_certificates: true,
        };
        tsp::token(&plan, &[&self.stamper, &self.root], &self.stamper_key).unwrap()
    }

    fn revocations(&self) -> Vec<u8> {
        let facts = IssuerFacts::from(&certificate::parse(&self.root).unwrap());
        let entries = [3_u8, 4].map(|number| Entry {
            serial: vec![number; 16],
            revoked_at: AT,
            reason: Reason::Superseded,
        });
        let plan = crl::Plan {
            issuer: &facts,
            number: 3,
            this_update: AT,
            next_update: AT + 9,
            entries: &entries,
        };
        let tbs = crl::to_be_signed(&plan, self.algorithm).unwrap();
        crl::assemble(&tbs, self.algorithm, &self.root_key.sign(&tbs).unwrap())
    }

    /// One of everything that is read from outside.
    pub fn structures(&self) -> Vec<Vec<u8>> {
        let facts = certificate::parse(&self.leaf).unwrap();
        let root = certificate::parse(&self.root).unwrap();
        let id = ocsp::CertId::new(&root, &facts.serial).unwrap();
        let single = ocsp::SingleResponse {
            id: id.clone(),
            status: ocsp::Status::Good,
            this_update: AT,
            next_update: Some(AT + 9),
        };
        let info = csr::request_info(&facts.subject_der, self.key.public_key_der()).unwrap();
        let token = self.token(CONTENT);
        let digest = self.algorithm.digest(CONTENT);
        vec![
            self.sign(&digest, false),
            self.sign(&digest, true),
            tsp::response(&token),
            token,
            self.leaf.clone(),
            self.root.clone(),
            self.stamper.clone(),
            self.revocations(),
            csr::assemble(&info, self.algorithm, &self.key.sign(&info).unwrap()),
            ocsp::request(std::slice::from_ref(&id), Some(&[1; 16])),
            ocsp::respond(&[single], Some(&[1; 16]), AT, &self.root, &self.root_key).unwrap(),
            tsp::request(
                &tsp::imprint_of(self.algorithm, CONTENT),
                None,
                Some(&[7]),
                true,
            ),
        ]
    }
}

/// What the structures are signatures and stamps over.
pub(crate) const CONTENT: &[u8] = b"content";

fn issue(
    name: &str,
    profile: Profile,
    key: &SoftKey,
    issuer: Option<&[u8]>,
    signer: &SoftKey,
) -> Vec<u8> {
    let plan = Plan {
        profile,
        serial: vec![7; 16],
        subject: Subject {
            country: Some("CN".to_owned()),
            common_name: Some(name.to_owned()),
            ..Subject::default()
        },
        spki_der: key.public_key_der().to_vec(),
        not_before: AT - 86_400,
        not_after: AT + 86_400 * 365,
        issuer: issuer.map(|der| IssuerFacts::from(&certificate::parse(der).unwrap())),
        policy: None,
        crl_url: None,
        ocsp_url: None,
        issuer_url: None,
    };
    let tbs = certificate::to_be_signed(&plan, signer.algorithm()).unwrap();
    certificate::assemble(&tbs, signer.algorithm(), &signer.sign(&tbs).unwrap())
}
