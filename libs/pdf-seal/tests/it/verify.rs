//! Our own verifier: what is good, what is not, and what came after.

use gm_pki::certificate::{self, IssuerFacts, Plan, Profile};
use gm_pki::name::Subject;
use gm_pki::tsp::{self, TokenPlan};
use gm_pki::{Algorithm, Signer as _, SoftKey, cms, crl};
use std::sync::Arc;

use pdf_seal::{
    Chain, Changes, Document, Integrity, Outcome, Policy, Prepared, Request, SignatureReport,
    SignatureTime,
};

use crate::build::{A4, Pdf, Xref};
use crate::judge::{open, request};

pub(crate) const SEALED_AT: i64 = 1_795_477_310;

/// A root, a signer and a time stamper of one family.
pub(crate) struct Pki {
    root: Vec<u8>,
    root_key: SoftKey,
    leaf: Vec<u8>,
    key: SoftKey,
    stamper: Vec<u8>,
    stamper_key: SoftKey,
}

impl Pki {
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        let mut rng = getrandom::SysRng;
        let mut rng = rand_core::UnwrapErr(&mut rng);
        let mut key = || match algorithm {
            Algorithm::RsaSha256 => SoftKey::generate_rsa(2048, &mut rng).unwrap(),
            other => SoftKey::generate(other, &mut rng).unwrap(),
        };
        let (root_key, key, stamper_key) = (key(), key(), key());
        let plan = |name: &str, profile, of: &SoftKey, issuer: Option<&[u8]>| Plan {
            profile,
            // One for each name.
            serial: vec![u8::try_from(name.len()).unwrap(); 16],
            subject: Subject {
                common_name: Some(name.to_owned()),
                country: Some("CN".to_owned()),
                ..Subject::default()
            },
            spki_der: of.public_key_der().to_vec(),
            not_before: SEALED_AT - 86_400,
            not_after: SEALED_AT + 86_400 * 365,
            issuer: issuer.map(|der| IssuerFacts::from(&certificate::parse(der).unwrap())),
            policy: None,
            crl_url: None,
            ocsp_url: None,
            issuer_url: None,
        };
        let issue = |plan: &Plan| {
            let tbs = certificate::to_be_signed(plan, algorithm).unwrap();
            certificate::assemble(&tbs, algorithm, &root_key.sign(&tbs).unwrap())
        };
        let root = issue(&plan("Root", Profile::Root, &root_key, None));
        let leaf = issue(&plan("互连测试", Profile::SigningLeaf, &key, Some(&root)));
        let stamper = issue(&plan(
            "Stamper",
            Profile::TimeStamper,
            &stamper_key,
            Some(&root),
        ));
        Self {
            root,
            root_key,
            leaf,
            key,
            stamper,
            stamper_key,
        }
    }

    pub(crate) fn key(&self) -> &SoftKey {
        &self.key
    }

    pub(crate) fn leaf(&self) -> &[u8] {
        &self.leaf
    }

    /// A list of the root that revokes the signer.
    pub(crate) fn revocation(&self, revoked_at: i64) -> Vec<u8> {
        let issuer = IssuerFacts::from(&certificate::parse(&self.root).unwrap());
        let entry = crl::Entry {
            serial: certificate::parse(&self.leaf).unwrap().serial,
            revoked_at,
            reason: crl::Reason::KeyCompromise,
        };
        let plan = crl::Plan {
            issuer: &issuer,
            number: 1,
            this_update: SEALED_AT + 86_400,
            next_update: SEALED_AT + 86_400 * 30,
            entries: &[entry],
        };
        let algorithm = self.root_key.algorithm();
        let tbs = crl::to_be_signed(&plan, algorithm).unwrap();
        crl::assemble(&tbs, algorithm, &self.root_key.sign(&tbs).unwrap())
    }

    pub(crate) fn policy(&self) -> Policy {
        Policy {
            roots: vec![self.root.clone()],
            ..Policy::default()
        }
    }

    pub(crate) fn seal(
        &self,
        pdf: &[u8],
        stamped_at: Option<i64>,
        request: &Request<'_>,
    ) -> Vec<u8> {
        let mut prepared = open(pdf).unwrap().prepare(request).unwrap();
        let algorithm = self.key.algorithm();
        let attributes =
            cms::signed_attributes(algorithm, &prepared.digest(algorithm), &self.leaf).unwrap();
        let signature = self.key.sign(&attributes).unwrap();
        let token = stamped_at.map(|time| {
            let imprint = tsp::imprint_of(algorithm, &signature);
            let policy = gm_pki::ObjectIdentifier::new_unwrap("1.2.3.4");
            let plan = TokenPlan {
                policy,
                imprint: &imprint,
                serial: &[9; 16],
                time,
                accuracy_seconds: 1,
                nonce: None,
                with_certificates: true,
            };
            tsp::token(&plan, &[&self.stamper], &self.stamper_key).unwrap()
        });
        let parts = cms::Parts {
            algorithm,
            signed_attributes: &attributes,
            signature: &signature,
            certificates: &[&self.leaf],
            timestamp_token: token.as_deref(),
        };
        prepared.embed(&cms::assemble(&parts).unwrap()).unwrap();
        let mut out = Vec::new();
        prepared.write_to(&mut out).unwrap();
        out
    }
}

