//! Straddle seals: slices as pictures, laid side by side, must be the seal again.

use pdf_seal::straddle::{Along, Straddle, plan};
use pdf_seal::{Edge, Mark, PageInfo, Refusal, Request};

use crate::build::{A4, Pdf, Xref};
use crate::geometry::Picture;
use crate::judge::{Bench, open, request};

/// Half millimetres, which is what a pixel of [`Picture`] is.
const SEAL_MM: f64 = 40.0;

fn pages(pdf: &[u8]) -> Vec<PageInfo> {
    open(pdf).unwrap().info().unwrap().pages
}

fn wish<'a>(edges: &'a [Edge], pages: &'a [u32]) -> Straddle<'a> {
    let middle = Along::Fraction(0.5);
    Straddle {
        edges,
        pages,
        width_mm: SEAL_MM,
        height_mm: SEAL_MM,
        x: middle,
        y: middle,
    }
}

/// Turned pages, pages off the origin and a small page; one in other units, which poppler draws as if it were not.
const MIXED: [&str; 6] = [
    A4,
    "/MediaBox[0 0 595 842]/Rotate 90",
    "/MediaBox[-100 -200 500 600]/Rotate 180",
    "/MediaBox[0 0 700 900]/CropBox[90 50 650 800]/Rotate 270",
    "/MediaBox[0 0 420 595]",
    "/MediaBox[0 0 300 400]/UserUnit 2",
];

/// Pixels of the seal, row by row, true where it is red, put together from the pages as `marks` say.
fn lay_side_by_side(pictures: &[Picture], marks: &[Mark], upright: bool) -> Vec<Vec<bool>> {
    let strips: Vec<Vec<Vec<bool>>> = marks
        .iter()
        .map(|mark| pictures[mark.page as usize - 1].cut(mark))
        .collect();
    if !upright {
        return strips.concat();
    }
    let rows = strips.iter().map(Vec::len).min().unwrap();
    (0..rows)
        .map(|row| strips.iter().flat_map(|strip| strip[row].clone()).collect())
        .collect()
}

/// The share of pixels that differ, when the pieces are compared with the seal in one piece.
fn difference(pieces: &[Vec<bool>], whole: &[Vec<bool>]) -> f64 {
    let (mut differ, mut all) = (0.0, 0.0);
    for (row, other) in pieces.iter().zip(whole) {
        for (a, b) in row.iter().zip(other) {
            all += 1.0;
            differ += f64::from(u8::from(a != b));
        }
    }
    assert!(
        all > 0.9 * whole.len() as f64 * whole[0].len() as f64,
        "the pieces are smaller than the seal"
    );
    differ / all
}

#[test]
fn scan_5_slices_laid_side_by_side_are_the_seal() {
    let bench = Bench::new();
    let pdf = Pdf::new(&MIXED[..5]).write(Xref::Table);
    let all: Vec<u32> = (1..=5).collect();
    // The seal in one piece, at the same resolution.
    let place = Mark {
        page: 1,
        x_mm: 50.0,
        y_mm: 50.0,
        width_mm: SEAL_MM,
        height_mm: SEAL_MM,
        slice: None,
    };
    let whole = draw(&bench, &pdf, vec![place])[0].cut(&place);
    for edge in Edge::ALL {
        let marks = plan(&pages(&pdf), &wish(&[edge], &all)).unwrap();
        assert_eq!(marks.len(), 5);
        let pictures = draw(&bench, &pdf, marks.clone());
        let pieces = lay_side_by_side(&pictures, &marks, edge.is_upright());
        let difference = difference(&pieces, &whole);
        assert!(
            difference < 0.06,
            "{edge:?}: {difference} of the pixels differ"
        );
        for (mark, page) in marks.iter().zip(pages(&pdf)) {
            at_the_edge(mark, &page, edge);
        }
    }
}

