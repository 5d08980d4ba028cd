//! The baseline level that a signature has reached (ETSI EN 319 142-1, clause 6): what the file holds, whoever believes
//! it. Roots that were not given are taken from the file here, since whom to trust is another question.

use gm_pki::cms::{Cms, Foreign as Verified};
use gm_pki::path::PathError;
use gm_pki::tsp;

use super::material::Known;
use super::report::{Level, Policy, SignatureReport};
use super::stamps::{self, Stamps};
use crate::document::Document;

/// What levels of all signatures are told from.
pub(super) struct Levels<'a> {
    document: &'a Document,
    policy: &'a Policy,
    stamps: &'a Stamps,
    now: Known,
    /// What the file held when its newest time stamp over the signature was made, by where that one ends.
    then: Option<(u64, Known)>,
}

/// A certificate with those that came along, and when it must have been good.
struct Chain<'a> {
    leaf: &'a [u8],
    along: &'a [Vec<u8>],
    at: i64,
}

impl<'a> Levels<'a> {
    pub(super) fn new(document: &'a Document, policy: &'a Policy, stamps: &'a Stamps) -> Self {
        Self {
            document,
            policy,
            stamps,
            now: Known::of_file(document),
            then: None,
        }
    }

    /// The level of a signature that is intact; `None` when it is not made after the baseline profile at all.
    pub(super) fn of(
        &mut self,
        report: &SignatureReport,
        verified: &Verified,
        cms: &Cms,
    ) -> Option<Level> {
        if report.sub_filter != "ETSI.CAdES.detached" || !verified.certificate_bound {
            return None;
        }
        let signature = &verified.signature;
        let token = verified.timestamp_token.as_deref().and_then(|token| {
            tsp::check_token(token, &|kind| tsp::digest_for(kind, signature)).ok()
        });
        let over = self.stamps.sound_over(report.covered_len);
        let Some(at) = token
            .as_ref()
            .map(|it| it.stamp.time)
            .or(over.map(|it| it.0))
        else {
            return Some(Level::B);
        };
        let mut chains = vec![Chain {
            leaf: &verified.signer_certificate,
            along: &cms.certificates,
            at,
        }];
        chains.extend(token.as_ref().map(|token| Chain {
            leaf: &token.stamper,
            along: &token.certificates,
            at: over.map_or(token.stamp.time, |it| it.0),
        }));
        if !self.proves(&self.now, &chains) {
            return Some(Level::T);
        }
        let Some((_, end)) = over else {
            return Some(Level::Lt);
        };
        if self.then.as_ref().is_none_or(|(there, _)| *there != end) {
            self.then = self.before(end).map(|known| (end, known));
        }
        let archived = self
            .then
            .as_ref()
            .is_some_and(|(_, then)| self.proves(then, &chains));
        Some(if archived { Level::Lta } else { Level::Lt })
    }

    fn before(&self, end: u64) -> Option<Known> {
        let then = self.document.open_prefix(usize::try_from(end).ok()?);
        Some(Known::of_file(&then.ok()?))
    }

    /// Whether the material answers for every certificate of the chains, be it that one was revoked.
    fn proves(&self, known: &Known, chains: &[Chain<'_>]) -> bool {
        let mut roots = stamps::roots(self.policy);
        roots.extend(known.self_issued().take(64).cloned());
        !known.is_empty()
            && chains.iter().all(|chain| {
                match known.validate(chain.leaf, chain.along, &roots, chain.at) {
                    Ok(path) => path.revocation_known,
                    Err(PathError::Revoked { .. }) => true,
                    Err(_) => false,
                }
            })
    }
}
