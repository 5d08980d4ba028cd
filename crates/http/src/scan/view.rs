//! Wire shapes of the phone's side.

use app::scan::{Chosen, Identity, PhoneView, Prepared, RunView, ScanSession};
use domain::scan_session::Kind;
use protocol::{Base64Url, MarkWire, digest_short, marks_sha256, sha256};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::holding::ReissuesBody;

/// A session as the phone sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PhoneViewBody {
    code: String,
    version: i64,
    state: &'static str,
    /// `seal`, `login`, `unseal`.
    kind: &'static str,
    purpose: String,
    asker: ScanAskerBody,
    /// `{platform_id, name}` or `{document_sealing: true}`.
    #[schema(value_type = Object)]
    scope: Value,
    /// As the asker asked: `{mode, mark_count_max, seal_id?}`, `{certificate: false}`, `{field, signature_sha256, certificate_sha256}`.
    #[schema(value_type = Object)]
    ask: Value,
    /// Three numbers, one of which the asker shows.
    match_options: Vec<String>,
    matched: bool,
    expires_at_us: i64,
    chosen: Option<ChosenBody>,
    prepared: Option<PreparedBody>,
    /// The asker would like a run of codes.
    continuous: bool,
    /// The continuous run that the session belongs to, while it is open.
    run: Option<RunBody>,
    operation_id: Option<String>,
    failure: Option<FailureBody>,
}