pub(crate) fn four() -> Vec<u8> {
    Pdf::new(&[A4; 4]).write(Xref::Table)
}

pub(crate) fn reports(pdf: &[u8], policy: &Policy) -> Vec<SignatureReport> {
    let document: Document = open(pdf).unwrap();
    document.verify(policy).unwrap().signatures
}

#[test]
fn good_seals_of_every_family_pass_one_after_another() {
    for algorithm in Algorithm::ALL {
        let pki = Pki::new(algorithm);
        let mut pdf = four();
        for pages in [&[1, 2, 3, 4][..], &[1], &[2, 3]] {
            pdf = pki.seal(
                &pdf,
                Some(SEALED_AT + 5),
                &Request {
                    contents_bytes: 16_384,
                    ..request(pages)
                },
            );
        }
        let reports = reports(&pdf, &pki.policy());
        assert_eq!(
            reports.len(),
            3,
            "each signature counts once, however many widgets show it"
        );
        for (index, report) in reports.iter().enumerate() {
            assert_eq!(
                report.outcome(),
                Outcome::Passed,
                "{algorithm:?} {report:#?}"
            );
            assert_eq!(report.signer.as_deref(), Some("互连测试"));
            assert_eq!(report.algorithm.as_deref(), Some(algorithm.name()));
            assert_eq!(
                report.time,
                SignatureTime::Token {
                    unix: SEALED_AT + 5,
                    trusted: true
                }
            );
            assert_eq!(report.covers_whole_file, index == 2);
            let changes = if index == 2 {
                Changes::None
            } else {
                Changes::Allowed {
                    revisions: 2 - index,
                }
            };
            assert_eq!(report.changes, changes);
            assert!(report.own_base_len.is_some());
        }
    }
}

#[test]
fn pitfall_15_only_a_signature_over_this_revision_is_embedded() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let pdf = four();
    let mut prepared = open(&pdf).unwrap().prepare(&request(&[1])).unwrap();
    let digest = prepared.digest(Algorithm::P256Sha256);
    let good = cms::sign(&pki.key, &[&pki.leaf], &digest).unwrap();
    let other = cms::sign(&pki.key, &[&pki.leaf], &[7; 32]).unwrap();
    let before = prepared.increment().to_vec();
    for bad in [other, good[..good.len() - 1].to_vec(), Vec::new()] {
        assert!(prepared.embed_checked(&bad, &digest).is_err());
        assert_eq!(prepared.increment(), before);
    }
    prepared.embed_checked(&good, &digest).unwrap();
    let sealed = [pdf, prepared.increment().to_vec()].concat();
    assert_eq!(
        reports(&sealed, &pki.policy())[0].outcome(),
        Outcome::Passed
    );
}

#[test]
fn the_seal_is_told_by_name_while_it_stands_under_the_signature() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let named = Request {
        seal_name: Some("合同专用章 (一)".to_owned()),
        seal_kind: Some("contract".to_owned()),
        ..request(&[1])
    };
    let pdf = pki.seal(&four(), None, &named);
    let info = open(&pdf).unwrap().info().unwrap();
    let report = &reports(&pdf, &Policy::default())[0];
    for (name, kind) in [
        (&info.signatures[0].seal_name, &info.signatures[0].seal_kind),
        (&report.seal_name, &report.seal_kind),
    ] {
        assert_eq!(name.as_deref(), Some("合同专用章 (一)"));
        assert_eq!(kind.as_deref(), Some("contract"));
    }
    let json = open(&pdf).unwrap().verify(&Policy::default()).unwrap();
    assert_eq!(
        json.to_json("x")["signatures"][0]["seal_name"],
        "合同专用章 (一)"
    );
    // A letter of the name changed: the signature is broken, and a report names no seal.
    let at = pdf.windows(8).position(|w| w == b"contract").unwrap();
    let mut changed = pdf.clone();
    changed[at] = b'k';
    let report = &reports(&changed, &Policy::default())[0];
    assert_eq!(report.integrity, Integrity::Broken);
    assert_eq!((&report.seal_name, &report.seal_kind), (&None, &None));
    let long = Request {
        seal_name: Some("章".repeat(201)),
        ..request(&[1])
    };
    assert_eq!(
        open(&four()).unwrap().prepare(&long).unwrap_err().code(),
        "bad_request"
    );
}

