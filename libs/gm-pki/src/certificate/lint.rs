//! The lint of what is about to be signed. It reads the bytes themselves, not the plan they came from, so that a mistake
//! in the writing is found before a key has put its name to it (the practice of Boulder and zlint).

use super::{Facts, parse_tbs};
use crate::{Algorithm, name, oid, public_key};
use der::asn1::ObjectIdentifier as Oid;

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable name of the rule.
    pub rule: &'static str,
    /// The rule in words.
    pub detail: &'static str,
}

/// Checks a TBSCertificate against the profiles of this crate.
///
/// # Errors
/// Every rule that is broken; never empty.
pub fn lint(tbs: &[u8]) -> Result<(), Vec<Finding>> {
    let Ok(facts) = parse_tbs(tbs) else {
        return Err(vec![Finding {
            rule: "readable",
            detail: "the bytes are no TBSCertificate",
        }]);
    };
    let mut findings = Findings(Vec::new());
    findings.body(&facts);
    findings.names(&facts);
    findings.key(&facts);
    findings.extensions(&facts);
    match facts.basic_constraints {
        Some(_) => findings.authority(&facts),
        None => findings.leaf(&facts),
    }
    if findings.0.is_empty() {
        Ok(())
    } else {
        Err(findings.0)
    }
}

/// The longest validity of a leaf, in seconds: five years and a day.
const MAX_LEAF_SECONDS: i64 = (5 * 366 + 1) * 86_400;
/// The longest validity of an authority, in seconds: thirty years and a week.
const MAX_CA_SECONDS: i64 = (30 * 366 + 7) * 86_400;

struct Findings(Vec<Finding>);

impl Findings {
    fn must(&mut self, holds: bool, rule: &'static str, detail: &'static str) {
        if !holds {
            self.0.push(Finding { rule, detail });
        }
    }

    fn body(&mut self, facts: &Facts) {
        self.must(facts.version == 3, "version", "the version must be 3");
        self.must(
            (16..=20).contains(&facts.serial.len()),
            "serial-length",
            "the serial number must have 16 to 20 bytes",
        );
        // RFC 5280 4.1.2.2 allows 20 octets of encoding, and a leading bit takes one more.
        let top = facts.serial.first().copied().unwrap_or_default();
        self.must(
            facts.serial.len() < 20 || top < 0x80,
            "serial-encoding",
            "the serial number must encode in 20 octets",
        );
        self.must(
            facts.not_before < facts.not_after,
            "validity-order",
            "the validity must end after it begins",
        );
        self.must(
            facts.not_after <= crate::time::MAX_UNIX,
            "validity-range",
            "the validity must end before the year 10000",
        );
        let limit = if facts.basic_constraints.is_some() {
            MAX_CA_SECONDS
        } else {
            MAX_LEAF_SECONDS
        };
        self.must(
            facts.not_after.saturating_sub(facts.not_before) <= limit,
            "validity-length",
            "the validity is too long for the profile",
        );
        self.must(
            Algorithm::from_signature_oid(facts.signature_oid).is_some(),
            "signature-algorithm",
            "the signature algorithm must be of the three families",
        );
    }

