//! Faces: visits to the provider's camera page. A verdict is taken from the provider alone, when it is asked; what comes
//! back with the browser or by callback is a hint to ask.

mod look;
mod open;
mod sandbox;

pub use look::{Looked, hint};
pub(crate) use look::{look, own};
pub use open::Opened;
pub(crate) use open::{Wish, open};
pub use sandbox::{CameraPage, Press, camera, press};
