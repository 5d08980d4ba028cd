//! Levels lt and lta and `extend`, against services on this machine that can also fail.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use app::clock::{Clock as _, SystemClock};
use gm_pki::{Algorithm, pem};
use serde_json::Value;

use crate::judge;
use crate::place::Place;
use crate::world::{DAY, Manner, World};

/// A place whose signer `it.key`, `it.pem` belongs to a world on a port of this machine.
struct Ready {
    place: Place,
    world: Arc<Mutex<World>>,
    base: String,
}

fn now() -> i64 {
    SystemClock.now().micros().div_euclid(1_000_000)
}

impl Ready {
    fn new(algorithm: Algorithm) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let world = Arc::new(Mutex::new(World::at(algorithm, now(), &base)));
        let serving = Arc::clone(&world);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                serve(&mut stream.unwrap(), &serving);
            }
        });
        let place = Place::new();
        {
            let world = world.lock().unwrap();
            let key = world.leaf.key.to_pkcs8_der().unwrap();
            let certificate = |der: &[u8]| pem::encode("CERTIFICATE", der).unwrap();
            place.write("it.key", pem::encode("PRIVATE KEY", &key).unwrap());
            place.write(
                "it.pem",
                certificate(&world.leaf.der) + &certificate(&world.issuing.der),
            );
            place.write("root.pem", certificate(&world.root.der));
        }
        place.paper("in.pdf", 2, 50);
        place.write("out.pdf", "what was here before");
        Self { place, world, base }
    }

    fn change(&self, change: impl FnOnce(&mut World)) {
        // A service that panicked has told what went wrong already.
        change(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn tsa(&self) -> String {
        format!("{}/tsa", self.base)
    }

    /// What is said of sealing at a level.
    fn seal(&self, level: &str, code: i32) -> Value {
        let tsa = self.tsa();
        let seal = [
            "seal", "in.pdf", "out.pdf", "--key", "it.key", "--cert", "it.pem", "--level", level,
        ];
        let stamp = if level == "b" {
            Vec::new()
        } else {
            vec!["--tsa", &tsa]
        };
        let schema = if code == 0 { "seal" } else { "refused" };
        self.place
            .json(&[seal.as_slice(), &stamp].concat(), code, schema)
    }

    fn extend(&self, from: &str, more: &[&str], code: i32) -> Value {
        let schema = if code == 0 { "extend" } else { "refused" };
        let extend = ["extend", from, "out.pdf"];
        self.place
            .json(&[extend.as_slice(), more].concat(), code, schema)
    }

    /// Levels of the signatures, all of which pass.
    fn levels(&self, file: &str) -> Vec<Value> {
        let verify = ["verify", file, "--trust", "root.pem"];
        let said = self.place.json(&verify, 0, "verify");
        let signatures = said["signatures"].as_array().unwrap();
        signatures.iter().map(|it| it["level"].clone()).collect()
    }

    /// Nothing was written.
    fn untouched(&self, said: &Value, code: &str, word: &str) {
        assert_eq!(said["refused"]["code"], code, "{said}");
        let message = said["refused"]["message"].as_str().unwrap();
        assert!(message.contains(word), "{message}");
        assert_eq!(self.place.read("out.pdf"), b"what was here before");
        assert!(
            !self
                .place
                .names()
                .iter()
                .any(|name| name.starts_with(".hulian"))
        );
    }
}

/// One request of HTTP/1.1 and its answer.
fn serve(stream: &mut TcpStream, world: &Mutex<World>) {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    let (path, body) = loop {
        let read = stream.read(&mut chunk).unwrap();
        if read == 0 {
            return;
        }
        bytes.extend_from_slice(&chunk[..read]);
        if let Some(whole) = whole(&bytes) {
            break whole;
        }
    };
    let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
    let (status, answer) = match path.as_str() {
        "/long.crl" => ("200 OK", vec![0x30; gm_pki::crl::MAX_CRL_BYTES + 1]),
        path => match world.serve(path, &body) {
            Ok(answer) => ("200 OK", answer),
            Err(_) => ("503 Service Unavailable", Vec::new()),
        },
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        answer.len()
    );
    // The other side may hang up in the middle of what is too long.
    let _ = stream.write_all(&[head.as_bytes(), &answer].concat());
}

fn whole(bytes: &[u8]) -> Option<(String, Vec<u8>)> {
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let path = head.split(' ').nth(1).unwrap().to_owned();
    let lower = head.to_lowercase();
    let length = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
    Some((path, bytes.get(at + 4..at + 4 + length)?.to_vec()))
}

/// pyHanko's verdict with nothing but the file, where it knows the family.
fn judged(ready: &Ready, file: &str, algorithm: Algorithm) {
    let (place, path) = (&ready.place, ready.place.path(file));
    judge::qpdf(&path);
    if algorithm != Algorithm::Sm2Sm3 {
        let at = (now() + 60).to_string();
        judge::pyhanko_longterm(&path, &at, &place.path("root.pem"));
    }
}

fn sealed_and_extended(algorithm: Algorithm) {
    let ready = Ready::new(algorithm);
    let said = ready.seal("lt", 0);
    assert_eq!(said["level"], "lt");
    assert_eq!(said["len"], ready.place.read("out.pdf").len());
    assert_eq!(ready.levels("out.pdf"), ["B-LT"]);
    let said = ready.seal("lta", 0);
    assert_eq!(
        (&said["level"], &said["time_stamps"][0]),
        (&"lta".into(), &"TimeStamp_1".into())
    );
    assert_eq!(ready.levels("out.pdf"), [Value::from("B-LTA"), Value::Null]);
    judged(&ready, "out.pdf", algorithm);
    // An old file is brought there without its key, and further.
    ready.seal("b", 0);
    let plain = ready.place.read("out.pdf");
    ready.place.write("plain.pdf", &plain);
    ready.place.write("it.key", "gone");
    let tsa = ready.tsa();
    let said = ready.extend("plain.pdf", &["--level", "lt", "--trust", "root.pem"], 0);
    assert_eq!(said["signatures"][0]["level"], "B-B");
    assert!(
        said["notes"][0].as_str().unwrap().contains("--tsa"),
        "{said}"
    );
    ready.extend("plain.pdf", &["--level", "lt", "--tsa", &tsa], 0);
    assert_eq!(ready.levels("out.pdf")[0], "B-LTA");
    for count in 2..4 {
        let lta = ["--level", "lta", "--tsa", &tsa, "--trust", "root.pem"];
        let said = ready.extend("out.pdf", &lta, 0);
        assert_eq!(
            said["time_stamps"][0],
            format!("TimeStamp_{count}"),
            "{said}"
        );
        assert!(ready.place.read("out.pdf").starts_with(&plain));
        judged(&ready, "out.pdf", algorithm);
    }
    assert_eq!(ready.levels("out.pdf").len(), 4);
    let ran = ready
        .place
        .run(&["verify", "out.pdf", "--trust", "root.pem"]);
    assert!(ran.stdout.contains("level B-LTA"), "{}", ran.stdout);
    assert!(ran.stdout.contains("document time stamp"), "{}", ran.stdout);
}

#[test]
fn rsa_seals_reach_every_level() {
    sealed_and_extended(Algorithm::RsaSha256);
}

#[test]
fn p256_seals_reach_every_level() {
    sealed_and_extended(Algorithm::P256Sha256);
}

#[test]
fn sm2_seals_reach_every_level() {
    sealed_and_extended(Algorithm::Sm2Sm3);
}

#[test]
fn bouncy_castle_believes_sm2_signatures_and_sm2_document_time_stamps() {
    let ready = Ready::new(Algorithm::Sm2Sm3);
    // It looks for the stamper's chain in the token alone.
    ready.change(|world| world.with_chain = true);
    ready.seal("lta", 0);
    let tsa = ready.tsa();
    ready.extend("out.pdf", &["--level", "lta", "--tsa", &tsa], 0);
    let (out, root) = (ready.place.path("out.pdf"), ready.place.path("root.pem"));
    let said = judge::bouncy_castle(&out, &root);
    assert_eq!(said.matches("pdf-cms valid").count(), 3, "{said}");
    assert_eq!(said.matches("document-stamp=").count(), 2, "{said}");
}

#[test]
fn what_cannot_be_found_out_refuses_with_the_address() {
    let ready = Ready::new(Algorithm::P256Sha256);
    let (ocsp, list) = (
        format!("{}/ocsp", ready.base),
        format!("{}/issuing.crl", ready.base),
    );
    ready.change(|world| (world.ocsp, world.lists) = (Manner::Down, Manner::Down));
    let said = ready.seal("lt", 4);
    ready.untouched(&said, "material_missing", &ocsp);
    ready.untouched(&said, "material_missing", &list);
    ready.untouched(&said, "material_missing", "503");
    ready.change(|world| (world.ocsp, world.lists) = (Manner::Old, Manner::Old));
    ready.untouched(&ready.seal("lta", 4), "material_missing", "out of date");
    ready.change(|world| (world.ocsp, world.lists) = (Manner::WrongResponder, Manner::Down));
    ready.untouched(
        &ready.seal("lt", 4),
        "material_missing",
        "signature of the OCSP response",
    );
    ready.change(|world| {
        (world.ocsp, world.lists) = (Manner::Honest, Manner::Honest);
        world.revoked = vec![(world.leaf.facts.serial.clone(), world.now - DAY)];
    });
    ready.untouched(&ready.seal("lt", 4), "revoked", "互连测试");
}

#[test]
fn addresses_of_others_are_asked_within_bounds() {
    let check = |change: &dyn Fn(&str) -> String, word: &str| {
        let ready = Ready::new(Algorithm::P256Sha256);
        ready.change(|world| {
            let point = change(&ready.base);
            world.issue_leaf(&point);
            let certificate = |der: &[u8]| pem::encode("CERTIFICATE", der).unwrap();
            ready.place.write(
                "it.pem",
                certificate(&world.leaf.der) + &certificate(&world.issuing.der),
            );
            let key = world.leaf.key.to_pkcs8_der().unwrap();
            ready
                .place
                .write("it.key", pem::encode("PRIVATE KEY", &key).unwrap());
            world.ocsp = Manner::Down;
        });
        ready.untouched(&ready.seal("lt", 4), "material_missing", word);
    };
    check(&|base| format!("{base}/long.crl"), "too long");
    check(
        &|_| "http://127.0.0.1:9/nobody.crl".to_owned(),
        "127.0.0.1:9",
    );
    check(&|base| format!("{base}/nothing.crl"), "503");
}

#[test]
fn extending_refuses_what_makes_no_sense() {
    let ready = Ready::new(Algorithm::P256Sha256);
    let refused = |from: &str, more: &[&str], code: &str, word: &str| {
        ready.untouched(&ready.extend(from, more, 4), code, word);
    };
    refused("in.pdf", &["--level", "lt"], "no_seal", "no seal");
    refused("in.pdf", &["--level", "t"], "bad_level", "lt or lta");
    refused("in.pdf", &["--level", "lta"], "bad_level", "--tsa");
    refused("it.pem", &["--level", "lt"], "not_pdf", "it.pem");
    ready.seal("b", 0);
    ready.place.write("sealed.pdf", ready.place.read("out.pdf"));
    ready.place.write("out.pdf", "what was here before");
    let silent = ["--level", "lta", "--tsa", "http://127.0.0.1:9/tsa"];
    refused("sealed.pdf", &silent, "time_stamp", "127.0.0.1:9");
    refused(
        "sealed.pdf",
        &["--level", "lta", "--tsa", "ftp://127.0.0.1/tsa"],
        "time_stamp",
        "only http",
    );
    ready.place.identity("p256");
    let other = ["--level", "lt", "--trust", "p256.pem"];
    refused(
        "sealed.pdf",
        &other,
        "material_missing",
        "does not lead to a root",
    );
    ready.change(|world| (world.ocsp, world.lists) = (Manner::Down, Manner::Down));
    refused(
        "sealed.pdf",
        &["--level", "lt"],
        "material_missing",
        "/ocsp",
    );
}
