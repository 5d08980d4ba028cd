//! XMP metadata (14.3.2) that are none: put in order before the first seal.
//!
//! Who compares two revisions reads the metadata of both, and calls the next seal a forbidden change when they are not
//! XMP, whoever wrote them. Later nothing can be done about it. The old stream stays as it is, since some file may use it
//! for something else too; the catalog names a new one.

use roxmltree::{Document as Xml, ParsingOptions};

use crate::document::Document;
use crate::limits;
use crate::object::{Object, Ref, decode};
use crate::refusal::Refusal;
use crate::write::Increment;

const HEAD: &str = "/Type/Metadata/Subtype/XML";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Writes metadata that can be read, when those of the catalog cannot; `None` when they stay.
pub(crate) fn in_order(
    document: &Document,
    out: &mut Increment<'_>,
) -> Result<Option<Ref>, Refusal> {
    match unreadable(document) {
        None => Ok(None),
        Some(old) => {
            let new = out.allocate()?;
            out.stream(new, HEAD, wrapped(&old).as_bytes());
            Ok(Some(new))
        }
    }
}

/// The metadata of the catalog when they are a stream, can be decoded, and are no XMP.
fn unreadable(document: &Document) -> Option<Vec<u8>> {
    // Whether metadata are encrypted is told in several places, which readers weigh differently.
    if document.crypt.is_some() {
        return None;
    }
    let catalog = document.catalog().ok()?;
    let Object::Ref(reference) = catalog.dict()?.get(b"Metadata")? else {
        return None;
    };
    let loaded = document.load(*reference).ok()?;
    let raw = document.stream_bytes(&loaded).ok()??;
    let bytes = decode(loaded.dict()?, &raw, limits::METADATA_BYTES).ok()?;
    match parse(&bytes) {
        Some(xml) if is_xmp(&xml) => None,
        _ => Some(bytes),
    }
}

/// UTF-8 only, and without a document type, in which entities could hide.
fn parse(bytes: &[u8]) -> Option<Xml<'_>> {
    let options = ParsingOptions {
        nodes_limit: limits::METADATA_NODES,
        ..ParsingOptions::default()
    };
    Xml::parse_with_options(std::str::from_utf8(bytes).ok()?, options).ok()
}

fn is_xmp(xml: &Xml<'_>) -> bool {
    xml.root_element()
        .has_tag_name(("adobe:ns:meta/", "xmpmeta"))
}

/// What the metadata say, in the element that XMP wants around it; nothing when that cannot be told.
fn wrapped(old: &[u8]) -> String {
    let wrap = |inner: &str| {
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">{inner}</x:xmpmeta>\n<?xpacket end=\"w\"?>"
        )
    };
    let kept = parse(old).and_then(|xml| {
        let said = xml.descendants().find(|it| it.has_tag_name((RDF, "RDF")))?;
        let whole = wrap(xml.input_text().get(said.range())?);
        // Names that were declared further out would be missing.
        let sound = parse(whole.as_bytes()).is_some_and(|xml| is_xmp(&xml));
        sound.then_some(whole)
    });
    kept.unwrap_or_else(|| wrap(&format!("<rdf:RDF xmlns:rdf=\"{RDF}\"/>")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_older_programs_wrote_is_kept() {
        let old = b"<x:xapmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description about=''/></rdf:RDF></x:xapmeta>";
        let new = wrapped(old);
        assert!(is_xmp(&parse(new.as_bytes()).unwrap()));
        assert!(new.contains("Description"));
    }

    #[test]
    fn what_is_no_xml_is_left_out() {
        let outside = b"<a xmlns:b='c'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><b:d/></rdf:RDF></a>";
        for old in [b"Potato".as_slice(), b"\xff\xfe<", b"", outside] {
            let new = wrapped(old);
            assert!(is_xmp(&parse(new.as_bytes()).unwrap()), "{new}");
            assert!(!new.contains("b:d"));
        }
    }
}
