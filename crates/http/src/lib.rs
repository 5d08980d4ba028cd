//! Routes, wire types, sessions, and the one place where errors become problem+json.
