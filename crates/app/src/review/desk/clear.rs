//! Opening a case in clear: with a reason, and each opening and each file in the audit log (IDV-5).

use domain::application::REASON_CHARS_MAX;
use domain::id::{CaseId, MaterialId};
use domain::review::OPEN_US;

use super::find;
use super::look::{Shown, shown};
use crate::audit::{self, Actor};
use crate::operator::Acting;
use crate::text::line;
use crate::{App, Error, Result, material};

/// Opens what was typed and handed in for this operator, and takes the case into their hand unless somebody else has it.
///
/// # Errors
/// `case_not_found`, `duty_missing`, `reason_invalid` `{most}`.
pub async fn open_in_clear(app: &App, acting: &Acting, id: CaseId, reason: &str) -> Result<Shown> {
    let invalid = || Error::invalid("reason_invalid").with("most", REASON_CHARS_MAX);
    let reason = line(reason, 1, REASON_CHARS_MAX).ok_or_else(invalid)?;
    let (by, now) = (acting.operator_id, app.now());
    let until = now.plus_micros(OPEN_US);
    let mut tx = app.db.begin_write("case.open_in_clear").await?;
    let case = find(&mut tx, acting, id).await?;
    store::review::open_for(&mut tx, id, by, until).await?;
    store::review::hold(&mut tx, id, by, now, until).await?;
    let (actor, subject) = (Actor::Operator(by), format!("case:{id}"));
    audit::record(app, &mut tx, actor, "case.open", &subject, reason).await?;
    tx.commit().await?;
    shown(app, case, Some(until)).await
}

/// A file of a case that the operator has opened, with its media type.
///
/// # Errors
/// `case_not_found`, `duty_missing`, `case_not_opened`, `material_not_found`.
pub async fn file(
    app: &App,
    acting: &Acting,
    id: CaseId,
    material_id: MaterialId,
) -> Result<(String, Vec<u8>)> {
    let (by, now) = (acting.operator_id, app.now());
    let mut tx = app.db.begin_write("case.file").await?;
    find(&mut tx, acting, id).await?;
    if store::review::opened_until(&mut tx, id, by, now)
        .await?
        .is_none()
    {
        return Err(Error::forbidden("case_not_opened"));
    }
    let missing = || Error::not_found("material_not_found");
    let of_case = store::review::materials(&mut tx, id).await?;
    let role = of_case.iter().find(|(_, one)| *one == material_id);
    let (role, _) = role.ok_or_else(missing)?;
    let found = store::material::find(&mut tx, material_id).await?;
    let found = found.ok_or_else(missing)?;
    // The entry first: nobody sees a file of which the log knows nothing.
    let (actor, subject) = (Actor::Operator(by), format!("case:{id}"));
    audit::record(app, &mut tx, actor, "case.file", &subject, role.as_str()).await?;
    tx.commit().await?;
    let bytes = material::open(app, &found).await?;
    Ok((found.media_type, bytes))
}
