//! Every adapter against every trouble: no verdict, soon, and nothing told that was asked about.

use std::time::{Duration, Instant as Watch};

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use hulian_tests::vendors::{
    ALIYUN_SECRET, Clock, ESIGN_SECRET, Recorder, SCENE_ID, TENCENT_SECRET, TROUBLES, Trouble,
};
use providers::Unavailable;
use providers::deposit::{Branch, Deposit as _, Payee, Transfer};
use providers::face::{Face as _, Subject};
use providers::identity::Identity as _;
use providers::ocr::{Document, Ocr as _};
use providers::register::{Register as _, Stated};
use providers::sms::{Sms as _, Template, Text};
use providers::specimen::{COMPANIES, PEOPLE};
use providers::vendor::aliyun::{AliyunFace, AliyunIdentity, AliyunOcr};
use providers::vendor::esign::{EsignDeposit, EsignRegister};
use providers::vendor::tencent::TencentOcr;

use super::{NOW, PATIENCE, aliyun_sms, esign_at, standing_clock, tencent_at};

const PHONE: &str = "+8613712345678";
const CODE: &str = "402913";
const ACCOUNT: &str = "6226000012345678";
const PHOTO: &[u8] = b"\xFF\xD8\xFF\xE0 a face";

const PAYEE: Payee<'static> = Payee {
    name: COMPANIES[0].name,
    uscc: COMPANIES[0].uscc,
    legal_representative: COMPANIES[0].legal_representative,
};

/// Who was asked, with the answer; and how long it took all of them side by side.
type Asked = (Vec<(&'static str, Result<(), Unavailable>)>, Duration);

async fn ask_aliyun(base_url: &str, clock: &Clock) -> Asked {
    let text = Text {
        to: PHONE.to_owned(),
        template: Template::SignIn {
            code: CODE.to_owned(),
        },
        at: NOW,
    };
    let subject = Subject {
        check_id: "0123456789abcdef0123456789abcdef",
        name: PEOPLE[0].name,
        id_number: PEOPLE[0].id_number,
        return_url: "https://m.hulian.example/identity",
        callback_url: "https://hulian.example/callbacks/faces/aliyun-face",
        public_url: "http://localhost",
        user_agent: "Mozilla/5.0",
    };
    let sms = aliyun_sms(base_url, clock);
    let account = || sms.account.clone();
    let authority = AliyunIdentity { account: account() };
    let face = AliyunFace {
        account: account(),
        scene_id: SCENE_ID,
    };
    let reader = AliyunOcr { account: account() };
    let watch = Watch::now();
    let (sent, checked, opened, found, read) = tokio::join!(
        sms.send(&text),
        authority.check(PEOPLE[0].name, PEOPLE[0].id_number),
        face.open(&subject),
        face.find("sha1"),
        reader.read(Document::IdCardFront, PHOTO),
    );
    let took = watch.elapsed();
    let answers = vec![
        ("sms", sent.map(drop)),
        ("identity", checked.map(drop)),
        ("face", opened.map(drop)),
        ("verdict", found.map(drop)),
        ("ocr", read.map(drop)),
    ];
    (answers, took)
}

async fn ask_others(base_url: &str, clock: &Clock) -> Asked {
    let reader = TencentOcr {
        account: tencent_at(base_url, clock),
    };
    let register = EsignRegister {
        account: esign_at(base_url, clock),
    };
    let deposit = EsignDeposit::new(esign_at(base_url, clock));
    let branch = Branch {
        code: "308331012024".to_owned(),
        name: "招商银行杭州高新支行".to_owned(),
    };
    let transfer = Transfer {
        deposit_id: "0123456789abcdef0123456789abcdef",
        payee: PAYEE,
        account: ACCOUNT,
        branch: &branch,
        callback_url: "https://hulian.example/callbacks/deposits/esign-deposit",
        file: Some("2917331"),
    };
    let stated = Stated {
        uscc: PAYEE.uscc,
        name: PAYEE.name,
        legal_representative: PAYEE.legal_representative,
    };
    let watch = Watch::now();
    let (read, checked, found, asked, progress, right) = tokio::join!(
        reader.read(Document::IdCardFront, PHOTO),
        register.check(stated),
        deposit.branches(PAYEE, "招商银行"),
        deposit.transfer(&transfer),
        deposit.progress("2917331"),
        deposit.is_amount("2917331", 37),
    );
    let took = watch.elapsed();
    let answers = vec![
        ("ocr", read.map(drop)),
        ("register", checked.map(drop)),
        ("branches", found.map(drop)),
        ("transfer", asked.map(drop)),
        ("progress", progress.map(drop)),
        ("amount", right.map(drop)),
    ];
    (answers, took)
}

#[tokio::test]
async fn ops_2_a_vendor_in_trouble_costs_nobody_time_and_says_nothing() {
    let (_, clock) = standing_clock();
    let told = [
        PEOPLE[0].name,
        PEOPLE[0].id_number,
        &PHONE[3..],
        CODE,
        ACCOUNT,
        COMPANIES[0].uscc,
        COMPANIES[0].name,
        ALIYUN_SECRET,
        TENCENT_SECRET,
        ESIGN_SECRET,
    ];
    for trouble in TROUBLES {
        let base_url = trouble.start().await;
        let (mut asked, took) = ask_aliyun(&base_url, &clock).await;
        let (others, took_others) = ask_others(&base_url, &clock).await;
        // Some of these would last for ever; the rest of the time is what a busy computer may need.
        let slowest = took.max(took_others);
        assert!(slowest < 2 * PATIENCE, "{trouble:?}: {slowest:?}");
        asked.extend(others);
        for (what, answer) in asked {
            let unavailable = answer.expect_err(&format!("{trouble:?}: {what} has a verdict"));
            if trouble == Trouble::Endless {
                assert_eq!(unavailable.reason, "the answer is too long", "{what}");
            }
            let shown = format!("{unavailable} {unavailable:?}");
            let leak = told.iter().find(|words| shown.contains(**words));
            assert_eq!(leak, None, "{trouble:?}: {what}: {shown}");
        }
    }
}

/// What was asked is not carried to an address that a stranger names.
#[tokio::test]
async fn ops_2_no_redirect_is_followed() {
    let (_, clock) = standing_clock();
    let there = Recorder::start().await;
    let location = format!("{}/there", there.base_url);
    let answer = move || async { (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, location)]) };
    let router = axum::Router::new().fallback(answer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let (mut asked, _) = ask_aliyun(&base_url, &clock).await;
    asked.extend(ask_others(&base_url, &clock).await.0);
    assert!(asked.iter().all(|(_, answer)| answer.is_err()));
    assert_eq!(there.count(), 0);
}

#[test]
fn ops_2_accounts_show_no_secret() {
    let secret = providers::vendor::Secret::parse(ALIYUN_SECRET).unwrap();
    assert!(!format!("{secret:?}").contains(ALIYUN_SECRET));
}
