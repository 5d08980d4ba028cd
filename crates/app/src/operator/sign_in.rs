//! Signing in, step by step: the password, a new one if somebody else made it, the second factor's enrolment or its code.
//! Between the steps a ticket stands for what was proven; only the last step begins a session.

use domain::id::OperatorId;
use domain::operator::{TICKET_US, check_password};
use domain::time::HOUR_US;
use protocol::sha256;
use store::operator::{Operator, Ticket};
use zeroize::Zeroizing;

use super::session::{self, Tokens};
use super::tries::{self, Of};
use super::{name, password, totp};
use crate::audit::{self, Actor};
use crate::{App, Error, Result, limit};

const TOTP: &str = "operator.totp";
/// Sign-ins of one address within an hour.
const PER_ADDRESS_MAX: i64 = 100;
/// In a sandbox everybody comes from the same machine.
const PER_ADDRESS_SANDBOX_MAX: i64 = 20_000;
const TICKET_CHARS_MAX: usize = 128;

/// What an operator has to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Choose a password.
    NewPassword,
    /// Put this secret into an authenticator, and type its code.
    Enrol {
        /// As people type it.
        secret: String,
        /// As an authenticator reads it.
        uri: String,
    },
    /// Type the code.
    Code,
}

/// What was proven so far, and what comes next.
pub struct Step {
    /// Stands for it.
    pub ticket: Zeroizing<String>,
    /// What comes next.
    pub next: Next,
}

/// Proves the password. A name that nobody has and a wrong password look the same and take as long.
///
/// # Errors
/// `operator_refused`, `operator_tries_exceeded` `{retry_after_s}`, `rate_limited`.
pub async fn begin(app: &App, address: &str, name: &str, typed: &str) -> Result<Step> {
    let production = app.settings.production;
    let most = [PER_ADDRESS_SANDBOX_MAX, PER_ADDRESS_MAX][usize::from(production)];
    limit::check(app, "operator_sign_in", address.as_bytes(), HOUR_US, most).await?;
    let refused = || Error::unauthenticated("operator_refused");
    let hash = name::hash(app, name::parse(name).map_err(|_| refused())?);
    let last = tries::count(app, Of::Password, &hash).await?;
    let found = store::operator::find_by_name(&app.db, &hash).await?;
    let of = found.as_ref().map(|one| (one.id, one.password.as_slice()));
    let right = password::is_right(app, of, typed).await?;
    match found.as_ref().filter(|one| right && !one.locked) {
        Some(operator) => {
            tries::forget(app, Of::Password, &hash).await?;
            hand_out(app, operator).await
        }
        None => {
            if last {
                note_lock(app, of.map(|(id, _)| id)).await?;
            }
            Err(refused())
        }
    }
}

/// The first password that nobody else knows.
///
/// # Errors
/// `operator_ticket_invalid`, `operator_password_weak` `{least}`, `operator_password_same`.
pub async fn choose_password(app: &App, ticket: &str, new: &str) -> Result<Step> {
    let (hash, found) = find(app, ticket).await?;
    let operator = load(app, found.operator_id).await?;
    if !operator.password_due {
        return Err(Error::conflict("operator_ticket_invalid"));
    }
    let sealed = chosen(app, &operator, new).await?;
    let mut tx = app.db.begin_write("operator.choose_password").await?;
    let mut operator = lock(&mut tx, operator.id).await?;
    operator.password = sealed;
    operator.password_due = false;
    store::operator::update(&mut tx, &operator).await?;
    store::operator::drop_ticket(&mut tx, &hash).await?;
    let actor = Actor::Operator(operator.id);
    audit::record(
        app,
        &mut tx,
        actor,
        "operator.password",
        &subject(operator.id),
        "",
    )
    .await?;
    tx.commit().await?;
    hand_out(app, &operator).await
}

/// Judges and seals a password that is to follow the present one.
pub(super) async fn chosen(app: &App, operator: &Operator, new: &str) -> Result<Vec<u8>> {
    check_password(&name::open(app, operator)?, new).map_err(|_| {
        Error::invalid("operator_password_weak").with("least", domain::operator::PASSWORD_CHARS_MIN)
    })?;
    if password::is_right(app, Some((operator.id, &operator.password)), new).await? {
        return Err(Error::invalid("operator_password_same"));
    }
    password::seal(app, operator.id, new).await
}

