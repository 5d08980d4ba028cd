//! The signatures of a file as far as their life can be extended: what has to be proved, and for when.

use gm_pki::{certificate, cms, tsp};
use sha1::{Digest as _, Sha1};

use crate::document::Document;
use crate::form::Form;
use crate::refusal::{Refusal, damaged};
use crate::verify::Ranges;

/// A signature or document time stamp; nothing of it is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Held {
    /// Full name of the field.
    pub field: String,
    /// Whether it is a document time stamp.
    pub is_time_stamp: bool,
    /// The CMS in DER, without the zeros that fill up its hole.
    pub cms: Vec<u8>,
    /// Its key in `/VRI`: SHA-1 over all of `/Contents`, in hexadecimal capitals (ISO 32000-2 12.8.4.3).
    pub vri_key: String,
    /// Where what it covers ends.
    pub covered_len: u64,
}

/// A certificate whose chain must be provable, as it signed a signature or a time stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Need {
    /// The field of the signature that it is about.
    pub field: String,
    /// The key of that signature in `/VRI`; `None` for a token that is not in the file yet.
    pub vri_key: Option<String>,
    /// The certificate in DER.
    pub certificate: Vec<u8>,
    /// DER certificates that came along with it.
    pub along: Vec<Vec<u8>>,
    /// The time that a time stamp proves, at which the certificate must have been good; `None` is now.
    pub at: Option<i64>,
    /// Whether it is a time stamper's.
    pub is_stamper: bool,
}

impl Document {
    /// The signatures and document time stamps that can be read, in the order in which they were made.
    ///
    /// # Errors
    /// [`Refusal::NoSeal`] when there is none, others when the form cannot be read.
    pub fn held(&self) -> Result<Vec<Held>, Refusal> {
        let form = Form::read(self)?;
        let mut all = Vec::new();
        for signed in &form.signed {
            let Ok(ranges) = Ranges::read(self, signed) else {
                continue;
            };
            let Ok(cms) = ranges.cms() else { continue };
            all.push(Held {
                field: signed.name.clone(),
                is_time_stamp: signed.value.is(b"SubFilter", b"ETSI.RFC3161"),
                cms: cms.to_vec(),
                vri_key: hex(&Sha1::digest(&ranges.contents)),
                covered_len: ranges.end,
            });
        }
        if all.is_empty() {
            return Err(Refusal::NoSeal);
        }
        all.sort_by_key(|held| held.covered_len);
        Ok(all)
    }

    /// What has to be proved so that every signature and time stamp of the file can be verified without asking anybody:
    /// signers at the time of their time stamp, stampers at the time of the next time stamp over them, the rest now.
    ///
    /// # Errors
    /// As [`Document::held`]; `damaged` when a signature names no certificate.
    pub fn needs(&self) -> Result<Vec<Need>, Refusal> {
        let held = self.held()?;
        let mut needs = Vec::new();
        for it in &held {
            let later = held
                .iter()
                .filter(|other| other.is_time_stamp && other.covered_len > it.covered_len);
            let covered = later.filter_map(|stamp| time(&stamp.cms)).min();
            let parsed = cms::parse(&it.cms).map_err(|error| unreadable(it, &error))?;
            let token = parsed
                .signers
                .first()
                .and_then(|it| it.timestamp_token.clone());
            let own = token.as_deref().and_then(time);
            needs.push(it.need(&parsed, own.or(covered), it.is_time_stamp)?);
            if let Some(token) = token.filter(|_| own.is_some()) {
                let parsed = cms::parse(&token).map_err(|error| unreadable(it, &error))?;
                needs.push(it.need(&parsed, covered, true)?);
            }
        }
        Ok(needs)
    }
}

impl Held {
    fn need(&self, parsed: &cms::Cms, at: Option<i64>, is_stamper: bool) -> Result<Need, Refusal> {
        let certificate = parsed
            .signer_certificate(0)
            .map_err(|error| unreadable(self, &error))?;
        Ok(Need {
            field: self.field.clone(),
            vri_key: Some(self.vri_key.clone()),
            certificate,
            along: parsed.certificates.clone(),
            at,
            is_stamper,
        })
    }
}

impl Need {
    /// What is to be proved for a document time stamp that is not in the file yet.
    ///
    /// # Errors
    /// `bad_request` when the token cannot be read.
    pub fn of_token(token_der: &[u8]) -> Result<Self, Refusal> {
        let bad = |_| Refusal::BadRequest("the time stamp cannot be read");
        let parsed = cms::parse(token_der).map_err(bad)?;
        Ok(Self {
            field: "of the new time stamp".to_owned(),
            vri_key: None,
            certificate: parsed.signer_certificate(0).map_err(bad)?,
            along: parsed.certificates,
            at: None,
            is_stamper: true,
        })
    }

    /// What the certificate calls its holder.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(&self.certificate)
    }
}

fn subject(der: &[u8]) -> String {
    let facts = certificate::parse(der).ok();
    let name = facts.and_then(|facts| facts.subject.display_name().map(str::to_owned));
    name.unwrap_or_else(|| "a certificate without a name".to_owned())
}

fn time(token: &[u8]) -> Option<i64> {
    tsp::parse_token(token).ok().map(|stamp| stamp.time)
}

fn unreadable(held: &Held, error: &gm_pki::Error) -> Refusal {
    damaged(format!(
        "signature {} cannot be extended: {error}",
        held.field
    ))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
