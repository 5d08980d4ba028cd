//! Recovering an account whose number is lost. Nobody is signed in: the bearer token is the recovery's own secret.

use app::account::NewPhone;
use app::recovery::{self, Claim, Request};
use app::{App, material};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use domain::id::RecoveryId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::client_ip::ClientIp;
use crate::identity::{FaceCheckBody, FaceCheckOpenedBody, user_agent};
use crate::problem::ProblemBody;
use crate::sms_code::SmsCodeBody;
use crate::{Json, Problem, caller, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(put_photo))
        // The use case says itself what is too much.
        .layer(DefaultBodyLimit::max(material::BYTES_MAX + 1))
        .routes(routes!(begin))
        .routes(routes!(view, finish))
        .routes(routes!(prove))
        .routes(routes!(open_face))
        .routes(routes!(face))
        .routes(routes!(ask_operators))
        .routes(routes!(send_code))
}

/// The secret of `Authorization: Bearer <secret>`.
struct Secret(String);

impl FromRequestParts<App> for Secret {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        Ok(Self(caller::bearer(parts)?.to_owned()))
    }
}

fn id(text: &str) -> Result<RecoveryId, Problem> {
    path::id(text, "recovery_not_found")
}

/// The number that is lost.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecoveryRequest {
    /// `+86`, `+852`, `+853` or `+886`.
    area: String,
    number: String,
}

/// A recovery, whether the number has an account or not.
#[derive(Serialize, ToSchema)]
struct RecoveryBegunBody {
    recovery_id: String,
    /// The bearer token of everything that follows.
    secret: String,
    expires_at_us: i64,
}

/// How a recovery stands.
#[derive(Serialize, ToSchema)]
struct RecoveryBody {
    /// `begun`, `proven`, `reviewing`, `allowed`, `refused` or `done`.
    state: &'static str,
    /// Why operators refused it.
    reason: Option<String>,
    expires_at_us: i64,
}

/// Who somebody says they are; both sides of the ID card were handed in before.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecoveryClaimRequest {
    name: String,
    id_number: String,
    /// They have looked at a name that was not read surely, and say that it is theirs.
    #[serde(default)]
    name_confirmed: bool,
}

/// What operators are told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecoveryReviewRequest {
    name: String,
    document_number: String,
    reason: String,
}

/// The new number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecoveryPhoneRequest {
    /// `+86`, `+852`, `+853` or `+886`.
    area: String,
    number: String,
}

/// The new number with its code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecoveryFinishRequest {
    /// `+86`, `+852`, `+853` or `+886`.
    area: String,
    number: String,
    code: String,
}

/// The number that the account has now, masked.
#[derive(Serialize, ToSchema)]
struct RecoveredBody {
    phone_masked: String,
}

/// Begins a recovery. The answer does not tell whether the number has an account.
///
/// Errors: `phone_invalid`, `rate_limited`.
#[utoipa::path(post, path = "/recoveries", tag = "account", request_body = RecoveryRequest,
    responses((status = 201, body = RecoveryBegunBody), (status = "4XX", body = ProblemBody)))]
