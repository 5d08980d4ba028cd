//! `--production` takes no stand-ins.

use crate::server::hulian;

#[test]
fn ops_2_production_refuses_to_start_with_any_sandbox_provider() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = hulian()
        .args(["serve", "--production", "--listen", "127.0.0.1:0"])
        .args(["--phone-listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"))
        .arg("--keys")
        .arg(folder.path().join("keys"))
        .args([
            "--public-url",
            "https://hulian.example",
            "--phone-url",
            "https://m.hulian.example",
        ])
        .args(["--pki-url", "http://pki.hulian.example"])
        .output()
        .expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    for provider in ["sms", "mail", "identity", "register", "payment"] {
        assert!(
            said.contains(&format!("sandbox-{provider}")),
            "{provider} is missing: {said}"
        );
    }
    // It is refused before anything is opened or made.
    assert!(!folder.path().join("data").exists() && !folder.path().join("keys").exists());
}
