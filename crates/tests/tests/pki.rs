//! The public addresses, judged by OpenSSL.

use std::path::Path;
use std::process::Command;

use domain::product::Algorithm;
use hulian_tests::{Answer, TestApp, both};
use reqwest::Method;

fn openssl(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new("openssl")
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("openssl");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

async fn fetch(app: &TestApp, path: &str, media_type: &str) -> Vec<u8> {
    let answer = app.get(path).await;
    assert_eq!(
        (
            answer.status.as_u16(),
            answer.headers["content-type"].to_str().expect("text")
        ),
        (200, media_type),
        "{path}"
    );
    answer.bytes
}

fn pem(label: &str, der: &[u8]) -> String {
    use base64ct::{Base64, Encoding as _};
    let text = Base64::encode_string(der);
    let lines: Vec<_> = text
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}

both! {
    async fn cert_16_openssl_follows_chain_list_and_status(app: TestApp) {
        let phone = app.phone(0).await;
        let unit = app.unit(&phone, 0).await;
        let installed = app.holding_installed(&phone, Some(&unit), Algorithm::Rsa).await;
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path();
        let write = |name: &str, text: String| std::fs::write(place.join(name), text).expect("written");
        let root = fetch(&app, "/pki/rsa/root.cer", "application/pkix-cert").await;
        let issuing = fetch(&app, "/pki/rsa/issuing.cer", "application/pkix-cert").await;
        assert_eq!(installed.chain, [issuing.clone(), root.clone()]);
        write("root.pem", pem("CERTIFICATE", &root));
        write("issuing.pem", pem("CERTIFICATE", &issuing));
        write("leaf.pem", pem("CERTIFICATE", &installed.certificate));
        let lists = async || {
            let root = fetch(&app, "/pki/rsa/root.crl", "application/pkix-crl").await;
            let issuing = fetch(&app, "/pki/rsa/issuing.crl", "application/pkix-crl").await;
            write("lists.pem", pem("X509 CRL", &root) + &pem("X509 CRL", &issuing));
        };
        let at = app.app.now().plus_seconds(60).seconds().to_string();
        let verify = [
            "verify", "-x509_strict", "-crl_check_all", "-attime", &at, "-CAfile", "root.pem", "-untrusted", "issuing.pem",
            "-CRLfile", "lists.pem", "leaf.pem",
        ];
        let url = format!("{}/pki/rsa/ocsp", app.base_url);
        // The service's clock stands in March 2026, so OpenSSL is told to overlook by how much the answer is old or early.
        let skew = (2_000_000_000 - app.app.now().seconds()).to_string();
        let ask = [
            "ocsp", "-url", &url, "-issuer", "issuing.pem", "-cert", "leaf.pem", "-CAfile", "root.pem", "-verify_other", "issuing.pem",
            "-VAfile", "issuing.pem", "-validity_period", &skew,
        ];
        // OpenSSL's client blocks its thread, and the service answers on others.
        lists().await;
        let (good, text) = openssl(place, &verify);
        assert!(good, "{text}");
        let (_, text) = tokio::task::block_in_place(|| openssl(place, &ask));
        assert!(text.contains("leaf.pem: good"), "{text}");

        let mut tx = app.app.db.begin_write("test.revoke").await.expect("a transaction");
        let id = installed.certificate_id.parse().expect("an id");
        assert!(app::certificate::revoke(&app.app, &mut tx, id, issuer::Reason::Superseded).await.expect("revoked"));
        assert!(!app::certificate::revoke(&app.app, &mut tx, id, issuer::Reason::KeyCompromise).await.expect("asked"));
        tx.commit().await.expect("committed");
        lists().await;
        let (good, text) = openssl(place, &verify);
        assert!(!good && text.contains("certificate revoked"), "{text}");
        let (_, text) = tokio::task::block_in_place(|| openssl(place, &ask));
        assert!(text.contains("leaf.pem: revoked") && text.contains("superseded"), "{text}");
        let holding = installed.holding_id.parse().expect("an id");
        let certificate = app::certificate::in_force(&app.app.db, holding).await.expect("asked").expect("one");
        let refusal = app::key_half::server_key(&app.app, &app.app.db, &certificate).await.err().expect("no half");
        assert_eq!(refusal.code(), "certificate_revoked");
    }

    async fn cert_16_a_list_is_signed_anew_only_when_it_must_be(app: TestApp) {
        for family in ["rsa", "sm2"] {
            let path = format!("/pki/{family}/issuing.crl");
            let first = fetch(&app, &path, "application/pkix-crl").await;
            assert_eq!(fetch(&app, &path, "application/pkix-crl").await, first);
        }
        let first = fetch(&app, "/pki/sm2/root.crl", "application/pkix-crl").await;
        app.clock.advance_s(13 * 3600);
        let next = fetch(&app, "/pki/sm2/root.crl", "application/pkix-crl").await;
        assert_ne!(first, next);
        let number = |der: &[u8]| gm_pki::crl::parse(der).expect("a list").number;
        assert!(number(&next) > number(&first));
    }

    async fn cert_16_ocsp_answers_post_and_get_and_refuses_inside_the_answer(app: TestApp) {
        let phone = app.phone(0).await;
        let installed = app.holding_installed(&phone, None, Algorithm::Sm2).await;
        let issuing = gm_pki::certificate::parse(&installed.chain[0]).expect("a certificate");
        let leaf = gm_pki::certificate::parse(&installed.certificate).expect("a certificate");
        let id = gm_pki::ocsp::CertId::new(&issuing, &leaf.serial);
        let request = gm_pki::ocsp::request(&[id.expect("an id")], None);
        let posted = Answer::of(app.request(Method::POST, "/pki/sm2/ocsp").body(request.clone())).await;
        let encoded = { use base64ct::{Base64, Encoding as _}; Base64::encode_string(&request) };
        let encoded = encoded.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        let got = app.get(&format!("/pki/sm2/ocsp/{encoded}")).await;
        for answer in [posted, got] {
            assert_eq!(answer.headers["content-type"], "application/ocsp-response");
            let response = gm_pki::ocsp::parse_response(&answer.bytes).expect("a response");
            assert!(format!("{response:?}").contains("Good"), "{response:?}");
        }
        let nonsense = Answer::of(app.request(Method::POST, "/pki/sm2/ocsp").body("nonsense")).await;
        // RFC 6960 4.2.1: OCSPResponse with malformedRequest (1) and nothing else.
        assert_eq!(nonsense.bytes, [0x30, 0x03, 0x0a, 0x01, 0x01]);
        let large = Answer::of(app.request(Method::POST, "/pki/sm2/ocsp").body(vec![0; 9000])).await;
        assert_eq!(large.status.as_u16(), 413);
        app.get("/pki/dsa/root.cer").await.problem(404, "not_found");
    }

    async fn cert_16_openssl_accepts_a_time_stamp(app: TestApp) {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path();
        std::fs::write(place.join("data"), "投标文件").expect("written");
        let (made, text) = openssl(place, &["ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query"]);
        assert!(made, "{text}");
        let query = std::fs::read(place.join("query")).expect("a query");
        let answer = Answer::of(app.request(Method::POST, "/pki/rsa/tsa").body(query)).await;
        assert_eq!(answer.headers["content-type"], "application/timestamp-reply");
        std::fs::write(place.join("reply"), answer.bytes).expect("written");
        let root = fetch(&app, "/pki/rsa/root.cer", "application/pkix-cert").await;
        let issuing = fetch(&app, "/pki/rsa/issuing.cer", "application/pkix-cert").await;
        std::fs::write(place.join("root.pem"), pem("CERTIFICATE", &root)).expect("written");
        std::fs::write(place.join("issuing.pem"), pem("CERTIFICATE", &issuing)).expect("written");
        let at = app.app.now().plus_seconds(60).seconds().to_string();
        let verify = [
            "ts", "-verify", "-data", "data", "-in", "reply", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "-attime", &at,
        ];
        let (good, text) = openssl(place, &verify);
        assert!(good, "{text}");
    }
}

#[test]
fn the_address_in_certificates_is_fixed_at_the_first_start() {
    use app::pki::{IssuerError, open_issuer};
    use app::random::OsRandom;
    use app::{Draw, RandomSource};
    use issuer::Params;

    let folder = tempfile::tempdir().expect("a folder");
    let vault = store::Vault::open(folder.path(), &store::vault::AsTheyAre).expect("keys");
    let now = domain::Instant::from_seconds(1_772_416_800);
    let open = |pki_url: &str, production| {
        let params = Params {
            rsa_bits: 2048,
            ..Params::new(pki_url, "Hulian Test")
        };
        let mut rng = Draw::from(std::sync::Arc::new(OsRandom) as std::sync::Arc<dyn RandomSource>);
        open_issuer(&vault, folder.path(), params, production, now, &mut rng)
    };
    let local = open("http://localhost:8600/pki", true);
    assert!(matches!(local, Err(IssuerError::LocalAddress(_))));
    let first = open("http://pki.example.cn/pki", true).expect("made");
    let again = open("http://pki.example.cn/pki", true).expect("read back");
    for family in issuer::Family::ALL {
        assert_eq!(first.certificates(family), again.certificates(family));
    }
    let changed = open("http://other.example.cn/pki", true);
    assert!(matches!(changed, Err(IssuerError::AddressChanged { .. })));
    // Sealed: the key file says nothing to those who lack the vault's key.
    let sealed = std::fs::read(folder.path().join("issuer")).expect("the file");
    assert!(!sealed.windows(6).any(|window| window == b"Hulian"));
    std::fs::write(folder.path().join("issuer"), &sealed[1..]).expect("written");
    assert!(matches!(
        open("http://pki.example.cn/pki", true),
        Err(IssuerError::Vault(_))
    ));
}
