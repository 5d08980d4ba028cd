//! The real name: photos of the ID card, the face, and what operators decide of it.

use app::App;
use app::face::{self, Looked};
use app::person::{self, Papers, Progress, Sides};
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use domain::document::COUNTRIES;
use domain::id::MaterialId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::person::{IdentityBody, words};
use crate::poll::Wait;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(progress))
        .routes(routes!(check_id_card))
        .routes(routes!(open_face_check))
        .routes(routes!(face_check))
        .routes(routes!(hint, posted_hint))
        .routes(routes!(ask_face_review))
        .routes(routes!(ask_document_review))
        .routes(routes!(countries))
}

/// How far the real name is proven.
#[derive(Serialize, ToSchema)]
struct IdentityProgressBody {
    /// Rises with every change.
    version: i64,
    verified: bool,
    missing_evidence: Vec<&'static str>,
    /// `CN`, `HK`, …, once a document is on record.
    nationality: Option<String>,
    id_number_masked: Option<String>,
    face_failures: i64,
    /// Whether an operator may look at the face instead.
    face_review_offered: bool,
    face_review: Option<IdentityReviewBody>,
    document_review: Option<DocumentReviewBody>,
}

/// How a request to operators stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct IdentityReviewBody {
    case_id: String,
    /// `open`, `passed`, `refused` or `withdrawn`.
    state: &'static str,
    opened_at_us: i64,
    /// Why it was refused.
    reason: Option<String>,
}

impl From<app::review::Standing> for IdentityReviewBody {
    fn from(standing: app::review::Standing) -> Self {
        Self {
            case_id: standing.case_id.to_string(),
            state: standing.state.as_str(),
            opened_at_us: standing.opened_at.micros(),
            reason: standing.reason,
        }
    }
}

/// A document that an operator looks at. What was typed comes back after a refusal.
#[derive(Serialize, ToSchema)]
struct DocumentReviewBody {
    review: IdentityReviewBody,
    nationality: Option<String>,
    name: Option<String>,
    document_kind: Option<String>,
    document_number: Option<String>,
}

impl From<Progress> for IdentityProgressBody {
    fn from(progress: Progress) -> Self {
        let document = progress.document.map(|document| {
            let mut typed = document.typed;
            let mut take = |name: &str| typed.remove(name);
            DocumentReviewBody {
                nationality: take("nationality"),
                name: take("name"),
                document_kind: take("document_kind"),
                document_number: take("document_number"),
                review: document.review.into(),
            }
        });
        Self {
            version: progress.version,
            verified: progress.standing.verified,
            missing_evidence: words(&progress.standing),
            nationality: progress.nationality,
            id_number_masked: progress.number_masked,
            face_failures: progress.face.failures,
            face_review_offered: progress.face.review_offered,
            face_review: progress.face.review.map(Into::into),
            document_review: document,
        }
    }
}

/// Both sides of the ID card, handed in before.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IdCardRequest {
    front: String,
    back: String,
    /// The person has looked at a name that was not read surely, and says that it is theirs.
    #[serde(default)]
    name_confirmed: bool,
}

/// A camera page that waits.
#[derive(Serialize, ToSchema)]
pub(crate) struct FaceCheckOpenedBody {
    face_check_id: String,
    /// Where the browser goes now.
    url: String,
}

impl From<face::Opened> for FaceCheckOpenedBody {
    fn from(opened: face::Opened) -> Self {
        Self {
            face_check_id: opened.id.to_string(),
            url: opened.url,
        }
    }
}

/// What came of a visit to the camera page.
#[derive(Serialize, ToSchema)]
pub(crate) struct FaceCheckBody {
    /// `opening`, `waiting`, `passed` or `failed`.
    state: &'static str,
    /// `mismatch`, `liveness`, `no_picture`, `given_up` or `too_many`.
    failure: Option<String>,
}

impl From<Looked> for FaceCheckBody {
    fn from(looked: Looked) -> Self {
        Self {
            state: looked.state.as_str(),
            failure: looked.failure,
        }
    }
}

/// A photo of the person with the ID card held up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FaceReviewRequest {
    photo: String,
}

/// A document from elsewhere.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DocumentReviewRequest {
    /// `HK`, `MO`, `TW` or one of `GET /countries`.
    nationality: String,
    name: String,
    /// `home_return_permit`, `hk_id_card`, `taiwan_permit`, `residence_permit`, `passport` or `permanent_residence`.
    document_kind: String,
    document_number: String,
    front: String,
    /// None of a passport.
    back: Option<String>,
    handheld: String,
}

#[derive(Serialize, ToSchema)]
struct CaseOpenedBody {
    case_id: String,
}

#[derive(Serialize, ToSchema)]
struct CountriesBody {
    /// ISO 3166-1 alpha-2.
    items: Vec<&'static str>,
}

/// What the browser says it is; camera pages are chosen by it.
pub(crate) fn user_agent(headers: &HeaderMap) -> &str {
    let said = headers.get(header::USER_AGENT);
    said.and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn file(id: &str) -> Result<MaterialId, Problem> {
    path::id(id, "material_not_found")
}

/// How far the real name is proven; waits for a change if asked to.
#[utoipa::path(get, path = "/me/identity", tag = "person", params(Wait),
    responses((status = 200, body = IdentityProgressBody), (status = "4XX", body = ProblemBody)))]
