//! Anybody can have a PDF judged; nothing is kept.

use std::fmt::Write as _;

use hulian_tests::{Answer, TestApp, both};
use reqwest::Method;

const ROUTE: &str = "/api/v1/verifications";

/// One empty page.
fn paper() -> Vec<u8> {
    let bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>",
        "<</Type/Page/Parent 2 0 R>>",
    ];
    let mut out = "%PDF-1.7\n".to_owned();
    let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
    for (index, body) in bodies.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        write!(out, "{} 0 obj\n{body}\nendobj\n", index + 1).unwrap();
    }
    let start = out.len();
    write!(
        out,
        "{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    out.into_bytes()
}

/// `pdf`, signed by a key that no root of the server knows.
fn signed_by_a_stranger(pdf: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let openssl = |arguments: &[&str]| {
        let output = std::process::Command::new("openssl")
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    let request = pdf_seal::Request {
        time_unix: 1_795_477_310,
        contents_bytes: 4096,
        ..Default::default()
    };
    let document = pdf_seal::Document::open(std::sync::Arc::new(pdf.to_vec())).unwrap();
    let mut prepared = document.prepare(&request).unwrap();
    let whole = [pdf, prepared.increment()].concat();
    let [start, first, second, length] = prepared.byte_range().map(|n| usize::try_from(n).unwrap());
    std::fs::write(
        folder.path().join("content"),
        [&whole[start..first], &whole[second..second + length]].concat(),
    )
    .unwrap();
    openssl(&[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "3650",
        "-subj",
        "/O=Stranger Ltd/CN=Stranger",
        "-keyout",
        "key",
        "-out",
        "pem",
    ]);
    openssl(&[
        "cms",
        "-sign",
        "-binary",
        "-cades",
        "-nosmimecap",
        "-md",
        "sha256",
        "-outform",
        "DER",
        "-in",
        "content",
        "-inkey",
        "key",
        "-signer",
        "pem",
        "-out",
        "cms",
    ]);
    prepared
        .embed(&std::fs::read(folder.path().join("cms")).unwrap())
        .unwrap();
    let mut out = Vec::new();
    prepared.write_to(&mut out).unwrap();
    out
}

async fn send(app: &TestApp, media_type: &str, body: Vec<u8>) -> Answer {
    let request = app
        .request(Method::POST, ROUTE)
        .header("content-type", media_type)
        .body(body);
    Answer::of(request).await
}

both! {
    async fn doc_4_a_file_is_judged_with_reasons(app: TestApp) {
        let report = send(&app, "application/pdf", paper()).await.ok(200);
        assert_eq!((report["outcome"].as_str(), report["sandbox"].as_bool()), (Some("no_signature"), Some(true)));
        let signed = signed_by_a_stranger(&paper());
        let report = send(&app, "application/pdf", signed.clone()).await.ok(200);
        let signature = &report["signatures"][0];
        assert_eq!((signature["signer"].as_str(), signature["unit"].as_str()), (Some("Stranger"), Some("Stranger Ltd")));
        assert_eq!((signature["integrity"].as_str(), signature["chain"].as_str()), (Some("intact"), Some("untrusted")));
        assert!(signature["codes"].as_array().unwrap().contains(&"signer_untrusted".into()), "{signature}");
        let mut changed = signed;
        changed[20] ^= 1;
        let report = send(&app, "application/pdf", changed).await;
        // The flipped bit lies in the catalog: either the reader refuses the file or the signature is broken.
        if report.status.as_u16() == 200 {
            assert_eq!(report.json()["signatures"][0]["integrity"], "broken");
        } else {
            report.problem(400, "pdf_refused");
        }
    }
}

both! {
    async fn what_is_no_pdf_is_refused_and_the_flood_is_stopped(app: TestApp) {
        send(&app, "application/json", b"{}".to_vec()).await.problem(400, "content_type_invalid");
        let problem = send(&app, "application/pdf", b"hello".to_vec()).await.problem(400, "pdf_refused");
        assert_eq!(problem["reason"], "not_pdf");
        send(&app, "application/pdf", Vec::new()).await.problem(400, "pdf_refused");
        for _ in 0..18 {
            send(&app, "application/pdf", b"hello".to_vec()).await.problem(400, "pdf_refused");
        }
        send(&app, "application/pdf", b"hello".to_vec()).await.problem(429, "rate_limited");
    }
}
