//! Text messages.

use domain::Instant;
use domain::sms_code::Purpose;
use serde::{Deserialize, Serialize};

use crate::Provider;
use crate::answer::Answer;

/// What a message says. Vendors send only texts that they passed before, so each has a name, parameters, and words that
/// are the same everywhere: those that the operator submits to the vendor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Template {
    /// A code to sign in (ACC-2).
    SignIn {
        /// Six digits.
        code: String,
    },
    /// A code that shows that the present number is at hand (ACC-5).
    PresentPhone {
        /// Six digits.
        code: String,
    },
    /// A code that shows that the new number is (ACC-5).
    NewPhone {
        /// Six digits.
        code: String,
    },
    /// A code that cancels the account (ACC-6).
    CancelAccount {
        /// Six digits.
        code: String,
    },
    /// A code that resets a forgotten certificate password (PWD-4).
    PasswordReset {
        /// Six digits.
        code: String,
    },
    /// The code was entered: the password is being reset (PWD-4).
    PasswordResetBegun,
    /// Tells the former number that the account has left it (ACC-5).
    PhoneChanged {
        /// The new number, masked.
        phone: String,
    },
    /// The account is no more (ACC-6).
    AccountEnded,
    /// The account goes on, since somebody has to stay (ACC-6).
    CancellationStopped,
    /// An operator has made somebody administrator (MEM-6).
    TakeoverPassed {
        /// The unit's name.
        unit: String,
    },
    /// An operator has refused to (MEM-6).
    TakeoverRefused {
        /// The unit's name.
        unit: String,
    },
    /// Somebody else has become administrator in one's place (MEM-6).
    AdministratorReplaced {
        /// The unit's name.
        unit: String,
    },
    /// An invitation into a unit (MEM-2).
    Invitation {
        /// The unit's name.
        unit: String,
        /// The phone app's origin, without a slash at the end; fixed text with a vendor, which takes no links as parameters.
        origin: String,
        /// The link's last part.
        token: String,
        /// Days until the link leads nowhere.
        days: i64,
    },
}

impl Template {
    /// The names of all of them, as the configuration lists them.
    pub const NAMES: [&str; 13] = [
        "sign_in",
        "present_phone",
        "new_phone",
        "cancel_account",
        "password_reset",
        "password_reset_begun",
        "phone_changed",
        "account_ended",
        "cancellation_stopped",
        "takeover_passed",
        "takeover_refused",
        "administrator_replaced",
        "invitation",
    ];

    /// The message of a code.
    #[must_use]
    pub const fn of_code(purpose: Purpose, code: String) -> Self {
        match purpose {
            Purpose::SignIn => Self::SignIn { code },
            Purpose::PresentPhone => Self::PresentPhone { code },
            Purpose::NewPhone => Self::NewPhone { code },
            Purpose::CancelAccount => Self::CancelAccount { code },
            Purpose::PasswordReset => Self::PasswordReset { code },
        }
    }

