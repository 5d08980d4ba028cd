//! Vendors in trouble, and strangers in their place.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use tokio::net::TcpListener;

use super::serve;

/// What is the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody listens.
    Down,
    /// Somebody listens and never answers.
    Silent,
    /// The answer begins and never ends, byte by byte.
    Slow,
    /// An endless answer, as fast as it goes.
    Endless,
    /// A page of a proxy, with status 200.
    Page,
    /// JSON of another kind.
    OtherJson,
    /// Nothing, with status 200.
    Empty,
    /// A failure with everything that was sent in it.
    Echo,
}

/// All of them.
pub const TROUBLES: [Trouble; 8] = [
    Trouble::Down,
    Trouble::Silent,
    Trouble::Slow,
    Trouble::Endless,
    Trouble::Page,
    Trouble::OtherJson,
    Trouble::Empty,
    Trouble::Echo,
];

impl Trouble {
    /// Starts a vendor in this trouble.
    pub async fn start(self) -> String {
        if self == Self::Down {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            return format!("http://{}", listener.local_addr().expect("an address"));
        }
        let answer = move |request: axum::extract::Request| self.answer(request);
        serve(Router::new().fallback(answer)).await
    }

    async fn answer(self, request: axum::extract::Request) -> Response {
        match self {
            Self::Down | Self::Silent => std::future::pending().await,
            Self::Slow => Body::from_stream(stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Some((Ok::<_, std::io::Error>(Bytes::from_static(b" ")), ()))
            }))
            .into_response(),
            Self::Endless => Body::from_stream(stream::repeat_with(|| {
                Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 65_536]))
            }))
            .into_response(),
            Self::Page => "<html><body>Welcome to this hotel</body></html>".into_response(),
            Self::OtherJson => axum::Json(serde_json::json!({ "status": "up" })).into_response(),
            Self::Empty => StatusCode::OK.into_response(),
            Self::Echo => {
                let target = request.uri().to_string();
                let headers = format!("{:?}", request.headers());
                let body = axum::body::to_bytes(request.into_body(), 1 << 20).await;
                let body = String::from_utf8_lossy(&body.unwrap_or_default()).into_owned();
                let said = serde_json::json!({
                    "Code": format!("{target} {body}"), "code": 500,
                    "message": format!("{headers} {body}"),
                    "Response": { "Error": { "Code": format!("{headers} {body}"), "Message": body } },
                });
                (StatusCode::INTERNAL_SERVER_ERROR, axum::Json(said)).into_response()
            }
        }
    }
}
