//! Answer time stamp requests (RFC 3161).

use domain::product::Algorithm;

use crate::App;
use crate::certificate::family;

/// Always a DER response; what cannot be stamped is refused in it.
#[must_use]
pub fn timestamp(app: &App, ca: Algorithm, request: &[u8]) -> Vec<u8> {
    app.issuer
        .timestamp_response(family(ca), request, app.now().seconds(), &mut app.rng())
}