#[test]
fn pitfall_16_a_prepared_revision_goes_on_only_over_its_own_base() {
    let pki = Pki::new(Algorithm::Sm2Sm3);
    let pdf = four();
    let first = open(&pdf).unwrap().prepare(&request(&[1])).unwrap();
    let resume = |base: &[u8], range: [u64; 4]| {
        let field = first.field().to_owned();
        Prepared::resume(
            Arc::new(base.to_vec()),
            first.increment().to_vec(),
            range,
            field,
        )
    };
    let mut again = resume(&pdf, first.byte_range()).unwrap();
    let digest = again.digest(Algorithm::Sm2Sm3);
    assert_eq!(digest, first.digest(Algorithm::Sm2Sm3));
    again
        .embed_checked(
            &cms::sign(&pki.key, &[&pki.leaf], &digest).unwrap(),
            &digest,
        )
        .unwrap();
    let sealed = [pdf.clone(), again.increment().to_vec()].concat();
    assert_eq!(
        reports(&sealed, &pki.policy())[0].outcome(),
        Outcome::Passed
    );
    // Another bidder sealed meanwhile: the base is longer than it was.
    assert!(resume(&sealed, first.byte_range()).is_err());
    let [a, b, c, d] = first.byte_range();
    for range in [
        [1, b, c, d],
        [a, b + 1, c, d],
        [a, b, c - 1, d],
        [a, b, c, d - 1],
        [a, c, b, d],
        [0, 0, u64::MAX, 9],
    ] {
        assert!(resume(&pdf, range).is_err(), "{range:?}");
    }
}

#[test]
fn without_a_time_stamp_the_time_is_a_claim_and_without_roots_nothing_is_trusted() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let pdf = pki.seal(&four(), None, &request(&[1]));
    let report = &reports(&pdf, &pki.policy())[0];
    assert_eq!(
        (report.time, report.outcome()),
        (SignatureTime::Claimed(SEALED_AT), Outcome::Passed)
    );
    let report = &reports(&pdf, &Policy::default())[0];
    assert_eq!(
        (report.integrity, report.chain),
        (Integrity::Intact, Chain::Indeterminate)
    );
    assert_eq!(report.outcome(), Outcome::Indeterminate);
    let report = &reports(&pdf, &Pki::new(Algorithm::P256Sha256).policy())[0];
    assert_eq!(
        (report.integrity, report.chain),
        (Integrity::Intact, Chain::Untrusted)
    );
    let late = Policy {
        at: Some(SEALED_AT + 86_400 * 400),
        ..pki.policy()
    };
    assert_eq!(reports(&pdf, &late)[0].chain, Chain::Untrusted);
}

#[test]
fn a_changed_byte_anywhere_that_is_signed_is_told() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let base = four();
    let pdf = pki.seal(&base, None, &request(&[1]));
    let hole = pdf
        .windows(10)
        .position(|window| window == b"/Contents<")
        .unwrap()
        + 9;
    let hole = hole..hole + 4096 * 2 + 2;
    for at in (0..pdf.len()).step_by(7).filter(|at| !hole.contains(at)) {
        let mut changed = pdf.clone();
        changed[at] ^= 1;
        // Some changes make the file unreadable, some take the field away; none may pass.
        let Ok(document) = open(&changed) else {
            continue;
        };
        let Ok(report) = document.verify(&pki.policy()) else {
            continue;
        };
        for signature in report.signatures {
            assert_ne!(
                signature.outcome(),
                Outcome::Passed,
                "byte {at}: {signature:#?}"
            );
        }
    }
}

#[test]
fn a_signature_put_into_another_file_is_told() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let pdf = pki.seal(&four(), None, &request(&[1]));
    let text = b"(UP page 1)";
    let at = pdf
        .windows(text.len())
        .position(|window| window == text)
        .unwrap();
    let mut other = pdf.clone();
    other[at + 4..at + 8].copy_from_slice(b"DOWN");
    let report = &reports(&other, &pki.policy())[0];
    assert_eq!(report.integrity, Integrity::Broken);
    assert_eq!(
        report.chain,
        Chain::Indeterminate,
        "nobody is named for what was not signed"
    );
}

/// A file of ten pages with so many signatures, what verifying it cost, and how long it took.
fn many(count: usize) -> (usize, pdf_seal::Cost, std::time::Duration) {
    let pki = Pki::new(Algorithm::P256Sha256);
    let mut pdf = Pdf::new(&[A4; 10]).write(Xref::Table);
    for page in (1..=10).cycle().take(count) {
        pdf = pki.seal(&pdf, None, &request(&[page]));
    }
    let begin = std::time::Instant::now();
    let report = open(&pdf).unwrap().verify(&pki.policy()).unwrap();
    let took = begin.elapsed();
    assert_eq!(report.signatures.len(), count);
    for signature in &report.signatures {
        assert_eq!(signature.outcome(), Outcome::Passed, "{signature:#?}");
    }
    (pdf.len(), report.cost, took)
}

#[test]
fn fifty_one_signatures_verify_in_about_a_second() {
    let (len, cost, took) = many(51);
    // One pass for all digests; what each signature covers behind its hole comes to a few hundred bytes.
    assert!(
        cost.digested_bytes < len as u64 * 11 / 10,
        "{cost:?} of {len} bytes"
    );
    // Each revision from the first signed one on is opened once, and what it changed is compared once.
    assert_eq!(cost.revisions, 51);
    let (_, half, _) = many(26);
    assert!(cost.objects * 10 < half.objects * 22, "{half:?} {cost:?}");
    // Unoptimised and on a busy machine; an optimised build takes a small part of it.
    assert!(took.as_secs() < 5, "{took:?}");
    eprintln!("51 signatures, {len} bytes: {took:?}, {cost:?}");
}
