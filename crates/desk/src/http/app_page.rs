//! The page, as it was built in.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use web_assets::WebApp;

use super::problem::{self, Problem};
use crate::error::Error;

/// What the page may do: its own scripts, pictures drawn by itself, pdf.js's worker, and nothing from outside.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; \
     manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// Shown where the web was not built.
const NOT_BUILT: &str = include_str!("not_built.html");
/// For names that hold a digest of the content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A file of the page, or the page itself for every other address.
pub(super) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return problem::method_not_allowed().await;
    }
    let path = uri.path().trim_start_matches('/');
    let accepts = headers.get(header::ACCEPT_ENCODING);
    let brotli = accepts
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .split(',')
                .any(|coding| coding.trim().starts_with("br"))
        });
    let asset = WebApp::Desk.find(path, brotli).filter(|_| !path.is_empty());
    // A missing script is missing: the page in its place would be read as one.
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    if asset.is_none() && is_file {
        return Problem(Error::not_found("not_found")).into();
    }
    let Some(asset) = asset.or_else(|| WebApp::Desk.index(brotli)) else {
        let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
        let page = (StatusCode::OK, [(header::CONTENT_SECURITY_POLICY, policy)]);
        return (page.0, page.1, Html(NOT_BUILT)).into_response();
    };
    let tag = format!("\"{}\"", asset.digest);
    let cache = if asset.immutable {
        FOR_EVER
    } else {
        "no-cache"
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|known| known.trim() == tag));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        asset.bytes.into_response()
    };
    let sent = response.headers_mut();
    sent.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.content_type),
    );
    sent.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    sent.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    sent.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if asset.brotli {
        sent.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        sent.insert(header::ETAG, tag);
    }
    response
}
