//! What a unit tells of itself for invoices and transfers: tax facts (纳税信息) and bank facts (银资信息), MEM-9.

/// One of the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Tax number (纳税人识别号).
    TaxNumber,
    /// Registered address.
    Address,
    /// Registered phone.
    Phone,
    /// Bank and branch.
    Bank,
    /// Number of the account.
    Account,
}

impl Field {
    /// Every one, in the order of the screen.
    pub const ALL: [Self; 5] = [
        Self::TaxNumber,
        Self::Address,
        Self::Phone,
        Self::Bank,
        Self::Account,
    ];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TaxNumber => "tax_number",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Bank => "bank",
            Self::Account => "account",
        }
    }

    /// The fact as it is kept, from what somebody types; nothing typed is nothing known.
    ///
    /// # Errors
    /// [`Invalid`].
    pub fn parse(self, text: &str) -> Result<String, Invalid> {
        // Bytes first: going over something huge is work that nobody asked for.
        if text.len() > TEXT_BYTES_MAX {
            return Err(Invalid(self));
        }
        let text = text.trim();
        let kept = match self {
            Self::TaxNumber | Self::Account => code(text),
            Self::Address | Self::Bank | Self::Phone => text.to_owned(),
        };
        let count = kept.chars().count();
        let well_formed = match self {
            Self::TaxNumber => (6..=30).contains(&count) && kept.chars().all(is_code),
            Self::Account => (6..=34).contains(&count) && kept.chars().all(is_code),
            Self::Phone => (5..=30).contains(&count) && kept.chars().all(is_phone),
            Self::Address => (2..=100).contains(&count) && kept.chars().all(is_written),
            Self::Bank => (2..=60).contains(&count) && kept.chars().all(is_written),
        };
        if kept.is_empty() || well_formed {
            Ok(kept)
        } else {
            Err(Invalid(self))
        }
    }
}

const TEXT_BYTES_MAX: usize = 500;

/// What was typed cannot be this fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {}", .0.as_str())]
pub struct Invalid(pub Field);

/// The facts; an empty one is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitProfile {
    /// Tax number.
    pub tax_number: String,
    /// Registered address.
    pub address: String,
    /// Registered phone.
    pub phone: String,
    /// Bank and branch.
    pub bank: String,
    /// Number of the account.
    pub account: String,
}

impl UnitProfile {
    /// The facts as they are kept, from what somebody types.
    ///
    /// # Errors
    /// [`Invalid`] with the first field that cannot be so.
    pub fn parse(typed: &Self) -> Result<Self, Invalid> {
        Ok(Self {
            tax_number: Field::TaxNumber.parse(&typed.tax_number)?,
            address: Field::Address.parse(&typed.address)?,
            phone: Field::Phone.parse(&typed.phone)?,
            bank: Field::Bank.parse(&typed.bank)?,
            account: Field::Account.parse(&typed.account)?,
        })
    }
}

/// Numbers are written with spaces and hyphens by people, and without by banks and offices.
fn code(text: &str) -> String {
    let kept = text.chars().filter(|c| !matches!(c, ' ' | '-'));
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

const fn is_code(c: char) -> bool {
    c.is_ascii_digit() || c.is_ascii_uppercase()
}

fn is_phone(c: char) -> bool {
    c.is_ascii_digit() || "+-() 转".contains(c)
}

fn is_written(c: char) -> bool {
    c.is_alphanumeric() || " （）()·-—&、，,.。#/".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn mem_9_facts_are_kept_as_banks_and_offices_write_them() {
        let typed = UnitProfile {
            tax_number: " 91990000ma0000015q ".to_owned(),
            address: "样本市样本区样本路 1 号（A 座）".to_owned(),
            phone: "010-88886666 转 801".to_owned(),
            bank: "样本银行样本支行".to_owned(),
            account: "1100 1001 0010 0001 234".to_owned(),
        };
        let kept = UnitProfile::parse(&typed).expect("valid");
        assert_eq!(
            (kept.tax_number.as_str(), kept.account.as_str()),
            ("91990000MA0000015Q", "1100100100100001234")
        );
        assert_eq!(
            UnitProfile::parse(&UnitProfile::default()),
            Ok(UnitProfile::default())
        );
    }

    #[test]
    fn mem_9_what_cannot_be_is_named() {
        for (field, wrong) in [
            (Field::TaxNumber, "12345"),
            (Field::TaxNumber, "税号"),
            (Field::Address, "路"),
            (Field::Address, "样本路\u{202e}1号"),
            (Field::Phone, "call me"),
            (Field::Bank, "行\n行"),
            (Field::Account, "12"),
            (Field::Account, "账号1234567"),
        ] {
            assert_eq!(field.parse(wrong), Err(Invalid(field)), "{wrong}");
        }
    }

    proptest! {
        /// Whatever is typed: what is kept is kept unchanged when it is saved again.
        #[test]
        fn mem_9_what_is_kept_stays(text in ".{0,120}") {
            for field in Field::ALL {
                if let Ok(kept) = field.parse(&text) {
                    prop_assert_eq!(field.parse(&kept), Ok(kept.clone()));
                }
            }
        }
    }
}
