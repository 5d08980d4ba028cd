//! Work on many things shared out among threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::Error;

/// What `work` makes of each item, in the items' order. Each of `threads` takes the next item when it is done with one.
///
/// A network's many small steps keep two cores half busy, as each has to wait for the other at every step; two lines
/// at a time keep both busy.
pub fn shared<T: Sync, U: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> Result<U, Error> + Sync,
) -> Result<Vec<U>, Error> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return Ok(done);
            };
            done.push((at, work(item)?));
        }
    };
    let mut done = thread::scope(|scope| {
        // A thread that does not start leaves its work to the others.
        let others: Vec<_> = (1..threads.min(items.len()))
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, worker).ok())
            .collect();
        let mut done: Vec<(usize, U)> = worker()?;
        for other in others {
            let part: Result<Vec<(usize, U)>, Error> = other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            done.extend(part?);
        }
        Ok(done)
    })?;
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, it)| it).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_in_order() {
        for threads in [0, 1, 2, 5] {
            let items: Vec<usize> = (0..20).collect();
            let doubled = shared(threads, &items, |it| Ok(it * 2)).unwrap();
            assert!(doubled.into_iter().eq((0..20).map(|it| it * 2)));
            assert!(
                shared(threads, &items[..0], |it| Ok(*it))
                    .unwrap()
                    .is_empty()
            );
        }
    }

    #[test]
    fn an_error_is_an_error() {
        let failing = |it: &usize| if *it == 7 { Err(Error::Format) } else { Ok(()) };
        let items: Vec<usize> = (0..20).collect();
        assert!(shared(2, &items, failing).is_err());
    }
}
