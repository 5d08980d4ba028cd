//! A unit in a few lines, moved by whatever people may try, in whatever order.

use proptest::prelude::*;

use super::*;
use crate::application::{self, State, Verdict};

const PEOPLE: usize = 5;
/// The legal representative at first.
const LEGAL: usize = 0;

#[derive(Clone, Debug)]
enum Act {
    Join {
        who: usize,
        invited: bool,
    },
    Decide {
        by: usize,
        application: usize,
        pass: bool,
    },
    Remove {
        by: usize,
        whom: usize,
    },
    AskRemoval {
        by: usize,
        whom: usize,
    },
    Leave {
        who: usize,
    },
    Transfer {
        from: usize,
        to: usize,
    },
    /// An operator passes what somebody, inside or outside, has asked for.
    TakeOver {
        who: usize,
    },
    /// An operator or the register names the legal representative anew.
    Name {
        who: usize,
    },
}

fn act() -> impl Strategy<Value = Act> {
    let who = 0..PEOPLE;
    prop_oneof![
        3 => (who.clone(), any::<bool>()).prop_map(|(who, invited)| Act::Join { who, invited }),
        5 => (who.clone(), 0usize..40, prop::bool::weighted(0.8)).prop_map(|(by, application, pass)| Act::Decide { by, application, pass }),
        2 => (who.clone(), who.clone()).prop_map(|(by, whom)| Act::Remove { by, whom }),
        2 => (who.clone(), who.clone()).prop_map(|(by, whom)| Act::AskRemoval { by, whom }),
        1 => who.clone().prop_map(|who| Act::Leave { who }),
        2 => (who.clone(), who.clone()).prop_map(|(from, to)| Act::Transfer { from, to }),
        1 => who.clone().prop_map(|who| Act::TakeOver { who }),
        1 => who.prop_map(|who| Act::Name { who }),
    ]
}

/// An application of the model: who asks, about whom, and how it stands.
struct Asked {
    by: usize,
    about: usize,
    state: State,
}

struct Unit {
    legal: usize,
    places: [Option<Place>; PEOPLE],
    /// Since the legal representative was named.
    was_here: [bool; PEOPLE],
    asked: Vec<Asked>,
}

impl Unit {
    /// As it begins: registered by an administrator, or by the legal representative.
    fn new(founder: usize) -> Self {
        let place = Place {
            role: Role::Administrator,
            by_right: founder == LEGAL,
        };
        let mut unit = Self {
            legal: LEGAL,
            places: [None; PEOPLE],
            was_here: [false; PEOPLE],
            asked: Vec::new(),
        };
        unit.places[founder] = Some(place);
        unit
    }

    fn administrators(&self) -> usize {
        self.places
            .iter()
            .flatten()
            .filter(|place| place.administers())
            .count()
    }

    fn others(&self, who: usize) -> u32 {
        let own = usize::from(self.places[who].is_some_and(Place::administers));
        u32::try_from(self.administrators() - own).expect("few")
    }

    fn target(&self, by: usize, whom: usize) -> Option<Target> {
        let place = self.places[whom]?;
        Some(Target {
            place,
            oneself: by == whom,
        })
    }

    fn enter(&mut self, who: usize) {
        self.places[who] = Some(place_on_entry(who == self.legal, self.was_here[who]));
    }

    /// What lets them in, an invitation or an operator, decides what they had asked for.
    fn enter_decided(&mut self, who: usize) {
        for asked in &mut self.asked {
            if asked.state == State::Pending && asked.by == who && asked.about == who {
                asked.state = State::Passed;
            }
        }
        self.enter(who);
    }

    fn end(&mut self, who: usize) {
        (self.places[who], self.was_here[who]) = (None, true);
        for asked in &mut self.asked {
            if asked.state == State::Pending && (asked.by == who || asked.about == who) {
                asked.state = State::Lapsed;
            }
        }
    }

    /// Does what the rules allow and says whether it happened.
    fn perform(&mut self, act: &Act) -> bool {
        self.try_to(act).is_some()
    }

