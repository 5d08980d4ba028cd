//! All signatures of a file: ranges, then digests in one pass, then each signature for itself.

use gm_pki::cms::{self, Cms, Foreign};
use gm_pki::{Error, Hash};

use super::chain::Grounds;
use super::digests::{self, Digests};
use super::level::Levels;
use super::material::Known;
use super::report::{
    Chain, Changes, Cost, Integrity, Policy, Report, SignatureKind, SignatureReport, SignatureTime,
};
use super::stamps::{self, Candidate, Stamps};
use super::{Modification, Ranges, Reason, chain, changes, pages};
use crate::document::Document;
use crate::form::{Form, SigField};
use crate::object::Object;
use crate::refusal::Refusal;

/// A signature on its way.
struct Case<'a> {
    signed: &'a SigField,
    report: SignatureReport,
    /// Ranges and CMS, when both are sound.
    parts: Option<Parts>,
    /// Name and kind of the seal, as the dictionary tells them.
    seal: (Option<String>, Option<String>),
}

/// What is needed for the cryptography.
struct Parts {
    ranges: Ranges,
    cms: Cms,
    /// The digest that is made over the ranges.
    hash: Result<Hash, &'static str>,
}

impl Document {
    /// Verifies every signature that the form leads to, each signature dictionary once.
    ///
    /// # Errors
    /// A [`Refusal`] when the form cannot be read; everything about single signatures is in the report.
    pub fn verify(&self, policy: &Policy) -> Result<Report, Refusal> {
        let form = Form::read(self)?;
        let mut shown = pages::of_signatures(self);
        let mut cases = form
            .signed
            .iter()
            .map(|signed| {
                let mut case = self.case(signed)?;
                case.report.pages = shown.remove(&signed.id).unwrap_or_default();
                Ok(case)
            })
            .collect::<Result<Vec<_>, Refusal>>()?;
        cases.sort_by_key(|case| case.report.covered_len);
        let wanted: Vec<_> = cases
            .iter()
            .enumerate()
            .filter_map(|(index, case)| {
                let parts = case.parts.as_ref()?;
                Some((index, &parts.ranges, parts.hash.ok()?))
            })
            .collect();
        let (digests, digested_bytes) = digests::compute(self, &wanted);
        let known = Known::of_all(self, policy);
        let candidates: Vec<_> = cases.iter().enumerate().filter_map(Case::stamp).collect();
        let stamps = Stamps::judge(&candidates, &digests, policy, &known);
        let grounds = Grounds {
            policy,
            known: &known,
            stamps: &stamps,
        };
        let mut levels = Levels::new(self, policy, &stamps);
        let mut signatures = Vec::with_capacity(cases.len());
        let signed: Vec<_> = cases.iter().map(|case| case.signed).collect();
        for (index, case) in cases.into_iter().enumerate() {
            signatures.push(case.finish(index, &digests, self, &grounds, &mut levels));
        }
        let compared = changes::judge(self, &signed, &mut signatures);
        let last_covers_whole_file = signatures
            .last()
            .is_some_and(|signature| signature.covers_whole_file);
        Ok(Report {
            signatures,
            last_covers_whole_file,
            cost: Cost {
                digested_bytes,
                ..compared
            },
        })
    }

    fn case<'a>(&self, signed: &'a SigField) -> Result<Case<'a>, Refusal> {
        let info = self.signature_claims(signed)?;
        let sub_filter = self.value(&signed.value, b"SubFilter")?;
        let sub_filter = sub_filter
            .as_name()
            .map(|name| String::from_utf8_lossy(name).into_owned());
        let mut report = SignatureReport {
            field: info.field,
            kind: match sub_filter.as_deref() {
                Some(stamps::SUB_FILTER) => SignatureKind::DocumentTimeStamp,
                _ => SignatureKind::Signature,
            },
            level: None,
            sub_filter: sub_filter.unwrap_or_default(),
            signer: None,
            unit: None,
            pages: Vec::new(),
            certificate: None,
            algorithm: None,
            time: info
                .claimed_time
                .map_or(SignatureTime::Unknown, SignatureTime::Claimed),
            covered_len: 0,
            covers_whole_file: false,
            changes: Changes::Unexplained,
            integrity: Integrity::Broken,
            chain: Chain::Indeterminate,
            own_base_len: info.own_base_len,
            seal_name: None,
            seal_kind: None,
            modification: Modification::None,
            later: Vec::new(),
            reasons: Vec::new(),
        };
        let parts = match read(self, signed, &mut report) {
            Ok(parts) => Some(parts),
            Err(reason) => {
                report.reasons.push(reason);
                None
            }
        };
        Ok(Case {
            signed,
            report,
            parts,
            seal: (info.seal_name, info.seal_kind),
        })
    }
}

