//! Making an operator: by an administrator, or, for the first one, by whoever has the server.

use domain::id::OperatorId;
use domain::operator::{Duty, OperatorRole, RolesRefused, check_roles};
use store::operator::Operator;
use zeroize::Zeroizing;

use super::acting::Acting;
use super::sign_in::subject;
use super::{name, password};
use crate::audit::{self, Actor};
use crate::{App, Error, Result};

/// A new operator with the password for the first sign-in.
pub struct Made {
    /// Id.
    pub operator_id: OperatorId,
    /// Shown once.
    pub one_time_password: Zeroizing<String>,
}

/// An administrator makes one.
///
/// # Errors
/// `duty_missing`, `operator_name_invalid` `{most}`, `operator_exists`, `operator_roles_missing`, `operator_roles_clash`.
pub async fn make(app: &App, acting: &Acting, name: &str, roles: &[OperatorRole]) -> Result<Made> {
    acting.require(Duty::ManageOperators)?;
    made_by(app, Actor::Operator(acting.operator_id), name, roles).await
}

/// Whoever has the server makes one.
///
/// # Errors
/// As [`make`].
pub async fn make_by_command_line(app: &App, name: &str, roles: &[OperatorRole]) -> Result<Made> {
    made_by(app, Actor::CommandLine, name, roles).await
}

async fn made_by(app: &App, actor: Actor, name: &str, roles: &[OperatorRole]) -> Result<Made> {
    let name = name::parse(name)?;
    let roles = allowed(roles)?;
    let id: OperatorId = app.new_id();
    let one_time_password = password::make(app);
    let new = Operator {
        id,
        name: name::seal(app, id, name)?,
        roles,
        password: password::seal(app, id, &one_time_password).await?,
        password_due: true,
        totp: None,
        totp_step: 0,
        locked: false,
        created_at: app.now(),
        version: 1,
    };
    let mut tx = app.db.begin_write("operator.make").await?;
    if !store::operator::insert_new(&mut tx, &new, &name::hash(app, name)).await? {
        return Err(Error::conflict("operator_exists"));
    }
    let detail = words(&new.roles);
    audit::record(app, &mut tx, actor, "operator.make", &subject(id), &detail).await?;
    tx.commit().await?;
    Ok(Made {
        operator_id: id,
        one_time_password,
    })
}

/// The roles, if one operator may have them together.
pub(super) fn allowed(roles: &[OperatorRole]) -> Result<Vec<OperatorRole>> {
    check_roles(roles).map_err(|refused| match refused {
        RolesRefused::None => Error::invalid("operator_roles_missing"),
        RolesRefused::Clash => Error::invalid("operator_roles_clash"),
    })
}

/// Roles as the audit log has them.
pub(super) fn words(roles: &[OperatorRole]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    words.join(",")
}
