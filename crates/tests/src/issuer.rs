//! One issuer for all tests of this computer: making RSA keys for each would take longer than the tests.

use std::path::PathBuf;
use std::sync::Arc;

use app::random::OsRandom;
use app::{Draw, RandomSource};
use domain::Instant;
use issuer::{Issuer, Params};

/// The address in its certificates; nobody listens there.
const PKI_URL: &str = "http://pki.test/pki";

/// The issuer of earlier tests, or a new one with RSA keys that are short enough to be made quickly. It protects nothing.
pub(crate) fn shared(since: Instant) -> Arc<Issuer> {
    let path = path(since);
    if let Some(issuer) = std::fs::read(&path)
        .ok()
        .and_then(|bytes| Issuer::from_bytes(&bytes).ok())
    {
        return Arc::new(issuer);
    }
    let params = Params {
        rsa_bits: 2048,
        ..Params::new(PKI_URL, "Hulian Test")
    };
    let mut rng = Draw::from(Arc::new(OsRandom) as Arc<dyn RandomSource>);
    let issuer = Issuer::create(params, since.seconds(), &mut rng).expect("an issuer");
    // Whole or not at all, since other test processes read it meanwhile.
    let beside = path.with_extension(std::process::id().to_string());
    std::fs::write(&beside, issuer.to_bytes().expect("bytes").as_slice()).expect("written");
    std::fs::rename(&beside, &path).expect("renamed");
    Arc::new(issuer)
}

/// Beside the test programs of this build, so that two builds share nothing.
fn path(since: Instant) -> PathBuf {
    let program = std::env::current_exe().expect("a program");
    program.with_file_name(format!("test-issuer-{}", since.seconds()))
}
