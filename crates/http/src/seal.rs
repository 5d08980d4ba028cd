//! Seals.

use app::seal::{MakeSeal, Owned, make, of_unit, own, preview};
use app::{App, Error};
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::seal::{Kind, Own};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Json;
use crate::caller::Signed;
use crate::idempotency::Once;
use crate::problem::ProblemBody;
use crate::{Problem, wire};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(show_preview))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSeal {
    unit_id: String,
    /// `company`
    kind: String,
    #[serde(default)]
    style: SealStyle,
    /// Text below the star.
    bottom_text: Option<String>,
    /// Thirteen digits on the lower rim.
    code: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SealStyle {
    /// 38, 40 or 42.
    diameter_mm: u8,
}

impl Default for SealStyle {
    fn default() -> Self {
        Self { diameter_mm: 40 }
    }
}

impl TryFrom<NewSeal> for MakeSeal {
    type Error = Problem;

    fn try_from(new: NewSeal) -> Result<Self, Problem> {
        let kind = Kind::parse(&new.kind).ok_or_else(|| Error::invalid("seal_kind_not_offered"))?;
        Ok(Self {
            unit_id: wire::id(&new.unit_id)?,
            kind,
            diameter_mm: new.style.diameter_mm,
            bottom_text: new.bottom_text,
            code: new.code,
        })
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct SealCreated {
    seal_id: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct SealBody {
    seal_id: String,
    /// `null` for a person's own.
    unit: Option<SealUnitBody>,
    kind: &'static str,
    width_mm: f64,
    height_mm: f64,
    made_at_us: i64,
    voided_at_us: Option<i64>,
    /// For a member to whom it was lent; `null` for others, and once it was taken back.
    lent: Option<LentBody>,
    svg: String,
}

/// How long a seal is lent to the caller (SEAL-6).
#[derive(Debug, Serialize, ToSchema)]
struct LentBody {
    /// The last instant at which it serves.
    until_us: i64,
    /// The time is over.
    ended: bool,
}

/// The unit of a seal, by its present name.
#[derive(Debug, Serialize, ToSchema)]
struct SealUnitBody {
    unit_id: String,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct SealList {
    items: Vec<SealBody>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfUnit {
    /// All seals of this unit; without it the caller's own.
    unit_id: Option<String>,
}

/// Makes the seal of a certified unit from a template (SEAL-1).
#[utoipa::path(post, path = "/seals", tag = "seal", request_body = NewSeal, responses((status = 201, body = SealCreated)))]
async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    once: Once<NewSeal>,
) -> Result<Response, Problem> {
    once.run(&app, &caller, StatusCode::CREATED, async |new, ticket| {
        let wish = MakeSeal::try_from(new).map_err(|problem| problem.0)?;
        make(&app, &caller, &wish, async |tx, id| {
            ticket
                .record(
                    tx,
                    &SealCreated {
                        seal_id: id.to_string(),
                    },
                )
                .await
        })
        .await
        .map(|id| SealCreated {
            seal_id: id.to_string(),
        })
    })
    .await
}

/// The seals of a unit, for its members, or the caller's own: personal ones, those of units that the caller administers,
/// and those lent to the caller now. Oldest first.
///
/// Errors: `not_verified`, `unit_not_found`.
#[utoipa::path(get, path = "/seals", tag = "seal", params(OfUnit),
    responses((status = 200, body = SealList), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Query(query): Query<OfUnit>,
) -> Result<Json<SealList>, Problem> {
    let seals = match query.unit_id {
        Some(unit_id) => of_unit(&app, &caller, wire::id(&unit_id)?).await?,
        None => own(&app, &caller).await?,
    };
    Ok(Json(SealList {
        items: seals.into_iter().map(body).collect(),
    }))
}

/// Draws the seal and keeps nothing: SVG.
#[utoipa::path(post, path = "/seals/preview", tag = "seal", request_body = NewSeal, responses((status = 200, content_type = "image/svg+xml")))]
async fn show_preview(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(new): Json<NewSeal>,
) -> Result<Response, Problem> {
    let svg = preview(&app, &caller, &new.try_into()?).await?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

fn body(Owned { listed, unit, lent }: Owned) -> SealBody {
    SealBody {
        seal_id: listed.seal.id.to_string(),
        unit: unit.map(|(id, name)| SealUnitBody {
            unit_id: id.to_string(),
            name,
        }),
        kind: listed.seal.kind.as_str(),
        width_mm: wire::millimetres(listed.seal.width_um),
        height_mm: wire::millimetres(listed.seal.height_um),
        made_at_us: listed.seal.made_at.micros(),
        voided_at_us: listed.seal.voided_at.map(domain::Instant::micros),
        lent: lent.map(|(until, own)| LentBody {
            until_us: until.micros(),
            ended: own == Own::Ended,
        }),
        svg: listed.picture.svg,
    }
}
