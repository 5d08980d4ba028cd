//! A person with a phone, a unit certificate and a seal, made over HTTP as a newcomer would.

use std::path::Path;

use client::phone::{OrderRequest, Phone, View};
use client::{Api, Retry, sandbox};

/// What the person types to sign.
const PASSWORD: &str = "274951";

/// Ready to seal.
pub struct Person {
    phone: Phone,
    holding_id: String,
}

impl Person {
    /// Takes the first specimen company of the server at `base` and its legal representative.
    pub async fn ready(base: &str, folder: &Path) -> Self {
        let api = Api::new(base, Retry::default()).expect("a client");
        let specimens = sandbox::specimens(&api).await.expect("specimens");
        let company = specimens.companies.first().expect("a company");
        let mut people = specimens.people.iter();
        let person = people.find(|person| person.name == company.legal_representative);
        let person = person.expect("a legal representative");
        let mut phone = Phone::open(api.clone(), folder).expect("a phone");
        phone.ask_code("+86", &person.phone).await.expect("asked");
        let number = format!("+86{}", person.phone);
        let code = sandbox::newest_code(&api, &number).await.expect("a code");
        let signed_in = phone.sign_in("+86", &person.phone, &code).await;
        signed_in.expect("signed in");
        let proved = phone.prove_identity(&person.name, &person.id_number).await;
        assert!(proved.expect("answered"));
        let set = phone.set_password(PASSWORD, None, None).await;
        set.expect("a password");
        let unit = phone.register_unit(&company.name, &company.uscc).await;
        let unit_id = unit.expect("a unit").unit_id;
        let holding_id = buy(&phone, &unit_id).await;
        let installed = phone.install(&holding_id, "sm2", PASSWORD).await;
        installed.expect("installed");
        phone.make_company_seal(&unit_id).await.expect("a seal");
        Self { phone, holding_id }
    }

    /// Scans, types the number, chooses.
    pub async fn choose(&self, code_text: &str, number: &str) -> String {
        let view = self.phone.claim(code_text).await.expect("claimed");
        let matched = self.phone.match_number(&view.code, number).await;
        matched.expect("matched");
        let chosen = self.phone.choose(&view.code, &self.holding_id).await;
        chosen.expect("chosen").code
    }

    /// Waits for what is to be signed.
    pub async fn shown(&self, code: &str) -> View {
        self.phone.wait_prepared(code).await.expect("prepared")
    }

    /// Signs what is shown.
    pub async fn confirm(&mut self, view: &View) {
        let confirmed = self.phone.confirm(view, PASSWORD).await;
        confirmed.expect("confirmed");
    }
}

async fn buy(phone: &Phone, unit_id: &str) -> String {
    let platforms = phone.platforms().await.expect("platforms");
    let platform = platforms.first().expect("a platform");
    let mut products = platform.products.iter();
    let product = products.find(|product| product.algorithm == "sm2");
    let request = OrderRequest {
        unit_id: Some(unit_id),
        platform_id: &platform.platform_id,
        product_id: &product.expect("a product").product_id,
        term_years: 1,
    };
    let order_id = phone.order(&request).await.expect("ordered").order_id;
    let payment = phone.pay(&order_id).await.expect("a cashier");
    let paid = sandbox::cashier(phone.api(), &payment, "pay").await;
    paid.expect("paid");
    let holding = phone.wait_paid(&order_id, 200).await.expect("looked");
    holding.expect("a holding")
}
