//! `[key_custody]`: who keeps the vault's keys from being read out of their files.

use anyhow::{Context, Result, ensure};
use store::Vault;
use store::vault::{AsTheyAre, Custodian, seal_files};
use zeroize::Zeroizing;

use crate::config::Config;
use crate::console;
use crate::pkcs11::{Pkcs11Custodian, Token};
use crate::tables::KeyCustody;

const PIN_BYTES_MAX: usize = 1024;

/// The custodian that the configuration names, reached and open.
///
/// # Errors
/// What of it is not there, or what it says; never its PIN.
pub fn open(custody: &KeyCustody) -> Result<Box<dyn Custodian>> {
    let KeyCustody::Pkcs11(table) = custody else {
        return Ok(Box::new(AsTheyAre));
    };
    let pin = match (std::env::var("HULIAN_KEY_CUSTODY_SECRET"), &table.pin_file) {
        (Ok(pin), _) => Zeroizing::new(pin),
        (Err(_), Some(path)) => Zeroizing::new(
            std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?,
        ),
        (Err(_), None) => Zeroizing::new(String::new()),
    };
    let pin = Zeroizing::new(pin.trim_end_matches(['\r', '\n']).to_owned());
    ensure!(
        !pin.is_empty() && pin.len() <= PIN_BYTES_MAX,
        "[key_custody] pin_file or HULIAN_KEY_CUSTODY_SECRET must hold the PIN"
    );
    let token = Token {
        module: table.module.clone(),
        token: table.token.clone(),
        key: table.key.clone(),
        pin,
    };
    let custodian = Pkcs11Custodian::open(&token).context("[key_custody]")?;
    Ok(Box::new(custodian))
}

/// The vault of a configuration.
///
/// # Errors
/// What does not open.
pub fn vault(config: &Config) -> Result<Vault> {
    let custodian = open(&config.custody)?;
    Vault::open(&config.keys, custodian.as_ref()).context("cannot open the keys")
}

/// `hulian admin keys seal`: gives keys that stand in their files as they are to the custodian.
pub fn seal(config: &Config) -> Result<()> {
    ensure!(
        config.custody != KeyCustody::Files,
        "hulian.toml names no [key_custody] to give the keys to"
    );
    ensure!(
        config.keys.is_dir(),
        "there are no keys in {}",
        config.keys.display()
    );
    let custodian = open(&config.custody)?;
    let sealed = seal_files(&config.keys, custodian.as_ref())?;
    for name in &sealed {
        console::say(&format!("{name:<20} sealed by {}", custodian.name()));
    }
    console::say(&format!("{} keys sealed", sealed.len()));
    Ok(())
}
