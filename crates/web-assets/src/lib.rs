//! The built web apps, compressed, embedded.
//!
//! Invariant: this crate knows no HTTP. It finds bytes by app and path, and says what they are.
//! The folder `dist/` is made by `cargo xtask run` and `cargo xtask test`; without it everything compiles and nothing is found.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "dist/"]
#[allow_missing = true]
struct Dist;

/// One of the web apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebApp {
    /// The phone app, on an origin of its own.
    Phone,
    /// The bid tool's page, served by `hulian desk`.
    Desk,
    /// The operators' console, under `/console/`.
    Console,
    /// The public verification page, under `/verify/`.
    Verify,
}

/// A file of an app.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its bytes, in Brotli form when [`Asset::brotli`].
    pub bytes: Cow<'static, [u8]>,
    /// Whether the bytes are compressed.
    pub brotli: bool,
    /// `text/html; charset=utf-8`, …
    pub content_type: &'static str,
    /// SHA-256 of the bytes as sent, in hexadecimal.
    pub digest: String,
    /// The name holds a digest of the content: it may be kept for ever.
    pub immutable: bool,
}

impl WebApp {
    const fn folder(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Desk => "desk",
            Self::Console => "console",
            Self::Verify => "verify",
        }
    }

    /// The file at `path` (no leading slash), or nothing.
    #[must_use]
    pub fn find(self, path: &str, accepts_brotli: bool) -> Option<Asset> {
        // A development build reads the folder itself, where `..` would lead from one app to another.
        if path
            .split('/')
            .any(|part| part == ".." || part.contains('\\'))
        {
            return None;
        }
        let name = format!("{}/{path}", self.folder());
        let packed = accepts_brotli
            .then(|| Dist::get(&format!("{name}.br")))
            .flatten();
        let brotli = packed.is_some();
        let file = packed.or_else(|| Dist::get(&name))?;
        Some(Asset {
            digest: hex::encode(file.metadata.sha256_hash()),
            bytes: file.data,
            brotli,
            content_type: content_type(path),
            immutable: path.starts_with("assets/"),
        })
    }

    /// The page that starts the app, whatever address was asked for; nothing when the web was not built.
    #[must_use]
    pub fn index(self, accepts_brotli: bool) -> Option<Asset> {
        self.find("index.html", accepts_brotli)
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_scripts_and_the_rest_is_bytes() {
        assert!(content_type("assets/worker-1.mjs").starts_with("text/javascript"));
        assert_eq!(
            content_type("cmaps/UniGB.bcmap"),
            "application/octet-stream"
        );
        assert!(WebApp::Phone.find("../desk/index.html", true).is_none());
    }
}
