//! Finding what proves a chain: in the file, else from the addresses that the certificates themselves name.

mod chain;
mod piece;
mod standing;

use super::{Material, Need, Proof};
use chain::{Search, read};
use piece::Piece;

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

/// Notes an address that was of no use.
fn add(tried: &mut String, url: &str, why: &str) {
    tried.push_str(if tried.is_empty() { ": " } else { "; " });
    tried.push_str(&format!("{url} ({why})"));
}
