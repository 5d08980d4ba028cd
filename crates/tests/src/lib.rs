//! Every test that needs the running system.