/// A slice ends where the page ends, and stands in the middle of its edge.
fn at_the_edge(mark: &Mark, page: &PageInfo, edge: Edge) {
    let near = |a: f64, b: f64| (a - b).abs() <= 0.02;
    let touches = match edge {
        Edge::Left => near(mark.x_mm, 0.0),
        Edge::Right => near(mark.x_mm + mark.width_mm, page.width_mm),
        Edge::Top => near(mark.y_mm + mark.height_mm, page.height_mm),
        Edge::Bottom => near(mark.y_mm, 0.0),
    };
    let middle = if edge.is_upright() {
        near(mark.y_mm + mark.height_mm / 2.0, page.height_mm / 2.0)
    } else {
        near(mark.x_mm + mark.width_mm / 2.0, page.width_mm / 2.0)
    };
    assert!(touches && middle, "{edge:?} {mark:?} {page:?}");
}

fn draw(bench: &Bench, pdf: &[u8], marks: Vec<Mark>) -> Vec<Picture> {
    let count = pages(pdf).len();
    let prepared = open(pdf)
        .unwrap()
        .prepare(&Request {
            marks,
            ..request(&[])
        })
        .unwrap();
    let mut sealed = Vec::new();
    prepared.write_to(&mut sealed).unwrap();
    (1..=count)
        .map(|page| Picture::draw_page(bench, &sealed, page))
        .collect()
}

/// Every edge at once and more pages than one seal can be cut for: each group on each edge is the seal again.
#[test]
fn groups_on_all_edges_at_once_are_the_seal_again() {
    let bench = Bench::new();
    let dictionaries: Vec<&str> = MIXED[..5].iter().cycle().take(16).copied().collect();
    let pdf = Pdf::new(&dictionaries).write(Xref::Stream);
    let all: Vec<u32> = (1..=16).collect();
    let marks = plan(&pages(&pdf), &wish(&Edge::ALL, &all)).unwrap();
    assert_eq!(marks.len(), 4 * 16);
    let pictures = draw(&bench, &pdf, marks.clone());
    let place = Mark {
        page: 1,
        x_mm: 50.0,
        y_mm: 50.0,
        width_mm: SEAL_MM,
        height_mm: SEAL_MM,
        slice: None,
    };
    let whole = draw(&bench, &pdf, vec![place])[0].cut(&place);
    for edge in Edge::ALL {
        let slices: Vec<Mark> = marks
            .iter()
            .filter(|mark| mark.slice.unwrap().edge == edge)
            .copied()
            .collect();
        let groups: Vec<&[Mark]> = slices
            .chunk_by(|_, next| next.slice.unwrap().from > 0.0)
            .collect();
        assert_eq!(groups.len(), 2, "16 slices of a seal of 40 mm");
        for group in groups {
            let pieces = lay_side_by_side(&pictures, group, edge.is_upright());
            let difference = difference(&pieces, &whole);
            assert!(
                difference < 0.08,
                "{edge:?}: {difference} of the pixels differ"
            );
        }
    }
}

#[test]
fn scan_5_straddle_among_other_seals_satisfies_every_judge() {
    let bench = Bench::new();
    for xref in [Xref::Table, Xref::Stream] {
        let pdf = Pdf::new(&MIXED).write(xref);
        let sealed = bench.seal(&pdf, "one", &request(&[2]));
        let marks = plan(
            &pages(&pdf),
            &wish(&[Edge::Right, Edge::Top], &[1, 2, 3, 4, 5, 6]),
        )
        .unwrap();
        let sealed = bench.seal(
            &sealed,
            "two",
            &Request {
                marks,
                ..request(&[])
            },
        );
        bench.judge(&sealed, 2);
        let marks = plan(&pages(&pdf), &wish(&[Edge::Left], &[3, 4, 5])).unwrap();
        let sealed = bench.seal(
            &sealed,
            "one",
            &Request {
                marks,
                ..request(&[])
            },
        );
        bench.judge(&sealed, 3);
    }
}

