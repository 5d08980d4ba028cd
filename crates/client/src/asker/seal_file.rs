//! One seal on one document: prepare a revision around a hole, have its digest signed, embed, verify.

use super::session::Facts;
use super::{Asker, Created, SealPicture};
use crate::Error;
use gm_pki::Algorithm;
use pdf_seal::{Artwork, DigestAlgorithm, Document, Mark, MultiPage, Prepared, Request, Source};
use protocol::{Base64Url, MarkWire, digest_short};

/// What is to be sealed, and where.
#[derive(Clone, Debug)]
pub struct SealFile<'a> {
    /// Shown to the person, as stated by the tool.
    pub file_name: &'a str,
    /// In words, for the phone.
    pub purpose: &'a str,
    /// In whose name the tool asks; none is document sealing.
    pub platform_id: Option<&'a str>,
    /// `page:N`, `all`, `pages:…`.
    pub mode: &'a str,
    /// Pages of that mode.
    pub pages: &'a [u32],
    /// Lower left corner of the seal on each of them, in millimetres.
    pub at_mm: (f64, f64),
}

/// A revision that waits for its signature.
pub struct Waiting {
    prepared: Prepared,
    created: Created,
    /// What the phone shows too.
    pub digest_short: String,
}

/// Room for the CMS in the revision: RSA-4096 with chain and time stamp needs about 12 KiB.
const CONTENTS_BYTES: usize = 24 * 1024;

impl SealFile<'_> {
    /// Opens the session whose code the phone scans.
    pub async fn create(&self, asker: &Asker, time_us: i64) -> Result<Created, Error> {
        asker
            .create(
                self.purpose,
                self.platform_id,
                self.mode,
                self.pages.len(),
                time_us,
            )
            .await
    }

    /// When the phone has chosen: builds the revision for that certificate and seal, and states its digest and facts.
    pub async fn prepare(
        &self,
        asker: &Asker,
        created: Created,
        source: Source,
        time_us: i64,
    ) -> Result<Waiting, Error> {
        let signer = created
            .wait(asker.api(), |view| view.signer.clone())
            .await?;
        let seal = signer
            .seals
            .first()
            .cloned()
            .ok_or(Error::Differs("this person may use no seal here"))?;
        let algorithm = if signer.algorithm == "sm2" {
            Algorithm::Sm2Sm3
        } else {
            Algorithm::RsaSha256
        };
        let marks = self.marks(&seal);
        let document = Document::open(source)?;
        let page_count =
            u32::try_from(document.info()?.pages.len()).map_err(|_| Error::Shape("pages"))?;
        let prepared = document.prepare(&Request {
            artwork: Artwork::Form {
                bbox: seal.pdf_form.bbox,
                content: &seal.pdf_form.content.0,
            },
            marks: marks.iter().map(to_mark).collect(),
            multi_page: MultiPage::Auto,
            signer_name: Some(signer.person_name.clone()),
            reason: Some(self.purpose.to_owned()),
            time_unix: time_us.div_euclid(1_000_000),
            contents_bytes: CONTENTS_BYTES,
            seal_tag: None,
            seal_name: seal.name.clone(),
            seal_kind: seal.kind.clone(),
        })?;
        let digest = prepared.digest(digest_algorithm(algorithm));
        let facts = Facts {
            digest: &digest,
            file_name: self.file_name,
            page_count,
            mode: self.mode,
            seal_id: &seal.seal_id,
            marks: &marks,
            time_us,
        };
        created.prepare(asker.api(), &facts).await?;
        Ok(Waiting {
            prepared,
            created,
            digest_short: digest_short(&digest),
        })
    }

    fn marks(&self, seal: &SealPicture) -> Vec<MarkWire> {
        let (x_mm, y_mm) = self.at_mm;
        let mark = |&page: &u32| MarkWire {
            page,
            x_mm,
            y_mm,
            width_mm: seal.width_mm,
            height_mm: seal.height_mm,
        };
        self.pages.iter().map(mark).collect()
    }
}

impl Waiting {
    /// Waits for the signature and embeds it. The answer is the new revision: what is appended to the file.
    pub async fn embed(mut self, asker: &Asker) -> Result<Prepared, Error> {
        let cms: Base64Url = self
            .created
            .wait(asker.api(), |view| {
                view.result.as_ref().and_then(|result| result.cms.clone())
            })
            .await?;
        self.prepared.embed(&cms.0)?;
        Ok(self.prepared)
    }
}

const fn digest_algorithm(algorithm: Algorithm) -> DigestAlgorithm {
    match algorithm {
        Algorithm::Sm2Sm3 => DigestAlgorithm::Sm3,
        Algorithm::RsaSha256 | Algorithm::P256Sha256 => DigestAlgorithm::Sha256,
    }
}

fn to_mark(wire: &MarkWire) -> Mark {
    Mark {
        page: wire.page,
        x_mm: wire.x_mm,
        y_mm: wire.y_mm,
        width_mm: wire.width_mm,
        height_mm: wire.height_mm,
        slice: None,
    }
}
