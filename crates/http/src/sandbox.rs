//! The pages of the sandbox: what was sent, and who may be impersonated. Absent in production.

mod page;

use app::sandbox::{self, COMPANIES, PEOPLE};
use app::{App, Error};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::page::Page;
use crate::{Json, Problem};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show))
        // A part of that page, so not of the API's description.
        .route("/sandbox/inbox", axum::routing::get(frame))
        // Pictures to be photographed or handed in.
        .route(
            "/sandbox/specimens/{number}/{file}",
            axum::routing::get(paper),
        )
        .routes(routes!(inbox))
        .routes(routes!(specimens))
}

#[derive(Deserialize)]
struct InboxQuery {
    /// E.164, such as `+8613900000001`, or a mail address.
    to: Option<String>,
}

/// The last messages, newest first.
#[derive(Serialize, ToSchema)]
struct InboxBody {
    items: Vec<MessageBody>,
}

/// A message that nobody outside got.
#[derive(Serialize, ToSchema)]
struct MessageBody {
    /// `sms` or `mail`.
    channel: &'static str,
    to: String,
    text: String,
    at_us: i64,
}

/// People and companies that only the sandbox knows.
#[derive(Serialize, ToSchema)]
struct SpecimensBody {
    people: Vec<SpecimenPerson>,
    companies: Vec<SpecimenCompany>,
}

/// A specimen person.
#[derive(Serialize, ToSchema)]
struct SpecimenPerson {
    name: &'static str,
    id_number: &'static str,
    area: &'static str,
    phone: &'static str,
    /// What the authority says: `match`, `mismatch` or `timeout`.
    behaviour: &'static str,
}

/// A specimen company.
#[derive(Serialize, ToSchema)]
struct SpecimenCompany {
    name: &'static str,
    uscc: &'static str,
    legal_representative: &'static str,
    /// What the register says: `match`, `mismatch` or `timeout`.
    behaviour: &'static str,
}

/// The sandbox's page.
#[utoipa::path(get, path = "/sandbox", tag = "sandbox", responses((status = 200, content_type = "text/html"), (status = 404)))]
async fn show(State(app): State<App>) -> Result<Page, Problem> {
    sandbox::messages(&app, None)?;
    Ok(page::sandbox(&app.settings))
}

async fn frame(State(app): State<App>) -> Result<Page, Problem> {
    Ok(page::inbox(&sandbox::messages(&app, None)?))
}

/// A paper of a specimen: `front.png`, `back.png` and `expired.png` by ID number, `licence.png` and
/// `attorney-{ID number of who is empowered}.png` by credit code.
async fn paper(
    State(app): State<App>,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let png = sandbox::paper(&app, &number, &file).await?;
    Ok(crate::material::file("image/png", png))
}

/// What would have been sent, for tests and demonstrations.
#[utoipa::path(get, path = "/sandbox/inbox.json", tag = "sandbox", params(("to" = Option<String>, Query)),
    responses((status = 200, body = InboxBody), (status = 404)))]
async fn inbox(
    State(app): State<App>,
    Query(query): Query<InboxQuery>,
) -> Result<Json<InboxBody>, Problem> {
    let messages = sandbox::messages(&app, query.to.as_deref())?;
    let items = messages.into_iter().map(|message| MessageBody {
        channel: message.channel.as_str(),
        to: message.to,
        text: message.text,
        at_us: message.at.micros(),
    });
    Ok(Json(InboxBody {
        items: items.collect(),
    }))
}

/// Who may be impersonated.
#[utoipa::path(get, path = "/sandbox/specimens.json", tag = "sandbox", responses((status = 200, body = SpecimensBody), (status = 404)))]
async fn specimens(State(app): State<App>) -> Result<Json<SpecimensBody>, Problem> {
    if app.settings.production {
        return Err(Error::not_found("not_found").into());
    }
    let people = PEOPLE.iter().map(|person| SpecimenPerson {
        name: person.name,
        id_number: person.id_number,
        area: "+86",
        phone: person.phone,
        behaviour: person.behaviour.as_str(),
    });
    let companies = COMPANIES.iter().map(|company| SpecimenCompany {
        name: company.name,
        uscc: company.uscc,
        legal_representative: company.legal_representative,
        behaviour: company.behaviour.as_str(),
    });
    Ok(Json(SpecimensBody {
        people: people.collect(),
        companies: companies.collect(),
    }))
}
