//! Vectors of every statement for other implementations: made by this code, kept in `docs/vectors/statements.json`,
//! and compared at every run. `HULIAN_WRITE_VECTORS=1` writes them anew.

#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is wrong"
)]

use hulian_protocol::{
    Base64Url, Confirm, Login, MarkWire, Operation, Scope, Statement, Unseal, keygen_context,
    marks_sha256, sha256,
};
use serde_json::{Value, json};
use std::path::Path;

const PERSON: &str = "0199c0de-0000-7000-8000-000000000001";
const DEVICE: &str = "0199c0de-0000-7000-8000-000000000002";
const HOLDING: &str = "0199c0de-0000-7000-8000-000000000003";
const UNIT: &str = "0199c0de-0000-7000-8000-000000000004";
const ASKER: &str = "0199c0de-0000-7000-8000-000000000005";
const SEAL: &str = "0199c0de-0000-7000-8000-000000000006";
const SESSION: &str = "0199c0de-0000-7000-8000-000000000007";
const PLATFORM: &str = "0199c0de-0000-7000-8000-000000000008";
const CODE: &str = "AAECAwQFBgcICQoLDA0ODw";

fn confirm() -> Confirm<'static> {
    Confirm {
        code: CODE,
        kind: "seal",
        purpose: "在投标文件上加盖公章",
        asker_id: ASKER,
        asker_name: "投标管家",
        scope: Scope(PLATFORM),
        person_id: PERSON,
        unit_id: Some(UNIT),
        device_id: DEVICE,
        holding_id: HOLDING,
        certificate_sha256: "Y2VydGlmaWNhdGU",
        seal_id: SEAL,
        digest: "ZGlnZXN0",
        file_name: "投标 \"文件\".pdf",
        page_count: 3,
        mode: "pages:1-2",
        mark_count: 2,
        marks_sha256: "bWFya3M",
        time_us: 1_772_416_800_000_000,
        attributes_sha256: "YXR0cmlidXRlcw",
        message_sha256: "bWVzc2FnZQ",
        counter: 7,
    }
}

fn operation() -> Operation<'static> {
    Operation {
        operation_id: HOLDING,
        session_id: SESSION,
        kind: "seal",
        person_id: PERSON,
        unit_id: None,
        holding_id: HOLDING,
        certificate_serial: "00af",
        seal_id: SEAL,
        device_id: DEVICE,
        asker_id: ASKER,
        scope: Scope::DOCUMENT_SEALING,
        file_name: "a.pdf",
        digest: "ZGlnZXN0",
        mode: "all",
        mark_count: 200,
        outcome: "done",
        at_us: 1_772_416_800_000_001,
    }
}

fn login() -> Login<'static> {
    Login {
        code: CODE,
        purpose: "登录投标管家",
        asker_id: ASKER,
        asker_name: "投标管家",
        scope: Scope::DOCUMENT_SEALING,
        person_id: PERSON,
        unit_id: Some(UNIT),
        device_id: DEVICE,
        counter: 8,
    }
}

fn unseal() -> Unseal<'static> {
    Unseal {
        code: CODE,
        field: "Signature2",
        signature_sha256: "c2lnbmF0dXJl",
        file_name: "投标 \"文件\".pdf",
        page_count: 3,
        time_us: 1_772_416_800_000_000,
    }
}

fn statements() -> Vec<Statement<'static>> {
    vec![
        Statement::Device {
            area: "+86",
            number: "13900000001",
            code: "012345",
            public_key: "BAAA",
        },
        Statement::Password {
            person_id: PERSON,
            device_id: DEVICE,
            epoch: 1,
            proof_public_key: "BAAA",
        },
        Statement::PasswordProof {
            person_id: PERSON,
            device_id: DEVICE,
            counter: 3,
        },
        Statement::ResetKey {
            person_id: PERSON,
            device_id: DEVICE,
            public_key: "BAAA",
            counter: 4,
        },
        Statement::PasswordReset {
            person_id: PERSON,
            device_id: DEVICE,
            code: "012345",
        },
        Statement::PasswordResetDone {
            password_reset_id: HOLDING,
            person_id: PERSON,
            device_id: DEVICE,
            epoch: 2,
            proof_public_key: "BAAA",
            reset_public_key: "BBBB",
        },
        Statement::Install {
            holding_id: HOLDING,
            request_id: CODE,
            device_id: DEVICE,
            usage: "sign",
            message_sha256: "bWVzc2FnZQ",
            counter: 1,
        },
        Statement::Asker {
            public_key: "AAAA",
            name: "投标管家",
        },
        Statement::AskerRequest {
            asker_id: ASKER,
            method: "POST",
            path: "/api/v1/scan-sessions",
            body_sha256: "Ym9keQ",
            time_us: 1_772_416_800_000_000,
        },
        Statement::Confirm(confirm()),
        Statement::Operation(operation()),
        Statement::Login(login()),
        Statement::Unseal(unseal()),
    ]
}

fn vectors() -> Value {
    let marks = [
        MarkWire {
            page: 1,
            x_mm: 15.0,
            y_mm: 25.5,
            width_mm: 40.0,
            height_mm: 40.0,
        },
        MarkWire {
            page: 2,
            x_mm: 0.01,
            y_mm: 100.25,
            width_mm: 40.0,
            height_mm: 40.0,
        },
    ];
    let statements: Vec<Value> = statements()
        .iter()
        .map(|statement| {
            let bytes = statement.to_bytes().expect("canonical");
            json!({
                "members": serde_json::to_value(statement).expect("JSON"),
                "canonical": String::from_utf8(bytes.clone()).expect("UTF-8"),
                "sha256": Base64Url::encode(&sha256(&bytes)),
            })
        })
        .collect();
    json!({
        "statements": statements,
        "marks": {"list": marks, "marks_sha256": Base64Url::encode(&marks_sha256(&marks).expect("finite"))},
        "keygen_context": {
            "request_id": CODE, "usage": "sign", "device_id": DEVICE,
            "context": String::from_utf8(keygen_context(CODE, "sign", DEVICE)).expect("ASCII"),
        },
        "digest_short": {"digest_hex": "0123456789abcdef00", "short": hulian_protocol::digest_short(&[1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0])},
    })
}

#[test]
fn scan_1_statements_are_the_committed_bytes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vectors/statements.json");
    let made = format!(
        "{}\n",
        serde_json::to_string_pretty(&vectors()).expect("JSON")
    );
    if std::env::var_os("HULIAN_WRITE_VECTORS").is_some() {
        std::fs::write(&path, &made).expect("written");
    }
    let kept = std::fs::read_to_string(&path).expect("docs/vectors/statements.json");
    assert_eq!(
        kept, made,
        "the statements changed: every other implementation would have to change too"
    );
}