/// Proves the second factor, enrolling it at the first time, and begins a session.
///
/// # Errors
/// `operator_ticket_invalid`, `operator_code_wrong`, `operator_tries_exceeded` `{retry_after_s}`.
pub async fn finish(app: &App, ticket: &str, typed: &str) -> Result<Tokens> {
    let (hash, found) = find(app, ticket).await?;
    let last = tries::count(app, Of::Code, found.operator_id.as_bytes()).await?;
    let mut tx = app.db.begin_write("operator.sign_in").await?;
    let mut operator = lock(&mut tx, found.operator_id).await?;
    if operator.locked || operator.password_due {
        return Err(ticket_invalid());
    }
    // A secret that is enrolled counts, whatever an older ticket offers.
    let enrols = operator.totp.is_none();
    let sealed = operator
        .totp
        .clone()
        .or(found.totp)
        .ok_or_else(ticket_invalid)?;
    let secret = app.vault.unwrap(TOTP, operator.id.as_bytes(), &sealed)?;
    let Some(step) = totp::step_of(&secret, typed, operator.totp_step, app.now()) else {
        drop(tx);
        if last {
            note_lock(app, Some(found.operator_id)).await?;
        }
        return Err(Error::invalid("operator_code_wrong"));
    };
    operator.totp = Some(sealed);
    operator.totp_step = step;
    store::operator::update(&mut tx, &operator).await?;
    store::operator::drop_ticket(&mut tx, &hash).await?;
    let tokens = session::start(app, &mut tx, &operator).await?;
    let act = if enrols {
        "operator.enrol"
    } else {
        "operator.sign_in"
    };
    let actor = Actor::Operator(operator.id);
    audit::record(app, &mut tx, actor, act, &subject(operator.id), "").await?;
    tx.commit().await?;
    tries::forget(app, Of::Code, operator.id.as_bytes()).await?;
    Ok(tokens)
}

/// How the audit log names an operator.
pub(super) fn subject(id: OperatorId) -> String {
    format!("operator:{id}")
}

async fn note_lock(app: &App, id: Option<OperatorId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let mut tx = app.db.begin_write("operator.tries_exceeded").await?;
    let act = "operator.tries_exceeded";
    audit::record(app, &mut tx, Actor::Operator(id), act, &subject(id), "").await?;
    Ok(tx.commit().await?)
}

async fn hand_out(app: &App, operator: &Operator) -> Result<Step> {
    let ticket = session::new_token(app);
    let (mut totp, mut next) = (None, Next::Code);
    if operator.password_due {
        next = Next::NewPassword;
    } else if operator.totp.is_none() {
        let secret = Zeroizing::new(app.random_bytes::<{ totp::SECRET_BYTES }>());
        let sealed = app
            .vault
            .wrap(TOTP, operator.id.as_bytes(), secret.as_ref())?;
        totp = Some(sealed);
        next = Next::Enrol {
            secret: totp::base32(secret.as_ref()),
            uri: totp::uri(&name::open(app, operator)?, secret.as_ref()),
        };
    }
    let new = Ticket {
        operator_id: operator.id,
        totp,
        expires_at: app.now().plus_micros(TICKET_US),
    };
    store::operator::put_ticket(&app.db, &sha256(ticket.as_bytes()), &new).await?;
    Ok(Step { ticket, next })
}

async fn find(app: &App, ticket: &str) -> Result<([u8; 32], Ticket)> {
    if ticket.len() > TICKET_CHARS_MAX {
        return Err(ticket_invalid());
    }
    let hash = sha256(ticket.as_bytes());
    let found = store::operator::find_ticket(&app.db, &hash, app.now()).await?;
    Ok((hash, found.ok_or_else(ticket_invalid)?))
}

async fn load(app: &App, id: OperatorId) -> Result<Operator> {
    let found = store::operator::find(&app.db, id).await?;
    found.ok_or_else(ticket_invalid)
}

async fn lock(tx: &mut store::Tx, id: OperatorId) -> Result<Operator> {
    store::operator::lock(tx, id)
        .await?
        .ok_or_else(ticket_invalid)
}

fn ticket_invalid() -> Error {
    Error::conflict("operator_ticket_invalid")
}
