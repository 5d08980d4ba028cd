//! The certificate password: what the phone needs to ask for it, and what it proves.

use app::password::{self, NewPassword, Proof, Purpose};
use app::{App, Error};
use axum::extract::State;
use axum::http::StatusCode;
use protocol::Base64Url;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

mod reset;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(view, set))
        .routes(routes!(evaluate))
        .routes(routes!(change))
        .routes(routes!(prove))
        .merge(reset::routes())
}

/// How the password stands.
#[derive(Serialize, ToSchema)]
struct PasswordBody {
    set: bool,
    epoch: u32,
    /// 16 bytes, `b64u`.
    salt: String,
    stretch: StretchBody,
    attempts_left: i64,
    locked_until_us: Option<i64>,
    /// The public half of the reset key of this device, 65 bytes, `b64u`.
    reset_public_key: Option<String>,
    /// Whether a reset on this device takes a face besides the code.
    reset_needs_face: bool,
}

/// Argon2id, RFC 9106.
#[derive(Serialize, ToSchema)]
struct StretchBody {
    memory_kib: u32,
    iterations: u32,
    parallelism: u32,
}

/// A blinded element.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EvaluationRequest {
    /// 33 bytes, SEC1 compressed, `b64u`.
    blinded: String,
    purpose: EvaluationPurposeWord,
    /// With `use`: of a former password, by the epoch of what it is to open.
    #[serde(default)]
    epoch: Option<u32>,
    /// With `reset`: which.
    #[serde(default)]
    password_reset_id: Option<String>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum EvaluationPurposeWord {
    Set,
    Use,
    Change,
    Reset,
}

/// The evaluated element.
#[derive(Serialize, ToSchema)]
struct EvaluationBody {
    /// 33 bytes, SEC1 compressed, `b64u`.
    evaluated: String,
    epoch: u32,
    attempts_left: i64,
}

/// A new password's public key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordRequest {
    epoch: u32,
    /// 65 bytes, SEC1 uncompressed, `b64u`.
    proof_public_key: String,
    /// By that key over `hulian/password/v1`.
    proof: String,
    /// By the device key over the same.
    device_signature: String,
}

/// How the certificate password stands.
#[utoipa::path(get, path = "/password", tag = "password",
    responses((status = 200, body = PasswordBody), (status = "4XX", body = ProblemBody)))]
async fn view(
    State(app): State<App>,
    Signed(caller): Signed,
) -> Result<Json<PasswordBody>, Problem> {
    let view = password::view(&app, &caller).await?;
    Ok(Json(PasswordBody {
        set: view.set,
        epoch: view.epoch,
        salt: Base64Url::encode(&view.salt),
        stretch: StretchBody {
            memory_kib: view.stretch.memory_kib,
            iterations: view.stretch.iterations,
            parallelism: view.stretch.parallelism,
        },
        attempts_left: view.attempts_left,
        locked_until_us: view.locked_until.map(domain::Instant::micros),
        reset_public_key: view.reset_public_key.as_deref().map(Base64Url::encode),
        reset_needs_face: view.reset_needs_face,
    }))
}

/// Evaluates a blinded password; for `use` the try is counted first.
///
/// Errors: `password_locked`, `password_not_set`, `password_already_set`, `blinded_invalid`, `not_verified`,
/// `password_epoch_unknown`, `password_reset_not_found`, `password_reset_expired`.
#[utoipa::path(post, path = "/password/evaluations", tag = "password", request_body = EvaluationRequest,
    responses((status = 200, body = EvaluationBody), (status = "4XX", body = ProblemBody)))]
async fn evaluate(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<EvaluationRequest>,
) -> Result<Json<EvaluationBody>, Problem> {
    let purpose = match body.purpose {
        EvaluationPurposeWord::Set => Purpose::Set,
        EvaluationPurposeWord::Use => body.epoch.map_or(Purpose::Use, Purpose::Former),
        EvaluationPurposeWord::Change => Purpose::Change,
        EvaluationPurposeWord::Reset => {
            let id = body.password_reset_id.as_deref().unwrap_or_default();
            Purpose::Reset(path::id(id, "password_reset_not_found")?)
        }
    };
    let blinded =
        Base64Url::decode(&body.blinded).map_err(|_| Error::invalid("blinded_invalid"))?;
    let answer = password::evaluate(&app, &caller, &blinded, purpose).await?;
    Ok(Json(EvaluationBody {
        evaluated: Base64Url::encode(&answer.evaluated),
        epoch: answer.epoch,
        attempts_left: answer.attempts_left,
    }))
}

/// Sets the first password. A repeat changes nothing.
///
/// Errors: `password_not_set` (nothing was evaluated for it), `password_already_set`, `proof_invalid`,
/// `device_proof_invalid`.
#[utoipa::path(put, path = "/password", tag = "password", request_body = PasswordRequest,
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn set(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<PasswordRequest>,
) -> Result<StatusCode, Problem> {
    let new = NewPassword {
        epoch: body.epoch,
        proof_public_key: &body.proof_public_key,
        proof: &signature(&body.proof, "proof_invalid")?,
        device_signature: &signature(&body.device_signature, "device_proof_invalid")?,
    };
    password::set(&app, &caller, &new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A new password's public key, with the proof of the present one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordChangeRequest {
    epoch: u32,
    /// 65 bytes, SEC1 uncompressed, `b64u`.
    proof_public_key: String,
    /// By that key over `hulian/password/v1`.
    proof: String,
    /// By the key of the present password over the same.
    present_proof: String,
    /// By the device key over the same.
    device_signature: String,
}

/// Changes the password. A repeat changes nothing.
///
/// Errors: `password_not_set`, `password_change_stale`, `password_wrong`, `proof_invalid`, `device_proof_invalid`.
#[utoipa::path(post, path = "/password/changes", tag = "password", request_body = PasswordChangeRequest,
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<PasswordChangeRequest>,
) -> Result<StatusCode, Problem> {
    let new = NewPassword {
        epoch: body.epoch,
        proof_public_key: &body.proof_public_key,
        proof: &signature(&body.proof, "proof_invalid")?,
        device_signature: &signature(&body.device_signature, "device_proof_invalid")?,
    };
    let present = signature(&body.present_proof, "proof_invalid")?;
    password::change(&app, &caller, &new, &present).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// That the present password is known.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordProofRequest {
    counter: i64,
    /// By the password's key over `hulian/password-proof/v1`.
    password_proof: String,
    /// By the device key over the same.
    device_signature: String,
}

/// Shows that the present password is known, and forgets tries.
///
/// Errors: `password_not_set`, `password_wrong`, `device_proof_invalid`, `device_counter_stale`.
#[utoipa::path(post, path = "/password/proofs", tag = "password", request_body = PasswordProofRequest,
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn prove(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<PasswordProofRequest>,
) -> Result<StatusCode, Problem> {
    let proof = Proof {
        counter: body.counter,
        password_proof: &signature(&body.password_proof, "proof_invalid")?,
        device_signature: &signature(&body.device_signature, "device_proof_invalid")?,
    };
    password::prove(&app, &caller, &proof).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn signature(text: &str, code: &'static str) -> Result<[u8; 64], Problem> {
    Base64Url::decode_array::<64>(text).map_err(|_| Error::invalid(code).into())
}
