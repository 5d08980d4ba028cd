//! Scan sessions from the asker's side.

mod view;

use std::convert::Infallible;

use app::scan::ScanSession;
use app::scan::{self, Ask, AskedUnseal, CreateSession, PrepareSession, SealWish, What};
use app::{App, Error};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::scan_session::LIFETIME_DEFAULT_S;
use futures_util::stream::{self, Stream};
use protocol::MarkWire;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asker::{Asked, secret};
use crate::body::Json;
use crate::poll::{LONGEST_WAIT, Wait};
use crate::{Problem, wire};
use view::AskerViewBody;
pub(crate) use view::{NamedUnitBody, SealPictureBody};

/// Bytes of a prepare: five thousand places and a little more.
const PREPARE_BYTES_MAX: usize = 2 * 1024 * 1024;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(show))
        .routes(routes!(events))
        .routes(routes!(cancel))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(prepare))
                .layer(DefaultBodyLimit::max(PREPARE_BYTES_MAX)),
        )
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSession {
    /// 16 random bytes, base64url: the same request gets the same answer.
    request_id: String,
    /// `seal`, `login` or `unseal`; says which shape `ask` has.
    kind: String,
    /// In words, for the phone.
    purpose: String,
    scope: ScopeBody,
    ask: AskBody,
    /// Until claimed; 90 by default.
    lifetime_s: Option<i64>,
    /// The tool would like a run of codes: one unlock on the phone, code after code.
    continuous: Option<bool>,
    /// X25519 key, 32 bytes, base64url.
    one_time_key: String,
}

/// One of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ScopeBody {
    platform_id: Option<String>,
    document_sealing: Option<bool>,
}

