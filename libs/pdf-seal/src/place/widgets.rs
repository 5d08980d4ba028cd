//! The signature field and its widgets (12.5.6.19, 12.7.5.5).

use super::MultiPage;
use crate::form::encode_text;
use crate::object::Ref;
use crate::page::Rect;
use crate::refusal::Refusal;
use crate::write::{Increment, number, reference};

/// Print and Locked (table 167).
const FLAGS: &[u8] = b"/F 132";

/// A mark that has found its page, its rectangle and its appearance.
pub(crate) struct Placed {
    /// Index of the page in the document.
    pub page: usize,
    pub page_reference: Ref,
    pub rect: Rect,
    pub appearance: Option<Ref>,
}

/// What was written: the fields for the form, and for each mark its widget.
pub(crate) struct Written {
    pub fields: Vec<Ref>,
    pub widgets: Vec<Ref>,
}

/// Writes fields and widgets for `marks`; `names` holds one free name for each field that `kind` makes.
pub(crate) fn write(
    marks: &[Placed],
    kind: MultiPage,
    names: &[String],
    signature: Ref,
    out: &mut Increment<'_>,
) -> Result<Written, Refusal> {
    // One mark needs no kids: field and widget are the same dictionary, which every reader knows best.
    if kind == MultiPage::SharedV || marks.len() == 1 {
        let mut fields = Vec::with_capacity(marks.len());
        for (mark, name) in marks.iter().zip(names) {
            let field = out.allocate()?;
            let head = [b"/FT/Sig/T".as_slice(), &encode_text(name)].concat();
            out.object(field, &widget(mark, &head, Some(signature)));
            fields.push(field);
        }
        return Ok(Written {
            widgets: fields.clone(),
            fields,
        });
    }
    let field = out.allocate()?;
    let mut widgets = Vec::with_capacity(marks.len());
    for (index, mark) in marks.iter().enumerate() {
        let own = out.allocate()?;
        let value = (kind != MultiPage::KidsV1 || index == 0).then_some(signature);
        let head = format!("/FT/Sig/Parent {field}");
        out.object(own, &widget(mark, head.as_bytes(), value));
        widgets.push(own);
    }
    let mut body = b"<</FT/Sig/T".to_vec();
    body.extend(encode_text(names.first().map_or("Seal", String::as_str)));
    body.extend(format!("/V {signature}/Kids[").bytes());
    for (index, widget) in widgets.iter().enumerate() {
        reference(&mut body, if index == 0 { "" } else { " " }, *widget);
    }
    body.extend_from_slice(b"]>>");
    out.object(field, &body);
    Ok(Written {
        fields: vec![field],
        widgets,
    })
}

fn widget(mark: &Placed, head: &[u8], value: Option<Ref>) -> Vec<u8> {
    let mut body = Vec::with_capacity(256);
    body.extend_from_slice(b"<</Type/Annot/Subtype/Widget");
    body.extend_from_slice(head);
    if let Some(value) = value {
        reference(&mut body, "/V ", value);
    }
    let Rect {
        left,
        bottom,
        right,
        top,
    } = mark.rect;
    reference(&mut body, "/P ", mark.page_reference);
    body.extend_from_slice(b"/Rect[");
    for value in [left, bottom, right, top] {
        body.extend_from_slice(number(value).as_bytes());
        body.push(b' ');
    }
    body.pop();
    body.push(b']');
    body.extend_from_slice(FLAGS);
    if let Some(appearance) = mark.appearance {
        reference(&mut body, "/AP<</N ", appearance);
        body.extend_from_slice(b">>");
    }
    body.extend_from_slice(b">>");
    body
}
