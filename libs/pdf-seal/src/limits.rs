//! Every bound of the readers in one place. A file that needs more is refused with the code `limits`.

/// Nesting of arrays and dictionaries inside one object.
pub(crate) const OBJECT_DEPTH: u32 = 64;
/// Elements (array items and dictionary entries) of one object.
pub(crate) const OBJECT_ELEMENTS: u32 = 500_000;
/// Bytes of one object's text, stream data apart.
pub(crate) const OBJECT_BYTES: usize = 64 << 20;
/// Bytes of one string or name.
pub(crate) const STRING_BYTES: usize = 8 << 20;
/// References that lead to references.
pub(crate) const REFERENCE_HOPS: u32 = 16;
/// Largest object number; the limit that Acrobat documents for indirect objects.
pub(crate) const OBJECT_NUMBER: u32 = 8_388_607;
/// Cross-reference sections, which is nearly the same as revisions.
pub(crate) const SECTIONS: usize = 4096;
/// Decoded bytes of one cross-reference stream or object stream.
pub(crate) const DECODED_BYTES: usize = 64 << 20;
/// Objects of one object stream.
pub(crate) const PACKED_OBJECTS: usize = 1 << 20;
/// Numbers kept that are referred to and not in use.
pub(crate) const DANGLING: usize = 100_000;
/// Object streams kept decoded.
pub(crate) const CACHED_STREAMS: usize = 8;
/// Decoded bytes that the cache may keep.
pub(crate) const CACHED_BYTES: usize = 12 << 20;
/// Entries and pages that are read, in all revisions, to compare revisions with each other.
pub(crate) const COMPARED_ENTRIES: usize = 50_000_000;
/// Depth of the page tree and of the field tree.
pub(crate) const TREE_DEPTH: u32 = 64;
/// Nodes of the page tree.
pub(crate) const TREE_NODES: usize = 1_000_000;
/// Form fields and widgets.
pub(crate) const FIELDS: usize = 200_000;
/// Marks of one seal.
pub(crate) const MARKS: usize = 100_000;
/// Largest place that can be kept for a CMS.
pub(crate) const CONTENTS_BYTES: usize = 1 << 20;
/// Entries that are read of each list of the security store.
pub(crate) const STORE_ITEMS: usize = 1024;
/// Decoded bytes that are read of the security store in all.
pub(crate) const STORE_BYTES: usize = 64 << 20;
/// Document time stamps that are judged, the newest of them.
pub(crate) const TIME_STAMPS: usize = 256;
/// Where the header must begin and how far from the end `startxref` may stand.
pub(crate) const EDGE_BYTES: usize = 1024;

/// Bytes of a file that is written anew because it was damaged; it is built in memory.
pub(crate) const REPAIRED_BYTES: usize = 1 << 30;

/// Characters of a text that is looked for.
pub(crate) const KEYWORD_CHARS: usize = 60;
/// Places of one text that are given back.
pub(crate) const KEYWORD_HITS: usize = 5000;
/// Characters of one page.
pub(crate) const PAGE_CHARACTERS: usize = 1_000_000;
/// Bytes of text under one glyph; a ligature has a few.
pub(crate) const GLYPH_TEXT_BYTES: usize = 64;
/// Steps of drawing in one search (glyphs and paths count one, what may nest counts more), and what each page adds.
pub(crate) const TEXT_STEPS: u64 = 20_000_000;
pub(crate) const TEXT_STEPS_FOR_PAGE: u64 = 200_000;
/// Objects that belong to the pages that are read: fonts, drawings, annotations.
pub(crate) const READER_OBJECTS: usize = 1_000_000;
/// Pages after which fonts are read anew.
pub(crate) const TEXT_CACHE_PAGES: u32 = 256;
/// Threads that read text, and pages that make one worth its start.
pub(crate) const TEXT_THREADS: usize = 4;
pub(crate) const TEXT_THREAD_PAGES: usize = 16;
/// Stack of a thread that reads text.
pub(crate) const TEXT_STACK_BYTES: usize = 32 << 20;

/// Pixels on a side of a page that is drawn, and in all: A4 at 600 dpi, A0 at 150 dpi.
#[cfg(feature = "render")]
pub(crate) const RASTER_SIDE: u16 = 20_000;
#[cfg(feature = "render")]
pub(crate) const RASTER_PIXELS: u32 = 40_000_000;
/// Steps of drawing of one page, counted as for text; a picture counts by its pixels.
#[cfg(feature = "render")]
pub(crate) const RASTER_STEPS: u64 = 20_000_000;
/// Pixels of one picture on a page: a scan of A3 at 600 dpi has 70 million.
pub(crate) const IMAGE_PIXELS: u64 = 150_000_000;

/// Cross-reference entries read in all, for a file of `len` bytes.
pub(crate) fn xref_entries(len: usize) -> usize {
    len.saturating_add(65_536).min(OBJECT_NUMBER as usize)
}

/// Work in bytes read or decoded, for a file of `len` bytes: a file whose objects are read over and over is refused.
pub(crate) fn work_bytes(len: usize) -> u64 {
    (len as u64).saturating_mul(8).saturating_add(256 << 20)
}

/// Bytes of metadata that are looked at before the first seal; longer ones stay as they are.
pub(crate) const METADATA_BYTES: usize = 4 << 20;

/// Elements and texts of such metadata.
pub(crate) const METADATA_NODES: u32 = 200_000;
