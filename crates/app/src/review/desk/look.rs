//! One case: masked, or in clear for whoever has opened it.

use domain::Instant;
use domain::id::{CaseId, MaterialId, OperatorId};
use domain::review::{CaseKind, CaseState, MaterialRole, is_public, mask};
use store::review::Case;

use super::{find, people};
use crate::operator::{Acting, Names};
use crate::review::Facts;
use crate::review::facts::{open_facts, open_reason};
use crate::{App, Result};

/// Who has a case at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Id.
    pub operator_id: OperatorId,
    /// Name.
    pub name: String,
    /// Until when.
    pub until: Instant,
}

impl Holder {
    pub(super) async fn of(
        app: &App,
        names: &mut Names,
        state: CaseState,
        held: Option<(OperatorId, Instant)>,
    ) -> Result<Option<Self>> {
        let live = held.filter(|(_, until)| state == CaseState::Open && *until > app.now());
        let Some((operator_id, until)) = live else {
            return Ok(None);
        };
        Ok(Some(Self {
            operator_id,
            name: names.of(app, operator_id).await?,
            until,
        }))
    }
}

/// A case as an operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Id.
    pub case_id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// How it stands.
    pub state: CaseState,
    /// The person's proven name.
    pub name: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// Name and USCC of the unit.
    pub unit: Option<(String, String)>,
    /// What was typed.
    pub facts: Facts,
    /// What was handed in: role, file and media type.
    pub materials: Vec<(MaterialRole, MaterialId, String)>,
    /// Since when it waits.
    pub opened_at: Instant,
    /// When it was decided or withdrawn.
    pub decided_at: Option<Instant>,
    /// The name of whoever decided it.
    pub decided_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Until when this operator sees it in clear; nothing: it is masked.
    pub clear_until: Option<Instant>,
    /// Who has it at hand now.
    pub holder: Option<Holder>,
    /// When this was so.
    pub now: Instant,
}

/// Shows one.
///
/// # Errors
/// `case_not_found`, `duty_missing`.
pub async fn look(app: &App, acting: &Acting, id: CaseId) -> Result<Shown> {
    let case = find(&app.db, acting, id).await?;
    let (by, now) = (acting.operator_id, app.now());
    let clear_until = store::review::opened_until(&app.db, id, by, now).await?;
    shown(app, case, clear_until).await
}

pub(super) async fn shown(app: &App, case: Case, clear_until: Option<Instant>) -> Result<Shown> {
    let about = people::about(app, &case, clear_until.is_some()).await?;
    let mut facts = open_facts(app, &case)?;
    if clear_until.is_none() {
        for (name, text) in &mut facts {
            if !is_public(name) {
                *text = mask(text);
            }
        }
    }
    let mut names = Names::default();
    let held = store::review::holder(&app.db, case.id).await?;
    let holder = Holder::of(app, &mut names, case.state, held).await?;
    let decided_by = match case.decided_by {
        Some(by) => Some(names.of(app, by).await?),
        None => None,
    };
    Ok(Shown {
        case_id: case.id,
        kind: case.kind,
        state: case.state,
        name: about.name,
        phone: about.phone,
        unit: about
            .unit
            .map(|unit| (unit.name, unit.registration.number().to_owned())),
        facts,
        materials: materials(app, case.id).await?,
        opened_at: case.opened_at,
        decided_at: case.decided_at,
        decided_by,
        reason: open_reason(app, &case)?,
        clear_until,
        holder,
        now: app.now(),
    })
}

async fn materials(app: &App, id: CaseId) -> Result<Vec<(MaterialRole, MaterialId, String)>> {
    let mut all = Vec::new();
    for (role, id) in store::review::materials(&app.db, id).await? {
        if let Some(material) = store::material::find(&app.db, id).await? {
            all.push((role, id, material.media_type));
        }
    }
    Ok(all)
}
