//! The embedded bank: accounts, transfers with amounts, delays, returns. Its book lies on the shelf, so that all nodes and
//! the page that plays the finance department see the same.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use rand_core::{Rng as _, UnwrapErr};
use serde::{Deserialize, Serialize};

use super::branches::BRANCHES;
use super::{Asked, Branch, CallbackInvalid, Deposit, Payee, Progress, Transfer};
use crate::Provider;
use crate::answer::{Answer, Unavailable};
use crate::shelf::Shelf;
use crate::signed::{self, SignedCallback};

const NAME: &str = "sandbox-deposit";
/// The largest amount, in fen; the smallest is one.
const AMOUNT_MAX_FEN: u64 = 200;
/// How long the slow account's money takes: as long as the app says that it may.
const SLOW_S: i64 = 2 * 24 * 3600;
/// Branches of one answer.
const BRANCHES_MAX: usize = 20;
/// What "no answer" means: longer than any caller waits.
const SILENCE: std::time::Duration = std::time::Duration::from_secs(120);

/// How an account behaves, told by its last digits; every other account gets its money in time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Account {
    Ordinary,
    Refused,
    Returned,
    Slow,
    Silent,
}

impl Account {
    fn of(number: &str) -> Self {
        match number {
            number if number.ends_with("0001") => Self::Refused,
            number if number.ends_with("0002") => Self::Returned,
            number if number.ends_with("0003") => Self::Slow,
            number if number.ends_with("0009") => Self::Silent,
            _ => Self::Ordinary,
        }
    }
}

/// What may become of money on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives now.
    Arrive,
    /// It comes back now.
    Return,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    holder: String,
    /// The last four digits.
    account: String,
    branch: String,
    amount_fen: i64,
    asked_s: i64,
    due_s: i64,
    /// What it comes back with instead of arriving.
    returned: Option<String>,
}

/// A line of the statement that a finance department would see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// The transfer.
    pub provider_ref: String,
    /// The account's holder.
    pub holder: String,
    /// The last four digits of its number.
    pub account: String,
    /// The branch.
    pub branch: String,
    /// The amount in fen.
    pub amount_fen: i64,
    /// When it was asked for, unix seconds.
    pub asked_s: i64,
    /// Where it is.
    pub progress: Progress,
}

/// The bank, with a key of its own that signs nothing else.
pub struct SandboxDeposit {
    transfer_s: i64,
    shelf: Arc<dyn Shelf>,
    key: SigningKey,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    provider_ref: String,
}

impl SandboxDeposit {
    /// A bank whose money is on its way for so many seconds.
    #[must_use]
    pub fn new(transfer_s: i64, shelf: Arc<dyn Shelf>) -> Self {
        Self {
            transfer_s,
            shelf,
            key: signed::fresh_key(),
        }
    }

    pub(crate) fn transfer_s(&self) -> i64 {
        self.transfer_s
    }

    /// The newest transfers.
    ///
    /// # Errors
    /// [`Unavailable`] when the book cannot be read.
    pub async fn statement(&self) -> Result<Vec<StatementLine>, Unavailable> {
        let mut lines = Vec::new();
        for (name, text) in self.shelf.list(SHELF).await? {
            let entry: Entry = read(&text)?;
            lines.push(StatementLine {
                progress: self.progress_of(&entry),
                provider_ref: name.strip_prefix(SHELF).unwrap_or_default().to_owned(),
                holder: entry.holder,
                account: entry.account,
                branch: entry.branch,
                amount_fen: entry.amount_fen,
                asked_s: entry.asked_s,
            });
        }
        Ok(lines)
    }

    /// Lets money that is on its way arrive or come back now; tells whether it was on its way.
    ///
    /// # Errors
    /// [`Unavailable`] when the book cannot be written.
    pub async fn settle(&self, provider_ref: &str, fate: Fate) -> Result<bool, Unavailable> {
        let Some(mut entry) = self.find(provider_ref).await? else {
            return Ok(false);
        };
        if self.progress_of(&entry) != Progress::Waiting {
            return Ok(false);
        }
        entry.due_s = self.shelf.now_s();
        entry.returned = (fate == Fate::Return).then(|| RETURNED.to_owned());
        let text = write(&entry)?;
        self.shelf.write(&shelf_name(provider_ref), &text).await?;
        Ok(true)
    }

