//! What one step has allowed and a later step uses: a change of number (ACC-5), a reset of the password (PWD-4).

use crate::time::Instant;

/// It is good for a while, and once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    /// When it stops being good.
    pub expires_at: Instant,
    /// When it was used.
    pub done_at: Option<Instant>,
}

/// Why it does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PermitRefused {
    /// Its time is over.
    #[error("what was allowed has expired")]
    Expired,
    /// It was used: another one begins anew.
    #[error("what was allowed has been done")]
    Done,
}

impl Permit {
    /// Decides whether it goes on.
    ///
    /// # Errors
    /// [`PermitRefused`].
    pub fn go_on(self, now: Instant) -> Result<(), PermitRefused> {
        match self.done_at {
            Some(_) => Err(PermitRefused::Done),
            None if now >= self.expires_at => Err(PermitRefused::Expired),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_5_pwd_4_a_permit_is_good_until_its_time_and_once() {
        let expires_at = Instant::from_seconds(1_772_294_400);
        let fresh = Permit {
            expires_at,
            done_at: None,
        };
        assert_eq!(fresh.go_on(expires_at.plus_micros(-1)), Ok(()));
        assert_eq!(fresh.go_on(expires_at), Err(PermitRefused::Expired));
        let done = Permit {
            done_at: Some(expires_at.plus_micros(-2)),
            ..fresh
        };
        for now in [-1, 0] {
            let now = expires_at.plus_micros(now);
            assert_eq!(done.go_on(now), Err(PermitRefused::Done));
        }
    }
}
