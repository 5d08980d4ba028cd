//! A unit comes to be, in the transaction of whatever permits it.

use domain::id::{MaterialId, PersonId, UnitId};
use domain::review::MaterialRole;
use domain::unit::{self, Role};
use store::Tx;
use store::evidence::{Passed, Subject};
use store::unit::Registration;

use crate::{App, Error, Result, personal};

/// Unit codes are drawn from nine thousand million; this many collisions in a row do not happen.
const CODE_DRAWS_MAX: usize = 4;
pub(super) const REPRESENTATIVE: &str = "unit.legal_representative_name";
/// The word for an operator in evidence.
pub(super) const OPERATOR: &str = "operator";

/// Who a unit's register names.
pub(super) enum Representative<'a> {
    /// Whoever registers it.
    Founder,
    /// Somebody with this document, who may have no account.
    Other {
        /// The number of their document.
        number: &'a str,
    },
}

/// A unit about to be there.
pub(super) struct Founding<'a> {
    /// Its number in the register.
    pub registration: Registration,
    /// Its name.
    pub name: &'a str,
    /// Whoever registers it, and administers it from now on.
    pub founder: PersonId,
    /// The legal representative.
    pub representative: Representative<'a>,
    /// Their name.
    pub representative_name: &'a str,
    /// What was handed in and holds from now on.
    pub materials: &'a [(MaterialRole, MaterialId)],
}

/// Makes it, with whoever registers it as administrator: by right when they are the legal representative.
///
/// # Errors
/// `unit_exists` `{unit_name}`.
pub(super) async fn found(
    app: &App,
    tx: &mut Tx,
    founding: &Founding<'_>,
) -> Result<(UnitId, String)> {
    let own = store::person::get(&mut *tx, founding.founder).await?;
    let hash = match founding.representative {
        Representative::Founder => None,
        Representative::Other { number } => Some(personal::id_number_hash(app, number)),
    };
    // An administrator whose own document is the legal representative's is the legal representative.
    let by_right = hash.is_none_or(|hash| own.id_number_hash.as_deref() == Some(&hash));
    let (id, unit_code) = insert(app, tx, founding, hash.filter(|_| !by_right)).await?;
    store::unit::insert_membership(
        tx,
        app.new_id(),
        id,
        founding.founder,
        Role::Administrator,
        by_right,
        app.now(),
    )
    .await?;
    for (role, material) in founding.materials {
        store::unit_material::put(tx, id, *role, *material, app.now()).await?;
    }
    Ok((id, unit_code))
}

async fn insert(
    app: &App,
    tx: &mut Tx,
    founding: &Founding<'_>,
    hash: Option<[u8; 32]>,
) -> Result<(UnitId, String)> {
    let id: UnitId = app.new_id();
    let name = founding.representative_name;
    let representative = app.vault.wrap_text(REPRESENTATIVE, id.as_bytes(), name)?;
    for _ in 0..CODE_DRAWS_MAX {
        let unit_code = unit::unit_code(u64::from_le_bytes(app.random_bytes()));
        let new = store::unit::NewUnit {
            id,
            registration: founding.registration.clone(),
            name: founding.name,
            unit_code: &unit_code,
            legal_representative_id: hash.is_none().then_some(founding.founder),
            legal_representative_name: &representative,
            legal_representative_hash: hash,
            at: app.now(),
        };
        if store::unit::insert(tx, &new).await? {
            return Ok((id, unit_code));
        }
        refuse_existing(tx, &founding.registration).await?;
    }
    Err(Error::internal("no unit code is free"))
}

/// # Errors
/// `unit_exists` `{unit_name}`.
pub(super) async fn refuse_existing(tx: &mut Tx, registration: &Registration) -> Result<()> {
    match store::unit::find_registered(tx, registration).await? {
        Some(unit) => Err(Error::conflict("unit_exists").with("unit_name", unit.name)),
        None => Ok(()),
    }
}

/// Writes evidence that was found in one step, and lets whoever looks at the unit look again.
pub(super) async fn prove(
    app: &App,
    tx: &mut Tx,
    unit: UnitId,
    kind: domain::policy::EvidenceKind,
    provider: &str,
    on: &str,
) -> Result<()> {
    let id = app.new_id::<domain::id::EvidenceId>();
    let material = app
        .vault
        .wrap_text("evidence.material", id.as_bytes(), on)?;
    let found = Passed {
        id,
        subject: Subject::Unit(unit),
        kind,
        provider,
        at: app.now(),
        material: &material,
    };
    store::evidence::insert_passed(tx, &found).await?;
    Ok(store::unit::touch(tx, unit).await?)
}
