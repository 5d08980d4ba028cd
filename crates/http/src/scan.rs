//! Scan sessions from the phone's side.

mod view;

use app::App;
use app::scan::{self, ConfirmLogin, ConfirmRequest};
use axum::extract::{Path, Query, State};
use protocol::Base64Url;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Json;
use crate::caller::Signed;
use crate::poll::Wait;
use crate::{Problem, wire};
pub(crate) use view::FailureBody;
use view::{ChoicesBody, PhoneViewBody};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(claim))
        .routes(routes!(find_short_code))
        .routes(routes!(show))
        .routes(routes!(match_number))
        .routes(routes!(choices))
        .routes(routes!(choose))
        .routes(routes!(confirm))
        .routes(routes!(confirm_login))
        .routes(routes!(finish))
        .routes(routes!(refuse))
}

/// Most bytes of a message of the key protocol.
const MESSAGE_BYTES_MAX: usize = 4096;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Claim {
    /// The continuous run that the code is scanned in.
    run_id: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShortCode {
    /// Eight Crockford characters.
    short_code: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct CodeBody {
    code: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MatchNumber {
    /// Two digits.
    number: String,
}

/// The certificate that signs; in a login, as whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
enum Choose {
    Certificate(ChooseCertificate),
    Identity(ChooseIdentity),
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChooseCertificate {
    holding_id: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChooseIdentity {
    /// `null` is the person themselves; it has to be said.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    unit_id: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Confirm {
    /// First message of the signing protocol, base64url.
    message: String,
    /// Raised with each statement of the device.
    counter: i64,
    /// Signature of the password's proof key over the statement, base64url.
    password_proof: String,
    /// Signature of the device key over the statement, base64url.
    device_signature: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LoginConfirm {
    /// Raised with each statement of the device.
    counter: i64,
    /// Signature of the device key over the statement, base64url.
    device_signature: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct ConfirmBody {
    /// Second message of the signing protocol, base64url.
    message: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Finish {
    /// SM2: 64 bytes; RSA: 512 bytes; base64url.
    signature: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct FinishBody {
    /// `done`
    state: &'static str,
    operation_id: String,
}

/// Takes the session behind a code; in a run, a seal is matched and chosen at once.
#[utoipa::path(post, path = "/scans/{code}/claim", tag = "scan", request_body = Claim, responses((status = 200, body = PhoneViewBody)))]
async fn claim(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
    Json(body): Json<Claim>,
) -> Result<Json<PhoneViewBody>, Problem> {
    let in_run = body.run_id.as_deref().map(wire::id).transpose()?;
    Ok(Json(
        scan::claim(&app, &caller, &code, in_run).await?.into(),
    ))
}

/// The code behind a short code.
#[utoipa::path(post, path = "/short-codes", tag = "scan", request_body = ShortCode, responses((status = 200, body = CodeBody)))]
async fn find_short_code(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<ShortCode>,
) -> Result<Json<CodeBody>, Problem> {
    Ok(Json(CodeBody {
        code: scan::code_of_short_code(&app, &caller, &body.short_code).await?,
    }))
}

/// The session as the phone that claimed it sees it; waits for a change if asked to.
#[utoipa::path(get, path = "/scans/{code}", tag = "scan", params(Wait), responses((status = 200, body = PhoneViewBody)))]
async fn show(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
    Query(wait): Query<Wait>,
) -> Result<Json<PhoneViewBody>, Problem> {
    let view = match wait.wish() {
        Some((after, at_most)) => {
            scan::phone_view_after(&app, &caller, &code, after, at_most).await?
        }
        None => scan::phone_view(&app, &caller, &code).await?,
    };
    Ok(Json(view.into()))
}

/// Types the number that the asker shows.
#[utoipa::path(post, path = "/scans/{code}/match", tag = "scan", request_body = MatchNumber, responses((status = 200, body = PhoneViewBody)))]
async fn match_number(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
    Json(body): Json<MatchNumber>,
) -> Result<Json<PhoneViewBody>, Problem> {
    Ok(Json(
        scan::match_number(&app, &caller, &code, &body.number)
            .await?
            .into(),
    ))
}

/// Who one can sign as, with states and reasons.
#[utoipa::path(get, path = "/scans/{code}/choices", tag = "scan", responses((status = 200, body = ChoicesBody)))]
async fn choices(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
) -> Result<Json<ChoicesBody>, Problem> {
    Ok(Json(scan::choices(&app, &caller, &code).await?.into()))
}

/// Picks the certificate; in a login, as whom.
#[utoipa::path(post, path = "/scans/{code}/choose", tag = "scan", request_body = Choose, responses((status = 200, body = PhoneViewBody)))]
async fn choose(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
    Json(body): Json<Choose>,
) -> Result<Json<PhoneViewBody>, Problem> {
    let view = match body {
        Choose::Certificate(choice) => {
            scan::choose(&app, &caller, &code, wire::id(&choice.holding_id)?).await?
        }
        Choose::Identity(choice) => {
            let unit = choice.unit_id.as_deref().map(wire::id).transpose()?;
            scan::choose_identity(&app, &caller, &code, unit).await?
        }
    };
    Ok(Json(view.into()))
}

/// Signs: the server half answers if everything holds now.
#[utoipa::path(post, path = "/scans/{code}/confirm", tag = "scan", request_body = Confirm, responses((status = 200, body = ConfirmBody)))]
async fn confirm(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
    Json(body): Json<Confirm>,
) -> Result<Json<ConfirmBody>, Problem> {
    let request = ConfirmRequest {
        message: wire::bytes_up_to(&body.message, MESSAGE_BYTES_MAX)?,
        counter: body.counter,
        password_proof: wire::bytes(&body.password_proof)?,
        device_signature: wire::bytes(&body.device_signature)?,
    };
    let answer = scan::confirm(&app, &caller, &code, &request).await?;
    Ok(Json(ConfirmBody {
        message: Base64Url::encode(&answer),
    }))
}

/// Signs the asker in: the device key alone confirms it.
#[utoipa::path(post, path = "/scans/{code}/confirm-login", tag = "scan", request_body = LoginConfirm, responses((status = 200, body = FinishBody)))]
async fn confirm_login(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
    Json(body): Json<LoginConfirm>,
) -> Result<Json<FinishBody>, Problem> {
    let request = ConfirmLogin {
        counter: body.counter,
        device_signature: wire::bytes(&body.device_signature)?,
    };
    let operation = scan::confirm_login(&app, &caller, &code, &request).await?;
    Ok(Json(FinishBody {
        state: "done",
        operation_id: operation.to_string(),
    }))
}

/// Brings the finished signature.
#[utoipa::path(post, path = "/scans/{code}/finish", tag = "scan", request_body = Finish, responses((status = 200, body = FinishBody)))]
async fn finish(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
    Json(body): Json<Finish>,
) -> Result<Json<FinishBody>, Problem> {
    let signature = wire::bytes_up_to(&body.signature, MESSAGE_BYTES_MAX)?;
    let operation = scan::finish(&app, &caller, &code, &signature).await?;
    Ok(Json(FinishBody {
        state: "done",
        operation_id: operation.to_string(),
    }))
}

/// Refuses.
#[utoipa::path(post, path = "/scans/{code}/refuse", tag = "scan", request_body = Nothing, responses((status = 200, body = PhoneViewBody)))]
async fn refuse(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(code): Path<String>,
    _: Json<Nothing>,
) -> Result<Json<PhoneViewBody>, Problem> {
    scan::refuse(&app, &caller, &code).await?;
    Ok(Json(scan::phone_view(&app, &caller, &code).await?.into()))
}