/// Ranges and CMS of one signature; sets what they tell.
fn read(
    document: &Document,
    signed: &SigField,
    report: &mut SignatureReport,
) -> Result<Parts, Reason> {
    let ranges = Ranges::read(document, signed)?;
    report.covered_len = ranges.end;
    report.covers_whole_file = ranges.end == document.len();
    let kind = report.sub_filter.as_str();
    if !matches!(
        kind,
        "ETSI.CAdES.detached" | "adbe.pkcs7.detached" | SHA1_INSIDE | stamps::SUB_FILTER
    ) {
        report.integrity = Integrity::Unsupported;
        let text = match kind {
            "adbe.x509.rsa_sha1" => "signatures of the kind \"adbe.x509.rsa_sha1\" rest on SHA-1 and were withdrawn in PDF 2.0; they are not handled".to_owned(),
            other => format!("signatures of the kind \"{other}\" are not handled"),
        };
        return Err(Reason::new("kind_unsupported", text));
    }
    let cms = cms::parse(ranges.cms()?).map_err(|error| {
        Reason::new(
            "malformed",
            format!("the signature cannot be read: {error}"),
        )
    })?;
    // 12.8.3.3.1: one signer, and nothing inside: what is signed is the file. The old kind holds its digest, a time stamp
    // what it says (12.8.5).
    let [signer] = cms.signers.as_slice() else {
        return Err("the signature is not one of one signer".into());
    };
    if cms.content.is_some() != matches!(kind, SHA1_INSIDE | stamps::SUB_FILTER) {
        return Err("the signature is not detached, or not of its kind".into());
    }
    if kind == "ETSI.CAdES.detached" && !signer.unsigned_attributes.iter().all(is_cades) {
        return Err(
            "the signature holds something that nobody signed and no standard knows".into(),
        );
    }
    let hash = match kind {
        SHA1_INSIDE => Ok(Hash::Sha1),
        stamps::SUB_FILTER => stamps::hash(ranges.cms()?),
        _ => cms
            .content_hash(0)
            .map_err(|_| "the digest of the signature"),
    };
    Ok(Parts { ranges, cms, hash })
}

/// The kind whose CMS holds the SHA-1 digest of the ranges (ISO 32000-1, 12.8.3.3.1).
const SHA1_INSIDE: &str = "adbe.pkcs7.sha1";

/// Whether an unsigned attribute is one of CAdES (RFC 5126, ETSI EN 319 122-1): a time stamp, validation data.
fn is_cades(kind: &gm_pki::ObjectIdentifier) -> bool {
    let arcs: Vec<u32> = kind.arcs().collect();
    let known: [&[u32]; 3] = [
        &[1, 2, 840, 113_549, 1, 9, 16, 2],
        &[0, 4, 0, 1733, 2],
        &[0, 4, 0, 19_122, 1],
    ];
    known.iter().any(|known| arcs.starts_with(known))
}

