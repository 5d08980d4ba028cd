//! Operators sign in step by step; the refresh token travels in a cookie that scripts cannot read.

use app::operator::{self, Next, Step, Tokens};
use app::{App, Error};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Operator, role_words};
use crate::client_ip::ClientIp;
use crate::problem::ProblemBody;
use crate::{Json, Problem, cookie};

const COOKIE: cookie::Refresh = cookie::Refresh {
    name: "hulian_operator",
    path: "/api/v1/operator/sessions",
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(choose_password))
        .routes(routes!(create))
        .routes(routes!(refresh))
        .routes(routes!(end))
        .routes(routes!(me))
        .routes(routes!(password))
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorSignInRequest {
    name: String,
    password: String,
}

/// A password in place of the one that somebody else has made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorNewPasswordRequest {
    ticket: String,
    password: String,
}

/// What stands for the password, and the code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorCodeRequest {
    ticket: String,
    code: String,
}

/// The present password and the next.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorPasswordRequest {
    present: String,
    password: String,
}

/// What comes next.
#[derive(Serialize, ToSchema)]
struct OperatorStepBody {
    /// Stands for what was proven, for ten minutes.
    ticket: String,
    /// `new_password`, `enrol` or `code`.
    next: &'static str,
    /// With `enrol`: the secret as people type it (base32).
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// With `enrol`: the same as an authenticator reads it (`otpauth://totp/…`).
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
}

/// What a console needs from now on.
#[derive(Serialize, ToSchema)]
struct OperatorSessionBody {
    access_token: String,
    expires_in_s: i64,
    /// The session ends when it was not used for so long.
    idle_s: i64,
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
struct OperatorMeBody {
    operator_id: String,
    name: String,
    /// `reviewer`, `content`, `finance`, `security`, `administrator`.
    roles: Vec<&'static str>,
    /// What the roles allow: `decide_cases`, `decide_deposits`, `edit_content`, `read_faults`, `read_audit`, `manage_operators`.
    duties: Vec<&'static str>,
}

impl From<Step> for OperatorStepBody {
    fn from(step: Step) -> Self {
        let (next, secret, uri) = match step.next {
            Next::NewPassword => ("new_password", None, None),
            Next::Enrol { secret, uri } => ("enrol", Some(secret), Some(uri)),
            Next::Code => ("code", None, None),
        };
        Self {
            ticket: step.ticket.to_string(),
            next,
            secret,
            uri,
        }
    }
}

/// Proves name and password. A name that nobody has looks like a wrong password.
///
/// Errors: `operator_refused`, `operator_tries_exceeded`, `origin_refused`, `rate_limited`.
#[utoipa::path(post, path = "/operator/sign-in", tag = "operator", request_body = OperatorSignInRequest,
    responses((status = 200, body = OperatorStepBody), (status = "4XX", body = ProblemBody)))]
async fn begin(
    State(app): State<App>,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
    Json(body): Json<OperatorSignInRequest>,
) -> Result<Json<OperatorStepBody>, Problem> {
    check_origin(&app, &headers)?;
    let step = operator::begin(&app, &address, &body.name, &body.password).await?;
    Ok(Json(step.into()))
}

/// Replaces a password that somebody else has made.
///
/// Errors: `operator_ticket_invalid`, `operator_password_weak`, `operator_password_same`, `origin_refused`.
#[utoipa::path(post, path = "/operator/sign-in/password", tag = "operator", request_body = OperatorNewPasswordRequest,
    responses((status = 200, body = OperatorStepBody), (status = "4XX", body = ProblemBody)))]
async fn choose_password(
    State(app): State<App>,
    headers: HeaderMap,
    Json(body): Json<OperatorNewPasswordRequest>,
) -> Result<Json<OperatorStepBody>, Problem> {
    check_origin(&app, &headers)?;
    let step = operator::choose_password(&app, &body.ticket, &body.password).await?;
    Ok(Json(step.into()))
}

/// Proves the second factor, enrolling it at the first time, and begins a session.
///
/// Errors: `operator_ticket_invalid`, `operator_code_wrong`, `operator_tries_exceeded`, `origin_refused`.
#[utoipa::path(post, path = "/operator/sessions", tag = "operator", request_body = OperatorCodeRequest,
    responses((status = 201, body = OperatorSessionBody), (status = "4XX", body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    Json(body): Json<OperatorCodeRequest>,
) -> Result<Response, Problem> {
    check_origin(&app, &headers)?;
    let tokens = operator::finish(&app, &body.ticket, &body.code).await?;
    Ok(answer(&app, StatusCode::CREATED, &tokens))
}

/// Gets the next pair of tokens for the refresh cookie, once.
///
/// Errors: `unauthenticated`, `refresh_reused`, `origin_refused`.
#[utoipa::path(post, path = "/operator/sessions/refresh", tag = "operator",
    responses((status = 200, body = OperatorSessionBody), (status = "4XX", body = ProblemBody)))]
async fn refresh(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    check_origin(&app, &headers)?;
    let token = COOKIE.read(&headers);
    let token = token.ok_or_else(|| Error::unauthenticated("unauthenticated"))?;
    let tokens = operator::refresh(&app, token).await?;
    Ok(answer(&app, StatusCode::OK, &tokens))
}

/// Signs out.
#[utoipa::path(delete, path = "/operator/sessions/current", tag = "operator",
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn end(
    State(app): State<App>,
    Operator(signed): Operator,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    check_origin(&app, &headers)?;
    operator::sign_out(&app, &signed).await?;
    let gone = COOKIE.set(is_plain(&app), "", 0);
    let headers = AppendHeaders([(header::SET_COOKIE, gone)]);
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

/// Who is signed in, and what they may do.
#[utoipa::path(get, path = "/operator/me", tag = "operator",
    responses((status = 200, body = OperatorMeBody), (status = "4XX", body = ProblemBody)))]
async fn me(Operator(signed): Operator) -> Json<OperatorMeBody> {
    let duties = signed.acting.duties.iter().map(|duty| duty.as_str());
    Json(OperatorMeBody {
        operator_id: signed.acting.operator_id.to_string(),
        name: signed.name.clone(),
        roles: role_words(&signed.roles),
        duties: duties.collect(),
    })
}

/// Changes one's own password; one's other sessions end.
///
/// Errors: `operator_password_wrong`, `operator_tries_exceeded`, `operator_password_weak`, `operator_password_same`.
#[utoipa::path(post, path = "/operator/me/password", tag = "operator", request_body = OperatorPasswordRequest,
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn password(
    State(app): State<App>,
    Operator(signed): Operator,
    Json(body): Json<OperatorPasswordRequest>,
) -> Result<StatusCode, Problem> {
    operator::change_own_password(&app, &signed, &body.present, &body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn answer(app: &App, status: StatusCode, tokens: &Tokens) -> Response {
    let body = OperatorSessionBody {
        access_token: tokens.access.to_string(),
        expires_in_s: tokens.expires_in_s,
        idle_s: tokens.idle_s,
    };
    let cookie = COOKIE.set(is_plain(app), &tokens.refresh, tokens.idle_s);
    let headers = AppendHeaders([(header::SET_COOKIE, cookie)]);
    (status, headers, Json(body)).into_response()
}

/// The console is served over plain http on loopback only.
fn is_plain(app: &App) -> bool {
    app.settings.public_url.starts_with("http://")
}

/// The console's own pages, and nobody else's, not even the phone's.
fn check_origin(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    cookie::check_origin(headers, &[&app.settings.public_url])
}
