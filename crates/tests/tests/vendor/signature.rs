//! What stands on the wire, sent again and sent otherwise: a fake that took anything would prove nothing.

use axum::body::Bytes;
use hulian_tests::vendors::{
    Clock, FakeAliyun, FakeEsign, FakeTencent, Recorded, Recorder, photo_of,
};
use providers::identity::Identity as _;
use providers::ocr::{Document, Ocr as _};
use providers::register::{Register as _, Stated};
use providers::specimen::{COMPANIES, PEOPLE};
use providers::vendor::aliyun::AliyunIdentity;
use providers::vendor::esign::EsignRegister;
use providers::vendor::tencent::TencentOcr;
use serde_json::json;

use super::{aliyun_at, esign_at, standing_clock, tencent_at};

async fn id2_meta(clock: &Clock) -> Recorded {
    let recorder = Recorder::start().await;
    let authority = AliyunIdentity {
        account: aliyun_at(&recorder.base_url, clock),
    };
    let asked = authority.check(PEOPLE[0].name, PEOPLE[0].id_number).await;
    assert!(asked.is_err());
    recorder.last()
}

async fn id_card(clock: &Clock) -> Recorded {
    let recorder = Recorder::start().await;
    let reader = TencentOcr {
        account: tencent_at(&recorder.base_url, clock),
    };
    let photo = photo_of(&json!({ "paper": "id_card_front" }));
    assert!(reader.read(Document::IdCardFront, &photo).await.is_err());
    recorder.last()
}

async fn three_factors(clock: &Clock) -> Recorded {
    let recorder = Recorder::start().await;
    let register = EsignRegister {
        account: esign_at(&recorder.base_url, clock),
    };
    let stated = Stated {
        uscc: COMPANIES[0].uscc,
        name: COMPANIES[0].name,
        legal_representative: COMPANIES[0].legal_representative,
    };
    assert!(register.check(stated).await.is_err());
    recorder.last()
}

fn with_header(recorded: &Recorded, name: &'static str, value: &'static str) -> Recorded {
    let mut changed = recorded.clone();
    changed.headers.insert(name, value.parse().unwrap());
    changed
}

fn with_body(recorded: &Recorded, body: &'static [u8]) -> Recorded {
    let mut changed = recorded.clone();
    changed.headers.remove("content-length");
    changed.body = Bytes::from_static(body);
    changed
}

fn without_header(recorded: &Recorded, name: &str) -> Recorded {
    let mut changed = recorded.clone();
    changed.headers.remove(name);
    changed
}

#[tokio::test]
async fn ops_2_aliyuns_gateway_takes_a_request_once_and_as_it_was_signed() {
    let (fixed, clock) = standing_clock();
    let fake = FakeAliyun::start(clock.clone()).await;
    let right = id2_meta(&clock).await;
    let mut other_query = right.clone();
    other_query.target = "/?SceneId=1".to_owned();
    for (wrong, code) in [
        (
            without_header(&right, "authorization"),
            "MissingAuthorization",
        ),
        (
            without_header(&right, "x-acs-signature-nonce"),
            "IncompleteSignature",
        ),
        (
            with_header(&right, "x-acs-action", "SendSms"),
            "SignatureDoesNotMatch",
        ),
        (
            with_header(&right, "host", "elsewhere.example"),
            "SignatureDoesNotMatch",
        ),
        (with_body(&right, b"UserName=x"), "SignatureDoesNotMatch"),
        (other_query, "SignatureDoesNotMatch"),
        (
            with_header(&right, "x-acs-date", "2026-03-02T01:00:00Z"),
            "InvalidTimeStamp.Expired",
        ),
    ] {
        let (status, said) = wrong.send(&fake.base_url).await;
        assert_eq!((status, &said["Code"]), (400, &json!(code)));
    }
    let (status, said) = right.send(&fake.base_url).await;
    assert_eq!(
        (status, &said["ResultObject"]["BizCode"]),
        (200, &json!("1"))
    );
    let (status, said) = right.send(&fake.base_url).await;
    assert_eq!((status, &said["Code"]), (400, &json!("SignatureNonceUsed")));
    // A clock that runs 16 minutes behind.
    let late = id2_meta(&clock).await;
    fixed.advance_s(16 * 60);
    let (_, said) = late.send(&fake.base_url).await;
    assert_eq!(said["Code"], "InvalidTimeStamp.Expired");
}

#[tokio::test]
async fn ops_2_tencents_gateway_takes_a_request_as_it_was_signed() {
    let (fixed, clock) = standing_clock();
    let fake = FakeTencent::start(clock.clone()).await;
    let right = id_card(&clock).await;
    for (wrong, code) in [
        (
            without_header(&right, "authorization"),
            "AuthFailure.InvalidAuthorization",
        ),
        (
            with_header(&right, "host", "elsewhere.example"),
            "AuthFailure.SignatureFailure",
        ),
        (
            with_header(&right, "content-type", "application/json"),
            "AuthFailure.SignatureFailure",
        ),
        (
            with_header(&right, "x-tc-timestamp", "1"),
            "AuthFailure.SignatureExpire",
        ),
        (with_body(&right, b"{}"), "AuthFailure.SignatureFailure"),
    ] {
        let (status, said) = wrong.send(&fake.base_url).await;
        let code_said = &said["Response"]["Error"]["Code"];
        assert_eq!((status, code_said), (200, &json!(code)));
    }
    let (_, said) = right.send(&fake.base_url).await;
    assert_eq!(said["Response"]["Name"], "", "{said}");
    fixed.advance_s(301);
    let (_, said) = right.send(&fake.base_url).await;
    let code = &said["Response"]["Error"]["Code"];
    assert_eq!(code, "AuthFailure.SignatureExpire");
}

#[tokio::test]
async fn ops_2_esign_takes_a_request_as_it_was_signed() {
    let (fixed, clock) = standing_clock();
    let fake = FakeEsign::start(clock.clone()).await;
    let right = three_factors(&clock).await;
    let mut other_path = right.clone();
    other_path.target = "/v2/identity/auth/pub/organization/1/transferProcess".to_owned();
    for wrong in [
        without_header(&right, "x-tsign-open-ca-signature"),
        without_header(&right, "content-md5"),
        with_header(&right, "x-tsign-open-app-id", "1"),
        with_header(&right, "content-type", "text/plain"),
        with_header(&right, "x-tsign-open-ca-timestamp", "1"),
        with_body(&right, b"{}"),
        other_path,
    ] {
        let (status, said) = wrong.send(&fake.base_url).await;
        assert_eq!((status, &said["code"]), (401, &json!(401)), "{said}");
    }
    let (_, said) = right.send(&fake.base_url).await;
    assert_eq!(said["code"], 0, "{said}");
    fixed.advance_s(16 * 60);
    let (status, _) = right.send(&fake.base_url).await;
    assert_eq!(status, 401);
}
