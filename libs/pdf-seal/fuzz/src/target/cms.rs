//! Structures of the public key infrastructure: an answer or an error, and no signature over what nobody signed.

use gm_pki::cms::{self, Content};
use gm_pki::path::{self, Trust};
use gm_pki::{certificate, crl, csr, name, ocsp, public_key, tsp};

use crate::seeds::{AT, CONTENT, seeds};

pub(super) fn execute(input: &[u8]) {
    let authority = &seeds().authority;
    let _ = cms::outer_length(input);
    if let Ok(cms) = cms::parse(input) {
        for (index, signer) in cms.signers.iter().enumerate() {
            let verified = cms.verify_signer(index, Content::Bytes(CONTENT));
            let by_us =
                verified.is_ok_and(|verified| verified.signer_certificate == authority.leaf);
            let known = signer
                .signed_attributes
                .as_ref()
                .is_some_and(|it| seeds().attributes.contains(it));
            assert!(!by_us || known, "nobody signed these attributes");
        }
    }
    let trust = Trust {
        roots: vec![authority.root.clone()],
    };
    let _ = tsp::parse_response(input);
    let _ = tsp::parse_request(input);
    if tsp::verify_token(input, CONTENT, &trust, Some(AT), &[]).is_ok() {
        let time = tsp::parse_token(input).expect("it was read").time;
        assert_eq!(time, AT, "nobody stamped this");
    }
    if let Ok(facts) = certificate::parse(input) {
        let _ = facts.verify_signature(&facts.spki_der);
        let chain = [input.to_vec(), authority.leaf.clone()];
        let believed = path::validate(input, &chain, &trust, AT, &[input.to_vec()]).is_ok();
        assert!(
            !believed || seeds().structures.iter().any(|der| der == input),
            "nobody issued this"
        );
    }
    let _ = certificate::lint(input);
    let _ = crl::parse(input);
    let _ = csr::parse_verify(input);
    let _ = name::Subject::from_der(input);
    let _ = ocsp::parse_request(input);
    let _ = ocsp::parse_response(input);
    let _ = public_key::check(input);
}
