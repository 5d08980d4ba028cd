//! `cargo xtask layers`: layers are crates, so the direction of the arrows is a property of the manifests.

use crate::metadata::{self, Metadata, Package};
use anyhow::{Result, bail};

/// One room of the house: what it may use of ours, and what it must not contain.
struct Room {
    package: &'static str,
    may_use: &'static [&'static str],
    must_not_use: &'static [&'static str],
}

const LIBRARIES: &[&str] = &[
    "card-ocr",
    "card-ocr-specimens",
    "cosign",
    "eseal",
    "gm-pki",
    "pdf-seal",
];

/// Network, storage, runtimes and system randomness: what no stand-alone library may reach for.
const OUTSIDE: &[&str] = &[
    "axum",
    "getrandom",
    "hyper",
    "object_store",
    "reqwest",
    "sqlx",
    "tokio",
];

/// `libs/pdf-seal` builds and judges CMS structures, and a second X.509 reader beside `libs/gm-pki` would be
/// a second place for mistakes. It is the one edge between libraries.
const BETWEEN_LIBRARIES: (&str, &str) = ("pdf-seal", "gm-pki");

/// The service, from the ground up. A package that is in none of these lists is a mistake, not an exception.
const ROOMS: &[Room] = &[
    Room {
        package: "hulian-domain",
        may_use: &[],
        must_not_use: &[
            "axum",
            "getrandom",
            "reqwest",
            "serde_json",
            "sqlx",
            "tokio",
            "utoipa",
        ],
    },
    // What both sides sign: `app` and `client` must make the same bytes, and neither may know the other.
    Room {
        package: "hulian-protocol",
        may_use: &[],
        must_not_use: OUTSIDE,
    },
    Room {
        package: "hulian-mapped-file",
        may_use: &[],
        must_not_use: OUTSIDE,
    },
    Room {
        package: "hulian-web-assets",
        may_use: &[],
        must_not_use: &["sqlx", "reqwest"],
    },
    Room {
        package: "hulian-store",
        may_use: &["hulian-domain"],
        must_not_use: &["axum", "reqwest"],
    },
    // The queue is a table, and everything that speaks SQL lives in the store.
    Room {
        package: "hulian-jobs",
        may_use: &["hulian-domain", "hulian-store"],
        must_not_use: &["axum", "reqwest"],
    },
    Room {
        package: "hulian-providers",
        may_use: &["hulian-domain", "cosign", "eseal", "gm-pki", "card-ocr"],
        must_not_use: &["sqlx"],
    },
    Room {
        package: "hulian-issuer",
        may_use: &["hulian-domain", "gm-pki"],
        must_not_use: &["axum", "object_store", "reqwest", "sqlx"],
    },
    Room {
        package: "hulian-app",
        may_use: &[
            "hulian-protocol",
            "hulian-domain",
            "hulian-store",
            "hulian-jobs",
            "hulian-providers",
            "hulian-issuer",
            "hulian-mapped-file",
            "cosign",
            "eseal",
            "gm-pki",
            "pdf-seal",
            "card-ocr",
        ],
        must_not_use: &["axum"],
    },
    Room {
        package: "hulian-http",
        may_use: &[
            "hulian-protocol",
            "hulian-domain",
            "hulian-app",
            "hulian-web-assets",
        ],
        must_not_use: &["reqwest", "sqlx"],
    },
    Room {
        package: "hulian-client",
        may_use: &["hulian-protocol", "cosign", "eseal", "gm-pki", "pdf-seal"],
        must_not_use: &["axum", "sqlx"],
    },
    Room {
        package: "hulian-desk",
        may_use: &[
            "hulian-protocol",
            "hulian-client",
            "hulian-mapped-file",
            "hulian-web-assets",
            "cosign",
            "eseal",
            "gm-pki",
            "pdf-seal",
        ],
        must_not_use: &["sqlx"],
    },
    // The binary wires everything and gives the libraries their command lines; key halves stay out of its hands.
    Room {
        package: "hulian-server",
        may_use: &[
            "hulian-protocol",
            "hulian-domain",
            "hulian-store",
            "hulian-jobs",
            "hulian-providers",
            "hulian-issuer",
            "hulian-app",
            "hulian-http",
            "hulian-client",
            "hulian-desk",
            "hulian-mapped-file",
            "hulian-web-assets",
            "eseal",
            "gm-pki",
            "pdf-seal",
        ],
        must_not_use: &[],
    },
];

/// Packages that no one ships: they may look at everything, and nothing may look at them.
fn is_free(package: &Package) -> bool {
    let below_benches = package
        .manifest_path
        .components()
        .any(|part| part.as_os_str() == "benches" || part.as_os_str() == "fuzz");
    below_benches || ["hulian-tests", "xtask"].contains(&package.name.as_str())
}

/// Fails with every forbidden edge, else says how many packages were looked at.
pub fn run() -> Result<String> {
    let metadata = metadata::of_workspace()?;
    let faults = faults(&metadata);
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(format!("{} packages", metadata.members().count()))
}

