//! What is printed, and how time is taken.

use std::time::Instant;

use anyhow::Result;

/// One figure, as `cargo xtask bench` reads it.
#[derive(Debug, serde::Serialize)]
pub struct Figure {
    name: String,
    ours: f64,
    peer: f64,
    unit: &'static str,
    ratio: f64,
    peer_name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash_passes: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl Figure {
    /// From seconds on both sides.
    pub fn new(name: impl Into<String>, ours: f64, peer: f64) -> Self {
        Self::of(name, ours * 1e3, peer * 1e3, "ms")
    }

    pub fn of(name: impl Into<String>, ours: f64, peer: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            ours,
            peer,
            unit,
            ratio: peer / ours,
            peer_name: "pyHanko 0.38",
            hash_passes: None,
            note: None,
        }
    }

    pub fn note(self, note: impl Into<String>) -> Self {
        Self {
            note: Some(note.into()),
            ..self
        }
    }

    /// How many passes of SHA-256 over the same file it took.
    pub fn passes(self, passes: f64) -> Self {
        Self {
            hash_passes: Some(passes),
            ..self
        }
    }
}

/// The median of `rounds` runs in seconds, after one that warms.
pub fn timed(rounds: usize, mut run: impl FnMut() -> Result<()>) -> Result<f64> {
    run()?;
    let mut spent = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let began = Instant::now();
        run()?;
        spent.push(began.elapsed().as_secs_f64());
    }
    Ok(median(spent))
}

pub fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(super::median(vec![3.0, 1.0, 2.0]), 2.0);
    }
}
