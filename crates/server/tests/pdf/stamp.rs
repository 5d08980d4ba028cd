//! Time stamps from a small service of our own that can also misbehave.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use gm_pki::certificate::{self, IssuerFacts, Plan, Profile};
use gm_pki::name::Subject;
use gm_pki::{Algorithm, ObjectIdentifier, Signer as _, SoftKey, tsp};

use crate::judge;
use crate::place::Place;

const POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.99999.1");
/// 2020-01-01 to 2049, so that the tests do not age.
const VALID: (i64, i64) = (1_577_836_800, 2_493_072_000);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Honest,
    OtherData,
    OtherNonce,
    Refusing,
    Endless,
    Broken,
}

fn rng() -> rand_core::UnwrapErr<getrandom::SysRng> {
    rand_core::UnwrapErr(getrandom::SysRng)
}

struct Stamper {
    time: i64,
    key: SoftKey,
    certificate: Vec<u8>,
    root: Vec<u8>,
}

impl Stamper {
    fn new(algorithm: Algorithm, time: i64) -> Self {
        let (root_key, key) = (
            SoftKey::generate(algorithm, &mut rng()).unwrap(),
            SoftKey::generate(algorithm, &mut rng()).unwrap(),
        );
        let plan = |profile, name: &str, key: &SoftKey, issuer: Option<IssuerFacts>| Plan {
            profile,
            // One issuer gives no number twice.
            serial: vec![if issuer.is_none() { 0x11 } else { 0x22 }; 16],
            subject: Subject {
                country: Some("CN".to_owned()),
                organization: Some("Test".to_owned()),
                common_name: Some(name.to_owned()),
                ..Subject::default()
            },
            spki_der: key.public_key_der().to_vec(),
            not_before: VALID.0,
            not_after: VALID.1,
            issuer,
            policy: None,
            crl_url: Some("http://localhost/crl".to_owned()),
            ocsp_url: None,
            issuer_url: Some("http://localhost/ca".to_owned()),
        };
        let mut plan_of_root = plan(Profile::Root, "Root", &root_key, None);
        (plan_of_root.crl_url, plan_of_root.issuer_url) = (None, None);
        let root = certificate::issue(&plan_of_root, &root_key).unwrap();
        let issuer = IssuerFacts::from(&certificate::parse(&root).unwrap());
        let stamper = Plan {
            not_after: VALID.0 + 20 * 365 * 86_400,
            ..plan(Profile::TimeStamper, "Stamper", &key, Some(issuer))
        };
        let tbs = certificate::to_be_signed(&stamper, algorithm).unwrap();
        let certificate = certificate::assemble(&tbs, algorithm, &root_key.sign(&tbs).unwrap());
        Self {
            time,
            key,
            certificate,
            root,
        }
    }

    fn answer(&self, request: &[u8], manner: Manner) -> Vec<u8> {
        let request = tsp::parse_request(request).unwrap();
        let other = tsp::imprint_of(Algorithm::P256Sha256, b"something else");
        let plan = tsp::TokenPlan {
            policy: POLICY,
            imprint: if manner == Manner::OtherData {
                &other
            } else {
                &request.imprint
            },
            serial: &[1, 2, 3],
            time: self.time,
            accuracy_seconds: 1,
            nonce: if manner == Manner::OtherNonce {
                Some(&[9])
            } else {
                request.nonce.as_deref()
            },
            with_certificates: true,
        };
        let token = || tsp::token(&plan, &[&self.certificate, &self.root], &self.key).unwrap();
        match manner {
            Manner::Refusing => tsp::refusal(tsp::Failure::SystemFailure, "out of order"),
            Manner::Endless => vec![0x30; tsp::MAX_RESPONSE_BYTES + 1],
            Manner::Broken => {
                let mut answer = tsp::response(&token());
                *answer.last_mut().unwrap() ^= 1;
                answer
            }
            _ => tsp::response(&token()),
        }
    }

