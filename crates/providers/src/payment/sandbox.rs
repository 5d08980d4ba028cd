//! The embedded cashier of a sandbox: a page on our own server instead of a payment service, with signed callbacks all the same.

use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use crate::Provider;
use crate::signed::{self, SignedCallback};

use super::{Answer, CallbackError, Charge, Payment, Refund, Report};

/// What becomes of a charge at the cashier's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Money came.
    Paid,
    /// The payer gave up, or the bank refused.
    Failed,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    payment_id: String,
    trade_no: String,
    outcome: Outcome,
    amount_fen: i64,
    currency: String,
}

/// The cashier, with a key of its own that signs nothing else.
pub struct SandboxPayment {
    key: SigningKey,
}

impl Default for SandboxPayment {
    fn default() -> Self {
        Self::new()
    }
}

impl SandboxPayment {
    /// A cashier with a fresh key. The key lives as long as the process: reports are signed when they are delivered.
    #[must_use]
    pub fn new() -> Self {
        Self {
            key: signed::fresh_key(),
        }
    }

    /// A cashier with the Ed25519 key of this seed.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self {
            key: SigningKey::from_bytes(seed),
        }
    }

    /// The callback that reports `outcome` of a charge, signed at `now_s` over time stamp, nonce and body, one line each.
    pub fn callback(
        &self,
        payment_id: &str,
        outcome: Outcome,
        amount_fen: i64,
        now_s: i64,
        nonce: [u8; 16],
    ) -> Result<SignedCallback, CallbackError> {
        let body = Body {
            payment_id: payment_id.to_owned(),
            trade_no: format!("SANDBOX{}", payment_id.replace('-', "")),
            outcome,
            amount_fen,
            currency: "CNY".to_owned(),
        };
        let body = serde_json::to_vec(&body).map_err(|_| CallbackError::Malformed)?;
        Ok(signed::sign(&self.key, body, now_s, nonce))
    }
}

impl Provider for SandboxPayment {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn name(&self) -> &'static str {
        "sandbox-payment"
    }
}

impl Payment for SandboxPayment {
    fn open<'a>(&'a self, charge: &'a Charge) -> Answer<'a, String> {
        Box::pin(async move {
            Ok(format!(
                "{}/sandbox/cashier/{}",
                charge.public_url.trim_end_matches('/'),
                charge.payment_id
            ))
        })
    }

    fn read_callback(
        &self,
        header: &dyn Fn(&str) -> Option<String>,
        body: &[u8],
        now_s: i64,
    ) -> Result<Report, CallbackError> {
        signed::verify(&self.key.verifying_key(), header, body, now_s)?;
        let body: Body = serde_json::from_slice(body).map_err(|_| CallbackError::Malformed)?;
        if body.currency != "CNY" {
            return Err(CallbackError::Malformed);
        }
        Ok(Report {
            payment_id: body.payment_id,
            trade_no: body.trade_no,
            paid: body.outcome == Outcome::Paid,
            amount_fen: body.amount_fen,
        })
    }

    fn refund<'a>(&'a self, _refund: &'a Refund) -> Answer<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_S: i64 = 1_800_000_000;

    fn cashier() -> SandboxPayment {
        SandboxPayment::from_seed(&[7; 32])
    }

    fn read(callback: &SignedCallback, now_s: i64) -> Result<Report, CallbackError> {
        let header = |name: &str| {
            callback
                .headers
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
        };
        cashier().read_callback(&header, &callback.body, now_s)
    }

    #[test]
    fn pay_1_a_callback_counts_only_as_it_was_signed_and_only_when_fresh() {
        let signed = cashier()
            .callback("p-1", Outcome::Paid, 30_000, NOW_S, [1; 16])
            .unwrap();
        let report = read(&signed, NOW_S + 299).unwrap();
        assert_eq!(
            (report.payment_id.as_str(), report.paid, report.amount_fen),
            ("p-1", true, 30_000)
        );
        assert_eq!(read(&signed, NOW_S + 301), Err(CallbackError::Age));
        assert_eq!(read(&signed, NOW_S - 301), Err(CallbackError::Age));

        for index in 0..signed.body.len() {
            let mut changed = signed.clone();
            changed.body[index] ^= 1;
            assert_eq!(read(&changed, NOW_S), Err(CallbackError::Signature));
        }
        for index in 0..signed.headers.len() {
            let mut bare = signed.clone();
            bare.headers.remove(index);
            assert_eq!(read(&bare, NOW_S), Err(CallbackError::Unsigned));
        }
        let mut redated = signed.clone();
        redated.headers[0].1 = (NOW_S + 1).to_string();
        assert_eq!(read(&redated, NOW_S), Err(CallbackError::Signature));
    }

    #[test]
    fn another_key_is_nobody() {
        let stranger = SandboxPayment::from_seed(&[8; 32]);
        let signed = stranger
            .callback("p-1", Outcome::Paid, 1, NOW_S, [1; 16])
            .unwrap();
        assert_eq!(read(&signed, NOW_S), Err(CallbackError::Signature));
    }
}
