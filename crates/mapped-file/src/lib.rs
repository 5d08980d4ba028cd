//! A read-only map of a file that is held open and locked: the one audited place with unsafe code.
