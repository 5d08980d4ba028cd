//! Records of use.

use app::App;
use axum::extract::{Query, State};
use domain::Instant;
use protocol::Base64Url;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Problem;
use crate::body::Json;
use crate::caller::Signed;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Older {
    /// Only records before this instant: the `at_us` of the last one seen.
    before_us: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct OperationBody {
    /// The canonical record.
    #[schema(value_type = Object)]
    record: Value,
    /// Index of its leaf in the log.
    leaf_index: i64,
    /// Salt of its leaf, base64url.
    salt: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct OperationList {
    items: Vec<OperationBody>,
}

/// The caller's records, newest first, at most 50 (REC-1).
#[utoipa::path(get, path = "/operations", tag = "operation", params(Older), responses((status = 200, body = OperationList)))]
async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Query(query): Query<Older>,
) -> Result<Json<OperationList>, Problem> {
    let recorded =
        app::operation::list(&app, &caller, query.before_us.map(Instant::from_micros)).await?;
    let items = recorded.into_iter().map(|one| OperationBody {
        record: one.record,
        leaf_index: one.leaf_index,
        salt: Base64Url::encode(&one.salt),
    });
    Ok(Json(OperationList {
        items: items.collect(),
    }))
}
