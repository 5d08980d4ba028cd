//! Certificate products.

use domain::id::ProductId;
use domain::product::Algorithm;
use domain::{Instant, id::PlatformId};

use crate::{Exec, Result, Row, sql};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT product.id, product.name, product.brand, product.algorithm FROM product ",
            $tail
        )
    };
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// What people call it.
    pub name: String,
    /// Who sells it.
    pub brand: String,
    /// Its keys.
    pub algorithm: Algorithm,
}

impl Product {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parse("id")?,
            name: row.text("name")?,
            brand: row.text("brand")?,
            algorithm: row.parse("algorithm")?,
        })
    }
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: ProductId) -> Result<Option<Product>> {
    let row = sql!("product.find", select!("WHERE id = $1"), id)
        .optional(at)
        .await?;
    row.as_ref().map(Product::from_row).transpose()
}

/// Those that a platform supports.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn supported(at: impl Into<Exec<'_>>, platform: PlatformId) -> Result<Vec<Product>> {
    let text = select!(
        "JOIN platform_product ON platform_product.product_id = product.id
        WHERE platform_product.platform_id = $1 ORDER BY product.algorithm, product.id LIMIT 200"
    );
    sql!("product.supported", text, platform)
        .all(at)
        .await?
        .iter()
        .map(Product::from_row)
        .collect()
}

/// Every product that some platform supports, with the names of those platforms.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn with_platforms(at: impl Into<Exec<'_>>) -> Result<Vec<(Product, Vec<String>)>> {
    let text = "SELECT product.id, product.name, product.brand, product.algorithm, platform.name AS platform_name
        FROM product JOIN platform_product ON platform_product.product_id = product.id
        JOIN platform ON platform.id = platform_product.platform_id
        ORDER BY product.algorithm, product.id, platform.name, platform.id LIMIT 5000";
    let rows = sql!("product.with_platforms", text).all(at).await?;
    let mut found: Vec<(Product, Vec<String>)> = Vec::new();
    for row in &rows {
        let (product, platform) = (Product::from_row(row)?, row.text("platform_name")?);
        match found.last_mut().filter(|(last, _)| *last == product) {
            Some((_, platforms)) => platforms.push(platform),
            None => found.push((product, vec![platform])),
        }
    }
    Ok(found)
}

/// Adds one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(at: impl Into<Exec<'_>>, product: &Product, now: Instant) -> Result<()> {
    let text =
        "INSERT INTO product (id, name, brand, algorithm, created_us) VALUES ($1, $2, $3, $4, $5)";
    let algorithm = product.algorithm.as_str();
    sql!(
        "product.insert",
        text,
        product.id,
        &product.name,
        &product.brand,
        algorithm,
        now
    )
    .execute_one(at)
    .await
}
