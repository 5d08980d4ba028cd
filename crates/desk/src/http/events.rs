//! What changes by itself, told to the page as it happens.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::Context;
use crate::desk::Desk;
use crate::events::Event as Happened;

/// One stream: the state at once, then each change.
pub(super) async fn stream(
    State(context): State<Context>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let desk = context.desk;
    let listening = desk.inner().events.subscribe();
    let stream = stream::unfold(
        (desk, listening, true),
        |(desk, mut listening, first)| async move {
            let event = if first {
                state(&desk).await
            } else {
                next(&desk, &mut listening).await?
            };
            Some((Ok(event), (desk, listening, false)))
        },
    );
    Sse::new(stream).keep_alive(KeepAlive::default())
}

async fn next(desk: &Desk, listening: &mut Receiver<Happened>) -> Option<Event> {
    loop {
        match listening.recv().await {
            Ok(Happened::State) | Err(RecvError::Lagged(_)) => return Some(state(desk).await),
            Ok(Happened::Document(id)) => {
                // One that is closed already is told by the state.
                let Ok(document) = desk.document(id) else {
                    continue;
                };
                if let Ok(view) = super::document::view(desk, &document).await {
                    return Some(told("document", &view));
                }
            }
            Ok(Happened::Run(id)) => {
                if let Ok(run) = desk.run(id) {
                    return Some(told("run", &desk.run_view(&run)));
                }
            }
            Err(RecvError::Closed) => return None,
        }
    }
}

async fn state(desk: &Desk) -> Event {
    match super::state::whole(desk).await {
        Ok(state) => told("state", &state),
        Err(_) => Event::default().comment("no state"),
    }
}

fn told(name: &str, data: &impl Serialize) -> Event {
    let event = Event::default().event(name).json_data(data);
    event.unwrap_or_else(|_| Event::default().comment("an event that cannot be written"))
}
