//! The rules: who may, until when, how many are left, what it costs.
