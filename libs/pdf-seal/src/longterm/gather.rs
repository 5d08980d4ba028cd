//! Finding what proves a chain: in the file, else from the addresses that the certificates themselves name.

use gm_pki::certificate::{self, Facts};
use gm_pki::revocation::{Evidence, Standing};
use gm_pki::{cms, crl, ocsp, path, pem};

use super::{Material, Need, Proof};

/// Addresses of one certificate that are asked, of each kind.
const ADDRESSES: usize = 4;

/// How the outside world is asked; this crate has no network. Errors are told to the person, after the address.
pub trait Fetch {
    /// What stands at an address: a certificate or a revocation list of at most `limit` bytes.
    ///
    /// # Errors
    /// Why it could not be fetched, in a few words.
    fn get(&mut self, url: &str, limit: usize) -> Result<Vec<u8>, String>;

    /// The answer of an OCSP responder to a request in DER (RFC 6960 appendix A.1), at most `limit` bytes.
    ///
    /// # Errors
    /// Why there is none, in a few words.
    fn ask(&mut self, url: &str, request: &[u8], limit: usize) -> Result<Vec<u8>, String>;
}

/// What a file lacks and could not be found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Missing {
    /// A certificate above one of the chain.
    #[error(
        "the certificate that issued \"{subject}\" (signature {field}) was not found{tried}; name it with --trust, or try again when the address answers"
    )]
    Issuer {
        /// The field of the signature.
        field: String,
        /// Whose issuer.
        subject: String,
        /// Addresses that were tried, with what went wrong.
        tried: String,
    },
    /// The chain ends at a root that is not among those given.
    #[error(
        "\"{subject}\" (signature {field}) does not lead to a root that was given; check --trust"
    )]
    Untrusted {
        /// The field of the signature.
        field: String,
        /// The certificate that nothing stands above.
        subject: String,
    },
    /// Whether a certificate was revoked.
    #[error(
        "whether \"{subject}\" (signature {field}) was revoked could not be found out{tried}; try again when the address answers, or ask who issued it"
    )]
    Revocation {
        /// The field of the signature.
        field: String,
        /// Whose revocation.
        subject: String,
        /// Addresses that were tried, with what went wrong.
        tried: String,
    },
    /// The certificate had expired when it should prove something, so that nobody answers for it any more.
    #[error(
        "the certificate \"{subject}\" (signature {field}) is expired and no time stamp proves that the signature is older; its life can no longer be extended"
    )]
    Expired {
        /// The field of the signature.
        field: String,
        /// Whose certificate.
        subject: String,
    },
}

/// A certificate that was found to be revoked at the time in question. The material says so as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokedCertificate {
    /// The field of the signature.
    pub field: String,
    /// What the certificate calls its holder.
    pub subject: String,
    /// Since when, seconds since 1970.
    pub at: i64,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    /// For each signature, everything that proves its chains, whether it was in the file or not.
    pub proofs: Vec<Proof>,
    /// Who is revoked.
    pub revoked: Vec<RevokedCertificate>,
}

/// Finds what proves the needs: `known` first, then what the certificates' own addresses give. Chains end at one of
/// `roots` (DER), or, when none are given, at the certificate that signed itself. Every list and answer is verified
/// before it is taken. No nonce is sent: answers are kept for years, and their own times bound their age.
///
/// # Errors
/// [`Missing`] for the first thing that could not be found.
pub fn gather(
    needs: &[Need],
    known: &Material,
    roots: &[Vec<u8>],
    now: i64,
    fetch: &mut dyn Fetch,
) -> Result<Gathered, Missing> {
    let mut search = Search {
        certificates: read(roots.iter().chain(&known.certificates)),
        roots,
        pieces: Vec::new(),
        now,
        fetch,
    };
    search
        .pieces
        .extend(known.crls.iter().cloned().map(Piece::list));
    search
        .pieces
        .extend(known.ocsps.iter().cloned().map(Piece::answer));
    let mut all = Gathered::default();
    for need in needs {
        let (material, revoked) = search.prove(need)?;
        all.revoked.extend(revoked);
        let same = |proof: &&mut Proof| proof.vri_key == need.vri_key;
        match all.proofs.iter_mut().find(same) {
            Some(proof) => proof.material.add(&material),
            None => all.proofs.push(Proof {
                vri_key: need.vri_key.clone(),
                material,
            }),
        }
    }
    Ok(all)
}

type Certificate = (Vec<u8>, Facts);

fn read<'a>(all: impl Iterator<Item = &'a Vec<u8>>) -> Vec<Certificate> {
    all.filter_map(|der| Some((der.clone(), certificate::parse(der).ok()?)))
        .collect()
}

/// One list or answer, alone, so that what it proves is known of it and not of a heap.
struct Piece {
    der: Vec<u8>,
    is_list: bool,
    evidence: Evidence,
}

impl Piece {
    fn list(der: Vec<u8>) -> Self {
        Self {
            evidence: Evidence::read(std::slice::from_ref(&der), &[]),
            is_list: true,
            der,
        }
    }

    fn answer(der: Vec<u8>) -> Self {
        Self {
            evidence: Evidence::read(&[], std::slice::from_ref(&der)),
            is_list: false,
            der,
        }
    }

    fn take_into(&self, material: &mut Material) {
        let list = if self.is_list {
            &mut material.crls
        } else {
            &mut material.ocsps
        };
        if !list.contains(&self.der) {
            list.push(self.der.clone());
        }
    }
}

struct Search<'a> {
    certificates: Vec<Certificate>,
    roots: &'a [Vec<u8>],
    pieces: Vec<Piece>,
    now: i64,
    fetch: &'a mut dyn Fetch,
}

impl Search<'_> {
    fn prove(&mut self, need: &Need) -> Result<(Material, Option<RevokedCertificate>), Missing> {
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

    /// What is known of one certificate, with the piece that tells it.
    fn standing(
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

/// The certificate of the delegated responder that signed the answer.
fn responder_of(answer: &[u8], issuer: &Facts) -> Option<Certificate> {
    let response = ocsp::parse_response(answer).ok()?;
    let der = response.authenticate(issuer, response.produced_at).ok()??;
    Some((der.to_vec(), certificate::parse(der).ok()?))
}

/// A certificate in DER or PEM, or a bag of them (RFC 5280 4.2.2.1).
fn certificates_in(bytes: &[u8]) -> Vec<Vec<u8>> {
    let found = blocks("CERTIFICATE", bytes);
    if !found.is_empty() {
        return found;
    }
    cms::certificates(bytes).unwrap_or_else(|_| vec![bytes.to_vec()])
}

fn blocks(label: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    pem::decode_all(label, text).unwrap_or_default()
}

fn add(tried: &mut String, url: &str, why: &str) {
    tried.push_str(if tried.is_empty() { ": " } else { "; " });
    tried.push_str(&format!("{url} ({why})"));
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

fn name(facts: &Facts) -> String {
    let name = facts.subject.display_name();
    name.map_or_else(|| "a certificate without a name".to_owned(), str::to_owned)
}
