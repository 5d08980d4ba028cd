//! What is known of the revocation of certificates: lists and OCSP responses, read once for many validations.

use crate::certificate::{self, Facts};
use crate::crl::{self, Crl, Reason};
use crate::ocsp::{self, Response, Status};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The most lists, and the most responses, that are read.
pub const MAX_EVIDENCE: usize = 1024;

/// Lists and responses. Nothing of them is believed before the issuer's signature on it was verified, which happens once
/// for each issuer.
#[derive(Debug, Default)]
pub struct Evidence {
    lists: Vec<Crl>,
    answers: Vec<Response>,
    verified: Mutex<HashMap<Question, bool>>,
}

/// Whether a list (or else an answer) at an index is signed for the issuer with this hash.
type Question = (Kind, usize, [u8; 32]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    List,
    Answer,
}

/// What evidence says of one certificate at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not revoked then.
    Good,
    /// Revoked or suspended by then.
    Revoked {
        /// Since when, seconds since 1970.
        at: i64,
        /// Why.
        reason: Reason,
    },
    /// Nothing believable tells.
    Unknown,
}

impl Evidence {
    /// Reads DER lists and OCSP responses. What cannot be read says nothing and is left out, as is everything beyond
    /// [`MAX_EVIDENCE`].
    pub fn read(crls: &[Vec<u8>], ocsps: &[Vec<u8>]) -> Self {
        let lists = crls.iter().take(MAX_EVIDENCE);
        let answers = ocsps.iter().take(MAX_EVIDENCE);
        Evidence {
            lists: lists.filter_map(|der| crl::parse(der).ok()).collect(),
            answers: answers
                .filter_map(|der| ocsp::parse_response(der).ok())
                .collect(),
            verified: Mutex::default(),
        }
    }

    /// What is known of a certificate of `issuer` at a time.
    ///
    /// Evidence made after the time, or at most five minutes before it since clocks differ, knows about it; older evidence
    /// only until its next update. Evidence made after the
    /// certificate expired may have dropped it (RFC 5280 3.3) and is believed only when it names it as revoked.
    pub fn standing(&self, certificate: &Facts, issuer: &Facts, at: i64) -> Standing {
        let mut good = false;
        let mut tells = |this_update: i64, next_update: Option<i64>| {
            let made = this_update.saturating_add(ocsp::CLOCK_SKEW_SECONDS);
            let in_time = made >= at || next_update.is_some_and(|next| next >= at);
            good |= in_time && this_update <= certificate.not_after;
        };
        for list in self
            .lists_of(issuer)
            .filter(|it| it.scope.covers(certificate))
        {
            match list.entry(&certificate.serial) {
                Some(entry) if entry.revoked_at <= at => {
                    return Standing::Revoked {
                        at: entry.revoked_at,
                        reason: entry.reason,
                    };
                }
                _ => tells(list.this_update, list.next_update),
            }
        }
        for answer in self.answers_of(issuer) {
            let Some(single) = answer.single(issuer, &certificate.serial) else {
                continue;
            };
            match single.status {
                Status::Revoked { at: since, reason } if since <= at => {
                    return Standing::Revoked { at: since, reason };
                }
                Status::Good | Status::Revoked { .. } => {
                    tells(single.this_update, single.next_update)
                }
                Status::Unknown => {}
            }
        }
        if good {
            Standing::Good
        } else {
            Standing::Unknown
        }
    }

    /// Lists that the issuer signed.
    fn lists_of<'a>(&'a self, issuer: &'a Facts) -> impl Iterator<Item = &'a Crl> {
        let may = issuer.key_usage.is_none_or(|usage| usage.crl_sign());
        let own = move |list: &Crl| {
            let same_key = list.authority_key_id.is_none()
                || issuer.subject_key_id.is_none()
                || list.authority_key_id == issuer.subject_key_id;
            may && list.issuer_der == issuer.subject_der && same_key
        };
        let all = self.lists.iter().enumerate();
        all.filter(move |(index, list)| {
            own(list)
                && self.once((Kind::List, *index, hash(issuer)), || {
                    list.verify_signature(&issuer.spki_der).is_ok()
                })
        })
        .map(|(_, list)| list)
    }

    /// Answers that the issuer, or a responder that it certified and did not revoke, signed.
    fn answers_of<'a>(&'a self, issuer: &'a Facts) -> impl Iterator<Item = &'a Response> {
        let own = |answer: &Response| {
            answer
                .singles
                .iter()
                .any(|single| single.id.names_issuer(issuer))
        };
        let all = self.answers.iter().enumerate();
        all.filter(move |(index, answer)| {
            own(answer)
                && self.once((Kind::Answer, *index, hash(issuer)), || {
                    self.is_signed_for(answer, issuer)
                })
        })
        .map(|(_, answer)| answer)
    }

    fn is_signed_for(&self, answer: &Response, issuer: &Facts) -> bool {
        match answer.authenticate(issuer, answer.produced_at) {
            Ok(None) => true,
            Ok(Some(responder)) => certificate::parse(responder).is_ok_and(|responder| {
                responder.is_exempt_from_revocation()
                    || !self.lists_of(issuer).any(|list| {
                        let entry = list.entry(&responder.serial);
                        entry.is_some_and(|entry| entry.revoked_at <= answer.produced_at)
                    })
            }),
            Err(_) => false,
        }
    }

    /// The answer of `verify`, asked once.
    fn once(&self, question: Question, verify: impl FnOnce() -> bool) -> bool {
        let known = || self.verified.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = known().get(&question) {
            return *answer;
        }
        let answer = verify();
        known().insert(question, answer);
        answer
    }
}

fn hash(issuer: &Facts) -> [u8; 32] {
    Sha256::digest(&issuer.tbs).into()
}
