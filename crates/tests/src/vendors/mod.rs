//! Fakes of the vendors that verify every signature, number used once, clock and field, answer the vendors' real error
//! codes and send signed callbacks. They share no code with the adapters that they judge.

mod aliyun;
mod aliyun_face;
mod aliyun_ocr;
mod aliyun_sms;
mod esign;
mod esign_report;
mod mail;
mod recorder;
mod signing;
mod tencent;
mod trouble;

use std::sync::Arc;

use axum::Router;
use domain::Instant;
use tokio::net::TcpListener;

pub use aliyun::{ALIYUN_KEY_ID, ALIYUN_SECRET, FakeAliyun};
pub use aliyun_face::{FaceOutcome, SCENE_ID};
pub use aliyun_ocr::photo_of;
pub use aliyun_sms::{CODE_TEMPLATES, SIGN_NAME, SentSms, templates, templates_elsewhere};
pub use esign::{BRANCH_CODE, BRANCH_NAME, ESIGN_APP_ID, ESIGN_SECRET, FakeEsign};
pub use esign_report::SignedReport;
pub use mail::{FakeMail, MAIL_PASSWORD, MAIL_USER};
pub use recorder::{Recorded, Recorder};
pub use tencent::{FakeTencent, TENCENT_SECRET, TENCENT_SECRET_ID};
pub use trouble::{TROUBLES, Trouble};

/// Tells a fake the time.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// Serves on a free port of this computer, until the test ends.
async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    base_url
}
