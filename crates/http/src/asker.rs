//! Askers: registration, and the extractor that knows who sent a signed request.

use app::asker::Asker;
use app::asker::{Registration, Signed, authenticate, register};
use app::{App, Error};
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, StatusCode, Uri, header};
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
struct AskerBody {
    asker_id: String,
    /// False is shown as 未登记工具.
    registered: bool,
}

/// Registers a tool's key. The same key gets the same id.
#[utoipa::path(post, path = "/askers", tag = "asker", request_body = NewAsker, responses((status = 201, body = AskerBody)))]
async fn create(
    State(app): State<App>,
    ClientIp(address): ClientIp,
    Json(new): Json<NewAsker>,
) -> Result<(StatusCode, Json<AskerBody>), Problem> {
    let registration = Registration {
        public_key: wire::bytes(&new.public_key)?,
        name: new.name,
        proof: wire::bytes(&new.proof)?,
    };
    let (id, registered) = register(&app, &address.to_string(), registration).await?;
    Ok((
        StatusCode::CREATED,
        Json(AskerBody {
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
        let headers = request.headers().clone();
        let method = request.method().clone();
        let path = whole_path(request.extensions(), request.uri());
        let authorization = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let bytes = body::read(request, app).await?;
        let signed = Signed {
            authorization,
            method: method.as_str(),
            path: &path,
            body: &bytes,
        };
        let asker = authenticate(app, &signed).await?;
        Ok(Self {
            asker,
            body: body::parse(&headers, &bytes)?,
            hash: protocol::sha256(&bytes),
        })
    }
}

/// The path with its query as the asker signed it, whatever router the request has come through.
fn whole_path(extensions: &Extensions, uri: &Uri) -> String {
    let original = extensions.get::<OriginalUri>().map(|original| &original.0);
    let path = original.unwrap_or(uri).path_and_query();
    path.map_or("/", |path| path.as_str()).to_owned()
}

/// Somebody known who only looks: a signed-in person, or a tool that has signed the request.
#[derive(Debug)]
pub(crate) struct Looking;

impl FromRequestParts<App> for Looking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if authorization(parts).starts_with("Hulian-Asker ") {
            AskedPlainly::from_request_parts(parts, app).await?;
        } else {
            crate::Signed::from_request_parts(parts, app).await?;
        }
        Ok(Self)
    }
}

/// The asker that has signed a request without a body.
#[derive(Debug)]
pub(crate) struct AskedPlainly(pub Asker);

impl FromRequestParts<App> for AskedPlainly {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let signed = Signed {
            authorization: authorization(parts),
            method: parts.method.as_str(),
            path: &whole_path(&parts.extensions, &parts.uri),
            body: b"",
        };
        Ok(Self(authenticate(app, &signed).await?))
    }
}

fn authorization(parts: &Parts) -> &str {
    let value = parts.headers.get(header::AUTHORIZATION);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
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
