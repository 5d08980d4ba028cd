//! `GET /holdings`: what the caller has, as seen from this device.

use app::App;
use app::holding::{self, HoldingView};
use axum::extract::State;
use domain::holding::Reissues;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::platform::ProductBody;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// What the caller has.
#[derive(Serialize, ToSchema)]
struct Holdings {
    items: Vec<HoldingBody>,
}

/// One person's certificate of one product.
#[derive(Serialize, ToSchema)]
struct HoldingBody {
    holding_id: String,
    product: ProductBody,
    /// `null` for a person's own.
    unit: Option<HoldingUnitBody>,
    entitlements: Vec<EntitlementBody>,
    certificate: Option<HoldingCertificateBody>,
    /// `unbought`, `needs_install`, `usable`, `needs_update`, `needs_reissue`, `needs_pack` or `not_usable`.
    state: &'static str,
    reason: Option<&'static str>,
    reissues: ReissuesBody,
}

/// How often it may still move to another device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReissuesBody {
    free_left: u32,
    /// Of bought packs.
    packs_left: u32,
}

impl From<Reissues> for ReissuesBody {
    fn from(left: Reissues) -> Self {
        Self {
            free_left: left.free_left,
            packs_left: left.packs_left,
        }
    }
}

/// A unit by name.
#[derive(Serialize, ToSchema)]
struct HoldingUnitBody {
    unit_id: String,
    name: String,
}

/// A dated right.
#[derive(Serialize, ToSchema)]
struct EntitlementBody {
    /// A platform's id, `interconnect` or `document_sealing`.
    scope: String,
    kind: &'static str,
    from_us: i64,
    /// The last second, which counts whole.
    until_us: i64,
}

/// The X.509 certificate in force.
#[derive(Serialize, ToSchema)]
struct HoldingCertificateBody {
    certificate_id: String,
    /// Hexadecimal.
    serial: String,
    not_after_us: i64,
    /// The device that has the other half of the key.
    device_id: String,
}

impl From<HoldingView> for HoldingBody {
    fn from(view: HoldingView) -> Self {
        let product = view.product;
        let entitlements = view.entitlements.iter().map(|entitlement| EntitlementBody {
            scope: entitlement.scope.to_word(),
            kind: entitlement.kind.as_str(),
            from_us: entitlement.from.micros(),
            until_us: entitlement.until.micros(),
        });
        Self {
            holding_id: view.id.to_string(),
            product: ProductBody::new(product.id, product.name, product.brand, product.algorithm),
            unit: view.unit.map(|unit| HoldingUnitBody {
                unit_id: unit.id.to_string(),
                name: unit.name,
            }),
            entitlements: entitlements.collect(),
            certificate: view.certificate.map(|certificate| HoldingCertificateBody {
                certificate_id: certificate.id.to_string(),
                serial: certificate.serial,
                not_after_us: certificate.not_after.micros(),
                device_id: certificate.device_id.to_string(),
            }),
            state: view.usability.state(),
            reason: view.usability.reason(),
            reissues: view.reissues.into(),
        }
    }
}

/// What the caller has.
#[utoipa::path(get, path = "/holdings", tag = "buying",
    responses((status = 200, body = Holdings), (status = 401, body = ProblemBody)))]
async fn list(State(app): State<App>, Signed(caller): Signed) -> Result<Json<Holdings>, Problem> {
    let items = holding::list(&app, &caller).await?;
    Ok(Json(Holdings {
        items: items.into_iter().map(HoldingBody::from).collect(),
    }))
}
