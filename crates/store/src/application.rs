//! Applications: what somebody asks of a unit's administrators. How they may be decided is `domain::application`'s to say.

use domain::application::{Asked, Kind, State};
use domain::id::{ApplicationId, PersonId, ProductId, UnitId};
use domain::{Instant, seal};

use crate::{Error, Exec, Result, Row, Tx, sql};

/// Most that one list shows.
pub const LIST_MAX: u32 = 200;

/// An application. Reasons are ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// To which unit.
    pub unit_id: UnitId,
    /// What is asked.
    pub asked: Asked,
    /// Who asks.
    pub applicant_id: PersonId,
    /// Why.
    pub reason: Vec<u8>,
    /// How it stands.
    pub state: State,
    /// When it was asked.
    pub created_at: Instant,
    /// When it was decided or lapsed.
    pub decided_at: Option<Instant>,
    /// Why it was decided so.
    pub decision_reason: Option<Vec<u8>>,
}

impl Application {
    /// Who is to come in, to go, or to have what is asked for.
    #[must_use]
    pub const fn subject_id(&self) -> PersonId {
        match self.asked {
            Asked::Removal(of) => of,
            Asked::Join | Asked::Certificate(_) | Asked::Seal { .. } => self.applicant_id,
        }
    }
}

/// A person as lists name them, ciphertext.
pub struct Named {
    /// The name, once it is proven.
    pub name: Option<Vec<u8>>,
    /// The number.
    pub phone: Vec<u8>,
}

/// What a certificate or a seal that is asked for is called.
pub struct About {
    /// The product's name and who sells it.
    pub product: Option<(String, String)>,
    /// The seal's kind.
    pub seal: Option<seal::Kind>,
}

/// An application that waits, with the people in it.
pub struct Waiting {
    /// The application.
    pub application: Application,
    /// Who asks.
    pub applicant: Named,
    /// Whom it concerns, see [`Application::subject_id`].
    pub subject: Named,
    /// What is asked for.
    pub about: About,
}

/// An application of one's own.
pub struct Own {
    /// The application.
    pub application: Application,
    /// The unit's name.
    pub unit_name: String,
    /// The unit's code, or its registration number elsewhere.
    pub uscc: String,
    /// Who is named.
    pub subject: Named,
    /// What is asked for.
    pub about: About,
}

macro_rules! columns {
    () => {
        "a.id, a.unit_id, a.kind, a.applicant_id, a.subject_id, a.product_id, a.seal_id, a.until_us, a.reason, a.state, a.created_us, a.decided_us, a.decision_reason"
    };
}

macro_rules! about_columns {
    () => {
        "t.name AS product_name, t.brand AS product_brand, l.kind AS seal_kind"
    };
}

macro_rules! about_joins {
    () => {
        "LEFT JOIN product t ON t.id = a.product_id LEFT JOIN seal l ON l.id = a.seal_id"
    };
}

/// Writes a new one unless the same is being asked already; tells whether it did.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(tx: &mut Tx, new: &Application) -> Result<bool> {
    // Nothing is raised on a conflict, since PostgreSQL would give up the transaction.
    let text = "INSERT INTO application (id, unit_id, kind, applicant_id, subject_id, product_id, seal_id, until_us, reason, state, created_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10) ON CONFLICT DO NOTHING";
    let (product, seal, until) = match new.asked {
        Asked::Join | Asked::Removal(_) => (None, None, None),
        Asked::Certificate(product) => (Some(product), None, None),
        Asked::Seal { seal, until } => (None, Some(seal), Some(until)),
    };
    let query = sql!(
        "application.insert",
        text,
        new.id,
        new.unit_id,
        new.asked.kind().as_str(),
        new.applicant_id,
        new.subject_id(),
        product,
        seal,
        until,
        &new.reason,
        new.created_at
    );
    Ok(query.execute(tx).await? == 1)
}

/// One by id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: ApplicationId) -> Result<Option<Application>> {
    let text = concat!("SELECT ", columns!(), " FROM application a WHERE a.id = $1");
    let row = sql!("application.find", text, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// A person's wish to come in that waits for a decision.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_join(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
) -> Result<Option<Application>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM application a WHERE a.unit_id = $1 AND a.kind = 'join' AND a.subject_id = $2 AND a.state = 'pending'"
    );
    let row = sql!("application.find_join", text, unit, person)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// What waits for a unit's administrators, oldest first.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn waiting(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Vec<Waiting>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        ", ",
        about_columns!(),
        ", p.name AS applicant_name, p.phone AS applicant_phone, s.name AS subject_name, s.phone AS subject_phone
        FROM application a JOIN person p ON p.id = a.applicant_id JOIN person s ON s.id = a.subject_id ",
        about_joins!(),
        " WHERE a.unit_id = $1 AND a.state = 'pending' ORDER BY a.created_us, a.id LIMIT $2"
    );
    let read_waiting = |row: &Row| {
        Ok(Waiting {
            application: read(row)?,
            applicant: Named {
                name: row.opt_blob("applicant_name")?,
                phone: row.blob("applicant_phone")?,
            },
            subject: Named {
                name: row.opt_blob("subject_name")?,
                phone: row.blob("subject_phone")?,
            },
            about: read_about(row)?,
        })
    };
    sql!("application.waiting", text, unit, LIST_MAX)
        .all(at)
        .await?
        .iter()
        .map(read_waiting)
        .collect()
}

