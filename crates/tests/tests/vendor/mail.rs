//! Letters by SMTP.

use hulian_tests::vendors::{FakeMail, MAIL_PASSWORD, MAIL_USER, Trouble};
use providers::mail::{Letter, Mail as _};
use providers::vendor::Secret;
use providers::vendor::smtp::{Security, Server, SmtpMail};

use super::{NOW, PATIENCE, outside, standing_clock};

fn mail_at(port: u16, password: &str, security: Security) -> SmtpMail {
    let (_, clock) = standing_clock();
    let server = Server {
        host: "127.0.0.1".to_owned(),
        port,
        security,
        login: Some((MAIL_USER.to_owned(), Secret::parse(password).unwrap())),
        from: "互连 <noreply@hulian.example>".to_owned(),
    };
    SmtpMail::new(&server, outside(&clock)).expect("a sender")
}

fn letter(to: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        subject: "您的申请已通过".to_owned(),
        text: "单位“样本有限公司”已认证。\n.\n第三行".to_owned(),
        at: NOW,
    }
}

#[tokio::test]
async fn ops_2_a_letter_goes_out_with_its_words() {
    let fake = FakeMail::start().await;
    let mail = mail_at(fake.port, MAIL_PASSWORD, Security::Plain);
    mail.send(&letter("zhang@example.com")).await.expect("sent");
    let letters = fake.letters();
    let [letter] = letters.as_slice() else {
        panic!("{letters:?}");
    };
    assert!(letter.contains("To: zhang@example.com"), "{letter}");
    assert!(letter.contains("<noreply@hulian.example>"), "{letter}");
    assert!(
        letter.contains("Date: Mon, 02 Mar 2026 02:00:00 +0000"),
        "{letter}"
    );
    assert!(letter.contains("text/plain; charset=utf-8"), "{letter}");
    // The subject is an encoded word; the text keeps its lonely point, which would end a letter.
    assert!(letter.contains("Subject: =?utf-8?"), "{letter}");
    assert!(letter.contains("Content-Transfer-Encoding"), "{letter}");
}

#[tokio::test]
async fn ops_2_a_mail_server_refuses_by_number_and_nothing_is_repeated() {
    let fake = FakeMail::start().await;
    let mail = mail_at(fake.port, MAIL_PASSWORD, Security::Plain);
    for (to, reason) in [
        ("nobody@example.com", "code 550"),
        ("full@example.com", "code 452"),
        ("no address", "the recipient is no mail address"),
        (
            "a@b.example\r\nBcc: c@d.example",
            "the recipient is no mail address",
        ),
    ] {
        let unavailable = mail.send(&letter(to)).await.expect_err("not sent");
        assert_eq!(unavailable.reason, reason, "{to}");
    }
    let stranger = mail_at(fake.port, "wrong", Security::Plain);
    let unavailable = stranger.send(&letter("zhang@example.com")).await;
    assert_eq!(unavailable.expect_err("not signed in").reason, "code 535");
    assert!(fake.letters().is_empty());
}

#[tokio::test]
async fn ops_2_no_password_travels_without_tls_where_tls_was_wanted() {
    let fake = FakeMail::start().await;
    for security in [Security::StartTls, Security::Tls] {
        let mail = mail_at(fake.port, MAIL_PASSWORD, security);
        let start = std::time::Instant::now();
        let sent = mail.send(&letter("zhang@example.com")).await;
        assert!(sent.is_err(), "{security:?}");
        assert!(start.elapsed() < 2 * PATIENCE, "{security:?}");
    }
    let heard = fake.heard();
    assert!(
        !heard.contains("AUTH") && !heard.contains("MAIL"),
        "{heard}"
    );
}

#[tokio::test]
async fn ops_2_a_mail_server_that_is_not_there_or_never_greets_is_given_up() {
    for trouble in [Trouble::Down, Trouble::Silent] {
        let base_url = trouble.start().await;
        let port = base_url.rsplit(':').next().unwrap().parse().unwrap();
        let mail = mail_at(port, MAIL_PASSWORD, Security::Plain);
        let start = std::time::Instant::now();
        let sent = mail.send(&letter("zhang@example.com")).await;
        assert!(sent.is_err(), "{trouble:?}");
        assert!(start.elapsed() < 2 * PATIENCE, "{trouble:?}");
    }
}
