//! All signatures of a file: ranges, then digests in one pass, then each signature for itself.

use gm_pki::Algorithm;
use gm_pki::cms::{self, Cms, Content, Verified};

use super::digests::{self, Digests};
use super::report::{Chain, Changes, Integrity, Policy, Report, SignatureReport, SignatureTime};
use super::{Ranges, Reason, chain, changes, pages};
use crate::document::Document;
use crate::form::{Form, SigField};
use crate::object::Object;
use crate::refusal::Refusal;
use crate::sign::DigestAlgorithm;

/// A signature on its way.
struct Case<'a> {
    signed: &'a SigField,
    report: SignatureReport,
    /// Ranges and CMS, when both are sound.
    parts: Option<(Ranges, Cms)>,
    /// Name and kind of the seal, as the dictionary tells them.
    seal: (Option<String>, Option<String>),
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
                let (ranges, _) = case.parts.as_ref()?;
                Some(
                    [DigestAlgorithm::Sha256, DigestAlgorithm::Sm3]
                        .map(|algorithm| (index, ranges, algorithm)),
                )
            })
            .flatten()
            .filter(|(index, _, algorithm)| {
                cases.get(*index).is_some_and(|case| case.wants(*algorithm))
            })
            .collect();
        let digests = digests::compute(self, &wanted);
        let mut signatures = Vec::with_capacity(cases.len());
        for (index, case) in cases.into_iter().enumerate() {
            signatures.push(case.finish(index, &digests, self, policy));
        }
        changes::judge(self, &mut signatures);
        let last_covers_whole_file = signatures
            .last()
            .is_some_and(|signature| signature.covers_whole_file);
        Ok(Report {
            signatures,
            last_covers_whole_file,
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
) -> Result<(Ranges, Cms), Reason> {
    let ranges = Ranges::read(document, signed)?;
    report.covered_len = ranges.end;
    report.covers_whole_file = ranges.end == document.len();
    if !matches!(
        report.sub_filter.as_str(),
        "ETSI.CAdES.detached" | "adbe.pkcs7.detached"
    ) {
        report.integrity = Integrity::Unsupported;
        return Err(Reason::new(
            "kind_unsupported",
            format!(
                "signatures of the kind \"{}\" are not handled",
                report.sub_filter
            ),
        ));
    }
    let cms = cms::parse(ranges.cms()?).map_err(|error| {
        Reason::new(
            "malformed",
            format!("the signature cannot be read: {error}"),
        )
    })?;
    // 12.8.3.3.1: one signer, and nothing inside: what is signed is the file.
    if cms.signers.len() != 1 || cms.content.is_some() {
        return Err("the signature is not one detached signature of one signer".into());
    }
    Ok((ranges, cms))
}

impl Case<'_> {
    /// Whether the signature might need this digest.
    fn wants(&self, algorithm: DigestAlgorithm) -> bool {
        let digest = match algorithm {
            DigestAlgorithm::Sha256 => Algorithm::P256Sha256,
            DigestAlgorithm::Sm3 => Algorithm::Sm2Sm3,
        };
        let signer = self.parts.as_ref().and_then(|(_, cms)| cms.signers.first());
        signer.is_some_and(|signer| signer.digest_oid == digest.digest_oid())
    }

    fn finish(
        self,
        index: usize,
        digests: &Digests,
        document: &Document,
        policy: &Policy,
    ) -> SignatureReport {
        let Self {
            signed,
            mut report,
            parts,
            seal,
        } = self;
        let Some((_, cms)) = parts else { return report };
        let digest = |algorithm: Algorithm| {
            digests
                .get(&(index, digests::tag(algorithm.into())))
                .cloned()
                .unwrap_or_default()
        };
        match cms.verify(Content::Digest(&digest)) {
            Ok(verified) => {
                let claimed = match report.time {
                    SignatureTime::Claimed(unix) => Some(unix),
                    _ => None,
                };
                told(&mut report, &verified);
                (report.seal_name, report.seal_kind) = seal;
                report.integrity = Integrity::Intact;
                report.time = chain::time(&verified, claimed, policy, &mut report.reasons);
                report.chain =
                    chain::chain(&verified, &cms, report.time, policy, &mut report.reasons);
            }
            Err(gm_pki::Error::Unsupported(what)) => {
                report.integrity = Integrity::Unsupported;
                report.reasons.push(Reason::new(
                    "algorithm_unsupported",
                    format!("{what} is not handled"),
                ));
            }
            Err(error) => report.reasons.push(Reason::new(
                "content_changed",
                format!("the file was changed or the signature is wrong: {error}"),
            )),
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

fn told(report: &mut SignatureReport, verified: &Verified) {
    let facts = gm_pki::certificate::parse(&verified.signer_certificate);
    if let Ok(facts) = facts {
        report.signer = facts.subject.display_name().map(str::to_owned);
        report.unit = facts.subject.organization;
    }
    report.certificate = Some(verified.signer_certificate.clone());
    report.algorithm = Some(verified.algorithm.name());
    if report.sub_filter == "ETSI.CAdES.detached" && !verified.certificate_bound {
        report.reasons.push(Reason::new(
            "certificate_not_named",
            "the signature does not name its certificate, as PAdES asks",
        ));
    }
}
