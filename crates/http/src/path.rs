//! Ids in paths: a text that is no id names nothing.

use std::str::FromStr;

use app::Error;

use crate::Problem;

/// Reads an id, or says that there is no such thing.
pub(crate) fn id<T: FromStr>(text: &str, missing: &'static str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem(Error::not_found(missing)))
}