impl Case<'_> {
    /// The document time stamp that it is.
    fn stamp((index, case): (usize, &Self)) -> Option<Candidate<'_>> {
        let ranges = &case.parts.as_ref()?.ranges;
        let token = ranges.cms().ok()?;
        (case.report.kind == SignatureKind::DocumentTimeStamp).then_some(Candidate {
            index,
            token,
            covered_len: ranges.end,
        })
    }

    fn finish(
        self,
        index: usize,
        digests: &Digests,
        document: &Document,
        grounds: &Grounds<'_>,
        levels: &mut Levels<'_>,
    ) -> SignatureReport {
        let Self {
            signed,
            mut report,
            parts,
            seal,
        } = self;
        let Some(parts) = parts else { return report };
        if report.kind == SignatureKind::DocumentTimeStamp {
            grounds.stamps.tell(index, &mut report);
            return report;
        }
        match verified(&parts, digests.get(&index)) {
            Ok(verified) => {
                told(&mut report, &verified);
                (report.seal_name, report.seal_kind) = seal;
                report.integrity = Integrity::Intact;
                report.time = chain::time(&verified, &mut report, grounds);
                report.chain = chain::chain(
                    &verified,
                    &parts.cms,
                    report.time,
                    grounds,
                    &mut report.reasons,
                );
                report.level = levels.of(&report, &verified, &parts.cms);
            }
            Err((integrity, reason)) => {
                report.integrity = integrity;
                report.reasons.push(reason);
            }
        }
        let is_name =
            |key: &[u8]| matches!(document.value(&signed.value, key), Ok(Object::Name(_)));
        if !is_name(b"Filter") {
            report
                .reasons
                .push(Reason::new("no_handler", "the signature names no handler"));
        }
        report
    }
}

/// The signature over the digest of its ranges.
fn verified(parts: &Parts, digest: Option<&Vec<u8>>) -> Result<Foreign, (Integrity, Reason)> {
    let unsupported = |what: &str| {
        let reason = Reason::new("algorithm_unsupported", format!("{what} is not handled"));
        (Integrity::Unsupported, reason)
    };
    parts.hash.map_err(unsupported)?;
    let Some(digest) = digest else {
        let text = "the signatures of this file cover more than is read";
        return Err((Integrity::Unsupported, Reason::new("too_much_work", text)));
    };
    let inside = parts.cms.content.as_deref();
    if inside.is_some_and(|inside| inside != digest.as_slice()) {
        let text = "the file was changed: its digest is not the signed one";
        return Err((Integrity::Broken, Reason::new("content_changed", text)));
    }
    let verified = match inside {
        Some(inside) => parts.cms.verify_foreign(0, &|hash| hash.digest(inside)),
        None => parts.cms.verify_foreign(0, &|_| digest.clone()),
    };
    let mut verified = verified.map_err(|error| match error {
        Error::Unsupported(what) => unsupported(what),
        Error::Mismatch("signer's certificate") => {
            let text = "the signature does not hold the certificate of its signer";
            (Integrity::Unsupported, Reason::new("signer_missing", text))
        }
        other => (Integrity::Broken, broken(&other)),
    })?;
    if inside.is_some() {
        let text = "SHA-1 is broken: two documents with the same digest can be made";
        verified.weakness = verified.weakness.or_else(|| Some(text.to_owned()));
    }
    Ok(verified)
}

/// Why a signature does not verify.
fn broken(error: &Error) -> Reason {
    match error {
        Error::Mismatch("digest of the content") => Reason::new(
            "content_changed",
            "the file was changed: its digest is not the signed one",
        ),
        Error::Mismatch("signing certificate attribute") => Reason::new(
            "signer_missing",
            "the signature names another certificate than the one it holds",
        ),
        Error::Mismatch(
            what @ ("list of digests of the CMS" | "digest of the signature algorithm"),
        ) => Reason::new(
            "digests_disagree",
            format!("the signature names different digests ({what})"),
        ),
        Error::Malformed(_) | Error::TooLarge { .. } => Reason::new(
            "malformed",
            format!("the signature cannot be read: {error}"),
        ),
        other => Reason::new(
            "signature_wrong",
            format!("the signature is wrong: {other}"),
        ),
    }
}

fn told(report: &mut SignatureReport, verified: &Foreign) {
    let facts = gm_pki::certificate::parse(&verified.signer_certificate);
    if let Ok(facts) = facts {
        report.signer = facts.subject.display_name().map(str::to_owned);
        report.unit = facts.subject.organization;
    }
    report.certificate = Some(verified.signer_certificate.clone());
    report.algorithm = Some(verified.name.clone());
    if let Some(weakness) = &verified.weakness {
        let text = format!("the signature proves nothing any more: {weakness}");
        report.reasons.push(Reason::new("algorithm_weak", text));
    }
    if report.sub_filter == "ETSI.CAdES.detached" && !verified.certificate_bound {
        report.reasons.push(Reason::new(
            "certificate_not_named",
            "the signature does not name its certificate, as PAdES asks",
        ));
    }
}