    /// Its name in the configuration.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign_in",
            Self::PresentPhone { .. } => "present_phone",
            Self::NewPhone { .. } => "new_phone",
            Self::CancelAccount { .. } => "cancel_account",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordResetBegun => "password_reset_begun",
            Self::PhoneChanged { .. } => "phone_changed",
            Self::AccountEnded => "account_ended",
            Self::CancellationStopped => "cancellation_stopped",
            Self::TakeoverPassed { .. } => "takeover_passed",
            Self::TakeoverRefused { .. } => "takeover_refused",
            Self::AdministratorReplaced { .. } => "administrator_replaced",
            Self::Invitation { .. } => "invitation",
        }
    }

    /// The parameters by their names with the vendor.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::SignIn { code }
            | Self::PresentPhone { code }
            | Self::NewPhone { code }
            | Self::CancelAccount { code }
            | Self::PasswordReset { code } => vec![("code", code.clone())],
            Self::PhoneChanged { phone } => vec![("phone", phone.clone())],
            Self::AccountEnded | Self::CancellationStopped | Self::PasswordResetBegun => Vec::new(),
            Self::TakeoverPassed { unit }
            | Self::TakeoverRefused { unit }
            | Self::AdministratorReplaced { unit } => vec![("unit", unit.clone())],
            Self::Invitation {
                unit, token, days, ..
            } => vec![
                ("unit", unit.clone()),
                ("token", token.clone()),
                ("days", days.to_string()),
            ],
        }
    }

    /// What it says, after the signature in brackets. A code says what it is for, so that nobody can be talked into
    /// reading out another one.
    #[must_use]
    pub fn words(&self) -> String {
        let code_of =
            |what: &str, code: &str| format!("{what} {code}，5 分钟内有效。请勿告诉任何人。");
        match self {
            Self::SignIn { code } => code_of("您的登录验证码为", code),
            Self::PresentPhone { code } => {
                code_of("您正在更换账号的手机号，原手机号的验证码为", code)
            }
            Self::NewPhone { code } => code_of("您正在把账号换到这个手机号，验证码为", code),
            Self::CancelAccount { code } => code_of("您正在注销账号，验证码为", code),
            Self::PasswordReset { code } => code_of("您正在重设证书密码，验证码为", code),
            Self::PasswordResetBegun => {
                "您的证书密码正在通过短信验证码重设。如果不是您本人操作，请立即联系客服。"
                    .to_owned()
            }
            Self::PhoneChanged { phone } => {
                format!("您账号的手机号已更换为 {phone}。如果不是您本人操作，请立即联系客服。")
            }
            Self::AccountEnded => "您的账号已注销。如有疑问请联系客服。".to_owned(),
            Self::CancellationStopped => "您的账号没有注销：您现在是某个单位唯一的管理员。\
                 请登录后转让管理员，再重新申请。"
                .to_owned(),
            Self::TakeoverPassed { unit } => {
                format!("审核通过，您已成为单位“{unit}”的管理员。")
            }
            Self::TakeoverRefused { unit } => {
                format!("您申请成为单位“{unit}”管理员未通过审核，原因可在互连中查看。")
            }
            Self::AdministratorReplaced { unit } => format!(
                "经平台审核，单位“{unit}”的管理员已变更，您现为普通成员，使用单位证书和印章需重新申请授权。如有疑问请联系客服。"
            ),
            Self::Invitation {
                unit,
                origin,
                token,
                days,
            } => format!(
                "邀请您加入单位“{unit}”，点击 {origin}/join/{token} 查看，{days} 天内有效。\
                 如与您无关请忽略。"
            ),
        }
    }
}

/// One text message.
pub struct Text {
    /// To which number, E.164.
    pub to: String,
    /// What it says.
    pub template: Template,
    /// Now.
    pub at: Instant,
}

/// A limit of the vendor's, beside ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Of a minute: worth another try.
    Minute,
    /// Of an hour.
    Hour,
    /// Of a day.
    Day,
}

/// Why a message does not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The vendor holds that this is no mobile number, or one that takes no messages.
    #[error("the vendor refuses the number")]
    Number,
    /// Too many to this number, as the vendor counts.
    #[error("the vendor's limit for one number holds: {0:?}")]
    TooOften(Limit),
    /// Signature, template or parameter: an operator's matter.
    #[error("the vendor refuses signature, template or parameters")]
    Content,
    /// Money, rights or the account: an operator's matter.
    #[error("the vendor refuses the account")]
    Account,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// On its way.
    Taken,
    /// Not sent.
    Refused(Refusal),
}

/// Sends text messages. A job may send the same one twice; that must do no harm.
pub trait Sms: Provider {
    /// Sends one.
    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Sent>;
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = include_str!("../../../docs/guides/providers.md");

    /// The operator submits the guide's texts to the vendor, so they must be those that the sandbox shows.
    #[test]
    fn ops_2_the_guide_has_the_words_of_every_message() {
        let code = || "${code}".to_owned();
        let unit = || "${unit}".to_owned();
        let all = [
            Template::SignIn { code: code() },
            Template::PresentPhone { code: code() },
            Template::NewPhone { code: code() },
            Template::CancelAccount { code: code() },
            Template::PasswordReset { code: code() },
            Template::PasswordResetBegun,
            Template::PhoneChanged {
                phone: "${phone}".to_owned(),
            },
            Template::AccountEnded,
            Template::CancellationStopped,
            Template::TakeoverPassed { unit: unit() },
            Template::TakeoverRefused { unit: unit() },
            Template::AdministratorReplaced { unit: unit() },
            Template::Invitation {
                unit: unit(),
                origin: "https://YOUR-PHONE-ORIGIN".to_owned(),
                token: "${token}".to_owned(),
                days: 7,
            },
        ];
        let names: Vec<&str> = all.iter().map(Template::name).collect();
        assert_eq!(names, Template::NAMES);
        for template in all {
            let words = template.words().replace("7 天", "${days} 天");
            let row = format!("| {words} |\n");
            let name = format!("| `{}` | ", template.name());
            let found = GUIDE.lines().find(|line| line.starts_with(&name));
            assert!(
                found.is_some_and(|line| format!("{line}\n").ends_with(&row)),
                "{name}{row}"
            );
            for (parameter, _) in template.parameters() {
                assert!(words.contains(&format!("${{{parameter}}}")), "{parameter}");
            }
        }
    }
}
