//! The other reader: `hayro`, for what is only looked at — text and pictures — and never for what is signed.
//!
//! It repairs what it can, silently, so that its answers are advice. Nothing that it says reaches a signature.

mod bounds;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_interpret::hayro_syntax::Pdf;

use crate::document::{Document, Source};
use crate::limits;
use crate::refusal::Refusal;

pub(crate) use bounds::Bounds;

/// What the threads are called that this reader works on, for programs that want to keep its panics quiet.
pub const THREAD: &str = "pdf-reader";

/// Opens the file; `None` when the reader sees other pages than the strict parser does, so that its places would mean
/// nothing.
pub(crate) fn open(document: &Document) -> Option<Pdf> {
    let password = document.reader_password().ok()?;
    let source = Arc::new(Lent(document.source().clone()));
    let opened = guarded(|| Pdf::new_with_password(source, password), None);
    let pdf = opened.ok()?.ok()?;
    let count = guarded(|| pdf.pages().len(), None).ok()?;
    (count == document.pages.len()).then_some(pdf)
}

/// Runs `work` on a thread with room for drawings that nest, and gives `failed` when it ends in a way of its own.
pub(crate) fn on_thread<T: Send>(
    failed: Refusal,
    work: impl FnOnce() -> Result<T, Refusal> + Send,
) -> Result<T, Refusal> {
    let mut answers = on_threads(&failed, [work])?;
    answers.pop().ok_or(failed)
}

/// As [`on_thread`], a thread for each of `works`; their answers in order, or the first refusal.
pub(crate) fn on_threads<T: Send, W: FnOnce() -> Result<T, Refusal> + Send>(
    failed: &Refusal,
    works: impl IntoIterator<Item = W>,
) -> Result<Vec<T>, Refusal> {
    std::thread::scope(|scope| {
        let start = |work| {
            std::thread::Builder::new()
                .name(THREAD.to_owned())
                .stack_size(limits::TEXT_STACK_BYTES)
                .spawn_scoped(scope, work)
        };
        // All are started before the first is waited for.
        let started: Vec<_> = works.into_iter().map(start).collect();
        let answers = started.into_iter().map(|reader| match reader {
            Ok(reader) => reader.join().unwrap_or_else(|_| Err(failed.clone())),
            Err(_) => Err(Refusal::Limits("threads")),
        });
        answers.collect()
    })
}

/// A file is hostile, and `hayro` is young: what it does not expect must not end the program. Also the way out of
/// its loops, which it does not offer itself: whoever counts steps leaves with a [`Refusal`] by `resume_unwind`.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T, failed: Option<Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause: Box<dyn Any + Send>| {
        match cause.downcast::<Refusal>() {
            Ok(refusal) => *refusal,
            Err(_) => failed.unwrap_or(Refusal::TextUnreadable),
        }
    })
}

struct Lent(Source);

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}
