//! The signed-in person and their real name.

use app::person::{self, Facts, Standing};
use app::{App, Caller};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::session::EditionWord;
use crate::{Json, Problem, Signed};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(identify))
        .routes(routes!(guessable))
}

/// The signed-in person, masked.
#[derive(Serialize, ToSchema)]
struct MeBody {
    person_id: String,
    phone_masked: String,
    edition: EditionWord,
    verified: bool,
    missing_evidence: Vec<&'static str>,
    name_masked: Option<String>,
    password_set: bool,
    device_id: String,
    /// Whether the legal representative's edition is open to the person.
    legal_representative: bool,
    /// When a sign-in withdrew a wish to end the account, for thirty days.
    cancellation_withdrawn_at_us: Option<i64>,
    /// Stand-ins answer, and the short policy asks for less evidence.
    sandbox: bool,
}

/// What a person states of themselves.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IdentityRequest {
    /// `CN`
    nationality: String,
    name: String,
    id_number: String,
}

/// How far the real name is proven.
#[derive(Serialize, ToSchema)]
pub(crate) struct IdentityBody {
    verified: bool,
    missing_evidence: Vec<&'static str>,
}

impl From<&Standing> for IdentityBody {
    fn from(standing: &Standing) -> Self {
        Self {
            verified: standing.verified,
            missing_evidence: words(standing),
        }
    }
}

/// Who is signed in.
#[utoipa::path(get, path = "/me", tag = "person",
    responses((status = 200, body = MeBody), (status = "4XX", body = ProblemBody)))]
async fn me(State(app): State<App>, Signed(caller): Signed) -> Result<Json<MeBody>, Problem> {
    let Caller {
        person_id,
        device_id,
        edition,
        ..
    } = caller;
    let me = person::me(&app, &caller).await?;
    Ok(Json(MeBody {
        person_id: person_id.to_string(),
        phone_masked: me.phone_masked,
        edition: edition.into(),
        verified: me.standing.verified,
        missing_evidence: words(&me.standing),
        name_masked: me.name_masked,
        password_set: me.password_set,
        device_id: device_id.to_string(),
        legal_representative: me.legal_representative,
        cancellation_withdrawn_at_us: me.cancellation_withdrawn_at.map(domain::Instant::micros),
        sandbox: me.sandbox,
    }))
}

/// Checks name and ID number with the authority. The same facts again get the same answer.
///
/// Errors: `nationality_not_offered`, `name_invalid`, `id_number_invalid`, `identity_mismatch`, `identity_limit`,
/// `identity_unavailable`, `document_in_use`, `already_verified`.
#[utoipa::path(post, path = "/identity", tag = "person", request_body = IdentityRequest,
    responses((status = 200, body = IdentityBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn identify(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<IdentityRequest>,
) -> Result<Json<IdentityBody>, Problem> {
    let facts = Facts {
        nationality: &body.nationality,
        name: &body.name,
        id_number: &body.id_number,
    };
    let standing = person::identify(&app, &caller, &facts).await?;
    Ok(Json((&standing).into()))
}

/// What others know of the signed-in person, unmasked: the phone refuses passwords that hold a part of it.
#[derive(Serialize, ToSchema)]
struct GuessableBody {
    /// The number, without its area.
    phone: String,
    /// `YYYY-MM-DD`, when the document's number tells it.
    birth_date: Option<String>,
}

/// What no part of may be in the certificate password.
///
/// Errors: `not_verified`.
#[utoipa::path(get, path = "/me/guessable", tag = "person",
    responses((status = 200, body = GuessableBody), (status = "4XX", body = ProblemBody)))]
async fn guessable(
    State(app): State<App>,
    Signed(caller): Signed,
) -> Result<Json<GuessableBody>, Problem> {
    let known = person::guessable(&app, &caller).await?;
    Ok(Json(GuessableBody {
        phone: known.phone.to_string(),
        birth_date: known.birth_date.map(|day| day.to_string()),
    }))
}

pub(crate) fn words(standing: &Standing) -> Vec<&'static str> {
    standing.missing.iter().map(|kind| kind.as_str()).collect()
}
