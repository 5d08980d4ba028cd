//! Trading platforms, what they support, and what it costs there.

use domain::entitlement::Kind;
use domain::id::{AllianceId, PlatformId, ProductId};
use domain::{Fen, Instant};

use crate::{Exec, Result, Row, sql};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, name, modes, interconnect, legal_representative_seal, login_needs_certificate, alliance_id FROM platform ",
            $tail
        )
    };
}

/// A platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    /// Its id.
    pub id: PlatformId,
    /// What people call it.
    pub name: String,
    /// The ways of sealing that it takes.
    pub modes: Vec<String>,
    /// Whether interconnect certificates work there.
    pub interconnect: bool,
    /// Whether legal representatives' seals are used there.
    pub legal_representative_seal: bool,
    /// Whether signing in there needs a certificate.
    pub login_needs_certificate: bool,
    /// The platforms that recognise its certificates.
    pub alliance_id: Option<AllianceId>,
}

/// What one costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// Of which product.
    pub product_id: ProductId,
    /// What is bought.
    pub kind: Kind,
    /// For how long.
    pub term_years: u8,
    /// The price of one.
    pub price: Fen,
}

impl Platform {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parse("id")?,
            name: row.text("name")?,
            modes: row
                .text("modes")?
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            interconnect: row.bool("interconnect")?,
            legal_representative_seal: row.bool("legal_representative_seal")?,
            login_needs_certificate: row.bool("login_needs_certificate")?,
            alliance_id: row.opt_parse("alliance_id")?,
        })
    }
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: PlatformId) -> Result<Option<Platform>> {
    let row = sql!("platform.find", select!("WHERE id = $1"), id)
        .optional(at)
        .await?;
    row.as_ref().map(Platform::from_row).transpose()
}

/// All of them, oldest first.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn list(at: impl Into<Exec<'_>>) -> Result<Vec<Platform>> {
    sql!("platform.list", select!("ORDER BY id LIMIT 500"))
        .all(at)
        .await?
        .iter()
        .map(Platform::from_row)
        .collect()
}

/// The other platforms of a platform's alliance.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn allies(at: impl Into<Exec<'_>>, id: PlatformId) -> Result<Vec<PlatformId>> {
    let text =
        "SELECT ally.id FROM platform JOIN platform ally ON ally.alliance_id = platform.alliance_id
        WHERE platform.id = $1 AND ally.id <> platform.id ORDER BY ally.id LIMIT 500";
    sql!("platform.allies", text, id)
        .all(at)
        .await?
        .iter()
        .map(|row| row.parse("id"))
        .collect()
}

/// Whether a platform supports a product.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn supports(at: impl Into<Exec<'_>>, id: PlatformId, product: ProductId) -> Result<bool> {
    let text = "SELECT product_id FROM platform_product WHERE platform_id = $1 AND product_id = $2";
    Ok(sql!("platform.supports", text, id, product)
        .optional(at)
        .await?
        .is_some())
}

/// Every price of a platform.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn prices(at: impl Into<Exec<'_>>, id: PlatformId) -> Result<Vec<Price>> {
    let text = "SELECT product_id, kind, term_years, price_fen FROM price WHERE platform_id = $1
        ORDER BY product_id, kind DESC, term_years LIMIT 5000";
    let rows = sql!("platform.prices", text, id).all(at).await?;
    rows.iter().map(price_from_row).collect()
}

/// One price.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn price(
    at: impl Into<Exec<'_>>,
    id: PlatformId,
    product: ProductId,
    kind: Kind,
    term_years: u8,
) -> Result<Option<Fen>> {
    let text = "SELECT price_fen FROM price WHERE platform_id = $1 AND product_id = $2 AND kind = $3 AND term_years = $4";
    let row = sql!(
        "platform.price",
        text,
        id,
        product,
        kind.as_str(),
        u32::from(term_years)
    )
    .optional(at)
    .await?;
    row.map(|row| row.fen("price_fen")).transpose()
}

fn price_from_row(row: &Row) -> Result<Price> {
    Ok(Price {
        product_id: row.parse("product_id")?,
        kind: row.parse("kind")?,
        term_years: row.u8("term_years")?,
        price: row.fen("price_fen")?,
    })
}

/// Adds one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn insert(at: impl Into<Exec<'_>>, platform: &Platform, now: Instant) -> Result<()> {
    let text = "INSERT INTO platform (id, name, modes, interconnect, legal_representative_seal, login_needs_certificate, alliance_id, created_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    sql!(
        "platform.insert",
        text,
        platform.id,
        &platform.name,
        platform.modes.join(" "),
        platform.interconnect,
        platform.legal_representative_seal,
        platform.login_needs_certificate,
        platform.alliance_id,
        now
    )
    .execute_one(at)
    .await
}

/// Founds an alliance and joins platforms to it.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn ally(
    at: impl Into<Exec<'_>>,
    alliance: AllianceId,
    name: &str,
    members: &[PlatformId],
) -> Result<()> {
    let mut at = at.into();
    let text = "INSERT INTO alliance (id, name) VALUES ($1, $2)";
    sql!("platform.found_alliance", text, alliance, name)
        .execute_one(at.again())
        .await?;
    for member in members {
        let text = "UPDATE platform SET alliance_id = $1, version = version + 1 WHERE id = $2";
        sql!("platform.ally", text, alliance, *member)
            .execute_one(at.again())
            .await?;
    }
    Ok(())
}

/// Makes a platform support a product at these prices.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn support(
    at: impl Into<Exec<'_>>,
    id: PlatformId,
    product: ProductId,
    prices: &[Price],
) -> Result<()> {
    let mut at = at.into();
    let text = "INSERT INTO platform_product (platform_id, product_id) VALUES ($1, $2)";
    sql!("platform.support", text, id, product)
        .execute_one(at.again())
        .await?;
    for price in prices {
        let text = "INSERT INTO price (platform_id, product_id, kind, term_years, price_fen) VALUES ($1, $2, $3, $4, $5)";
        let (kind, term_years) = (price.kind.as_str(), u32::from(price.term_years));
        sql!(
            "platform.set_price",
            text,
            id,
            product,
            kind,
            term_years,
            price.price
        )
        .execute_one(at.again())
        .await?;
    }
    Ok(())
}
