//! What a reading of an ID card means for a person whose name and number are known already (IDV-1).

use crate::check_digit::IdCard;
use crate::person::PersonName;
use crate::time::Day;

/// The end of a card that does not run out.
const FOR_EVER: &str = "长期";

/// One field of a reading: its text, and whether it may be taken without a person's look at it.
pub type Read<'a> = Option<(&'a str, bool)>;

/// What was read of both sides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// Of the front.
    pub name: Read<'a>,
    /// Of the front.
    pub id_number: Read<'a>,
    /// Of the back: `YYYY-MM-DD` or 长期.
    pub valid_to: Read<'a>,
}

/// What it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The card is the person's, and good today.
    Passed,
    /// The front cannot be read well enough: another photo helps.
    FrontUnclear,
    /// The back cannot be read well enough.
    BackUnclear,
    /// It is somebody else's card.
    NumberDiffers,
    /// The number is right and the name clearly another.
    NameDiffers,
    /// The number is right; the name was not read surely, and the person has to look at it.
    NameUnsure,
    /// The card ran out after this day.
    Expired(Day),
}

/// Compares. `confirmed` is the person's word that an unsure name is theirs; it helps against nothing else.
#[must_use]
pub fn judge(
    reading: Reading<'_>,
    name: &PersonName,
    number: &IdCard,
    confirmed: bool,
    today: Day,
) -> Finding {
    match reading.id_number {
        Some((read, _)) if read == number.as_str() => {}
        Some((_, true)) => return Finding::NumberDiffers,
        _ => return Finding::FrontUnclear,
    }
    let same = |read: &str| PersonName::parse(read).as_ref() == Ok(name);
    match reading.name {
        Some((read, _)) if same(read) => {}
        Some((_, true)) => return Finding::NameDiffers,
        _ if confirmed => {}
        _ => return Finding::NameUnsure,
    }
    match reading.valid_to {
        Some((FOR_EVER, _)) => Finding::Passed,
        Some((read, _)) => match day(read) {
            Some(last) if last < today => Finding::Expired(last),
            Some(_) => Finding::Passed,
            None => Finding::BackUnclear,
        },
        None => Finding::BackUnclear,
    }
}

fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none();
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).filter(|_| whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NUMBER: &str = "10010119790312001X";

    fn known() -> (PersonName, IdCard, Day) {
        let today = Day::new(2026, 3, 2).expect("a day");
        let number = IdCard::parse(NUMBER, today).expect("valid");
        (PersonName::parse("张样本").expect("valid"), number, today)
    }

    fn check(reading: Reading<'_>, confirmed: bool, expected: Finding) {
        let (name, number, today) = known();
        assert_eq!(judge(reading, &name, &number, confirmed, today), expected);
    }

    #[test]
    fn idv_1_what_a_reading_means() {
        let good = Reading {
            name: Some(("张样本", true)),
            id_number: Some((NUMBER, true)),
            valid_to: Some(("2026-03-02", true)),
        };
        let last = Day::new(2026, 3, 1).expect("a day");
        check(good, false, Finding::Passed);
        let with = |change: &dyn Fn(&mut Reading<'static>)| {
            let mut reading = good;
            change(&mut reading);
            reading
        };
        let cases: [(Reading<'_>, bool, Finding); 10] = [
            (
                with(&|r| r.valid_to = Some(("长期", true))),
                false,
                Finding::Passed,
            ),
            (
                with(&|r| r.valid_to = Some(("2026-03-01", true))),
                false,
                Finding::Expired(last),
            ),
            (
                with(&|r| r.valid_to = Some(("2026-13-01", true))),
                false,
                Finding::BackUnclear,
            ),
            (with(&|r| r.valid_to = None), true, Finding::BackUnclear),
            (
                with(&|r| r.id_number = Some(("100101198307250023", true))),
                true,
                Finding::NumberDiffers,
            ),
            (
                with(&|r| r.id_number = Some(("100101198307250023", false))),
                true,
                Finding::FrontUnclear,
            ),
            (
                with(&|r| r.name = Some(("李样本", true))),
                true,
                Finding::NameDiffers,
            ),
            (
                with(&|r| r.name = Some(("张佯本", false))),
                false,
                Finding::NameUnsure,
            ),
            (
                with(&|r| r.name = Some(("张佯本", false))),
                true,
                Finding::Passed,
            ),
            (with(&|r| r.name = None), false, Finding::NameUnsure),
        ];
        for (reading, confirmed, expected) in cases {
            check(reading, confirmed, expected);
        }
    }

    proptest! {
        /// Whatever was read, nothing passes without the person's own number, and a word never makes up for a clear other name.
        #[test]
        fn idv_1_no_other_card_passes(
            name in prop::option::of(("[张李样佯本]{2,4}", any::<bool>())),
            number in prop::option::of((prop::sample::select(vec![NUMBER.to_owned(), "100101198307250023".to_owned(), String::new()]), any::<bool>())),
            valid_to in prop::option::of(("(20[0-9]{2}-0[1-9]-1[0-9]|长期|.{0,12})", any::<bool>())),
            confirmed: bool,
        ) {
            let (own, card, today) = known();
            let reading = Reading {
                name: name.as_ref().map(|(text, sure)| (text.as_str(), *sure)),
                id_number: number.as_ref().map(|(text, sure)| (text.as_str(), *sure)),
                valid_to: valid_to.as_ref().map(|(text, sure)| (text.as_str(), *sure)),
            };
            if judge(reading, &own, &card, confirmed, today) == Finding::Passed {
                prop_assert_eq!(reading.id_number.map(|(text, _)| text), Some(NUMBER));
                prop_assert!(reading.name.is_none_or(|(text, sure)| text == "张样本" || (!sure && confirmed)));
                prop_assert!(reading.name.is_some() || confirmed);
            }
        }
    }
}
