//! Micro-deposits by e签宝.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hulian_tests::vendors::{BRANCH_CODE, BRANCH_NAME, Clock, FakeEsign};
use providers::deposit::{Asked, Branch, Deposit as _, Payee, Progress, Transfer};
use providers::specimen::COMPANIES;
use providers::vendor::esign::EsignDeposit;

use super::{NOW, esign_at, standing_clock};

const PAYEE: Payee<'static> = Payee {
    name: COMPANIES[0].name,
    uscc: COMPANIES[0].uscc,
    legal_representative: COMPANIES[0].legal_representative,
};
const DEPOSIT_ID: &str = "0123456789abcdef0123456789abcdef";
const CALLBACK: &str = "https://hulian.example/callbacks/deposits/esign-deposit";

fn branch() -> Branch {
    Branch {
        code: BRANCH_CODE.to_owned(),
        name: BRANCH_NAME.to_owned(),
    }
}

fn transfer<'a>(account: &'a str, branch: &'a Branch, file: Option<&'a str>) -> Transfer<'a> {
    Transfer {
        deposit_id: DEPOSIT_ID,
        payee: PAYEE,
        account,
        branch,
        callback_url: CALLBACK,
        file,
    }
}

async fn start() -> (FakeEsign, EsignDeposit, Clock) {
    let (_, clock) = standing_clock();
    let fake = FakeEsign::start(clock.clone()).await;
    let deposit = EsignDeposit::new(esign_at(&fake.base_url, &clock));
    (fake, deposit, clock)
}

#[tokio::test]
async fn unit_7_branches_are_found_and_the_register_is_asked_once() {
    let (fake, deposit, _) = start().await;
    let found = deposit.branches(PAYEE, "杭州高新").await.expect("found");
    assert_eq!(found, [branch()]);
    let many = deposit
        .branches(PAYEE, "中国工商银行")
        .await
        .expect("found");
    assert_eq!(many.len(), 20);
    assert_eq!(deposit.branches(PAYEE, "火星").await, Ok(Vec::new()));
    assert_eq!(fake.flow_count(), 1);
    let stranger = Payee {
        name: "别的有限公司",
        ..PAYEE
    };
    assert_eq!(deposit.branches(stranger, "银行").await, Ok(Vec::new()));
}

#[tokio::test]
async fn unit_7_a_transfer_arrives_and_its_amount_is_known_by_the_vendor_alone() {
    let (fake, deposit, _) = start().await;
    let branch = branch();
    let asked = deposit
        .transfer(&transfer("6226000012345678", &branch, None))
        .await;
    let Ok(Asked::Accepted(flow)) = asked else {
        panic!("{asked:?}");
    };
    assert_eq!(deposit.progress(&flow).await, Ok(Progress::Waiting));
    fake.arrive(&flow);
    assert_eq!(
        deposit.progress(&flow).await,
        Ok(Progress::Arrived(NOW.seconds()))
    );
    let amount = fake.amount_fen(&flow);
    for wrong in [0, -1, 100, 200, amount + 1] {
        assert_eq!(deposit.is_amount(&flow, wrong).await, Ok(false), "{wrong}");
    }
    assert_eq!(deposit.is_amount(&flow, amount).await, Ok(true));
    // The vendor counts too: after three wrong ones even the right one is none.
    for _ in 0..2 {
        assert_eq!(deposit.is_amount(&flow, 100 - amount).await, Ok(false));
    }
    assert_eq!(deposit.is_amount(&flow, amount).await, Ok(false));
}

#[tokio::test]
async fn unit_7_accounts_are_refused_at_once_or_send_the_money_back() {
    let (_, deposit, _) = start().await;
    let branch = branch();
    let asked = deposit
        .transfer(&transfer("6226000012340001", &branch, None))
        .await;
    assert_eq!(asked, Ok(Asked::Refused("收款账户户名不符".to_owned())));
    // The register knows other facts by now: no file is opened, and the transfer says why.
    let stranger = Payee {
        name: "别的有限公司",
        ..PAYEE
    };
    assert_eq!(deposit.prepare(stranger).await, Ok(None));
    let wanted = Transfer {
        payee: stranger,
        ..transfer("6226000012345678", &branch, None)
    };
    let asked = deposit.transfer(&wanted).await;
    assert_eq!(asked, Ok(Asked::Refused("企业信息比对不一致".to_owned())));
    let asked = deposit
        .transfer(&transfer("6226000012340002", &branch, None))
        .await;
    let Ok(Asked::Accepted(flow)) = asked else {
        panic!("{asked:?}");
    };
    let returned = Progress::Returned("收款账户状态异常，已退汇".to_owned());
    assert_eq!(deposit.progress(&flow).await, Ok(returned));
}

