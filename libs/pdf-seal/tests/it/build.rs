//! Small PDF files of every class, object by object.

use std::collections::BTreeMap;
use std::io::Write as _;

pub const A4: &str = "/MediaBox[0 0 595 842]";

/// How the cross-references of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Xref {
    Table,
    Stream,
    Hybrid,
}

/// A file in the making: 1 is the catalog, 2 the page tree, 3 a font, then two objects for every page.
#[derive(Debug, Clone, Default)]
pub struct Pdf {
    pub objects: BTreeMap<u32, Vec<u8>>,
    /// Added to the trailer.
    pub trailer: String,
}

impl Pdf {
    /// One page for each item: what its dictionary holds beside the usual.
    pub fn new(pages: &[&str]) -> Self {
        Self::with(pages, "", "")
    }

    /// As [`Pdf::new`], with additions to the catalog and to the root of the page tree.
    pub fn with(pages: &[&str], catalog: &str, tree: &str) -> Self {
        let mut pdf = Self::default();
        let kids: Vec<String> = (0..pages.len())
            .map(|i| format!("{} 0 R", page_number(i)))
            .collect();
        pdf.set(1, format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"));
        pdf.set(
            2,
            format!(
                "<</Type/Pages/Count {}/Kids[{}]{tree}>>",
                pages.len(),
                kids.join(" ")
            ),
        );
        pdf.set(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        for (index, page) in pages.iter().enumerate() {
            let number = page_number(index);
            pdf.set(
                number,
                format!(
                    "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R{page}>>",
                    number + 1
                ),
            );
            let text = format!("BT /F 40 Tf 120 500 Td (UP page {}) Tj ET", index + 1);
            pdf.set(
                number + 1,
                format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()),
            );
        }
        pdf
    }

    pub fn set(&mut self, number: u32, body: impl AsRef<[u8]>) {
        self.objects.insert(number, body.as_ref().to_vec());
    }

    pub fn size(&self) -> u32 {
        self.objects.keys().last().copied().unwrap_or(0) + 1
    }

    pub fn write(&self, xref: Xref) -> Vec<u8> {
        match xref {
            Xref::Table => self.append_table(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), None),
            Xref::Stream => self.write_stream(),
            Xref::Hybrid => self.write_hybrid(),
        }
    }

    /// Appends these objects as a revision with a table; `prev` is the startxref of the base.
    pub fn append_table(&self, out: Vec<u8>, prev: Option<usize>) -> Vec<u8> {
        self.append_with_size(out, prev, self.size())
    }

    /// As [`Pdf::append_table`], with at least this `/Size`.
    pub fn append_sized(&self, out: Vec<u8>, prev: usize, size: u32) -> Vec<u8> {
        self.append_with_size(out, Some(prev), self.size().max(size))
    }

    fn append_with_size(&self, mut out: Vec<u8>, prev: Option<usize>, size: u32) -> Vec<u8> {
        let offsets = self.write_objects(&mut out, |_| true);
        let start = out.len();
        out.extend_from_slice(b"xref\n");
        if prev.is_none() {
            out.extend_from_slice(b"0 1\n0000000000 65535 f \n");
        }
        for (number, offset) in &offsets {
            write!(out, "{number} 1\n{offset:010} 00000 n \n").unwrap();
        }
        let prev = prev.map_or(String::new(), |prev| format!("/Prev {prev}"));
        write!(
            out,
            "trailer\n<</Size {size}/Root 1 0 R{prev}{}>>\n",
            self.trailer
        )
        .unwrap();
        write!(out, "startxref\n{start}\n%%EOF\n").unwrap();
        out
    }

    fn write_objects(
        &self,
        out: &mut Vec<u8>,
        take: impl Fn(&[u8]) -> bool,
    ) -> BTreeMap<u32, usize> {
        let mut offsets = BTreeMap::new();
        for (number, body) in &self.objects {
            if take(body) {
                offsets.insert(*number, out.len());
                write!(out, "{number} 0 obj\n").unwrap();
                out.extend_from_slice(body);
                out.extend_from_slice(b"\nendobj\n");
            }
        }
        offsets
    }

