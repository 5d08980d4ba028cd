//! The little of `cargo metadata` that the checks read.

use crate::shell;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::PathBuf;

/// The workspace and everything it depends on.
#[derive(Deserialize)]
pub struct Metadata {
    pub packages: Vec<Package>,
    pub workspace_members: Vec<String>,
    pub target_directory: PathBuf,
    pub resolve: Option<Resolve>,
}

/// One package as its manifest declares it.
#[derive(Deserialize)]
pub struct Package {
    pub id: String,
    pub name: String,
    pub version: String,
    pub license: Option<String>,
    #[serde(default)]
    pub dependencies: Vec<Dependency>,
    #[serde(default)]
    pub targets: Vec<Target>,
    #[serde(default)]
    pub manifest_path: PathBuf,
}

/// A dependency as declared: by package name, whatever the code calls it.
#[derive(Deserialize)]
pub struct Dependency {
    pub name: String,
    pub kind: Option<String>,
}

/// A library, binary or test of a package.
#[derive(Deserialize)]
pub struct Target {
    pub name: String,
    pub kind: Vec<String>,
}

/// The graph after features and versions were chosen.
#[derive(Deserialize)]
pub struct Resolve {
    pub nodes: Vec<Node>,
}

/// One package of the graph and what it depends on.
#[derive(Deserialize)]
pub struct Node {
    pub id: String,
    pub deps: Vec<Edge>,
}

/// One edge of the graph; `dep_kinds` tells whether code, build script or tests need it.
#[derive(Deserialize)]
pub struct Edge {
    pub pkg: String,
    pub dep_kinds: Vec<Kind>,
}

/// `null` for code, `build` or `dev`.
#[derive(Deserialize)]
pub struct Kind {
    pub kind: Option<String>,
}

impl Metadata {
    /// Our own packages, in the order of the workspace.
    pub fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
    }

    /// The package among ours with a binary of this name.
    pub fn package_of_binary(&self, binary: &str) -> Option<&Package> {
        self.members().find(|package| package.has_binary(binary))
    }
}

impl Package {
    /// A binary target of this name exists.
    pub fn has_binary(&self, binary: &str) -> bool {
        let is_bin = |target: &Target| target.kind.iter().any(|kind| kind == "bin");
        self.targets
            .iter()
            .any(|target| is_bin(target) && target.name == binary)
    }
}

impl Dependency {
    /// Needed by tests only, so never part of what ships.
    pub fn is_dev(&self) -> bool {
        self.kind.as_deref() == Some("dev")
    }
}

/// Our packages alone: fast, and needs no network.
pub fn of_workspace() -> Result<Metadata> {
    load(&["--no-deps"])
}

/// With every dependency that one of these systems needs; of all systems when none is named.
pub fn with_dependencies(targets: &[String]) -> Result<Metadata> {
    let filters: Vec<&str> = targets
        .iter()
        .flat_map(|target| ["--filter-platform", target])
        .collect();
    load(&filters)
}

fn load(more: &[&str]) -> Result<Metadata> {
    let text = shell::output_of(
        shell::cargo()
            .args(["metadata", "--format-version", "1", "--quiet"])
            .args(more),
    )?;
    serde_json::from_str(&text).context("cargo metadata printed what we cannot read")
}
