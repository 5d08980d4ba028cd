//! What a person does with their account as a whole: another number, an end.

use app::account::{self, Allowing, Cancelled, FacePurpose, NewPhone, Obstacle, Wish};
use app::sms_code::Requested;
use app::{App, Error};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use domain::sms_code::Purpose;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::identity::{FaceCheckBody, FaceCheckOpenedBody, user_agent};
use crate::problem::ProblemBody;
use crate::sms_code::SmsCodeBody;
use crate::{Json, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(send_code))
        .routes(routes!(open_face))
        .routes(routes!(face))
        .routes(routes!(begin_phone_change))
        .routes(routes!(send_new_phone_code))
        .routes(routes!(finish_phone_change))
        .routes(routes!(prospect, cancel))
}

/// What the code is to serve for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountCodeRequest {
    purpose: AccountPurposeWord,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AccountPurposeWord {
    PresentPhone,
    CancelAccount,
    PasswordReset,
}

/// What the face is to serve for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountFaceRequest {
    purpose: AccountFaceWord,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AccountFaceWord {
    Phone,
    Password,
}

/// The present number's code, or a face that passed for it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhoneChangeRequest {
    code: Option<String>,
    face_check_id: Option<String>,
}

/// A change that waits for the new number.
#[derive(Serialize, ToSchema)]
struct PhoneChangeBody {
    phone_change_id: String,
    expires_at_us: i64,
}

/// The new number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPhoneRequest {
    /// `+86`, `+852`, `+853` or `+886`.
    area: String,
    number: String,
}

/// The new number with its code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPhoneCodeRequest {
    /// `+86`, `+852`, `+853` or `+886`.
    area: String,
    number: String,
    code: String,
}

/// The number that the account has now, masked.
#[derive(Serialize, ToSchema)]
struct PhoneChangedBody {
    phone_masked: String,
}

/// What asking for the account's end would come to.
#[derive(Serialize, ToSchema)]
struct CancellationProspectBody {
    at_once: bool,
    /// Days without a sign-in, where it is not at once.
    grace_days: u32,
    obstacles: Vec<ObstacleBody>,
}

/// Something that must be settled first.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ObstacleBody {
    SoleAdministrator { unit_id: String, unit_name: String },
    UnpaidOrder { order_id: String },
}

impl From<Obstacle> for ObstacleBody {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::SoleAdministrator { unit_id, unit_name } => {
                Self::SoleAdministrator { unit_id, unit_name }
            }
            Obstacle::UnpaidOrder { order_id } => Self::UnpaidOrder { order_id },
        }
    }
}

/// Asks for the account's end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CancellationRequest {
    notice_accepted: bool,
    reminders_accepted: bool,
    /// Of purpose `cancel_account`.
    code: String,
}

/// What became of it.
#[derive(Serialize, ToSchema)]
struct CancellationBody {
    /// When the account ends unless somebody signs in before; null when it has ended.
    due_at_us: Option<i64>,
}

/// Sends a code to the caller's own number.
///
/// Errors: `sms_too_soon`, `sms_daily_limit`.
#[utoipa::path(post, path = "/account/codes", tag = "account", request_body = AccountCodeRequest,
    responses((status = 202, body = SmsCodeBody), (status = "4XX", body = ProblemBody)))]
async fn send_code(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<AccountCodeRequest>,
) -> Result<(StatusCode, Json<SmsCodeBody>), Problem> {
    let purpose = match body.purpose {
        AccountPurposeWord::PresentPhone => Purpose::PresentPhone,
        AccountPurposeWord::CancelAccount => Purpose::CancelAccount,
        AccountPurposeWord::PasswordReset => Purpose::PasswordReset,
    };
    let sent = account::send_code(&app, &caller, purpose).await?;
    Ok(accepted(sent))
}

