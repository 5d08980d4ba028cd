//! Signing in by a code, with a device key (ACC-2).

use domain::check_digit::Phone;
use domain::id::{DeviceId, PersonId};
use domain::session::{self, Edition};
use domain::sms_code::Purpose;
use domain::time::HOUR_US;
use protocol::{Base64Url, Statement, sha256};
use store::Tx;
use store::session::Session;

use super::token::{self, Tokens};
use crate::sms_code::{Entered, take};
use crate::{App, Error, Result, account, device, limit, personal};

/// Tries that one address may make in an hour; a code itself dies of five.
const PER_ADDRESS_MAX: i64 = 300;
const PER_ADDRESS_SANDBOX_MAX: i64 = 20_000;
const DEVICE_NAME_CHARS_MAX: usize = 100;

/// A request to sign in, as it came.
pub struct SignIn<'a> {
    /// `+86`, …
    pub area: &'a str,
    /// As typed.
    pub number: &'a str,
    /// As typed.
    pub code: &'a str,
    /// 普通登录 or 法定代表人登录.
    pub edition: Edition,
    /// User agreement and privacy policy were ticked.
    pub agreed: bool,
    /// The device key, `b64u`.
    pub public_key: &'a str,
    /// What the device calls itself.
    pub device_name: &'a str,
    /// The device key's signature over the statement, `b64u`.
    pub proof: &'a str,
    /// Where the request came from.
    pub address: &'a str,
}

/// Signs in. A number without an account gets one.
///
/// # Errors
/// `agreement_required`, `phone_invalid`, `code_wrong` `{left}`, `code_expired`, `code_used`, `code_dead`,
/// `device_proof_invalid`, `legal_representative_unknown`, `rate_limited`. Only a wrong code leaves a trace: its count.
pub async fn sign_in(app: &App, request: &SignIn<'_>) -> Result<Tokens> {
    if !request.agreed {
        return Err(Error::invalid("agreement_required"));
    }
    let phone = personal::phone(app, request.area, request.number)?;
    let most = if app.settings.production {
        PER_ADDRESS_MAX
    } else {
        PER_ADDRESS_SANDBOX_MAX
    };
    limit::check(app, "sign_in", request.address.as_bytes(), HOUR_US, most).await?;
    let phone_hash = personal::phone_hash(app, &phone);
    let entered = Entered {
        phone_hash: &phone_hash,
        purpose: Purpose::SignIn,
        code: request.code,
        by_sha256: &request.sha256(),
    };
    let tx = app.db.begin_write("session.sign_in").await?;
    let mut tx = take(app, tx, &entered).await?;
    let public_key = request.proven_key()?;
    account::settle_before_sign_in(app, &mut tx, &phone_hash).await?;
    let person_id = find_person(app, &mut tx, &phone, &phone_hash).await?;
    let is_one = store::person::is_legal_representative(&mut tx, person_id).await?;
    session::enter(request.edition, is_one)
        .map_err(|_| Error::conflict("legal_representative_unknown"))?;
    account::withdraw(app, &mut tx, person_id).await?;
    let tokens = begin(app, &mut tx, person_id, &public_key, request).await?;
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(tokens)
}

async fn find_person(
    app: &App,
    tx: &mut Tx,
    phone: &Phone,
    phone_hash: &[u8; 32],
) -> Result<PersonId> {
    let sealed = personal::seal_phone(app, phone)?;
    Ok(store::person::find_or_insert(tx, app.new_id(), phone_hash, &sealed, app.now()).await?)
}

async fn begin(
    app: &App,
    tx: &mut Tx,
    person_id: PersonId,
    public_key: &[u8],
    request: &SignIn<'_>,
) -> Result<Tokens> {
    let now = app.now();
    let name = request.device_name();
    let device = store::device::SignIn {
        new: app.new_id(),
        person_id,
        public_key,
        name: &name,
        at: now,
    };
    let device_id: DeviceId = store::device::find_or_insert(tx, &device).await?;
    let session = Session {
        id: app.new_id(),
        person_id,
        device_id,
        edition: request.edition,
    };
    store::session::end_of_device(tx, person_id, device_id, now).await?;
    store::session::insert(tx, &session, now).await?;
    let refresh = token::new(app);
    store::session::insert_refresh(tx, session.id, &token::hash(&refresh), now).await?;
    token::hand_out(app, tx, session, refresh, now).await
}

impl SignIn<'_> {
    /// What makes two requests the same: everything that was sent.
    fn sha256(&self) -> [u8; 32] {
        let parts = [
            self.area,
            self.number,
            self.code,
            self.edition.as_str(),
            self.public_key,
            self.device_name,
            self.proof,
        ];
        sha256(parts.join("\0").as_bytes())
    }

    /// The device key, after it has proven that somebody has its other half.
    fn proven_key(&self) -> Result<[u8; 65]> {
        let wrong = || Error::invalid("device_proof_invalid");
        let statement = Statement::Device {
            area: self.area,
            number: self.number,
            code: self.code,
            public_key: self.public_key,
        };
        let statement = statement.to_bytes().map_err(|_| wrong())?;
        let key = Base64Url::decode_array::<65>(self.public_key).map_err(|_| wrong())?;
        let proof = Base64Url::decode_array::<64>(self.proof).map_err(|_| wrong())?;
        device::check_signature(&key, &statement, &proof)?;
        Ok(key)
    }

    fn device_name(&self) -> String {
        let name: String = self
            .device_name
            .chars()
            .filter(|c| !c.is_control())
            .take(DEVICE_NAME_CHARS_MAX)
            .collect();
        name.trim().to_owned()
    }
}
