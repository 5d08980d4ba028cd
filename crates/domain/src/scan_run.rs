//! A continuous run (SCAN-6): one unlock on the phone serves code after code of one asker, within bounds.

use crate::id::{AskerId, DeviceId, PersonId};
use crate::time::Instant;

/// Codes that are signed in one run.
pub const CODES_MAX: u32 = 50;
/// A run in which nothing happens for so many seconds is over.
pub const IDLE_S: i64 = 300;

/// Who is on the two sides of a code. A run is between the same two all along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Who shows codes.
    pub asker_id: AskerId,
    /// Who signs.
    pub person_id: PersonId,
    /// On which phone.
    pub device_id: DeviceId,
}

/// What the rule needs to know of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Between whom.
    pub sides: Sides,
    /// Codes that were signed in it.
    pub codes: u32,
    /// When a code was last taken into it or signed in it.
    pub used_at: Instant,
    /// One of the two has ended it.
    pub ended: bool,
}

/// Why a code is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Ended, idle for too long, used up, or of somebody else: nobody learns of other people's runs.
    #[error("the run is over")]
    Ended,
    /// The code is of another asker.
    #[error("the code is of another asker")]
    OtherAsker,
}

impl Run {
    /// How many codes may still be signed.
    pub fn codes_left(&self) -> u32 {
        CODES_MAX.saturating_sub(self.codes)
    }

    /// The instant from which it is over if nothing happens.
    pub fn idle_until(&self) -> Instant {
        self.used_at.plus_seconds(IDLE_S)
    }

    /// True until somebody ends it or it has been idle for too long. It is open still when its codes are used up.
    pub fn is_open(&self, now: Instant) -> bool {
        !self.ended && now < self.idle_until()
    }

    /// Whether a code between `sides` may be taken into the run, or signed in it, now.
    pub fn admit(&self, sides: &Sides, now: Instant) -> Result<(), Refusal> {
        let same_phone =
            self.sides.person_id == sides.person_id && self.sides.device_id == sides.device_id;
        if !same_phone || !self.is_open(now) || self.codes_left() == 0 {
            return Err(Refusal::Ended);
        }
        if self.sides.asker_id != sides.asker_id {
            return Err(Refusal::OtherAsker);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sides(asker: u8, person: u8, device: u8) -> Sides {
        let at = Instant::from_seconds(0);
        Sides {
            asker_id: AskerId::from_parts(at, [asker; 10]),
            person_id: PersonId::from_parts(at, [person; 10]),
            device_id: DeviceId::from_parts(at, [device; 10]),
        }
    }

    fn run(codes: u32, used_s: i64, ended: bool) -> Run {
        Run {
            sides: sides(0, 0, 0),
            codes,
            used_at: Instant::from_seconds(used_s),
            ended,
        }
    }

    proptest! {
        /// Whatever comes in whatever order: at most fifty codes, all of the same three, none after a pause of five
        /// minutes or after the end; and what is over stays over.
        #[test]
        fn scan_6_a_run_keeps_its_bounds(steps in prop::collection::vec((0u8..40, 0u8..40, 0u8..40, 0i64..310, 0u8..200), 0..400)) {
            let mut run = run(0, 0, false);
            let (mut now_s, mut over) = (0, false);
            for (asker, person, device, pause_s, end) in steps {
                // Mostly the same three, seldom a long pause, and now and then an end.
                let sides = sides(asker / 39, person / 39, device / 39);
                let pause_s = if pause_s < 290 { pause_s / 40 } else { pause_s };
                now_s += pause_s;
                run.ended |= end == 0;
                let now = Instant::from_seconds(now_s);
                match run.admit(&sides, now) {
                    Ok(()) => {
                        prop_assert!(!over && sides == run.sides && now < run.idle_until());
                        (run.codes, run.used_at) = (run.codes + 1, now);
                        prop_assert!(run.codes <= CODES_MAX);
                    }
                    Err(Refusal::OtherAsker) => prop_assert!(!over && sides.asker_id != run.sides.asker_id),
                    Err(Refusal::Ended) => {
                        let own = sides.person_id == run.sides.person_id && sides.device_id == run.sides.device_id;
                        over |= own;
                    }
                }
            }
        }
    }

    #[test]
    fn scan_6_the_last_code_and_the_last_second() {
        let own = sides(0, 0, 0);
        let at = Instant::from_seconds;
        assert_eq!(run(49, 0, false).admit(&own, at(299)), Ok(()));
        assert_eq!(
            run(49, 0, false).admit(&own, at(300)),
            Err(Refusal::Ended),
            "five minutes are over"
        );
        assert_eq!(run(50, 0, false).admit(&own, at(0)), Err(Refusal::Ended));
        assert_eq!(run(50, 0, false).codes_left(), 0);
        assert!(run(50, 0, false).is_open(at(0)), "so that it can be shown");
        assert_eq!(run(0, 0, true).admit(&own, at(0)), Err(Refusal::Ended));
        assert_eq!(
            run(0, 0, false).admit(&sides(1, 0, 0), at(0)),
            Err(Refusal::OtherAsker)
        );
        for other in [sides(0, 1, 0), sides(0, 0, 1), sides(1, 1, 1)] {
            assert_eq!(run(0, 0, false).admit(&other, at(0)), Err(Refusal::Ended));
        }
    }
}
