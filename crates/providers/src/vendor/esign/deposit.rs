//! The micro-deposit: branches, a transfer of an amount that only the vendor knows, and whether an amount is it. Every
//! step belongs to a flow, which begins with the register's three facts.

use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Account, Facts, Said, bank, callback, is_flow};
use crate::Provider;
use crate::answer::Answer;
use crate::deposit::{Asked, Branch, CallbackInvalid, Deposit, Payee, Progress, Transfer};
use crate::vendor::http::Fault;
use crate::vendor::url::encode;

/// Branches of one answer.
const BRANCHES_MAX: usize = 20;
/// The vendor's amounts are 0.01 to 0.99 yuan.
const AMOUNTS_FEN: std::ops::RangeInclusive<i64> = 1..=99;
/// Flows that are remembered for searching.
const FLOWS_MAX: usize = 64;
/// How long one is searched in.
const FLOW_LIFETIME_US: i64 = 20 * domain::time::MINUTE_US;

/// Transfers by e签宝.
pub struct EsignDeposit {
    account: Account,
    /// Who types a bank's name asks many times; each new flow would be a new question to the register, and paid for.
    flows: Mutex<Vec<Flow>>,
}

struct Flow {
    payee: [u8; 32],
    id: String,
    since: domain::Instant,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(alias = "subbranch")]
    bank_name: String,
    cnaps_code: String,
}

#[derive(Deserialize)]
struct Process {
    process: Option<String>,
    message: Option<String>,
}

/// Where the vendor is with a transfer.
enum Step {
    NotBegun,
    Begun(Progress),
}

impl EsignDeposit {
    /// Transfers by this account.
    #[must_use]
    pub const fn new(account: Account) -> Self {
        Self {
            account,
            flows: Mutex::new(Vec::new()),
        }
    }

    async fn begin(&self, payee: Payee<'_>) -> Result<Result<String, String>, Fault> {
        let facts = Facts {
            name: payee.name,
            uscc: payee.uscc,
            legal_representative: payee.legal_representative,
        };
        self.account.three_factors(facts).await
    }

    async fn search(&self, payee: Payee<'_>, words: &str) -> Result<Vec<Branch>, Fault> {
        let Some(flow) = self.flow_to_search_in(payee).await? else {
            return Ok(Vec::new());
        };
        let target = address(&flow, &format!("subbranch?keyWord={}", encode(words)))?;
        let said = self
            .account
            .call(reqwest::Method::GET, &target, None)
            .await?;
        let Said::Yes(data) = said else {
            return Ok(Vec::new());
        };
        let rows = data.get("list").cloned().unwrap_or(data);
        let rows: Vec<Row> = match rows {
            Value::Null => Vec::new(),
            rows => serde_json::from_value(rows)
                .map_err(|_| Fault::silent("branches that cannot be read"))?,
        };
        let is_code =
            |code: &str| code.len() == 12 && code.bytes().all(|byte| byte.is_ascii_digit());
        Ok(rows
            .into_iter()
            .filter(|row| is_code(&row.cnaps_code))
            .take(BRANCHES_MAX)
            .map(|row| Branch {
                code: row.cnaps_code,
                name: row.bank_name,
            })
            .collect())
    }

    /// None when the register does not know these facts any more.
    async fn flow_to_search_in(&self, payee: Payee<'_>) -> Result<Option<String>, Fault> {
        let (key, now) = (key(payee), self.account.outside.now());
        let known = {
            let mut flows = self.flows.lock().unwrap_or_else(PoisonError::into_inner);
            flows.retain(|flow| now.micros_since(flow.since) < FLOW_LIFETIME_US);
            flows
                .iter()
                .find(|flow| flow.payee == key)
                .map(|flow| flow.id.clone())
        };
        if known.is_some() {
            return Ok(known);
        }
        let Ok(id) = self.begin(payee).await? else {
            return Ok(None);
        };
        let mut flows = self.flows.lock().unwrap_or_else(PoisonError::into_inner);
        if flows.len() >= FLOWS_MAX {
            flows.remove(0);
        }
        flows.push(Flow {
            payee: key,
            id: id.clone(),
            since: now,
        });
        Ok(Some(id))
    }

