//! Asking for a transfer (UNIT-7).

use domain::Instant;
use domain::deposit::{
    self as rule, Deposit as Rule, DepositState, REQUESTS_MAX, REQUESTS_WINDOW_US,
};
use domain::id::{DepositId, UnitId};
use domain::policy::EvidenceKind;
use domain::time::{DAY_US, MINUTE_US};
use protocol::Base64Url;
use providers::deposit::{Branch, Payee};
use serde::Serialize;
use store::Tx;
use store::deposit::Deposit;
use store::unit::Unit;

use super::super::licence::representative_name;
use super::super::standing::{missing, require_administrator};
use super::{account_hash, bank_unavailable, follow, seal_account, tell};
use crate::limit::too_many;
use crate::text::line;
use crate::{App, Caller, Error, Result, Ticket, limit};

/// Searches of one person in a minute.
const SEARCHES_A_MINUTE: i64 = 60;
const WORDS_CHARS: (usize, usize) = (2, 40);
const BRANCH_CHARS_MAX: usize = 100;
const BRANCH_CODE_DIGITS: usize = 12;

/// Where the money is to go, as picked and typed.
pub struct NewDeposit<'a> {
    /// The branch's number.
    pub branch_code: &'a str,
    /// Its name.
    pub branch_name: &'a str,
    /// The account's number.
    pub account: &'a str,
}

/// What became of it; kept for repeats in this very form.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// Id.
    pub deposit_id: String,
}

/// Branches of banks whose name has these words.
///
/// # Errors
/// `not_administrator`, `branch_query_invalid`, `rate_limited`, `bank_unavailable`.
pub async fn branches(
    app: &App,
    caller: &Caller,
    unit_id: UnitId,
    words: &str,
) -> Result<Vec<Branch>> {
    let person = caller.person_id;
    let unit = require_administrator(&app.db, person, unit_id).await?;
    let words = line(words, WORDS_CHARS.0, WORDS_CHARS.1)
        .ok_or_else(|| Error::invalid("branch_query_invalid"))?;
    let subject = person.as_bytes();
    limit::check(
        app,
        "deposit.branches",
        subject,
        MINUTE_US,
        SEARCHES_A_MINUTE,
    )
    .await?;
    let representative = representative_name(app, &unit)?;
    let payee = payee(&unit, &representative);
    let asked = app.providers.deposit.branches(payee, words);
    match tokio::time::timeout(app.providers.patience, asked).await {
        Ok(Ok(branches)) => Ok(branches),
        Ok(Err(unavailable)) => Err(bank_unavailable(unavailable)),
        Err(elapsed) => Err(bank_unavailable(elapsed)),
    }
}

/// Asks for a transfer. A bank that does not answer keeps nobody waiting: it is asked again by itself.
///
/// # Errors
/// `not_administrator`, `branch_invalid`, `account_invalid`, `deposit_not_due`, `deposit_open`,
/// `deposit_limit` `{most, retry_after_s}`.
pub async fn ask(
    app: &App,
    caller: &Caller,
    unit_id: UnitId,
    new: &NewDeposit<'_>,
    ticket: &Ticket,
) -> Result<Asked> {
    let person_id = caller.person_id;
    require_administrator(&app.db, person_id, unit_id).await?;
    let branch = branch(new)?;
    let account = rule::account(new.account).ok_or_else(|| Error::invalid("account_invalid"))?;
    let id: DepositId = app.new_id();
    let now = app.now();
    let deposit = Deposit {
        id,
        unit_id,
        person_id,
        provider: app.providers.deposit.name().to_owned(),
        provider_ref: None,
        rule: Rule {
            state: DepositState::Asking,
            asked_at: now,
            arrived_at: None,
            entries: 0,
        },
        branch_code: branch.code,
        branch_name: branch.name,
        account: seal_account(app, id, &account)?,
        account_hash: account_hash(app, &account),
        entering_at: None,
        why: None,
        version: 1,
    };
    let mut tx = app.db.begin_write("deposit.ask").await?;
    store::unit::lock(&mut tx, unit_id).await?;
    require_due(&missing(app, &mut tx, unit_id).await?)?;
    require_seldom(&mut tx, &deposit, now).await?;
    if !store::deposit::insert(&mut tx, &deposit).await? {
        return Err(Error::conflict("deposit_open"));
    }
    store::unit::touch(&mut tx, unit_id).await?;
    follow::schedule(app, &mut tx, id, now).await?;
    let asked = Asked {
        deposit_id: id.to_string(),
    };
    ticket.record(&mut tx, &asked).await?;
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    // Mostly the answer comes at once. It is asked for already: whatever fails from here on is made good by the job.
    drop(follow::advance(app, id).await);
    drop(tell(app, unit_id).await);
    Ok(asked)
}

pub(super) fn payee<'a>(unit: &'a Unit, representative: &'a str) -> Payee<'a> {
    Payee {
        name: &unit.name,
        uscc: unit.registration.number(),
        legal_representative: representative,
    }
}

/// # Errors
/// `deposit_not_due`: the licence comes first, and a certified unit needs none.
pub(super) fn require_due(missing: &[EvidenceKind]) -> Result<()> {
    if missing == [EvidenceKind::Deposit] {
        Ok(())
    } else {
        Err(Error::conflict("deposit_not_due"))
    }
}

fn branch(new: &NewDeposit<'_>) -> Result<Branch> {
    let invalid = || Error::invalid("branch_invalid");
    let code = new.branch_code;
    if code.len() != BRANCH_CODE_DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid());
    }
    Ok(Branch {
        code: code.to_owned(),
        name: line(new.branch_name, 2, BRANCH_CHARS_MAX)
            .ok_or_else(invalid)?
            .to_owned(),
    })
}

async fn require_seldom(tx: &mut Tx, deposit: &Deposit, now: Instant) -> Result<()> {
    // Two units that ask for one account at the same moment wait for each other at this row; it refuses nobody.
    let account = Base64Url::encode(&deposit.account_hash);
    let key = format!("deposit.account:{account}");
    store::counter::hit(&mut *tx, &key, now, DAY_US, i64::MAX).await?;
    let since = now.plus_micros(-REQUESTS_WINDOW_US);
    let of_unit = store::deposit::requests_of_unit(&mut *tx, deposit.unit_id, since).await?;
    let to_account =
        store::deposit::requests_to_account(&mut *tx, &deposit.account_hash, since).await?;
    let count = |requests: &[Instant]| i64::try_from(requests.len()).unwrap_or(i64::MAX);
    rule::request(count(&of_unit), count(&to_account)).map_err(|rule::TooOften| {
        let over = [of_unit, to_account].into_iter();
        let over = over.filter(|requests| count(requests) >= REQUESTS_MAX);
        let oldest = over.filter_map(|requests| requests.first().copied()).max();
        let free_at = oldest.unwrap_or(now).plus_micros(REQUESTS_WINDOW_US);
        too_many("deposit_limit", free_at.micros_since(now)).with("most", REQUESTS_MAX)
    })
}
