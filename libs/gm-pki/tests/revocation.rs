//! Evidence of revocation: what lists and answers prove, for whom and for when; lists and answers of OpenSSL among them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod support;

use std::process::Command;

use gm_pki::certificate::{self, Facts};
use gm_pki::crl::{self, Entry, Reason};
use gm_pki::ocsp::{self, CertId, SingleResponse, Status};
use gm_pki::path::{PathError, validate_with};
use gm_pki::revocation::{Evidence, Standing};
use gm_pki::{Algorithm, Error};
use support::{Authority, DAY, Holder, now};

const NOW: i64 = 1_795_477_310;

/// An answer about the leaf, true at a time for a day.
fn answer(all: &Authority, by: &Holder, status: Status, this_update: i64) -> Vec<u8> {
    let single = SingleResponse {
        id: CertId::new(&all.issuing.facts, &all.leaf.facts.serial).unwrap(),
        status,
        this_update,
        next_update: Some(this_update + DAY),
    };
    ocsp::respond(&[single], None, this_update, &by.der, &by.key).unwrap()
}

#[test]
fn answers_count_in_paths_beside_lists() {
    for algorithm in [Algorithm::P256Sha256, Algorithm::Sm2Sm3] {
        let all = Authority::new(algorithm, NOW);
        let known = |evidence: &Evidence, at: i64| {
            let extra = [all.issuing.der.clone()];
            validate_with(&all.leaf.der, &extra, &all.trust(), at, evidence)
                .map(|path| path.revocation_known)
        };
        let above = all.crl(&all.root, &[]);
        let good = answer(&all, &all.ocsp, Status::Good, NOW);
        let both = Evidence::read(std::slice::from_ref(&above), &[good]);
        assert_eq!(known(&both, NOW + 60), Ok(true));
        // An hour before it was made it tells as well; two days after no longer.
        assert_eq!(known(&both, NOW - 3600), Ok(true));
        assert_eq!(known(&both, NOW + 2 * DAY), Ok(false));
        assert_eq!(known(&Evidence::read(&[], &[]), NOW), Ok(false));
        let revoked = Status::Revoked {
            at: NOW,
            reason: Reason::KeyCompromise,
        };
        let revoked = answer(&all, &all.ocsp, revoked, NOW + 60);
        let both = Evidence::read(&[above], &[revoked]);
        assert_eq!(known(&both, NOW - 60), Ok(true));
        let refused = PathError::Revoked {
            at: NOW,
            reason: Reason::KeyCompromise,
            depth: 0,
        };
        assert_eq!(known(&both, NOW + 60), Err(refused));
    }
}

#[test]
fn only_the_issuer_and_its_responder_are_heard() {
    let all = Authority::new(Algorithm::P256Sha256, NOW);
    let other = Authority::new(Algorithm::P256Sha256, NOW);
    let standing = |crls: &[Vec<u8>], ocsps: &[Vec<u8>], at: i64| {
        Evidence::read(crls, ocsps).standing(&all.leaf.facts, &all.issuing.facts, at)
    };
    let good = |by: &Holder| answer(&all, by, Status::Good, NOW);
    for by in [&all.ocsp, &all.issuing] {
        assert_eq!(standing(&[], &[good(by)], NOW), Standing::Good);
    }
    for by in [&all.leaf, &all.tsa, &all.root, &other.ocsp, &other.issuing] {
        assert_eq!(standing(&[], &[good(by)], NOW), Standing::Unknown);
    }
    // An answer that names no next update is true when it is given.
    let brief = SingleResponse {
        id: CertId::new(&all.issuing.facts, &all.leaf.facts.serial).unwrap(),
        status: Status::Good,
        this_update: NOW,
        next_update: None,
    };
    let brief = [ocsp::respond(&[brief], None, NOW, &all.ocsp.der, &all.ocsp.key).unwrap()];
    assert_eq!(standing(&[], &brief, NOW + 200), Standing::Good);
    assert_eq!(standing(&[], &brief, NOW + 400), Standing::Unknown);
    let unknown = answer(&all, &all.ocsp, Status::Unknown, NOW);
    assert_eq!(standing(&[], &[unknown], NOW), Standing::Unknown);
    // After the certificate expired its issuer may have forgotten it, unless it says that it was revoked.
    let late = all.leaf.facts.not_after + DAY;
    let forgotten = answer(&all, &all.ocsp, Status::Good, late);
    assert_eq!(standing(&[], &[forgotten], NOW), Standing::Unknown);
    // A revocation counts, whatever else is said.
    let entry = Entry {
        serial: all.leaf.facts.serial.clone(),
        revoked_at: NOW - 60,
        reason: Reason::Superseded,
    };
    let lists = [all.crl(&all.issuing, &[entry])];
    let revoked = Standing::Revoked {
        at: NOW - 60,
        reason: Reason::Superseded,
    };
    assert_eq!(standing(&lists, &[good(&all.ocsp)], NOW), revoked);
    let foreign = [other.crl(&other.issuing, &[])];
    assert_eq!(standing(&foreign, &[], NOW), Standing::Unknown);
}

