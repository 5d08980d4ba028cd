//! Why a verdict is what it is: a stable code for programs, a sentence for people.

use super::SubIndication;

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// Stable, lower case with underscores.
    pub code: &'static str,
    /// A plain sentence.
    pub text: String,
    /// What the standard calls it, when it speaks against the signature.
    pub sub_indication: Option<SubIndication>,
}

impl Reason {
    /// A reason whose code tells alone what it means.
    pub(super) fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
            sub_indication: meaning(code),
        }
    }

    /// As [`Reason::new`] where the code has several meanings.
    pub(super) fn meaning(self, sub_indication: SubIndication) -> Self {
        Self {
            sub_indication: Some(sub_indication),
            ..self
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// What is wrong with the form of a signature, before any cryptography.
impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Self {
        Self::new("malformed", text)
    }
}

/// What a code means by itself. A change of the document after signing is told as a failure of the format, as the
/// reference implementation of the standard does it: the bytes hold, but the document is not the one that was signed.
fn meaning(code: &str) -> Option<SubIndication> {
    Some(match code {
        "malformed" | "digests_disagree" | "appended" | "not_a_revision" | "changes_unknown"
        | "changed_later" => SubIndication::FormatFailure,
        "page_changed" | "pages_changed" | "catalog_changed" | "form_changed"
        | "object_removed" => SubIndication::FormatFailure,
        "field_added" | "field_changed" | "field_hidden" | "field_locked" | "field_removed" => {
            SubIndication::FormatFailure
        }
        "signature_changed" | "signature_reused" | "sneaky_signature" | "unsigned_appearance" => {
            SubIndication::FormatFailure
        }
        "action_added" | "annotation_added" | "appearance_changed" | "docmdp_violated"
        | "store_changed" => SubIndication::FormatFailure,
        "content_changed" => SubIndication::HashFailure,
        "signature_wrong" => SubIndication::SigCryptoFailure,
        "signer_missing" => SubIndication::NoSigningCertificateFound,
        "kind_unsupported" => SubIndication::SigConstraintsFailure,
        "algorithm_unsupported" | "algorithm_weak" => SubIndication::CryptoConstraintsFailure,
        "no_roots" | "signer_untrusted" => SubIndication::NoCertificateChainFound,
        "not_for_signing" => SubIndication::ChainConstraintsFailure,
        "revoked_since" => SubIndication::RevokedNoPoe,
        "too_much_work" | "limits" => SubIndication::PolicyProcessingError,
        "time_unknown" => SubIndication::NoPoe,
        _ => return None,
    })
}
