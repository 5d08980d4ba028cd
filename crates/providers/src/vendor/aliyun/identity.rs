//! Id2MetaVerify (cloudauth, version 2019-03-07): whether a name and an ID number belong together.

use serde::Deserialize;

use super::{Account, Action, Body};
use crate::Provider;
use crate::answer::Answer;
use crate::identity::{Identity, Verdict};
use crate::vendor::http::Fault;

const ID2_META_VERIFY: Action = Action {
    name: "Id2MetaVerify",
    version: "2019-03-07",
};

/// The authority behind Aliyun.
pub struct AliyunIdentity {
    /// The account.
    pub account: Account,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reply {
    code: String,
    result_object: Option<ResultObject>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ResultObject {
    biz_code: String,
}

impl AliyunIdentity {
    async fn ask(&self, name: &str, id_number: &str) -> Result<Verdict, Fault> {
        let form = [
            ("IdentifyNum", id_number),
            ("ParamType", "normal"),
            ("UserName", name),
        ];
        let reply: Reply = self
            .account
            .call(&ID2_META_VERIFY, &[], Body::Form(&form))
            .await?;
        match (reply.code.as_str(), reply.result_object) {
            ("200", Some(result)) => match result.biz_code.as_str() {
                "1" => Ok(Verdict::Match),
                // 2: they do not belong together; 3: there is no such number on record.
                "2" | "3" => Ok(Verdict::Mismatch),
                other => Err(Fault::code(other)),
            },
            // 401 among them: the form of both was checked before, so it is the account's fault and not the person's.
            (code, _) => Err(Fault::code(code)),
        }
    }
}

impl Provider for AliyunIdentity {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "aliyun-identity"
    }
}

impl Identity for AliyunIdentity {
    fn check<'a>(&'a self, name: &'a str, id_number: &'a str) -> Answer<'a, Verdict> {
        let work = self.ask(name, id_number);
        Box::pin(self.account.outside.within(self.name(), work))
    }
}
