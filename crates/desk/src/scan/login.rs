//! A person signs the tool in: chosen and confirmed on the phone, nothing prepared.

use std::sync::Arc;

use super::drive::Ended;
use super::session::Following;
use super::{Scan, State};
use crate::desk::Desk;

impl Desk {
    pub(super) async fn drive_login(&self, scan: &Arc<Scan>) -> Result<(), Ended> {
        let mut following = Following::new(self, scan)?;
        while following.next().await?.result.is_none() {}
        // The page finds the person and the seals when it hears that it is done.
        self.look_at_server().await;
        scan.change(|view| view.state = State::SignedIn);
        self.over(scan);
        self.tell_state();
        Ok(())
    }
}
