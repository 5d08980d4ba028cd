//! Somebody in the vendor's place with a certificate of their own making.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use hulian_tests::vendors::{MAIL_PASSWORD, MAIL_USER};
use providers::identity::Identity as _;
use providers::mail::{Letter, Mail as _};
use providers::specimen::PEOPLE;
use providers::vendor::Secret;
use providers::vendor::aliyun::AliyunIdentity;
use providers::vendor::smtp::{Security, Server, SmtpMail};

use super::{NOW, aliyun_at, outside, standing_clock};

/// OpenSSL's server, ended with the test.
struct Stranger {
    port: u16,
    server: Child,
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn openssl(folder: &Path, line: &str) -> Command {
    let mut command = Command::new("openssl");
    command.current_dir(folder).args(line.split(' '));
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// Right in everything but who signed it.
async fn stranger(folder: &Path) -> Stranger {
    let made = openssl(
        folder,
        "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=localhost \
         -addext subjectAltName=DNS:localhost,IP:127.0.0.1",
    )
    .stdout(Stdio::null())
    .status();
    assert!(made.expect("openssl is there").success());
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let heard = std::fs::File::create(folder.join("heard")).expect("a file");
    let server = openssl(
        folder,
        &format!("s_server -accept {port} -cert cert.pem -key key.pem"),
    )
    .stdout(heard)
    // It ends when its input does.
    .stdin(Stdio::piped())
    .spawn()
    .expect("openssl is there");
    let stranger = Stranger { port, server };
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return stranger;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("openssl s_server does not listen");
}

#[tokio::test]
async fn ops_2_a_stranger_with_a_certificate_of_their_own_learns_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let stranger = stranger(folder.path()).await;
    let (_, clock) = standing_clock();
    let authority = AliyunIdentity {
        account: aliyun_at(&format!("https://localhost:{}", stranger.port), &clock),
    };
    let asked = authority.check(PEOPLE[0].name, PEOPLE[0].id_number).await;
    let reason = asked.expect_err("no verdict").reason;
    assert!(reason.contains("certificate"), "{reason}");
    let server = Server {
        host: "localhost".to_owned(),
        port: stranger.port,
        security: Security::Tls,
        login: Some((MAIL_USER.to_owned(), Secret::parse(MAIL_PASSWORD).unwrap())),
        from: "noreply@hulian.example".to_owned(),
    };
    let mail = SmtpMail::new(&server, outside(&clock)).expect("a sender");
    let letter = Letter {
        to: "zhang@example.com".to_owned(),
        subject: "secret subject".to_owned(),
        text: "secret text".to_owned(),
        at: NOW,
    };
    let sent = mail.send(&letter).await.expect_err("not sent");
    assert!(sent.reason.contains("certificate"), "{}", sent.reason);
    let heard = std::fs::read_to_string(folder.path().join("heard")).expect("text");
    for words in [PEOPLE[0].id_number, "IdentifyNum", "EHLO", MAIL_USER] {
        assert!(!heard.contains(words), "{words}: {heard}");
    }
}
