//! How material gets into a file: merged with what is there, in the smallest objects, without a change of what is there.

use gm_pki::Algorithm;
use pdf_seal::longterm::{Material, Need, Proof};
use pdf_seal::{Outcome, Refusal};

use super::sealing::{all_pass, append, reports, written};
use super::world::World;
use crate::build::{A4, Pdf, Xref, startxref};
use crate::judge::{Bench, open, request};

const ALGORITHM: Algorithm = Algorithm::P256Sha256;

/// A signed file with a store of this shape, made by another program in a revision of its own; `CERT` is a certificate.
fn with_store(world: &World, change: &[(u32, &str)]) -> Vec<u8> {
    let sealed = world.seal(&Pdf::new(&[A4]).write(Xref::Table), true);
    let catalog = open_catalog(&sealed);
    let mut revision = Pdf::default();
    for (number, body) in change {
        revision.set(*number, body.replace("CATALOG", &catalog));
    }
    let der = &world.issuing.der;
    let head = format!("<</Length {}>>\nstream\n", der.len());
    revision.set(60, [head.as_bytes(), der, b"\nendstream"].concat());
    revision.append_table(sealed.clone(), Some(startxref(&sealed)))
}

/// What the catalog of a sealed file holds.
fn open_catalog(pdf: &[u8]) -> String {
    let text = String::from_utf8_lossy(pdf).into_owned();
    let at = text.rfind("\n1 0 obj\n<<").unwrap() + 11;
    text[at..].split(">>\nendobj").next().unwrap().to_owned()
}

/// Adds material to a file whose store is `change`: it touches the objects `touched`, not `untouched`, and passes when
/// the store was `sound`.
fn check_joined(change: &[(u32, &str)], touched: &[u32], untouched: &[u32], sound: bool) {
    let mut world = World::new(ALGORITHM);
    let base = with_store(&world, change);
    // A store that no rule allows is not made good by what comes after it.
    let policy = world.policy();
    let judge = |pdf: &[u8]| match sound {
        true => all_pass(pdf, &policy),
        false => assert_eq!(reports(pdf, &policy)[0].outcome(), Outcome::Failed),
    };
    judge(&base);
    let held = world.lt(&base);
    assert!(held.starts_with(&base));
    let objects = written(&base, &held);
    assert!(
        touched.iter().all(|number| objects.contains(number)),
        "{change:?} {objects:?}"
    );
    assert!(
        !untouched.iter().any(|number| objects.contains(number)),
        "{change:?} {objects:?}"
    );
    judge(&held);
    let material = open(&held).unwrap().material().unwrap();
    // The issuing certificate stood there and is not written again.
    let same = material
        .certificates
        .iter()
        .filter(|der| **der == world.issuing.der);
    assert_eq!(same.count(), 1);
    assert_eq!(
        (
            material.certificates.len(),
            material.crls.len(),
            material.ocsps.len()
        ),
        (5, 1, 2)
    );
    let bench = Bench::new();
    bench.qpdf(&bench.file("held.pdf", &held));
    // Once is enough.
    let gathered = world.gather(&held, &[]).unwrap();
    assert_eq!(
        open(&held)
            .unwrap()
            .append_material(&gathered.proofs)
            .unwrap(),
        None
    );
}

#[test]
fn material_joins_what_is_there_in_the_smallest_objects() {
    let vri = "/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA<</Cert[60 0 R]>>";
    // In the catalog itself.
    let direct = format!("<<CATALOG/DSS<</Certs[60 0 R]/VRI<<{vri}>>>>>>");
    check_joined(&[(1, &direct)], &[1], &[60], true);
    // An object, with everything in it.
    let store = format!("<</Certs[60 0 R]/VRI<<{vri}>>>>");
    check_joined(
        &[(1, "<<CATALOG/DSS 50 0 R>>"), (50, &store)],
        &[50],
        &[1, 60],
        true,
    );
    // Everything in objects of its own: the store is not touched for the lists that it has.
    let store = "<</Certs 51 0 R/CRLs 52 0 R/OCSPs 53 0 R/VRI 54 0 R>>";
    let vri = format!("<<{vri}>>");
    let parts = [
        (1, "<<CATALOG/DSS 50 0 R>>"),
        (50, store),
        (51, "[60 0 R]"),
        (52, "[]"),
        (53, "[]"),
        (54, vri.as_str()),
    ];
    check_joined(&parts, &[51, 52, 53, 54], &[1, 50, 60], true);
    // Broken entries prove nothing and do no harm.
    let broken = "<</Certs[60 0 R 1 0 R 99 0 R 7]/CRLs(none)/OCSPs 99 0 R/VRI 99 0 R>>";
    check_joined(
        &[(1, "<<CATALOG/DSS 50 0 R>>"), (50, broken)],
        &[50],
        &[1, 60],
        false,
    );
    check_joined(&[(1, "<<CATALOG/DSS 99 0 R>>")], &[1], &[60], false);
}

