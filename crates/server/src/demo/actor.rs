//! One person with a phone: everything up to a usable certificate and a seal, then scan after scan.

use super::print::Print;
use anyhow::{Context as _, bail, ensure};
use client::phone::{OrderRequest, Phone, View};
use client::sandbox::{self, Company, Person};
use client::{Api, Error};
use std::path::Path;

/// A person who is ready to seal.
pub struct Actor {
    phone: Phone,
    company: String,
    holding_id: String,
    platform_id: String,
}

impl Actor {
    /// Plays the story up to the seal. Each step looks first whether it is done, so that an interrupted story goes on.
    pub async fn ready(
        api: Api,
        folder: &Path,
        person: &Person,
        company: &Company,
        product: &str,
        print: &Print,
    ) -> anyhow::Result<Self> {
        print.title(&format!("{} of {}", person.name, company.name));
        let mut phone = Phone::open(api, folder)?;
        sign_in(&mut phone, person, print).await?;
        let me = phone.me().await?;
        if !me.verified {
            ensure!(
                phone
                    .prove_identity(&person.name, &person.id_number)
                    .await?,
                "more evidence is asked: {:?}",
                me.missing_evidence
            );
            print.done("real name proved at the sandbox authority");
        }
        if !me.password_set {
            let birth = person.id_number.get(6..14);
            match phone
                .set_password(super::PASSWORD, birth, Some(&person.phone))
                .await
            {
                Err(error) if error.code() == Some("password_already_set") => {}
                other => other.context("certificate password")?,
            }
            print.done("certificate password set; the server never sees it");
        }
        let unit_id = unit(&phone, company, print).await?;
        let (holding_id, platform_id) = certificate(&mut phone, &unit_id, product, print).await?;
        if phone.seals(&unit_id).await?.is_empty() {
            phone.make_company_seal(&unit_id).await.context("seal")?;
            print.done("company seal made from the template");
        }
        Ok(Self {
            phone,
            company: company.name.clone(),
            holding_id,
            platform_id,
        })
    }

    /// The company that this person seals for.
    pub fn company(&self) -> &str {
        &self.company
    }

    /// The platform that the certificate was bought for.
    pub fn platform_id(&self) -> &str {
        &self.platform_id
    }

    /// Scans, types the number that the desk shows, picks the certificate, and waits for what is to be signed.
    pub async fn claim_and_choose(
        &self,
        code_text: &str,
        match_number: &str,
        print: &Print,
    ) -> anyhow::Result<View> {
        let view = self.phone.claim(code_text).await?;
        let registered = if view.asker.registered {
            ""
        } else {
            " (未登记工具)"
        };
        print.done(&format!(
            "phone scans: {}{registered} asks: {}",
            view.asker.name, view.purpose
        ));
        let view = self.phone.match_number(&view.code, match_number).await?;
        let choices = self.phone.choices(&view.code).await?;
        let offered = choices
            .identities
            .iter()
            .flat_map(|identity| &identity.certificates)
            .find(|c| c.holding_id == self.holding_id);
        let offered = offered.context("the certificate is not among the choices")?;
        if offered.state != "usable" {
            bail!(
                "the certificate cannot be used here: {} {}",
                offered.state,
                offered.reason.as_deref().unwrap_or("")
            );
        }
        self.phone.choose(&view.code, &self.holding_id).await?;
        print.done("match number typed, unit certificate chosen");
        Ok(self.phone.wait_prepared(&view.code).await?)
    }

    /// Shows what is to be signed, asks the password, signs in two halves.
    pub async fn confirm(
        &mut self,
        view: &View,
        password: &str,
        digest_short: &str,
        print: &Print,
    ) -> anyhow::Result<()> {
        let prepared = view.prepared.as_ref().context("nothing prepared")?;
        ensure!(
            prepared.digest_short == digest_short,
            "phone and desk show different digests"
        );
        print.done(&format!(
            "phone shows {} ({} pages, {}), digest {}",
            prepared.file_name, prepared.page_count, prepared.mode, prepared.digest_short
        ));
        let operation = self.phone.confirm(view, password).await?;
        print.done(&format!(
            "signed in two halves, verified, time-stamped and recorded as {operation}"
        ));
        Ok(())
    }
}