    fn names(&mut self, facts: &Facts) {
        let subject = &facts.subject;
        self.must(
            facts
                .subject
                .to_der()
                .is_ok_and(|der| der == facts.subject_der),
            "subject-form",
            "the subject must hold the known attributes in their order, once each",
        );
        self.must(
            subject.country.is_some(),
            "subject-country",
            "the subject must name a country",
        );
        self.must(
            subject.common_name.is_some(),
            "subject-common-name",
            "the subject must have a common name",
        );
        let unit = subject.organization.is_some();
        self.must(
            unit || subject.organization_identifier.is_none(),
            "subject-organization",
            "an organization identifier needs an organization",
        );
        if let Some(identifier) = &subject.organization_identifier {
            let plain = identifier
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b':');
            self.must(
                plain,
                "subject-identifier",
                "the organization identifier must be ASCII letters, digits, hyphen or colon",
            );
        }
        let values = [
            &subject.organization,
            &subject.organizational_unit,
            &subject.common_name,
            &subject.province,
            &subject.locality,
        ];
        let clean = values.iter().all(|value| {
            value
                .as_deref()
                .is_none_or(|value| name::fault(value, false).is_none())
        });
        self.must(
            clean,
            "subject-text",
            "a subject value is empty, too long or holds an invisible character",
        );
    }

    fn key(&mut self, facts: &Facts) {
        let usable = public_key::check(&facts.spki_der);
        self.must(
            usable.is_ok(),
            "key",
            "the key must be SM2, P-256, or RSA of 2048 to 4096 bits",
        );
        self.must(
            usual_exponent(facts, usable.ok()),
            "key-exponent",
            "the RSA exponent must be 65537",
        );
    }

    fn extensions(&mut self, facts: &Facts) {
        let present = |kind: Oid| facts.criticality(kind);
        self.must(
            present(oid::KEY_USAGE) == Some(true),
            "key-usage",
            "key usage must be present and critical",
        );
        let identifier = super::key_identifier(&facts.spki_der).ok();
        let own = facts.subject_key_id.as_deref() == identifier.as_ref().map(|id| id.as_slice());
        self.must(
            own,
            "subject-key-id",
            "the subject key identifier must be that of the key",
        );
        self.must(
            present(oid::SUBJECT_KEY_ID) == Some(false),
            "subject-key-id-critical",
            "the subject key identifier must not be critical",
        );
        for kind in [
            oid::AUTHORITY_KEY_ID,
            oid::AUTHORITY_INFO,
            oid::CRL_POINTS,
            oid::POLICIES,
            oid::OCSP_NO_CHECK,
        ] {
            self.must(
                present(kind) != Some(true),
                "criticality",
                "this extension must not be critical",
            );
        }
        let known = [
            oid::KEY_USAGE,
            oid::SUBJECT_KEY_ID,
            oid::AUTHORITY_KEY_ID,
            oid::AUTHORITY_INFO,
            oid::CRL_POINTS,
            oid::POLICIES,
            oid::OCSP_NO_CHECK,
            oid::BASIC_CONSTRAINTS,
            oid::EXTENDED_KEY_USAGE,
        ];
        self.must(
            facts
                .extensions
                .iter()
                .all(|(kind, _)| known.contains(kind)),
            "unknown-extension",
            "only extensions of the profiles may stand here",
        );
    }

    fn authority(&mut self, facts: &Facts) {
        let constraints_critical = facts.criticality(oid::BASIC_CONSTRAINTS) == Some(true);
        self.must(
            constraints_critical,
            "ca-constraints-critical",
            "basic constraints must be critical",
        );
        self.must(
            facts
                .basic_constraints
                .is_some_and(|constraints| constraints.ca),
            "ca-flag",
            "a leaf must have no basic constraints",
        );
        let usage = facts.key_usage.is_some_and(|usage| {
            usage.key_cert_sign()
                && usage.crl_sign()
                && !usage.signs_data()
                && !usage.key_encipherment()
                && !usage.data_encipherment()
        });
        self.must(
            usage,
            "ca-key-usage",
            "an authority must have keyCertSign and cRLSign, and no more",
        );
        self.must(
            facts.extended_key_usages.is_none(),
            "ca-extended-usage",
            "an authority must have no extended key usage",
        );
        if facts.is_self_issued() {
            return;
        }
        let path_length = facts
            .basic_constraints
            .and_then(|constraints| constraints.path_length);
        self.must(
            path_length == Some(0),
            "ca-path-length",
            "an issuing authority must have path length 0",
        );
        self.must(
            facts.authority_key_id.is_some(),
            "authority-key-id",
            "the authority key identifier must be present",
        );
        self.must(
            !facts.crl_urls.is_empty(),
            "crl-point",
            "a CRL address must be present",
        );
    }

    fn leaf(&mut self, facts: &Facts) {
        self.must(
            !facts.is_self_issued(),
            "self-issued",
            "a leaf must not be its own issuer",
        );
        self.must(
            facts.authority_key_id.is_some(),
            "authority-key-id",
            "the authority key identifier must be present",
        );
        self.must(
            !facts.issuer_urls.is_empty(),
            "issuer-address",
            "the address of the issuer's certificate must be present",
        );
        let Some(usage) = facts.key_usage else { return };
        let services = facts.extended_key_usages.as_deref();
        self.must(
            !usage.key_cert_sign() && !usage.crl_sign(),
            "leaf-authority",
            "a leaf must not sign certificates or CRLs",
        );
        match services {
            Some([purpose]) if *purpose == oid::TIME_STAMPING => {
                self.must(
                    facts.criticality(oid::EXTENDED_KEY_USAGE) == Some(true),
                    "stamper-critical",
                    "timeStamping must be critical",
                );
                self.must(
                    usage.digital_signature(),
                    "stamper-usage",
                    "a time stamper must have digitalSignature",
                );
            }
            Some([purpose]) if *purpose == oid::OCSP_SIGNING => {
                self.must(
                    facts.criticality(oid::OCSP_NO_CHECK).is_some(),
                    "responder-no-check",
                    "an OCSP responder must carry id-pkix-ocsp-nocheck",
                );
                self.must(
                    usage.digital_signature(),
                    "responder-usage",
                    "an OCSP responder must have digitalSignature",
                );
            }
            Some(_) => self.must(
                false,
                "extended-usage",
                "only timeStamping or OCSPSigning may stand, alone",
            ),
            None => self.holder(facts, usage),
        }
    }

    fn holder(&mut self, facts: &Facts, usage: super::Usages) {
        let signs = usage.digital_signature()
            && usage.non_repudiation()
            && !usage.key_encipherment()
            && !usage.data_encipherment();
        let encrypts = usage.key_encipherment() && usage.data_encipherment() && !usage.signs_data();
        self.must((signs || encrypts) && !usage.key_agreement(), "holder-usage", "a holder's certificate signs (digitalSignature, nonRepudiation) or encrypts (keyEncipherment, dataEncipherment)");
        self.must(
            !facts.policies.is_empty(),
            "policy",
            "a policy must be present",
        );
        self.must(
            !facts.crl_urls.is_empty(),
            "crl-point",
            "a CRL address must be present",
        );
        self.must(
            !facts.ocsp_urls.is_empty(),
            "ocsp-address",
            "an OCSP address must be present",
        );
    }
}

/// Small exponents have broken RSA often enough, and the joint keys need one exponent for both halves.
fn usual_exponent(facts: &Facts, algorithm: Option<Algorithm>) -> bool {
    algorithm != Some(Algorithm::RsaSha256)
        || public_key::rsa_exponent(&facts.spki_der) == Some(65_537)
}
