//! One file of a web app as an answer: compressed where the reader takes that, kept where its name holds its digest.

use app::Error;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use web_assets::Asset;

use crate::Problem;

/// Only what is ours, wherever it could come from; workers and WebAssembly are our own files too.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; \
    worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
/// The phone reads codes and uses passkeys; nobody that it might embed does.
pub(super) const PHONE_PERMISSIONS: &str = "camera=(self), publickey-credentials-create=(self), \
    publickey-credentials-get=(self), geolocation=(), microphone=(), payment=()";
/// The other apps need neither.
pub(super) const PUBLIC_PERMISSIONS: &str = "camera=(), publickey-credentials-create=(), \
    publickey-credentials-get=(), geolocation=(), microphone=(), payment=()";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// No file of ours has a longer path.
const PATH_BYTES_MAX: usize = 256;
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

const NOT_BUILT: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>互连</title>\
    <h1>网页尚未构建</h1><p>The web apps are not built: <code>cargo xtask run</code> builds and serves them.</p></html>";

/// How an app's files are found: by path, in Brotli form or not.
pub(super) type Find<'a> = &'a dyn Fn(&str, bool) -> Option<Asset>;

/// The file at `path`; the app's page for an address that only the app knows; 404 for a file that is not there.
pub(super) fn answer(
    find: Find<'_>,
    path: &str,
    headers: &HeaderMap,
    permissions: &'static str,
) -> Response {
    let brotli = accepts_brotli(headers);
    let last = path.rsplit('/').next().unwrap_or_default();
    let plain = path.len() <= PATH_BYTES_MAX && !path.contains("..") && !path.contains('\\');
    let named = (plain && !path.is_empty() && !path.ends_with(".br"))
        .then(|| find(path, brotli))
        .flatten();
    let mut response = match named {
        Some(asset) => send(asset, headers),
        None if last.contains('.') || !plain => {
            return Problem(Error::not_found("not_found")).into_response();
        }
        None => match find("index.html", brotli) {
            Some(index) => send(index, headers),
            None => (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response(),
        },
    };
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (PERMISSIONS_POLICY, permissions),
    ];
    for (name, value) in fixed {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

fn send(asset: Asset, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", asset.digest);
    let keep = if asset.immutable {
        IMMUTABLE
    } else {
        "no-cache"
    };
    let common = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = [(header::CONTENT_TYPE, asset.content_type)];
    let encoding = asset
        .brotli
        .then_some([(header::CONTENT_ENCODING, HeaderValue::from_static("br"))]);
    let bytes = axum::body::Bytes::from(asset.bytes.into_owned());
    match encoding {
        Some(encoding) => (common, kind, encoding, bytes).into_response(),
        None => (common, kind, bytes).into_response(),
    }
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    known
        .split(',')
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == tag)
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_brotli = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("br"));
        is_brotli && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
#[path = "file/tests.rs"]
mod tests;
