//! What a fresh sandbox has: one platform and two products.

use domain::Fen;
use domain::entitlement::Kind;
use domain::id::{PlatformId, ProductId};
use domain::mark::ModeKind;
use domain::product::Algorithm;
use store::platform::{Platform, Price};
use store::product::Product;
use store::{Tx, platform, product, setting};

use crate::{App, Result};

/// Written once; operators may take the rows away, and they stay away.
const SETTING: &str = "sandbox_catalogue";

/// Yuan a year: a platform certificate, an interconnect certificate.
const PRICES_A_YEAR: [(Kind, i64); 2] = [(Kind::Platform, 30_000), (Kind::Interconnect, 10_000)];

/// Makes the sandbox platform with an RSA and an SM2 product, unless it was made before. Two nodes that start at once make
/// one: the setting decides.
///
/// # Errors
/// When the database fails.
pub async fn seed_sandbox(app: &App) -> Result<()> {
    if setting::find(&app.db, SETTING).await?.is_some() {
        return Ok(());
    }
    let id: PlatformId = app.new_id();
    let mut tx = app.db.begin_write("catalogue.seed").await?;
    if setting::fix(&mut tx, SETTING, &id.to_string()).await? != id.to_string() {
        return Ok(());
    }
    let platform = Platform {
        id,
        name: "沙箱交易平台".to_owned(),
        modes: ModeKind::ALL.map(|kind| kind.as_str().to_owned()).to_vec(),
        interconnect: true,
        legal_representative_seal: true,
        login_needs_certificate: true,
        alliance_id: None,
    };
    platform::insert(&mut tx, &platform, app.now()).await?;
    for (name, algorithm) in [
        ("沙箱 RSA 证书", Algorithm::Rsa),
        ("沙箱国密 SM2 证书", Algorithm::Sm2),
    ] {
        let product = Product {
            id: app.new_id(),
            name: name.to_owned(),
            brand: "互连沙箱CA".to_owned(),
            algorithm,
        };
        product::insert(&mut tx, &product, app.now()).await?;
        offer(&mut tx, id, product.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn offer(tx: &mut Tx, id: PlatformId, product_id: ProductId) -> Result<()> {
    let mut prices = Vec::new();
    for (kind, fen_a_year) in PRICES_A_YEAR {
        for term_years in 1..=3 {
            prices.push(Price {
                product_id,
                kind,
                term_years,
                price: Fen(fen_a_year * i64::from(term_years)),
            });
        }
    }
    Ok(platform::support(tx, id, product_id, &prices).await?)
}
