//! Text messages by Aliyun.

use super::{NOW, aliyun_sms, standing_clock};
use hulian_tests::vendors::FakeAliyun;
use providers::sms::{Limit, Refusal, Sent, Sms as _, Template, Text};

fn code_to(number: &str) -> Text {
    Text {
        to: number.to_owned(),
        template: Template::SignIn {
            code: "402913".to_owned(),
        },
        at: NOW,
    }
}

#[tokio::test]
async fn ops_2_aliyun_takes_numbers_of_all_four_areas() {
    let (_, clock) = standing_clock();
    let fake = FakeAliyun::start(clock.clone()).await;
    let sms = aliyun_sms(&fake.base_url, &clock);
    for (number, dialled, template) in [
        ("+8613700001111", "13700001111", "SMS_100"),
        ("+85291234567", "85291234567", "SMS_200"),
        ("+85361234567", "85361234567", "SMS_200"),
        ("+886912345678", "886912345678", "SMS_200"),
    ] {
        assert_eq!(
            sms.send(&code_to(number)).await,
            Ok(Sent::Taken),
            "{number}"
        );
        let sent = fake.sent().pop().expect("a message");
        assert_eq!(
            (sent.number.as_str(), sent.template.as_str()),
            (dialled, template)
        );
        assert_eq!(sent.parameters["code"], "402913");
    }
}

#[tokio::test]
async fn ops_2_every_message_passes_as_it_was_submitted() {
    let (_, clock) = standing_clock();
    let fake = FakeAliyun::start(clock.clone()).await;
    let sms = aliyun_sms(&fake.base_url, &clock);
    let code = || "402913".to_owned();
    let unit = || "样本".repeat(60);
    let all = [
        Template::SignIn { code: code() },
        Template::PresentPhone { code: code() },
        Template::NewPhone { code: code() },
        Template::CancelAccount { code: code() },
        Template::PasswordReset { code: code() },
        Template::PasswordResetBegun,
        Template::PhoneChanged {
            phone: "138****0001".to_owned(),
        },
        Template::AccountEnded,
        Template::CancellationStopped,
        Template::TakeoverPassed { unit: unit() },
        Template::TakeoverRefused { unit: unit() },
        Template::AdministratorReplaced { unit: unit() },
        // A name longer than the vendor takes, and a link that it would refuse as a parameter.
        Template::Invitation {
            unit: unit(),
            origin: "https://m.hulian.example".to_owned(),
            token: "AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
            days: 7,
        },
    ];
    let names: Vec<&str> = all.iter().map(Template::name).collect();
    assert_eq!(names, Template::NAMES);
    for (index, template) in all.into_iter().enumerate() {
        let name = template.name();
        let text = Text {
            to: format!("+86137000022{index:02}"),
            template,
            at: NOW,
        };
        assert_eq!(sms.send(&text).await, Ok(Sent::Taken), "{name}");
    }
}

#[tokio::test]
async fn ops_2_the_vendors_limits_for_codes_are_told_apart() {
    let (fixed, clock) = standing_clock();
    let fake = FakeAliyun::start(clock.clone()).await;
    let sms = aliyun_sms(&fake.base_url, &clock);
    let text = code_to("+8613700003333");
    let too_often = |limit| Ok(Sent::Refused(Refusal::TooOften(limit)));
    assert_eq!(sms.send(&text).await, Ok(Sent::Taken));
    assert_eq!(sms.send(&text).await, too_often(Limit::Minute));
    for _ in 0..4 {
        fixed.advance_s(61);
        assert_eq!(sms.send(&text).await, Ok(Sent::Taken));
    }
    fixed.advance_s(61);
    assert_eq!(sms.send(&text).await, too_often(Limit::Hour));
    for _ in 0..5 {
        fixed.advance_s(3600);
        assert_eq!(sms.send(&text).await, Ok(Sent::Taken));
    }
    fixed.advance_s(3600);
    assert_eq!(sms.send(&text).await, too_often(Limit::Day));
}

#[tokio::test]
async fn ops_2_what_aliyun_refuses_is_told_from_what_it_cannot_do_now() {
    let (_, clock) = standing_clock();
    let fake = FakeAliyun::start(clock.clone()).await;
    let mut sms = aliyun_sms(&fake.base_url, &clock);
    let refused = |refusal| Ok(Sent::Refused(refusal));
    for (number, refusal) in [
        ("+8619900000001", Refusal::Account),
        ("+8619900000003", Refusal::Account),
        ("+861", Refusal::Number),
        ("+4915112345678", Refusal::Number),
    ] {
        assert_eq!(
            sms.send(&code_to(number)).await,
            refused(refusal),
            "{number}"
        );
    }
    for (number, code) in [
        ("+8619900000002", "code isp.SYSTEM_ERROR"),
        ("+8619900000004", "code Throttling.User"),
    ] {
        let unavailable = sms
            .send(&code_to(number))
            .await
            .expect_err("its own trouble");
        assert_eq!(unavailable.reason, code);
    }
    sms.sign_name = "别人".to_owned();
    assert_eq!(
        sms.send(&code_to("+8613700004444")).await,
        refused(Refusal::Content)
    );
    assert!(fake.sent().is_empty());
}
