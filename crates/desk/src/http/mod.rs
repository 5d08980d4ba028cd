//! The local API and the page that uses it.

mod app_page;
mod document;
mod events;
mod file;
mod guard;
mod problem;
mod run;
mod scan;
mod session;
mod state;

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tokio::net::TcpListener;

use crate::desk::Desk;
use crate::error::{Error, Kind};
pub use session::Access;

/// Bytes of a request's body; uploads apart, which have no limit but the disk's.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// What a request meets.
#[derive(Clone)]
struct Context {
    desk: Desk,
    access: Arc<Access>,
    /// `127.0.0.1:PORT`
    host: Arc<str>,
}

/// All routes for a desk that listens on `port`.
pub fn router(desk: Desk, port: u16, access: Access) -> Router {
    let context = Context {
        desk,
        access: Arc::new(access),
        host: format!("{}:{port}", Ipv4Addr::LOCALHOST).into(),
    };
    let upload = Router::new()
        .route("/documents", post(document::open))
        .layer(DefaultBodyLimit::disable());
    let inside = Router::new()
        .route("/state", get(state::show))
        .route("/events", get(events::stream))
        .route("/seals", get(state::seals))
        .route("/sign-in", post(scan::sign_in).delete(state::sign_out))
        .route(
            "/documents/{id}",
            get(document::show).delete(document::close),
        )
        .route("/documents/{id}/file", get(file::read))
        .route("/documents/{id}/download", get(file::download))
        .route("/documents/{id}/save", post(document::save))
        .route("/documents/{id}/keywords", get(document::keywords))
        .route("/documents/{id}/placements", post(document::placements))
        .route("/documents/{id}/verification", get(document::verification))
        .route("/documents/{id}/seal", post(scan::seal))
        .route("/documents/{id}/unseal", post(scan::unseal))
        .route("/scans/{id}", get(scan::show))
        .route("/scans/{id}/events", get(scan::events))
        .route("/scans/{id}/seal", post(scan::pick))
        .route("/scans/{id}/cancel", post(scan::cancel))
        .route("/scans/{id}/renew", post(scan::renew))
        .route("/runs", post(run::begin))
        .route("/runs/{id}", get(run::show).delete(run::end))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .merge(upload)
        .route_layer(middleware::from_fn_with_state(
            context.clone(),
            guard::with_cookie,
        ))
        .route("/session", post(session::begin))
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed);
    Router::new()
        .nest("/desk/v1", inside)
        .fallback(app_page::serve)
        .layer(middleware::from_fn_with_state(
            context.clone(),
            guard::same_place,
        ))
        .with_state(context)
}

/// Serves a desk until `stop`, and looks after its way to the server meanwhile.
///
/// # Errors
/// `listen_refused` for an address that others could reach; what the system says of the port.
pub async fn serve(
    desk: Desk,
    listener: TcpListener,
    access: Access,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let failed = |error| Error::File("the port".to_owned(), error);
    let address = listener.local_addr().map_err(failed)?;
    if address.ip() != Ipv4Addr::LOCALHOST {
        return Err(Error::new(Kind::Invalid, "listen_refused"));
    }
    let watching = tokio::spawn(desk.clone().watch_server());
    let serving = axum::serve(listener, router(desk.clone(), address.port(), access));
    // Event streams stay open as long as pages like, so nothing is waited for: the journal is always whole.
    let served = tokio::select! {
        served = serving.into_future() => served,
        () = stop => Ok(()),
    };
    watching.abort();
    desk.leave_scans();
    served.map_err(failed)
}
