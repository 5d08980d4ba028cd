//! Changes of text and bytes that respect tokens: numbers, names, references.

use crate::random::Random;

/// Words of the format, put in and exchanged for each other.
pub(super) const WORDS: &[&str] = &[
    "/AcroForm",
    "/Action",
    "/All",
    "/Annot",
    "/Annots",
    "/AP",
    "/ByteRange",
    "/Catalog",
    "/Contents",
    "/Count",
    "/CropBox",
    "/DecodeParms",
    "/DocMDP",
    "/DSS",
    "/Encrypt",
    "/F",
    "/FieldMDP",
    "/Fields",
    "/Filter",
    "/First",
    "/FlateDecode",
    "/FT",
    "/HLSeal",
    "/ID",
    "/Index",
    "/Info",
    "/Kids",
    "/Length",
    "/Lock",
    "/M",
    "/MediaBox",
    "/Metadata",
    "/N",
    "/NeedAppearances",
    "/ObjStm",
    "/P",
    "/Page",
    "/Pages",
    "/Parent",
    "/Perms",
    "/Predictor",
    "/Prev",
    "/Rect",
    "/Reference",
    "/Root",
    "/Rotate",
    "/Sig",
    "/SigFlags",
    "/Size",
    "/SubFilter",
    "/Subtype",
    "/T",
    "/TransformMethod",
    "/TransformParams",
    "/Type",
    "/UserUnit",
    "/V",
    "/W",
    "/Widget",
    "/XFA",
    "/XRef",
    "/XRefStm",
    " 0 R ",
    " 1 0 R ",
    "[",
    "]",
    "<<",
    ">>",
    "<",
    ">",
    "(",
    ")",
    " null ",
    " true ",
    " obj\n",
    "\nendobj\n",
    "\nstream\n",
    "\nendstream",
    "xref\n",
    "trailer\n",
    "startxref\n",
    "%%EOF\n",
    "%PDF-",
    "%",
    "#",
    "\\",
    " R",
];

/// Numbers at which something changes.
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "-1",
    "3",
    "7",
    "16",
    "255",
    "256",
    "65535",
    "65536",
    "8388606",
    "8388607",
    "8388608",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "99999999999999999999",
    "0.5",
    "-0",
    "1e9",
    "00000000001",
];

/// One change.
pub(super) fn change(input: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let at = random.below(input.len());
    match random.below(11) {
        0 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            let byte = if random.one_in(2) {
                random.byte()
            } else {
                *random.pick(b"\0 09<>[]()/%\xff")
            };
            if let Some(slot) = input.get_mut(at) {
                *slot = byte;
            }
        }
        2 => drop(input.drain(random.range(input.len()))),
        3 => {
            let part = input[random.range(input.len())].to_vec();
            insert(input, at, &part);
        }
        4 => insert(input, at, random.pick(WORDS).as_bytes()),
        5 | 6 => number(input, at, random),
        7 => name(input, at, random),
        8 => {
            let part = other[random.range(other.len())].to_vec();
            insert(input, at, &part);
        }
        9 => input.truncate(at),
        _ => {
            let part = other[random.range(other.len())].to_vec();
            let end = (at + part.len()).min(input.len());
            drop(input.splice(at..end, part));
        }
    }
}

fn insert(input: &mut Vec<u8>, at: usize, part: &[u8]) {
    drop(input.splice(at..at, part.iter().copied()));
}

/// Another number for the one that stands at or behind `at`; every second time of the same width, so that what lies
/// behind stays where the cross-references say.
fn number(input: &mut Vec<u8>, at: usize, random: &mut Random) {
    let Some(token) = find(
        input,
        at,
        |byte| byte.is_ascii_digit(),
        |byte| byte.is_ascii_digit(),
    ) else {
        return;
    };
    let mut new = match random.below(4) {
        0 => random.pick(NUMBERS).as_bytes().to_vec(),
        1 => random.below(60).to_string().into_bytes(),
        2 => {
            let from = random.below(input.len());
            match find(
                input,
                from,
                |byte| byte.is_ascii_digit(),
                |byte| byte.is_ascii_digit(),
            ) {
                Some(elsewhere) => input[elsewhere].to_vec(),
                None => return,
            }
        }
        _ => {
            let text = std::str::from_utf8(&input[token.clone()]).unwrap_or("0");
            let near = text
                .parse::<u64>()
                .unwrap_or(0)
                .wrapping_add(random.next() % 5)
                .saturating_sub(2);
            near.to_string().into_bytes()
        }
    };
    if random.one_in(2) {
        let width = token.len();
        while new.len() < width {
            new.insert(0, b'0');
        }
        new.truncate(width);
    }
    drop(input.splice(token, new));
}

fn name(input: &mut Vec<u8>, at: usize, random: &mut Random) {
    if let Some(token) = find(
        input,
        at,
        |byte| byte == b'/',
        |byte| byte.is_ascii_alphanumeric(),
    ) {
        let new = random.pick(WORDS).as_bytes().to_vec();
        drop(input.splice(token, new));
    }
}

/// The token that begins at or behind `at`, at most a few hundred bytes on.
fn find(
    input: &[u8],
    at: usize,
    begins: impl Fn(u8) -> bool,
    goes_on: impl Fn(u8) -> bool,
) -> Option<std::ops::Range<usize>> {
    let near = input.get(at..input.len().min(at + 400))?;
    let start = at + near.iter().position(|byte| begins(*byte))?;
    let rest = &input[start + 1..];
    let end = start
        + 1
        + rest
            .iter()
            .position(|byte| !goes_on(*byte))
            .unwrap_or(rest.len());
    Some(start..end)
}
