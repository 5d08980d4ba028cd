//! The outside world: a trait each and an embedded default that really behaves.
//!
//! Invariant: this crate knows no storage, no routes and no rules of the service; it turns a question into an answer of
//! somebody outside, or into the reason why there is none.

mod answer;
pub mod deposit;
pub mod face;
pub mod identity;
pub mod inbox;
pub mod mail;
pub mod ocr;
pub mod payment;
pub mod register;
pub mod shelf;
mod signed;
pub mod sms;
pub mod specimen;
pub mod timestamp;
pub mod vendor;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use answer::{Answer, Unavailable};
use shelf::{MemoryShelf, Shelf};

/// What every provider tells of itself.
pub trait Provider: Send + Sync {
    /// Whether it is a stand-in that asks nobody outside; `--production` refuses to start with one.
    fn is_sandbox(&self) -> bool;
    /// Its name in configuration, logs and refusals.
    fn name(&self) -> &'static str;
}

/// The providers in force, one `Arc<dyn …>` per noun; each slice adds its own, here and in [`Providers::all`].
#[derive(Clone)]
pub struct Providers {
    /// Text messages.
    pub sms: Arc<dyn sms::Sms>,
    /// Letters.
    pub mail: Arc<dyn mail::Mail>,
    /// Who has which ID number.
    pub identity: Arc<dyn identity::Identity>,
    /// Which unit is registered how.
    pub register: Arc<dyn register::Register>,
    /// Whose face is before the camera.
    pub face: Arc<dyn face::Face>,
    /// What papers say.
    pub ocr: Arc<dyn ocr::Ocr>,
    /// Small transfers to units' accounts.
    pub deposit: Arc<dyn deposit::Deposit>,
    /// Cashiers.
    pub payment: Arc<dyn payment::Payment>,
    /// A stamper outside; without one the service's own issuer stamps.
    pub timestamp: Option<Arc<dyn timestamp::TimeStamp>>,
    /// The sandbox's cashier, for its page; none when the cashier is a real one.
    pub cashier: Option<Arc<payment::SandboxPayment>>,
    /// The sandbox's camera page; none when faces are really looked at.
    pub camera: Option<Arc<face::SandboxFace>>,
    /// The sandbox's bank, for its page; none when money is really transferred.
    pub bank: Option<Arc<deposit::SandboxDeposit>>,
    /// The sandbox's register, for its page; none when the real one is asked.
    pub specimen_register: Option<Arc<register::SandboxRegister>>,
    /// What the sandbox would have sent, for its page; none when nothing of it is a sandbox.
    pub inbox: Option<inbox::Inbox>,
    /// How long a person is kept waiting for an answer from outside.
    pub patience: Duration,
    /// The same for the reading of a photo, which is work and has a queue.
    pub photo_patience: Duration,
}

/// How long the embedded authority and register think, so that screens show what waiting looks like.
const SANDBOX_DELAY: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(5);
/// A little less than the limit of the request that waits for it.
const PHOTO_PATIENCE: Duration = Duration::from_secs(25);
/// How long money is on its way in the sandbox.
const SANDBOX_TRANSFER_S: i64 = 30;

impl Providers {
    /// The embedded defaults of every noun.
    #[must_use]
    pub fn sandbox() -> Self {
        let inbox = inbox::Inbox::default();
        let cashier = Arc::new(payment::SandboxPayment::new());
        let camera = Arc::new(face::SandboxFace::default());
        let shelf: Arc<dyn Shelf> = Arc::new(MemoryShelf::default());
        let bank = Arc::new(deposit::SandboxDeposit::new(
            SANDBOX_TRANSFER_S,
            Arc::clone(&shelf),
        ));
        let register = Arc::new(register::SandboxRegister {
            delay: SANDBOX_DELAY,
            shelf,
        });
        Self {
            sms: Arc::new(inbox::SandboxSms(inbox.clone())),
            mail: Arc::new(inbox::SandboxMail(inbox.clone())),
            identity: Arc::new(identity::SandboxIdentity {
                delay: SANDBOX_DELAY,
            }),
            face: Arc::clone(&camera) as Arc<dyn face::Face>,
            ocr: Arc::new(ocr::LocalOcr),
            camera: Some(camera),
            register: Arc::clone(&register) as Arc<dyn register::Register>,
            deposit: Arc::clone(&bank) as Arc<dyn deposit::Deposit>,
            payment: Arc::clone(&cashier) as Arc<dyn payment::Payment>,
            timestamp: None,
            cashier: Some(cashier),
            bank: Some(bank),
            specimen_register: Some(register),
            inbox: Some(inbox),
            patience: PATIENCE,
            photo_patience: PHOTO_PATIENCE,
        }
    }

