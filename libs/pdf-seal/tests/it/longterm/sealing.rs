//! Files that are sealed and extended in that world.

use std::collections::HashSet;

use gm_pki::{Signer as _, cms, tsp};
use pdf_seal::longterm::{Gathered, Missing, Need, gather};
use pdf_seal::{DigestAlgorithm, Outcome, Policy, Prepared, Request, SignatureReport};

use super::world::World;
use crate::judge::{open, request};

impl World {
    pub fn policy(&self) -> Policy {
        Policy {
            roots: self.roots(),
            ..Policy::default()
        }
    }

    pub fn policy_at(&self, at: i64) -> Policy {
        Policy {
            at: Some(at),
            ..self.policy()
        }
    }

    /// A signature of the leaf on a page, with a time stamp when `stamped`. The root is left to be fetched or known.
    pub fn seal(&self, pdf: &[u8], stamped: bool) -> Vec<u8> {
        let request = Request {
            contents_bytes: 12_000,
            time_unix: self.now,
            ..request(&[1])
        };
        let mut prepared = open(pdf).unwrap().prepare(&request).unwrap();
        let digest = prepared.digest(self.algorithm);
        let attributes = cms::signed_attributes(self.algorithm, &digest, &self.leaf.der).unwrap();
        let signature = self.leaf.key.sign(&attributes).unwrap();
        let token = stamped.then(|| self.token(&tsp::imprint_of(self.algorithm, &signature), None));
        let parts = cms::Parts {
            algorithm: self.algorithm,
            signed_attributes: &attributes,
            signature: &signature,
            certificates: &[&self.leaf.der, &self.issuing.der],
            timestamp_token: token.as_deref(),
        };
        let cms = cms::assemble(&parts).unwrap();
        prepared.embed_checked(&cms, &digest).unwrap();
        whole(&prepared)
    }

    pub fn gather(&mut self, pdf: &[u8], more: &[Need]) -> Result<Gathered, Missing> {
        let document = open(pdf).unwrap();
        let mut needs = document.needs().unwrap();
        needs.extend_from_slice(more);
        let (known, roots, now) = (document.material().unwrap(), self.roots(), self.now);
        gather(&needs, &known, &roots, now, self)
    }

    /// The file with everything that proves its signatures.
    pub fn lt(&mut self, pdf: &[u8]) -> Vec<u8> {
        let gathered = self.gather(pdf, &[]).unwrap();
        append(pdf, &gathered)
    }

    /// The same under a document time stamp.
    pub fn lta(&mut self, pdf: &[u8]) -> Vec<u8> {
        let probe = self.token(&tsp::imprint_of(self.algorithm, b"whose certificate"), None);
        let gathered = self
            .gather(pdf, &[Need::of_token(&probe).unwrap()])
            .unwrap();
        self.stamp(&append(pdf, &gathered))
    }

    pub fn stamp(&self, pdf: &[u8]) -> Vec<u8> {
        let mut prepared = open(pdf).unwrap().prepare_time_stamp(8192).unwrap();
        let digest = prepared.digest(DigestAlgorithm::from(self.algorithm));
        let imprint = tsp::Imprint {
            digest_oid: self.algorithm.digest_oid(),
            digest: digest.clone(),
        };
        assert!(
            prepared
                .embed_token(&self.token(&imprint, None), &[7; 32])
                .is_err()
        );
        prepared
            .embed_token(&self.token(&imprint, None), &digest)
            .unwrap();
        whole(&prepared)
    }
}

pub fn append(pdf: &[u8], gathered: &Gathered) -> Vec<u8> {
    let more = open(pdf)
        .unwrap()
        .append_material(&gathered.proofs)
        .unwrap();
    [pdf, &more.unwrap_or_default()].concat()
}

fn whole(prepared: &Prepared) -> Vec<u8> {
    let mut out = Vec::new();
    prepared.write_to(&mut out).unwrap();
    out
}

pub fn reports(pdf: &[u8], policy: &Policy) -> Vec<SignatureReport> {
    open(pdf).unwrap().verify(policy).unwrap().signatures
}

pub fn all_pass(pdf: &[u8], policy: &Policy) {
    for report in reports(pdf, policy) {
        assert_eq!(report.outcome(), Outcome::Passed, "{report:#?}");
    }
}

/// Object numbers that a revision writes.
pub fn written(before: &[u8], after: &[u8]) -> HashSet<u32> {
    let text = String::from_utf8_lossy(&after[before.len()..]).into_owned();
    let heads = text.lines().filter_map(|line| line.strip_suffix(" 0 obj"));
    heads.filter_map(|number| number.parse().ok()).collect()
}
