//! Wire shapes of the asker's side.

use app::scan::{AskerView, Signer};
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
    unit: Option<UnitBody>,
    /// Seals that this person may use here.
    seals: Vec<SealBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct UnitBody {
    unit_id: String,
    name: String,
    uscc: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct SealBody {
    seal_id: String,
    kind: &'static str,
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

#[derive(Debug, Serialize, ToSchema)]
struct ResultBody {
    /// CMS SignedData, DER, base64url.
    cms: String,
    operation_id: String,
    signed_at_us: i64,
}

impl From<AskerView> for AskerViewBody {
    fn from(view: AskerView) -> Self {
        let AskerView {
            session,
            signer,
            run,
        } = view;
        let result = match (session.cms, session.operation_id, session.signed_at) {
            (Some(cms), Some(operation), Some(at)) => Some(ResultBody {
                cms: Base64Url::encode(&cms),
                operation_id: operation.to_string(),
                signed_at_us: at.micros(),
            }),
            _ => None,
        };
        Self {
            session_id: session.id.to_string(),
            version: session.version,
            state: session.state.as_str(),
            second_phone: session.second_phone,
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

fn signer_body(signer: Signer) -> SignerBody {
    let seals = signer.seals.into_iter().map(|view| SealBody {
        seal_id: view.seal.id.to_string(),
        kind: view.seal.kind.as_str(),
        width_mm: wire::millimetres(view.seal.width_um),
        height_mm: wire::millimetres(view.seal.height_um),
        svg: view.picture.svg,
        pdf_form: PdfFormBody {
            bbox: view.picture.bbox,
            content: Base64Url::encode(&view.picture.content.0),
        },
    });
    SignerBody {
        algorithm: signer.certificate.row.ca.as_str(),
        certificate: Base64Url::encode(&signer.certificate.row.der),
        chain: signer
            .chain
            .iter()
            .map(|der| Base64Url::encode(der))
            .collect(),
        person_name: signer.person_name,
        unit: signer.unit.map(|unit| UnitBody {
            unit_id: unit.id.to_string(),
            name: unit.name,
            uscc: unit.uscc,
        }),
        seals: seals.collect(),
    }
}