#[test]
fn entries_of_other_signatures_are_never_changed() {
    let mut world = World::new(ALGORITHM);
    let first = world.lt(&world.seal(&Pdf::new(&[A4; 2]).write(Xref::Hybrid), true));
    let second = world.seal(&first, true);
    let held = world.lt(&second);
    let text = String::from_utf8_lossy(&held[second.len()..]).into_owned();
    // The new signature's entry is written; the first one's is referred to and not written again.
    assert_eq!(text.matches("/Type/VRI").count(), 1, "{text}");
    assert_eq!(
        open(&held).unwrap().material().unwrap(),
        open(&first).unwrap().material().unwrap()
    );
    all_pass(&held, &world.policy());
}

#[test]
fn a_time_stamp_stands_where_a_seal_must_not() {
    let world = World::new(ALGORITHM);
    let mut pdf = Pdf::with(&[A4], "/Perms<</DocMDP 20 0 R>>", "");
    pdf.set(
        20,
        "<</Type/Sig/Reference[<</TransformMethod/DocMDP/TransformParams<</P 1/V/1.2>>>>]>>",
    );
    let pdf = pdf.write(Xref::Table);
    let document = open(&pdf).unwrap();
    assert_eq!(
        document.prepare(&request(&[1])).unwrap_err(),
        Refusal::DocmdpNoChanges
    );
    let stamped = world.stamp(&pdf);
    let policy = pdf_seal::Policy {
        intermediates: vec![world.issuing.der.clone()],
        ..world.policy()
    };
    all_pass(&stamped, &policy);
    let bench = Bench::new();
    bench.qpdf(&bench.file("stamped.pdf", &stamped));
    assert_eq!(reports(&stamped, &world.policy())[0].level, None);
}

#[test]
fn pitfall_17_a_seal_under_material_or_a_time_stamp_is_not_taken_away() {
    let mut world = World::new(ALGORITHM);
    let plain = Pdf::new(&[A4]).write(Xref::Table);
    let sealed = world.seal(&plain, true);
    let base = plain.len() as u64;
    assert_eq!(open(&sealed).unwrap().unseal(), Ok(base));
    let held = world.lt(&sealed);
    for later in [world.stamp(&sealed), world.lta(&sealed), held] {
        assert_eq!(open(&later).unwrap().unseal(), Err(Refusal::LaterRevision));
    }
    let stamped = world.stamp(&plain);
    assert_eq!(open(&stamped).unwrap().unseal(), Err(Refusal::NoSeal));
}

#[test]
fn nonsense_is_refused() {
    let world = World::new(ALGORITHM);
    let plain = Pdf::new(&[A4]).write(Xref::Table);
    let document = open(&plain).unwrap();
    assert_eq!(document.needs().unwrap_err(), Refusal::NoSeal);
    for room in [0, 255, 1 << 21] {
        assert_eq!(
            document.prepare_time_stamp(room).unwrap_err().code(),
            "bad_request"
        );
    }
    let material = Material {
        certificates: vec![world.leaf.der.clone()],
        ..Material::default()
    };
    for key in [
        "",
        "AB",
        &"a".repeat(40),
        "/><script>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let proof = Proof {
            vri_key: Some(key.to_owned()),
            material: material.clone(),
        };
        assert_eq!(
            document.append_material(&[proof]).unwrap_err().code(),
            "bad_request"
        );
    }
    assert!(Need::of_token(b"no token").is_err());
    assert_eq!(document.append_material(&[]).unwrap(), None);
    // Common material needs no signature.
    let proof = Proof {
        vri_key: None,
        material: material.clone(),
    };
    let gathered = pdf_seal::longterm::Gathered {
        proofs: vec![proof],
        revoked: Vec::new(),
    };
    assert_eq!(
        open(&append(&plain, &gathered))
            .unwrap()
            .material()
            .unwrap(),
        material
    );
}
