//! What the checks need besides cargo: looked for, then installed (as root on Debian) or named.
//!
//! The judges are programs that know nothing of us: OpenSSL, BouncyCastle, pyHanko, poppler, qpdf and vendors' SDKs.

use crate::{metadata, shell};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One thing that must be there, how to see that it is, and what brings it on Debian.
struct Need {
    what: &'static str,
    is_there: fn() -> bool,
    packages: &'static [&'static str],
}

/// Where Debian has it; the test looks there too.
const SOFTHSM: &str = "/usr/lib/softhsm/libsofthsm2.so";

const NEEDS: &[Need] = &[
    Need {
        what: "a C compiler",
        is_there: || shell::on_path("cc"),
        packages: &["gcc", "libc6-dev"],
    },
    Need {
        what: "OpenSSL and its headers",
        is_there: || {
            shell::on_path("openssl") && shell::succeeds("pkg-config", &["--exists", "openssl"])
        },
        packages: &["openssl", "libssl-dev", "pkg-config"],
    },
    Need {
        what: "PostgreSQL server programs (initdb, postgres)",
        is_there: has_postgres,
        packages: &["postgresql"],
    },
    Need {
        what: "SoftHSM, a hardware module in software (softhsm2-util and its module)",
        is_there: || shell::on_path("softhsm2-util") && Path::new(SOFTHSM).is_file(),
        packages: &["softhsm2"],
    },
    Need {
        what: "setpriv",
        is_there: || shell::on_path("setpriv"),
        packages: &["util-linux"],
    },
    Need {
        what: "poppler's tools (pdfsig, pdftoppm)",
        is_there: || shell::on_path("pdfsig") && shell::on_path("pdftoppm"),
        packages: &["poppler-utils"],
    },
    Need {
        what: "qpdf",
        is_there: || shell::on_path("qpdf"),
        packages: &["qpdf"],
    },
    Need {
        what: "a Java development kit (its launcher compiles the judge)",
        is_there: || shell::succeeds("javac", &["-version"]),
        packages: &["default-jdk-headless"],
    },
    Need {
        what: "BouncyCastle's jars in /usr/share/java",
        is_there: || {
            ["bcprov", "bcpkix", "bcutil"]
                .iter()
                .all(|it| Path::new(&format!("/usr/share/java/{it}.jar")).exists())
        },
        packages: &["libbcprov-java", "libbcpkix-java", "libbcutil-java"],
    },
    Need {
        what: "Python 3 with venv",
        is_there: || shell::succeeds("python3", &["-c", "import venv, ensurepip"]),
        packages: &["python3", "python3-venv"],
    },
    Need {
        what: "Chromium, in which the apps are tested",
        is_there: || chromium().is_some(),
        packages: &["chromium"],
    },
    Need {
        what: "fonts with Chinese characters, for pictures of the screens",
        is_there: || shell::succeeds("sh", &["-c", "fc-list :lang=zh | grep -q ."]),
        packages: &["fontconfig", "fonts-noto-cjk"],
    },
];

/// The browser of the tests: `CHROMIUM`, or one on the path.
pub fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(path)).filter(|path| path.is_file());
    }
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .iter()
    .map(PathBuf::from)
    .find(|path| path.is_file())
}

fn has_postgres() -> bool {
    let installed =
        |folder: &Path| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    debian
        .map(|version| version.path().join("bin"))
        .any(|folder| installed(&folder))
        || (shell::on_path("initdb") && shell::on_path("postgres"))
}

/// Installs what is missing, or names all of it.
pub fn check() -> Result<String> {
    for component in ["fmt", "clippy"] {
        if !shell::cargo()
            .args([component, "--version"])
            .output()?
            .status
            .success()
        {
            bail!("cargo {component} is missing: rustup component add rustfmt clippy");
        }
    }
    if let Some(node) = crate::web::missing_node() {
        bail!("missing: {node}");
    }
    let missing = || {
        NEEDS
            .iter()
            .filter(|need| !(need.is_there)())
            .collect::<Vec<_>>()
    };
    let before = missing();
    if !before.is_empty() {
        let packages: Vec<&str> = before
            .iter()
            .flat_map(|need| need.packages)
            .copied()
            .collect();
        let names: Vec<&str> = before.iter().map(|need| need.what).collect();
        let advice = format!(
            "missing: {}\non Debian: apt-get install -y {}",
            names.join(", "),
            packages.join(" ")
        );
        if !may_install() {
            bail!("{advice}");
        }
        install(&packages).context(advice)?;
    }
    let after: Vec<&str> = missing().iter().map(|need| need.what).collect();
    if !after.is_empty() {
        bail!("still missing after the installation: {}", after.join(", "));
    }
    prepare_judges()?;
    Ok(if before.is_empty() {
        "all there".to_owned()
    } else {
        format!("{} installed", before.len())
    })
}

fn may_install() -> bool {
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|it| it.stdout.trim_ascii() == b"0");
    root && shell::on_path("apt-get")
}

fn install(packages: &[&str]) -> Result<()> {
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        shell::quietly(
            command
                .env("DEBIAN_FRONTEND", "noninteractive")
                .arg("-q")
                .args(arguments),
        )
    };
    // An image may come without package lists, and old lists name packages that are gone.
    apt(&["update"]).context("apt-get update")?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments).context("apt-get install")
}

const PINS: &str = "crates/tests/judges/requirements.txt";

fn judges_folder() -> Result<PathBuf> {
    Ok(metadata::of_workspace()?
        .target_directory
        .join("judges-venv"))
}

/// The Python with pyHanko, when it has been prepared. Tests get it as `HULIAN_PYTHON`.
pub fn judges_python() -> Option<PathBuf> {
    let python = judges_folder().ok()?.join("bin").join("python3");
    python.exists().then_some(python)
}

/// A virtual environment with the pinned judges, made anew when the pins changed or the last try broke off.
fn prepare_judges() -> Result<()> {
    let folder = judges_folder()?;
    let stamp = folder.join("installed.txt");
    let pins = fs::read_to_string(PINS).context(PINS)?;
    let python = folder.join("bin").join("python3");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == pins)
        && shell::succeeds(&python.to_string_lossy(), &["-c", "import pyhanko"])
    {
        return Ok(());
    }
    shell::quietly(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )
    .context("python3 -m venv")?;
    let mut pip = Command::new(python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
        PINS,
    ]);
    shell::quietly(&mut pip).context("pip install")?;
    Ok(fs::write(stamp, pins)?)
}
