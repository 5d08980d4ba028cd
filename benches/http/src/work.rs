//! What the operators' work list takes when thousands of cases wait, on SQLite, beside a request that reads the operator.

use anyhow::{Result, ensure};
use domain::operator::OperatorRole;
use domain::review::CaseKind;
use hulian_tests::{Operator, TestApp};
use serde_json::Value;

use crate::lists::{row, slow};

/// Cases that wait.
const CASES: usize = 3000;
/// The list.
const LIST: &str = "/api/v1/operator/cases";
/// The request that reads one operator.
const PEER: &str = "/api/v1/operator/me";

/// One row of figures for the list.
pub async fn rows() -> Result<Vec<Value>> {
    let (app, cleanup) = TestApp::sqlite().await;
    let phone = app.phone(0).await;
    for number in 0..CASES {
        let facts = format!(r#"{{"name":"样本{number}","document_number":"H{number:08}"}}"#);
        app.case(&phone, CaseKind::PersonDocument, &facts, &[])
            .await;
    }
    let operator = app.operator(&[OperatorRole::Reviewer]).await;
    let peer = slow(async || get(&operator, PEER).await).await?;
    let ours = slow(async || get(&operator, LIST).await).await?;
    cleanup.run().await;
    let among = format!("{CASES} open cases");
    Ok(vec![row("list-cases", ours, (peer, PEER), &among)])
}

async fn get(operator: &Operator, path: &str) -> Result<()> {
    let answer = operator.get(path).await;
    ensure!(answer.status == 200, "{path}: {}", answer.status);
    Ok(())
}
