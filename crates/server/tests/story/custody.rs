//! The vault's keys in the custody of a hardware module, which SoftHSM is in software.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::server::{Server, hulian};

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const PIN: &str = "864209";

/// A token with one key in it, in a folder.
struct Token {
    folder: PathBuf,
}

impl Token {
    fn make(folder: &Path) -> Self {
        let token = Self {
            folder: folder.join("token"),
        };
        std::fs::create_dir(&token.folder).expect("a folder");
        let place = format!("directories.tokendir = {}\n", token.folder.display());
        std::fs::write(token.config(), place).expect("written");
        let key = folder.join("aes");
        std::fs::write(&key, [7; 32]).expect("written");
        let key = key.display().to_string();
        token.util(&[
            "--init-token",
            "--free",
            "--label",
            "hulian",
            "--so-pin",
            "135791",
            "--pin",
            PIN,
        ]);
        token.util(&[
            "--import", &key, "--aes", "--token", "hulian", "--label", "vault", "--id", "01",
            "--pin", PIN,
        ]);
        token
    }

    fn config(&self) -> PathBuf {
        self.folder.with_extension("conf")
    }

    fn util(&self, arguments: &[&str]) {
        let mut command = Command::new("softhsm2-util");
        let done = command
            .env("SOFTHSM2_CONF", self.config())
            .args(arguments)
            .output();
        let done = done.expect("softhsm2-util runs");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }

    /// The binary with this token, on these data; what it said.
    fn hulian(&self, arguments: &[&str], file: Option<&Path>, data: &Path) -> (bool, String) {
        let mut command = hulian();
        command.env("SOFTHSM2_CONF", self.config()).args(arguments);
        command.arg("--data").arg(data);
        if let Some(file) = file {
            command.arg("--config").arg(file);
        }
        let done = command.output().expect("runs");
        let said = [done.stdout, done.stderr].concat();
        (
            done.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }
}

fn table(folder: &Path, key: &str, pin: &str) -> PathBuf {
    let (file, secret) = (
        folder.join(format!("{key}-{pin}.toml")),
        folder.join(format!("{pin}.pin")),
    );
    std::fs::write(&secret, format!("{pin}\n")).expect("written");
    let text = format!(
        "[key_custody]\nprovider = 'pkcs11'\nmodule = '{MODULE}'\ntoken = 'hulian'\nkey = '{key}'\npin_file = '{}'\n",
        secret.display()
    );
    std::fs::write(&file, text).expect("written");
    file
}

#[test]
fn idv_5_a_hardware_module_keeps_the_keys_that_personal_data_is_sealed_with() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let token = Token::make(folder.path());
    let file = table(folder.path(), "vault", PIN);
    Server::start(&data, Server::free_port()).kill();
    let plain = std::fs::read(data.join("keys/kek")).expect("a key");
    let verify = ["admin", "audit", "verify"];
    let seal = ["admin", "keys", "seal"];
    // Keys as they are do not open by the module, and are not touched by asking.
    let (done, said) = token.hulian(&verify, Some(&file), &data);
    assert!(
        !done && said.contains("no key that this token sealed"),
        "{said}"
    );
    let (done, said) = token.hulian(&seal, Some(&file), &data);
    assert!(done && said.contains("4 keys sealed"), "{said}");
    let sealed = std::fs::read(data.join("keys/kek")).expect("a key");
    assert!(sealed.len() == 61 && !sealed.windows(32).any(|part| part == plain));
    let (done, said) = token.hulian(&seal, Some(&file), &data);
    assert!(done && said.contains("0 keys sealed"), "{said}");
    // The same system with the module, none without it.
    let (done, said) = token.hulian(&verify, Some(&file), &data);
    assert!(done, "{said}");
    let (done, said) = token.hulian(&verify, None, &data);
    assert!(!done && said.contains("another custodian"), "{said}");
    for (key, pin, why) in [
        ("vault", "000000", "refuses the PIN"),
        ("other", PIN, "no key of this label"),
    ] {
        let (done, said) = token.hulian(&verify, Some(&table(folder.path(), key, pin)), &data);
        assert!(!done && said.contains(why) && !said.contains(pin), "{said}");
    }
}
