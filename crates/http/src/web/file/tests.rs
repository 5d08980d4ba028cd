//! The rules of files, over an app of four files.

use super::*;
use std::borrow::Cow;

fn find(path: &str, brotli: bool) -> Option<Asset> {
    let packed = brotli && path != "icon.png";
    let bytes: &'static [u8] = match (path, packed) {
        ("index.html" | "sw.js" | "assets/main-1a2b.js", true) => b"packed",
        ("index.html", false) => b"<!doctype html>",
        ("sw.js" | "assets/main-1a2b.js", false) => b"script",
        ("icon.png", _) => b"picture",
        _ => return None,
    };
    Some(Asset {
        bytes: Cow::Borrowed(bytes),
        brotli: packed,
        content_type: "text/plain",
        digest: format!("{path}-{packed}"),
        immutable: path.starts_with("assets/"),
    })
}

fn get(path: &str, headers: &[(HeaderName, &'static str)]) -> Response {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
    answer(&find, path, &headers.collect(), PHONE_PERMISSIONS)
}

fn header_of(response: &Response, name: HeaderName) -> &str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().expect("text"))
}

#[test]
fn names_with_a_digest_are_kept_for_ever_and_the_rest_is_asked_for_each_time() {
    let kept = get("assets/main-1a2b.js", &[]);
    assert_eq!(header_of(&kept, header::CACHE_CONTROL), IMMUTABLE);
    for path in ["", "index.html", "sw.js", "s/AAECAwQFBgcICQoLDA0ODw"] {
        let page = get(path, &[]);
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        assert_eq!(
            header_of(&page, header::CACHE_CONTROL),
            "no-cache",
            "{path}"
        );
        assert_eq!(header_of(&page, header::VARY), "accept-encoding");
        assert_eq!(
            header_of(&page, header::CONTENT_SECURITY_POLICY),
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; \
             object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
        );
        assert!(header_of(&page, PERMISSIONS_POLICY).contains("camera=(self)"));
    }
}

#[test]
fn a_file_that_is_not_there_is_no_page() {
    for path in [
        "assets/gone-1.js",
        "favicon.ico",
        "index.html.br",
        "../desk/index.html",
        "a\\b",
        &"a/".repeat(200),
    ] {
        assert_eq!(get(path, &[]).status(), StatusCode::NOT_FOUND, "{path}");
    }
    let nothing = |_: &str, _: bool| None;
    let page = answer(&nothing, "units", &HeaderMap::new(), PUBLIC_PERMISSIONS);
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[test]
fn brotli_goes_to_those_who_take_it() {
    let encoding = |accepted| {
        let page = get("sw.js", &[(header::ACCEPT_ENCODING, accepted)]);
        header_of(&page, header::CONTENT_ENCODING).to_owned()
    };
    assert_eq!(encoding("gzip, deflate, BR"), "br");
    assert_eq!(encoding("gzip, br;q=0.5"), "br");
    for none in ["gzip", "", "br;q=0", "br; q=0.000", "brotli"] {
        assert_eq!(encoding(none), "", "{none}");
    }
    let picture = get("icon.png", &[(header::ACCEPT_ENCODING, "br")]);
    assert_eq!(header_of(&picture, header::CONTENT_ENCODING), "");
}

#[test]
fn what_the_reader_has_is_not_sent_again() {
    let tag = [(header::IF_NONE_MATCH, "\"other\", W/\"sw.js-false\"")];
    let same = get("sw.js", &tag);
    assert_eq!(same.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(header_of(&same, header::ETAG), "\"sw.js-false\"");
    // The packed bytes are another representation with a tag of its own.
    let packed = [tag[0].clone(), (header::ACCEPT_ENCODING, "br")];
    assert_eq!(get("sw.js", &packed).status(), StatusCode::OK);
}