/// The products for which a member has asked, and nobody has decided.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn products_asked(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
) -> Result<Vec<ProductId>> {
    let text = "SELECT product_id FROM application
        WHERE unit_id = $1 AND kind = 'certificate' AND subject_id = $2 AND state = 'pending' ORDER BY product_id";
    let rows = sql!("application.products_asked", text, unit, person)
        .all(at)
        .await?;
    rows.iter().map(|row| row.parse("product_id")).collect()
}

/// How many wait for a unit's administrators.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn count_waiting(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<u32> {
    let text = "SELECT count(*) AS n FROM application WHERE unit_id = $1 AND state = 'pending'";
    sql!("application.count_waiting", text, unit)
        .one(at)
        .await?
        .u32("n")
}

/// How many of a person's wait, at whatever units.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn count_pending_of(at: impl Into<Exec<'_>>, person: PersonId) -> Result<u32> {
    let text =
        "SELECT count(*) AS n FROM application WHERE applicant_id = $1 AND state = 'pending'";
    sql!("application.count_pending_of", text, person)
        .one(at)
        .await?
        .u32("n")
}

/// What a person has asked for, newest first.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn of_person(at: impl Into<Exec<'_>>, person: PersonId) -> Result<Vec<Own>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        ", ",
        about_columns!(),
        ", u.name AS unit_name, coalesce(u.uscc, u.registration_number) AS uscc, s.name AS subject_name, s.phone AS subject_phone
        FROM application a JOIN unit u ON u.id = a.unit_id JOIN person s ON s.id = a.subject_id ",
        about_joins!(),
        " WHERE a.applicant_id = $1 ORDER BY a.created_us DESC, a.id DESC LIMIT $2"
    );
    let read_own = |row: &Row| {
        Ok(Own {
            application: read(row)?,
            unit_name: row.text("unit_name")?,
            uscc: row.text("uscc")?,
            subject: Named {
                name: row.opt_blob("subject_name")?,
                phone: row.blob("subject_phone")?,
            },
            about: read_about(row)?,
        })
    };
    sql!("application.of_person", text, person, LIST_MAX)
        .all(at)
        .await?
        .iter()
        .map(read_own)
        .collect()
}

/// Writes the decision on one that waits.
///
/// # Errors
/// [`Error::Conflict`] when it was decided before.
pub async fn decide(
    tx: &mut Tx,
    id: ApplicationId,
    state: State,
    by: PersonId,
    reason: Option<Vec<u8>>,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE application SET state = $2, decided_by = $3, decision_reason = $4, decided_us = $5, version = version + 1
        WHERE id = $1 AND state = 'pending'";
    sql!(
        "application.decide",
        text,
        id,
        state.as_str(),
        by,
        reason,
        now
    )
    .execute_one(tx)
    .await
}

/// Somebody has gone: requests that they be removed, and all that they asked for as a member, have become pointless. Answers
/// who made them.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lapse_of(
    tx: &mut Tx,
    unit: UnitId,
    person: PersonId,
    now: Instant,
) -> Result<Vec<PersonId>> {
    let text = "UPDATE application SET state = 'lapsed', decided_us = $3, version = version + 1
        WHERE unit_id = $1 AND state = 'pending' AND kind <> 'join' AND (subject_id = $2 OR applicant_id = $2) RETURNING applicant_id";
    let query = sql!("application.lapse_of", text, unit, person, now);
    applicants(&query.all(tx).await?)
}

/// Somebody has become administrator: members' requests cannot name them any more, and they need no grants. Answers who made
/// the requests.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lapse_about(
    tx: &mut Tx,
    unit: UnitId,
    person: PersonId,
    now: Instant,
) -> Result<Vec<PersonId>> {
    let text = "UPDATE application SET state = 'lapsed', decided_us = $3, version = version + 1
        WHERE unit_id = $1 AND state = 'pending' AND kind <> 'join' AND subject_id = $2 RETURNING applicant_id";
    let query = sql!("application.lapse_about", text, unit, person, now);
    applicants(&query.all(tx).await?)
}

fn applicants(rows: &[Row]) -> Result<Vec<PersonId>> {
    rows.iter().map(|row| row.parse("applicant_id")).collect()
}

fn read(row: &Row) -> Result<Application> {
    let word = |column: &'static str, expected| Error::Column {
        column: column.to_owned(),
        expected,
    };
    let asked = match Kind::parse(&row.text("kind")?).ok_or_else(|| word("kind", "a kind"))? {
        Kind::Join => Asked::Join,
        Kind::Removal => Asked::Removal(row.parse("subject_id")?),
        Kind::Certificate => Asked::Certificate(row.parse("product_id")?),
        Kind::Seal => Asked::Seal {
            seal: row.parse("seal_id")?,
            until: row.instant("until_us")?,
        },
    };
    Ok(Application {
        id: row.parse("id")?,
        unit_id: row.parse("unit_id")?,
        asked,
        applicant_id: row.parse("applicant_id")?,
        reason: row.blob("reason")?,
        state: State::parse(&row.text("state")?).ok_or_else(|| word("state", "a state"))?,
        created_at: row.instant("created_us")?,
        decided_at: row.opt_instant("decided_us")?,
        decision_reason: row.opt_blob("decision_reason")?,
    })
}

fn read_about(row: &Row) -> Result<About> {
    let (name, brand) = (
        row.opt_text("product_name")?,
        row.opt_text("product_brand")?,
    );
    let kind = row.opt_text("seal_kind")?;
    Ok(About {
        product: name.zip(brand),
        seal: kind.as_deref().and_then(seal::Kind::parse),
    })
}
