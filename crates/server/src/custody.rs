//! `[key_custody]`: who keeps the vault's keys from being read out of their files.

use anyhow::{Context, Result, ensure};
use store::Vault;
use store::vault::{AsTheyAre, Custodian, seal_files};
use zeroize::Zeroizing;

use crate::config::Config;
use crate::console;
use crate::pkcs11::{Pkcs11Custodian, Token};
use crate::tables::KeyCustody;
use crate::vendors::secret_text;

/// The custodian that the configuration names, reached and open.
///
/// # Errors
/// What of it is not there, or what it says; never its PIN.
pub fn open(custody: &KeyCustody) -> Result<Box<dyn Custodian>> {
    let KeyCustody::Pkcs11(table) = custody else {
        return Ok(Box::new(AsTheyAre));
    };
    let (pin, whence) = secret_text("key_custody", "pin_file", table.pin_file.as_deref())?;
    let pin = Zeroizing::new(pin.trim_end_matches(['\r', '\n']).to_owned());
    ensure!(!pin.is_empty(), whence);
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
