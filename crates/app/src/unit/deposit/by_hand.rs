//! A bank that cannot be found (UNIT-9): the finance department of whoever runs the service makes the transfer by hand, is
//! told the amount, and says whether it was right.

use domain::deposit::account;
use domain::id::{CaseId, UnitId};
use domain::policy::EvidenceKind;
use domain::review::{CaseKind, CaseState};
use store::Tx;
use store::review::Case;

use super::super::create::{OPERATOR, prove};
use super::super::standing::{missing, require_administrator};
use super::ask::require_due;
use crate::operator::Acting;
use crate::review::{self, Facts, NewCase, Told};
use crate::text::line;
use crate::{App, Caller, Error, Result, feed};

const BANK_CHARS_MAX: usize = 100;

/// Where the money is to go, as typed.
pub struct ByHand<'a> {
    /// Bank and branch, in the person's words.
    pub bank: &'a str,
    /// The account's number.
    pub account: &'a str,
}

/// Hands the deposit to an operator.
///
/// # Errors
/// `not_administrator`, `bank_invalid`, `account_invalid`, `deposit_not_due`, `deposit_open`, `review_open`.
pub async fn ask_by_hand(
    app: &App,
    caller: &Caller,
    unit_id: UnitId,
    new: &ByHand<'_>,
) -> Result<CaseId> {
    let person_id = caller.person_id;
    let unit = require_administrator(&app.db, person_id, unit_id).await?;
    let bank = line(new.bank, 2, BANK_CHARS_MAX).ok_or_else(|| Error::invalid("bank_invalid"))?;
    let account = account(new.account).ok_or_else(|| Error::invalid("account_invalid"))?;
    let facts: Facts = [
        ("name", unit.name.as_str()),
        ("uscc", unit.registration.number()),
        ("bank", bank),
        ("account", &account),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into();
    let mut tx = app.db.begin_write("deposit.ask_by_hand").await?;
    store::unit::lock(&mut tx, unit_id).await?;
    require_due(&missing(app, &mut tx, unit_id).await?)?;
    let open = store::deposit::newest(&mut tx, unit_id).await?;
    if open.is_some_and(|deposit| deposit.rule.standing(app.now()).is_open()) {
        return Err(Error::conflict("deposit_open"));
    }
    let kind = CaseKind::UnitDeposit;
    let newest = store::review::newest_of_unit(&mut tx, unit_id, kind).await?;
    if newest.is_some_and(|case| case.state == CaseState::Open) {
        return Err(Error::conflict("review_open"));
    }
    let case = NewCase {
        kind,
        person_id,
        unit_id: Some(unit_id),
        facts: &facts,
        materials: &[],
    };
    let id = review::open(app, &mut tx, &case).await?;
    store::unit::touch(&mut tx, unit_id).await?;
    tx.commit().await?;
    feed::tell(app, unit_id, &[person_id]);
    Ok(id)
}

/// A pass says that the transfer was made by hand and its amount told rightly: it stands for the deposit and for nothing else.
pub(crate) async fn settle_by_hand(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    case: &Case,
    state: CaseState,
) -> Result<Told> {
    let unit = case
        .unit_id
        .ok_or_else(|| Error::internal("a deposit by hand without a unit"))?;
    store::unit::lock(tx, unit).await?;
    if state == CaseState::Passed {
        let on = format!("{}|{}", case.id, acting.operator_id);
        prove(app, tx, unit, EvidenceKind::Deposit, OPERATOR, &on).await?;
    } else {
        store::unit::touch(tx, unit).await?;
    }
    let mut told = Told::person(case.person_id);
    told.units.push(unit);
    Ok(told)
}
