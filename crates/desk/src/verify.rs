//! The verification report of a document, trusting the server's roots; the shape is that of `docs/api/cli/verify.json`.

use std::sync::Arc;

use pdf_seal::{
    Chain, Changes, Document as Pdf, Integrity, Outcome, Policy, Report, SignatureReport,
    SignatureTime,
};
use serde_json::{Value, json};

use crate::desk::{Desk, blocking};
use crate::document::Document;
use crate::error::Error;
use crate::files;

impl Desk {
    /// Judges the current revision.
    pub(crate) async fn verify(&self, document: &Arc<Document>) -> Result<Value, Error> {
        let kept = document.now().kept;
        let path = self.inner().folder.revision(document.id, &kept.sha256);
        let roots = self.inner().link.roots();
        blocking(move || {
            let policy = Policy {
                roots,
                ..Policy::default()
            };
            let report = Pdf::open(files::map(&path)?)?.verify(&policy)?;
            Ok(whole(&report, &kept.file_name))
        })
        .await
    }
}

fn whole(report: &Report, file: &str) -> Value {
    let outcomes: Vec<Outcome> = report
        .signatures
        .iter()
        .map(SignatureReport::outcome)
        .collect();
    let word = if outcomes.is_empty() {
        "no_signature"
    } else if outcomes.contains(&Outcome::Failed) {
        "failed"
    } else if outcomes.contains(&Outcome::Indeterminate) {
        "indeterminate"
    } else {
        "passed"
    };
    let signatures: Vec<Value> = report.signatures.iter().map(signature).collect();
    json!({
        "file": file, "outcome": word, "signatures": signatures,
        "last_covers_whole_file": report.last_covers_whole_file,
    })
}

fn signature(it: &SignatureReport) -> Value {
    let outcome = match it.outcome() {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Indeterminate => "indeterminate",
    };
    let integrity = match it.integrity {
        Integrity::Intact => "intact",
        Integrity::Broken => "broken",
        Integrity::Unsupported => "unsupported",
    };
    let chain = match it.chain {
        Chain::Trusted => "trusted",
        Chain::Untrusted => "untrusted",
        Chain::Indeterminate => "indeterminate",
    };
    json!({
        "field": it.field, "sub_filter": it.sub_filter, "signer": it.signer, "algorithm": it.algorithm,
        "outcome": outcome, "integrity": integrity, "chain": chain, "changes": changes(it.changes),
        "time": when(it.time), "covered_len": it.covered_len, "covers_whole_file": it.covers_whole_file,
        "own_base_len": it.own_base_len, "reasons": it.reasons,
    })
}

fn changes(it: Changes) -> Value {
    match it {
        Changes::None => json!({"kind": "none", "revisions": 0}),
        Changes::Allowed { revisions } => json!({"kind": "allowed", "revisions": revisions}),
        Changes::Forbidden { revisions } => json!({"kind": "forbidden", "revisions": revisions}),
        Changes::Unexplained => json!({"kind": "unexplained", "revisions": null}),
    }
}

fn when(it: SignatureTime) -> Value {
    match it {
        SignatureTime::Token { unix, trusted } => {
            json!({"kind": "time_stamp", "unix": unix, "trusted": trusted})
        }
        SignatureTime::Claimed(unix) => json!({"kind": "claimed", "unix": unix, "trusted": false}),
        SignatureTime::Unknown => json!({"kind": "unknown", "unix": null, "trusted": false}),
    }
}
