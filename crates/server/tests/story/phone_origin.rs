//! A changed phone origin is refused while anybody has a certificate, unless it is accepted by name.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::paper;
use crate::server::{Server, hulian};

fn serve(data: &Path, port: u16, phone_url: &str) -> Command {
    let mut command = hulian();
    command
        .args(["serve", "--phone-url", phone_url, "--listen"])
        .arg(format!("127.0.0.1:{port}"))
        .arg("--data")
        .arg(data);
    command
}

/// How long a start may take, the first one with its issuing keys too.
const START: Duration = Duration::from_secs(60);

/// Starts it, waits until it answers, and ends it. It listens before it has looked at the origin, but answers only after.
fn starts(command: &mut Command, port: u16) {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let end = Instant::now() + START;
    let mut stream = loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => break stream,
            Err(_) => assert!(Instant::now() < end, "{command:?} does not listen"),
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    stream.set_read_timeout(Some(START)).expect("set");
    stream
        .write_all(b"GET /healthz HTTP/1.0\r\n\r\n")
        .expect("asked");
    let mut status = [0; 12];
    let answered = stream.read_exact(&mut status);
    child.kill().expect("killed");
    child.wait().expect("waited");
    answered.unwrap_or_else(|error| panic!("{command:?} does not answer: {error}"));
    assert_eq!(&status[9..], b"204");
}

/// What it says when it refuses to start.
fn refuses(command: &mut Command) -> String {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let end = Instant::now() + START;
    while child.try_wait().expect("asked").is_none() {
        if Instant::now() > end {
            child.kill().expect("killed");
            panic!("{command:?} goes on");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().expect("said");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    said
}

#[test]
fn a_changed_phone_origin_is_refused_while_anybody_has_a_certificate() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, port) = (folder.path().join("server"), Server::free_port());
    let [first, second, third] =
        ["first", "second", "third"].map(|name| format!("http://{name}.localhost"));
    // Nobody has anything yet.
    starts(&mut serve(&data, port, &first), port);
    starts(&mut serve(&data, port, &second), port);
    // Now somebody has: the demonstration lets the system choose its port and leaves the origin as it was.
    let input = folder.path().join("in.pdf");
    paper::write(&input, 1);
    let mut demo = hulian();
    demo.args(["demo", "--product", "sm2", "--pdf"]).arg(&input);
    demo.arg("--out").arg(folder.path().join("out.pdf"));
    demo.arg("--data").arg(folder.path());
    assert!(demo.output().expect("runs").status.success());

    let said = refuses(&mut serve(&data, port, &third));
    for part in [&second, &third, &format!("--accept-phone-url {third}")] {
        assert!(said.contains(part), "{part} is missing: {said}");
    }
    // Only the new one by its own name is accepted, and then remembered.
    refuses(serve(&data, port, &third).args(["--accept-phone-url", &first]));
    starts(&mut serve(&data, port, &second), port);
    starts(
        serve(&data, port, &third).args(["--accept-phone-url", &third]),
        port,
    );
    starts(&mut serve(&data, port, &third), port);
    refuses(&mut serve(&data, port, &second));
    // An acceptance of long ago accepts nothing new.
    refuses(serve(&data, port, &second).args(["--accept-phone-url", &third]));
}
