//! Use cases: one file is one thing that a person, a platform or a job can do.
