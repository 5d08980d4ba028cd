//! Path validation (RFC 5280 section 6, without name constraints and policy mapping, which are refused when critical).

use crate::Error;
use crate::certificate::{self, Facts};
use crate::crl::Reason;
use crate::revocation::{Evidence, Standing};

/// The most certificates of a path, root included.
pub const MAX_DEPTH: usize = 8;
/// The most certificates and lists that a caller may bring.
pub const MAX_EXTRA: usize = 64;
/// The most signatures that one validation verifies, so that crafted names cannot make it long.
const MAX_VERIFICATIONS: usize = 64;

/// The roots that are believed, as DER certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// DER certificates.
    pub roots: Vec<Vec<u8>>,
}

/// A path that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// DER certificates from the leaf to the root.
    pub certificates: Vec<Vec<u8>>,
    /// Whether a verified list of each certificate's issuer that covers the time was among those given. When `false`,
    /// "not revoked" means no more than "not known to be revoked".
    pub revocation_known: bool,
}

/// Why there is no path that holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// A certificate could not be read.
    #[error("a certificate of the path cannot be read: {0}")]
    Unreadable(Box<Error>),
    /// No chain of names leads to a root that is believed.
    #[error("no path to a trusted root")]
    Untrusted,
    /// The names lead on, but a signature does not verify.
    #[error("a signature of the path does not verify")]
    BadSignature,
    /// A certificate of the path was not valid yet.
    #[error("a certificate of the path is valid only from {from}")]
    NotYetValid {
        /// First second of validity.
        from: i64,
    },
    /// A certificate of the path had expired.
    #[error("a certificate of the path expired at {since}")]
    Expired {
        /// Last second of validity.
        since: i64,
    },
    /// A certificate of the path was revoked.
    #[error("a certificate of the path was revoked at {at}")]
    Revoked {
        /// Since when.
        at: i64,
        /// Why.
        reason: Reason,
        /// 0 for the leaf, 1 for its issuer, and so on.
        depth: usize,
    },
    /// A certificate is used for what it may not be.
    #[error("constraint: {0}")]
    Constraint(&'static str),
    /// Too many certificates or lists.
    #[error("more certificates or lists than the limit")]
    TooMany,
}

/// Finds a path from the leaf over the extra certificates to a root and checks it at a time: names and key identifiers,
/// signatures, validity, basic constraints, path length, key usage, critical extensions, and revocation by the lists.
///
/// # Errors
/// The reason of the first complete chain that failed, else why no chain was complete.
pub fn validate(
    leaf: &[u8],
    extra: &[Vec<u8>],
    trust: &Trust,
    at_unix: i64,
    crls: &[Vec<u8>],
) -> Result<Path, PathError> {
    if crls.len() > MAX_EXTRA {
        return Err(PathError::TooMany);
    }
    validate_with(leaf, extra, trust, at_unix, &Evidence::read(crls, &[]))
}

/// As [`validate`], with evidence that was read before and may hold OCSP responses.
///
/// # Errors
/// As [`validate`].
pub fn validate_with(
    leaf: &[u8],
    extra: &[Vec<u8>],
    trust: &Trust,
    at_unix: i64,
    evidence: &Evidence,
) -> Result<Path, PathError> {
    if extra.len() > MAX_EXTRA || trust.roots.len() > 4 * MAX_EXTRA {
        return Err(PathError::TooMany);
    }
    let read = |der: &[u8]| {
        certificate::parse(der).ok().map(|facts| Node {
            der: der.to_vec(),
            facts,
        })
    };
    let leaf = Node {
        der: leaf.to_vec(),
        facts: certificate::parse(leaf).map_err(|error| PathError::Unreadable(Box::new(error)))?,
    };
    let mut search = Search {
        roots: trust.roots.iter().filter_map(|der| read(der)).collect(),
        extra: extra.iter().filter_map(|der| read(der)).collect(),
        evidence,
        at: at_unix,
        left: MAX_VERIFICATIONS,
        failure: None,
        bad_signature: false,
    };
    match search.extend(&mut vec![leaf]) {
        Some(path) => Ok(path),
        None => Err(search.failure.unwrap_or(if search.bad_signature {
            PathError::BadSignature
        } else {
            PathError::Untrusted
        })),
    }
}

