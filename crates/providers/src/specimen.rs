//! The people and companies that only the sandbox knows. Nobody real can be among them: no ID number begins with 10, and
//! no company is registered in division 990000; the check characters are right all the same.

mod paper;

pub use paper::{id_card_back, id_card_front, licence, power_of_attorney};

/// How the embedded authority and register treat a specimen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Knows it.
    Match,
    /// Always finds something else on record.
    Mismatch,
    /// Never answers.
    Silence,
}

impl Behaviour {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Mismatch => "mismatch",
            Self::Silence => "timeout",
        }
    }
}

/// A specimen person.
#[derive(Debug)]
pub struct Person {
    /// Name.
    pub name: &'static str,
    /// ID number.
    pub id_number: &'static str,
    /// A number to sign in with; any other does as well.
    pub phone: &'static str,
    /// How it is treated.
    pub behaviour: Behaviour,
}

/// A specimen company.
#[derive(Debug)]
pub struct Company {
    /// Name.
    pub name: &'static str,
    /// Unified social credit code.
    pub uscc: &'static str,
    /// The legal representative: a specimen person.
    pub legal_representative: &'static str,
    /// How it is treated.
    pub behaviour: Behaviour,
}

const fn person(
    name: &'static str,
    id_number: &'static str,
    phone: &'static str,
    behaviour: Behaviour,
) -> Person {
    Person {
        name,
        id_number,
        phone,
        behaviour,
    }
}

const fn company(
    name: &'static str,
    uscc: &'static str,
    legal_representative: &'static str,
    behaviour: Behaviour,
) -> Company {
    Company {
        name,
        uscc,
        legal_representative,
        behaviour,
    }
}

/// The people.
pub const PEOPLE: [Person; 9] = [
    person(
        "张样本",
        "10010119790312001X",
        "13900000001",
        Behaviour::Match,
    ),
    person(
        "李样本",
        "100101198307250023",
        "13900000002",
        Behaviour::Match,
    ),
    person(
        "王样本",
        "100101198601010039",
        "13900000003",
        Behaviour::Match,
    ),
    person(
        "赵样本",
        "100101199005180044",
        "13900000004",
        Behaviour::Match,
    ),
    person(
        "陈样本",
        "100101199209300052",
        "13900000005",
        Behaviour::Match,
    ),
    person(
        "周样本",
        "100101197512080065",
        "13900000006",
        Behaviour::Match,
    ),
    person(
        "欧阳样本",
        "100101198802290073",
        "13900000007",
        Behaviour::Match,
    ),
    person(
        "吴不符",
        "10010119810606008X",
        "13900000008",
        Behaviour::Mismatch,
    ),
    person(
        "郑超时",
        "100101198404040095",
        "13900000009",
        Behaviour::Silence,
    ),
];

/// The companies. The first seven belong to the first seven people, in this order.
pub const COMPANIES: [Company; 9] = [
    company(
        "样本建设工程有限公司",
        "91990000MA0000015Q",
        "张样本",
        Behaviour::Match,
    ),
    company(
        "样本市政园林有限公司",
        "91990000MA0000023K",
        "李样本",
        Behaviour::Match,
    ),
    company(
        "样本信息技术（集团）有限公司",
        "91990000MA0000031E",
        "王样本",
        Behaviour::Match,
    ),
    company(
        "样本机电设备有限公司",
        "91990000MA000004X6",
        "赵样本",
        Behaviour::Match,
    ),
    company(
        "样本工程咨询有限公司",
        "91990000MA00000586",
        "陈样本",
        Behaviour::Match,
    ),
    company(
        "样本医疗器械有限公司",
        "91990000MA00000661",
        "周样本",
        Behaviour::Match,
    ),
    company(
        "样本物资贸易有限公司",
        "91990000MA0000074U",
        "欧阳样本",
        Behaviour::Match,
    ),
    company(
        "样本不符有限公司",
        "91990000MA0000082N",
        "张样本",
        Behaviour::Mismatch,
    ),
    company(
        "样本超时有限公司",
        "91990000MA0000090H",
        "张样本",
        Behaviour::Silence,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Day;
    use domain::check_digit::{IdCard, Phone, Uscc};
    use domain::person::PersonName;
    use domain::unit::UnitName;

    #[test]
    fn specimens_are_well_formed() {
        let today = Day::new(2026, 1, 1).expect("a day");
        for person in &PEOPLE {
            assert!(
                IdCard::parse(person.id_number, today).is_ok(),
                "{}",
                person.name
            );
            assert!(Phone::parse("+86", person.phone).is_ok(), "{}", person.name);
            assert_eq!(
                PersonName::parse(person.name).expect("valid").as_str(),
                person.name
            );
        }
        for company in &COMPANIES {
            assert!(
                Uscc::parse(company.uscc)
                    .expect("valid")
                    .inner_check_holds(),
                "{}",
                company.name
            );
            assert_eq!(
                UnitName::parse(company.name).expect("valid").as_str(),
                company.name
            );
            assert!(
                PEOPLE
                    .iter()
                    .any(|person| person.name == company.legal_representative)
            );
        }
    }
}
