//! From a certificate up to a root, asking for those that are missing on the way.

use gm_pki::certificate::{self, Facts};
use gm_pki::path;
use gm_pki::revocation::Standing;

use super::piece::{Piece, certificates_in};
use super::{ADDRESSES, Fetch, Missing, RevokedCertificate, add};
use crate::longterm::{Material, Need};

/// DER, and what it says.
pub(super) type Certificate = (Vec<u8>, Facts);

/// Those of the certificates that can be read.
pub(super) fn read<'a>(all: impl Iterator<Item = &'a Vec<u8>>) -> Vec<Certificate> {
    all.filter_map(|der| Some((der.clone(), certificate::parse(der).ok()?)))
        .collect()
}

/// What is known so far, and how to ask for more.
pub(super) struct Search<'a> {
    pub certificates: Vec<Certificate>,
    pub roots: &'a [Vec<u8>],
    pub pieces: Vec<Piece>,
    pub now: i64,
    pub fetch: &'a mut dyn Fetch,
}

impl Search<'_> {
    /// Everything that proves one need, and who was found to be revoked.
    pub fn prove(
        &mut self,
        need: &Need,
    ) -> Result<(Material, Option<RevokedCertificate>), Missing> {
        for one in read(need.along.iter()) {
            self.keep(one);
        }
        let at = need.at.unwrap_or(self.now);
        let mut material = Material::default();
        let mut revoked = None;
        let chain = self.chain(need, at)?;
        for (der, _) in &chain {
            material.certificates.push(der.clone());
        }
        for pair in chain.windows(2) {
            let [(_, facts), (_, issuer)] = pair else {
                continue;
            };
            let standing = self.standing(need, facts, issuer, at, &mut material)?;
            if let Standing::Revoked { at, .. } = standing {
                revoked.get_or_insert(RevokedCertificate {
                    field: need.field.clone(),
                    subject: name(facts),
                    at,
                });
            }
        }
        Ok((material, revoked))
    }

    fn keep(&mut self, one: Certificate) {
        if !self.certificates.iter().any(|(der, _)| *der == one.0) {
            self.certificates.push(one);
        }
    }

    /// From the certificate up to a root.
    fn chain(&mut self, need: &Need, at: i64) -> Result<Vec<Certificate>, Missing> {
        let mut last = read(std::iter::once(&need.certificate))
            .pop()
            .ok_or_else(|| issuer(need, &need.subject(), String::new()))?;
        if last.1.not_after < at {
            return Err(Missing::Expired {
                field: need.field.clone(),
                subject: name(&last.1),
            });
        }
        let mut chain = Vec::new();
        loop {
            let is_root = self.roots.contains(&last.0);
            let ends = last.1.is_self_issued() && last.1.verify_signature(&last.1.spki_der).is_ok();
            chain.push(last.clone());
            if is_root || (ends && self.roots.is_empty()) {
                return Ok(chain);
            }
            if ends || chain.len() == path::MAX_DEPTH {
                return Err(Missing::Untrusted {
                    field: need.field.clone(),
                    subject: name(&last.1),
                });
            }
            last = self.issuer_of(need, &last.1)?;
        }
    }

    fn issuer_of(&mut self, need: &Need, of: &Facts) -> Result<Certificate, Missing> {
        let may = |(_, issuer): &&Certificate| {
            let same_key = match (&issuer.subject_key_id, &of.authority_key_id) {
                (Some(own), Some(named)) => own == named,
                _ => true,
            };
            issuer.subject_der == of.issuer_der
                && same_key
                && of.verify_signature(&issuer.spki_der).is_ok()
        };
        if let Some(found) = self.certificates.iter().find(may) {
            return Ok(found.clone());
        }
        let mut tried = String::new();
        for url in of.issuer_urls.iter().take(ADDRESSES) {
            let fetched = self.fetch.get(url, certificate::MAX_CERTIFICATE_BYTES);
            match fetched.map(|bytes| read(certificates_in(&bytes).iter())) {
                Ok(found) => {
                    let fits = found.iter().find(may).cloned();
                    found.into_iter().for_each(|one| self.keep(one));
                    match fits {
                        Some(fits) => return Ok(fits),
                        None => add(&mut tried, url, "what stands there is not the issuer"),
                    }
                }
                Err(why) => add(&mut tried, url, &why),
            }
        }
        Err(issuer(need, &name(of), tried))
    }
}

fn issuer(need: &Need, subject: &str, tried: String) -> Missing {
    let tried = if tried.is_empty() {
        ": its certificate names no address to ask".to_owned()
    } else {
        tried
    };
    Missing::Issuer {
        field: need.field.clone(),
        subject: subject.to_owned(),
        tried,
    }
}

/// What a certificate calls its holder.
pub(super) fn name(facts: &Facts) -> String {
    let name = facts.subject.display_name();
    name.map_or_else(|| "a certificate without a name".to_owned(), str::to_owned)
}
