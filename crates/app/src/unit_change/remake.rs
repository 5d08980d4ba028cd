//! What still carries a former name: it stays as it is, and is made anew by those who want the new name on it.

use domain::id::{SealId, UnitId};
use domain::seal::Kind;

use crate::seal::Listed;
use crate::{App, Result, install, personal};

/// What is to be made anew.
#[derive(Default)]
pub struct Remake {
    /// Certificates.
    pub certificates: Vec<Certificate>,
    /// Seals.
    pub seals: Vec<Seal>,
}

/// A certificate with another name of the unit.
pub struct Certificate {
    /// Whose.
    pub person_name: String,
    /// Of which product.
    pub product: String,
}

/// A seal with another name of the unit.
pub struct Seal {
    /// Id.
    pub seal_id: SealId,
    /// What it is.
    pub kind: Kind,
    /// The name on it.
    pub name: String,
}

/// What carries another name than the unit has now. Voided seals are of the past anyway.
pub(super) async fn remake(app: &App, unit: UnitId) -> Result<Remake> {
    let found = store::unit::get(&app.db, unit).await?;
    let subject = install::unit_subject(&found)?;
    let mut remake = Remake::default();
    for one in store::unit_change::certificates(&app.db, unit).await? {
        if one.subject != subject {
            let name = one.person_name.as_deref();
            remake.certificates.push(Certificate {
                person_name: personal::name_or_empty(app, one.person_id, name)?,
                product: one.product,
            });
        }
    }
    for seal in store::seal::of_unit(&app.db, unit).await? {
        if seal.voided_at.is_some() || seal.kind == Kind::LegalRepresentative {
            continue;
        }
        let listed = Listed::open(app, seal)?;
        if listed.name != found.name {
            remake.seals.push(Seal {
                seal_id: listed.seal.id,
                kind: listed.seal.kind,
                name: listed.name,
            });
        }
    }
    Ok(remake)
}
