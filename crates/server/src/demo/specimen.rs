//! Made-up people and companies with right check characters. None of them can be real: no ID number begins with 10, and no
//! company is registered in division 990000.

use anyhow::Context as _;
use domain::Day;
use domain::check_digit::{IdCard, Uscc};
use serde::Serialize;

/// Most people of one population: their numbers have five digits.
pub const PEOPLE_MAX: usize = 20_000;
/// People who belong to one company, its legal representative among them.
pub const PER_COMPANY: usize = 5;

/// A person of the population.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Mainland number, without the area code.
    pub phone: String,
    /// ID number.
    pub id_number: String,
}

/// A company of the population.
#[derive(Clone, Debug, Serialize)]
pub struct Company {
    /// Name.
    pub name: String,
    /// Unified social credit code.
    pub uscc: String,
}

/// The person with a number from 0.
pub fn person(number: usize) -> anyhow::Result<Person> {
    let (year, month, day) = (
        1960 + number % 40,
        1 + number / 40 % 12,
        1 + number / 480 % 28,
    );
    let body = format!("100101{year}{month:02}{day:02}{:03}", number % 1000);
    let today = Day::new(2026, 1, 1).context("a day")?;
    let right = |last: char| IdCard::parse(&format!("{body}{last}"), today).ok();
    let card = "0123456789X"
        .chars()
        .find_map(right)
        .context("an ID number")?;
    Ok(Person {
        name: format!("样本{}", spelled(number)),
        phone: format!("139{:08}", 10_000_000 + number),
        id_number: card.as_str().to_owned(),
    })
}

/// The company with a number from 0.
pub fn company(number: usize) -> anyhow::Result<Company> {
    const CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let digits = format!("9{number:07}");
    let right = |inner: char| {
        let body = format!("91990000{digits}{inner}");
        let outer = |last: char| Uscc::parse(&format!("{body}{last}")).ok();
        let found = CHARACTERS.chars().find_map(outer);
        found.filter(Uscc::inner_check_holds)
    };
    let uscc = "0123456789X".chars().find_map(right).context("a code")?;
    Ok(Company {
        name: format!("样本第{}有限公司", spelled(number)),
        uscc: uscc.as_str().to_owned(),
    })
}

/// Digits as they are read out, since names have no others.
fn spelled(number: usize) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| {
        let value = c.to_digit(10).and_then(|value| usize::try_from(value).ok());
        value.and_then(|value| DIGITS.get(value)).copied()
    };
    number.to_string().chars().filter_map(digit).collect()
}

#[cfg(test)]
#[allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is wrong"
)]
mod tests {
    use std::collections::BTreeSet;

    use domain::check_digit::Phone;
    use domain::person::PersonName;
    use domain::unit::UnitName;

    use super::*;

    #[test]
    fn everybody_is_well_formed_and_somebody_else() {
        let mut seen = BTreeSet::new();
        for number in 0..PEOPLE_MAX {
            let person = person(number).expect("made");
            assert!(PersonName::parse(&person.name).is_ok(), "{}", person.name);
            assert!(
                Phone::parse("+86", &person.phone).is_ok(),
                "{}",
                person.phone
            );
            assert!(
                seen.insert(person.id_number)
                    && seen.insert(person.phone)
                    && seen.insert(person.name)
            );
        }
        for number in 0..PEOPLE_MAX / PER_COMPANY {
            let company = company(number).expect("made");
            assert!(UnitName::parse(&company.name).is_ok(), "{}", company.name);
            assert!(seen.insert(company.uscc) && seen.insert(company.name));
        }
    }
}
