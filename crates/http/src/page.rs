//! Small pages that the server makes itself: one look, no script, nothing from elsewhere.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

/// Own style and nothing else; a page of ours may show another one in a frame.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// The same for a page that is shown in such a frame.
const FRAME_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; \
    form-action 'none'";

/// The same for the page that shows what the camera sees. After a button the browser goes to the phone's origin, which
/// `form-action` would forbid as a redirect, so that is left open.
const CAMERA_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; media-src 'self' blob: mediastream:; \
    frame-ancestors 'none'; base-uri 'none'";

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#1d2733;--soft:#55606e;--paper:#fff;--ground:#f4f6f9;--line:#dde3ea;--mark:#8a3b00;--blue:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#a5b0bd;--paper:#1b222b;--ground:#11161c;--line:#323c48;--mark:#a34a0a;--blue:#7db8f2}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.6 system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}
header{background:var(--mark);color:#fff;padding:16px}header h1{margin:0;font-size:22px}header p{margin:6px 0 0}header a{color:#fff}
main{max-width:1060px;margin:0 auto;padding:4px 16px 48px}a{color:var(--blue)}
section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:14px 16px;margin:16px 0}
h2{font-size:18px;margin:0 0 6px}h3{font-size:16px;margin:0 0 4px}.note{color:var(--soft);margin:0 0 8px}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,290px),1fr));gap:12px}
.card{border:1px solid var(--line);border-radius:10px;padding:10px 12px;margin:0}
dl{margin:0;display:grid;grid-template-columns:auto 1fr;gap:2px 12px}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
code{font:inherit;font-variant-numeric:tabular-nums;user-select:all;-webkit-user-select:all;border-bottom:1px dotted var(--soft)}
.big{font-size:44px;line-height:1.2;letter-spacing:.12em;font-weight:600;user-select:all;-webkit-user-select:all}
.button,button{display:block;width:100%;margin:10px 0;padding:12px;font:inherit;text-align:center;text-decoration:none;border:1px solid var(--line);border-radius:10px;background:var(--paper);color:var(--ink)}
video{width:100%;border-radius:10px;background:#000;transform:scaleX(-1)}
.main{background:#0b5cad;border-color:#0b5cad;color:#fff;font-weight:600}iframe{border:0;width:100%;height:340px;display:block}
label{display:block;color:var(--soft)}input[type=text]{display:block;width:100%;margin:2px 0 8px;padding:10px;font:inherit;border:1px solid var(--line);border-radius:10px;background:var(--ground);color:var(--ink)}
ol,ul{margin:0;padding-left:1.4em}";

/// A page.
pub(crate) struct Page {
    /// In the reader's tab.
    pub title: &'static str,
    /// Markup; whatever came from outside is escaped by who puts it in.
    pub body: String,
    /// Reads itself again after so many seconds.
    pub refresh_s: Option<u32>,
    /// Whether one of our pages shows it in a frame.
    pub in_frame: bool,
    /// Whether it shows what the camera sees, by the script of [`crate::camera`].
    pub camera: bool,
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let refresh = self.refresh_s.map_or_else(String::new, |seconds| {
            format!("<meta http-equiv=\"refresh\" content=\"{seconds}\">")
        });
        let html = format!(
            "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
            <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">{refresh}\
            <title>{title}</title><style>{STYLE}</style></head><body>{body}{script}</body></html>",
            title = self.title,
            body = self.body,
            script = if self.camera {
                "<script src=\"/sandbox/camera.js\"></script>"
            } else {
                ""
            },
        );
        let (policy, framed) = if self.in_frame {
            (FRAME_POLICY, "SAMEORIGIN")
        } else if self.camera {
            (CAMERA_POLICY, "DENY")
        } else {
            (POLICY, "DENY")
        };
        let headers: [(HeaderName, HeaderValue); 2] = [
            (
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_static(policy),
            ),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static(framed)),
        ];
        (headers, Html(html)).into_response()
    }
}

/// Text from outside as text.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_stays_text() {
        assert_eq!(
            escape("<a href=\"x\">&"),
            "&lt;a href=&quot;x&quot;&gt;&amp;"
        );
    }
}
