//! Builds who is asked outside from the tables of the configuration.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use app::Clock as _;
use app::clock::SystemClock;
use providers::Providers;
use providers::ocr::LocalOcr;
use providers::sms::Template;
use providers::vendor::{
    Clock, Endpoint, Outside, Secret, WithLocal, aliyun, esign, smtp, tencent,
};
use zeroize::Zeroizing;

use crate::config::Config;
use crate::tables::{self, Deposit, Face, Identity, Mail, Ocr, Register, Security, Sms};

const SECRET_FILE_BYTES_MAX: u64 = 4096;
// Where the vendors answer everybody.
const DYSMS: &str = "https://dysmsapi.aliyuncs.com";
const CLOUDAUTH: &str = "https://cloudauth.aliyuncs.com";
const ALIYUN_OCR: &str = "https://ocr-api.cn-hangzhou.aliyuncs.com";
const TENCENT_OCR: &str = "https://ocr.tencentcloudapi.com";
const ESIGN: &str = "https://openapi.esign.cn";

/// The way outside, and what holds for everybody on it.
struct Builder {
    outside: Outside,
    production: bool,
}

/// The providers that the configuration names; the embedded defaults where it names none.
///
/// # Errors
/// Which table is wrong, or whose secret cannot be read.
pub fn build(config: &Config) -> Result<Providers> {
    let mut providers = Providers::sandbox();
    let tables = &config.outside;
    if *tables == tables::Outside::default() {
        // Whoever asks nobody needs no trust store.
        return Ok(providers);
    }
    let clock: Clock = Arc::new(|| SystemClock.now());
    let builder = Builder {
        outside: Outside::new(providers.patience, Arc::clone(&clock))?,
        production: config.production,
    };
    let sandbox_inbox = tables.sms == Sms::Sandbox || tables.mail == Mail::Sandbox;
    if let Sms::Aliyun(table) = &tables.sms {
        providers.sms = Arc::new(builder.aliyun_sms(table).context("[sms]")?);
    }
    if let Mail::Smtp(table) = &tables.mail {
        providers.mail = Arc::new(builder.smtp(table).context("[mail]")?);
    }
    if !sandbox_inbox {
        providers.inbox = None;
    }
    if let Identity::Aliyun(key) = &tables.identity {
        let account = builder.aliyun_key("identity", key, CLOUDAUTH);
        let account = account.context("[identity]")?;
        providers.identity = Arc::new(aliyun::AliyunIdentity { account });
    }
    if let Face::Aliyun(table) = &tables.face {
        providers.face = Arc::new(builder.aliyun_face(table).context("[face]")?);
        providers.camera = None;
    }
    if let Register::Esign(app) = &tables.register {
        let account = builder.esign(app, "register").context("[register]")?;
        providers.register = Arc::new(esign::EsignRegister { account });
        providers.specimen_register = None;
    }
    if let Deposit::Esign(app) = &tables.deposit {
        let account = builder.esign(app, "deposit").context("[deposit]")?;
        providers.deposit = Arc::new(esign::EsignDeposit::new(account));
        providers.bank = None;
    }
    if tables.ocr != Ocr::Local {
        // Photos are larger and take longer than anything else, and a person waits longer for them.
        let builder = Builder {
            outside: Outside::new(providers.photo_patience, clock)?,
            ..builder
        };
        providers.ocr = builder.ocr(&tables.ocr).context("[ocr]")?;
    }
    Ok(providers)
}

impl Builder {
    fn aliyun(
        &self,
        noun: &str,
        key_id: &str,
        secret_file: Option<&Path>,
        endpoint: Endpoint,
    ) -> Result<aliyun::Account> {
        Ok(aliyun::Account {
            key_id: named("key_id", key_id)?,
            secret: secret(noun, secret_file)?,
            endpoint,
            outside: self.outside.clone(),
        })
    }

    fn aliyun_key(&self, noun: &str, key: &tables::Key, public: &str) -> Result<aliyun::Account> {
        let endpoint = self.endpoint(key.endpoint.as_deref(), public)?;
        self.aliyun(noun, &key.key_id, key.secret_file.as_deref(), endpoint)
    }

    fn aliyun_sms(&self, table: &tables::AliyunSms) -> Result<aliyun::AliyunSms> {
        let unknown = |templates: &BTreeMap<String, String>| {
            let mut names = templates.keys();
            names
                .find(|name| !Template::NAMES.contains(&name.as_str()))
                .cloned()
        };
        let unknown = unknown(&table.templates).or_else(|| unknown(&table.templates_elsewhere));
        if let Some(name) = unknown {
            bail!("there is no message {name}");
        }
        // A message that cannot be sent would be noticed by the person who waits for it.
        for name in Template::NAMES {
            ensure!(table.templates.contains_key(name), "templates lacks {name}");
        }
        Ok(aliyun::AliyunSms {
            account: self.aliyun(
                "sms",
                &table.key_id,
                table.secret_file.as_deref(),
                self.endpoint(table.endpoint.as_deref(), DYSMS)?,
            )?,
            sign_name: table.sign_name.clone(),
            templates: aliyun::Templates {
                mainland: table.templates.clone(),
                elsewhere: table.templates_elsewhere.clone(),
            },
        })
    }

