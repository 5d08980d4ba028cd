//! The file that gets the seal, read once from end to end.

use std::io::Write as _;
use std::path::Path;

use pdf_seal::{Document, Midstate, Prepared, Request};

use super::output::Output;
use super::refused::Refused;

/// The file that gets the seal.
pub(super) struct Base<'a> {
    pub document: &'a Document,
    pub path: &'a Path,
    pub algorithm: gm_pki::Algorithm,
}

impl Base<'_> {
    /// One walk for the digest; the new revision and the copy at the same time, which take about as long.
    pub fn prepare_and_digest(
        &self,
        request: &Request<'_>,
        output: &mut Output,
    ) -> Result<(Prepared, Vec<u8>), Refused> {
        let (state, prepared): (Option<Midstate>, _) = std::thread::scope(|scope| {
            let hasher = scope.spawn(|| self.document.base_midstate(self.algorithm));
            let prepared = self.prepare_and_copy(request, output);
            (hasher.join().ok(), prepared)
        });
        let prepared = prepared?;
        let internal = |what: &str| {
            Refused::new(
                "internal",
                format!("the digest could not be made ({what}); try again"),
            )
        };
        let state = state.ok_or_else(|| internal("thread"))?;
        let digest = prepared
            .digest_from(&state)
            .map_err(|error| internal(&error.to_string()))?;
        Ok((prepared, digest))
    }

    fn prepare_and_copy(
        &self,
        request: &Request<'_>,
        output: &mut Output,
    ) -> Result<Prepared, Refused> {
        let prepared = self
            .document
            .prepare(request)
            .map_err(|refusal| Refused::of_file(self.path, &refusal))?;
        let file = output.file();
        let copied = (**self.document.source())
            .as_ref()
            .chunks(1 << 20)
            .try_for_each(|chunk| file.write_all(chunk));
        copied.map_err(|error| output.failed(&error))?;
        Ok(prepared)
    }
}
