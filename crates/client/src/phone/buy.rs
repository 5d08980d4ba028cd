//! The catalogue, orders, payment and the holdings that come of them.

use super::{Phone, request_id};
use crate::Error;
use serde::Deserialize;
use serde_json::json;

/// A trading platform with what it takes.
#[derive(Clone, Debug, Deserialize)]
pub struct Platform {
    /// Its id.
    pub platform_id: String,
    /// Its name.
    pub name: String,
    /// Certificate products it supports.
    pub products: Vec<Product>,
}

/// A certificate product.
#[derive(Clone, Debug, Deserialize)]
pub struct Product {
    /// Its id.
    pub product_id: String,
    /// `rsa` or `sm2`.
    pub algorithm: String,
}

/// What is ordered.
#[derive(Clone, Debug)]
pub struct OrderRequest<'a> {
    /// For which unit; none is the person's own.
    pub unit_id: Option<&'a str>,
    /// Where it is to serve.
    pub platform_id: &'a str,
    /// Which product.
    pub product_id: &'a str,
    /// For how long.
    pub term_years: u32,
}

/// An order.
#[derive(Clone, Debug, Deserialize)]
pub struct Order {
    /// Its id.
    pub order_id: String,
    /// `unpaid`, `paid`, `closed` or `refunded`.
    pub state: String,
    /// What it costs.
    pub amount_fen: i64,
    /// The buyer's holding, once paid.
    pub holding_id: Option<String>,
}

/// A holding as seen from this device.
#[derive(Clone, Debug, Deserialize)]
pub struct Holding {
    /// Its id.
    pub holding_id: String,
    /// Of which product.
    pub product: Product,
    /// For which unit.
    pub unit: Option<HoldingUnit>,
    /// `usable`, `needs_install`, …
    pub state: String,
}

/// The unit of a holding.
#[derive(Clone, Debug, Deserialize)]
pub struct HoldingUnit {
    /// Its id.
    pub unit_id: String,
}

impl Phone {
    /// The person's holdings.
    pub async fn holdings(&self) -> Result<Vec<Holding>, Error> {
        #[derive(Deserialize)]
        struct List {
            items: Vec<Holding>,
        }
        let list: List = self.api.get(self.auth(), "/api/v1/holdings").await?;
        Ok(list.items)
    }

    /// The catalogue.
    pub async fn platforms(&self) -> Result<Vec<Platform>, Error> {
        #[derive(Deserialize)]
        struct List {
            items: Vec<Platform>,
        }
        let list: List = self.api.get(self.auth(), "/api/v1/platforms").await?;
        Ok(list.items)
    }

    /// Orders one platform certificate for this device (CERT-1, CERT-2).
    pub async fn order(&self, request: &OrderRequest<'_>) -> Result<Order, Error> {
        let body = json!({
            "unit_id": request.unit_id, "platform_id": request.platform_id, "kind": "platform",
            "product_id": request.product_id, "term_years": request.term_years, "quantity": 1,
            "install_here": true, "payment_method": "wechat_pay", "agreed": true,
        });
        self.api
            .post(self.auth(), "/api/v1/orders", &body, Some(&request_id()?))
            .await
    }

    /// Begins the payment; answers its id. The address of the cashier stands in the same answer for a browser.
    pub async fn pay(&self, order_id: &str) -> Result<String, Error> {
        #[derive(Deserialize)]
        struct Payment {
            payment_id: String,
        }
        let path = format!("/api/v1/orders/{order_id}/payments");
        let payment: Payment = self.api.post(self.auth(), &path, &json!({}), None).await?;
        Ok(payment.payment_id)
    }

    /// The order as it stands.
    pub async fn order_state(&self, order_id: &str) -> Result<Order, Error> {
        self.api
            .get(self.auth(), &format!("/api/v1/orders/{order_id}"))
            .await
    }

    /// Waits for the callback, so many tenths of a second; answers the holding once the order is paid.
    pub async fn wait_paid(&self, order_id: &str, tenths: u32) -> Result<Option<String>, Error> {
        for _ in 0..tenths {
            let order = self.order_state(order_id).await?;
            match (order.state.as_str(), order.holding_id) {
                ("paid", Some(holding_id)) => return Ok(Some(holding_id)),
                ("unpaid", _) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
                (state, _) => {
                    return Err(Error::SessionEnded {
                        state: state.to_owned(),
                        code: "order".to_owned(),
                    });
                }
            }
        }
        Ok(None)
    }
}