async fn sign_in(phone: &mut Phone, person: &Person, print: &Print) -> anyhow::Result<()> {
    let api = phone.api().clone();
    match phone.ask_code("+86", &person.phone).await {
        // The last code is a minute old at most; it still serves if it was not used.
        Err(error) if error.code() == Some("sms_too_soon") => {}
        other => other?,
    }
    for _ in 0..4 {
        // A server that was started anew has forgotten its sandbox inbox, as a phone may lose a message.
        let signed_in = match sandbox::newest_code(&api, &format!("+86{}", person.phone)).await {
            Ok(code) => phone.sign_in("+86", &person.phone, &code).await,
            Err(error) => Err(error),
        };
        match signed_in {
            Ok(()) => {
                print.done(&format!(
                    "signed in by {} and the SMS code from the sandbox inbox",
                    mask(&person.phone)
                ));
                return Ok(());
            }
            Err(Error::Problem { ref code, .. })
                if matches!(
                    code.as_str(),
                    "code_used" | "code_expired" | "code_dead" | "code_wrong"
                ) => {}
            Err(Error::Local(_)) => {}
            Err(other) => return Err(other.into()),
        }
        print.note("the last code is spent or lost; waiting until a new one may be sent");
        wait_for_new_code(phone, person).await?;
    }
    bail!("sign-in did not succeed")
}

async fn wait_for_new_code(phone: &Phone, person: &Person) -> anyhow::Result<()> {
    for _ in 0..70 {
        match phone.ask_code("+86", &person.phone).await {
            Err(error) if error.code() == Some("sms_too_soon") => {
                tokio::time::sleep(std::time::Duration::from_secs(1)).await
            }
            other => return Ok(other?),
        }
    }
    bail!("no new SMS code within 70 seconds")
}

async fn unit(phone: &Phone, company: &Company, print: &Print) -> anyhow::Result<String> {
    let known = phone
        .units()
        .await?
        .into_iter()
        .find(|unit| unit.uscc == company.uscc);
    let unit = match known {
        Some(unit) => unit,
        None => {
            let unit = phone.register_unit(&company.name, &company.uscc).await?;
            print.done(&format!(
                "{} registered by its legal representative",
                company.name
            ));
            unit
        }
    };
    ensure!(
        unit.state == "certified",
        "{} is {}",
        company.name,
        unit.state
    );
    Ok(unit.unit_id)
}

async fn certificate(
    phone: &mut Phone,
    unit_id: &str,
    product: &str,
    print: &Print,
) -> anyhow::Result<(String, String)> {
    let platforms = phone.platforms().await?;
    let offered = platforms.iter().find_map(|platform| {
        let product = platform
            .products
            .iter()
            .find(|offered| offered.algorithm == product)?;
        Some((platform, product))
    });
    let (platform, offered) = offered.with_context(|| format!("no platform sells {product}"))?;
    let mine = phone.holdings().await?.into_iter().find(|holding| {
        holding.product.product_id == offered.product_id
            && holding
                .unit
                .as_ref()
                .is_some_and(|unit| unit.unit_id == unit_id)
    });
    let holding_id = match mine {
        Some(holding) if holding.state == "usable" => {
            return Ok((holding.holding_id, platform.platform_id.clone()));
        }
        Some(holding) if holding.state != "unbought" => holding.holding_id,
        _ => {
            buy(
                phone,
                unit_id,
                &platform.platform_id,
                &offered.product_id,
                print,
            )
            .await?
        }
    };
    let installed = phone
        .install(&holding_id, product, super::PASSWORD)
        .await
        .context("install")?;
    print.done(&format!(
        "key made in two halves, certificate issued and installed ({} bytes)",
        installed.certificate.0.len()
    ));
    Ok((holding_id, platform.platform_id.clone()))
}

async fn buy(
    phone: &Phone,
    unit_id: &str,
    platform_id: &str,
    product_id: &str,
    print: &Print,
) -> anyhow::Result<String> {
    let order = phone
        .order(&OrderRequest {
            unit_id: Some(unit_id),
            platform_id,
            product_id,
            term_years: 1,
        })
        .await?;
    print.done(&format!(
        "ordered a certificate for {}.{:02} yuan",
        order.amount_fen / 100,
        order.amount_fen % 100
    ));
    for _ in 0..10 {
        // Going to the cashier again is harmless: an order is paid once.
        match phone.pay(&order.order_id).await {
            Ok(payment) => drop(sandbox::cashier(phone.api(), &payment, "pay").await),
            Err(error) if error.code() == Some("order_paid") => {}
            Err(other) => return Err(other.into()),
        }
        if let Some(holding_id) = phone.wait_paid(&order.order_id, 50).await? {
            print.done("paid at the sandbox cashier; its signed callback has arrived");
            return Ok(holding_id);
        }
        print.note("no callback yet; going to the cashier again");
    }
    bail!("the payment did not arrive")
}

fn mask(number: &str) -> String {
    let head = number.get(..3).unwrap_or_default();
    let tail = number
        .get(number.len().saturating_sub(4)..)
        .unwrap_or_default();
    format!("{head}****{tail}")
}