    /// The same without any pause, for tests: what answers does so at once, and what is silent is given up soon.
    #[must_use]
    pub fn sandbox_at_once() -> Self {
        let shelf: Arc<dyn Shelf> = Arc::new(MemoryShelf::default());
        Self {
            identity: Arc::new(identity::SandboxIdentity {
                delay: Duration::ZERO,
            }),
            patience: Duration::from_millis(300),
            ..Self::sandbox()
        }
        .remembering_at(&shelf, Duration::ZERO, 0)
    }

    /// The same with stand-ins that remember on a shelf of the service, so that nodes and restarts agree.
    #[must_use]
    pub fn remembering(self, shelf: &Arc<dyn Shelf>) -> Self {
        let transfer_s = self.bank.as_ref().map_or(0, |bank| bank.transfer_s());
        let thinks = self.specimen_register.as_ref();
        let delay = thinks.map_or(Duration::ZERO, |register| register.delay);
        self.remembering_at(shelf, delay, transfer_s)
    }

    fn remembering_at(mut self, shelf: &Arc<dyn Shelf>, delay: Duration, transfer_s: i64) -> Self {
        if self.bank.is_some() {
            let bank = Arc::new(deposit::SandboxDeposit::new(transfer_s, Arc::clone(shelf)));
            self.deposit = Arc::clone(&bank) as Arc<dyn deposit::Deposit>;
            self.bank = Some(bank);
        }
        if self.specimen_register.is_some() {
            let shelf = Arc::clone(shelf);
            let register = Arc::new(register::SandboxRegister { delay, shelf });
            self.register = Arc::clone(&register) as Arc<dyn register::Register>;
            self.specimen_register = Some(register);
        }
        self
    }

    /// All of them, for questions that concern each.
    #[must_use]
    pub fn all(&self) -> Vec<&dyn Provider> {
        let mut all: Vec<&dyn Provider> = vec![
            self.sms.as_ref(),
            self.mail.as_ref(),
            self.identity.as_ref(),
            self.register.as_ref(),
            self.face.as_ref(),
            self.ocr.as_ref(),
            self.deposit.as_ref(),
            self.payment.as_ref(),
        ];
        all.extend(self.timestamp.iter().map(|it| it.as_ref() as &dyn Provider));
        all
    }

    /// The names of those that are stand-ins.
    #[must_use]
    pub fn sandboxes(&self) -> Vec<&'static str> {
        self.all()
            .into_iter()
            .filter(|provider| provider.is_sandbox())
            .map(Provider::name)
            .collect()
    }
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.all().iter().map(|provider| provider.name()))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `--production` asks this list, so a stand-in that is missing here would start unseen.
    #[test]
    fn ops_2_every_stand_in_is_named() {
        let named = Providers::sandbox().sandboxes();
        for name in [
            "sandbox-sms",
            "sandbox-mail",
            "sandbox-identity",
            "sandbox-register",
            "sandbox-face",
            "sandbox-payment",
            "sandbox-deposit",
        ] {
            assert!(named.contains(&name), "{name} is not in {named:?}");
        }
        // Reading on our own machine is the real thing.
        assert!(!named.contains(&"local-ocr"));
    }
}
