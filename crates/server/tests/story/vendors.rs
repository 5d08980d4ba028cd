//! Who is asked outside, by the tables of `hulian.toml`.

use crate::server::hulian;

const TABLES: &str = "
[sms]
provider = 'aliyun'
key_id = 'LTAI5tFake'
secret_file = 'SECRET'
sign_name = '互连'
[sms.templates]
sign_in = 'SMS_1'
present_phone = 'SMS_2'
new_phone = 'SMS_3'
cancel_account = 'SMS_4'
phone_changed = 'SMS_5'
account_ended = 'SMS_6'
cancellation_stopped = 'SMS_7'
invitation = 'SMS_8'
takeover_passed = 'SMS_9'
takeover_refused = 'SMS_10'
administrator_replaced = 'SMS_11'
password_reset = 'SMS_12'
password_reset_begun = 'SMS_13'
[mail]
provider = 'smtp'
host = 'smtp.example.com'
user = 'hulian'
secret_file = 'SECRET'
from = '互连 <noreply@example.com>'
[identity]
provider = 'aliyun'
key_id = 'LTAI5tFake'
secret_file = 'SECRET'
[face]
provider = 'aliyun'
key_id = 'LTAI5tFake'
secret_file = 'SECRET'
scene_id = 1000001234
[ocr]
provider = 'tencent'
key_id = 'AKIDFake'
secret_file = 'SECRET'
[register]
provider = 'esign'
app_id = '7438'
secret_file = 'SECRET'
[deposit]
provider = 'esign'
app_id = '7438'
secret_file = 'SECRET'
";

/// `hulian config check` on these tables, with this in the environment: whether it is content, and all it said.
fn check(tables: &str, environment: &[(&str, &str)]) -> (bool, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("vendor.secret");
    std::fs::write(&secret, "fAkE-sEcReT-oF-a-VeNdOr\n").expect("written");
    let file = folder.path().join("hulian.toml");
    let tables = tables.replace("SECRET", &secret.display().to_string());
    std::fs::write(&file, tables).expect("written");
    let output = hulian()
        .envs(environment.iter().copied())
        .args(["config", "check", "--config"])
        .arg(&file)
        .output()
        .expect("runs");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!said.contains("sEcReT-oF-a"), "{said}");
    (output.status.success(), said)
}

#[test]
fn ops_2_tables_name_the_vendors_and_the_check_says_who_is_asked() {
    let (content, said) = check(TABLES, &[]);
    assert!(content, "{said}");
    for name in [
        "aliyun-sms",
        "smtp-mail",
        "aliyun-identity",
        "aliyun-face",
        "tencent-ocr",
        "esign-register",
        "esign-deposit",
        "sandbox-payment (asks nobody outside)",
    ] {
        assert!(
            said.contains(&format!("provider    {name}\n")),
            "{name}: {said}"
        );
    }
    let (content, said) = check("", &[]);
    assert!(
        content && said.contains("sandbox-sms (asks nobody outside)"),
        "{said}"
    );
}

#[test]
fn ops_2_what_is_wrong_in_a_table_is_named() {
    for (from, to, what) in [
        ("[identity]\n", "[identity]\nname = 'x'\n", "name"),
        ("invitation = 'SMS_8'", "", "templates lacks invitation"),
        (
            "invitation = 'SMS_8'",
            "invitation = 'SMS_8'\nhello = 'SMS_12'",
            "no message hello",
        ),
        (
            "[register]\nprovider = 'esign'",
            "[register]\nprovider = 'pigeon'",
            "pigeon",
        ),
        ("scene_id = 1000001234", "", "scene_id"),
        (
            "scene_id = 1000001234",
            "scene_id = 1\nendpoint = 'http://vendor.example'",
            "endpoint",
        ),
        (
            "host = 'smtp.example.com'",
            "host = 'smtp.example.com'\nsecurity = 'plain'",
            "plain",
        ),
        (
            "from = '互连 <noreply@example.com>'",
            "from = 'nobody'",
            "no mail address",
        ),
        (
            "app_id = '7438'\nsecret_file = 'SECRET'",
            "app_id = '7438'",
            "HULIAN_REGISTER_SECRET",
        ),
        ("app_id = '7438'\n", "app_id = '74 38'\n", "app_id"),
        (
            "secret_file = 'SECRET'\nsign",
            "secret_file = '/nowhere'\nsign",
            "/nowhere",
        ),
    ] {
        assert!(TABLES.contains(from), "{from}");
        let (content, said) = check(&TABLES.replacen(from, to, 1), &[]);
        assert!(!content && said.contains(what), "{what}: {said}");
    }
}

/// The environment stands over the file, for secrets as for everything else.
#[test]
fn ops_2_a_secret_may_come_from_the_environment() {
    let tables = "[identity]\nprovider = 'aliyun'\nkey_id = 'LTAI5tFake'\n";
    let (content, said) = check(tables, &[("HULIAN_IDENTITY_SECRET", "fAkE-sEcReT-oF-a")]);
    assert!(content && said.contains("aliyun-identity"), "{said}");
    let elsewhere = format!("{tables}secret_file = '/nowhere'\n");
    let (content, said) = check(
        &elsewhere,
        &[("HULIAN_IDENTITY_SECRET", "fAkE-sEcReT-oF-a")],
    );
    assert!(content, "{said}");
    for wrong in ["", "two words"] {
        let (content, said) = check(&elsewhere, &[("HULIAN_IDENTITY_SECRET", wrong)]);
        assert!(
            !content && said.contains("HULIAN_IDENTITY_SECRET"),
            "{said}"
        );
    }
    let (content, said) = check(tables, &[("HULIAN_PIGEON_SECRET", "x")]);
    assert!(!content && said.contains("HULIAN_PIGEON_SECRET"), "{said}");
}

/// With every table filled in, only what has no vendor yet keeps `--production` from starting.
#[test]
fn ops_2_production_takes_vendors_over_tls() {
    let production = "production = true\nkeys = '/etc/hulian/keys'\n\
         public_url = 'https://hulian.example'\nphone_url = 'https://m.hulian.example'\n\
         pki_url = 'http://pki.hulian.example'\n";
    let tables = format!("{production}{TABLES}");
    let (content, said) = check(&tables, &[]);
    assert!(!content, "{said}");
    let left = "--production refuses the sandbox providers: sandbox-payment\n";
    assert!(said.contains(left), "{said}");
    let plain = "app_id = '7438'\nendpoint = 'http://127.0.0.1:9'";
    let (content, said) = check(&tables.replacen("app_id = '7438'", plain, 1), &[]);
    assert!(
        !content && said.contains("--production wants https in endpoint"),
        "{said}"
    );
    let (content, said) = check(&TABLES.replacen("app_id = '7438'", plain, 1), &[]);
    assert!(content, "{said}");
}
