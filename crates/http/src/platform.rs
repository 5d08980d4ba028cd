//! `GET /platforms`: what can be bought where.

use app::App;
use app::catalogue::{self, PlatformView, ProductView};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asker::Looking;
use crate::problem::ProblemBody;
use crate::{Json, Problem};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// All platforms.
#[derive(Serialize, ToSchema)]
struct Platforms {
    items: Vec<PlatformBody>,
}

/// A trading platform.
#[derive(Serialize, ToSchema)]
struct PlatformBody {
    platform_id: String,
    name: String,
    /// Whether interconnect certificates work there.
    interconnect: bool,
    /// The ways of sealing that it takes: `page`, `all`, `pages`.
    modes: Vec<String>,
    products: Vec<OfferBody>,
}

/// A product with its prices at a platform.
#[derive(Serialize, ToSchema)]
struct OfferBody {
    #[serde(flatten)]
    product: ProductBody,
    prices: Vec<PriceBody>,
}

/// A certificate product.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductBody {
    product_id: String,
    name: String,
    brand: String,
    /// `rsa` or `sm2`.
    algorithm: &'static str,
}

/// The price of one.
#[derive(Serialize, ToSchema)]
struct PriceBody {
    /// `platform` or `interconnect`.
    kind: &'static str,
    term_years: u8,
    price_fen: i64,
}

impl ProductBody {
    pub(crate) fn new(
        id: impl ToString,
        name: String,
        brand: String,
        algorithm: domain::product::Algorithm,
    ) -> Self {
        Self {
            product_id: id.to_string(),
            name,
            brand,
            algorithm: algorithm.as_str(),
        }
    }
}

impl From<ProductView> for OfferBody {
    fn from(view: ProductView) -> Self {
        let prices = view.prices.iter().map(|price| PriceBody {
            kind: price.kind.as_str(),
            term_years: price.term_years,
            price_fen: price.price.0,
        });
        let prices = prices.collect();
        let product = view.product;
        Self {
            product: ProductBody::new(product.id, product.name, product.brand, product.algorithm),
            prices,
        }
    }
}

impl From<PlatformView> for PlatformBody {
    fn from(view: PlatformView) -> Self {
        Self {
            platform_id: view.platform.id.to_string(),
            name: view.platform.name,
            interconnect: view.platform.interconnect,
            modes: view.platform.modes,
            products: view.products.into_iter().map(OfferBody::from).collect(),
        }
    }
}

/// The catalogue; for a signed-in person, or an asker whose key has signed the request.
#[utoipa::path(get, path = "/platforms", tag = "buying",
    responses((status = 200, body = Platforms), (status = 401, body = ProblemBody)))]
async fn list(State(app): State<App>, _: Looking) -> Result<Json<Platforms>, Problem> {
    let items = catalogue::list(&app).await?;
    Ok(Json(Platforms {
        items: items.into_iter().map(PlatformBody::from).collect(),
    }))
}