    fn aliyun_face(&self, table: &tables::AliyunFace) -> Result<aliyun::AliyunFace> {
        Ok(aliyun::AliyunFace {
            account: self.aliyun(
                "face",
                &table.key_id,
                table.secret_file.as_deref(),
                self.endpoint(table.endpoint.as_deref(), CLOUDAUTH)?,
            )?,
            scene_id: table.scene_id,
        })
    }

    fn ocr(&self, ocr: &Ocr) -> Result<Arc<dyn providers::ocr::Ocr>> {
        let vendor: Arc<dyn providers::ocr::Ocr> = match ocr {
            Ocr::Local => return Ok(Arc::new(LocalOcr)),
            Ocr::Aliyun(key) => Arc::new(aliyun::AliyunOcr {
                account: self.aliyun_key("ocr", key, ALIYUN_OCR)?,
            }),
            Ocr::Tencent(key) => Arc::new(tencent::TencentOcr {
                account: tencent::Account {
                    secret_id: named("key_id", &key.key_id)?,
                    secret: secret("ocr", key.secret_file.as_deref())?,
                    endpoint: self.endpoint(key.endpoint.as_deref(), TENCENT_OCR)?,
                    outside: self.outside.clone(),
                },
            }),
        };
        Ok(Arc::new(WithLocal::new(vendor)))
    }

    fn esign(&self, app: &tables::App, noun: &str) -> Result<esign::Account> {
        Ok(esign::Account {
            app_id: named("app_id", &app.app_id)?,
            secret: secret(noun, app.secret_file.as_deref())?,
            endpoint: self.endpoint(app.endpoint.as_deref(), ESIGN)?,
            outside: self.outside.clone(),
        })
    }

    fn smtp(&self, table: &tables::Smtp) -> Result<smtp::SmtpMail> {
        let (security, port) = match table.security {
            Security::Tls => (smtp::Security::Tls, 465),
            Security::Starttls => (smtp::Security::StartTls, 587),
            Security::Plain => (smtp::Security::Plain, 25),
        };
        let here = matches!(table.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        ensure!(
            here || table.security != Security::Plain,
            "security = 'plain' is for a server on this computer"
        );
        let password = match &table.user {
            Some(user) => Some((user.clone(), secret("mail", table.secret_file.as_deref())?)),
            None => None,
        };
        let server = smtp::Server {
            host: table.host.clone(),
            port: table.port.unwrap_or(port),
            security,
            login: password,
            from: table.from.clone(),
        };
        Ok(smtp::SmtpMail::new(&server, self.outside.clone())?)
    }

    fn endpoint(&self, given: Option<&str>, public: &str) -> Result<Endpoint> {
        let endpoint = Endpoint::parse(given.unwrap_or(public))?;
        ensure!(
            endpoint.is_tls() || !self.production,
            "--production wants https in endpoint"
        );
        Ok(endpoint)
    }
}

/// A name that is sent in a header.
fn named(what: &str, text: &str) -> Result<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    ensure!(
        (1..=128).contains(&text.len()) && text.bytes().all(plain),
        "{what} is 1 to 128 letters and digits"
    );
    Ok(text.to_owned())
}

/// The secret of a noun: `HULIAN_<NOUN>_SECRET`, or the file that the table names.
fn secret(noun: &str, file: Option<&Path>) -> Result<Secret> {
    let (text, whence) = secret_text(noun, "secret_file", file)?;
    Secret::parse(&text).context(whence)
}

/// What such a secret says, as it stands there, and what to say where it says nothing of use. `setting` is what the table calls the file.
pub fn secret_text(
    noun: &str,
    setting: &str,
    file: Option<&Path>,
) -> Result<(Zeroizing<String>, String)> {
    let variable = format!("HULIAN_{}_SECRET", noun.to_ascii_uppercase());
    if let Ok(text) = std::env::var(&variable) {
        return Ok((Zeroizing::new(text), variable));
    }
    let Some(file) = file else {
        bail!("{setting} or {variable} is missing");
    };
    let named = || format!("cannot read {}", file.display());
    let mut text = Zeroizing::new(String::new());
    std::fs::File::open(file)
        .and_then(|open| open.take(SECRET_FILE_BYTES_MAX).read_to_string(&mut text))
        .with_context(named)?;
    Ok((text, format!("{} holds no secret", file.display())))
}