    /// Serves one request on a port of its own and gives its address.
    fn serve(self, manner: Manner) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/tsa", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
            let body = loop {
                let read = stream.read(&mut chunk).unwrap();
                bytes.extend_from_slice(&chunk[..read]);
                if let Some(body) = whole_body(&bytes) {
                    break body;
                }
            };
            let answer = self.answer(&body, manner);
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/timestamp-reply\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                answer.len()
            );
            // The other side may hang up in the middle of what is too long.
            let _ = stream.write_all(&[head.as_bytes(), &answer].concat());
        });
        address
    }
}

fn whole_body(bytes: &[u8]) -> Option<Vec<u8>> {
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..at]).to_lowercase();
    let line = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))?;
    let length: usize = line.trim().parse().unwrap();
    bytes.get(at + 4..at + 4 + length).map(<[u8]>::to_vec)
}

fn stamped(kind: &str, algorithm: Algorithm) {
    let place = Place::new();
    place.identity(kind);
    place.paper("in.pdf", 2, 50);
    let text = String::from_utf8(place.read(&format!("{kind}.pem"))).unwrap();
    let der = gm_pki::pem::decode_all("CERTIFICATE", &text)
        .unwrap()
        .remove(0);
    let stamper = Stamper::new(algorithm, certificate::parse(&der).unwrap().not_before);
    let root = stamper.root.clone();
    place.write("tsa.der", &root);
    place.openssl(&[
        "x509", "-inform", "DER", "-in", "tsa.der", "-out", "tsa.pem",
    ]);
    let url = stamper.serve(Manner::Honest);
    let said = place.seal(kind, "in.pdf", "out.pdf", &["--tsa", &url, "--level", "t"]);
    assert_eq!(said["level"], "t");
    let own = format!("{kind}.pem");
    let said = place.json(
        &["verify", "out.pdf", "--trust", &own, "--trust", "tsa.pem"],
        0,
        "verify",
    );
    let time = &said["signatures"][0]["time"];
    assert_eq!(
        (&time["kind"], &time["trusted"]),
        (&"time_stamp".into(), &true.into()),
        "{said:#}"
    );
    judge::qpdf(&place.path("out.pdf"));
    if kind != "sm2" {
        place.write(
            "both.pem",
            [place.read(&own), place.read("tsa.pem")].concat(),
        );
        let said = judge::pyhanko(&place.path("out.pdf"), &place.path("both.pem"));
        assert!(
            said.contains(r#""time_stamp": {"valid": true, "trusted": true}"#),
            "{said}"
        );
    }
}

#[test]
fn p256_seals_carry_stamps_that_pyhanko_believes() {
    stamped("p256", Algorithm::P256Sha256);
}

#[test]
fn sm2_seals_carry_sm2_stamps() {
    stamped("sm2", Algorithm::Sm2Sm3);
}

#[test]
fn stamps_that_are_none_leave_the_file_alone() {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", 2, 50);
    place.write("out.pdf", "what was here before");
    let before = place.names();
    let manners = [
        Manner::OtherData,
        Manner::OtherNonce,
        Manner::Refusing,
        Manner::Endless,
        Manner::Broken,
    ];
    let mut urls: Vec<String> = manners
        .map(|manner| Stamper::new(Algorithm::P256Sha256, VALID.0).serve(manner))
        .to_vec();
    // Nobody listens here.
    urls.push("http://127.0.0.1:9/tsa".to_owned());
    for url in urls {
        let seal = [
            "seal", "in.pdf", "out.pdf", "--key", "p256.key", "--cert", "p256.pem", "--tsa", &url,
        ];
        let said = place.json(&seal, 4, "refused");
        assert_eq!(said["refused"]["code"], "time_stamp", "{said}");
        assert_eq!(
            (place.read("out.pdf").as_slice(), place.names()),
            (b"what was here before".as_slice(), before.clone())
        );
    }
}
