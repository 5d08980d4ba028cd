//! The story on the screen.

use crate::console;
use std::time::Instant;

/// Prints steps with the time they took.
pub struct Print {
    last: std::cell::Cell<Instant>,
}

impl Print {
    /// Starts the watch.
    pub fn new() -> Self {
        Self {
            last: std::cell::Cell::new(Instant::now()),
        }
    }

    /// A new part of the story.
    pub fn title(&self, text: &str) {
        console::say(&format!("\n{text}"));
        self.last.set(Instant::now());
    }

    /// A step that is done.
    pub fn done(&self, text: &str) {
        let now = Instant::now();
        console::say(&format!(
            "  ✓ {text}  [{} ms]",
            now.duration_since(self.last.replace(now)).as_millis()
        ));
    }

    /// Something to know.
    pub fn note(&self, text: &str) {
        console::say(&format!("  … {text}"));
    }
}
