//! Ids in paths: a text that is no id names nothing.

use std::str::FromStr;

use app::Error;
use domain::id::MaterialId;

use crate::Problem;

/// Reads an id, or says that there is no such thing.
pub(crate) fn id<T: FromStr>(text: &str, missing: &'static str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem(Error::not_found(missing)))
}

/// Reads what a body names, or says what is wrong with it.
pub(crate) fn named<T: FromStr>(text: &str, wrong: &'static str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem(Error::invalid(wrong)))
}

/// An id of a material in a body, where a use case's own errors are expected.
pub(crate) fn material(text: &str) -> Result<MaterialId, Error> {
    text.parse()
        .map_err(|_| Error::not_found("material_not_found"))
}
