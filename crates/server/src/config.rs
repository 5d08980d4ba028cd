//! The configuration: flags over `HULIAN_*` over `hulian.toml`; a key that nobody knows is an error, wherever it stands.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use domain::check_digit::Areas;
use domain::policy::Policy;
use serde::Deserialize;

use crate::tables;

const DEFAULT_FILE: &str = "hulian.toml";
const FILE_BYTES_MAX: u64 = 64 * 1024;
const DEFAULT_LISTEN: &str = "127.0.0.1:8600";
const DEFAULT_PHONE_LISTEN: &str = "127.0.0.1:8601";

/// What the command line and the environment say.
#[derive(Debug, Clone, Default, Args)]
pub struct Flags {
    /// The configuration file [default: hulian.toml, if it is there].
    #[arg(long, env = "HULIAN_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of database and files [default: data].
    #[arg(long, env = "HULIAN_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://…` [default: hulian.sqlite in the data folder].
    #[arg(long, env = "HULIAN_DATABASE", value_name = "URL")]
    pub database: Option<String>,
    /// The folder of the keys [default: keys in the data folder].
    #[arg(long, env = "HULIAN_KEYS", value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// Address and port to listen on [default: 127.0.0.1:8600].
    #[arg(long, env = "HULIAN_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Address and port of the phone app's origin [default: 127.0.0.1:8601].
    #[arg(long, env = "HULIAN_PHONE_LISTEN", value_name = "ADDRESS")]
    pub phone_listen: Option<SocketAddr>,
    /// The phone app's origin [default: http://localhost: and the port of --phone-listen].
    #[arg(long, env = "HULIAN_PHONE_URL", value_name = "URL")]
    pub phone_url: Option<String>,
    /// The origin of everything else [default: http://localhost: and the port of --listen].
    /// Start although the phone app's origin changed: names the new one. Certificates on phones have to be reissued.
    #[arg(long, env = "HULIAN_ACCEPT_PHONE_URL", value_name = "URL")]
    pub accept_phone_url: Option<String>,
    /// The origin of everything else.
    #[arg(long, env = "HULIAN_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// The address that is written into certificates; fixed at first start.
    #[arg(long, env = "HULIAN_PKI_URL", value_name = "URL")]
    pub pki_url: Option<String>,
    /// Refuse to start with stand-ins, with keys inside the data folder, or on localhost.
    #[arg(long, env = "HULIAN_PRODUCTION")]
    pub production: bool,
    /// Which evidence verifies people and certifies units: `short` (a name and number that match) or `full` (photos, face,
    /// deposit) [default: short; --production always asks for all].
    #[arg(long, env = "HULIAN_POLICY", value_name = "POLICY")]
    pub policy: Option<String>,
    /// Calling codes from which people may sign in besides +86, +852, +853 and +886, such as +81,+1.
    #[arg(
        long,
        env = "HULIAN_AREAS",
        value_name = "CODES",
        value_delimiter = ','
    )]
    pub areas: Option<Vec<String>>,
}

/// What the file says; the same names with underscores.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    keys: Option<PathBuf>,
    listen: Option<SocketAddr>,
    phone_listen: Option<SocketAddr>,
    phone_url: Option<String>,
    accept_phone_url: Option<String>,
    public_url: Option<String>,
    pki_url: Option<String>,
    production: Option<bool>,
    policy: Option<String>,
    areas: Option<Vec<String>>,
    #[serde(default)]
    key_custody: tables::KeyCustody,
    #[serde(default)]
    sms: tables::Sms,
    #[serde(default)]
    mail: tables::Mail,
    #[serde(default)]
    identity: tables::Identity,
    #[serde(default)]
    face: tables::Face,
    #[serde(default)]
    ocr: tables::Ocr,
    #[serde(default)]
    register: tables::Register,
    #[serde(default)]
    deposit: tables::Deposit,
}

/// What holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The folder of database and files.
    pub data: PathBuf,
    /// Where the rows are; it may hold a password and is never shown whole.
    pub database: String,
    /// The folder of the keys.
    pub keys: PathBuf,
    /// Who keeps them from being read out of their files.
    pub custody: tables::KeyCustody,
    /// Where to listen; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Where the phone app's origin listens; port 0 lets the system choose.
    pub phone_listen: SocketAddr,
    /// The phone app's origin, if set.
    pub phone_url: Option<String>,
    /// The origin that may take the place of another one.
    pub accept_phone_url: Option<String>,
    /// The origin of everything else, if set.
    pub public_url: Option<String>,
    /// The address in certificates, if set.
    pub pki_url: Option<String>,
    /// Whether stand-ins are refused.
    pub production: bool,
    /// Which evidence is asked for outside production.
    pub policy: Policy,
    /// From where people may sign in.
    pub areas: Areas,
    /// Who is asked outside.
    pub outside: tables::Outside,
}

