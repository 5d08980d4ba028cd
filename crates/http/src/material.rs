//! Material: photos and files that people hand in.

use app::{App, material};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(put))
        // The use case says itself what is too much.
        .layer(DefaultBodyLimit::max(material::BYTES_MAX + 1))
        .routes(routes!(get))
}

#[derive(Serialize, ToSchema)]
struct MaterialBody {
    material_id: String,
}

/// Hands in a JPEG, a PNG or a PDF of at most 8 MiB. What nothing relies on within a day is forgotten.
#[utoipa::path(post, path = "/materials", tag = "material",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = MaterialBody), (status = 400, body = ProblemBody), (status = 413, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn put(
    State(app): State<App>,
    Signed(caller): Signed,
    bytes: Bytes,
) -> Result<(StatusCode, Json<MaterialBody>), Problem> {
    let id = material::put(&app, &caller, &bytes).await?;
    let body = MaterialBody {
        material_id: id.to_string(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// One's own, as it was handed in.
#[utoipa::path(get, path = "/materials/{material_id}", tag = "material", params(("material_id" = String, Path)),
    responses((status = 200, content_type = "image/jpeg"), (status = 404, body = ProblemBody)))]
async fn get(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (media_type, bytes) =
        material::get(&app, &caller, path::id(&id, "material_not_found")?).await?;
    Ok(file(&media_type, bytes))
}

/// A file that a browser shows and never runs.
pub(crate) fn file(media_type: &str, bytes: Vec<u8>) -> Response {
    let media_type = HeaderValue::from_str(media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("inline"),
        ),
    ];
    (headers, bytes).into_response()
}
