//! Weights that training let fade away are taken for the zeros they are.
//!
//! In the detector's deepest layers two weights of five are subnormal numbers, nearer to zero than 10^-37. They change no
//! sum, but processors multiply them some fifty times slower than others: two small layers took two fifths of the
//! detector's time. Telling the processor to see zeros there would need `unsafe` and the engine's own threads, so they
//! become zeros in the file's bytes before the engine sees them.

use std::ops::Range;

// Numbers of fields and values in ONNX's protobuf messages.
const MODEL_GRAPH: u64 = 7;
const GRAPH_WEIGHTS: u64 = 5;
const TENSOR_TYPE: u64 = 2;
const TENSOR_BYTES: u64 = 9;
const FLOATS: u64 = 1;

/// What a field of a message holds.
enum Content {
    Number(u64),
    /// Anything else, such as another message: where it lies in the file.
    Bytes(Range<usize>),
}

/// An ONNX file without subnormal weights. What is no ONNX file stays as it is; the engine will say so.
pub fn without_subnormals(mut onnx: Vec<u8>) -> Vec<u8> {
    let whole = 0..onnx.len();
    let weights: Vec<Range<usize>> = parts(&onnx, whole, MODEL_GRAPH)
        .into_iter()
        .flat_map(|graph| parts(&onnx, graph, GRAPH_WEIGHTS))
        .filter_map(|tensor| floats(&onnx, tensor))
        .collect();
    for range in weights {
        for number in onnx.get_mut(range).unwrap_or_default().chunks_exact_mut(4) {
            if <[u8; 4]>::try_from(&*number).is_ok_and(|it| f32::from_le_bytes(it).is_subnormal()) {
                number.fill(0);
            }
        }
    }
    onnx
}

/// Where the numbers of a tensor of floats lie.
fn floats(onnx: &[u8], tensor: Range<usize>) -> Option<Range<usize>> {
    let of_floats = fields(onnx, tensor.clone())
        .any(|(field, it)| field == TENSOR_TYPE && matches!(it, Content::Number(FLOATS)));
    let bytes = || parts(onnx, tensor, TENSOR_BYTES).into_iter().next();
    of_floats.then(bytes).flatten()
}

/// Where a message's fields of this number lie.
fn parts(onnx: &[u8], message: Range<usize>, wanted: u64) -> Vec<Range<usize>> {
    let part = |(field, it)| match it {
        Content::Bytes(range) if field == wanted => Some(range),
        _ => None,
    };
    fields(onnx, message).filter_map(part).collect()
}

/// The fields of a message, up to the first that is none.
fn fields(onnx: &[u8], message: Range<usize>) -> impl Iterator<Item = (u64, Content)> {
    let mut at = message.start;
    std::iter::from_fn(move || {
        if at >= message.end {
            return None;
        }
        let key = number(onnx, &mut at)?;
        let content = match key & 7 {
            0 => Content::Number(number(onnx, &mut at)?),
            kind => {
                let length = match kind {
                    1 => 8,
                    2 => usize::try_from(number(onnx, &mut at)?).ok()?,
                    5 => 4,
                    _ => return None,
                };
                let bytes = at..at.checked_add(length)?;
                at = bytes.end;
                (at <= message.end).then_some(Content::Bytes(bytes))?
            }
        };
        Some((key >> 3, content))
    })
}

/// A number of seven bits a byte, the lowest first.
fn number(onnx: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *onnx.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A field that holds bytes.
    fn part(field: u8, bytes: &[u8]) -> Vec<u8> {
        [&[field << 3 | 2, bytes.len() as u8], bytes].concat()
    }

    /// A file whose only weights are these, of this type.
    fn file(kind: u8, weights: &[f32]) -> Vec<u8> {
        let bytes: Vec<u8> = weights.iter().flat_map(|it| it.to_le_bytes()).collect();
        let tensor = [
            vec![TENSOR_TYPE as u8 * 8, kind],
            part(TENSOR_BYTES as u8, &bytes),
        ]
        .concat();
        let graph = part(GRAPH_WEIGHTS as u8, &tensor);
        // A version before it, and a fixed number that is to be stepped over.
        [
            vec![8, 0x88, 1, 0x15, 1, 2, 3, 4],
            part(MODEL_GRAPH as u8, &graph),
        ]
        .concat()
    }

    #[test]
    fn only_floats_too_small_to_matter_become_zeros() {
        let floats = FLOATS as u8;
        let weights = [1.5, 1e-40, -1e-44, 1.2e-38, -0.0];
        let kept = [1.5, 0.0, 0.0, 1.2e-38, -0.0];
        assert_eq!(
            without_subnormals(file(floats, &weights)),
            file(floats, &kept)
        );
        assert_eq!(without_subnormals(file(7, &weights)), file(7, &weights));
    }

    proptest! {
        #[test]
        fn other_bytes_stay_as_they_are(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..60) {
            prop_assert_eq!(without_subnormals(bytes.clone()).len(), bytes.len());
            let mut file = file(1, &[1.0; 8]);
            file.truncate(cut);
            prop_assert_eq!(without_subnormals(file.clone()), file);
        }
    }
}
