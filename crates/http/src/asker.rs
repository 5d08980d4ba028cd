//! Askers: registration, and the extractor that knows who sent a signed request.

use app::asker::Asker;
use app::asker::{Registration, Signed, authenticate, register};
use app::{App, Error};
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use protocol::Base64Url;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ClientIp;
use crate::Problem;
use crate::body::{self, Json};
use crate::wire;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAsker {
    /// Ed25519 key, 32 bytes, base64url.
    public_key: String,
    /// The name it gives itself.
    name: String,
    /// Signature over the statement `hulian/asker/v1`, 64 bytes, base64url.
    proof: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct RegisteredAskerBody {
    asker_id: String,
    /// False is shown as 未登记工具.
    registered: bool,
}

/// Registers a tool's key. The same key gets the same id.
#[utoipa::path(post, path = "/askers", tag = "asker", request_body = NewAsker, responses((status = 201, body = RegisteredAskerBody)))]
async fn create(
    State(app): State<App>,
    ClientIp(address): ClientIp,
    Json(new): Json<NewAsker>,
) -> Result<(StatusCode, Json<RegisteredAskerBody>), Problem> {
    let registration = Registration {
        public_key: wire::bytes(&new.public_key)?,
        name: new.name,
        proof: wire::bytes(&new.proof)?,
    };
    let (id, registered) = register(&app, &address.to_string(), registration).await?;
    Ok((
        StatusCode::CREATED,
        Json(RegisteredAskerBody {
            asker_id: id.to_string(),
            registered,
        }),
    ))
}

/// A JSON body that an asker has signed, with the asker.
#[derive(Debug)]
pub(crate) struct Asked<T> {
    pub asker: Asker,
    pub body: T,
    /// SHA-256 of the exact body.
    pub hash: [u8; 32],
}

impl<T: DeserializeOwned> FromRequest<App> for Asked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let (headers, sent) = (parts.headers.clone(), Sent::of(&parts));
        let bytes = body::read(Request::from_parts(parts, body), app).await?;
        let asker = sent.by(app, &bytes).await?;
        Ok(Self {
            asker,
            body: body::parse(&headers, &bytes)?,
            hash: protocol::sha256(&bytes),
        })
    }
}

/// The asker of a request without a body.
#[derive(Debug)]
pub(crate) struct Asking(pub Asker);

impl FromRequestParts<App> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Sent::of(parts).by(app, b"").await.map(Self)
    }
}

/// A signed-in person or an asker, whichever the authorization names.
#[derive(Debug)]
pub(crate) struct Looking;

impl FromRequestParts<App> for Looking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let sent = Sent::of(parts);
        if sent.authorization.starts_with("Hulian-Asker ") {
            sent.by(app, b"").await?;
        } else {
            crate::Signed::from_request_parts(parts, app).await?;
        }
        Ok(Self)
    }
}

/// What an asker's signature covers besides the body.
struct Sent {
    authorization: String,
    method: String,
    path: String,
}

impl Sent {
    fn of(parts: &Parts) -> Self {
        // A nested router has cut the path that was signed.
        let uri = parts.extensions.get::<OriginalUri>();
        let uri = uri.map_or(&parts.uri, |original| &original.0);
        let authorization = parts.headers.get(header::AUTHORIZATION);
        let authorization = authorization.and_then(|value| value.to_str().ok());
        Self {
            authorization: authorization.unwrap_or_default().to_owned(),
            method: parts.method.as_str().to_owned(),
            path: uri
                .path_and_query()
                .map_or("/", |path| path.as_str())
                .to_owned(),
        }
    }

    async fn by(&self, app: &App, body: &[u8]) -> Result<Asker, Problem> {
        let signed = Signed {
            authorization: &self.authorization,
            method: &self.method,
            path: &self.path,
            body,
        };
        Ok(authenticate(app, &signed).await?)
    }
}

/// The secret of a session's owner among askers.
pub(crate) fn secret(headers: &axum::http::HeaderMap) -> Result<String, Problem> {
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let secret = value
        .and_then(|value| value.strip_prefix("Bearer "))
        .filter(|secret| Base64Url::decode_array::<32>(secret).is_ok());
    Ok(secret
        .ok_or_else(|| Error::unauthenticated("unauthenticated"))?
        .to_owned())
}
