//! The promises.

mod cms;
mod tail;
mod verifier;
mod writer;

use crate::input;
use crate::random::Random;
use crate::seeds::seeds;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Reading a file: cross-references, objects, pages, form.
    Tail,
    /// What can be sealed verifies, keeps earlier signatures, and can be un-sealed to the byte.
    Writer,
    /// CMS, time stamps, certificates and revocation.
    Cms,
    /// What was signed is what verifies, whatever was done to the file.
    Verifier,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 4] = [Self::Tail, Self::Writer, Self::Cms, Self::Verifier];

    /// The word on command lines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tail => "tail",
            Self::Writer => "writer",
            Self::Cms => "cms",
            Self::Verifier => "verifier",
        }
    }

    /// Tries one input; panics when a promise is broken.
    pub fn execute(self, input: &[u8]) {
        match self {
            Self::Tail => tail::execute(input),
            Self::Writer => writer::execute(input),
            Self::Cms => cms::execute(input),
            Self::Verifier => verifier::execute(input),
        }
    }

    /// The input of execution `number`.
    #[must_use]
    pub fn input(self, number: u64) -> Vec<u8> {
        let mut random = Random::new(number ^ (self as u64) << 56);
        // Neighbouring seeds give neighbouring first numbers.
        random.next();
        match self {
            Self::Tail if random.one_in(3) => input::signed(&mut random),
            Self::Tail | Self::Writer => input::unsigned(&mut random),
            Self::Verifier => input::signed(&mut random),
            Self::Cms => {
                let all = &seeds().structures;
                let (der, other) = (random.pick(all), random.pick(all));
                let mut input = input::changed_der(der, other, &mut random);
                if random.one_in(3) {
                    input::change_bytes(&mut input, other, &mut random);
                }
                input
            }
        }
    }
}

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|target| target.name() == text);
        found.ok_or_else(|| {
            format!("not a target: {text}; there are tail, writer, cms and verifier")
        })
    }
}
