//! A document as the page sees it.

use serde::Serialize;
use uuid::Uuid;

use super::Document;

/// Longest file name, in characters; the server's limit is larger.
const NAME_CHARACTERS: usize = 120;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct DocumentView {
    pub document_id: Uuid,
    pub file_name: String,
    pub path: Option<String>,
    pub bytes: u64,
    pub sha256: String,
    pub revision: u32,
    pub page_count: usize,
    pub pages: Vec<PageView>,
    pub seals: Vec<SealView>,
    pub saved: bool,
    pub changed_outside: bool,
    /// The working copy was changed by another program and is no sound PDF any more.
    pub damaged: bool,
    /// The file that was given was damaged and written anew; the person should read it through.
    pub repaired: bool,
    /// The scan that is open for it.
    pub scan_id: Option<Uuid>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PageView {
    pub width_mm: f64,
    pub height_mm: f64,
    pub rotate: u16,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct SealView {
    pub index: usize,
    pub field: String,
    pub signer: Option<String>,
    pub unit: Option<String>,
    pub seal_name: Option<String>,
    pub seal_kind: Option<String>,
    pub signed_at_us: Option<i64>,
    pub pages: Vec<u32>,
    pub own: bool,
    pub removable: bool,
}

impl Document {
    /// May read the person's file to see whether it was changed.
    pub fn view(&self, scan_id: Option<Uuid>) -> DocumentView {
        let changed_outside = self.outside().is_some_and(|outside| outside.is_changed());
        let now = self.now();
        let kept = now.kept;
        let last = kept.seals.len().saturating_sub(1);
        let bytes = kept.bytes;
        let seals = kept
            .seals
            .into_iter()
            .enumerate()
            .map(|(index, seal)| SealView {
                index,
                removable: seal.own && index == last && seal.covered_len == bytes,
                field: seal.field,
                signer: seal.signer,
                unit: seal.unit,
                seal_name: seal.seal_name,
                seal_kind: seal.seal_kind,
                signed_at_us: seal.signed_at_us,
                pages: seal.pages,
                own: seal.own,
            });
        let pages = now.pages.iter().map(|page| PageView {
            width_mm: page.width_mm,
            height_mm: page.height_mm,
            rotate: page.rotate,
        });
        DocumentView {
            document_id: self.id,
            saved: kept.saved_sha256 == kept.sha256,
            file_name: kept.file_name,
            path: kept.path.map(|path| path.to_string_lossy().into_owned()),
            bytes,
            sha256: kept.sha256,
            revision: kept.revision,
            page_count: now.pages.len(),
            pages: pages.collect(),
            seals: seals.collect(),
            changed_outside,
            damaged: now.damaged,
            repaired: kept.repaired,
            scan_id,
        }
    }
}

/// A name that can be shown and sent: no folders, no control characters, none that turn the direction of reading.
pub(super) fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let harmless = |c: &char| {
        !c.is_control()
            && !matches!(*c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let clean: String = last
        .chars()
        .filter(harmless)
        .take(NAME_CHARACTERS)
        .collect();
    match clean.trim() {
        "" | "." | ".." => "document.pdf".to_owned(),
        name => name.to_owned(),
    }
}

/// What the sealed copy is called.
pub(crate) fn download_name(file_name: &str) -> String {
    let stem = match file_name.rsplit_once('.') {
        Some((stem, kind)) if kind.eq_ignore_ascii_case("pdf") && !stem.is_empty() => stem,
        _ => file_name,
    };
    let stem = stem.strip_suffix(SEALED).unwrap_or(stem);
    format!("{stem}{SEALED}.pdf")
}

/// Part of a file's name, which is the person's language and not the screen's.
const SEALED: &str = "-已签章";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_they_are_and_nothing_else() {
        for (given, clean) in [
            ("投标文件.pdf", "投标文件.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\bids\\a.pdf", "a.pdf"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("a\r\nb.pdf", "ab.pdf"),
            ("  ", "document.pdf"),
            ("..", "document.pdf"),
        ] {
            assert_eq!(clean_name(given), clean, "{given:?}");
        }
        assert_eq!(clean_name(&"长".repeat(500)).chars().count(), 120);
    }

    #[test]
    fn the_sealed_copy_says_so_once() {
        assert_eq!(download_name("标书.pdf"), "标书-已签章.pdf");
        assert_eq!(download_name("标书-已签章.PDF"), "标书-已签章.pdf");
        assert_eq!(download_name("标书"), "标书-已签章.pdf");
    }
}
