//! What administrators do to operators, and operators to their own password.

use domain::id::OperatorId;
use domain::operator::{Duty, OperatorRole, administers};
use store::Tx;
use store::operator::Operator;
use zeroize::Zeroizing;

use super::acting::{Acting, SignedIn};
use super::sign_in::{chosen, subject};
use super::tries::{self, Of};
use super::{list, make, password};
use crate::audit::{self, Actor};
use crate::{App, Error, Result};

/// What is done to an operator. Each but the unlocking ends their sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Other roles.
    Roles(Vec<OperatorRole>),
    /// Keep out.
    Lock,
    /// Let in again.
    Unlock,
    /// End all sessions.
    EndSessions,
    /// The second factor is lost: it is enrolled anew at the next sign-in.
    ResetSecondFactor,
    /// The password is forgotten: a new one-time password.
    ResetPassword,
}

impl Change {
    const fn act(&self) -> &'static str {
        match self {
            Self::Roles(_) => "operator.roles",
            Self::Lock => "operator.lock",
            Self::Unlock => "operator.unlock",
            Self::EndSessions => "operator.end_sessions",
            Self::ResetSecondFactor => "operator.reset_second_factor",
            Self::ResetPassword => "operator.reset_password",
        }
    }
}

/// Does it. A reset password is answered, once.
///
/// # Errors
/// `duty_missing`, `operator_not_found`, `operator_is_self` (nobody frees or demotes themselves), `operator_last` when
/// nobody would be left who administers, `operator_roles_missing`, `operator_roles_clash`.
pub async fn change(
    app: &App,
    acting: &Acting,
    id: OperatorId,
    change: &Change,
) -> Result<Option<Zeroizing<String>>> {
    acting.require(Duty::ManageOperators)?;
    if acting.operator_id == id && *change != Change::EndSessions {
        return Err(Error::conflict("operator_is_self"));
    }
    let made = matches!(change, Change::ResetPassword).then(|| password::make(app));
    let sealed = match &made {
        Some(made) => Some(password::seal(app, id, made).await?),
        None => None,
    };
    let mut tx = app.db.begin_write("operator.change").await?;
    let before = store::operator::lock_all(&mut tx, list::MOST).await?;
    let found = before.iter().find(|one| one.id == id);
    let mut operator = found
        .cloned()
        .ok_or_else(|| Error::not_found("operator_not_found"))?;
    apply(&mut operator, change, sealed)?;
    let others = before.iter().filter(|one| one.id != id);
    let left = others
        .chain([&operator])
        .any(|one| administers(&one.roles, one.locked));
    if !left {
        return Err(Error::conflict("operator_last"));
    }
    store::operator::update(&mut tx, &operator).await?;
    write(app, &mut tx, acting, &operator, change).await?;
    tx.commit().await?;
    Ok(made)
}

fn apply(operator: &mut Operator, change: &Change, sealed: Option<Vec<u8>>) -> Result<()> {
    match change {
        Change::Roles(roles) => operator.roles = make::allowed(roles)?,
        Change::Lock => operator.locked = true,
        Change::Unlock => operator.locked = false,
        Change::EndSessions => {}
        Change::ResetSecondFactor => operator.totp = None,
        Change::ResetPassword => {
            operator.password = sealed.unwrap_or_default();
            operator.password_due = true;
        }
    }
    Ok(())
}

async fn write(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    operator: &Operator,
    change: &Change,
) -> Result<()> {
    let mut detail = String::new();
    if *change != Change::Unlock {
        let (why, now) = (change.act(), app.now());
        store::operator::end_all(tx, operator.id, None, why, now).await?;
    }
    if let Change::Roles(_) = change {
        detail = make::words(&operator.roles);
    }
    let actor = Actor::Operator(acting.operator_id);
    audit::record(app, tx, actor, change.act(), &subject(operator.id), &detail).await
}

/// An operator changes their own password; their other sessions end.
///
/// # Errors
/// `operator_password_wrong`, `operator_tries_exceeded`, `operator_password_weak` `{least}`,
/// `operator_password_same`.
pub async fn change_own_password(
    app: &App,
    signed: &SignedIn,
    present: &str,
    new: &str,
) -> Result<()> {
    let id = signed.acting.operator_id;
    let missing = || Error::unauthenticated("unauthenticated");
    let operator = store::operator::find(&app.db, id).await?;
    let operator = operator.ok_or_else(missing)?;
    tries::count(app, Of::Password, id.as_bytes()).await?;
    if !password::is_right(app, Some((id, &operator.password)), present).await? {
        return Err(Error::invalid("operator_password_wrong"));
    }
    tries::forget(app, Of::Password, id.as_bytes()).await?;
    let sealed = chosen(app, &operator, new).await?;
    let mut tx = app.db.begin_write("operator.password").await?;
    let operator = Operator {
        password: sealed,
        ..operator
    };
    // The version of before the hashing: whoever reset the password meanwhile was faster.
    store::operator::update(&mut tx, &operator).await?;
    let but = Some(signed.session_id);
    store::operator::end_all(&mut tx, id, but, "password_changed", app.now()).await?;
    let actor = Actor::Operator(id);
    audit::record(app, &mut tx, actor, "operator.password", &subject(id), "").await?;
    Ok(tx.commit().await?)
}
