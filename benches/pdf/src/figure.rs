//! What is printed, and how times are put together.

/// One figure, as `cargo xtask bench` reads it.
#[derive(Debug, serde::Serialize)]
pub struct Figure {
    name: &'static str,
    ours: f64,
    peer: f64,
    unit: &'static str,
    ratio: f64,
    peer_name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash_passes: Option<f64>,
    note: String,
}

impl Figure {
    pub fn of(name: &'static str, ours: f64, peer: f64, unit: &'static str, note: &str) -> Self {
        Self {
            name,
            ours,
            peer,
            unit,
            ratio: peer / ours,
            peer_name: "pyHanko 0.38",
            hash_passes: None,
            note: note.to_owned(),
        }
    }

    /// Medians of runs that took turns.
    pub fn of_times(name: &'static str, ours: &Times, peer: &Times, note: &str) -> Self {
        let spread = format!(
            "middle half of the runs: ours {}, peer {}",
            ours.spread(),
            peer.spread()
        );
        let note = if note.is_empty() {
            spread
        } else {
            format!("{note}; {spread}")
        };
        Self::of(name, ours.median() * 1e3, peer.median() * 1e3, "ms", &note)
    }

    pub fn beside(self, peer_name: &'static str) -> Self {
        Self { peer_name, ..self }
    }

    /// How many passes of SHA-256 over the same file it took.
    pub fn passes(self, ours: &Times, pass: &Times) -> Self {
        let note = format!("{}, digest pass {}", self.note, pass.spread());
        Self {
            hash_passes: Some(ours.median() / pass.median()),
            note,
            ..self
        }
    }
}

/// Seconds of runs of the same work.
#[derive(Debug, Default)]
pub struct Times(Vec<f64>);

impl Times {
    pub fn push(&mut self, seconds: f64) {
        let at = self.0.partition_point(|known| *known < seconds);
        self.0.insert(at, seconds);
    }

    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The quartiles in milliseconds.
    fn spread(&self) -> String {
        format!(
            "{:.2} to {:.2} ms",
            self.at(0.25) * 1e3,
            self.at(0.75) * 1e3
        )
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few dozen runs"
    )]
    fn at(&self, share: f64) -> f64 {
        let index = (self.0.len().saturating_sub(1)) as f64 * share;
        self.0
            .get(index.round() as usize)
            .copied()
            .unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::Times;

    #[test]
    fn the_median_is_in_the_middle() {
        let mut times = Times::default();
        for seconds in [0.003, 0.001, 0.002] {
            times.push(seconds);
        }
        assert_eq!(times.median(), 0.002);
        assert_eq!(times.spread(), "2.00 to 3.00 ms");
    }
}