/// An authority kept by OpenSSL, with a responder that must itself be looked up.
struct Kept(tempfile::TempDir);

impl Kept {
    fn new() -> Self {
        let kept = Kept(tempfile::tempdir().unwrap());
        kept.write("index.txt", "");
        kept.write("serial", "1001\n");
        kept.write("crlnumber", "01\n");
        kept.write(
            "ca.cnf",
            "[ca]\ndefault_ca=it\n[it]\ndatabase=index.txt\nserial=serial\ncrlnumber=crlnumber\n\
             new_certs_dir=.\ndefault_md=sha256\ndefault_days=30\ndefault_crl_days=7\npolicy=any\n\
             unique_subject=no\n[any]\ncommonName=supplied\n[req]\ndistinguished_name=name\n[name]\n\
             [root]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\n\
             subjectKeyIdentifier=hash\n\
             [leaf]\nkeyUsage=critical,digitalSignature\ncrlDistributionPoints=URI:http://ca.test/users.crl\n\
             [responder]\nextendedKeyUsage=OCSPSigning\n\
             [users]\nissuingDistributionPoint=critical,@only_users\n[only_users]\nonlyuser=TRUE\n\
             [authorities]\nissuingDistributionPoint=critical,@only_ca\n[only_ca]\nonlyCA=TRUE\n\
             [point]\nissuingDistributionPoint=critical,@named\n[named]\nfullname=URI:http://ca.test/users.crl\n\
             [elsewhere]\nissuingDistributionPoint=critical,@other\n[other]\nfullname=URI:http://ca.test/other.crl\n\
             [indirect]\nissuingDistributionPoint=critical,@through\n[through]\nindirectCRL=TRUE\n\
             [some]\nissuingDistributionPoint=critical,@reasons\n[reasons]\nonlysomereasons=keyCompromise\n\
             [strange]\n1.2.3.4=critical,ASN1:NULL\n",
        );
        kept.run("req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config ca.cnf -extensions root -subj /CN=Root -days 60 -keyout ca.key -out ca.pem");
        for who in ["leaf", "responder"] {
            kept.run(&format!("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config ca.cnf -subj /CN={who} -keyout {who}.key -out {who}.csr"));
            kept.run(&format!("ca -batch -notext -config ca.cnf -keyfile ca.key -cert ca.pem -extensions {who} -in {who}.csr -out {who}.pem"));
        }
        kept
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.0.path().join(name), bytes).unwrap();
    }

    fn run(&self, command: &str) {
        let output = Command::new("openssl")
            .args(command.split_whitespace())
            .current_dir(self.0.path())
            .output()
            .expect("openssl is missing: apt-get install openssl");
        assert!(
            output.status.success(),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn der(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join(name)).unwrap()
    }

    fn facts(&self, name: &str) -> Facts {
        let text = String::from_utf8(self.der(name)).unwrap();
        let der = gm_pki::pem::decode_all("CERTIFICATE", &text)
            .unwrap()
            .remove(0);
        certificate::parse(&der).unwrap()
    }

    fn list(&self, extensions: &str) -> Vec<u8> {
        let extensions = if extensions.is_empty() {
            String::new()
        } else {
            format!("-crlexts {extensions}")
        };
        self.run(&format!(
            "ca -gencrl -config ca.cnf -keyfile ca.key -cert ca.pem {extensions} -out it.crl"
        ));
        self.run("crl -in it.crl -outform DER -out it.der");
        self.der("it.der")
    }
}

