//! What operators do at the console. Their tokens are of their own: none of them opens a person's route, and none of a
//! person's opens one of these.

mod audit;
mod case;
mod content;
mod fault;
mod manage;
mod session;

use app::operator::{self, SignedIn};
use app::{App, Error};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::operator::OperatorRole;
use utoipa_axum::router::OpenApiRouter;

use crate::{Problem, caller};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(session::routes())
        .merge(case::routes())
        .merge(manage::routes())
        .merge(audit::routes())
        .merge(content::routes())
        .merge(fault::routes())
}

/// Extracts the operator of `Authorization: Bearer <access token>`, or refuses with `unauthenticated`.
#[derive(Debug, Clone)]
pub(crate) struct Operator(pub SignedIn);

impl FromRequestParts<App> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = caller::bearer(parts)?;
        Ok(Self(operator::authenticate(app, token).await?))
    }
}

/// Roles as words.
fn roles(words: &[String]) -> Result<Vec<OperatorRole>, Problem> {
    let parse = |word: &String| OperatorRole::parse(word);
    let roles = words.iter().map(parse).collect::<Option<_>>();
    roles.ok_or_else(|| Problem(Error::invalid("body_invalid").with("at", "roles")))
}

fn role_words(roles: &[OperatorRole]) -> Vec<&'static str> {
    roles.iter().map(|role| role.as_str()).collect()
}
