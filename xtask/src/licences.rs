//! What ships links only code whose licence `deny.toml` allows, and none of the crates that it bans.
//!
//! `deny.toml` is the single list; it is in the form of cargo-deny, which reads the same file where it is installed.

use crate::metadata::{self, Metadata, Package};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
struct Deny {
    #[serde(default)]
    graph: Graph,
    licenses: Licenses,
    bans: Bans,
}

#[derive(Default, Deserialize)]
struct Graph {
    #[serde(default)]
    targets: Vec<String>,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    #[serde(default)]
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    #[serde(default)]
    wrappers: Vec<String>,
    reason: String,
}

/// Fails with every crate that may not be linked, else says how many were looked at.
pub fn check() -> Result<String> {
    let text = std::fs::read_to_string("deny.toml").context("deny.toml")?;
    let deny: Deny = toml::from_str(&text).context("deny.toml")?;
    let metadata = metadata::with_dependencies(&deny.graph.targets)?;
    let linked = linked(&metadata)?;
    let faults = faults(&deny, &linked);
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(format!("{} linked crates", linked.len()))
}

/// A package that ships and the names of those that use it.
type Linked<'a> = BTreeMap<&'a str, (&'a Package, BTreeSet<&'a str>)>;

/// Everything reachable from our packages over code and build scripts; what only tests need is left out,
/// as `exclude-dev` of `deny.toml` says.
fn linked(metadata: &Metadata) -> Result<Linked<'_>> {
    let packages: BTreeMap<&str, &Package> = metadata
        .packages
        .iter()
        .map(|package| (package.id.as_str(), package))
        .collect();
    let resolve = metadata
        .resolve
        .as_ref()
        .context("cargo metadata without a graph")?;
    let nodes: BTreeMap<&str, _> = resolve
        .nodes
        .iter()
        .map(|node| (node.id.as_str(), node))
        .collect();
    let mut linked = Linked::new();
    let mut waiting: Vec<(&str, Option<&str>)> = metadata
        .workspace_members
        .iter()
        .map(|id| (id.as_str(), None))
        .collect();
    while let Some((id, user)) = waiting.pop() {
        let package = *packages
            .get(id)
            .with_context(|| format!("{id} is not described"))?;
        let is_new = !linked.contains_key(id);
        let (_, users) = linked
            .entry(id)
            .or_insert_with(|| (package, BTreeSet::new()));
        users.extend(user);
        if !is_new {
            continue;
        }
        let edges = nodes.get(id).map_or(&[][..], |node| &node.deps);
        for edge in edges {
            if edge
                .dep_kinds
                .iter()
                .any(|kind| kind.kind.as_deref() != Some("dev"))
            {
                waiting.push((&edge.pkg, Some(&package.name)));
            }
        }
    }
    Ok(linked)
}

fn faults(deny: &Deny, linked: &Linked<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    for (package, users) in linked.values() {
        let named = format!("{} {}", package.name, package.version);
        let exception = deny
            .licenses
            .exceptions
            .iter()
            .find(|it| it.name == package.name);
        let allowed = |licence: &str| {
            let also = exception.map_or(&[][..], |it| &it.allow);
            deny.licenses
                .allow
                .iter()
                .chain(also)
                .any(|it| it == licence)
        };
        match package.license.as_deref() {
            None => faults.push(format!("{named} names no licence (used by {users:?})")),
            Some(expression) if !satisfied(expression, &allowed) => faults.push(format!(
                "{named} is under {expression:?}, which deny.toml does not allow (used by {users:?})"
            )),
            Some(_) => {}
        }
        let Some(ban) = deny.bans.deny.iter().find(|ban| ban.name == package.name) else {
            continue;
        };
        for user in users
            .iter()
            .filter(|user| !ban.wrappers.iter().any(|it| it == *user))
        {
            faults.push(format!("{user} must not use {named}: {}", ban.reason));
        }
    }
    faults
}

/// An SPDX expression holds: `OR` needs one side, `AND` both, `AND` binds closer. The old form `MIT/Apache-2.0` means `OR`.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let holds = any_of(&mut rest, allowed);
    holds && rest.is_empty()
}

fn any_of(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut holds = all_of(words, allowed);
    while let [first, rest @ ..] = *words
        && *first == "OR"
    {
        *words = rest;
        // Not `||`, which would leave the right side unread.
        holds |= all_of(words, allowed);
    }
    holds
}

fn all_of(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut holds = one(words, allowed);
    while let [first, rest @ ..] = *words
        && *first == "AND"
    {
        *words = rest;
        holds &= one(words, allowed);
    }
    holds
}

fn one(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let holds = any_of(words, allowed);
            let [")", rest @ ..] = *words else {
                return false;
            };
            *words = rest;
            holds
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            allowed(&format!("{licence} WITH {exception}"))
        }
        [licence, rest @ ..] => {
            *words = rest;
            allowed(licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(expression: &str, expected: bool) {
        let allowed = |licence: &str| ["MIT", "Apache-2.0", "Unicode-3.0"].contains(&licence);
        assert_eq!(satisfied(expression, &allowed), expected, "{expression}");
    }

    #[test]
    fn expressions_are_read_as_spdx_says() {
        check("MIT", true);
        check("GPL-3.0-only", false);
        check("MIT OR GPL-3.0-only", true);
        check("GPL-3.0-only/MIT", true);
        check("MIT AND GPL-3.0-only", false);
        check("(MIT OR GPL-3.0-only) AND Unicode-3.0", true);
        check("MIT OR Apache-2.0 AND GPL-3.0-only", true);
        check("GPL-2.0-only WITH Classpath-exception-2.0", false);
        check("(MIT", false);
        check("MIT MIT", false);
        check("", false);
    }

    fn faults_of(kind: Option<&str>, user: &str, licence: &str) -> Vec<String> {
        let metadata: Metadata = serde_json::from_value(json!({
            "packages": [
                {"id": "u", "name": user, "version": "0.1.0", "license": "MIT"},
                {"id": "o", "name": "openssl", "version": "0.10.0", "license": licence},
            ],
            "workspace_members": ["u"], "target_directory": "/t",
            "resolve": {"nodes": [
                {"id": "u", "deps": [{"pkg": "o", "dep_kinds": [{"kind": kind}]}]},
                {"id": "o", "deps": []},
            ]},
        }))
        .unwrap();
        let deny: Deny = toml::from_str(
            r#"
            [licenses]
            allow = ["MIT"]
            [bans]
            deny = [{ crate = "openssl", wrappers = ["the-tests"], reason = "a judge only" }]
            "#,
        )
        .unwrap();
        faults(&deny, &linked(&metadata).unwrap())
    }

    #[test]
    fn bans_spare_tests_and_those_named() {
        assert!(faults_of(Some("dev"), "a-library", "MIT").is_empty());
        assert!(faults_of(None, "the-tests", "MIT").is_empty());
        assert_eq!(faults_of(None, "a-library", "MIT").len(), 1);
    }

    #[test]
    fn licences_bind_what_is_linked() {
        assert!(faults_of(Some("dev"), "the-tests", "GPL-3.0-only").is_empty());
        assert_eq!(
            faults_of(Some("build"), "the-tests", "GPL-3.0-only").len(),
            1
        );
    }
}
