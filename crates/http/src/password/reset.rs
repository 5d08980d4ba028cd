//! A forgotten certificate password: the reset key of a device, and a reset from the code to the new password.

use app::App;
use app::password::{self, Allowing, NewPassword, Proof, ResetKey};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::Base64Url;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use zeroize::Zeroizing;

use super::signature;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(put_reset_key))
        .routes(routes!(begin_reset))
        .routes(routes!(finish_reset))
}

/// The key that opens a device's shares should the password be forgotten.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResetKeyBody {
    /// 65 bytes, SEC1 uncompressed, `b64u`.
    public_key: String,
    /// 32 bytes, the scalar, `b64u`.
    private_key: String,
}

impl ResetKeyBody {
    fn read(&self) -> Result<ResetKey<'_>, Problem> {
        let invalid = |_| app::Error::invalid("reset_key_invalid");
        let private_key = Base64Url::decode_array::<32>(&self.private_key).map_err(invalid)?;
        Ok(ResetKey {
            public_key: &self.public_key,
            private_key: Zeroizing::new(private_key),
        })
    }
}

/// A device's reset key, by whoever knows the password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResetKeyRequest {
    reset_key: ResetKeyBody,
    counter: i64,
    /// By the password's key over `hulian/reset-key/v1`.
    password_proof: String,
    /// By the device key over the same.
    device_signature: String,
}

/// The code, and what shows that this device asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordResetRequest {
    /// Of purpose `password_reset`.
    code: String,
    /// Where `reset_needs_face` says so.
    #[serde(default)]
    face_check_id: Option<String>,
    /// By the device key over `hulian/password-reset/v1`.
    device_signature: String,
}

/// A reset that waits for the new password.
#[derive(Serialize, ToSchema)]
struct PasswordResetBody {
    password_reset_id: String,
    expires_at_us: i64,
    /// Null where no share rests on the device.
    reset_key: Option<ResetKeyBody>,
}

/// The new password's public key, and the reset key that takes the place of the one that was given out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordResetDoneRequest {
    epoch: u32,
    /// 65 bytes, SEC1 uncompressed, `b64u`.
    proof_public_key: String,
    reset_key: ResetKeyBody,
    /// By the new password's key over `hulian/password-reset-done/v1`.
    proof: String,
    /// By the device key over the same.
    device_signature: String,
}

/// Puts the reset key of this device, in the place of the one before.
///
/// Errors: `reset_key_invalid`, `password_not_set`, `password_wrong`, `device_proof_invalid`, `device_counter_stale`.
#[utoipa::path(put, path = "/password/reset-key", tag = "password", request_body = ResetKeyRequest,
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn put_reset_key(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<ResetKeyRequest>,
) -> Result<StatusCode, Problem> {
    let proof = Proof {
        counter: body.counter,
        password_proof: &signature(&body.password_proof, "proof_invalid")?,
        device_signature: &signature(&body.device_signature, "device_proof_invalid")?,
    };
    password::put_reset_key(&app, &caller, &body.reset_key.read()?, &proof).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins a reset with the code of the person's number. The device gets back what opens its shares; the person is told.
///
/// Errors: `password_not_set`, `code_wrong`, `code_expired`, `code_used`, `code_dead`, `password_reset_needs_face`,
/// `face_check_not_found`, `device_proof_invalid`.
#[utoipa::path(post, path = "/password/resets", tag = "password", request_body = PasswordResetRequest,
    responses((status = 201, body = PasswordResetBody), (status = "4XX", body = ProblemBody)))]
async fn begin_reset(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<PasswordResetRequest>,
) -> Result<(StatusCode, Json<PasswordResetBody>), Problem> {
    let face = body.face_check_id.as_deref();
    let allowing = Allowing {
        code: &body.code,
        face: face
            .map(|id| path::id(id, "face_check_not_found"))
            .transpose()?,
        device_signature: &signature(&body.device_signature, "device_proof_invalid")?,
    };
    let begun = password::begin_reset(&app, &caller, &allowing).await?;
    let body = PasswordResetBody {
        password_reset_id: begun.id.to_string(),
        expires_at_us: begun.expires_at.micros(),
        reset_key: begun.key.map(|key| ResetKeyBody {
            public_key: Base64Url::encode(&key.public_key),
            private_key: Base64Url::encode(&key.private_key),
        }),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Puts the new password in force. A repeat changes nothing.
///
/// Errors: `password_reset_not_found`, `password_reset_expired`, `password_change_stale`, `reset_key_invalid`,
/// `proof_invalid`, `device_proof_invalid`.
#[utoipa::path(put, path = "/password/resets/{password_reset_id}", tag = "password", params(("password_reset_id" = String, Path)),
    request_body = PasswordResetDoneRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn finish_reset(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<PasswordResetDoneRequest>,
) -> Result<StatusCode, Problem> {
    let id = path::id(&id, "password_reset_not_found")?;
    let new = NewPassword {
        epoch: body.epoch,
        proof_public_key: &body.proof_public_key,
        proof: &signature(&body.proof, "proof_invalid")?,
        device_signature: &signature(&body.device_signature, "device_proof_invalid")?,
    };
    password::finish_reset(&app, &caller, id, &new, &body.reset_key.read()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
