//! Single pieces of evidence, and how they come in files and from services.

use gm_pki::certificate::{self, Facts};
use gm_pki::revocation::Evidence;
use gm_pki::{cms, ocsp, pem};

use super::chain::Certificate;
use crate::longterm::Material;

/// One list or answer, alone, so that what it proves is known of it and not of a heap.
pub(super) struct Piece {
    pub der: Vec<u8>,
    pub is_list: bool,
    pub evidence: Evidence,
}

impl Piece {
    pub fn list(der: Vec<u8>) -> Self {
        Self {
            evidence: Evidence::read(std::slice::from_ref(&der), &[]),
            is_list: true,
            der,
        }
    }

    pub fn answer(der: Vec<u8>) -> Self {
        Self {
            evidence: Evidence::read(&[], std::slice::from_ref(&der)),
            is_list: false,
            der,
        }
    }

    pub fn take_into(&self, material: &mut Material) {
        let list = if self.is_list {
            &mut material.crls
        } else {
            &mut material.ocsps
        };
        if !list.contains(&self.der) {
            list.push(self.der.clone());
        }
    }
}

/// The certificate of the delegated responder that signed the answer.
pub(super) fn responder_of(answer: &[u8], issuer: &Facts) -> Option<Certificate> {
    let response = ocsp::parse_response(answer).ok()?;
    let der = response.authenticate(issuer, response.produced_at).ok()??;
    Some((der.to_vec(), certificate::parse(der).ok()?))
}

/// A certificate in DER or PEM, or a bag of them (RFC 5280 4.2.2.1).
pub(super) fn certificates_in(bytes: &[u8]) -> Vec<Vec<u8>> {
    let found = blocks("CERTIFICATE", bytes);
    if !found.is_empty() {
        return found;
    }
    cms::certificates(bytes).unwrap_or_else(|_| vec![bytes.to_vec()])
}

/// PEM blocks of a label.
pub(super) fn blocks(label: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    pem::decode_all(label, text).unwrap_or_default()
}
