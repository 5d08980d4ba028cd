//! What the stand-ins remember: shared by all nodes, there again after a restart.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::answer::Answer;

/// Named texts, and the clock by which stand-ins act. The service keeps them in its database.
pub trait Shelf: Send + Sync {
    /// What stands under a name.
    fn read<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>>;

    /// Puts a text under a name, whatever stood there.
    fn write<'a>(&'a self, name: &'a str, text: &'a str) -> Answer<'a, ()>;

    /// Puts a text under a name unless one stands there, and gives what stands there then.
    fn write_new<'a>(&'a self, name: &'a str, text: &'a str) -> Answer<'a, String>;

    /// What stands under names that begin so, by name from the last to the first, 200 at most.
    fn list<'a>(&'a self, beginning: &'a str) -> Answer<'a, Vec<(String, String)>>;

    /// Now, in unix seconds.
    fn now_s(&self) -> i64;
}

/// A shelf that lasts as long as the process and on which no time passes.
#[derive(Debug, Default)]
pub struct MemoryShelf(Mutex<BTreeMap<String, String>>);

impl MemoryShelf {
    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, String>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Shelf for MemoryShelf {
    fn read<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(async move { Ok(self.with(|texts| texts.get(name).cloned())) })
    }

    fn write<'a>(&'a self, name: &'a str, text: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            self.with(|texts| texts.insert(name.to_owned(), text.to_owned()));
            Ok(())
        })
    }

    fn write_new<'a>(&'a self, name: &'a str, text: &'a str) -> Answer<'a, String> {
        Box::pin(async move {
            Ok(self.with(|texts| {
                let stands = texts.entry(name.to_owned());
                stands.or_insert_with(|| text.to_owned()).clone()
            }))
        })
    }

    fn list<'a>(&'a self, beginning: &'a str) -> Answer<'a, Vec<(String, String)>> {
        Box::pin(async move {
            Ok(self.with(|texts| {
                let all = texts.iter().rev();
                let fitting = all.filter(|(name, _)| name.starts_with(beginning));
                let pairs = fitting.map(|(name, text)| (name.clone(), text.clone()));
                pairs.take(200).collect()
            }))
        })
    }

    fn now_s(&self) -> i64 {
        0
    }
}