#[tokio::test]
async fn unit_7_a_transfer_whose_answer_is_lost_is_asked_after_and_never_paid_twice() {
    let (fake, deposit, _) = start().await;
    let branch = branch();
    let file = deposit.prepare(PAYEE).await.expect("an answer");
    let file = file.expect("a file");
    // The vendor does what it was asked, and keeps silent about it.
    let silent = transfer("6226000012340009", &branch, Some(&file));
    let lost = deposit.transfer(&silent).await;
    assert_eq!(lost.expect_err("no answer").reason, "no answer in time");
    for _ in 0..3 {
        let again = deposit.transfer(&silent).await;
        assert_eq!(again, Ok(Asked::Accepted(file.clone())));
    }
    assert_eq!(fake.transfers_of(DEPOSIT_ID), 1);
}

#[tokio::test]
async fn unit_7_two_requests_at_once_are_one_transfer() {
    let (fake, deposit, _) = start().await;
    let branch = branch();
    let file = deposit.prepare(PAYEE).await.expect("an answer");
    let file = file.expect("a file");
    let wanted = transfer("6226000012345678", &branch, Some(&file));
    let (first, second) = tokio::join!(deposit.transfer(&wanted), deposit.transfer(&wanted));
    assert_eq!(first, Ok(Asked::Accepted(file.clone())));
    assert_eq!(second, Ok(Asked::Accepted(file)));
    assert_eq!(fake.transfers_of(DEPOSIT_ID), 1);
}

type Read = Arc<Mutex<Vec<String>>>;

/// A route as the service has one, with the vendor's adapter behind it and the time at which it judges.
async fn receiver(deposit: Arc<EsignDeposit>, now_ms: i64) -> (String, Read) {
    let read = Read::default();
    let state = (deposit, Arc::clone(&read));
    let route = move |State((deposit, read)): State<(Arc<EsignDeposit>, Read)>,
                      RawQuery(query): RawQuery,
                      headers: HeaderMap,
                      body: Bytes| async move {
        let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        let query = query.unwrap_or_default();
        match deposit.read_callback(&header, &query, &body, now_ms) {
            Ok(flow) => {
                read.lock().unwrap().push(flow);
                StatusCode::OK
            }
            Err(_) => StatusCode::UNAUTHORIZED,
        }
    };
    let router = Router::new()
        .route("/deposits", post(route))
        .with_state(state);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://{}/deposits?b=2&a=%E4%B8%80",
        listener.local_addr().unwrap()
    );
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, read)
}

#[tokio::test]
async fn unit_7_a_report_counts_only_as_it_was_signed_and_only_when_fresh() {
    let (fake, deposit, _) = start().await;
    let (deposit, branch) = (Arc::new(deposit), branch());
    let now_ms = NOW.seconds() * 1000;
    let (url, read) = receiver(Arc::clone(&deposit), now_ms).await;
    let mut flows = Vec::new();
    for _ in 0..2 {
        let wanted = Transfer {
            callback_url: &url,
            ..transfer("6226000012345678", &branch, None)
        };
        let Ok(Asked::Accepted(flow)) = deposit.transfer(&wanted).await else {
            panic!("not accepted");
        };
        flows.push(flow);
    }
    // Late, out of order, and twice.
    for (flow, age_ms) in [(1, 0), (0, 299_000), (1, 0), (0, -1000)] {
        let report = fake.report(&flows[flow], now_ms - age_ms);
        assert_eq!(report.send().await, 200);
    }
    let expected = [1, 0, 1, 0].map(|index: usize| flows[index].clone());
    assert_eq!(*read.lock().unwrap(), expected);
    // A report says that the bank took it, never that the money came.
    assert_eq!(deposit.progress(&flows[0]).await, Ok(Progress::Waiting));

    let right = fake.report(&flows[0], now_ms);
    let mut other_body = right.clone();
    other_body.body = other_body.body.replace(&flows[0], &flows[1]);
    let mut other_query = right.clone();
    other_query.url = other_query.url.replace("b=2", "b=3");
    let mut other_time = right.clone();
    other_time.timestamp_ms += 1;
    let mut other_app = right.clone();
    other_app.app_id = "1".to_owned();
    let too_old = fake.report(&flows[0], now_ms - 301_000);
    let from_the_future = fake.report(&flows[0], now_ms + 301_000);
    let of_a_stranger = right.signed_with("another secret");
    for wrong in [
        other_body,
        other_query,
        other_time,
        other_app,
        too_old,
        from_the_future,
        of_a_stranger,
    ] {
        assert_eq!(wrong.send().await, 401, "{wrong:?}");
    }
    assert_eq!(read.lock().unwrap().len(), 4);
}
