//! Documents of people from elsewhere (IDV-3): what each is for, and what its number looks like.

use crate::check_digit::{IdCard, hkid};
use crate::review::words;
use crate::time::Day;

words! {
    /// A kind of document.
    DocumentKind {
        /// 居民身份证, of the mainland.
        IdCard = "id_card",
        /// 香港身份证
        HongKongCard = "hk_id_card",
        /// 港澳居民来往内地通行证 (回乡证)
        HomeReturnPermit = "home_return_permit",
        /// 台湾居民来往大陆通行证 (台胞证)
        TaiwanPermit = "taiwan_permit",
        /// 港澳台居民居住证
        ResidencePermit = "residence_permit",
        /// 护照
        Passport = "passport",
        /// 外国人永久居留身份证
        PermanentResidence = "permanent_residence",
    }
}

/// The mainland, whose documents an authority knows at once.
pub const MAINLAND: &str = "CN";

/// ISO 3166-1 alpha-2 codes, without the mainland, Hong Kong, Macau and Taiwan, which are offered by themselves, and without
/// four places where nobody is from (AQ, BV, GS, HM).
pub const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG \
    GH GI GL GM GN GP GQ GR GT GU GW GY HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB \
    LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ \
    OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC \
    TD TF TG TH TJ TK TL TM TN TO TR TT TV TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The documents that somebody of a nationality may hand in; none when the nationality is not known, or is the mainland's.
#[must_use]
pub fn kinds_of(nationality: &str) -> &'static [DocumentKind] {
    use DocumentKind as Kind;
    match nationality {
        "HK" => &[
            Kind::HomeReturnPermit,
            Kind::HongKongCard,
            Kind::ResidencePermit,
        ],
        "MO" => &[Kind::HomeReturnPermit, Kind::ResidencePermit],
        "TW" => &[Kind::TaiwanPermit, Kind::ResidencePermit],
        other if COUNTRIES.split_ascii_whitespace().any(|code| code == other) => {
            &[Kind::Passport, Kind::PermanentResidence]
        }
        _ => &[],
    }
}

impl DocumentKind {
    /// Whether it has a back that says anything.
    #[must_use]
    pub const fn has_back(self) -> bool {
        !matches!(self, Self::Passport)
    }

    /// Takes a number as typed; the one spelling in which it is kept and compared, or nothing when it is no such number.
    #[must_use]
    pub fn number(self, text: &str, nationality: &str, today: Day) -> Option<String> {
        let plain: String = text.trim().to_ascii_uppercase();
        let (head, digits) = plain.split_at_checked(1).unwrap_or_default();
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let of_citizen = |prefixes: &[&str]| {
            let known = prefixes.iter().any(|prefix| plain.starts_with(prefix));
            known && IdCard::parse(&plain, today).is_ok()
        };
        let well = match self {
            Self::IdCard => IdCard::parse(&plain, today).is_ok(),
            Self::HongKongCard => return hkid(&plain),
            Self::HomeReturnPermit => {
                // 港 or 澳 first; two digits more once told how often the permit was renewed.
                let letter = if nationality == "MO" { "M" } else { "H" };
                head == letter && is_digits(digits) && matches!(digits.len(), 8 | 10)
            }
            Self::TaiwanPermit => is_digits(&plain) && plain.len() == 8,
            Self::ResidencePermit => of_citizen(match nationality {
                "HK" => &["810000"],
                "MO" => &["820000"],
                _ => &["830000"],
            }),
            Self::PermanentResidence => {
                let (letters, rest) = plain.split_at_checked(3).unwrap_or_default();
                let former = letters.bytes().all(|byte| byte.is_ascii_uppercase())
                    && rest.len() == 12
                    && is_digits(rest);
                former || of_citizen(&["9"])
            }
            Self::Passport => {
                (5..=17).contains(&plain.len())
                    && plain
                        .bytes()
                        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
            }
        };
        well.then_some(plain)
    }

    /// What makes a document one and the same, whatever account it is shown for. Numbers of citizens' form are never given
    /// twice; others are told apart by kind, and passports by country too.
    #[must_use]
    pub fn identity(self, number: &str, nationality: &str) -> String {
        match self {
            Self::IdCard | Self::ResidencePermit => number.to_owned(),
            Self::Passport => format!("{}:{nationality}:{number}", self.as_str()),
            // The two digits that tell of renewals change with each.
            Self::HomeReturnPermit => {
                format!("{}:{}", self.as_str(), number.get(..9).unwrap_or(number))
            }
            _ => format!("{}:{number}", self.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::DocumentKind::{
        HomeReturnPermit, HongKongCard, Passport, PermanentResidence, ResidencePermit, TaiwanPermit,
    };
    use super::*;

    fn today() -> Day {
        Day::new(2026, 3, 2).expect("a day")
    }

    #[test]
    fn idv_3_numbers_are_checked_by_their_kind() {
        for (kind, nationality, text, kept) in [
            (HomeReturnPermit, "HK", "h12345678", Some("H12345678")),
            (HomeReturnPermit, "MO", "M1234567800", Some("M1234567800")),
            (HomeReturnPermit, "HK", "M12345678", None),
            (HomeReturnPermit, "HK", "H1234567", None),
            (HongKongCard, "HK", "A123456(3)", Some("A1234563")),
            (HongKongCard, "HK", "A123456(5)", None),
            (TaiwanPermit, "TW", "12345678", Some("12345678")),
            (TaiwanPermit, "TW", "1234567", None),
            (
                ResidencePermit,
                "HK",
                "810000199408230021",
                Some("810000199408230021"),
            ),
            (ResidencePermit, "HK", "810000199408230022", None),
            (ResidencePermit, "TW", "810000199408230021", None),
            (Passport, "US", "e12345678", Some("E12345678")),
            (Passport, "US", "E1234-5678", None),
            (Passport, "US", "", None),
            (
                PermanentResidence,
                "US",
                "USA110081010101",
                Some("USA110081010101"),
            ),
            (PermanentResidence, "US", "US1110081010101", None),
        ] {
            assert_eq!(
                kind.number(text, nationality, today()).as_deref(),
                kept,
                "{text}"
            );
        }
    }

    #[test]
    fn idv_3_each_nationality_has_its_documents() {
        assert_eq!(COUNTRIES.split_ascii_whitespace().count(), 241);
        for (nationality, first) in [
            ("HK", Some(&HomeReturnPermit)),
            ("TW", Some(&TaiwanPermit)),
            ("US", Some(&Passport)),
            ("CN", None),
            ("XX", None),
            ("", None),
        ] {
            assert_eq!(kinds_of(nationality).first(), first, "{nationality}");
        }
    }

    #[test]
    fn idv_4_one_document_is_one_however_it_was_renewed() {
        assert_eq!(
            HomeReturnPermit.identity("H1234567801", "HK"),
            HomeReturnPermit.identity("H1234567802", "HK")
        );
        assert_ne!(
            Passport.identity("E12345678", "US"),
            Passport.identity("E12345678", "GB")
        );
        assert_eq!(
            ResidencePermit.identity("810000199408230021", "HK"),
            DocumentKind::IdCard.identity("810000199408230021", "CN")
        );
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_kept_is_kept_again(text in ".{0,20}", kind in prop::sample::select(DocumentKind::ALL), nationality in prop::sample::select(vec!["HK", "MO", "TW", "US"])) {
            if let Some(kept) = kind.number(&text, nationality, today()) {
                prop_assert_eq!(kind.number(&kept, nationality, today()), Some(kept));
            }
        }
    }
}
