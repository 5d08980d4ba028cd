//! What proves chains: certificates, lists and OCSP responses of the file and of the policy, read once.

use gm_pki::certificate;
use gm_pki::path::{self, Path, PathError, Trust};
use gm_pki::revocation::{Evidence, Standing};

use super::report::Policy;
use crate::document::Document;
use crate::longterm::{Material, Store};

/// Material in the form in which chains are built from it.
pub(super) struct Known {
    certificates: Vec<Named>,
    evidence: Evidence,
    is_empty: bool,
}

/// A certificate by its names.
struct Named {
    der: Vec<u8>,
    subject: Vec<u8>,
    issuer: Vec<u8>,
}

impl Known {
    /// What the file itself carries. A store that cannot be read proves nothing.
    pub(super) fn of_file(document: &Document) -> Self {
        let store = Store::read(document).map(|store| store.material());
        Self::read(&store.unwrap_or_default())
    }

    /// What the file carries and what the caller brought.
    pub(super) fn of_all(document: &Document, policy: &Policy) -> Self {
        let store = Store::read(document).map(|store| store.material());
        let mut material = store.unwrap_or_default();
        material
            .certificates
            .extend(policy.intermediates.iter().cloned());
        material.crls.extend(policy.crls.iter().cloned());
        Self::read(&material)
    }

    fn read(material: &Material) -> Self {
        let named = |der: &Vec<u8>| {
            let facts = certificate::parse(der).ok()?;
            Some(Named {
                der: der.clone(),
                subject: facts.subject_der,
                issuer: facts.issuer_der,
            })
        };
        Self {
            certificates: material.certificates.iter().filter_map(named).collect(),
            evidence: Evidence::read(&material.crls, &material.ocsps),
            is_empty: material.is_empty(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// A path from `leaf` over the certificates that came `along` and the known ones to one of `roots`.
    pub(super) fn validate(
        &self,
        leaf: &[u8],
        along: &[Vec<u8>],
        roots: &[Vec<u8>],
        at: i64,
    ) -> Result<Path, PathError> {
        let mut extra = along.to_vec();
        extra.truncate(path::MAX_EXTRA);
        self.add_above(leaf, &mut extra);
        let trust = Trust {
            roots: roots.to_vec(),
        };
        path::validate_with(leaf, &extra, &trust, at, &self.evidence)
    }

    /// Since when the first certificate of a path is revoked, at whatever time that is.
    pub(super) fn revoked_since(&self, path: &Path) -> Option<i64> {
        let read = |index: usize| certificate::parse(path.certificates.get(index)?).ok();
        let (leaf, issuer) = (read(0)?, read(1)?);
        match self.evidence.standing(&leaf, &issuer, i64::MAX) {
            Standing::Revoked { at, .. } => Some(at),
            _ => None,
        }
    }

    /// Certificates that signed themselves, which would be the roots if their chains were believed.
    pub(super) fn self_issued(&self) -> impl Iterator<Item = &Vec<u8>> {
        let own = self
            .certificates
            .iter()
            .filter(|it| it.subject == it.issuer);
        own.map(|it| &it.der)
    }

    /// Known certificates that stand above `leaf` by their names, a level at a time: a store may hold those of many
    /// signatures, and path validation takes a bounded number.
    fn add_above(&self, leaf: &[u8], extra: &mut Vec<Vec<u8>>) {
        let issuer = |der: &[u8]| certificate::parse(der).ok().map(|facts| facts.issuer_der);
        let mut wanted: Vec<Vec<u8>> = extra.iter().filter_map(|der| issuer(der)).collect();
        wanted.extend(issuer(leaf));
        for _ in 0..path::MAX_DEPTH {
            let mut next = Vec::new();
            for it in &self.certificates {
                let is_new = wanted.contains(&it.subject) && !extra.contains(&it.der);
                if is_new && extra.len() < path::MAX_EXTRA {
                    extra.push(it.der.clone());
                    next.push(it.issuer.clone());
                }
            }
            if next.is_empty() {
                return;
            }
            wanted = next;
        }
    }
}
