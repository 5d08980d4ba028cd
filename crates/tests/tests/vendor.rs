//! OPS-2: the vendors' adapters against faithful fakes, the fakes against the vendors' own SDKs, and both against trouble.

mod aliyun_face;
mod aliyun_sms;
mod deposit;
mod mail;
mod paper;
mod register;
mod sdk;
mod service;
mod signature;
mod tls;
mod trouble;

use std::sync::Arc;
use std::time::Duration;

use app::Clock as _;
use app::clock::FixedClock;
use domain::Instant;
use hulian_tests::vendors::{
    ALIYUN_KEY_ID, ALIYUN_SECRET, Clock, ESIGN_APP_ID, ESIGN_SECRET, SIGN_NAME, TENCENT_SECRET,
    TENCENT_SECRET_ID, templates, templates_elsewhere,
};
use providers::vendor::{Endpoint, Outside, Secret, aliyun, esign, tencent};

/// 2026-03-02 10:00:00 in Shanghai.
const NOW: Instant = Instant::from_seconds(1_772_416_800);
/// How long a person is kept waiting in these tests.
const PATIENCE: Duration = Duration::from_millis(1500);

fn standing_clock() -> (Arc<FixedClock>, Clock) {
    let fixed = Arc::new(FixedClock::at(NOW));
    let shared = Arc::clone(&fixed);
    (fixed, Arc::new(move || shared.now()))
}

fn outside(clock: &Clock) -> Outside {
    Outside::new(PATIENCE, Arc::clone(clock)).expect("a way outside")
}

fn aliyun_at(base_url: &str, clock: &Clock) -> aliyun::Account {
    aliyun::Account {
        key_id: ALIYUN_KEY_ID.to_owned(),
        secret: Secret::parse(ALIYUN_SECRET).expect("a secret"),
        endpoint: Endpoint::parse(base_url).expect("an endpoint"),
        outside: outside(clock),
    }
}

fn aliyun_sms(base_url: &str, clock: &Clock) -> aliyun::AliyunSms {
    aliyun::AliyunSms {
        account: aliyun_at(base_url, clock),
        sign_name: SIGN_NAME.to_owned(),
        templates: aliyun::Templates {
            mainland: templates(),
            elsewhere: templates_elsewhere(),
        },
    }
}

fn tencent_at(base_url: &str, clock: &Clock) -> tencent::Account {
    tencent::Account {
        secret_id: TENCENT_SECRET_ID.to_owned(),
        secret: Secret::parse(TENCENT_SECRET).expect("a secret"),
        endpoint: Endpoint::parse(base_url).expect("an endpoint"),
        outside: outside(clock),
    }
}

fn esign_at(base_url: &str, clock: &Clock) -> esign::Account {
    esign::Account {
        app_id: ESIGN_APP_ID.to_owned(),
        secret: Secret::parse(ESIGN_SECRET).expect("a secret"),
        endpoint: Endpoint::parse(base_url).expect("an endpoint"),
        outside: outside(clock),
    }
}
