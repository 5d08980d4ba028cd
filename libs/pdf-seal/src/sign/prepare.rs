//! Prepare: check, then write the increment.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::contents::{self, Contents};
use super::{Prepared, Request};
use crate::document::Document;
use crate::form::{Form, check_locks};
use crate::object::Ref;
use crate::page::{PageRecord, Rect};
use crate::place::{self, Appearance, Artwork, Mark, MultiPage, Placed, Slice};
use crate::refusal::{Refusal, damaged};
use crate::write::Increment;

impl Document {
    /// Builds the revision that carries the seal, with a hole where the signature will stand. The file itself is
    /// not touched.
    ///
    /// # Errors
    /// A [`Refusal`] when the file must not or cannot carry the seal, or when the request makes no sense.
    pub fn prepare(&self, request: &Request<'_>) -> Result<Prepared, Refusal> {
        request.check()?;
        let form = Form::read(self)?;
        let visible = !matches!(request.artwork, Artwork::None) && !request.marks.is_empty();
        check_locks(self, &form, visible)?;
        let pages = if visible {
            request
                .marks
                .iter()
                .map(|mark| self.marked_page(mark))
                .collect::<Result<Vec<_>, _>>()?
        } else {
            Vec::new()
        };
        let mut out = Increment::new(self);
        let marks = if visible {
            place_visible(request, &pages, &mut out)?
        } else {
            vec![self.place_invisible(request)?]
        };
        self.write_revision(request, &form, &marks, out)
    }

    fn marked_page(&self, mark: &Mark) -> Result<(usize, &PageRecord), Refusal> {
        let pages = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        let index = (mark.page as usize).wrapping_sub(1);
        let page = self.pages.get(index).ok_or(Refusal::PageOutOfRange {
            page: mark.page,
            pages,
        })?;
        page.geometry.check(mark)?;
        Ok((index, page))
    }

    /// An invisible signature has a widget without area (12.7.5.5), on the page of the first mark if there is one.
    pub(crate) fn place_invisible(&self, request: &Request<'_>) -> Result<Placed, Refusal> {
        let pages = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        let index = match request.marks.first() {
            Some(mark) => (mark.page as usize).wrapping_sub(1),
            None => 0,
        };
        let number = u32::try_from(index).unwrap_or(u32::MAX).wrapping_add(1);
        let page = self.pages.get(index).ok_or(Refusal::PageOutOfRange {
            page: number,
            pages,
        })?;
        let rect = Rect {
            left: 0.0,
            bottom: 0.0,
            right: 0.0,
            top: 0.0,
        };
        Ok(Placed {
            page: index,
            page_reference: page.reference,
            rect,
            appearance: None,
        })
    }

    fn write_revision(
        &self,
        request: &Request<'_>,
        form: &Form,
        marks: &[Placed],
        mut out: Increment<'_>,
    ) -> Result<Prepared, Refusal> {
        let kind = match request.multi_page {
            MultiPage::Auto if marks.len() > place::KIDS_V_WIDGETS => MultiPage::KidsV1,
            MultiPage::Auto => MultiPage::KidsV,
            kind => kind,
        };
        let fields = if kind == MultiPage::SharedV {
            marks.len()
        } else {
            1
        };
        let names = form.free_names("Seal_", fields);
        let signature = out.allocate()?;
        let written = place::write_widgets(marks, kind, &names, signature, &mut out)?;
        let mut by_page: BTreeMap<usize, Vec<Ref>> = BTreeMap::new();
        for (mark, widget) in marks.iter().zip(&written.widgets) {
            by_page.entry(mark.page).or_default().push(*widget);
        }
        place::add_annots(self, &by_page, form.signed.is_empty(), &mut out)?;
        let mut metadata = None;
        if form.signed.is_empty() {
            metadata = place::metadata_in_order(self, &mut out)?;
            place::info_in_order(self, &mut out)?;
        }
        place::add_to_form(self, form, &written.fields, metadata, &mut out)?;
        let field = names.into_iter().next().unwrap_or_default();
        let contents = contents::write(request, self.len());
        self.close_revision(out, signature, &contents, field)
    }

    /// Writes the signature dictionary as the last object, ends the revision, and fills in what it covers.
    pub(crate) fn close_revision(
        &self,
        mut out: Increment<'_>,
        signature: Ref,
        contents: &Contents,
        field: String,
    ) -> Result<Prepared, Refusal> {
        let places = [contents.range_at, contents.hole.start, contents.hole.end];
        let [range_at, start, end] = out.object_at(signature, &contents.body, places);
        let mut increment = out.finish()?;
        let base = self.len();
        let hole = start..end;
        let after = base + hole.end as u64;
        let byte_range = [
            0,
            base + hole.start as u64,
            after,
            base + increment.len() as u64 - after,
        ];
        let numbers = contents::range(byte_range).ok_or(Refusal::TooLarge)?;
        let slot = increment.get_mut(range_at..range_at + numbers.len());
        slot.ok_or_else(|| damaged("the increment is too short"))?
            .copy_from_slice(&numbers);
        Ok(Prepared::new(
            Arc::clone(self.source()),
            increment,
            hole,
            byte_range,
            field,
        ))
    }
}

fn place_visible(
    request: &Request<'_>,
    pages: &[(usize, &PageRecord)],
    out: &mut Increment<'_>,
) -> Result<Vec<Placed>, Refusal> {
    let mut appearance = Appearance::write(&request.artwork, out)?;
    let mut placed = Vec::with_capacity(pages.len());
    let mut repeats = Repeats::default();
    for (mark, (index, page)) in request.marks.iter().zip(pages) {
        let rect = page
            .geometry
            .place(mark.x_mm, mark.y_mm, mark.width_mm, mark.height_mm);
        if page.listed_twice && repeats.has(mark, *index, page.reference, rect)? {
            continue;
        }
        let form = match &mut appearance {
            Some(appearance) => Some(appearance.form(page.geometry.rotate, mark.slice, out)?),
            None => None,
        };
        placed.push(Placed {
            page: *index,
            page_reference: page.reference,
            rect,
            appearance: form,
        });
    }
    Ok(placed)
}

/// Marks on page objects that are listed more than once: what is put on such an object shows each time.
#[derive(Default)]
struct Repeats(BTreeMap<Ref, First>);

/// The first place in the list, and the marks that were put on it there.
struct First {
    index: usize,
    marks: Vec<(Rect, Option<Slice>)>,
}

impl Repeats {
    /// Whether the same mark is on the object already, for another place in the list; refuses a different one.
    fn has(&mut self, mark: &Mark, index: usize, page: Ref, rect: Rect) -> Result<bool, Refusal> {
        let first = self.0.entry(page).or_insert(First {
            index,
            marks: Vec::new(),
        });
        if first.index == index {
            first.marks.push((rect, mark.slice));
            return Ok(false);
        }
        if first.marks.contains(&(rect, mark.slice)) {
            Ok(true)
        } else {
            Err(Refusal::PageListedTwice(mark.page))
        }
    }
}
