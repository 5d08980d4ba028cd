//! The command line as a contract: every subcommand says JSON of a published shape, and places are what they are said
//! to be.

use serde_json::Value;

use crate::judge;
use crate::place::{Place, check_schema};

/// The subcommands that `hulian pdf --help` names.
fn subcommands(place: &Place) -> Vec<String> {
    let help = place.run(&["--help"]).stdout;
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = list
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_subcommand_has_a_schema_and_keeps_to_it() {
    let place = Place::new();
    place.identity("p256");
    place.words("in.pdf", &["Seal here", ""]);
    let seal = [
        "seal", "in.pdf", "out.pdf", "--key", "p256.key", "--cert", "p256.pem", "--seal",
        "seal.svg",
    ];
    let runs: [(&str, &[&str], i32); 6] = [
        ("seal", &seal, 0),
        ("verify", &["verify", "out.pdf"], 5),
        ("info", &["info", "out.pdf"], 0),
        ("keyword", &["keyword", "here", "out.pdf"], 0),
        ("page", &["page", "out.pdf", "1", "out.png"], 0),
        ("unseal", &["unseal", "out.pdf", "back.pdf"], 0),
    ];
    for (name, arguments, code) in runs {
        let said = place.json(arguments, code, name);
        // A shape that takes everything would prove nothing.
        let mut more = said.clone();
        more["surprise"] = Value::Null;
        let refused = std::panic::catch_unwind(|| check_schema(&more, name));
        assert!(refused.is_err(), "{name}: the schema takes anything");
    }
    let run: Vec<&str> = runs.iter().map(|(name, ..)| *name).collect();
    for name in subcommands(&place) {
        // `extend` has tests of its own, with the material that it needs.
        assert!(run.contains(&name.as_str()) || name == "extend", "{name}");
    }
}

/// The box of each widget of `out.pdf`, as the file has it.
fn rectangles(place: &Place, name: &str) -> Vec<[f64; 4]> {
    let text = String::from_utf8_lossy(&place.read(name)).into_owned();
    let rests = text.split("/Rect[").skip(1);
    let numbers = |rest: &str| -> Vec<f64> {
        let inside = rest.split(']').next().unwrap();
        inside
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect()
    };
    rests
        .map(|rest| numbers(rest).try_into().unwrap())
        .collect()
}

fn near(seen: [f64; 4], expected_mm: [f64; 4]) {
    for (seen, mm) in seen.into_iter().zip(expected_mm) {
        assert!(
            (seen - mm * 72.0 / 25.4).abs() < 0.1,
            "{seen:?}, expected {expected_mm:?} mm"
        );
    }
}

#[test]
fn at_is_the_lower_left_corner_and_size_is_width_and_height() {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", 3, 50);
    let at = [
        "--mode", "page:2", "--at", "20,30.5", "--size", "42,21", "--seal", "seal.svg",
    ];
    let said = place.seal_as("p256", "in.pdf", "out.pdf", &at);
    assert_eq!(said["pages"], serde_json::json!([2]));
    near(rectangles(&place, "out.pdf")[0], [20.0, 30.5, 62.0, 51.5]);
    judge::qpdf(&place.path("out.pdf"));
    judge::pyhanko(&place.path("out.pdf"), &place.path("p256.pem"));
    // Page 1 and the lower right when nothing is said; an SVG has the size that it says.
    let said = place.seal_as("p256", "in.pdf", "out.pdf", &["--seal", "seal.svg"]);
    assert_eq!(said["pages"], serde_json::json!([1]));
    let width = 595.0 * 25.4 / 72.0;
    near(
        rectangles(&place, "out.pdf")[0],
        [width - 60.0, 20.0, width - 20.0, 60.0],
    );
}

#[test]
fn a_seal_that_the_page_cuts_off_is_told() {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", 2, 50);
    let cut = ["--mode", "all", "--at", "180,10", "--seal", "seal.png"];
    let said = place.seal_as("p256", "in.pdf", "out.pdf", &cut);
    let notes = said["notes"].to_string();
    assert!(
        notes.contains("cuts the seal off on page(s) 1-2"),
        "{notes}"
    );
    let whole = ["--mode", "all", "--at", "160,10", "--seal", "seal.png"];
    let said = place.seal_as("p256", "in.pdf", "out.pdf", &whole);
    assert_eq!(said["notes"], serde_json::json!([]));
}

#[test]
fn keywords_first_all_and_nth_by_command_line() {
    let place = Place::new();
    place.identity("p256");
    place.words("in.pdf", &["Seal here", "", "Seal here", "Seal there"]);
    let check = |mode: &str, pages: &[u32]| {
        let more = ["--mode", mode, "--seal", "seal.svg"];
        let said = place.seal_as("p256", "in.pdf", "out.pdf", &more);
        assert_eq!(said["pages"], serde_json::json!(pages), "{mode}");
    };
    check("keyword:Seal#first", &[1]);
    check("keyword:Seal", &[1, 3, 4]);
    check("keyword:Seal here#all", &[1, 3]);
    check("keyword:Ｓｅａｌ here#2", &[3]);
    let said = place.json(&["keyword", "Seal here", "in.pdf"], 0, "keyword");
    assert_eq!(said["hits"].as_array().unwrap().len(), 2);
    assert_eq!(said["pages_without_text"], serde_json::json!([2]));
    let told = place.run(&["keyword", "nowhere", "in.pdf"]).stdout;
    assert_eq!(told.trim(), "not found; page(s) 2 hold no text");
    let seal = [
        "seal",
        "in.pdf",
        "out.pdf",
        "--key",
        "p256.key",
        "--cert",
        "p256.pem",
        "--seal",
        "seal.svg",
        "--mode",
        "keyword:Seal here#3",
    ];
    let refused = place.json(&seal, 4, "refused");
    assert_eq!(refused["refused"]["code"], "keyword_not_found");
    let message = refused["refused"]["message"].as_str().unwrap();
    assert!(
        message.contains("3 time(s)") && message.contains("page(s) 2"),
        "{message}"
    );
}

#[test]
fn straddle_by_command_line_on_every_edge() {
    let place = Place::new();
    place.identity("p256");
    place.paper("in.pdf", 6, 50);
    for (mode, marks) in [
        ("straddle", 6),
        ("straddle:left", 6),
        ("straddle:left+right+top+bottom", 24),
        ("straddle:top+bottom:2-4", 6),
    ] {
        let more = ["--mode", mode, "--seal", "seal.svg"];
        place.seal_as("p256", "in.pdf", "out.pdf", &more);
        assert_eq!(rectangles(&place, "out.pdf").len(), marks, "{mode}");
        judge::pyhanko(&place.path("out.pdf"), &place.path("p256.pem"));
    }
}
