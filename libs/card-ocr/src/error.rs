/// Why a photo could not be looked at, or the reader not be loaded. A photo that was looked at and is no good is no
/// error but a [`crate::Retake`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// More bytes than [`crate::limits::FILE_BYTES_MAX`].
    #[error("the file has {found} bytes, and {most} are the most")]
    FileTooLarge {
        /// Bytes given.
        found: usize,
        /// Bytes allowed.
        most: usize,
    },
    /// More pixels than [`crate::limits::PIXELS_MAX`]; known before anything is decoded.
    #[error("the picture is {width} x {height} pixels, which is too many")]
    TooManyPixels {
        /// As the file says.
        width: u32,
        /// As the file says.
        height: u32,
    },
    /// Neither JPEG nor PNG.
    #[error("neither a JPEG nor a PNG file")]
    Format,
    /// The file breaks its format.
    #[error("the picture cannot be decoded")]
    Decode(#[source] image::ImageError),
    /// A model's bytes are not a model, or it does not have the shape that is expected.
    #[error("the model for {0} does not load")]
    Model(&'static str),
    /// The engine failed while it ran a model.
    #[error("the model for {0} failed")]
    Inference(&'static str),
}
