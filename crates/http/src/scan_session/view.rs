//! Wire shapes of the asker's side.

use app::asker::Unit;
use app::scan::{AskerView, Signer};
use app::seal::Listed;
use protocol::Base64Url;
use serde::Serialize;
use utoipa::ToSchema;

use crate::scan::FailureBody;
use crate::wire;

/// A session as its asker sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AskerViewBody {
    session_id: String,
    version: i64,
    state: &'static str,
    second_phone: bool,
    match_number: String,
    /// The person has picked the number that the asker shows.
    matched: bool,
    expires_at_us: i64,
    signer: Option<SignerBody>,
    result: Option<ResultBody>,
    /// The continuous run that the session belongs to, while it is open.
    run: Option<AskerRunBody>,
    failure: Option<FailureBody>,
}

/// A continuous run as its asker sees it.
#[derive(Debug, Serialize, ToSchema)]
struct AskerRunBody {
    run_id: String,
    codes_left: u32,
}

#[derive(Debug, Serialize, ToSchema)]
struct SignerBody {
    /// `rsa` or `sm2`.
    algorithm: &'static str,
    /// DER, base64url.
    certificate: String,
    /// Issuing and root certificate.
    chain: Vec<String>,
    person_name: String,
    unit: Option<NamedUnitBody>,
    /// Seals that this person may use here.
    seals: Vec<SealPictureBody>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedUnitBody {
    unit_id: String,
    name: String,
    /// Unified social credit code, or the registration number elsewhere.
    uscc: String,
    /// 单位编码, by which platforms know a unit from elsewhere.
    unit_code: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SealPictureBody {
    seal_id: String,
    kind: &'static str,
    /// The name that it was made with.
    name: String,
    width_mm: f64,
    height_mm: f64,
    svg: String,
    pdf_form: PdfFormBody,
}

#[derive(Debug, Serialize, ToSchema)]
struct PdfFormBody {
    /// In points.
    bbox: [f32; 4],
    /// Content stream: fill operators only; base64url.
    content: String,
}

/// What came of it: a signature, or in a login who has signed the asker in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum ResultBody {
    Signature(SignatureBody),
    Login(LoginBody),
}

#[derive(Debug, Serialize, ToSchema)]
struct SignatureBody {
    /// CMS SignedData, DER, base64url.
    cms: String,
    operation_id: String,
    signed_at_us: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct LoginBody {
    identity: LoginIdentityBody,
    operation_id: String,
    signed_in_until_us: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct LoginIdentityBody {
    person_name: String,
    /// None is the person themselves.
    unit: Option<NamedUnitBody>,
}

impl From<AskerView> for AskerViewBody {
    fn from(view: AskerView) -> Self {
        let AskerView {
            session,
            signer,
            identity,
            run,
        } = view;
        let operation_id = session.operation_id.map(|id| id.to_string());
        let result = match (operation_id, session.signed_at, session.cms, identity) {
            (Some(operation_id), Some(at), Some(cms), None) => {
                Some(ResultBody::Signature(SignatureBody {
                    cms: Base64Url::encode(&cms),
                    operation_id,
                    signed_at_us: at.micros(),
                }))
            }
            (Some(operation_id), _, None, Some(identity)) => Some(ResultBody::Login(LoginBody {
                identity: LoginIdentityBody {
                    person_name: identity.person_name,
                    unit: identity.unit.map(NamedUnitBody::from),
                },
                operation_id,
                signed_in_until_us: identity.until.micros(),
            })),
            _ => None,
        };
        Self {
            session_id: session.id.to_string(),
            version: session.version,
            state: session.state.as_str(),
            second_phone: session.second_phone,
            matched: session.matched,
            match_number: session.match_number,
            expires_at_us: session.expires_at.micros(),
            signer: signer.map(signer_body),
            result,
            run: run.map(|run| AskerRunBody {
                run_id: run.id.to_string(),
                codes_left: run.codes_left,
            }),
            failure: session.failure.map(|code| FailureBody { code }),
        }
    }
}

impl From<Unit> for NamedUnitBody {
    fn from(unit: Unit) -> Self {
        Self {
            unit_id: unit.id.to_string(),
            name: unit.name,
            uscc: unit.registration.number().to_owned(),
            unit_code: unit.unit_code,
        }
    }
}

impl From<Listed> for SealPictureBody {
    fn from(listed: Listed) -> Self {
        let Listed {
            seal,
            name,
            picture,
        } = listed;
        Self {
            seal_id: seal.id.to_string(),
            kind: seal.kind.as_str(),
            name,
            width_mm: wire::millimetres(seal.width_um),
            height_mm: wire::millimetres(seal.height_um),
            svg: picture.svg,
            pdf_form: PdfFormBody {
                bbox: picture.bbox,
                content: Base64Url::encode(&picture.content.0),
            },
        }
    }
}

fn signer_body(signer: Signer) -> SignerBody {
    SignerBody {
        algorithm: signer.certificate.row.ca.as_str(),
        certificate: Base64Url::encode(&signer.certificate.row.der),
        chain: signer
            .chain
            .iter()
            .map(|der| Base64Url::encode(der))
            .collect(),
        person_name: signer.person_name,
        unit: signer.unit.map(NamedUnitBody::from),
        seals: signer
            .seals
            .into_iter()
            .map(SealPictureBody::from)
            .collect(),
    }
}
