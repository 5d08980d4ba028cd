//! Verified is what the policy says of the evidence; nobody ever sets it (ACC-11).

use domain::id::PersonId;
use domain::policy::EvidenceKind;
use store::Exec;
use zeroize::Zeroizing;

use crate::{App, Error, Result, personal};

/// Where a person stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Nothing is missing.
    pub verified: bool,
    /// What is.
    pub missing: Vec<EvidenceKind>,
}

/// A person whose real name is proven.
pub struct Verified {
    /// The name, as certificates carry it.
    pub name: Zeroizing<String>,
}

/// Asks the policy.
///
/// # Errors
/// When the database fails.
pub async fn standing(app: &App, at: impl Into<Exec<'_>>, person: PersonId) -> Result<Standing> {
    let passed = store::evidence::passed_by_person(at, person).await?;
    let missing = app.settings.policy().person_lacks(&passed);
    Ok(Standing {
        verified: missing.is_empty(),
        missing,
    })
}

/// Goes on only with a verified person.
///
/// # Errors
/// `not_verified`.
pub async fn require_verified(
    app: &App,
    at: impl Into<Exec<'_>>,
    person: PersonId,
) -> Result<Verified> {
    let mut at = at.into();
    let standing = standing(app, at.again(), person).await?;
    let sealed = store::person::get(at, person).await?.name;
    match sealed {
        Some(sealed) if standing.verified => Ok(Verified {
            name: personal::open_name(app, person, &sealed)?,
        }),
        _ => Err(Error::forbidden("not_verified")),
    }
}
