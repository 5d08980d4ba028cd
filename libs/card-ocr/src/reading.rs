//! What was read, in types.

use crate::Retake;
use crate::line::Line;

/// What the photo is supposed to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// The side of an ID card with the portrait.
    IdCardFront,
    /// The side of an ID card with the national emblem.
    IdCardBack,
    /// A business licence, old upright or new wide form.
    BusinessLicence,
    /// A power of attorney.
    PowerOfAttorney,
    /// Whatever it is.
    Any,
}

/// What a photo said.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The papers in the photo, the expected one first; both sides of a card may lie in one photo.
    pub papers: Vec<Paper>,
    /// Why the photo should be taken again. Fields that were read all the same are still in `papers`.
    pub retake: Option<Retake>,
    /// Every line of text, watermarks too, in no particular order.
    pub lines: Vec<Line>,
    /// Width and height of the upright photo, in whose pixels all places are given.
    pub size: (u32, u32),
}

/// One paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Paper {
    /// The side with the portrait.
    IdCardFront(IdCardFront),
    /// The side with the emblem.
    IdCardBack(IdCardBack),
    /// A business licence.
    BusinessLicence(Box<BusinessLicence>),
    /// A power of attorney.
    PowerOfAttorney(Box<PowerOfAttorney>),
}

/// How far a field may be trusted. None of it says that the paper is genuine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Read clearly, or confirmed by a check character.
    Sure,
    /// Shown to the person with the wish to look at it.
    Confirm,
    /// Not read; the person types it.
    Missing,
}

/// One field of a paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// As it is to be filled in; empty when the grade is [`Grade::Missing`].
    pub text: String,
    /// How far it may be trusted.
    pub grade: Grade,
    /// Of its least sure character, from 0 to 1.
    pub confidence: f32,
    /// Left, top, right and bottom in pixels of the upright photo.
    pub place: Option<[f32; 4]>,
    /// A number that was corrected by its check characters: the text is not what was read.
    pub repaired: bool,
}

impl Field {
    /// A field that was not read.
    pub(crate) const fn missing() -> Self {
        Self {
            text: String::new(),
            grade: Grade::Missing,
            confidence: 0.0,
            place: None,
            repaired: false,
        }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.grade == Grade::Missing
    }
}

/// Declares a paper's fields once: the type, and the names under which they can be listed.
macro_rules! paper {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $field:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $($(#[$what])* pub $field: Field,)* }

        impl $name {
            /// Every field with its name.
            #[must_use]
            pub fn fields(&self) -> Vec<(&'static str, &Field)> {
                vec![$((stringify!($field), &self.$field),)*]
            }
        }
    };
}

paper! {
    /// 居民身份证, the side with the portrait.
    IdCardFront {
        /// 姓名
        name,
        /// 性别, 男 or 女; from the number where there is one.
        sex,
        /// 民族, without 族.
        nation,
        /// 出生 as `YYYY-MM-DD`; from the number where there is one.
        birth,
        /// 住址 in one line.
        address,
        /// 公民身份号码, checked.
        number,
    }
}

paper! {
    /// 居民身份证, the side with the emblem.
    IdCardBack {
        /// 签发机关
        authority,
        /// Beginning of 有效期限 as `YYYY-MM-DD`.
        valid_from,
        /// End of 有效期限 as `YYYY-MM-DD`, or 长期.
        valid_to,
    }
}

paper! {
    /// 营业执照
    BusinessLicence {
        /// 统一社会信用代码, checked.
        code,
        /// 名称
        name,
        /// 类型
        kind,
        /// 法定代表人, or 负责人, 经营者, 执行事务合伙人, 投资人 for other kinds.
        legal_representative,
        /// 注册资本 as printed.
        capital,
        /// 成立日期 as `YYYY-MM-DD`.
        established,
        /// 住所 or 经营场所 in one line.
        address,
    }
}

paper! {
    /// 授权委托书
    PowerOfAttorney {
        /// 委托人
        company,
        /// 统一社会信用代码, checked.
        code,
        /// 法定代表人
        legal_representative,
        /// 受托人
        agent,
        /// The agent's 身份证号码, checked.
        agent_number,
        /// Beginning of the term as `YYYY-MM-DD`.
        valid_from,
        /// End of the term as `YYYY-MM-DD`.
        valid_to,
    }
}

impl Paper {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> Expect {
        match self {
            Self::IdCardFront(_) => Expect::IdCardFront,
            Self::IdCardBack(_) => Expect::IdCardBack,
            Self::BusinessLicence(_) => Expect::BusinessLicence,
            Self::PowerOfAttorney(_) => Expect::PowerOfAttorney,
        }
    }

    /// Every field with its name.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, &Field)> {
        match self {
            Self::IdCardFront(it) => it.fields(),
            Self::IdCardBack(it) => it.fields(),
            Self::BusinessLicence(it) => it.fields(),
            Self::PowerOfAttorney(it) => it.fields(),
        }
    }

    /// Names of the fields without which the paper is of no use.
    #[must_use]
    pub const fn required(&self) -> &'static [&'static str] {
        match self {
            Self::IdCardFront(_) => &["name", "number"],
            Self::IdCardBack(_) => &["authority", "valid_from", "valid_to"],
            Self::BusinessLicence(_) => &["code", "name", "legal_representative"],
            Self::PowerOfAttorney(_) => &["company", "agent", "agent_number"],
        }
    }

    /// Required fields that were not read.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let fields = self.fields();
        let is_missing = |name: &&str| {
            fields
                .iter()
                .any(|(it, field)| it == name && field.is_missing())
        };
        self.required().iter().copied().filter(is_missing).collect()
    }
}
