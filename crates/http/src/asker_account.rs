//! What a tool knows of its own standing.

use app::App;
use app::asker::{self, AccountSeal};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asker::Asking;
use crate::body::Json;
use crate::problem::{Problem, ProblemBody};
use crate::scan_session::{NamedUnitBody, SealPictureBody};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(seals))
        .routes(routes!(sign_out))
}

/// A tool's standing, and the server that it talks to.
#[derive(Debug, Serialize, ToSchema)]
struct AccountBody {
    asker_id: String,
    name: String,
    /// A person of a unit has signed it in; false is shown as 未登记工具.
    registered: bool,
    signed_in: Option<SignedInBody>,
    /// Origin of the phone app.
    phone_url: String,
    /// Whether parts of the outside world are played by stand-ins.
    sandbox: bool,
    server_time_us: i64,
}

/// Who signed the tool in by a login scan.
#[derive(Debug, Serialize, ToSchema)]
struct SignedInBody {
    person_name: String,
    unit: Option<NamedUnitBody>,
    until_us: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct AccountSealBody {
    #[serde(flatten)]
    picture: SealPictureBody,
    /// Whose; none is the person's own.
    unit_id: Option<String>,
    /// Whether the person may use it in document sealing now.
    usable: bool,
    reason: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct AccountSealList {
    items: Vec<AccountSealBody>,
}

/// The tool's own standing. Signed by the asker's key.
#[utoipa::path(get, path = "/askers/current", tag = "asker",
    responses((status = 200, body = AccountBody), (status = "4XX", body = ProblemBody)))]
async fn show(State(app): State<App>, Asking(asker): Asking) -> Result<Json<AccountBody>, Problem> {
    let account = asker::account(&app, &asker).await?;
    Ok(Json(AccountBody {
        registered: account.registered(),
        signed_in: account
            .signed_in
            .map(|(signed_in, person_name)| SignedInBody {
                person_name,
                unit: signed_in.unit.map(NamedUnitBody::from),
                until_us: signed_in.until.micros(),
            }),
        asker_id: asker.id.to_string(),
        name: asker.name,
        phone_url: app.settings.phone_url.clone(),
        sandbox: !app.settings.production,
        server_time_us: app.now().micros(),
    }))
}

/// The seals of the identity that the tool is signed in as. Signed by the asker's key.
#[utoipa::path(get, path = "/askers/current/seals", tag = "asker",
    responses((status = 200, body = AccountSealList), (status = "4XX", body = ProblemBody)))]
async fn seals(
    State(app): State<App>,
    Asking(asker): Asking,
) -> Result<Json<AccountSealList>, Problem> {
    let items = asker::seals(&app, &asker).await?;
    Ok(Json(AccountSealList {
        items: items.into_iter().map(AccountSealBody::from).collect(),
    }))
}

/// Ends the sign-in. Signed by the asker's key.
#[utoipa::path(delete, path = "/askers/current/sign-in", tag = "asker",
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn sign_out(State(app): State<App>, Asking(asker): Asking) -> Result<StatusCode, Problem> {
    asker::sign_out(&app, &asker).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<AccountSeal> for AccountSealBody {
    fn from(seal: AccountSeal) -> Self {
        Self {
            unit_id: seal.listed.seal.unit_id.map(|id| id.to_string()),
            usable: seal.refusal.is_none(),
            reason: seal.refusal.map(domain::seal::Refusal::as_str),
            picture: seal.listed.into(),
        }
    }
}