#[test]
fn lists_of_openssl_count_within_their_scope() {
    let kept = Kept::new();
    let (root, leaf) = (kept.facts("ca.pem"), kept.facts("leaf.pem"));
    let standing = |der: Vec<u8>| Evidence::read(&[der], &[]).standing(&leaf, &root, now());
    for scope in ["", "users", "point"] {
        assert_eq!(standing(kept.list(scope)), Standing::Good, "{scope}");
    }
    for scope in ["authorities", "elsewhere"] {
        let list = kept.list(scope);
        assert!(crl::parse(&list).is_ok(), "{scope}");
        assert_eq!(standing(list), Standing::Unknown, "{scope}");
    }
    // These would be misread as complete.
    for scope in ["indirect", "some", "strange"] {
        let list = kept.list(scope);
        assert!(
            matches!(crl::parse(&list), Err(Error::Unsupported(_))),
            "{scope}"
        );
        assert_eq!(standing(list), Standing::Unknown, "{scope}");
    }
}

#[test]
fn answers_of_openssl_are_read_and_a_revoked_responder_is_not_heard() {
    let kept = Kept::new();
    let (root, leaf) = (kept.facts("ca.pem"), kept.facts("leaf.pem"));
    let responder = kept.facts("responder.pem");
    assert!(!responder.is_exempt_from_revocation());
    let id = CertId::new(&root, &leaf.serial).unwrap();
    kept.write(
        "request.der",
        ocsp::request(&[id], Some(b"0123456789abcdef")),
    );
    let ask = || {
        kept.run("ocsp -index index.txt -CA ca.pem -rsigner responder.pem -rkey responder.key -reqin request.der -ndays 1 -respout response.der");
        kept.der("response.der")
    };
    let good = ask();
    let response = ocsp::parse_response(&good).unwrap();
    let verify = |nonce| response.verify(&root, &leaf.serial, Some(nonce), now());
    assert_eq!(verify(b"0123456789abcdef".as_slice()), Ok(Status::Good));
    assert_eq!(
        verify(b"another".as_slice()),
        Err(Error::Mismatch("nonce of the OCSP response"))
    );
    let standing = |crls: &[Vec<u8>], ocsps: &[Vec<u8>], at: i64| {
        Evidence::read(crls, ocsps).standing(&leaf, &root, at)
    };
    assert_eq!(
        standing(&[kept.list("")], std::slice::from_ref(&good), now()),
        Standing::Good
    );
    kept.run(
        "ca -config ca.cnf -keyfile ca.key -cert ca.pem -revoke leaf.pem -crl_reason keyCompromise",
    );
    let revoked = ask();
    assert!(matches!(
        standing(&[], &[revoked], now() + 5),
        Standing::Revoked {
            reason: Reason::KeyCompromise,
            ..
        }
    ));
    // Revoked itself, a responder without exemption is not heard any more.
    kept.run("ca -config ca.cnf -keyfile ca.key -cert ca.pem -revoke responder.pem");
    let list = crl::parse(&kept.list("")).unwrap();
    let since = list.entry(&responder.serial).unwrap().revoked_at;
    let late = SingleResponse {
        id: CertId::new(&root, &leaf.serial).unwrap(),
        status: Status::Good,
        this_update: since + 60,
        next_update: Some(since + DAY),
    };
    let key =
        gm_pki::SoftKey::from_pem(&String::from_utf8(kept.der("responder.key")).unwrap()).unwrap();
    let text = String::from_utf8(kept.der("responder.pem")).unwrap();
    let der = gm_pki::pem::decode_all("CERTIFICATE", &text)
        .unwrap()
        .remove(0);
    let late = ocsp::respond(&[late], None, since + 60, &der, &key).unwrap();
    // A list that says nothing of the leaf, so that the answer alone is heard or not.
    let elsewhere = kept.list("elsewhere");
    assert_eq!(
        standing(&[], std::slice::from_ref(&late), since),
        Standing::Good
    );
    assert_eq!(standing(&[elsewhere], &[late], since), Standing::Unknown);
}
