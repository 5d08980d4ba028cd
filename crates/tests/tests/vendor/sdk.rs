//! The fakes judged by the vendors' own SDKs: what those take for the real thing is faithful on the wire.

use std::path::Path;
use std::sync::Arc;

use app::Clock as _;
use app::clock::SystemClock;
use base64ct::{Base64, Encoding as _};
use hulian_tests::vendors::{
    ALIYUN_KEY_ID, ALIYUN_SECRET, Clock, FakeAliyun, FakeTencent, SCENE_ID, SIGN_NAME,
    TENCENT_SECRET, TENCENT_SECRET_ID, photo_of,
};
use providers::specimen::PEOPLE;
use serde_json::{Value, json};

fn photos() -> Value {
    let card = json!({
        "paper": "id_card_front", "name": PEOPLE[0].name, "number": PEOPLE[0].id_number,
    });
    let licence =
        json!({ "paper": "licence", "code": "91350100M000100Y43", "name": "样本有限公司" });
    let [card, licence] = [card, licence].map(|shown| Base64::encode_string(&photo_of(&shown)));
    json!({ "card": card, "licence": licence })
}

/// Runs the SDKs, and reads what they understood.
async fn ask(facts: &Value) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("facts.json");
    std::fs::write(&file, facts.to_string()).expect("written");
    let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("judges/vendor_sdks.py");
    let run = tokio::task::spawn_blocking(move || {
        let mut command = std::process::Command::new(python);
        // A proxy that the surroundings name is not on the way to this computer.
        command.env("NO_PROXY", "127.0.0.1").arg(script).arg(file);
        command.output()
    });
    let output = run.await.expect("run");
    let output = output.expect("a Python; run `cargo xtask test needs`");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}{complained}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_2_the_vendors_own_sdks_take_the_fakes_for_the_real_thing() {
    let clock: Clock = Arc::new(|| SystemClock.now());
    let aliyun = FakeAliyun::start(clock.clone()).await;
    let tencent = FakeTencent::start(clock).await;
    let host = |base_url: &str| base_url.trim_start_matches("http://").to_owned();
    let facts = json!({
        "aliyun": {
            "host": host(&aliyun.base_url), "key_id": ALIYUN_KEY_ID, "secret": ALIYUN_SECRET,
            "sign_name": SIGN_NAME, "template": "SMS_100", "scene_id": SCENE_ID.to_string(),
            "name": PEOPLE[0].name, "number": PEOPLE[0].id_number, "photos": photos(),
        },
        "tencent": {
            "host": host(&tencent.base_url), "key_id": TENCENT_SECRET_ID, "secret": TENCENT_SECRET,
            "photos": photos(),
        },
    });
    let understood = ask(&facts).await;
    let expected = json!({
        "sms": {
            "sent": "OK", "prefixed": "OK", "at_once_again": "isv.BUSINESS_LIMIT_CONTROL",
            "no_parameters": "isv.TEMPLATE_MISSING_PARAMETERS", "number": "isv.MOBILE_NUMBER_ILLEGAL",
            "missing": "MissingPhoneNumbers", "stranger": "SignatureDoesNotMatch",
        },
        "cloudauth": {
            "match": "1", "mismatch": "2", "opened": "200",
            "page": "https://t.aliyun.com/sha00000000000000000000000000001",
            "other_scene": "404", "short_order": "401", "undecided": "403",
        },
        "aliyun_ocr": {
            "number": PEOPLE[0].id_number, "code": "91350100M000100Y43",
            "no_picture": "unsupportedImageFormat",
        },
        "tencent_ocr": {
            "number": PEOPLE[0].id_number, "code": "91350100M000100Y43",
            "other_side": "FailedOperation.CardSideError", "no_card": "FailedOperation.ImageNoIdCard",
            "stranger": "AuthFailure.SignatureFailure",
        },
    });
    assert_eq!(understood, expected);
}
