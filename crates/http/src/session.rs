//! Sign-in, refresh, sign-out. The refresh token travels in a cookie that scripts cannot read.

mod live;

use app::session::{self, SignIn, Tokens};
use app::{App, Error};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use domain::session::{Edition, REFRESH_LIFETIME_US};
use domain::time::SECOND_US;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::client_ip::ClientIp;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, cookie};

const COOKIE: cookie::Refresh = cookie::Refresh {
    name: "hulian_refresh",
    path: "/api/v1/sessions",
};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(refresh))
        .routes(routes!(end))
        .merge(live::routes())
}

/// A number, its code, and the device that wants in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SessionRequest {
    /// `+86`, `+852`, `+853`, `+886`, or another that `GET /system` names.
    area: String,
    number: String,
    code: String,
    edition: EditionWord,
    /// User agreement and privacy policy.
    agreed: bool,
    device: DeviceRequest,
}

/// The device's key and the proof that it is there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeviceRequest {
    /// P-256, 65 bytes SEC1 uncompressed, `b64u`.
    public_key: String,
    name: String,
    /// Over `hulian/device/v1`, 64 bytes, `b64u`.
    proof: String,
}

#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EditionWord {
    Standard,
    LegalRepresentative,
}

/// What a device needs from now on.
#[derive(Serialize, ToSchema)]
struct SessionBody {
    access_token: String,
    expires_in_s: i64,
    person_id: String,
    device_id: String,
}

impl From<EditionWord> for Edition {
    fn from(word: EditionWord) -> Self {
        match word {
            EditionWord::Standard => Self::Standard,
            EditionWord::LegalRepresentative => Self::LegalRepresentative,
        }
    }
}

impl From<Edition> for EditionWord {
    fn from(edition: Edition) -> Self {
        match edition {
            Edition::Standard => Self::Standard,
            Edition::LegalRepresentative => Self::LegalRepresentative,
        }
    }
}

/// Signs in; a number without an account gets one.
///
/// Errors: `agreement_required`, `phone_invalid`, `code_wrong`, `code_expired`, `code_used`, `code_dead`,
/// `device_proof_invalid`, `legal_representative_unknown`, `origin_refused`, `rate_limited`.
#[utoipa::path(post, path = "/sessions", tag = "session", request_body = SessionRequest,
    responses((status = 201, body = SessionBody), (status = "4XX", body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
    Json(body): Json<SessionRequest>,
) -> Result<Response, Problem> {
    check_origin(&app, &headers)?;
    let request = SignIn {
        area: &body.area,
        number: &body.number,
        code: &body.code,
        edition: body.edition.into(),
        agreed: body.agreed,
        public_key: &body.device.public_key,
        device_name: &body.device.name,
        proof: &body.device.proof,
        address: &address,
    };
    let tokens = session::sign_in(&app, &request).await?;
    Ok(answer(&app, StatusCode::CREATED, &tokens))
}

/// Gets the next pair of tokens for the refresh cookie, once.
///
/// Errors: `unauthenticated`, `refresh_reused`, `origin_refused`.
#[utoipa::path(post, path = "/sessions/refresh", tag = "session",
    responses((status = 200, body = SessionBody), (status = "4XX", body = ProblemBody)))]
async fn refresh(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    check_origin(&app, &headers)?;
    let token = COOKIE.read(&headers);
    let token = token.ok_or_else(|| Error::unauthenticated("unauthenticated"))?;
    let tokens = session::refresh(&app, token).await?;
    Ok(answer(&app, StatusCode::OK, &tokens))
}

/// Signs out. Key shares stay on the device.
#[utoipa::path(delete, path = "/sessions/current", tag = "session",
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn end(
    State(app): State<App>,
    Signed(caller): Signed,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    check_origin(&app, &headers)?;
    session::sign_out(&app, &caller).await?;
    let cookie = COOKIE.set(is_plain(&app), "", 0);
    Ok((
        StatusCode::NO_CONTENT,
        AppendHeaders([(header::SET_COOKIE, cookie)]),
    )
        .into_response())
}

fn answer(app: &App, status: StatusCode, tokens: &Tokens) -> Response {
    let body = SessionBody {
        access_token: tokens.access.to_string(),
        expires_in_s: tokens.expires_in_s,
        person_id: tokens.session.person_id.to_string(),
        device_id: tokens.session.device_id.to_string(),
    };
    let cookie = COOKIE.set(
        is_plain(app),
        &tokens.refresh,
        REFRESH_LIFETIME_US / SECOND_US,
    );
    (
        status,
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        Json(body),
    )
        .into_response()
}

/// The phone app is served over plain http on loopback only.
fn is_plain(app: &App) -> bool {
    app.settings.phone_url.starts_with("http://")
}

fn check_origin(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    cookie::check_origin(
        headers,
        &[&app.settings.phone_url, &app.settings.public_url],
    )
}
