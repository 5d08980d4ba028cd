//! What inputs begin as: files of every class, sealed files, and structures of a small authority, the same in every run.

mod authority;
#[path = "../../../tests/it/build.rs"]
#[allow(
    dead_code,
    missing_docs,
    clippy::write_with_newline,
    reason = "written for the tests of pdf-seal"
)]
pub(crate) mod build;
mod models;
mod sealed;

pub(crate) use authority::{AT, Authority, CONTENT};
pub(crate) use sealed::{Sealed, seal};

use build::Pdf;
use std::sync::LazyLock;

pub(crate) struct Seeds {
    pub authority: Authority,
    pub models: Vec<Pdf>,
    pub sealed: Vec<Sealed>,
    /// CMS, tokens, certificates, lists, requests and answers.
    pub structures: Vec<Vec<u8>>,
    /// The signed attributes of every CMS among them.
    pub attributes: Vec<Vec<u8>>,
}

pub(crate) fn seeds() -> &'static Seeds {
    static SEEDS: LazyLock<Seeds> = LazyLock::new(|| {
        let authority = Authority::new(gm_pki::Algorithm::P256Sha256);
        let other = Authority::new(gm_pki::Algorithm::Sm2Sm3);
        let models = models::all();
        let sealed = sealed::all(&models, [&authority, &other]);
        let structures = [authority.structures(), other.structures()].concat();
        let signers = structures
            .iter()
            .filter_map(|der| gm_pki::cms::parse(der).ok());
        let attributes = signers
            .flat_map(|cms| cms.signers)
            .filter_map(|signer| signer.signed_attributes);
        let attributes = attributes.collect();
        Seeds {
            authority,
            models,
            sealed,
            structures,
            attributes,
        }
    });
    &SEEDS
}
