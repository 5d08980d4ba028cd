//! Who is asking.

use domain::id::{DeviceId, PersonId, SessionId};
use domain::session::Edition;

/// A signed-in person on a device, as the access token proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The person.
    pub person_id: PersonId,
    /// The sign-in.
    pub session_id: SessionId,
    /// The device that signed in.
    pub device_id: DeviceId,
    /// The edition of the app that the person works in.
    pub edition: Edition,
}
