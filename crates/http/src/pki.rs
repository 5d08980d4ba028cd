//! The addresses that stand inside every certificate; they never change.

use app::App;
use app::Error;
use app::certificate::family;
use app::pki::{self, Level};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64ct::{Base64, Encoding as _};
use domain::product::Algorithm;
use utoipa_axum::router::OpenApiRouter;

use crate::Problem;

/// An OCSP request for a few certificates, or a time stamp request, is a few hundred bytes.
const REQUEST_BYTES_MAX: usize = 8 * 1024;

const CERTIFICATE: &str = "application/pkix-cert";
const LIST: &str = "application/pkix-crl";
const OCSP: &str = "application/ocsp-response";
const TIMESTAMP: &str = "application/timestamp-reply";

/// Not part of the API's description: these speak DER, and RFC 5280, 6960 and 3161 describe them.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .route("/pki/{family}/root.cer", get(root_certificate))
        .route("/pki/{family}/issuing.cer", get(issuing_certificate))
        .route("/pki/{family}/root.crl", get(root_list))
        .route("/pki/{family}/issuing.crl", get(issuing_list))
        .route("/pki/{family}/ocsp", post(ocsp_post))
        .route("/pki/{family}/ocsp/{*request}", get(ocsp_get))
        .route("/pki/{family}/tsa", post(timestamp))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
}

fn algorithm(word: &str) -> Result<Algorithm, Problem> {
    word.parse()
        .map_err(|_| Problem(Error::not_found("not_found")))
}

fn der(media_type: &'static str, bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, media_type)], bytes).into_response()
}

async fn root_certificate(
    State(app): State<App>,
    Path(word): Path<String>,
) -> Result<Response, Problem> {
    Ok(der(
        CERTIFICATE,
        app.issuer
            .certificates(family(algorithm(&word)?))
            .root
            .to_vec(),
    ))
}

async fn issuing_certificate(
    State(app): State<App>,
    Path(word): Path<String>,
) -> Result<Response, Problem> {
    Ok(der(
        CERTIFICATE,
        app.issuer
            .certificates(family(algorithm(&word)?))
            .issuing
            .to_vec(),
    ))
}

async fn root_list(State(app): State<App>, Path(word): Path<String>) -> Result<Response, Problem> {
    Ok(der(
        LIST,
        pki::crl(&app, algorithm(&word)?, Level::Root).await?,
    ))
}

async fn issuing_list(
    State(app): State<App>,
    Path(word): Path<String>,
) -> Result<Response, Problem> {
    Ok(der(
        LIST,
        pki::crl(&app, algorithm(&word)?, Level::Issuing).await?,
    ))
}

async fn ocsp_post(
    State(app): State<App>,
    Path(word): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    Ok(der(OCSP, pki::ocsp(&app, algorithm(&word)?, &body).await?))
}

/// RFC 6960 appendix A.1: the request in base64, percent-encoded; the router has decoded the percent signs.
async fn ocsp_get(
    State(app): State<App>,
    Path((word, request)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let algorithm = algorithm(&word)?;
    // What cannot be decoded is refused inside an OCSP response, as anything else that cannot be read.
    let short = Some(request).filter(|request| request.len() <= REQUEST_BYTES_MAX);
    let request = short
        .and_then(|request| Base64::decode_vec(&request).ok())
        .unwrap_or_default();
    Ok(der(OCSP, pki::ocsp(&app, algorithm, &request).await?))
}

async fn timestamp(
    State(app): State<App>,
    Path(word): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    Ok(der(
        TIMESTAMP,
        pki::timestamp(&app, algorithm(&word)?, &body),
    ))
}
