//! The outside world: a trait each and an embedded default that really behaves.
