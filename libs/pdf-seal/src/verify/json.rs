//! The report as JSON, in the shape of `docs/api/cli/verify.json`, for everything that gives it away.

use serde_json::{Value, json};

use super::SubIndication;
use super::report::{
    Chain, Changes, Integrity, Level, Outcome, Report, SignatureKind, SignatureReport,
    SignatureTime,
};

impl Report {
    /// The worst outcome of all signatures; `None` when there is no signature.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        let outcomes = || self.signatures.iter().map(SignatureReport::outcome);
        let worst = [Outcome::Failed, Outcome::Indeterminate, Outcome::Passed];
        worst
            .into_iter()
            .find(|worst| outcomes().any(|outcome| outcome == *worst))
    }

    /// The report about the file of this name.
    #[must_use]
    pub fn to_json(&self, file: &str) -> Value {
        let signatures: Vec<Value> = self.signatures.iter().map(signature).collect();
        json!({
            "file": file,
            "outcome": self.outcome().map_or("no_signature", Outcome::name),
            "signatures": signatures,
            "last_covers_whole_file": self.last_covers_whole_file,
        })
    }
}

impl Outcome {
    /// The word in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Indeterminate => "indeterminate",
        }
    }
}

impl Integrity {
    /// The word in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Intact => "intact",
            Self::Broken => "broken",
            Self::Unsupported => "unsupported",
        }
    }
}

impl Chain {
    /// The word in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Untrusted => "untrusted",
            Self::Indeterminate => "indeterminate",
        }
    }
}

impl SignatureKind {
    /// The word in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::DocumentTimeStamp => "document_time_stamp",
        }
    }
}

impl Level {
    /// The word in reports, as the standard writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::B => "B-B",
            Self::T => "B-T",
            Self::Lt => "B-LT",
            Self::Lta => "B-LTA",
        }
    }
}

fn changes(it: &SignatureReport) -> Value {
    let (kind, revisions) = match it.changes {
        Changes::None => ("none", Some(0)),
        Changes::Allowed { revisions } => ("allowed", Some(revisions)),
        Changes::Forbidden { revisions } => ("forbidden", Some(revisions)),
        Changes::Unexplained => ("unexplained", None),
    };
    json!({
        "kind": kind, "revisions": revisions, "level": it.modification.name(), "details": it.later,
    })
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

fn signature(it: &SignatureReport) -> Value {
    let reasons: Vec<&str> = it
        .reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect();
    let (indication, sub_indication) = it.indication();
    let codes: Vec<&str> = it.reasons.iter().map(|reason| reason.code).collect();
    json!({
        "field": it.field, "kind": it.kind.name(), "level": it.level.map(Level::name), "sub_filter": it.sub_filter, "signer": it.signer, "unit": it.unit,
        "pages": it.pages, "algorithm": it.algorithm, "outcome": it.outcome().name(),
        "indication": indication.name(), "sub_indication": sub_indication.map(SubIndication::name),
        "integrity": it.integrity.name(), "chain": it.chain.name(), "changes": changes(it),
        "time": when(it.time), "covered_len": it.covered_len, "covers_whole_file": it.covers_whole_file,
        "own_base_len": it.own_base_len, "seal_name": it.seal_name, "seal_kind": it.seal_kind, "reasons": reasons, "codes": codes,
    })
}
