//! `GET /holdings`: what the caller has, as seen from this device, and how it came to devices.

use app::App;
use app::holding::{self, HoldingView, InstallRecord};
use axum::extract::{Path, State};
use domain::holding::Reissues;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::path::id;
use crate::platform::ProductBody;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(installs))
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

/// How the certificates of a holding came to devices.
#[derive(Serialize, ToSchema)]
struct InstallRecords {
    items: Vec<InstallRecordBody>,
}

/// A certificate that came to a device.
#[derive(Serialize, ToSchema)]
struct InstallRecordBody {
    /// `install` the first time, `reissue` when it moved or was given anew.
    way: &'static str,
    device: DeviceBody,
    at_us: i64,
    /// Hexadecimal.
    certificate_serial: String,
}

/// A device by name.
#[derive(Serialize, ToSchema)]
struct DeviceBody {
    device_id: String,
    /// What it calls itself.
    name: String,
}

impl From<InstallRecord> for InstallRecordBody {
    fn from(record: InstallRecord) -> Self {
        Self {
            way: record.way.as_str(),
            device: DeviceBody {
                device_id: record.device_id.to_string(),
                name: record.device_name,
            },
            at_us: record.at.micros(),
            certificate_serial: record.serial,
        }
    }
}

/// How the certificates of a holding of the caller came to devices, newest first.
#[utoipa::path(get, path = "/holdings/{holding_id}/installs", tag = "buying", params(("holding_id" = String, Path)),
    responses((status = 200, body = InstallRecords), (status = 404, body = ProblemBody)))]
async fn installs(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(holding_id): Path<String>,
) -> Result<Json<InstallRecords>, Problem> {
    let holding = id(&holding_id, "holding_not_found")?;
    let records = holding::installs(&app, &caller, holding).await?;
    Ok(Json(InstallRecords {
        items: records.into_iter().map(InstallRecordBody::from).collect(),
    }))
}
