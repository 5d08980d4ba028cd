//! All routes. Each noun's file has `pub fn routes() -> OpenApiRouter<App>`; it is merged here and nowhere else.

use app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::problem::ProblemBody;
use crate::{
    account, application, asker, asker_account, bank, camera, cashier, content, edge, fault,
    holding, identity, install, invitation, material, membership, operation, operator, order,
    password, person, pki, platform, recovery, sandbox, scan, scan_run, scan_session, seal,
    session, sms_code, specimen_register, system, takeover, unit, unit_change, unit_material,
    unit_permission, unit_profile, verification, web,
};

/// Bytes of a request's body, unless its route says otherwise with a `DefaultBodyLimit` of its own.
pub const BODY_BYTES_MAX: usize = 64 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Hulian",
        description = "Digital certificates and electronic seals on the phone.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ProblemBody))
)]
struct Document;

/// Routes under `/api/v1`.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(sms_code::routes())
        .merge(session::routes())
        .merge(account::routes())
        .merge(recovery::routes())
        .merge(person::routes())
        .merge(identity::routes())
        .merge(password::routes())
        .merge(unit::routes())
        .merge(unit_profile::routes())
        .merge(unit_material::routes())
        .merge(unit_change::routes())
        .merge(unit_permission::routes())
        .merge(takeover::routes())
        .merge(membership::routes())
        .merge(application::routes())
        .merge(invitation::routes())
        .merge(material::routes())
        .merge(content::routes())
        .merge(fault::routes())
        .merge(platform::routes())
        .merge(order::routes())
        .merge(holding::routes())
        .merge(install::routes())
        .merge(seal::routes())
        .merge(asker::routes())
        .merge(asker_account::routes())
        .merge(scan_session::routes())
        .merge(scan::routes())
        .merge(scan_run::routes())
        .merge(operation::routes())
        .merge(operator::routes())
        .merge(verification::routes())
}

/// Routes beside the API: health, PKI, pages of the sandbox.
fn beside() -> OpenApiRouter<App> {
    system::routes()
        .merge(pki::routes())
        .merge(cashier::routes())
        .merge(camera::routes())
        .merge(sandbox::routes())
        .merge(bank::routes())
        .merge(specimen_register::routes())
        .merge(web::routes())
}

fn all() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .nest("/api/v1", api())
        .merge(beside())
}

/// The service, ready to be served.
pub fn router(app: App) -> Router {
    let (router, _) = all().split_for_parts();
    dress(router, app)
}

/// Puts around routes what every request of the service meets. Tests dress routes of their own with it.
pub fn dress(routes: Router<App>, app: App) -> Router {
    routes
        .fallback(edge::not_found)
        .method_not_allowed_fallback(edge::method_not_allowed)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            web::phone_origin,
        ))
        .layer(middleware::from_fn_with_state(app.clone(), edge::edge))
        .with_state(app)
}

/// The API's description.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    all().into_openapi()
}
