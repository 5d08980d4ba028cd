//! Our side: the libraries from file to file, as `hulian pdf` uses them.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use gm_pki::{Algorithm, SoftKey, cms};
use mapped_file::MappedFile;
use pdf_seal::{
    Artwork, DigestAlgorithm, Document, Mark, Midstate, Outcome, Picture, Policy, Prepared, Request,
};
use sha2::{Digest as _, Sha256};

/// 2026-11-24, the day the certificates are young; what stands in the file is a claim.
const TIME_UNIX: i64 = 1_795_477_310;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Widgets {
    FirstPage,
    EveryPage,
}

/// Key, certificate and drawing, all ready before the clock starts.
pub struct Bench {
    pub folder: PathBuf,
    pub form: eseal::PdfForm,
    picture: Picture,
    key: SoftKey,
    certificate: Vec<u8>,
}

/// A key with a self-signed certificate, by OpenSSL.
pub fn make_identity(folder: &Path) -> Result<()> {
    let output = Command::new("openssl")
        .current_dir(folder)
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ])
        .args(["-days", "3650", "-subj", "/C=CN/O=Bench/CN=Signer"])
        .args([
            "-addext",
            "keyUsage=critical,digitalSignature,nonRepudiation",
        ])
        .args(["-keyout", "p256.key", "-out", "p256.pem"])
        .output()
        .context("openssl")?;
    ensure!(
        output.status.success(),
        "openssl: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

impl Bench {
    pub fn load(folder: &Path) -> Result<Self> {
        let text = |name: &str| std::fs::read_to_string(folder.join(name));
        let certificates = gm_pki::pem::decode_all("CERTIFICATE", &text("p256.pem")?)?;
        let seal = eseal::RoundSeal {
            name: "互连测试科技有限公司".to_owned(),
            bottom_text: None,
            code: None,
            style: eseal::Style::default(),
        };
        let form = eseal::round_company_seal(&seal)?.to_pdf_form();
        let picture = Picture::new(Artwork::Form {
            bbox: form.bbox,
            content: &form.content,
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            form,
            picture,
            key: SoftKey::from_pem(&text("p256.key")?)?,
            certificate: certificates.into_iter().next().context("no certificate")?,
        })
    }

    fn request(&self, document: &Document, widgets: Widgets) -> Result<Request<'_>> {
        let pages = match widgets {
            Widgets::FirstPage => 1,
            Widgets::EveryPage => u32::try_from(document.info()?.pages.len())?,
        };
        let mark = |page| Mark {
            page,
            x_mm: 100.0,
            y_mm: 30.0,
            width_mm: 40.0,
            height_mm: 40.0,
            slice: None,
        };
        Ok(Request {
            artwork: Artwork::Ready(&self.picture),
            marks: (1..=pages).map(mark).collect(),
            time_unix: TIME_UNIX,
            ..Request::default()
        })
    }

    fn prepare_and_copy(
        &self,
        document: &Document,
        widgets: Widgets,
        file: &mut File,
    ) -> Result<Prepared> {
        let prepared = document.prepare(&self.request(document, widgets)?)?;
        for chunk in (**document.source()).as_ref().chunks(1 << 20) {
            file.write_all(chunk)?;
        }
        Ok(prepared)
    }

    /// Open, prepare and copy while the digest is made, sign, embed, write.
    pub fn seal(&self, input: &Path, out: &Path, widgets: Widgets) -> Result<()> {
        let document = Document::open(Arc::new(MappedFile::open(input)?))?;
        let mut file = File::create(out)?;
        let (state, prepared) = std::thread::scope(|scope| {
            let hasher = scope.spawn(|| document.base_midstate(Algorithm::P256Sha256));
            let prepared = self.prepare_and_copy(&document, widgets, &mut file);
            (hasher.join(), prepared)
        });
        let mut prepared = prepared?;
        let Ok(state) = state else {
            bail!("the digest's thread ended")
        };
        let digest = prepared.digest_from(&state)?;
        prepared.embed(&cms::sign(&self.key, &[&self.certificate], &digest)?)?;
        file.write_all(prepared.increment())?;
        Ok(())
    }

    /// Seconds with the digest state kept, appended in place; the file is cut back afterwards, for the next round.
    pub fn seal_again(&self, kept: &Kept) -> Result<f64> {
        let seconds = timed(|| {
            let document = Document::open(Arc::new(MappedFile::open(&kept.path)?))?;
            let mut prepared = document.prepare(&self.request(&document, Widgets::EveryPage)?)?;
            let digest = prepared.digest_from(&kept.state)?;
            prepared.embed(&cms::sign(&self.key, &[&self.certificate], &digest)?)?;
            let mut file = OpenOptions::new().append(true).open(&kept.path)?;
            Ok(file.write_all(prepared.increment())?)
        })?;
        OpenOptions::new()
            .write(true)
            .open(&kept.path)?
            .set_len(kept.len)?;
        Ok(seconds)
    }

    pub fn verify(&self, file: &Path) -> Result<()> {
        let document = Document::open(Arc::new(MappedFile::open(file)?))?;
        let policy = Policy {
            roots: vec![self.certificate.clone()],
            at: Some(self.young()?),
            ..Policy::default()
        };
        let report = document.verify(&policy)?;
        let passed = report
            .signatures
            .iter()
            .all(|signature| signature.outcome() == Outcome::Passed);
        ensure!(
            passed && report.signatures.len() == 1,
            "not passed: {report:?}"
        );
        Ok(())
    }

    fn young(&self) -> Result<i64> {
        Ok(gm_pki::certificate::parse(&self.certificate)?.not_before)
    }
}

/// A stored file and its digest state.
pub struct Kept {
    path: PathBuf,
    len: u64,
    state: Midstate,
}

impl Kept {
    pub fn of(input: &Path, path: &Path) -> Result<Self> {
        let len = std::fs::copy(input, path)?;
        let mut state = Midstate::new(DigestAlgorithm::Sha256);
        state.update(MappedFile::open(path)?.as_ref());
        Ok(Self {
            path: path.to_owned(),
            len,
            state,
        })
    }
}

/// Seconds of work.
pub fn timed(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed().as_secs_f64())
}

/// Seconds of work that writes a new file; what an earlier round left is gone before the clock starts.
pub fn timed_to(out: &Path, work: impl FnOnce() -> Result<()>) -> Result<f64> {
    if out.exists() {
        std::fs::remove_file(out)?;
    }
    timed(work)
}

/// Seconds of one pass of SHA-256 over the mapped file.
pub fn hash_pass(file: &Path) -> Result<f64> {
    timed(|| {
        let map = MappedFile::open(file)?;
        std::hint::black_box(Sha256::digest(map.as_ref()));
        Ok(())
    })
}
