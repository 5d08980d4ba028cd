//! Ids in paths: a text that is no id names nothing.

use std::str::FromStr;

use app::Error;
use domain::id::MaterialId;

use crate::Problem;

/// Reads an id, or says that there is no such thing.
pub(crate) fn id<T: FromStr>(text: &str, missing: &'static str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem(Error::not_found(missing)))
}

/// The same in a body, where a use case's own errors are expected.
pub(crate) fn material(text: &str) -> Result<MaterialId, Error> {
    text.parse()
        .map_err(|_| Error::not_found("material_not_found"))
}
