//! Bounds on what comes from outside, each with its unit in its name.

/// Largest file that is looked at.
pub const FILE_BYTES_MAX: usize = 30 * 1024 * 1024;
/// Largest picture, by what its header says.
pub const PIXELS_MAX: u64 = 40_000_000;
/// Largest decoded picture: 40 megapixels of three bytes; pictures of 16-bit samples must be smaller.
pub const DECODED_BYTES_MAX: u64 = 3 * PIXELS_MAX;
/// Larger pictures are brought down to this long side: enough for the small print of A4, and little enough that a photo
/// takes less than 300 MB whatever its size.
pub const LONG_SIDE_PX_MAX: u32 = 3264;
/// Lines of one picture that are read; the longest ones, if there are more.
pub const LINES_MAX: usize = 160;
/// Widest line at the height of the recogniser; longer ones are squeezed.
pub const LINE_WIDTH_PX_MAX: usize = 2400;
