//! What stands above a holder's certificate.

use domain::product::Algorithm;
use issuer::Family;

use crate::App;

/// The authority that serves an algorithm.
#[must_use]
pub const fn family(algorithm: Algorithm) -> Family {
    match algorithm {
        Algorithm::Rsa => Family::Rsa,
        Algorithm::Sm2 => Family::Sm2,
    }
}

/// The algorithm that an authority serves.
#[must_use]
pub const fn algorithm(family: Family) -> Algorithm {
    match family {
        Family::Rsa => Algorithm::Rsa,
        Family::Sm2 => Algorithm::Sm2,
    }
}

/// The issuing and the root certificate, DER, in the order in which a chain lists them after the leaf.
#[must_use]
pub fn chain(app: &App, algorithm: Algorithm) -> [Vec<u8>; 2] {
    let certificates = app.issuer.certificates(family(algorithm));
    [certificates.issuing.to_vec(), certificates.root.to_vec()]
}