#[derive(Clone)]
struct Node {
    der: Vec<u8>,
    facts: Facts,
}

struct Search<'a> {
    roots: Vec<Node>,
    extra: Vec<Node>,
    evidence: &'a Evidence,
    at: i64,
    left: usize,
    /// What is wrong with the first complete chain.
    failure: Option<PathError>,
    bad_signature: bool,
}

impl Search<'_> {
    /// Depth first; the depth is bounded by [`MAX_DEPTH`], the breadth by the budget of verifications.
    fn extend(&mut self, chain: &mut Vec<Node>) -> Option<Path> {
        let last = chain.last()?.clone();
        if self.roots.iter().any(|root| root.der == last.der) {
            return match self.check(chain) {
                Ok(revocation_known) => Some(Path {
                    certificates: chain.iter().map(|node| node.der.clone()).collect(),
                    revocation_known,
                }),
                Err(failure) => {
                    self.failure.get_or_insert(failure);
                    None
                }
            };
        }
        if chain.len() == MAX_DEPTH {
            return None;
        }
        let candidates: Vec<Node> = self
            .roots
            .iter()
            .chain(&self.extra)
            .filter(|node| may_issue(node, &last))
            .cloned()
            .collect();
        for candidate in candidates {
            if self.left == 0 {
                return None;
            }
            if chain.iter().any(|node| node.der == candidate.der) {
                continue;
            }
            self.left -= 1;
            if last
                .facts
                .verify_signature(&candidate.facts.spki_der)
                .is_err()
            {
                self.bad_signature = true;
                continue;
            }
            chain.push(candidate);
            let found = self.extend(chain);
            chain.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Everything but names and signatures; tells whether revocation is known for all.
    fn check(&self, chain: &[Node]) -> Result<bool, PathError> {
        for (depth, node) in chain.iter().enumerate() {
            check_validity(&node.facts, self.at)?;
            if !node.facts.criticals_are_understood() {
                return Err(PathError::Constraint(
                    "a critical extension is not understood",
                ));
            }
            if depth > 0 {
                let below = chain
                    .iter()
                    .take(depth)
                    .skip(1)
                    .filter(|node| !node.facts.is_self_issued())
                    .count();
                check_authority(&node.facts, below)?;
            }
        }
        let mut known = true;
        for (depth, (node, issuer)) in chain.iter().zip(chain.iter().skip(1)).enumerate() {
            match self.evidence.standing(&node.facts, &issuer.facts, self.at) {
                Standing::Good => {}
                Standing::Unknown => known = false,
                Standing::Revoked { at, reason } => {
                    return Err(PathError::Revoked { at, reason, depth });
                }
            }
        }
        Ok(known)
    }
}

fn may_issue(candidate: &Node, of: &Node) -> bool {
    let (issuer, subject) = (&candidate.facts, &of.facts);
    let same_key = match (&issuer.subject_key_id, &subject.authority_key_id) {
        (Some(own), Some(named)) => own == named,
        _ => true,
    };
    issuer.subject_der == subject.issuer_der && same_key
}

fn check_validity(facts: &Facts, at: i64) -> Result<(), PathError> {
    if at < facts.not_before {
        Err(PathError::NotYetValid {
            from: facts.not_before,
        })
    } else if at > facts.not_after {
        Err(PathError::Expired {
            since: facts.not_after,
        })
    } else {
        Ok(())
    }
}

fn check_authority(facts: &Facts, below: usize) -> Result<(), PathError> {
    let constraints = facts.basic_constraints.filter(|constraints| constraints.ca);
    let Some(constraints) = constraints else {
        return Err(PathError::Constraint("an issuer is no authority"));
    };
    if facts.key_usage.is_some_and(|usage| !usage.key_cert_sign()) {
        return Err(PathError::Constraint(
            "an issuer's key may not sign certificates",
        ));
    }
    match constraints.path_length {
        Some(limit) if below as u64 > limit => Err(PathError::Constraint(
            "the path is longer than an issuer allows",
        )),
        _ => Ok(()),
    }
}