async fn progress(
    State(app): State<App>,
    Signed(caller): Signed,
    Query(wait): Query<Wait>,
) -> Result<Json<IdentityProgressBody>, Problem> {
    let progress = person::progress(&app, &caller, wait.wish()).await?;
    Ok(Json(progress.into()))
}

/// Reads both sides of the ID card and compares them with name and number. Once they were found good, a repeat changes nothing.
///
/// Errors: `identity_needed`, `material_not_found`, `id_card_limit`, `id_card_unavailable`, `id_card_retake` `{side, reason}`,
/// `id_card_mismatch` `{field}`, `id_card_unsure` `{read}`, `id_card_expired` `{valid_to}`.
#[utoipa::path(post, path = "/me/id-card", tag = "person", request_body = IdCardRequest,
    responses((status = 200, body = IdentityBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn check_id_card(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<IdCardRequest>,
) -> Result<Json<IdentityBody>, Problem> {
    let sides = Sides {
        front: file(&body.front)?,
        back: file(&body.back)?,
        confirmed: body.name_confirmed,
    };
    let standing = person::check_id_card(&app, &caller, sides).await?;
    Ok(Json((&standing).into()))
}

/// Opens the camera page, or the one that is open already.
///
/// Errors: `already_verified`, `id_card_needed`, `face_not_offered`, `face_limit`, `face_unavailable`.
#[utoipa::path(post, path = "/me/face-checks", tag = "person",
    responses((status = 201, body = FaceCheckOpenedBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn open_face_check(
    State(app): State<App>,
    Signed(caller): Signed,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<FaceCheckOpenedBody>), Problem> {
    let opened = person::open_face_check(&app, &caller, user_agent(&headers)).await?;
    Ok((StatusCode::CREATED, Json(opened.into())))
}

/// What came of a visit. The provider is asked; what the browser brought back counts for nothing.
///
/// Errors: `face_check_not_found`, `face_unavailable`.
#[utoipa::path(get, path = "/me/face-checks/{face_check_id}", tag = "person", params(("face_check_id" = String, Path)),
    responses((status = 200, body = FaceCheckBody), (status = 404, body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn face_check(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<FaceCheckBody>, Problem> {
    let id = path::id(&id, "face_check_not_found")?;
    Ok(Json(person::face_check(&app, &caller, id).await?.into()))
}

/// A face provider says that something has happened; a reason to ask it, and no more. Providers want 200 and nothing else.
#[utoipa::path(get, path = "/callbacks/faces/{provider}", tag = "callbacks", params(("provider" = String, Path)),
    responses((status = 200), (status = 400, body = ProblemBody)))]
async fn hint(
    State(app): State<App>,
    Path(provider): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<StatusCode, Problem> {
    face::hint(&app, &provider, uri.query().unwrap_or_default()).await?;
    Ok(StatusCode::OK)
}

/// The same, for providers that post.
#[utoipa::path(post, path = "/callbacks/faces/{provider}", tag = "callbacks", params(("provider" = String, Path)),
    responses((status = 200), (status = 400, body = ProblemBody)))]
async fn posted_hint(
    app: State<App>,
    provider: Path<String>,
    uri: OriginalUri,
) -> Result<StatusCode, Problem> {
    hint(app, provider, uri).await
}

/// Asks an operator to compare the face, after three failed visits or one without a picture.
///
/// Errors: `already_verified`, `face_review_not_offered`, `review_open`, `material_not_found`.
#[utoipa::path(post, path = "/me/face-review", tag = "person", request_body = FaceReviewRequest,
    responses((status = 201, body = CaseOpenedBody), (status = "4XX", body = ProblemBody)))]
async fn ask_face_review(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<FaceReviewRequest>,
) -> Result<(StatusCode, Json<CaseOpenedBody>), Problem> {
    let id = person::ask_face_review(&app, &caller, file(&body.photo)?).await?;
    let case_id = id.to_string();
    Ok((StatusCode::CREATED, Json(CaseOpenedBody { case_id })))
}

/// Asks an operator to look at a document from elsewhere.
///
/// Errors: `nationality_not_offered`, `document_kind_invalid`, `document_number_invalid`, `document_back_needed`, `name_invalid`,
/// `already_verified`, `review_open`, `material_not_found`.
#[utoipa::path(post, path = "/me/document-review", tag = "person", request_body = DocumentReviewRequest,
    responses((status = 201, body = CaseOpenedBody), (status = "4XX", body = ProblemBody)))]
async fn ask_document_review(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<DocumentReviewRequest>,
) -> Result<(StatusCode, Json<CaseOpenedBody>), Problem> {
    let papers = Papers {
        nationality: &body.nationality,
        name: &body.name,
        document_kind: &body.document_kind,
        document_number: &body.document_number,
        front: file(&body.front)?,
        back: body.back.as_deref().map(file).transpose()?,
        handheld: file(&body.handheld)?,
    };
    let id = person::ask_document_review(&app, &caller, &papers).await?;
    let case_id = id.to_string();
    Ok((StatusCode::CREATED, Json(CaseOpenedBody { case_id })))
}

/// Countries whose people may hand in a document, beside Hong Kong, Macau and Taiwan.
#[utoipa::path(get, path = "/countries", tag = "person", responses((status = 200, body = CountriesBody)))]
async fn countries() -> Json<CountriesBody> {
    let items = COUNTRIES.split_ascii_whitespace().collect();
    Json(CountriesBody { items })
}