/// What is asked, by the kind of session.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
enum AskBody {
    Seal(SealAsk),
    Login(LoginAsk),
    Unseal(UnsealAsk),
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SealAsk {
    /// `page:N`, `all`, `pages:1-3,5`, `straddle:EDGES[:RANGES]`, `keyword:TEXT[#first|#all|#N]`.
    mode: String,
    mark_count_max: u32,
    /// The seal that the asker's person has picked beforehand.
    seal_id: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LoginAsk {
    /// Whether the person signs with a certificate; only `false` is offered.
    certificate: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnsealAsk {
    /// The signature's field in the document.
    field: String,
    /// Digest of its CMS, 32 bytes, base64url.
    signature_sha256: String,
    /// Digest of the certificate that made it, 32 bytes, base64url.
    certificate_sha256: String,
}

impl AskBody {
    /// What is asked, if it has the shape of the kind.
    fn of_kind(self, kind: &str) -> Result<Ask, Problem> {
        match (kind, self) {
            ("seal", Self::Seal(ask)) => Ok(Ask::Seal {
                mode: ask.mode,
                mark_count_max: ask.mark_count_max,
                seal_id: ask.seal_id.as_deref().map(wire::id).transpose()?,
            }),
            ("login", Self::Login(LoginAsk { certificate: false })) => Ok(Ask::Login),
            ("unseal", Self::Unseal(ask)) => Ok(Ask::Unseal(AskedUnseal {
                field: ask.field,
                signature_sha256: wire::bytes(&ask.signature_sha256)?,
                certificate_sha256: wire::bytes(&ask.certificate_sha256)?,
            })),
            ("seal" | "unseal", _) | ("login", Self::Seal(_) | Self::Unseal(_)) => {
                Err(Error::invalid("body_invalid").with("at", "ask").into())
            }
            _ => Err(Error::invalid("kind_not_offered").into()),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct CreatedBody {
    session_id: String,
    code: String,
    code_text: String,
    short_code: String,
    secret: String,
    match_number: String,
    claim_expires_at_us: i64,
}

/// A seal that is to be set, or one that is to be taken away, by the kind of session.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
enum Prepare {
    Seal(PrepareSeal),
    Unseal(PrepareUnseal),
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PrepareUnseal {
    /// The signature's field in the document.
    field: String,
    /// Digest of its CMS, 32 bytes, base64url.
    signature_sha256: String,
    file_name: String,
    page_count: u32,
    time_us: i64,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PrepareSeal {
    /// Over the byte ranges, 32 bytes, base64url.
    digest: String,
    file_name: String,
    page_count: u32,
    mode: String,
    seal_id: String,
    #[schema(value_type = Vec<Object>)]
    marks: Vec<MarkWire>,
    time_us: i64,
}

/// Opens a session. Signed by the asker's key.
#[utoipa::path(post, path = "/scan-sessions", tag = "asker", request_body = NewSession, responses((status = 201, body = CreatedBody)))]
async fn create(
    State(app): State<App>,
    asked: Asked<NewSession>,
) -> Result<(StatusCode, Json<CreatedBody>), Problem> {
    let new = asked.body;
    let platform_id = match (&new.scope.platform_id, new.scope.document_sealing) {
        (Some(id), None) => Some(wire::id(id)?),
        (None, Some(true)) => None,
        _ => return Err(Error::invalid("body_invalid").with("at", "scope").into()),
    };
    let wish = CreateSession {
        request_id: wire::bytes(&new.request_id)?,
        purpose: new.purpose,
        platform_id,
        ask: new.ask.of_kind(&new.kind)?,
        lifetime_s: new.lifetime_s.unwrap_or(LIFETIME_DEFAULT_S),
        one_time_key: wire::bytes(&new.one_time_key)?,
        continuous: new.continuous.unwrap_or(false),
        hash: asked.hash,
    };
    let made = scan::create(&app, &asked.asker, &wish).await?;
    let body = CreatedBody {
        session_id: made.session_id,
        code: made.code,
        code_text: made.code_text,
        short_code: made.short_code,
        secret: made.secret,
        match_number: made.match_number,
        claim_expires_at_us: made.claim_expires_at_us,
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// The asker's view, opened by the session's secret; waits for a change if asked to.
#[utoipa::path(get, path = "/scan-sessions/{session_id}", tag = "asker", params(Wait), responses((status = 200, body = AskerViewBody)))]
async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(wait): Query<Wait>,
    headers: HeaderMap,
) -> Result<Json<AskerViewBody>, Problem> {
    let mut session = opened(&app, &id, &headers).await?;
    if let Some((after, at_most)) = wait.wish() {
        session = scan::wait(&app, session, after, at_most).await?;
    }
    Ok(Json(scan::asker_view(&app, session).await?.into()))
}

/// The same as server-sent events, one for each version, until the session is over.
#[utoipa::path(get, path = "/scan-sessions/{session_id}/events", tag = "asker", responses((status = 200, content_type = "text/event-stream")))]
async fn events(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let session = opened(&app, &id, &headers).await?;
    let stream = stream::unfold(Some((app, session, None::<i64>)), |state| async move {
        let (app, session, seen) = state?;
        let session = match seen {
            Some(version) => scan::wait(&app, session, version, LONGEST_WAIT)
                .await
                .ok()?,
            None => session,
        };
        let (version, over) = (session.version, session.state.is_over());
        if seen == Some(version) && !over {
            // Nothing new: a comment keeps the connection and the next turn waits again.
            return Some((
                Ok(Event::default().comment("waiting")),
                Some((app, session, seen)),
            ));
        }
        let view = AskerViewBody::from(scan::asker_view(&app, session.clone()).await.ok()?);
        let event = Event::default().event("session").json_data(&view).ok()?;
        Some((Ok(event), (!over).then_some((app, session, Some(version)))))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

/// States what is to be signed.
#[utoipa::path(post, path = "/scan-sessions/{session_id}/prepare", tag = "asker", request_body = Prepare, responses((status = 200, body = AskerViewBody)))]
async fn prepare(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Prepare>,
) -> Result<Json<AskerViewBody>, Problem> {
    let session = opened(&app, &id, &headers).await?;
    scan::prepare(&app, &session, wish(body)?).await?;
    let session = opened(&app, &id, &headers).await?;
    Ok(Json(scan::asker_view(&app, session).await?.into()))
}

/// Takes the session back.
#[utoipa::path(post, path = "/scan-sessions/{session_id}/cancel", tag = "asker", responses((status = 204)))]
async fn cancel(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let session = opened(&app, &id, &headers).await?;
    scan::cancel(&app, &session).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn opened(app: &App, id: &str, headers: &HeaderMap) -> Result<ScanSession, Problem> {
    let secret = secret(headers)?;
    let id = id
        .parse()
        .map_err(|_| Problem(Error::not_found("session_unknown")))?;
    Ok(scan::authenticate_secret(app, id, &secret).await?)
}

fn wish(body: Prepare) -> Result<PrepareSession, Problem> {
    let hash = hash(&body)?;
    Ok(match body {
        Prepare::Seal(body) => PrepareSession {
            hash,
            file_name: body.file_name,
            page_count: body.page_count,
            time_us: body.time_us,
            what: What::Seal(SealWish {
                digest: wire::bytes_up_to(&body.digest, 64)?,
                mode: body.mode,
                seal_id: wire::id(&body.seal_id)?,
                marks: body.marks,
            }),
        },
        Prepare::Unseal(body) => PrepareSession {
            hash,
            file_name: body.file_name,
            page_count: body.page_count,
            time_us: body.time_us,
            what: What::Unseal {
                field: body.field,
                signature_sha256: wire::bytes(&body.signature_sha256)?,
            },
        },
    })
}

/// Digest over the facts: what "the same again" means.
fn hash(body: &Prepare) -> Result<[u8; 32], Problem> {
    let bytes = match body {
        Prepare::Seal(body) => {
            let marks = protocol::marks_sha256(&body.marks)
                .map_err(|_| Problem(Error::invalid("mark_invalid")))?;
            serde_json::to_vec(&(
                &body.digest,
                &body.file_name,
                body.page_count,
                &body.mode,
                &body.seal_id,
                marks,
                body.time_us,
            ))
        }
        Prepare::Unseal(body) => serde_json::to_vec(body),
    };
    let bytes = bytes.map_err(|error| Problem(Error::internal(error)))?;
    Ok(protocol::sha256(&bytes))
}