    /// The callback that hints at a transfer, signed at `now_s`.
    ///
    /// # Errors
    /// [`Unavailable`] when it cannot be written.
    pub fn callback(
        &self,
        provider_ref: &str,
        now_s: i64,
        nonce: [u8; 16],
    ) -> Result<SignedCallback, Unavailable> {
        let body = Body {
            provider_ref: provider_ref.to_owned(),
        };
        let body = serde_json::to_vec(&body).map_err(|error| lost(&error))?;
        Ok(signed::sign(&self.key, body, now_s, nonce))
    }

    async fn find(&self, provider_ref: &str) -> Result<Option<Entry>, Unavailable> {
        let found = self.shelf.read(&shelf_name(provider_ref)).await?;
        found.map(|text| read(&text)).transpose()
    }

    async fn get(&self, provider_ref: &str) -> Result<Entry, Unavailable> {
        let found = self.find(provider_ref).await?;
        found.ok_or_else(|| lost(&"no such transfer"))
    }

    fn progress_of(&self, entry: &Entry) -> Progress {
        match &entry.returned {
            _ if self.shelf.now_s() < entry.due_s => Progress::Waiting,
            Some(why) => Progress::Returned(why.clone()),
            None => Progress::Arrived(entry.due_s),
        }
    }

    async fn book(&self, transfer: &Transfer<'_>, account: Account) -> Result<Asked, Unavailable> {
        let asked_s = self.shelf.now_s();
        let takes_s = if account == Account::Slow {
            SLOW_S
        } else {
            self.transfer_s
        };
        let digits = transfer.account.len();
        let entry = Entry {
            holder: transfer.payee.name.to_owned(),
            account: transfer
                .account
                .get(digits.saturating_sub(4)..)
                .unwrap_or_default()
                .to_owned(),
            branch: transfer.branch.name.clone(),
            amount_fen: draw_fen(),
            asked_s,
            due_s: asked_s.saturating_add(takes_s),
            returned: (account == Account::Returned).then(|| RETURNED.to_owned()),
        };
        let provider_ref = format!("SBX{}", transfer.deposit_id);
        let text = write(&entry)?;
        // A repeat with the same number is the same transfer, with the amount that was drawn first.
        self.shelf
            .write_new(&shelf_name(&provider_ref), &text)
            .await?;
        Ok(Asked::Accepted(provider_ref))
    }
}

const SHELF: &str = "sandbox.bank:";
const RETURNED: &str = "收款账号与户名不符，已退回";

fn shelf_name(provider_ref: &str) -> String {
    format!("{SHELF}{provider_ref}")
}

fn draw_fen() -> i64 {
    // The remainder favours no amount that anybody could notice: 2^64 is no multiple of 200, by 16 in 2^64.
    let drawn = UnwrapErr(getrandom::SysRng).next_u64() % AMOUNT_MAX_FEN;
    i64::try_from(drawn + 1).unwrap_or(1)
}

fn read(text: &str) -> Result<Entry, Unavailable> {
    serde_json::from_str(text).map_err(|error| lost(&error))
}

fn write(entry: &Entry) -> Result<String, Unavailable> {
    serde_json::to_string(entry).map_err(|error| lost(&error))
}

fn lost(why: &dyn std::fmt::Display) -> Unavailable {
    Unavailable {
        provider: NAME,
        reason: why.to_string(),
    }
}

impl Provider for SandboxDeposit {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn name(&self) -> &'static str {
        NAME
    }
}

