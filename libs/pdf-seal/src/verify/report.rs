//! What verification says: plain structures, for people and programs to be made from.

use super::{Indication, Modification, Reason, SubIndication};

/// Whom to believe, and when to look.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// DER certificates that chains of signers may end at. Without any, chains are indeterminate.
    pub roots: Vec<Vec<u8>>,
    /// Further roots for time stampers; those of `roots` count as well.
    pub timestamp_roots: Vec<Vec<u8>>,
    /// DER certificates that may stand between a signer and a root, beside those in the signature.
    pub intermediates: Vec<Vec<u8>>,
    /// DER revocation lists.
    pub crls: Vec<Vec<u8>>,
    /// Judge at this time (seconds since 1970). A signature that a believed time stamp proves to be older is still
    /// judged at the time of that stamp, and the stamp at this time; one without at this time instead of the claimed one.
    pub at: Option<i64>,
}

/// Everything about a file's signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// One for each signature dictionary, in the order in which they were made.
    pub signatures: Vec<SignatureReport>,
    /// Whether the last of them covers the whole file.
    pub last_covers_whole_file: bool,
    /// What it cost.
    pub cost: Cost,
}

/// What a verification did; each grows with the file and the number of its revisions, not with their product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Cost {
    /// Bytes that went through a digest.
    pub digested_bytes: u64,
    /// Revisions that were opened to be compared.
    pub revisions: usize,
    /// Objects that were read to be compared or looked through.
    pub objects: usize,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureReport {
    /// Full name of the (first) field.
    pub field: String,
    /// A signature or a document time stamp.
    pub kind: SignatureKind,
    /// The level of an intact signature; `None` for time stamps and for what is no PAdES baseline signature.
    pub level: Option<Level>,
    /// `/SubFilter`.
    pub sub_filter: String,
    /// What the signer's certificate calls its subject: common name, else organization.
    pub signer: Option<String>,
    /// The organization in the signer's certificate.
    pub unit: Option<String>,
    /// Pages that show the signature, from 1.
    pub pages: Vec<u32>,
    /// The signer's certificate in DER, once the signature was found to be made with it.
    pub certificate: Option<Vec<u8>>,
    /// Short name of the signature algorithm, as `p256-sha256` or `rsa-pss-sha512`.
    pub algorithm: Option<String>,
    /// When.
    pub time: SignatureTime,
    /// Where the signed part ends; 0 when its range is unusable.
    pub covered_len: u64,
    /// Whether every byte of the file but the signature itself is signed.
    pub covers_whole_file: bool,
    /// What came after.
    pub changes: Changes,
    /// Whether what is signed is unchanged.
    pub integrity: Integrity,
    /// Whether the signer is to be believed.
    pub chain: Chain,
    /// Length of the file before this seal, when it was made by this crate and its record stands under the signature.
    pub own_base_len: Option<u64>,
    /// What the seal is called, as the signer wrote it under the signature; `None` unless what is signed is intact.
    pub seal_name: Option<String>,
    /// What kind of seal it is; as [`SignatureReport::seal_name`].
    pub seal_kind: Option<String>,
    /// How much of a change that was.
    pub modification: Modification,
    /// What later revisions did, in plain sentences; the first of them.
    pub later: Vec<String>,
    /// Why, in plain sentences.
    pub reasons: Vec<Reason>,
}

/// What a signature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureKind {
    /// Somebody's signature.
    Signature,
    /// A time stamp over the document (ISO 32000-2 12.8.5), which proves that all it covers existed.
    DocumentTimeStamp,
}

/// Baseline levels of PAdES (ETSI EN 319 142-1, clause 6), each of which includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A signature that names its certificate.
    B,
    /// A time stamp proves when.
    T,
    /// The file carries what is needed to verify it without asking anybody.
    Lt,
    /// A document time stamp covers that as well.
    Lta,
}

/// The time of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureTime {
    /// From the earliest believed time stamp over the signature, or over the document with it.
    Token {
        /// Seconds since 1970.
        unix: i64,
        /// Whether the stamp verified and its maker is believed.
        trusted: bool,
    },
    /// `/M` or the signing-time attribute: the signer's word.
    Claimed(i64),
    /// None.
    Unknown,
}

/// What came after the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// Nothing: it covers the whole file.
    None,
    /// Further revisions that add nothing but signatures, form values and validation data.
    Allowed {
        /// How many cross-reference sections follow.
        revisions: usize,
    },
    /// Further revisions that change something else.
    Forbidden {
        /// How many cross-reference sections follow.
        revisions: usize,
    },
    /// Bytes that belong to no revision, or a signed part that is none.
    Unexplained,
}

/// Whether what is signed is unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integrity {
    /// The signature verifies over exactly what it covers.
    Intact,
    /// It does not.
    Broken,
    /// It is of a kind or algorithm that is not handled.
    Unsupported,
}

/// Whether the signer is to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// The certificate led to one of the given roots at the time of the signature.
    Trusted,
    /// It did not, or it was expired, revoked or not meant for signing.
    Untrusted,
    /// No roots were given, or no time is known.
    Indeterminate,
}

/// The verdict in one word.
///
/// ETSI EN 319 102-1 ([`SignatureReport::indication`]) leaves it open what becomes of a signature whose signer it cannot
/// confirm. Whoever names roots has decided: a signer that does not lead to one of them, or whose certificate was not in
/// force, makes the signature fail. Where no roots were named, or an algorithm is too weak or not known, nothing is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Intact, trusted, and followed by allowed changes only.
    Passed,
    /// Broken, untrusted, or followed by other changes.
    Failed,
    /// Cannot be told.
    Indeterminate,
}

impl SignatureReport {
    /// The verdict.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let changed = matches!(
            self.changes,
            Changes::Forbidden { .. } | Changes::Unexplained
        );
        let doubted = self
            .reasons
            .iter()
            .any(|reason| reason.sub_indication.is_some());
        match (self.integrity, self.chain) {
            (Integrity::Broken, _) | (_, Chain::Untrusted) => Outcome::Failed,
            _ if changed => Outcome::Failed,
            (Integrity::Intact, Chain::Trusted) if !doubted => Outcome::Passed,
            _ => Outcome::Indeterminate,
        }
    }

    /// The indication of ETSI EN 319 102-1, and the gravest of the sub-indications that lead to it.
    #[must_use]
    pub fn indication(&self) -> (Indication, Option<SubIndication>) {
        let all = self
            .reasons
            .iter()
            .filter_map(|reason| reason.sub_indication);
        match all.min() {
            Some(gravest) => (gravest.indication(), Some(gravest)),
            None if self.outcome() == Outcome::Passed => (Indication::TotalPassed, None),
            None => (
                Indication::Indeterminate,
                Some(SubIndication::PolicyProcessingError),
            ),
        }
    }
}
