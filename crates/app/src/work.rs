//! The jobs of the service: each noun's slice registers its handlers here.

use std::sync::Arc;

use jobs::Worker;

use crate::App;

/// A worker that knows every job.
#[must_use]
pub fn worker(app: &App) -> Worker {
    let clock = Arc::clone(&app.clock);
    Worker::new(app.db.clone(), Arc::new(move || clock.now()))
}
