//! Fields as they are beside fields as they were read.

use card_ocr::{Expect, Reading, normal_text};
use card_ocr_specimens::{Kind, Specimen};

/// Fields that carry check characters.
const NUMBERS: [&str; 3] = ["number", "code", "agent_number"];

/// Counts over photos.
#[derive(Default, Clone)]
pub struct Score {
    pub fields: u32,
    pub exact: u32,
    /// Numbers that passed their check and are not what is printed.
    pub wrong_numbers: u32,
    /// Fields that a person is not asked to look at, and that are wrong.
    pub sure_and_wrong: u32,
    /// Photos that are to be taken again.
    pub retakes: u32,
    /// What was read wrongly, for people.
    pub misses: Vec<String>,
}

impl Score {
    pub fn of(specimen: &Specimen, reading: &Reading) -> Self {
        let fields = reading
            .papers
            .first()
            .map(|paper| paper.fields())
            .unwrap_or_default();
        let mut score = Self {
            retakes: u32::from(reading.retake.is_some()),
            ..Self::default()
        };
        for (name, truth) in &specimen.truth {
            score.fields += 1;
            let Some((_, field)) = fields.iter().find(|(it, _)| it == name) else {
                score.misses.push(format!("{:?}: no {name}", specimen.kind));
                continue;
            };
            if normal_text(&field.text) == normal_text(truth) {
                score.exact += 1;
            } else {
                // The library gives no number whose check does not hold.
                let is_wrong_number = NUMBERS.contains(name) && !field.is_missing();
                score.wrong_numbers += u32::from(is_wrong_number);
                score.sure_and_wrong += u32::from(field.grade == card_ocr::Grade::Sure);
                score.misses.push(format!(
                    "{:?}: {name} {truth} was read as {} ({:?})",
                    specimen.kind, field.text, field.grade
                ));
            }
        }
        score
    }

    pub fn add(&mut self, other: &Self) {
        self.fields += other.fields;
        self.exact += other.exact;
        self.wrong_numbers += other.wrong_numbers;
        self.sure_and_wrong += other.sure_and_wrong;
        self.retakes += other.retakes;
        self.misses.extend(other.misses.iter().cloned());
    }

    pub fn percent(&self) -> f64 {
        f64::from(self.exact) * 100.0 / f64::from(self.fields.max(1))
    }
}

pub const fn expected(kind: Kind) -> Expect {
    match kind {
        Kind::IdCardFront => Expect::IdCardFront,
        Kind::IdCardBack => Expect::IdCardBack,
        Kind::WideLicence | Kind::UprightLicence => Expect::BusinessLicence,
        Kind::PowerOfAttorney => Expect::PowerOfAttorney,
    }
}
