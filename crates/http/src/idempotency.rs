//! Creating posts that may be repeated (marked ⟳ in the protocol): the same `Idempotency-Key` and body from the same
//! person gets the stored answer.

use app::once::{self, Begun, Key};
use app::{App, Caller, Error, Ticket};
use axum::extract::{FromRequest, MatchedPath, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::Problem;
use crate::body;

/// Characters of an `Idempotency-Key`.
const KEY_CHARS_MAX: usize = 64;

/// The JSON body of a creating post together with its `Idempotency-Key`, if it has one.
///
/// ```ignore
/// async fn create(State(app): State<App>, Signed(caller): Signed, once: Once<NewOrder>) -> Result<Response, Problem> {
///     once.run(&app, &caller, StatusCode::CREATED, async |body, ticket| {
///         // `create` calls `ticket.record(&mut tx, &answer)` last in its transaction.
///         app::order::create(&app, &caller, body.into(), &ticket).await
///     }).await
/// }
/// ```
#[derive(Debug)]
pub struct Once<T> {
    body: T,
    body_sha256: [u8; 32],
    key: Option<String>,
    route: String,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Once<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let headers = request.headers().clone();
        let path = request
            .extensions()
            .get::<MatchedPath>()
            .map_or("-", MatchedPath::as_str);
        // The pattern alone would let a key answer for another object of the same route.
        let route = format!("{} {path} {}", request.method(), request.uri().path());
        let key = match headers.get("idempotency-key") {
            None => None,
            Some(value) => {
                let text = value
                    .to_str()
                    .ok()
                    .filter(|text| (1..=KEY_CHARS_MAX).contains(&text.len()));
                Some(
                    text.ok_or_else(|| Error::invalid("idempotency_key_invalid"))?
                        .to_owned(),
                )
            }
        };
        let bytes = body::read(request, state).await?;
        let body = body::parse(&headers, &bytes)?;
        Ok(Self {
            body,
            body_sha256: Sha256::digest(&bytes).into(),
            key,
            route,
        })
    }
}

impl<T> Once<T> {
    /// Does the work, or answers as the first time. Refusals are not kept: a repeat is judged anew.
    ///
    /// # Errors
    /// Those of the work, `idempotency_conflict`, `idempotency_in_flight`.
    pub async fn run<A, W>(
        self,
        app: &App,
        caller: &Caller,
        status: StatusCode,
        work: W,
    ) -> Result<Response, Problem>
    where
        A: Serialize,
        W: AsyncFnOnce(T, &Ticket) -> app::Result<A>,
    {
        let ticket = match self.key {
            None => Ticket::none(),
            Some(key) => {
                let owner = format!("person:{}", caller.person_id);
                let key = Key {
                    owner,
                    route: self.route,
                    key,
                    body_sha256: self.body_sha256,
                };
                match once::begin(app, key, u32::from(status.as_u16())).await? {
                    Begun::Fresh(ticket) => ticket,
                    Begun::Answered { status, answer } => return Ok(replay(status, answer)),
                }
            }
        };
        match work(self.body, &ticket).await {
            Ok(answer) => {
                let answer = serde_json::to_vec(&answer).map_err(Error::internal)?;
                ticket.settle(app, &answer).await?;
                Ok(replay(u32::from(status.as_u16()), answer))
            }
            Err(error) => {
                ticket.release(app).await?;
                Err(error.into())
            }
        }
    }
}

fn replay(status: u32, answer: Vec<u8>) -> Response {
    let status = u16::try_from(status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok());
    (
        status.unwrap_or(StatusCode::OK),
        [(header::CONTENT_TYPE, "application/json")],
        answer,
    )
        .into_response()
}
