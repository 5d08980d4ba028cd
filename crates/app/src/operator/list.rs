//! Who is an operator.

use domain::Instant;
use domain::id::OperatorId;
use domain::operator::{Duty, OperatorRole};

use super::acting::Acting;
use super::name;
use crate::{App, Result};

/// Operators of one deployment.
pub(super) const MOST: u32 = 1000;

/// One as administrators see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Id.
    pub operator_id: OperatorId,
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<OperatorRole>,
    /// Kept out.
    pub locked: bool,
    /// The one-time password was not used yet.
    pub password_due: bool,
    /// The second factor is there.
    pub enrolled: bool,
    /// When made.
    pub created_at: Instant,
}

/// All of them, in the order of their making.
///
/// # Errors
/// `duty_missing`.
pub async fn list(app: &App, acting: &Acting) -> Result<Vec<Item>> {
    acting.require(Duty::ManageOperators)?;
    let mut items = Vec::new();
    for one in store::operator::all(&app.db, MOST).await? {
        items.push(Item {
            operator_id: one.id,
            name: name::open(app, &one)?,
            roles: one.roles,
            locked: one.locked,
            password_due: one.password_due,
            enrolled: one.totp.is_some(),
            created_at: one.created_at,
        });
    }
    Ok(items)
}
