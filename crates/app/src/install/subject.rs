//! The name in a certificate: C, O (unit), organizationIdentifier (USCC), CN (person or unit).

use gm_pki::name::Subject;
use store::Exec;
use store::holding::Holding;
use store::unit::{Registration, Unit};

use crate::{App, Error, Result, person};

/// Attributes are at most this long (RFC 5280 appendix A, ub-common-name); longer names are cut.
const CHARACTERS_MAX: usize = 64;

/// DER Name of a holding's certificate.
///
/// # Errors
/// `not_verified` when the person's real name is not proven.
pub(super) async fn subject(app: &App, at: &mut Exec<'_>, holding: &Holding) -> Result<Vec<u8>> {
    let verified = person::require_verified(app, at.again(), holding.person_id).await?;
    let subject = match holding.unit_id {
        None => Subject {
            country: Some("CN".to_owned()),
            common_name: Some(cut(&verified.name)),
            ..Subject::default()
        },
        Some(id) => {
            let unit = store::unit::get(at.again(), id).await?;
            return unit_subject(&unit);
        }
    };
    subject.to_der().map_err(Error::internal)
}

/// DER Name of a unit's certificates.
///
/// # Errors
/// When the name cannot be written so.
pub(crate) fn unit_subject(unit: &Unit) -> Result<Vec<u8>> {
    // Platforms know a unit without a code of the register by its unit code (UNIT-12).
    let identifier = match &unit.registration {
        Registration::Uscc(uscc) => uscc,
        Registration::Elsewhere { .. } => &unit.unit_code,
    };
    let subject = Subject {
        country: Some(unit.registration.country().to_owned()),
        organization: Some(cut(&unit.name)),
        organization_identifier: Some(identifier.clone()),
        common_name: Some(cut(&unit.name)),
        ..Subject::default()
    };
    subject.to_der().map_err(Error::internal)
}

fn cut(name: &str) -> String {
    name.chars().take(CHARACTERS_MAX).collect()
}
