//! The pixels of a PNG.

use crate::refusal::Refusal;

/// Pixels of the largest picture; a seal of 60 mm at 1200 dpi has 8 million.
const PIXELS: u64 = 16 << 20;

/// A picture in eight bits for each channel.
pub(super) struct Image {
    pub width: u32,
    pub height: u32,
    pub gray: bool,
    pub color: Vec<u8>,
    /// `None` when every pixel is opaque.
    pub alpha: Option<Vec<u8>>,
}

pub(super) fn decode(bytes: &[u8]) -> Result<Image, Refusal> {
    let bad =
        |error: ::png::DecodingError| Refusal::BadArtwork(format!("not a readable PNG ({error})"));
    let limits = ::png::Limits { bytes: 128 << 20 };
    let mut decoder = ::png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
    decoder.set_transformations(
        ::png::Transformations::normalize_to_color8() | ::png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info().map_err(bad)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Refusal::BadArtwork(
            "it has more than 16 million pixels".to_owned(),
        ));
    }
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| Refusal::BadArtwork("it is too large".to_owned()))?;
    let mut pixels = vec![0_u8; size];
    let frame = reader.next_frame(&mut pixels).map_err(bad)?;
    pixels.truncate(frame.buffer_size());
    let channels = frame.color_type.samples();
    let gray = channels <= 2;
    if !matches!(channels, 2 | 4) {
        return Err(Refusal::BadArtwork(
            "its colours are of an unknown kind".to_owned(),
        ));
    }
    let mut color = Vec::with_capacity(pixels.len() / channels * (channels - 1));
    let mut alpha = Vec::with_capacity(pixels.len() / channels);
    for pixel in pixels.chunks_exact(channels) {
        if let Some((last, first)) = pixel.split_last() {
            color.extend_from_slice(first);
            alpha.push(*last);
        }
    }
    let alpha = alpha.iter().any(|a| *a != 255).then_some(alpha);
    Ok(Image {
        width,
        height,
        gray,
        color,
        alpha,
    })
}