    fn try_to_join(&mut self, who: usize, invited: bool) -> Option<()> {
        let pending =
            |asked: &Asked| asked.by == who && asked.about == who && asked.state == State::Pending;
        let comer = Comer {
            inside: self.places[who].is_some(),
            asked: self.asked.iter().any(pending),
            invited_by_administrator: invited && self.administrators() > 0,
        };
        match join(comer).ok()? {
            Entry::Enter => self.enter_decided(who),
            Entry::Ask => self.asked.push(Asked {
                by: who,
                about: who,
                state: State::Pending,
            }),
        }
        Some(())
    }

    fn try_to_take_over(&mut self, who: usize) -> Option<()> {
        ask_takeover(self.places[who]).ok()?;
        if self.places[who].is_none() {
            self.enter_decided(who);
        }
        self.replace(|place, one| place_after_takeover(place, one == who));
        Some(())
    }

    fn name(&mut self, who: usize) {
        (self.legal, self.was_here[who]) = (who, false);
        self.replace(|place, one| place_after_naming(place, one == who));
    }

    fn replace(&mut self, other: impl Fn(Place, usize) -> Place) {
        for (one, place) in self.places.iter_mut().enumerate() {
            *place = place.map(|place| other(place, one));
        }
    }

    fn try_to(&mut self, act: &Act) -> Option<()> {
        match *act {
            Act::Join { who, invited } => self.try_to_join(who, invited)?,
            Act::Decide {
                by,
                application,
                pass,
            } => {
                let actor = self.places[by]?;
                let Asked {
                    by: asker,
                    about,
                    state,
                } = *self.asked.get(application)?;
                let verdict = if pass { Verdict::Pass } else { Verdict::Refuse };
                let next = application::decide(state, actor.role, verdict).ok()?;
                if pass && asker == about {
                    self.enter(about);
                } else if pass {
                    pass_removal(actor, self.target(by, about)?).ok()?;
                    self.end(about);
                }
                self.asked[application].state = next;
            }
            Act::Remove { by, whom } => {
                remove(self.places[by]?, self.target(by, whom)?).ok()?;
                self.end(whom);
            }
            Act::AskRemoval { by, whom } => {
                ask_removal(self.places[by]?, self.target(by, whom)?).ok()?;
                self.asked.push(Asked {
                    by,
                    about: whom,
                    state: State::Pending,
                });
            }
            Act::Leave { who } => {
                leave(self.places[who]?, self.others(who)).ok()?;
                self.end(who);
            }
            Act::Transfer { from, to } => {
                let target = self.target(from, to)?;
                let handover = transfer(self.places[from]?, target, self.others(from)).ok()?;
                self.places[to] = Some(Place {
                    role: Role::Administrator,
                    ..target.place
                });
                if handover == Handover::Swapped {
                    self.places[from] = Some(Place::MEMBER);
                }
            }
            Act::TakeOver { who } => self.try_to_take_over(who)?,
            Act::Name { who } => self.name(who),
        }
        Some(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// MEM-1, MEM-3 to MEM-6, MEM-10 and UMG-4 at once: whatever is tried, in whatever order.
    #[test]
    fn mem_1_mem_3_mem_4_mem_5_mem_6_mem_10_umg_4_ops_4_no_way_around_the_rules(founder in 0..PEOPLE, acts in prop::collection::vec(act(), 0..60)) {
        let mut unit = Unit::new(founder);
        for act in &acts {
            let (before, states) = (unit.places, unit.asked.iter().map(|asked| asked.state).collect::<Vec<_>>());
            let happened = unit.perform(act);
            prop_assert!(unit.administrators() > 0, "nobody administers after {act:?}");
            prop_assert!(happened || unit.places == before, "a refused act changed something: {act:?}");
            for who in 0..PEOPLE {
                check_change(act, who, &before, unit.places[who])?;
                let place = unit.places[who];
                prop_assert!(place.is_none_or(|place| !place.by_right || place.administers()), "by right and no administrator");
                prop_assert!(!(unit.was_here[who] && place.is_some_and(|place| place.by_right)), "the right came back");
                prop_assert!(place.is_none_or(|place| !place.by_right || who == unit.legal), "by right and not the legal representative");
            }
            for (was, is) in states.iter().zip(&unit.asked) {
                prop_assert!(*was == State::Pending || *was == is.state, "decided twice");
            }
        }
    }
}

/// Every change of one person's place has the one cause that may have it.
fn check_change(
    act: &Act,
    who: usize,
    before: &[Option<Place>; PEOPLE],
    after: Option<Place>,
) -> Result<(), TestCaseError> {
    let administers = |by: usize| before[by].is_some_and(Place::administers);
    match (before[who], after) {
        (was, is) if was == is => {}
        (None, Some(_)) => match *act {
            Act::Join {
                who: comer,
                invited,
            } => prop_assert!(invited && comer == who, "came in without being asked for"),
            Act::Decide { by, pass, .. } => prop_assert!(
                pass && administers(by) && by != who,
                "came in around the administrators"
            ),
            Act::TakeOver { who: successor } => prop_assert_eq!(successor, who),
            _ => prop_assert!(false, "{act:?} let somebody in"),
        },
        (Some(was), None) => match *act {
            Act::Leave { who: leaver } => prop_assert_eq!(leaver, who),
            Act::Remove { by, .. } => prop_assert!(administers(by) && by != who && !was.by_right),
            Act::Decide { by, pass, .. } => {
                prop_assert!(pass && administers(by) && by != who && !was.administers())
            }
            _ => prop_assert!(false, "{act:?} put somebody out"),
        },
        (Some(was), Some(is)) => match *act {
            Act::Transfer { from, to } => {
                prop_assert!(administers(from) && from != to);
                prop_assert_eq!(
                    (was.by_right, is.by_right),
                    (false, false),
                    "only ordinary places move"
                );
                prop_assert_eq!(
                    (who == to, who == from),
                    (is.administers(), !is.administers())
                );
            }
            Act::TakeOver { who: successor } => {
                prop_assert_eq!(
                    (was.by_right, is.by_right),
                    (false, false),
                    "the legal representative stays"
                );
                prop_assert_eq!(who == successor, is.administers());
            }
            Act::Name { who: named } => {
                prop_assert!(is.administers(), "nobody loses the place by a name");
                prop_assert_eq!(who == named, is.by_right);
            }
            _ => prop_assert!(false, "{act:?} changed a role"),
        },
        (None, None) => {}
    }
    Ok(())
}

const ADMINISTRATOR: Place = Place {
    role: Role::Administrator,
    by_right: false,
};
const LEGAL_PLACE: Place = Place {
    role: Role::Administrator,
    by_right: true,
};

fn other(place: Place) -> Target {
    Target {
        place,
        oneself: false,
    }
}

#[test]
fn mem_2_only_an_administrators_invitation_lets_in() {
    let comer = Comer {
        inside: false,
        asked: false,
        invited_by_administrator: false,
    };
    assert_eq!(join(comer), Ok(Entry::Ask));
    let asked = Comer {
        asked: true,
        ..comer
    };
    assert_eq!(join(asked), Err(NotTaken::Asked));
    let invited = Comer {
        invited_by_administrator: true,
        ..asked
    };
    assert_eq!(
        join(invited),
        Ok(Entry::Enter),
        "the invitation decides what was asked"
    );
    let inside = Comer {
        inside: true,
        ..invited
    };
    assert_eq!(join(inside), Err(NotTaken::Inside));
}

#[test]
fn mem_3_who_removes_whom() {
    for (actor, place, expected) in [
        (ADMINISTRATOR, Place::MEMBER, Ok(())),
        (ADMINISTRATOR, ADMINISTRATOR, Ok(())),
        (
            ADMINISTRATOR,
            LEGAL_PLACE,
            Err(Refusal::LegalRepresentative),
        ),
        (LEGAL_PLACE, ADMINISTRATOR, Ok(())),
        (Place::MEMBER, Place::MEMBER, Err(Refusal::NotAdministrator)),
    ] {
        assert_eq!(remove(actor, other(place)), expected, "{actor:?} {place:?}");
    }
    for (actor, place, expected) in [
        (Place::MEMBER, Place::MEMBER, Ok(())),
        (Place::MEMBER, ADMINISTRATOR, Err(Refusal::Administrator)),
        (
            Place::MEMBER,
            LEGAL_PLACE,
            Err(Refusal::LegalRepresentative),
        ),
        (ADMINISTRATOR, Place::MEMBER, Err(Refusal::NoRequestNeeded)),
    ] {
        assert_eq!(
            ask_removal(actor, other(place)),
            expected,
            "{actor:?} {place:?}"
        );
    }
    let oneself = Target {
        place: Place::MEMBER,
        oneself: true,
    };
    assert_eq!(ask_removal(Place::MEMBER, oneself), Err(Refusal::Oneself));
    // Between the request and the decision the named person may have become an administrator.
    assert_eq!(
        pass_removal(ADMINISTRATOR, other(ADMINISTRATOR)),
        Err(Refusal::Administrator)
    );
}

#[test]
fn mem_10_the_legal_representatives_right() {
    assert_eq!(place_on_entry(true, false), LEGAL_PLACE);
    assert_eq!(place_on_entry(true, true), Place::MEMBER);
    assert_eq!(place_on_entry(false, false), Place::MEMBER);
    assert_eq!(leave(LEGAL_PLACE, 0), Err(Refusal::TransferFirst));
    assert_eq!(leave(LEGAL_PLACE, 1), Ok(()));
    assert_eq!(
        leave(ADMINISTRATOR, 1),
        Err(Refusal::TransferFirst),
        "MEM-4: whoever else there is"
    );
    assert_eq!(
        transfer(LEGAL_PLACE, other(Place::MEMBER), 0),
        Ok(Handover::Added)
    );
    assert_eq!(
        transfer(LEGAL_PLACE, other(Place::MEMBER), 1),
        Err(Refusal::TransferNotOffered)
    );
}

#[test]
fn mem_5_the_place_goes_to_a_member() {
    assert_eq!(
        transfer(ADMINISTRATOR, other(Place::MEMBER), 0),
        Ok(Handover::Swapped)
    );
    assert_eq!(
        transfer(ADMINISTRATOR, other(Place::MEMBER), 3),
        Ok(Handover::Swapped)
    );
    assert_eq!(
        transfer(ADMINISTRATOR, other(ADMINISTRATOR), 1),
        Err(Refusal::AdministratorAlready)
    );
    assert_eq!(
        transfer(Place::MEMBER, other(Place::MEMBER), 1),
        Err(Refusal::NotAdministrator)
    );
    let oneself = Target {
        place: ADMINISTRATOR,
        oneself: true,
    };
    assert_eq!(transfer(ADMINISTRATOR, oneself, 0), Err(Refusal::Oneself));
}

#[test]
fn mem_6_ops_4_the_place_goes_to_whoever_an_operator_passes() {
    assert_eq!(ask_takeover(None), Ok(()));
    assert_eq!(ask_takeover(Some(Place::MEMBER)), Ok(()));
    for place in [ADMINISTRATOR, LEGAL_PLACE] {
        assert_eq!(
            ask_takeover(Some(place)),
            Err(Refusal::AdministratorAlready)
        );
    }
    for (place, successor, expected) in [
        (Place::MEMBER, true, ADMINISTRATOR),
        (ADMINISTRATOR, false, Place::MEMBER),
        (LEGAL_PLACE, false, LEGAL_PLACE),
        (Place::MEMBER, false, Place::MEMBER),
        (LEGAL_PLACE, true, LEGAL_PLACE),
    ] {
        assert_eq!(place_after_takeover(place, successor), expected);
    }
}

#[test]
fn umg_4_mem_10_the_right_goes_with_the_name() {
    for (place, named, expected) in [
        (LEGAL_PLACE, false, ADMINISTRATOR),
        (Place::MEMBER, true, LEGAL_PLACE),
        (ADMINISTRATOR, true, LEGAL_PLACE),
        (LEGAL_PLACE, true, LEGAL_PLACE),
        (Place::MEMBER, false, Place::MEMBER),
    ] {
        assert_eq!(place_after_naming(place, named), expected);
    }
    assert_eq!(
        leave(place_after_naming(LEGAL_PLACE, false), 1),
        Err(Refusal::TransferFirst),
        "the former one is an administrator like any other"
    );
}
