//! Enrolment: a key in two halves, and its certificate. Each step may be repeated byte for byte.

use app::install::{self, NewInstall, NewKey};
use app::{App, Error};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::holding::Way;
use protocol::Base64Url;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::path::id;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start))
        .routes(routes!(key))
        .routes(routes!(certificate))
}

/// The device's commitment. Binary members are base64url without padding.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InstallRequest {
    /// 16 random bytes.
    #[schema(value_type = String)]
    request_id: Base64Url,
    usage: UsageWord,
    /// `install` without.
    #[serde(default)]
    way: WayWord,
    /// Commit.
    #[schema(value_type = String)]
    message: Base64Url,
    counter: i64,
    /// 64 bytes.
    #[schema(value_type = String)]
    password_proof: Base64Url,
    /// 64 bytes.
    #[schema(value_type = String)]
    device_signature: Base64Url,
    /// Reserved: `null`.
    #[schema(value_type = Option<Object>)]
    encryption: Option<Nothing>,
}

/// Reserved: there is no such value yet.
#[derive(Deserialize)]
enum Nothing {}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum UsageWord {
    Sign,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum WayWord {
    #[default]
    Install,
    /// Moves the certificate here; takes one of the holding's reissues.
    Reissue,
}

impl From<WayWord> for Way {
    fn from(word: WayWord) -> Self {
        match word {
            WayWord::Install => Self::Install,
            WayWord::Reissue => Self::Reissue,
        }
    }
}

/// The server's answer.
#[derive(Serialize, ToSchema)]
struct InstallBody {
    install_id: String,
    /// The co-signature's session, 16 bytes.
    #[schema(value_type = String)]
    sid: Base64Url,
    /// Reply.
    #[schema(value_type = String)]
    message: Base64Url,
    /// DER Name that the certificate will carry.
    #[schema(value_type = String)]
    subject: Base64Url,
}

/// The device opens its commitment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeyRequest {
    /// Open.
    #[schema(value_type = String)]
    message: Base64Url,
    /// The co-signature's request.
    #[schema(value_type = String)]
    request: Base64Url,
}

/// The co-signature's reply.
#[derive(Serialize, ToSchema)]
struct KeyBody {
    #[schema(value_type = String)]
    message: Base64Url,
}

/// The finished signature over the request info.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CertificateRequest {
    /// SM2: 64 bytes; RSA: 512 bytes.
    #[schema(value_type = String)]
    signature: Base64Url,
}

/// The certificate.
#[derive(Serialize, ToSchema)]
struct IssuedCertificateBody {
    certificate_id: String,
    /// DER.
    #[schema(value_type = String)]
    certificate: Base64Url,
    /// Issuing and root certificate, DER.
    #[schema(value_type = Vec<String>)]
    chain: Vec<Base64Url>,
}

fn array<const N: usize>(bytes: Base64Url) -> Result<[u8; N], Problem> {
    bytes
        .0
        .try_into()
        .map_err(|_| Problem(Error::invalid("body_invalid")))
}

/// First step: commitment and reply.
#[utoipa::path(post, path = "/holdings/{holding_id}/installs", tag = "enrolment", params(("holding_id" = String, Path)),
    request_body = InstallRequest, responses((status = 201, body = InstallBody), (status = 400, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn start(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(holding_id): Path<String>,
    Json(request): Json<InstallRequest>,
) -> Result<(StatusCode, Json<InstallBody>), Problem> {
    // There is one usage, and nothing that an encryption pair could be.
    let (UsageWord::Sign, None) = (request.usage, request.encryption);
    let new = NewInstall {
        way: request.way.into(),
        request_id: array(request.request_id)?,
        message: request.message.0,
        counter: request.counter,
        password_proof: array(request.password_proof)?,
        device_signature: array(request.device_signature)?,
    };
    let started = install::start(&app, &caller, id(&holding_id, "holding_not_found")?, new).await?;
    let body = InstallBody {
        install_id: started.install_id.to_string(),
        sid: Base64Url(started.sid.to_vec()),
        message: Base64Url(started.message),
        subject: Base64Url(started.subject),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Second step: the joint key, and the co-signature over the request info.
#[utoipa::path(post, path = "/installs/{install_id}/key", tag = "enrolment", params(("install_id" = String, Path)),
    request_body = KeyRequest, responses((status = 200, body = KeyBody), (status = 400, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 410, body = ProblemBody)))]
async fn key(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(install_id): Path<String>,
    Json(request): Json<KeyRequest>,
) -> Result<Json<KeyBody>, Problem> {
    let new = NewKey {
        message: request.message.0,
        request: request.request.0,
    };
    let message = install::key(&app, &caller, id(&install_id, "install_not_found")?, new).await?;
    Ok(Json(KeyBody {
        message: Base64Url(message),
    }))
}

/// Third step: proof of possession, and the certificate.
#[utoipa::path(post, path = "/installs/{install_id}/certificate", tag = "enrolment", params(("install_id" = String, Path)),
    request_body = CertificateRequest, responses((status = 201, body = IssuedCertificateBody), (status = 400, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 410, body = ProblemBody)))]
async fn certificate(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(install_id): Path<String>,
    Json(request): Json<CertificateRequest>,
) -> Result<(StatusCode, Json<IssuedCertificateBody>), Problem> {
    let install_id = id(&install_id, "install_not_found")?;
    let issued = install::certificate(&app, &caller, install_id, &request.signature.0).await?;
    let body = IssuedCertificateBody {
        certificate_id: issued.certificate_id.to_string(),
        certificate: Base64Url(issued.certificate),
        chain: issued.chain.into_iter().map(Base64Url).collect(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}