impl Config {
    /// Puts flags, environment and file together and checks each for itself.
    ///
    /// # Errors
    /// Which value is wrong and where it stands.
    pub fn load(flags: Flags) -> Result<Self> {
        refuse_unknown_variables(
            std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()),
        )?;
        let file = match &flags.config {
            Some(path) => read(path)?,
            None if Path::new(DEFAULT_FILE).exists() => read(Path::new(DEFAULT_FILE))?,
            None => File::default(),
        };
        Self::merge(flags, file)
    }

    fn merge(flags: Flags, file: File) -> Result<Self> {
        let data = flags
            .data
            .or(file.data)
            .unwrap_or_else(|| PathBuf::from("data"));
        let database = flags.database.or(file.database);
        let listen = flags.listen.or(file.listen);
        let phone_listen = flags.phone_listen.or(file.phone_listen);
        let config = Self {
            database: database
                .unwrap_or_else(|| format!("sqlite:{}", data.join("hulian.sqlite").display())),
            keys: flags
                .keys
                .or(file.keys)
                .unwrap_or_else(|| data.join("keys")),
            custody: file.key_custody,
            listen: listen.map_or_else(|| DEFAULT_LISTEN.parse(), Ok)?,
            phone_listen: phone_listen.map_or_else(|| DEFAULT_PHONE_LISTEN.parse(), Ok)?,
            policy: flags
                .policy
                .or(file.policy)
                .map_or(Ok(Policy::Sandbox), |word| policy(&word))?,
            areas: Areas::with(&flags.areas.or(file.areas).unwrap_or_default())
                .context("areas is wrong")?,
            phone_url: flags
                .phone_url
                .or(file.phone_url)
                .map(|url| address("phone_url", &url))
                .transpose()?,
            accept_phone_url: flags
                .accept_phone_url
                .or(file.accept_phone_url)
                .map(|url| address("accept_phone_url", &url))
                .transpose()?,
            public_url: flags
                .public_url
                .or(file.public_url)
                .map(|url| address("public_url", &url))
                .transpose()?,
            pki_url: flags
                .pki_url
                .or(file.pki_url)
                .map(|url| address("pki_url", &url))
                .transpose()?,
            production: flags.production || file.production.unwrap_or(false),
            outside: tables::Outside {
                sms: file.sms,
                mail: file.mail,
                identity: file.identity,
                face: file.face,
                ocr: file.ocr,
                register: file.register,
                deposit: file.deposit,
            },
            data,
        };
        config.check()?;
        Ok(config)
    }

    /// A sandbox with all it keeps in one folder, on free ports of this computer alone.
    #[must_use]
    pub fn on_loopback(data: &Path) -> Self {
        let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            data: data.to_owned(),
            database: format!("sqlite:{}", data.join("hulian.sqlite").display()),
            keys: data.join("keys"),
            custody: tables::KeyCustody::Files,
            listen: free,
            phone_listen: free,
            phone_url: None,
            accept_phone_url: None,
            public_url: None,
            pki_url: None,
            production: false,
            policy: Policy::Sandbox,
            areas: Areas::default(),
            outside: tables::Outside::default(),
        }
    }

    fn check(&self) -> Result<()> {
        let scheme = self.database.split(':').next().unwrap_or_default();
        ensure!(
            matches!(scheme, "sqlite" | "postgres" | "postgresql"),
            "database must begin with sqlite: or postgres:"
        );
        if let Some(url) = &self.pki_url {
            // Certificates are checked by programs that must not need TLS to learn whether TLS may be trusted.
            ensure!(url.starts_with("http://"), "pki_url must be plain http");
        }
        ensure!(
            self.listen != self.phone_listen || self.listen.port() == 0,
            "listen and phone_listen must differ"
        );
        if self.phone_url.is_some() && self.phone_url == self.public_url {
            bail!(
                "phone_url and public_url must differ: the phone's key halves share their origin with nothing"
            );
        }
        if self.production {
            self.check_production()?;
        }
        Ok(())
    }

    fn check_production(&self) -> Result<()> {
        ensure!(
            !self.keys.starts_with(&self.data),
            "--production wants the keys outside the data folder (--keys)"
        );
        for (name, url) in [
            ("phone_url", &self.phone_url),
            ("public_url", &self.public_url),
            ("pki_url", &self.pki_url),
        ] {
            let url = url
                .as_deref()
                .with_context(|| format!("--production needs {name}"))?;
            let host = url.split("//").nth(1).unwrap_or_default();
            let local = ["localhost", "127.", "[::1]", "0.0.0.0"]
                .iter()
                .any(|prefix| host.starts_with(prefix));
            ensure!(!local, "--production refuses {name} on localhost");
            ensure!(
                name == "pki_url" || url.starts_with("https://"),
                "--production wants https in {name}"
            );
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<File> {
    let named = || format!("cannot read {}", path.display());
    ensure!(
        std::fs::metadata(path).with_context(named)?.len() <= FILE_BYTES_MAX,
        "{} is too large",
        path.display()
    );
    let text = std::fs::read_to_string(path).with_context(named)?;
    toml::from_str(&text).with_context(|| format!("{} is wrong", path.display()))
}

fn policy(word: &str) -> Result<Policy> {
    match word {
        "short" => Ok(Policy::Sandbox),
        "full" => Ok(Policy::Production),
        _ => bail!("policy must be short or full"),
    }
}

/// An http or https address without a slash at the end.
fn address(name: &str, url: &str) -> Result<String> {
    let rest = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"))
        .unwrap_or_default();
    let clean = !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', '@', ' ']);
    ensure!(clean, "{name} must be an http or https address");
    Ok(url.trim_end_matches('/').to_owned())
}

fn refuse_unknown_variables(names: impl Iterator<Item = String>) -> Result<()> {
    const KNOWN: [&str; 13] = [
        "AREAS",
        "ACCEPT_PHONE_URL",
        "CONFIG",
        "DATA",
        "DATABASE",
        "KEYS",
        "LISTEN",
        "PHONE_LISTEN",
        "PHONE_URL",
        "POLICY",
        "PUBLIC_URL",
        "PKI_URL",
        "PRODUCTION",
    ];
    for name in names {
        // The log, the test harness and the judges beside it have variables of their own.
        let Some(rest) = name.strip_prefix("HULIAN_") else {
            continue;
        };
        // Secrets are read where the vendor is built, so that no setting ever holds one.
        let secret = rest
            .strip_suffix("_SECRET")
            .is_some_and(|noun| tables::NOUNS.contains(&noun));
        let known = secret
            || KNOWN.contains(&rest)
            || matches!(rest, "LOG" | "PYTHON")
            || rest.starts_with("TEST_");
        ensure!(known, "unknown environment variable {name}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(flags: Flags, file: &str) -> Result<Config> {
        Config::merge(flags, toml::from_str(file)?)
    }

    #[test]
    fn flags_stand_over_the_file() {
        let flags = Flags {
            data: Some("here".into()),
            ..Flags::default()
        };
        let config = load(flags, "data = 'there'\nlisten = '127.0.0.1:9'").expect("valid");
        assert_eq!(config.data, PathBuf::from("here"));
        assert_eq!(config.database, "sqlite:here/hulian.sqlite");
        assert_eq!(
            (config.listen.port(), config.phone_listen.port()),
            (9, 8601)
        );
    }

    #[test]
    fn what_is_unknown_or_wrong_is_refused() {
        for file in [
            "colour = 'red'",
            "data = 3",
            "listen = 'x'",
            "phone_listen = '8601'",
            "listen = '127.0.0.1:9'\nphone_listen = '127.0.0.1:9'",
            "database = 'mysql:x'",
            "pki_url = 'https://pki.example'",
            "public_url = 'ftp://x'",
            "policy = 'none'",
            "areas = ['+86']",
            "areas = '+81'",
            "public_url = 'http://a'\nphone_url = 'http://a/'",
            "[sms]\nprovider = 'pigeon'",
            "[identity]\nprovider = 'aliyun'",
            "[identity]\nprovider = 'aliyun'\nkey_id = 'k'\nsecret = 'written here'",
            "[ocr]\nprovider = 'sandbox'",
            "[mail]\nprovider = 'smtp'\nhost = 'h'\nfrom = 'a@b'\nsecurity = 'none'",
        ] {
            assert!(load(Flags::default(), file).is_err(), "{file}");
        }
        assert!(refuse_unknown_variables(["HULIAN_DATE".to_owned()].into_iter()).is_err());
        assert!(refuse_unknown_variables(["HULIAN_SEAL_SECRET".to_owned()].into_iter()).is_err());
        let known = ["HULIAN_DATA", "HULIAN_SMS_SECRET", "HOME"].map(str::to_owned);
        assert!(refuse_unknown_variables(known.into_iter()).is_ok());
    }

    #[test]
    fn ops_2_tables_name_who_is_asked_outside() {
        let file = "[register]\nprovider = 'esign'\napp_id = '7438'\nsecret_file = 's'";
        let config = load(Flags::default(), file).expect("valid");
        let expected = tables::Register::Esign(tables::App {
            app_id: "7438".to_owned(),
            secret_file: Some("s".into()),
            endpoint: None,
        });
        assert_eq!(config.outside.register, expected);
        assert_eq!(config.outside.sms, tables::Sms::Sandbox);
        let file = "[sms]\nprovider = 'sandbox'\n[ocr]\nprovider = 'local'";
        let sandbox = load(Flags::default(), file).expect("valid");
        assert_eq!(sandbox.outside, tables::Outside::default());
    }

    #[test]
    fn production_wants_keys_apart_and_real_addresses() {
        let right =
            "production = true\nkeys = '/etc/hulian/keys'\npublic_url = 'https://hulian.example'
            phone_url = 'https://phone.hulian.example'\npki_url = 'http://pki.hulian.example'";
        assert!(load(Flags::default(), right).is_ok());
        for (from, to) in [
            ("keys = '/etc/hulian/keys'", ""),
            ("http://pki.hulian.example", "http://localhost/pki"),
            ("https://phone", "http://phone"),
        ] {
            assert!(
                load(Flags::default(), &right.replace(from, to)).is_err(),
                "{to}"
            );
        }
    }
}
