//! Orders, payments and what they give.

use domain::product::Algorithm;
use hulian_tests::{Answer, Phone, TestApp, both};
use providers::payment::{Outcome, SandboxPayment, SignedCallback};
use reqwest::Method;
use serde_json::{Value, json};

/// A callback as the sandbox's cashier signs it now.
fn callback(app: &TestApp, payment_id: &str, outcome: Outcome, amount_fen: i64) -> SignedCallback {
    let cashier = app
        .app
        .providers
        .cashier
        .as_ref()
        .expect("the sandbox's cashier");
    cashier
        .callback(
            payment_id,
            outcome,
            amount_fen,
            app.app.now().seconds(),
            app.app.random_bytes(),
        )
        .expect("signed")
}

async fn deliver(app: &TestApp, callback: &SignedCallback) -> Answer {
    let mut request = app
        .request(Method::POST, "/api/v1/callbacks/payments/sandbox-payment")
        .body(callback.body.clone());
    for (name, value) in &callback.headers {
        request = request.header(*name, value);
    }
    Answer::of(request).await
}

async fn order(app: &TestApp, phone: &Phone, id: &str) -> Value {
    app.get_as(phone, &format!("/api/v1/orders/{id}"))
        .await
        .ok(200)
}

async fn holdings(app: &TestApp, phone: &Phone) -> Vec<Value> {
    app.get_as(phone, "/api/v1/holdings").await.ok(200)["items"]
        .as_array()
        .expect("items")
        .clone()
}

/// `until_us` of the only entitlement.
async fn until_us(app: &TestApp, phone: &Phone) -> i64 {
    let holdings = holdings(app, phone).await;
    let entitlements = holdings[0]["entitlements"]
        .as_array()
        .expect("entitlements");
    assert_eq!((holdings.len(), entitlements.len()), (1, 1));
    entitlements[0]["until_us"].as_i64().expect("an instant")
}

