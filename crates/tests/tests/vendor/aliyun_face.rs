//! Names and numbers, and faces, by Aliyun.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::get;
use hulian_tests::vendors::{Clock, FaceOutcome, FakeAliyun, SCENE_ID};
use providers::face::{Face as _, Failure, Subject, Verdict};
use providers::identity::{self, Identity as _};
use providers::specimen::PEOPLE;
use providers::vendor::aliyun::{AliyunFace, AliyunIdentity};

use super::{aliyun_at, standing_clock};

fn face_at(base_url: &str, clock: &Clock) -> Arc<AliyunFace> {
    Arc::new(AliyunFace {
        account: aliyun_at(base_url, clock),
        scene_id: SCENE_ID,
    })
}

fn subject<'a>(check_id: &'a str, callback_url: &'a str) -> Subject<'a> {
    Subject {
        check_id,
        name: PEOPLE[0].name,
        id_number: PEOPLE[0].id_number,
        return_url: "https://m.hulian.example/identity",
        callback_url,
        public_url: "http://localhost",
        user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)",
    }
}

const FIRST: &str = "0123456789abcdef0123456789abcdef";
const SECOND: &str = "1123456789abcdef0123456789abcdef";
const CALLBACK: &str = "https://hulian.example/callbacks/faces/aliyun-face";

#[tokio::test]
async fn idv_1_aliyun_compares_names_with_numbers() {
    let (_, clock) = standing_clock();
    let fake = FakeAliyun::start(clock.clone()).await;
    let authority = AliyunIdentity {
        account: aliyun_at(&fake.base_url, &clock),
    };
    for (name, id_number, verdict) in [
        (
            PEOPLE[0].name,
            PEOPLE[0].id_number,
            identity::Verdict::Match,
        ),
        ("何某人", PEOPLE[0].id_number, identity::Verdict::Mismatch),
        ("何某人", "11010519491231002X", identity::Verdict::Mismatch),
    ] {
        assert_eq!(
            authority.check(name, id_number).await,
            Ok(verdict),
            "{name}"
        );
    }
    // What the vendor calls ill-formed is no verdict on the person.
    let unavailable = authority
        .check("何某人", "1")
        .await
        .expect_err("no verdict");
    assert_eq!(unavailable.reason, "code 401");
}

#[tokio::test]
async fn idv_1_a_face_passes_only_by_what_the_vendor_says_when_asked() {
    let (_, clock) = standing_clock();
    let fake = FakeAliyun::start(clock.clone()).await;
    let face = face_at(&fake.base_url, &clock);
    let opened = face.open(&subject(FIRST, CALLBACK)).await.expect("a page");
    assert!(opened.url.starts_with("https://"));
    // A repeat is the same check.
    let again = face.open(&subject(FIRST, CALLBACK)).await.expect("a page");
    assert_eq!(again, opened);
    let other = face.open(&subject(SECOND, CALLBACK)).await.expect("a page");
    assert_ne!(other.provider_ref, opened.provider_ref);
    for (outcome, verdict) in [
        (FaceOutcome::Open, Verdict::Pending),
        (FaceOutcome::Left, Verdict::Pending),
        (
            FaceOutcome::Failed(203),
            Verdict::Failed(Failure::NoPicture),
        ),
        (FaceOutcome::Failed(204), Verdict::Failed(Failure::Mismatch)),
        (FaceOutcome::Failed(205), Verdict::Failed(Failure::Liveness)),
        (
            FaceOutcome::Refused(417),
            Verdict::Failed(Failure::NoPicture),
        ),
        (FaceOutcome::Refused(418), Verdict::Failed(Failure::TooMany)),
        (FaceOutcome::Passed, Verdict::Passed),
    ] {
        fake.decide(&opened.provider_ref, outcome);
        assert_eq!(
            face.find(&opened.provider_ref).await,
            Ok(verdict),
            "{outcome:?}"
        );
    }
    assert_eq!(face.find(&other.provider_ref).await, Ok(Verdict::Pending));
    assert_eq!(
        face.find("sha00000").await,
        Ok(Verdict::Failed(Failure::GivenUp))
    );
}

type Read = Arc<Mutex<Vec<String>>>;

/// A route as the service has one: 200 for what the adapter reads, and a list of what it read.
async fn receiver(face: Arc<AliyunFace>) -> (String, Read) {
    let read = Read::default();
    let state = (face, Arc::clone(&read));
    let route = |State((face, read)): State<(Arc<AliyunFace>, Read)>, RawQuery(query): RawQuery| async move {
        match face.read_callback(&query.unwrap_or_default()) {
            Some(provider_ref) => {
                read.lock().unwrap().push(provider_ref);
                StatusCode::OK
            }
            None => StatusCode::BAD_REQUEST,
        }
    };
    let router = Router::new().route("/faces", get(route)).with_state(state);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/faces", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, read)
}

#[tokio::test]
async fn idv_1_a_callback_of_the_vendor_is_known_by_its_token_and_is_only_a_hint() {
    let (_, clock) = standing_clock();
    let fake = FakeAliyun::start(clock.clone()).await;
    let face = face_at(&fake.base_url, &clock);
    let (url, read) = receiver(Arc::clone(&face)).await;
    let first = face.open(&subject(FIRST, &url)).await.expect("a page");
    let second = face.open(&subject(SECOND, &url)).await.expect("a page");
    fake.decide(&first.provider_ref, FaceOutcome::Failed(204));
    fake.decide(&second.provider_ref, FaceOutcome::Passed);
    // Out of order, and twice, as the vendor does when an answer is lost.
    for opened in [&second, &first, &second] {
        assert_eq!(fake.call_back(&opened.provider_ref).await, 200);
    }
    let expected = [&second, &first, &second].map(|opened| opened.provider_ref.clone());
    assert_eq!(*read.lock().unwrap(), expected);
    // It says passed=200, and yet the verdict comes from the question alone.
    let forged = fake.callback_of(&first.provider_ref).replace("204", "200");
    assert_eq!(reqwest::get(forged).await.unwrap().status(), 200);
    assert_eq!(
        face.find(&first.provider_ref).await,
        Ok(Verdict::Failed(Failure::Mismatch))
    );
    let right = fake.callback_of(&first.provider_ref);
    let (_, query) = right.split_once('?').unwrap();
    assert!(face.read_callback(query).is_some());
    for wrong in [
        String::new(),
        query.replace("callbackToken=", "callbackToken=0"),
        query.replace("callbackToken", "token"),
        query.replace("certifyId", "id"),
        format!("{query}&certifyId=sha2"),
        format!("callbackToken=x&{query}"),
        query.replace(&first.provider_ref, "..%2Fetc"),
    ] {
        assert_eq!(face.read_callback(&wrong), None, "{wrong}");
    }
    let mut stranger = aliyun_at(&fake.base_url, &clock);
    stranger.secret = providers::vendor::Secret::parse("another").unwrap();
    let stranger = AliyunFace {
        account: stranger,
        scene_id: SCENE_ID,
    };
    assert_eq!(stranger.read_callback(query), None);
}
