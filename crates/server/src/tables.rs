//! The tables of `hulian.toml` that name who is asked outside: `[sms]`, `[mail]`, `[identity]`, `[face]`, `[ocr]`,
//! `[register]`, `[deposit]`. Each begins with `provider`; without a table the embedded default holds.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

/// The nouns that may have a secret, as in `HULIAN_SMS_SECRET`.
pub const NOUNS: [&str; 8] = [
    "KEY_CUSTODY",
    "SMS",
    "MAIL",
    "IDENTITY",
    "FACE",
    "OCR",
    "REGISTER",
    "DEPOSIT",
];

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outside {
    /// Text messages.
    pub sms: Sms,
    /// Letters.
    pub mail: Mail,
    /// Who has which ID number.
    pub identity: Identity,
    /// Living faces.
    pub face: Face,
    /// Reading of papers.
    pub ocr: Ocr,
    /// Which unit is registered how.
    pub register: Register,
    /// Small transfers.
    pub deposit: Deposit,
}

/// `[key_custody]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum KeyCustody {
    /// The files hold the keys as they are.
    #[default]
    Files,
    /// A key of a hardware module seals them.
    Pkcs11(Pkcs11),
}

/// A token and the key in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pkcs11 {
    /// The module's library, a `.so`.
    pub module: PathBuf,
    /// The token's label.
    pub token: String,
    /// The label of an AES key of 256 bits.
    pub key: String,
    /// The file with the PIN and nothing else.
    pub pin_file: Option<PathBuf>,
}

/// `[sms]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Sms {
    /// The inbox.
    #[default]
    Sandbox,
    /// Aliyun SendSms.
    Aliyun(AliyunSms),
}

/// `[mail]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Mail {
    /// The inbox.
    #[default]
    Sandbox,
    /// A mail server.
    Smtp(Smtp),
}

/// `[identity]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Identity {
    /// The embedded authority.
    #[default]
    Sandbox,
    /// Aliyun Id2MetaVerify.
    Aliyun(Key),
}

/// `[face]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Face {
    /// The embedded camera page.
    #[default]
    Sandbox,
    /// Aliyun InitFaceVerify.
    Aliyun(AliyunFace),
}

/// `[ocr]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Ocr {
    /// The embedded reader, which is no stand-in.
    #[default]
    Local,
    /// Aliyun ocr-api.
    Aliyun(Key),
    /// Tencent ocr.
    Tencent(Key),
}

/// `[register]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Register {
    /// The embedded register.
    #[default]
    Sandbox,
    /// e签宝, three factors.
    Esign(App),
}

/// `[deposit]`
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Deposit {
    /// The embedded bank.
    #[default]
    Sandbox,
    /// e签宝, 随机金额打款.
    Esign(App),
}

/// An access key of Aliyun or Tencent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// AccessKey ID, SecretId.
    pub key_id: String,
    /// The file with the secret and nothing else.
    pub secret_file: Option<PathBuf>,
    /// Another address than the vendor's public one.
    pub endpoint: Option<String>,
}

/// An application of e签宝.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// 应用 ID
    pub app_id: String,
    /// The file with the secret and nothing else.
    pub secret_file: Option<PathBuf>,
    /// Another address than the vendor's public one.
    pub endpoint: Option<String>,
}

/// Aliyun SendSms.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AliyunSms {
    /// AccessKey ID
    pub key_id: String,
    /// The file with the secret and nothing else.
    pub secret_file: Option<PathBuf>,
    /// Another address than the vendor's public one.
    pub endpoint: Option<String>,
    /// 短信签名, without brackets.
    pub sign_name: String,
    /// 模板 CODE by our names.
    pub templates: BTreeMap<String, String>,
    /// The same for Hong Kong, Macau and Taiwan, where they differ.
    #[serde(default)]
    pub templates_elsewhere: BTreeMap<String, String>,
}

/// Aliyun InitFaceVerify.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AliyunFace {
    /// AccessKey ID
    pub key_id: String,
    /// The file with the secret and nothing else.
    pub secret_file: Option<PathBuf>,
    /// Another address than the vendor's public one.
    pub endpoint: Option<String>,
    /// 认证场景 ID
    pub scene_id: u64,
}

/// A mail server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port [default: 465, 587 or 25 by `security`].
    pub port: Option<u16>,
    /// How the way is protected.
    #[serde(default)]
    pub security: Security,
    /// Who signs in; nobody does without.
    pub user: Option<String>,
    /// The file with the password and nothing else.
    pub secret_file: Option<PathBuf>,
    /// `address@host` or `Name <address@host>`.
    pub from: String,
}

/// How the way to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte on.
    #[default]
    Tls,
    /// TLS by STARTTLS.
    Starttls,
    /// None; for a server on this computer alone.
    Plain,
}