both! {
    async fn cert_1_a_fresh_sandbox_has_one_platform_and_two_products_whoever_starts_again(app: TestApp) {
        let phone = app.phone(0).await;
        app::catalogue::seed_sandbox(&app.app).await.expect("seeded");
        let platforms = app.get_as(&phone, "/api/v1/platforms").await.ok(200);
        let items = platforms["items"].as_array().expect("items");
        assert_eq!((items.len(), &items[0]["interconnect"]), (1, &json!(true)));
        assert_eq!(items[0]["modes"], json!(["page", "all", "pages", "straddle", "keyword"]));
        let products = items[0]["products"].as_array().expect("products");
        let algorithms: Vec<_> = products.iter().map(|product| product["algorithm"].clone()).collect();
        assert_eq!(algorithms, ["rsa", "sm2"]);
        assert!(products.iter().all(|product| product["prices"].as_array().is_some_and(|prices| prices.len() == 6)));
        app.get("/api/v1/platforms").await.problem(401, "unauthenticated");
    }

    async fn cert_1_an_order_is_judged_priced_and_repeatable(app: TestApp) {
        let phone = app.phone(0).await;
        let unit = app.unit(&phone, 0).await;
        let good = app.order_body(&phone, Some(&unit), Algorithm::Rsa).await;
        let with = |name: &str, value: Value| {
            let mut body = good.clone();
            body[name] = value;
            body
        };
        let refuse = async |body: Value, status, code| {
            app.post_as(&phone, "/api/v1/orders", &body).await.problem(status, code);
        };
        refuse(with("agreed", json!(false)), 400, "agreement_required").await;
        refuse(with("quantity", json!(0)), 400, "quantity_invalid").await;
        refuse(with("quantity", json!(1001)), 400, "quantity_invalid").await;
        refuse(with("term_years", json!(4)), 400, "price_unknown").await;
        refuse(with("kind", json!("interconnect")), 409, "kind_not_offered").await;
        refuse(with("product_id", good["platform_id"].clone()), 400, "product_not_supported").await;
        refuse(with("unit_id", good["platform_id"].clone()), 403, "not_administrator").await;
        refuse(with("extra", json!(1)), 400, "body_invalid").await;

        let body = with("quantity", json!(3));
        let create = async || {
            let request = app.request(Method::POST, "/api/v1/orders").bearer_auth(&phone.token);
            Answer::of(request.header("idempotency-key", "k1").json(&body)).await.ok(201)
        };
        let first = create().await;
        assert_eq!((&first["state"], &first["amount_fen"]), (&json!("unpaid"), &json!(90_000)));
        assert_eq!(create().await, first);
        let id = first["order_id"].as_str().expect("an id");
        assert_eq!(order(&app, &phone, id).await, first);
        let stranger = app.phone(1).await;
        app.get_as(&stranger, &format!("/api/v1/orders/{id}")).await.problem(404, "order_not_found");
        let mut theirs = app.order_body(&stranger, Some(&unit), Algorithm::Rsa).await;
        app.post_as(&stranger, "/api/v1/orders", &theirs).await.problem(403, "not_administrator");
        theirs["unit_id"] = Value::Null;
        theirs["quantity"] = json!(2);
        app.post_as(&stranger, "/api/v1/orders", &theirs).await.problem(400, "quantity_invalid");
    }

    async fn cert_2_one_is_the_buyers_and_the_rest_become_balance(app: TestApp) {
        let phone = app.phone(0).await;
        let unit = app.unit(&phone, 0).await;
        let mut body = app.order_body(&phone, Some(&unit), Algorithm::Sm2).await;
        body["quantity"] = json!(5);
        body["install_here"] = json!(false);
        assert_eq!(app.bought(&phone, &body).await["holding_id"], Value::Null);
        assert!(holdings(&app, &phone).await.is_empty());
        body["install_here"] = json!(true);
        assert!(app.bought(&phone, &body).await["holding_id"].is_string());
        let unit = unit.parse().expect("an id");
        let balances = store::balance::list(&app.app.db, unit).await.expect("balances");
        assert_eq!(balances.iter().map(|balance| balance.left).collect::<Vec<_>>(), [9]);
        let held = holdings(&app, &phone).await;
        assert_eq!((held.len(), &held[0]["state"]), (1, &json!("needs_install")));
        assert_eq!(held[0]["unit"]["unit_id"], unit.to_string());
    }

    async fn cert_3_buying_again_extends_and_interconnect_runs_beside(app: TestApp) {
        let phone = app.phone(0).await;
        let unit = app.unit(&phone, 0).await;
        let mut body = app.order_body(&phone, Some(&unit), Algorithm::Sm2).await;
        app.bought(&phone, &body).await;
        // Bought on 2 March 2026 in Shanghai.
        let end = |year| domain::Day::new(year, 3, 2).expect("a day").last_second().micros();
        assert_eq!(until_us(&app, &phone).await, end(2027));
        app.clock.advance_s(40 * 86_400);
        body["term_years"] = json!(2);
        let phone = app.second_phone(0, &phone).await;
        app.bought(&phone, &body).await;
        assert_eq!(until_us(&app, &phone).await, end(2029));
        // CERT-4: now that the unit has a platform certificate there, interconnect is offered.
        body["kind"] = json!("interconnect");
        app.bought(&phone, &body).await;
        let held = holdings(&app, &phone).await;
        let mut scopes: Vec<_> = held[0]["entitlements"].as_array().expect("entitlements").iter().map(|one| one["kind"].clone()).collect();
        scopes.sort_by_key(ToString::to_string);
        assert_eq!((held.len(), scopes), (1, vec![json!("interconnect"), json!("platform")]));
        // A different product on the same platform is another holding and starts at once.
        let other = app.order_body(&phone, Some(&unit), Algorithm::Rsa).await;
        app.bought(&phone, &other).await;
        assert_eq!(holdings(&app, &phone).await.len(), 2);
    }

    async fn cert_18_payment_starts_the_entitlement_and_only_payment_does(app: TestApp) {
        let phone = app.phone(0).await;
        let body = app.order_body(&phone, None, Algorithm::Sm2).await;
        let (order_id, payment_id) = app.ordered(&phone, &body).await;
        app.press(&payment_id, "fail").await;
        assert_eq!(order(&app, &phone, &order_id).await["state"], "unpaid");
        assert!(holdings(&app, &phone).await.is_empty());
        // Another try opens another payment.
        let path = format!("/api/v1/orders/{order_id}/payments");
        let again = app.post_as(&phone, &path, &json!({})).await.ok(201);
        assert_ne!(again["payment_id"], json!(payment_id));
        assert_eq!(app.post_as(&phone, &path, &json!({})).await.ok(201), again);
        app.press(again["payment_id"].as_str().expect("an id"), "pay").await;
        assert_eq!(order(&app, &phone, &order_id).await["state"], "paid");
        assert_eq!(holdings(&app, &phone).await[0]["state"], "needs_install");
        app.post_as(&phone, &path, &json!({})).await.problem(409, "order_paid");
    }

    async fn pay_1_a_payment_that_arrives_twice_counts_once(app: TestApp) {
        let phone = app.phone(0).await;
        let body = app.order_body(&phone, None, Algorithm::Sm2).await;
        let (order_id, payment_id) = app.ordered(&phone, &body).await;
        app.press(&payment_id, "twice").await;
        let until = until_us(&app, &phone).await;
        for _ in 0..3 {
            let again = callback(&app, &payment_id, Outcome::Paid, 30_000);
            deliver(&app, &again).await.ok(204);
        }
        // A report of failure after success takes nothing away.
        deliver(&app, &callback(&app, &payment_id, Outcome::Failed, 30_000)).await.ok(204);
        assert_eq!(until_us(&app, &phone).await, until);
        assert_eq!(order(&app, &phone, &order_id).await["state"], "paid");
        let id = payment_id.parse().expect("an id");
        assert_eq!(store::payment::find_refund(&app.app.db, id).await.expect("asked"), None);
    }

    async fn pay_1_ten_reports_at_once_give_the_goods_once(app: TestApp) {
        let phone = app.phone(0).await;
        let unit = app.unit(&phone, 0).await;
        let mut body = app.order_body(&phone, Some(&unit), Algorithm::Sm2).await;
        body["quantity"] = json!(3);
        let (_, payment_id) = app.ordered(&phone, &body).await;
        let callbacks: Vec<_> = (0..10).map(|_| callback(&app, &payment_id, Outcome::Paid, 90_000)).collect();
        let answers = futures_join(callbacks.iter().map(|callback| deliver(&app, callback))).await;
        assert!(answers.iter().all(|answer| answer.status == 204), "{answers:?}");
        let balances = store::balance::list(&app.app.db, unit.parse().expect("an id")).await.expect("balances");
        assert_eq!(balances.iter().map(|balance| balance.left).sum::<u32>(), 2);
        until_us(&app, &phone).await;
    }

    async fn pay_1_an_order_closes_after_thirty_minutes_and_late_money_goes_back(app: TestApp) {
        let phone = app.phone(0).await;
        let body = app.order_body(&phone, None, Algorithm::Sm2).await;
        let (order_id, payment_id) = app.ordered(&phone, &body).await;
        let (other_id, _) = app.ordered(&phone, &body).await;
        app.press(&payment_id, "late").await;
        assert_eq!(order(&app, &phone, &order_id).await["state"], "unpaid");
        app.clock.advance_s(30 * 60);
        let phone = app.second_phone(0, &phone).await;
        app.run_jobs().await;
        assert_eq!(order(&app, &phone, &other_id).await["state"], "closed");
        assert_eq!(order(&app, &phone, &order_id).await["state"], "refunded");
        let path = format!("/api/v1/orders/{other_id}/payments");
        app.post_as(&phone, &path, &json!({})).await.problem(409, "order_closed");
        assert!(holdings(&app, &phone).await.is_empty());
        let id = payment_id.parse().expect("an id");
        let refund = store::payment::find_refund(&app.app.db, id).await.expect("asked").expect("a refund");
        assert_eq!((refund.amount.0, refund.done), (30_000, true));
    }

    async fn pay_1_callbacks_that_are_not_what_was_signed_and_asked_for_count_for_nothing(app: TestApp) {
        let phone = app.phone(0).await;
        let body = app.order_body(&phone, None, Algorithm::Sm2).await;
        let (order_id, payment_id) = app.ordered(&phone, &body).await;
        let good = callback(&app, &payment_id, Outcome::Paid, 30_000);
        let unsigned = SignedCallback { headers: vec![], body: good.body.clone() };
        let changed = SignedCallback { headers: good.headers.clone(), body: [good.body.clone(), b" ".to_vec()].concat() };
        let (now_s, nonce) = (app.app.now().seconds(), app.app.random_bytes());
        let stranger = SandboxPayment::from_seed(&[1; 32]);
        let forged = stranger.callback(&payment_id, Outcome::Paid, 30_000, now_s, nonce).expect("signed");
        let cashier = app.app.providers.cashier.as_ref().expect("the sandbox's cashier");
        let old = cashier.callback(&payment_id, Outcome::Paid, 30_000, now_s - 301, nonce).expect("signed");
        let wrong_amount = callback(&app, &payment_id, Outcome::Paid, 29_999);
        let unknown = callback(&app, &order_id, Outcome::Paid, 30_000);
        for bad in [&unsigned, &changed, &forged, &old, &wrong_amount, &unknown] {
            deliver(&app, bad).await.problem(400, "callback_invalid");
            assert_eq!(order(&app, &phone, &order_id).await["state"], "unpaid");
        }
        let elsewhere = app.request(Method::POST, "/api/v1/callbacks/payments/nobody").body(good.body.clone());
        Answer::of(elsewhere).await.problem(400, "callback_invalid");
        deliver(&app, &good).await.ok(204);
        assert_eq!(order(&app, &phone, &order_id).await["state"], "paid");
    }

    async fn pay_1_the_cashier_is_a_page_of_the_sandbox(app: TestApp) {
        let phone = app.phone(0).await;
        let body = app.order_body(&phone, None, Algorithm::Sm2).await;
        let (_, payment_id) = app.ordered(&phone, &body).await;
        let page = app.get(&format!("/sandbox/cashier/{payment_id}")).await;
        let text = String::from_utf8(page.bytes).expect("text");
        assert!(text.contains("¥ 300.00") && text.contains("待支付"), "{text}");
        assert!(page.headers["content-security-policy"].to_str().expect("text").contains("form-action 'self'"));
        app.get("/sandbox/cashier/nothing").await.problem(404, "payment_not_found");
        app.press_only(&payment_id, "steal").await.problem(400, "body_invalid");
    }
}

/// All of them at once, without a library for it.
async fn futures_join<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut pending: Vec<_> = futures.map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(move |context| {
        pending.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(value) => {
                done.push(value);
                false
            }
            std::task::Poll::Pending => true,
        });
        if pending.is_empty() {
            std::task::Poll::Ready(std::mem::take(&mut done))
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}