impl Deposit for SandboxDeposit {
    fn branches<'a>(&'a self, _payee: Payee<'a>, words: &'a str) -> Answer<'a, Vec<Branch>> {
        Box::pin(async move {
            let fits = |name: &str| words.split_whitespace().all(|word| name.contains(word));
            let fitting = BRANCHES.iter().filter(|(_, name)| fits(name));
            let branch = |(code, name): &(&str, &str)| Branch {
                code: (*code).to_owned(),
                name: (*name).to_owned(),
            };
            Ok(fitting.take(BRANCHES_MAX).map(branch).collect())
        })
    }

    fn transfer<'a>(&'a self, transfer: &'a Transfer<'a>) -> Answer<'a, Asked> {
        Box::pin(async move {
            match Account::of(transfer.account) {
                Account::Refused => Ok(Asked::Refused("收款账号不存在".to_owned())),
                Account::Silent => {
                    tokio::time::sleep(SILENCE).await;
                    Err(lost(&"the account that gets no answer"))
                }
                account => self.book(transfer, account).await,
            }
        })
    }

    fn progress<'a>(&'a self, provider_ref: &'a str) -> Answer<'a, Progress> {
        Box::pin(async move { Ok(self.progress_of(&self.get(provider_ref).await?)) })
    }

    fn is_amount<'a>(&'a self, provider_ref: &'a str, amount_fen: i64) -> Answer<'a, bool> {
        Box::pin(async move { Ok(self.get(provider_ref).await?.amount_fen == amount_fen) })
    }

    fn read_callback(
        &self,
        header: &dyn Fn(&str) -> Option<String>,
        _query: &str,
        body: &[u8],
        now_ms: i64,
    ) -> Result<String, CallbackInvalid> {
        signed::verify(&self.key.verifying_key(), header, body, now_ms / 1000)
            .map_err(|_| CallbackInvalid)?;
        let body: Body = serde_json::from_slice(body).map_err(|_| CallbackInvalid)?;
        Ok(body.provider_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::MemoryShelf;

    const NOW_MS: i64 = 1_800_000_000_000;

    fn bank(transfer_s: i64) -> SandboxDeposit {
        SandboxDeposit::new(transfer_s, Arc::new(MemoryShelf::default()))
    }

    async fn ask(bank: &SandboxDeposit, number: &str, account: &str) -> Asked {
        let payee = Payee {
            name: "样本建设工程有限公司",
            uscc: "91990000MA0000015Q",
            legal_representative: "张样本",
        };
        let branch = bank
            .branches(payee, "演示 朝阳")
            .await
            .expect("an answer")
            .remove(0);
        let transfer = Transfer {
            deposit_id: number,
            payee,
            account,
            branch: &branch,
            callback_url: "http://localhost/callback",
            file: None,
        };
        bank.transfer(&transfer).await.expect("an answer")
    }

    #[tokio::test]
    async fn unit_7_a_repeat_is_the_same_transfer_and_its_amount_is_told_by_nobody_else() {
        let bank = bank(0);
        let Asked::Accepted(provider_ref) = ask(&bank, "a1", "6222000012345678").await else {
            panic!("accepted")
        };
        assert_eq!(
            ask(&bank, "a1", "6222000012345678").await,
            Asked::Accepted(provider_ref.clone())
        );
        let statement = bank.statement().await.expect("read");
        assert_eq!(statement.len(), 1);
        let fen = statement[0].amount_fen;
        assert!((1..=200).contains(&fen));
        for other in 1..=200 {
            assert_eq!(
                bank.is_amount(&provider_ref, other).await,
                Ok(other == fen),
                "{other}"
            );
        }
        assert_eq!(bank.progress(&provider_ref).await, Ok(Progress::Arrived(0)));
    }

    #[tokio::test]
    async fn unit_7_accounts_are_refused_and_transfers_come_back() {
        let bank = bank(30);
        assert!(matches!(
            ask(&bank, "a1", "622200000001").await,
            Asked::Refused(_)
        ));
        for (number, account) in [("a2", "622200000002"), ("a3", "622200001234")] {
            let Asked::Accepted(provider_ref) = ask(&bank, number, account).await else {
                panic!("accepted")
            };
            assert_eq!(bank.progress(&provider_ref).await, Ok(Progress::Waiting));
            assert_eq!(bank.settle(&provider_ref, Fate::Return).await, Ok(true));
            assert!(matches!(
                bank.progress(&provider_ref).await,
                Ok(Progress::Returned(_))
            ));
            assert_eq!(bank.settle(&provider_ref, Fate::Arrive).await, Ok(false));
        }
        assert!(bank.progress("SBXnothing").await.is_err());
    }

    #[test]
    fn unit_7_a_callback_counts_only_as_it_was_signed_and_only_when_fresh() {
        let bank = bank(0);
        let signed = bank
            .callback("SBXa1", NOW_MS / 1000, [1; 16])
            .expect("signed");
        let read = |signed: &SignedCallback, now_ms: i64| {
            let header = |name: &str| {
                let found = signed.headers.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| value.clone())
            };
            bank.read_callback(&header, "", &signed.body, now_ms)
        };
        assert_eq!(read(&signed, NOW_MS).as_deref(), Ok("SBXa1"));
        assert!(read(&signed, NOW_MS + 301_000).is_err());
        let mut changed = signed.clone();
        changed.body[20] ^= 1;
        assert!(read(&changed, NOW_MS).is_err());
        changed = signed;
        changed.headers.remove(2);
        assert!(read(&changed, NOW_MS).is_err());
    }

    #[test]
    fn unit_7_branches_have_codes_of_twelve_digits_each_once() {
        let mut codes: Vec<&str> = BRANCHES.iter().map(|(code, _)| *code).collect();
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 12 && code.bytes().all(|b| b.is_ascii_digit()))
        );
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), BRANCHES.len());
    }
}
