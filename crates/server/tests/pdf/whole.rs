//! OUT is whole or untouched, whatever happens on the way.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::judge;
use crate::place::Place;

const BEFORE: &[u8] = b"what was here before";

fn ready(pages: usize, bytes: usize) -> Place {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", pages, bytes);
    place.write("out.pdf", BEFORE);
    place
}

const SEAL: [&str; 9] = [
    "seal", "in.pdf", "out.pdf", "--key", "p256.key", "--cert", "p256.pem", "--seal", "seal.svg",
];

#[test]
fn a_disk_that_is_full_leaves_out_as_it_was() {
    let place = ready(3, 200_000);
    let names = place.names();
    let hulian = place.command(&SEAL);
    // 64 blocks of 512 bytes at most, and no signal about it: every write beyond fails as on a full disk.
    let mut shell = Command::new("sh");
    shell
        .current_dir(place.path("."))
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh"])
        .arg(hulian.get_program())
        .args(hulian.get_args())
        .stdin(Stdio::null());
    let output = shell.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(
        said.lines().count() == 1 && said.contains("cannot be written"),
        "{said}"
    );
    assert_eq!(place.read("out.pdf"), BEFORE);
    assert_eq!(place.names(), names, "nothing is left beside it");
}

#[test]
fn a_process_that_is_killed_leaves_out_as_it_was_or_whole() {
    let place = ready(200, 100_000);
    let whole = {
        place.seal("p256", "in.pdf", "whole.pdf", &["--mode", "all"]);
        place.read("whole.pdf").len()
    };
    let mut untouched = 0;
    for delay in [0, 2, 5, 10, 20, 40, 80, 160, 320, 640] {
        place.write("out.pdf", BEFORE);
        let seal = [SEAL.as_slice(), &["--mode", "all"]].concat();
        let mut child = place.command(&seal).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        // It may be done already.
        let _ = child.kill();
        child.wait().unwrap();
        let now = place.read("out.pdf");
        if now == BEFORE {
            untouched += 1;
        } else {
            // The room for the signature does not change, so that the length is nearly the same.
            assert!(now.len().abs_diff(whole) < 200_000, "{} bytes", now.len());
            judge::qpdf(&place.path("out.pdf"));
        }
    }
    assert!(untouched > 0, "no run was killed in time");
}

#[test]
fn sealing_and_unsealing_in_place_replace_the_file_at_once() {
    let place = ready(3, 50);
    let base = place.read("in.pdf");
    // A second name of the same file keeps the old bytes: nothing was written into them.
    std::fs::hard_link(place.path("in.pdf"), place.path("other-name.pdf")).unwrap();
    place.seal("p256", "in.pdf", "in.pdf", &[]);
    assert_eq!(place.read("other-name.pdf"), base);
    assert_eq!(place.read("in.pdf")[..base.len()], base);
    place.json(&["unseal", "in.pdf", "in.pdf"], 0, "unseal");
    assert_eq!(place.read("in.pdf"), base);
    place.json(&["page", "in.pdf", "1", "out.pdf"], 0, "page");
    assert!(place.read("out.pdf").starts_with(b"\x89PNG"));
}
