//! The web apps: which origin and which path belong to which app.
//!
//! The phone app keeps key halves in its origin's storage, so that origin serves the app and the API and nothing else,
//! and the public origin never serves the app.

mod file;
mod landing;

use app::App;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use web_assets::WebApp;

use crate::edge;

/// What the phone origin serves besides the app.
const PHONE_PREFIXES: [&str; 3] = ["/api/v1/", "/healthz", "/readyz"];

/// Pages of the public origin; they are no part of the API's description.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .route("/", get(landing::show))
        .route("/verify", get(async || Redirect::permanent("/verify/")))
        .route("/verify/", get(verify))
        .route("/verify/{*path}", get(verify))
        .route("/console", get(async || Redirect::permanent("/console/")))
        .route("/console/", get(console))
        .route("/console/{*path}", get(console))
}

async fn verify(uri: Uri, headers: HeaderMap) -> Response {
    public(WebApp::Verify, "/verify/", &uri, &headers)
}

async fn console(uri: Uri, headers: HeaderMap) -> Response {
    public(WebApp::Console, "/console/", &uri, &headers)
}

fn public(app: WebApp, base: &str, uri: &Uri, headers: &HeaderMap) -> Response {
    let path = uri.path().strip_prefix(base).unwrap_or_default();
    let find = |path: &str, brotli| app.find(path, brotli);
    file::answer(&find, path, headers, file::PUBLIC_PERMISSIONS)
}

/// Answers everything on the phone origin that is not the API.
pub(crate) async fn phone_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let ours = PHONE_PREFIXES.iter().any(|prefix| path.starts_with(prefix));
    if ours || !is_host(&request, authority(&app.settings.phone_url)) {
        return next.run(request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return edge::method_not_allowed().await;
    }
    let find = |path: &str, brotli| WebApp::Phone.find(path, brotli);
    let path = path.trim_start_matches('/');
    file::answer(&find, path, request.headers(), file::PHONE_PERMISSIONS).into_response()
}

fn authority(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

fn is_host(request: &Request, authority: &str) -> bool {
    let header = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let named = request.uri().authority().map(|named| named.as_str());
    named
        .or(header)
        .is_some_and(|host| host.eq_ignore_ascii_case(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_told_by_its_authority() {
        assert_eq!(authority("http://localhost:8601"), "localhost:8601");
        assert_eq!(authority("https://phone.example/x"), "phone.example");
        let request = |host: &str| {
            Request::builder()
                .header(header::HOST, host)
                .body(axum::body::Body::empty())
                .expect("a request")
        };
        assert!(is_host(&request("LocalHost:8601"), "localhost:8601"));
        assert!(!is_host(&request("127.0.0.1:8601"), "localhost:8601"));
        assert!(!is_host(&request("localhost:8600"), "localhost:8601"));
    }
}
