//! The web apps: Node's packages, checks, unit tests and the build that the server embeds. Each is made anew only when
//! what it is made of has changed, so that a second start takes no time.

use crate::{shell, tidy};
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Node that every tool of the lock files declares.
const NODE: (u32, u32) = (20, 19);
const WEB: &str = "web";
const BROWSER: &str = "e2e";
const DIST: &str = "crates/web-assets/dist";

/// Says what is missing of Node, or nothing.
pub fn missing_node() -> Option<String> {
    let text = Command::new("node").arg("--version").output().ok();
    let text = text.and_then(|it| String::from_utf8(it.stdout).ok());
    let found = text.as_deref().and_then(version);
    let advice = format!(
        "Node {}.{} or newer with npm (https://nodejs.org)",
        NODE.0, NODE.1
    );
    match found {
        None => Some(advice),
        Some(found) if found < NODE => Some(format!("{advice}; here is {}.{}", found.0, found.1)),
        Some(_) if !shell::on_path("npm") => Some(advice),
        Some(_) => None,
    }
}

/// `v20.19.1` as (20, 19).
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Builds the apps into the folder that the server embeds.
pub fn build() -> Result<String> {
    if let Some(missing) = missing_node() {
        bail!("missing: {missing}");
    }
    install(Path::new(WEB))?;
    let stamp = Path::new(DIST).join(".stamp");
    let digest = digest_of_sources()?;
    if fs::read_to_string(&stamp).is_ok_and(|it| it == digest) {
        return Ok("unchanged".to_owned());
    }
    npm(WEB, &["run", "--silent", "build"])?;
    fs::write(&stamp, digest).with_context(|| stamp.display().to_string())?;
    Ok("built".to_owned())
}

/// The generated types are those of the API's description, and all types hold.
pub fn check() -> Result<()> {
    npm(WEB, &["run", "--silent", "api", "--", "--check"])?;
    npm(WEB, &["run", "--silent", "check"])
}

/// Packages of the browser tests.
pub fn install_browser_tests() -> Result<()> {
    install(Path::new(BROWSER))
}

/// Lighthouse, which is heavy and asked for by the figures alone.
pub fn install_audit() -> Result<()> {
    install(Path::new("e2e/audit"))
}

/// A run of vitest in `folder`, ready for its output to be watched.
pub fn vitest(folder: &str) -> Command {
    let mut command = Command::new("npx");
    command
        .current_dir(folder)
        .args(["--no-install", "vitest", "run"]);
    command.env("CI", "1").env("NO_COLOR", "1");
    command
}

fn npm(folder: &str, arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("npm");
    command.current_dir(folder).args(arguments);
    shell::quietly(&mut command)
        .with_context(|| format!("in {folder}: npm {}", arguments.join(" ")))
}

/// `npm ci`, when the lock file is not the one that was installed. Scripts of packages never run.
fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = fs::read_to_string(&lock).with_context(|| lock.display().to_string())?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == lock) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command
        .current_dir(folder)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    shell::quietly(&mut command).with_context(|| format!("in {}: npm ci", folder.display()))?;
    fs::write(&stamp, lock).with_context(|| stamp.display().to_string())
}

/// Changes when any file changes that the built apps are made of.
fn digest_of_sources() -> Result<String> {
    let kinds = [
        "css",
        "html",
        "json",
        "mjs",
        "png",
        "svg",
        "ts",
        "vue",
        "wasm",
        "webmanifest",
    ];
    let mut sum = DefaultHasher::new();
    let mut paths: Vec<PathBuf> = tidy::files(Path::new(WEB), &kinds)?;
    paths.retain(|path| !path.ends_with("components.d.ts") && !is_test(path));
    for path in paths {
        sum.write(path.to_string_lossy().as_bytes());
        sum.write(&fs::read(&path).with_context(|| path.display().to_string())?);
    }
    Ok(format!("{:016x}", sum.finish()))
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_compared() {
        assert_eq!(version("v20.19.1\n"), Some((20, 19)));
        assert!(version("v18.20.4") < Some(NODE) && version("v22.0.0") > Some(NODE));
        assert_eq!(version("node"), None);
    }

    #[test]
    fn tests_are_not_built() {
        assert!(is_test(Path::new("web/apps/phone/test/size.test.ts")));
        assert!(!is_test(Path::new("web/apps/phone/src/main.ts")));
    }
}
