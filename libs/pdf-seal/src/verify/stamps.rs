//! Document time stamps (12.8.5): whether they hold, and what they prove to have existed.
//!
//! Each proves that everything it covers existed at its time (ETSI EN 319 102-1, 5.6.2): signatures, their time stamps,
//! and the material beside them. So they are judged from the newest back, and a stamper only has to be good at the time
//! that the next one proves.

use std::collections::BTreeMap;

use gm_pki::Hash;
use gm_pki::tsp::{self, Checked};

use super::digests::Digests;
use super::material::Known;
use super::report::{Chain, Integrity, Policy, SignatureReport, SignatureTime};
use super::{Reason, SubIndication};
use crate::limits;

/// The `/SubFilter` of document time stamps.
pub(super) const SUB_FILTER: &str = "ETSI.RFC3161";

/// One that is to be judged.
pub(super) struct Candidate<'a> {
    /// Its place among the signatures of the file.
    pub index: usize,
    pub token: &'a [u8],
    pub covered_len: u64,
}

/// Those of a file, judged.
#[derive(Default)]
pub(super) struct Stamps {
    verdicts: BTreeMap<usize, Verdict>,
}

struct Verdict {
    covered_len: u64,
    checked: Result<Checked, gm_pki::Error>,
    /// Why the stamper is not believed; `None` when there were no roots to believe.
    chain: Option<Result<(), String>>,
}

impl Stamps {
    /// Judges all of them; `candidates` in the order in which they were made.
    pub(super) fn judge(
        candidates: &[Candidate<'_>],
        digests: &Digests,
        policy: &Policy,
        known: &Known,
    ) -> Self {
        let mut stamps = Self::default();
        let roots = roots(policy);
        for it in candidates.iter().rev().take(limits::TIME_STAMPS) {
            // The digest was made by the identifier in the token.
            let digest = |_| digests.get(&it.index).cloned();
            let checked = tsp::check_token(it.token, &digest);
            let chain = checked
                .as_ref()
                .ok()
                .filter(|_| !roots.is_empty())
                .map(|checked| {
                    let at = stamps.first_over(it.covered_len).or(policy.at);
                    let at = at.unwrap_or(checked.stamp.time);
                    let path = known.validate(&checked.stamper, &checked.certificates, &roots, at);
                    path.map(|_| ()).map_err(|error| error.to_string())
                });
            let verdict = Verdict {
                covered_len: it.covered_len,
                checked,
                chain,
            };
            stamps.verdicts.insert(it.index, verdict);
        }
        stamps
    }

    /// The earliest time at which the first `covered_len` bytes, and what stands in the hole among them, are proved to
    /// have existed.
    pub(super) fn first_over(&self, covered_len: u64) -> Option<i64> {
        let over = self
            .verdicts
            .values()
            .filter(|it| it.covered_len > covered_len);
        let believed = over.filter(|it| matches!(it.chain, Some(Ok(()))));
        believed.filter_map(Verdict::time).min()
    }

    /// Sound ones over the first `covered_len` bytes: the time of the earliest, and where the newest ends. Whether they
    /// are believed is not asked: this is about what a file has, not about whom to trust.
    pub(super) fn sound_over(&self, covered_len: u64) -> Option<(i64, u64)> {
        let over = || {
            let over = self
                .verdicts
                .values()
                .filter(|it| it.covered_len > covered_len);
            over.filter_map(|it| Some((it.time()?, it.covered_len)))
        };
        Some((over().map(|it| it.0).min()?, over().map(|it| it.1).max()?))
    }

    /// Says in the report of one of them what was found.
    pub(super) fn tell(&self, index: usize, report: &mut SignatureReport) {
        let Some(verdict) = self.verdicts.get(&index) else {
            report.integrity = Integrity::Unsupported;
            report.reasons.push(Reason::new(
                "limits",
                "this file has more document time stamps than are judged",
            ));
            return;
        };
        let checked = match &verdict.checked {
            Ok(checked) => checked,
            Err(gm_pki::Error::Unsupported(what)) => {
                report.integrity = Integrity::Unsupported;
                report.reasons.push(Reason::new(
                    "algorithm_unsupported",
                    format!("{what} is not handled"),
                ));
                return;
            }
            Err(error) => {
                report.reasons.push(Reason::new(
                    "content_changed",
                    format!("the file was changed or the time stamp is wrong: {error}"),
                ));
                return;
            }
        };
        report.integrity = Integrity::Intact;
        if let Ok(facts) = gm_pki::certificate::parse(&checked.stamper) {
            report.signer = facts.subject.display_name().map(str::to_owned);
            report.unit = facts.subject.organization;
        }
        report.certificate = Some(checked.stamper.clone());
        report.algorithm = Some(checked.algorithm.clone());
        report.chain = match &verdict.chain {
            Some(Ok(())) => Chain::Trusted,
            Some(Err(why)) => {
                let text = format!("the time stamp is not believed: {why}");
                let reason = Reason::new("time_stamp_untrusted", text);
                let meaning = SubIndication::NoCertificateChainFound;
                report.reasons.push(reason.meaning(meaning));
                Chain::Untrusted
            }
            None => {
                report
                    .reasons
                    .push(Reason::new("no_roots", "no trusted roots were given"));
                Chain::Indeterminate
            }
        };
        report.time = SignatureTime::Token {
            unix: checked.stamp.time,
            trusted: report.chain == Chain::Trusted,
        };
    }
}

impl Verdict {
    fn time(&self) -> Option<i64> {
        self.checked.as_ref().ok().map(|checked| checked.stamp.time)
    }
}

/// Whom stampers may lead to.
pub(super) fn roots(policy: &Policy) -> Vec<Vec<u8>> {
    let all = policy.roots.iter().chain(&policy.timestamp_roots);
    all.cloned().collect()
}

/// The digest that a token is made over.
pub(super) fn hash(token: &[u8]) -> Result<Hash, &'static str> {
    let stamp = tsp::parse_token(token).map_err(|_| "this kind of time stamp")?;
    let hash = Hash::from_oid(stamp.imprint.digest_oid).filter(|hash| !hash.is_broken());
    hash.ok_or("the digest of the time stamp")
}
