//! `cargo xtask run`: the whole system on this computer, with SQLite and the sandbox, nothing to sign up for.

use crate::{metadata, shell};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// One face of the system: what starts it and where it is opened. The bid tool and the web apps join this list.
struct Face {
    what: &'static str,
    address: &'static str,
}

const FACES: &[Face] = &[
    Face {
        what: "sandbox: SMS inbox, cashier, specimens",
        address: "http://localhost:8600/sandbox",
    },
    Face {
        what: "the API's description (OpenAPI)",
        address: "http://localhost:8600/api/v1/openapi.json",
    },
];

/// Builds what is missing and stays in the foreground until it is stopped.
pub fn run() -> Result<()> {
    if !shell::on_path("cc") {
        bail!(
            "a C compiler is missing (SQLite is built from source): on Debian, apt-get install -y gcc libc6-dev"
        );
    }
    let metadata = metadata::of_workspace()?;
    let Some(package) = metadata.package_of_binary("hulian") else {
        bail!("the binary `hulian` does not exist yet (crates/server)");
    };
    let status = shell::cargo()
        .args(["build", "-p", &package.name, "--bin", "hulian"])
        .status()
        .context("cargo build")?;
    if !status.success() {
        bail!(
            "the build failed; to repeat it: cargo build -p {} --bin hulian",
            package.name
        );
    }
    std::fs::create_dir_all("data").context("cannot make the folder data/")?;
    println!("open:");
    for face in FACES {
        println!("  {:<40} {}", face.what, face.address);
    }
    println!("data is kept in data/; stop with Ctrl-C");
    println!("the whole story in another terminal:");
    println!(
        "  target/debug/hulian demo --pdf IN.pdf --out OUT.pdf --server http://localhost:8600\n"
    );
    let program = metadata.target_directory.join("debug").join("hulian");
    // These are the server's own defaults for a computer of one's own, said aloud so that the list above is true.
    let mut server = Command::new(program);
    server.args(["serve", "--data", "data"]);
    let status = server.status().context("cannot start hulian")?;
    if !status.success() {
        bail!("hulian serve ended with {status}");
    }
    Ok(())
}