async fn begin(
    State(app): State<App>,
    ClientIp(address): ClientIp,
    Json(body): Json<RecoveryRequest>,
) -> Result<(StatusCode, Json<RecoveryBegunBody>), Problem> {
    let begun = recovery::begin(&app, &body.area, &body.number, &address).await?;
    let body = RecoveryBegunBody {
        recovery_id: begun.id.to_string(),
        secret: begun.secret,
        expires_at_us: begun.expires_at.micros(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// How it stands.
#[utoipa::path(get, path = "/recoveries/{recovery_id}", tag = "account", params(("recovery_id" = String, Path)),
    responses((status = 200, body = RecoveryBody), (status = "4XX", body = ProblemBody)))]
async fn view(
    State(app): State<App>,
    Path(recovery): Path<String>,
    Secret(secret): Secret,
) -> Result<Json<RecoveryBody>, Problem> {
    let view = recovery::view(&app, id(&recovery)?, &secret).await?;
    Ok(Json(RecoveryBody {
        state: view.state.as_str(),
        reason: view.reason,
        expires_at_us: view.expires_at.micros(),
    }))
}

/// Hands in a photo, in the place of the one of the same role: `document_front`, `document_back` or `handheld`.
///
/// Errors: `recovery_not_found`, `recovery_expired`, `photo_role_invalid`, `material_empty`, `material_too_large`,
/// `material_type_invalid`, `rate_limited`.
#[utoipa::path(put, path = "/recoveries/{recovery_id}/photos/{role}", tag = "account",
    params(("recovery_id" = String, Path), ("role" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn put_photo(
    State(app): State<App>,
    Path((recovery, role)): Path<(String, String)>,
    Secret(secret): Secret,
    bytes: Bytes,
) -> Result<StatusCode, Problem> {
    recovery::put_photo(&app, id(&recovery)?, &secret, &role, &bytes).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Proves who one is. Whoever is not the owner, has no mainland document or never handed in a card, and whoever named a
/// number without an account, get the same answer.
///
/// Errors: `recovery_not_found`, `recovery_expired`, `recovery_order`, `name_invalid`, `id_number_invalid`, `photo_missing`,
/// `recovery_limit`, `id_card_unavailable`, `id_card_retake`, `id_card_mismatch`, `id_card_unsure`, `id_card_expired`,
/// `recovery_not_possible`.
#[utoipa::path(post, path = "/recoveries/{recovery_id}/claim", tag = "account", params(("recovery_id" = String, Path)),
    request_body = RecoveryClaimRequest,
    responses((status = 204), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn prove(
    State(app): State<App>,
    Path(recovery): Path<String>,
    Secret(secret): Secret,
    Json(body): Json<RecoveryClaimRequest>,
) -> Result<StatusCode, Problem> {
    let claim = Claim {
        name: &body.name,
        id_number: &body.id_number,
        name_confirmed: body.name_confirmed,
    };
    recovery::prove(&app, id(&recovery)?, &secret, &claim).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opens the camera page. Errors: `recovery_order`, `recovery_expired`, `face_limit`, `face_unavailable`.
#[utoipa::path(post, path = "/recoveries/{recovery_id}/face-checks", tag = "account", params(("recovery_id" = String, Path)),
    responses((status = 201, body = FaceCheckOpenedBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn open_face(
    State(app): State<App>,
    Path(recovery): Path<String>,
    Secret(secret): Secret,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<FaceCheckOpenedBody>), Problem> {
    let agent = user_agent(&headers);
    let opened = recovery::open_face(&app, id(&recovery)?, &secret, agent).await?;
    Ok((StatusCode::CREATED, Json(opened.into())))
}

/// What came of a visit; a face that passed leads on to the new number.
#[utoipa::path(get, path = "/recoveries/{recovery_id}/face-checks/{face_check_id}", tag = "account",
    params(("recovery_id" = String, Path), ("face_check_id" = String, Path)),
    responses((status = 200, body = FaceCheckBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn face(
    State(app): State<App>,
    Path((recovery, check)): Path<(String, String)>,
    Secret(secret): Secret,
) -> Result<Json<FaceCheckBody>, Problem> {
    let check = path::id(&check, "face_check_not_found")?;
    let looked = recovery::look_at_face(&app, id(&recovery)?, &secret, check).await?;
    Ok(Json(looked.into()))
}

/// Asks operators instead. The answer does not tell whether the number has an account.
///
/// Errors: `recovery_order`, `recovery_expired`, `name_invalid`, `document_number_invalid`, `reason_invalid`, `photo_missing`.
#[utoipa::path(post, path = "/recoveries/{recovery_id}/review", tag = "account", params(("recovery_id" = String, Path)),
    request_body = RecoveryReviewRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn ask_operators(
    State(app): State<App>,
    Path(recovery): Path<String>,
    Secret(secret): Secret,
    Json(body): Json<RecoveryReviewRequest>,
) -> Result<StatusCode, Problem> {
    let request = Request {
        name: &body.name,
        document_number: &body.document_number,
        reason: &body.reason,
    };
    recovery::ask_operators(&app, id(&recovery)?, &secret, &request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a code to the new number. The answer does not tell whether that has an account.
///
/// Errors: `recovery_order`, `recovery_expired`, `phone_invalid`, `phone_unchanged`, `rate_limited`, `sms_too_soon`, `sms_daily_limit`.
#[utoipa::path(post, path = "/recoveries/{recovery_id}/codes", tag = "account", params(("recovery_id" = String, Path)),
    request_body = RecoveryPhoneRequest, responses((status = 202, body = SmsCodeBody), (status = "4XX", body = ProblemBody)))]
async fn send_code(
    State(app): State<App>,
    Path(recovery): Path<String>,
    Secret(secret): Secret,
    Json(body): Json<RecoveryPhoneRequest>,
) -> Result<(StatusCode, Json<SmsCodeBody>), Problem> {
    let new = NewPhone {
        area: &body.area,
        number: &body.number,
    };
    let sent = recovery::send_code(&app, id(&recovery)?, &secret, &new).await?;
    Ok((StatusCode::ACCEPTED, Json(sent.into())))
}

/// Gives the account the new number; every session of it ends. A repeat changes nothing.
///
/// Errors: `recovery_order`, `recovery_expired`, `phone_invalid`, `phone_unchanged`, `code_wrong`, `code_expired`, `code_used`,
/// `code_dead`, `phone_in_use`.
#[utoipa::path(put, path = "/recoveries/{recovery_id}", tag = "account", params(("recovery_id" = String, Path)),
    request_body = RecoveryFinishRequest, responses((status = 200, body = RecoveredBody), (status = "4XX", body = ProblemBody)))]
async fn finish(
    State(app): State<App>,
    Path(recovery): Path<String>,
    Secret(secret): Secret,
    Json(body): Json<RecoveryFinishRequest>,
) -> Result<Json<RecoveredBody>, Problem> {
    let new = NewPhone {
        area: &body.area,
        number: &body.number,
    };
    let phone_masked = recovery::finish(&app, id(&recovery)?, &secret, &new, &body.code).await?;
    Ok(Json(RecoveredBody { phone_masked }))
}
