//! Cases as operators see them: the work list, who has one at hand, and for whom one is open in clear.

use domain::Instant;
use domain::id::{CaseId, OperatorId};
use domain::review::{CaseKind, CaseState};

use super::{Case, columns, read};
use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::sql;

/// A case with whom it is about and whoever has it at hand: one statement for a page, since it is asked for all day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The case.
    pub case: Case,
    /// The person's name, once proven, as ciphertext.
    pub person_name: Option<Vec<u8>>,
    /// Their number, as ciphertext; empty when the account has ended.
    pub person_phone: Vec<u8>,
    /// The unit's name.
    pub unit_name: Option<String>,
    /// Who had it last, and until when.
    pub held: Option<(OperatorId, Instant)>,
}

/// What is listed.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Only these kinds.
    pub kinds: &'a [CaseKind],
    /// Only this state: open ones oldest first, others newest first.
    pub state: CaseState,
    /// Only those after this one.
    pub after: Option<(Instant, CaseId)>,
    /// This many at most.
    pub most: u32,
}

macro_rules! listed {
    ($order:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", held_by, held_until_us,
            (SELECT p.name FROM person p WHERE p.id = review_case.person_id) AS person_name,
            (SELECT p.phone FROM person p WHERE p.id = review_case.person_id) AS person_phone,
            (SELECT u.name FROM unit u WHERE u.id = review_case.unit_id) AS unit_name
            FROM review_case WHERE state = $1 AND $2 LIKE '%,' || kind || ',%' AND ",
            $order,
            " LIMIT $5"
        )
    };
}

/// A page of the work list.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn list(at: impl Into<Exec<'_>>, query: &Query<'_>) -> Result<Vec<Listed>> {
    // The kinds as one text with commas around each: one statement, however many there are.
    let kinds: String = query
        .kinds
        .iter()
        .map(|kind| format!("{},", kind.as_str()))
        .collect();
    let kinds = format!(",{kinds}");
    let oldest_first = query.state == CaseState::Open;
    let edge = if oldest_first { i64::MIN } else { i64::MAX };
    let (at_us, id) = query.after.map_or((edge, String::new()), |(at, id)| {
        (at.micros(), id.to_string())
    });
    let text = if oldest_first {
        listed!("(opened_us > $3 OR (opened_us = $3 AND id > $4)) ORDER BY opened_us, id")
    } else {
        listed!("(opened_us < $3 OR (opened_us = $3 AND id < $4)) ORDER BY opened_us DESC, id DESC")
    };
    let state = query.state.as_str();
    let rows = sql!(
        "review_case.list",
        text,
        state,
        kinds,
        at_us,
        id,
        query.most
    )
    .all(at)
    .await?;
    let held = |row: &crate::Row| -> Result<_> {
        let by = row.opt_parse("held_by")?;
        Ok(by.zip(row.opt_instant("held_until_us")?))
    };
    rows.iter()
        .map(|row| {
            Ok(Listed {
                case: read(row)?,
                person_name: row.opt_blob("person_name")?,
                person_phone: row.blob("person_phone")?,
                unit_name: row.opt_text("unit_name")?,
                held: held(row)?,
            })
        })
        .collect()
}

/// How many of each kind are open.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn count_open(at: impl Into<Exec<'_>>) -> Result<Vec<(CaseKind, u32)>> {
    let text = "SELECT kind, count(*) AS n FROM review_case WHERE state = 'open' GROUP BY kind ORDER BY kind";
    let rows = sql!("review_case.count_open", text).all(at).await?;
    let kind = |row: &crate::Row| {
        let kind = CaseKind::parse(&row.text("kind")?);
        Ok((
            kind.ok_or_else(|| super::word("kind", "a kind of case"))?,
            row.u32("n")?,
        ))
    };
    rows.iter().map(kind).collect()
}

/// Who had a case last, and until when.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is no such case.
pub async fn holder(at: impl Into<Exec<'_>>, id: CaseId) -> Result<Option<(OperatorId, Instant)>> {
    let text = "SELECT held_by, held_until_us FROM review_case WHERE id = $1";
    let row = sql!("review_case.holder", text, id).one(at).await?;
    let by = row.opt_parse("held_by")?;
    Ok(by.zip(row.opt_instant("held_until_us")?))
}

/// Gives a case into an operator's hand, unless somebody else has it; tells whether it did.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn hold(
    tx: &mut Tx,
    id: CaseId,
    by: OperatorId,
    now: Instant,
    until: Instant,
) -> Result<bool> {
    let text = "UPDATE review_case SET held_by = $2, held_until_us = $4
        WHERE id = $1 AND state = 'open' AND (held_by IS NULL OR held_by = $2 OR held_until_us <= $3)";
    let held = sql!("review_case.hold", text, id, by, now, until)
        .execute(tx)
        .await?;
    Ok(held == 1)
}

/// Opens a case in clear for an operator.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn open_for(tx: &mut Tx, id: CaseId, by: OperatorId, until: Instant) -> Result<()> {
    let text = "INSERT INTO case_opening (case_id, operator_id, until_us) VALUES ($1, $2, $3)
        ON CONFLICT (case_id, operator_id) DO UPDATE SET until_us = $3";
    sql!("case_opening.put", text, id, by, until)
        .execute(tx)
        .await
        .map(|_| ())
}

/// Until when a case is open in clear for an operator, if it is.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn opened_until(
    at: impl Into<Exec<'_>>,
    id: CaseId,
    by: OperatorId,
    now: Instant,
) -> Result<Option<Instant>> {
    let text = "SELECT until_us FROM case_opening WHERE case_id = $1 AND operator_id = $2 AND until_us > $3";
    let row = sql!("case_opening.find", text, id, by, now)
        .optional(at)
        .await?;
    row.map(|row| row.instant("until_us")).transpose()
}
