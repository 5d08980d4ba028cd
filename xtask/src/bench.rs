//! `cargo xtask bench`: our figures beside those of our peers, taken in the same run.
//!
//! An area is a package `benches/AREA` named `bench-AREA`. It prints one JSON array on standard output and nothing else there:
//! `[{"name": "...", "ours": 1.2, "peer": 3.4, "unit": "ms", "ratio": 2.8, "peer_name": "..."}]`,
//! `ratio` above 1 where we are the better one, and a `note` where the figure needs a sentence; `hash_passes` where the digest of the file is the floor. It fails rather than leave a figure out.

use crate::{metadata, shell, suite, web};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Figure {
    name: String,
    ours: f64,
    peer: f64,
    unit: String,
    ratio: f64,
    peer_name: String,
    /// How many passes of the digest over the same file it took, where that is the floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hash_passes: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// `[--json] [AREA]`; without an area all of them run.
pub fn run(arguments: &[String]) -> Result<()> {
    let as_json = arguments.iter().any(|it| it == "--json");
    let chosen: Vec<&String> = arguments.iter().filter(|it| *it != "--json").collect();
    let known = areas()?;
    let areas: Vec<String> = match chosen.as_slice() {
        [] if known.is_empty() => {
            bail!(
                "no area of figures exists yet (a package bench-AREA in benches/AREA, and \"benches/*\" among the members in Cargo.toml)"
            )
        }
        [] => known,
        [area] if known.contains(area) => vec![(*area).clone()],
        _ => bail!("not an area: {chosen:?}; there are {known:?}"),
    };
    let mut figures = Vec::new();
    for area in areas {
        figures.extend(measure(&area).with_context(|| format!("area {area}"))?);
    }
    if as_json {
        println!("{}", serde_json::to_string_pretty(&figures)?);
        return Ok(());
    }
    let table = table(&figures);
    print!("{table}");
    if chosen.is_empty() {
        let page = format!("{PAGE_HEAD}{}\n\n{table}", machine()?);
        std::fs::write(PAGE, page).context(PAGE)?;
        println!("\nwrote {PAGE}");
    }
    Ok(())
}

const PAGE: &str = "docs/benchmarks.md";
const PAGE_HEAD: &str = "\
# Benchmarks

Written by `cargo xtask bench`. Each figure stands beside a peer's from the same run on the same machine; a ratio above 1
means that we are the better one. Compare ratios, not times: machines differ.

";

/// What the figures were taken on.
fn machine() -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split(':').nth(1))
        .map_or("unknown processor", str::trim);
    let rustc = shell::output_of(std::process::Command::new("rustc").arg("--version"))?;
    Ok(format!("{cores} cores, {model}, {}.", rustc.trim()))
}

/// The workspace is the registry.
fn areas() -> Result<Vec<String>> {
    let metadata = metadata::of_workspace()?;
    let names = metadata
        .members()
        .filter_map(|member| member.name.strip_prefix("bench-"));
    Ok(names
        .map(str::to_owned)
        .chain([BROWSER.to_owned()])
        .collect())
}

/// The one area that is no package: Lighthouse over the phone app, beside the aim of 95 points.
const BROWSER: &str = "web";

fn measure_in_browser() -> Result<String> {
    web::build()?;
    web::install_audit()?;
    let path = metadata::of_workspace()?
        .target_directory
        .join("figures-web.json");
    let mut command = suite::in_browser()?;
    command.args(["--config", "audit.config.ts"]);
    command.env("HULIAN_FIGURES", &path);
    shell::quietly(&mut command)?;
    std::fs::read_to_string(&path).with_context(|| path.display().to_string())
}

fn measure(area: &str) -> Result<Vec<Figure>> {
    let package = format!("bench-{area}");
    let mut command = shell::cargo();
    command.args(["run", "--quiet", "--release", "-p", &package]);
    if let Some(python) = crate::needs::judges_python() {
        command.env("HULIAN_PYTHON", python);
    }
    let text = if area == BROWSER {
        measure_in_browser()?
    } else {
        shell::output_of(&mut command)?
    };
    let figures: Vec<Figure> = serde_json::from_str(&text)
        .with_context(|| format!("{package} printed no array of figures"))?;
    if figures.is_empty() {
        bail!("{package} measured nothing");
    }
    Ok(figures)
}

fn table(figures: &[Figure]) -> String {
    let mut text = String::from("| figure | ours | peer | ratio |\n| --- | --- | --- | --- |\n");
    for it in figures {
        let line = format!(
            "| {} | {:.3} {unit} | {:.3} {unit} ({}) | {:.2} |\n",
            it.name,
            it.ours,
            it.peer,
            it.peer_name,
            it.ratio,
            unit = it.unit
        );
        text.push_str(&line);
        if let Some(passes) = it.hash_passes {
            text.push_str(&format!(
                "| | {passes:.2} digest passes over the file | | |\n"
            ));
        }
        if let Some(note) = &it.note {
            text.push_str(&format!("| | {note} | | |\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_shows_both_sides() {
        let json = r#"[{"name": "a", "ours": 1.0, "peer": 2.5, "unit": "ms", "ratio": 2.5, "peer_name": "p"}]"#;
        let figures: Vec<Figure> = serde_json::from_str(json).unwrap();
        assert!(table(&figures).ends_with("| a | 1.000 ms | 2.500 ms (p) | 2.50 |\n"));
    }
}
