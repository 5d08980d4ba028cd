//! Document time stamps (ISO 32000-2 12.8.5): an invisible signature of the kind `ETSI.RFC3161` over the whole file.

use std::collections::BTreeMap;

use gm_pki::tsp;

use crate::document::Document;
use crate::form::Form;
use crate::limits;
use crate::place::{self, MultiPage};
use crate::refusal::{Error, Refusal};
use crate::sign::{Prepared, Request, contents};
use crate::write::Increment;

impl Document {
    /// Builds the revision of a document time stamp with a hole of `contents_bytes` for the token; a token with its chain
    /// takes 3 000 to 12 000 bytes. Digest it as any prepared revision; the digest is the imprint to be stamped.
    ///
    /// Neither a certification that forbids changes nor a lock on fields stands against it: readers let document time
    /// stamps and validation material pass in all cases (ISO 32000-2 12.8.2.2.2).
    ///
    /// # Errors
    /// A [`Refusal`] when the file cannot be read or written to, or the place is too small or too large.
    pub fn prepare_time_stamp(&self, contents_bytes: usize) -> Result<Prepared, Refusal> {
        if !(256..=limits::CONTENTS_BYTES).contains(&contents_bytes) {
            return Err(Refusal::BadRequest(
                "the place for the time stamp must hold 256 bytes to one megabyte",
            ));
        }
        let form = Form::read(self)?;
        let mark = self.place_invisible(&Request::default())?;
        let mut out = Increment::new(self);
        let names = form.free_names("TimeStamp_", 1);
        let signature = out.allocate()?;
        let page = mark.page;
        let written = place::write_widgets(&[mark], MultiPage::KidsV, &names, signature, &mut out)?;
        let widgets = BTreeMap::from([(page, written.widgets)]);
        place::add_annots(self, &widgets, form.signed.is_empty(), &mut out)?;
        place::add_to_form(self, &form, &written.fields, None, &mut out)?;
        let field = names.into_iter().next().unwrap_or_default();
        self.close_revision(out, signature, &contents::of_stamp(contents_bytes), field)
    }
}

impl Prepared {
    /// As [`Prepared::embed`], once the token was found to be a sound time stamp over `digest`, the digest of this
    /// revision. Whether its maker is to be believed is not asked here.
    ///
    /// # Errors
    /// [`Error::Cms`] when it is a time stamp over something else or does not verify; as [`Prepared::embed`] besides.
    pub fn embed_token(&mut self, token_der: &[u8], digest: &[u8]) -> Result<(), Error> {
        tsp::check_token(token_der, &|_| Some(digest.to_vec()))
            .map_err(|error| Error::Cms(error.to_string()))?;
        self.embed(token_der)
    }
}
