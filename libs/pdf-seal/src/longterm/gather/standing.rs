//! Whether a certificate was revoked: by what is known, else by what its addresses answer.

use gm_pki::certificate::Facts;
use gm_pki::revocation::Standing;
use gm_pki::{crl, ocsp};

use super::chain::{Search, name};
use super::piece::{Piece, blocks, responder_of};
use super::{ADDRESSES, Missing, add};
use crate::longterm::{Material, Need};

impl Search<'_> {
    /// What is known of one certificate, with the piece that tells it.
    pub(super) fn standing(
        &mut self,
        need: &Need,
        facts: &Facts,
        issuer: &Facts,
        at: i64,
        material: &mut Material,
    ) -> Result<Standing, Missing> {
        if let Some(found) = self.told(facts, issuer, at, material) {
            return Ok(found);
        }
        let mut tried = String::new();
        for url in facts.ocsp_urls.iter().take(ADDRESSES) {
            match self.ask(url, facts, issuer) {
                Ok(pieces) => self.pieces.extend(pieces),
                Err(why) => add(&mut tried, url, &why),
            }
            if let Some(found) = self.told(facts, issuer, at, material) {
                return Ok(found);
            }
        }
        for url in facts.crl_urls.iter().take(ADDRESSES) {
            match self.list(url, issuer) {
                Ok(piece) => self.pieces.push(piece),
                Err(why) => add(&mut tried, url, &why),
            }
            if let Some(found) = self.told(facts, issuer, at, material) {
                return Ok(found);
            }
        }
        if tried.is_empty() {
            tried = ": its certificate names no address to ask".to_owned();
        }
        Err(Missing::Revocation {
            field: need.field.clone(),
            subject: name(facts),
            tried,
        })
    }

    /// A revocation counts before all else; so all pieces are asked.
    fn told(
        &self,
        facts: &Facts,
        issuer: &Facts,
        at: i64,
        material: &mut Material,
    ) -> Option<Standing> {
        let mut good = None;
        for piece in &self.pieces {
            match piece.evidence.standing(facts, issuer, at) {
                revoked @ Standing::Revoked { .. } => {
                    self.take(piece, issuer, material);
                    return Some(revoked);
                }
                Standing::Good => good = good.or(Some(piece)),
                Standing::Unknown => {}
            }
        }
        let good = good?;
        self.take(good, issuer, material);
        Some(Standing::Good)
    }

    /// A piece into the material, with the certificate of a responder and the list that vouches for it.
    fn take(&self, piece: &Piece, issuer: &Facts, material: &mut Material) {
        piece.take_into(material);
        let Some(responder) = (!piece.is_list)
            .then(|| responder_of(&piece.der, issuer))
            .flatten()
        else {
            return;
        };
        if !material.certificates.contains(&responder.0) {
            material.certificates.push(responder.0);
        }
        if !responder.1.is_exempt_from_revocation() {
            let vouches = |piece: &&Piece| {
                piece.is_list
                    && piece.evidence.standing(&responder.1, issuer, self.now) == Standing::Good
            };
            if let Some(list) = self.pieces.iter().find(vouches) {
                list.take_into(material);
            }
        }
    }

    /// An answer for one certificate; for a responder that is not exempt, the list that it is not on as well.
    fn ask(&mut self, url: &str, facts: &Facts, issuer: &Facts) -> Result<Vec<Piece>, String> {
        let words = |error: gm_pki::Error| error.to_string();
        let id = ocsp::CertId::new(issuer, &facts.serial).map_err(words)?;
        let request = ocsp::request(&[id], None);
        let answer = self.fetch.ask(url, &request, ocsp::MAX_RESPONSE_BYTES)?;
        let response = ocsp::parse_response(&answer).map_err(words)?;
        let status = response.verify(issuer, &facts.serial, None, self.now);
        if status.map_err(words)? == ocsp::Status::Unknown {
            return Err("the responder does not know the certificate".to_owned());
        }
        let mut pieces = Vec::new();
        if let Some((_, responder)) = responder_of(&answer, issuer)
            && !responder.is_exempt_from_revocation()
        {
            let url = responder.crl_urls.first().cloned();
            let url = url.ok_or("nothing tells whether the responder itself was revoked")?;
            let list = self.list(&url, issuer)?;
            match list.evidence.standing(&responder, issuer, self.now) {
                Standing::Good => pieces.push(list),
                _ => return Err("the responder itself is revoked or not on its list".to_owned()),
            }
        }
        pieces.push(Piece::answer(answer));
        Ok(pieces)
    }

    /// A list of the issuer that is in force.
    fn list(&mut self, url: &str, issuer: &Facts) -> Result<Piece, String> {
        let words = |error: gm_pki::Error| error.to_string();
        let bytes = self.fetch.get(url, crl::MAX_CRL_BYTES)?;
        let der = blocks("X509 CRL", &bytes).pop().unwrap_or(bytes);
        let list = crl::parse(&der).map_err(words)?;
        if list.issuer_der != issuer.subject_der {
            return Err("the list is another issuer's".to_owned());
        }
        list.verify_signature(&issuer.spki_der).map_err(words)?;
        if list.next_update.is_some_and(|next| next < self.now) {
            return Err("the list there is out of date".to_owned());
        }
        Ok(Piece::list(der))
    }
}
