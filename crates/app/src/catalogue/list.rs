//! Everything that can be bought.

use store::platform::{Platform, Price};
use store::product::Product;

use crate::{App, Result};

/// A platform with what it supports.
#[derive(Clone, Debug)]
pub struct PlatformView {
    /// The platform.
    pub platform: Platform,
    /// What it supports.
    pub products: Vec<ProductView>,
}

/// A product with what it costs at a platform.
#[derive(Clone, Debug)]
pub struct ProductView {
    /// The product.
    pub product: Product,
    /// Its prices there.
    pub prices: Vec<Price>,
}

/// All platforms, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App) -> Result<Vec<PlatformView>> {
    let mut views = Vec::new();
    for platform in store::platform::list(&app.db).await? {
        let prices = store::platform::prices(&app.db, platform.id).await?;
        let products = store::product::supported(&app.db, platform.id).await?;
        let priced = |product: Product| {
            let prices = prices
                .iter()
                .copied()
                .filter(|price| price.product_id == product.id)
                .collect();
            ProductView { product, prices }
        };
        views.push(PlatformView {
            platform,
            products: products.into_iter().map(priced).collect(),
        });
    }
    Ok(views)
}