/// Opens the camera page: for whoever cannot receive codes at the present number, or has forgotten the password on a phone without keys.
///
/// Errors: `face_not_offered`, `face_limit`, `face_unavailable`.
#[utoipa::path(post, path = "/account/face-checks", tag = "account", request_body = AccountFaceRequest,
    responses((status = 201, body = FaceCheckOpenedBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn open_face(
    State(app): State<App>,
    Signed(caller): Signed,
    headers: HeaderMap,
    Json(body): Json<AccountFaceRequest>,
) -> Result<(StatusCode, Json<FaceCheckOpenedBody>), Problem> {
    let purpose = match body.purpose {
        AccountFaceWord::Phone => FacePurpose::Phone,
        AccountFaceWord::Password => FacePurpose::Password,
    };
    let opened = account::open_face(&app, &caller, purpose, user_agent(&headers)).await?;
    Ok((StatusCode::CREATED, Json(opened.into())))
}

/// What came of such a visit; the provider is asked.
#[utoipa::path(get, path = "/account/face-checks/{face_check_id}", tag = "account", params(("face_check_id" = String, Path)),
    responses((status = 200, body = FaceCheckBody), (status = 404, body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn face(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<FaceCheckBody>, Problem> {
    let id = path::id(&id, "face_check_not_found")?;
    Ok(Json(account::face(&app, &caller, id).await?.into()))
}

/// Begins a change of number with the code of the present one, or with a face that passed for it.
///
/// Errors: `code_wrong`, `code_expired`, `code_used`, `code_dead`, `face_check_not_found`.
#[utoipa::path(post, path = "/account/phone-changes", tag = "account", request_body = PhoneChangeRequest,
    responses((status = 201, body = PhoneChangeBody), (status = "4XX", body = ProblemBody)))]
async fn begin_phone_change(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<PhoneChangeRequest>,
) -> Result<(StatusCode, Json<PhoneChangeBody>), Problem> {
    let allowing = match (&body.code, &body.face_check_id) {
        (Some(code), None) => Allowing::Code(code),
        (None, Some(id)) => Allowing::Face(path::id(id, "face_check_not_found")?),
        _ => return Err(Error::invalid("body_invalid").into()),
    };
    let begun = account::begin_phone_change(&app, &caller, allowing).await?;
    let body = PhoneChangeBody {
        phone_change_id: begun.id.to_string(),
        expires_at_us: begun.expires_at.micros(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Sends a code to the new number. The answer does not tell whether that has an account.
///
/// Errors: `phone_change_not_found`, `phone_change_expired`, `phone_invalid`, `phone_unchanged`, `sms_too_soon`,
/// `sms_daily_limit`, `rate_limited`.
#[utoipa::path(post, path = "/account/phone-changes/{phone_change_id}/codes", tag = "account",
    params(("phone_change_id" = String, Path)), request_body = NewPhoneRequest,
    responses((status = 202, body = SmsCodeBody), (status = "4XX", body = ProblemBody)))]
async fn send_new_phone_code(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<NewPhoneRequest>,
) -> Result<(StatusCode, Json<SmsCodeBody>), Problem> {
    let new = NewPhone {
        area: &body.area,
        number: &body.number,
    };
    let sent = account::send_new_phone_code(
        &app,
        &caller,
        path::id(&id, "phone_change_not_found")?,
        &new,
    )
    .await?;
    Ok(accepted(sent))
}

/// Completes the change; every other device of the person is signed out. A repeat changes nothing.
///
/// Errors: `phone_change_not_found`, `phone_change_expired`, `phone_invalid`, `phone_unchanged`, `code_wrong`,
/// `code_expired`, `code_used`, `code_dead`, `phone_in_use`.
#[utoipa::path(put, path = "/account/phone-changes/{phone_change_id}", tag = "account",
    params(("phone_change_id" = String, Path)), request_body = NewPhoneCodeRequest,
    responses((status = 200, body = PhoneChangedBody), (status = "4XX", body = ProblemBody)))]
async fn finish_phone_change(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<NewPhoneCodeRequest>,
) -> Result<Json<PhoneChangedBody>, Problem> {
    let new = NewPhone {
        area: &body.area,
        number: &body.number,
    };
    let id = path::id(&id, "phone_change_not_found")?;
    let phone_masked = account::finish_phone_change(&app, &caller, id, &new, &body.code).await?;
    Ok(Json(PhoneChangedBody { phone_masked }))
}

/// What asking for the account's end would come to.
#[utoipa::path(get, path = "/account/cancellation", tag = "account",
    responses((status = 200, body = CancellationProspectBody), (status = "4XX", body = ProblemBody)))]
async fn prospect(
    State(app): State<App>,
    Signed(caller): Signed,
) -> Result<Json<CancellationProspectBody>, Problem> {
    let prospect = account::prospect(&app, &caller).await?;
    Ok(Json(CancellationProspectBody {
        at_once: prospect.at_once,
        grace_days: domain::account::GRACE_DAYS,
        obstacles: prospect.obstacles.into_iter().map(Into::into).collect(),
    }))
}

/// Ends the account: at once without a completed real-name check, else after the days without a sign-in.
///
/// Errors: `agreement_required`, `code_wrong`, `code_expired`, `code_used`, `code_dead`, `cancellation_blocked`.
#[utoipa::path(post, path = "/account/cancellation", tag = "account", request_body = CancellationRequest,
    responses((status = 200, body = CancellationBody), (status = "4XX", body = ProblemBody)))]
async fn cancel(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<CancellationRequest>,
) -> Result<Json<CancellationBody>, Problem> {
    let wish = Wish {
        notice_accepted: body.notice_accepted,
        reminders_accepted: body.reminders_accepted,
        code: &body.code,
    };
    let Cancelled { due_at } = account::cancel(&app, &caller, &wish).await?;
    Ok(Json(CancellationBody {
        due_at_us: due_at.map(domain::Instant::micros),
    }))
}

fn accepted(sent: Requested) -> (StatusCode, Json<SmsCodeBody>) {
    (StatusCode::ACCEPTED, Json(sent.into()))
}