    async fn pay(&self, transfer: &Transfer<'_>) -> Result<Asked, Fault> {
        let flow = match transfer.file {
            Some(file) => match self.step(file).await? {
                // An earlier try got there, though its answer did not get here.
                Step::Begun(_) => return Ok(Asked::Accepted(file.to_owned())),
                Step::NotBegun => file.to_owned(),
            },
            None => match self.begin(transfer.payee).await? {
                Ok(flow) => flow,
                Err(why) => return Ok(Asked::Refused(why)),
            },
        };
        let branch = transfer.branch;
        let province = bank::province(branch).unwrap_or("全国");
        let body = json!({
            "bank": bank::head(branch), "province": province, "city": province,
            "subbranch": branch.name, "cnapsCode": branch.code, "cardNo": transfer.account,
            "contextId": transfer.deposit_id, "notifyUrl": transfer.callback_url,
        });
        let target = address(&flow, "transferRandomAmount")?;
        let body = Some(body.to_string().into_bytes());
        match self
            .account
            .call(reqwest::Method::PUT, &target, body)
            .await?
        {
            Said::Yes(_) => Ok(Asked::Accepted(flow)),
            // It may be refused because it was under way already: two of ours at once.
            Said::Refused(why) => Ok(match self.step(&flow).await? {
                Step::Begun(_) => Asked::Accepted(flow),
                Step::NotBegun => Asked::Refused(why),
            }),
        }
    }

    async fn step(&self, flow: &str) -> Result<Step, Fault> {
        let target = address(flow, "transferProcess")?;
        match self
            .account
            .call(reqwest::Method::GET, &target, None)
            .await?
        {
            Said::Refused(_) => Ok(Step::NotBegun),
            Said::Yes(data) => {
                let process: Process = serde_json::from_value(data)
                    .map_err(|_| Fault::silent("a progress that cannot be read"))?;
                Ok(step_of(process, self.account.outside.now().seconds()))
            }
        }
    }

    async fn compare(&self, flow: &str, amount_fen: i64) -> Result<bool, Fault> {
        if !AMOUNTS_FEN.contains(&amount_fen) {
            return Ok(false);
        }
        let target = address(flow, "verifyRandomAmount")?;
        let body = Some(format!(r#"{{"amount":0.{amount_fen:02}}}"#).into_bytes());
        let said = self
            .account
            .call(reqwest::Method::PUT, &target, body)
            .await?;
        Ok(matches!(said, Said::Yes(_)))
    }
}

fn address(flow: &str, step: &str) -> Result<String, Fault> {
    if is_flow(flow) {
        Ok(format!("/v2/identity/auth/pub/organization/{flow}/{step}"))
    } else {
        Err(Fault::silent("no number of a flow"))
    }
}

/// Whose flow it is, without keeping who.
fn key(payee: Payee<'_>) -> [u8; 32] {
    let facts = [payee.name, payee.uscc, payee.legal_representative];
    let mut hash = Sha256::new();
    for fact in facts {
        hash.update(fact.len().to_be_bytes());
        hash.update(fact);
    }
    hash.finalize().into()
}

/// The vendor tells no time of arrival: it is when we learn of it.
fn step_of(process: Process, now_s: i64) -> Step {
    let word = process.process.unwrap_or_default().to_ascii_uppercase();
    match word.as_str() {
        "" | "INIT" | "NONE" => Step::NotBegun,
        "PAID" | "SUCCESS" => Step::Begun(Progress::Arrived(now_s)),
        "FAIL" | "FAILED" | "RETURNED" => {
            Step::Begun(Progress::Returned(process.message.unwrap_or_default()))
        }
        // Whatever else it is called, it goes on.
        _ => Step::Begun(Progress::Waiting),
    }
}

impl Provider for EsignDeposit {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "esign-deposit"
    }
}

impl Deposit for EsignDeposit {
    fn branches<'a>(&'a self, payee: Payee<'a>, words: &'a str) -> Answer<'a, Vec<Branch>> {
        let work = self.search(payee, words);
        Box::pin(self.account.outside.within(self.name(), work))
    }

    fn prepare<'a>(&'a self, payee: Payee<'a>) -> Answer<'a, Option<String>> {
        // Facts that are refused here are refused by the transfer too, which can say so.
        let work = async move { Ok(self.begin(payee).await?.ok()) };
        Box::pin(self.account.outside.within(self.name(), work))
    }

    fn transfer<'a>(&'a self, transfer: &'a Transfer<'a>) -> Answer<'a, Asked> {
        let work = self.pay(transfer);
        Box::pin(self.account.outside.within(self.name(), work))
    }

    fn progress<'a>(&'a self, provider_ref: &'a str) -> Answer<'a, Progress> {
        let work = async move {
            Ok(match self.step(provider_ref).await? {
                Step::Begun(progress) => progress,
                Step::NotBegun => Progress::Waiting,
            })
        };
        Box::pin(self.account.outside.within(self.name(), work))
    }

    fn is_amount<'a>(&'a self, provider_ref: &'a str, amount_fen: i64) -> Answer<'a, bool> {
        let work = self.compare(provider_ref, amount_fen);
        Box::pin(self.account.outside.within(self.name(), work))
    }

    fn read_callback(
        &self,
        header: &dyn Fn(&str) -> Option<String>,
        query: &str,
        body: &[u8],
        now_ms: i64,
    ) -> Result<String, CallbackInvalid> {
        callback::read(&self.account, header, query, body, now_ms)
    }
}