    fn write_stream(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let offsets = self.write_objects(&mut out, is_stream);
        let (packed, packed_at, inside) = self.pack(|body| !is_stream(body), &mut out);
        let start = out.len();
        let mut rows = vec![[0_u8, 0, 0, 0, 0]];
        for number in 1..packed {
            rows.push(
                match (
                    inside.iter().position(|n| *n == number),
                    offsets.get(&number),
                ) {
                    (Some(index), _) => row(2, packed as usize, index),
                    (None, Some(offset)) => row(1, *offset, 0),
                    (None, None) => row(0, 0, 0),
                },
            );
        }
        rows.push(row(1, packed_at, 0));
        rows.push(row(1, start, 0));
        // A PNG predictor, as most writers use it.
        let mut above = [0_u8; 5];
        let mut predicted = Vec::new();
        for row in &rows {
            predicted.push(2);
            predicted.extend(
                row.iter()
                    .zip(&above)
                    .map(|(now, up)| now.wrapping_sub(*up)),
            );
            above = *row;
        }
        let data = deflate(&predicted);
        write!(
            out,
            "{} 0 obj\n<</Type/XRef/Size {}/W[1 3 1]/Root 1 0 R/Filter/FlateDecode\
             /DecodeParms<</Predictor 12/Columns 5>>/Length {}{}>>\nstream\n",
            packed + 1,
            packed + 2,
            data.len(),
            self.trailer
        )
        .unwrap();
        out.extend_from_slice(&data);
        write!(out, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").unwrap();
        out
    }

    /// All objects but streams are hidden from readers of PDF 1.4, as a hybrid writer may do with any of them.
    fn write_hybrid(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.5\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let visible = |body: &[u8]| {
            is_stream(body)
                || body.starts_with(b"<</Type/Catalog")
                || body.starts_with(b"<</Type/Pages")
        };
        let offsets = self.write_objects(&mut out, visible);
        let (packed, packed_at, inside) = self.pack(|body| !visible(body), &mut out);
        let stream_at = out.len();
        let mut rows = Vec::new();
        let mut index = String::new();
        for (position, number) in inside.iter().enumerate() {
            index.push_str(&format!("{number} 1 "));
            rows.extend(row(2, packed as usize, position));
        }
        index.push_str(&format!("{packed} 1"));
        rows.extend(row(1, packed_at, 0));
        write!(
            out,
            "{} 0 obj\n<</Type/XRef/Size {}/W[1 3 1]/Index[{index}]/Length {}>>\nstream\n",
            packed + 1,
            packed + 2,
            rows.len()
        )
        .unwrap();
        out.extend_from_slice(&rows);
        out.extend_from_slice(b"\nendstream\nendobj\n");
        let start = out.len();
        write!(out, "xref\n0 {}\n0000000000 65535 f \n", packed + 2).unwrap();
        for number in 1..packed + 2 {
            match offsets.get(&number) {
                Some(offset) => write!(out, "{offset:010} 00000 n \n").unwrap(),
                None if number == packed + 1 => write!(out, "{stream_at:010} 00000 n \n").unwrap(),
                None => out.extend_from_slice(b"0000000000 00000 f \n"),
            }
        }
        let size = packed + 2;
        write!(
            out,
            "trailer\n<</Size {size}/Root 1 0 R/XRefStm {stream_at}{}>>\n",
            self.trailer
        )
        .unwrap();
        write!(out, "startxref\n{start}\n%%EOF\n").unwrap();
        out
    }

    /// Writes an object stream, numbered after all other objects; gives its number, its place and who is inside.
    fn pack(&self, take: impl Fn(&[u8]) -> bool, out: &mut Vec<u8>) -> (u32, usize, Vec<u32>) {
        let (mut head, mut bodies, mut inside) = (String::new(), Vec::new(), Vec::new());
        for (number, body) in self.objects.iter().filter(|(_, body)| take(body)) {
            head.push_str(&format!("{number} {} ", bodies.len()));
            bodies.extend_from_slice(body);
            bodies.push(b'\n');
            inside.push(*number);
        }
        let data = deflate(&[head.as_bytes(), &bodies].concat());
        let (number, at) = (self.size(), out.len());
        let (count, first, length) = (inside.len(), head.len(), data.len());
        let filter = "/Filter/FlateDecode";
        write!(out, "{number} 0 obj\n<</Type/ObjStm/N {count}/First {first}{filter}/Length {length}>>\nstream\n")
            .unwrap();
        out.extend_from_slice(&data);
        out.extend_from_slice(b"\nendstream\nendobj\n");
        (number, at, inside)
    }
}

pub fn page_number(index: usize) -> u32 {
    4 + 2 * u32::try_from(index).unwrap()
}

fn is_stream(body: &[u8]) -> bool {
    body.ends_with(b"endstream")
}

fn row(kind: u8, second: usize, third: usize) -> [u8; 5] {
    let second = u32::try_from(second).unwrap().to_be_bytes();
    [
        kind,
        second[1],
        second[2],
        second[3],
        u8::try_from(third).unwrap(),
    ]
}

pub fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// The number after the last `startxref`.
pub fn startxref(pdf: &[u8]) -> usize {
    let at = pdf
        .windows(9)
        .rposition(|window| window == b"startxref")
        .unwrap();
    let text = std::str::from_utf8(&pdf[at + 9..]).unwrap();
    text.split_whitespace().next().unwrap().parse().unwrap()
}