fn faults(metadata: &Metadata) -> Vec<String> {
    let ours: Vec<&str> = metadata
        .members()
        .map(|member| member.name.as_str())
        .collect();
    metadata
        .members()
        .filter(|package| !is_free(package))
        .flat_map(|package| faults_of(package, &ours))
        .collect()
}

fn faults_of(package: &Package, ours: &[&str]) -> Vec<String> {
    let name = package.name.as_str();
    let Some((may_use, must_not_use)) = rules_of(name) else {
        return vec![format!(
            "{name} has no room: give it one in xtask/src/layers.rs and in ARCHITECTURE.md"
        )];
    };
    let mut faults = Vec::new();
    // What only tests need does not ship and cannot turn an arrow round.
    for dependency in package.dependencies.iter().filter(|it| !it.is_dev()) {
        let used = dependency.name.as_str();
        if ours.contains(&used) && !may_use.contains(&used) {
            faults.push(format!(
                "{name} must not use {used}: the arrows point the other way"
            ));
        } else if must_not_use.contains(&used) {
            faults.push(format!("{name} must not contain {used}"));
        }
    }
    faults
}

type Names = &'static [&'static str];

fn rules_of(name: &str) -> Option<(Names, Names)> {
    const OF_PDF_SEAL: &[&str] = &[BETWEEN_LIBRARIES.1];
    if name == BETWEEN_LIBRARIES.0 {
        return Some((OF_PDF_SEAL, OUTSIDE));
    }
    if LIBRARIES.contains(&name) {
        return Some((&[], OUTSIDE));
    }
    let room = ROOMS.iter().find(|room| room.package == name)?;
    Some((room.may_use, room.must_not_use))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A package and its dependencies, each with its kind.
    type MadeUp = (
        &'static str,
        &'static [(&'static str, Option<&'static str>)],
    );

    /// A made-up workspace.
    fn workspace(packages: &[MadeUp]) -> Metadata {
        let packages: Vec<_> = packages
            .iter()
            .map(|(name, dependencies)| {
                let dependencies: Vec<_> = dependencies
                    .iter()
                    .map(|(name, kind)| json!({"name": name, "kind": kind}))
                    .collect();
                let folder = if *name == "made-up-bench" { "benches" } else { "crates" };
                json!({"id": name, "name": name, "version": "0.1.0", "license": "Apache-2.0",
                    "dependencies": dependencies, "manifest_path": format!("/r/{folder}/{name}/Cargo.toml")})
            })
            .collect();
        let members: Vec<_> = packages
            .iter()
            .map(|package| package["id"].clone())
            .collect();
        serde_json::from_value(json!({"packages": packages, "workspace_members": members,
            "target_directory": "/r/target"}))
        .unwrap()
    }

    fn check(packages: &[MadeUp], expected: &[&str]) {
        let faults = faults(&workspace(packages));
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, expected) in faults.iter().zip(expected) {
            assert!(
                fault.contains(expected),
                "{fault:?} does not say {expected:?}"
            );
        }
    }

    #[test]
    fn arrows_down_are_allowed() {
        check(
            &[
                ("hulian-app", &[("hulian-store", None), ("cosign", None)]),
                ("hulian-store", &[("hulian-domain", None), ("sqlx", None)]),
                ("hulian-domain", &[]),
                ("pdf-seal", &[("gm-pki", None)]),
                ("gm-pki", &[]),
                ("cosign", &[]),
            ],
            &[],
        );
    }

    #[test]
    fn arrows_up_are_refused() {
        check(
            &[
                ("hulian-domain", &[("hulian-store", None)]),
                ("hulian-store", &[("hulian-providers", None)]),
                ("hulian-client", &[("hulian-app", Some("build"))]),
                ("hulian-app", &[]),
                ("hulian-providers", &[]),
            ],
            &["hulian-domain", "hulian-store", "hulian-client"],
        );
    }

    #[test]
    fn libraries_stand_alone() {
        check(
            &[
                ("gm-pki", &[("pdf-seal", None)]),
                ("cosign", &[("hulian-domain", None), ("tokio", None)]),
                ("pdf-seal", &[("cosign", None)]),
                ("hulian-domain", &[]),
            ],
            &[
                "gm-pki",
                "use hulian-domain",
                "contain tokio",
                "pdf-seal must not use cosign",
            ],
        );
    }

    #[test]
    fn rooms_keep_what_they_must_not_contain_out() {
        check(
            &[
                ("hulian-domain", &[("tokio", None)]),
                ("hulian-http", &[("sqlx", None)]),
                ("hulian-app", &[("axum", None)]),
            ],
            &["contain tokio", "contain sqlx", "contain axum"],
        );
    }

    #[test]
    fn what_only_tests_need_is_free() {
        check(
            &[
                ("cosign", &[("tokio", Some("dev"))]),
                ("hulian-tests", &[("hulian-app", None)]),
                ("made-up-bench", &[("hulian-app", None)]),
                ("hulian-app", &[]),
            ],
            &[],
        );
    }

    #[test]
    fn a_package_without_a_room_is_refused() {
        check(&[("hulian-attic", &[])], &["no room"]);
    }
}