/// A continuous run as its phone sees it.
#[derive(Debug, Serialize, ToSchema)]
struct RunBody {
    run_id: String,
    codes_left: u32,
    /// It is over at this instant if no code comes.
    idle_until_us: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct ScanAskerBody {
    asker_id: String,
    name: String,
    /// False is shown as 未登记工具.
    registered: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChosenBody {
    /// A login has no certificate.
    holding_id: Option<String>,
    unit_id: Option<String>,
    /// `rsa` or `sm2`.
    algorithm: Option<&'static str>,
    /// DER, base64url.
    certificate: Option<String>,
}

/// What is to be signed, as stated by the tool.
#[derive(Debug, Serialize, ToSchema)]
struct PreparedBody {
    digest: String,
    digest_short: String,
    file_name: String,
    page_count: u32,
    mode: String,
    #[schema(value_type = Vec<Object>)]
    marks: Vec<MarkWire>,
    marks_sha256: String,
    mark_count: usize,
    /// Empty when none is set.
    seal_id: String,
    /// `{kind, svg}`.
    #[schema(value_type = Option<Object>)]
    seal: Option<Value>,
    time_us: i64,
    attributes_sha256: String,
    unseal: Option<UnsealBody>,
}

/// Which signature is to be taken away.
#[derive(Debug, Serialize, ToSchema)]
struct UnsealBody {
    field: String,
    /// Digest of its CMS, base64url.
    signature_sha256: String,
}

/// Why a session ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FailureBody {
    pub code: String,
}

impl From<RunView> for RunBody {
    fn from(run: RunView) -> Self {
        Self {
            run_id: run.id.to_string(),
            codes_left: run.codes_left,
            idle_until_us: run.idle_until.micros(),
        }
    }
}

impl From<PhoneView> for PhoneViewBody {
    fn from(view: PhoneView) -> Self {
        let PhoneView {
            session,
            asker,
            registered,
            platform_name,
            chosen,
            prepared,
            run,
        } = view;
        let scope = match session.platform_id {
            Some(id) => json!({"platform_id": id.to_string(), "name": platform_name}),
            None => json!({"document_sealing": true}),
        };
        let attributes = sha256(session.attributes.as_deref().unwrap_or_default());
        let ask = ask(&session);
        Self {
            code: session.code,
            version: session.version,
            state: session.state.as_str(),
            kind: session.kind.as_str(),
            purpose: session.purpose,
            asker: ScanAskerBody {
                asker_id: asker.id.to_string(),
                registered,
                name: asker.name,
            },
            scope,
            ask,
            match_options: session
                .match_options
                .split(',')
                .map(str::to_owned)
                .collect(),
            matched: session.matched,
            expires_at_us: session.expires_at.micros(),
            chosen: chosen.map(chosen_body),
            prepared: prepared.map(|prepared| prepared_body(prepared, &attributes)),
            continuous: session.continuous,
            run: run.map(RunBody::from),
            operation_id: session.operation_id.map(|id| id.to_string()),
            failure: session.failure.map(|code| FailureBody { code }),
        }
    }
}

/// What was asked, as the asker said it.
fn ask(session: &ScanSession) -> Value {
    match (session.kind, &session.unseal) {
        (Kind::Unseal, Some(asked)) => json!({
            "field": asked.field,
            "signature_sha256": Base64Url::encode(&asked.signature_sha256),
            "certificate_sha256": Base64Url::encode(&asked.certificate_sha256),
        }),
        (Kind::Login | Kind::Unseal, _) => json!({"certificate": false}),
        (Kind::Seal, _) => {
            let mut ask = json!({"mode": session.mode, "mark_count_max": session.mark_count_max});
            if let (Some(seal), Some(members)) = (session.asked_seal_id, ask.as_object_mut()) {
                members.insert("seal_id".to_owned(), seal.to_string().into());
            }
            ask
        }
    }
}

fn chosen_body(chosen: Chosen) -> ChosenBody {
    let (holding_id, certificate) = chosen.certificate.unzip();
    ChosenBody {
        holding_id: holding_id.map(|id| id.to_string()),
        unit_id: chosen.unit_id.map(|id| id.to_string()),
        algorithm: certificate.as_ref().map(|found| found.row.ca.as_str()),
        certificate: certificate.map(|found| Base64Url::encode(&found.row.der)),
    }
}

fn prepared_body(prepared: Prepared, attributes_sha256: &[u8; 32]) -> PreparedBody {
    let Prepared { facts, seal } = prepared;
    PreparedBody {
        digest_short: digest_short(&facts.digest.0),
        digest: Base64Url::encode(&facts.digest.0),
        file_name: facts.file_name,
        page_count: facts.page_count,
        mode: facts.mode,
        // Kept marks were finite when they came.
        marks_sha256: Base64Url::encode(&marks_sha256(&facts.marks).unwrap_or_default()),
        mark_count: facts.marks.len(),
        marks: facts.marks,
        seal_id: seal
            .as_ref()
            .map(|listed| listed.seal.id.to_string())
            .unwrap_or_default(),
        seal: seal
            .map(|listed| json!({"kind": listed.seal.kind.as_str(), "svg": listed.picture.svg})),
        time_us: facts.time_us,
        attributes_sha256: Base64Url::encode(attributes_sha256),
        unseal: facts.unseal.map(|unseal| UnsealBody {
            field: unseal.field,
            signature_sha256: Base64Url::encode(&unseal.signature_sha256.0),
        }),
    }
}

/// Who one can sign as.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChoicesBody {
    identities: Vec<ChoiceIdentityBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChoiceIdentityBody {
    unit: Option<ChoiceUnitBody>,
    certificates: Vec<ChoiceCertificateBody>,
    seals: Vec<ChoiceSealBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChoiceUnitBody {
    unit_id: String,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChoiceCertificateBody {
    holding_id: String,
    /// The product's name.
    product: String,
    algorithm: &'static str,
    /// `usable`, `needs_install`, `needs_update`, `needs_reissue`, `needs_pack`, `not_usable`.
    state: &'static str,
    reason: Option<&'static str>,
    reissues: ReissuesBody,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChoiceSealBody {
    seal_id: String,
    kind: &'static str,
    usable: bool,
    reason: Option<&'static str>,
}

impl From<Vec<Identity>> for ChoicesBody {
    fn from(identities: Vec<Identity>) -> Self {
        Self {
            identities: identities.into_iter().map(identity).collect(),
        }
    }
}

fn identity(identity: Identity) -> ChoiceIdentityBody {
    let certificates = identity
        .certificates
        .into_iter()
        .map(|seen| ChoiceCertificateBody {
            holding_id: seen.holding.id.to_string(),
            algorithm: seen.product.algorithm.as_str(),
            state: seen.usability.state(),
            reason: seen.usability.reason(),
            reissues: seen.holding.reissues.into(),
            product: seen.product.name,
        });
    let seals = identity.seals.into_iter().map(|usable| ChoiceSealBody {
        seal_id: usable.seal.id.to_string(),
        kind: usable.seal.kind.as_str(),
        usable: usable.is_usable(),
        reason: usable.refusal.map(domain::seal::Refusal::as_str),
    });
    ChoiceIdentityBody {
        unit: identity.unit.map(|unit| ChoiceUnitBody {
            unit_id: unit.id.to_string(),
            name: unit.name,
        }),
        certificates: certificates.collect(),
        seals: seals.collect(),
    }
}
