//! Phones that are ready to seal, and a desk that asks them.

use anyhow::{Context as _, Result};
use client::asker::{Asker, Facts};
use client::phone::{OrderRequest, Phone};
use client::{Api, Retry, sandbox};
use std::path::Path;

const PASSWORD: &str = "274951";

/// One person with a certificate and a seal, and the desk that asks.
pub struct Sealer {
    phone: Phone,
    asker: Asker,
    platform_id: String,
    holding_id: String,
}

impl Sealer {
    /// Plays everything up to the seal for the specimen company of this index.
    pub async fn ready(base: &str, folder: &Path, index: usize, algorithm: &str) -> Result<Self> {
        let api = Api::new(base, Retry::default())?;
        let specimens = sandbox::specimens(&api).await?;
        let company = specimens.companies.get(index).context("a company")?;
        let person = specimens
            .people
            .iter()
            .find(|person| person.name == company.legal_representative)
            .context("a person")?;
        let mut phone = Phone::open(api.clone(), folder)?;
        phone.ask_code("+86", &person.phone).await?;
        let code = sandbox::newest_code(&api, &format!("+86{}", person.phone)).await?;
        phone.sign_in("+86", &person.phone, &code).await?;
        phone
            .prove_identity(&person.name, &person.id_number)
            .await?;
        phone.set_password(PASSWORD, None, None).await?;
        let unit = phone.register_unit(&company.name, &company.uscc).await?;
        let platforms = phone.platforms().await?;
        let platform = platforms.first().context("a platform")?;
        let product = platform
            .products
            .iter()
            .find(|product| product.algorithm == algorithm)
            .context("a product")?;
        let request = OrderRequest {
            unit_id: Some(&unit.unit_id),
            platform_id: &platform.platform_id,
            product_id: &product.product_id,
            term_years: 1,
        };
        let order = phone.order(&request).await?;
        let payment = phone.pay(&order.order_id).await?;
        sandbox::cashier(&api, &payment, "pay").await?;
        let holding_id = phone
            .wait_paid(&order.order_id, 300)
            .await?
            .context("a paid order")?;
        phone.install(&holding_id, algorithm, PASSWORD).await?;
        phone.make_company_seal(&unit.unit_id).await?;
        let asker = Asker::register(api, &*Asker::new_key()?, "bench").await?;
        Ok(Self {
            phone,
            asker,
            platform_id: platform.platform_id.clone(),
            holding_id,
        })
    }

    /// One whole session over a digest.
    pub async fn seal(&mut self, number: usize) -> Result<()> {
        let api = self.asker.api().clone();
        let time_us = now_us();
        let created = self
            .asker
            .create("bench", Some(&self.platform_id), "page:1", 1, time_us)
            .await?;
        let view = self.phone.claim(&created.code_text).await?;
        self.phone
            .match_number(&view.code, &created.match_number)
            .await?;
        self.phone.choices(&view.code).await?;
        self.phone.choose(&view.code, &self.holding_id).await?;
        let signer = created.wait(&api, |view| view.signer.clone()).await?;
        let seal = signer.seals.first().context("a seal")?;
        let mark = protocol_mark(seal.width_mm, seal.height_mm);
        let digest = [u8::try_from(number % 256)?; 32];
        let facts = Facts {
            digest: &digest,
            file_name: "bench.pdf",
            page_count: 1,
            mode: "page:1",
            seal_id: &seal.seal_id,
            marks: &[mark],
            time_us,
        };
        created.prepare(&api, &facts).await?;
        let view = self.phone.wait_prepared(&view.code).await?;
        self.phone.confirm(&view, PASSWORD).await?;
        created.wait(&api, |view| view.result.clone()).await?;
        Ok(())
    }
}

fn protocol_mark(width_mm: f64, height_mm: f64) -> client::asker::MarkWire {
    client::asker::MarkWire {
        page: 1,
        x_mm: 10.0,
        y_mm: 10.0,
        width_mm,
        height_mm,
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the desk is a program of its own: this is where its clock is read"
)]
fn now_us() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
