//! Codes by text message.

use app::App;
use app::sms_code::{self, Requested};
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::client_ip::ClientIp;
use crate::problem::ProblemBody;
use crate::{Json, Problem};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(request))
}

/// A number that wants a code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SmsCodeRequest {
    /// `+86`, `+852`, `+853` or `+886`.
    area: String,
    /// As typed.
    number: String,
    #[expect(dead_code, reason = "the only purpose that strangers have")]
    purpose: CodePurposeWord,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CodePurposeWord {
    SignIn,
}

/// A code is on its way.
#[derive(Serialize, ToSchema)]
pub(crate) struct SmsCodeBody {
    resend_after_s: i64,
    expires_in_s: i64,
}

impl From<Requested> for SmsCodeBody {
    fn from(sent: Requested) -> Self {
        Self {
            resend_after_s: sent.resend_after_s,
            expires_in_s: sent.expires_in_s,
        }
    }
}

/// Sends a code. The answer does not tell whether the number has an account.
///
/// Errors: `phone_invalid`, `sms_too_soon`, `sms_daily_limit`, `rate_limited`.
#[utoipa::path(post, path = "/sms-codes", tag = "session", request_body = SmsCodeRequest,
    responses((status = 202, body = SmsCodeBody), (status = "4XX", body = ProblemBody)))]
async fn request(
    State(app): State<App>,
    ClientIp(address): ClientIp,
    Json(body): Json<SmsCodeRequest>,
) -> Result<(StatusCode, Json<SmsCodeBody>), Problem> {
    let sent = sms_code::request(&app, &body.area, &body.number, &address).await?;
    Ok((StatusCode::ACCEPTED, Json(sent.into())))
}
