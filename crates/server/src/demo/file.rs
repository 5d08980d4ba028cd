//! Files of the demonstration: input by a map, output never half-written, the tool's key, the root certificate.

use anyhow::Context as _;
use pdf_seal::{Prepared, Source};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The folder given, or a temporary one that goes when the story ends.
pub enum TemporaryFolder {
    /// Given by the person.
    Kept(PathBuf),
    /// Made for this run.
    Temporary(tempfile::TempDir),
}

impl TemporaryFolder {
    /// Uses `given`, else makes one.
    pub fn unless(given: Option<&Path>) -> anyhow::Result<Self> {
        match given {
            Some(path) => {
                std::fs::create_dir_all(path).with_context(|| path.display().to_string())?;
                Ok(Self::Kept(path.to_owned()))
            }
            None => Ok(Self::Temporary(tempfile::tempdir()?)),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Temporary(folder) => folder.path(),
        }
    }
}

/// Opens a document as a map: its size costs no memory of ours.
pub fn open(path: &Path) -> anyhow::Result<Source> {
    let map = mapped_file::MappedFile::open(path).with_context(|| path.display().to_string())?;
    Ok(Arc::new(map))
}

/// A file beside the final one, renamed when it is whole.
pub struct Output {
    file: tempfile::NamedTempFile,
}

impl Output {
    /// Makes it in the folder of `target`.
    pub fn beside(target: &Path) -> anyhow::Result<Self> {
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let file = tempfile::NamedTempFile::new_in(folder)
            .with_context(|| folder.display().to_string())?;
        Ok(Self { file })
    }

    /// Writes base and new revision.
    pub fn write(&self, prepared: &Prepared) -> anyhow::Result<()> {
        let mut writer = std::io::BufWriter::with_capacity(1 << 20, self.file.as_file());
        prepared.write_to(&mut writer)?;
        writer.flush()?;
        self.file.as_file().sync_all()?;
        Ok(())
    }

    /// Takes the place of `target`.
    pub fn keep(self, target: &Path) -> anyhow::Result<()> {
        self.file
            .persist(target)
            .with_context(|| target.display().to_string())?;
        Ok(())
    }
}

/// The desk's own key: made at its first start.
pub fn tool_key(data: &Path) -> anyhow::Result<Zeroizing<[u8; 32]>> {
    let path = data.join("desk.key");
    if let Ok(bytes) = std::fs::read(&path) {
        let key: [u8; 32] = bytes.as_slice().try_into().context("desk.key is damaged")?;
        return Ok(Zeroizing::new(key));
    }
    let key = client::asker::Asker::new_key()?;
    std::fs::write(&path, key.as_slice()).with_context(|| path.display().to_string())?;
    Ok(key)
}

/// The product's root certificate, DER, from where the server publishes it.
pub async fn root(base: &str, product: &str) -> anyhow::Result<Vec<u8>> {
    let url = format!("{base}/pki/{product}/root.cer");
    Ok(reqwest::get(url)
        .await?
        .error_for_status()?
        .bytes()
        .await?
        .to_vec())
}

/// Writes a certificate as PEM.
pub fn write_root(der: &[u8], path: &Path) -> anyhow::Result<()> {
    let pem = gm_pki::pem::encode("CERTIFICATE", der)?;
    std::fs::write(path, pem).with_context(|| path.display().to_string())
}
