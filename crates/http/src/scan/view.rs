//! Wire shapes of the phone's side.

use app::scan::{Identity, PhoneView, RunView};
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
    kind: String,
    purpose: String,
    asker: AskerBody,
    /// `{platform_id, name}` or `{document_sealing: true}`.
    #[schema(value_type = Object)]
    scope: Value,
    /// `{mode, mark_count_max}`.
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
struct AskerBody {
    asker_id: String,
    name: String,
    /// False is shown as 未登记工具.
    registered: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChosenBody {
    holding_id: String,
    unit_id: Option<String>,
    /// `rsa` or `sm2`.
    algorithm: &'static str,
    /// DER, base64url.
    certificate: String,
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
    seal_id: String,
    /// `{kind, svg}`.
    #[schema(value_type = Object)]
    seal: Value,
    time_us: i64,
    attributes_sha256: String,
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
            platform_name,
            chosen,
            prepared,
            run,
        } = view;
        let scope = match session.platform_id {
            Some(id) => json!({"platform_id": id.to_string(), "name": platform_name}),
            None => json!({"document_sealing": true}),
        };
        let attributes_sha256 =
            Base64Url::encode(&sha256(session.attributes.as_deref().unwrap_or_default()));
        let prepared = prepared.map(|(facts, seal, picture)| PreparedBody {
            digest_short: digest_short(&facts.digest.0),
            digest: Base64Url::encode(&facts.digest.0),
            file_name: facts.file_name,
            page_count: facts.page_count,
            mode: facts.mode,
            // Kept marks were finite when they came.
            marks_sha256: Base64Url::encode(&marks_sha256(&facts.marks).unwrap_or_default()),
            mark_count: facts.marks.len(),
            marks: facts.marks,
            seal_id: seal.id.to_string(),
            seal: json!({"kind": seal.kind.as_str(), "svg": picture.svg}),
            time_us: facts.time_us,
            attributes_sha256,
        });
        Self {
            code: session.code,
            version: session.version,
            state: session.state.as_str(),
            kind: session.kind,
            purpose: session.purpose,
            asker: AskerBody {
                asker_id: asker.id.to_string(),
                registered: asker.unit_id.is_some(),
                name: asker.name,
            },
            scope,
            ask: json!({"mode": session.mode, "mark_count_max": session.mark_count_max}),
            match_options: session
                .match_options
                .split(',')
                .map(str::to_owned)
                .collect(),
            matched: session.matched,
            expires_at_us: session.expires_at.micros(),
            chosen: chosen.map(|chosen| ChosenBody {
                holding_id: chosen.holding_id.to_string(),
                unit_id: chosen.unit_id.map(|id| id.to_string()),
                algorithm: chosen.certificate.row.ca.as_str(),
                certificate: Base64Url::encode(&chosen.certificate.row.der),
            }),
            prepared,
            continuous: session.continuous,
            run: run.map(RunBody::from),
            operation_id: session.operation_id.map(|id| id.to_string()),
            failure: session.failure.map(|code| FailureBody { code }),
        }
    }
}

/// Who one can sign as.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChoicesBody {
    identities: Vec<IdentityBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct IdentityBody {
    unit: Option<UnitBody>,
    certificates: Vec<CertificateBody>,
    seals: Vec<SealBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct UnitBody {
    unit_id: String,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct CertificateBody {
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
struct SealBody {
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

fn identity(identity: Identity) -> IdentityBody {
    let certificates = identity
        .certificates
        .into_iter()
        .map(|seen| CertificateBody {
            holding_id: seen.holding.id.to_string(),
            algorithm: seen.product.algorithm.as_str(),
            state: seen.usability.state(),
            reason: seen.usability.reason(),
            reissues: seen.holding.reissues.into(),
            product: seen.product.name,
        });
    let seals = identity.seals.into_iter().map(|usable| SealBody {
        seal_id: usable.seal.id.to_string(),
        kind: usable.seal.kind.as_str(),
        usable: usable.is_usable(),
        reason: usable.refusal.map(domain::seal::Refusal::as_str),
    });
    IdentityBody {
        unit: identity.unit.map(|unit| UnitBody {
            unit_id: unit.id.to_string(),
            name: unit.name,
        }),
        certificates: certificates.collect(),
        seals: seals.collect(),
    }
}