#[test]
fn long_files_are_cut_in_groups_of_sound_slices() {
    let page = |number| PageInfo {
        number,
        width_mm: 210.0,
        height_mm: 297.0,
        rotate: 0,
        listed_twice: false,
    };
    for count in [2_u32, 13, 14, 15, 26, 27, 200, 1000] {
        let all: Vec<PageInfo> = (1..=count).map(page).collect();
        let numbers: Vec<u32> = (1..=count).collect();
        let marks = plan(&all, &wish(&[Edge::Right], &numbers)).unwrap();
        assert_eq!(marks.len(), count as usize);
        let (mut reached, mut groups, mut sum) = (0.0, 0, 0.0);
        for mark in &marks {
            let slice = mark.slice.unwrap();
            assert!(
                mark.width_mm >= 3.0 && mark.height_mm == SEAL_MM,
                "{mark:?}"
            );
            assert_eq!(slice.from, reached, "slices follow each other without gap");
            sum += mark.width_mm;
            reached = slice.to;
            if slice.to == 1.0 {
                assert!(
                    (sum - SEAL_MM).abs() < 1e-9,
                    "the slices of a group add up to the seal: {sum}"
                );
                (reached, sum, groups) = (0.0, 0.0, groups + 1);
            }
        }
        assert_eq!((reached, groups), (0.0, count.div_ceil(13)), "{count}");
    }
}

#[test]
fn the_place_along_the_edge_is_kept_in_proportion() {
    let pdf = Pdf::new(&[A4, "/MediaBox[0 0 420 595]"]).write(Xref::Table);
    let all = pages(&pdf);
    let marks = plan(
        &all,
        &Straddle {
            y: Along::Mm(100.0),
            ..wish(&[Edge::Right], &[1, 2])
        },
    )
    .unwrap();
    let share = |mark: &Mark, page: &PageInfo| mark.y_mm / (page.height_mm - SEAL_MM);
    assert_eq!(marks[0].y_mm, 100.0);
    assert!((share(&marks[0], &all[0]) - share(&marks[1], &all[1])).abs() < 1e-3);
}

fn refuse(all: &[PageInfo], edges: &[Edge], pages: &[u32], size: f64, y: Along, code: &str) {
    let refusal = plan(
        all,
        &Straddle {
            width_mm: size,
            y,
            ..wish(edges, pages)
        },
    )
    .unwrap_err();
    assert_eq!(refusal.code(), code, "{refusal}");
}

#[test]
fn what_cannot_be_cut_is_refused_with_a_reason() {
    let pdf = Pdf::new(&[A4, A4, "/MediaBox[0 0 595 100]"]).write(Xref::Table);
    let all = pages(&pdf);
    let (right, two, middle) = ([Edge::Right], [1, 2], Along::Fraction(0.5));
    refuse(&all, &right, &[1], SEAL_MM, middle, "bad_request");
    refuse(&all, &right, &[2, 1], SEAL_MM, middle, "bad_request");
    refuse(&all, &right, &[1, 1], SEAL_MM, middle, "bad_request");
    refuse(&all, &right, &[1, 4], SEAL_MM, middle, "page_out_of_range");
    refuse(&all, &[], &two, SEAL_MM, middle, "bad_request");
    refuse(
        &all,
        &[Edge::Top, Edge::Top],
        &two,
        SEAL_MM,
        middle,
        "bad_request",
    );
    refuse(&all, &right, &two, 5.0, middle, "bad_request");
    refuse(&all, &right, &two, f64::NAN, middle, "bad_request");
    refuse(&all, &right, &two, SEAL_MM, Along::Mm(270.0), "bad_mark");
    refuse(
        &all,
        &right,
        &two,
        SEAL_MM,
        Along::Fraction(1.5),
        "bad_request",
    );
    let small = plan(&all, &wish(&right, &[1, 3])).unwrap_err();
    assert!(matches!(small, Refusal::BadMark { page: 3, .. }), "{small}");
    let mut twice = all.clone();
    twice[1].listed_twice = true;
    refuse(&twice, &right, &two, SEAL_MM, middle, "page_listed_twice");
}
